//! Text decoded from a source, with the way back to the source's bytes.

use super::charset::{self, Charset};
use super::header;
use super::lower;
use super::medium::Medium;
use super::shifts::{self, Shifts};
use super::transfer;
use crate::diagnostic::FileEdit;
use crate::source::{FileSpan, LineIndex, OffsetMap, ViewSpan};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Names a view of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewId(u32);

impl ViewId {
    pub(crate) fn new(index: usize) -> Self {
        Self(index as u32)
    }

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
    name: Arc<str>,
    text: Cow<'s, str>,
    origin: Origin<'s>,
    lines: OnceLock<LineIndex>,
    ascii: OnceLock<bool>,
}

/// Where the text of a view comes from.
#[derive(Debug)]
pub(super) enum Origin<'s> {
    /// From the caller; the place is where it would stand in the file.
    Given(FileSpan),
    /// From a body: a transfer encoding and a charset undone.
    Body(BodyText<'s>),
    /// From the body of a header field.
    Field(FieldText<'s>),
}

/// Bytes in a transfer encoding and a charset.
#[derive(Debug)]
pub(super) struct BodyText<'s> {
    pub medium: Arc<Medium<'s>>,
    /// The encoded bytes in the medium.
    pub range: Range<usize>,
    pub encoding: TransferEncoding,
    pub charset: Charset,
    /// Length of the byte order mark before the text, in decoded bytes.
    pub mark: usize,
    /// Bytes beyond ASCII may stand there unencoded.
    pub eight_bit: bool,
    /// Length of the decoded bytes.
    pub decoded_len: usize,
    /// The text is the decoded bytes as they are.
    pub is_plain: bool,
    maps: OnceLock<Maps>,
    shifts: OnceLock<Shifts>,
}

/// The two steps from the text to the encoded bytes; `None` is a step that changes nothing.
#[derive(Debug)]
pub(super) struct Maps {
    /// Text to decoded bytes (behind the byte order mark).
    pub charset: Option<OffsetMap>,
    /// Decoded bytes to encoded ones.
    pub transfer: Option<OffsetMap>,
    /// What is written in the place of a part does not change what the rest is: not so in base64 with something else between its digits, not where
    /// bytes of UTF-16 end lines of quoted-printable, and not beside escape sequences that are none.
    pub is_regular: bool,
}

impl BodyText<'_> {
    pub fn encoded(&self) -> &[u8] {
        &self.medium.bytes()[self.range.clone()]
    }

    pub fn maps(&self) -> &Maps {
        self.maps.get_or_init(|| {
            let (bytes, transfer) = match self.is_plain && !self.charset.is_stateful() {
                true => (Cow::default(), self.encoding.map(self.encoded())),
                false => self.encoding.decode_and_map(self.encoded()),
            };
            let text = bytes.get(self.mark..).unwrap_or_default();
            let charset = self.charset.map(text);
            let end = transfer.as_ref().map_or(0, |map| map.encoded(0..map.decoded_len()).end);
            let encoded = self.encoded().get(..end).unwrap_or_default();
            let is_regular = match self.encoding {
                TransferEncoding::Identity => true,
                TransferEncoding::QuotedPrintable => !self.charset.is_wide() || !transfer::has_hard_line_end(encoded),
                TransferEncoding::Base64 => transfer::is_whole_groups(encoded),
            };
            let is_regular = is_regular && (!self.charset.is_stateful() || shifts::are_whole(text));
            Maps { charset, transfer, is_regular }
        })
    }

    /// The decoded bytes of a charset with escape sequences.
    pub fn shifts(&self) -> &Shifts {
        self.shifts.get_or_init(|| Shifts::new(self.encoding.decode(self.encoded()).into_owned()))
    }

    fn file_span(&self, range: Range<usize>) -> FileSpan {
        let maps = self.maps();
        let decoded = maps.charset.as_ref().map_or(range.clone(), |map| map.encoded(range));
        let decoded = decoded.start + self.mark..decoded.end + self.mark;
        let encoded = maps.transfer.as_ref().map_or(decoded.clone(), |map| map.encoded(decoded));
        self.medium.file_span(self.range.start + encoded.start..self.range.start + encoded.end)
    }
}

/// A field body, unfolded and decoded.
#[derive(Debug)]
pub(super) struct FieldText<'s> {
    pub medium: Arc<Medium<'s>>,
    /// The raw field body in the medium.
    pub range: Range<usize>,
    /// From the text to the raw field body.
    pub map: OffsetMap,
    /// What was written as encoded words.
    pub words: Vec<ViewSpan>,
    charset: Option<Charset>,
}

impl<'s> View<'s> {
    /// A text that the caller gave, for what would stand at `place` of the file.
    pub(super) fn given(name: &str, text: &str, place: FileSpan) -> Self {
        Self::new(name, Cow::Owned(text.to_owned()), Origin::Given(place))
    }

    /// A body. `label` is its charset parameter, `eight_bit` whether its encoding is declared as `8bit` or `binary`.
    pub(super) fn body(
        name: &str,
        medium: &Arc<Medium<'s>>,
        range: Range<usize>,
        encoding: TransferEncoding,
        label: Option<&str>,
        eight_bit: bool,
    ) -> Self {
        let raw = medium.slice(range.clone());
        let is_void =
            |label: &&str| encoding == TransferEncoding::Identity && medium.is_unlabelled(range.clone(), label);
        let label = label.filter(|label| !is_void(label));
        let eight_bit = eight_bit || !raw.is_ascii();
        let (text, charset, mark, decoded_len, is_plain) = match (encoding, raw) {
            (TransferEncoding::Identity, Cow::Borrowed(raw)) => {
                let (text, charset, mark) = parts(charset::decode(raw, label));
                (text, charset, mark, raw.len(), false)
            }
            (_, raw) => {
                let bytes = encoding.decode(&raw);
                let (text, charset, mark) = parts(charset::decode(&bytes, label));
                let is_plain = matches!(text, Cow::Borrowed(_)) && text.len() == bytes.len();
                (Cow::Owned(text.into_owned()), charset, mark, bytes.len(), is_plain)
            }
        };
        let medium = Arc::clone(medium);
        let (maps, shifts) = (OnceLock::new(), OnceLock::new());
        let body = BodyText { medium, range, encoding, charset, mark, eight_bit, decoded_len, is_plain, maps, shifts };
        Self::new(name, text, Origin::Body(body))
    }

