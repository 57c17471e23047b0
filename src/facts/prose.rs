//! The readable text of a body, in reading order, with the way back to the view.

mod names;

use super::Facts;
use crate::knowledge::starts::WordStarts;
use crate::knowledge::words::{self, Hit, Meaning};
use crate::message::html::{Document, Element, ElementId, Node, Text};
use crate::message::tags::{Role, Tag};
use crate::message::{Body, BodyContent, Spot, ViewId};
use crate::sort;
use crate::source::ViewSpan;
use names::{UNREAD, is_block};
use std::cell::OnceCell;
use std::ops::Range;

/// Between two blocks (paragraphs, cells): a phrase never runs across it.
pub const BLOCK_BREAK: char = '\u{2029}';

/// Stands for a value that a merge tag will bring.
pub const TAG_VALUE: char = '\u{FFFC}';

/// The text of one body, blocks separated by [`BLOCK_BREAK`], merge tags replaced by [`TAG_VALUE`].
#[derive(Debug)]
pub struct Prose {
    /// The view that it was read from.
    pub view: ViewId,
    /// The text. White space is as in the source.
    pub text: String,
    pieces: Vec<Piece>,
    /// What [`Piece::offsets`] are of.
    offsets: Vec<(u32, u32)>,
    tags: Vec<TagPlace>,
    starts: OnceCell<WordStarts>,
    hits: OnceCell<Vec<Hit>>,
    by_meaning: OnceCell<Vec<Vec<u32>>>,
    /// Where the breaks between blocks stand, and where sentences end, found once: a body may have one block of a megabyte with a link in each
    /// line.
    breaks: OnceCell<Vec<usize>>,
    sentences: OnceCell<Vec<usize>>,
}

/// A merge tag that stands in text, whatever it leaves behind.
#[derive(Debug, Clone, Copy)]
pub struct TagPlace {
    /// The tag in the view.
    pub span: ViewSpan,
    /// The element that it stands in.
    pub element: Option<ElementId>,
    /// It can't be seen: CSS hides it.
    pub hidden: bool,
    /// Where in the prose.
    pub at: usize,
}

/// A run of text that comes from one place.
#[derive(Debug)]
struct Piece {
    /// Where it begins in the prose.
    start: usize,
    /// Where it is in the view.
    span: ViewSpan,
    /// Decoded offset to raw offset, where the two differ (entities), in the offsets of the prose; empty when they run in step.
    offsets: Range<u32>,
    around: Surroundings,
}

/// What is around a run of text.
#[derive(Debug, Clone, Copy, Default)]
struct Surroundings {
    /// The element that it stands in.
    element: Option<ElementId>,
    /// It can't be seen: CSS hides it.
    hidden: bool,
    /// Desktop or mobile twin: shown to some readers only.
    responsive: bool,
}

/// A sentence: a range of the prose, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the prose.
    pub range: Range<usize>,
}

impl Prose {
    /// Where its words begin.
    pub fn starts(&self) -> &WordStarts {
        self.starts.get_or_init(|| WordStarts::of(&self.text))
    }

    /// All phrases that mean something, hidden text included; none runs across blocks.
    pub fn hits(&self) -> &[Hit] {
        self.hits.get_or_init(|| {
            let mut hits = words::find(&self.text);
            hits.retain(|hit| !self.text[hit.range.clone()].contains([BLOCK_BREAK, TAG_VALUE]));
            hits
        })
    }

    /// The phrases with this meaning that lie inside `range`. Costs the ones that it gives, not all that lie there: a mail
    /// may be one block of thousands of phrases.
    pub fn hits_in(&self, range: Range<usize>, meaning: Meaning) -> impl Iterator<Item = &Hit> {
        let of_meaning = &self.by_meaning()[meaning as usize];
        let from = of_meaning.partition_point(|&index| self.hits()[index as usize].range.start < range.start);
        of_meaning[from..]
            .iter()
            .map(|&index| &self.hits()[index as usize])
            .take_while(move |hit| hit.range.start < range.end)
            .filter(move |hit| hit.range.end <= range.end)
    }

    /// Places in `hits` by meaning.
    fn by_meaning(&self) -> &[Vec<u32>] {
        self.by_meaning.get_or_init(|| {
            let mut by_meaning = vec![Vec::new(); Meaning::ALL.len()];
            for (index, hit) in self.hits().iter().enumerate() {
                by_meaning[hit.meaning as usize].push(index as u32);
            }
            by_meaning
        })
    }

