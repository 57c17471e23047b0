//! How much a reader can read when the images are left out.

use super::prose::{BLOCK_BREAK, Prose, TAG_VALUE};
use super::{Facts, Image, ImageRole, LinkRole};
use crate::knowledge::eights::{STEP, Sorts, Step};
use crate::knowledge::filler::tokens::is_general_punctuation;
use crate::knowledge::postal;
use crate::knowledge::words::Meaning;
use crate::message::html::Document;
use crate::sort;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// Words of the first HTML body and of the files that it includes, as far as they are counted: where there are plenty, over a hundred, not to the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordCount {
    /// Words that are seen, outside of the footer and of small print.
    pub visible: usize,
    /// Words in `alt` texts of content images and of the areas of image maps.
    pub alternative: usize,
}

impl WordCount {
    /// What a reader learns without the images being shown.
    pub fn readable(&self) -> usize {
        self.visible + self.alternative
    }
}

/// Text this small (CSS pixels) is small print.
const SMALL_PRINT: f32 = 10.0;
/// A bar of links or a notice has no more words.
const LONGEST_NOTICE: usize = 40;
/// A contact line has no more words.
const LONGEST_CONTACT: usize = 25;
/// Behind the pictures, a footer has no more words than this from the opt-out on.
const LONGEST_FOOTER: usize = 120;
/// As many digits as a telephone number has; a date has eight.
const TELEPHONE: usize = 9;
/// A picture, not a logo, has at least this many square pixels.
const PICTURE: f32 = 60_000.0;

/// A block of prose that a reader sees.
struct Block<'p> {
    range: Range<usize>,
    /// What is seen of it.
    text: Cow<'p, str>,
    words: usize,
    /// Words that are seen before it.
    before: usize,
}

/// More words than these are plenty, and nobody asks how many there are.
const PLENTY: usize = 100;

pub(super) fn of(facts: &Facts<'_>) -> WordCount {
    let Some((body, _, document)) = facts.html_bodies().next() else { return WordCount::default() };
    let prose = &facts.prose()[body];
    let pictures = Pictures::of(facts, body, prose);
    let mut visible = Visible::new(facts, body, document, prose, &pictures);
    let ways_out = ways_out(facts, body, prose);
    // a footer begins at a way out: what stands before all of them is none
    let first = ways_out.iter().map(|text| text.start).min().unwrap_or(usize::MAX);
    let (mut read, mut counted) = (Vec::new(), 0);
    let mut rest = blocks(prose);
    for block in rest.by_ref() {
        let is_before = block.range.end < first;
        if is_before {
            visible.add(&block);
            counted += 1;
        }
        if visible.words > PLENTY {
            return WordCount { visible: visible.words, alternative: 0 };
        }
        read.push(block);
        if !is_before {
            break;
        }
    }
    read.extend(rest);
    let footer = footer_start(&ways_out, &read, &pictures);
    read[counted..].iter().take_while(|block| block.range.start < footer).for_each(|block| visible.add(block));
    let own = WordCount { visible: visible.words, alternative: alternative(facts, body, document) };
    let included = facts.included().iter().map(|included| included.facts.words());
    included.fold(own, |sum, words| WordCount {
        visible: sum.visible + words.visible,
        alternative: sum.alternative + words.alternative,
    })
}

/// Counts what a reader sees of blocks, which are added in their order.
struct Visible<'f> {
    document: &'f Document,
    prose: &'f Prose,
    pictures: &'f Pictures,
    bars: Vec<Range<usize>>,
    next_bar: usize,
    twins: HashSet<String>,
    words: usize,
}

impl<'f> Visible<'f> {
    fn new(facts: &Facts<'_>, body: usize, document: &'f Document, prose: &'f Prose, pictures: &'f Pictures) -> Self {
        Self { document, prose, pictures, bars: bars(facts, body), next_bar: 0, twins: HashSet::new(), words: 0 }
    }

