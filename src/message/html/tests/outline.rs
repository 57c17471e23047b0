//! What stands in what, and where it ends.

use super::*;

/// `name in parent: source of its extent`, an element a line.
fn outline(text: &str) -> Vec<String> {
    let document = parse(text);
    let line = |element: Element<'_>| {
        let parent = element.parent().map_or("-", |parent| parent.name());
        format!("{} in {parent}: {}", element.name(), at(text, element.extent()))
    };
    document.elements().map(line).collect()
}

#[test]
fn extents_end_at_the_end_tag_or_where_the_parser_closes() {
    for (text, expected) in [
        ("<p>a<b>b</b></p>", &["p in -: <p>a<b>b</b></p>", "b in p: <b>b</b>"][..]),
        ("<p>a<p>b", &["p in -: <p>a", "p in -: <p>b"]),
        ("<ul><li>a<li>b</ul>", &["ul in -: <ul><li>a<li>b</ul>", "li in ul: <li>a", "li in ul: <li>b"]),
        ("<p><b>x</p>y", &["p in -: <p><b>x</p>", "b in p: <b>x"]),
        ("<b><p>x</b>y</p>", &["b in -: <b><p>x</b>", "p in -: <p>x</b>y</p>"]),
        ("<b><i>x</b>y</i>", &["b in -: <b><i>x</b>", "i in b: <i>x"]),
        ("<a>x<a>y</a>", &["a in -: <a>x", "a in -: <a>y</a>"]),
        ("<a><div>x<a>y</a></div>", &["a in -: <a><div>x", "div in -: <div>x<a>y</a></div>", "a in div: <a>y</a>"]),
        (
            "<table><td>x<td>y</table>",
            &["table in -: <table><td>x<td>y</table>", "td in table: <td>x", "td in table: <td>y"],
        ),
        ("<br>x<img>", &["br in -: <br>", "img in -: <img>"]),
        ("<head><title>x</title>y", &["head in -: <head><title>x</title>", "title in head: <title>x</title>"]),
        ("<form><div></form>x</div>", &["form in -: <form><div></form>", "div in form: <div></form>x</div>"]),
        ("<svg><path/>x</svg>", &["svg in -: <svg><path/>x</svg>", "path in svg: <path/>"]),
        ("<body><p>x</body></html>", &["body in -: <body><p>x</body>", "p in body: <p>x</body></html>"]),
        ("<template><td>x</template>", &["template in -: <template><td>x</template>", "td in template: <td>x"]),
        ("<v:rect href=x><o:p/></v:rect>", &["v:rect in -: <v:rect href=x><o:p/></v:rect>", "o:p in v:rect: <o:p/>"]),
        ("x<body a=1>y", &["body in -: <body a=1>y"]),
    ] {
        assert_eq!(outline(text), expected, "{text}");
    }
}

#[test]
fn foster_parenting_moves_elements_in_the_tree_but_not_in_the_source() {
    for (text, expected) in [
        (
            "<table><div>x</div><tr><td>y</table>",
            &[
                "table in -: <table><div>x</div><tr><td>y</table>",
                "div in -: <div>x</div>",
                "tr in table: <tr><td>y",
                "td in tr: <td>y",
            ][..],
        ),
        (
            "<table><tr><p>x<p>y<td>z</table>",
            &[
                "table in -: <table><tr><p>x<p>y<td>z</table>",
                "tr in table: <tr><p>x<p>y<td>z",
                "p in -: <p>x",
                "p in -: <p>y",
                "td in tr: <td>z",
            ],
        ),
        (
            "<p><b>x</p><table>y<tr></table>",
            &["p in -: <p><b>x</p>", "b in p: <b>x", "table in -: <table>y<tr></table>", "tr in table: <tr>"],
        ),
    ] {
        assert_eq!(outline(text), expected, "{text}");
    }
}

/// Each text with the name of the element that it stands in.
fn texts(text: &str) -> Vec<(String, String)> {
    let document = parse(text);
    let texts = document.nodes().filter_map(|node| if let Node::Text(text) = node { Some(text) } else { None });
    texts
        .map(|text| (text.decoded().text.into_owned(), text.parent.map_or("-", |parent| parent.name()).to_owned()))
        .collect()
}

#[test]
fn texts_stand_where_they_are_written() {
    for (text, expected) in [
        ("a<p>b<b>c</b>d</p>e", &[("a", "-"), ("b", "p"), ("c", "b"), ("d", "p"), ("e", "-")][..]),
        ("<table>a<tr>b<td>c</table>d", &[("a", "table"), ("b", "tr"), ("c", "td"), ("d", "-")]),
        ("<head><title>a</title>b", &[("a", "title"), ("b", "-")]),
        ("<b><p>x</b>y", &[("x", "p"), ("y", "p")]),
        ("a</>b&lt;", &[("a", "-"), ("b<", "-")]),
        ("<style>&lt;</style>&lt;<textarea>&lt;</textarea>", &[("&lt;", "style"), ("<", "-"), ("<", "textarea")]),
        ("<svg>a<![CDATA[&lt;<b>]]>c", &[("a", "svg"), ("&lt;<b>", "svg"), ("c", "svg")]),
        ("a<b", &[("a", "-")]),
    ] {
        let expected: Vec<_> =
            expected.iter().map(|(text, parent)| ((*text).to_owned(), (*parent).to_owned())).collect();
        assert_eq!(texts(text), expected, "{text}");
    }
}

