//! What a search of folders passes over, asked of paths that are named: the search itself answers, so that both agree.

use super::discover::{DiscoverOptions, walker};
use super::include::folder_of;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where `path` lies: absolute, the links of its folder followed, but not a link that it is itself. `None` where there is no such folder.
pub fn located(path: &Path) -> Option<PathBuf> {
    match path.file_name() {
        Some(name) => Some(folder_of(path)?.join(name)),
        None => path.canonicalize().ok(),
    }
}

/// Those of `paths` that a search of the repository around them passes over, being ignored or hidden or in a folder that is. Without a repository it is a
/// search of the current folder, or of their own if they lie elsewhere. The current folder and those above it are never passed over. Of a
/// path where nothing is yet, the folder decides, and whether its name hides it.
pub fn passed_over<'p>(paths: &'p [PathBuf], options: &DiscoverOptions) -> HashSet<&'p Path> {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    let mut searches: BTreeMap<PathBuf, Vec<(&Path, PathBuf)>> = BTreeMap::new();
    let mut passed = HashSet::new();
    for path in paths {
        let Some((place, hidden)) = existing(path) else { continue };
        if hidden && !options.hidden {
            passed.insert(path.as_path());
        } else if !here.starts_with(&place)
            && !place.join(".git").exists()
            && let Some(root) = root(&place, &here)
        {
            searches.entry(root.to_owned()).or_default().push((path, place));
        }
    }
    for (root, named) in searches {
        let met = met(&root, named.iter().map(|(_, place)| place.as_path()), options);
        passed.extend(named.iter().filter(|(_, place)| !met.contains(place)).map(|(path, _)| *path));
    }
    passed
}

/// Where `path`, or the nearest folder above it that exists, lies, and whether a name below that is hidden.
fn existing(path: &Path) -> Option<(PathBuf, bool)> {
    let mut hidden = false;
    for above in path.ancestors() {
        let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if above.symlink_metadata().is_ok() {
            return Some((located(above)?, hidden));
        }
        hidden |= above.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    }
    None
}

/// The folder whose search would come by `place`.
fn root<'p>(place: &'p Path, here: &'p Path) -> Option<&'p Path> {
    let folder = place.parent()?;
    let repository = folder.ancestors().find(|above| above.join(".git").exists());
    Some(repository.unwrap_or(if folder.starts_with(here) { here } else { folder }))
}

/// What a search of `root` comes by, of `places` and the folders on the way to them.
fn met<'p>(root: &Path, places: impl Iterator<Item = &'p Path>, options: &DiscoverOptions) -> HashSet<PathBuf> {
    let mut wanted = HashSet::new();
    for place in places {
        for above in place.ancestors().take_while(|above| *above != root) {
            if !wanted.insert(above.to_owned()) {
                break;
            }
        }
    }
    let wanted = Arc::new(wanted);
    let search = walker(root, options).filter_entry(move |entry| wanted.contains(entry.path())).build();
    search.filter_map(|entry| entry.ok().map(ignore::DirEntry::into_path)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_a_search_passes_over_is_passed_over_when_it_is_named() {
        let tree = tempfile::tempdir().unwrap();
        for (path, text) in [
            (".git/HEAD", ""),
            (".gitignore", "build/\n*.bak.html\n!keep.bak.html\n"),
            ("a/.ignore", "drafts\n"),
            ("a/b.html", ""),
            ("a/b.bak.html", ""),
            ("a/keep.bak.html", ""),
            ("a/drafts/c.html", ""),
            ("a/new\nline.html", ""),
            ("build/d.html", ""),
            (".github/e.html", ""),
            ("vendor/.git/HEAD", ""),
            ("vendor/f.html", ""),
        ] {
            let path = tree.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        for (name, expected) in [
            ("a/b.html", false),
            ("a/b.bak.html", true),
            ("a/keep.bak.html", false),
            ("a/../a/b.bak.html", true),
            ("a/drafts/c.html", true),
            ("a/drafts", true),
            ("a/new\nline.html", false),
            ("a", false),
            ("build/d.html", true),
            ("build", true),
            (".github/e.html", true),
            ("vendor/f.html", false),
            ("vendor", false),
            ("", false),
            // not there yet
            ("a/unsaved.html", false),
            ("a/drafts/unsaved.html", true),
            ("build/new/unsaved.html", true),
            ("a/.unsaved.html", true),
            ("a/.new/unsaved.html", true),
        ] {
            let path = [tree.path().join(name)];
            assert_eq!(!passed_over(&path, &DiscoverOptions::default()).is_empty(), expected, "{name}");
        }
    }
}
