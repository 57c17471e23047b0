//! The summary of a GitHub Actions job: Markdown that GitHub shows on the page of the run.

use super::visible::visible;
use super::{FileReport, Options, Report, Summary, word};
use crate::diagnostic::Diagnostic;
use std::io::{self, Write};

/// Rows that are shown; GitHub takes at most 1 MiB.
const ROWS: usize = 500;
/// Characters of a message that are shown.
const MESSAGE: usize = 300;

/// The report as a table in Markdown.
#[derive(Debug)]
pub struct JobSummary {
    options: Options,
    rows: Vec<String>,
    left_out: usize,
}

impl JobSummary {
    /// A summary that links lints to the pages of `options`.
    pub fn new(options: Options) -> Self {
        Self { options, rows: Vec::new(), left_out: 0 }
    }

    fn row(&self, diagnostic: &Diagnostic, file: &str) -> String {
        let place = diagnostic.primary.as_ref().map(|label| &label.place);
        let mut at = self.options.repository.path(place.map_or(file, |place| &place.file));
        if let Some(span) = place.and_then(|place| place.span) {
            at.push_str(&format!(":{}:{}", span.start.line, span.start.column));
        }
        let lint = format!("[`{}`]({})", diagnostic.lint, self.options.rules.url_of(diagnostic));
        format!("| {} | {lint} | {} | {} |", word(diagnostic.level), plain(&at), plain(&diagnostic.message))
    }

    fn add(&mut self, row: String) {
        if self.rows.len() < ROWS { self.rows.push(row) } else { self.left_out += 1 }
    }
}

impl Report for JobSummary {
    fn file(&mut self, _: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for diagnostic in &file.diagnostics {
            self.add(self.row(diagnostic, &file.name));
        }
        let at = plain(&self.options.repository.path(&file.name));
        for failure in file.failures() {
            self.add(format!("| error | | {at} | {} |", plain(&failure)));
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let Summary { files, deny, warn, unread, panics, known, gone, .. } = *summary;
        let verdict = if deny + unread + panics > 0 { "not ready to send" } else { "ready to send" };
        writeln!(out, "## presend: {verdict}\n")?;
        write!(out, "Campaigns checked: {files}. Errors: {deny}. Warnings: {warn}. Not checked: {unread}.")?;
        if known + gone > 0 {
            write!(out, " Known from the baseline and not shown: {known}. Gone, though it still has them: {gone}.")?;
        }
        writeln!(out, "\n")?;
        if self.rows.is_empty() {
            return Ok(());
        }
        writeln!(out, "| | lint | place | |\n|---|---|---|---|")?;
        self.rows.iter().try_for_each(|row| writeln!(out, "{row}"))?;
        match self.left_out {
            0 => writeln!(out),
            more => writeln!(out, "\n{more} more are not shown.\n"),
        }
    }
}

/// Text that Markdown and HTML leave alone.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let text = visible(text);
    let mut characters = text.chars();
    for character in characters.by_ref().take(MESSAGE) {
        match character {
            // as an entity nothing marks text up, ends a cell, or makes a link of an address or a name
            ' ' | '/' | '.' | ',' | '-' | '"' | '\'' => plain.push(character),
            sign if sign.is_ascii_punctuation() => plain.push_str(&format!("&#{};", u32::from(sign))),
            character => plain.push(character),
        }
    }
    if characters.next().is_some() {
        plain.push('…');
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diagnostic::Level;
    use crate::report::samples::{at, diagnostic};
    use snapbox::{assert_data_eq, str};

    fn summary(files: &[FileReport]) -> String {
        let mut report = JobSummary::new(Options::default());
        let (mut out, mut summary) = (Vec::new(), Summary::default());
        for file in files {
            summary.add(file);
            report.file(&mut out, file).unwrap();
        }
        report.finish(&mut out, &summary).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_each_and_nothing_of_a_message_is_taken_for_markdown() {
        let mut found = at(diagnostic("vague-subject"), "a_b.eml", "Subject: x\n", 9..10, "");
        found.message = "<b> | [x](https://x.org) `*|FNAME|*` @team\n".to_owned();
        found.level = Level::Warn;
        let file = FileReport { name: "a_b.eml".into(), diagnostics: vec![found], ..FileReport::default() };
        assert_data_eq!(
            summary(&[file, FileReport::unreadable("b.eml".into(), "gone")]),
            str![[r###"
## presend: not ready to send

Campaigns checked: 1. Errors: 0. Warnings: 1. Not checked: 1.

| | lint | place | |
|---|---|---|---|
| warning | [`vague-subject`](topic/vague_subject.md) | a&#95;b.eml&#58;1&#58;10 | &#60;b&#62; &#124; &#91;x&#93;&#40;https&#58;//x.org&#41; &#96;&#42;&#124;FNAME&#124;&#42;&#96; &#64;team␊ |
| error | | b.eml | error&#58; b.eml&#58; gone |


"###]]
        );
    }

    #[test]
    fn what_a_baseline_hides_is_said() {
        let mut out = Vec::new();
        let told = Summary { known: 2, gone: 1, ..Summary::default() };
        JobSummary::new(Options::default()).finish(&mut out, &told).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.contains(
                "Not checked: 0. Known from the baseline and not shown: 2. Gone, though it still has them: 1.\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn a_clean_run_is_one_sentence_and_a_long_one_is_cut() {
        let clean = FileReport { name: "a.eml".into(), ..FileReport::default() };
        assert!(summary(&[clean]).ends_with(
            "## presend: ready to send\n\nCampaigns checked: 1. Errors: 0. Warnings: 0. Not checked: 0.\n\n"
        ));
        let mut found = diagnostic("one");
        found.message = "é".repeat(100_000);
        let many = FileReport { diagnostics: vec![found; ROWS + 3], ..FileReport::default() };
        let text = summary(&[many]);
        assert!(text.ends_with("\n3 more are not shown.\n\n") && text.len() < 1 << 20);
    }
}
