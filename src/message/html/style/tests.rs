//! Snippets, and how the element with the id `x` looks.

#![allow(clippy::unwrap_used)]

use super::super::Document;
use super::Style;
use crate::message::tags::{Role, Syntax, Tag};
use crate::source::ViewSpan;
use std::time::{Duration, Instant};

fn style(text: &str) -> Style {
    let tags: Vec<Tag> = text
        .match_indices("{{")
        .map(|(start, _)| {
            let end = start + text[start..].find("}}").unwrap() + 2;
            Tag {
                span: ViewSpan::new(start, end),
                inner: ViewSpan::new(start + 2, end - 2),
                syntax: Syntax::Mustache,
                role: Role::Output,
            }
        })
        .collect();
    let document = Document::parse(text, &tags);
    let element =
        document.elements().find(|element| element.attribute("id").is_some_and(|id| id.value == "x")).unwrap();
    document.style(element).clone()
}

#[test]
fn hidden() {
    for text in [
        "<p id=x style='display:none'>",
        "<div style='display:none !important'><p id=x style='display:block'>",
        "<p id=x style='DISPLAY : None'>",
        "<p id=x style='color:;;display:none}'>",
        "<p id=x hidden>",
        "<p id=x style='visibility:hidden'>",
        "<div style='visibility:hidden'><p id=x>",
        "<p id=x style='opacity:0'>",
        "<div style='opacity:0.0'><p id=x style='opacity:1'>",
        "<p id=x style='max-height:0;overflow:hidden'>",
        "<p id=x style='height:0px;overflow:hidden'>",
        "<p id=x style='width:1px;height:1px;overflow:hidden'>",
        "<p id=x style='position:absolute;left:-9999px'>",
        "<p id=x style='text-indent:-9999px'>",
        "<p id=x style='font-size:0'>",
        "<td><p id=x style='font-size:1px;line-height:1px'>",
        "<div style='font-size:0'><span id=x>",
        "<style>.a{display:none}</style><p id=x class='b A'>",
        "<style>p{display:block} #x{display:none}</style><p id=x>",
        "<style>div .a > p{display:none}</style><div><b class=a><p id=x>",
        "<style>p[class=a]{display:none}</style><p id=x class=a>",
        "<style>.a:hover,.a{display:none}</style><p id=x class=a>",
        "<style>@media screen{.a{display:none}}</style><p id=x class=a>",
        "<style><!-- .a{display:none} --></style><p id=x class=a>",
        "<style>.a{display:none!important}</style><p id=x class=a style='display:block'>",
        "<style>.a{color:red;{{ css }} } .b{display:none}</style><p id=x class=b>",
        "<b style='display:none'><i id=x>a</b>",
    ] {
        assert!(style(text).hidden, "{text}");
    }
}

#[test]
fn shown() {
    for text in [
        "<p id=x>",
        "<p id=x style='display:none;display:block'>",
        "<div style='visibility:hidden'><p id=x style='visibility:visible'>",
        "<p id=x style='max-height:0'>",
        "<p id=x style='mso-hide:all'>",
        "<p id=x style='left:-9999px'>",
        "<p id=x style='font-size:0'><img src=a>",
        "<div style='font-size:0'><p id=x style='font-size:12px'>",
        "<table><td id=x style='font-size:0'><p><font style='font-size:14px'>a<p>b</font></p>",
        "<table><td style='font-size:0'><p><font style='font-size:14px'>a<p id=x>b</font></p>",
        "<div style='font-size:0'><img id=x>",
        "<div style='font-size:0'><a id=x><b style='font-size:12px'>a",
        "<p id=x hidden style='display:block'>",
        "<p id=x style='display:{{ show }}'>",
        "<p id=x style='font-size:{{ size }}px'>",
        "<style>.a{display:none}</style><p id=x class=a style='display:block'>",
        "<style>.a .b{display:none}</style><p id=x class=b>",
        "<style>.a > p{display:none}</style><div class=a><b><p id=x>",
        "<style>.a:hover{display:none} .a::before{display:none} u + .a{display:none}</style><p id=x class=a>",
        "<style>@media (max-width:600px){.a{display:none}} @media print{p{display:none}}</style><p id=x class=a>",
        "<style media='(max-width:600px)'>p{display:none}</style><p id=x>",
        "<style>@supports (x:y){p{display:none}} @font-face{font-family:z}</style><p id=x>",
        "<!--[if mso]><style>p{display:none}</style><![endif]--><p id=x>",
    ] {
        assert!(!style(text).hidden, "{text}");
    }
}

