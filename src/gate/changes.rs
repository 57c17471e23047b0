//! Which files of a repository changed since a revision.
//!
//! Since the last commit that the revision has in common with HEAD, that is: what others did to the revision's branch meanwhile is no change
//! of ours. A file is unchanged only where git has it in that commit and finds no difference to the file on disk; all else changed: what is committed
//! since, what is staged or not, and what git does not know. A renamed file is a new one.

use super::git::{GitError, git, line};
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// What changed in a repository.
#[derive(Debug)]
pub struct Changes {
    /// Canonical.
    root: PathBuf,
    /// Files that differ or are gone, and submodules in which something does.
    differing: HashSet<PathBuf>,
    /// What the commit in common has: its files and its submodules.
    known: HashSet<PathBuf>,
}

impl Changes {
    /// Asks git what changed since `rev` in the repository around `folder`.
    ///
    /// # Errors
    /// There is no git, no repository, no such revision, or nothing in common with it.
    pub fn since(folder: &Path, rev: &OsStr) -> Result<Self, GitError> {
        let shown = || rev.to_string_lossy().into_owned();
        if rev.as_encoded_bytes().starts_with(b"-") {
            return Err(GitError::Option(shown()));
        }
        let top = line(git(folder, &words(["rev-parse", "--show-toplevel"]))?);
        let root = path(&top).canonicalize().map_err(|error| GitError::Refused(error.to_string()))?;
        let run = |args: &[&OsStr]| git(&root, args).map(line);
        let is_shallow = || run(&words(["rev-parse", "--is-shallow-repository"])).is_ok_and(|answer| answer == b"true");
        let refused = |error, becomes: fn(String, bool) -> GitError| match error {
            GitError::Refused(_) => becomes(shown(), is_shallow()),
            other => other,
        };

        let mut commit = rev.to_owned();
        commit.push("^{commit}");
        let commit = run(&[OsStr::new("rev-parse"), OsStr::new("--verify"), &commit])
            .map_err(|error| refused(error, GitError::UnknownRevision))?;
        let commit = text(commit);
        let base =
            run(&words(["merge-base", "HEAD", &commit])).map_err(|error| refused(error, GitError::NothingInCommon))?;
        let base = text(base);

        // what an owner's settings could change is said in full
        let differing = run(&words([
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-relative",
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=none",
            &base,
            "--",
        ]))?;
        let tree = run(&words(["ls-tree", "-r", "-z", "--full-tree", &base]))?;
        Ok(Self { root, differing: names(&differing).map(path).collect(), known: entries(&tree).collect() })
    }

    /// The repository's folder, links followed.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the file at `place`, absolute with the links of its folder followed, changed. What lies outside of the repository is unknown to it.
    pub fn has(&self, place: &Path) -> bool {
        let Ok(inside) = place.strip_prefix(&self.root) else { return true };
        let on_the_way = || inside.ancestors().filter(|above| !above.as_os_str().is_empty());
        on_the_way().any(|above| self.differing.contains(above))
            || !on_the_way().any(|above| self.known.contains(above))
    }
}

/// The arguments of a command as git takes them.
fn words<const N: usize>(words: [&str; N]) -> [&OsStr; N] {
    words.map(OsStr::new)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty())
}

/// The files and submodules that `git ls-tree` lists: `MODE TYPE OBJECT<tab>NAME`.
fn entries(tree: &[u8]) -> impl Iterator<Item = PathBuf> {
    names(tree).filter_map(|entry| {
        let tab = entry.iter().position(|byte| *byte == b'\t')?;
        Some(path(entry.get(tab + 1..)?))
    })
}

/// A path as git says it: bytes, with `/` between its parts.
fn path(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    let name: OsString = std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec());
    #[cfg(not(unix))]
    let name: OsString = String::from_utf8_lossy(bytes).into_owned().into();
    name.into()
}
