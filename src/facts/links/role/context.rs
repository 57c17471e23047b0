//! What the words around a link say of it, where its own only point: "here", an address, a word of a sentence.

use super::article::{count_words, is_article_phrase, is_teaser, leaves};
use super::{Link, LinkKind, LinkRole};
use crate::facts::prose::{BLOCK_BREAK, Prose, TAG_VALUE};
use crate::facts::telephone::names_telephone;
use crate::knowledge::words::{Hit, Meaning};
use std::ops::Range;

/// A link with what is around it.
pub(super) struct Context<'f> {
    pub prose: &'f Prose,
    pub link: &'f Link,
    /// How many words its label has.
    pub words: usize,
    /// Of the body's prose what lies between the link before and the link behind.
    pub room: Range<usize>,
}

/// A phrase further from the link than this (bytes) is about something else.
const FAR_BEFORE: usize = 200;
const FAR_BEHIND: usize = 120;
/// What is called a footnote is looked for so far above it (bytes), and its mark so far before its address.
const FAR_ABOVE: usize = 64 * 1024;
const LONGEST_MARK: usize = 40;
/// Blanks, rules and merge tags beside a link, in bytes: among more of them it is not alone.
const MOST_NOTHING: usize = 2_000;

impl Context<'_> {
    /// The role of a link whose label is not enough; `hits` are those of the label, `is_common` says that any campaign may link there.
    pub fn role(&self, hits: &[Hit], is_common: bool) -> Option<LinkRole> {
        let link = self.link;
        let elsewhere = [Meaning::Privacy, Meaning::WebVersion, Meaning::Preferences];
        let is_other = hits.iter().any(|hit| elsewhere.contains(&hit.meaning) && !hit.weak) || is_common;
        if link.text.is_empty() || link.kind == LinkKind::Form || is_other || link.label.contains(TAG_VALUE) {
            return None;
        }
        if !self.points(hits) || self.words <= 4 && is_teaser(&link.label) {
            return None;
        }
        let says_so = self.sentence_says() || self.question_says() || self.neighbour_says(hits);
        says_so.then_some(LinkRole::Unsubscribe)
    }

    /// A phrase of leaving stands in the link's own block or in one beside, or almost: where none does, nothing around the link says that it leads out.
    pub fn is_near_leaving(&self) -> bool {
        let (text, link) = (&self.prose.text, &self.link.text);
        let block = self.prose.block_around(link.start);
        let start = block_before(text, &block).start.min(link.start.saturating_sub(FAR_BEFORE));
        let end = block_behind(text, &block).end.max(link.end.saturating_add(FAR_BEHIND));
        let near = start..end;
        let mut leaving = [Meaning::Unsubscribe, Meaning::UnsubscribeWeak].into_iter();
        leaving.any(|meaning| self.prose.hits_in(near.clone(), meaning).next().is_some())
    }

    /// The label says nothing by itself, or has a word of leaving or of a gate in it.
    fn points(&self, hits: &[Hit]) -> bool {
        let telling = |hit: &Hit| leaves(hit) || matches!(hit.meaning, Meaning::Here | Meaning::Gate);
        let label = &self.link.label;
        self.words <= 3 || label.contains("://") || label.contains('@') || hits.iter().any(telling)
    }

    /// A weak phrase in the label itself, with a second cue.
    pub fn is_credible(&self) -> bool {
        let prose = self.prose;
        let block = prose.block_around(self.link.text.start.min(prose.text.len()));
        let beside = [
            Meaning::MailingNoun,
            Meaning::ReceivingBecause,
            Meaning::Preferences,
            Meaning::WebVersion,
            Meaning::Privacy,
        ];
        let in_footer = self.link.text.start * 2 >= prose.text.len();
        in_footer || beside.into_iter().any(|meaning| prose.hits_in(block.clone(), meaning).next().is_some())
    }

    fn sentence_says(&self) -> bool {
        let sentence = self.prose.sentence_around(self.link.text.start).range;
        let near = self.near(sentence);
        let asks_before_next = self.asks_before_next();
        self.leaving_in(near).any(|hit| {
            overlaps(&hit.range, &self.link.text)
                || hit.range.start >= self.room.start
                    && hit.range.end <= self.room.end
                    && !(asks_before_next && hit.range.start >= self.link.text.end)
        })
    }

    /// What stands between this link and the next one is a question, which that one answers.
    fn asks_before_next(&self) -> bool {
        let behind = self.prose.text.get(self.link.text.end..self.room.end).unwrap_or_default();
        self.room.end < self.prose.text.len() && is_question(behind)
    }

    /// The sentence has said before the link that one can leave.
    pub fn sentence_leads_out(&self) -> bool {
        if self.link.text.is_empty() {
            return false;
        }
        let start = self.prose.sentence_around(self.link.text.start).range.start.max(self.room.start);
        start < self.link.text.start && self.leaving_in(start..self.link.text.start).any(|hit| !hit.weak)
    }

    /// A question before the link asks whether one wants to leave.
    pub fn question_leads_out(&self) -> bool {
        const OTHERWISE: [&str; 6] = ["why", "mistake", "accident", "versehentlich", "par erreur", "por error"];
        let Some(question) = self.question().filter(|_| !self.link.text.is_empty()) else { return false };
        let asked = self.prose.text[question.clone()].to_lowercase();
        !OTHERWISE.iter().any(|word| asked.contains(word)) && self.leaving_in(question).any(|hit| !hit.weak)
    }

    /// "Don't want these mails? Click here."
    fn question_says(&self) -> bool {
        self.question().is_some_and(|question| self.leaving_in(question).next().is_some())
    }

    /// The question that stands in the block right before the link's sentence.
    fn question(&self) -> Option<Range<usize>> {
        let block = self.prose.block_around(self.link.text.start);
        let sentence = self.prose.sentence_around(self.link.text.start).range;
        let before = self.prose.text[block.start..sentence.start].trim_end();
        let (mark, _) = before.char_indices().next_back().filter(|_| is_question(before))?;
        let question = self.prose.sentence_around(block.start + mark).range;
        // another link may stand at its start: "Privacy policy | No longer interested? Click here"
        let start = question.start.max(self.room.start);
        (start < question.end).then_some(start..question.end)
    }

    /// "Unsubscribe: https://…": words of leaving are all that the URL is called.
    pub fn is_called_a_way_out(&self) -> bool {
        let before = self.prose.text[..self.link.text.start].trim_end();
        let Some(label) = before.strip_suffix(':').map(str::trim_end) else { return false };
        let near = self.prose.block_around(label.len()).start.max(floor(label, label.len().saturating_sub(FAR_BEFORE)));
        self.leaving_in(near..label.len()).any(|hit| !hit.weak && hit.range.end == label.len())
    }

    /// "To unsubscribe:" in the block before, "to unsubscribe" in the one behind, for a link that is alone in its own.
    fn neighbour_says(&self, hits: &[Hit]) -> bool {
        let block = self.prose.block_around(self.link.text.start);
        let text = &self.prose.text;
        let rest = [
            &text[block.start..self.link.text.start],
            &text[self.link.text.end.max(block.start)..block.end.max(self.link.text.end)],
        ];
        if !rest.iter().all(|rest| says_nothing(rest)) {
            return false;
        }
        let before = block_before(text, &block);
        let leads_here = !text[before.clone()].trim_end().ends_with(['.', '!', '。']);
        if leads_here
            && before.start >= self.room.start
            && self.is_short(&before)
            && self.leaving_in(before).next().is_some()
        {
            return true;
        }
        let behind = block_behind(text, &block);
        behind.end <= self.room.end
            && self.is_short(&behind)
            && (hits.iter().any(|hit| hit.meaning == Meaning::Here) || !self.says_how(&behind))
            && self.leaving_in(behind.clone()).any(|hit| count_words(&text[behind.start..hit.range.start]) <= 2)
    }

    /// "To unsubscribe, log in to your account", "… reply with STOP", "… call 0800 …": it needs no link. In small letters it goes on with one.
    fn says_how(&self, block: &Range<usize>) -> bool {
        // the link that is meant, in the languages in which this was seen
        const ABOVE: [&str; 9] =
            ["link", "above", "oben", "ci-dessus", "lien", "arriba", "enlace", "sopra", "hierboven"];
        let text = &self.prose.text;
        let leaving = self.leaving_in(block.clone()).next().map_or(block.start, |hit| hit.range.start);
        let sentence = self.prose.sentence_around(leaving).range;
        let said = text[sentence.clone()].to_lowercase();
        if text[block.clone()].starts_with(char::is_lowercase) || ABOVE.iter().any(|word| said.contains(word)) {
            return false;
        }
        let has = |meaning| self.prose.hits_in(sentence.clone(), meaning).any(|hit| !hit.weak);
        has(Meaning::Gate) || has(Meaning::MailOptOut) || names_telephone(&said)
    }

    fn is_short(&self, block: &Range<usize>) -> bool {
        block.len() <= 2 * FAR_BEFORE && count_words(&self.prose.text[block.clone()]) <= 25
    }

    /// Phrases of leaving that may be believed.
    fn leaving_in(&self, range: Range<usize>) -> impl Iterator<Item = &Hit> {
        let hits =
            [Meaning::Unsubscribe, Meaning::UnsubscribeWeak].map(|meaning| self.prose.hits_in(range.clone(), meaning));
        hits.into_iter().flatten().filter(|hit| {
            leaves(hit)
                && !is_article_phrase(&self.prose.text, &hit.range)
                && (hit.meaning == Meaning::Unsubscribe || self.is_credible())
        })
    }

    fn near(&self, sentence: Range<usize>) -> Range<usize> {
        let link = &self.link.text;
        let start = floor(&self.prose.text, sentence.start.max(link.start.saturating_sub(FAR_BEFORE)).min(link.start));
        let end = sentence.end.min(link.end + FAR_BEHIND).max(link.end).min(self.prose.text.len());
        start..floor(&self.prose.text, end)
    }

    /// A URL in running text: the words before it, on its line or the one above, or right behind it.
    pub fn role_of_bare_url(&self) -> Option<LinkRole> {
        self.footnote().or_else(|| self.words_before()).or_else(|| self.words_behind())
    }

    /// "Unsubscribe [1]", and far below "[1] https://…".
    fn footnote(&self) -> Option<LinkRole> {
        let text = &self.prose.text;
        let near = floor(text, self.link.text.start.saturating_sub(LONGEST_MARK));
        let before = &text[near..self.link.text.start];
        let line = match before.rfind(['\n', BLOCK_BREAK]) {
            Some(at) => near + at + before[at..].chars().next().map_or(1, char::len_utf8),
            None if near == 0 => 0,
            None => return None,
        };
        let mark = text[line..self.link.text.start].trim().trim_end_matches(':');
        let number = mark.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))?;
        if number.is_empty() || number.len() > 3 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let first = floor(text, line.saturating_sub(FAR_ABOVE));
        let called = first + text[first..line].find(mark)?;
        let near = floor(text, called.saturating_sub(240));
        let line = near + text[near..called].rfind(['\n', BLOCK_BREAK]).unwrap_or(0);
        // of several notes on a line each has the words right before it
        let start = text[line..called].rfind(']').map_or(line, |at| line + at + 1);
        self.last_said(start..called)
    }

    fn words_before(&self) -> Option<LinkRole> {
        let text = &self.prose.text;
        let link = &self.link.text;
        let mut block = self.prose.block_around(link.start);
        if says_nothing(&text[block.start..link.start]) {
            // "To unsubscribe, visit:", an empty line, the URL.
            let before = block_before(text, &block);
            if !text[before.clone()].trim_end().ends_with(['.', '!', '。']) {
                block.start = before.start;
            }
        }
        let mut start = floor(text, block.start.max(link.start.saturating_sub(240)));
        // Another URL in between: the words before that one are about it.
        let before = &text[start..link.start];
        if let Some(at) = before.rfind("://") {
            start += at + 3 + before[at + 3..].find(char::is_whitespace).unwrap_or(0);
        }
        self.last_said(start..link.start)
    }

    /// What the last telling phrase in `range` says.
    fn last_said(&self, range: Range<usize>) -> Option<LinkRole> {
        let last = |meaning| {
            let hits = self.prose.hits_in(range.clone(), meaning);
            hits.filter(|hit| !hit.weak || hit.meaning == Meaning::UnsubscribeWeak && self.is_credible())
                .filter(|hit| !is_article_phrase(&self.prose.text, &hit.range))
                .last()
                .map(|hit| hit.range.end)
        };
        let roles = [
            (Meaning::Unsubscribe, LinkRole::Unsubscribe),
            (Meaning::UnsubscribeWeak, LinkRole::Unsubscribe),
            (Meaning::Preferences, LinkRole::Preferences),
            (Meaning::Privacy, LinkRole::Privacy),
            (Meaning::WebVersion, LinkRole::WebVersion),
        ];
        let said = roles.into_iter().filter_map(|(meaning, role)| Some((last(meaning)?, role)));
        said.max_by_key(|(end, _)| *end).map(|(_, role)| role)
    }

    /// "https://… to unsubscribe", on the same line or in brackets on the next.
    fn words_behind(&self) -> Option<LinkRole> {
        let text = &self.prose.text;
        let start = self.link.text.end;
        let block_end = self.prose.block_around(self.link.text.start).end;
        let end = floor(text, block_end.min(start + FAR_BEHIND).max(start));
        let rest = &text[start..end];
        let line = match rest.trim_start().starts_with('(') {
            true => rest.find(')').unwrap_or(rest.len()),
            false => rest.find(['\n', '\r']).unwrap_or(rest.len()),
        };
        if rest[..line].trim().is_empty() {
            return self.line_below_says(start + line);
        }
        let said = self.leaving_in(start..start + line).next()?;
        (said.range.start - start <= 24 && said.range.end <= self.room.end).then_some(LinkRole::Unsubscribe)
    }
}

