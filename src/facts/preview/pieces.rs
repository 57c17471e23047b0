//! The pieces that a body is drawn with.

use crate::source::ViewSpan;

/// One thing of a body, with its place.
#[derive(Debug)]
pub struct Piece {
    /// Where it stands in the view: a tag, or a run of text.
    pub span: ViewSpan,
    /// What it is.
    pub what: What,
}

/// What a piece is. Texts are raw: whoever writes them escapes them.
#[derive(Debug)]
pub enum What {
    /// A start tag of the allow-list.
    Open {
        /// The element's name in HTML.
        name: &'static str,
        /// Attributes of the allow-list with values that were checked.
        attributes: Vec<(&'static str, String)>,
        /// It was a link.
        link: bool,
    },
    /// An end tag.
    Close(&'static str),
    /// Text, entities decoded.
    Text {
        /// The text.
        text: String,
        /// Offsets in `text` with those in the raw text: the ends of stretches that run in step or stand for one another as a whole.
        offsets: Vec<(u32, u32)>,
    },
    /// A merge tag as it is written.
    Tag(String),
    /// An image.
    Image(Picture),
    /// A field or a button of a form, with its words.
    Control(Control, String),
    /// An element that is left out with all that is in it; whether something would be seen there.
    Left(&'static str, bool),
    /// A place that readers do not see: a tag without a look of its own, or an element that is hidden.
    Unseen,
}

/// An image.
#[derive(Debug)]
pub struct Picture {
    /// CSS pixels, where known.
    pub width: Option<f32>,
    /// CSS pixels, where known.
    pub height: Option<f32>,
    /// It takes the width that there is.
    pub fluid: bool,
    /// One or two pixels.
    pub tiny: bool,
    /// Its `alt`, where there is one.
    pub alt: Option<String>,
    /// Its style, filtered.
    pub style: String,
    /// Its bytes, where they are in the message and small.
    pub embedded: Option<Embedded>,
}

/// The bytes of a raster image.
#[derive(Debug)]
pub struct Embedded {
    /// The media type that its first bytes show.
    pub media_type: &'static str,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// Something to write in.
    Field,
    /// Something to press.
    Button,
    /// A box that is ticked (`true`) or not.
    Box(bool),
}

impl Piece {
    /// What it costs to show, in bytes.
    pub(super) fn cost(&self) -> usize {
        16 + match &self.what {
            What::Open { attributes, .. } => attributes.iter().map(|(name, value)| name.len() + value.len() + 4).sum(),
            What::Text { text, .. } | What::Tag(text) | What::Control(_, text) => text.len(),
            What::Image(picture) => 64 + picture.style.len() + picture.alt.as_deref().map_or(0, str::len),
            What::Close(_) | What::Left(..) | What::Unseen => 0,
        }
    }
}
