//! How a message is written, byte by byte, before anything of it is decoded (RFC 5322, RFC 2045 to 2047).

mod boundary;
mod charset;
mod date;
mod field;
mod line;
mod parameter;
mod transfer;
mod word;

pub use boundary::{BoundaryFault, BoundaryFlaw, LONGEST_BOUNDARY};
pub use charset::{Mislabel, Mislabelled};
pub use date::{DateFault, DateFlaw, moment};
pub use field::{EightBit, HeaderSize, Repeated};
pub(super) use line::LineEnds;
pub use line::{LONGEST_LINE, LineEnd, LongLines, OddEnds, Within};
pub use transfer::{TransferFault, TransferFlaw};
pub use word::{LONGEST_WORD, WordFault, WordFlaw};

use super::Facts;
use crate::message::tags::{self, Dialect, Tag};
use crate::message::{Header, Part};
use crate::source::FileSpan;

impl<'m> Facts<'m> {
    /// Whether the bytes are the sender's own: a message, and not one that came back, which the programs on its way and the one that saved it wrote
    /// anew, unless the sender says that it is as it was.
    pub fn is_as_sent(&self) -> bool {
        self.message.is_mail() && (self.settings.raw || !self.is_received())
    }

    /// Line ends that are not those of the rest of the file (RFC 5322 §2.3).
    pub fn odd_line_ends(&self) -> Option<OddEnds> {
        line::odd_ends(self)
    }

    /// Lines over 998 bytes (RFC 5322 §2.1.1).
    pub fn long_lines(&self) -> LongLines {
        line::long_lines(self)
    }

    /// Fields that may occur once, and occur more often.
    pub fn repeated_fields(&self) -> Vec<Repeated<'m>> {
        field::repeated(self)
    }

    /// Fields with bytes beyond ASCII.
    pub fn eight_bit_fields(&self) -> Vec<EightBit<'m>> {
        field::eight_bit(self)
    }

    /// The header block of the message; `None` where it has none.
    pub fn header_size(&self) -> Option<HeaderSize<'m>> {
        field::size(self)
    }

    /// The size of the message in bytes as it is sent: each line ends with CRLF on the way; most files that end lines otherwise are only stored so.
    pub fn size_as_sent(&self) -> usize {
        self.message.source.bytes.len() + self.line_ends().added_as_sent()
    }

    fn line_ends(&self) -> LineEnds {
        *self.line_ends.get_or_init(|| LineEnds::of(&self.message.source.bytes))
    }

    /// The first line of the file that is not blank, where to say something of the file as a whole.
    pub fn first_line(&self) -> FileSpan {
        line::first(&self.message.source.bytes)
    }

    /// What is wrong with the Date field (RFC 5322 §3.3).
    pub fn date_fault(&self) -> Option<DateFault> {
        date::fault(self)
    }

    /// What is wrong with encoded words (RFC 2047), one fault a field.
    pub fn word_faults(&self) -> Vec<WordFault<'m>> {
        word::faults(self)
    }

    /// Bodies that are not in the charset that they say.
    pub fn mislabelled_bodies(&self) -> Vec<Mislabelled> {
        charset::mislabelled(self)
    }

    /// What is wrong with the boundaries of multiparts (RFC 2046 §5.1.1).
    pub fn boundary_faults(&self) -> Vec<BoundaryFault> {
        boundary::faults(self)
    }

    /// Why what the mail says can't be known, if a part of it is damaged on its way: whatever seems to be missing may have stood there.
    pub fn unreadable(&self) -> Option<String> {
        let look = || self.own_parts().any(|(index, part)| transfer::is_unreadable(self, index, part));
        self.damaged
            .get_or_init(look)
            .then(|| "its base64 is damaged, and what stands behind the damage can't be read".to_owned())
    }

    /// What is wrong with transfer encodings (RFC 2045 §6), one fault a part.
    pub fn transfer_faults(&self) -> Vec<TransferFault> {
        transfer::faults(self)
    }

    /// The parts that are the message's own, not those of a message attached to it, with their index; only those that lie in the file as they are.
    pub(crate) fn own_parts(&self) -> impl Iterator<Item = (usize, &'m Part)> {
        let parts = &self.message.parts;
        let is_message = |part: &Part| matches!(part.content_type.as_str(), "message/rfc822" | "message/global");
        let mut root = 0;
        while parts.get(root).is_some_and(is_message)
            && parts.get(root + 1).is_some_and(|next| next.parent == Some(root))
        {
            root += 1;
        }
        let is_attached = move |part: &Part| {
            std::iter::successors(part.parent, |&parent| parts[parent].parent)
                .any(|parent| parent > root && is_message(&parts[parent]))
        };
        let own = parts.iter().enumerate().filter(move |(_, part)| !is_attached(part));
        own.filter(|(index, _)| self.message.raw_body(*index).is_some())
    }

    /// The bytes of a field body, as they stand in the file.
    fn raw_field(&self, header: &Header) -> &'m [u8] {
        self.message.source.bytes.get(header.raw_span.range()).unwrap_or_default()
    }

    /// The merge tags of a field's value.
    fn field_tags(&self, header: &Header) -> Vec<Tag> {
        tags::scan(self.message.value(header), false, &Dialect::default())
    }
}

/// A field of a part by its name.
fn named<'p>(part: &'p Part, name: &str) -> Option<&'p Header> {
    part.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))
}

/// All of a field, from its name to the end of its body.
fn whole(header: &Header) -> FileSpan {
    FileSpan::new(header.name_span.start, header.raw_span.end.max(header.name_span.end))
}
