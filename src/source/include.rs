//! Files that a source includes (`<mj-include path="…">`): which of them may be read, and why the others are not.

use super::read::{self, Reason, display_name};
use super::{Kind, Source};
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// Largest file that is read because another includes it, in bytes.
const MAX_SIZE: u64 = 1 << 20;
/// What marks the folder that a sender's files are in.
const MARKS: &[&str] = &["presend.toml", ".git"];

/// Reads the files that a source includes.
pub trait Includes {
    /// The file that `from` calls `path`. `kind` is what it is included as.
    ///
    /// # Errors
    /// It may not be read, or can't be.
    fn load(&self, from: &Source, path: &str, kind: Kind) -> Result<Source, Refused>;
}

/// Why an included file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Nothing is read but the source itself.
    NoFiles,
    /// No path, or one that a merge tag brings.
    NoPath,
    /// It is an absolute path, or a URL.
    Absolute,
    /// It lies outside of the project.
    Outside,
    /// It is a folder, a device, a pipe.
    NoFile,
    /// It would be one too many.
    TooMany,
    /// Included files include it, and so on, from too far.
    TooDeep,
    /// It can't be read.
    Unreadable(Reason),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFiles => f.write_str("included files are not read here"),
            Self::NoPath => f.write_str("nobody knows which file that is"),
            Self::Absolute => f.write_str("only files with a relative path are read"),
            Self::Outside => f.write_str("it lies outside of the project"),
            Self::NoFile => f.write_str("it is no file"),
            Self::TooMany => f.write_str("too many files are included"),
            Self::TooDeep => f.write_str("too many files include one another"),
            // where to raise the limit is said for sources
            Self::Unreadable(Reason::TooLarge(_)) => f.write_str("it is too large"),
            Self::Unreadable(reason) => reason.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

/// Reads nothing: for sources that lie nowhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoIncludes;

impl Includes for NoIncludes {
    fn load(&self, _: &Source, path: &str, _: Kind) -> Result<Source, Refused> {
        Err(if path.is_empty() { Refused::NoPath } else { Refused::NoFiles })
    }
}

/// What reads the files that `source` includes: those of its project, where it is MJML and lies somewhere.
pub fn includes_of(source: &Source) -> Box<dyn Includes> {
    let path = source.path.as_deref().filter(|_| source.kind == Kind::Mjml);
    match path.and_then(ProjectIncludes::around) {
        Some(includes) => Box::new(includes),
        None => Box::new(NoIncludes),
    }
}

/// Reads files of the project that a source lies in, and no others.
#[derive(Debug, Clone)]
pub struct ProjectIncludes {
    /// Canonical.
    root: PathBuf,
}

impl ProjectIncludes {
    /// The project around the file at `path`: the nearest folder above it with a `presend.toml` or a `.git`, else its own folder. `None` where there is
    /// no such folder.
    pub fn around(path: &Path) -> Option<Self> {
        let folder = folder_of(path)?;
        let marked = folder.ancestors().find(|folder| MARKS.iter().any(|mark| folder.join(mark).exists()));
        Some(Self { root: marked.unwrap_or(&folder).to_path_buf() })
    }

    /// Where the file that `from` calls `path` is, links followed.
    ///
    /// # Errors
    /// It is not there, or may not be read.
    pub fn find(&self, from: &Path, path: &str) -> Result<PathBuf, Refused> {
        let folder = folder_of(from).ok_or(Refused::NoFiles)?;
        let wanted = Path::new(path);
        if !is_relative(path) || wanted.has_root() {
            return Err(Refused::Absolute);
        }
        let plain =
            without_dots(&folder, wanted).filter(|plain| plain.starts_with(&self.root)).ok_or(Refused::Outside)?;
        let plain = if wanted.extension().is_none() && !plain.exists() { plain.with_extension("mjml") } else { plain };
        let found = plain.canonicalize().map_err(|error| Refused::Unreadable(Reason::of(&error)))?;
        if found.starts_with(&self.root) { Ok(found) } else { Err(Refused::Outside) }
    }
}

impl Includes for ProjectIncludes {
    fn load(&self, from: &Source, path: &str, kind: Kind) -> Result<Source, Refused> {
        if path.is_empty() {
            return Err(Refused::NoPath);
        }
        let found = self.find(from.path.as_deref().ok_or(Refused::NoFiles)?, path)?;
        let metadata = std::fs::metadata(&found).map_err(|error| Refused::Unreadable(Reason::of(&error)))?;
        if !metadata.is_file() {
            return Err(Refused::NoFile);
        }
        let mut source = read::read(&found, MAX_SIZE, Some(kind)).map_err(|error| Refused::Unreadable(error.reason))?;
        source.name = display_name(Path::new(path)).into();
        Ok(source)
    }
}

