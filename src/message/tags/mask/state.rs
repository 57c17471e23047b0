//! Where in HTML a byte stands: the tokenizer of WHATWG HTML §13.2.5 as far as filler depends on it.

/// What the next byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Text between tags.
    Data,
    /// Text of `<style>`, `<script>`, `<title>`, `<textarea>`.
    Raw,
    /// Inside `<!-- … -->`.
    Comment,
    /// Inside `<! … >` or `<? … >`.
    Declaration,
    /// Right behind `<`.
    TagOpen,
    /// Right behind `</`.
    EndTagOpen,
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    DoubleQuoted,
    SingleQuoted,
    Unquoted,
}

const RAW: &[&str] = &["style", "script", "title", "textarea", "xmp", "iframe", "noembed", "noframes", STYLE_OF_MJML];
const STYLE_OF_MJML: &str = "mj-style";
/// Elements that may stand in `<head>`.
const HEAD: &[&str] = &["head", "title", "meta", "link", "style", "script", "base", "noscript", "template", "html"];
/// Behind these tags, text would be moved out of the table.
const TABLE: &[&str] = &["table", "tbody", "thead", "tfoot", "tr", "colgroup", "col"];
const TABLE_ENDS: &[&str] = &["tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"];
/// Names that a merge tag can follow without a blank: `<div{{ attributes }}>`; `<h{{ level }}>` is none.
const SHORTEST_WHOLE_NAME: usize = 2;

#[derive(Debug)]
pub(super) struct Machine {
    /// All of the text; filler stands in place of the tags that were passed.
    out: Vec<u8>,
    /// How much of it was fed so far.
    at: usize,
    pub state: State,
    /// Where the name of the current or last tag, the comment or the raw text begins in `out`.
    start: usize,
    name_end: usize,
    is_end: bool,
    /// The element whose raw text this is.
    raw: &'static str,
    in_head: bool,
    seen_tag: bool,
    /// No text stands before the first tag.
    framed: bool,
}

impl Machine {
    /// `text` is to be fed.
    pub(super) fn new(text: &str, framed: bool) -> Self {
        Self {
            out: text.as_bytes().to_vec(),
            at: 0,
            state: State::Data,
            start: 0,
            name_end: 0,
            is_end: false,
            raw: "",
            in_head: false,
            seen_tag: false,
            framed,
        }
    }

    /// Whether text here would disturb: in `<head>`, between the parts of a table, before `<html>`.
    pub(super) fn between_blocks(&self) -> bool {
        if !self.seen_tag {
            return self.framed;
        }
        if self.in_head {
            return true;
        }
        if self.is_end {
            self.name_is(TABLE_ENDS) || self.name_is(&["head"])
        } else {
            self.name_is(TABLE) || self.name_is(&["html"])
        }
    }

    /// `<title>` and `<textarea>` hold text, `<script>` holds strings; in `<style>` and `<mj-style>` a letter would join the next selector.
    pub(super) fn raw_holds_text(&self) -> bool {
        self.raw != "style" && self.raw != STYLE_OF_MJML
    }

    /// Whether the tag name so far can be one by itself.
    pub(super) fn tag_name_is_whole(&self) -> bool {
        let name = self.since(self.start);
        let short = name.len() < SHORTEST_WHOLE_NAME && !matches!(name, b"a" | b"b" | b"i" | b"p" | b"u" | b"s");
        !short && !name.ends_with(b"-") && !name.ends_with(b":")
    }

    fn name_is(&self, names: &[&str]) -> bool {
        let name = self.out.get(self.start..self.name_end).unwrap_or_default();
        names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
    }

    /// What was fed, with filler in place of the tags.
    pub(super) fn into_text(self) -> Vec<u8> {
        self.out
    }

    /// How much was fed.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The last byte that was fed.
    pub(super) fn last(&self) -> Option<u8> {
        self.out.get(self.at.checked_sub(1)?).copied()
    }

    /// What was fed from `start` on.
    fn since(&self, start: usize) -> &[u8] {
        self.out.get(start..self.at).unwrap_or_default()
    }

    /// Feeds the text up to `end`; bytes that only go on with what they stand in, at once.
    pub(super) fn feed(&mut self, end: usize) {
        while let Some(rest) = self.out.get(self.at..end) {
            self.at += self.idle(rest);
            let Some(byte) = self.out.get(self.at..end).and_then(|rest| rest.first()) else { return };
            self.step(*byte);
        }
    }

    /// Feeds filler up to `end`: `fill` makes it of the bytes that stand there.
    pub(super) fn fill(&mut self, end: usize, fill: impl Fn(u8) -> u8) {
        for at in self.at..end {
            let Some(byte) = self.out.get_mut(at) else { return };
            *byte = fill(*byte);
            let byte = *byte;
            self.step(byte);
        }
    }

    /// How many of `bytes` leave everything but the place as it is.
    fn idle(&self, bytes: &[u8]) -> usize {
        let ahead = match self.state {
            State::Data => memchr::memchr(b'<', bytes),
            State::DoubleQuoted => memchr::memchr(b'"', bytes),
            State::SingleQuoted => memchr::memchr(b'\'', bytes),
            State::Comment => memchr::memchr(b'>', bytes),
            State::Declaration => memchr::memchr2(b'-', b'>', bytes),
            State::Raw => bytes.iter().position(|byte| may_end_raw(*byte)),
            State::TagName | State::Name | State::Unquoted => bytes.iter().position(|byte| !is_of_name(*byte)),
            _ => Some(0),
        };
        ahead.unwrap_or(bytes.len())
    }

