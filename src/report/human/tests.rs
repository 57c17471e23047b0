#![allow(clippy::unwrap_used)]

use crate::diagnostic::{
    Applicability, Diagnostic, Edit, Excerpt, ExcerptLine, Label, Level, Note, Suggestion, ViewPlace, diff_lines,
};
use crate::report::samples::{at, diagnostic, find, label, rendered, run, whole_file};
use crate::report::visible::is_hidden;
use crate::report::{FileReport, Format, Options};
use crate::source::{LineIndex, ViewSpan};
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// The diagnostic as it looks, without the blank line behind it and the closing lines.
fn shown(diagnostic: Diagnostic) -> String {
    let report = rendered(Format::Human, Options { quiet: true, ..Options::default() }, vec![diagnostic]);
    report.split("\n\n").next().unwrap_or_default().to_owned() + "\n"
}

#[track_caller]
fn assert_looks(diagnostic: Diagnostic, expected: &str) {
    let shown = shown(diagnostic);
    assert!(shown == expected.trim_start_matches('\n'), "it looks like this:\n{shown}");
}

fn note(text: &str, source: Option<&'static str>) -> Note {
    Note { text: text.to_owned(), source: source.map(Into::into) }
}

fn suggestion(text: &str, span: std::ops::Range<usize>, new: &str, applicability: Applicability) -> Suggestion {
    let edit = Edit { span: ViewSpan::from(span), replacement: new.to_owned() };
    let diff = diff_lines(text, &LineIndex::new(text.as_bytes()), &edit, |line| line);
    Suggestion { message: "write it so".to_owned(), applicability, edit, file_edit: None, file_at: None, diff }
}

#[test]
fn one_label_with_notes_and_help() {
    let mail = "Date: x\nFrom: \"Shoppers Handbag\" <someone@outlook.com>\n";
    let mut found = at(diagnostic("freemail-sender"), "catalogs.eml", mail, find(mail, "outlook.com"), "not your own");
    found.notes.push(note(
        "Microsoft 365 wants the From name to reflect who is sending the message, and says so at some length",
        Some("Troubleshooting mail sent to Microsoft 365, best practices for bulk mail"),
    ));
    found.help.push("send from your own domain".to_owned());
    found.help.push("or from a subdomain".to_owned());
    found.level_origin = "`freemail-sender` is denied by default".to_owned();
    assert_looks(
        found,
        r#"
error[freemail-sender]: the fault
  --> catalogs.eml:2:35
   |
 2 | From: "Shoppers Handbag" <someone@outlook.com>
   |                                   ^^^^^^^^^^^ not your own
   |
   = note: Microsoft 365 wants the From name to reflect who is sending the message, and says so at
           some length
           (Troubleshooting mail sent to Microsoft 365, best practices for bulk mail)
   = help: send from your own domain
   = help: or from a subdomain
   = note: `freemail-sender` is denied by default
"#,
    );
}

#[test]
fn labels_on_near_and_distant_lines() {
    let html =
        "<a href=\"https://a.example\">\n\n<a href=\"https://b.example\">\n\n\n\n\n\n\n<a href=\"https://c.example\">";
    let mut found = at(diagnostic("split-links"), "a.html", html, find(html, "https://b.example"), "the second");
    found.labels.push(label("a.html", html, find(html, "https://c.example"), "the third"));
    found.labels.push(label("a.html", html, find(html, "https://a.example"), "the first"));
    found.level = Level::Warn;
    assert_looks(
        found,
        r#"
warning[split-links]: the fault
  --> a.html:3:10
   |
 1 | <a href="https://a.example">
   |          ----------------- the first
 3 | <a href="https://b.example">
   |          ^^^^^^^^^^^^^^^^^ the second
...
10 | <a href="https://c.example">
   |          ----------------- the third
"#,
    );
}

#[test]
fn labels_on_one_line() {
    let html = "<input type=checkbox checked> I agree";
    let mut found = at(diagnostic("preselected-consent"), "a.html", html, find(html, "checked"), "ticked already");
    found.labels.push(label("a.html", html, find(html, "I agree"), "it consents"));
    found.labels.push(label("a.html", html, find(html, "<input"), "this box"));
    assert_looks(
        found,
        r"
error[preselected-consent]: the fault
  --> a.html:1:22
   |
 1 | <input type=checkbox checked> I agree
   | ------               ^^^^^^^  ------- it consents
   | |                    |
   | |                    ticked already
   | this box
",
    );
}