    /// The merge tag of the text that covers `span`; `None` where the tag stands in an attribute or nobody reads it.
    pub fn tag_at(&self, span: ViewSpan) -> Option<&TagPlace> {
        let index = self.tags.partition_point(|tag| tag.span.end <= span.start);
        self.tags.get(index).filter(|tag| tag.span.overlaps(span))
    }

    /// The place in the view of a range of the prose.
    pub fn spot(&self, range: Range<usize>) -> Spot {
        let start = self.to_view(range.start, false);
        let end = if range.is_empty() { start } else { self.to_view(range.end, true) };
        Spot { view: self.view, span: ViewSpan::new(start.min(end), end.max(start)) }
    }

    /// The range of the prose that comes from `span` of the view; empty where nothing does.
    pub fn range_of(&self, span: ViewSpan) -> Range<usize> {
        let first = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let behind = self.pieces.partition_point(|piece| piece.span.start < span.end);
        match self.pieces.get(first..behind).unwrap_or_default() {
            [] => 0..0,
            [only] => only.start..self.piece_end(only),
            [start, .., end] => start.start..self.piece_end(end),
        }
    }

    /// Where the prose stands at a byte of the view: what comes from before it lies before, what comes from behind it behind.
    pub fn offset_at(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.span.start < at);
        self.pieces.get(next).map_or(self.text.len(), |piece| piece.start)
    }

    /// Whether a reader can't see the text at this byte.
    pub fn is_hidden(&self, offset: usize) -> bool {
        self.piece_at(offset).is_some_and(|piece| piece.around.hidden)
    }

    /// Whether the text at this byte is a desktop or mobile twin.
    pub fn is_responsive(&self, offset: usize) -> bool {
        self.piece_at(offset).is_some_and(|piece| piece.around.responsive)
    }

    /// The element that the text at this byte stands in.
    pub fn element_at(&self, offset: usize) -> Option<ElementId> {
        self.piece_at(offset).and_then(|piece| piece.around.element)
    }

    /// The block (paragraph, cell, line of a list) around a byte.
    pub fn block_around(&self, offset: usize) -> Range<usize> {
        let breaks = self.breaks();
        let behind = breaks.partition_point(|&at| at < offset);
        let start = breaks[..behind].last().map_or(0, |at| at + BLOCK_BREAK.len_utf8());
        start..breaks.get(behind).copied().unwrap_or(self.text.len())
    }

    /// The sentence around a byte, inside its block.
    pub fn sentence_around(&self, offset: usize) -> Sentence {
        let block = self.block_around(offset);
        let ends = self.sentences();
        let behind = ends.partition_point(|&end| end <= offset);
        let start = ends[..behind].last().map_or(block.start, |&end| end.max(block.start));
        let end = ends.get(behind).map_or(block.end, |&end| end.min(block.end));
        self.trimmed(start..end)
    }

    /// The blocks in order, without the breaks between them.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = Range<usize>> {
        let breaks = self.breaks();
        (0..=breaks.len()).map(|index| {
            let before = index.checked_sub(1).and_then(|before| breaks.get(before));
            let start = before.map_or(0, |at| at + BLOCK_BREAK.len_utf8());
            start..breaks.get(index).copied().unwrap_or(self.text.len())
        })
    }

    fn breaks(&self) -> &[usize] {
        self.breaks.get_or_init(|| {
            let mut written = [0; 4];
            let written = BLOCK_BREAK.encode_utf8(&mut written);
            memchr::memmem::find_iter(self.text.as_bytes(), written.as_bytes()).collect()
        })
    }

    fn sentences(&self) -> &[usize] {
        self.sentences.get_or_init(|| sentence_ends(&self.text))
    }

    /// The runs of text that are seen by the same readers, in order: range, element, hidden, responsive.
    pub fn runs(&self) -> impl Iterator<Item = (Range<usize>, Option<ElementId>, bool, bool)> {
        self.pieces.iter().map(|piece| self.run(piece))
    }

    fn run(&self, piece: &Piece) -> (Range<usize>, Option<ElementId>, bool, bool) {
        let Surroundings { element, hidden, responsive } = piece.around;
        (piece.start..self.piece_end(piece), element, hidden, responsive)
    }

    /// Those of them that share a byte with `range`.
    pub fn runs_in(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Option<ElementId>, bool, bool)> {
        let first = self.pieces.partition_point(|piece| self.piece_end(piece) <= range.start);
        self.pieces[first..].iter().take_while(move |piece| piece.start < range.end).map(|piece| self.run(piece))
    }

    fn trimmed(&self, range: Range<usize>) -> Sentence {
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        let end = start + text.trim().len();
        Sentence { range: start..end }
    }

    fn piece_at(&self, offset: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.start <= offset).checked_sub(1)?;
        self.pieces.get(index)
    }

    fn offsets(&self, piece: &Piece) -> &[(u32, u32)] {
        self.offsets.get(piece.offsets.start as usize..piece.offsets.end as usize).unwrap_or_default()
    }

    fn piece_end(&self, piece: &Piece) -> usize {
        match self.offsets(piece).last() {
            Some(&(decoded, _)) => piece.start + decoded as usize,
            None => piece.start + piece.span.len(),
        }
    }

    fn to_view(&self, offset: usize, is_end: bool) -> usize {
        let probe = if is_end { offset.saturating_sub(1) } else { offset };
        let Some(piece) = self.piece_at(probe) else { return self.pieces.first().map_or(0, |piece| piece.span.start) };
        let within = offset.saturating_sub(piece.start);
        let offsets = self.offsets(piece);
        if offsets.is_empty() {
            return piece.span.start + within.min(piece.span.len());
        }
        let at = offsets.partition_point(|&(decoded, _)| (decoded as usize) <= within).max(1) - 1;
        let (decoded, raw) = offsets[at];
        let step = within - (decoded as usize).min(within);
        let exact = match offsets.get(at + 1) {
            // Inside an entity: its start, or for an end its end.
            Some(&(next_decoded, next_raw)) if next_raw - raw != next_decoded - decoded && step > 0 => {
                if is_end {
                    next_raw as usize
                } else {
                    raw as usize
                }
            }
            _ => raw as usize + step,
        };
        (piece.span.start + exact).min(piece.span.end)
    }
}

