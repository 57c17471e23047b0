//! Campaigns made up for measuring: newsletters as shops send them, of a wanted size, the same ones for the same seed.

mod mail;
mod page;
mod random;
mod transfer;

pub use mail::{html_only, message, with_attachment};
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

/// A template of about `kilobytes` KB with the merge tags of a provider.
pub fn template(seed: u64, kilobytes: usize, faults: Faults) -> String {
    page::page(&mut Random::new(seed), kilobytes * 1_000, faults, page::Stage::Template)
}

/// A template of about `kilobytes` KB on a single line with `links` links to private addresses, one diagnostic each.
pub fn one_line(seed: u64, kilobytes: usize, links: usize) -> String {
    let page = page::with_links(&mut Random::new(seed), kilobytes * 1_000, links);
    page.replace('\n', " ")
}
