//! Writes files whole or not at all: a file beside it takes its place. What is no file, a pipe or a device, is written to as it is, at the end.

use super::interrupt;
use crate::config::error::said;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Links that are followed one after the other; who has more has a circle.
const MOST_LINKS: usize = 40;

/// Why a file was not written. It is as it was then.
#[derive(Debug)]
pub enum NotWritten {
    /// It changed since it was read.
    Changed,
    /// It is a pipe, a device.
    NoFile,
    /// It is marked read-only.
    ReadOnly,
    /// The system says so.
    Io(io::Error),
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for NotWritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("it changed while it was checked"),
            Self::NoFile => f.write_str("it is no regular file"),
            Self::ReadOnly => f.write_str("it is read-only"),
            Self::Io(error) if error.kind() == io::ErrorKind::StorageFull => f.write_str("no space is left"),
            Self::Io(error) => f.write_str(&said(error)),
        }
    }
}

/// What will be in a file. It takes little memory however long it gets; if it is dropped, or the process is ended, nothing has happened.
pub struct Draft(Kind);

enum Kind {
    /// Takes the place of the file, which was there before or not. It has no name until then: who ends a run leaves nothing behind.
    Beside(BufWriter<File>, PathBuf, Option<Metadata>),
    /// Goes into what is there.
    Into(BufWriter<File>, Target),
}

/// What is written to as it is.
enum Target {
    /// This process's standard output or error: opened anew, it would be overwritten from its beginning.
    Open(File),
    /// A pipe or a device; opened only when there is something to write, since a pipe lets nobody in before somebody reads.
    Named(PathBuf),
    /// A file, behind what it holds.
    End(PathBuf),
}

impl Draft {
    /// What will be in the file at `path`; of a symbolic link, in the file that it leads to.
    ///
    /// # Errors
    /// The file is marked read-only or a folder, or no file can be made beside it.
    pub fn of(path: &Path) -> Result<Self, NotWritten> {
        if let Some(stream) = standard(path) {
            return Ok(Self(Kind::Into(spool()?, Target::Open(stream?))));
        }
        let path = followed(path);
        match fs::metadata(&path) {
            Ok(there) if there.is_dir() => Err(NotWritten::Io(io::ErrorKind::IsADirectory.into())),
            Ok(there) if !there.is_file() => Ok(Self(Kind::Into(spool()?, Target::Named(path)))),
            // to rename, only the folder has to be writable; a file that is marked is still meant to stay
            Ok(there) if there.permissions().readonly() => Err(NotWritten::ReadOnly),
            Ok(there) => Self::beside(path, Some(there)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::beside(path, None),
            Err(error) => Err(error.into()),
        }
    }

    /// What will be behind what the file at `path` holds.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn behind(path: &Path) -> Result<Self, NotWritten> {
        Ok(Self(Kind::Into(spool()?, Target::End(path.to_owned()))))
    }

    fn beside(path: PathBuf, there: Option<Metadata>) -> Result<Self, NotWritten> {
        let file = tempfile::tempfile_in(folder(&path))?;
        Ok(Self(Kind::Beside(BufWriter::new(file), path, there)))
    }

    /// Puts it where it belongs.
    ///
    /// # Errors
    /// The system refuses. A file is as it was then; what went into a pipe is gone.
    pub fn keep(self) -> Result<(), NotWritten> {
        self.keep_if(|_| Ok(()))
    }