#[test]
fn inside_is_all_between_the_tags() {
    let text = "<div>a<b>c</b><!--d--><table>e<p>f</table></div>g";
    let document = parse(text);
    let said: Vec<String> = first(&document, "div")
        .inside()
        .map(|node| match node {
            Node::Start(element) => format!("<{}>", element.name()),
            Node::End(element, _) => format!("</{}>", element.map_or("-", |element| element.name())),
            Node::Text(text) => text.raw().to_owned(),
            Node::Comment(span) => format!("!{}", at(text, span)),
        })
        .collect();
    assert_eq!(said.concat(), "a<b>c</b>!d<table>e<p>f</table>");
}

#[test]
fn a_copied_link_is_found_from_inside() {
    let text = "<a href=x><p style=y>1<img></a>2";
    let document = parse(text);
    let image = first(&document, "img");
    let around: Vec<_> = image.ancestors().map(|element| element.name()).collect();
    assert_eq!(around, ["a", "p"]);
    assert!(image.is_within(first(&document, "a")) && image.is_within(first(&document, "p")));
}

#[test]
fn attributes_of_a_repeated_body_belong_to_the_body() {
    let text = "<body a=1><p>x<body a=2 b=3>";
    let document = parse(text);
    let body = first(&document, "body");
    assert_eq!(document.elements().count(), 2);
    assert_eq!(at(text, body.attribute("b").unwrap().value_span), "3");
    assert_eq!(body.attribute("a").unwrap().value, "1");
}

#[test]
fn attributes_say_where_all_of_them_is() {
    let text = "<a  HREF = \"x&amp;é\"\r\nid  b=c>";
    let document = parse(text);
    let attributes: Vec<_> = first(&document, "a").attributes().collect();
    let said: Vec<_> = attributes
        .iter()
        .map(|a| (&*a.name, &*a.value, at(text, a.name_span), at(text, a.value_span), at(text, a.span)))
        .collect();
    assert_eq!(
        said,
        [
            ("href", "x&é", "HREF", "x&amp;é", " HREF = \"x&amp;é\""),
            ("id", "", "id", "", "\r\nid"),
            ("b", "c", "b", "c", " b=c"),
        ]
    );
    assert_eq!(at(text, attributes[0].span_of(1..2)), "&amp;");
    assert_eq!(at(text, attributes[0].span_of(2..3)), "é");
    assert_eq!(at(text, attributes[0].span_of(0..99)), "x&amp;é");
    assert_eq!(attributes[1].value_span, ViewSpan::at(attributes[1].name_span.end));
}

#[test]
fn conditional_comments_are_documents_of_their_own() {
    let text = "é<!--[if gte mso 9]><td width=1><v:rect href='u&amp;v'></td><![endif]--><p>";
    let document = parse(text);
    assert_eq!(document.elements().count(), 1);
    let [conditional] = document.conditionals() else { panic!() };
    assert_eq!(conditional.condition, "gte mso 9");
    assert!(at(text, conditional.span).starts_with("<!--[if") && at(text, conditional.span).ends_with("<![endif]-->"));
    let rect = first(&conditional.document, "v:rect");
    assert_eq!(at(text, rect.span()), "<v:rect href='u&amp;v'>");
    let href = rect.attribute("href").unwrap();
    assert_eq!((&*href.value, at(text, href.span_of(1..2))), ("u&v", "&amp;"));
    assert_eq!(rect.parent().unwrap().name(), "td");
}

#[test]
fn revealed_content_is_ordinary() {
    for text in [
        "<!--[if !mso]><!--><b>x</b><!--<![endif]-->",
        "<![if !mso]><b>x</b><![endif]>",
        "<!--[if !mso]> --><b>x</b><!-- <![endif]-->",
    ] {
        let document = parse(text);
        assert!(document.conditionals().is_empty(), "{text}");
        assert_eq!(first(&document, "b").inside().count(), 1, "{text}");
    }
}

#[test]
fn roots_and_stray_tags() {
    for (text, root) in
        [("<p>x", false), ("<!doctype html>x", true), ("<html>", true), ("<BODY>", true), ("<!-- <body> -->", false)]
    {
        assert_eq!(parse(text).has_root(), root, "{text}");
    }
    let text = "<td>x</td><form><form a>";
    let stray: Vec<_> = parse(text).stray_tags().iter().map(|span| at(text, *span).to_owned()).collect();
    assert_eq!(stray, ["<td>", "<form a>"]);
}
