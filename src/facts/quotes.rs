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

/// Lines behind `>` (RFC 3676 §4.5), below a line that says who wrote them, or the fields of another mail, as Outlook copies them.
fn has_quoted_lines(text: &str) -> bool {
    let (mut quoted, mut attribution) = (0, None);
    let has_lines = text.lines().any(|line| {
        if line.starts_with('>') {
            quoted += 1;
            return quoted == attribution.unwrap_or(usize::MAX);
        }
        quoted = 0;
        if !line.trim().is_empty() {
            attribution = lines_below(line);
        }
        false
    });
    has_lines || has_copied_fields(text)
}

/// How many lines have to be quoted below `line`, if it says who wrote them: one that has a date or an address in it says so for sure.
fn lines_below(line: &str) -> Option<usize> {
    if !line.trim_end().ends_with([':', '：']) {
        return None;
    }
    let is_year = |part: &str| part.len() >= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_dated = line.contains('@') || line.split(|c: char| !c.is_ascii_alphanumeric()).any(is_year);
    Some(if is_dated { 1 } else { LINES })
}

/// Fields of another mail, at least, the first of them its sender, below a rule: `-----Original Message-----`, `________`.
const FIELDS: usize = 3;
/// What the first one is called; in other languages its address tells.
const SENDERS: [&str; 16] = [
    "from",
    "von",
    "de",
    "da",
    "van",
    "från",
    "fra",
    "lähettäjä",
    "od",
    "feladó",
    "kimden",
    "от",
    "від",
    "από",
    "发件人",
    "差出人",
];

fn has_copied_fields(text: &str) -> bool {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !is_rule(line) {
            continue;
        }
        let mut copied = lines.clone().skip_while(|line| line.trim().is_empty()).map_while(field);
        let Some((name, value)) = copied.next() else { continue };
        let is_sender = value.contains('@') || SENDERS.contains(&name.to_lowercase().as_str());
        if is_sender && copied.take(FIELDS).count() + 1 >= FIELDS {
            return true;
        }
    }
    false
}

/// A line that parts what is new from what is quoted, with or without words in it.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let ends = |mark: char| line.chars().take_while(|c| *c == mark).count() >= 5 && line.ends_with(mark);
    ends('-') || ends('_')
}

/// Name and value of a line that is a field, `From: Ada <ada@brand.com>`, `*Gesendet:* Montag`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':').or_else(|| line.split_once('：'))?;
    let name = name.trim_matches(['*', ' ']);
    let is_name = (2..=40).contains(&name.len()) && name.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
    is_name.then(|| (name, value.trim_matches(['*', ' '])))
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
        assert!(has_quoted_lines("On Tue, 10 Nov 2026 Lena wrote:\n> Could you send it?\n"));
        assert!(!has_quoted_lines("What others say\n> The best bags\n> of all\n"));
    }

    #[test]
    fn fields_below_a_rule() {
        let outlook = "Hi!\r\n\r\n-----Original Message-----\r\nFrom: Lena <lena@brand.example>\r\nSent: Tuesday\r\nSubject: list\r\n\r\nHi";
        assert!(has_quoted_lines(outlook));
        assert!(has_quoted_lines(&outlook.replace("-----Original Message-----", "________________________________")));
        assert!(has_quoted_lines(
            "---------- Forwarded message ---------\nVon: Ada <ada@brand.example>\nDatum: Montag\nBetreff: Liste\n"
        ));
        assert!(!has_quoted_lines("-----\nTime: 10:00\nPlace: Berlin\n\nSee you\n"), "an event");
        assert!(!has_quoted_lines("-----\nSizes: S, M, L\nColours: blue, grey\nMaterial: wool\n"), "a product");
    }
}
