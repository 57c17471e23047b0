//! Domains that the sender names as its own: the registrable ones, said plainly.

use url::Host;

/// The registrable domain of a host by the public suffix list, as [`crate::knowledge::domains::registrable`] gives it.
pub type Registrable = fn(&str) -> Option<&str>;

/// Reads a domain: lower case, IDNA, no final dot.
///
/// # Errors
/// It is an URL, an address, a subdomain, a public suffix or no domain at all: what is wrong, and what to write.
pub fn parse(text: &str, registrable: Registrable) -> Result<String, (String, Option<String>)> {
    let trimmed = text.trim();
    let host_part = host_part(trimmed);
    let host = match Host::parse(host_part.trim_end_matches('.')) {
        Ok(Host::Domain(host)) if host.contains('.') => host,
        _ => return Err((format!("`{text}` is no domain"), None)),
    };
    let Some(domain) = registrable(&host).map(str::to_owned) else {
        return match registrable(&format!("brand.{host}")) {
            Some(_) => Err((format!("`{host}` is a public suffix: anyone can have a name under it"), None)),
            // a name that no list knows (`.internal`) is the sender's own business
            None => Ok(host),
        };
    };
    let write = Some(format!("write `{domain}`"));
    if host_part.len() < trimmed.len() {
        let what = if trimmed.contains("//") { "a URL" } else { "more than a domain" };
        return Err((format!("`{text}` is {what}"), write));
    }
    if domain != host {
        return Err((format!("`{host}` is a subdomain of `{domain}`"), write));
    }
    Ok(domain)
}

/// The host inside an URL or an address.
fn host_part(text: &str) -> &str {
    let rest = text.split_once("//").map_or(text, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let rest = rest.rsplit('@').next().unwrap_or(rest);
    rest.split(':').next().unwrap_or(rest).trim_start_matches("*.")
}

#[cfg(test)]
pub(crate) mod tests {
    /// Stands for the public suffix list: `com`, `de` and `co.uk`.
    pub(crate) fn registrable(host: &str) -> Option<&str> {
        let suffix = ["co.uk", "com", "de"].into_iter().find(|suffix| host.ends_with(suffix))?;
        let before = host.strip_suffix(suffix)?.strip_suffix('.')?;
        Some(&host[before.rfind('.').map_or(0, |at| at + 1)..])
    }

    #[test]
    fn a_registrable_domain_is_taken_and_all_else_is_put_right() {
        let parse = |text| super::parse(text, registrable);
        for (text, domain) in [
            ("brand.com", "brand.com"),
            ("Brand.CO.UK.", "brand.co.uk"),
            (" brand.de ", "brand.de"),
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("corp.internal", "corp.internal"),
        ] {
            assert_eq!(parse(text), Ok(domain.to_owned()), "{text}");
        }
        for (text, message, help) in [
            ("https://www.brand.com/news", "`https://www.brand.com/news` is a URL", Some("write `brand.com`")),
            ("//brand.com", "`//brand.com` is a URL", Some("write `brand.com`")),
            ("me@brand.com", "`me@brand.com` is more than a domain", Some("write `brand.com`")),
            ("brand.com/", "`brand.com/` is more than a domain", Some("write `brand.com`")),
            ("*.brand.com", "`*.brand.com` is more than a domain", Some("write `brand.com`")),
            ("www.brand.com", "`www.brand.com` is a subdomain of `brand.com`", Some("write `brand.com`")),
            ("co.uk", "`co.uk` is a public suffix: anyone can have a name under it", None),
            ("brand", "`brand` is no domain", None),
            ("", "`` is no domain", None),
            ("10.0.0.1", "`10.0.0.1` is no domain", None),
            ("two words.com", "`two words.com` is no domain", None),
        ] {
            assert_eq!(parse(text), Err((message.to_owned(), help.map(str::to_owned))), "{text}");
        }
    }
}
