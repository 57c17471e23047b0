//! Finding the files to read: those that are named, and in folders those whose name promises a campaign.

use super::Kind;
use super::files::Files;
use super::mailbox::{is_maildir, is_mbox};
use super::own::is_report_file;
use super::passed::passed_over;
use super::read::{ReadError, Reason};
use crate::sort;
use ignore::WalkBuilder;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// How folders are searched.
#[derive(Debug, Clone)]
pub struct DiscoverOptions {
    /// `.gitignore` and `.ignore` are respected, also outside of a repository.
    pub respect_ignore: bool,
    /// Hidden files and folders are searched too.
    pub hidden: bool,
    /// What a search would pass over is left out even where it is named.
    pub force_exclude: bool,
}

impl Default for DiscoverOptions {
    fn default() -> Self {
        Self { respect_ignore: true, hidden: false, force_exclude: false }
    }
}

/// What was found, and what could not be looked at.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The files in path order, each once.
    pub found: Files,
    /// The folders that were searched, as given or below one as given.
    pub folders: Vec<PathBuf>,
    /// Paths that are missing or unreadable, in path order.
    pub errors: Vec<ReadError>,
}

/// Finds the files that `paths` name. A file is taken whatever it is called; a folder is searched with all below it for names that promise a
/// campaign or a mailbox, and for the messages of a Maildir, which promise nothing, but for reports of presend. Links are not followed, except where
/// `paths` name one.
pub fn discover(paths: &[PathBuf], options: &DiscoverOptions) -> Discovery {
    let mut discovery = Discovery::default();
    let passed = if options.force_exclude { passed_over(paths, options) } else { HashSet::new() };
    for path in paths.iter().filter(|path| !passed.contains(path.as_path())) {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, options, &mut discovery),
            Ok(_) if options.force_exclude && is_report_file(path) => {}
            Ok(_) => discovery.found.push(path, true),
            Err(error) => discovery.errors.push(ReadError::io(path, &error)),
        }
    }
    discovery.found.sort();
    if do_overlap(paths) {
        let mut seen = HashSet::new();
        discovery.found.retain(|found| seen.insert(identity(&found.path)));
    }
    sort::by(&mut discovery.errors, |a, b| Path::new(&a.name).cmp(Path::new(&b.name)));
    discovery.errors.dedup();
    discovery
}

/// Whether something may be found twice: two of `paths` are the same, or one lies in another.
fn do_overlap(paths: &[PathBuf]) -> bool {
    let mut places: Vec<PathBuf> = paths.iter().map(|path| identity(path)).collect();
    // what lies in a folder comes right behind it
    places.sort_unstable();
    places.windows(2).any(|pair| matches!(pair, [before, after] if after.starts_with(before)))
}

/// One file may be named in several ways.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// A search below `folder`.
pub(super) fn walker(folder: &Path, options: &DiscoverOptions) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker
        .standard_filters(options.respect_ignore)
        .hidden(!options.hidden)
        .require_git(false)
        // what a machine's owner ignores everywhere must not change the result
        .git_global(false)
        .follow_links(false);
    walker
}

fn walk(folder: &Path, options: &DiscoverOptions, discovery: &mut Discovery) {
    discovery.folders.push(folder.to_owned());
    let mut maildir = (PathBuf::new(), false);
    for entry in walker(folder, options).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let name = entry.file_name().to_string_lossy();
                let promises = Kind::promised(&name).is_some() || is_mbox(&name);
                if (promises && !is_report_file(entry.path())) || in_maildir(entry.path(), &mut maildir) {
                    discovery.found.push(entry.path(), false);
                }
            }
            Ok(entry) if entry.depth() > 0 && entry.file_type().is_some_and(|kind| kind.is_dir()) => {
                discovery.folders.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => discovery.errors.push(walk_error(folder, &error)),
        }
    }
}

/// Whether the file lies in a Maildir; `last` remembers what was found of its folder.
fn in_maildir(path: &Path, last: &mut (PathBuf, bool)) -> bool {
    let Some(folder) = path.parent() else { return false };
    if last.0 != folder {
        *last = (folder.to_owned(), is_maildir(folder));
    }
    last.1
}

