//! Where the links lead, and how a message is divided between images and text.

use crate::facts::{Facts, Host, ImageRole, LinkKind, count_words};
use crate::sort;
use std::collections::BTreeMap;

/// Counts for charts.
#[derive(Debug, Default)]
pub struct Shares {
    /// Links by registrable domain, the most frequent first, then by name.
    pub domains: Vec<Share>,
    /// Links whose host a merge tag will bring.
    pub unknown_links: usize,
    /// Links that open a mail.
    pub mail_links: usize,
    /// Images to be looked at, and small ones; not spacers and pixels.
    pub images: usize,
    /// Images among these without an `alt` text.
    pub without_alt: usize,
    /// Images of one or two pixels, or hidden.
    pub tiny_images: usize,
    /// The area of the images, in square pixels; unknown sides count as 200.
    pub image_area: f64,
    /// Words that are seen in the first body.
    pub words: usize,
}

/// How often something occurs.
#[derive(Debug)]
pub struct Share {
    /// What.
    pub name: String,
    /// How often.
    pub count: usize,
}

pub(super) fn of(facts: &Facts<'_>) -> Shares {
    let mut shares = Shares { words: words(facts), ..Shares::default() };
    links(facts, &mut shares);
    for image in facts.images() {
        match image.role {
            ImageRole::Tiny => shares.tiny_images += 1,
            ImageRole::Background => {}
            ImageRole::Content | ImageRole::Small => {
                shares.images += 1;
                shares.without_alt += usize::from(image.alt.as_deref().is_none_or(str::is_empty));
                shares.image_area += f64::from(image.area().clamp(0.0, 4e6));
            }
        }
    }
    shares
}

fn links(facts: &Facts<'_>, shares: &mut Shares) {
    let html = facts.html_bodies().next().map_or(0, |(index, ..)| index);
    let mut by_domain: BTreeMap<String, usize> = BTreeMap::new();
    for link in facts.links().iter().filter(|link| link.body == html && link.kind != LinkKind::Form) {
        match &link.host {
            _ if link.is_mail() => shares.mail_links += 1,
            Host::Unknown => shares.unknown_links += 1,
            Host::None => {}
            host @ (Host::Known(name) | Host::Under(name)) => {
                *by_domain.entry(host.registrable().unwrap_or(name).to_owned()).or_default() += 1;
            }
        }
    }
    shares.domains = by_domain.into_iter().map(|(name, count)| Share { name, count }).collect();
    sort::by_key(&mut shares.domains, |share| std::cmp::Reverse(share.count));
}

fn words(facts: &Facts<'_>) -> usize {
    let html = facts.html_bodies().next().map_or(0, |(index, ..)| index);
    let Some(prose) = facts.prose().get(html) else { return 0 };
    let seen = prose.runs().filter(|(_, _, hidden, _)| !hidden);
    seen.map(|(range, ..)| count_words(&prose.text[range])).sum()
}
