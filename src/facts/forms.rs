//! Boxes, buttons and options that ask for consent to mailings.

mod page;
mod question;
mod stance;

use super::Facts;
use super::prose::BLOCK_BREAK;
use crate::knowledge::words::{self, Meaning};
use crate::message::Spot;
use crate::message::html::{Attribute, Element, ElementId, Node};
use crate::source::ViewSpan;
use page::Page;
use std::collections::HashMap;

/// A form, or the loose inputs of a body.
#[derive(Debug)]
pub struct Form {
    /// Index in `message.bodies`.
    pub body: usize,
    /// What can be ticked or chosen in it.
    pub choices: Vec<Choice>,
    /// The form shows a subscriber's present state: a preference centre.
    pub is_preference_center: bool,
    /// The form is about nothing but the newsletter.
    pub is_newsletter_only: bool,
    /// Its target or a button says that it is there to subscribe to mailings.
    pub is_subscription: bool,
}

/// What kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceKind {
    /// `<input type=checkbox>`.
    Checkbox,
    /// `<input type=radio>`.
    Radio,
    /// `<option>`.
    Option,
    /// `<input type=hidden>` whose name is about mailings.
    Hidden,
}

/// What its label says to mailings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// Ticked means yes.
    Consents,
    /// Ticked means no.
    Refuses,
    /// Ticked ends what there is: "unsubscribe me from all".
    Leaves,
    /// It is about something else.
    Neither,
}

/// Something to tick or choose.
#[derive(Debug)]
pub struct Choice {
    /// What kind.
    pub kind: ChoiceKind,
    /// The input's tag.
    pub spot: Spot,
    /// Its `name`; empty where it has none.
    pub name: String,
    /// The words that belong to it.
    pub label: String,
    /// What they say to mailings.
    pub stance: Stance,
    /// The `checked` or `selected` attribute: with the blank before it, what to remove; and its name, what to point at.
    pub preselected: Option<(Spot, Spot)>,
    /// A script or a tag decides whether it is ticked.
    pub bound: bool,
}

/// Bytes of a form's words, and of a label's, that are read, and labels of one field: many fields may share a label.
const LONGEST_FORM: usize = 64 << 10;
const LONGEST_LABEL: usize = 2 << 10;
const MOST_LABELS: usize = 8;

pub(super) fn all(facts: &Facts<'_>) -> Vec<Form> {
    let mut forms = Vec::new();
    for (index, body, document) in facts.html_bodies() {
        let mut choices = document.named(&["option", "input"]).filter(|element| kind_of(*element).is_some()).peekable();
        if choices.peek().is_none() {
            continue;
        }
        let page = Page::new(index, facts.message.view(body.view).text(), document);
        let mut by_form: Vec<(Option<ElementId>, Vec<Element<'_>>)> = Vec::new();
        let mut places: HashMap<Option<ElementId>, usize> = HashMap::new();
        for element in choices {
            let form = element.enclosing(&["form"]).map(|form| form.id);
            let place = *places.entry(form).or_insert_with(|| {
                by_form.push((form, Vec::new()));
                by_form.len() - 1
            });
            by_form[place].1.push(element);
        }
        for (form, elements) in by_form {
            forms.push(read_form(facts, &page, form.map(|id| document.element(id)), &elements));
        }
    }
    forms
}

fn kind_of(element: Element<'_>) -> Option<ChoiceKind> {
    match element.name() {
        "option" => Some(ChoiceKind::Option),
        "input" => match element.attribute("type")?.value.trim().to_ascii_lowercase().as_str() {
            "checkbox" => Some(ChoiceKind::Checkbox),
            "radio" => Some(ChoiceKind::Radio),
            "hidden" => Some(ChoiceKind::Hidden),
            _ => None,
        },
        _ => None,
    }
}

fn read_form(facts: &Facts<'_>, page: &Page<'_>, form: Option<Element<'_>>, elements: &[Element<'_>]) -> Form {
    let choices: Vec<_> = elements.iter().filter_map(|element| choice(facts, page, *element)).collect();
    let other_inputs = form.is_some_and(asks_for_more);
    Form {
        body: page.body,
        is_preference_center: is_preference_center(facts, page, form, &choices),
        is_newsletter_only: !other_inputs,
        is_subscription: form.is_some_and(is_subscription),
        choices,
    }
}

