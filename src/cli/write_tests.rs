//! Files that are replaced, made, left alone.
#![allow(clippy::unwrap_used)]

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

#[test]
fn a_new_file_is_there_only_when_it_is_kept() {
    let (folder, path) = folder("old");
    let new = folder.path().join("report.json");
    let mut draft = Draft::of(&new).unwrap();
    draft.write_all(b"one").unwrap();
    assert!(!new.exists());
    drop(draft);
    assert_eq!(names(&folder), ["a.eml"]);
    write(&new, b"two").unwrap();
    write(&path, b"two").unwrap();
    assert_eq!((fs::read(&new).unwrap(), fs::read(&path).unwrap()), (b"two".to_vec(), b"two".to_vec()));
    assert_eq!(names(&folder), ["a.eml", "report.json"]);
}

#[test]
fn what_can_t_be_written_leaves_all_as_it_was() {
    let (folder, path) = folder("old");
    let said = |path: &Path| write(path, b"x").unwrap_err().to_string();
    assert_eq!(said(&folder.path().join("no/report.json")), "no such file or directory");
    assert_eq!(said(folder.path()), "is a directory");
    assert_eq!(said(&path.join("in-a-file")), "not a directory");
    assert_eq!(names(&folder), ["a.eml"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_devices_stay_what_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, path) = folder("old");
    for (link, to) in [("link", "a.eml"), ("new", "not-there-yet"), ("newer", "new")] {
        symlink(to, folder.path().join(link)).unwrap();
    }
    write(&folder.path().join("link"), b"new").unwrap();
    write(&folder.path().join("newer"), b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names(&folder), ["a.eml", "link", "new", "newer", "not-there-yet"]);
    assert!(folder.path().join("new").is_symlink() && folder.path().join("newer").is_symlink());
    let mode = fs::metadata(folder.path().join("not-there-yet")).unwrap().permissions().mode();
    assert_eq!(mode & 0o600, 0o600);
    write(Path::new("/dev/null"), b"x").unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}
