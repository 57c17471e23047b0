//! The inputs of a run: what the command line names, found and read.
//!
//! Finding and reading are done here in the plainest way until `crate::source` has `discover`, `read` and `Source::new`.

use crate::config::error::said;
use crate::source::{Kind, Source};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, and the name that it goes by.
    Stdin(Option<PathBuf>),
    /// Something that was named but can't be read, and why.
    Unreadable(PathBuf, String),
}

impl Input {
    /// How reports name it.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::File(path) | Self::Stdin(Some(path)) | Self::Unreadable(path, _) => shown(path).into(),
            Self::Stdin(None) => "<stdin>".into(),
        }
    }

    /// Where it lies, or is said to lie.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::Unreadable(path, _) => Some(path),
            Self::Stdin(path) => path.as_deref(),
        }
    }

    /// Reads it, up to `max` bytes.
    ///
    /// # Errors
    /// It can't be read or is too large: what to say of it.
    pub fn read(&self, max: u64, kind: Option<Kind>) -> Result<Source, String> {
        let bytes = match self {
            Self::Unreadable(_, why) => return Err(why.clone()),
            Self::File(path) => File::open(path).and_then(|file| limited(file, max)),
            Self::Stdin(_) => limited(io::stdin().lock(), max),
        };
        let bytes = bytes.map_err(|error| said(&error))?.ok_or_else(|| {
            format!(
                "larger than {}, the limit that `--max-size` or `limits.source` sets",
                crate::config::size::show(max)
            )
        })?;
        let path = self.path().map(Path::to_owned);
        let kind = kind.unwrap_or_else(|| kind_of(path.as_deref()));
        Ok(Source { name: self.name(), path, bytes, kind })
    }
}

/// All inputs that `paths` name, in path order, each once.
pub fn find(paths: &[PathBuf], stdin_filename: Option<&Path>) -> Vec<Input> {
    let mut inputs = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.insert(Input::Stdin(stdin_filename.map(Path::to_owned)));
        } else if path.is_dir() {
            let walk = ignore::WalkBuilder::new(path).build().filter_map(Result::ok);
            let files = walk.map(ignore::DirEntry::into_path).filter(|path| path.is_file() && is_known(path));
            inputs.extend(files.map(Input::File));
        } else {
            inputs.insert(match path.metadata() {
                Ok(_) => Input::File(path.clone()),
                Err(error) => Input::Unreadable(path.clone(), said(&error)),
            });
        }
    }
    let mut inputs: Vec<_> = inputs.into_iter().collect();
    inputs.sort_by_cached_key(|input| input.path().map(Path::to_owned));
    inputs
}

fn limited(from: impl Read, max: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= max).then_some(bytes))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn kind_of(path: Option<&Path>) -> Kind {
    match path.and_then(Path::extension).and_then(|extension| extension.to_str()) {
        Some("html" | "htm") => Kind::Html,
        Some("mjml") => Kind::Mjml,
        _ => Kind::Message,
    }
}

fn is_known(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["eml", "html", "htm", "mjml"].iter().any(|known| extension == *known))
}
