//! The inputs of a run: what the command line names, found and read.

use super::args::CheckArgs;
use super::input_list::Inputs;
use crate::config::Resolver;
use crate::config::limits::Limit;
use crate::diagnostic::Offset;
use crate::source::{self, DiscoverOptions, Found, Kind, ReadError, STANDARD_INPUT, Slice, Source};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file: how reports name it, and where it lies.
    File(Arc<str>, PathBuf),
    /// One message of an mbox file: how reports name the file, where it lies, and where the message lies in it.
    Message(Arc<str>, PathBuf, Slice),
    /// Standard input, and the name that it goes by.
    Stdin(Option<PathBuf>),
    /// Something that was named but can't be read, and why.
    Unreadable(ReadError),
}

impl Input {
    /// How reports name it.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::File(name, _) | Self::Message(name, ..) => Arc::clone(name),
            Self::Unreadable(error) => error.name.as_str().into(),
            Self::Stdin(Some(path)) => source::display_name(path).into(),
            Self::Stdin(None) => STANDARD_INPUT.into(),
        }
    }

    /// Where it lies, or is said to lie.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(_, path) | Self::Message(_, path, _) => Some(path),
            Self::Unreadable(error) => Some(Path::new(&error.name)),
            Self::Stdin(path) => path.as_deref(),
        }
    }

    /// Where it begins in its file, if not at its beginning.
    pub fn offset(&self) -> Option<Offset> {
        let Self::Message(_, _, slice) = self else { return None };
        Some(Offset { bytes: usize::try_from(slice.start).unwrap_or(usize::MAX / 2), lines: slice.lines })
    }

    /// Reads it, up to `max` bytes.
    ///
    /// # Errors
    /// It can't be read or is too large: what to say of it.
    pub fn read(&self, max: u64, kind: Option<Kind>) -> Result<Source, String> {
        let source = match self {
            Self::File(_, path) => source::read(path, max, kind),
            Self::Message(_, path, slice) => source::read_slice(path, *slice, max, kind),
            Self::Stdin(name) => source::read_stream(io::stdin().lock(), name.as_deref(), max, kind),
            Self::Unreadable(error) => Err(error.clone()),
        };
        source.map_err(|error| error.reason.to_string())
    }
}

/// All inputs that the command line names, in path order, each once, without what is excluded.
pub fn find(args: &CheckArgs, resolver: &Resolver) -> Inputs {
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().partition(|path| path.as_os_str() == "-");
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let options = DiscoverOptions { force_exclude: args.force_exclude, ..DiscoverOptions::default() };
    let discovery = source::discover(&paths, &options);
    let kept = |found: &Found| (found.explicit && !args.force_exclude) || !resolver.excludes(&found.path);
    let mut inputs = Inputs::of(discovery.found, kept);
    let stdin = (!stdin.is_empty() && !is_stdin_excluded(args, resolver)).then(|| args.stdin_filename.clone());
    inputs.add(discovery.errors.into_iter().map(Input::Unreadable).chain(stdin.map(Input::Stdin)));
    inputs
}

/// Whether standard input goes by the name of a file that `--force-exclude` leaves out.
fn is_stdin_excluded(args: &CheckArgs, resolver: &Resolver) -> bool {
    let Some(name) = args.stdin_filename.as_ref().filter(|_| args.force_exclude) else { return false };
    resolver.excludes(name) || !source::passed_over(std::slice::from_ref(name), &DiscoverOptions::default()).is_empty()
}

/// Hands on standard input as it is where it is left out and something waits for the fixed text. Where nothing does, it is read as well, as far as a
/// source goes: an editor would fail to write it to somebody who is gone already.
///
/// # Errors
/// It can't be read, or `out` can't be written.
pub fn pass_on_excluded(args: &CheckArgs, resolver: &Resolver, out: &mut dyn Write) -> io::Result<()> {
    if !args.paths.iter().any(|path| path.as_os_str() == "-") || !is_stdin_excluded(args, resolver) {
        return Ok(());
    }
    let mut input = io::stdin().lock();
    if args.fix.fix && !args.fix.diff {
        io::copy(&mut input, out)?;
    } else if !input.is_terminal() {
        io::copy(&mut input.take(Limit::Source.default()), &mut io::sink())?;
    }
    Ok(())
}
