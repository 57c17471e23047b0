//! What a tag opens or closes, by the rules of its engine. What is not known for sure opens nothing; what might close, closes.

use super::Open;
use crate::message::tags::Role;
use crate::source::ViewSpan;
use std::collections::HashMap;

/// What a tag does to the blocks around it.
pub(super) enum Move {
    /// It opens a block of this name, which ends like this.
    Open { key: String, closer: String },
    /// It closes the innermost block of this name; of any name where it says none.
    Close(Option<String>),
}

/// The blocks that are open.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<(ViewSpan, String, String)>,
    counts: HashMap<String, usize>,
    left: Vec<Open>,
}

impl Stack {
    pub(super) fn open(&mut self, span: ViewSpan, key: String, closer: String) {
        *self.counts.entry(key.clone()).or_default() += 1;
        self.open.push((span, key, closer));
    }

    /// Closes the innermost block called `key`; those inside it were left open. A close without an open changes nothing.
    pub(super) fn close(&mut self, span: ViewSpan, key: Option<&str>) {
        let at = match key {
            Some(key) if self.counts.get(key).is_none_or(|count| *count == 0) => None,
            Some(key) => self.open.iter().rposition(|(_, open, _)| open == key),
            None => self.open.len().checked_sub(1),
        };
        let Some(at) = at else { return };
        let closed = self.open.split_off(at);
        for (_, key, _) in &closed {
            if let Some(count) = self.counts.get_mut(key) {
                *count -= 1;
            }
        }
        let inside = closed.into_iter().skip(1);
        self.left.extend(inside.map(|(open, _, closer)| Open { span: open, closer, interrupted: Some(span) }));
    }

    pub(super) fn finish(self) -> Vec<Open> {
        let mut left = self.left;
        left.extend(self.open.into_iter().map(|(span, _, closer)| Open { span, closer, interrupted: None }));
        left
    }
}

fn opens(key: &str, closer: impl Into<String>) -> Vec<Move> {
    vec![Move::Open { key: key.to_owned(), closer: closer.into() }]
}

fn closes(key: &str) -> Vec<Move> {
    vec![Move::Close((!key.is_empty()).then(|| key.to_owned()))]
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// Statements that every engine which has them wants closed.
const STATEMENTS: [&str; 19] = [
    "autoescape",
    "blocktrans",
    "blocktranslate",
    "capture",
    "case",
    "for",
    "foreach",
    "if",
    "ifchanged",
    "ifequal",
    "ifnotequal",
    "macro",
    "raw",
    "spaceless",
    "tablerow",
    "unless",
    "verbatim",
    "while",
    "with",
];

/// `{% if %} … {% endif %}`: Liquid, Jinja, Twig, Django, Nunjucks.
pub(super) fn statement(written: &str, inner: &str, role: Role) -> Vec<Move> {
    let inner = inner.trim_start_matches('+').trim();
    let name = word(inner);
    if role == Role::Comment {
        let whole = written.len() - inner.len() > "{%comment%}".len() || written.contains("endcomment");
        return if name == "comment" && !whole { opens("comment", "{% endcomment %}") } else { Vec::new() };
    }
    if let Some(key) = name.strip_prefix("end") {
        return closes(key.trim_start_matches('_'));
    }
    // `{% block title 'short' %}` of Twig has no end.
    let block = name == "block" && inner.split_whitespace().count() == 2 && matches!(role, Role::Open | Role::Include);
    if STATEMENTS.contains(&name) && role != Role::Middle || block {
        return opens(name, format!("{{% end{name} %}}"));
    }
    Vec::new()
}

/// Sections of Handlebars that are closed everywhere; other names only where the template closes sections at all.
const SECTIONS: [&str; 4] = ["if", "unless", "each", "with"];

/// Actions of Go's templates, and the words that others write without a mark.
const ACTIONS: [&str; 9] = ["if", "range", "with", "define", "block", "unless", "each", "for", "foreach"];

/// How a template ends its blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends {
    /// `{{end}}`, as Go's templates do.
    word: bool,
    /// `{{/if}}`, as Handlebars and Magento do.
    slash: bool,
}

impl Ends {
    /// By what stands between the braces of all its tags.
    pub(super) fn of<'t>(inner: impl Iterator<Item = &'t str>) -> Self {
        inner.fold(Self { word: false, slash: false }, |ends, inner| {
            let inner = inner.trim();
            let word = ends.word || ENDS.contains(&word(inner)) || is_go(inner);
            Self { word, slash: ends.slash || inner.starts_with('/') }
        })
    }
}

