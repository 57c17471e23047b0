//! The `git` program: asked, never told to change anything.

use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a hook of git sets for the repository that it runs in; here the folder says which repository is meant.
const SET_BY_HOOKS: [&str; 5] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/// Why git could not say what changed.
#[derive(Debug)]
pub enum GitError {
    /// The program can't be run.
    NoGit(io::Error),
    /// The revision begins with `-`, so that git would take it for an option.
    Option(String),
    /// There is no such revision; and whether the clone is shallow.
    UnknownRevision(String, bool),
    /// The revision and HEAD have no commit in common; and whether the clone is shallow.
    NothingInCommon(String, bool),
    /// There is no repository, or something else that git says.
    Refused(String),
}

impl GitError {
    /// The way out, where there is one.
    pub fn help(&self) -> Option<&'static str> {
        const SHALLOW: &str = "this clone is shallow: fetch the whole history (`git fetch --unshallow`; `fetch-depth: 0` for \
                               `actions/checkout`, `GIT_DEPTH: 0` in GitLab)";
        match self {
            Self::NoGit(_) => Some("`--since` asks the `git` program: install it, or leave `--since` out"),
            Self::Option(_) => Some("name a branch, a tag or a commit, such as `origin/main`"),
            Self::UnknownRevision(_, true) | Self::NothingInCommon(_, true) => Some(SHALLOW),
            Self::UnknownRevision(_, false) => Some(
                "`git branch --all` and `git tag` list what there is; a CI job often has to fetch it first (`fetch-depth: 0` for \
                 `actions/checkout`)",
            ),
            Self::NothingInCommon(_, false) | Self::Refused(_) => None,
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit(error) if error.kind() == io::ErrorKind::NotFound => f.write_str("there is no `git` program"),
            Self::NoGit(error) => write!(f, "`git` can't be run: {error}"),
            Self::Option(rev) => write!(f, "`{rev}` is no revision: it begins with `-`"),
            Self::UnknownRevision(rev, _) => write!(f, "git knows no revision `{rev}` here"),
            Self::NothingInCommon(rev, _) => write!(f, "`{rev}` and HEAD have no commit in common"),
            Self::Refused(said) => write!(f, "git says: {said}"),
        }
    }
}

impl std::error::Error for GitError {}

/// Runs git in `folder` and gives what it prints; what it has to say against it is [`GitError::Refused`].
///
/// # Errors
/// There is no git, or it refuses.
pub(super) fn git(folder: &Path, args: &[&OsStr]) -> Result<Vec<u8>, GitError> {
    let mut command = Command::new("git");
    SET_BY_HOOKS.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.current_dir(folder).args(["--no-pager", "--no-optional-locks"]).args(args).stdin(Stdio::null());
    // its words are shown, and it fetches nothing
    command.env("LC_ALL", "C").env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
    let ran = command.output().map_err(GitError::NoGit)?;
    if ran.status.success() {
        return Ok(ran.stdout);
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it failed without a word");
    Err(GitError::Refused(said.strip_prefix("fatal: ").unwrap_or(said).to_owned()))
}

/// A line that git printed, without its end.
pub(super) fn line(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.ends_with(b"\n") {
        bytes.pop();
    }
    bytes
}
