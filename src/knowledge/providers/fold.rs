//! The form in which merge tags and signs are compared. Shared by the program and `build.rs`.
//!
//! Lower case; percent-escapes and entities of the characters that delimiters are made of decoded; runs of white space one blank; no blank and
//! no trim mark directly inside delimiters: `{{- Unsubscribe }}`, `%7B%7Bunsubscribe%7D%7D` and `&#123;{ unsubscribe }}` are `{{unsubscribe}}`.

/// Folds a tag, or a whole text with tags in it. Linear; the result is never longer than twice the text.
pub fn fold(text: &str) -> String {
    let mut out = Folded { text: String::with_capacity(text.len()) };
    let mut rest = text;
    loop {
        let plain = run_length(rest.as_bytes(), out.text.as_bytes().last().copied());
        if let Some((run, behind)) = rest.split_at_checked(plain) {
            out.plain(run);
            rest = behind;
        }
        let blanks = blank_length(rest.as_bytes());
        if blanks > 0 {
            out.push(' ');
            rest = rest.get(blanks..).unwrap_or_default();
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        let (c, length) = escape(rest).unwrap_or((c, c.len_utf8()));
        rest = rest.get(length..).unwrap_or_default();
        out.push(c);
    }
    out.text
}

/// How many bytes at the start of `rest` mean nothing for what is around them; `last` is the one before them.
fn run_length(rest: &[u8], last: Option<u8>) -> usize {
    let mut before = last.map_or(ANYTHING, marks);
    for (at, &byte) in rest.iter().enumerate() {
        let marks = marks(byte);
        if marks & before >> 4 != 0 {
            return at;
        }
        before = marks;
    }
    rest.len()
}

/// What of a byte has to be looked at: always…
const SPECIAL: u8 = 1;
/// … behind a blank or an opening delimiter…
const BLANK: u8 = 2;
/// … behind an opening delimiter…
const TRIM: u8 = 4;
/// … behind the first half of a closing delimiter. Four bits higher stands behind what it is such a byte.
const CLOSE: u8 = 8;
/// Nobody knows what stands before.
const ANYTHING: u8 = 0xf0;

/// What each byte may mean for those around it.
const MARKS: [u8; 256] = {
    let mut marks = [SPECIAL | SPECIAL << 4; 256];
    let mut at = b' ';
    while at <= b'~' {
        let own = match at {
            b'%' | b'&' => SPECIAL,
            b' ' => BLANK,
            b'-' | b'~' => TRIM,
            b'}' | b'>' | b']' | b'*' => CLOSE,
            _ => 0,
        };
        let before_blank = if matches!(at, b' ' | b'{' | b'%' | b'[' | b'=' | b'@' | b'|') { BLANK } else { 0 };
        let before_trim = if matches!(at, b'{' | b'%') { TRIM } else { 0 };
        let before_close = if matches!(at, b'%' | b'}' | b']' | b'|') { CLOSE } else { 0 };
        marks[at as usize] = own | (SPECIAL | before_blank | before_trim | before_close) << 4;
        at += 1;
    }
    marks
};

fn marks(byte: u8) -> u8 {
    MARKS[usize::from(byte)]
}

/// How many bytes at the start of `rest` are white space.
fn blank_length(rest: &[u8]) -> usize {
    let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    rest.iter().position(|byte| !is_blank(byte)).unwrap_or(rest.len())
}

struct Folded {
    text: String,
}

impl Folded {
    fn plain(&mut self, run: &str) {
        let start = self.text.len();
        self.text.push_str(run);
        if let Some(run) = self.text.get_mut(start..) {
            run.make_ascii_lowercase();
        }
    }

    fn ends_with_one_of(&self, last: &[u8]) -> bool {
        self.text.as_bytes().last().is_some_and(|byte| last.contains(byte))
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            if !self.text.is_empty() && !self.text.ends_with(' ') && !self.is_open() {
                self.text.push(' ');
            }
            return;
        }
        // `{{-`, `{%-`, `<%-`, `{{~`: trim marks say nothing about the meaning
        if matches!(c, '-' | '~')
            && self.ends_with_one_of(b"{%")
            && ["{{", "{%", "<%"].iter().any(|open| self.text.ends_with(open))
        {
            return;
        }
        self.close(c);
        if c.is_ascii() {
            self.text.push(c.to_ascii_lowercase());
        } else {
            self.text.extend(c.to_lowercase());
        }
    }

    /// Whether the text ends with an opening delimiter, behind which blanks say nothing.
    fn is_open(&self) -> bool {
        self.ends_with_one_of(b"{%[=@|")
            && ["{{", "{%", "[[", "<%", "<%=", "<%@", "*|", "%%[", "%%=", "${", "$["]
                .iter()
                .any(|open| self.text.ends_with(open))
    }

    /// Before the second character of a closing delimiter, drops the blank and the trim mark in front of its first.
    fn close(&mut self, c: char) {
        let first = match c {
            '}' if self.text.ends_with('%') => '%',
            '}' if self.text.ends_with('}') => '}',
            '>' if self.text.ends_with('%') => '%',
            ']' if self.text.ends_with(']') => ']',
            '*' if self.text.ends_with('|') => '|',
            _ => return,
        };
        // all of a short run of closing braces, so that `x }}}` loses its blank as well
        let run = self.text.chars().rev().take(4).take_while(|last| *last == first).count();
        if run > 3 || (run > 1 && first != '}') {
            return;
        }
        let inner = self.text.get(..self.text.len() - run).unwrap_or_default();
        let inner = inner.trim_end_matches(' ');
        let inner = inner.strip_suffix(['-', '~']).unwrap_or(inner).trim_end_matches(' ');
        let length = inner.len();
        self.text.truncate(length);
        self.text.extend(std::iter::repeat_n(first, run));
    }
}

