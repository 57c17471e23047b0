//! What the addresses of recipients say: shared mailboxes, throw-away mailboxes, slips of the pen.

use super::domains::is_freemail;
use crate::knowledge::table::{Text, holds};

include!(concat!(env!("OUT_DIR"), "/recipients.rs"));

/// `local` (before the `@`, any case) is a shared mailbox's: `info`, `sales`.
pub fn is_role(local: &str) -> bool {
    holds(&ROLES, &local.to_ascii_lowercase())
}

/// `domain` (lower case) belongs to a service for throw-away mailboxes, or lies below one.
pub fn is_disposable(domain: &str) -> bool {
    let mut rest = domain;
    loop {
        if holds(&DISPOSABLE, rest) {
            return true;
        }
        match rest.split_once('.') {
            Some((_, above)) => rest = above,
            None => return false,
        }
    }
}

/// The domain that was probably meant by `domain` (lower case): one letter off from one with very many mailboxes.
pub fn meant(domain: &str) -> Option<&'static str> {
    let known = holds(&POPULAR, domain) || holds(&OWN, domain) || is_freemail(domain);
    // a short name is one letter off from too much
    let near = |popular: &Text| {
        popular.len() >= 8 && popular.len().abs_diff(domain.len()) <= 1 && strsim::osa_distance(domain, popular) == 1
    };
    if known || domain.len() > 40 { None } else { POPULAR.iter().copied().find(near).map(Text::as_str) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_names_of_their_own() {
        for (domain, popular) in [
            ("gmial.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("hotmial.com", "hotmail.com"),
            ("outlok.com", "outlook.com"),
            ("yaho.com", "yahoo.com"),
        ] {
            assert_eq!(meant(domain), Some(popular), "{domain}");
        }
        for domain in ["gmail.com", "mail.com", "email.com", "ymail.com", "yahoo.it", "gmx.de", "brand.com", "aol.de"] {
            assert_eq!(meant(domain), None, "{domain}");
        }
    }

    #[test]
    fn throw_away_and_shared_mailboxes() {
        assert!(
            is_disposable("mailinator.com") && is_disposable("x.yopmail.com") && !is_disposable("mailinator.de.com")
        );
        assert!(is_role("Info") && !is_role("ann"));
    }
}
