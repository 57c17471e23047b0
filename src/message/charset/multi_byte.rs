//! The way from the text of a charset of several bytes a character back to them: Japanese, Chinese and Korean.

use crate::source::OffsetMap;
use encoding_rs::{BIG5, CoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS};

/// The map of `bytes` in `encoding`, by the lengths of its characters where they tell, else by its decoder.
pub(super) fn map(encoding: &'static Encoding, bytes: &[u8]) -> OffsetMap {
    map_by_lengths(encoding, bytes).unwrap_or_else(|| {
        let mut map = OffsetMap::default();
        map_by_decoder(encoding, bytes, &mut map);
        map
    })
}

/// Of a charset whose characters say by their first bytes how long they are: they are walked beside the text, which takes a tenth of what the decoder
/// byte by byte does. `None` where some bytes are no code, and where a code may be two characters (Big5 has four, each with one of two accents).
fn map_by_lengths(encoding: &'static Encoding, bytes: &[u8]) -> Option<OffsetMap> {
    let length_at = [(SHIFT_JIS, shift_jis_length as Length), (EUC_JP, euc_jp_length), (GBK, gb18030_length)]
        .into_iter()
        .chain([(GB18030, gb18030_length as Length), (BIG5, two_bytes), (EUC_KR, two_bytes)])
        .find_map(|(known, length_at)| (known == encoding).then_some(length_at))?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    if encoding == BIG5 && text.contains(['\u{304}', '\u{30C}']) {
        return None;
    }
    let mut map = OffsetMap::default();
    let (mut at, mut behind) = (0, &*text);
    loop {
        let rest = bytes.get(at..)?;
        let plain = Encoding::ascii_valid_up_to(rest).min(Encoding::ascii_valid_up_to(behind.as_bytes()));
        map.push_units(plain, 1, at, 1);
        at += plain;
        behind = &behind[plain..];
        let Some(character) = behind.chars().next() else { break };
        let length = length_at(bytes.get(at..)?);
        map.push(character.len_utf8(), at..at + length);
        at += length;
        behind = &behind[character.len_utf8()..];
    }
    (at == bytes.len()).then_some(map)
}

/// How long the code is that some bytes begin with.
type Length = fn(&[u8]) -> usize;

/// WHATWG Encoding §12.3.1.
fn shift_jis_length(bytes: &[u8]) -> usize {
    if matches!(bytes.first(), Some(0x80 | 0xA1..=0xDF)) { 1 } else { 2 }
}

/// WHATWG Encoding §12.1.1.
fn euc_jp_length(bytes: &[u8]) -> usize {
    if bytes.first() == Some(&0x8F) { 3 } else { 2 }
}

/// WHATWG Encoding §10.2.1.
fn gb18030_length(bytes: &[u8]) -> usize {
    match bytes {
        [0x80, ..] => 1,
        [_, b'0'..=b'9', ..] => 4,
        _ => 2,
    }
}

/// WHATWG Encoding §11.1.1 and §13.1.1.
fn two_bytes(_: &[u8]) -> usize {
    2
}

/// Feeds the decoder byte by byte: what it puts out at once is one unit, made of the bytes since the last one. In ISO-2022-JP all that stands between an
/// escape sequence and the return to ASCII is one unit, for only together they can be decoded. That, and ASCII, it is fed in stretches.
fn map_by_decoder(encoding: &'static Encoding, bytes: &[u8], map: &mut OffsetMap) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut feed = |bytes: &[u8], last: bool| {
        let mut buffer = [0u8; 256];
        let (mut fed, mut written) = (0, 0);
        loop {
            let (result, read, length, _) = decoder.decode_to_utf8(&bytes[fed..], &mut buffer, last);
            (fed, written) = (fed + read, written + length);
            if result == CoderResult::InputEmpty {
                return written;
            }
        }
    };
    let (mut start, mut pending, mut shifted, mut at) = (0, 0, false, 0);
    // the last unit waits: what comes out at the end, of no bytes of its own, is a part of it
    let mut last = (0, 0..0);
    let mut push = |unit| {
        let (length, bytes) = std::mem::replace(&mut last, unit);
        map.push(length, bytes);
    };
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        // the decoder may hold back what led to the last unit: the second of two escapes
        let waits = start < at || pending > 0 || shifted || at > 0 && plain_length(&bytes[at - 1..at]) == 0;
        let plain = if waits { 0 } else { plain_length(rest) };
        if plain > 0 {
            feed(&rest[..plain], false);
            (at..at + plain).for_each(|at| push((1, at..at + 1)));
            (at, start) = (at + plain, at + plain);
            continue;
        }
        // of a sequence that was broken off before, the decoder tells only now: it is a part of the unit
        shifted |= encoding == ISO_2022_JP && SHIFTS.iter().any(|shift| rest.starts_with(shift));
        let length = match shifted {
            true => memchr::memmem::find(rest, BACK).map_or(rest.len(), |found| found + BACK.len()),
            false => 1,
        };
        pending += feed(&rest[..length], false);
        at += length;
        shifted &= !bytes[..at].ends_with(BACK);
        if pending > 0 && !shifted {
            push((pending, start..at));
            (start, pending) = (at, 0);
        }
    }
    pending += feed(&[], true);
    match start == bytes.len() {
        true => last.0 += pending,
        false => push((pending, start..bytes.len())),
    }
    map.push(last.0, last.1);
}