    /// The decoded value of a raw field body.
    pub(super) fn field(name: &str, medium: &Arc<Medium<'s>>, range: Range<usize>) -> Self {
        let value = header::decode_value(&medium.bytes()[range.clone()]);
        let origin = FieldText {
            medium: Arc::clone(medium),
            range,
            map: value.map,
            words: value.words.into_iter().map(ViewSpan::from).collect(),
            charset: value.charset,
        };
        Self::new(name, Cow::Owned(value.text), Origin::Field(origin))
    }

    fn new(name: &str, text: Cow<'s, str>, origin: Origin<'s>) -> Self {
        Self { name: name.into(), text, origin, lines: OnceLock::new(), ascii: OnceLock::new() }
    }

    /// Leaves out the last word, of which not all may be there: what follows the last blank or tag near the end.
    pub(super) fn cut_word(&mut self) {
        const FAR: usize = 4 << 10;
        let near = self.text.floor_char_boundary(self.text.len().saturating_sub(FAR));
        let end = self.text[near..].rfind(|c: char| c.is_whitespace() || c == '>').map(|at| near + at + 1);
        end.into_iter().for_each(|end| self.cut(self.text.ceil_char_boundary(end)));
    }

    /// Leaves out what follows `end`, a boundary of characters.
    pub(super) fn cut(&mut self, end: usize) {
        match &mut self.text {
            Cow::Borrowed(text) => *text = text.get(..end).unwrap_or(text),
            Cow::Owned(text) => text.truncate(text.floor_char_boundary(end)),
        }
    }

    pub(super) fn origin(&self) -> &Origin<'s> {
        &self.origin
    }

    /// What it is a view of: `header From`, `HTML body`, `text body`, `file`.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The bytes that the text was made of, where they are the same.
    pub(super) fn decoded_bytes(&self) -> Option<&[u8]> {
        matches!(&self.origin, Origin::Body(body) if body.is_plain).then_some(self.text.as_bytes())
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The transfer encoding that was undone, for reports: `quoted-printable`, `base64`, `encoded-word`; `None` for none.
    pub fn encoding(&self) -> Option<&'static str> {
        match &self.origin {
            Origin::Given(_) => None,
            Origin::Body(body) => body.encoding.word(),
            Origin::Field(field) => (!field.words.is_empty()).then_some("encoded-word"),
        }
    }

    /// The charset that was undone, as encoding_rs names it; `None` for UTF-8 and ASCII.
    pub fn charset(&self) -> Option<&'static str> {
        match &self.origin {
            Origin::Given(_) => None,
            Origin::Body(body) if body.charset.holds_ascii() && self.is_ascii() => None,
            Origin::Body(body) => body.charset.name(),
            Origin::Field(field) => field.charset.filter(|_| !self.is_ascii()).and_then(Charset::name),
        }
    }

    fn is_ascii(&self) -> bool {
        *self.ascii.get_or_init(|| self.text.is_ascii())
    }

    /// The parts of a header value that were written as encoded words, in order; what stands in them is text, whatever it looks like (RFC 2047 §6.2).
    pub fn encoded_words(&self) -> &[ViewSpan] {
        match &self.origin {
            Origin::Field(field) => &field.words,
            _ => &[],
        }
    }

    /// The smallest range of whole encoding units of the file that holds `span`.
    pub fn file_span(&self, span: ViewSpan) -> FileSpan {
        let end = span.end.min(self.text.len());
        let range = span.start.min(end)..end;
        match &self.origin {
            Origin::Given(place) => *place,
            Origin::Body(body) => body.file_span(range),
            Origin::Field(field) if field.map.runs.is_empty() => {
                let end = trimmed_end(&field.medium.bytes()[field.range.clone()]);
                field.medium.file_span(field.range.start + end..field.range.start + end)
            }
            Origin::Field(field) => {
                let raw = field.map.encoded(range);
                field.medium.file_span(field.range.start + raw.start..field.range.start + raw.end)
            }
        }
    }

    /// Lines of the view's text.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text.as_bytes()))
    }

    /// The replacement of `span` by `replacement`, said in the file's bytes: in the view's transfer encoding and charset, touching no byte outside the
    /// encoding units of the span. Line ends become those of the file. In base64 a change of length by other than whole groups moves every group behind
    /// it, so that the edit then reaches to the end of the part. `None` where the charset can't write it, where the view was not decoded without loss,
    /// and where the text is not in the file.
    pub fn lower(&self, span: ViewSpan, replacement: &str) -> Option<FileEdit> {
        lower::lower(self, span, replacement)
    }
}

fn parts(decoded: charset::Decoded<'_>) -> (Cow<'_, str>, Charset, usize) {
    (decoded.text, decoded.charset, decoded.mark)
}

/// Behind the one blank that follows a colon, where an empty value would be written.
fn trimmed_end(raw: &[u8]) -> usize {
    usize::from(matches!(raw.first(), Some(b' ' | b'\t')))
}
