//! Campaigns made up for measuring: newsletters as shops send them, of a wanted size, the same ones for the same seed.

mod page;
mod random;
mod transfer;

pub use random::Random;

/// How the HTML part is encoded for its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transfer {
    /// As it is.
    EightBit,
    /// Quoted-printable.
    QuotedPrintable,
    /// Base64.
    Base64,
}

impl Transfer {
    /// Its name in a Content-Transfer-Encoding field.
    pub fn name(self) -> &'static str {
        match self {
            Self::EightBit => "8bit",
            Self::QuotedPrintable => "quoted-printable",
            Self::Base64 => "base64",
        }
    }
}

/// What is wrong with a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faults {
    /// Nothing.
    None,
    /// Faults of several kinds all over it; 20 diagnostics.
    Twenty,
}

/// A generated message.
pub struct Campaign {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// The HTML body before it was encoded.
    pub html: String,
}

/// A message of about `kilobytes` KB of HTML with a text part beside it; none of its lines is longer than RFC 5322 allows.
pub fn message(seed: u64, kilobytes: usize, transfer: Transfer, faults: Faults) -> Campaign {
    let html = page::page(&mut Random::new(seed), kilobytes * 1_000, faults, page::Stage::Rendered);
    let boundary = format!("=_part_{seed:08x}");
    let from =
        if faults == Faults::None { "Shoppers Handbag <post@shoppershandbag.com>" } else { "no-reply@gmail.com" };
    let head = format!(
        "Date: Mon, 30 Nov 2026 09:00:00 +0100\r\nFrom: {from}\r\nTo: reader@contoso.com\r\n\
         Subject: Lamps and chairs for the long evenings\r\nMessage-ID: <{seed}.1@shoppershandbag.com>\r\n\
         List-Unsubscribe: <https://www.shoppershandbag.com/leave?u={seed}>\r\n\
         List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n"
    );
    let text = page::text(&mut Random::new(seed));
    let mut bytes = head.into_bytes();
    let part = |kind: &str, transfer: Transfer| {
        format!(
            "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n\r\n",
            transfer.name()
        )
    };
    bytes.extend_from_slice(part("plain", Transfer::EightBit).as_bytes());
    bytes.extend_from_slice(text.replace('\n', "\r\n").as_bytes());
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(part("html", transfer).as_bytes());
    transfer::encode(&html, transfer, &mut bytes);
    bytes.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    Campaign { bytes, html }
}

/// A template of about `kilobytes` KB with the merge tags of a provider.
pub fn template(seed: u64, kilobytes: usize, faults: Faults) -> String {
    page::page(&mut Random::new(seed), kilobytes * 1_000, faults, page::Stage::Template)
}