    fn add(&mut self, block: &Block<'_>) {
        if block.words == 0 {
            return;
        }
        while self.bars.get(self.next_bar).is_some_and(|bar| bar.end <= block.range.start) {
            self.next_bar += 1;
        }
        let is_bar = self.bars.get(self.next_bar).is_some_and(|bar| bar.start < block.range.end);
        let is_footnote =
            || block.range.start >= self.pictures.end && block.words <= LONGEST_CONTACT && is_contact(&block.text);
        let unseen = is_bar && block.words <= LONGEST_NOTICE
            || is_beside_the_point(self.prose, block)
            || is_small(self.document, self.prose, block)
            || is_footnote();
        let is_twin = !unseen
            && self.prose.is_responsive(first_letter(self.prose, block))
            && !self.twins.insert(folded(&block.text));
        if !unseen && !is_twin {
            self.words += block.words;
        }
    }
}

/// Words of a text: by blanks; in scripts without blanks two characters make one.
pub fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut room = [0; STEP];
    let (mut words, mut ideographs, mut in_word) = (0, 0, false);
    let (mut at, mut left) = (0, None);
    while at < bytes.len() {
        // nearly all text is ASCII: its words are counted without a branch, for where they end can't be foreseen
        let sorts: Sorts =
            left.unwrap_or_else(|| Step::at(bytes, at).unwrap_or_else(|| Step::rest(bytes, at, &mut room)).sorts());
        let ascii = sorts.ascii();
        let ended;
        (ended, in_word) = sorts.words(ascii, in_word);
        words += ended;
        at += ascii as usize;
        left = sorts.behind(ascii);
        let (Some(sorts), Some(character)) = (left, text.get(at..).and_then(|rest| rest.chars().next())) else {
            continue;
        };
        at += character.len_utf8();
        left = sorts.behind(character.len_utf8() as u32);
        let goes_on = if is_general_punctuation(character) {
            in_word && !character.is_whitespace()
        } else if is_unspaced(character) {
            ideographs += 1;
            false
        } else if character.is_alphanumeric() || character == TAG_VALUE {
            true
        } else {
            in_word && !character.is_whitespace() && character != BLOCK_BREAK
        };
        words += usize::from(in_word && !goes_on);
        in_word = goes_on;
    }
    words + usize::from(in_word) + ideographs / 2
}

/// Scripts that set no blanks between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
        && character.is_alphanumeric()
}

/// The blocks in order, with what is seen of each. One pass over the runs.
fn blocks(prose: &Prose) -> impl Iterator<Item = Block<'_>> {
    let mut runs = prose.runs().peekable();
    let mut before = 0;
    prose.blocks().map(move |range| {
        let mut seen = Seen::default();
        while let Some((run, _, hidden, _)) = runs.next_if(|(run, ..)| run.start < range.end) {
            if !hidden {
                seen.add(&prose.text, run);
            }
        }
        let text = seen.text(&prose.text);
        let words = count(&text);
        let block = Block { range, text, words, before };
        before += words;
        block
    })
}

/// What is seen of a block: mostly one stretch of the prose, which is not copied.
#[derive(Default)]
struct Seen {
    before: String,
    last: Range<usize>,
}

impl Seen {
    fn add(&mut self, text: &str, run: Range<usize>) {
        if self.last.is_empty() {
            self.last = run;
        } else if self.last.end == run.start {
            self.last.end = run.end;
        } else {
            self.before.push_str(&text[self.last.clone()]);
            self.last = run;
        }
    }

    fn text(mut self, text: &str) -> Cow<'_, str> {
        let last = &text[self.last];
        if self.before.is_empty() {
            return Cow::Borrowed(last);
        }
        self.before.push_str(last);
        Cow::Owned(self.before)
    }
}

