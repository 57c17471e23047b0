//! What a doctype says (HTML §13.2.5.53 to .68): its name, its identifiers, and whether the page is to be shown in quirks mode.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Doctype;

/// What the source between `<!` and the first `>`, both of them with it, says; the end of the text may stand for the `>`.
pub(super) fn doctype(raw: &str) -> Doctype {
    let (inside, closed) = raw.strip_suffix('>').map_or((raw, false), |inside| (inside, true));
    let rest = behind_spaces(inside.get("<!doctype".len()..).unwrap_or_default());
    let mut doctype = Doctype::default();
    let (name, rest) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
    doctype.name = (!name.is_empty()).then(|| text(&name.to_ascii_lowercase()));
    let sound = !name.is_empty() && identifiers(behind_spaces(rest), closed, &mut doctype);
    doctype.force_quirks = !sound;
    doctype
}

/// Reads what stands behind the name; whether that is as it should be.
fn identifiers(rest: &str, closed: bool, doctype: &mut Doctype) -> bool {
    if rest.is_empty() {
        return closed;
    }
    let Some((keyword, behind)) = rest.split_at_checked("public".len()) else { return false };
    if keyword.eq_ignore_ascii_case("system") {
        return system(behind_spaces(behind), closed, doctype);
    }
    if !keyword.eq_ignore_ascii_case("public") {
        return false;
    }
    let Some((identifier, behind)) = quoted(behind_spaces(behind)) else { return false };
    doctype.public_id = Some(text(identifier));
    let Some(behind) = behind.map(behind_spaces) else { return false };
    if behind.is_empty() { closed } else { system(behind, closed, doctype) }
}

fn system(rest: &str, closed: bool, doctype: &mut Doctype) -> bool {
    let Some((identifier, behind)) = quoted(rest) else { return false };
    doctype.system_id = Some(text(identifier));
    // what else stands there is passed over
    behind.is_some_and(|behind| closed || !behind_spaces(behind).is_empty())
}

/// What stands in the quotes that `rest` begins with, and what behind them; nothing if they are never closed.
fn quoted(rest: &str) -> Option<(&str, Option<&str>)> {
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let inside = rest.get(1..)?;
    Some(inside.split_once(quote).map_or((inside, None), |(inside, behind)| (inside, Some(behind))))
}

fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{c}' | ' ')
}

fn behind_spaces(rest: &str) -> &str {
    rest.trim_start_matches(is_space)
}

/// With line ends and NULs as the standard has them.
fn text(raw: &str) -> StrTendril {
    StrTendril::from(raw.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5ever::buffer_queue::BufferQueue;
    use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
    use proptest::prelude::*;
    use std::cell::RefCell;

    /// Keeps a doctype.
    #[derive(Default)]
    struct First(RefCell<Doctype>);

    impl TokenSink for First {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            if let Token::DoctypeToken(doctype) = token {
                self.0.replace(doctype);
            }
            TokenSinkResult::Continue
        }
    }

    fn theirs(raw: &str) -> Doctype {
        let tokenizer = Tokenizer::new(First::default(), TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(raw.into());
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.0.take()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn it_is_read_as_html5ever_reads_it(
            pieces in prop::collection::vec(prop::sample::select(vec![
                " ", "\n", "\r\n", "\r", "\t", "\u{c}", "html", "HTML", "PUBLIC", "public", "SYSTEM", "system", "publi", "x", "é",
                "\"", "'", "\"a b\"", "'c'", "\"\"", "\0", "&amp;", "-//W3C//DTD HTML 4.01//EN",
            ]), 0..10),
            closed in any::<bool>(),
        ) {
            let raw = format!("<!DOCTYPE{}{}", pieces.concat(), if closed { ">" } else { "" });
            let (ours, theirs) = (doctype(&raw), theirs(&raw));
            prop_assert_eq!(ours.name, theirs.name);
            prop_assert_eq!(ours.public_id, theirs.public_id);
            prop_assert_eq!(ours.system_id, theirs.system_id);
            prop_assert_eq!(ours.force_quirks, theirs.force_quirks);
        }
    }
}
