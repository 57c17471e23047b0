//! Ways out that are told in words, without a link: "reply with STOP", "write to leave@…", "log in to your account".

use super::{OptOut, OptOutWay};
use crate::facts::Facts;
use crate::facts::prose::{BLOCK_BREAK, Prose};
use crate::knowledge::domains;
use crate::knowledge::reply_commands;
use crate::knowledge::words::{self, Hit, Meaning};
use crate::message::BodyContent;
use std::ops::Range;

pub(super) fn all(facts: &Facts<'_>, links: &[OptOut]) -> Vec<OptOut> {
    let mut found = Vec::new();
    for (body, prose) in facts.prose().iter().enumerate() {
        // Sentences with a link of their own are told by it.
        let linked: Vec<Range<usize>> = links
            .iter()
            .filter(|optout| optout.body == body)
            .filter_map(|optout| optout.link.map(|link| facts.links()[link].text.clone()))
            .collect();
        let teller = Teller { facts, prose, commands: reply_commands::find(&prose.text) };
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
            if linked.iter().any(|link| sentence.start <= link.start && link.start < sentence.end) {
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

struct Teller<'f, 'm> {
    facts: &'f Facts<'m>,
    prose: &'f Prose,
    /// Where it asks for a reply with a command.
    commands: Vec<Range<usize>>,
}

impl Teller<'_, '_> {
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
        let hits = self.prose.hits().iter().filter(|hit| is_about_leaving(hit) || hit.meaning == Meaning::Gate);
        let first = hits.map(|hit| hit.range.start).find(|start| sentence.contains(start)).unwrap_or(sentence.start);
        let line =
            self.prose.text[sentence.start..first].rfind('\n').map_or(sentence.start, |at| sentence.start + at + 1);
        line..sentence.end
    }

    fn way(&self, sentence: &Range<usize>) -> Option<OptOutWay> {
        let has = |meaning| self.prose.hits_in(sentence.clone(), meaning).any(|hit| !hit.weak);
        let weak = self.prose.hits_in(sentence.clone(), Meaning::UnsubscribeWeak).next().is_some();
        let leaves = has(Meaning::Unsubscribe) || weak && has(Meaning::MailingNoun);
        let commands =
            self.commands.iter().any(|command| sentence.start <= command.start && command.end <= sentence.end);
        let asks_for_mail = self.prose.hits_in(sentence.clone(), Meaning::MailOptOut).next().is_some();
        let told =
            commands || asks_for_mail && (leaves || weak) || has(Meaning::MailOptOut) && self.names_command(sentence);
        if told || leaves && !self.addresses(sentence.clone()).is_empty() {
            return Some(OptOutWay::MailSentence);
        }
        if leaves && self.names_page(sentence) {
            return Some(OptOutWay::Web);
        }
        let gated = has(Meaning::Gate) && (leaves || has(Meaning::Preferences) && !self.has_link(sentence));
        gated.then_some(OptOutWay::Gated)
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
        let links = self.facts.links();
        links.iter().any(|link| {
            self.facts.message.bodies.get(link.body).is_some_and(|body| body.view == self.prose.view)
                && link.text.start < sentence.end
                && sentence.start < link.text.end
        })
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
        for range in self.addresses(0..self.prose.text.len()) {
            let address = &self.prose.text[range.clone()];
            let spot = self.prose.spot(range.clone());
            let is_told = found.iter().any(|told: &OptOut| told.body == body && told.spot.span.overlaps(spot.span));
            if !is_told && words::url_hint(&format!("mailto:{address}")) == Some(Meaning::Unsubscribe) {
                let hidden = self.prose.is_hidden(range.start);
                found.push(OptOut { way: OptOutWay::MailSentence, body, spot, link: None, hidden });
            }
        }
    }

    /// Mail addresses in running text that are no link, but for the recipient's own.
    fn addresses(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let text = &self.prose.text;
        let recipient = self.facts.message.header("To").map_or("", |header| self.facts.message.value(header));
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
            if start < at && domain.contains('.') && !recipient.contains(&text[start..end]) {
                found.push(start..end);
            }
        }
        found
    }
}
