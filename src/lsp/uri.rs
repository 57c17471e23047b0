//! Addresses of documents and the paths behind them.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use url::Url;

/// The file that an address names; `None` for a buffer that lies nowhere (`untitled:`).
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok()
}

/// The address of a file, which has an absolute path.
pub(super) fn of_path(path: &Path) -> Option<String> {
    Url::from_file_path(path).ok().map(|url| strict(url.as_str()))
}

/// The address as `lsp-types` wants it: as the client wrote it, unless it wrote what RFC 3986 does not allow.
pub(super) fn typed(uri: &str) -> Option<lsp_types::Uri> {
    lsp_types::Uri::from_str(uri).or_else(|_| lsp_types::Uri::from_str(&strict(uri))).ok()
}

/// The address with what RFC 3986 does not allow in a path percent-encoded: `[` and `]`, which many let through, and the like.
fn strict(uri: &str) -> String {
    let mut strict = String::with_capacity(uri.len());
    for byte in uri.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte) {
            strict.push(char::from(byte));
        } else {
            strict.push_str(&format!("%{byte:02X}"));
        }
    }
    strict
}

/// The last part of the path of any address, decoded: `Untitled-1` of `untitled:Untitled-1`.
pub(super) fn last_part(uri: &str) -> String {
    let whole = uri.split(['?', '#']).next().unwrap_or_default();
    let last = whole.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let decoded =
        url::form_urlencoded::parse(last.replace('+', "%2B").as_bytes()).next().map(|(name, _)| name.into_owned());
    decoded.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_files_or_nothing() {
        assert_eq!(path("file:///a%20b/c.eml").as_deref(), Some(Path::new("/a b/c.eml")));
        assert_eq!(of_path(Path::new("/a b/c.eml")).as_deref(), Some("file:///a%20b/c.eml"));
        for other in ["untitled:Untitled-1", "", "a.eml", "https://a.example/b", "git:/a.eml"] {
            assert_eq!(path(other), None, "{other}");
        }
        assert_eq!(of_path(Path::new("/a[1]/é.eml")).as_deref(), Some("file:///a%5B1%5D/%C3%A9.eml"));
        assert_eq!(typed("file:///a[1].eml").map(|uri| uri.to_string()).as_deref(), Some("file:///a%5B1%5D.eml"));
        assert_eq!(last_part("untitled:a/b+%41.eml?x=1"), "b+A.eml");
        assert_eq!(last_part(""), "");
    }
}