/// A percent-escape or an entity at the start of `text` of a character that delimiters are made of: the character and the length of its
/// escape in bytes.
pub fn escape(text: &str) -> Option<(char, usize)> {
    match text.as_bytes() {
        [b'%', high, low, ..] if high.is_ascii_digit() => {
            let digits = [high.to_ascii_lowercase(), low.to_ascii_lowercase()];
            let (_, c) = PERCENT.iter().find(|(code, _)| *code == digits)?;
            Some((*c, 3))
        }
        [b'&', ..] => {
            let end = text.bytes().take(9).position(|byte| byte == b';')?;
            let name = text.get(1..end)?;
            let is_it = |known: &&str| known.eq_ignore_ascii_case(name);
            let (_, c) = ENTITIES.iter().find(|(names, _)| names.iter().any(is_it))?;
            Some((*c, end + 1))
        }
        _ => None,
    }
}

const PERCENT: [([u8; 2], char); 14] = [
    (*b"20", ' '),
    (*b"22", '"'),
    (*b"23", '#'),
    (*b"24", '$'),
    (*b"25", '%'),
    (*b"27", '\''),
    (*b"2a", '*'),
    (*b"3c", '<'),
    (*b"3e", '>'),
    (*b"5b", '['),
    (*b"5d", ']'),
    (*b"7b", '{'),
    (*b"7c", '|'),
    (*b"7d", '}'),
];

const ENTITIES: [(&[&str], char); 13] = [
    (&["lt", "#60", "#x3c"], '<'),
    (&["gt", "#62", "#x3e"], '>'),
    (&["quot", "#34", "#x22"], '"'),
    (&["apos", "#39", "#x27"], '\''),
    (&["amp", "#38", "#x26"], '&'),
    (&["nbsp", "#160", "#xa0"], ' '),
    (&["lbrace", "lcub", "#123", "#x7b"], '{'),
    (&["rbrace", "rcub", "#125", "#x7d"], '}'),
    (&["lbrack", "lsqb", "#91", "#x5b"], '['),
    (&["rbrack", "rsqb", "#93", "#x5d"], ']'),
    (&["vert", "verbar", "#124", "#x7c"], '|'),
    (&["percnt", "#37", "#x25"], '%'),
    (&["ast", "#42", "#x2a"], '*'),
];

/// Words of 64 bits in the bit set of needles' first four bytes.
pub const HEAD_WORDS: usize = 256;

/// The bit of four bytes in that set, whatever their case.
#[inline]
pub fn head_bit(head: [u8; 4]) -> usize {
    // without the bit in which small and capital letters differ
    let hash = (u32::from_le_bytes(head) | 0x2020_2020).wrapping_mul(0x9E37_79B1);
    (hash >> 18) as usize % (HEAD_WORDS * 64)
}

#[cfg(test)]
mod tests {
    use super::{Folded, escape, fold};
    use proptest::prelude::*;

    /// Each character looked at: what runs only make faster.
    fn plainly(text: &str) -> String {
        let mut out = Folded { text: String::new() };
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (c, length) = escape(rest).unwrap_or((c, c.len_utf8()));
            out.push(c);
            rest = &rest[length..];
        }
        out.text
    }

    proptest! {
        #[test]
        fn runs_are_folded_as_their_characters_are(text in "([aA7bBdD]|[{}%\\[\\]=@|*~<>#&;-]|[ \n]|%7B|&lt;|&#125;|é|\u{2028}){0,40}") {
            prop_assert_eq!(fold(&text), plainly(&text));
        }
    }
}
