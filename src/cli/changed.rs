//! `--since`: of all inputs those that changed, and those that read something that changed.

use super::args::CheckArgs;
use super::complaint;
use super::input_list::Inputs;
use super::inputs::Input;
use super::pieces;
use super::streams::Streams;
use crate::gate::{Changes, GitError, Repository};
use crate::message::pieces::included;
use crate::source::{ProjectIncludes, located};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Largest file whose includes are looked at, in bytes; a larger one is not read where it is included.
const LARGEST: u64 = 1 << 20;

/// Those of `inputs` that are to be checked; nothing if git can't say what changed, which is told then.
///
/// # Errors
/// A stream can't be written.
pub fn only(args: &CheckArgs, inputs: Inputs, streams: &mut Streams<'_>) -> io::Result<Option<Inputs>> {
    let Some(rev) = &args.since else { return Ok(Some(inputs)) };
    match Changed::since(&args.paths, rev) {
        Ok(changed) => Ok(Some(changed.among(inputs))),
        Err(error) => {
            let message = format!("can't tell what changed: {error}");
            let help: Vec<_> = error.help().map(str::to_owned).into_iter().collect();
            streams.complain(|err| complaint::say(err, &message, &[], &help))?;
            Ok(None)
        }
    }
}

/// What changed in the repositories of a run.
struct Changed(Vec<Changes>);

impl Changed {
    fn since(paths: &[PathBuf], rev: &OsStr) -> Result<Self, GitError> {
        let folder = |path: &PathBuf| {
            let place = located(path)?;
            if place.is_dir() { Some(place) } else { place.parent().map(Path::to_owned) }
        };
        let named = paths.iter().filter(|path| path.as_os_str() != "-").filter_map(folder);
        // of the folders of one repository one is asked
        let mut repositories: BTreeMap<PathBuf, PathBuf> =
            named.map(|folder| (Repository::around(&folder).root().to_owned(), folder)).collect();
        if repositories.is_empty() {
            repositories.insert(PathBuf::new(), PathBuf::from("."));
        }
        repositories.into_values().map(|folder| Changes::since(&folder, rev)).collect::<Result<_, _>>().map(Self)
    }

    /// Whether a file changed, in the innermost repository that holds it.
    fn has(&self, place: &Path) -> bool {
        let around = self.0.iter().filter(|changes| place.starts_with(changes.root()));
        around.max_by_key(|changes| changes.root().components().count()).is_none_or(|changes| changes.has(place))
    }

    /// The inputs that changed or read something that did, in their order. What is no file is always among them.
    fn among(&self, mut inputs: Inputs) -> Inputs {
        let place = |input: Input| match input {
            Input::File(_, path) | Input::Message(_, path, _) => located(&path),
            Input::Stdin(_) | Input::Unreadable(_) => None,
        };
        let places: Vec<_> = inputs.iter().map(place).collect();
        let unchanged = |place: &&PathBuf| !self.has_here_or_there(place);
        let mut includes = Includes::default();
        for (input, place) in inputs.iter().zip(&places) {
            if let Some(place) = place.as_ref().filter(unchanged) {
                includes.follow(&input, place);
            }
        }
        let touched = includes.touched(|place| self.has(place));
        let kept = |place: &Option<PathBuf>| {
            place.as_ref().is_none_or(|place| self.has_here_or_there(place) || touched.contains(place))
        };
        let mut places = places.iter();
        inputs.retain(|_| places.next().is_none_or(kept));
        inputs
    }

    /// Whether a file changed, or where it is a link, what it leads to.
    fn has_here_or_there(&self, place: &Path) -> bool {
        let leads_to = || place.is_symlink().then(|| place.canonicalize().ok()).flatten();
        self.has(place) || leads_to().is_some_and(|file| self.has(&file))
    }
}

/// Who includes what. Only MJML is read with what it includes, so that a change there can be a fault here.
#[derive(Default)]
struct Includes {
    includers: HashMap<PathBuf, Vec<PathBuf>>,
    seen: HashSet<PathBuf>,
}

impl Includes {
    /// Notes what an input includes, and what that includes.
    fn follow(&mut self, input: &Input, place: &Path) {
        if self.seen.contains(place) {
            return;
        }
        let Some(text) = pieces::text(input, &input.name()) else { return };
        let mut open = self.note(place, &text);
        while let Some(place) = open.pop() {
            let small = fs::metadata(&place).is_ok_and(|file| file.is_file() && file.len() <= LARGEST);
            if let Some(bytes) = small.then(|| fs::read(&place).ok()).flatten() {
                open.extend(self.note(&place, &String::from_utf8_lossy(&bytes)));
            }
        }
    }

    /// Notes what the file at `place` includes, and gives those that were not seen yet.
    fn note(&mut self, place: &Path, text: &str) -> Vec<PathBuf> {
        self.seen.insert(place.to_owned());
        if !text.contains("<mj-include") {
            return Vec::new();
        }
        let Some(project) = ProjectIncludes::around(place) else { return Vec::new() };
        let name = place.to_string_lossy();
        let found: HashSet<_> =
            included(&name, text).iter().filter_map(|path| project.find(place, path).ok()).collect();
        for file in &found {
            self.includers.entry(file.clone()).or_default().push(place.to_owned());
        }
        found.into_iter().filter(|file| self.seen.insert(file.clone())).collect()
    }

    /// All that includes a file which changed, through others, too.
    fn touched(&self, changed: impl Fn(&Path) -> bool) -> HashSet<PathBuf> {
        let mut touched = HashSet::new();
        let mut open: Vec<&PathBuf> = self.includers.keys().filter(|file| changed(file)).collect();
        while let Some(file) = open.pop() {
            for includer in self.includers.get(file).into_iter().flatten() {
                if touched.insert(includer.clone()) {
                    open.push(includer);
                }
            }
        }
        touched
    }
}