fn first_letter(prose: &Prose, block: &Block<'_>) -> usize {
    let text = &prose.text[block.range.clone()];
    block.range.start + text.find(|character: char| !character.is_whitespace()).unwrap_or(0)
}

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 1);
    for word in text.split_whitespace() {
        folded.push_str(word);
        folded.push(' ');
    }
    match folded.is_ascii() {
        true => folded.make_ascii_lowercase(),
        false => folded = folded.to_lowercase(),
    }
    folded
}

fn is_small(document: &Document, prose: &Prose, block: &Block<'_>) -> bool {
    let element = prose.element_at(first_letter(prose, block)).map(|element| document.element(element));
    element.and_then(|element| document.style(element).font_size).is_some_and(|size| size <= SMALL_PRINT)
}

/// Links that manage the subscription, in order: their ranges of the prose.
fn bars(facts: &Facts<'_>, body: usize) -> Vec<Range<usize>> {
    let roles = [LinkRole::WebVersion, LinkRole::Unsubscribe, LinkRole::Preferences, LinkRole::Privacy];
    let links = facts.links().iter().filter(|link| link.body == body && !link.text.is_empty());
    let mut bars: Vec<_> = links.filter(|link| roles.contains(&link.role)).map(|link| link.text.clone()).collect();
    sort::by_key(&mut bars, |bar| bar.start);
    bars
}

/// Notices, terms behind an asterisk, copyright lines: a reader learns nothing of the offer there.
fn is_beside_the_point(prose: &Prose, block: &Block<'_>) -> bool {
    let text = block.text.trim();
    let is_notice = || {
        [Meaning::WebVersion, Meaning::ReceivingBecause, Meaning::AddSender]
            .into_iter()
            .any(|meaning| prose.hits_in(block.range.clone(), meaning).any(|hit| !hit.weak))
    };
    text.starts_with(['*', '©', '¹', '†'])
        || text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("(c)"))
        || block.words <= LONGEST_NOTICE && is_notice()
}

/// A line that says where the sender is: a mail address, a telephone number, a postal address, a copyright.
fn is_contact(text: &str) -> bool {
    let (mut digits, mut longest) = (0, 0);
    for character in text.chars() {
        if character.is_ascii_digit() {
            digits += 1;
            longest = longest.max(digits);
        } else if !matches!(character, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}') {
            digits = 0;
        }
    }
    let has_mailbox = text.split_whitespace().any(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric()).split_once('@').is_some_and(|(_, host)| host.contains('.'))
    });
    text.contains('©') || has_mailbox || longest >= TELEPHONE || postal::is_address(text)
}

/// Where the pictures end, in the prose, and whether there are any worth the name.
struct Pictures {
    /// Behind the last content image.
    end: usize,
    /// One is large, or there are several.
    are_large: bool,
}

impl Pictures {
    fn of(facts: &Facts<'_>, body: usize, prose: &Prose) -> Self {
        let content: Vec<&Image> = content(facts, body).collect();
        let end = content.last().map_or(usize::MAX, |image| prose.offset_at(image.spot.span.end));
        let large = content.iter().any(|image| {
            image
                .width
                .zip(image.height)
                .map_or(image.width.is_some_and(|width| width >= 400.0), |(w, h)| w * h >= PICTURE)
        });
        Self { end, are_large: large || content.len() > 1 }
    }
}

fn content<'f>(facts: &'f Facts<'_>, body: usize) -> impl Iterator<Item = &'f Image> {
    facts.images().iter().filter(move |image| image.body == body && image.role == ImageRole::Content && !image.hidden)
}

/// Where the ways out that are seen stand in the prose.
fn ways_out(facts: &Facts<'_>, body: usize, prose: &Prose) -> Vec<Range<usize>> {
    let seen = facts.optouts().iter().filter(|optout| optout.body == body && !optout.hidden);
    let texts = seen.map(|optout| match optout.link {
        Some(link) => facts.links()[link].text.clone(),
        None => prose.range_of(optout.spot.span),
    });
    texts.filter(|text| !text.is_empty()).collect()
}

