//! E-mail service providers and template engines: their merge tags, pseudo-elements, attributes, and how to know them.

/// A provider or a template engine.
#[derive(Debug)]
pub struct Provider {
    /// Short id, `mailchimp`.
    pub id: &'static str,
    /// Name for people, `Mailchimp`.
    pub name: &'static str,
    /// A template engine only (Liquid, ERB, …), no sender of mail.
    pub engine: bool,
    /// What it adds by itself when it sends.
    pub adds: &'static [Adds],
    /// Literal tokens and prefixes with their meaning.
    pub tokens: &'static [Token],
    /// Strings that identify it.
    pub signs: &'static [&'static str],
    /// Registrable domains or host suffixes that belong to it (links, trackers, images).
    pub hosts: &'static [&'static str],
    /// A footer with an opt-out in its own dialect, to suggest.
    pub footer: Option<&'static str>,
}

/// What a provider adds by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Adds {
    Unsubscribe,
    Address,
    Pixel,
    Headers,
}

/// A merge tag, pseudo-element or attribute that means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The literal text, folded: lower case, no blanks just inside the delimiters.
    pub text: &'static str,
    /// `text` is only the beginning (`{{ contact.first_name`).
    pub prefix: bool,
    /// The delimiters are loose (`%NAME%`, `[name]`, `{name}`): recognised only for a detected or configured provider.
    pub loose: bool,
    /// What it means.
    pub meaning: TagMeaning,
}

/// What a merge tag stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TagMeaning {
    Unsubscribe,
    Preferences,
    WebVersion,
    PostalAddress,
    OpenPixel,
    Subject,
    From,
    Recipient,
}

/// All of them, by id.
pub fn all() -> &'static [Provider] {
    todo!()
}

/// The one called `id`.
pub fn by_id(id: &str) -> Option<&'static Provider> {
    all().iter().find(|provider| provider.id == id)
}

/// What a whole tag (with delimiters, as written) means: first by the tokens of `preferred` provider, then of all, then by the generic fallbacks
/// (`unsub`, `opt_out`, `preference`, …). Encoded forms (`%7B%7B`, `*%7CUNSUB%7C*`) are decoded first.
pub fn tag_meaning(tag: &str, preferred: Option<&str>) -> Option<TagMeaning> {
    let _ = (tag, preferred);
    todo!()
}

/// Whether a whole tag is in the list of some provider, or of a shape that only a merge tag has: what `unresolved-merge-tag` may accuse.
pub fn is_known_tag(tag: &str) -> bool {
    let _ = tag;
    todo!()
}

/// An attribute or pseudo-element that gives an element a meaning: `data-msys-unsubscribe`, `xt="SPOPTOUT"`, `<unsubscribe>`.
pub fn element_meaning(
    name: &str,
    attributes: &mut dyn Iterator<Item = (&str, &str)>,
) -> Option<(TagMeaning, &'static Provider)> {
    let _ = (name, attributes);
    todo!()
}

/// A reason to think that a provider is at work.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Which.
    pub provider: &'static Provider,
    /// How telling it is: 3 for something only it has, 1 for something that others have too.
    pub weight: u8,
    /// What was found, for `--verbose`.
    pub what: String,
}

/// What the raw text of a body says about the provider: tokens and signs.
pub fn evidence_in_text(text: &str) -> Vec<Evidence> {
    let _ = text;
    todo!()
}

/// What a header field says (X-Mailer, X-MC-User, X-SG-EID, Feedback-ID, List-Unsubscribe hosts, …).
pub fn evidence_in_header(name: &str, value: &str) -> Option<Evidence> {
    let _ = (name, value);
    todo!()
}

/// The provider that owns `host` (by suffix).
pub fn owner_of_host(host: &str) -> Option<&'static Provider> {
    let _ = host;
    todo!()
}
