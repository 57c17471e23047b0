//! A tag whose closing delimiter is missing, where nothing else can be meant: `{{first_name}`, `*|FNAME|`.

use super::Unclosed;
use crate::facts::prose::BLOCK_BREAK;
use crate::facts::{Cover, Facts, LinkKind};
use crate::message::{Spot, tags};
use crate::source::ViewSpan;
use memchr::memmem;
use std::ops::Range;

/// In the readable text and the targets of one body. The text holds no whole tags any more: what looks like an opening delimiter there is one that
/// the scanner could not close.
pub(super) fn all(facts: &Facts<'_>, body: usize) -> Vec<Unclosed> {
    let prose = &facts.prose()[body];
    let mut found: Vec<Unclosed> =
        in_text(&prose.text).into_iter().map(|(range, closer)| unclosed(prose.spot(range), closer)).collect();
    let own = |kind: LinkKind| !matches!(kind, LinkKind::BareUrl | LinkKind::RenderedByTag);
    for link in facts.links().iter().filter(|link| link.body == body && own(link.kind)) {
        let text = facts.message.view(link.target.view).text();
        let may_have = |value: &&str| memchr::memchr2(b'{', b'|', value.as_bytes()).is_some();
        let Some(value) = text.get(link.target.span.range()).filter(may_have) else { continue };
        let start = link.target.span.start;
        found.extend(in_value(value).map(|(range, closer)| {
            let span = ViewSpan::new(start + range.start, start + range.end);
            unclosed(Spot { view: link.target.view, span }, closer)
        }));
    }
    found
}

/// In From and Subject.
pub(super) fn in_headers(facts: &Facts<'_>) -> Vec<Unclosed> {
    let headers = ["From", "Subject"].into_iter().flat_map(|name| facts.message.headers_named(name));
    let found = headers.flat_map(|header| {
        in_value(facts.message.value(header)).map(|(range, closer)| {
            unclosed(Spot { view: header.value, span: ViewSpan::new(range.start, range.end) }, closer)
        })
    });
    found.collect()
}

/// Those outside of the whole tags of a text in which such tags still stand.
fn in_value(value: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let whole = tags::scan(value, false, &Default::default());
    let whole = Cover::of(whole.iter().map(|tag| tag.span.range()));
    in_text(value).into_iter().filter(move |(range, _)| !whole.overlaps(range.start..range.start + 1))
}

fn unclosed(spot: Spot, closer: &str) -> Unclosed {
    Unclosed { spot, closer: closer.to_owned(), is_delimiter: true, interrupted: None }
}

/// Whether `text` is such a tag, and nothing else.
pub(in crate::facts) fn is_broken_tag(text: &str) -> bool {
    in_text(text).first().is_some_and(|(range, _)| *range == (0..text.len()))
}

/// Openers with the name behind them, and the closer that is missing.
fn in_text(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), "{{") {
        // The second brace of three opens nothing of its own.
        if text[..at].ends_with('{') || text[at..].starts_with("{{{{") {
            continue;
        }
        let closer = if text[at..].starts_with("{{{") { "}}}" } else { "}}" };
        found.extend(brace(&text[at..], closer.len()).map(|length| (at..at + length, closer)));
    }
    for at in memmem::find_iter(text.as_bytes(), "*|") {
        found.extend(star(&text[at..]).map(|length| (at..at + length, "|*")));
    }
    for at in memmem::find_iter(text.as_bytes(), "{%") {
        found.extend(statement(&text[at..]).map(|length| (at..at + length, "%}")));
    }
    found
}

/// `{{ first_name }` or `{{first_name` at the end of its line, with so many `braces`: a name, and then a lone brace, a mark of prose or nothing.
fn brace(text: &str, braces: usize) -> Option<usize> {
    let blanks = |at: usize| text[at..].len() - text[at..].trim_start_matches(' ').len();
    let start = braces + blanks(braces);
    let end = start + name_length(&text[start..], "._");
    let behind = end + blanks(end);
    let is_closed_by_half = text[behind..].starts_with('}') && !text[behind..].starts_with("}}");
    let goes_on = !matches!(text[behind..].chars().next(), None | Some('\n' | '\r' | BLOCK_BREAK | ',' | '!'));
    if end - start < 2 || goes_on && !is_closed_by_half {
        return None;
    }
    Some(if is_closed_by_half { behind + 1 } else { end })
}

/// `*|FNAME|`, `*|FNAME*`: capitals, and then only a half of the closer.
fn star(text: &str) -> Option<usize> {
    let name = name_length(&text[2..], "_:");
    let behind = &text[2 + name..];
    let upper = text[2..2 + name].bytes().all(|byte| !byte.is_ascii_lowercase());
    let half = behind.starts_with('*') || behind.starts_with('|') && !behind.starts_with("|*");
    (name >= 3 && upper && half).then_some(2 + name + 1)
}

/// A statement that is longer is not looked at, in bytes.
const LONGEST: usize = 300;

/// `{% if customer }`: a statement that every engine has, and no `%}` on its line.
fn statement(text: &str) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let line = text.split(['\n', BLOCK_BREAK]).next().unwrap_or(text);
    let inner = line[2..].trim_start_matches(['-', ' ']);
    let name = &inner[..name_length(inner, "_")];
    let known =
        ["if", "elsif", "elif", "else", "endif", "for", "endfor", "unless", "endunless", "assign"].contains(&name);
    (known && !line.contains("%}")).then(|| line.len() - inner.len() + name.len())
}

fn name_length(text: &str, others: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return 0;
    }
    text.find(|c: char| !c.is_ascii_alphanumeric() && !others.contains(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn only_where_nothing_else_can_be_meant() {
        let found = |text: &'static str| in_text(text).into_iter().map(|(range, _)| &text[range]).collect::<Vec<_>>();
        assert_eq!(found("Hello {{first_name}, welcome"), ["{{first_name}"]);
        assert_eq!(found("Hello {{ first_name }, welcome"), ["{{ first_name }"]);
        assert_eq!(found("Hello {{{first_name}, welcome"), ["{{{first_name}"]);
        assert_eq!(found("Hello {{ customer.name"), ["{{ customer.name"]);
        assert_eq!(found("Hello *|FNAME|, welcome"), ["*|FNAME|"]);
        assert_eq!(found("{% if customer } Hello"), ["{% if"]);
        for prose in [
            "{{ opens a tag",
            "a {{b + c",
            "{{{",
            "2 *| 3",
            "{{x}}",
            "{% opens it",
            "*|fname|",
            "{{1}",
            "{{{{x}",
            "{{{xy}}",
        ] {
            assert_eq!(found(prose), Vec::<&str>::new(), "{prose}");
        }
    }
}
