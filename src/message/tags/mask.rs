//! Takes tags out of an HTML parser's way: every byte stays where it is, only what a tag is made of becomes filler.
//!
//! A parser that meets `<td {{#if a}}style="x"{{/if}}>` makes attributes of the tags, and `href="{{l "x"}}"` ends at the inner quote. So filler
//! is a blank where an attribute's name could stand (a name would be an attribute), and a letter in a value (a blank would end it, or let the
//! next attribute become the value).

mod state;

use super::{Role, Tag};
use state::{Machine, State};
use std::borrow::Cow;

/// `text` with its `tags` replaced by filler of the same length in bytes; no other byte is changed. Tags that are out of order or out of bounds
/// are passed over.
pub fn mask<'t>(text: &'t str, tags: &[Tag]) -> Cow<'t, str> {
    if tags.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut machine = Machine::new(text, begins_with_markup(text, tags));
    for (place, tag) in tags.iter().enumerate() {
        if tag.span.start < machine.at() || text.get(tag.span.range()).is_none() {
            continue;
        }
        machine.feed(tag.span.start);
        let next = Next::of(text, tags.get(place..).unwrap_or_default());
        match filler(&machine, tag.role, next) {
            Filler::Blank => machine.fill(tag.span.end, |byte| if matches!(byte, b'\n' | b'\r') { byte } else { b' ' }),
            Filler::Letter => machine.fill(tag.span.end, |_| b'x'),
        }
    }
    // nobody asks how the rest goes on
    String::from_utf8(machine.into_text()).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filler {
    Blank,
    Letter,
}

/// What follows a tag.
#[derive(Clone, Copy)]
struct Next {
    /// The byte right behind it.
    byte: Option<u8>,
    /// It, and the tags that follow without anything between, stand before a quote.
    quote: bool,
}

impl Next {
    fn of(text: &str, tags: &[Tag]) -> Self {
        let bytes = text.as_bytes();
        let byte = tags.first().and_then(|tag| bytes.get(tag.span.end)).copied();
        Self { byte, quote: matches!(byte, Some(b'"' | b'\'')) }
    }

    fn is(self, what: &[u8]) -> bool {
        self.byte.is_some_and(|byte| what.contains(&byte))
    }

    fn ends_value(self) -> bool {
        self.byte.is_none_or(|byte| byte.is_ascii_whitespace() || byte == b'>')
    }
}

fn filler(machine: &Machine, role: Role, next: Next) -> Filler {
    let value = matches!(role, Role::Output | Role::Include);
    let letter = match machine.state {
        State::Data => value && !machine.between_blocks(),
        State::Raw => value && machine.raw_holds_text(),
        State::Comment | State::Declaration => value,
        // `<{{tag}}>`, `</{{tag}}>`
        State::TagOpen | State::EndTagOpen => true,
        State::TagName => value && !machine.tag_name_is_whole(),
        State::BeforeName | State::AfterName => value && next.is(b"=-:_"),
        State::Name => value || machine.last().is_some_and(|byte| b"-_:".contains(&byte)) || next.is(b"="),
        State::BeforeValue => value || !next.quote,
        State::DoubleQuoted | State::SingleQuoted => true,
        // `value=1{% if x %} checked{% endif %}`, `<a {% if x %}href=y{% endif %}>`
        State::Unquoted => !(matches!(role, Role::Open | Role::Close) && next.ends_value()),
    };
    if letter { Filler::Letter } else { Filler::Blank }
}

/// Whether nothing but tags and blanks stands before the first element, and that element belongs to the document's frame: then tags there must
/// not open the body.
fn begins_with_markup(text: &str, tags: &[Tag]) -> bool {
    let mut at = 0;
    for tag in tags {
        if !text.get(at..tag.span.start).is_some_and(|before| before.trim().is_empty()) {
            break;
        }
        at = tag.span.end;
    }
    let rest = text.get(at..).unwrap_or_default().trim_start();
    let name = rest.strip_prefix('<').unwrap_or_default();
    ["!", "html", "head", "meta", "title", "link", "style", "body"]
        .iter()
        .any(|start| name.get(..start.len()).is_some_and(|name| name.eq_ignore_ascii_case(start)))
}