/// The form's words, target, or the page's heading are about preferences or about leaving; a box in it leaves; or four and
/// more boxes show mailings.
fn is_preference_center(facts: &Facts<'_>, page: &Page<'_>, form: Option<Element<'_>>, choices: &[Choice]) -> bool {
    let about = [Meaning::Preferences, Meaning::Unsubscribe];
    let titled = || *page.is_titled.get_or_init(|| says(&page.title, &about));
    let leaves = choices.iter().any(|choice| choice.stance == Stance::Leaves);
    let shown = choices
        .iter()
        .filter(|choice| choice.stance == Stance::Consents && choice.kind == ChoiceKind::Checkbox)
        .count();
    // "You can unsubscribe at any time" stands in sign-up forms, too: of leaving only the target and the title speak.
    let text = form.map_or(String::new(), |form| form_text(facts, page.body, form));
    let target = form.map_or(String::new(), form_names);
    leaves || shown >= 4 || says(&text, &[Meaning::Preferences]) || says(&target, &about) || titled()
}

/// Whether `text` says one of these things plainly.
fn says(text: &str, wanted: &[Meaning]) -> bool {
    words::find(text).iter().any(|hit| wanted.contains(&hit.meaning) && !hit.weak)
}

fn form_text(facts: &Facts<'_>, body: usize, form: Element<'_>) -> String {
    let prose = &facts.prose()[body];
    let text = &prose.text[prose.range_of(form.extent())];
    text[..text.floor_char_boundary(LONGEST_FORM)].replace(BLOCK_BREAK, ". ")
}

/// What its target and its names say.
fn form_names(form: Element<'_>) -> String {
    let named = ["action", "id", "class", "name"].into_iter().filter_map(|name| form.attribute(name));
    named.map(|attribute| attribute.value.replace(['-', '_', '/'], " ")).collect::<Vec<_>>().join(". ")
}

fn is_subscription(form: Element<'_>) -> bool {
    let mut text = form_names(form);
    for node in form.inside() {
        if let Node::Start(inner) = node
            && inner.attribute("type").is_some_and(|kind| kind.value.trim().eq_ignore_ascii_case("submit"))
        {
            text.push_str(". ");
            text.push_str(&inner.attribute("value").map_or(String::new(), |value| value.value.into_owned()));
        }
    }
    words::find(&text).iter().any(|hit| matches!(hit.meaning, Meaning::MailingNoun | Meaning::Consent))
        || text.to_lowercase().contains("subscri")
}

/// It asks for more than an address and a name: a password, a card, a comment.
fn asks_for_more(form: Element<'_>) -> bool {
    form.inside().any(|node| {
        let Node::Start(element) = node else { return false };
        match element.name() {
            "textarea" => true,
            "input" => {
                let kind = element.attribute("type").map_or(String::new(), |kind| kind.value.to_ascii_lowercase());
                let name = ["name", "id", "autocomplete"]
                    .iter()
                    .filter_map(|name| element.attribute(name))
                    .map(|a| a.value.to_ascii_lowercase())
                    .collect::<Vec<_>>()
                    .join(" ");
                let more = [
                    "pass", "address", "street", "city", "zip", "postal", "phone", "card", "company", "quantity",
                    "birth",
                ];
                matches!(kind.as_str(), "password" | "tel" | "file" | "date" | "number")
                    || more.iter().any(|word| name.contains(word)) && !name.contains("mail")
            }
            _ => false,
        }
    })
}

fn choice(facts: &Facts<'_>, page: &Page<'_>, element: Element<'_>) -> Option<Choice> {
    let kind = kind_of(element)?;
    let body = page.body;
    let view = facts.message.bodies[body].view;
    let spot = |span: ViewSpan| Spot { view, span };
    let attributes: Vec<Attribute<'_>> = element.attributes().collect();
    let (label, stance) = match kind {
        ChoiceKind::Hidden => (hidden_label(&attributes), stance::hidden_stance(&attributes)),
        ChoiceKind::Option => {
            let label = option_label(facts, page, element);
            let stance = stance::stance(kind, &label);
            (label, stance)
        }
        ChoiceKind::Checkbox | ChoiceKind::Radio => {
            let own = label(facts, page, element);
            match stance::stance(kind, &own) {
                Stance::Neither => question::asked(facts, page, element, kind, &own).unwrap_or((own, Stance::Neither)),
                stance => (own, stance),
            }
        }
    };
    let state = if kind == ChoiceKind::Option { "selected" } else { "checked" };
    let preselected = attributes.iter().find(|attribute| attribute.name == state);
    let tags = &facts.message.bodies[body].tags;
    let tagged = |span: ViewSpan| {
        tags.get(tags.partition_point(|tag| tag.span.end <= span.start)).is_some_and(|tag| tag.span.overlaps(span))
    };
    Some(Choice {
        kind,
        spot: spot(element.span()),
        name: attributes
            .iter()
            .find(|attribute| attribute.name == "name")
            .map_or("", |name| name.value.trim())
            .to_owned(),
        stance,
        label,
        bound: attributes.iter().any(is_binding) || tagged(element.span()),
        preselected: preselected.map(|attribute| (spot(attribute.span), spot(attribute.name_span))),
    })
}

