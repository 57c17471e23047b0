//! What a template brings in from other files: the names that its includes and partials give.

use super::tags::{self, Role, Tag};
use super::{Given, parse};
use std::collections::HashMap;
use std::sync::Arc;

/// Most parts of a path that are compared.
const DEEPEST: usize = 16;

/// First words of tags that bring in a file. Not `extends` and `layout`: those name what surrounds the template.
const WORDS: &[&str] = &[
    "component",
    "embed",
    "include",
    "include_once",
    "includeif",
    "partial",
    "parse",
    "render",
    "require",
    "require_once",
    "snippet",
    "template",
];

/// The names that `text`, the content of the file called `name`, includes, as written: `partials/footer`, `./footer.mjml`. Found by
/// a scan for merge tags alone, no tree is built.
pub fn included(name: &str, text: &str) -> Vec<String> {
    let tags = tags::scan(text, true, &parse::dialect(name, &Given::default()));
    // Blade writes `emails.footer` for `emails/footer.blade.php`
    let dotted = name.ends_with(".blade.php");
    let written = |name: &str| if dotted { name.replace('.', "/") } else { name.to_owned() };
    let mut names: Vec<String> = tags.iter().filter_map(|tag| in_tag(text, tag)).map(written).collect();
    names.extend(in_mjml(text).map(str::to_owned));
    names
}

fn in_tag<'t>(text: &'t str, tag: &Tag) -> Option<&'t str> {
    if matches!(tag.role, Role::Comment | Role::Close | Role::Middle) {
        return None;
    }
    let inner = text.get(tag.inner.range())?;
    let code = inner.trim_start_matches(|c: char| c.is_whitespace() || "-~=_@:#$!+".contains(c));
    // Handlebars and Mustache: `{{> footer}}`, `{{#> card}}`
    if let Some(partial) = code.strip_prefix('>') {
        let partial = partial.trim_start().trim_start_matches(['"', '\'']);
        return named(partial.split(|c: char| c.is_whitespace() || "\"'}~(".contains(c)).next()?);
    }
    let word = code.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
    // Razor: `@Html.Partial("_Footer")`, `@await Html.PartialAsync("_Footer")`
    let razor = code.contains("Html.Partial") || code.contains("Html.RenderPartial");
    if !razor && !WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
        return None;
    }
    quoted(code)
}

/// The first string of some code.
fn quoted(code: &str) -> Option<&str> {
    let start = code.find(['"', '\''])?;
    let quote = code.get(start..)?.chars().next()?;
    named(code.get(start + 1..)?.split(quote).next()?)
}

/// `<mj-include path="./footer.mjml" />`.
fn in_mjml(text: &str) -> impl Iterator<Item = &str> {
    text.split("<mj-include").skip(1).filter_map(|rest| {
        let tag = rest.split('>').next()?;
        quoted(tag.split_once("path")?.1)
    })
}

fn named(name: &str) -> Option<&str> {
    Some(name.trim()).filter(|name| !name.is_empty() && name.len() < 300)
}

/// Which files of a run others include.
#[derive(Debug, Default)]
pub struct Pieces {
    /// Who includes a name, by the name without extensions and without the `_` of a partial.
    names: HashMap<String, Includers>,
    /// The same for the ends of longer names: a run may have begun in a folder that the name goes through.
    ends: HashMap<String, Includers>,
}

/// The first two files that include a name: one of them is another than the file that the name means.
type Includers = Vec<Arc<str>>;

impl Pieces {
    /// Notes that the file called `includer` includes `name`.
    pub fn add(&mut self, includer: &Arc<str>, name: &str) {
        let parts = parts(name);
        for start in 0..parts.len() {
            let Some(end) = parts.get(start..) else { continue };
            let map = if start == 0 { &mut self.names } else { &mut self.ends };
            let includers = map.entry(end.join("/")).or_default();
            if includers.len() < 2 && !includers.contains(includer) {
                includers.push(Arc::clone(includer));
            }
        }
    }

    /// Another file that includes the one called `file`: by a name whose parts are those of its path from the end, as far as both have them.
    pub fn of(&self, file: &str) -> Option<&Arc<str>> {
        let parts = parts(file);
        let ends = (0..parts.len()).filter_map(|start| self.names.get(&parts.get(start..)?.join("/")));
        let found = ends.chain(self.ends.get(&parts.join("/")));
        found.flatten().find(|includer| ***includer != *file)
    }
}

/// The parts of a path, the last without extensions and without the `_` of a partial.
fn parts(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if let Some(last) = parts.last_mut() {
        let name = last.strip_prefix('_').unwrap_or(last);
        *last = name.split('.').next().unwrap_or(name);
    }
    // longer paths are nobody's; their ends do
    parts.split_off(parts.len().saturating_sub(DEEPEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn includes_of_every_engine_are_named() {
        for (file, text, names) in [
            (
                "a.liquid",
                r#"{% include "partials/header" %} {% render 'footer', x: 1 %}"#,
                &["partials/header", "footer"][..],
            ),
            ("a.html", r#"{%- include 'header.html' -%}{# include "no" #}{% extends "base" %}"#, &["header.html"]),
            (
                "a.hbs",
                "{{> footer}}{{> shared/header title='x'}}{{#> card}}x{{/card}}",
                &["footer", "shared/header", "card"],
            ),
            (
                "a.html.erb",
                r#"<%= render 'header' %><%= render partial: "shared/footer" %>"#,
                &["header", "shared/footer"],
            ),
            ("a.ejs", "<%- include('header') %><%- include(name) %>", &["header"]),
            ("a.blade.php", "@include('emails.footer')", &["emails/footer"]),
            ("a.cshtml", r#"@Html.Partial("_Footer")"#, &["_Footer"]),
            ("a.gohtml", r#"{{template "footer" .}}{{ .Name }}"#, &["footer"]),
            ("a.vm", "#parse(\"footer.vm\")", &["footer.vm"]),
            ("a.ftl", r#"<#include "footer.ftl">"#, &["footer.ftl"]),
            (
                "a.mjml",
                r#"<mjml><mj-include path="./footer.mjml" /><mj-include path='b.css' type="css"/>"#,
                &["./footer.mjml", "b.css"],
            ),
            ("a.html", "<p>{{ name }} include 'x' \"y\"</p>", &[]),
        ] {
            assert_eq!(included(file, text), names, "{file}: {text}");
        }
    }

    #[test]
    fn an_include_means_the_files_that_end_like_it() {
        for (name, file, expected) in [
            ("footer", "templates/partials/_footer.html.erb", true),
            ("shared/footer", "mails/shared/_footer.liquid", true),
            ("shared/footer", "footer.liquid", true),
            ("shared/footer", "archive/footer.liquid", false),
            ("./footer.mjml", "a/footer.mjml", true),
            ("footer", "footer-2.html", false),
            ("footer", "main.html", false),
            ("", "footer.html", false),
            ("..", "footer.html", false),
        ] {
            let mut pieces = Pieces::default();
            pieces.add(&"main.html".into(), name);
            assert_eq!(pieces.of(file).is_some(), expected, "{name} {file}");
        }
    }

    #[test]
    fn a_file_that_includes_its_namesake_is_no_piece_of_itself() {
        let mut pieces = Pieces::default();
        pieces.add(&"footer.html".into(), "footer");
        assert_eq!(pieces.of("footer.html"), None);
        pieces.add(&"main.html".into(), "footer");
        assert_eq!(pieces.of("footer.html").map(|by| &**by), Some("main.html"));
    }
}