impl Context<'_> {
    /// The line below the URL has nothing but the words, and leads to no URL of its own.
    fn line_below_says(&self, from: usize) -> Option<LinkRole> {
        let text = &self.prose.text;
        let block_end = self.prose.block_around(self.link.text.start).end;
        let rest = text.get(from..block_end)?;
        let start = from + (rest.len() - rest.trim_start().len());
        let end = text[start..block_end].find(['\n', '\r']).map_or(block_end, |at| start + at);
        let line = text[start..end].trim_end();
        let room = &text[end.min(self.room.end)..self.room.end];
        let is_next = self.room.end < text.len() && !room.chars().any(char::is_alphanumeric);
        if line.ends_with(':') || count_words(line) > 3 || end > self.room.end || is_next {
            return None;
        }
        self.leaving_in(start..end).any(|hit| !hit.weak).then_some(LinkRole::Unsubscribe)
    }
}

/// Blocks without a letter that are passed over: what stands before more of them is not near.
const EMPTY_BLOCKS: usize = 12;

fn block_before(text: &str, block: &Range<usize>) -> Range<usize> {
    let mut end = block.start;
    for _ in 0..EMPTY_BLOCKS {
        let before = text[..end].trim_end_matches(|c: char| c.is_whitespace() || c == BLOCK_BREAK);
        end = before.len();
        let start = before.rfind(BLOCK_BREAK).map_or(0, |at| at + BLOCK_BREAK.len_utf8());
        if end == 0 || before[start..].chars().any(char::is_alphanumeric) {
            return start..end;
        }
        end = start;
    }
    end..end
}

fn block_behind(text: &str, block: &Range<usize>) -> Range<usize> {
    let behind = &text[block.end..];
    let skipped = behind.len() - behind.trim_start_matches(|c: char| c.is_whitespace() || c == BLOCK_BREAK).len();
    let start = block.end + skipped;
    start..text[start..].find(BLOCK_BREAK).map_or(text.len(), |at| start + at)
}

fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', '？', '؟'])
}

/// Not a letter.
fn says_nothing(text: &str) -> bool {
    text.len() <= MOST_NOTHING && !text.chars().any(char::is_alphanumeric)
}

fn overlaps(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