/// Ends of sentences in a text (bytes, in order): behind `.`, `!`, `?`, `…` before white space, behind their full-width forms anywhere.
fn sentence_ends(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let behind = |at: usize, mark: &str| Some(at + mark.len()).filter(|end| is_followed_by_sentence(&text[*end..]));
    let mut ends: Vec<usize> = memchr::memchr3_iter(b'.', b'!', b'?', bytes).filter_map(|at| behind(at, ".")).collect();
    let of_ascii = ends.len();
    ends.extend(memchr::memmem::find_iter(bytes, "…").filter_map(|at| behind(at, "…")));
    let wide = ["。", "！", "？"];
    let firsts = memchr::memchr2_iter(wide[0].as_bytes()[0], wide[1].as_bytes()[0], bytes);
    ends.extend(firsts.filter_map(|at| {
        wide.iter().find(|mark| bytes[at..].starts_with(mark.as_bytes())).map(|mark| at + mark.len())
    }));
    if ends.len() > of_ascii {
        sort::by_key(&mut ends, |end| *end);
    }
    ends
}

/// White space, and then no small letter in the same block: "Brand Inc. e-mails" goes on.
fn is_followed_by_sentence(rest: &str) -> bool {
    let mut characters = rest.chars().take_while(|character| *character != BLOCK_BREAK);
    match characters.next() {
        None => true,
        Some(next) => {
            next.is_whitespace() && !characters.find(|next| !next.is_whitespace()).is_some_and(char::is_lowercase)
        }
    }
}

/// Reads all bodies.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Prose> {
    facts.message.bodies.iter().map(|body| read(facts, body)).collect()
}

