//! Blocks of template engines that are opened and never closed.

mod ampscript;
mod literal;
mod loose_end;
mod pair;
mod script;

use super::Facts;
use crate::message::Spot;
use crate::message::tags::{Role, Syntax, Tag};
use crate::sort;
use crate::source::ViewSpan;
pub(super) use loose_end::is_broken_tag;
use pair::{Move, Stack};

/// Something that is opened and never closed.
#[derive(Debug)]
pub struct Unclosed {
    /// The tag that opens, or the delimiter with what stands behind it.
    pub spot: Spot,
    /// What would close it, as it is written: `{% endif %}`, `}}`.
    pub closer: String,
    /// It is a tag that lacks its closing delimiter, not a block.
    pub is_delimiter: bool,
    /// What stands where it should have been closed: the tag that closes something around it.
    pub interrupted: Option<Spot>,
}

/// The engines whose blocks are paired for themselves: what one of them does is text to the others.
const SYNTAXES: [Syntax; 6] =
    [Syntax::Statement, Syntax::Mustache, Syntax::Mailchimp, Syntax::Percent, Syntax::Erb, Syntax::Code];

pub(super) fn all(facts: &Facts<'_>) -> Vec<Unclosed> {
    let mut found: Vec<Unclosed> = loose_end::in_headers(facts);
    for (index, body) in facts.message.bodies.iter().enumerate() {
        let text = facts.message.view(body.view).text();
        let read: Vec<&Tag> = literal::without(text, &body.tags);
        for syntax in SYNTAXES {
            let tags: Vec<&Tag> = read.iter().copied().filter(|tag| tag.syntax == syntax).collect();
            found.extend(unclosed(text, syntax, &tags).into_iter().map(|open| {
                let spot = |span| Spot { view: body.view, span };
                Unclosed {
                    spot: spot(open.span),
                    closer: open.closer,
                    is_delimiter: false,
                    interrupted: open.interrupted.map(spot),
                }
            }));
        }
        found.extend(loose_end::all(facts, index));
    }
    sort::by_key(&mut found, |unclosed| unclosed.spot);
    found
}

/// A block that is left open.
struct Open {
    span: ViewSpan,
    closer: String,
    interrupted: Option<ViewSpan>,
}

fn unclosed(text: &str, syntax: Syntax, tags: &[&Tag]) -> Vec<Open> {
    if syntax == Syntax::Percent {
        return ampscript::unclosed(text, tags);
    }
    let written = |tag: &Tag| text.get(tag.span.range()).unwrap_or_default();
    let inner = |tag: &Tag| text.get(tag.inner.range()).unwrap_or_default();
    if syntax == Syntax::Erb && tags.iter().any(|tag| tag.role != Role::Comment && script::is_uncertain(inner(tag))) {
        return Vec::new();
    }
    let ends = pair::Ends::of(tags.iter().map(|tag| inner(tag)));
    let mut stack = Stack::default();
    for tag in tags {
        let moves = match syntax {
            Syntax::Statement => pair::statement(written(tag), inner(tag), tag.role),
            Syntax::Mustache if tag.role == Role::Comment => Vec::new(),
            Syntax::Mustache => pair::mustache(written(tag), inner(tag), ends),
            Syntax::Mailchimp => pair::mailchimp(inner(tag)),
            Syntax::Erb if tag.role == Role::Comment || script::is_remark(inner(tag)) => Vec::new(),
            Syntax::Erb => script::moves(inner(tag)),
            _ => pair::code(written(tag), tag.role),
        };
        for each in moves {
            match each {
                Move::Open { key, closer } => stack.open(tag.span, key, closer),
                Move::Close(key) => stack.close(tag.span, key.as_deref()),
            }
        }
    }
    stack.finish()
}
