//! Names of domains: ASCII, lower case, without the final dot.

use std::fmt;
use url::Host;

/// The longest name, in characters (RFC 1035 §2.3.4, without the final dot and the lengths).
const LONGEST: usize = 253;
/// The longest label, in characters.
const LONGEST_LABEL: usize = 63;

/// A name in DNS: labels with dots between them. The root is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// A name as a record, a zone or a server has it: letters are lowered, a final dot is dropped.
    ///
    /// `None` where a label is empty or too long, or where a character can't be printed.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.strip_suffix('.').unwrap_or(text);
        let fits = |label: &str| !label.is_empty() && label.len() <= LONGEST_LABEL;
        let is_name = text.len() <= LONGEST && text.is_ascii() && text.bytes().all(|byte| byte.is_ascii_graphic());
        (is_name && (text.is_empty() || text.split('.').all(fits))).then(|| Self(text.to_ascii_lowercase()))
    }

    /// The domain that a person names: an address or a URL gives its host, letters of any language become ASCII (IDNA).
    ///
    /// # Errors
    /// It names no domain: why.
    pub fn of_person(text: &str) -> Result<Self, String> {
        let host = host_part(text.trim());
        let host = host.strip_suffix('.').unwrap_or(host);
        if host.is_empty() {
            return Err("a domain is wanted, such as `example.com`".to_owned());
        }
        let ascii = match Host::parse(host) {
            Ok(Host::Domain(ascii)) => ascii,
            Ok(_) => return Err(format!("`{host}` is an address, not a domain")),
            Err(_) => return Err(format!("`{host}` is no domain")),
        };
        match Self::new(&ascii).filter(|name| name.0.bytes().all(is_of_domain)) {
            Some(name) if name.0.contains('.') => Ok(name),
            Some(_) => Err(format!("`{host}` is a single word; a domain has a dot, as `{host}.com` has")),
            None => Err(format!("`{host}` is no domain")),
        }
    }

    /// The name above all others.
    pub fn root() -> Self {
        Self(String::new())
    }

    /// Without the final dot.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `_dmarc` before `example.com`; `None` where that is too long.
    pub fn under(&self, label: &str) -> Option<Self> {
        if self.0.is_empty() { Self::new(label) } else { Self::new(&format!("{label}.{}", self.0)) }
    }

    /// The name without its first label; `None` of a single label.
    pub fn parent(&self) -> Option<Self> {
        self.0.split_once('.').map(|(_, rest)| Self(rest.to_owned()))
    }

    /// How many labels it has.
    pub fn labels(&self) -> usize {
        if self.0.is_empty() { 0 } else { self.0.split('.').count() }
    }

    /// Whether it is `above` or below it.
    pub fn is_within(&self, above: &Self) -> bool {
        let rest = self.0.strip_suffix(&above.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.') || above.0.is_empty())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "." } else { &self.0 })
    }
}

fn is_of_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// The host inside of a URL or an address.
fn host_part(text: &str) -> &str {
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let rest = text.split_once("//").map_or(text, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#', '>']).next().unwrap_or(rest);
    let rest = rest.rsplit('@').next().unwrap_or(rest);
    if rest.starts_with('[') || rest.matches(':').count() > 1 { rest } else { rest.split(':').next().unwrap_or(rest) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Name;

    #[test]
    fn a_person_names_a_domain_in_many_ways() {
        for (text, name) in [
            ("example.com", "example.com"),
            (" Example.COM. ", "example.com"),
            ("news@example.com", "example.com"),
            ("Shop <news@example.com>", "example.com"),
            ("mailto:news@example.com?subject=x", "example.com"),
            ("https://www.example.com:8443/a?b#c", "www.example.com"),
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
            ("_dmarc.example.com", "_dmarc.example.com"),
        ] {
            assert_eq!(Name::of_person(text).map(|name| name.to_string()), Ok(name.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_domain_is_told() {
        for (text, why) in [
            ("", "a domain is wanted, such as `example.com`"),
            ("@", "a domain is wanted, such as `example.com`"),
            ("localhost", "`localhost` is a single word; a domain has a dot, as `localhost.com` has"),
            ("192.0.2.1", "`192.0.2.1` is an address, not a domain"),
            ("https://[2001:db8::1]/", "`[2001:db8::1]` is an address, not a domain"),
            ("two words.com", "`two words.com` is no domain"),
            ("a..b", "`a..b` is no domain"),
            ("exam!ple.com", "`exam!ple.com` is no domain"),
        ] {
            assert_eq!(Name::of_person(text), Err(why.to_owned()), "{text}");
        }
        let long = format!("{}.com", "x".repeat(64));
        assert!(Name::of_person(&long).is_err());
    }

    #[test]
    fn names_are_above_and_below_each_other() {
        let name = |text| Name::new(text).unwrap();
        assert!(name("a.example.com").is_within(&name("EXAMPLE.com.")));
        assert!(name("example.com").is_within(&name("example.com")));
        assert!(name("example.com").is_within(&name(".")));
        assert!(!name("badexample.com").is_within(&name("example.com")));
        assert_eq!(name("a.b.c").parent(), Some(name("b.c")));
        assert_eq!((name("c").parent(), name("a.b.c").labels(), name(".").labels()), (None, 3, 0));
        assert_eq!(Name::new("a b"), None);
    }
}
