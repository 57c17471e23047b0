//! Conditional comments, which only Outlook on Windows reads.

use super::outline::Entry;
use super::{Context, Document};
use crate::config::limits::Limit;
use crate::message::budget::Budget;
use crate::source::ViewSpan;
use std::ops::Range;

/// A downlevel-hidden conditional comment, `<!--[if mso]> … <![endif]-->`: only Outlook on Windows reads its inside.
#[derive(Debug)]
pub struct Conditional {
    /// The condition, `mso`, `gte mso 9`.
    pub condition: String,
    /// All of the comment.
    pub span: ViewSpan,
    /// Its inside, parsed as a fragment; spans are those of the whole view.
    pub document: Document,
}

/// The conditional comments of `document`, in order, as far as the budget goes.
pub(super) fn conditionals(document: &Document, budget: &mut Budget) -> Vec<Conditional> {
    let comments = document.entries.iter().filter_map(|entry| match entry {
        Entry::Comment { span, inside } => Some((*span, *inside)),
        _ => None,
    });
    let mut read = Vec::new();
    for (span, inside) in comments {
        let Some((condition, content)) = conditional(document, inside) else { continue };
        if budget.conditionals >= budget.limits.of(Limit::Conditionals) {
            budget.reach(Limit::Conditionals);
            break;
        }
        budget.conditionals += 1;
        read.push(Conditional { condition, span, document: document.piece(content, Context::Fragment, budget) });
    }
    read
}

fn conditional(document: &Document, inside: ViewSpan) -> Option<(String, Range<usize>)> {
    let masked = document.masked().get(inside.range())?;
    let (condition, content) = split(masked)?;
    let condition = document.text.get(inside.start + condition.start..inside.start + condition.end)?.trim().to_owned();
    let content = inside.start + content.start..inside.start + content.end;
    Some((condition, content))
}

/// The condition and the content of a comment `[if …]>…<![endif]`, as ranges of it. A comment that only opens or closes revealed content,
/// `<!--[if !mso]><!-->` and `<!--<![endif]-->`, is none.
fn split(comment: &str) -> Option<(Range<usize>, Range<usize>)> {
    let start = comment.len() - comment.trim_start().len();
    let opening = comment.get(start..start + 3).filter(|opening| opening.eq_ignore_ascii_case("[if"))?.len();
    let condition = start + opening;
    let length = comment.get(condition..)?.find("]>")?;
    let content = condition + length + 2;
    let body = comment.trim_end();
    let end = body.len().checked_sub("<![endif]".len()).filter(|end| *end >= content)?;
    body.get(end..).filter(|closing| closing.eq_ignore_ascii_case("<![endif]"))?;
    Some((condition..condition + length, content..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions() {
        for (comment, parts) in [
            ("[if mso]><table><![endif]", Some((" mso", "<table>"))),
            (" [IF gte mso 9]><xml/><![ENDIF] ", Some((" gte mso 9", "<xml/>"))),
            ("[if (gte mso 9)|(IE)]><![endif]", Some((" (gte mso 9)|(IE)", ""))),
            ("[if !mso]><!", None),
            ("[if !mso]>", None),
            ("<![endif]", None),
            (" plain ", None),
            ("é[if", None),
        ] {
            let said = split(comment).map(|(condition, content)| (&comment[condition], &comment[content]));
            assert_eq!(said, parts, "{comment:?}");
        }
    }
}
