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
    Url::from_file_path(path).ok().map(String::from)
}

/// The address as `lsp-types` wants it.
pub(super) fn typed(uri: &str) -> Option<lsp_types::Uri> {
    lsp_types::Uri::from_str(uri).ok()
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
        assert_eq!(last_part("untitled:a/b+%41.eml?x=1"), "b+A.eml");
        assert_eq!(last_part(""), "");
    }
}
