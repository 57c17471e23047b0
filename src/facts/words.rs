//! How much a reader can read when the images are left out.

use super::prose::{BLOCK_BREAK, Prose, TAG_VALUE};
use super::{Facts, ImageRole, LinkRole};
use crate::knowledge::words::Meaning;
use std::ops::Range;

/// Words of the first HTML body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordCount {
    /// Words that are seen, outside of the footer and of small print.
    pub visible: usize,
    /// Words in `alt` texts of content images.
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

pub(super) fn of(facts: &Facts<'_>) -> WordCount {
    let Some((body, _, document)) = facts.html_bodies().next() else { return WordCount::default() };
    let prose = &facts.prose()[body];
    let footer = footer_start(facts, body, prose);
    let mut visible = 0;
    let mut seen_twins: Vec<String> = Vec::new();
    for block in blocks(prose).filter(|block| block.start < footer) {
        let text = visible_text(prose, block.clone());
        if text.trim().is_empty() || is_beside_the_point(facts, body, prose, &block, &text) {
            continue;
        }
        let small =
            prose.element_at(first_letter(prose, &block)).and_then(|id| document.style(document.element(id)).font_size);
        if small.is_some_and(|size| size <= SMALL_PRINT) {
            continue;
        }
        if prose.is_responsive(first_letter(prose, &block)) {
            let folded = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if seen_twins.contains(&folded) {
                continue;
            }
            seen_twins.push(folded);
        }
        visible += count(&text);
    }
    let content =
        facts.images().iter().filter(|image| image.body == body && image.role == ImageRole::Content && !image.hidden);
    let alternative = content.filter_map(|image| image.alt.as_deref()).map(count).sum();
    WordCount { visible, alternative }
}

/// Words of a text: by blanks; in scripts without blanks two characters make one.
pub fn count(text: &str) -> usize {
    let mut words = 0;
    let mut ideographs = 0;
    let mut in_word = false;
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
}

/// Scripts that set no blanks between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
        && character.is_alphanumeric()
}

fn blocks(prose: &Prose) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    prose.text.split(BLOCK_BREAK).map(move |block| {
        let range = start..start + block.len();
        start += block.len() + BLOCK_BREAK.len_utf8();
        range
    })
}

fn first_letter(prose: &Prose, block: &Range<usize>) -> usize {
    let text = &prose.text[block.clone()];
    block.start + text.find(|character: char| !character.is_whitespace()).unwrap_or(0)
}

fn visible_text(prose: &Prose, block: Range<usize>) -> String {
    let mut text = String::new();
    for (range, _, hidden, _) in prose
        .runs()
        .skip_while(|(range, ..)| range.end <= block.start)
        .take_while(|(range, ..)| range.start < block.end)
    {
        if !hidden {
            text.push_str(&prose.text[range.start.max(block.start)..range.end.min(block.end)]);
        }
    }
    text
}

/// Web-version bars, terms behind an asterisk, copyright and contact lines: a reader learns nothing of the offer there.
fn is_beside_the_point(facts: &Facts<'_>, body: usize, prose: &Prose, block: &Range<usize>, text: &str) -> bool {
    let text = text.trim();
    let is_bar = facts.links().iter().any(|link| {
        link.body == body
            && matches!(
                link.role,
                LinkRole::WebVersion | LinkRole::Unsubscribe | LinkRole::Preferences | LinkRole::Privacy
            )
            && link.text.start < block.end
            && block.start < link.text.end
    });
    let is_notice = [Meaning::WebVersion, Meaning::ReceivingBecause, Meaning::AddSender]
        .into_iter()
        .any(|meaning| prose.hits_in(block.clone(), meaning).any(|hit| !hit.weak));
    is_bar && count(text) <= 40
        || is_notice && count(text) <= 40
        || text.starts_with(['*', '©', '¹'])
        || text.starts_with("(c)")
}

/// Where the footer begins: the block with the first opt-out, provided that 60 % of the visible words come before it.
fn footer_start(facts: &Facts<'_>, body: usize, prose: &Prose) -> usize {
    let total = count(&prose.text);
    let candidates = facts.optouts().iter().filter(|optout| optout.body == body).filter_map(|optout| {
        let range = prose.range_of(optout.spot.span);
        let start = optout.link.map_or(range.start, |link| facts.links()[link].text.start);
        (start > 0).then_some(start)
    });
    for start in candidates {
        let block = prose.block_around(start.min(prose.text.len()));
        if count(&prose.text[..block.start]) * 10 >= total * 6 {
            return block.start;
        }
    }
    prose.text.len()
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn words_of_a_text() {
        assert_eq!(count("Save 20 % on everything!"), 4);
        assert_eq!(count("don't stop"), 2);
        assert_eq!(count("限时优惠活动"), 3);
        assert_eq!(count(" · | "), 0);
    }
}
