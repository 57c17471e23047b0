//! What a mail quotes of another, as the programs write it that people answer with.

use super::Facts;
use crate::message::BodyContent;
use crate::message::html::Element;

/// So many lines in a row are quoted, at least.
const LINES: usize = 2;

/// Whether a body quotes another mail.
pub(super) fn any(facts: &Facts<'_>) -> bool {
    facts.message.bodies.iter().any(|body| match &body.content {
        BodyContent::Plain => has_quoted_lines(facts.message.view(body.view).text()),
        BodyContent::Html(document) => document.elements().any(is_quote),
    })
}

/// Lines behind `>` (RFC 3676 §4.5), below a line that says who wrote them.
fn has_quoted_lines(text: &str) -> bool {
    let (mut quoted, mut is_attributed) = (0, false);
    text.lines().any(|line| {
        if line.starts_with('>') {
            quoted += 1;
            return quoted == LINES && is_attributed;
        }
        quoted = 0;
        if !line.trim().is_empty() {
            is_attributed = line.trim_end().ends_with([':', '：']);
        }
        false
    })
}

/// `<blockquote type="cite">` of Thunderbird and Apple, and the marks of Gmail, Outlook, Yahoo and Proton.
fn is_quote(element: Element<'_>) -> bool {
    let is = |name: &str, values: &[&str]| {
        element
            .attribute(name)
            .is_some_and(|said| said.value.split_ascii_whitespace().any(|word| values.contains(&word)))
    };
    match element.name() {
        "blockquote" => is("type", &["cite"]) || is("class", &["gmail_quote", "protonmail_quote"]),
        "div" => {
            is(
                "class",
                &["gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix"],
            ) || is("id", &["divRplyFwdMsg", "appendonsend"])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::has_quoted_lines;

    #[test]
    fn lines_in_a_row() {
        assert!(has_quoted_lines("Am Montag schrieb Ada:\r\n> Hello\r\n> you\r\n"));
        assert!(has_quoted_lines("Am Montag schrieb Ada:\n\n> Hello\n> you\n"));
        assert!(!has_quoted_lines("Ada wrote:\n> Our offers\n\n> More\n"));
        assert!(!has_quoted_lines("What others say\n> The best bags\n> of all\n"));
    }
}
