//! What begins with `<!`, and bogus comments (HTML §13.2.5.41 to .71).

use super::super::entity::Place;
use super::doctype::doctype;
use super::{Next, Sink, Tokenizer};

const CDATA: &str = "[CDATA[";

impl<S: Sink> Tokenizer<'_, S> {
    /// What opens with the `<!` at `open`.
    pub(super) fn declaration(&mut self, open: usize) -> Next {
        let rest = self.text.get(open + 2..).unwrap_or_default();
        if rest.starts_with("--") {
            return self.comment(open);
        }
        if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case("doctype")) {
            return self.doctype(open);
        }
        if rest.starts_with(CDATA) && self.sink.is_foreign() {
            return self.cdata(open);
        }
        self.bogus_comment(open, open + 2)
    }

    /// A comment that ends at the first `>`; its inside begins at `inside`.
    pub(super) fn bogus_comment(&mut self, open: usize, inside: usize) -> Next {
        let (end, behind) = self.first(inside, ">");
        self.emit_comment(open, inside, end, end, behind)
    }

    fn comment(&mut self, open: usize) -> Next {
        let inside = open + 4;
        let rest = self.text.get(inside..).unwrap_or_default();
        // Closed at once.
        for closing in [">", "->"] {
            if rest.starts_with(closing) {
                return self.emit_comment(open, inside, inside, inside, inside + closing.len());
            }
        }
        match closing(rest) {
            Some((length, closing)) => {
                let end = inside + length;
                self.emit_comment(open, inside, end, end, end + closing)
            }
            None => {
                // Cut off by the end of the text, what may be the beginning of its close is none of it.
                let cut = ["--!", "--", "-"].into_iter().find_map(|close| rest.strip_suffix(close)).unwrap_or(rest);
                self.emit_comment(open, inside, inside + cut.len(), self.text.len(), self.text.len())
            }
        }
    }

    /// A comment whose text ends at `end`, whose inside as the source has it ends at `inside_end`, and which ends at `behind`.
    fn emit_comment(&mut self, open: usize, inside: usize, end: usize, inside_end: usize, behind: usize) -> Next {
        let text = self.decoded(inside..end, Place::Raw);
        self.at = behind;
        self.sink.comment(text, open..behind, inside..inside_end);
        Next::Data
    }

    /// A doctype ends at the first `>`, even in quotes.
    fn doctype(&mut self, open: usize) -> Next {
        let (_, behind) = self.first(open, ">");
        let doctype = doctype(self.text.get(open..behind).unwrap_or_default());
        self.at = behind;
        self.sink.doctype(doctype, open..behind);
        Next::Data
    }

    fn cdata(&mut self, open: usize) -> Next {
        let inside = open + 2 + CDATA.len();
        let (end, behind) = self.first(inside, "]]>");
        self.characters_and_nulls(inside..end, Place::Raw);
        self.at = behind;
        self.sink.break_text(open..behind, Some(inside..end));
        Next::Data
    }

    /// Where `closing` begins and ends at or behind `from`; the end of the text without it.
    fn first(&self, from: usize, closing: &str) -> (usize, usize) {
        let found = self.text.get(from..).and_then(|rest| memchr::memmem::find(rest.as_bytes(), closing.as_bytes()));
        found.map_or((self.text.len(), self.text.len()), |length| (from + length, from + length + closing.len()))
    }
}

/// How long a comment is and how long its close: `-->` or `--!>`.
fn closing(rest: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        at += memchr::memmem::find(rest.as_bytes().get(at..)?, b"--")?;
        match rest.as_bytes().get(at + 2..)? {
            [b'>', ..] => return Some((at, 3)),
            [b'!', b'>', ..] => return Some((at, 4)),
            _ => at += 1,
        }
    }
}