#[test]
fn labels_in_other_views_and_files() {
    let mut found = at(diagnostic("mismatch"), "a.eml", "Subject: Sale", 9..13, "promised here");
    let mut body = label("a.eml", "1\n2\n<p>Nothing</p>", 7..14, "and not kept here");
    body.place.view.as_mut().unwrap().name = "text body".into();
    found.labels.push(body);
    found.labels.push(label("b.eml", "Sale", 0..4, ""));
    assert_looks(
        found,
        r"
error[mismatch]: the fault
  --> a.eml:1:10
   |
 1 | Subject: Sale
   |          ^^^^ promised here
  ::: a.eml:3:4
   |
 3 | <p>Nothing</p>
   |    ------- and not kept here
  ::: b.eml:1:1
   |
 1 | Sale
   | ----
",
    );
}

#[test]
fn a_label_over_several_lines() {
    let html = "<body>\n  <table width=600>\n\n\n\n    <img>\n  </table>\n</body>";
    let span = find(html, "<table").start..find(html, "</table>").end;
    assert_looks(
        at(diagnostic("image-only-body"), "a.html", html, span, "nothing but an image"),
        r"
error[image-only-body]: the fault
  --> a.html:2:3
   |
 2 |   <table width=600>
   |   ^^^^^^^^^^^^^^^^^
...
 7 |   </table>
   |   ^^^^^^^^ nothing but an image
",
    );
}

#[test]
fn a_label_on_the_last_line_of_another() {
    let html = "<p>\n  <i></p>";
    let mut found = at(diagnostic("vague"), "a.html", html, 0..13, "all");
    found.labels.push(label("a.html", html, find(html, "<i>"), "some"));
    assert_looks(
        found,
        r"
error[vague]: the fault
  --> a.html:1:1
   |
 1 | <p>
   | ^^^
 2 |   <i></p>
   |   ^^^^^^^ all
   |   |
   |   some
",
    );
}

#[test]
fn an_insertion_point_at_the_end() {
    let text = "Dear reader\n";
    assert_looks(
        at(diagnostic("missing-unsubscribe"), "a.txt", text, 12..12, "here"),
        "
error[missing-unsubscribe]: the fault
  --> a.txt:2:1
   |
 2 |
   | ^ here
",
    );
}

#[test]
fn wide_characters_and_tabs_keep_the_marks_in_line() {
    let text = "\t件名: 無料 now";
    assert_looks(
        at(diagnostic("vague"), "a.eml", text, find(text, "無料"), "free"),
        r"
error[vague]: the fault
  --> a.eml:1:6
   |
 1 |     件名: 無料 now
   |           ^^^^ free
",
    );
}

