//! The one identity of a diagnostic, for baselines, SARIF and GitLab: it survives moved lines, other machines and a
//! reworded message.

use super::Repository;
use crate::diagnostic::{Diagnostic, Place};
use std::collections::{HashMap, HashSet};
use std::fmt;

/// Path relative to the repository, lint, and marked text with case and white space folded, hashed. The same fault
/// twice in one file has the same fingerprint twice: whoever compares, compares multisets.
///
/// The hash is FNV-1a with 128 bits: it is the same for ever by its definition, a few lines long, and wide enough that
/// no two diagnostics of a repository meet by chance. It guards against nobody: who could forge one can as well write
/// the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// The fingerprint of `diagnostic`, which was found in the file that reports call `file`.
    pub fn of(diagnostic: &Diagnostic, file: &str, repository: &Repository) -> Self {
        let place = diagnostic.primary.as_ref().map(|label| &label.place);
        let file = place.map_or(file, |place| &place.file);
        Self::new(&repository.path(file), diagnostic.lint, place.map_or("", marked))
    }

    /// The fingerprint of a lint's diagnostic that marks `text` in the file at `path`.
    pub fn new(path: &str, lint: &str, text: &str) -> Self {
        let mut hash = Fnv::default();
        hash.add(path);
        hash.add(lint);
        text.split_whitespace().for_each(|word| hash.add(&word.to_lowercase()));
        Self(hash.0)
    }

    /// Reads what is displayed.
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        u128::from_str_radix(text, 16).ok().filter(|_| is_one).map(Self)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The text that a place marks: as it was decoded, or the marked part of the first line that is shown.
fn marked(place: &Place) -> &str {
    let shown = || {
        let line = place.excerpt.as_ref()?.lines.first()?;
        let (start, end) = line.mark?;
        line.text.get(start..end)
    };
    place.view.as_ref().map(|view| view.text.as_str()).or_else(shown).unwrap_or_default()
}

/// FNV-1a, 128 bits, of Fowler, Noll and Vo: offset basis and prime are theirs.
struct Fnv(u128);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl Fnv {
    /// Adds a string and an end that no UTF-8 contains.
    fn add(&mut self, text: &str) {
        self.bytes(text.as_bytes());
        self.bytes(&[0xFF]);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

/// Tells diagnostics with the same fingerprint apart, for formats that want each to be unique.
///
/// A run may have a million, so half of each is kept; two that share that half are told apart all the same, only that the second begins at 2.
#[derive(Debug, Default)]
pub struct Identities {
    seen: HashSet<u64>,
    /// How often those came that came again.
    again: HashMap<Fingerprint, usize>,
}

impl Identities {
    /// `FINGERPRINT:N`, where it is the `N`th of the run with that fingerprint, from 1.
    pub fn next(&mut self, fingerprint: Fingerprint) -> String {
        if self.seen.insert(fingerprint.0 as u64) {
            return format!("{fingerprint}:1");
        }
        let count = self.again.entry(fingerprint).or_insert(1);
        *count += 1;
        format!("{fingerprint}:{count}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::report::samples::{at, diagnostic, find, whole_file};

    /// A changed value would make every baseline that is out there worthless.
    #[test]
    fn it_never_changes() {
        let found = Fingerprint::new("mails/a.eml", "freemail-sender", "Outlook.com");
        assert_eq!(found.to_string(), "7c3095311200abe128bc73a2a5a05eaf");
        assert_eq!(Fingerprint::parse(&found.to_string()), Some(found));
        assert_eq!(["", "A", "+", "zz"].map(|text| Fingerprint::parse(&text.repeat(32))), [None; 4]);
    }

    #[test]
    fn it_is_the_hash_of_its_authors() {
        let mut hash = Fnv::default();
        hash.bytes(b"foobar");
        assert_eq!(hash.0, 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }

    #[test]
    fn moved_lines_white_space_and_case_leave_it_alone_and_nothing_else_does() {
        let of = |text: &str, part: &str, lint| {
            let found = at(diagnostic(lint), "a.eml", text, find(text, part), "");
            Fingerprint::of(&found, "a.eml", &Repository::around(std::path::Path::new("/nowhere")))
        };
        let one = of("x outlook.com", "outlook.com", "one");
        assert_eq!(of("\n\nx\ty Outlook.com", "Outlook.com", "one"), one);
        assert_eq!(of("a  b", "a  b", "one"), of("a\r\n B", "a\r\n B", "one"));
        assert_ne!(of("ab", "ab", "one"), of("a b", "a b", "one"));
        assert_ne!(of("x outlook.com", "outlook.com", "two"), one);
        assert_ne!(of("x gmail.com", "gmail.com", "one"), one);
    }

    #[test]
    fn a_whole_file_and_no_place_at_all_have_one_too() {
        let repository = Repository::around(std::path::Path::new("/nowhere"));
        let of = |found, file| Fingerprint::of(&found, file, &repository);
        let whole = of(whole_file(diagnostic("one"), "a.eml"), "b.eml");
        assert_eq!(of(diagnostic("one"), "a.eml"), whole);
        assert_ne!(of(diagnostic("one"), "b.eml"), whole);
    }

    #[test]
    fn the_same_twice_is_told_apart() {
        let mut identities = Identities::default();
        let one = Fingerprint::new("a", "b", "c");
        let half = Fingerprint(one.0 ^ 1 << 100);
        let named = [one, Fingerprint::new("a", "b", "d"), one, half, one].map(|found| identities.next(found));
        let numbered = |at: usize, number| assert_eq!(named[at], format!("{one}:{number}"));
        numbered(0, 1);
        numbered(2, 2);
        numbered(4, 3);
        assert!(named[1].ends_with(":1"));
        assert_eq!(named[3], format!("{half}:2"), "unique even so");
    }
}
