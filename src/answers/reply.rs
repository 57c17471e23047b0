//! What a reply means: its text and its codes are looked up, the most particular entry wins, and a passing trouble never costs an address.

use super::codes;
use crate::knowledge::replies::{self, Codes, Enhanced, Meaning, Suppress};
use crate::sort;

/// Most bytes of a reply that are read; real ones are far below.
const LONGEST: usize = 8 * 1024;

/// What a server answered, with what else a report says about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reply<'r> {
    /// The reply as the server gave it, or as much of it as is known.
    pub text: &'r str,
    /// The `Status` field of a report (RFC 3464 §2.3.4); what the text says wins.
    pub status: Option<&'r str>,
    /// The report says that delivery is only delayed.
    pub delayed: bool,
    /// The host that answered.
    pub host: Option<&'r str>,
}

/// Whether the reply is final for the message that it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permanence {
    /// 4xx: the server may take it later.
    Temporary,
    /// 5xx: never send this message to this recipient again.
    Permanent,
    /// The reply does not say.
    Unknown,
}

impl Permanence {
    /// As JSON writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Temporary => "temporary",
            Self::Permanent => "permanent",
            Self::Unknown => "unknown",
        }
    }
}

/// What a reply means.
#[derive(Debug, Clone, Copy)]
pub struct Verdict {
    /// What happened, whose fault, what to do; `None` where nothing is known of such a reply.
    pub meaning: Option<&'static Meaning>,
    /// Whether to mail the address again.
    pub suppress: Suppress,
    /// Whether the reply is final.
    pub permanence: Permanence,
    /// Three digits (RFC 5321).
    pub basic: Option<u16>,
    /// Enhanced status code (RFC 3463).
    pub enhanced: Option<Enhanced>,
}

impl Verdict {
    /// The name of the cause; `unknown` where there is none.
    pub fn cause(&self) -> &'static str {
        self.meaning.map_or("unknown", |meaning| meaning.cause.name.as_str())
    }

    /// The code to show: `5.7.606`, else `550`, else nothing.
    pub fn code(&self) -> String {
        match (self.enhanced, self.basic) {
            (Some((class, subject, detail)), _) => format!("{class}.{subject}.{detail}"),
            (None, Some(basic)) => basic.to_string(),
            (None, None) => String::new(),
        }
    }
}

/// Says what a reply means. Linear in its text.
pub fn classify(reply: &Reply<'_>) -> Verdict {
    let text = beginning(reply.text);
    let in_status = || reply.status.and_then(codes::enhanced);
    let enhanced = codes::enhanced(text).or_else(in_status);
    let basic = codes::basic(text);
    let permanence = permanence(basic, enhanced, reply);
    let meaning =
        meaning(text, basic, enhanced, is_microsoft(reply)).map(|meaning| about_sender(meaning, text, enhanced));
    let (meaning, suppress) = match meaning {
        Some(meaning) => (Some(meaning), meaning.suppress),
        None if permanence == Permanence::Permanent => (None, Suppress::Repeated),
        None => (None, Suppress::No),
    };
    let suppress = match (permanence, suppress) {
        (Permanence::Temporary, Suppress::Now) => Suppress::Repeated,
        (_, suppress) => suppress,
    };
    Verdict { meaning, suppress, permanence, basic, enhanced }
}

/// Every meaning of a bare code, `5.7.1`, `550 5.7.1` or `550`, the nearest first; none if `text` says more than a code.
pub fn meanings_of(text: &str) -> Vec<&'static Meaning> {
    let bare = |word: &str| codes::whole(word).is_some() || (word.len() == 3 && codes::basic(word).is_some());
    if text.trim().is_empty() || !text.split_whitespace().all(bare) {
        return Vec::new();
    }
    let Some(code) = codes::enhanced(text) else {
        let basic = codes::basic(text).map(Codes::Basic);
        return replies::all().iter().filter(|meaning| meaning.codes == basic).collect();
    };
    let mut found: Vec<_> =
        replies::all().iter().filter_map(|meaning| Some((meaning.codes?.holds(code)?, meaning))).collect();
    sort::by_key(&mut found, |(width, meaning)| (!meaning.microsoft, *width));
    // a range says nothing that its member does not say better
    let nearest = found.iter().map(|(width, _)| *width).min();
    found.into_iter().filter(|(width, _)| Some(*width) == nearest).map(|(_, meaning)| meaning).collect()
}

