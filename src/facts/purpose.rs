//! What the message is for, and the evidence.

use super::Facts;
use super::optouts::{OptOut, OptOutWay};
use crate::config::Purpose;
use crate::knowledge::words::{self, Meaning};
use crate::message::{BodyContent, Header, Part};

/// The purpose, and why we think so.
#[derive(Debug)]
pub struct PurposeFact {
    /// What it is for.
    pub purpose: Purpose,
    /// The evidence, for `--verbose` and for notes.
    pub because: String,
}

impl PurposeFact {
    fn new(purpose: Purpose, because: impl Into<String>) -> Self {
        Self { purpose, because: because.into() }
    }

    /// Lints about something missing look at it at all.
    pub fn may_be_bulk(&self) -> bool {
        matches!(self.purpose, Purpose::Bulk | Purpose::Unknown)
    }

    /// It is a campaign for sure.
    pub fn is_bulk(&self) -> bool {
        self.purpose == Purpose::Bulk
    }
}

impl Facts<'_> {
    /// A body has strong words of an order, a payment, an account, or a confirmation.
    pub fn speaks_of_service(&self) -> bool {
        let hits = || self.prose().iter().flat_map(|prose| prose.hits());
        hits().any(|hit| matches!(hit.meaning, Meaning::Transactional | Meaning::Confirm) && !hit.weak)
    }

    /// It names a mail that it answers or goes on from (RFC 5322 §3.6.4).
    pub fn names_another_mail(&self) -> bool {
        ["In-Reply-To", "References"].iter().any(|name| self.message.header(name).is_some())
    }

    /// A way out that needs words tells a campaign in a draft; in a mail that is done a person, a bank or a machine may have written it.
    pub fn may_be_told_by_words(&self) -> bool {
        self.purpose().is_bulk() || !self.is_rendered() && !self.speaks_of_service()
    }
}

pub(super) fn of(facts: &Facts<'_>) -> PurposeFact {
    if let Some(purpose) = facts.settings.purpose {
        return PurposeFact::new(purpose, "the sender says so");
    }
    if let Some(because) = answers_a_mail(facts) {
        return PurposeFact::new(Purpose::Transactional, because);
    }
    let service = by_subject_and_headings(facts);
    let bulk = by_headers(facts);
    match (service, bulk) {
        // changed terms go to everyone, whatever fields the mailer adds
        (Some(notice), _) if notice.purpose == Purpose::Unknown => notice,
        (Some(service), None) => service,
        // programs that send one mail set it, too; the subject alone says less than it
        (Some(_), Some(bulk)) if bulk.set_by == SetBy::Precedence && !facts.speaks_of_service() => bulk.fact,
        // providers put their fields on receipts, too: those say less than the mail's own words
        (Some(service), Some(bulk)) if bulk.set_by != SetBy::List => match facts.optouts().is_empty() {
            true => service,
            false => PurposeFact::new(Purpose::Unknown, "it speaks of a service, and has a way out as campaigns have"),
        },
        (None, Some(bulk)) if bulk.set_by != SetBy::List && is_receipt(facts) => {
            PurposeFact::new(Purpose::Transactional, "its text is about an order, with a number")
        }
        (_, Some(bulk)) => bulk.fact,
        (None, None) => by_body(facts).unwrap_or_else(|| PurposeFact::new(Purpose::Unknown, "nothing tells")),
    }
}

/// Digits in a row that the number of an order has, at least.
const ORDER_NUMBER: usize = 6;

/// Nothing is offered, and no way out told; there are several words of an order, and a number.
fn is_receipt(facts: &Facts<'_>) -> bool {
    let strong = |meaning: Meaning| {
        let hits = facts.prose().iter().flat_map(|prose| prose.hits());
        hits.filter(move |hit| hit.meaning == meaning && !hit.weak).count()
    };
    let has_number =
        |text: &str| text.as_bytes().split(|byte| !byte.is_ascii_digit()).any(|run| run.len() >= ORDER_NUMBER);
    facts.optouts().is_empty()
        && strong(Meaning::Offer) == 0
        && strong(Meaning::Transactional) >= 2
        && facts.prose().iter().any(|prose| has_number(&prose.text))
}

