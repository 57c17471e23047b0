//! Messages around a page: header, parts, boundaries. None of their lines is longer than RFC 5322 allows.

use super::{Faults, Random, Transfer, page, transfer};

/// A message of about `kilobytes` KB of HTML with a text part beside it.
pub fn message(seed: u64, kilobytes: usize, transfer: Transfer, faults: Faults) -> Vec<u8> {
    let mut bytes = head(seed, faults).into_bytes();
    bytes.extend_from_slice(
        format!("Content-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n", boundary(seed)).as_bytes(),
    );
    alternatives(&mut bytes, seed, kilobytes, transfer, faults, &boundary(seed));
    bytes
}

/// A message of about `kilobytes` KB that is nothing but HTML, in 8bit.
pub fn html_only(seed: u64, kilobytes: usize, faults: Faults) -> Vec<u8> {
    let mut bytes = head(seed, faults).into_bytes();
    bytes.extend_from_slice(b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
    transfer::encode(&html(seed, kilobytes, faults), Transfer::EightBit, &mut bytes);
    bytes
}

/// A clean message of 60 KB of HTML in quoted-printable with an attachment of `megabytes` MB, which base64 makes a third longer.
pub fn with_attachment(seed: u64, megabytes: usize) -> Vec<u8> {
    let (outer, inner) = (format!("=_mixed_{seed:08x}"), boundary(seed));
    let mut bytes = head(seed, Faults::None).into_bytes();
    let opening = format!(
        "Content-Type: multipart/mixed; boundary=\"{outer}\"\r\n\r\n--{outer}\r\n\
         Content-Type: multipart/alternative; boundary=\"{inner}\"\r\n\r\n"
    );
    bytes.extend_from_slice(opening.as_bytes());
    alternatives(&mut bytes, seed, 60, Transfer::QuotedPrintable, Faults::None, &inner);
    let attached = format!(
        "--{outer}\r\nContent-Type: application/pdf; name=\"catalogue.pdf\"\r\n\
         Content-Disposition: attachment; filename=\"catalogue.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    bytes.extend_from_slice(attached.as_bytes());
    let mut random = Random::new(seed);
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend((0..megabytes * 125_000).flat_map(|_| random.next().to_le_bytes()));
    transfer::base64(&file, &mut bytes);
    bytes.extend_from_slice(format!("--{outer}--\r\n").as_bytes());
    bytes
}

fn boundary(seed: u64) -> String {
    format!("=_part_{seed:08x}")
}

fn html(seed: u64, kilobytes: usize, faults: Faults) -> String {
    page::page(&mut Random::new(seed), kilobytes * 1_000, faults, page::Stage::Rendered)
}

/// The header but for its last field.
fn head(seed: u64, faults: Faults) -> String {
    let from =
        if faults == Faults::None { "Shoppers Handbag <post@shoppershandbag.com>" } else { "no-reply@gmail.com" };
    format!(
        "Date: Mon, 30 Nov 2026 09:00:00 +0100\r\nFrom: {from}\r\nTo: reader@contoso.com\r\n\
         Subject: Lamps and chairs for the long evenings\r\nMessage-ID: <{seed}.1@shoppershandbag.com>\r\n\
         List-Unsubscribe: <https://www.shoppershandbag.com/leave?u={seed}>\r\n\
         List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\n"
    )
}

/// Text and HTML, with the boundaries around them.
fn alternatives(bytes: &mut Vec<u8>, seed: u64, kilobytes: usize, transfer: Transfer, faults: Faults, boundary: &str) {
    let part = |kind: &str, transfer: Transfer| {
        format!(
            "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n\r\n",
            transfer.name()
        )
    };
    bytes.extend_from_slice(part("plain", Transfer::EightBit).as_bytes());
    transfer::encode(&page::text(&mut Random::new(seed)), Transfer::EightBit, bytes);
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(part("html", transfer).as_bytes());
    transfer::encode(&html(seed, kilobytes, faults), transfer, bytes);
    bytes.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
}
