//! One message that came back: its notification, else its words; told by what is in it, not only by its Content-Type.

use super::address::is_address;
use super::{Event, Kind, Unreadable, complaint, dsn, prose};
use crate::message::TransferEncoding;
use crate::message::html::{Document, Node};
use crate::message::structure::Structure;
use crate::message::{Part, charset};
use std::collections::HashSet;

/// Bounces that came attached to a message, inside one another at most.
const DEEPEST: usize = 3;
/// Most bytes of a part that are read as a notification or as words.
const LONGEST: usize = 1 << 20;

/// Reads a raw message: what happened, and how many recipients it speaks of without naming them.
///
/// # Errors
/// Nothing in it says that something happened to somebody.
pub fn read(bytes: &[u8]) -> Result<(Vec<Event>, usize), Unreadable> {
    if bytes.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let bounce = Bounce::new(bytes);
    let events = bounce.read(0)?;
    Ok((events, bounce.nameless()))
}

struct Bounce<'b> {
    structure: Structure<'b>,
    /// Parts of messages inside it.
    inside: HashSet<usize>,
    /// The messages inside that are what bounced, not bounces themselves.
    returned: Vec<usize>,
}

impl<'b> Bounce<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        let mut bounce = Self { structure: Structure::read(bytes), inside: HashSet::new(), returned: Vec::new() };
        let mut reported = HashSet::new();
        for (index, part) in bounce.structure.parts.iter().enumerate() {
            let Some(parent) = part.parent else { continue };
            if bounce.inside.contains(&parent) || is_message(bounce.structure.parts.get(parent)) {
                bounce.inside.insert(index);
            } else if is_status_type(part) {
                reported.insert(parent);
            }
        }
        for (index, part) in bounce.structure.parts.iter().enumerate() {
            let Some(parent) = part.parent.filter(|_| !bounce.inside.contains(&index)) else { continue };
            let of_report =
                bounce.structure.parts.get(parent).is_some_and(|parent| parent.content_type == "multipart/report");
            let is_returned = is_message(Some(part)) || part.content_type == "text/rfc822-headers";
            if is_returned && (of_report || reported.contains(&parent)) {
                bounce.returned.push(index);
                bounce.inside.insert(index);
            }
        }
        bounce
    }

    fn read(&self, depth: usize) -> Result<Vec<Event>, Unreadable> {
        let texts: Vec<(&Part, String)> = self.texts();
        if let Some((_, text)) = texts
            .iter()
            .find(|(part, text)| part.content_type == "message/feedback-report" || complaint::is_feedback(text))
        {
            let mut event = complaint::event(text, &self.recipients_of_returned())?;
            event.when = event.when.or_else(|| self.when());
            return Ok(vec![event]);
        }
        if let Some(event) = self.junk_report() {
            return Ok(vec![event]);
        }
        let prose = self.prose(&texts);
        let statuses: Vec<&str> = texts
            .iter()
            .filter(|(part, text)| is_status_type(part) || dsn::is_status(text))
            .map(|(_, text)| text.as_str())
            .collect();
        let mut events: Vec<Event> = statuses.iter().flat_map(|text| dsn::events(text)).collect();
        for event in &mut events {
            complete(event, &prose);
        }
        if events.is_empty() {
            events = self.told(&prose);
        }
        if events.is_empty() && depth < DEEPEST {
            events = self.attached(depth);
        }
        if events.is_empty() && self.is_from_a_server() && !self.is_automatic() {
            events = self.named(&texts);
        }
        let when = self.when();
        for event in &mut events {
            event.when = event.when.take().or_else(|| when.clone());
        }
        match events.is_empty() {
            false => Ok(events),
            true => self.nothing(!statuses.is_empty()),
        }
    }

    fn nameless(&self) -> usize {
        let parts = self.structure.parts.iter().enumerate();
        let statuses = parts.filter(|(index, part)| !self.inside.contains(index) && is_status_type(part));
        statuses.map(|(index, part)| dsn::nameless(&self.text(index, part))).sum()
    }

    /// What Outlook.com's Junk Mail Reporting Program sends: the message, with the reader's address in a field of its own.
    fn junk_report(&self) -> Option<Event> {
        let parts = self.structure.parts.iter().enumerate();
        let messages = parts.filter(|(_, part)| is_message(Some(part))).take(3);
        let reader = messages.filter_map(|(index, _)| {
            let bytes = self.bytes(index);
            field(&Structure::read(&bytes), "X-HmXmrOriginalRecipient").map(|value| super::address::key(&value))
        });
        let address = reader.into_iter().find(|one| is_address(one))?;
        Some(Event {
            reply: "complaint: reported as junk".to_owned(),
            when: self.when(),
            ..Event::new(Kind::Complaint, &address)
        })
    }

    /// What the words tell. Only who says that it is a bounce, or gives a code, is believed.
    fn told(&self, prose: &prose::Prose) -> Vec<Event> {
        if !prose.has_code() && !self.is_from_a_server() {
            return Vec::new();
        }
        let host = prose.server.clone();
        let mut events: Vec<Event> = Vec::new();
        for told in &prose.recipients {
            let mut event = Event::new(Kind::Failed, &told.address);
            event.reply.clone_from(&told.reply);
            event.host.clone_from(&host);
            events.push(event);
        }
        for address in self.field("X-Failed-Recipients").iter().flat_map(|value| value.split(',')) {
            let address = address.trim();
            let known = events.iter().any(|event| event.address.eq_ignore_ascii_case(address));
            if is_address(address) && !known {
                let mut event = Event::new(Kind::Failed, address);
                event.reply = prose.reply.clone().unwrap_or_default();
                events.push(event);
            }
        }
        if self.is_warning() {
            events.iter_mut().for_each(|event| event.kind = Kind::Delayed);
        }
        events
    }

    /// Whom a bounce names that has the address in the middle of a sentence.
    fn named(&self, texts: &[(&Part, String)]) -> Vec<Event> {
        let own = ["To", "From", "Reply-To", "Cc"].map(|name| self.field(name).unwrap_or_default().to_lowercase());
        let is_other = |address: &str| {
            let address = address.to_lowercase();
            own.iter().any(|field| field.contains(&address))
                || ["postmaster@", "abuse@", "support@", "mailer-daemon@"].iter().any(|name| address.starts_with(name))
        };
        let words = texts.iter().filter(|(part, text)| !is_status_type(part) && !dsn::is_status(text));
        let told = words.filter_map(|(_, text)| prose::only(text, &is_other)).next();
        let kind = if self.is_warning() { Kind::Delayed } else { Kind::Failed };
        told.into_iter().map(|told| Event { reply: told.reply, ..Event::new(kind, &told.address) }).collect()
    }

    /// Bounces that were forwarded as attachments.
    fn attached(&self, depth: usize) -> Vec<Event> {
        let parts = self.structure.parts.iter().enumerate();
        let messages = parts.filter(|(index, part)| is_message(Some(part)) && !self.inside.contains(index));
        messages.flat_map(|(index, _)| Bounce::new(&self.bytes(index)).read(depth + 1).unwrap_or_default()).collect()
    }

    fn nothing(&self, has_status: bool) -> Result<Vec<Event>, Unreadable> {
        let sender = self.field("From").unwrap_or_default();
        if self.is_automatic() {
            let bare = super::address::key(&sender);
            return is_address(&bare)
                .then(|| vec![Event { when: self.when(), ..Event::new(Kind::Automatic, &bare) }])
                .ok_or(Unreadable::NoBounce);
        }
        let reports = self.structure.parts.first().is_some_and(|part| part.content_type == "multipart/report");
        Err(if has_status || reports || self.is_from_a_server() {
            Unreadable::NoRecipient
        } else {
            Unreadable::NoBounce
        })
    }

    /// Parts with words, not those of messages inside, decoded.
    fn texts(&self) -> Vec<(&Part, String)> {
        let parts = self.structure.parts.iter().enumerate();
        let wanted = |part: &Part| {
            let kind = part.content_type.as_str();
            kind.starts_with("text/")
                || is_status_type(part)
                || kind == "message/feedback-report"
                || kind == "message/plain"
                || (kind.starts_with("multipart/") && self.structure.parts.len() == 1)
        };
        let own = parts.filter(|(index, _)| !self.inside.contains(index));
        own.filter(|(index, part)| wanted(part) || self.is_status_under_another_name(*index, part))
            .map(|(index, part)| (part, self.text(index, part)))
            .collect()
    }

    /// A notification that is labelled as an image or as anything.
    fn is_status_under_another_name(&self, index: usize, part: &Part) -> bool {
        let kind = part.content_type.as_str();
        let is_container = kind.starts_with("multipart/") || kind.starts_with("message/");
        let begins =
            |name: &[u8], bytes: &[u8]| bytes.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
        !is_container && {
            let bytes = self.bytes(index);
            let bytes = bytes.trim_ascii_start();
            [&b"reporting-mta:"[..], b"final-recipient:", b"original-envelope-id:"]
                .iter()
                .any(|name| begins(name, bytes))
        }
    }

    fn text(&self, index: usize, part: &Part) -> String {
        let bytes = self.bytes(index);
        let bytes = bytes.get(..bytes.len().min(LONGEST)).unwrap_or_default();
        let text = charset::decode(bytes, part.charset.as_deref()).text.into_owned();
        if matches!(part.content_type.as_str(), "text/html" | "application/xhtml+xml") { in_lines(&text) } else { text }
    }

    fn bytes(&self, index: usize) -> Vec<u8> {
        let Some((medium, range)) = self.structure.places.get(index) else { return Vec::new() };
        let encoding = self.structure.parts.get(index).map_or(TransferEncoding::Identity, |part| part.encoding);
        encoding.decode(medium.bytes().get(range.clone()).unwrap_or_default()).into_owned()
    }

    /// What plain texts say, and HTML where they say nothing.
    fn prose(&self, texts: &[(&Part, String)]) -> prose::Prose {
        let read = |html: bool| {
            let wanted = |part: &Part| (part.content_type == "text/html") == html && !is_status_type(part);
            let text: Vec<&str> = texts
                .iter()
                .filter(|(part, text)| wanted(part) && !dsn::is_status(text))
                .map(|(_, text)| text.as_str())
                .collect();
            prose::read(&text.join("\n\n"))
        };
        let plain = read(false);
        if plain.has_code() && !plain.recipients.is_empty() {
            return plain;
        }
        let html = read(true);
        if html.recipients.is_empty() { plain } else { html }
    }

    fn recipients_of_returned(&self) -> Vec<String> {
        let addresses = |value: &str| -> Vec<String> {
            value.split(',').map(super::address::key).filter(|one| is_address(one)).collect()
        };
        for &index in &self.returned {
            let bytes = self.bytes(index);
            let inner = Structure::read(&bytes);
            for name in ["X-Original-To", "Delivered-To", "To"] {
                let found = field(&inner, name).map(|value| addresses(&value)).unwrap_or_default();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn field(&self, name: &str) -> Option<String> {
        field(&self.structure, name)
    }

    fn when(&self) -> Option<String> {
        self.field("Date").map(|value| date(&value))
    }

    /// Who sends bounces: a mailer daemon, an empty return path, a subject that says so.
    fn is_from_a_server(&self) -> bool {
        let has = |name: &str, marks: &[&str]| {
            let value = self.field(name).unwrap_or_default().to_lowercase();
            marks.iter().any(|mark| value.contains(mark))
        };
        has("From", &["mailer-daemon", "postmaster", "mail delivery", "microsoftexchange", "mail system"])
            || has(
                "Subject",
                &[
                    "undeliver",
                    "delivery status",
                    "delivery failure",
                    "delivery failed",
                    "failure notice",
                    "returned mail",
                    "mail delivery",
                    "delivery notification",
                    "not delivered",
                    "unzustellbar",
                    "non remis",
                    "niet te bezorgen",
                ],
            )
            || self.field("X-Failed-Recipients").is_some()
            || self.field("Return-Path").is_some_and(|path| path.trim() == "<>")
    }

    fn is_automatic(&self) -> bool {
        let answers =
            self.field("Auto-Submitted").is_some_and(|value| value.to_ascii_lowercase().starts_with("auto-replied"));
        let subject = self.field("Subject").unwrap_or_default().to_lowercase();
        // a receipt tells that it was read, or not
        let is_receipt =
            self.structure.parts.iter().any(|part| part.content_type == "message/disposition-notification");
        answers
            || is_receipt
            || ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"]
                .into_iter()
                .any(|name| self.field(name).is_some())
                && !self.is_from_a_server()
            || [
                "automatic reply",
                "out of office",
                "automatische antwort",
                "abwesenheit",
                "réponse automatique",
                "respuesta automática",
            ]
            .iter()
            .any(|mark| subject.starts_with(mark))
    }

    /// A warning that delivery takes time.
    fn is_warning(&self) -> bool {
        let subject = self.field("Subject").unwrap_or_default().to_lowercase();
        ["delayed", "delay)", "warning:", "verzögert"].iter().any(|mark| subject.contains(mark))
    }
}

/// A notification without the server's words takes them from the text; one without a code, too.
fn complete(event: &mut Event, prose: &prose::Prose) {
    if !event.reply.is_empty() {
        return;
    }
    let told =
        prose.recipients.iter().find(|told| told.address.eq_ignore_ascii_case(&event.address)).map(|told| &told.reply);
    // one with a code; the words around the address are no reply
    let coded = told
        .filter(|reply| super::super::codes::basic(reply).is_some() || super::super::codes::enhanced(reply).is_some());
    event.reply = coded.or(prose.reply.as_ref()).cloned().unwrap_or_default();
}

fn is_message(part: Option<&Part>) -> bool {
    part.is_some_and(|part| matches!(part.content_type.as_str(), "message/rfc822" | "message/global"))
}

fn is_status_type(part: &Part) -> bool {
    matches!(part.content_type.as_str(), "message/delivery-status" | "message/global-delivery-status")
}

fn field(structure: &Structure<'_>, name: &str) -> Option<String> {
    let header = structure.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
    structure.views.get(header.value.index()).map(|view| view.text().to_owned())
}

/// A date as RFC 3339; as it is written where it can't be read.
pub fn date(value: &str) -> String {
    let value = value.trim();
    let parsed = (value.len() < 100).then(|| mail_parser::DateTime::parse_rfc822(value)).flatten();
    parsed.filter(mail_parser::DateTime::is_valid).map_or_else(|| value.to_owned(), |date| date.to_rfc3339())
}

/// The text of HTML, each piece on a line of its own.
fn in_lines(html: &str) -> String {
    let document = Document::parse(html, &[]);
    let mut out = String::new();
    for node in document.nodes() {
        let Node::Text(piece) = node else { continue };
        let hidden = piece.parent.is_some_and(|parent| matches!(parent.name(), "style" | "script" | "title"));
        let text = piece.decoded().text;
        if !hidden && !text.trim().is_empty() {
            out.push_str(text.trim_end());
            out.push('\n');
        }
    }
    out
}
