//! Workflow commands of GitHub Actions: each diagnostic becomes an annotation of its line.

use super::visible::visible;
use super::{FileReport, Options, Report, Summary, word};
use crate::diagnostic::{Diagnostic, Label};
use std::io::{self, Write};

/// The report of one workflow command a diagnostic.
#[derive(Debug)]
pub struct Github {
    options: Options,
}

impl Github {
    /// A report whose paths are relative to the repository of `options`.
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    fn diagnostic(&self, out: &mut dyn Write, diagnostic: &Diagnostic, file: &str) -> io::Result<()> {
        let place = diagnostic.primary.as_ref().map(|label| &label.place);
        let file = self.options.repository.path(place.map_or(file, |place| &place.file));
        write!(out, "::{} title={},file={}", word(diagnostic.level), property(diagnostic.lint), property(&file))?;
        if let Some(at) = place.and_then(|place| place.span) {
            write!(out, ",line={},endLine={}", at.start.line, at.end.line)?;
            // GitHub takes columns on one line only
            if at.start.line == at.end.line {
                write!(out, ",col={},endColumn={}", at.start.column, at.end.column)?;
            }
        }
        let label = diagnostic.primary.iter().map(|Label { text, .. }| text.clone()).filter(|text| !text.is_empty());
        let notes = diagnostic.notes.iter().map(|note| format!("note: {}", note.text));
        let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
        let lines = std::iter::once(diagnostic.message.clone()).chain(label).chain(notes).chain(help);
        let lines: Vec<String> = lines.map(|line| data(&visible(&line))).collect();
        writeln!(out, "::{}", lines.join("%0A"))
    }
}

impl Report for Github {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        file.diagnostics.iter().try_for_each(|diagnostic| self.diagnostic(out, diagnostic, &file.name))?;
        let path = property(&self.options.repository.path(&file.name));
        file.failures().iter().try_for_each(|failure| writeln!(out, "::error file={path}::{}", data(failure)))
    }

    fn finish(&mut self, _: &mut dyn Write, _: &Summary) -> io::Result<()> {
        Ok(())
    }
}

/// What stands behind `::`, escaped as GitHub's runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Note;
    use crate::report::samples::{at, diagnostic, rendered, run, whole_file};
    use crate::report::{FileReport, Format, Options};
    use snapbox::{assert_data_eq, str};

    #[test]
    fn a_command_each() {
        let mut attack = at(diagnostic("vague-subject"), "a,b:c%.eml", "Subject: x\n", 9..10, "says\n::set-env::1");
        attack.message = "100% off\r\n::error::x".to_owned();
        attack.notes.push(Note { text: "why".into(), source: None });
        attack.help.push("do".into());
        let long = at(diagnostic("long"), "a.eml", "a\nb\nc", 0..4, "");
        let found = vec![attack, long, whole_file(diagnostic("whole"), "a.eml"), diagnostic("nowhere")];
        assert_data_eq!(
            rendered(Format::Github, Options::default(), found),
            str![[r#"
::error title=vague-subject,file=a%2Cb%3Ac%25.eml,line=1,endLine=1,col=10,endColumn=11::100%25 off␍␊::error::x%0Asays␊::set-env::1%0Anote: why%0Ahelp: do
::error title=long,file=a.eml,line=1,endLine=3::the fault
::error title=whole,file=a.eml::the fault
::error title=nowhere,file=mail.eml::the fault

"#]]
        );
    }

    #[test]
    fn what_failed_is_an_error() {
        let text = run(Format::Github, Options::default(), &[FileReport::unreadable("a.eml".into(), "gone\n::x")]);
        assert_eq!(text, "::error file=a.eml::error: a.eml: gone␊::x\n");
    }
}
