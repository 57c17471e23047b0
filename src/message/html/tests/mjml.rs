//! MJML is read as MJML: what stands in what, and where it ends.

use super::faithful::check_order;
use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn parse_mjml(text: &str) -> Document {
    Document::parse_mjml(text, &tags_of(text), &mut Budget::default())
}

/// The elements as `a(b c(d))`.
fn nesting(document: &Document) -> String {
    let children = |parent: Option<ElementId>| {
        document.elements().filter(move |element| element.parent().map(|parent| parent.id) == parent)
    };
    fn write(element: Element<'_>, document: &Document) -> String {
        let inside: Vec<_> = document
            .elements()
            .filter(|child| child.parent().is_some_and(|parent| parent.id == element.id))
            .map(|child| write(child, document))
            .collect();
        if inside.is_empty() { element.name().to_owned() } else { format!("{}({})", element.name(), inside.join(" ")) }
    }
    children(None).map(|element| write(element, document)).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_stands_in_what() {
    for (text, read) in [
        // Self-closing tags close.
        (
            "<mj-column><mj-image src=\"x\" /><mj-spacer/><mj-text>a</mj-text></mj-column>",
            "mj-column(mj-image mj-spacer mj-text)",
        ),
        ("<mj-section/><mj-section></mj-section>", "mj-section mj-section"),
        ("<mj-button href='x' /><mj-text>a<br/>b</mj-text>", "mj-button mj-text(br)"),
        ("<MJ-Column><MJ-Image SRC=x /><mj-divider /></MJ-Column>", "mj-column(mj-image mj-divider)"),
        // Elements that hold nothing need no end.
        ("<mj-image src=x><mj-text>a</mj-text>", "mj-image mj-text"),
        ("<mj-image src=x></mj-image><mj-text>a</mj-text>", "mj-image mj-text"),
        ("<mj-image src=x>\n<mj-image src=y>\n</mj-column>", "mj-image mj-image"),
        // Someone's own component is MJML, too.
        ("<mj-column><my-footer year=\"x\" /><mj-text>a</mj-text></mj-column>", "mj-column(my-footer mj-text)"),
        // Inside the HTML of an element, a slash closes nothing, and what is open stays inside.
        ("<mj-text><div/>a</mj-text><mj-text>b</mj-text>", "mj-text(div) mj-text"),
        ("<mj-text><p>a<p>b</mj-text><mj-text>c</mj-text>", "mj-text(p p) mj-text"),
        ("<mj-text><a href=x><b>a</mj-text><mj-text>b<i>c</i></mj-text>", "mj-text(a(b)) mj-text(i)"),
        ("<mj-text></div></p></body>a</mj-text><mj-image/>", "mj-text mj-image"),
        ("<mj-section><mj-column><mj-text>a</mj-section><mj-section/>", "mj-section(mj-column(mj-text)) mj-section"),
        ("<mj-text>a<mj-button href=x>b</mj-button><mj-text>c</mj-text>", "mj-text mj-button mj-text"),
        (
            "<mj-raw><table><tr><td></mj-raw><mj-section><mj-column/></mj-section><mj-raw></td></table></mj-raw>",
            "mj-raw(table(tr(td))) mj-section(mj-column) mj-raw",
        ),
        ("<mj-raw><!--[if mso]><table><![endif]--></mj-raw><mj-section/>", "mj-raw mj-section"),
        ("<mj-raw><select><option>a</mj-raw><mj-section/>", "mj-raw(select(option)) mj-section"),
        ("<mj-raw><svg><g><text>a</mj-raw><mj-section/>", "mj-raw(svg(g(text))) mj-section"),
        // Rows and cells of a table stay.
        ("<mj-table><tr style='x'><td><a href=y>a</a></td></tr></mj-table>", "mj-table(tr(td(a)))"),
        ("<mj-table>{{#each x}}<tr><td>a<tr><th>b{{/each}}</mj-table><mj-text/>", "mj-table(tr(td) tr(th)) mj-text"),
        ("<mj-table><table><tr><td>a</table></mj-table><mj-text/>", "mj-table(table(tr(td))) mj-text"),
        // Style sheets are no markup.
        (
            "<mj-style>a<b>{}</mj-style><mj-style inline=\"inline\">/* <p> */</mj-style><mj-title>a</mj-title>",
            "mj-style mj-style mj-title",
        ),
        ("<mj-style/><mj-title>a</mj-title>", "mj-style mj-title"),
        ("<mj-text><![CDATA[<p>a</p>]]></mj-text>", "mj-text(p)"),
        // A whole document, with what may stand before it.
        (
            "<?xml version='1.0'?><!-- <mj-text> --><mjml lang=en><mj-head><mj-title>a</mj-title></mj-head><mj-body><mj-section/></mj-body></mjml>",
            "mjml(mj-head(mj-title) mj-body(mj-section))",
        ),
        (
            "<mj-attributes><mj-all a='b' /><mj-class name=c d=e /><mj-text f=g /></mj-attributes>",
            "mj-attributes(mj-all mj-class mj-text)",
        ),
        (
            "<mj-navbar base-url=x><mj-navbar-link href=a>b</mj-navbar-link><mj-navbar-link href=c>d</mj-navbar-link></mj-navbar>",
            "mj-navbar(mj-navbar-link mj-navbar-link)",
        ),
        (
            "{{#if a}}<mj-section {{b}}><mj-column/></mj-section>{{else}}<mj-image src=\"{{c}}\"/>{{/if}}<mj-text/>",
            "mj-section(mj-column) mj-image mj-text",
        ),
    ] {
        assert_eq!(nesting(&parse_mjml(text)), read, "{text:?}");
    }
}

#[test]
fn extents_are_those_of_the_source() {
    let text = "<mj-column><mj-image src=x /> <mj-text><p>a<b>b</mj-text><mj-button href=y>c</mj-button> </mj-column>";
    let document = parse_mjml(text);
    let extent = |name| at(text, first(&document, name).extent());
    assert_eq!(extent("mj-image"), "<mj-image src=x />");
    assert_eq!(extent("mj-text"), "<mj-text><p>a<b>b</mj-text>");
    assert_eq!(extent("p"), "<p>a<b>b");
    assert_eq!(extent("mj-button"), "<mj-button href=y>c</mj-button>");
    assert_eq!(extent("mj-column"), text);
    assert_eq!(at(text, first(&document, "mj-button").end_tag().unwrap()), "</mj-button>");
}

#[test]
fn texts_stand_in_their_elements() {
    let text = "<mj-text>a<![CDATA[<b>&amp;</b>]]>c</mj-text><mj-table><tr><td>d</td></tr></mj-table>";
    let document = parse_mjml(text);
    let texts = document.nodes().filter_map(|node| if let Node::Text(text) = node { Some(text) } else { None });
    let texts: Vec<_> =
        texts.map(|text| (text.decoded().text.into_owned(), text.parent.map_or("", |parent| parent.name()))).collect();
    let texts: Vec<_> = texts.iter().map(|(text, parent)| (text.as_str(), *parent)).collect();
    assert_eq!(texts, [("a", "mj-text"), ("&", "b"), ("c", "mj-text"), ("d", "td")]);
}

#[test]
fn a_root_is_mjmls_own() {
    for (text, root) in [
        ("<mjml>", true),
        ("<MJML><mj-body/></MJML>", true),
        ("<mj-section/>", false),
        ("<mj-raw><!doctype html><html><body></mj-raw>", false),
        ("<!-- <mjml> -->", false),
    ] {
        assert_eq!(parse_mjml(text).has_root(), root, "{text:?}");
    }
}

#[test]
fn html_knows_nothing_of_it() {
    assert_eq!(nesting(&parse("<mj-image/><p><mj-text/>")), "mj-image(p(mj-text))");
}

#[test]
fn it_takes_no_time() {
    for text in [
        "<mj-text><p>".repeat(5_000),
        "<mj-text>".repeat(5_000) + &"</mj-text>".repeat(5_000),
        "<mj-section>".repeat(5_000) + &"</mj-section>".repeat(5_000),
        "<mj-text><b><p></mj-text>".repeat(3_000),
        "<mj-text>".to_owned() + &"<b><i><p>".repeat(5_000) + "</mj-text>",
        "<mj-table><tr><td>".repeat(5_000),
        "<mj-image/>".repeat(20_000),
        "<![CDATA[".repeat(50_000),
        "</mj-text>".repeat(30_000),
        "<div>".repeat(700) + &"<mj-text></mj-text>".repeat(3_000),
    ] {
        let start = Instant::now();
        let document = parse_mjml(&text);
        let _ = document.elements().next().map(|element| document.style(element));
        assert!(start.elapsed() < Duration::from_secs(5), "{:?} for {:?}…", start.elapsed(), &text[..20]);
    }
}

const TOKENS: &[&str] = &[
    "<mjml>",
    "</mjml>",
    "<mj-head>",
    "</mj-head>",
    "<mj-body>",
    "</mj-body>",
    "<mj-section>",
    "</mj-section>",
    "<mj-column>",
    "</mj-column>",
    "<mj-text>",
    "</mj-text>",
    "<mj-text/>",
    "<mj-image src='x' />",
    "<mj-image>",
    "</mj-image>",
    "<mj-button href=\"{{ a }}\">",
    "</mj-button>",
    "<mj-raw>",
    "</mj-raw>",
    "<mj-table>",
    "</mj-table>",
    "<mj-style>",
    "</mj-style>",
    "<mj-style/>",
    "<mj-title>",
    "</mj-title>",
    "<mj-spacer/>",
    "<mj-include path=\"é.mjml\" />",
    "<my-own/>",
    "<my-own>",
    "</my-own>",
    "<style>",
    "</style>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=x>",
    "</a>",
    "<div/>",
    "<br/>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<select>",
    "<option>",
    "<svg>",
    "<foreignObject>",
    "<math>",
    "<applet>",
    "</applet>",
    "<template>",
    "</template>",
    "<title>",
    "</title>",
    "<textarea>",
    "<html>",
    "<body>",
    "</body>",
    "</html>",
    "<frameset>",
    "<form>",
    "</form>",
    "<button>",
    "<h1>",
    "<li>",
    "<nobr>",
    "<!--[if mso]>",
    "<![endif]-->",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!doctype html>",
    "{{#if é}}",
    "{{ b }}",
    "text",
    "日",
    " ",
    "\n",
    "<",
    ">",
    "\"",
    "&amp;",
    "\0",
    "\u{feff}",
    "<plaintext>",
    "<font size=1>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soups_keep_their_places(tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..40)) {
        let text = tokens.concat();
        let document = parse_mjml(&text);
        check_order(&text, &document);
        for element in document.elements() {
            prop_assert!(element.extent().contains(element.span()) && element.extent().end <= text.len());
            prop_assert!(at(&text, element.span()).starts_with('<'));
            prop_assert!(element.end_tag().is_none_or(|end| at(&text, end).starts_with("</")));
            let _ = document.style(element);
        }
    }
}
