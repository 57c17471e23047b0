//! Brings text and phrases to one spelling, and remembers which bytes of the given text each folded byte comes from.
//!
//! Shared with the build, which folds the phrases: both sides must agree to the letter.

use std::ops::Range;

use unicode_normalization::char::{compose, decompose_compatible};

/// Text in one spelling: compatibility forms resolved, lower case, no diacritics, single blanks, plain quotes and dashes.
#[derive(Debug)]
pub struct Folded {
    /// What phrases are looked up in.
    pub text: String,
    pieces: Vec<Piece>,
    source_len: usize,
}

/// Where a stretch of folded text comes from. It ends where the next one begins.
#[derive(Debug, Clone, Copy)]
struct Piece {
    folded: usize,
    source: usize,
    /// Byte for byte as long as its source; else it stands for one character (with what was dropped behind it).
    same: bool,
}

impl Folded {
    /// The bytes of the source that a range of the folded text stands for, on character boundaries of the source.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        start..self.source_end(range.end).max(start)
    }

    fn piece_at(&self, folded: usize) -> Option<(usize, Piece)> {
        let index = self.pieces.partition_point(|piece| piece.folded <= folded).checked_sub(1)?;
        Some((index, *self.pieces.get(index)?))
    }

    fn source_start(&self, folded: usize) -> usize {
        match self.piece_at(folded) {
            Some(_) if folded >= self.text.len() => self.source_len,
            Some((_, piece)) if piece.same => piece.source + (folded - piece.folded),
            Some((_, piece)) => piece.source,
            None => 0,
        }
    }

    fn source_end(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.source_len;
        }
        match self.piece_at(folded) {
            Some((_, piece)) if piece.same || piece.folded == folded => piece.source + (folded - piece.folded),
            Some((index, _)) => self.pieces.get(index + 1).map_or(self.source_len, |next| next.source),
            None => 0,
        }
    }
}

/// Folds `text`. Linear.
pub fn fold(text: &str) -> Folded {
    let mut folder =
        Folder { out: String::with_capacity(text.len()), pieces: Vec::new(), last: None, scratch: String::new() };
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let run = run_length(rest.as_bytes(), folder.out.as_bytes().last().copied());
        if run > 0 {
            folder.run(at, rest.get(..run).unwrap_or_default());
            at += run;
            continue;
        }
        let Some(character) = rest.chars().next() else { break };
        if character.is_ascii() {
            folder.ascii(at, character);
        } else {
            folder.other(at, character);
        }
        at += character.len_utf8();
    }
    Folded { text: folder.out, pieces: folder.pieces, source_len: text.len() }
}

/// How many bytes at the start of `rest` stay but for their case: letters and their like, and a single blank between them. `last` is the folded byte
/// before them.
fn run_length(rest: &[u8], last: Option<u8>) -> usize {
    let mut before = last.unwrap_or(b' ');
    let mut at = 0;
    while let Some(eight) = rest.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let stops = stops(u64::from_le_bytes(*eight), before == b' ');
        if stops != 0 {
            return at + stops.trailing_zeros() as usize / 8;
        }
        before = eight[7];
        at += 8;
    }
    for &byte in rest.get(at..).unwrap_or_default() {
        if !STAYS[usize::from(byte)] && (byte != b' ' || before == b' ') {
            return at;
        }
        before = byte;
        at += 1;
    }
    at
}

/// Which of eight bytes, the first one lowest, do not simply stay: the lowest bit that is set is the highest one of the first of them. Behind it others
/// may be set. Control characters, which are seldom, count as if they did not stay.
#[inline]
fn stops(eight: u64, is_behind_blank: bool) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let below_blank = eight.wrapping_sub(u64::from(b' ') * ONES) & !eight;
    let is = |byte: u8| {
        let differs = eight ^ (u64::from(byte) * ONES);
        differs.wrapping_sub(ONES) & !differs
    };
    // exactly the blanks, for they count only behind one another
    let differs = eight ^ (u64::from(b' ') * ONES);
    let blanks = !(((differs & !HIGH) + !HIGH) | differs) & HIGH;
    let doubled = blanks & (blanks << 8 | if is_behind_blank { 0x80 } else { 0 });
    (eight | below_blank | is(b',') | is(b'`')) & HIGH | doubled
}

