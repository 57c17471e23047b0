//! The inputs of a run: what the command line names, found and read.

use crate::source::{self, DiscoverOptions, Kind, ReadError, STANDARD_INPUT, Source};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file: how reports name it, and where it lies.
    File(Arc<str>, PathBuf),
    /// Standard input, and the name that it goes by.
    Stdin(Option<PathBuf>),
    /// Something that was named but can't be read, and why.
    Unreadable(ReadError),
}

impl Input {
    /// How reports name it.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::File(name, _) => Arc::clone(name),
            Self::Unreadable(error) => error.name.as_str().into(),
            Self::Stdin(Some(path)) => source::display_name(path).into(),
            Self::Stdin(None) => STANDARD_INPUT.into(),
        }
    }

    /// Where it lies, or is said to lie.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(_, path) => Some(path),
            Self::Unreadable(error) => Some(Path::new(&error.name)),
            Self::Stdin(path) => path.as_deref(),
        }
    }

    /// Reads it, up to `max` bytes.
    ///
    /// # Errors
    /// It can't be read or is too large: what to say of it.
    pub fn read(&self, max: u64, kind: Option<Kind>) -> Result<Source, String> {
        let source = match self {
            Self::File(_, path) => source::read(path, max, kind),
            Self::Stdin(name) => source::read_stream(io::stdin().lock(), name.as_deref(), max, kind),
            Self::Unreadable(error) => Err(error.clone()),
        };
        source.map_err(|error| error.reason.to_string())
    }
}

/// All inputs that `paths` name, in path order, each once.
pub fn find(paths: &[PathBuf], stdin_filename: Option<&Path>) -> Vec<Input> {
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.as_os_str() == "-");
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let discovery = source::discover(&paths, &DiscoverOptions::default());
    let mut inputs: Vec<_> =
        discovery.found.into_iter().map(|found| Input::File(found.name.into(), found.path)).collect();
    inputs.extend(discovery.errors.into_iter().map(Input::Unreadable));
    if !stdin.is_empty() {
        inputs.push(Input::Stdin(stdin_filename.map(Path::to_owned)));
    }
    inputs.sort_by_cached_key(|input| PathBuf::from(&*input.name()));
    inputs
}
