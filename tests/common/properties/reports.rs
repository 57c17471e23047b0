//! What each format writes can be read by what reads that format.

use super::terminal::{nothing_raw, without_style};
use super::well_formed;
use presend::report::{FileReport, Format, Options, PAGES, Report, Summary};
use serde_json::Value;

/// What the lints say of themselves is left out: it is the same for every file, and long.
fn options() -> Options {
    Options { verbose: true, statistics: true, ..Options::default() }
}

/// What `format` says of a file.
pub fn written(format: Format, options: Options, file: &FileReport) -> String {
    let mut report: Box<dyn Report> = format.report(options);
    let mut summary = Summary::default();
    summary.add(file);
    let mut out = Vec::new();
    report.file(&mut out, file).unwrap();
    report.finish(&mut out, &summary).unwrap();
    String::from_utf8(out).expect("UTF-8")
}

/// What the JSON report says of a file.
pub fn json(file: &FileReport) -> String {
    written(Format::Json, options(), file)
}

/// Panics if a format, chosen by a number, says something that its readers could not read, or that would steer a terminal.
pub fn well_formed(file: &FileReport, which: u8) {
    let format = Format::ALL[usize::from(which) % Format::ALL.len()];
    let text = written(format, options(), file);
    match format {
        Format::Html => assert!(well_formed::html(&text) <= 4),
        _ => nothing_raw(&text, format.name()),
    }
    match format {
        Format::Human => styled(file, &text),
        Format::Short => assert_eq!(text.lines().count(), file.diagnostics.len()),
        Format::Github => assert!(text.lines().all(|line| line.starts_with("::") || line.is_empty()), "{text}"),
        Format::Json => assert_eq!(count(&text, "/diagnostics"), file.diagnostics.len()),
        Format::JsonLines => text.lines().for_each(|line| drop(value(line))),
        Format::Sarif => sarif(&text, file),
        Format::Gitlab => assert_eq!(count(&text, ""), file.diagnostics.len()),
        Format::Rdjson => assert_eq!(count(&text, "/diagnostics"), file.diagnostics.len()),
        Format::Junit => well_formed::xml(&text),
        Format::Html => {}
    }
}

/// Colours and links are all that they add.
fn styled(file: &FileReport, plain: &str) {
    let options = Options { color: true, links: Some(PAGES.to_owned()), ..options() };
    assert_eq!(without_style(&written(Format::Human, options, file)), plain);
}

fn sarif(text: &str, file: &FileReport) {
    let report = value(text);
    let results = report.pointer("/runs/0/results").and_then(Value::as_array).expect("results");
    assert_eq!(results.len(), file.diagnostics.len());
    for region in results.iter().filter_map(|result| result.pointer("/locations/0/physicalLocation/region")) {
        let number = |key| region.get(key).and_then(Value::as_u64);
        let (start, end) = (number("startLine"), number("endLine"));
        assert!(start.is_none_or(|line| line >= 1) && end.is_none_or(|end| Some(end) >= start), "{region}");
    }
}

fn count(text: &str, list: &str) -> usize {
    value(text).pointer(list).and_then(Value::as_array).expect("a list").len()
}

#[track_caller]
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON: {error}\n{text:.2000}"))
}
