//! Text decoded from a source, with the way back to the source's bytes.

use crate::diagnostic::FileEdit;
use crate::source::{FileSpan, LineIndex, ViewSpan};
use std::sync::Arc;

/// Names a view of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewId(u32);

impl ViewId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Content-Transfer-Encoding (RFC 2045 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferEncoding {
    /// `7bit`, `8bit`, `binary`, none, or one that nobody knows.
    Identity,
    /// `quoted-printable`.
    QuotedPrintable,
    /// `base64`.
    Base64,
}

/// Text decoded from a source. Its lines, and its map to the file, are made when first asked for.
#[derive(Debug)]
pub struct View<'s> {
    _source: std::marker::PhantomData<&'s ()>,
}

impl View<'_> {
    /// What it is a view of: `header From`, `HTML body`, `text body`, `file`.
    pub fn name(&self) -> &Arc<str> {
        todo!()
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        todo!()
    }

    /// The transfer encoding that was undone, for reports: `quoted-printable`, `base64`, `encoded-word`; `None` for none.
    pub fn encoding(&self) -> Option<&'static str> {
        todo!()
    }

    /// The charset that was undone, as encoding_rs names it; `None` for UTF-8 and ASCII.
    pub fn charset(&self) -> Option<&'static str> {
        todo!()
    }

    /// The smallest range of whole encoding units of the file that holds `span`.
    pub fn file_span(&self, span: ViewSpan) -> FileSpan {
        let _ = span;
        todo!()
    }

    /// Lines of the view's text.
    pub fn lines(&self) -> &LineIndex {
        todo!()
    }

    /// The replacement of `span` by `replacement`, said in the file's bytes: in the view's transfer encoding and charset, touching no byte outside the
    /// encoding units of the span. `None` where the charset can't write it, or the view was not decoded without loss there.
    pub fn lower(&self, span: ViewSpan, replacement: &str) -> Option<FileEdit> {
        let _ = (span, replacement);
        todo!()
    }
}
