//! Reading one input, never more of it than the limit, and saying in plain words why it can't be read.

use super::kind::is_wide_message;
use super::{Kind, Source};
use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Size that an input may have if nothing else is said, in bytes.
pub const DEFAULT_LIMIT: u64 = 64 * 1024 * 1024;

/// The key of the configuration that raises the limit.
const LIMIT_KEY: &str = "source";

/// How a compound file begins: an item that Outlook saved as `.msg`, no message of RFC 5322.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// An input that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The path as given or found, with `/` between its parts.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

/// Why an input can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is there.
    NotFound,
    /// It is a folder, where a file is wanted.
    Folder,
    /// It is a device or a socket.
    Device,
    /// The system does not allow it.
    Permission,
    /// It is larger than the limit, in bytes.
    TooLarge(u64),
    /// It is an item in Outlook's own format, not a raw message.
    OutlookItem,
    /// It is a message that was saved as UTF-16.
    Wide,
    /// What else the system says.
    Other(String),
}

impl ReadError {
    pub(super) fn new(path: &Path, reason: Reason) -> Self {
        Self { name: display_name(path), reason }
    }

    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(path, Reason::of(error))
    }
}

impl Reason {
    pub(super) fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Permission,
            io::ErrorKind::IsADirectory => Self::Folder,
            io::ErrorKind::NotADirectory => Self::Other("a part of the path is not a folder".to_owned()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "can't read `{}`: {}", self.name, self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("no such file or folder"),
            Self::Folder => f.write_str("it is a folder"),
            Self::Device => f.write_str("it is a device, not a file"),
            Self::Permission => f.write_str("permission denied"),
            Self::TooLarge(limit) => {
                write!(
                    f,
                    "it is over the limit of {}; `--max-size`, or `{LIMIT_KEY}` under `[limits]` in `presend.toml`, raises it",
                    Size(*limit)
                )
            }
            Self::OutlookItem => f.write_str("it is an item in Outlook's own format; save it as `.eml` and read that"),
            Self::Wide => f.write_str(
                "it is a mail that was saved as UTF-16, as no mail is sent; save it as it was sent, or as UTF-8",
            ),
            Self::Other(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for ReadError {}

/// A number of bytes, as people say it.
struct Size(u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes > 0 && bytes.is_multiple_of(1 << 20) => write!(f, "{} MiB", bytes >> 20),
            bytes if bytes > 0 && bytes.is_multiple_of(1 << 10) => write!(f, "{} KiB", bytes >> 10),
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}

/// Reads the file at `path`, of at most `max_bytes` bytes; a pipe is read as well. `kind` overrides what name and content say.
///
/// # Errors
/// When there is no such file, when it is a folder or a device, when it is too large (also when it grows too large while it is read), or when
/// the system refuses.
pub fn read(path: &Path, max_bytes: u64, kind: Option<Kind>) -> Result<Source, ReadError> {
    let failed = |error: io::Error| ReadError::io(path, &error);
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if let Some(reason) = refused(&metadata, max_bytes) {
        return Err(ReadError::new(path, reason));
    }
    let file = File::open(path).map_err(failed)?;
    let bytes = read_limited(file, metadata.len(), max_bytes).map_err(|reason| ReadError::new(path, reason))?;
    Ok(Source::new(&display_name(path), Some(path.to_path_buf()), bytes, kind))
}

/// Reads `input` (standard input) to its end, at most `max_bytes` bytes. `file_name` is what it would be called, for its kind and in reports.
///
/// # Errors
/// When it is too large, or can't be read.
pub fn read_stream(
    input: impl Read,
    file_name: Option<&Path>,
    max_bytes: u64,
    kind: Option<Kind>,
) -> Result<Source, ReadError> {
    let name = file_name.map_or_else(|| STANDARD_INPUT.to_owned(), display_name);
    match read_limited(input, 0, max_bytes) {
        Ok(bytes) => Ok(Source::new(&name, file_name.map(Path::to_path_buf), bytes, kind)),
        Err(reason) => Err(ReadError { name, reason }),
    }
}

/// What standard input is called in reports, when nothing else is said.
pub const STANDARD_INPUT: &str = "<stdin>";

fn refused(metadata: &Metadata, max_bytes: u64) -> Option<Reason> {
    if metadata.is_dir() {
        Some(Reason::Folder)
    } else if is_device(metadata) {
        Some(Reason::Device)
    } else if metadata.is_file() && metadata.len() > max_bytes {
        Some(Reason::TooLarge(max_bytes))
    } else {
        None
    }
}

#[cfg(unix)]
fn is_device(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    kind.is_char_device() || kind.is_block_device() || kind.is_socket()
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}

/// One byte more than allowed tells that there is more: a file may have grown, a pipe has no size.
/// `expected` is how many there may be, for which room is made at once.
pub(super) fn read_limited(input: impl Read, expected: u64, max_bytes: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected.min(max_bytes)).unwrap_or_default());
    input.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| Reason::of(&error))?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > max_bytes {
        Err(Reason::TooLarge(max_bytes))
    } else if bytes.starts_with(COMPOUND_FILE) {
        Err(Reason::OutlookItem)
    } else if is_wide_message(&bytes) {
        Err(Reason::Wide)
    } else {
        Ok(bytes)
    }
}

