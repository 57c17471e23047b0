//! What a merge tag, a pseudo-element or an attribute means: first by the providers' lists, then by the words in the tag.

use super::fold::fold;
use super::{
    ELEMENTS, LINK_WORDS, NO_UNSUBSCRIBE_WORDS, POSTAL_ADDRESS_WORDS, PREFERENCES_WORDS, PROVIDERS, Provider,
    STATE_WORDS, TAG_BEGINNINGS, TagMeaning, UNSUBSCRIBE_WORDS, WEB_VERSION_WORDS, WHOLE_TAGS, by_id, spans,
};
use crate::knowledge::heads::Heads;
use crate::knowledge::table::Text;

/// Longer tags are blocks of code: their words mean nothing. In bytes, folded.
const LONGEST_TAG: usize = 400;

/// What a whole tag (with delimiters, as written) means: first by the tokens of `preferred` provider, then of all, then by the generic fallbacks
/// (`unsub`, `opt_out`, `preference`, …). Encoded forms (`%7B%7B`, `*%7CUNSUB%7C*`) are decoded first.
pub fn tag_meaning(tag: &str, preferred: Option<&str>) -> Option<TagMeaning> {
    let folded = fold(tag.trim());
    let folded = folded.trim();
    let own = preferred.and_then(by_id).and_then(|provider| provider.tokens.iter().find(|token| token.is(folded)));
    // `{{contact.` is a recipient's field for one provider; the words in `{{contact.unsubscribe_link}}` say more than such a beginning
    let own_whole = own.filter(|token| !token.prefix || !is_weak(token.meaning)).map(|token| token.meaning);
    if let Some(whole) = own_whole.or_else(|| listed_whole(folded)) {
        return Some(whole);
    }
    let beginning = listed_beginning(folded);
    beginning
        .filter(|meaning| !is_weak(*meaning))
        .or_else(|| by_words(folded))
        .or_else(|| own.map(|token| token.meaning))
        .or(beginning)
}

/// What only fills in a name or a subject.
fn is_weak(meaning: TagMeaning) -> bool {
    matches!(meaning, TagMeaning::Recipient | TagMeaning::From | TagMeaning::Subject)
}

/// The providers and engines in whose lists the whole tag is, with this meaning.
pub fn owners_of_tag(tag: &str, meaning: TagMeaning) -> Vec<&'static Provider> {
    let folded = fold(tag.trim());
    let folded = folded.trim();
    // two looks tell that nobody has it, as with nearly all tags
    if listed(folded).is_none() {
        return Vec::new();
    }
    let owns = |provider: &&Provider| provider.tokens.iter().any(|token| token.meaning == meaning && token.is(folded));
    PROVIDERS.iter().filter(owns).collect()
}

/// Whether `provider` has a tag with the opening delimiter of `tag` in its list: then it may read this one, too.
pub fn shares_delimiter(provider: &Provider, tag: &str) -> bool {
    let delimiter = |text: &str| -> String { text.chars().take_while(char::is_ascii_punctuation).take(2).collect() };
    let of_tag = delimiter(tag.trim());
    provider.tokens.iter().any(|token| delimiter(token.text.as_str()) == of_tag)
}

/// What a folded tag means by the lists of all providers.
pub(super) fn listed(folded: &str) -> Option<TagMeaning> {
    listed_whole(folded).or_else(|| listed_beginning(folded))
}

fn listed_whole(folded: &str) -> Option<TagMeaning> {
    let at = WHOLE_TAGS.binary_search_by_key(&folded, |(text, _)| text).ok()?;
    WHOLE_TAGS.get(at).map(|(_, meaning)| *meaning)
}

fn listed_beginning(folded: &str) -> Option<TagMeaning> {
    let head = folded.as_bytes().first_chunk::<4>()?;
    let of = |start: &Text| start.as_bytes().first_chunk::<4>().copied();
    let from = TAG_BEGINNINGS.partition_point(|(start, ..)| of(start).as_ref() < Some(head));
    let mut alike = TAG_BEGINNINGS.iter().skip(from).take_while(|(start, ..)| of(start).as_ref() == Some(head));
    alike.find(|(start, end, _)| spans(folded, start, end)).map(|(_, _, meaning)| *meaning)
}