/// Where the footer begins: the block with the first way out that 60 % of the visible words come before; or, where pictures say what the mail
/// has to say, that stands behind the last of them and has little text after it.
fn footer_start(ways_out: &[Range<usize>], blocks: &[Block<'_>], pictures: &Pictures) -> usize {
    let total = blocks.last().map_or(0, |block| block.before + block.words);
    for text in ways_out {
        let at = blocks.partition_point(|block| block.range.end < text.start);
        let Some(block) = blocks.get(at) else { continue };
        let is_last = block.before * 10 >= total * 6;
        let is_under_pictures =
            pictures.are_large && block.range.start >= pictures.end && total - block.before <= LONGEST_FOOTER;
        if is_last || is_under_pictures {
            return block.range.start;
        }
    }
    usize::MAX
}

/// Words in `alt` texts of content images, and of the areas of image maps. A file's name says nothing.
fn alternative(facts: &Facts<'_>, body: usize, document: &Document) -> usize {
    let areas = document.named(&["area"]);
    let of_areas = areas.filter_map(|area| area.attribute("alt")).map(|alt| count(&alt.value)).sum::<usize>();
    let alts = content(facts, body).filter_map(|image| image.alt.as_deref());
    of_areas + alts.filter(|alt| !is_file_name(alt)).map(count).sum::<usize>()
}

fn is_file_name(alt: &str) -> bool {
    let extension = alt.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    !alt.contains(' ')
        && extension.is_some_and(|extension| ["jpg", "jpeg", "png", "gif", "webp"].contains(&&*extension))
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_BREAK, TAG_VALUE, count, is_contact, is_file_name, is_unspaced};

    #[test]
    fn words_of_a_text() {
        assert_eq!(count("Save 20 % on everything!"), 4);
        assert_eq!(count("don't stop"), 2);
        assert_eq!(count("限时优惠活动"), 3);
        assert_eq!(count(" · | "), 0);
        assert_eq!(count("\u{200c}\u{a0}\u{200c}\u{a0}"), 0);
    }

    #[test]
    fn counting_is_that_of_a_look_at_each_character() {
        let plainly = |text: &str| {
            let (mut words, mut ideographs, mut in_word) = (0, 0, false);
            for character in text.chars() {
                if is_unspaced(character) {
                    ideographs += 1;
                    in_word = false;
                } else if character.is_alphanumeric() || character == TAG_VALUE {
                    words += usize::from(!in_word);
                    in_word = true;
                } else if character.is_whitespace() || character == BLOCK_BREAK {
                    in_word = false;
                }
            }
            words + ideographs / 2
        };
        let characters =
            ['a', '9', ' ', '\n', '-', 'é', '\u{301}', '限', '\u{2029}', '’', '\u{fffc}', '\u{a0}', '\u{1c}', '\''];
        for number in 0..characters.len().pow(4) {
            let place = |power: u32| characters[number / characters.len().pow(power) % characters.len()];
            let text: String = [3, 2, 1, 0].map(place).iter().collect();
            assert_eq!(count(&text), plainly(&text), "{text:?}");
        }
    }

    #[test]
    fn contact_lines() {
        for (line, is) in [
            ("Shoppers Handbag GmbH, Hauptstr. 1, 10115 Berlin", true),
            ("Email: service@brand.example", true),
            ("Tel. +49 (30) 1234-5678", true),
            ("© 2026 Brand", true),
            ("Until 31 December 2026", false),
            ("Now 1999 instead of 2499", false),
            ("Limited offer", false),
        ] {
            assert_eq!(is_contact(line), is, "{line}");
        }
    }

    #[test]
    fn names_of_files() {
        assert!(is_file_name("hero_01.jpg"));
        assert!(!is_file_name("Our new bag.jpg bag"));
        assert!(!is_file_name("Sale"));
    }
}
