//! Runs one stage of the way at a time over generated campaigns, so that `benches/instructions` can count its instructions.
//!
//! `stages` alone runs everything a few times and prints microseconds; `stages --once CASE STAGE` runs one stage once in [`measured`], after it has
//! run before. `stages --list` names the cases, `stages --write` writes them to the current folder.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is for people and for benches/instructions")]

mod campaigns;

use campaigns::{Campaign, Faults, Transfer};
use presend::config::Settings;
use presend::config::levels::{Levels, Setting};
use presend::diagnostic::Level;
use presend::facts::Facts;
use presend::lint::{Linted, lint};
use presend::lints::REGISTRY;
use presend::message::{Given, Message};
use presend::report::{FileReport, Report, Summary, json::Json};
use presend::source::Source;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// One input.
struct Case {
    name: String,
    file: &'static str,
    bytes: Vec<u8>,
    html: String,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let transfers = [Transfer::EightBit, Transfer::QuotedPrintable, Transfer::Base64];
    for (kilobytes, faults) in
        [(60, Faults::None), (60, Faults::Twenty), (20, Faults::None), (200, Faults::None), (200, Faults::Twenty)]
    {
        for transfer in transfers.iter().take(if kilobytes == 60 { 3 } else { 1 }) {
            let Campaign { bytes, html } = campaigns::message(7, kilobytes, *transfer, faults);
            let name = format!("{kilobytes}k-{}-{}", transfer.name(), said(faults));
            cases.push(Case { name, file: "campaign.eml", bytes, html });
        }
    }
    for faults in [Faults::None, Faults::Twenty] {
        let html = campaigns::template(7, 60, faults);
        let name = format!("60k-template-{}", said(faults));
        cases.push(Case { name, file: "campaign.html", bytes: html.clone().into_bytes(), html });
    }
    cases
}

fn said(faults: Faults) -> &'static str {
    if faults == Faults::None { "clean" } else { "faulty" }
}

/// All lints, at least at warn.
fn levels() -> Levels {
    let known = REGISTRY.known();
    let pedantic = Setting::flag(Level::Warn, "pedantic", &known).expect("a group");
    let mut levels = Levels::new(&known);
    levels.command_line(&[pedantic]).expect("nothing is forbidden");
    levels
}

/// What is counted: one run of a stage. Its name is what the counting program looks for.
#[inline(never)]
fn measured(stage: &mut dyn FnMut()) {
    stage();
    // no tail call: the counting program has to see where it ends
    black_box(());
}

type Stage<'s> = (&'static str, Box<dyn FnMut() + 's>);

fn main() {
    let option = |name: &str| std::env::args().any(|argument| argument == name);
    let (once, list, said) = (option("--once"), option("--list"), option("--said"));
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let (settings, levels, given) = (Settings::default(), levels(), Given::default());
    for case in cases() {
        if !wanted.is_empty() && !wanted.iter().any(|name| case.name.starts_with(name)) {
            continue;
        }
        if list {
            println!("{}", case.name);
            continue;
        }
        if option("--write") {
            let extension = case.file.rsplit('.').next().unwrap_or_default();
            std::fs::write(format!("{}.{extension}", case.name), &case.bytes).expect("the folder can be written to");
            continue;
        }
        let source = Source::new(case.file, None, case.bytes.clone(), None);
        let message = Message::parse(&source, &given);
        let linted = lint(&source, &REGISTRY, &settings, &levels);
        if said {
            linted.diagnostics.iter().for_each(|said| eprintln!("{}: {}", said.lint, said.message));
        }
        let found = linted.diagnostics.len();
        let report = FileReport::linted(source.name.clone(), linted);
        let stages: Vec<Stage<'_>> = vec![
            ("mail-parser", Box::new(|| drop(black_box(mail_parser::MessageParser::default().parse(&case.bytes))))),
            ("scraper", Box::new(|| drop(black_box(scraper::Html::parse_document(&case.html))))),
            ("message", Box::new(|| drop(black_box(Message::parse(&source, &given))))),
            ("facts", Box::new(|| all_facts(&Facts::new(&message, &settings)))),
            ("lint", Box::new(|| drop(black_box(lint(&source, &REGISTRY, &settings, &levels))))),
            ("json", Box::new(|| drop(black_box(json(&report))))),
            (
                "check",
                Box::new(|| {
                    let source = Source::new(case.file, None, case.bytes.clone(), None);
                    let linted: Linted = lint(&source, &REGISTRY, &settings, &levels);
                    drop(black_box(json(&FileReport::linted(source.name, linted))));
                }),
            ),
        ];
        for (stage, mut run) in stages {
            if once && !wanted.iter().any(|name| name == stage) {
                continue;
            }
            run();
            if once {
                measured(&mut *run);
                println!("{found} {}", case.bytes.len());
            } else {
                println!("{} {found} {} {stage} {}", case.name, case.bytes.len(), median(&mut *run).as_micros());
            }
        }
    }
}

fn median(run: &mut dyn FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..15)
        .map(|_| {
            let start = Instant::now();
            measured(run);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn json(file: &FileReport) -> Vec<u8> {
    let mut out = Vec::new();
    let mut summary = Summary::default();
    summary.add(file);
    let mut report = Json::new(false);
    report.file(&mut out, file).expect("memory takes it");
    report.finish(&mut out, &summary).expect("memory takes it");
    out
}

/// Asks for every fact.
fn all_facts(facts: &Facts<'_>) {
    black_box((facts.address_fields(), facts.sender(), facts.subject(), facts.prose(), facts.links(), facts.clicks()));
    black_box((facts.hollow_anchors(), facts.optouts(), facts.images(), facts.image_files(), facts.pixels()));
    black_box((facts.beacons(), facts.disclosure(), facts.forms(), facts.provider(), facts.purpose(), facts.unknown()));
    black_box((facts.words(), facts.parties(), facts.notices(), facts.topic(), facts.allows(), facts.active()));
    black_box((facts.concealed(), facts.filler()));
}