/// `range .Posts`, `if $first`: of a template of Go, which ends it with a word, even if that is missing everywhere.
fn is_go(inner: &str) -> bool {
    let rest = inner.strip_prefix(word(inner)).filter(|_| matches!(word(inner), "range" | "with" | "if"));
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']) && rest.trim_start().starts_with(['.', '$']))
}

/// What ends an action.
const ENDS: [&str; 8] = ["end", "endif", "endfor", "endeach", "endunless", "endforeach", "endrange", "endwith"];

/// `{{#if}} … {{/if}}`, `{{range}} … {{end}}`, `{{if}} … {{/if}}`.
pub(super) fn mustache(written: &str, inner: &str, ends: Ends) -> Vec<Move> {
    let inner = inner.trim();
    if let Some(name) = written.strip_prefix("{{{{") {
        let raw = name.trim_end_matches('}').trim();
        return match raw.strip_prefix('/') {
            Some(name) => closes(&format!("#{}", name.trim())),
            None => opens(&format!("#{}", word(raw)), format!("{{{{{{{{/{}}}}}}}}}", word(raw))),
        };
    }
    if let Some(rest) = inner.strip_prefix('/') {
        let name = rest.trim();
        return closes(&if name.is_empty() { String::new() } else { format!("#{}", section(name)) });
    }
    if let Some(rest) = inner.strip_prefix(['#', '^']) {
        let name = section(rest.trim_start_matches(['*', '>']).trim_start());
        let known = SECTIONS.contains(&name);
        let section = !name.is_empty() && !name.starts_with("else") && (known || ends.word || ends.slash);
        return if section { opens(&format!("#{name}"), format!("{{{{/{name}}}}}")) } else { Vec::new() };
    }
    let name = word(inner);
    let rest = &inner[name.len()..];
    if ENDS.contains(&name) {
        return closes("#bare");
    }
    // `{{ if(a, b, c) }}` is a function of its own, `{{ with.value }}` a value.
    let argument = rest.starts_with(char::is_whitespace) && !rest.trim_start().starts_with(['|', '=', '?', ':']);
    match ends {
        _ if !ACTIONS.contains(&name) || !argument => Vec::new(),
        Ends { word: true, slash: false } => opens("#bare", "{{end}}"),
        Ends { word: false, slash: true } => opens(&format!("#{name}"), format!("{{{{/{name}}}}}")),
        _ => Vec::new(),
    }
}

/// The name of a section: up to a blank or an argument.
fn section(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | '|' | '}' | '=')).unwrap_or(text.len());
    &text[..end]
}

/// `*|IF:X|* … *|END:IF|*`.
pub(super) fn mailchimp(inner: &str) -> Vec<Move> {
    let upper = inner.trim().to_ascii_uppercase();
    let (head, rest) = upper.split_once(':').unwrap_or((&upper, ""));
    match head {
        "IF" | "IFNOT" => opens("IF", "*|END:IF|*"),
        "INTERESTED" | "FEEDBLOCK" | "FEEDITEMS" | "RSSITEMS" => opens(head, format!("*|END:{head}|*")),
        "END" if rest.trim() == "IFNOT" => closes("IF"),
        "END" => closes(rest.trim()),
        "ENDIF" => closes("IF"),
        _ => Vec::new(),
    }
}

/// Directives that stand without delimiters: Blade, FreeMarker, Velocity. PHP and Razor mix with code that is not read here.
pub(super) fn code(written: &str, role: Role) -> Vec<Move> {
    if matches!(role, Role::Comment | Role::Middle) {
        return Vec::new();
    }
    if let Some(rest) = written.strip_prefix("</#") {
        return closes(&format!("<#{}", word(rest)));
    }
    if let Some(rest) = written.strip_prefix("<#") {
        let name = word(rest);
        let closed =
            matches!(name, "if" | "list" | "switch" | "macro" | "function" | "attempt") && !rest.ends_with("/>");
        return if closed { opens(&format!("<#{name}"), format!("</#{name}>")) } else { Vec::new() };
    }
    if let Some(rest) = written.strip_prefix('#') {
        let name = word(rest.trim_start_matches('{'));
        return match name {
            "if" | "foreach" | "macro" | "define" => opens("#end", "#end"),
            "end" => closes("#end"),
            _ => Vec::new(),
        };
    }
    let Some(rest) = written.strip_prefix('@') else { return Vec::new() };
    let name = word(rest);
    if let Some(key) = name.strip_prefix("end") {
        return closes(&format!("@{key}"));
    }
    let closed = matches!(name, "if" | "unless" | "for" | "foreach" | "forelse" | "while" | "switch" | "isset");
    // `@foreach (…) {` is Razor's
    if closed && role == Role::Open && rest.contains('(') && !rest.ends_with('{') {
        return opens(&format!("@{name}"), format!("@end{name}"));
    }
    Vec::new()
}
