//! What the elements of MJML mean: which lead somewhere, and where; which only set defaults; what others bring in.

use crate::message::html::{Attribute, Element};

/// A longer `base-url` is none: it would be written before each link.
const LONGEST_BASE: usize = 2_000;

/// Elements that become links by an `href`.
const LINKING: &[&str] =
    &["mj-button", "mj-carousel-image", "mj-image", "mj-link", "mj-navbar-link", "mj-social-element"];

/// Networks for which `<mj-social-element>` makes a link that shares its `href` there, and how (MJML 4, mjml-social).
const SHARES: &[(&str, &str)] = &[
    ("facebook", "https://www.facebook.com/sharer/sharer.php?u="),
    ("google", "https://plus.google.com/share?url="),
    ("linkedin", "https://www.linkedin.com/shareArticle?mini=true&url="),
    ("pinterest", "https://pinterest.com/pin/create/button/?url="),
    ("tumblr", "https://www.tumblr.com/widgets/share/tool?canonicalUrl="),
    ("twitter", "https://twitter.com/intent/tweet?url="),
    ("x", "https://twitter.com/intent/tweet?url="),
    ("xing", "https://www.xing.com/app/user?op=share&url="),
];

/// Whether an element called `name` is a link where it has an `href`.
pub(super) fn may_link(name: &str) -> bool {
    LINKING.contains(&name)
}

/// The `href` of an element of MJML that is a link.
pub(super) fn href(element: Element<'_>) -> Option<Attribute<'_>> {
    if !may_link(element.name()) {
        return None;
    }
    element.attribute("href").filter(|href| !href.value.trim().is_empty())
}

/// The element stands in `<mj-attributes>`: it says how others look, and is nothing itself.
pub(super) fn is_default(element: Element<'_>) -> bool {
    element.enclosing(&["mj-attributes"]).is_some()
}

/// Where the `href` of an element leads: for a network's button to its page for sharing, for a link of a navigation bar below the bar's `base-url`.
pub(super) fn resolved(element: Element<'_>, href: String) -> String {
    let value = |element: Element<'_>, name: &str| element.attribute(name).map(|value| value.value.trim().to_owned());
    match element.name() {
        "mj-social-element" if !href.is_empty() => {
            let network = value(element, "name").unwrap_or_default();
            let share = SHARES.iter().find(|(name, _)| network.eq_ignore_ascii_case(name));
            share.map_or(href.clone(), |(_, share)| format!("{share}{href}"))
        }
        "mj-navbar-link" | "mj-link" => {
            let bar = element.enclosing(&["mj-navbar", "mj-inline-links"]);
            let base = bar.and_then(|bar| bar.short_attribute("base-url", LONGEST_BASE));
            base.map_or(href.clone(), |base| format!("{}{href}", base.value.trim()))
        }
        _ => href,
    }
}
