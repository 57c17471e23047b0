//! What the HTML parser has to know of MJML: which elements hold text, which hold nothing, and where CDATA begins and ends.

use std::ops::Range;

/// Elements whose inside is HTML (or plain text), not MJML: "ending tags" in MJML's own words.
const ENDING: &[&str] = &[
    "mj-accordion-text",
    "mj-accordion-title",
    "mj-button",
    "mj-html",
    "mj-html-attribute",
    "mj-link",
    "mj-list",
    "mj-navbar-link",
    "mj-preview",
    "mj-raw",
    "mj-social-element",
    "mj-table",
    "mj-text",
    "mj-title",
];

/// Elements that hold nothing, whether they are closed or not.
const EMPTY: &[&str] = &[
    "mj-all",
    "mj-breakpoint",
    "mj-carousel-image",
    "mj-divider",
    "mj-font",
    "mj-image",
    "mj-include",
    "mj-location",
    "mj-spacer",
];

/// All other elements of MJML 3 and 4.
const OTHERS: &[&str] = &[
    "mj-accordion",
    "mj-accordion-element",
    "mj-attributes",
    "mj-body",
    "mj-carousel",
    "mj-class",
    "mj-column",
    "mj-container",
    "mj-group",
    "mj-head",
    "mj-hero",
    "mj-html-attributes",
    "mj-inline-links",
    "mj-invoice",
    "mj-invoice-item",
    "mj-navbar",
    "mj-section",
    "mj-selector",
    "mj-social",
    "mj-style",
    "mj-wrapper",
    "mjml",
];

/// Whether an element called `name` holds HTML.
pub(super) fn is_ending(name: &str) -> bool {
    ENDING.contains(&name)
}

/// Whether an element called `name` holds nothing.
pub(super) fn is_empty(name: &str) -> bool {
    EMPTY.contains(&name)
}

/// Whether `name` is an element of MJML itself, not of HTML and not someone's own component.
pub(super) fn is_known(name: &str) -> bool {
    is_ending(name) || is_empty(name) || OTHERS.contains(&name)
}

const OPENING: &str = "<![CDATA[";
const CLOSING: &str = "]]>";

/// The delimiters of CDATA sections outside of comments; what is inside them is read as if they were not there.
pub(super) fn cdata_delimiters(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut may_close = true;
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(start) = rest.find("<!").map(|offset| at + offset)
    {
        let here = text.get(start..).unwrap_or_default();
        if here.starts_with("<!--") {
            at = here.find("-->").map_or(text.len(), |end| start + end + 3);
        } else if here.starts_with(OPENING) {
            at = start + OPENING.len();
            found.push(start..at);
            let closing = if may_close { here.find(CLOSING) } else { None };
            may_close = closing.is_some();
            if let Some(end) = closing.map(|end| start + end) {
                at = end + CLOSING.len();
                found.push(end..at);
            }
        } else {
            at = start + 2;
        }
    }
    found
}

/// Where the style sheet that begins at `from` ends: before its end tag, or with the text.
pub(super) fn end_of_sheet(text: &str, from: usize) -> usize {
    const END: &[u8] = b"</mj-style";
    let bytes = text.as_bytes().get(from..).unwrap_or_default();
    let is_end = |at: &usize| bytes.get(*at..at + END.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(END));
    memchr::memchr_iter(b'<', bytes).find(is_end).map_or(text.len(), |at| from + at)
}

/// `text` with blanks in the place of `ranges`.
pub(super) fn blanked(text: &str, ranges: &[Range<usize>]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        blanked.push_str(text.get(at..range.start).unwrap_or_default());
        blanked.push_str(&" ".repeat(range.len()));
        at = range.end;
    }
    blanked.push_str(text.get(at..).unwrap_or_default());
    blanked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cdata_is_transparent_outside_of_comments() {
        for (text, read) in [
            ("<mj-text><![CDATA[<p>a</p>]]></mj-text>", "<mj-text>         <p>a</p>   </mj-text>"),
            ("<!-- <![CDATA[ -->a]]>", "<!-- <![CDATA[ -->a]]>"),
            ("<![CDATA[a]]>b<![CDATA[c]]>", "         a   b         c   "),
            ("<![CDATA[a<![CDATA[b]]>c", "         a<![CDATA[b   c"),
            ("<![CDATA[a<![CDATA[b", "         a         b"),
            ("<!x><![CDATA[é", "<!x>         é"),
            ("<!--", "<!--"),
            ("a]]>", "a]]>"),
        ] {
            assert_eq!(blanked(text, &cdata_delimiters(text)), read, "{text:?}");
        }
    }
}
