//! Attached files that Microsoft 365 takes for malware, by name and by content.
//!
//! The list is `lints/data/blocked_files.toml`; `build/files.rs` checks it.

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// What the bytes of a kind of file look like.
#[derive(Debug)]
struct Signature {
    /// For people, with its article: `a Windows program`.
    name: &'static str,
    /// What its name ends in when it is honest.
    extensions: &'static [&'static str],
    offset: usize,
    bytes: &'static [u8],
    /// Stands somewhere in it; empty if nothing has to.
    contains: &'static str,
}

impl Signature {
    fn fits(&self, content: &[u8]) -> bool {
        content.get(self.offset..).is_some_and(|rest| rest.starts_with(self.bytes))
            && (self.contains.is_empty() || memchr::memmem::find(content, self.contains.as_bytes()).is_some())
    }
}

/// A kind of file that is blocked, known by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockedContent {
    /// For people, with its article: `a Windows program`.
    pub name: &'static str,
    /// What its name ends in when it is honest.
    pub extensions: &'static [&'static str],
}

/// The last extension of a file name in lower case, if the default attachment filter blocks it.
pub fn blocked_extension(file_name: &str) -> Option<String> {
    extensions(file_name).0.filter(|last| BLOCKED.binary_search(&last.as_str()).is_ok())
}

/// The two last extensions, where the first promises a document and the second opens as something else: `pdf` and `html`.
pub fn double_extension(file_name: &str) -> Option<(String, String)> {
    let (Some(last), Some(before)) = extensions(file_name) else { return None };
    let runs = BLOCKED.binary_search(&last.as_str()).is_ok() || OPENED.binary_search(&last.as_str()).is_ok();
    (runs && DOCUMENTS.binary_search(&before.as_str()).is_ok()).then_some((before, last))
}

/// What blocked kind of file `content` is, whatever it is called.
pub fn blocked_content(content: &[u8]) -> Option<BlockedContent> {
    let found = SIGNATURES.iter().find(|signature| signature.fits(content))?;
    Some(BlockedContent { name: found.name, extensions: found.extensions })
}

/// The last extension and the one before it. Dots and blanks at the end do not count: Windows drops them.
fn extensions(file_name: &str) -> (Option<String>, Option<String>) {
    let name = file_name.trim_end_matches(|character: char| character == '.' || character.is_whitespace());
    let mut pieces = name.rsplit('.').map(|piece| piece.trim().to_ascii_lowercase());
    let (last, before, stem) = (pieces.next(), pieces.next(), pieces.next());
    // `setup` alone has no extension, nor has the dot at the start of `.profile` a name before it.
    (last.filter(|_| before.as_ref().is_some_and(|before| !before.is_empty())), before.filter(|_| stem.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_blocked() {
        for (name, extension) in [
            ("setup.exe", Some("exe")),
            ("SETUP.EXE", Some("exe")),
            ("setup.exe. ", Some("exe")),
            ("a.b.iso", Some("iso")),
            ("catalog.pdf", None),
            ("command.com.pdf", None),
            ("exe", None),
            (".exe", None),
            ("", None),
        ] {
            assert_eq!(blocked_extension(name).as_deref(), extension, "{name}");
        }
    }

    #[test]
    fn names_with_two_extensions() {
        let two = |before: &str, last: &str| Some((before.to_owned(), last.to_owned()));
        for (name, found) in [
            ("invoice.pdf.html", two("pdf", "html")),
            ("photo.jpg   .scr", two("jpg", "scr")),
            ("report.2026.pdf", None),
            ("backup.tar.gz", None),
            ("pdf.html", None),
            ("logo.min.js", None),
        ] {
            assert_eq!(double_extension(name), found, "{name}");
        }
    }

    #[test]
    fn contents_that_are_blocked() {
        let mut image = vec![0; 32_769];
        image.extend(b"CD001");
        for (content, name) in [
            (&b"MZ\x90\0...!This program cannot be run"[..], Some("a DOS or Windows program")),
            (b"MZ\x90\0....PE\0\0", Some("a Windows program")),
            (b"MZ is how a letter may begin", None),
            (b"\x7fELF\x02", Some("a Linux program")),
            (b"\xcf\xfa\xed\xfe\x07", Some("a macOS program")),
            (b"MSCF\0\0\0\0", Some("a cabinet archive")),
            (&image, Some("a disk image")),
            (b"PK\x03\x04...META-INF/MANIFEST.MF", Some("a Java program")),
            (b"PK\x03\x04...META-INF/manifest.xml", None),
            (b"PK\x03\x04...word/vbaProject.bin", Some("a document with macros")),
            (b"%PDF-1.7", None),
            (b"", None),
        ] {
            assert_eq!(blocked_content(content).map(|found| found.name), name, "{}", content.escape_ascii());
        }
    }
}
