//! Sources on which html5ever takes quadratic time are cut short, and what was read is there.

use super::*;
use crate::config::limits::Reached;
use std::time::{Duration, Instant};

/// The document, and the limits that were reached.
fn parse_quickly(text: &str) -> (Document, Vec<String>) {
    let start = Instant::now();
    let mut budget = Budget::default();
    let document = Document::parse_within(text, &[], &mut budget);
    let _ = document.elements().next().map(|element| document.style(element));
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(30), "{elapsed:?} for {:?}…", &text[..30]);
    (document, budget.reached.iter().map(Reached::in_words).collect())
}

#[test]
fn deep_sources_take_no_time() {
    let numbered = |parts: fn(usize) -> String, count: usize| (0..count).map(parts).collect::<String>();
    for text in [
        "<div>".repeat(100_000),
        "<font>".repeat(100_000),
        "<div>".repeat(100_000) + &"</div>".repeat(100_000),
        numbered(|i| format!("<font size={i}>"), 100_000),
        numbered(|i| format!("<font size={i}><p>"), 20_000),
        numbered(|i| format!("<p><b id={i}>x</p>"), 20_000),
        numbered(|i| format!("<table><td><a href={i}>"), 20_000),
        "<svg><g>".repeat(50_000),
    ] {
        let (document, limits) = parse_quickly(&text);
        assert!(!limits.is_empty(), "{:?}…", &text[..30]);
        assert!(document.elements().count() > 200, "{:?}…", &text[..30]);
    }
}

#[test]
fn wide_sources_take_no_time() {
    let numbered = |parts: fn(usize) -> String, count: usize| (0..count).map(parts).collect::<String>();
    for text in [
        numbered(|i| format!("<body a{i}=1>"), 50_000),
        numbered(|i| format!("<p>{i}<b>x</b></p><!-- {i} -->"), 20_000),
        "<table><div><b>".repeat(20_000),
        "</x>".repeat(100_000),
        "&".repeat(500_000),
        "&noti".repeat(100_000),
        "<".repeat(500_000),
        "<!--[if mso]>x<![endif]-->".repeat(3_000),
        "<p".repeat(100_000),
        "<!".repeat(100_000),
        "</p>".repeat(100_000),
    ] {
        parse_quickly(&text);
    }
}

#[test]
fn surplus_attributes_are_left_out() {
    let attributes: String = (0..100_000).map(|i| format!(" a{i}=\">\"")).collect();
    for text in [
        format!("<b{attributes}><i>x</i>"),
        format!("y<p>z<b{attributes}><i>x</i>"),
        format!("</b{attributes}><i>x</i>"),
        format!("<svg>y<![CDATA[<]]>z<b{attributes}><i>x</i>"),
    ] {
        let (document, limits) = parse_quickly(&text);
        assert_eq!(limits, ["more than 500 attributes in a tag: the others were left out"]);
        assert_eq!(at(&text, first(&document, "i").extent()), "<i>x</i>");
    }
    let (document, _) = parse_quickly(&format!("<b{attributes}>"));
    assert_eq!(first(&document, "b").attributes().count(), 500);
}

#[test]
fn what_is_closed_again_is_no_limit() {
    let (_, limits) = parse_quickly(&"<p><b>x</b><table><tr><td>y</td></tr></table>".repeat(2_000));
    assert!(limits.is_empty());
}

#[test]
fn leaves_beyond_the_limit_are_kept() {
    let text = "<div>".repeat(2_000) + "<img src=x>" + &"</div>".repeat(2_000) + "<p>behind</p>";
    let (document, _) = parse_quickly(&text);
    assert_eq!(first(&document, "img").attribute("src").unwrap().value, "x");
    assert_eq!(first(&document, "p").parent().map(|parent| parent.name()), None);
}
