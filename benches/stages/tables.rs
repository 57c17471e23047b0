//! The tables, 120 columns wide: the stages as they are measured, then the reports and what lints cost.

use super::cases::Case;
use super::rounds::{Middle, Rounds};
use super::stage::Stage;
use presend::report::Format;

const JSON: Stage = Stage::Report(Format::Json);

/// What is printed at the end.
#[derive(Default)]
pub struct Tables {
    reports: Vec<String>,
    lints: Vec<String>,
}

impl Tables {
    /// Nothing is printed before the first case.
    pub fn begin() -> Self {
        Self::default()
    }

    /// Prints the row of a case.
    pub fn add(&mut self, case: &Case, rounds: &Rounds) {
        if self.reports.is_empty() {
            print_head();
        }
        let name: String = case.name.chars().take(19).collect();
        let parsers = [Stage::MailParser, Stage::Scraper];
        let before = [Stage::Message, Stage::Facts];
        let stages = [
            rounds.of(Stage::Read),
            rounds.of(Stage::MailParser),
            rounds.of(Stage::Scraper),
            rounds.of(Stage::Message),
            rounds.of(Stage::Facts),
            rounds.left(Stage::Lint, &before),
            rounds.of(JSON),
            rounds.of(Stage::Check),
        ];
        let parse: f64 = parsers.into_iter().filter_map(|stage| rounds.of(stage)).map(|middle| middle.median).sum();
        let check = rounds.of(Stage::Check).map_or(0.0, |middle| middle.median);
        println!("{name:<19}{:>9}{:>6}{}{:>6.2}", case.bytes, rounds.found, cells(&stages), check / parse);
        let reports = Format::ALL.map(|format| rounds.of(Stage::Report(format)));
        self.reports.push(format!("{name:<19}{}", cells(&reports)));
        let lints = [rounds.of(Stage::CheckOne), rounds.of(Stage::CheckDefault), rounds.of(Stage::Check)];
        let each = check * 1e9 / case.bytes as f64;
        self.lints.push(format!("{name:<19}{:>9}{:>6}{}{each:>14.1}", case.bytes, rounds.found, cells(&lints)));
    }

    /// Prints the rest.
    pub fn end(&self) {
        if self.reports.is_empty() {
            return;
        }
        println!("\nEach report alone, on what all lints found; html with its picture of the campaign.");
        let names: String = Format::ALL.iter().map(|format| format!("{:>10}", format.name())).collect();
        println!("{:<19}{names}", "case");
        self.reports.iter().for_each(|row| println!("{row}"));
        println!(
            "\nCheck and JSON report with one lint, the lints of the default, and all; nanoseconds a byte with all."
        );
        println!(
            "{:<19}{:>9}{:>6}{:>10}{:>10}{:>10}{:>14}",
            "case", "bytes", "found", "one", "default", "all", "all, ns/byte"
        );
        self.lints.iter().for_each(|row| println!("{row}"));
    }
}

fn print_head() {
    println!(
        "All lints on, one thread, processor time. Median of the rounds, ± half the distance of their quartiles in percent.\n\
         lints: what is left of message, facts and lints together without the first two. check: message, facts, lints and JSON,\n\
         without reading. ratio: check to m-parser (mail-parser) and scraper (Html::parse_document of the decoded HTML).\n"
    );
    let names = ["read", "m-parser", "scraper", "message", "facts", "lints", "json", "check"];
    let names: String = names.iter().map(|name| format!("{name:>10}")).collect();
    println!("{:<19}{:>9}{:>6}{names}{:>6}", "case", "bytes", "found", "ratio");
}

fn cells(middles: &[Option<Middle>]) -> String {
    middles.iter().map(|middle| format!(" {:>9}", middle.map_or_else(|| "-".to_owned(), cell))).collect()
}

/// Three digits and the spread: `1.23ms±4`.
fn cell(middle: Middle) -> String {
    // a difference may be below nothing by the noise
    let (number, unit) = match middle.median.max(0.0) {
        seconds if seconds >= 1.0 => (seconds, "s"),
        seconds if seconds >= 1e-3 => (seconds * 1e3, "ms"),
        seconds => (seconds * 1e6, "us"),
    };
    let digits = if number >= 100.0 {
        0
    } else if number >= 10.0 {
        1
    } else {
        2
    };
    format!("{number:.digits$}{unit}±{:.0}", middle.spread.abs().min(99.0))
}
