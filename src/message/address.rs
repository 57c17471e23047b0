//! Mailboxes of an address field (RFC 5322 §3.4) with the place of each piece, and what is odd about how they are written.
//!
//! It reads the decoded value but knows which of it was written as encoded words: what stands in them is text, even a comma (RFC 2047 §6.2). Merge tags
//! are atoms likewise; what they will hold is unknown.

mod token;

use super::View;
use super::tags::Tag;
use crate::sort;
use crate::source::ViewSpan;
use token::{Kind, Token, Tokenizer};

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The display name, unquoted, and where it stands (without its quotes). A comment behind a bare address counts as one.
    pub display_name: Option<(String, ViewSpan)>,
    /// The address without its brackets.
    pub address: ViewSpan,
    /// What stands before the `@`; all of the address if there is none.
    pub local: ViewSpan,
    /// What stands behind the `@`; empty if there is none.
    pub domain: ViewSpan,
    /// Whether a merge tag is part of the address, so that nobody knows what it will be.
    pub tagged: bool,
}

/// What is odd about how an address field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Oddity {
    /// `<>`.
    EmptyAddress,
    /// Words, but no address.
    MissingAddress,
    /// An address without `@` and domain.
    MissingDomain,
    /// A name before or behind an address that has no angle brackets.
    MissingBrackets,
    /// More than one pair of angle brackets for one mailbox.
    SeveralBrackets,
    /// Text behind the closing bracket.
    TextAfterAddress,
    /// `<` without `>`.
    OpenBracket,
    /// A quoted string without its end.
    OpenQuote,
    /// A comment without its end.
    OpenComment,
    /// A character of the display name that has to be quoted (RFC 5322 §3.2.3).
    UnquotedSpecial,
    /// No blank between display name and `<`.
    MissingBlank,
    /// An encoded word inside a quoted string, where it is not one (RFC 2047 §5 (3)).
    EncodedWordInQuotes,
    /// An encoded word inside an address.
    EncodedWordInAddress,
}

/// The mailboxes of a field, groups opened, and what is odd, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AddressList {
    /// The mailboxes.
    pub mailboxes: Vec<Mailbox>,
    /// Oddities, each with its place.
    pub oddities: Vec<(Oddity, ViewSpan)>,
}

/// Reads the value of From, Sender, Reply-To, To, Cc or the like. `tags` are the merge tags of the value's text.
pub fn parse(value: &View<'_>, tags: &[Tag]) -> AddressList {
    let tags: Vec<ViewSpan> = tags.iter().map(|tag| tag.span).collect();
    read(value.text(), value.encoded_words(), &tags)
}

fn read(text: &str, words: &[ViewSpan], tags: &[ViewSpan]) -> AddressList {
    let mut reader = Reader { text, words, list: AddressList::default() };
    let tokens = Tokenizer::new(text, words, tags).tokens();
    reader.note_open(&tokens);
    let items = reader.items(&tokens);
    for (index, item) in items.iter().enumerate() {
        // `Doe, John <j@example.com>`: the comma belongs to the name
        let name_before = index.checked_sub(1).map(|before| items[before]).filter(|before| is_name_only(before));
        let is_name_before = is_name_only(item) && items.get(index + 1).is_some_and(|next| has_angle(next));
        match name_before.filter(|_| has_angle(item)) {
            Some(name) => reader.mailbox(&tokens[place(&tokens, name)..place(&tokens, item) + item.len()]),
            None if is_name_before => {}
            None => reader.mailbox(item),
        }
    }
    sort::by_key(&mut reader.list.oddities, |(_, span)| span.start);
    reader.list
}

fn is_name_only(item: &[Token]) -> bool {
    !item.is_empty()
        && item
            .iter()
            .all(|token| matches!(token.kind, Kind::Word { at: false, .. } | Kind::Encoded | Kind::Quoted { .. }))
}

fn has_angle(item: &[Token]) -> bool {
    item.iter().any(Token::is_angle)
}

/// The index in `tokens` of the first token of `item`.
fn place(tokens: &[Token], item: &[Token]) -> usize {
    item.first().map_or(0, |first| tokens.partition_point(|token| token.span.start < first.span.start))
}

struct Reader<'v> {
    text: &'v str,
    words: &'v [ViewSpan],
    list: AddressList,
}