fn walk_error(folder: &Path, error: &ignore::Error) -> ReadError {
    match error {
        ignore::Error::WithPath { path, err } => walk_error(path, err),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => walk_error(folder, err),
        ignore::Error::Io(error) => ReadError::io(folder, error),
        other => ReadError::new(folder, Reason::Other(other.to_string())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{DiscoverOptions, Discovery, discover};
    use std::path::{Path, PathBuf};
    use tempfile::TempDir;

    fn folder(files: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, if name.ends_with("ignore") { "ignored/\n*.bak.html\n" } else { "" }).unwrap();
        }
        folder
    }

    fn names(discovery: &Discovery, root: &Path) -> Vec<String> {
        let root = format!("{}/", root.display());
        let names = discovery.found.iter().map(|found| found.name());
        names.map(|name| name.strip_prefix(&root).unwrap_or(&name).to_owned()).collect()
    }

    fn discover_in(root: &Path, paths: &[&str], options: &DiscoverOptions) -> Discovery {
        discover(&paths.iter().map(|path| root.join(path)).collect::<Vec<PathBuf>>(), options)
    }

    #[test]
    fn a_folder_is_searched_for_names_that_are_known() {
        let root =
            folder(&["b.html", "a/z.eml", "a/y.txt", "a/x.html.erb", "a.b/c.mjml", "README.md", "a/b/w.blade.php"]);
        let found = discover(&[root.path().to_path_buf()], &DiscoverOptions::default());
        assert_eq!(names(&found, root.path()), ["a/b/w.blade.php", "a/x.html.erb", "a/z.eml", "a.b/c.mjml", "b.html"]);
        assert!(found.errors.is_empty());
    }

    #[test]
    fn a_maildir_holds_messages_without_extension() {
        let root = folder(&["box/cur/1.M1.host:2,S", "box/new/2.M2.host", "box/tmp/3.M3.host", "cur/README", "a.mbox"]);
        let found = discover(&[root.path().to_path_buf()], &DiscoverOptions::default());
        assert_eq!(names(&found, root.path()), ["a.mbox", "box/cur/1.M1.host:2,S", "box/new/2.M2.host"]);
    }

    #[test]
    fn what_is_ignored_or_hidden_is_left_out() {
        let root = folder(&[".gitignore", "ignored/a.html", "b.bak.html", ".hidden.html", ".git/c.html", "d.html"]);
        let found = discover(&[root.path().to_path_buf()], &DiscoverOptions::default());
        assert_eq!(names(&found, root.path()), ["d.html"]);
        assert_eq!(found.folders, [root.path()], "and not looked into");
        let all = DiscoverOptions { respect_ignore: false, ..DiscoverOptions::default() };
        let found = discover(&[root.path().to_path_buf()], &all);
        assert_eq!(names(&found, root.path()), ["b.bak.html", "d.html", "ignored/a.html"]);
    }

    #[test]
    fn a_report_of_presend_is_no_campaign() {
        let root = folder(&["a.html"]);
        let report =
            format!("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">{}", super::super::REPORT_MARK);
        std::fs::write(root.path().join("report.html"), report).unwrap();
        let found = |paths: &[&str], force_exclude| {
            let options = DiscoverOptions { force_exclude, ..DiscoverOptions::default() };
            names(&discover_in(root.path(), paths, &options), root.path())
        };
        assert_eq!(found(&[""], false), ["a.html"]);
        assert_eq!(found(&["report.html"], false), ["report.html"], "it was named");
        assert_eq!(found(&["report.html", "a.html"], true), ["a.html"]);
    }

    #[test]
    fn a_named_file_is_always_taken() {
        let root = folder(&[".gitignore", "ignored/a.html", ".hidden", "b.bak.html"]);
        let found = discover_in(root.path(), &["b.bak.html", ".hidden", "ignored/a.html"], &DiscoverOptions::default());
        assert_eq!(names(&found, root.path()), [".hidden", "b.bak.html", "ignored/a.html"]);
    }

    #[test]
    fn each_file_comes_once_in_path_order() {
        let root = folder(&["a/b.html", "a/c.html"]);
        let found = discover_in(root.path(), &["a/c.html", "a", "a/../a/b.html", "a"], &DiscoverOptions::default());
        let names: Vec<_> =
            found.found.iter().map(|found| (found.path.file_name().unwrap().to_owned(), found.explicit)).collect();
        assert_eq!(names.len(), 2);
        assert!(names.contains(&("c.html".into(), true)));
    }

    #[test]
    fn what_is_missing_does_not_stop_the_others() {
        let root = folder(&["a.html"]);
        let found = discover_in(root.path(), &["nothing.eml", "a.html", "a.html/b"], &DiscoverOptions::default());
        assert_eq!(names(&found, root.path()), ["a.html"]);
        let said: Vec<String> = found.errors.iter().map(|error| error.reason.to_string()).collect();
        assert_eq!(said, ["a part of the path is not a folder", "no such file or folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_folder_are_not_followed() {
        let outside = folder(&["a.html"]);
        let root = folder(&["b.html"]);
        std::os::unix::fs::symlink(outside.path(), root.path().join("link")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("a.html"), root.path().join("a.html")).unwrap();
        let options = DiscoverOptions::default();
        assert_eq!(names(&discover(&[root.path().to_path_buf()], &options), root.path()), ["b.html"]);
        assert_eq!(names(&discover_in(root.path(), &["link"], &options), root.path()), ["link/a.html"]);
        assert_eq!(names(&discover_in(root.path(), &["a.html"], &options), root.path()), ["a.html"]);
    }
}