/// A program's answer to one mail: a delivery report (RFC 6522) or an automatic reply (RFC 3834); a person's, with what is answered below it.
fn answers_a_mail(facts: &Facts<'_>) -> Option<&'static str> {
    let begins = |name: &str, word: &str| {
        let value = facts.message.header(name).map(|header| facts.message.value(header).trim_start());
        value.and_then(|value| value.get(..word.len())).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    if begins("Content-Type", "multipart/report") {
        return Some("it is a mail server's report");
    }
    let says_so = |name: &&str| facts.message.header(name).is_some() && !begins(name, "no");
    if begins("Auto-Submitted", "auto-replied") {
        return Some("it is an automatic reply");
    }
    let is_automatic = || facts.subject().is_some_and(|subject| words::is_automatic_reply(&subject.text));
    let is_for_many = || by_headers(facts).is_some_and(|bulk| bulk.set_by != SetBy::Precedence);
    let is_for_one = !is_for_many() && facts.optouts().is_empty();
    if is_for_one && (is_automatic() || REPLIERS.iter().any(says_so)) {
        return Some("it is an automatic reply");
    }
    if is_for_one && facts.message.parts.iter().any(|part| is_appointment(facts, part)) {
        return Some("it is about an appointment in a calendar");
    }
    let names_another = facts.names_another_mail();
    let is_mass = || by_headers(facts).is_some_and(|bulk| bulk.set_by != SetBy::Precedence || !names_another);
    let is_reply = || facts.subject().is_some_and(|subject| words::reply_prefix(&subject.text).is_some());
    let signs = [names_another, is_reply(), facts.quotes()].into_iter().filter(|sign| *sign).count();
    // who only claims to answer, and quotes nothing, may be selling something
    let sells = || {
        let mut hits = facts.prose().iter().flat_map(|prose| prose.hits());
        hits.any(|hit| hit.meaning == Meaning::Offer && !hit.weak) || facts.provider().provider.is_some()
    };
    let is_answer = signs >= 2 && !is_mass() && facts.optouts().is_empty() && (facts.quotes() || !sells());
    is_answer.then_some("it answers or forwards a mail")
}

/// Fields of programs that answer for somebody who is away, beside the one that all should set (RFC 3834).
const REPLIERS: [&str; 2] = ["X-Autoreply", "X-Autorespond"];

/// A request, a change or a cancellation for one person (RFC 5546); what is published is for everyone.
fn is_appointment(facts: &Facts<'_>, part: &Part) -> bool {
    let method = |header: &Header| {
        let value = facts.message.value(header).to_ascii_lowercase();
        let (_, method) = value.split_once("method=")?;
        Some(!method.trim_start_matches('"').starts_with("publish"))
    };
    let mut fields = part.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("Content-Type"));
    part.content_type == "text/calendar" && fields.any(|field| method(field) == Some(true))
}

/// What the header fields say.
struct ByHeaders {
    fact: PurposeFact,
    set_by: SetBy,
}

/// Where a field comes from, and so how much it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SetBy {
    /// A list: who sends it means it for many.
    List,
    /// A provider, which adds it to all mail.
    Provider,
    /// `Precedence`, which programs set that send one mail, too: shops, and who answers for somebody (RFC 3834).
    Precedence,
}

/// List-Id; then what providers add by themselves: List-Unsubscribe, Feedback-ID; then Precedence: bulk. A discussion list
/// counts as unknown.
fn by_headers(facts: &Facts<'_>) -> Option<ByHeaders> {
    let value = |name: &str| facts.message.header(name).map(|header| facts.message.value(header));
    let bulk = |because: String| PurposeFact::new(Purpose::Bulk, because);
    if is_discussion(facts) {
        let fact = PurposeFact::new(Purpose::Unknown, "it comes from a discussion list");
        return Some(ByHeaders { fact, set_by: SetBy::List });
    }
    let has = |name: &&&str| value(name).is_some();
    let added = ["List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID", "X-CSA-Complaints"];
    let by_list = ["List-Id"].iter().find(has).map(|name| (name, SetBy::List));
    if let Some((name, set_by)) = by_list.or_else(|| Some((added.iter().find(has)?, SetBy::Provider))) {
        return Some(ByHeaders { fact: bulk(format!("it has a {name} field")), set_by });
    }
    let precedence = value("Precedence").unwrap_or("");
    let is_bulk = ["bulk", "list"].iter().any(|word| precedence.eq_ignore_ascii_case(word));
    is_bulk.then(|| ByHeaders { fact: bulk(format!("it has Precedence: {precedence}")), set_by: SetBy::Precedence })
}

/// Members write to one another: the list's software has written its fields.
pub(super) fn is_discussion(facts: &Facts<'_>) -> bool {
    let value = |name: &str| facts.message.header(name).map(|header| facts.message.value(header));
    let software = ["X-Mailman-Version", "X-Mailing-List", "X-BeenThere", "Mailing-List", "List-Archive"];
    value("List-Post").is_some_and(|post| post.contains("mailto:"))
        || software.iter().any(|name| value(name).is_some()) && value("List-Id").is_some()
        || value("In-Reply-To").is_some() && value("List-Id").is_some()
}

