//! Blocks of code between `<%` and `%>`: Ruby, Elixir, JavaScript, VBScript. Told apart by what ends them: a word or a brace.

use super::pair::Move;

/// Words that begin a block which ends with `end` (or `Next`, `Loop`, `Wend`).
const OPENERS: [&str; 8] = ["if", "unless", "case", "for", "while", "until", "begin", "with"];
const CLOSERS: [&str; 4] = ["end", "next", "loop", "wend"];

/// Several statements in one tag that open or close something: their order can't be told without reading the language.
pub(super) fn is_uncertain(code: &str) -> bool {
    let code = code.trim().trim_end_matches(';');
    let several = code.contains(['\n', ';']);
    let shapes = code.contains(['{', '}'])
        || words(code).any(|word| OPENERS.contains(&word) || CLOSERS.contains(&word) || word == "do" || word == "then");
    several && shapes
}

/// `<% # if user %>`: a remark to the end of the line, and no more lines.
pub(super) fn is_remark(code: &str) -> bool {
    code.trim_start().starts_with('#') && !code.trim().contains('\n')
}

/// What one statement opens or closes.
pub(super) fn moves(code: &str) -> Vec<Move> {
    let code = code.trim().trim_end_matches(';').trim_end();
    let lower = code.to_ascii_lowercase();
    let first = words(&lower).next().unwrap_or_default();
    let mut moves = Vec::new();
    let (before, after) = braces(&lower);
    moves.extend((0..before).map(|_| Move::Close(Some("{".to_owned()))));
    if CLOSERS.contains(&first) && lower.starts_with(first) {
        moves.push(Move::Close(Some("end".to_owned())));
    }
    moves.extend((0..after).map(|_| Move::Open { key: "{".to_owned(), closer: "<% } %>".to_owned() }));
    let block = lower.ends_with(" do")
        || lower.ends_with('|') && lower.contains(" do |")
        || lower.ends_with("->") && first != "fn";
    // `if x then y end` and `if (x) { … }` are complete, or counted by their brace.
    let complete = lower.ends_with(" end") || lower.contains(['{', '}']);
    let opens = OPENERS.contains(&first) && lower.starts_with(first) && !complete;
    if block || opens {
        moves.push(Move::Open { key: "end".to_owned(), closer: "<% end %>".to_owned() });
    }
    moves
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Braces that close something before, and that stay open; those in strings left out.
fn braces(code: &str) -> (usize, usize) {
    let (mut before, mut open) = (0, 0_usize);
    let mut quote = None;
    for character in code.chars() {
        match (quote, character) {
            (Some(mark), _) if mark == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(character),
            (None, '{') => open += 1,
            (None, '}') => match open.checked_sub(1) {
                Some(fewer) => open = fewer,
                None => before += 1,
            },
            (None, _) => {}
        }
    }
    // An apostrophe that closes nothing hides what follows: then nothing is sure.
    if quote.is_some() { (code.matches('}').count(), 0) } else { (before, open) }
}
