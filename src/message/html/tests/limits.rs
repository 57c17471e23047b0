//! Sources on which html5ever takes quadratic time are cut short, and what was read is there.

use super::*;
use std::time::{Duration, Instant};

fn parse_quickly(text: &str) -> Document {
    let start = Instant::now();
    let document = Document::parse(text, &[]);
    let _ = document.elements().next().map(|element| document.style(element));
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(30), "{elapsed:?} for {:?}…", &text[..30]);
    document
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
        let document = parse_quickly(&text);
        assert!(!document.limits().is_empty(), "{:?}…", &text[..30]);
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
        let document = parse_quickly(&text);
        assert_eq!(document.limits(), ["a tag has more than 500 attributes"]);
        assert_eq!(at(&text, first(&document, "i").extent()), "<i>x</i>");
    }
    let document = parse_quickly(&format!("<b{attributes}>"));
    assert_eq!(first(&document, "b").attributes().count(), 500);
}

#[test]
fn what_is_closed_again_is_no_limit() {
    let document = parse_quickly(&"<p><b>x</b><table><tr><td>y</td></tr></table>".repeat(2_000));
    assert!(document.limits().is_empty());
}

#[test]
fn leaves_beyond_the_limit_are_kept() {
    let text = "<div>".repeat(2_000) + "<img src=x>" + &"</div>".repeat(2_000) + "<p>behind</p>";
    let document = parse_quickly(&text);
    assert_eq!(first(&document, "img").attribute("src").unwrap().value, "x");
    assert_eq!(first(&document, "p").parent().map(|parent| parent.name()), None);
}