/// `path` as reports name it: with `/` between its parts and without a leading `./`.
pub fn display_name(path: &Path) -> String {
    let name = path.to_string_lossy();
    let name = if std::path::MAIN_SEPARATOR == '\\' { name.replace('\\', "/") } else { name.into_owned() };
    let mut rest = name.as_str();
    while let Some(inner) = rest.strip_prefix("./") {
        rest = inner.trim_start_matches('/');
    }
    if rest.is_empty() { ".".to_owned() } else { rest.to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{DEFAULT_LIMIT, Kind, Reason, display_name, read, read_stream};
    use std::path::Path;

    #[test]
    fn a_file_is_read_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        std::fs::write(&path, b"<p>\xff\r\n").unwrap();
        let source = read(&path, DEFAULT_LIMIT, None).unwrap();
        assert_eq!((source.bytes.as_slice(), source.kind, source.mistaken), (&b"<p>\xff\r\n"[..], Kind::Html, None));
        assert_eq!(source.path.as_deref(), Some(path.as_path()));
    }

    #[test]
    fn a_mail_called_html_says_what_it_promised() {
        let mail = &b"Message-ID: <a@b>\nFrom: a@b\n\nc"[..];
        let source = read_stream(mail, Some(Path::new("./x/a.html")), 100, None).unwrap();
        assert_eq!((&*source.name, source.kind, source.mistaken), ("x/a.html", Kind::Message, Some(Kind::Html)));
        let forced = read_stream(mail, Some(Path::new("a.html")), 100, Some(Kind::Html)).unwrap();
        assert_eq!((forced.kind, forced.mistaken), (Kind::Html, None));
    }

    #[test]
    fn the_limit_holds_for_files_and_streams() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        std::fs::write(&path, b"12345").unwrap();
        assert!(read(&path, 5, None).is_ok());
        assert_eq!(read(&path, 4, None).unwrap_err().reason, Reason::TooLarge(4));
        assert!(read_stream(&b"12345"[..], None, 5, None).is_ok());
        assert_eq!(read_stream(std::io::repeat(b'a'), None, 4, None).unwrap_err().reason, Reason::TooLarge(4));
    }

    #[test]
    fn reasons_are_said_in_plain_words() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("a.eml");
        let said = read(&missing, 1, None).unwrap_err().to_string();
        assert_eq!(said, format!("can't read `{}`: no such file or folder", missing.display()));
        assert_eq!(read(folder.path(), 1, None).unwrap_err().reason, Reason::Folder);
        for (reason, said) in [
            (
                Reason::TooLarge(DEFAULT_LIMIT),
                "it is over the limit of 64 MiB; `--max-size`, or `source` under `[limits]` in `presend.toml`, raises it",
            ),
            (
                Reason::TooLarge(1000),
                "it is over the limit of 1000 bytes; `--max-size`, or `source` under `[limits]` in `presend.toml`, raises it",
            ),
            (Reason::Permission, "permission denied"),
        ] {
            assert_eq!(reason.to_string(), said);
        }
    }

    #[test]
    fn outlooks_own_format_is_refused() {
        let item = &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"[..];
        assert_eq!(read_stream(item, Some(Path::new("a.msg")), 100, None).unwrap_err().reason, Reason::OutlookItem);
    }

    #[test]
    fn a_mail_saved_as_utf_16_is_refused_and_a_page_is_not() {
        let wide = |text: &str| {
            text.encode_utf16().fold(vec![0xff, 0xfe], |all, unit| [all, unit.to_le_bytes().to_vec()].concat())
        };
        let read = |text: &str| {
            read_stream(&wide(text)[..], Some(Path::new("a.eml")), 1000, None).map_err(|error| error.reason)
        };
        assert_eq!(read("From: a@b.example\r\nSubject: Bücher\r\n\r\nhi").unwrap_err(), Reason::Wide);
        assert!(read("<p>From: a</p>").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn devices_are_refused() {
        assert_eq!(read(Path::new("/dev/zero"), 10, None).unwrap_err().reason, Reason::Device);
    }

    #[test]
    fn names_have_no_dot_in_front() {
        for (path, name) in
            [("./a", "a"), ("././/a/./b", "a/./b"), ("../a", "../a"), (".", "."), ("./", "."), (".a", ".a")]
        {
            assert_eq!(display_name(Path::new(path)), name);
        }
    }
}
