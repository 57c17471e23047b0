//! Addresses and domains that the sender's display name shows.

use super::Facts;
use crate::knowledge::domains;
use crate::message::Spot;
use crate::source::ViewSpan;

/// An address or a domain in the display name of From.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Where it stands.
    pub spot: Spot,
    /// Its registrable domain, in ASCII.
    pub domain: String,
    /// It is an address, not a mere domain.
    pub is_address: bool,
}

/// Letters that the label of a mere domain has at least: `i.am` and `p.s` are none.
const SHORTEST: usize = 3;
/// Names of software that look like domains.
const SOFTWARE: [&str; 4] = ["asp.net", "ado.net", "vb.net", "socket.io"];

impl Facts<'_> {
    /// Addresses and domains in the display name of From; what stands in merge tags is unknown.
    pub fn names_in_display_name(&self) -> Vec<Named> {
        let (Some(field), Some(sender)) = (self.address_field("From"), self.sender()) else { return Vec::new() };
        let Some((_, span)) = &sender.mailbox.display_name else { return Vec::new() };
        let text = field.slice(*span);
        words(text)
            .map(|(at, word)| (ViewSpan::new(span.start + at, span.start + at + word.len()), word))
            .filter(|(place, _)| !field.is_tagged(*place))
            .filter_map(|(place, word)| {
                let (domain, is_address) = domain_of(word)?;
                Some(Named { spot: field.at(place), domain, is_address })
            })
            .collect()
    }
}

/// The words of a name with their places, without what stands around them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let separates = |character: char| character.is_whitespace() || "()<>[]\"',;:|/„“”«»".contains(character);
    let mut start = 0;
    text.split_inclusive(separates).map(move |word| {
        let at = start;
        start += word.len();
        let is_around = |character: char| !character.is_alphanumeric();
        let from = word.len() - word.trim_start_matches(is_around).len();
        (at + from, word.trim_matches(is_around))
    })
}

fn domain_of(word: &str) -> Option<(String, bool)> {
    let (local, host) = word.rsplit_once('@').unwrap_or(("", word));
    let url::Host::Domain(host) = url::Host::parse(host).ok()? else { return None };
    let domain = domains::registrable(&host)?.to_owned();
    let label = domain.split('.').next().unwrap_or_default();
    let is_address = !local.is_empty();
    let is_name = is_address || label.len() >= SHORTEST && !SOFTWARE.contains(&domain.as_str());
    is_name.then_some((domain, is_address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domains_in(text: &str) -> Vec<(String, bool)> {
        words(text)
            .filter_map(|(at, word)| {
                assert_eq!(&text[at..at + word.len()], word);
                domain_of(word)
            })
            .collect()
    }

    #[test]
    fn addresses_and_domains_are_seen() {
        for (text, domain, is_address) in [
            ("service@paypal.com", "paypal.com", true),
            ("PayPal (service@mail.paypal.com)", "paypal.com", true),
            ("Booking.com", "booking.com", false),
            ("www.brand.co.uk News", "brand.co.uk", false),
            ("Bücher.de", "xn--bcher-kva.de", false),
        ] {
            assert_eq!(domains_in(text), [(domain.to_owned(), is_address)], "{text}");
        }
    }

    #[test]
    fn names_with_dots_are_no_domains() {
        for text in [
            "Node.js Weekly",
            "ASP.NET Weekly",
            "Dr. Oetker",
            "St.Gallen",
            "will.i.am",
            "No. 1",
            "Inc.",
            "@brand",
            "10.30",
            "",
        ] {
            assert!(domains_in(text).is_empty(), "{text}");
        }
    }
}
