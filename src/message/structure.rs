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
use crate::config::limits::{Limit, Limits, Reached};
use crate::source::{Source, begins_with_separator};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Most encoded messages inside one another that are decoded.
const MOST_ENCODED: usize = 3;
/// Most of all headers together that is read, as a multiple of the limit of one of them.
const MOST_HEADERS: usize = 128;

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
    limits: Limits,
    reached: BTreeSet<Reached>,
    /// How much of bodies has been read.
    text: usize,
    /// How much of headers has been read.
    header: usize,
    fields: usize,
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
    pub fn of(source: &'s Source, limits: Limits) -> Self {
        Self::within(Medium::of(source), &source.bytes, limits)
    }

    /// The same of bytes that come from no editor.
    pub fn read(bytes: &'s [u8]) -> Self {
        Self::within(Medium::file(bytes), bytes, Limits::default())
    }

    /// Nothing is read yet.
    pub fn empty(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    fn within(medium: Arc<Medium<'s>>, bytes: &'s [u8], limits: Limits) -> Self {
        let mut structure = Self::empty(limits);
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
            if structure.parts.len() >= limits.of(Limit::Parts) {
                structure.reach(Limit::Parts);
                break;
            }
            let mut children = structure.entity(&entity);
            if entity.depth >= limits.of(Limit::PartDepth) && !children.is_empty() {
                structure.reach(Limit::PartDepth);
                children.clear();
            }
            waiting.extend(children.into_iter().rev());
        }
        structure
    }

    /// What was left out.
    pub fn reached(&self) -> Vec<Reached> {
        self.reached.iter().cloned().collect()
    }

    fn reach(&mut self, limit: Limit) {
        self.reached.insert(self.limits.reached(limit));
    }

    /// As much of the body at `range` of `medium` as is still read.
    pub fn readable(&mut self, medium: &Medium<'_>, range: Range<usize>) -> Range<usize> {
        let left = self.limits.of(Limit::Text).saturating_sub(self.text);
        let kept = if range.len() <= left { range.clone() } else { cut(medium.bytes(), range.clone(), left) };
        if kept.len() < range.len() {
            self.reach(Limit::Text);
        }
        self.text += kept.len();
        kept
    }

    /// Adds a view.
    pub fn add_view(&mut self, view: View<'s>) -> ViewId {
        self.views.push(view);
        ViewId::new(self.views.len() - 1)
    }

    /// Reads one entity and adds it to the parts; what it contains is returned.
    fn entity(&mut self, entity: &Entity<'s>) -> Vec<Entity<'s>> {
        let bytes = entity.medium.bytes();
        let block = header::read_block(bytes, entity.range.clone(), self.limits.of(Limit::Header));
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
        let longest = self.limits.of(Limit::Header);
        if block.cut {
            self.reach(Limit::Header);
        }
        let mut headers = Vec::new();
        for field in &block.fields {
            if self.fields >= self.limits.of(Limit::Fields) {
                self.reach(Limit::Fields);
                break;
            }
            if self.header / MOST_HEADERS > longest {
                let most = Limit::Header.shown(longest as u64 * MOST_HEADERS as u64);
                self.reached.insert(Reached::fixed(format!(
                    "more than {most} in all headers together: further fields were not read"
                )));
                break;
            }
            self.fields += 1;
            self.header += field.body.len();
            headers.push(self.header(medium, field));
        }
        headers
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
            self.reached.insert(Reached::fixed(
                "encoded messages more than 3 deep inside one another: deeper ones were not read",
            ));
            return Vec::new();
        }
        let medium = entity.medium.decoded(body.clone(), part.encoding);
        let range = 0..medium.bytes().len();
        vec![Entity { outermost: wraps, shown: wraps, encoded: entity.encoded + 1, ..child(&medium, range) }]
    }

    fn cut(&mut self, medium: &Arc<Medium<'s>>, body: &Range<usize>, boundary: Option<&str>) -> Vec<Range<usize>> {
        let limit = self.limits.of(Limit::Parts).saturating_add(1).saturating_sub(self.parts.len());
        let cut = |boundary: &str| multipart::cut(medium.bytes(), body.clone(), boundary, limit);
        let parts = boundary.map(cut).unwrap_or_default();
        if !parts.is_empty() {
            return parts;
        }
        multipart::guess_boundary(medium.bytes(), body.clone()).map(|boundary| cut(&boundary)).unwrap_or_default()
    }

    fn leaf(&mut self, entity: &Entity<'s>, index: usize, (part, eight_bit): &(Part, bool), body: Range<usize>) {
        let Some(html) = self.displayed(entity, part) else { return };
        if self.bodies.len() >= self.limits.of(Limit::Bodies) {
            self.reach(Limit::Bodies);
            return;
        }
        let name = if html { "HTML body" } else { "text body" };
        let whole = body.len();
        let body = self.readable(&entity.medium, body);
        let is_cut = body.len() < whole;
        let mut view = View::body(name, &entity.medium, body, part.encoding, part.charset.as_deref(), *eight_bit);
        if is_cut {
            view.cut_word();
        }
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

/// The first `most` bytes of `range`, less what a line, a character or a unit of UTF-16 would be cut by.
fn cut(bytes: &[u8], range: Range<usize>, most: usize) -> Range<usize> {
    const FAR: usize = 4 << 10;
    let mut end = range.start + most.min(range.len()) / 4 * 4;
    let near = end.saturating_sub(FAR).max(range.start);
    if let Some(line) = memchr::memrchr(b'\n', &bytes[near..end]) {
        let line = near + line + 1;
        // the second byte of a line feed in UTF-16 LE
        return range.start..line + usize::from(line < end && bytes.get(line) == Some(&0));
    }
    for _ in 0..3 {
        let inside = end > range.start && bytes.get(end).is_some_and(|byte| byte & 0xc0 == 0x80);
        end -= usize::from(inside);
    }
    range.start..end
}

/// Behind what is not the message's: a byte order mark, an mbox `From ` line, empty lines before the first field.
fn message_start(bytes: &[u8]) -> usize {
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    if begins_with_separator(&bytes[at..]) {
        at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
    }
    let blank = bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let behind = header::read_block(bytes, at + blank..bytes.len(), 1 << 10);
    if behind.fields.is_empty() { at } else { at + blank }
}
