//! Documents made up at random, the same ones for the same seed: soups of tokens, and whole pages with things changed in them.

use super::super::faithful::TRICKY;
use super::super::soup::TOKENS;

/// What soups have besides [`TOKENS`]: beginnings, ends and things inside that only a tokenizer minds.
const PIECES: &[&str] = &[
    "<!-",
    "<!--",
    "<!---",
    "<!-->",
    "--",
    "-",
    "!",
    "--!",
    "--->",
    "<!doctype",
    "<!DOCTYPE html PUBLIC \"",
    "<!doctype a system 'b'>",
    "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' \"x\">",
    "<![cdata[",
    "]",
    "]]",
    "<script><!--",
    "<!--<script>",
    "<scRipt ",
    "</Script/",
    "</script\n",
    "</style x",
    "</STYLE\t>",
    "</title",
    "</textarea/>",
    "</xmp>",
    "<xmp>",
    "<noembed>",
    "<noframes>",
    "</noframes>",
    "&#",
    "&#x",
    "&#x1F600;",
    "&#128;",
    "&#0;",
    "&#xD800",
    "&#99999999999;",
    "&notin;",
    "&notit;",
    "&am",
    "&AMP",
    "&lt;",
    "&gt",
    "&copy=",
    "&copyx",
    "&nbsp;",
    "&NotEqualTilde;",
    "&CounterClockwiseContourIntegral;",
    "&CounterClockwiseContourIntegralx",
    "&x",
    "&;",
    "a=\"",
    "a='",
    "a=",
    "A=b",
    "a=b/",
    " a",
    " a=\"x&lt;y\"",
    " B='\r\n&amp'",
    " c=&quot",
    "/",
    "/ >",
    "\t",
    "\x0c",
    "\u{a0}",
    "\u{feff}",
    "\u{1f600}",
    "é",
    "<é",
    "</é",
    "<1",
    "</1",
    "<A",
    "<div/",
    "<br/>",
    "<svg/>",
    "<svg><style>",
    "<svg><script>",
    "<math><annotation-xml encoding=text/html>",
    "<desc>",
    "<pre>",
    "<pre>\n",
    "<pre>&#10;",
    "<listing>\r\n",
    "<textarea>\n",
    "<o:p\0>",
    "</o\0:p>",
    "`",
    "<a\0b=\0>",
    "\r\r\n",
    "<a b=c b=d B>",
    "<mj-text>",
    "<meta charset=utf-8>",
];

/// Texts that are cut off everywhere.
pub(super) const WHOLE: &[&str] = TRICKY;

/// A sequence of documents (SplitMix64 decides).
pub(super) struct Documents(u64);

impl Documents {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    pub(super) fn next(&mut self) -> String {
        match self.below(4) {
            0 => self.changed(),
            _ => self.soup(),
        }
    }

    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.number() % end as u64) as usize
    }

    fn token(&mut self) -> &'static str {
        match self.below(TOKENS.len() + PIECES.len()) {
            at if at < TOKENS.len() => TOKENS[at],
            at => PIECES[at - TOKENS.len()],
        }
    }

    fn soup(&mut self) -> String {
        (0..self.below(30)).map(|_| self.token()).collect()
    }

    /// One of the tricky texts, or two, with pieces taken out, doubled and put in.
    fn changed(&mut self) -> String {
        let mut text = TRICKY[self.below(TRICKY.len())].to_owned() + TRICKY[self.below(TRICKY.len())];
        for _ in 0..1 + self.below(4) {
            let (a, b) = (self.place(&text), self.place(&text));
            match self.below(4) {
                0 => text.replace_range(a.min(b)..a.max(b), ""),
                1 => text.insert_str(a, self.token()),
                2 => text.truncate(a),
                _ => {
                    let piece = text[a.min(b)..a.max(b)].to_owned();
                    let at = self.place(&text);
                    text.insert_str(at, &piece);
                }
            }
        }
        text
    }

    fn place(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }
}
