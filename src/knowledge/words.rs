//! The wording of opt-outs, privacy links, consent and the like, in 31 languages, found in one pass over a ready automaton.

use std::ops::Range;

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Meaning {
    /// Strong in a link.
    Unsubscribe,
    /// Needs a link and the footer, or a second cue.
    UnsubscribeWeak,
    Preferences,
    WebVersion,
    Privacy,
    TrackingDisclosure,
    /// "add us to your address book", "safe senders": the noun.
    AddSender,
    /// "so that our mails reach you": the promise. Only together with `AddSender` in one sentence.
    DeliveryPromise,
    NoGuarantee,
    ReceivingBecause,
    /// A label that consents to mailings.
    Consent,
    /// A label that refuses: "I do not want", "no, thank you".
    Refusal,
    /// A mailing noun, the second cue for weak consent labels.
    MailingNoun,
    Confirm,
    /// "reply with STOP", "send a mail with unsubscribe in the subject".
    MailOptOut,
    /// "log in to", "call us", "write to us": what gates an opt-out.
    Gate,
    /// A phrase that Microsoft's own rules take for a sign of bulk mail.
    BulkPhrase,
    /// Offer words, against `transactional`.
    Offer,
    /// Receipt, order, invoice, password words.
    Transactional,
}

/// A phrase that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it means.
    pub meaning: Meaning,
    /// BCP 47 language of the entry.
    pub language: &'static str,
    /// It needs a second cue: alone it accuses or excuses wrongly.
    pub weak: bool,
    /// Byte range in the text that was given (not in the folded text).
    pub range: Range<usize>,
}

/// Finds every phrase of every language in `text` (decoded, raw case). Folding (NFKC, case, quotes, dashes, blanks, diacritics, Turkish i, Arabic
/// letters) is done inside. Sorted by start.
pub fn find(text: &str) -> Vec<Hit> {
    let _ = text;
    todo!()
}

/// Whether one of the phrases means `meaning`, whatever its strength.
pub fn any(text: &str, meaning: Meaning) -> bool {
    find(text).iter().any(|hit| hit.meaning == meaning)
}

/// What a URL says by its path, query and host labels: any of `Unsubscribe`, `Preferences`, `WebVersion`, `Privacy`.
pub fn url_hint(url: &str) -> Option<Meaning> {
    let _ = url;
    todo!()
}

/// The whole subject (trimmed, without emoji and reply prefix) is one generic word or phrase.
pub fn is_vague_subject(subject: &str) -> bool {
    let _ = subject;
    todo!()
}

/// Length in bytes of a reply or forward prefix at the start of `subject` ("Re:", "AW:", "Fwd: "), with the blanks behind it.
pub fn reply_prefix(subject: &str) -> Option<usize> {
    let _ = subject;
    todo!()
}
