//! Ways out that are told in words, without a link: "reply with STOP", "write to leave@…", "log in to your account".

use super::{OptOut, OptOutWay};
use crate::facts::prose::{BLOCK_BREAK, Prose};
use crate::facts::telephone::names_telephone;
use crate::facts::{Cover, Facts};
use crate::knowledge::domains;
use crate::knowledge::reply_commands;
use crate::knowledge::words::{self, Hit, Meaning};
use crate::message::BodyContent;
use std::collections::HashSet;
use std::ops::Range;

pub(super) fn all(facts: &Facts<'_>, links: &[OptOut]) -> Vec<OptOut> {
    let mut found = Vec::new();
    for (body, prose) in facts.prose().iter().enumerate() {
        // Sentences with a link of their own are told by it.
        let linked = links.iter().filter(|optout| optout.body == body).filter_map(|optout| optout.link);
        let linked = Starts::of(linked.map(|link| facts.links()[link].text.start));
        let teller = Teller::new(facts, body, prose);
        let mut starts: Vec<usize> =
            prose.hits().iter().filter(|hit| is_about_leaving(hit)).map(|hit| hit.range.start).collect();
        starts.extend(teller.commands.iter().map(|command| command.start));
        starts.sort_unstable();
        let mut last_end = 0;
        for start in starts {
            if start < last_end {
                continue;
            }
            let sentence = teller.with_answer(prose.sentence_around(start).range);
            last_end = sentence.end;
            if linked.any_in(&sentence) {
                continue;
            }
            if let Some(way) = teller.way(&sentence) {
                let (spot, hidden) = (prose.spot(teller.on_its_lines(sentence, body)), prose.is_hidden(start));
                found.push(OptOut { way, body, spot, link: None, hidden });
            }
        }
        teller.bare_addresses(body, &mut found);
    }
    found
}

fn is_about_leaving(hit: &Hit) -> bool {
    matches!(hit.meaning, Meaning::Unsubscribe | Meaning::UnsubscribeWeak)
        || matches!(hit.meaning, Meaning::MailOptOut | Meaning::Preferences) && !hit.weak
}

/// As many words has a line that says how to leave and nothing more: "Abmelden per Mail: …".
const LONGEST_LABEL: usize = 6;

struct Teller<'f, 'm> {
    facts: &'f Facts<'m>,
    prose: &'f Prose,
    /// Where it asks for a reply with a command.
    commands: Vec<Range<usize>>,
    /// Where words about leaving stand.
    leaving: Starts,
    /// Where its links are.
    links: Cover,
    /// The addresses in To.
    recipients: HashSet<String>,
}

/// Places in order.
struct Starts(Vec<usize>);

impl Starts {
    fn of(places: impl Iterator<Item = usize>) -> Self {
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        Self(places)
    }

    fn first_in(&self, range: &Range<usize>) -> Option<usize> {
        let next = self.0.partition_point(|place| *place < range.start);
        self.0.get(next).copied().filter(|place| *place < range.end)
    }

    fn any_in(&self, range: &Range<usize>) -> bool {
        self.first_in(range).is_some()
    }
}

