//! GitLab's code quality report: one JSON array.

use super::json::bytes;
use super::{FileReport, Options, Report, Summary};
use crate::diagnostic::{Diagnostic, Level};
use crate::gate::{Fingerprint, Identities};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The check that what could not be read is told under.
const INPUT: &str = "input-error";

/// The code quality report. It is written as files come, one issue a line.
#[derive(Debug)]
pub struct Gitlab {
    options: Options,
    identities: Identities,
    begun: bool,
}

impl Gitlab {
    /// A report whose paths are relative to the repository of `options`.
    pub fn new(options: Options) -> Self {
        Self { options, identities: Identities::default(), begun: false }
    }

    fn issue(&mut self, diagnostic: &Diagnostic, file: &str) -> Value {
        let place = diagnostic.primary.as_ref().map(|label| &label.place);
        let fingerprint = Fingerprint::of(diagnostic, file, &self.options.repository);
        let lines = place.and_then(|place| place.span).map_or((1, 1), |at| (at.start.line, at.end.line));
        json!({
            "description": diagnostic.message,
            "check_name": diagnostic.lint,
            "fingerprint": self.identities.next(fingerprint),
            "severity": severity(diagnostic.level),
            "location": {
                "path": self.options.repository.path(place.map_or(file, |place| &place.file)),
                "lines": {"begin": lines.0, "end": lines.1},
            },
        })
    }

    fn failure(&mut self, failure: &str, file: &str) -> Value {
        let path = self.options.repository.path(file);
        let fingerprint = Fingerprint::new(&path, INPUT, failure);
        json!({
            "description": failure,
            "check_name": INPUT,
            "fingerprint": self.identities.next(fingerprint),
            "severity": "blocker",
            "location": {"path": path, "lines": {"begin": 1, "end": 1}},
        })
    }

    fn write(&mut self, out: &mut dyn Write, issue: &Value) -> io::Result<()> {
        out.write_all(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"[\n" })?;
        out.write_all(&bytes(issue)?)
    }
}

impl Report for Gitlab {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for diagnostic in &file.diagnostics {
            let issue = self.issue(diagnostic, &file.name);
            self.write(out, &issue)?;
        }
        for failure in file.failures() {
            let issue = self.failure(&failure, &file.name);
            self.write(out, &issue)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })
    }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Forbid => "critical",
        Level::Deny => "major",
        Level::Warn | Level::Allow => "minor",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::report::Format;
    use crate::report::samples::{at, diagnostic, run};

    fn issues(files: &[FileReport]) -> Vec<Value> {
        serde_json::from_str(&run(Format::Gitlab, Options::default(), files)).unwrap()
    }

    #[test]
    fn an_issue_each_and_no_two_with_one_fingerprint() {
        let found = at(diagnostic("freemail-sender"), "a.eml", "a\nb\nc", 2..5, "");
        let warned = Diagnostic { level: Level::Warn, ..found.clone() };
        let file = FileReport { name: "a.eml".into(), diagnostics: vec![found, warned], ..FileReport::default() };
        let issues = issues(&[file, FileReport::unreadable("b.eml".into(), "gone")]);
        assert_eq!(issues[0]["location"], json!({"path": "a.eml", "lines": {"begin": 2, "end": 3}}));
        assert_eq!(
            (&issues[0]["check_name"], &issues[0]["description"]),
            (&json!("freemail-sender"), &json!("the fault"))
        );
        let severities: Vec<_> = issues.iter().map(|issue| issue["severity"].as_str().unwrap()).collect();
        assert_eq!(severities, ["major", "minor", "blocker"]);
        assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
        assert_eq!(issues[2]["location"]["path"], "b.eml");
    }

    #[test]
    fn nothing_is_an_empty_array() {
        assert_eq!(issues(&[]), Vec::<Value>::new());
    }
}
