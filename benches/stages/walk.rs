//! One round: every stage on every file of a case, one after the other.

use super::cases::Case;
use super::stage::{Meter, Stage};
use mail_parser::MessageParser;
use presend::config::Settings;
use presend::config::levels::{Levels, Setting};
use presend::diagnostic::Level;
use presend::facts::Facts;
use presend::facts::preview::Preview;
use presend::lint::{Linted, lint, lint_and_look};
use presend::lints::REGISTRY;
use presend::message::{Given, Message};
use presend::report::{FileReport, Format, Options, PAGES, Report, Rules, Summary, json::Json};
use presend::source::{self, DEFAULT_LIMIT, Kind, Source};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

/// The lint that runs where one is to run alone: it looks at links, words and header fields.
const ALONE: &str = "missing-unsubscribe";

/// What all rounds share.
pub struct Walk {
    settings: Settings,
    given: Given,
    all: Levels,
    default: Levels,
    one: Levels,
    rules: Arc<Rules>,
}

impl Walk {
    /// All lints at least at warn, the lints of the default, or a single one.
    pub fn new() -> Self {
        let known = REGISTRY.known();
        let levels = |flags: &[(Level, &str)]| {
            let setting = |(level, name): &(Level, &str)| Setting::flag(*level, name, &known).expect("a lint or group");
            let mut levels = Levels::new(&known);
            levels.command_line(&flags.iter().map(setting).collect::<Vec<_>>()).expect("nothing is forbidden");
            levels
        };
        let others: Vec<_> =
            known.iter().filter(|lint| lint.name != ALONE).map(|lint| (Level::Allow, lint.name)).collect();
        Self {
            settings: Settings::default(),
            given: Given::default(),
            all: levels(&[(Level::Warn, "pedantic")]),
            default: levels(&[]),
            one: levels(&others),
            rules: Arc::new(Rules::new(&REGISTRY, PAGES)),
        }
    }

    /// Runs every stage on every file, in turn; says how many diagnostics there were.
    ///
    /// # Errors
    /// A file can't be read.
    pub fn round(&self, case: &Case, meter: &mut dyn Meter) -> Result<usize, String> {
        let options = Options { rules: Arc::clone(&self.rules), ..Options::default() };
        let mut reports = Format::ALL.map(|format| (format, format.report(options.clone())));
        let (mut summary, mut out) = (Summary::default(), Vec::new());
        for path in &case.files {
            let file = self.file(path, meter)?;
            summary.add(&file);
            for (format, report) in &mut reports {
                out.clear();
                meter.run(Stage::Report(*format), &mut || report.file(&mut out, &file).expect("memory takes it"));
            }
        }
        for (format, report) in &mut reports {
            out.clear();
            meter.run(Stage::Report(*format), &mut || report.finish(&mut out, &summary).expect("memory takes it"));
            black_box(&out);
        }
        Ok(summary.deny + summary.warn)
    }

    /// Runs what is before the reports on one file, and hands back what they would be given.
    fn file(&self, path: &Path, meter: &mut dyn Meter) -> Result<FileReport, String> {
        let mut bytes = Vec::new();
        let mut read = Ok(());
        meter.run(Stage::Read, &mut || match source::read(path, DEFAULT_LIMIT, None) {
            Ok(source) => bytes = source.bytes,
            Err(error) => read = Err(error.to_string()),
        });
        read?;
        // the folder must not be in what is counted
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let source = Source::new(&name, None, bytes, None);
        self.parsers(&source, meter);
        self.message(&source, meter);
        meter.run(Stage::Lint, &mut || drop(black_box(lint(&source, &REGISTRY, &self.settings, &self.all))));
        for (stage, levels) in
            [(Stage::Check, &self.all), (Stage::CheckDefault, &self.default), (Stage::CheckOne, &self.one)]
        {
            meter.run(stage, &mut || self.check(&source, levels));
        }
        let mut preview = None;
        let linted = lint_and_look(&source, &source::NoIncludes, &REGISTRY, &self.settings, &self.all, |facts| {
            // only this report asks for a picture
            meter.run(Stage::Report(Format::Html), &mut || preview = Some(Box::new(Preview::of(facts))));
        });
        Ok(FileReport::linted(Arc::clone(&source.name), Linted { preview, ..linted }))
    }

    fn message(&self, source: &Source, meter: &mut dyn Meter) {
        meter.run(Stage::Message, &mut || drop(black_box(Message::parse(source, &self.given))));
        let message = Message::parse(source, &self.given);
        meter.run(Stage::Facts, &mut || all_facts(&Facts::new(&message, &self.settings)));
    }

    /// The parsers that presend stands on. A template is no mail, and nothing to `mail-parser`.
    fn parsers(&self, source: &Source, meter: &mut dyn Meter) {
        let parser = MessageParser::default();
        if source.kind != Kind::Message {
            let html = String::from_utf8_lossy(&source.bytes);
            return meter.run(Stage::Scraper, &mut || drop(black_box(scraper::Html::parse_document(&html))));
        }
        meter.run(Stage::MailParser, &mut || drop(black_box(parser.parse(&source.bytes))));
        let Some(message) = parser.parse(&source.bytes) else { return };
        for html in message.parts.iter().filter(|part| part.is_text_html()).filter_map(|part| part.text_contents()) {
            meter.run(Stage::Scraper, &mut || drop(black_box(scraper::Html::parse_document(html))));
        }
    }

    /// The whole, from bytes in memory to the bytes of a JSON report.
    fn check(&self, source: &Source, levels: &Levels) {
        let source = Source::new(&source.name, None, source.bytes.clone(), None);
        let file = FileReport::linted(Arc::clone(&source.name), lint(&source, &REGISTRY, &self.settings, levels));
        let mut summary = Summary::default();
        summary.add(&file);
        let (mut report, mut out) = (Json::new(false), Vec::new());
        report.file(&mut out, &file).expect("memory takes it");
        report.finish(&mut out, &summary).expect("memory takes it");
        black_box(&out);
    }

    /// Prints what is found.
    ///
    /// # Errors
    /// A file can't be read.
    pub fn say(&self, case: &Case) -> Result<(), String> {
        println!("{}", case.name);
        for path in &case.files {
            let source = source::read(path, DEFAULT_LIMIT, None).map_err(|error| error.to_string())?;
            let linted = lint(&source, &REGISTRY, &self.settings, &self.all);
            linted.diagnostics.iter().for_each(|said| println!("  {}: {}", said.lint, said.message));
        }
        Ok(())
    }
}

/// Asks for every fact.
fn all_facts(facts: &Facts<'_>) {
    black_box((facts.address_fields(), facts.sender(), facts.subject(), facts.prose(), facts.links(), facts.clicks()));
    black_box((facts.hollow_anchors(), facts.optouts(), facts.images(), facts.image_files(), facts.pixels()));
    black_box((facts.beacons(), facts.disclosure(), facts.forms(), facts.provider(), facts.purpose(), facts.unknown()));
    black_box((facts.words(), facts.parties(), facts.notices(), facts.topic(), facts.allows(), facts.active()));
    black_box((facts.concealed(), facts.filler(), facts.delivery()));
}