    /// Puts it where it belongs, if the file that was there is still as it should be.
    fn keep_if(self, fits: impl FnOnce(&Path) -> Result<(), NotWritten>) -> Result<(), NotWritten> {
        match self.0 {
            Kind::Into(written, target) => {
                Ok(target.take(written.into_inner().map_err(io::IntoInnerError::into_error)?)?)
            }
            Kind::Beside(written, path, there) => {
                let mut written = written.into_inner().map_err(io::IntoInnerError::into_error)?;
                written.rewind()?;
                let _whole = interrupt::hold();
                let mut file = named(&path, there.is_none())?;
                io::copy(&mut written, file.as_file_mut())?;
                if let Some(there) = &there {
                    keep_owner(file.as_file(), there);
                    file.as_file().set_permissions(there.permissions())?;
                }
                file.as_file().sync_all()?;
                fits(&path)?;
                file.persist(&path).map_err(|failed| failed.error)?;
                sync(folder(&path));
                Ok(())
            }
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Beside(file, ..) => file.write(bytes),
            Kind::Into(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Kind::Beside(file, ..) => file.flush(),
            Kind::Into(file, _) => file.flush(),
        }
    }
}

impl Target {
    fn take(self, mut written: File) -> io::Result<()> {
        written.rewind()?;
        let mut file = match self {
            Self::Open(file) => file,
            Self::Named(path) => OpenOptions::new().write(true).open(path)?,
            Self::End(path) => OpenOptions::new().append(true).create(true).open(path)?,
        };
        match io::copy(&mut written, &mut file) {
            // who closed the pipe has seen enough
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }
}

/// Writes `bytes` to the file at `path`.
///
/// # Errors
/// Those of [`Draft`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), NotWritten> {
    let mut draft = Draft::of(path)?;
    draft.write_all(bytes)?;
    draft.keep()
}

/// Writes `new` to the file at `path`, which was read as `old`; of a symbolic link, to the file that it leads to. Permissions stay, and the owner where
/// the system lets it.
///
/// # Errors
/// The file is none, is read-only, is no longer what was read, or the system refuses. Then nothing has changed.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), NotWritten> {
    let path = path.canonicalize()?;
    if !fs::metadata(&path)?.is_file() {
        return Err(NotWritten::NoFile);
    }
    let mut draft = Draft::of(&path)?;
    draft.write_all(new)?;
    draft.keep_if(|path| if is_still(path, old)? { Ok(()) } else { Err(NotWritten::Changed) })
}

fn is_still(path: &Path, old: &[u8]) -> io::Result<bool> {
    let same_length = fs::metadata(path)?.len() == u64::try_from(old.len()).unwrap_or(u64::MAX);
    Ok(same_length && fs::read(path)? == old)
}

/// The folder of the file at `path`.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file beside `path`, which may take its place.
fn named(path: &Path, is_new: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".presend-");
    // without this only the owner could read a new file, and a CI server's next step is often somebody else
    #[cfg(unix)]
    if is_new {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    builder.tempfile_in(folder(path))
}

/// A file without a name, for what is written elsewhere at the end.
fn spool() -> io::Result<BufWriter<File>> {
    tempfile::tempfile().map(BufWriter::new)
}

/// Where the links at `path` lead, also where nothing is there yet.
fn followed(path: &Path) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(to) = fs::read_link(&path) else { break };
        // what begins at the root replaces the folder
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    path
}

/// The standard stream of this process that `path` names.
#[cfg(unix)]
fn standard(path: &Path) -> Option<io::Result<File>> {
    use std::os::fd::AsFd;
    let stream = match path.to_str()? {
        "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1" => io::stdout().as_fd().try_clone_to_owned(),
        "/dev/stderr" | "/dev/fd/2" | "/proc/self/fd/2" => io::stderr().as_fd().try_clone_to_owned(),
        _ => return None,
    };
    Some(stream.map(File::from))
}

#[cfg(not(unix))]
fn standard(_: &Path) -> Option<io::Result<File>> {
    None
}

#[cfg(unix)]
fn keep_owner(file: &File, before: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = file.metadata().map(|now| (now.uid(), now.gid()));
    if now.is_ok_and(|now| now != (before.uid(), before.gid())) {
        // only root may give files away; whoever else may write the folder then owns the file
        let _ = fchown(file, Some(before.uid()), Some(before.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

/// Makes the new name last. Where a folder can't be synced, the system does it in its time.
fn sync(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