/// The folder of a file, links followed.
pub(super) fn folder_of(path: &Path) -> Option<PathBuf> {
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    folder.canonicalize().ok()
}

/// `C:\a`, `\a`, `file:…` and `https:…` are absolute on every system.
fn is_relative(path: &str) -> bool {
    !path.starts_with(['/', '\\', '~']) && !path.contains(':')
}

/// `path` below `folder` with its `.` and `..` worked out before anything is looked up; `None` above the root of the file system.
fn without_dots(folder: &Path, path: &Path) -> Option<PathBuf> {
    let mut plain = folder.to_path_buf();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => plain.pop().then_some(())?,
            Component::Normal(name) => plain.push(name),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(plain)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    /// A folder with files that hold their own names.
    fn tree(files: &[&str]) -> TempDir {
        let tree = tempfile::tempdir().unwrap();
        for name in files {
            let path = tree.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        tree
    }

    /// What the file `from` of the tree gets for `path`.
    fn load(tree: &TempDir, from: &str, path: &str) -> Result<String, Refused> {
        let from = tree.path().join(from);
        let source = Source::new("a", Some(from.clone()), Vec::new(), None);
        let loaded = ProjectIncludes::around(&from).unwrap().load(&source, path, Kind::Mjml)?;
        assert_eq!(loaded.kind, Kind::Mjml);
        Ok(String::from_utf8(loaded.bytes).unwrap())
    }

    #[test]
    fn files_of_the_project_are_read() {
        for mark in ["presend.toml", ".git/HEAD"] {
            let tree = tree(&[mark, "mails/a.mjml", "mails/b.mjml", "parts/c.html", "d"]);
            for (path, found) in [
                ("b.mjml", "mails/b.mjml"),
                ("./b.mjml", "mails/b.mjml"),
                ("b", "mails/b.mjml"),
                ("../parts/c.html", "parts/c.html"),
                ("./../mails/../d", "d"),
                ("a.mjml", "mails/a.mjml"),
            ] {
                assert_eq!(load(&tree, "mails/a.mjml", path).as_deref(), Ok(found), "{path}");
            }
        }
    }

    #[test]
    fn others_are_not() {
        let tree = tree(&["presend.toml", "mails/a.mjml", "mails/folder/x"]);
        let absolute = tree.path().join("mails/a.mjml");
        for (path, why) in [
            ("", Refused::NoPath),
            (absolute.to_str().unwrap(), Refused::Absolute),
            ("/etc/passwd", Refused::Absolute),
            ("C:\\a.mjml", Refused::Absolute),
            ("\\\\host\\a.mjml", Refused::Absolute),
            ("https://a.example/b.mjml", Refused::Absolute),
            ("file:b.mjml", Refused::Absolute),
            ("../../a.mjml", Refused::Outside),
            ("../../../../../../../../../../etc/passwd", Refused::Outside),
            ("missing.mjml", Refused::Unreadable(Reason::NotFound)),
            ("folder", Refused::NoFile),
        ] {
            assert_eq!(load(&tree, "mails/a.mjml", path), Err(why), "{path}");
        }
    }

    #[test]
    fn without_a_project_the_folder_is_all() {
        let tree = tree(&["mails/a.mjml", "mails/in/b.mjml", "c.mjml"]);
        assert!(load(&tree, "mails/a.mjml", "in/b.mjml").is_ok());
        assert_eq!(load(&tree, "mails/a.mjml", "../c.mjml"), Err(Refused::Outside));
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() {
        let outside = tree(&["secret.mjml"]);
        let tree = tree(&["presend.toml", "mails/a.mjml", "parts/b.mjml"]);
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, tree.path().join(name)).unwrap();
        link(&outside.path().join("secret.mjml"), "mails/out.mjml");
        link(outside.path(), "mails/folder");
        link(&tree.path().join("parts/b.mjml"), "mails/in.mjml");
        assert_eq!(load(&tree, "mails/a.mjml", "out.mjml"), Err(Refused::Outside));
        assert_eq!(load(&tree, "mails/a.mjml", "folder/secret.mjml"), Err(Refused::Outside));
        assert_eq!(load(&tree, "mails/a.mjml", "in.mjml").as_deref(), Ok("parts/b.mjml"));
    }

    #[test]
    fn what_is_too_large_is_not_read() {
        let tree = tree(&["a.mjml", "b.mjml"]);
        fs::write(tree.path().join("b.mjml"), vec![b' '; usize::try_from(MAX_SIZE).unwrap() + 1]).unwrap();
        assert_eq!(load(&tree, "a.mjml", "b.mjml").unwrap_err().to_string(), "it is too large");
    }
}
