//! Bytes that parts lie in: the file itself, or the decoded body of an encoded message/rfc822 inside of it.

use super::TransferEncoding;
use super::charset::Charset;
use crate::source::{FileSpan, OffsetMap, Source};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Bytes with the way back to the file.
#[derive(Debug)]
pub(crate) struct Medium<'s> {
    bytes: Cow<'s, [u8]>,
    within: Option<Within<'s>>,
    /// It is text that an editor has decoded; see [`Source::decoded`](crate::source::Source::decoded).
    text: bool,
}

/// What decoded bytes were decoded from.
#[derive(Debug)]
struct Within<'s> {
    medium: Arc<Medium<'s>>,
    range: Range<usize>,
    encoding: TransferEncoding,
    map: OnceLock<Option<OffsetMap>>,
}

impl<'s> Medium<'s> {
    /// The file.
    pub fn file(bytes: &'s [u8]) -> Arc<Self> {
        Arc::new(Self { bytes: Cow::Borrowed(bytes), within: None, text: false })
    }

    /// The bytes of a source.
    pub fn of(source: &'s Source) -> Arc<Self> {
        Arc::new(Self { bytes: Cow::Borrowed(&source.bytes), within: None, text: source.decoded })
    }

    /// What `range` of it holds when `encoding` is undone.
    pub fn decoded(self: &Arc<Self>, range: Range<usize>, encoding: TransferEncoding) -> Arc<Self> {
        let bytes = encoding.decode(&self.bytes[range.clone()]).into_owned();
        let within = Within { medium: Arc::clone(self), range, encoding, map: OnceLock::new() };
        Arc::new(Self { bytes: Cow::Owned(bytes), within: Some(within), text: false })
    }

    /// All of it.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A part of it, borrowed from the file if it can be.
    pub fn slice(&self, range: Range<usize>) -> Cow<'s, [u8]> {
        match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[range]),
            Cow::Owned(bytes) => Cow::Owned(bytes[range].to_vec()),
        }
    }

    /// Whether a charset label on the bytes in `range` means nothing any more, since an editor has decoded them. Where all of them are ASCII, it has
    /// not undone an encoding that works with escape sequences.
    pub fn is_unlabelled(&self, range: Range<usize>, label: &str) -> bool {
        let escapes = || Charset::labelled(label).is_some_and(Charset::is_stateful);
        self.text && !(self.bytes[range].is_ascii() && escapes())
    }

    /// Whether it is the file.
    pub fn is_file(&self) -> bool {
        self.within.is_none()
    }

    /// The smallest range of whole encoding units of the file that holds `range`.
    pub fn file_span(&self, range: Range<usize>) -> FileSpan {
        let Some(within) = &self.within else {
            return range.into();
        };
        let source = &within.medium.bytes[within.range.clone()];
        let map = within.map.get_or_init(|| within.encoding.map(source));
        let encoded = map.as_ref().map_or(range.clone(), |map| map.encoded(range));
        within.medium.file_span(within.range.start + encoded.start..within.range.start + encoded.end)
    }
}