    /// Feeds the next byte.
    #[inline]
    fn step(&mut self, byte: u8) {
        self.state = self.next(byte);
        self.at += 1;
    }

    fn next(&mut self, byte: u8) -> State {
        let blank = byte.is_ascii_whitespace();
        match (self.state, byte) {
            (State::Data, b'<') => State::TagOpen,
            (State::Data, _) => State::Data,
            (State::TagOpen, b'/') => State::EndTagOpen,
            (State::TagOpen, b'!' | b'?') => self.begin(State::Declaration),
            (State::TagOpen, _) if byte.is_ascii_alphabetic() => self.begin_tag(false),
            (State::TagOpen, b'<') => State::TagOpen,
            (State::TagOpen, _) => State::Data,
            (State::EndTagOpen, _) if byte.is_ascii_alphabetic() => self.begin_tag(true),
            (State::EndTagOpen, b'>') => State::Data,
            (State::EndTagOpen, _) => self.begin(State::Declaration),
            (State::Declaration, b'-') if self.since(self.start) == b"!-" => State::Comment,
            (State::Declaration, b'>') => State::Data,
            (State::Declaration, _) => State::Declaration,
            (State::Comment, b'>') if self.comment_ends() => State::Data,
            (State::Comment, _) => State::Comment,
            (State::Raw, _) if may_end_raw(byte) && self.raw_ends() => self.end_of_raw(byte),
            (State::Raw, _) => State::Raw,
            (State::TagName, _) if blank || byte == b'/' => self.end_name(State::BeforeName),
            (State::TagName, b'>') => {
                self.end_name(State::Data);
                self.end_tag()
            }
            (State::TagName, _) => State::TagName,
            (_, _) => self.next_in_tag(byte, blank),
        }
    }

    fn next_in_tag(&mut self, byte: u8, blank: bool) -> State {
        match (self.state, byte) {
            (State::DoubleQuoted, b'"') | (State::SingleQuoted, b'\'') => State::BeforeName,
            (State::DoubleQuoted | State::SingleQuoted, _) => self.state,
            (_, b'>') => self.end_tag(),
            (State::BeforeValue, b'"') => State::DoubleQuoted,
            (State::BeforeValue, b'\'') => State::SingleQuoted,
            (State::BeforeValue, _) if blank => State::BeforeValue,
            (State::BeforeValue, _) => State::Unquoted,
            (State::Unquoted, _) if blank => State::BeforeName,
            (State::Unquoted, _) => State::Unquoted,
            (_, b'/') => State::BeforeName,
            (State::Name | State::AfterName, b'=') => State::BeforeValue,
            (State::Name | State::AfterName, _) if blank => State::AfterName,
            (State::BeforeName, _) if blank => State::BeforeName,
            _ => State::Name,
        }
    }

    fn begin(&mut self, state: State) -> State {
        self.start = self.at;
        state
    }

    fn begin_tag(&mut self, is_end: bool) -> State {
        self.is_end = is_end;
        self.begin(State::TagName)
    }

    fn end_name(&mut self, state: State) -> State {
        self.name_end = self.at;
        state
    }

    fn end_tag(&mut self) -> State {
        self.seen_tag = true;
        if self.is_end {
            self.in_head &= !self.name_is(&["head"]);
            return State::Data;
        }
        self.in_head = self.name_is(&["head"]) || (self.in_head && self.name_is(HEAD));
        match RAW.iter().find(|name| self.name_is(&[name])) {
            Some(&STYLE_OF_MJML) if self.last() == Some(b'/') => State::Data,
            Some(name) => {
                self.raw = name;
                State::Raw
            }
            None => State::Data,
        }
    }

    /// `-->`, `--!>`, the abrupt `<!-->` and `<!--->`; also the `]>` of `<!--[if mso]>`, for what follows is markup to Outlook.
    fn comment_ends(&self) -> bool {
        let comment = self.since(self.start);
        let inside = comment.get(3..).unwrap_or_default();
        matches!(inside, b"" | b"-")
            || inside.ends_with(b"--")
            || inside.ends_with(b"--!")
            || (inside.starts_with(b"[if") && inside.ends_with(b"]"))
    }

    fn raw_ends(&self) -> bool {
        let Some(before) = self.at.checked_sub(self.raw.len()) else { return false };
        let name = self.since(before);
        name.eq_ignore_ascii_case(self.raw.as_bytes())
            && self.out.get(..before).is_some_and(|before| before.ends_with(b"</"))
    }

    fn end_of_raw(&mut self, byte: u8) -> State {
        self.is_end = true;
        self.start = self.at - self.raw.len();
        self.name_end = self.at;
        if byte == b'>' { self.end_tag() } else { State::BeforeName }
    }
}

/// Whether a name, or a value without quotes, goes on with `byte` in any case.
fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Whether the name of an end tag may end at `byte`.
fn may_end_raw(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')
}

#[cfg(test)]
mod tests {
    use super::Machine;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn feeding_at_once_is_stepping_byte_by_byte(
            pieces in prop::collection::vec(
                "(<|</|<!--|-->|<!|]>|>|/|=|\"|'|-| |a|style|script|td|\\[if|x){0,12}", 0..6),
            framed: bool,
        ) {
            let text = pieces.concat();
            let (mut fast, mut plain) = (Machine::new(&text, framed), Machine::new(&text, framed));
            let mut end = 0;
            for piece in pieces {
                end += piece.len();
                fast.feed(end);
                piece.bytes().for_each(|byte| plain.step(byte));
                prop_assert_eq!(format!("{fast:?}"), format!("{plain:?}"));
            }
        }
    }
}