/// ASCII that stays but for its case.
const STAYS: [bool; 256] = {
    let mut stays = [false; 256];
    let mut at = 0;
    while at < 128 {
        stays[at] = !matches!(at as u8, b' ' | b'\t' | b'\n' | b'\r' | b'\x0b' | b'\x0c' | b',' | b'`');
        at += 1;
    }
    stays
};

struct Folder {
    out: String,
    pieces: Vec<Piece>,
    /// Folded and source offset of the last character in `out`, for a mark that composes with it.
    last: Option<(usize, usize)>,
    scratch: String,
}

impl Folder {
    fn ascii(&mut self, at: usize, character: char) {
        match character {
            // a comma is often left out or set differently: "sie erhalten diese Mail, weil"
            ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' | ',' => self.blank(at, 1),
            '`' => self.push_same(at, '\''),
            _ => self.push_same(at, character.to_ascii_lowercase()),
        }
    }

    /// Some bytes in a row that stay but for their case.
    fn run(&mut self, at: usize, run: &str) {
        self.place(at, true);
        let start = self.out.len();
        self.out.push_str(run);
        if let Some(run) = self.out.get_mut(start..) {
            run.make_ascii_lowercase();
        }
        self.last = Some((self.out.len() - 1, at + run.len() - 1));
    }

    fn other(&mut self, at: usize, character: char) {
        let length = character.len_utf8();
        if character.is_whitespace() {
            return self.blank(at, length);
        }
        if is_dropped(character) {
            return;
        }
        self.scratch.clear();
        if let Some(plain) = plain_letter(character) {
            self.scratch.push(plain);
            return self.push_scratch(at, length);
        }
        if let Some(plain) = punctuation(character) {
            self.scratch.push(plain);
        } else if is_hangul_syllable(character) {
            self.scratch.push(character);
        } else {
            decompose_compatible(character, |part| {
                for lower in part.to_lowercase() {
                    self.letter(lower);
                }
            });
        }
        match self.scratch.as_str() {
            "" => {}
            " " | "," => self.blank(at, length),
            _ => self.push_scratch(at, length),
        }
    }

    /// One fully decomposed, lower-case character into `scratch`, or into the last character of `out` where it composes with it.
    fn letter(&mut self, letter: char) {
        match letter {
            'ß' => self.scratch.push_str("ss"),
            'æ' => self.scratch.push_str("ae"),
            'œ' => self.scratch.push_str("oe"),
            'þ' => self.scratch.push_str("th"),
            'ı' => self.scratch.push('i'),
            'ø' => self.scratch.push('o'),
            'đ' | 'ð' => self.scratch.push('d'),
            'ł' => self.scratch.push('l'),
            'ς' => self.scratch.push('σ'),
            // Arabic and Persian letters that keyboards and habits swap
            'ٱ' => self.scratch.push('ا'),
            'ى' | 'ی' => self.scratch.push('ي'),
            'ة' => self.scratch.push('ه'),
            'ک' => self.scratch.push('ك'),
            // Devanagari: candrabindu and anusvara are used for each other, the nukta is often left out
            '\u{901}' => self.scratch.push('\u{902}'),
            '\u{93C}' => {}
            // marks that make another letter: й ї ў, voiced kana, Hangul from its parts
            '\u{306}' | '\u{308}' | '\u{3099}' | '\u{309A}' => self.compose_or_drop(letter),
            '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}' => {
                if !self.compose_with_last(letter) {
                    self.scratch.push(letter);
                }
            }
            _ if is_mark(letter) => {}
            _ => self.scratch.push(letter),
        }
    }

