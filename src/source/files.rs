//! Many files in little memory: of each its name, and which folder it lies in, so that a hundred thousand take a few megabytes.

use super::read::display_name;
use std::cmp::Ordering;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is: as given, or below a folder as given.
    pub path: PathBuf,
    /// It was named itself, not found in a folder.
    pub explicit: bool,
}

impl Found {
    /// How reports name it: its path with `/` between its parts, without a leading `./`.
    pub fn name(&self) -> String {
        display_name(&self.path)
    }
}

/// Files to read.
#[derive(Debug, Default)]
pub struct Files {
    folders: Vec<PathBuf>,
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    /// The last part of its path; empty where the whole path is its folder.
    name: Box<OsStr>,
    /// Where in the list of folders its folder is.
    folder: u32,
    explicit: bool,
}

impl Files {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The one at `at`, which is below [`Files::len`].
    pub fn get(&self, at: usize) -> Found {
        let file = &self.files[at];
        let folder = &self.folders[file.folder as usize];
        let path = if file.name.is_empty() { folder.clone() } else { folder.join(&*file.name) };
        Found { path, explicit: file.explicit }
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Found> {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Adds the file at `path`. Those of one folder that come one after the other share it.
    pub(super) fn push(&mut self, path: &Path, explicit: bool) {
        let parts = path.parent().zip(path.file_name());
        // `a//b` has to stay what it is
        let parts = parts.filter(|(folder, name)| folder.join(name).as_os_str() == path.as_os_str());
        let (folder, name) = parts.unwrap_or((path, OsStr::new("")));
        if self.folders.last().is_none_or(|last| last.as_os_str() != folder.as_os_str()) {
            self.folders.push(folder.to_owned());
        }
        let folder = u32::try_from(self.folders.len() - 1).unwrap_or(u32::MAX);
        self.files.push(File { name: name.into(), folder, explicit });
    }

    /// Puts them into the order of their names' parts, a file that is named before the same one found in a folder.
    pub(super) fn sort(&mut self) {
        let folders = &self.folders;
        // what is equal in this order is the same, and a stable sort would need memory
        self.files.sort_unstable_by(|a, b| order(folders, a, b).then(b.explicit.cmp(&a.explicit)));
    }

    /// Takes out those of which `keep` says no.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(Found) -> bool) {
        let kept: Vec<bool> = self.iter().map(&mut keep).collect();
        let mut kept = kept.into_iter();
        self.files.retain(|_| kept.next().unwrap_or(true));
    }
}

fn order(folders: &[PathBuf], a: &File, b: &File) -> Ordering {
    if a.folder == b.folder {
        return a.name.cmp(&b.name);
    }
    parts(folders, a).cmp(parts(folders, b))
}

/// The parts of a file's path, without a leading `./`.
fn parts<'f>(folders: &'f [PathBuf], file: &'f File) -> impl Iterator<Item = Component<'f>> {
    let name = (!file.name.is_empty()).then_some(Component::Normal(&file.name));
    folders[file.folder as usize].components().skip_while(|part| *part == Component::CurDir).chain(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_as_they_were_given() {
        let paths = ["a.html", "./a.html", "a//b.html", "/c", "a/b/../c.html", "a/b/.", "..", "x/y.html"];
        let mut files = Files::default();
        paths.iter().for_each(|path| files.push(Path::new(path), true));
        let kept: Vec<_> = files.iter().map(|found| found.path.into_os_string().into_string().unwrap()).collect();
        assert_eq!(kept, paths);
    }

    #[test]
    fn they_are_sorted_part_by_part() {
        let sorted = ["a/b/c.html", "a/b.html", "./a/d.html", "a.b/c.html", "a.html", "b//a.html", "b/b.html"];
        let mut files = Files::default();
        sorted.iter().rev().for_each(|path| files.push(Path::new(path), false));
        files.sort();
        let names: Vec<_> = files.iter().map(|found| found.path.into_os_string().into_string().unwrap()).collect();
        assert_eq!(names, sorted);
    }

    #[test]
    fn files_of_a_folder_share_it() {
        let mut files = Files::default();
        (0..100).for_each(|number| files.push(&PathBuf::from(format!("folder/{number}.html")), false));
        assert_eq!((files.folders.len(), size_of::<File>()), (1, 24));
        files.retain(|found| found.name().ends_with("9.html"));
        assert_eq!(files.len(), 10);
    }
}
