//! Tables without pointers. Where a program may lie anywhere in memory, the system adjusts each pointer of its tables when it starts, whether the run
//! needs the table or not. A [`Text`] is a place in one long text instead, a [`List`] one in a table of all entries of its kind.

use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// A text of the data files.
#[derive(Clone, Copy)]
pub struct Text {
    at: u32,
    length: u32,
}

impl Text {
    pub(crate) const fn at(at: u32, length: u32) -> Self {
        Self { at, length }
    }

    /// The text.
    #[inline]
    pub const fn as_str(self) -> &'static str {
        TEXTS.split_at(self.at as usize).1.split_at(self.length as usize).0
    }
}

impl Text {
    /// Its bytes, in fewer steps than [`Text::as_str`] takes.
    #[inline]
    pub fn as_bytes(self) -> &'static [u8] {
        let at = self.at as usize;
        TEXTS.as_bytes().get(at..at + self.length as usize).unwrap_or_default()
    }

    /// Its length in bytes.
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.length as usize
    }

    /// It has no letter.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.length == 0
    }
}

impl Deref for Text {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

/// What stands in [`List`]s.
pub trait Listed: Sized + 'static {
    /// The entries of all lists.
    const ALL: &'static [Self];
}

/// A list of the data files.
pub struct List<T: 'static> {
    at: u16,
    length: u16,
    of: PhantomData<&'static T>,
}

impl<T: 'static> List<T> {
    pub(crate) const fn at(at: u16, length: u16) -> Self {
        Self { at, length, of: PhantomData }
    }
}

impl<T: Listed> List<T> {
    /// The entries.
    #[inline]
    pub fn as_slice(self) -> &'static [T] {
        let at = usize::from(self.at);
        T::ALL.get(at..at + usize::from(self.length)).unwrap_or_default()
    }
}

impl<T: 'static> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for List<T> {}

impl<T: Listed> Deref for List<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: Listed> IntoIterator for List<T> {
    type Item = &'static T;
    type IntoIter = std::slice::Iter<'static, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

impl<T: Listed + fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_slice(), f)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.length as usize == other.len() && self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl From<Text> for Cow<'static, str> {
    fn from(text: Text) -> Self {
        Self::Borrowed(text.as_str())
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<T: Listed + Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

/// Whether a sorted table holds `word`.
pub fn holds(sorted: &[Text], word: &str) -> bool {
    sorted.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
}