#[test]
fn outlook_hides_alone() {
    assert!(style("<div style='mso-hide:all'><p id=x>").mso_hidden);
    assert!(!style("<p id=x style='display:none'>").mso_hidden);
}

#[test]
fn font_sizes() {
    for (text, size) in [
        ("<p id=x>", None),
        ("<p id=x style='font-size:12px'>", Some(12.0)),
        ("<p id=x style='font-size:9pt'>", Some(12.0)),
        ("<div style='font-size:20px'><p id=x style='font-size:1.5em'>", Some(30.0)),
        ("<div style='font-size:20px'><p id=x style='font-size:50%'>", Some(10.0)),
        ("<div style='font-size:20px'><p id=x style='font-size:{{ size }}px'>", None),
        ("<p id=x style='font-size:x-small'>", Some(10.0)),
        ("<p id=x style='font:italic 400 14px/20px Arial, sans-serif'>", Some(14.0)),
        ("<font size=1><b id=x>", Some(10.0)),
        ("<font size='+1'><b id=x>", Some(18.0)),
        ("<h1 id=x>", Some(32.0)),
        ("<style>td{font-size:11px}</style><table><td><p id=x>", Some(11.0)),
    ] {
        assert_eq!(style(text).font_size, size, "{text}");
    }
}

#[test]
fn colors() {
    for (text, color, background) in [
        ("<p id=x>", None, None),
        ("<p id=x style='color:#FFF;background:#000'>", Some([255; 3]), Some([0; 3])),
        ("<p id=x style='color:#fefefe00;background-color:Silver'>", None, Some([192; 3])),
        ("<p id=x style='color:rgb(1, 2, 3);background:rgba(1,2,3,1) none'>", Some([1, 2, 3]), Some([1, 2, 3])),
        ("<p id=x style='color:rgb(0% 100% 0% / 50%)'>", None, None),
        ("<table bgcolor=ff0000><td><font color=blue><b id=x>", Some([0, 0, 255]), Some([255, 0, 0])),
        ("<body bgcolor='#eee' text=red><p id=x>", Some([255, 0, 0]), Some([238; 3])),
        ("<div style='background:#fff'><p id=x style='background:transparent'>", None, Some([255; 3])),
        ("<div style='background:#fff'><p id=x style='background-color:rgba(0,0,0,0.5)'>", None, None),
        ("<div style='color:red'><p id=x style='color:{{ color }}'>", None, None),
        ("<div style='color:red'><p id=x style='color:inherit'>", Some([255, 0, 0]), None),
        ("<div style='color:red'><p id=x style='color:nonsense'>", Some([255, 0, 0]), None),
        ("<div style='color:#fff'><a id=x href=y>", Some([0, 0, 238]), None),
        ("<p id=x style='background:#123456 url(a.png) no-repeat !important'>", None, Some([0x12, 0x34, 0x56])),
        ("<font color=red><p>a</font><p id=x>", None, None),
    ] {
        let style = style(text);
        assert_eq!((style.color, style.background), (color, background), "{text}");
    }
}

#[test]
fn images_behind() {
    for (text, image) in [
        ("<p id=x style='background:url(a.png)'>", true),
        ("<p id=x style='background-image:linear-gradient(red, blue)'>", true),
        ("<table background=a.png><td id=x>", true),
        ("<table background=a.png><td id=x bgcolor=white>", false),
        ("<p id=x style='background:#fff'>", false),
    ] {
        assert_eq!(style(text).background_image, image, "{text}");
    }
}

#[test]
fn sizes() {
    for (text, size) in [
        ("<img id=x width=600 height='40px'>", (Some(600.0), Some(40.0))),
        ("<img id=x width=100% height=auto>", (None, None)),
        ("<img id=x width=600 style='width:1px;height:1px'>", (Some(1.0), Some(1.0))),
        ("<img id=x width=600 style='width:100%'>", (None, None)),
        ("<img id=x style='width:{{ w }}px;height:2em'>", (None, Some(32.0))),
        ("<img id=x width={{ w }}>", (None, None)),
    ] {
        let style = style(text);
        assert_eq!((style.width, style.height), size, "{text}");
    }
}

