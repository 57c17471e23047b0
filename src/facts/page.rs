//! Whether an HTML file is a page with a form on a website, no mail.

use super::{ChoiceKind, Cover, Facts, LinkKind, OptOutWay, Stance};
use crate::message::html::{Document, Element};

/// What a control says about where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    /// A password: no mail asks for one.
    Password,
    /// A choice, a long text, a field for an address: mostly of a page, though a mail may have one beside its articles.
    Other,
}

impl Facts<'_> {
    /// A page with a form to fill in, or to confirm something with: a sign-up page, an order, preferences; no mail.
    pub fn is_signup_page(&self) -> bool {
        !self.message.is_mail()
            && *self.signup_page.get_or_init(|| self.guards_against_forgery() || self.asks_to_fill_in())
    }

    /// A form that proves that it was shown by the site itself, which no mail can.
    fn guards_against_forgery(&self) -> bool {
        self.settings.purpose.is_none()
            && self.html_bodies().any(|(_, body, document)| {
                let text = self.message.view(body.view).text();
                let tags =
                    body.tags.iter().map(|tag| tag.span.range()).filter(|tag| is_forgery_token(&text[tag.clone()]));
                let is_token =
                    |element: &Element<'_>| element.attribute("name").is_some_and(|name| is_forgery_field(&name.value));
                let fields = document.named(&["input"]).filter(is_token);
                let mut tokens = tags.chain(fields.map(|field| field.span().range())).peekable();
                if tokens.peek().is_none() {
                    return false;
                }
                let forms = document.named(&["form"]);
                let forms = Cover::of(forms.map(|form| form.extent().range()));
                tokens.any(|token| forms.holds(&token))
            })
    }

    fn asks_to_fill_in(&self) -> bool {
        // each has a form around it, or is an `<input>`
        let may_ask = |document: &Document| !document.is_mjml() && document.may_have(&["form", "input"]);
        let pages = self.html_bodies().filter(|(_, _, document)| may_ask(document));
        let elements = pages.flat_map(|(_, _, document)| document.elements());
        let mut asks = false;
        for control in elements.filter_map(control) {
            match control {
                Control::Password => return true,
                Control::Other => asks = true,
            }
        }
        (asks || self.asks_for_consent()) && !self.has_way_out_of_mail()
    }

    /// A choice about mailings, in a form or in a part of one.
    fn asks_for_consent(&self) -> bool {
        let choices =
            self.forms().iter().flat_map(|form| &form.choices).filter(|choice| choice.kind != ChoiceKind::Hidden);
        !self.html_bodies().any(|(_, _, document)| document.is_mjml())
            && choices.into_iter().any(|choice| matches!(choice.stance, Stance::Consents | Stance::Refuses))
    }

    /// A link to unsubscribe, as mails have it.
    fn has_way_out_of_mail(&self) -> bool {
        let links = self.optouts().iter().filter(|optout| matches!(optout.way, OptOutWay::Web | OptOutWay::Mail));
        let mut kinds = links.filter_map(|optout| Some(self.links()[optout.link?].kind));
        kinds.any(|kind| kind != LinkKind::Form)
    }
}

/// `{% csrf_token %}`, `@csrf`, `{{ csrf_field() }}`, `<%= hidden_field_tag :authenticity_token %>`.
fn is_forgery_token(tag: &str) -> bool {
    let lower = tag.to_ascii_lowercase();
    ["csrf", "authenticity_token", "antiforgery", "requestverificationtoken"].iter().any(|word| lower.contains(word))
}

/// The hidden field that such a tag becomes.
fn is_forgery_field(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    matches!(name.as_str(), "authenticity_token" | "__requestverificationtoken") || name.contains("csrf")
}

fn control(element: Element<'_>) -> Option<Control> {
    let says = |name: &str, values: &[&str]| {
        element
            .attribute(name)
            .is_some_and(|attribute| values.iter().any(|value| attribute.value.trim().eq_ignore_ascii_case(value)))
    };
    // Without a form around them boxes and buttons open the menus of interactive mails.
    let in_form = || element.enclosing(&["form"]).is_some();
    match element.name() {
        "input" if says("type", &["password"]) => Some(Control::Password),
        "input" if says("type", &["checkbox", "radio"]) => in_form().then_some(Control::Other),
        "select" | "textarea" => in_form().then_some(Control::Other),
        // A field of the site's own: `<brand-checkbox>`.
        name if name.contains('-') => in_form().then_some(Control::Other),
        "input" if says("type", &["email"]) || says("name", &["email", "e-mail", "mail", "username"]) => {
            Some(Control::Other)
        }
        _ => None,
    }
}
