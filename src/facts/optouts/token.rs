//! Ways out that a merge tag of any dialect brings, in templates whose provider nobody knows: `[UNSUBSCRIBE]`, `{action.optOutUrl}`,
//! `{unsubscribe}…{/unsubscribe}`, `@Html.ActionLink("Unsubscribe", …)`.

use super::{OptOut, OptOutWay};
use crate::facts::prose::BLOCK_BREAK;
use crate::facts::{Cover, Facts};
use crate::knowledge::providers::TagMeaning;
use std::ops::Range;

/// What opens and closes a tag; the longer first.
const DELIMITERS: [(&str, &str); 10] = [
    ("[[", "]]"),
    ("#{", "}"),
    ("@Html.", ")"),
    ("{", "}"),
    ("[", "]"),
    ("##", "##"),
    ("$$", "$$"),
    ("#", "#"),
    ("$", "$"),
    ("~", "~"),
];

/// Longest inside, in bytes.
const LONGEST: usize = 100;

/// The tags that say by their name that they lead out, in text that no link holds. `%…%` and the like are tags to the scanner already.
pub(super) fn all(facts: &Facts<'_>) -> Vec<OptOut> {
    let mut found = Vec::new();
    if facts.is_rendered() {
        return found;
    }
    for (body, prose) in facts.prose().iter().enumerate() {
        let links = || facts.links().iter().filter(|link| link.body == body);
        let in_view = Cover::of(links().map(|link| link.spot.span.range()));
        let in_prose = Cover::of(links().map(|link| link.text.clone()).filter(|text| !text.is_empty()));
        for range in tokens(facts, &prose.text) {
            let spot = prose.spot(range.clone());
            if !in_view.overlaps(spot.span.range()) && !in_prose.overlaps(range.start..range.start + 1) {
                let hidden = prose.is_hidden(range.start);
                found.push(OptOut { way: OptOutWay::Tag, body, spot, link: None, hidden });
            }
        }
    }
    found
}

fn tokens(facts: &Facts<'_>, text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut end = 0;
    for at in openers(text.as_bytes()) {
        if at < end {
            continue;
        }
        let leads_out = |range: &Range<usize>| facts.tag_meaning(&text[range.clone()]) == Some(TagMeaning::Unsubscribe);
        let token = token_at(text, at).filter(leads_out);
        end = token.as_ref().map_or(end, |range| range.end);
        found.extend(token);
    }
    found
}

/// Where a delimiter may stand, in order: few bytes of a text are the first of one.
fn openers(text: &[u8]) -> impl Iterator<Item = usize> {
    let mut braces = memchr::memchr3_iter(b'[', b'{', b'#', text).peekable();
    let mut signs = memchr::memchr3_iter(b'$', b'~', b'@', text).peekable();
    std::iter::from_fn(move || match (braces.peek(), signs.peek()) {
        (Some(brace), Some(sign)) if sign < brace => signs.next(),
        (Some(_), _) => braces.next(),
        (None, _) => signs.next(),
    })
}

fn token_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let (open, close) = DELIMITERS.into_iter().find(|(open, _)| rest.starts_with(open))?;
    let inside = &rest[open.len()..];
    let inside = &inside[..inside.floor_char_boundary(LONGEST + close.len())];
    let length = inside.find(close).filter(|length| (3..=LONGEST).contains(length) && !inside.starts_with('/'))?;
    // Code has blanks and quotes in it; prose in brackets has blanks, and is no tag.
    let is_code = matches!(open, "#{" | "@Html.");
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_.:-!/|>()".contains(c);
    let is_inside = |c: char| is_name(c) || is_code && !matches!(c, '\n' | BLOCK_BREAK);
    inside[..length].chars().all(is_inside).then(|| at..at + open.len() + length + close.len())
}

#[cfg(test)]
mod tests {
    use super::tokens;
    use crate::config::Settings;
    use crate::facts::Facts;
    use crate::message::{Given, Message};
    use crate::source::{Kind, Source};

    #[test]
    fn tags_that_lead_out_and_prose() {
        let source = Source::new("a.html", None, Vec::new(), Some(Kind::Html));
        let (message, settings) = (Message::parse(&source, &Given::default()), Settings::default());
        let facts = Facts::new(&message, &settings);
        for (text, tags) in [
            ("To leave visit [UNSUBSCRIBE]", 1),
            ("{unsubscribe}Click{/unsubscribe}", 1),
            ("{action.optOutUrl} {action.unsubscribe}", 2),
            ("[simplenews-subscriber:unsubscribe-url]", 1),
            ("$Unsubscribe$ ##unsubscribe_link## ~OptOut_1~", 3),
            ("#{link_to 'Unsubscribe', u}", 1),
            ("@Html.ActionLink(\"Unsubscribe\", \"Mail\")", 1),
            ("[you can unsubscribe at any time]", 0),
            ("{unsubscribed_users} have left", 0),
            ("We saved $20, and # unsubscribe # is none", 0),
            ("[Read more] {first_name} #sale", 0),
            ("~ @ [ $Unsubscribe$ # {unsubscribe} @ ~", 2),
        ] {
            assert_eq!(tokens(&facts, text).len(), tags, "{text}");
        }
    }
}
