//! One input file: its bytes, its name, its kind. Nothing here ever rewrites it.

mod kind;
mod map;
mod position;
mod span;

pub use kind::Kind;
pub use map::{OffsetMap, Run};
pub use position::{LineIndex, Position};
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
}