/// The first two bytes of all words that say something in a tag.
static TELLING: Heads = {
    let mut heads = Heads::of(&UNSUBSCRIBE_WORDS);
    heads.add_all(&PREFERENCES_WORDS);
    heads.add_all(&WEB_VERSION_WORDS);
    heads.add_all(&POSTAL_ADDRESS_WORDS);
    heads.add_all(&LINK_WORDS);
    heads.add_all(&STATE_WORDS);
    heads
};

/// What the words in a folded tag say.
fn by_words(folded: &str) -> Option<TagMeaning> {
    if folded.len() > LONGEST_TAG {
        return None;
    }
    let inner = said(folded)?;
    let places: Vec<&str> = TELLING.places(inner).filter_map(|at| inner.get(at..)).collect();
    let begins =
        |rest: &str, word: &Text| rest.as_bytes().first() == word.as_bytes().first() && rest.starts_with(word.as_str());
    let has = |words: &[Text]| places.iter().any(|rest| words.iter().any(|word| begins(rest, word)));
    let leaves = places.iter().any(|rest| {
        UNSUBSCRIBE_WORDS.iter().any(|word| begins(rest, word))
            && !NO_UNSUBSCRIBE_WORDS.iter().any(|word| begins(rest, word))
    });
    if leaves && (!has(&STATE_WORDS) || has(&LINK_WORDS)) {
        // `unsubscribe_preferences` is a page of preferences
        let preferences = has(&PREFERENCES_WORDS) && !inner.starts_with("unsub");
        return Some(if preferences { TagMeaning::Preferences } else { TagMeaning::Unsubscribe });
    }
    let kinds: [(&[Text], TagMeaning); 3] = [
        (&PREFERENCES_WORDS, TagMeaning::Preferences),
        (&WEB_VERSION_WORDS, TagMeaning::WebVersion),
        (&POSTAL_ADDRESS_WORDS, TagMeaning::PostalAddress),
    ];
    kinds.into_iter().find(|(words, _)| has(words)).map(|(_, meaning)| meaning)
}

/// What stands inside the delimiters of a tag that leaves something in the mail. `None` for control tags, closing tags, partials, comments, and
/// for what is no tag.
fn said(folded: &str) -> Option<&str> {
    let (open, close) = DELIMITERS.into_iter().find(|(open, close)| {
        folded.len() >= open.len() + close.len() && folded.starts_with(open) && folded.ends_with(close)
    })?;
    let inner = folded.strip_prefix(open)?.strip_suffix(close)?.trim();
    match open {
        "{{" if inner.starts_with(['/', '^', '!', '>', '%']) => None,
        "{{" => {
            let inner = inner.strip_prefix('#').unwrap_or(inner);
            (!is_control(inner)).then_some(inner)
        }
        "{%" | "<?php" | "<%" => {
            (!is_control(inner) && !inner.starts_with('#') && !is_assignment(inner)).then_some(inner)
        }
        "*|" => (!MAILCHIMP_CONTROL.iter().any(|word| inner.starts_with(word))).then_some(inner),
        "%%" => (!inner.starts_with('[')).then_some(inner),
        "{" => (!inner.starts_with(['#', '*', '{', '%'])).then_some(inner),
        "@" => (!is_control(inner) && !inner.starts_with(['*', '{'])).then_some(inner),
        _ => Some(inner),
    }
}

