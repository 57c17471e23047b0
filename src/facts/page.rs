//! Whether an HTML file is a page with a form on a website, no mail.

use super::{Facts, LinkKind, OptOutWay};
use crate::message::html::Element;

/// What a form of HTML says about where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Control {
    /// A choice, a password, a long text: nobody puts these in a mail.
    OfPage,
    /// A field for an address, as a mail may have one beside its articles.
    Address,
}

impl Facts<'_> {
    /// A page with a form to fill in: a sign-up page, an order, preferences; no mail.
    pub fn is_signup_page(&self) -> bool {
        if self.message.is_mail() {
            return false;
        }
        let pages = self.html_bodies().filter(|(_, _, document)| !document.is_mjml());
        let elements = pages.flat_map(|(_, _, document)| document.elements());
        let mut asks_for_address = false;
        for control in elements.filter_map(control) {
            match control {
                Control::OfPage => return true,
                Control::Address => asks_for_address = true,
            }
        }
        asks_for_address && !self.has_way_out_of_mail()
    }

    /// A link or a tag to unsubscribe, as mails have it.
    fn has_way_out_of_mail(&self) -> bool {
        self.optouts().iter().any(|optout| match optout.link.map(|link| self.links()[link].kind) {
            Some(kind) => kind != LinkKind::Form && optout.way != OptOutWay::Gated,
            None => optout.way == OptOutWay::Tag,
        })
    }
}

fn control(element: Element<'_>) -> Option<Control> {
    let says = |name: &str, values: &[&str]| {
        element
            .attribute(name)
            .is_some_and(|attribute| values.iter().any(|value| attribute.value.trim().eq_ignore_ascii_case(value)))
    };
    // Without a form around them boxes and buttons open the menus of interactive mails.
    let in_form = || element.ancestors().any(|ancestor| ancestor.name() == "form");
    match element.name() {
        "input" if says("type", &["password"]) => Some(Control::OfPage),
        "input" if says("type", &["checkbox", "radio"]) => in_form().then_some(Control::OfPage),
        "select" | "textarea" => in_form().then_some(Control::OfPage),
        "input" if says("type", &["email"]) || says("name", &["email", "e-mail", "mail", "username"]) => {
            Some(Control::Address)
        }
        _ => None,
    }
}