/// How many bytes at the start of `bytes` are ASCII that is no part of an escape sequence: to a decoder that waits for nothing each is a character.
fn plain_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii() && !matches!(byte, 0x0E | 0x0F | 0x1B)).count()
}

/// Escape sequences that leave ASCII (WHATWG Encoding §12.2.1).
const SHIFTS: &[&[u8]] = &[b"\x1b$B", b"\x1b$@", b"\x1b(I", b"\x1b(J"];

/// The one that leads back to it.
const BACK: &[u8] = b"\x1b(B";

#[cfg(test)]
mod tests {
    use super::super::Charset;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_that_are_two_characters_are_one_unit() {
        for code in [b"\x88\x62", b"\x88\x64", b"\x88\xa3", b"\x88\xa5"] {
            for behind in [&b""[..], b" {{first_name}}", b"\xa4\xa4", code] {
                let bytes = [&b"Hi "[..], code, behind].concat();
                let mut single = OffsetMap::default();
                map_byte_by_byte(BIG5, &bytes, &mut single);
                assert_eq!(Charset::Standard(BIG5).map(&bytes), Some(single), "{bytes:?}");
            }
        }
    }

    /// Every byte by itself.
    fn map_byte_by_byte(encoding: &'static Encoding, bytes: &[u8], map: &mut OffsetMap) {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut buffer = [0u8; 64];
        let (mut start, mut pending, mut shifted) = (0, 0, false);
        // the last unit waits: what comes out at the end, of no bytes of its own, is a part of it
        let mut last = (0, 0..0);
        let mut push = |unit| {
            let (length, bytes) = std::mem::replace(&mut last, unit);
            map.push(length, bytes);
        };
        for at in 0..bytes.len() {
            // of a sequence that was broken off before, the decoder tells only now: it is a part of the unit
            shifted |= encoding == ISO_2022_JP && SHIFTS.iter().any(|shift| bytes[at..].starts_with(shift));
            pending += decoder.decode_to_utf8(&bytes[at..=at], &mut buffer, false).2;
            shifted &= !bytes[..=at].ends_with(BACK);
            if pending > 0 && !shifted {
                push((pending, start..at + 1));
                (start, pending) = (at + 1, 0);
            }
        }
        pending += decoder.decode_to_utf8(&[], &mut buffer, true).2;
        match start == bytes.len() {
            true => last.0 += pending,
            false => push((pending, start..bytes.len())),
        }
        map.push(last.0, last.1);
    }

    proptest! {
        #[test]
        fn lengths_and_the_decoder_make_the_same_map(
            label in proptest::sample::select(&["shift_jis", "euc-jp", "gbk", "gb18030", "big5", "euc-kr"][..]),
            characters in "[a\\\\~ ア日本語限时優惠한국é€ｱ丂㐀😀\u{a5}\u{203e}\u{80}Ê̄]{0,20}",
            bytes: Vec<u8>,
            is_text: bool,
        ) {
            let Some(Charset::Standard(encoding)) = Charset::labelled(label) else { return Ok(()) };
            let bytes = if is_text { encoding.encode(&characters).0.into_owned() } else { bytes };
            let mut by_decoder = OffsetMap::default();
            map_byte_by_byte(encoding, &bytes, &mut by_decoder);
            if let Some(by_lengths) = map_by_lengths(encoding, &bytes) {
                prop_assert_eq!(by_lengths, by_decoder);
            } else {
                prop_assert!(!is_text, "{:?}", bytes);
            }
        }

        #[test]
        fn stretches_and_single_bytes_make_the_same_map(
            label in proptest::sample::select(&["shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "iso-2022-jp"][..]),
            pieces in proptest::collection::vec((0..8usize, proptest::collection::vec(any::<u8>(), 0..4)), 0..12),
        ) {
            let Some(Charset::Standard(encoding)) = Charset::labelled(label) else { return Ok(()) };
            let known: [&[u8]; 8] = [b"\x1b$B", b"\x1b(B", b"\x1b(J", b"\x1b(I", b"%O%m", b"ab\x0e", b"\x1b", b"\x81\x30\x81"];
            let bytes: Vec<u8> = pieces.into_iter().flat_map(|(number, random)| [known[number], &random].concat()).collect();
            let (mut stretches, mut single) = (OffsetMap::default(), OffsetMap::default());
            map_by_decoder(encoding, &bytes, &mut stretches);
            map_byte_by_byte(encoding, &bytes, &mut single);
            prop_assert_eq!(stretches, single, "{:?}", bytes);
        }
    }
}