#[test]
fn twins() {
    for (text, responsive) in [
        ("<style>@media (max-width:600px){.a{display:block!important}}</style><p id=x class=a>", true),
        ("<style>@media (max-width:600px){#x{max-height:none}}</style><p id=x>", true),
        ("<style>@media (max-width:600px){*[class=a]{display:none}}</style><p id=x class=a>", true),
        ("<style>@media (max-width:600px){.a{width:100%}}</style><p id=x class=a>", false),
        ("<style>@media (max-width:600px){.a .b{display:none}}</style><p id=x class=a>", false),
        ("<style>.a{display:none}</style><p id=x class=a>", false),
    ] {
        assert_eq!(style(text).responsive, responsive, "{text}");
    }
}

#[test]
fn much_css_takes_no_time() {
    let rules = |rule: fn(usize) -> String| (0..30_000).map(rule).collect::<String>();
    for css in [
        rules(|i| format!(".a{i} .b, td.c{i} > p {{ display: none; color: red }}\n")),
        rules(|i| format!(".b{{color:#00{:04x}}}", i % 0xffff)),
        rules(|i| format!("@media (max-width:{i}px){{")),
        "{".repeat(300_000),
        "a{b:(".repeat(100_000),
        "a:not(".repeat(100_000),
        ".b ".repeat(100_000) + "{display:none}",
        "'".repeat(300_000),
        "@import ".repeat(50_000),
    ] {
        let text = format!("<style>{css}</style>{}<p id=x class=b>", "<p class=b>".repeat(500));
        let start = Instant::now();
        let document = Document::parse(&text, &[]);
        document.elements().last().map(|element| document.style(element)).unwrap();
        assert!(start.elapsed() < Duration::from_secs(30), "{:?} for {:?}…", start.elapsed(), &css[..20]);
    }
}

/// How the first element called `name` looks in MJML.
fn style_in_mjml(text: &str, name: &str) -> Style {
    let document = Document::parse_mjml(text, &[], &mut Default::default());
    let element = document.elements().filter(|element| element.name() == name).last().unwrap();
    document.style(element).clone()
}

#[test]
fn attributes_of_mjml_are_its_style() {
    let size = |text: &str| style_in_mjml(text, "mj-text").font_size;
    for (text, expected) in [
        ("<mj-text>", 13.0),
        ("<mj-text font-size='9px'>", 9.0),
        ("<mj-attributes><mj-all font-size='20px' /></mj-attributes><mj-text>", 20.0),
        ("<mj-attributes><mj-text font-size='10px' /><mj-all font-size='20px' /></mj-attributes><mj-text>", 10.0),
        (
            "<mj-attributes><mj-text font-size='10px' /><mj-class name='fine' font-size='8px' /></mj-attributes><mj-text mj-class='b fine'>",
            8.0,
        ),
        ("<mj-attributes><mj-class name=a font-size=8px /></mj-attributes><mj-text mj-class=a font-size=30px>", 30.0),
    ] {
        assert_eq!(size(text), Some(expected), "{text:?}");
    }
    let image = style_in_mjml("<mj-image width='600px' height=20 />", "mj-image");
    assert_eq!((image.width, image.height), (Some(600.0), Some(20.0)));
    let column = style_in_mjml("<mj-column width='50%'>", "mj-column");
    assert_eq!(column.width, None);
    let button = style_in_mjml("<mj-button background-color='#fff' color='white'>", "mj-button");
    assert_eq!((button.color, button.background), (Some([255; 3]), Some([255; 3])));
    assert!(style_in_mjml("<mj-hero background-url='a.png'><mj-text>", "mj-text").background_image);
    assert_eq!(style("<p id=x><mj-text font-size=9px>").font_size, None);
}

#[test]
fn sheets_of_mjml_select_by_css_class() {
    let hidden = |text: &str| style_in_mjml(text, "mj-text").hidden;
    assert!(hidden("<mj-style>.a { display: none }</mj-style><mj-text css-class='b a'>"));
    assert!(hidden(
        "<mj-style inline='inline'>.a > b, .a { display: none }</mj-style><mj-section css-class=a><mj-text>"
    ));
    assert!(!hidden("<mj-style>.a { display: none }</mj-style><mj-text mj-class=a>"));
    let text =
        "<mj-style>@media (max-width: 480px) { .a { display: none !important } }</mj-style><mj-text css-class=a>";
    assert!(style_in_mjml(text, "mj-text").responsive);
    assert!(style_in_mjml("<mj-preview>a</mj-preview>", "mj-preview").hidden);
}