/// What was answered before the recipient was named says nothing of it, nor do the codes for senders' addresses
/// (RFC 3463 §3.2): `550 User unknown (in reply to MAIL FROM command)`.
fn about_sender(meaning: &'static Meaning, text: &str, code: Option<Enhanced>) -> &'static Meaning {
    const BEFORE: &[&str] = &[
        "reply to mail from",
        "reply to helo",
        "reply to ehlo",
        "reply to auth",
        "after mail from",
        "after pipelined mail from",
        "after helo",
        "after ehlo",
        "after initial connection",
        "refused to talk to me",
        "but sender was rejected",
        "but greeting failed",
        ">>> mail from",
        ">>> helo",
        ">>> ehlo",
    ];
    let lower = text.to_ascii_lowercase();
    let is_about_sender = matches!(code, Some((_, 1, 7 | 8))) || BEFORE.iter().any(|stage| lower.contains(stage));
    if meaning.suppress == Suppress::No || !is_about_sender {
        return meaning;
    }
    nearest(replies::all().iter().filter(|one| !one.microsoft).map(|one| (one, 0)), Some((5, 1, 8))).unwrap_or(meaning)
}

fn permanence(basic: Option<u16>, enhanced: Option<Enhanced>, reply: &Reply<'_>) -> Permanence {
    if reply.delayed {
        return Permanence::Temporary;
    }
    match basic.map(|code| code / 100).or(enhanced.map(|code| code.0)) {
        Some(4) => Permanence::Temporary,
        Some(5) => Permanence::Permanent,
        _ => Permanence::Unknown,
    }
}

fn meaning(text: &str, basic: Option<u16>, code: Option<Enhanced>, microsoft: bool) -> Option<&'static Meaning> {
    // `5.0.350 Remote server returned an error -> 550 …`: Microsoft passes on what another server said
    if let (Some((5, _, 350)), Some((_, other))) = (code, text.split_once("-> ")) {
        let passed_on = meaning(other, codes::basic(other), codes::enhanced(other), false);
        if passed_on.is_some() {
            return passed_on;
        }
    }
    let told = told(text);
    let told_by_everybody =
        |weak: bool| told.iter().map(|(meaning, _)| *meaning).find(|one| !one.microsoft && one.weak == weak);
    let by_code = |wanted: &dyn Fn(&Meaning) -> bool| {
        nearest(replies::all().iter().filter(|meaning| wanted(meaning)).map(|meaning| (meaning, 0)), code)
    };
    let own_without_text = |one: &Meaning| one.microsoft && one.texts.is_empty();
    nearest(told.iter().copied().filter(|(meaning, _)| meaning.microsoft), code)
        .or_else(|| told.iter().map(|(meaning, _)| *meaning).find(|one| one.microsoft && one.codes.is_none()))
        .or_else(|| by_code(&is_sure))
        .or_else(|| told_by_everybody(false))
        .or_else(|| by_code(&|one| microsoft && own_without_text(one)))
        .or_else(|| by_code(&|one| !one.microsoft && !one.weak))
        .or_else(|| told_by_everybody(true))
        .or_else(|| by_code(&|one| !one.microsoft && one.weak))
        .or_else(|| by_code(&own_without_text))
        .or_else(|| replies::all().iter().find(|meaning| basic.is_some() && meaning.codes == basic.map(Codes::Basic)))
}

/// Codes that nobody but Microsoft uses: IANA's registry ends far below.
fn is_sure(meaning: &Meaning) -> bool {
    meaning.microsoft && matches!(meaning.codes, Some(Codes::Enhanced { first: 100.., .. }))
}

/// The meaning of the fewest codes that hold `code`; of these the one with the longest text, then the first.
fn nearest(
    meanings: impl Iterator<Item = (&'static Meaning, usize)>,
    code: Option<Enhanced>,
) -> Option<&'static Meaning> {
    let code = code?;
    let held = meanings.filter_map(|(meaning, length)| Some((meaning.codes?.holds(code)?, length, meaning)));
    held.min_by_key(|(width, length, _)| (*width, std::cmp::Reverse(*length))).map(|(_, _, meaning)| meaning)
}

/// What the text tells, and by how many bytes. Addresses are no text: `greylist@` says nothing. Links are read only where
/// nothing else tells.
fn told(text: &str) -> Vec<(&'static Meaning, usize)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &&str| !word.contains('@') && !is_continuation(word);
    let is_link = |word: &str| word.contains("://");
    let without_links: Vec<&str> = words.iter().copied().filter(|word| plain(word) && !is_link(word)).collect();
    let told = replies::told_by(&without_links.join(" "));
    if told.iter().any(|(meaning, _)| !meaning.weak) {
        return told;
    }
    replies::told_by(&words.into_iter().filter(plain).collect::<Vec<_>>().join(" "))
}

/// `550-5.1.1` and `550-`, how the further lines of a reply begin: a phrase may run across them.
fn is_continuation(word: &str) -> bool {
    matches!(word.as_bytes(), [b'2'..=b'5', b'0'..=b'9', b'0'..=b'9', b'-', rest @ ..]
        if rest.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.'))
}

fn is_microsoft(reply: &Reply<'_>) -> bool {
    let is = |text: &str| {
        let text = text.to_ascii_lowercase();
        [".outlook.com", ".hotmail.com", ".exchangelabs.com", "microsoft.com", ".office365.com"]
            .iter()
            .any(|host| text.contains(host))
    };
    reply.host.is_some_and(is) || is(beginning(reply.text))
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}
