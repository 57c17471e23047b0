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
    /// In order; what lies before them is as in the source.
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

    /// The piece that a folded byte is in, and the one behind it.
    fn piece_at(&self, folded: usize) -> (Piece, Option<&Piece>) {
        const FIRST: Piece = Piece { folded: 0, source: 0, same: true };
        let behind = self.pieces.partition_point(|piece| piece.folded <= folded);
        let piece = behind.checked_sub(1).and_then(|index| self.pieces.get(index));
        (piece.copied().unwrap_or(FIRST), self.pieces.get(behind))
    }

    fn source_start(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.source_len;
        }
        match self.piece_at(folded).0 {
            piece if piece.same => piece.source + (folded - piece.folded),
            piece => piece.source,
        }
    }

    fn source_end(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.source_len;
        }
        match self.piece_at(folded) {
            (piece, _) if piece.same || piece.folded == folded => piece.source + (folded - piece.folded),
            (_, next) => next.map_or(self.source_len, |next| next.source),
        }
    }
}

/// Folds `text`. Linear.
pub fn fold(text: &str) -> Folded {
    let mut folder =
        Folder { out: Vec::with_capacity(text.len() + 8), pieces: Vec::new(), last: None, scratch: String::new() };
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += folder.run(at, rest.as_bytes());
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        if character.is_ascii() {
            folder.ascii(at, character);
        } else {
            folder.other(at, character);
        }
        at += character.len_utf8();
    }
    let text_of =
        |bytes| String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into());
    Folded { text: text_of(folder.out), pieces: folder.pieces, source_len: text.len() }
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

/// Eight bytes with the capital letters of ASCII in lower case.
#[inline]
fn lower(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let low = eight & !HIGH;
    let capital = (low + (0x80 - u64::from(b'A')) * ONES) & !(low + (0x7F - u64::from(b'Z')) * ONES) & !eight & HIGH;
    eight | capital >> 2
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
    /// UTF-8.
    out: Vec<u8>,
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

    /// Takes the bytes at the start of `rest` that stay but for their case: letters and their like, and a single blank between them. Says how many.
    fn run(&mut self, source: usize, rest: &[u8]) -> usize {
        let folded = self.out.len();
        let length = self.take_run(rest);
        if length > 0 {
            self.place(folded, source, true);
            self.last = Some((folded + length - 1, source + length - 1));
        }
        length
    }

    fn take_run(&mut self, rest: &[u8]) -> usize {
        let start = self.out.len();
        let mut before = self.out.last().copied().unwrap_or(b' ');
        let mut at = 0;
        while let Some(bytes) = rest.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let eight = u64::from_le_bytes(*bytes);
            self.out.extend_from_slice(&lower(eight).to_le_bytes());
            let stops = stops(eight, before == b' ');
            if stops != 0 {
                at += stops.trailing_zeros() as usize / 8;
                self.out.truncate(start + at);
                return at;
            }
            before = bytes[7];
            at += 8;
        }
        for &byte in rest.get(at..).unwrap_or_default() {
            if !STAYS[usize::from(byte)] && (byte != b' ' || before == b' ') {
                return at;
            }
            self.out.push(byte.to_ascii_lowercase());
            before = byte;
            at += 1;
        }
        at
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
        let base = self.scratch.chars().next_back().or_else(|| self.last_character());
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
        let base = self.out.get(folded..).and_then(|tail| std::str::from_utf8(tail).ok()?.chars().next());
        let Some(composed) = base.and_then(|base| compose(base, mark)) else { return false };
        self.out.truncate(folded);
        self.pieces.retain_from_end(folded);
        self.pieces.push(Piece { folded, source, same: false });
        self.push(composed);
        true
    }

    fn push(&mut self, character: char) {
        self.out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn last_character(&self) -> Option<char> {
        let (last, _) = self.last?;
        std::str::from_utf8(self.out.get(last..)?).ok()?.chars().next_back()
    }

    fn blank(&mut self, at: usize, length: usize) {
        if matches!(self.out.last(), None | Some(b' ')) {
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
        let folded = self.out.len();
        self.place(folded, at, true);
        self.last = Some((folded, at));
        self.push(character);
    }

    fn push_scratch(&mut self, at: usize, length: usize) {
        let last = self.scratch.chars().next_back().map_or(0, char::len_utf8);
        self.place(self.out.len(), at, last == length && self.scratch.len() == length);
        self.out.extend_from_slice(self.scratch.as_bytes());
        self.last = Some((self.out.len() - last, at));
    }

    /// Opens a piece at the folded offset for what comes from `source`, unless it continues the last one.
    fn place(&mut self, folded: usize, source: usize, same: bool) {
        let continues = same
            && match self.pieces.last() {
                Some(piece) => piece.same && piece.source + (folded - piece.folded) == source,
                None => folded == source,
            };
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
