//! The tree is the plain parser's, and every attribute of it has its place in the source.

use super::*;
use ego_tree::NodeRef;
use html5ever::interface::TreeSink;
use html5ever::local_name;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use scraper::HtmlTreeSink;
use std::collections::HashMap;

/// Passes everything to the tree builder but parse errors, between which and `<pre>` html5ever forgets to skip a line feed.
struct WithoutErrors(TreeBuilder<NodeId, HtmlTreeSink>);

impl TokenSink for WithoutErrors {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if matches!(token, Token::ParseError(_)) {
            TokenSinkResult::Continue
        } else {
            self.0.process_token(token, line)
        }
    }

    fn end(&self) {
        self.0.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn plain(text: &str) -> Html {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), options);
    // A byte order mark is one only at the start; html5ever would drop one behind a script, too.
    let options = html5ever::tokenizer::TokenizerOpts { discard_bom: false, ..Default::default() };
    let tokenizer = html5ever::tokenizer::Tokenizer::new(WithoutErrors(builder), options);
    let queue = html5ever::buffer_queue::BufferQueue::default();
    queue.push_back(text.strip_prefix('\u{feff}').unwrap_or(text).into());
    while !matches!(tokenizer.feed(&queue), html5ever::TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.sink.finish()
}

/// Everything that must hold for any source without merge tags.
pub(super) fn check(text: &str) {
    let document = Document::parse(text, &[]);
    let plain = plain(text);
    let (mine, other) = (shape(document.tree()), shape(&plain));
    assert_eq!(mine, other, "{text:?}\n{}\n{}", document.tree().html(), plain.html());
    let same: HashMap<NodeId, NodeId> = markup(document.tree()).zip(markup(&plain)).collect();
    for element in document.elements() {
        let node = same[&element.record().unwrap().node];
        check_element(text, &document, plain.tree.get(node).unwrap().value().as_element().unwrap(), element);
    }
    check_order(text, &document);
    check_content(text, &document, &plain);
}

/// What a tree has besides attributes and texts, in its order, with its depth: they are not in ours, but in the elements and nodes, which are checked
/// one by one. The text of style sheets is.
fn shape(html: &Html) -> Vec<(usize, String)> {
    let shown = |node: NodeRef<'_, scraper::Node>| match node.value() {
        scraper::Node::Element(element) => Some(format!("{:?}", element.name)),
        scraper::Node::Text(text) => {
            let parent = node.parent()?.value().as_element()?;
            (parent.name.local == local_name!("style")).then(|| text.to_string())
        }
        other => Some(format!("{other:?}")),
    };
    html.tree.root().descendants().filter_map(|node| Some((node.ancestors().count(), shown(node)?))).collect()
}

/// All but texts, in the order of their making.
fn markup(html: &Html) -> impl Iterator<Item = NodeId> {
    html.tree.nodes().filter(|node| !node.value().is_text()).map(|node| node.id())
}

fn check_element(text: &str, document: &Document, node: &scraper::node::Element, element: Element<'_>) {
    let tag = at(text, element.span());
    let name = element.name();
    assert!(tag.starts_with('<') && tag.ends_with('>'), "{text:?}: {tag:?}");
    let written = tag[1..]
        .split(['/', '>', ' ', '\t', '\n', '\r', '\x0c'])
        .next()
        .unwrap()
        .to_ascii_lowercase()
        .replace('\0', "\u{fffd}");
    assert!(written == name || written == "image" && name == "img", "{text:?}: {tag:?} is {name}");
    assert!(element.extent().contains(element.span()) && element.extent().end <= text.len(), "{text:?}: {name}");
    if let Some(end) = element.end_tag() {
        assert!(at(text, end).starts_with("</") && element.extent().end == end.end, "{text:?}: {name}");
    }
    let in_tree = document.tree().tree.get(element.record().unwrap().node).unwrap().value().as_element().unwrap();
    assert!(in_tree.attrs.is_empty() || in_tree.attrs == node.attrs, "{text:?}: {name}");
    for (qualified, value) in &node.attrs {
        let prefix = qualified.prefix.as_ref().map(|prefix| format!("{prefix}:")).unwrap_or_default();
        let name = format!("{prefix}{}", qualified.local).to_ascii_lowercase();
        let attribute = element.attribute(&name).unwrap_or_else(|| panic!("{text:?}: {name} of {tag:?}"));
        check_attribute(text, &attribute);
        assert_eq!(attribute.value.replace('\r', ""), value.replace('\r', ""), "{text:?}: {name}");
    }
    for attribute in element.attributes() {
        let known = node.attrs.iter().any(|(name, _)| attribute.name.ends_with(&*name.local.to_ascii_lowercase()));
        assert!(known, "{text:?}: {}", attribute.name);
    }
}

