//! Writes a file whole or not at all: a file beside it takes its place.

use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::Path;

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
            Self::Io(error) => match error.kind() {
                io::ErrorKind::PermissionDenied => f.write_str("permission denied"),
                io::ErrorKind::StorageFull => f.write_str("no space is left"),
                _ => error.fmt(f),
            },
        }
    }
}

/// Writes `new` to the file at `path`, which was read as `old`; of a symbolic link, to the file that it leads to. Permissions stay, and the owner where
/// the system lets it.
///
/// # Errors
/// The file is none, is read-only, is no longer what was read, or the system refuses. Then nothing has changed.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), NotWritten> {
    let path = path.canonicalize()?;
    let metadata = fs::metadata(&path)?;
    if !metadata.is_file() {
        return Err(NotWritten::NoFile);
    }
    // to rename, only the folder has to be writable; a file that is marked is still meant to stay
    if metadata.permissions().readonly() {
        return Err(NotWritten::ReadOnly);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut draft = tempfile::Builder::new().prefix(".presend-").tempfile_in(folder)?;
    draft.write_all(new)?;
    keep_owner(draft.as_file(), &metadata);
    draft.as_file().set_permissions(metadata.permissions())?;
    draft.as_file().sync_all()?;
    if !is_still(&path, old)? {
        return Err(NotWritten::Changed);
    }
    draft.persist(&path).map_err(|error| error.error)?;
    sync(folder);
    Ok(())
}

fn is_still(path: &Path, old: &[u8]) -> io::Result<bool> {
    let same_length = fs::metadata(path)?.len() == u64::try_from(old.len()).unwrap_or(u64::MAX);
    Ok(same_length && fs::read(path)? == old)
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn folder(text: &str) -> (TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.eml");
        fs::write(&path, text).unwrap();
        (folder, path)
    }

    /// The names in a folder: nothing is left beside the file.
    fn names(folder: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced() {
        let (folder, path) = folder("old");
        replace(&path, b"old", b"new").unwrap();
        assert_eq!((fs::read(&path).unwrap(), names(&folder)), (b"new".to_vec(), vec!["a.eml".to_owned()]));
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        for changed in ["older", "odd"] {
            let (folder, path) = folder(changed);
            let error = replace(&path, b"old", b"new").unwrap_err();
            assert!(matches!(error, NotWritten::Changed), "{error}");
            assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(&folder).len()), (changed, 1));
        }
    }

    #[test]
    fn a_file_that_is_gone_is_not_made() {
        let (_folder, path) = folder("old");
        fs::remove_file(&path).unwrap();
        assert!(matches!(replace(&path, b"old", b"new"), Err(NotWritten::Io(_))));
        assert!(!path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_lead_to_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, path) = folder("old");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path().join("link.eml");
        std::os::unix::fs::symlink("a.eml", &link).unwrap();
        replace(&link, b"old", b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o640);
    }

    #[test]
    fn a_read_only_file_stays() {
        let (_folder, path) = folder("old");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(matches!(replace(&path, b"old", b"new"), Err(NotWritten::ReadOnly)));
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }
}
