//! JUnit's XML, which most CI servers show: a suite a file, a failed test for each denied diagnostic.

use super::visible::visible;
use super::{FileReport, Report, Summary, is_error};
use crate::diagnostic::Diagnostic;
use std::io::{self, Write};

/// The report in JUnit's XML. Warnings are tests that passed and say so, since the run does not fail of them.
#[derive(Debug, Default)]
pub struct Junit {
    begun: bool,
}

impl Junit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"presend\">")
    }
}

impl Report for Junit {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        self.begin(out)?;
        let name = escaped(&file.name);
        let broken = file.failures();
        let failed = file.diagnostics.iter().filter(|diagnostic| is_error(diagnostic.level)).count();
        let tests = (file.diagnostics.len() + broken.len()).max(1);
        let errors = broken.len();
        writeln!(out, "<testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failed}\" errors=\"{errors}\">")?;
        if file.diagnostics.is_empty() && broken.is_empty() {
            writeln!(out, "<testcase name=\"presend\" classname=\"{name}\"/>")?;
        }
        file.diagnostics.iter().try_for_each(|diagnostic| case(out, diagnostic, &file.name))?;
        for failure in &broken {
            let failure = escaped(failure);
            writeln!(out, "<testcase name=\"presend\" classname=\"{name}\"><error message=\"{failure}\"/></testcase>")?;
        }
        writeln!(out, "</testsuite>")
    }

    fn finish(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        self.begin(out)?;
        writeln!(out, "</testsuites>")
    }
}

fn case(out: &mut dyn Write, diagnostic: &Diagnostic, file: &str) -> io::Result<()> {
    let place = diagnostic.primary.as_ref().map(|label| &label.place);
    let file = escaped(place.map_or(file, |place| &place.file));
    let at = place.and_then(|place| place.span).map(|at| at.start);
    let line = at.map_or_else(String::new, |at| format!(" line=\"{}\"", at.line));
    let shown = at.map_or_else(|| file.clone(), |at| format!("{file}:{}:{}", at.line, at.column));
    let (lint, message) = (escaped(diagnostic.lint), escaped(&diagnostic.message));
    write!(out, "<testcase name=\"{lint}\" classname=\"{file}\" file=\"{file}\"{line}>")?;
    let label = diagnostic.primary.iter().map(|label| escaped(&label.text)).filter(|text| !text.is_empty());
    let notes = diagnostic.notes.iter().map(|note| format!("note: {}", escaped(&note.text)));
    let help = diagnostic.help.iter().map(|help| format!("help: {}", escaped(help)));
    let lines: Vec<String> = std::iter::once(shown).chain(label).chain(notes).chain(help).collect();
    let text = lines.join("\n");
    match is_error(diagnostic.level) {
        true => write!(out, "<failure type=\"{lint}\" message=\"{message}\">{text}</failure>")?,
        false => write!(out, "<system-out>warning: {message}\n{text}</system-out>")?,
    }
    writeln!(out, "</testcase>")
}

/// Visible text for XML 1.0 (§2.2, §2.4); the two characters of a plane's end that XML does not have are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, Level, Note};
    use crate::report::samples::{at, diagnostic, run};
    use crate::report::{FileReport, Format, Options};
    use snapbox::{assert_data_eq, str};

    #[test]
    fn a_suite_a_file_and_a_test_a_diagnostic() {
        let mut attack = at(diagnostic("vague-subject"), "a&b.eml", "Subject: x\n", 9..10, "]]> <x>");
        attack.message = "\"\x1b\u{FFFF}\u{0}\" <script>".to_owned();
        attack.notes.push(Note { text: "why".into(), source: None });
        attack.help.push("do".into());
        let warned = Diagnostic { level: Level::Warn, ..diagnostic("nowhere") };
        let file = |name: &str, diagnostics| FileReport { name: name.into(), diagnostics, ..FileReport::default() };
        let files = [
            file("a&b.eml", vec![attack, warned]),
            file("clean.eml", Vec::new()),
            FileReport::unreadable("gone.eml".into(), "no such file"),
        ];
        assert_data_eq!(
            run(Format::Junit, Options::default(), &files),
            str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="presend">
<testsuite name="a&amp;b.eml" tests="2" failures="1" errors="0">
<testcase name="vague-subject" classname="a&amp;b.eml" file="a&amp;b.eml" line="1"><failure type="vague-subject" message="&quot;␛␀&quot; &lt;script&gt;">a&amp;b.eml:1:10
]]&gt; &lt;x&gt;
note: why
help: do</failure></testcase>
<testcase name="nowhere" classname="a&amp;b.eml" file="a&amp;b.eml"><system-out>warning: the fault
a&amp;b.eml</system-out></testcase>
</testsuite>
<testsuite name="clean.eml" tests="1" failures="0" errors="0">
<testcase name="presend" classname="clean.eml"/>
</testsuite>
<testsuite name="gone.eml" tests="1" failures="0" errors="1">
<testcase name="presend" classname="gone.eml"><error message="error: gone.eml: no such file"/></testcase>
</testsuite>
</testsuites>

"#]]
        );
    }
}
