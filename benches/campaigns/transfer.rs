//! Transfer encodings as mailers write them: lines of at most 76 characters, CR LF at their ends.

use super::Transfer;

/// Appends `text` to `out`, encoded.
pub(super) fn encode(text: &str, transfer: Transfer, out: &mut Vec<u8>) {
    match transfer {
        Transfer::EightBit => out.extend_from_slice(text.replace('\n', "\r\n").as_bytes()),
        Transfer::QuotedPrintable => text.lines().for_each(|line| quoted_printable(line, out)),
        Transfer::Base64 => base64(text.replace('\n', "\r\n").as_bytes(), out),
    }
}

fn quoted_printable(line: &str, out: &mut Vec<u8>) {
    let mut column = 0;
    for (at, byte) in line.bytes().enumerate() {
        let plain = matches!(byte, b'!'..=b'<' | b'>'..=b'~') || byte == b' ' && at + 1 < line.len();
        let width = if plain { 1 } else { 3 };
        if column + width > 75 {
            out.extend_from_slice(b"=\r\n");
            column = 0;
        }
        column += width;
        if plain {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("={byte:02X}").as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// Appends `bytes` to `out` in base64.
pub(super) fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for line in bytes.chunks(57) {
        for group in line.chunks(3) {
            let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for place in 0..4 {
                let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
                out.push(if place <= group.len() { letter } else { b'=' });
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}
