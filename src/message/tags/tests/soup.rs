//! Laws that hold for any text.

use super::super::{Code, Dialect, mask, scan};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{{!--",
    "--}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "<%",
    "%>",
    "<%=",
    "&lt;%",
    "%&gt;",
    "*|",
    "|*",
    "%%",
    "%%[",
    "]%%",
    "%%=",
    "=%%",
    "[[",
    "]]",
    "${",
    "}",
    "<?php",
    "?>",
    "\"",
    "'",
    "`",
    "\\",
    " ",
    "\n",
    "\n\n",
    "\r",
    "a",
    "if x",
    "comment",
    "endcomment",
    "é",
    "\u{1F600}",
    "<a href=",
    "<td",
    ">",
    "</",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<!--[if mso]>",
    "@if(",
    "@{",
    "@*",
    "*@",
    "#if(",
    ")",
    "<#if ",
    "$x",
    "%e%",
    "[e",
    "]",
    "/",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn dialects() -> impl Strategy<Value = Dialect> {
    let code =
        prop::option::of(prop::sample::select(&[Code::Blade, Code::Razor, Code::Velocity, Code::FreeMarker][..]));
    code.prop_map(|code| Dialect { loose: vec!["%e%", "[e", "{{", "é"], code })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn tags_are_in_order_and_in_bounds(text in soup(), html: bool, dialect in dialects()) {
        let mut end = 0;
        for tag in scan(&text, html, &dialect) {
            prop_assert!(tag.span.start >= end && !tag.span.is_empty() && tag.span.contains(tag.inner));
            prop_assert!(text.get(tag.span.range()).is_some() && text.get(tag.inner.range()).is_some());
            end = tag.span.end;
        }
    }

    #[test]
    fn masks_change_tags_only(text in soup(), dialect in dialects()) {
        let tags = scan(&text, true, &dialect);
        let masked = mask(&text, &tags);
        prop_assert_eq!(masked.len(), text.len());
        for (at, (new, old)) in masked.bytes().zip(text.bytes()).enumerate() {
            let inside = tags.iter().any(|tag| tag.span.range().contains(&at));
            prop_assert!(if inside { matches!(new, b' ' | b'x' | b'\n' | b'\r') } else { new == old }, "byte {} of {}", at, text);
        }
        prop_assert!((0..text.len()).all(|at| !text.is_char_boundary(at) || masked.is_char_boundary(at)));
    }
}
