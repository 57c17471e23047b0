//! The parts of a message (RFC 2046): found from the outside in, so that a broken inner multipart never swallows what is outside of it.
//!
//! mail-parser reads the parameters of each part's fields; the parts themselves are cut here, because its cutter takes a boundary in the middle of a line
//! for one, loses parts without an empty line or a closing boundary, recurses, and decodes every attachment.

use super::content::Content;
use super::header::{self, Block, Field};
use super::medium::Medium;
use super::multipart;
use super::view::{Origin, View, ViewId};
use super::{Header, Part, TransferEncoding};
use crate::source::Source;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Most parts that are read.
const MOST_PARTS: usize = 10_000;
/// Deepest part that is read.
const DEEPEST: usize = 50;
/// Most encoded messages inside one another that are decoded.
const MOST_ENCODED: usize = 3;
/// Most header fields that are read, over all parts.
const MOST_FIELDS: usize = 20_000;

/// A body as it was found: its part, its view, and whether it is HTML.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundBody {
    pub part: usize,
    pub view: ViewId,
    pub html: bool,
}

/// Everything of a message but the trees of its bodies.
#[derive(Debug, Default)]
pub(crate) struct Structure<'s> {
    pub headers: Vec<Header>,
    pub header_end: Option<usize>,
    pub parts: Vec<Part>,
    /// Where the encoded body of each part lies.
    pub places: Vec<(Arc<Medium<'s>>, Range<usize>)>,
    pub bodies: Vec<FoundBody>,
    pub views: Vec<View<'s>>,
    limits: BTreeSet<&'static str>,
}

/// A message or part that is still to be read.
struct Entity<'s> {
    medium: Arc<Medium<'s>>,
    range: Range<usize>,
    parent: Option<usize>,
    depth: usize,
    /// How many encoded messages it lies in.
    encoded: usize,
    /// Its media type if it does not say one (RFC 2046 §5.1.5).
    default_type: &'static str,
    /// Whether its bodies are the message's: not in an attached message.
    shown: bool,
    /// It is a message, or the message that wraps nothing but it.
    outermost: bool,
}

impl<'s> Structure<'s> {
    /// Reads a raw message. Never fails; what is left out is said by [`Structure::limits`].
    pub fn of(source: &'s Source) -> Self {
        Self::within(Medium::of(source), &source.bytes)
    }

    /// The same of bytes that come from no editor.
    pub fn read(bytes: &'s [u8]) -> Self {
        Self::within(Medium::file(bytes), bytes)
    }

    fn within(medium: Arc<Medium<'s>>, bytes: &'s [u8]) -> Self {
        let mut structure = Self::default();
        let mut waiting = vec![Entity {
            medium,
            range: message_start(bytes)..bytes.len(),
            parent: None,
            depth: 0,
            encoded: 0,
            default_type: "text/plain",
            shown: true,
            outermost: true,
        }];
        while let Some(entity) = waiting.pop() {
            if structure.parts.len() >= MOST_PARTS {
                structure.limits.insert("more than 10,000 parts");
                break;
            }
            let mut children = structure.entity(&entity);
            if entity.depth >= DEEPEST && !children.is_empty() {
                structure.limits.insert("parts nested more than 50 deep");
                children.clear();
            }
            waiting.extend(children.into_iter().rev());
        }
        structure
    }

    /// What was left out, in words.
    pub fn limits(&self) -> Vec<String> {
        self.limits.iter().map(|&limit| limit.to_owned()).collect()
    }

    /// Adds a view.
    pub fn add_view(&mut self, view: View<'s>) -> ViewId {
        self.views.push(view);
        ViewId::new(self.views.len() - 1)
    }