impl Reader<'_> {
    fn odd(&mut self, oddity: Oddity, span: ViewSpan) {
        self.list.oddities.push((oddity, span));
    }

    fn note_open(&mut self, tokens: &[Token]) {
        for token in tokens {
            match token.kind {
                Kind::Angle { closed: false } => self.odd(Oddity::OpenBracket, token.span),
                Kind::Quoted { closed: false } => self.odd(Oddity::OpenQuote, token.span),
                Kind::Comment { closed: false } => self.odd(Oddity::OpenComment, token.span),
                _ => {}
            }
        }
    }

    /// The tokens between the commas; the names and semicolons of groups are left out. A colon without a semicolon behind it makes no group.
    fn items<'t>(&self, tokens: &'t [Token]) -> Vec<&'t [Token]> {
        let last_semicolon = tokens.iter().rposition(|token| token.kind == Kind::Separator(';'));
        let mut items = Vec::new();
        let mut start = 0;
        for (index, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Separator(':') if last_semicolon.is_some_and(|last| index < last) => start = index + 1,
                Kind::Separator(',' | ';') => {
                    items.push(&tokens[start..index]);
                    start = index + 1;
                }
                _ => {}
            }
        }
        items.push(&tokens[start..]);
        items.retain(|item| !item.is_empty());
        items
    }

    fn mailbox(&mut self, item: &[Token]) {
        let angles: Vec<usize> = (0..item.len()).filter(|&index| item[index].is_angle()).collect();
        match angles[..] {
            [] => self.bare(item),
            [only] => self.bracketed(item, only),
            [first, .., last] => {
                let span = ViewSpan::new(item[first].span.start, item[last].span.end);
                self.odd(Oddity::SeveralBrackets, span);
                let best = angles.iter().copied().find(|&index| self.slice(item[index].span).contains('@'));
                self.bracketed(item, best.unwrap_or(first));
            }
        }
    }

    fn bracketed(&mut self, item: &[Token], angle: usize) {
        let token = &item[angle];
        let name: Vec<&Token> = item[..angle].iter().filter(|token| token.is_text()).collect();
        if let Some(last) = name.last()
            && last.span.end == token.span.start
        {
            self.odd(Oddity::MissingBlank, ViewSpan::at(token.span.start));
        }
        let after: Vec<&Token> = item[angle + 1..].iter().filter(|token| token.is_text()).collect();
        if let (Some(first), Some(last)) = (after.first(), after.last()) {
            self.odd(Oddity::TextAfterAddress, ViewSpan::new(first.span.start, last.span.end));
        }
        self.note_specials(&name);
        let address = self.trimmed(token.inner(self.text));
        if address.is_empty() {
            self.odd(Oddity::EmptyAddress, token.span);
        }
        let display_name = self.display_name(&name);
        self.push(display_name, address, token.tagged);
    }

    /// A mailbox without angle brackets: the words around an `@` that no blank parts.
    fn bare(&mut self, item: &[Token]) {
        let Some(at) = item.iter().position(|token| matches!(token.kind, Kind::Word { at: true, .. })) else {
            return self.no_address(item);
        };
        let touches =
            |left: &Token, right: &Token| left.span.end == right.span.start && left.is_text() && right.is_text();
        let first = (1..=at)
            .rev()
            .take_while(|&index| touches(&item[index - 1], &item[index]))
            .last()
            .map_or(at, |index| index - 1);
        let last = (at..item.len() - 1)
            .take_while(|&index| touches(&item[index], &item[index + 1]))
            .last()
            .map_or(at, |index| index + 1);
        let address = ViewSpan::new(item[first].span.start, item[last].span.end);
        let before: Vec<&Token> = item[..first].iter().filter(|token| token.is_text()).collect();
        let others = before.len() + item[last + 1..].iter().filter(|token| token.is_text()).count();
        if others > 0 {
            self.odd(Oddity::MissingBrackets, address);
        }
        let comment = item[last + 1..].iter().find(|token| matches!(token.kind, Kind::Comment { .. }));
        let display_name = self.display_name(&before).or_else(|| comment.map(|token| self.comment_name(token)));
        let tagged = item[first..=last].iter().any(|token| token.tagged);
        self.push(display_name, address, tagged);
    }

    fn no_address(&mut self, item: &[Token]) {
        let words: Vec<&Token> = item.iter().filter(|token| token.is_text()).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let span = ViewSpan::new(first.span.start, last.span.end);
        if words.iter().any(|token| token.tagged) {
            self.push(None, span, true);
        } else {
            self.odd(Oddity::MissingAddress, span);
        }
    }

    fn push(&mut self, display_name: Option<(String, ViewSpan)>, address: ViewSpan, tagged: bool) {
        let text = self.slice(address);
        let at = Tokenizer::last_at(text);
        let local = ViewSpan::new(address.start, at.map_or(address.end, |at| address.start + at));
        let domain = ViewSpan::new(at.map_or(address.end, |at| address.start + at + 1), address.end);
        if domain.is_empty() && !address.is_empty() && !tagged {
            self.odd(Oddity::MissingDomain, address);
        }
        if self.words.iter().any(|word| word.overlaps(address)) {
            self.odd(Oddity::EncodedWordInAddress, address);
        }
        self.list.mailboxes.push(Mailbox { display_name, address, local, domain, tagged });
    }

    fn note_specials(&mut self, name: &[&Token]) {
        for token in name {
            match token.kind {
                Kind::Word { .. } if !token.tagged => {
                    let text = self.slice(token.span);
                    let specials: Vec<usize> =
                        text.match_indices(|c| "@.[]\\>)".contains(c)).map(|(at, _)| token.span.start + at).collect();
                    specials.into_iter().for_each(|at| self.odd(Oddity::UnquotedSpecial, ViewSpan::new(at, at + 1)));
                }
                Kind::Separator(_) => self.odd(Oddity::UnquotedSpecial, token.span),
                Kind::Quoted { .. } if self.words.iter().any(|word| word.overlaps(token.span)) => {
                    self.odd(Oddity::EncodedWordInQuotes, token.span);
                }
                _ => {}
            }
        }
    }

    fn display_name(&self, tokens: &[&Token]) -> Option<(String, ViewSpan)> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        let span = match tokens {
            [only] => only.inner(self.text),
            _ => ViewSpan::new(first.span.start, last.span.end),
        };
        let mut name = String::new();
        let mut end = first.span.start;
        for token in tokens {
            if token.span.start > end {
                name.push(' ');
            }
            name.push_str(&token.unquoted(self.text));
            end = token.span.end;
        }
        Some((name, span)).filter(|(name, _)| !name.trim().is_empty())
    }

    fn comment_name(&self, token: &Token) -> (String, ViewSpan) {
        let span = self.trimmed(token.inner(self.text));
        (self.slice(span).to_owned(), span)
    }

    fn slice(&self, span: ViewSpan) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn trimmed(&self, span: ViewSpan) -> ViewSpan {
        let text = self.slice(span);
        let start = span.start + text.len() - text.trim_start().len();
        ViewSpan::new(start, start + text.trim().len())
    }
}

#[cfg(test)]
mod tests;