impl<'f, 'm> Teller<'f, 'm> {
    fn new(facts: &'f Facts<'m>, body: usize, prose: &'f Prose) -> Self {
        let leaving = prose.hits().iter().filter(|hit| is_about_leaving(hit) || hit.meaning == Meaning::Gate);
        let links = facts.links().iter().filter(|link| link.body == body).map(|link| link.text.clone());
        let to = facts.message.header("To").map_or("", |header| facts.message.value(header));
        let is_outside =
            |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '[' | ']' | ':');
        Self {
            facts,
            prose,
            commands: reply_commands::find(&prose.text, prose.starts()),
            leaving: Starts::of(leaving.map(|hit| hit.range.start)),
            links: Cover::of(links.filter(|text| !text.is_empty())),
            recipients: to.split(is_outside).map(str::to_owned).collect(),
        }
    }

    /// A question goes together with the sentence behind it: "No more mails? Write to us."
    fn with_answer(&self, sentence: Range<usize>) -> Range<usize> {
        let text = &self.prose.text;
        let block = self.prose.block_around(sentence.start);
        let behind = &text[sentence.end..block.end.max(sentence.end)];
        let next = sentence.end + (behind.len() - behind.trim_start().len());
        if text[sentence.clone()].ends_with(['?', '？', '؟', ':']) && next < block.end {
            return sentence.start..self.prose.sentence_around(next).range.end;
        }
        sentence
    }

    /// In plain text a sentence begins with its line, not with the rule or the heading above that ends in no stop.
    fn on_its_lines(&self, sentence: Range<usize>, body: usize) -> Range<usize> {
        if !matches!(self.facts.message.bodies[body].content, BodyContent::Plain) {
            return sentence;
        }
        let first = self.leaving.first_in(&sentence).unwrap_or(sentence.start);
        let line =
            self.prose.text[sentence.start..first].rfind('\n').map_or(sentence.start, |at| sentence.start + at + 1);
        line..sentence.end
    }

    fn way(&self, sentence: &Range<usize>) -> Option<OptOutWay> {
        let has = |meaning| self.prose.hits_in(sentence.clone(), meaning).any(|hit| !hit.weak);
        let weak = self.prose.hits_in(sentence.clone(), Meaning::UnsubscribeWeak).next().is_some();
        let leaves = has(Meaning::Unsubscribe) || weak && has(Meaning::MailingNoun);
        let next = self.commands.partition_point(|command| command.start < sentence.start);
        let commands = self.commands.get(next).is_some_and(|command| command.end <= sentence.end);
        let asks_for_mail = self.prose.hits_in(sentence.clone(), Meaning::MailOptOut).next().is_some();
        let told =
            commands || asks_for_mail && (leaves || weak) || has(Meaning::MailOptOut) && self.names_command(sentence);
        // "Abmelden: ade@brand.com" has no room for another meaning
        let is_label = || weak && self.prose.text[sentence.clone()].split_whitespace().count() <= LONGEST_LABEL;
        if told || (leaves || is_label()) && !self.addresses(sentence.clone()).is_empty() {
            return Some(OptOutWay::MailSentence);
        }
        if leaves && self.names_page(sentence) {
            return Some(OptOutWay::Web);
        }
        let names_gate = || self.prose.hits_in(sentence.clone(), Meaning::Gate).next().is_some();
        let is_told =
            leaves && names_gate() || (leaves || is_label()) && names_telephone(&self.prose.text[sentence.clone()]);
        let is_asked = has(Meaning::Gate) && (weak || has(Meaning::Preferences) && !self.has_link(sentence));
        (is_told || is_asked).then_some(OptOutWay::Gated)
    }

    /// A page written without its scheme, `brand.com/unsubscribe`, which mail programs make a link of.
    fn names_page(&self, sentence: &Range<usize>) -> bool {
        let words =
            self.prose.text[sentence.clone()].split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>'));
        words.filter(|word| !word.contains(['@', ':'])).any(|word| {
            word.split_once('/').is_some_and(|(host, path)| {
                !path.is_empty() && domains::registrable(&host.to_ascii_lowercase()).is_some()
            })
        })
    }

    fn has_link(&self, sentence: &Range<usize>) -> bool {
        !sentence.is_empty() && self.links.overlaps(sentence.clone())
    }

    /// What list servers obey: "reply with STOP".
    fn names_command(&self, sentence: &Range<usize>) -> bool {
        let text = &self.prose.text[sentence.clone()];
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| {
            ["stop", "remove", "unsubscribe", "signoff"].iter().any(|command| word.eq_ignore_ascii_case(command))
        })
    }

    /// `unsubscribe-12@lists.brand.com`, alone in the text.
    fn bare_addresses(&self, body: usize, found: &mut Vec<OptOut>) {
        let told = found.iter().filter(|told| told.body == body).map(|told| told.spot.span.range());
        let told = Cover::of(told);
        for range in self.addresses(0..self.prose.text.len()) {
            let address = &self.prose.text[range.clone()];
            let spot = self.prose.spot(range.clone());
            let is_told = !spot.span.is_empty() && told.overlaps(spot.span.range());
            if !is_told && words::url_hint(&format!("mailto:{address}")) == Some(Meaning::Unsubscribe) {
                let hidden = self.prose.is_hidden(range.start);
                found.push(OptOut { way: OptOutWay::MailSentence, body, spot, link: None, hidden });
            }
        }
    }

    /// Mail addresses in running text that are no link, but for the recipient's own.
    fn addresses(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let text = &self.prose.text;
        let mut found = Vec::new();
        for at in memchr::memchr_iter(b'@', &text.as_bytes()[range.clone()]) {
            let at = range.start + at;
            let stops =
                |c: char| c.is_whitespace() || c == BLOCK_BREAK || !(c.is_alphanumeric() || ".-_+=%{}".contains(c));
            let start = text[range.start..at].rfind(stops).map_or(range.start, |stop| {
                range.start + stop + text[range.start + stop..].chars().next().map_or(1, char::len_utf8)
            });
            let end = text[at + 1..range.end].find(stops).map_or(range.end, |stop| at + 1 + stop);
            let end = start + text[start..end].trim_end_matches(['.', '-', '_']).len();
            let domain = text.get(at + 1..end).unwrap_or_default();
            if start < at && domain.contains('.') && !self.recipients.contains(&text[start..end]) {
                found.push(start..end);
            }
        }
        found
    }
}