fn read(facts: &Facts<'_>, body: &Body<'_>) -> Prose {
    let view = facts.message.view(body.view);
    let mut writer = Writer { text: String::with_capacity(view.text().len() / 2), ..Writer::default() };
    match &body.content {
        BodyContent::Plain => writer.plain(view.text(), &body.tags),
        BodyContent::Html(document) => writer.html(view.text(), document, &body.tags),
    }
    Prose {
        view: body.view,
        text: writer.text,
        pieces: writer.pieces,
        offsets: writer.offsets,
        tags: writer.tags,
        starts: OnceCell::new(),
        hits: OnceCell::new(),
        by_meaning: OnceCell::new(),
        breaks: OnceCell::new(),
        sentences: OnceCell::new(),
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    pieces: Vec<Piece>,
    offsets: Vec<(u32, u32)>,
    tags: Vec<TagPlace>,
}

impl Writer {
    fn plain(&mut self, text: &str, tags: &[Tag]) {
        let whole = ViewSpan::new(0, text.len());
        for (span, tag) in split_by_tags(whole, tags) {
            match tag {
                Some(tag) => self.tag(tag, span, Surroundings::default()),
                None => self.paragraphs(text, span),
            }
        }
    }

    /// Plain text: an empty line ends a block.
    fn paragraphs(&mut self, text: &str, span: ViewSpan) {
        let mut start = span.start;
        let mut blank = false;
        let mut at = span.start;
        for line in text[span.range()].split_inclusive('\n') {
            let is_blank = line.trim().is_empty();
            if is_blank && !blank && at > start {
                self.plain_text(text, ViewSpan::new(start, at));
                self.block_break();
                start = at;
            }
            blank = is_blank;
            at += line.len();
        }
        if start < span.end {
            self.plain_text(text, ViewSpan::new(start, span.end));
        }
    }

    fn html(&mut self, text: &str, document: &Document, tags: &[Tag]) {
        let mut next_tag = 0;
        let readings = Readings::new(document);
        for node in document.nodes() {
            match node {
                Node::Start(element) if element.name() == "br" => self.text.push('\n'),
                Node::Start(element) if is_block(element.name()) => self.block_break(),
                Node::End(Some(element), _) if is_block(element.name()) => self.block_break(),
                Node::Text(run) if self.is_at_block_start() && is_indentation(run) => {}
                Node::Text(run) => {
                    let Some((hidden, responsive)) = readings.of(run.parent) else { continue };
                    let around = Surroundings { element: run.parent.map(|parent| parent.id), hidden, responsive };
                    while tags.get(next_tag).is_some_and(|tag| tag.span.end <= run.span.start) {
                        next_tag += 1;
                    }
                    if tags.get(next_tag).is_none_or(|tag| tag.span.start >= run.span.end) {
                        self.html_text(text, document, run.span, around);
                        continue;
                    }
                    for (span, tag) in split_by_tags(run.span, &tags[next_tag..]) {
                        match tag {
                            Some(tag) => self.tag(tag, span, around),
                            None => self.html_text(text, document, span, around),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn is_at_block_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with(BLOCK_BREAK)
    }

    fn html_text(&mut self, text: &str, document: &Document, span: ViewSpan, around: Surroundings) {
        debug_assert!(text.is_char_boundary(span.start));
        let before = self.here();
        document.write_text(span, &mut self.text, &mut self.offsets);
        self.note(before, span, around);
    }

    fn plain_text(&mut self, text: &str, span: ViewSpan) {
        let before = self.here();
        self.text.push_str(&text[span.range()]);
        self.note(before, span, Surroundings::default());
    }

    fn tag(&mut self, tag: &Tag, span: ViewSpan, around: Surroundings) {
        let Surroundings { element, hidden, .. } = around;
        self.tags.push(TagPlace { span: tag.span, element, hidden, at: self.text.len() });
        if matches!(tag.role, Role::Output | Role::Include) {
            let before = self.here();
            self.text.push(TAG_VALUE);
            self.offsets.extend([(0, 0), (TAG_VALUE.len_utf8() as u32, span.len() as u32)]);
            self.note(before, span, around);
        }
    }

    /// How far text and offsets go.
    fn here(&self) -> (usize, u32) {
        (self.text.len(), self.offsets.len() as u32)
    }

    /// Notes that what was written since `before` comes from `span`.
    fn note(&mut self, before: (usize, u32), span: ViewSpan, around: Surroundings) {
        let (start, offset) = before;
        let offsets = offset..self.offsets.len() as u32;
        if start < self.text.len() {
            self.pieces.push(Piece { start, span, offsets, around });
        } else {
            self.offsets.truncate(offset as usize);
        }
    }

    fn block_break(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(BLOCK_BREAK) {
            self.text.push(BLOCK_BREAK);
        }
    }
}

/// How text is read by the element that it stands in.
struct Readings<'d> {
    document: &'d Document,
    known: Vec<Option<Around>>,
}

/// What an element tells of the text in it, and of that of the elements in it.
#[derive(Clone, Default)]
struct Around {
    reading: Option<(bool, bool)>,
    /// Nobody reads the text of elements inside.
    unread: bool,
    /// It is shown to some readers only, or what is around it.
    responsive: bool,
    /// The same of what is hidden together with it.
    hidden_together: bool,
}

impl Around {
    fn of(&self, document: &Document, element: Element<'_>) -> Self {
        let style = document.style(element);
        let own = UNREAD.contains(&element.name());
        let responsive = self.responsive || style.responsive;
        let hidden_together = style.hidden && (style.responsive || self.hidden_together);
        let read = !own && (!self.unread || element.name() == "mj-preview");
        Self {
            reading: read.then_some((style.hidden, if style.hidden { hidden_together } else { responsive })),
            unread: self.unread || own,
            responsive,
            hidden_together,
        }
    }
}

/// Whether the text is hidden, and whether it is a desktop or mobile twin; `None` where nobody reads it.
type Reading = Option<(bool, bool)>;

impl<'d> Readings<'d> {
    fn new(document: &'d Document) -> Self {
        let known = document.inherited(Around::default(), |around, element| around.of(document, element));
        Self { document, known }
    }

    fn of(&self, parent: Option<Element<'d>>) -> Reading {
        let Some(parent) = parent else { return Some((false, false)) };
        let read = || {
            let document = self.document;
            (!is_unread(parent)).then(|| (document.style(parent).hidden, is_responsive(document, parent)))
        };
        match self.known.get(parent.id.0 as usize) {
            Some(Some(around)) => around.reading,
            _ => read(),
        }
    }
}

/// The pieces of `span` that are a tag and those that are not, in order.
fn split_by_tags(span: ViewSpan, tags: &[Tag]) -> Vec<(ViewSpan, Option<&Tag>)> {
    let mut pieces = Vec::new();
    let mut at = span.start;
    for tag in tags.iter().skip_while(|tag| tag.span.end <= span.start).take_while(|tag| tag.span.start < span.end) {
        let start = tag.span.start.max(at);
        if start > at {
            pieces.push((ViewSpan::new(at, start), None));
        }
        let end = tag.span.end.min(span.end).max(start);
        pieces.push((ViewSpan::new(start, end), Some(tag)));
        at = end;
    }
    if at < span.end {
        pieces.push((ViewSpan::new(at, span.end), None));
    }
    pieces
}

/// Shown to some readers only: the element, or one around it that is hidden with it or has the class that switches it.
pub(super) fn is_responsive(document: &Document, element: Element<'_>) -> bool {
    let around = || std::iter::once(element).chain(element.ancestors());
    if document.style(element).hidden {
        around().take_while(|outer| document.style(*outer).hidden).any(|outer| document.style(outer).responsive)
    } else {
        around().any(|outer| document.style(outer).responsive)
    }
}

/// Blanks right in a block, as they stand between the tags of a table: no reader sees them at its start.
fn is_indentation(run: Text<'_>) -> bool {
    run.parent.is_none_or(|parent| is_block(parent.name())) && run.raw().bytes().all(|byte| byte.is_ascii_whitespace())
}

/// Elements whose text nobody reads, themselves or an ancestor.
fn is_unread(element: Element<'_>) -> bool {
    // The preheader stands in the head, but it becomes the first text of the body.
    UNREAD.contains(&element.name()) || element.name() != "mj-preview" && element.enclosing(UNREAD).is_some()
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_BREAK, sentence_ends};
    use proptest::prelude::*;

    /// Each block for itself, character by character.
    fn plainly(text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut start = 0;
        for block in text.split(BLOCK_BREAK) {
            for (at, character) in block.char_indices() {
                let rest = &block[at + character.len_utf8()..];
                let goes_on = || rest.trim_start().starts_with(char::is_lowercase);
                let ends_here = match character {
                    '.' | '!' | '?' | '…' => (rest.is_empty() || rest.starts_with(char::is_whitespace)) && !goes_on(),
                    '。' | '！' | '？' => true,
                    _ => false,
                };
                if ends_here {
                    ends.push(start + at + character.len_utf8());
                }
            }
            start += block.len() + BLOCK_BREAK.len_utf8();
        }
        ends
    }

    proptest! {
        #[test]
        fn sentences_end_where_a_look_at_each_character_says(text in "[aB .!?…。！？、é\u{2029}]{0,30}") {
            prop_assert_eq!(sentence_ends(&text), plainly(&text));
        }
    }
}
