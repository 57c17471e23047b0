//! What is asked outside of a label: in the legend, in the words before the first button, in the cell before, by the name of the input.

use super::page::Page;
use super::stance::spaced;
use super::{ChoiceKind, Stance, kind_of, stance};
use crate::facts::Facts;
use crate::facts::prose::BLOCK_BREAK;
use crate::knowledge::words::{self, Meaning};
use crate::message::html::{Element, Node};
use crate::source::ViewSpan;

/// Labels that agree to what is asked elsewhere.
const YES: [&str; 25] = [
    "yes",
    "yes please",
    "ja",
    "ja bitte",
    "ja gerne",
    "oui",
    "si",
    "sí",
    "sì",
    "sim",
    "tak",
    "ano",
    "áno",
    "igen",
    "da",
    "да",
    "так",
    "kyllä",
    "evet",
    "ναι",
    "はい",
    "是",
    "예",
    "نعم",
    "כן",
];
/// Words of questions about what is so already.
const ALREADY: [&str; 12] = [
    "already",
    "currently",
    "bereits",
    "schon",
    "déjà",
    "già",
    "ya recibe",
    "já recebe",
    "redan",
    "allerede",
    "już",
    "уже",
];
/// Bytes of a legend that are read, and merge tags in a label that are looked at: many fields may share one.
const LONGEST_LEGEND: usize = 1_000;
const MOST_TAGS: usize = 20;
/// Longest question, in characters.
const LONGEST: usize = 300;

/// The label with the question that it answers, and its stance, where its own words say nothing to mailings.
pub(super) fn asked(
    facts: &Facts<'_>,
    page: &Page<'_>,
    element: Element<'_>,
    kind: ChoiceKind,
    own: &str,
) -> Option<(String, Stance)> {
    let is_yes = YES.contains(&plain(own).as_str());
    if is_yes || own.is_empty() && kind == ChoiceKind::Checkbox {
        let question = legend(facts, page.body, element).into_iter().chain(words_before(facts, page, element));
        let question = question.collect::<Vec<_>>().join(" ");
        let asked = format!("{own} | {question}");
        let lower = question.to_lowercase();
        if ALREADY.iter().any(|word| lower.contains(word)) {
            return None;
        }
        let stance = stance::stance(kind, &question);
        return matches!(stance, Stance::Consents | Stance::Refuses).then_some((asked, stance));
    }
    let named = kind == ChoiceKind::Checkbox && is_named_for_mailings(element);
    (named && (is_bare_consent(own) || label_names_newsletter(facts, page, element)))
        .then(|| (own.to_owned(), Stance::Consents))
}

fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

fn legend(facts: &Facts<'_>, body: usize, element: Element<'_>) -> Option<String> {
    let group = element.enclosing(&["fieldset"])?;
    let legend = group.inside().take(8).find_map(|node| match node {
        Node::Start(inner) if inner.name() == "legend" => Some(inner),
        _ => None,
    })?;
    let prose = &facts.prose()[body];
    let text = &prose.text[prose.range_of(legend.extent())];
    Some(text[..text.floor_char_boundary(LONGEST_LEGEND)].replace(BLOCK_BREAK, " "))
}

/// Buttons of one name that are looked at.
const LARGEST_GROUP: usize = 20;

/// The last block of text between the input before and the first one of the same name.
fn words_before<'d>(facts: &Facts<'_>, page: &Page<'d>, element: Element<'d>) -> Option<String> {
    let name = |element: Element<'_>| element.attribute("name").map(|name| name.value.trim().to_owned());
    let own_name = name(element).filter(|name| !name.is_empty());
    let form = element.enclosing(&["form"]);
    let form_start = form.map_or(0, |form| form.span().end);
    let (mut end, mut before) = (element.span().start, None);
    for other in page.inputs_before(element).take(LARGEST_GROUP).take_while(|other| other.span().start >= form_start) {
        if own_name.is_none() || name(other) != own_name {
            before = Some(other);
            break;
        }
        end = other.span().start;
    }
    let start = before.map_or(form_start, |before| before.extent().end.max(before.span().end));
    // what stands behind a box is that box's label
    let row = |element: Element<'_>| element.enclosing(&["tr", "fieldset"]).map(|row| row.id);
    let is_choice = |element: Element<'_>| kind_of(element).is_some_and(|kind| kind != ChoiceKind::Hidden);
    if before.is_some_and(|before| is_choice(before) && row(before) == row(element)) {
        return None;
    }
    let prose = &facts.prose()[page.body];
    let text = &prose.text[prose.range_of(ViewSpan::new(start.min(end), end))];
    let block = text.rsplit(BLOCK_BREAK).find(|block| block.chars().any(char::is_alphanumeric))?;
    let skipped = block.chars().count().saturating_sub(LONGEST);
    Some(block.chars().skip(skipped).collect::<String>().trim().to_owned())
}

/// `name="newsletter"`, `id="subscribe"`, with a value that does not mean no.
fn is_named_for_mailings(element: Element<'_>) -> bool {
    let value = |name: &str| element.attribute(name).map_or(String::new(), |value| spaced(value.value.trim()));
    let names =
        ["newsletter", "newsletters", "subscribe", "subscription", "mailing", "mailinglist", "optin", "marketing"];
    let says_no = ["0", "no", "false", "off", "none"].contains(&value("value").as_str());
    !says_no && ["name", "id"].iter().any(|name| value(name).split(' ').any(|word| names.contains(&word)))
}

/// "Subscribe", and at most one word beside it: to what, the name says.
fn is_bare_consent(label: &str) -> bool {
    let hits = words::find(label);
    let refuses = hits.iter().any(|hit| hit.meaning == Meaning::Refusal);
    let Some(hit) = hits.iter().find(|hit| hit.meaning == Meaning::Consent && hit.weak) else { return false };
    let beside = format!("{} {}", &label[..hit.range.start], &label[hit.range.end..]);
    !refuses && plain(&beside).split_whitespace().count() <= 1
}

/// The label is a tag that brings the word: `{{ entry_newsletter }}`.
fn label_names_newsletter<'d>(facts: &Facts<'_>, page: &Page<'d>, element: Element<'d>) -> bool {
    let wrapping = element.enclosing(&["label"]);
    let for_it = || page.labels_for(element.attribute("id")?.value.trim()).next();
    let Some(span) = wrapping.or_else(for_it).map(|label| label.extent()) else { return false };
    let body = &facts.message.bodies[page.body];
    let text = facts.message.view(body.view).text();
    let from = body.tags.partition_point(|tag| tag.span.end <= span.start);
    body.tags[from..].iter().take(MOST_TAGS).take_while(|tag| tag.span.overlaps(span)).any(|tag| {
        let tag = text[tag.span.range()].to_lowercase();
        tag.contains("newsletter") && !["no_", "_no", "unsub", "not_"].iter().any(|denial| tag.contains(denial))
    })
}
