//! Files beside the source, read with care: what a source names may be anything.
//!
//! Nothing outside of the root is opened: no absolute path, no `..` out of it, no link out of it, no device, no pipe. The root is the nearest
//! folder upwards that has a `presend.toml` or a `.git`, else the folder of the source. `Settings::local_files` switches all of it off.

use crate::config::FILE_NAME;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// A file that a source names.
#[derive(Debug)]
pub(super) struct LocalFile {
    /// Its name as the source writes it.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// How it begins: enough to know an image's format and size in pixels.
    pub head: Vec<u8>,
}

/// Bytes of a file that are read. A JPEG says its size in pixels behind its preview, which has up to 64 KiB.
const HEAD: u64 = 256 * 1024;

/// The file that `reference`, a relative URL in the source at `source`, names; `None` where there is none that may be looked at.
pub(super) fn look(source: &Path, reference: &str) -> Option<LocalFile> {
    let relative = relative_path(reference)?;
    let folder = source.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
    let folder = folder.canonicalize().ok()?;
    let path = folder.join(&relative).canonicalize().ok()?;
    if !path.starts_with(root(&folder)) {
        return None;
    }
    // Asked before it is opened: opening a pipe would wait for its other end.
    let metadata = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
    let mut head = Vec::new();
    File::open(&path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    Some(LocalFile { name: relative.display().to_string().replace('\\', "/"), size: metadata.len(), head })
}

/// A URL that is a relative path, decoded; `None` for one with a scheme or a host, and for an absolute path.
fn relative_path(reference: &str) -> Option<PathBuf> {
    let path = reference.split(['?', '#']).next()?.trim();
    if path.is_empty() || path.contains([':', '\\', '\0']) || path.starts_with('/') {
        return None;
    }
    let path = PathBuf::from(percent_decoded(path)?);
    let plain = |component| matches!(component, Component::Normal(_) | Component::CurDir | Component::ParentDir);
    path.components().all(plain).then_some(path)
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| byte == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    let decoded = String::from_utf8(bytes).ok()?;
    (!decoded.contains(['\0', '\\', ':'])).then_some(decoded)
}

fn root(folder: &Path) -> &Path {
    let marked = |folder: &&Path| folder.join(FILE_NAME).is_file() || folder.join(".git").exists();
    folder.ancestors().find(marked).unwrap_or(folder)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::look;
    use std::fs;

    /// `root/` with `.git`, `root/mails/a.html`, images inside and outside of the root.
    fn house() -> tempfile::TempDir {
        let house = tempfile::tempdir().unwrap();
        let at = |path: &str| house.path().join(path);
        fs::create_dir_all(at("root/mails/img")).unwrap();
        fs::create_dir_all(at("root/.git")).unwrap();
        fs::create_dir_all(at("alone")).unwrap();
        for file in ["root/mails/img/a b.png", "root/logo.png", "secret.png", "alone/x.png"] {
            fs::write(at(file), b"GIF89a").unwrap();
        }
        house
    }

    #[test]
    fn files_inside_the_root_only() {
        let house = house();
        let found = |source: &str, reference: &str| look(&house.path().join(source), reference).is_some();
        for (reference, seen) in [
            ("img/a%20b.png", true),
            ("./img/a b.png?v=2", true),
            ("../logo.png", true),
            ("../../secret.png", false),
            ("%2e%2e/%2e%2e/secret.png", false),
            ("img/missing.png", false),
            ("img", false),
            ("", false),
            ("/etc/hostname", false),
            ("%2Fetc%2Fhostname", false),
            ("//host/a.png", false),
            ("https://brand.example/a.png", false),
            ("file:///etc/hostname", false),
            ("C:\\a.png", false),
        ] {
            assert_eq!(found("root/mails/a.html", reference), seen, "{reference}");
        }
        assert!(found("alone/a.html", "x.png"));
        assert!(!found("alone/a.html", "../secret.png"));
    }

    #[cfg(unix)]
    #[test]
    fn no_links_out_and_no_devices() {
        let house = house();
        let mails = house.path().join("root/mails");
        std::os::unix::fs::symlink(house.path().join("secret.png"), mails.join("out.png")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", mails.join("zero.png")).unwrap();
        std::os::unix::fs::symlink("img/a b.png", mails.join("in.png")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(mails.join("s.png")).unwrap();
        for (reference, seen) in [("out.png", false), ("zero.png", false), ("s.png", false), ("in.png", true)] {
            assert_eq!(look(&mails.join("a.html"), reference).is_some(), seen, "{reference}");
        }
    }
}