/// Opening and closing delimiters, folded, the longer first. Comments (`{# #}`) and AMPscript blocks (`%%[ ]%%`) are left out: they leave nothing.
const DELIMITERS: [(&str, &str); 31] = [
    ("{{{", "}}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("<%=", "%>"),
    ("<%@", "%>"),
    ("<%", "%>"),
    ("<?php", "?>"),
    ("<?=", "?>"),
    ("*|", "|*"),
    ("%%=", "=%%"),
    ("%%{", "}%%"),
    ("%%", "%%"),
    ("[[", "]]"),
    ("${", "}"),
    ("$!{", "}"),
    ("$[", "]$"),
    ("{!!", "!!}"),
    ("{$", "}"),
    ("{!", "}"),
    ("{?", "?}"),
    ("#{", "}"),
    ("@{", "}"),
    ("{", "}"),
    ("[", "]"),
    ("%", "%"),
    ("$$", "$$"),
    ("$", "$"),
    ("##", "##"),
    ("#", "#"),
    ("~", "~"),
    ("@", ""),
];

const MAILCHIMP_CONTROL: [&str; 6] = ["if", "else", "end:", "interested", "ifnot", "date:"];

/// First words of tags that steer and leave nothing, in the template languages that are in use for mail.
const CONTROL: [&str; 50] = [
    "if",
    "elsif",
    "elif",
    "elseif",
    "else",
    "unless",
    "ifchanged",
    "ifequal",
    "ifnotequal",
    "ifeq",
    "ifnoteq",
    "ifcontains",
    "case",
    "when",
    "switch",
    "for",
    "foreach",
    "each",
    "while",
    "until",
    "loop",
    "range",
    "with",
    "end",
    "endif",
    "endfor",
    "endunless",
    "assign",
    "set",
    "var",
    "let",
    "capture",
    "define",
    "block",
    "macro",
    "include",
    "render",
    "partial",
    "import",
    "extends",
    "load",
    "comment",
    "raw",
    "filter",
    "autoescape",
    "cycle",
    "break",
    "continue",
    "return",
    "template",
];

/// Whether the first word of `inner` steers. Adobe Campaign's `include view="UnsubscriptionLink"` does leave a link behind, as do `block`
/// with nothing but a name and Magento's `var subscriber.getUnsubscriptionLink()`.
fn is_control(inner: &str) -> bool {
    let word = inner.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
    let rest = inner.strip_prefix(word).unwrap_or_default();
    let leaves_a_value = rest.trim_start().starts_with("view=") || word == "var" && !is_assignment(rest.trim_start());
    CONTROL.contains(&word) && !leaves_a_value
}

/// `name = value`: leaves nothing.
fn is_assignment(inner: &str) -> bool {
    let name = inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_@$.".contains(c)).trim_start();
    name.len() < inner.len() && name.starts_with('=') && !name.starts_with("==")
}

/// A pseudo-element or attribute of a provider's dialect.
#[derive(Debug)]
pub(super) struct ElementSign {
    /// Empty for any element.
    pub name: Text,
    /// Empty for none.
    pub attribute: Text,
    /// Empty for any value.
    pub value: Text,
    pub meaning: TagMeaning,
    pub provider: u16,
}

impl ElementSign {
    fn has_attribute(&self, (name, value): (&str, &str)) -> bool {
        name.eq_ignore_ascii_case(self.attribute.as_str())
            && (self.value.is_empty() || value.trim().eq_ignore_ascii_case(self.value.as_str()))
    }
}

/// The name (in lower case) of an attribute by which [`element_meaning`] may find one; empty at some numbers, `None` behind the last one.
pub const fn attribute_with_meaning(number: usize) -> Option<&'static str> {
    if number < ELEMENTS.len() { Some(ELEMENTS[number].attribute.as_str()) } else { None }
}

/// Whether [`element_meaning`] finds one by the name of an element alone.
pub fn is_pseudo_element(name: &str) -> bool {
    let is_named = |sign: &ElementSign| sign.name.is_empty() || sign.name.eq_ignore_ascii_case(name);
    ELEMENTS.iter().any(|sign| sign.attribute.is_empty() && is_named(sign))
}

/// An attribute or pseudo-element that gives an element a meaning: `data-msys-unsubscribe`, `xt="SPOPTOUT"`, `<unsubscribe>`.
pub fn element_meaning(
    name: &str,
    attributes: &mut dyn Iterator<Item = (&str, &str)>,
) -> Option<(TagMeaning, &'static Provider)> {
    let named = |sign: &ElementSign| sign.name.is_empty() || sign.name.eq_ignore_ascii_case(name);
    let by_name = ELEMENTS.iter().find(|sign| sign.attribute.is_empty() && named(sign));
    let by_attribute = |attribute: (&str, &str)| {
        ELEMENTS.iter().find(|sign| !sign.attribute.is_empty() && named(sign) && sign.has_attribute(attribute))
    };
    let mut found = by_name;
    while found.is_none() {
        found = by_attribute(attributes.next()?);
    }
    let found = found?;
    PROVIDERS.get(usize::from(found.provider)).map(|provider| (found.meaning, provider))
}
