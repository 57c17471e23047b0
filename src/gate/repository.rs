//! The repository that a run is in: what paths are relative to for everyone who compares runs of several machines.

use std::path::{Component, Path, PathBuf};

/// The nearest folder upwards with a `.git`, else the current folder.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    root: PathBuf,
    folder: PathBuf,
}

impl Repository {
    /// The repository around `folder`, which is absolute.
    pub fn around(folder: &Path) -> Self {
        let root = folder.ancestors().find(|above| above.join(".git").exists()).unwrap_or(folder);
        Self { root: root.to_owned(), folder: folder.to_owned() }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path relative to the repository, with `/` between its parts, of a file as reports name it. What lies
    /// elsewhere, and what is no file, keeps its name.
    pub fn path(&self, name: &str) -> String {
        let whole = plain(&self.folder.join(name));
        // the folder may have been named through a link
        let relative = whole.strip_prefix(&self.root).ok().map(Path::to_owned);
        let relative = relative.or_else(|| {
            let (whole, root) = (whole.canonicalize().ok()?, self.root.canonicalize().ok()?);
            whole.strip_prefix(root).ok().map(Path::to_owned)
        });
        relative.map_or_else(|| name.to_owned(), |path| crate::source::display_name(&path))
    }
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn paths_are_relative_to_the_repository_wherever_in_it_presend_runs() {
        let tree = tempfile::tempdir().unwrap();
        let root = tree.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join(".git")).unwrap();
        std::fs::create_dir_all(root.join("mails/may")).unwrap();
        let inside = Repository::around(&root.join("mails"));
        assert_eq!(inside.root(), root);
        for (name, path) in [
            ("a.eml", "mails/a.eml"),
            ("./may/../a.eml", "mails/a.eml"),
            ("../b.eml", "b.eml"),
            (root.join("mails/c.eml").to_str().unwrap(), "mails/c.eml"),
            ("/elsewhere/d.eml", "/elsewhere/d.eml"),
            ("../../e.eml", "../../e.eml"),
        ] {
            assert_eq!(inside.path(name), path, "{name}");
        }
    }

    #[test]
    fn without_a_repository_it_is_the_current_folder() {
        let folder = Path::new("/nowhere/at/all");
        assert_eq!(Repository::around(folder).path("a/b.eml"), "a/b.eml");
    }
}
