//! Merge tags disturb nothing, and what they say is read from the source.

use super::*;

#[test]
fn values_are_read_as_they_are_written() {
    for (text, name, value) in [
        ("<a href=\"{{ url \"x\" }}&amp;y\">", "href", "{{ url \"x\" }}&amp;y"),
        ("<a href='{{ a && b &amp; c }}&amp;d'>", "href", "{{ a && b &amp; c }}&d"),
        ("<a href={{ url }} class=x>", "href", "{{ url }}"),
        ("<a href={{ url }} class=x>", "class", "x"),
        ("<a {% if x > 1 %}href=y{% endif %}>", "href", "y"),
        ("<td {{#if a}}style=\"x\"{{/if}}>", "style", "x"),
        ("<a href=\"https://e.com/{{ a }}?b={{ c }}&d\">", "href", "https://e.com/{{ a }}?b={{ c }}&d"),
    ] {
        let text = format!("<table><tr><td>{text}x</table>");
        let document = parse(&text);
        let values = document
            .elements()
            .filter_map(|element| element.attribute(name).map(|attribute| attribute.value.into_owned()));
        assert_eq!(values.collect::<Vec<_>>(), [value.replace("&amp;y", "&y")], "{text}");
    }
}

#[test]
fn control_tags_in_tables_are_not_moved_out() {
    let text = "<table>{% for x in y %}<tr><td>{{ x < 3 }}</td></tr>{% endfor %}</table>";
    let document = parse(text);
    assert_eq!(
        document.tree().select(&scraper::Selector::parse("table").unwrap()).next().unwrap().prev_siblings().count(),
        0
    );
    let texts: Vec<_> = document
        .nodes()
        .filter_map(|node| if let Node::Text(text) = node { Some(text.decoded().text) } else { None })
        .collect();
    assert_eq!(texts, ["{% for x in y %}", "{{ x < 3 }}", "{% endfor %}"]);
}

#[test]
fn places_are_those_of_the_source() {
    let text = "é{{ a }}<a href=\"{{ \"b\" }}&amp;c\">{{ d }}&amp;e</a>";
    let document = parse(text);
    let link = first(&document, "a");
    let href = link.attribute("href").unwrap();
    let offset = href.value.find("&c").unwrap();
    assert_eq!(at(text, href.span_of(offset..offset + 2)), "&amp;c");
    let Some(Node::Text(inside)) = link.inside().next() else { panic!() };
    let decoded = inside.decoded();
    let offset = decoded.text.find("&e").unwrap();
    assert_eq!(at(text, decoded.span_of(offset..offset + 2)), "&amp;e");
}