/// Receipts, orders, passwords, confirmations: words in the subject or in a heading, with no offer among them. An
/// article that only speaks of invoices has an offer in its text, and nothing more of a service.
fn by_subject_and_headings(facts: &Facts<'_>) -> Option<PurposeFact> {
    let mut lines: Vec<String> = facts.subject().map(|subject| subject.text.clone()).into_iter().collect();
    lines.extend(headings(facts));
    for line in &lines {
        let hits = words::find(line);
        let has = |meaning| hits.iter().any(|hit| hit.meaning == meaning && !hit.weak);
        let says = |purpose| PurposeFact::new(purpose, format!("it says \"{}\"", line.trim()));
        if has(Meaning::Offer) {
            return None;
        }
        if has(Meaning::LegalNotice) {
            return Some(PurposeFact::new(Purpose::Unknown, format!("it is a notice, \"{}\"", line.trim())));
        }
        if (has(Meaning::Confirm) || has(Meaning::Transactional)) && is_offer_in_disguise(facts, line) {
            return None;
        }
        if has(Meaning::Confirm) {
            return Some(says(Purpose::Confirmation));
        }
        if has(Meaning::Transactional) {
            return Some(says(Purpose::Transactional));
        }
    }
    None
}

/// The text offers something, and beside `line` itself nothing in it is about a service.
fn is_offer_in_disguise(facts: &Facts<'_>, line: &str) -> bool {
    let hits = || facts.prose().iter().flat_map(|prose| prose.hits().iter().map(move |hit| (prose, hit)));
    let strong = |meaning: Meaning| hits().filter(move |(_, hit)| hit.meaning == meaning && !hit.weak);
    let of_service = strong(Meaning::Transactional).chain(strong(Meaning::Confirm));
    let elsewhere = of_service.filter(|(prose, hit)| !line.contains(&prose.text[hit.range.clone()])).count();
    strong(Meaning::Offer).count() >= 2 && elsewhere == 0
}

/// The document's title and headings, and the first block of text.
fn headings(facts: &Facts<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, body, document) in facts.html_bodies() {
        let text = facts.message.view(body.view).text();
        for element in document.named(&["title", "h1", "h2", "mj-title"]) {
            let start = element.span().end;
            let end = element.extent().end.max(start);
            let inner = text.get(start..end).unwrap_or("");
            lines.push(inner.split('<').next().unwrap_or("").chars().take(200).collect());
        }
        let prose = &facts.prose()[index];
        if lines.is_empty() {
            lines.extend(
                prose
                    .text
                    .split(super::prose::BLOCK_BREAK)
                    .map(str::trim)
                    .find(|block| block.len() > 8)
                    .map(|block| block.chars().take(120).collect()),
            );
        }
        lines.truncate(4);
    }
    lines
}

/// The subject has an offer and nothing of a service: "Buchen Sie jetzt mit Frühbucherrabatt".
fn subject_offers(facts: &Facts<'_>) -> bool {
    let hits = facts.subject().map_or_else(Vec::new, |subject| words::find(&subject.text));
    let has = |meaning| hits.iter().any(|hit| hit.meaning == meaning && !hit.weak);
    has(Meaning::Offer) && !has(Meaning::Transactional) && !has(Meaning::Confirm)
}

/// A provider's signature, an opt-out, Microsoft's own bulk phrases; else words of service in the body.
fn by_body(facts: &Facts<'_>) -> Option<PurposeFact> {
    let provider = facts.provider();
    let service = facts.speaks_of_service();
    // a person, or an account's notices, may also ask to write, or to log in
    let tells = |optout: &&OptOut| !matches!(optout.way, OptOutWay::MailSentence | OptOutWay::Gated);
    if let Some(optout) = facts.optouts().iter().find(tells) {
        let text = facts.message.view(optout.spot.view).text();
        let what: String = text[optout.spot.span.range()].chars().take(60).collect();
        return Some(PurposeFact::new(
            Purpose::Bulk,
            format!("it has an opt-out, `{}`", what.split_whitespace().collect::<Vec<_>>().join(" ")),
        ));
    }
    for prose in facts.prose() {
        if let Some(hit) = prose.hits().iter().find(|hit| hit.meaning == Meaning::BulkPhrase && !hit.weak) {
            return Some(PurposeFact::new(Purpose::Bulk, format!("it says \"{}\"", &prose.text[hit.range.clone()])));
        }
    }
    let bulk_provider = provider.provider.filter(|provider| !provider.adds.is_empty() && !service);
    if let Some(provider) = bulk_provider {
        return Some(PurposeFact::new(Purpose::Bulk, format!("{} sends it", provider.name)));
    }
    let offer =
        facts.prose().iter().flat_map(|prose| prose.hits()).any(|hit| hit.meaning == Meaning::Offer && !hit.weak)
            || subject_offers(facts);
    let has_html = facts.message.bodies.iter().any(|body| matches!(body.content, BodyContent::Html(_)));
    (service && !offer && has_html)
        .then(|| PurposeFact::new(Purpose::Transactional, "its text is about an order, a payment or an account"))
}
