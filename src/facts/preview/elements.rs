//! The elements and attributes that are shown; what is not here is not.

use super::css;
use crate::message::html::Element;

/// Elements that are shown as they are, sorted. None of them loads, runs, submits or swallows what follows as text.
const SHOWN: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that are left out with their content, sorted; whether a reader would see something there.
const LEFT: &[(&str, bool)] = &[
    ("applet", true),
    ("audio", true),
    ("base", false),
    ("bgsound", false),
    ("canvas", true),
    ("embed", true),
    ("frame", true),
    ("frameset", true),
    ("iframe", true),
    ("link", false),
    ("listing", false),
    ("marquee", false),
    ("math", true),
    ("meta", false),
    ("mj-head", false),
    ("mj-include", true),
    ("mj-preview", false),
    ("mj-style", false),
    ("noembed", false),
    ("noframes", false),
    ("noscript", false),
    ("object", true),
    ("plaintext", false),
    ("portal", true),
    ("script", false),
    ("source", false),
    ("style", false),
    ("svg", true),
    ("template", false),
    ("title", false),
    ("track", false),
    ("video", true),
    ("xmp", false),
];

/// The name under which an element of HTML is shown; `None` if only its content is.
pub(super) fn shown(name: &str) -> Option<&'static str> {
    match name {
        // the frame has a body of its own
        "body" | "form" | "fieldset" => Some("div"),
        _ => SHOWN.binary_search(&name).ok().map(|at| SHOWN[at]),
    }
}

/// An element that is left out with its content: its name, and whether a reader would see something there.
pub(super) fn left(name: &str) -> Option<(&'static str, bool)> {
    LEFT.binary_search_by_key(&name, |(left, _)| left).ok().map(|at| LEFT[at])
}

/// Whether it has no content, and so no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "wbr")
}

/// The attributes of `element` that may be shown, each once.
pub(super) fn attributes(element: Element<'_>) -> Vec<(&'static str, String)> {
    let mut kept: Vec<(&'static str, String)> = Vec::new();
    for attribute in element.attributes() {
        let Some((name, value)) = checked(&attribute.name, attribute.value.trim()) else { continue };
        if !value.is_empty() && !kept.iter().any(|(known, _)| *known == name) {
            kept.push((name, value));
        }
    }
    kept
}

fn checked(name: &str, value: &str) -> Option<(&'static str, String)> {
    let kept = |name: &'static str, fits: bool| fits.then(|| (name, value.to_owned()));
    match name {
        "style" => Some(("style", css::declarations(value))),
        "class" => Some(("class", names(value))),
        "id" => Some(("id", names(value))),
        "width" => kept("width", is_length(value)),
        "height" => kept("height", is_length(value)),
        "align" => kept("align", is_word(value)),
        "valign" => kept("valign", is_word(value)),
        "bgcolor" => kept("bgcolor", is_color(value)),
        "color" => kept("color", is_color(value)),
        "face" => kept("face", value.len() <= 200 && value.chars().all(|c| c.is_alphanumeric() || " ,-'".contains(c))),
        "size" => kept("size", is_number(value.trim_start_matches(['+', '-']))),
        "border" => kept("border", is_number(value)),
        "cellpadding" => kept("cellpadding", is_number(value)),
        "cellspacing" => kept("cellspacing", is_number(value)),
        "colspan" => kept("colspan", is_number(value)),
        "rowspan" => kept("rowspan", is_number(value)),
        "start" => kept("start", is_number(value)),
        "hspace" => kept("hspace", is_number(value)),
        "vspace" => kept("vspace", is_number(value)),
        "nowrap" => Some(("nowrap", "nowrap".to_owned())),
        "dir" => kept("dir", ["ltr", "rtl", "auto"].iter().any(|word| value.eq_ignore_ascii_case(word))),
        "lang" => kept("lang", value.len() <= 35 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')),
        "role" => kept("role", value == "presentation" || value == "none"),
        _ => None,
    }
}

/// Classes or an id: what style sheets can name.
fn names(value: &str) -> String {
    let is_name = |name: &&str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    value.split_ascii_whitespace().filter(is_name).take(40).collect::<Vec<_>>().join(" ")
}

fn is_number(value: &str) -> bool {
    (1..=3).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_length(value: &str) -> bool {
    let digits = value.trim_end_matches('%').trim_end_matches("px");
    (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

fn is_word(value: &str) -> bool {
    (1..=12).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_color(value: &str) -> bool {
    let digits = value.strip_prefix('#').unwrap_or(value);
    (1..=24).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_do_not_meet() {
        assert!(SHOWN.is_sorted());
        assert!(LEFT.is_sorted());
        assert!(LEFT.iter().all(|(name, _)| shown(name).is_none()));
    }

    #[test]
    fn nothing_that_fetches_runs_or_leads_away_is_kept() {
        for name in
            ["href", "src", "srcset", "onclick", "background", "action", "http-equiv", "xlink:href", "formaction"]
        {
            assert_eq!(checked(name, "x"), None, "{name}");
        }
        assert_eq!(checked("width", "1\" onload=x"), None);
        assert_eq!(checked("bgcolor", "url(x)"), None);
        assert_eq!(checked("class", "a <b> c"), Some(("class", "a c".to_owned())));
    }
}
