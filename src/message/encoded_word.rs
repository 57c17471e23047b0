//! Encoded words (RFC 2047): where they stand in a raw field body, and what bytes and charset they hold.

use super::charset::Charset;
use super::transfer;
use crate::source::OffsetMap;
use std::ops::Range;

/// `=?charset?B?text?=` in a raw field body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EncodedWord {
    /// All of it.
    pub range: Range<usize>,
    /// The charset as written, without a language (RFC 2231 §5).
    pub charset: Range<usize>,
    /// `B`; else `Q`.
    pub base64: bool,
    /// The encoded text.
    pub text: Range<usize>,
}

/// Longest charset name taken for one; the standard ones are shorter.
const CHARSET: usize = 60;

impl EncodedWord {
    /// The encoded word that begins at `at`, if one does. Blanks inside the text, which some senders leave there, are let pass.
    pub fn at(raw: &[u8], at: usize) -> Option<Self> {
        let rest = raw.get(at..)?.strip_prefix(b"=?")?;
        let charset_len = memchr::memchr(b'?', &rest[..rest.len().min(CHARSET)])?;
        let charset = &rest[..charset_len];
        if charset.is_empty() || !charset.iter().all(u8::is_ascii_graphic) {
            return None;
        }
        let [b'?', encoding, b'?', text @ ..] = &rest[charset_len..] else {
            return None;
        };
        let base64 = match encoding {
            b'B' | b'b' => true,
            b'Q' | b'q' => false,
            _ => return None,
        };
        let length = text_len(text)?;
        if base64 && !text[..length].iter().all(|&byte| byte.is_ascii_alphanumeric() || b"+/= \t\r\n".contains(&byte)) {
            return None;
        }
        let named = memchr::memchr(b'*', charset).unwrap_or(charset_len);
        let start = at + 2 + charset_len + 3;
        Some(Self {
            range: at..start + length + 2,
            charset: at + 2..at + 2 + named,
            base64,
            text: start..start + length,
        })
    }

    /// The label of its charset.
    pub fn label<'r>(&self, raw: &'r [u8]) -> &'r str {
        std::str::from_utf8(&raw[self.charset.clone()]).unwrap_or_default()
    }

    /// The bytes that it holds, and the way from them to the raw field body.
    pub fn decode(&self, raw: &[u8]) -> (Vec<u8>, OffsetMap) {
        let mut map = OffsetMap::default();
        let text = &raw[self.text.clone()];
        let bytes =
            if self.base64 { transfer::base64(text, Some(&mut map)) } else { transfer::q_word(text, Some(&mut map)) };
        for run in &mut map.runs {
            run.encoded_start += self.text.start as u32;
        }
        (bytes, map)
    }
}

/// Length of the text up to `?=`; `None` if another word begins before it ends.
fn text_len(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b'?', &text[from..])?;
        if text.get(at + 1) == Some(&b'=') {
            return Some(at);
        }
        if at > 0 && text[at - 1] == b'=' {
            return None;
        }
        from = at + 1;
    }
}

/// `text` as encoded words of at most 75 characters (RFC 2047 §2) in `charset`; the first has at most `first` characters, if that is possible at all.
/// `None` where the charset can't write the text.
pub(crate) fn encode(text: &str, charset: Charset, label: &str, base64: bool, first: usize) -> Option<Vec<Vec<u8>>> {
    let frame = label.len() + "=????==".len();
    let mut words: Vec<Vec<u8>> = Vec::new();
    let mut pending = Vec::new();
    for character in text.chars() {
        let bytes = charset.encode(character.encode_utf8(&mut [0; 4]))?;
        let limit = if words.is_empty() { first.clamp(frame + 12, 75) } else { 75 };
        let longer = [pending.as_slice(), &bytes].concat();
        if !pending.is_empty() && frame + encoded_text(&longer, base64).len() > limit {
            words.push(framed(&pending, label, base64));
            pending = bytes;
        } else {
            pending = longer;
        }
    }
    if !pending.is_empty() {
        words.push(framed(&pending, label, base64));
    }
    Some(words)
}

fn framed(bytes: &[u8], label: &str, base64: bool) -> Vec<u8> {
    let letter = if base64 { "B" } else { "Q" };
    [b"=?", label.as_bytes(), b"?", letter.as_bytes(), b"?", &encoded_text(bytes, base64), b"?="].concat()
}

fn encoded_text(bytes: &[u8], base64: bool) -> Vec<u8> {
    if base64 {
        return transfer::to_base64(bytes);
    }
    let mut encoded = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b' ' => encoded.push(b'_'),
            // RFC 2047 §5 (3): what is allowed in a phrase is allowed everywhere
            b'!' | b'*' | b'+' | b'-' | b'/' => encoded.push(byte),
            _ if byte.is_ascii_alphanumeric() => encoded.push(byte),
            _ => encoded.extend_from_slice(&transfer::escape(byte)),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(raw: &str) -> Option<String> {
        let word = EncodedWord::at(raw.as_bytes(), 0)?;
        let charset = Charset::labelled(word.label(raw.as_bytes()))?;
        Some(charset.decode(&word.decode(raw.as_bytes()).0).0.into_owned())
    }

    #[test]
    fn words_are_read() {
        for (raw, text) in [
            ("=?utf-8?Q?caf=C3=A9_x?=", Some("café x")),
            ("=?UTF-8?b?Y2Fmw6k=?=", Some("café")),
            ("=?utf-8*fr?Q?caf=C3=A9?=", Some("café")),
            ("=?iso-8859-1?Q?what?_now?=", Some("what? now")),
            ("=?utf-8?Q?two words?=", Some("two words")),
            ("=?utf-8?Q??=", Some("")),
            ("=?utf-8?X?abc?=", None),
            ("=?utf-8?Q?open", None),
            ("=?utf-8?Q?open =?utf-8?Q?closed?=", None),
            ("=?utf-8?B?no*base64?=", None),
            ("=??Q?abc?=", None),
        ] {
            assert_eq!(decoded(raw).as_deref(), text, "{raw}");
        }
    }

    #[test]
    fn written_words_are_no_longer_than_the_standard_allows_and_read_back() {
        let text = "Größe, naïve Œuvre, Прайс und so weiter, bis die Zeile zu lang ist 日本語";
        for base64 in [false, true] {
            let words = encode(text, Charset::UTF_8, "utf-8", base64, 40).unwrap_or_default();
            assert!(words.len() > 1);
            assert!(words.iter().all(|word| word.len() <= 75), "{words:?}");
            let back: String = words.iter().filter_map(|word| decoded(std::str::from_utf8(word).ok()?)).collect();
            assert_eq!(back, text);
        }
    }
}
