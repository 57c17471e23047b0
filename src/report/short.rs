//! One line a diagnostic: `file:line:column: level[lint]: message`.

use super::visible::visible;
use super::{FileReport, Report, Summary, word};
use std::io::{self, Write};

/// The report of one line a diagnostic. It has no closing line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Short;

impl Report for Short {
    fn file(&mut self, out: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        for diagnostic in &file.diagnostics {
            let place = diagnostic.primary.as_ref().map(|label| &label.place);
            out.write_all(visible(place.map_or(&file.name, |place| &place.file)).as_bytes())?;
            if let Some(at) = place.and_then(|place| place.span) {
                write!(out, ":{}:{}", at.start.line, at.start.column)?;
            }
            let (level, lint) = (word(diagnostic.level), visible(diagnostic.lint));
            writeln!(out, ": {level}[{lint}]: {}", visible(&diagnostic.message))?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &mut dyn Write, _: &Summary) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::report::samples::{at, diagnostic, rendered, whole_file};
    use crate::report::{Format, Options};

    #[test]
    fn one_line_each() {
        let mut attack = at(diagnostic("vague-subject"), "a.eml", "Subject: x\n", 9..10, "");
        attack.message = "two\nlines \x1b[2J".to_owned();
        let mut whole = whole_file(diagnostic("missing-unsubscribe"), "b\u{202e}.eml");
        whole.level = crate::diagnostic::Level::Warn;
        let found = vec![attack, whole, diagnostic("nowhere")];
        assert_eq!(
            rendered(Format::Short, Options::default(), found),
            "a.eml:1:10: error[vague-subject]: two␊lines ␛[2J\n\
             b<U+202E>.eml: warning[missing-unsubscribe]: the fault\n\
             mail.eml: error[nowhere]: the fault\n"
        );
    }
}
