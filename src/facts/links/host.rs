//! The host that a link leads to, as far as it can be known.

use crate::knowledge::domains;
use url::Url;

/// The host of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// A name (lower case, IDNA) or an address.
    Known(String),
    /// A name whose end is known: `{{sub}}.brand.com` gives `brand.com`.
    Under(String),
    /// A merge tag holds it.
    Unknown,
    /// There is none: `mailto:`, `#`, a relative path, nothing.
    None,
}

impl Host {
    /// The registrable domain, where it is known.
    pub fn registrable(&self) -> Option<&str> {
        match self {
            Self::Known(name) | Self::Under(name) => domains::registrable(name),
            Self::Unknown | Self::None => None,
        }
    }

    /// The name, where it is wholly known.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Known(name) => Some(name),
            _ => None,
        }
    }

    /// The host of `href`, if it is a plain name behind `http://` or `https://`: no merge tag reaches into it.
    pub(crate) fn plain(href: &str) -> Option<Self> {
        let behind = |scheme: &str| {
            let (start, rest) = href.split_at_checked(scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then_some(rest)
        };
        let rest = behind("https://").or_else(|| behind("http://"))?;
        let end = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'-'));
        let (authority, rest) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        if !rest.is_empty() && !rest.starts_with(['/', '?', '#', '\\']) || !is_plain_name(authority) {
            return None;
        }
        Some(Self::Known(authority.to_ascii_lowercase()))
    }

    /// The host of `href` (decoded, trimmed); `is_tag` tells whether a byte of it belongs to a merge tag.
    pub(crate) fn of(href: &str, is_tag: impl Fn(usize) -> bool) -> Self {
        let lower = href.as_bytes();
        let scheme_end = href.find(':').unwrap_or(0);
        let is_web =
            href.get(..scheme_end).is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"));
        let authority_start = if is_web && href[scheme_end..].starts_with("://") {
            scheme_end + 3
        } else if href.starts_with("//") {
            2
        } else {
            let first_is_tag = !lower.is_empty() && is_tag(0);
            return if first_is_tag { Self::Unknown } else { Self::None };
        };
        let authority_end = (authority_start..lower.len())
            .find(|&at| !is_tag(at) && matches!(lower[at], b'/' | b'?' | b'#' | b'\\'))
            .unwrap_or(lower.len());
        if let Some(last_tag) = (authority_start..authority_end).rev().find(|&at| is_tag(at)) {
            let rest = href.get(last_tag + 1..authority_end).unwrap_or("");
            let suffix = rest.trim_start_matches('.').to_ascii_lowercase();
            let usable = rest.starts_with('.') && domains::registrable(&suffix).is_some();
            return if usable { Self::Under(suffix) } else { Self::Unknown };
        }
        let authority = href.get(authority_start..authority_end).unwrap_or("");
        if is_plain_name(authority) {
            return Self::Known(authority.to_ascii_lowercase());
        }
        match Url::parse(&format!("http://{authority}/")) {
            Ok(url) => url.host_str().map_or(Self::None, |host| Self::Known(host.trim_end_matches('.').to_owned())),
            Err(_) => Self::None,
        }
    }
}

/// A name that URL parsers leave as it is but for its case: ASCII letters, digits and hyphens in labels, the last one no number, none in Punycode.
fn is_plain_name(authority: &str) -> bool {
    let mut rest = authority.as_bytes();
    let last = loop {
        let end = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-').unwrap_or(rest.len());
        let Some((label, behind)) = rest.split_at_checked(end) else { return false };
        if label.is_empty() || label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"xn--")) {
            return false;
        }
        match behind.split_first() {
            Some((b'.', behind)) => rest = behind,
            Some(_) => return false,
            None => break label,
        }
    };
    authority.len() < 250 && last.iter().all(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::Host;

    fn host(href: &str) -> Host {
        let tag = href.find("{{").zip(href.find("}}"));
        Host::of(href, |at| tag.is_some_and(|(start, end)| (start..end + 2).contains(&at)))
    }

    #[test]
    fn what_a_target_says_of_its_host() {
        assert_eq!(host("https://WWW.Brand.com:443/a?b"), Host::Known("www.brand.com".into()));
        assert_eq!(host("//brand.com/a"), Host::Known("brand.com".into()));
        assert_eq!(host("https://bücher.de/"), Host::Known("xn--bcher-kva.de".into()));
        assert_eq!(host("https://user@brand.com?x"), Host::Known("brand.com".into()));
        assert_eq!(host("https://{{sub}}.brand.com/"), Host::Under("brand.com".into()));
        assert_eq!(host("https://{{host}}/x"), Host::Unknown);
        assert_eq!(host("https://{{host}}.com/x"), Host::Unknown);
        assert_eq!(host("{{url}}"), Host::Unknown);
        assert_eq!(host("https://brand.com/{{path}}"), Host::Known("brand.com".into()));
        assert_eq!(host("mailto:a@b.c"), Host::None);
        assert_eq!(host("#top"), Host::None);
        assert_eq!(host("/relative"), Host::None);
    }
}
