//! Makes text from a message fit for a terminal: what would steer it, or hide in it, is shown instead of sent.
//!
//! Every report for people passes all that it prints through here.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Combining marks in a row that are let through; more would paint over the lines around them.
const STACKED: usize = 4;

/// `text` on one line, with control, zero-width and bidirectional characters shown: `␛`, `<U+202E>`; a tab as 4 blanks.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_printable(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(Shown::new(text).text)
}

/// ASCII that is seen as it is, one column a byte: nearly all that is ever printed, so that all that looks at characters asks this first.
pub(crate) fn is_printable(text: &str) -> bool {
    // without a way out in the middle the compiler looks at many bytes at once
    let all = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    text.as_bytes().chunks(64).all(all)
}

/// Columns that visible text takes; wide characters (CJK, most emoji) take two.
pub fn width(visible: &str) -> usize {
    if is_printable(visible) {
        return visible.len();
    }
    visible.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// Columns that `character` takes once it is visible.
pub(crate) fn columns(character: char) -> usize {
    match character {
        ' '..='~' => 1,
        '\t' => 4,
        _ if is_hidden(character) => width(&escape(character)),
        _ => character.width().unwrap_or(1),
    }
}

/// Visible text that remembers where each character of the raw text went.
#[derive(Debug)]
pub(crate) struct Shown {
    /// The visible text.
    pub text: String,
    /// Byte offset in the raw text, byte offset in the visible text; one pair a character and one for the end. Nothing where the texts are the same.
    offsets: Option<Vec<(usize, usize)>>,
}

impl Shown {
    pub(crate) fn new(raw: &str) -> Self {
        if is_printable(raw) {
            return Self { text: raw.to_owned(), offsets: None };
        }
        let (mut shown, mut offsets) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len() + 1));
        let mut previous = None;
        let mut stacked = 0;
        for (at, character) in raw.char_indices() {
            offsets.push((at, shown.len()));
            let zero_width = character.width() == Some(0);
            stacked = if zero_width { stacked + 1 } else { 0 };
            match character {
                '\t' => shown.push_str("    "),
                // the selectors of text and emoji style only choose a picture, and would make widths uncertain
                '\u{FE0E}' | '\u{FE0F}' if previous.is_some_and(is_symbol) => {}
                _ if is_hidden(character) || stacked > STACKED => shown.push_str(&escape(character)),
                _ => shown.push(character),
            }
            previous = Some(character);
        }
        offsets.push((raw.len(), shown.len()));
        Self { text: shown, offsets: Some(offsets) }
    }

    /// The visible offset of the raw offset `raw` (bytes), or of the character after it.
    pub(crate) fn at(&self, raw: usize) -> usize {
        let Some(offsets) = &self.offsets else { return raw.min(self.text.len()) };
        let index = offsets.partition_point(|&(at, _)| at < raw);
        offsets.get(index).map_or(self.text.len(), |&(_, visible)| visible)
    }
}

/// What is shown in place of a hidden character.
fn escape(character: char) -> String {
    match character as u32 {
        // the pictures of the C0 controls, U+2400 and up
        code @ 0..=0x1F => char::from_u32(0x2400 + code).unwrap_or('␀').to_string(),
        0x7F => '␡'.to_string(),
        code => format!("<U+{code:04X}>"),
    }
}

/// Whether an emoji variation selector may stand behind it: symbols, dingbats, pictographs, and `©`, `®`.
fn is_symbol(character: char) -> bool {
    matches!(character, '©' | '®' | '\u{2010}'..='\u{2BFF}' | '\u{3030}'..='\u{303D}' | '\u{3297}'..='\u{3299}'
        | '\u{1F000}'..='\u{1FAFF}')
        && !is_hidden(character)
}

/// Whether a character steers a terminal or is not to be seen: controls, line separators, and what Unicode calls
/// default ignorable (zero-width, bidirectional, fillers, tags).
pub(crate) fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}'
        | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_are_pictures() {
        assert_eq!(visible("\x1b[31mred\x07\r\n\0\x7f"), "␛[31mred␇␍␊␀␡");
        assert_eq!(visible("\u{9b}31m\u{85}"), "<U+009B>31m<U+0085>");
        assert_eq!(visible("a\tb"), "a    b");
    }

    #[test]
    fn what_hides_or_turns_text_around_is_named() {
        assert_eq!(visible("moc.\u{202e}evil\u{2066}"), "moc.<U+202E>evil<U+2066>");
        assert_eq!(visible("un\u{200b}sub\u{ad}scribe\u{feff}"), "un<U+200B>sub<U+00AD>scribe<U+FEFF>");
        assert_eq!(visible("\u{e0041}\u{2028}\u{3164}"), "<U+E0041><U+2028><U+3164>");
    }

    #[test]
    fn honest_text_stays() {
        for text in ["Grüße aus Köln", "cafe\u{301}", "日本語", "שלום", "50 % off 🎉", "\u{a0}", "\u{fffd}"]
        {
            assert_eq!(visible(text), text);
        }
    }

    #[test]
    fn an_emoji_may_choose_its_picture_but_a_letter_may_not() {
        assert_eq!(visible("❤\u{fe0f}"), "❤");
        assert_eq!(visible("a\u{fe0f}"), "a<U+FE0F>");
    }

    #[test]
    fn a_pile_of_combining_marks_is_cut() {
        assert_eq!(visible(&format!("e{}", "\u{301}".repeat(5))), format!("e{}<U+0301>", "\u{301}".repeat(4)));
    }

    #[test]
    fn widths_are_those_of_a_terminal() {
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(columns('\u{202e}'), 8);
    }

    #[test]
    fn offsets_lead_from_raw_to_visible() {
        let plain = Shown::new("plain");
        assert_eq!([0, 3, 5, 9].map(|raw| &plain.text[..plain.at(raw)]), ["", "pla", "plain", "plain"]);
        let shown = Shown::new("a\u{202e}b");
        assert_eq!([0, 1, 4, 5].map(|raw| &shown.text[..shown.at(raw)]), ["", "a", "a<U+202E>", "a<U+202E>b"]);
    }

    proptest! {
        #[test]
        fn widths_are_those_of_the_characters(text in any::<String>(), plain in "[ -~]{0,20}") {
            for text in [text, plain] {
                let counted: usize = text.chars().map(|character| character.width().unwrap_or(0)).sum();
                prop_assert_eq!(width(&text), counted, "{:?}", text);
            }
        }

        #[test]
        fn nothing_that_steers_gets_through_and_twice_is_as_good_as_once(text in any::<String>()) {
            let once = visible(&text).into_owned();
            prop_assert!(!once.chars().any(is_hidden), "{once:?}");
            prop_assert_eq!(visible(&once), once.as_str());
        }
    }
}
