//! Diagnostics made by hand, for the tests of the formats.

use super::{FileReport, Format, Options, Summary};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Excerpt, FileEdit, Label, Level, Place, Positions, Standard};
use crate::diagnostic::{Suggestion, ViewPlace};
use crate::source::{FileSpan, LineIndex, ViewSpan};
use std::ops::Range;

/// A denied diagnostic without a place.
pub(crate) fn diagnostic(lint: &'static str) -> Diagnostic {
    Diagnostic {
        lint,
        topic: "topic",
        level: Level::Deny,
        level_origin: String::new(),
        standards: &[Standard::Microsoft],
        message: "the fault".to_owned(),
        primary: None,
        labels: Vec::new(),
        notes: Vec::new(),
        help: Vec::new(),
        suggestions: Vec::new(),
    }
}

/// A label on bytes of `text`, which is the content of `file`.
pub(crate) fn label(file: &str, text: &str, span: Range<usize>, says: &str) -> Label {
    let lines = LineIndex::new(text.as_bytes());
    let position = |at| lines.position(text.as_bytes(), at);
    let (start, end) = (position(span.start), position(span.end));
    let place = Place {
        file: file.into(),
        span: Some(Positions { span: FileSpan::from(span.clone()), start, end }),
        view: Some(ViewPlace {
            name: "HTML body".into(),
            encoding: None,
            charset: None,
            span: Positions { span: ViewSpan::from(span.clone()), start, end },
            text: text.get(span.clone()).unwrap_or_default().to_owned(),
        }),
        excerpt: Some(Excerpt::of(text, &lines, span, |line| line)),
        record: None,
    };
    Label { place, text: says.to_owned() }
}

/// The diagnostic with its primary label there.
pub(crate) fn at(diagnostic: Diagnostic, file: &str, text: &str, span: Range<usize>, says: &str) -> Diagnostic {
    Diagnostic { primary: Some(label(file, text, span, says)), ..diagnostic }
}

/// The diagnostic on a file as a whole.
pub(crate) fn whole_file(diagnostic: Diagnostic, file: &str) -> Diagnostic {
    let place = Place { file: file.into(), span: None, view: None, excerpt: None, record: None };
    Diagnostic { primary: Some(Label { place, text: String::new() }), ..diagnostic }
}

/// The byte range of the first `part` of `text`.
#[track_caller]
pub(crate) fn find(text: &str, part: &str) -> Range<usize> {
    let start = text.find(part).unwrap_or_else(|| panic!("{part:?} is not in {text:?}"));
    start..start + part.len()
}

/// The whole report of one file `mail.eml` in which `diagnostics` were found.
pub(crate) fn rendered(format: Format, options: Options, diagnostics: Vec<Diagnostic>) -> String {
    run(format, options, &[FileReport { name: "mail.eml".into(), diagnostics, ..FileReport::default() }])
}

/// The whole report of these files.
pub(crate) fn run(format: Format, options: Options, files: &[FileReport]) -> String {
    let mut report = format.report(options);
    let (mut out, mut summary) = (Vec::new(), Summary::default());
    for file in files {
        summary.add(file);
        report.file(&mut out, file).expect("a vector takes everything");
    }
    report.finish(&mut out, &summary).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// The diagnostic with the suggestion to write `replacement` in place of these bytes of `text`.
pub(crate) fn mended(diagnostic: Diagnostic, text: &str, span: Range<usize>, replacement: &str) -> Diagnostic {
    let lines = LineIndex::new(text.as_bytes());
    let position = |at| lines.position(text.as_bytes(), at);
    let suggestion = Suggestion {
        message: "write it so".to_owned(),
        applicability: Applicability::MachineApplicable,
        edit: Edit { span: ViewSpan::from(span.clone()), replacement: replacement.to_owned() },
        file_edit: Some(FileEdit { span: FileSpan::from(span.clone()), replacement: replacement.into() }),
        file_at: Some(Positions {
            span: FileSpan::from(span.clone()),
            start: position(span.start),
            end: position(span.end),
        }),
        diff: Vec::new(),
    };
    Diagnostic { suggestions: vec![suggestion], ..diagnostic }
}