#[test]
fn an_attack_on_the_terminal_is_shown() {
    let text = "\x1b]0;title\x07 \u{202e}moc.live\u{200b}\u{9b}1m";
    let mut found = at(diagnostic("attack"), "\x1b[2Ja.eml", text, find(text, "moc.live"), "\x1b[1mlabel");
    found.message = "over\rwritten".to_owned();
    found.notes.push(note("\x08\x08", Some("\u{2066}")));
    found.help.push("a\nb".to_owned());
    assert_looks(
        found,
        r"
error[attack]: over␍written
  --> ␛[2Ja.eml:1:13
   |
 1 | ␛]0;title␇ <U+202E>moc.live<U+200B><U+009B>1m
   |                    ^^^^^^^^ ␛[1mlabel
   |
   = note: ␈␈
           (<U+2066>)
   = help: a␊b
",
    );
}

#[test]
fn text_that_was_decoded() {
    let text = "<p>Grüße</p>";
    let mut found = at(diagnostic("vague"), "a.eml", text, find(text, "Grüße"), "");
    let mut subject = label("a.eml", "Grüße", 0..7, "");
    let decoded = |place: &mut Option<ViewPlace>, name: &str, encoding, charset| {
        let view = place.as_mut().unwrap();
        (view.name, view.encoding, view.charset) = (name.into(), encoding, charset);
    };
    let found_view = &mut found.primary.as_mut().unwrap().place.view;
    decoded(found_view, "HTML body", Some("quoted-printable"), Some("windows-1252"));
    decoded(&mut subject.place.view, "header Subject", Some("encoded-word"), None);
    found.labels.push(subject);
    found.level_origin = "`vague` is denied by default".to_owned();
    assert_looks(
        found,
        r"
error[vague]: the fault
  --> a.eml:1:4
   |
 1 | <p>Grüße</p>
   |    ^^^^^
  ::: a.eml:1:1
   |
 1 | Grüße
   | -----
   |
   = note: shown decoded: this part is quoted-printable (windows-1252)
   = note: shown decoded: this field has encoded words
   = note: `vague` is denied by default
",
    );
}

#[test]
fn suggestions_are_diffs() {
    let html = "<p>\n<input checked> yes\n</p>\n";
    let mut found = at(diagnostic("preselected-consent"), "a.html", html, find(html, "checked"), "");
    found.help.push("let them tick it".to_owned());
    let machine = Applicability::MachineApplicable;
    found.suggestions.push(suggestion(html, find(html, " checked"), "", machine));
    found.suggestions.push(suggestion(html, 4..4, "<a href=\"URL\">\n", Applicability::HasPlaceholders));
    assert_looks(
        found,
        r#"
error[preselected-consent]: the fault
  --> a.html:2:8
   |
 2 | <input checked> yes
   |        ^^^^^^^
   |
   = help: let them tick it
help: write it so
   |
 2 - <input checked> yes
 2 + <input> yes
help: write it so (fill in the words in capitals)
   |
 2 + <a href="URL">
"#,
    );
}

#[test]
fn without_a_place_or_on_the_whole_file() {
    let mut nowhere = diagnostic("nowhere");
    nowhere.notes.push(note("why", None));
    assert_looks(nowhere, "\nerror[nowhere]: the fault\n  --> mail.eml\n   |\n   = note: why\n");
    assert_looks(whole_file(diagnostic("everywhere"), "a.eml"), "\nerror[everywhere]: the fault\n  --> a.eml\n");
    let mut whole = whole_file(diagnostic("everywhere"), "a.eml");
    whole.primary.as_mut().unwrap().text = "no text part".to_owned();
    whole.help.push("add one".to_owned());
    assert_looks(
        whole,
        r"
error[everywhere]: the fault
  --> a.eml
   |
   = note: no text part
   = help: add one
",
    );
}

#[test]
fn a_long_line_is_cut_to_the_width() {
    let html = format!("{}<img src=x>{}", "x".repeat(5_000), "y".repeat(5_000));
    let found = at(diagnostic("big"), "a.html", &html, find(&html, "<img src=x>"), "here");
    let report = rendered(Format::Human, Options { width: 60, ..Options::default() }, vec![found]);
    let (x, y) = ("x".repeat(21), "y".repeat(21));
    assert!(report.contains(&format!(" 1 | …{x}<img src=x>{y}…\n   | {:22}^^^^^^^^^^^ here\n", "")), "{report}");
}

#[test]
fn labels_far_apart_on_one_long_line_have_rows_of_their_own() {
    let html = format!("<a>{}<b>{}<i>", "x".repeat(20), "y".repeat(2_000));
    let mut found = at(diagnostic("far"), "a.html", &html, find(&html, "<b>"), "b");
    found.labels.push(label("a.html", &html, find(&html, "<i>"), "i"));
    found.labels.push(label("a.html", &html, find(&html, "<a>"), "a"));
    let (x, y) = ("x".repeat(20), "y".repeat(67));
    assert_looks(
        found,
        &format!(
            r"
error[far]: the fault
  --> a.html:1:24
   |
 1 | <a>{x}<b>{y}…
   | ---                    ^^^ b
   | |
   | a
 1 | …{}<i>
   |  {:90}--- i
",
            "y".repeat(90),
            ""
        ),
    );
}

#[test]
fn where_a_level_comes_from_is_told_once() {
    let with_origin = |lint| Diagnostic { level_origin: format!("`{lint}` is on"), ..diagnostic(lint) };
    let found = vec![with_origin("one"), with_origin("one"), with_origin("two")];
    let report = rendered(Format::Human, Options::default(), found);
    assert_eq!(report.matches("`one` is on").count(), 1);
    assert_eq!(report.matches("`two` is on").count(), 1);
}

#[test]
fn the_end_of_a_run() {
    let warning = Diagnostic { level: Level::Warn, ..diagnostic("mild") };
    let mut file = FileReport { diagnostics: vec![warning, diagnostic("grave")], ..FileReport::default() };
    file.draft = true;
    file.silences.push(("mute", "a tag may hold it".to_owned()));
    file.remarks.push(crate::lint::Remark::new("purpose", "the purpose is unknown"));
    let report = run(Format::Human, Options { verbose: true, ..Options::default() }, &[file]);
    let end = &report[report.find("note: : the").unwrap()..];
    assert_eq!(
        end,
        "note: : the purpose is unknown\n\
         note: `mute` is silent about : a tag may hold it\n\n\
         note: what no linter can see from here: the complaint rate, whether the address and the domain are\n      \
         warmed up, what the privacy page itself says\n\
         error: 1 error and 1 warning in 1 campaign\n\
         for the reasons and examples behind a lint: presend explain grave\n"
    );
    assert_eq!(rendered(Format::Human, Options::default(), Vec::new()), "no faults found in 1 campaign\n");
}

#[test]
fn colours_and_links() {
    let found = at(diagnostic("vague"), "a.eml", "Hi", 0..2, "x");
    let options = Options { color: true, links: Some("https://example.com/".into()), ..Options::default() };
    let report = rendered(Format::Human, options, vec![found]);
    let link = "error[\x1b]8;;https://example.com/topic/vague.md\x1b\\vague\x1b]8;;\x1b\\]";
    assert!(report.starts_with(&format!("\x1b[1m\x1b[91m{link}\x1b[0m\x1b[1m: the fault\x1b[0m\n")), "{report:?}");
    assert!(report.contains("\x1b[1m\x1b[91m^^\x1b[0m\x1b[1m\x1b[91m x\x1b[0m\n"), "{report:?}");
}

#[test]
fn many_diagnostics_on_one_huge_line_are_quick() {
    let html = "<td><img></td>".repeat(15_000);
    let lines = LineIndex::new(html.as_bytes());
    let sample = at(diagnostic("vague"), "a.html", &html, 4..9, "here");
    let begin = Instant::now();
    let found = (0..500).map(|nth| {
        let mut found = sample.clone();
        let start = nth * 14 * 30 + 4;
        found.primary.as_mut().unwrap().place.excerpt = Some(Excerpt::of(&html, &lines, start..start + 5, |line| line));
        found
    });
    let report = rendered(Format::Human, Options::default(), found.collect());
    assert_eq!(report.matches("^^^^^ here").count(), 500);
    assert!(report.len() < 500 * 400);
    assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
}

/// Text with more of what is dangerous than chance would bring.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f\\x7f-\\u{9f}\\u{200b}-\\u{202e}é日]{0,6}",
        Just("\x1b[31m".to_owned()),
        "[a-z ]{0,40}",
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn any_label() -> impl Strategy<Value = Label> {
    let line = (0..9usize, text(), any::<bool>(), proptest::option::of((0..90usize, 0..90usize)));
    let file = prop_oneof![text(), Just("a.eml".to_owned())];
    (file, text(), 0..60usize, proptest::collection::vec(line, 0..3), any::<bool>()).prop_map(
        |(file, says, start, lines, decoded)| {
            let mut label = label(&file, &"é x ".repeat(30), start * 2..start * 2 + 9, &says);
            label.place.view.as_mut().unwrap().charset = decoded.then_some("koi8-r");
            let line = |(number, text, cut, mark)| ExcerptLine { number, text, cut_before: cut, cut_after: !cut, mark };
            if !lines.is_empty() {
                label.place.excerpt = Some(Excerpt { lines: lines.into_iter().map(line).collect() });
            }
            label
        },
    )
}

fn any_diagnostic() -> impl Strategy<Value = Diagnostic> {
    let labels = proptest::collection::vec(any_label(), 0..4);
    (proptest::option::of(any_label()), labels, text(), text(), text(), text()).prop_map(
        |(primary, labels, message, why, old, new)| Diagnostic {
            primary,
            labels,
            message: message.clone(),
            notes: vec![Note { text: why.clone(), source: Some(message.into()) }],
            help: vec![why.clone()],
            level_origin: why.clone(),
            suggestions: vec![Suggestion {
                message: why,
                ..suggestion(&old, old.len()..old.len(), &new, Applicability::Unspecified)
            }],
            ..diagnostic("any")
        },
    )
}

/// The report without the colours that it may hold: SGR sequences.
fn uncoloured(report: &str) -> String {
    let mut parts = report.split("\x1b[");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let codes = part.trim_start_matches(|character: char| character.is_ascii_digit() || character == ';');
        text.push_str(codes.strip_prefix('m').unwrap_or("\x1b not a colour"));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn nothing_of_a_message_steers_the_terminal(found in any_diagnostic(), name in text(), color: bool, width in 0..200usize) {
        let mut file = FileReport { name: name.into(), ..FileReport::default() };
        file.silences.push(("any", found.message.clone()));
        file.remarks.push(crate::lint::Remark::new("purpose", found.message.clone()));
        file.panics.push(("any", found.message.clone()));
        file.diagnostics = vec![found];
        let options = Options { color, width, verbose: true, ..Options::default() };
        for format in [Format::Human, Format::Short, Format::Json] {
            let report = uncoloured(&run(format, options.clone(), std::slice::from_ref(&file)));
            let raw = report.chars().find(|&character| is_hidden(character) && character != '\n');
            prop_assert_eq!(raw, None, "{:?}", report);
        }
        prop_assert!(!file.failures().iter().any(|line| line.chars().any(is_hidden)));
    }
}
