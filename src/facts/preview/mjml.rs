//! MJML, laid out roughly: sections below one another, columns side by side. It is not compiled.

use super::css;
use crate::message::html::Element;

/// The element of HTML that an element of MJML is shown as, and how it looks by default (MJML 4).
pub(super) fn shown(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "mj-body" | "mj-container" => ("div", ""),
        "mj-section" | "mj-group" | "mj-navbar" | "mj-social" => {
            ("div", "max-width:600px;margin:0 auto;display:flex;flex-wrap:wrap;")
        }
        "mj-wrapper" | "mj-hero" | "mj-carousel" | "mj-accordion" => ("div", "max-width:600px;margin:0 auto;"),
        "mj-column" => ("div", "flex:1 1 180px;"),
        "mj-text" | "mj-list" | "mj-accordion-title" | "mj-accordion-text" => {
            ("div", "font-family:Ubuntu, Helvetica, Arial, sans-serif;font-size:13px;padding:10px 25px;")
        }
        "mj-button" => (
            "div",
            "background:#414141;color:#ffffff;font-size:13px;padding:10px 25px;margin:10px auto;width:max-content;\
             max-width:80%;border-radius:3px;text-align:center;",
        ),
        "mj-table" => ("table", "font-size:13px;padding:10px 25px;width:100%;"),
        "mj-divider" => ("hr", "margin:10px 25px;"),
        "mj-spacer" => ("div", ""),
        "mj-navbar-link" | "mj-link" | "mj-social-element" => ("a", "padding:5px 10px;font-size:13px;"),
        _ => return None,
    })
}

/// Attributes of MJML that are declarations of CSS under the same name.
const SPOKEN: &[&str] = &[
    "background-color",
    "border",
    "border-radius",
    "color",
    "direction",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "line-height",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-decoration",
    "text-transform",
];

/// What an element looks like, as a style.
pub(super) fn attributes(element: Element<'_>) -> Vec<(&'static str, String)> {
    let (_, default) = shown(element.name()).unwrap_or_default();
    let mut style = default.to_owned();
    for attribute in element.attributes() {
        let name = match &*attribute.name {
            "align" => "text-align",
            "height" if element.name() == "mj-spacer" => "height",
            "container-background-color" => "background-color",
            name => match SPOKEN.binary_search(&name) {
                Ok(at) => SPOKEN[at],
                Err(_) => continue,
            },
        };
        style.push_str(&css::declarations(&format!("{name}:{}", attribute.value)));
    }
    vec![("style", style)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(SPOKEN.is_sorted());
    }
}
