//! One input file: its bytes, its name, its kind. Nothing here ever rewrites it.

mod discover;
mod files;
mod include;
mod kind;
mod mailbox;
mod map;
mod own;
mod passed;
mod position;
mod read;
mod span;

pub use discover::{DiscoverOptions, Discovery, discover};
pub use files::{Files, Found};
pub use include::{Includes, NoIncludes, ProjectIncludes, Refused, includes_of};
pub use kind::{Kind, mistaken};
pub use mailbox::{Slice, is_mbox, messages_in, read_slice};
pub(crate) use mailbox::{begins_with_separator, is_separator};
pub use map::{OffsetMap, Run};
pub use own::{REPORT_MARK, is_report, is_report_file};
pub use passed::{located, passed_over};
pub use position::{LineIndex, Position};
pub use read::{DEFAULT_LIMIT, ReadError, Reason, STANDARD_INPUT, display_name, read, read_stream};
pub use span::{FileSpan, ViewSpan};

use std::path::PathBuf;
use std::sync::Arc;

/// One input: a file, or what came on standard input.
#[derive(Debug)]
pub struct Source {
    /// How the file is named in reports: the path as given or found, with `/` between its parts.
    pub name: Arc<str>,
    /// Where it lies, if it lies anywhere (standard input without `--stdin-filename` does not).
    pub path: Option<PathBuf>,
    /// The bytes of the file, as they are on disk.
    pub bytes: Vec<u8>,
    /// What the bytes are taken for.
    pub kind: Kind,
    /// The kind that its name promised, where that is a mail and the bytes are none, or the other way round.
    pub mistaken: Option<Kind>,
    /// The bytes are text that an editor has decoded, in UTF-8: what they say of their own charset was true of the file that it read.
    pub decoded: bool,
}

impl Source {
    /// An input called `name` in reports that holds `bytes`. Its kind is `kind`, or else what name and bytes say.
    pub fn new(name: &str, path: Option<PathBuf>, bytes: Vec<u8>, kind: Option<Kind>) -> Self {
        let promised = Kind::promised(name).filter(|_| kind.is_none());
        let mistaken = promised.filter(|&promised| mistaken(promised, &bytes).is_some());
        let kind = kind.unwrap_or_else(|| Kind::of(name, &bytes));
        Self { name: Arc::from(name), path, bytes, kind, mistaken, decoded: false }
    }

    /// What an editor holds: like [`Source::new`], of text that is already decoded.
    pub fn of_text(name: &str, path: Option<PathBuf>, text: &str, kind: Option<Kind>) -> Self {
        Self { decoded: true, ..Self::new(name, path, text.as_bytes().to_vec(), kind) }
    }
}
