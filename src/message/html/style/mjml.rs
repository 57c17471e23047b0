//! What the elements of MJML look like: their own attributes, the defaults of `<mj-attributes>`, and those of MJML itself.

use super::super::Document;
use super::MOST_CLASSES;
use super::declaration::{Declared, declarations};
use scraper::node::Element as Markup;
use std::collections::HashMap;

/// Attributes that are written like the declarations that they become.
const SPOKEN: &[&str] = &["color", "background-color", "font-size", "width", "height"];

/// What MJML says where nobody else does, as far as it is not what browsers do (MJML 4).
fn own_default(name: &str) -> &'static str {
    match name {
        "mj-text" => "color:#000000;font-size:13px",
        "mj-button" => "color:#ffffff;background-color:#414141;font-size:13px",
        "mj-table" | "mj-social-element" | "mj-navbar-link" => "color:#000000;font-size:13px",
        "mj-accordion-title" | "mj-accordion-text" => "font-size:13px",
        // It becomes a hidden block at the head of the body.
        "mj-preview" => "display:none",
        _ => "",
    }
}

/// The defaults that a document gives to the elements of MJML; none for a document that is HTML.
#[derive(Default)]
pub(super) struct Defaults {
    is_mjml: bool,
    tagged: bool,
    all: Vec<Declared>,
    by_name: HashMap<String, Vec<Declared>>,
    by_class: HashMap<String, Vec<Declared>>,
}

impl Defaults {
    /// Reads the `<mj-attributes>` of `document`.
    pub fn of(document: &Document, tagged: bool) -> Self {
        let mut defaults = Self { is_mjml: document.is_mjml(), tagged, ..Self::default() };
        if !defaults.is_mjml {
            return defaults;
        }
        let elements = document.html.tree.nodes().filter_map(|node| {
            let parent = node.parent()?.value().as_element()?;
            node.value().as_element().filter(|_| parent.name() == "mj-attributes")
        });
        for element in elements {
            let said = declarations(&spoken(element), tagged);
            match element.name() {
                "mj-all" => add(&mut defaults.all, said),
                "mj-class" => {
                    let name = element.attrs().find(|(name, _)| *name == "name").map_or("", |(_, name)| name.trim());
                    add(defaults.by_class.entry(name.to_owned()).or_default(), said);
                }
                name => add(defaults.by_name.entry(name.to_owned()).or_default(), said),
            }
        }
        defaults
    }

    /// What `element` looks like by its attributes and the defaults, the weakest first; nothing for HTML.
    pub fn declared(&self, element: &Markup) -> Vec<Declared> {
        let name = element.name();
        if !self.is_mjml || !name.starts_with("mj-") {
            return Vec::new();
        }
        let mut declared = declarations(own_default(name), false);
        declared.extend(&self.all);
        declared.extend(self.by_name.get(name).into_iter().flatten());
        let classes = element.attrs().find(|(name, _)| *name == "mj-class").map_or("", |(_, classes)| classes);
        for class in classes.split_ascii_whitespace().take(MOST_CLASSES) {
            declared.extend(self.by_class.get(class).into_iter().flatten());
        }
        declared.extend(declarations(&spoken(element), self.tagged));
        declared
    }
}

/// Adds declarations to others that they override; of each kind one is kept.
fn add(declared: &mut Vec<Declared>, said: Vec<Declared>) {
    let kind = |declared: &Declared| (std::mem::discriminant(&declared.0), declared.1);
    for new in said {
        declared.retain(|old| kind(old) != kind(&new));
        declared.push(new);
    }
}

/// The attributes of `element` as CSS.
fn spoken(element: &Markup) -> String {
    let mut css = String::new();
    for (name, value) in element.attrs() {
        // What would end a declaration is none of these values.
        if value.contains([';', '{', '}']) {
            continue;
        }
        let is_number = |value: &str| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        match name {
            "background-url" if !value.trim().is_empty() => css.push_str("background-image:url(x);"),
            "container-background-color" => css.push_str(&format!("background-color:{value};")),
            "width" | "height" if is_number(value.trim()) => css.push_str(&format!("{name}:{}px;", value.trim())),
            _ if SPOKEN.contains(&name) => css.push_str(&format!("{name}:{value};")),
            _ => {}
        }
    }
    css
}
