//! Folders to run the binary in, where no configuration from above reaches.
#![allow(dead_code, clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A repository with the files `(path, text)`.
pub fn tree(files: &[(&str, &str)]) -> TempDir {
    let tree = tempfile::tempdir().unwrap();
    fs::create_dir(tree.path().join(".git")).unwrap();
    for (path, text) in files {
        let path = tree.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

/// A repository with the two sample campaigns in `mails/`.
pub fn samples() -> TempDir {
    let tree = tree(&[]);
    fs::create_dir(tree.path().join("mails")).unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sample");
    for name in ["catalogs.eml", "clean.eml"] {
        fs::copy(samples.join(name), tree.path().join("mails").join(name)).unwrap();
    }
    tree
}
