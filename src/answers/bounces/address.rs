//! Addresses in bounces and lists: what is one, and when two are the same.

/// Longest address (RFC 5321 §4.5.3.1.3), in octets.
const LONGEST: usize = 254;

/// Whether `text` is an address as servers take it: one `@`, no blanks or control characters, something on both sides.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '(' | ')' | '[' | ']');
    !local.is_empty()
        && !domain.is_empty()
        && text.len() <= LONGEST
        && (!local.contains('@') || local.starts_with('"'))
        && !text.contains(odd)
        && !domain.starts_with(['.', '-'])
}

/// How addresses are compared: lower case, without blanks and brackets around, without a dot at the end. Local parts may
/// differ in case by the letter of RFC 5321, and at no provider do.
pub fn key(address: &str) -> String {
    let inner = match address.rsplit_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or(rest),
        None => address,
    };
    let inner = inner.trim();
    let inner = inner.strip_prefix("mailto:").unwrap_or(inner);
    inner.trim_end_matches('.').to_lowercase()
}

/// What stands behind the last `@`, in lower case.
pub fn domain(address: &str) -> Option<String> {
    address.rsplit_once('@').map(|(_, domain)| domain.trim_end_matches('.').to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_an_address() {
        for yes in ["a@example.com", "o'hara+news@example.com", "a@localhost", "\"a@b\"@example.com"] {
            assert!(is_address(yes), "{yes}");
        }
        for no in ["", "@", "a@", "@b", "a b@c.de", "a@b@c.de", "<a@b.de>", "a@b.de,", "a@b\u{7}.de"] {
            assert!(!is_address(no), "{no}");
        }
    }

    #[test]
    fn one_address_in_several_spellings() {
        for same in [
            "Ann@Example.COM",
            " ann@example.com ",
            "Ann <ann@example.com>",
            "mailto:ann@example.com",
            "ann@example.com.",
        ] {
            assert_eq!(key(same), "ann@example.com");
        }
    }
}
