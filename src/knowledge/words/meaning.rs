//! What a phrase can mean. Shared with the build: the place in `ALL` is the number in the tables.

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Meaning {
    /// Strong in a link.
    Unsubscribe,
    /// Needs a link and the footer, or a second cue. In the data these are the entries of `unsubscribe` that say why they are weak.
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
    /// A label that refuses: "I do not want", "no, thank you". A `Consent` inside it is not reported.
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
    /// Changed terms, a changed privacy policy: a notice that goes to everyone, also to those who want no mailings.
    LegalNotice,
    /// "here", "click here": a label that says nothing; its sentence and its link decide.
    Here,
}

impl Meaning {
    /// Every meaning with its key in `lints/data/words/*.toml`. `UnsubscribeWeak` has none: it is written `unsubscribe` with a `weak` reason.
    pub const ALL: [(Meaning, &'static str); 21] = [
        (Meaning::Unsubscribe, "unsubscribe"),
        (Meaning::UnsubscribeWeak, ""),
        (Meaning::Preferences, "preferences"),
        (Meaning::WebVersion, "web_version"),
        (Meaning::Privacy, "privacy"),
        (Meaning::TrackingDisclosure, "tracking_disclosure"),
        (Meaning::AddSender, "add_sender"),
        (Meaning::DeliveryPromise, "delivery_promise"),
        (Meaning::NoGuarantee, "no_guarantee"),
        (Meaning::ReceivingBecause, "receiving_because"),
        (Meaning::Consent, "consent"),
        (Meaning::Refusal, "refusal"),
        (Meaning::MailingNoun, "mailing_noun"),
        (Meaning::Confirm, "confirm"),
        (Meaning::MailOptOut, "mail_opt_out"),
        (Meaning::Gate, "gate"),
        (Meaning::BulkPhrase, "bulk_phrase"),
        (Meaning::Offer, "offer"),
        (Meaning::Transactional, "transactional"),
        (Meaning::LegalNotice, "legal_notice"),
        (Meaning::Here, "here"),
    ];

    /// The meaning with a place in `ALL`.
    pub fn from_number(number: u8) -> Option<Meaning> {
        Meaning::ALL.get(usize::from(number)).map(|&(meaning, _)| meaning)
    }
}

#[cfg(test)]
mod tests {
    use super::Meaning;

    #[test]
    fn the_place_of_a_meaning_is_its_number() {
        for (place, (meaning, _)) in Meaning::ALL.iter().enumerate() {
            assert_eq!(*meaning as usize, place, "{meaning:?}");
        }
    }
}