/// React, Vue, Angular, Alpine and the like decide at run time.
fn is_binding(attribute: &Attribute<'_>) -> bool {
    let name = &attribute.name;
    name.starts_with([':', '@', '[', '(', '{'])
        || name.starts_with("v-")
        || name.starts_with("x-")
        || name.starts_with("ng-")
        || name.starts_with("bind:")
        || attribute.value.starts_with('{')
        || name == "defaultchecked"
}

/// The label by `for`, by wrapping, by `aria-label(ledby)`, else the text beside it.
fn label(facts: &Facts<'_>, page: &Page<'_>, element: Element<'_>) -> String {
    if page.room.get() == 0 {
        return String::new();
    }
    let prose = &facts.prose()[page.body];
    let text_of = |element: Element<'_>| {
        let text = &prose.text[prose.range_of(element.extent())];
        text[..text.floor_char_boundary(LONGEST_LABEL)].replace(BLOCK_BREAK, " ")
    };
    let id = element.attribute("id").map(|id| id.value.trim().to_owned()).filter(|id| !id.is_empty());
    let mut words = Vec::new();
    if let Some(aria) = element.attribute("aria-label") {
        words.push(aria.value.into_owned());
    }
    if let Some(labelled) = element.attribute("aria-labelledby") {
        words
            .extend(labelled.value.split_whitespace().filter_map(|id| page.with_id(id)).take(MOST_LABELS).map(text_of));
    }
    if let Some(id) = &id {
        words.extend(page.labels_for(id).take(MOST_LABELS).map(text_of));
    }
    if let Some(wrapping) = element.enclosing(&["label"]) {
        words.push(text_of(wrapping));
    }
    if words.iter().all(|word| word.trim().is_empty()) {
        words.push(text_beside(facts, page, element));
    }
    let words = words.join(" ");
    let length = words.floor_char_boundary(LONGEST_LABEL.min(page.room.get()));
    page.room.set(page.room.get() - length);
    words[..length].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text right behind the input, up to the next input or the end of its row.
fn text_beside(facts: &Facts<'_>, page: &Page<'_>, element: Element<'_>) -> String {
    let view = facts.message.view(facts.message.bodies[page.body].view);
    let row = element.enclosing(&["tr", "li", "p", "div", "dd", "form", "body"]);
    let row_end = row.map_or(view.text().len(), |row| row.extent().end);
    let next = page.field_behind(element.span().start);
    let end = next.map_or(row_end, |next| next.min(row_end)).max(element.span().end);
    let prose = &facts.prose()[page.body];
    let range = prose.range_of(ViewSpan::new(element.span().end, end));
    let text = prose.text[range].split(BLOCK_BREAK).map(str::trim).find(|block| !block.is_empty()).unwrap_or("");
    text.chars().take(300).collect()
}

fn option_label(facts: &Facts<'_>, page: &Page<'_>, element: Element<'_>) -> String {
    let text = facts.message.view(facts.message.bodies[page.body].view).text();
    let span = ViewSpan::new(element.span().end, element.extent().end.max(element.span().end));
    let own = text[span.range()].split('<').next().unwrap_or("").trim().to_owned();
    let select = element.enclosing(&["select"]);
    let context = select.map(|select| label(facts, page, select));
    // "Yes" alone says nothing; the label of the list says to what.
    match context {
        Some(context) if !context.trim().is_empty() => format!("{own} | {context}"),
        _ => own,
    }
}

fn hidden_label(attributes: &[Attribute<'_>]) -> String {
    let value = |name: &str| {
        attributes.iter().find(|attribute| attribute.name == name).map_or("", |attribute| &*attribute.value)
    };
    format!("{} {}", value("name").replace(['_', '-', '[', ']', '.'], " "), value("value"))
}