    /// Reads one entity and adds it to the parts; what it contains is returned.
    fn entity(&mut self, entity: &Entity<'s>) -> Vec<Entity<'s>> {
        let bytes = entity.medium.bytes();
        let block = header::read_block(bytes, entity.range.clone());
        let content = Content::read(bytes, &block.fields);
        let headers = self.headers(&entity.medium, &block);
        if entity.outermost && (self.headers.is_empty() || !self.has_author()) && !headers.is_empty() {
            self.headers = headers.clone();
            self.header_end = entity.medium.is_file().then_some(block.end);
        }
        let body = block.body.min(entity.range.end)..entity.range.end;
        let part = self.part(entity, content, headers, body.clone());
        let index = self.parts.len();
        let children = self.children(entity, index, &part.0, &body);
        if children.is_empty() {
            self.leaf(entity, index, &part, body.clone());
        }
        self.parts.push(part.0);
        self.places.push((Arc::clone(&entity.medium), body));
        children
    }

    fn has_author(&self) -> bool {
        self.headers.iter().any(|header| header.name.eq_ignore_ascii_case("From"))
    }

    fn headers(&mut self, medium: &Arc<Medium<'s>>, block: &Block) -> Vec<Header> {
        if block.cut {
            self.limits.insert("a header of more than 64 KiB");
        }
        let left = MOST_FIELDS.saturating_sub(self.views.len());
        if block.fields.len() > left {
            self.limits.insert("more than 20,000 header fields");
        }
        block.fields.iter().take(left).map(|field| self.header(medium, field)).collect()
    }

    fn header(&mut self, medium: &Arc<Medium<'s>>, field: &Field) -> Header {
        let name = String::from_utf8_lossy(&medium.bytes()[field.name.clone()]).into_owned();
        let view = View::field(&format!("header {name}"), medium, field.body.clone());
        Header {
            name,
            name_span: medium.file_span(field.name.clone()),
            raw_span: medium.file_span(field.body.clone()),
            value: self.add_view(view),
        }
    }

    /// The part, and whether its encoding is declared as eight bit.
    fn part(&self, entity: &Entity<'s>, content: Content, headers: Vec<Header>, body: Range<usize>) -> (Part, bool) {
        let part = Part {
            parent: entity.parent,
            depth: entity.depth,
            content_type: content.media_type.unwrap_or_else(|| entity.default_type.to_owned()),
            charset: content.charset,
            boundary: content.boundary,
            disposition: content.disposition,
            file_name: content.file_name,
            content_id: content.id,
            encoding: content.encoding.unwrap_or(TransferEncoding::Identity),
            headers,
            decoded_len: body.len(),
            body_span: entity.medium.file_span(body),
        };
        (part, content.eight_bit)
    }

    fn children(&mut self, entity: &Entity<'s>, index: usize, part: &Part, body: &Range<usize>) -> Vec<Entity<'s>> {
        let child = |medium: &Arc<Medium<'s>>, range: Range<usize>| Entity {
            medium: Arc::clone(medium),
            range,
            parent: Some(index),
            depth: entity.depth + 1,
            encoded: entity.encoded,
            default_type: "text/plain",
            shown: entity.shown,
            outermost: false,
        };
        if part.content_type.starts_with("multipart/") {
            let default_type = if part.content_type == "multipart/digest" { "message/rfc822" } else { "text/plain" };
            let ranges = self.cut(&entity.medium, body, part.boundary.as_deref());
            let children = ranges.into_iter().map(|range| Entity { default_type, ..child(&entity.medium, range) });
            return children.collect();
        }
        if !matches!(part.content_type.as_str(), "message/rfc822" | "message/global") || body.is_empty() {
            return Vec::new();
        }
        let wraps = entity.outermost;
        if part.encoding == TransferEncoding::Identity {
            let inner = child(&entity.medium, body.clone());
            return vec![Entity { outermost: wraps, shown: wraps, ..inner }];
        }
        if entity.encoded >= MOST_ENCODED {
            self.limits.insert("encoded messages nested more than 3 deep");
            return Vec::new();
        }
        let medium = entity.medium.decoded(body.clone(), part.encoding);
        let range = 0..medium.bytes().len();
        vec![Entity { outermost: wraps, shown: wraps, encoded: entity.encoded + 1, ..child(&medium, range) }]
    }

    fn cut(&mut self, medium: &Arc<Medium<'s>>, body: &Range<usize>, boundary: Option<&str>) -> Vec<Range<usize>> {
        let limit = MOST_PARTS + 1;
        let cut = |boundary: &str| multipart::cut(medium.bytes(), body.clone(), boundary, limit);
        let parts = boundary.map(cut).unwrap_or_default();
        if !parts.is_empty() {
            return parts;
        }
        multipart::guess_boundary(medium.bytes(), body.clone()).map(|boundary| cut(&boundary)).unwrap_or_default()
    }

    fn leaf(&mut self, entity: &Entity<'s>, index: usize, (part, eight_bit): &(Part, bool), body: Range<usize>) {
        let Some(html) = self.displayed(entity, part) else { return };
        let name = if html { "HTML body" } else { "text body" };
        let view = View::body(name, &entity.medium, body, part.encoding, part.charset.as_deref(), *eight_bit);
        let view = self.add_view(view);
        self.bodies.push(FoundBody { part: index, view, html });
    }

    /// Whether a part is shown as a body, and then whether it is HTML. A multipart whose parts can't be found is shown as text (RFC 2045 §5.2).
    fn displayed(&self, entity: &Entity<'s>, part: &Part) -> Option<bool> {
        let html = match part.content_type.as_str() {
            "text/html" | "application/xhtml+xml" => true,
            "text/plain" => false,
            kind => return (kind.starts_with("multipart/") && entity.outermost).then_some(false),
        };
        let attached = match part.disposition.as_deref() {
            Some("inline") => false,
            Some("attachment") => true,
            _ => part.file_name.is_some() && self.has_sibling_before(entity.parent),
        };
        (entity.shown && !attached).then_some(html)
    }

    /// Whether it is a later child of a multipart other than multipart/alternative: then a file name makes it a file.
    fn has_sibling_before(&self, parent: Option<usize>) -> bool {
        parent.is_some_and(|parent| {
            self.parts[parent].content_type != "multipart/alternative" && self.parts.len() > parent + 1
        })
    }

    /// Replaces the encoded sizes of the parts by the decoded ones. Bodies were decoded already.
    pub fn measure(&mut self) {
        for (index, (part, (medium, range))) in self.parts.iter_mut().zip(&self.places).enumerate() {
            if part.encoding == TransferEncoding::Identity {
                continue;
            }
            // Bodies are in the order of the parts.
            let body = self.bodies.binary_search_by_key(&index, |body| body.part).ok();
            let view = body.and_then(|body| self.views.get(self.bodies.get(body)?.view.index()));
            part.decoded_len = match view.map(View::origin) {
                Some(Origin::Body(body)) => body.decoded_len,
                _ => part.encoding.decode(&medium.bytes()[range.clone()]).len(),
            };
        }
    }
}

/// Behind what is not the message's: a byte order mark, an mbox `From ` line, empty lines before the first field.
fn message_start(bytes: &[u8]) -> usize {
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    if bytes[at..].starts_with(b"From ") || bytes[at..].starts_with(b">From ") {
        at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
    }
    let blank = bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let behind = header::read_block(bytes, at + blank..bytes.len());
    if behind.fields.is_empty() { at } else { at + blank }
}
