//! What the addresses of senders say: that nobody reads replies, or that a help desk does. The list is `lints/data/senders.toml`.

use super::domains;
use crate::knowledge::table::{Text, holds};

include!(concat!(env!("OUT_DIR"), "/senders.rs"));

/// Longest run of words that is looked up together.
const WORDS: usize = 5;

/// Whether nobody reads what is sent to the address with this local part: `no-reply`, `newsletter_noreply`, `DoNotReply2`.
pub fn is_noreply(local: &str) -> bool {
    let local = local.to_lowercase();
    holds(&NO_REPLY_WHOLE, &local) || has_noreply(&local)
}

/// Whether a label of the host before its registrable domain says so: `noreply.brand.com`.
pub fn is_noreply_host(host: &str) -> bool {
    let Some(domain) = domains::registrable(host) else { return false };
    let below = host.strip_suffix(domain).unwrap_or_default();
    below.split('.').any(|label| has_noreply(&label.to_lowercase()))
}

/// A help desk's or provider's host that takes replies in for others.
pub fn is_reply_host(host: &str) -> bool {
    domains::registrable(host).is_some_and(|domain| holds(&REPLY_HOSTS, domain))
}

/// Neighbouring words of `text`, numbers left out, that together are one of the list.
fn has_noreply(text: &str) -> bool {
    let is_separator = |character: char| !character.is_alphabetic();
    let words: Vec<&str> = text.split(is_separator).filter(|word| !word.is_empty()).take(40).collect();
    (0..words.len()).any(|start| {
        let mut joined = String::new();
        words[start..].iter().take(WORDS).any(|word| {
            joined.push_str(word);
            holds(&NO_REPLY, &joined)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_nobody_reads() {
        for local in [
            "noreply",
            "No-Reply",
            "no_reply",
            "do.not.reply",
            "donotreply",
            "newsletter-noreply",
            "noreply-de",
            "noreply123",
            "no-reply+abc",
            "keine-antwort",
            "ne-pas-repondre",
            "nepasrepondre",
            "no-responder",
            "mailer-daemon",
            "bounce",
        ] {
            assert!(is_noreply(local), "{local}");
        }
        for local in [
            "news",
            "reply",
            "noreplyhere",
            "marketing",
            "info",
            "antwort",
            "bounces-team",
            "respond",
            "no",
            "hello.no",
            "trampoline-bounce",
            "casino.reply",
        ] {
            assert!(!is_noreply(local), "{local}");
        }
    }

    #[test]
    fn hosts_that_nobody_reads() {
        assert!(is_noreply_host("noreply.github.com"));
        assert!(is_noreply_host("no-reply.mail.brand.co.uk"));
        assert!(!is_noreply_host("noreply.com"));
        assert!(!is_noreply_host("reply.github.com"));
    }

    #[test]
    fn hosts_that_take_replies_in() {
        assert!(is_reply_host("brand.zendesk.com"));
        assert!(!is_reply_host("zendesk.brand.com"));
    }
}
