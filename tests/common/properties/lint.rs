//! The whole way of a source: linted, with every place where it should be, in every format.

use super::{Choice, appended, fixing, places, reports};
use presend::config::levels::{Levels, Setting};
use presend::config::{Purpose, Settings};
use presend::diagnostic::Level;
use presend::facts::Facts;
use presend::facts::preview::Preview;
use presend::lint::{Linted, lint_and_look};
use presend::lints::REGISTRY;
use presend::message::Stage;
use presend::report::FileReport;
use presend::source::{NoIncludes, Source};
use std::sync::LazyLock;

/// A message.
pub fn mail(input: &[u8]) {
    holds(input, &["a.eml", "a.eml.j2"]);
}

/// HTML as a browser would take it.
pub fn html(input: &[u8]) {
    holds(input, &["a.html", "_a.html", "a.xhtml"]);
}

/// HTML in each template language that has a scanner of its own, and in some of those that share one.
pub fn template(input: &[u8]) {
    holds(input, TEMPLATES);
}

/// MJML.
pub fn mjml(input: &[u8]) {
    holds(input, &["a.mjml", "a.mjml.erb", "_a.mjml"]);
}

/// Names of templates, one for each way to be read.
pub const TEMPLATES: &[&str] =
    &["a.hbs", "a.liquid", "a.html.erb", "a.blade.php", "a.cshtml", "a.vm", "a.ftl", "a.j2", "_a.mustache"];

/// Every lint is on.
pub static LEVELS: LazyLock<Levels> = LazyLock::new(|| {
    let known = REGISTRY.known();
    let mut levels = Levels::new(&known);
    levels.command_line(&[Setting::flag(Level::Warn, "pedantic", &known).unwrap()]).unwrap();
    levels
});

fn holds(input: &[u8], names: &[&str]) {
    let (choice, bytes) = Choice::split(input);
    let source = Source::new(choice.of(names), None, bytes.to_vec(), None);
    let settings = settings(choice.byte());
    let first = lint(&source, &settings, &LEVELS);
    // each of these takes about as long as linting
    let look = choice.byte();
    match look % 4 {
        0 => same_twice(&source, &settings, first),
        1 => reports::well_formed(&report(&source, first), look / 4),
        2 => appended::what_was_found_is_found(&source, &settings, first),
        _ => fixing::changes_what_it_says(&source, &settings, &first),
    }
}

/// What a sender may say, by the bits of a byte; 0 is nothing.
pub fn settings(bits: u8) -> Settings {
    let mut settings = Settings { local_files: false, remarks: true, ..Settings::default() };
    settings.raw = bits & 1 != 0;
    settings.stage = match bits & 6 {
        2 => Some(Stage::Template),
        4 => Some(Stage::Rendered),
        _ => None,
    };
    settings.purpose = match bits & 24 {
        8 => Some(Purpose::Bulk),
        16 => Some(Purpose::Transactional),
        24 => Some(Purpose::Confirmation),
        _ => None,
    };
    settings.provider = match bits & 96 {
        32 => Some("klaviyo".to_owned()),
        64 => Some("brevo".to_owned()),
        96 => Some("mailchimp".to_owned()),
        _ => None,
    };
    settings.digest = bits & 128 != 0;
    settings
}

/// Lints, and looks at the places of what was found.
pub fn lint(source: &Source, settings: &Settings, levels: &Levels) -> Linted {
    let mut preview = None;
    let mut views = places::Views::default();
    let look = |facts: &Facts<'_>| {
        preview = Some(Box::new(Preview::of(facts)));
        views = places::Views::of(facts.message);
    };
    let linted = lint_and_look(source, &NoIncludes, &REGISTRY, settings, levels, look);
    assert!(linted.panics.is_empty(), "{:?}", linted.panics);
    places::are_inside(&linted.diagnostics, &source.bytes, &views);
    Linted { preview, ..linted }
}

/// What a report is fed.
pub fn report(source: &Source, linted: Linted) -> FileReport {
    FileReport::linted(source.name.clone(), linted)
}

fn same_twice(source: &Source, settings: &Settings, first: Linted) {
    let second = report(source, lint(source, settings, &LEVELS));
    let first = report(source, first);
    assert_eq!(first.silences, second.silences);
    assert_eq!(reports::json(&first), reports::json(&second));
}
