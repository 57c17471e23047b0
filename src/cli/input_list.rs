//! The inputs of a run in their order: a hundred thousand files, or messages of a mailbox, take a few megabytes.

use super::inputs::Input;
use crate::source::{self, Files, ReadError, Slice};
use std::path::{Path, PathBuf};

/// The inputs of a run.
#[derive(Debug, Default)]
pub struct Inputs {
    files: Files,
    list: Vec<Slot>,
}

/// One input, as small as it can be kept.
#[derive(Debug)]
enum Slot {
    /// Where it is among the files.
    File(u32),
    /// The same of an mbox file, and where the message lies in it.
    Message(u32, Box<Slice>),
    /// What there are few of.
    Other(Box<Input>),
}

impl Inputs {
    /// Those of `files` that `keep` takes, in their order, the messages of a mailbox in its place.
    pub fn of(files: Files, keep: impl Fn(&source::Found) -> bool) -> Self {
        let mut list = Vec::with_capacity(files.len());
        for at in 0..files.len() {
            let found = files.get(at);
            if keep(&found) {
                add(&mut list, u32::try_from(at).unwrap_or(u32::MAX), &found.path);
            }
        }
        Self { files, list }
    }

    /// Adds what is no file; all of it is put into path order.
    pub fn add(&mut self, others: impl IntoIterator<Item = Input>) {
        let before = self.list.len();
        self.list.extend(others.into_iter().map(|input| Slot::Other(Box::new(input))));
        if self.list.len() > before {
            let mut list = std::mem::take(&mut self.list);
            list.sort_by_cached_key(|slot| PathBuf::from(&*self.open(slot).name()));
            self.list = list;
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The one at `at`, which is below [`Inputs::len`].
    pub fn get(&self, at: usize) -> Input {
        self.open(&self.list[at])
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Input> {
        self.list.iter().map(|slot| self.open(slot))
    }

    /// Takes out those of which `keep` says no.
    pub fn retain(&mut self, mut keep: impl FnMut(Input) -> bool) {
        let kept: Vec<bool> = self.iter().map(&mut keep).collect();
        let mut kept = kept.into_iter();
        self.list.retain(|_| kept.next().unwrap_or(true));
    }

    fn open(&self, slot: &Slot) -> Input {
        match slot {
            Slot::File(at) => {
                let found = self.files.get(*at as usize);
                Input::File(found.name().into(), found.path)
            }
            Slot::Message(at, slice) => {
                let found = self.files.get(*at as usize);
                Input::Message(found.name().into(), found.path, **slice)
            }
            Slot::Other(input) => (**input).clone(),
        }
    }
}

/// Adds a file, or the messages of a mailbox.
fn add(list: &mut Vec<Slot>, at: u32, path: &Path) {
    if !source::is_mbox(&path.to_string_lossy()) {
        return list.push(Slot::File(at));
    }
    match source::messages_in(path) {
        Ok(slices) => list.extend(slices.into_iter().map(|slice| Slot::Message(at, Box::new(slice)))),
        Err(error) => list.push(unreadable(error)),
    }
}

fn unreadable(error: ReadError) -> Slot {
    Slot::Other(Box::new(Input::Unreadable(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_kept_in_two_words() {
        assert_eq!(size_of::<Slot>(), 16);
    }
}
