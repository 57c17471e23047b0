//! What a run reads: the files whose change makes it worth running again, and the folders in which such a change can be seen.

use crate::cli::args::CheckArgs;
use crate::config::FILE_NAME;
use crate::message::pieces;
use crate::source::{self, DiscoverOptions, Kind};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Files that say what a run reads and how, wherever they turn up.
const SAY_HOW: &[&str] = &[FILE_NAME, ".gitignore", ".ignore", ".git"];
/// Largest file that is looked through for includes, in bytes; those that are included are no larger.
const LARGEST: u64 = 1 << 20;
/// Most files that are watched because others include them.
const MOST_INCLUDED: usize = 4096;

/// What a run reads. All paths are absolute, with the links on the way to them resolved.
#[derive(Debug, Default)]
pub struct Scope {
    /// The files, also those that are missing.
    files: BTreeMap<PathBuf, Option<State>>,
    /// The folders that are searched: what is new there may be a campaign.
    searched: HashSet<PathBuf>,
    /// The folders in which changes can be seen.
    folders: BTreeSet<PathBuf>,
    /// What the run itself writes.
    written: HashSet<PathBuf>,
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    length: u64,
    modified: Option<SystemTime>,
    /// Device and inode, and when one of them, the content or the permissions changed: nobody can set that back.
    #[cfg(unix)]
    identity: (u64, u64, i64, i64),
}

impl Scope {
    /// What a run with these arguments reads now.
    pub fn of(args: &CheckArgs) -> Self {
        let mut scope =
            Self { written: args.outputs.iter().map(|output| seat(&output.file)).collect(), ..Self::default() };
        let options = DiscoverOptions { force_exclude: args.force_exclude, ..DiscoverOptions::default() };
        let discovery = source::discover(&args.paths, &options);
        discovery.found.iter().for_each(|found| scope.add(&found.path));
        scope.add_included(discovery.found.iter().map(|found| seat(&found.path)).collect());
        // where they should be and can't be read, they may be tomorrow
        args.paths
            .iter()
            .chain(&args.policy.config)
            .chain(&args.baseline)
            .filter(|path| !path.is_dir())
            .for_each(|path| scope.add(path));
        for folder in &discovery.folders {
            let folder = folder.canonicalize().unwrap_or_else(|_| seat(folder));
            scope.folders.insert(folder.clone());
            scope.searched.insert(folder);
        }
        // a folder that is replaced is seen from above
        for path in args.paths.iter().filter(|path| path.is_dir()) {
            scope.folders.extend(seat(path).parent().map(Path::to_owned));
        }
        scope.add_configurations();
        scope
    }

    /// How many of the files are there.
    pub fn count(&self) -> usize {
        self.files.values().flatten().count()
    }

    /// The folders in which changes can be seen.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        &self.folders
    }

    /// Whether a run would read something else than at the time of `before`.
    pub fn has_changed_since(&self, before: &Self) -> bool {
        self.files != before.files
    }

    /// Whether a change of `path` may be one of what is read.
    pub fn concerns(&self, path: &Path) -> bool {
        if self.written.contains(path) {
            return false;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let searched = !name.starts_with('.') && path.parent().is_some_and(|folder| self.searched.contains(folder));
        let promising = searched && (Kind::promised(&name).is_some() || path.is_dir());
        // or it is on the way to something
        promising
            || SAY_HOW.contains(&&*name)
            || self.files.keys().chain(&self.folders).any(|ours| ours.starts_with(path))
    }

    /// Adds a file, and where it leads to.
    fn add(&mut self, path: &Path) {
        let seat = seat(path);
        let target = seat.canonicalize().ok().filter(|target| *target != seat);
        for path in [Some(seat), target].into_iter().flatten().filter(|path| !self.written.contains(path)) {
            self.folders.extend(path.ancestors().skip(1).find(|above| above.is_dir()).map(Path::to_owned));
            self.files.insert(path.clone(), state(&path));
        }
    }

    /// Adds the files that MJML among `sources` includes, and those that they include.
    fn add_included(&mut self, mut sources: Vec<PathBuf>) {
        let mut seen: HashSet<PathBuf> = sources.iter().cloned().collect();
        let most = seen.len() + MOST_INCLUDED;
        while let Some(source) = sources.pop() {
            for path in included(&source) {
                self.add(&path);
                if seen.len() < most && seen.insert(path.clone()) {
                    sources.push(path);
                }
            }
        }
    }

    /// Adds the configurations above the files and the folders, and watches where one could be.
    fn add_configurations(&mut self) {
        let below: Vec<_> = self
            .files
            .keys()
            .filter_map(|file| file.parent())
            .chain(self.searched.iter().map(PathBuf::as_path))
            .collect();
        let mut above = BTreeSet::new();
        for folder in below {
            for folder in folder.ancestors() {
                if !above.insert(folder.to_owned()) || folder.join(".git").exists() {
                    break;
                }
            }
        }
        for folder in above.iter().filter(|folder| folder.is_dir()) {
            let file = folder.join(FILE_NAME);
            if file.is_file() {
                self.add(&file);
            }
        }
        self.folders.extend(above.into_iter().filter(|folder| folder.is_dir()));
    }
}

/// The files that the file at `path` includes with `<mj-include>`; their names are understood as [`source::ProjectIncludes`] does.
fn included(path: &Path) -> Vec<PathBuf> {
    let name = path.to_string_lossy();
    if Kind::promised(&name) == Some(Kind::Message) {
        return Vec::new();
    }
    let text = small_text(path).filter(|text| text.contains("<mj-include")).unwrap_or_default();
    let folder = path.parent().unwrap_or(path);
    let file = |name: String| {
        let plain = folder.join(name);
        seat(&if plain.extension().is_none() && !plain.exists() { plain.with_extension("mjml") } else { plain })
    };
    pieces::included(&name, &text).into_iter().map(file).collect()
}

fn small_text(path: &Path) -> Option<String> {
    let metadata = fs::metadata(path).ok().filter(|metadata| metadata.is_file() && metadata.len() <= LARGEST)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).ok()?);
    fs::File::open(path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Where the name `path` is: absolute, all links on the way resolved, but not one that it is itself.
fn seat(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => folder.canonicalize().unwrap_or_else(|_| seat(folder)).join(name),
        _ => path.canonicalize().unwrap_or(path),
    }
}

fn state(path: &Path) -> Option<State> {
    let metadata = fs::metadata(path).ok()?;
    Some(State {
        length: metadata.len(),
        modified: metadata.modified().ok(),
        #[cfg(unix)]
        identity: identity(&metadata),
    })
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}