fn check_attribute(text: &str, attribute: &Attribute<'_>) {
    assert!(attribute.span.contains(attribute.name_span) && attribute.span.contains(attribute.value_span), "{text:?}");
    let all = attribute.span_of(0..attribute.value.len());
    assert_eq!(at(text, all), at(text, attribute.value_span), "{text:?}");
    for (start, character) in attribute.value.char_indices() {
        let raw = at(text, attribute.span_of(start..start + character.len_utf8()));
        let decoded = entity::decode(raw, entity::Place::Text, &[]).text;
        let read = decoded.contains(character) || character == '\u{fffd}' || raw == character.to_string();
        assert!(read, "{text:?}: {raw:?} is not {character:?}");
    }
}

/// Tags, texts and comments come in order and don't overlap.
pub(super) fn check_order(text: &str, document: &Document) {
    let mut before = 0;
    for node in document.nodes() {
        let span = match node {
            Node::Start(element) => element.span(),
            Node::End(_, span) | Node::Comment(span) => span,
            Node::Text(text) => text.span,
        };
        assert!(
            before <= span.start && text.is_char_boundary(span.start) && text.is_char_boundary(span.end),
            "{text:?}: {span:?}"
        );
        before = span.end;
    }
}

/// All comments and all visible characters of the tree are among the nodes, and nothing else.
fn check_content(text: &str, document: &Document, plain: &Html) {
    let nodes = plain.tree.nodes().map(|node| node.value());
    let mut in_tree: Vec<String> =
        nodes.clone().filter_map(|node| node.as_comment()).map(|comment| comment.to_string()).collect();
    let comments =
        document.nodes().filter_map(|node| if let Node::Comment(span) = node { Some(at(text, span)) } else { None });
    let mut in_source: Vec<String> =
        comments.map(|raw| raw.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")).collect();
    in_tree.sort();
    in_source.sort();
    if !text.ends_with('-') && !text.ends_with("--!") {
        assert_eq!(in_source, in_tree, "{text:?}");
    }
    // html5ever drops a byte order mark behind a script, too.
    let counts = |character: &char| !character.is_ascii_whitespace() && !matches!(character, '\u{fffd}' | '\u{feff}');
    let sorted = |text: String| {
        let mut characters: Vec<char> = text.chars().filter(counts).collect();
        characters.sort_unstable();
        String::from_iter(characters)
    };
    let texts = document.nodes().filter_map(|node| if let Node::Text(text) = node { Some(text) } else { None });
    let in_source = sorted(texts.map(|text| text.decoded().text.into_owned()).collect());
    let in_tree = sorted(nodes.filter_map(|node| node.as_text()).map(|text| text.to_string()).collect());
    // Where only columns or frames may stand, the parser throws texts away.
    if !["<frameset", "<template", "<col"].iter().any(|tag| text.to_ascii_lowercase().contains(tag)) {
        assert_eq!(in_source, in_tree, "{text:?}");
    }
}

#[test]
fn a_byte_order_mark_behind_a_script_is_text() {
    check("<script></script>\u{feff}");
    check("\u{feff}<p>a\u{feff}</p>");
}

#[test]
fn tricky_sources() {
    for text in TRICKY {
        check(text);
    }
}

#[test]
fn noscript_is_content() {
    let document = parse("<p><noscript><img src=x></noscript>");
    assert_eq!(first(&document, "img").parent().unwrap().name(), "noscript");
}

pub(super) const TRICKY: &[&str] = &[
    "",
    "plain text",
    "<",
    "a < b <<c>> d",
    "<p>one<p>two<p>three",
    "<li>a<li>b</ul><dd>c<dt>d",
    "<table><td>x</table>",
    "<table><tr><td>a<td>b<tr><th>c</table>",
    "<table>foster<tr>me<td>x</td>out</tr></table>",
    "<table><div>a</div><tr><td>b</table>c",
    "<table><a href=1>x<tr><td>y</a></table>",
    "<p><b>x</p><table>y<tr><td>z</table>",
    "<b><i>x</b>y</i>",
    "<b><p>x</b>y</p>",
    "<a href=1>x<a href=2>y</a>",
    "<a href=1><div>x<a href=2>y</div></a>",
    "<font size=1><p><font size=2><p><font size=3><p>x",
    "<b id=1><b id=1><b id=1><b id=1></b></b></b></b><p>x",
    "<nobr>a<nobr>b</nobr>",
    "<i><b><u><s><p>x</i>y</b>z",
    "<!--[if mso]><table><tr><td><![endif]-->x<!--[if mso]></td></tr></table><![endif]-->",
    "<!--[if !mso]><!--><div>x</div><!--<![endif]-->",
    "<![if !mso]><div>x</div><![endif]>",
    "<v:rect href=\"http://example.com\" fill=t><v:textbox>x</v:textbox></v:rect>",
    "<p>a<o:p>&nbsp;</o:p><o:p/>b</p>",
    "<a href=\"?a=1&b=2&copy=3&amp;d&#x26;e\" title='&lt;&quot;'>x</a>",
    "<a HREF=A href=b Href='c'>x</a>",
    "<A\r\nHREF = \"x\ry\"\r\n>X</A\r\n>",
    "<img/src=x/alt=\"y\"title='z'/>",
    "<input disabled value checked=checked =x ==y>",
    "<img alt=\"a>b\" src='<x>'><br/></br></p>",
    "nul\0text<p\0q a\0b=\0c>\0</p>",
    "\u{feff}<p>bom</p>",
    "\u{feff}bom",
    "<svg viewBox='0 0 1 1'><linearGradient gradientUnits=x/><path/><a xlink:href=y>z</a></svg>",
    "<svg><![CDATA[a<b>c&amp;]]>d</svg><![CDATA[e]]>",
    "<svg><style>a<b>c</b></style><title>x<p>y</title></svg>",
    "<math><mi>x<mglyph></mi><annotation-xml encoding='text/html'><p>y</annotation-xml></math>",
    "<image src=x><svg><image href=y/></svg>",
    "<!-- a --!><!-- b -- c --><!--><!---><!-x><?xml y?></ z><!>x",
    "<!-- unclosed <p>x",
    "<p title=\"unclosed>x</p>",
    "x</><b></>y</b></ >z",
    "<textarea>\n<p>&amp;</p></textarea><title>a<b></title></b>",
    "<style>a > b { content: '</p>' } /* <b> */</style>",
    "<script>if (a</b/.test) { '</scr' + 'ipt>' }</script>",
    "<script><!-- <script> </script> --> </script>x",
    "<style></styles></style ><xmp><b></xmp><iframe><p></iframe>",
    "<plaintext><p>x</plaintext>",
    "<frameset><frame src=x></frameset><noframes><p>y</noframes>",
    "<p>x<frameset><frame></frameset>",
    "<select><option>a<option selected>b<optgroup><p>c</select>",
    "<template><td>x</td><p>y</template><td>z",
    "<head><title>x</title>text<meta charset=utf-8><body bgcolor=red>",
    "<body a=1><p>x<body a=2 b=3><html lang=en>",
    "text<html c=1><body d=2>",
    "<html><head></head><body></body></html><p>late</p> <!-- c -->",
    "<form><form a=b></form><div></form>x</div>",
    "<form><div></form>x</div>y",
    "<h1>a<h2>b</h1>c",
    "<table><caption>a<table><col><colgroup><tbody><p>x</table></table>",
    "<table><tr><table><td><input type=hidden><input></table>",
    "<td>stray</td><tr><tbody>x",
    "<div><span></div></span>x</section>",
    "<button><p>x<button>y</p></button>",
    "<a><table><a></table><p>x</a>",
    "<pre>\nx</pre><pre></>\ny</pre><listing>\r\nz",
    "<p><b></p><pre>\n </pre><p><b></p><pre>&#10;</pre><p><b></p><pre>\r\n&#32;\n</pre>",
    "<table><b><tr><td>x</table>y<b><div><i></div>z<table> <tr> <td><b>u</td> v</table>",
    "<p>&lt;b&gt; &amp &notit; &#x41;&#66 &unknown; &<b>&</b>&#",
    "<font color=red><td>a</font></td>b",
    "<ul><li><a>x<li>y</a></ul>",
    "<center><marquee><b>x</marquee>y</center>z",
    "<rt>a<rp>b<ruby>c<rb>d<rt>e</ruby>",
    "<div style=\"color:red\"/>self-closing<br />",
    "e\u{301}<b>日本語</b>🎉<a title=é&eacute;>",
];