    fn compose_or_drop(&mut self, mark: char) {
        let base = self.scratch.chars().next_back().or_else(|| self.out.chars().next_back());
        let keeps = match base {
            Some('и' | 'у') => mark == '\u{306}',
            Some('і') => mark == '\u{308}',
            _ => matches!(mark, '\u{3099}' | '\u{309A}'),
        };
        if keeps {
            self.compose_with_last(mark);
        }
    }

    fn compose_with_last(&mut self, mark: char) -> bool {
        if let Some(base) = self.scratch.pop() {
            let composed = compose(base, mark);
            self.scratch.push(composed.unwrap_or(base));
            return composed.is_some();
        }
        let Some((folded, source)) = self.last else { return false };
        let Some(composed) =
            self.out.get(folded..).and_then(|tail| tail.chars().next()).and_then(|base| compose(base, mark))
        else {
            return false;
        };
        self.out.truncate(folded);
        self.pieces.retain_from_end(folded);
        self.pieces.push(Piece { folded, source, same: false });
        self.out.push(composed);
        true
    }

    fn blank(&mut self, at: usize, length: usize) {
        if self.out.is_empty() || self.out.ends_with(' ') {
            return;
        }
        if length == 1 {
            self.push_same(at, ' ');
        } else {
            self.scratch.clear();
            self.scratch.push(' ');
            self.push_scratch(at, length);
        }
    }

    fn push_same(&mut self, at: usize, character: char) {
        self.place(at, true);
        self.last = Some((self.out.len(), at));
        self.out.push(character);
    }

    fn push_scratch(&mut self, at: usize, length: usize) {
        let last = self.scratch.chars().next_back().map_or(0, char::len_utf8);
        self.place(at, last == length && self.scratch.len() == length);
        self.out.push_str(&self.scratch);
        self.last = Some((self.out.len() - last, at));
    }

    /// Opens a piece for what is about to be written, unless it continues the last one.
    fn place(&mut self, source: usize, same: bool) {
        let folded = self.out.len();
        let continues = same
            && self.pieces.last().is_some_and(|piece| piece.same && piece.source + (folded - piece.folded) == source);
        if !continues {
            self.pieces.push(Piece { folded, source, same });
        }
    }
}

trait RetainFromEnd {
    fn retain_from_end(&mut self, folded: usize);
}

impl RetainFromEnd for Vec<Piece> {
    /// Removes the pieces at the end that begin at `folded` or behind it.
    fn retain_from_end(&mut self, folded: usize) {
        while self.last().is_some_and(|piece| piece.folded >= folded) {
            self.pop();
        }
    }
}

/// Soft hyphens, zero-width blanks and joiners, direction marks, variation selectors, the Arabic tatweel.
fn is_dropped(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{640}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// What the most usual letters beyond ASCII become, as [`Folder::letter`] would find out: of Latin-1, Russian and Chinese.
fn plain_letter(character: char) -> Option<char> {
    const LATIN: &[u8; 64] = b"aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y";
    match character {
        'À'..='ÿ' => {
            let plain = LATIN.get(character as usize - 'À' as usize).copied().map(char::from);
            plain.filter(|plain| *plain != '.')
        }
        'Й' | 'й' => None,
        'А'..='Я' => char::from_u32(character as u32 + 0x20),
        'а'..='я' | '\u{4E00}'..='\u{9FFF}' => Some(character),
        _ => None,
    }
}

fn punctuation(character: char) -> Option<char> {
    Some(match character {
        '’' | '‘' | '‚' | '‛' | 'ʼ' | 'ʹ' | '′' | '´' | '‹' | '›' | '׳' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '״' | '″' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{5BE}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '،' | '，' => ',',
        _ => return None,
    })
}

fn is_hangul_syllable(character: char) -> bool {
    ('\u{AC00}'..='\u{D7A3}').contains(&character)
}

/// Diacritics, Hebrew points and Arabic vowel signs; not the vowel signs of Indic scripts and Thai, which are letters there.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
            | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}'
    )
}
