//! What a tag does, by the first word of its inside.

use super::Role;
use super::content::suggests_content;

/// Words that open a block in the statement engines (Liquid, Jinja, Twig, Nunjucks, Django, HubL).
const OPENERS: &[&str] = &[
    "apply",
    "autoescape",
    "blocktrans",
    "blocktranslate",
    "block",
    "cache",
    "call",
    "capture",
    "case",
    "each",
    "filter",
    "for",
    "foreach",
    "form",
    "if",
    "ifchanged",
    "ifequal",
    "ifnotequal",
    "ifversion",
    "javascript",
    "language",
    "macro",
    "paginate",
    "raw",
    "sandbox",
    "schema",
    "spaceless",
    "style",
    "stylesheet",
    "switch",
    "tablerow",
    "transchoice",
    "unless",
    "verbatim",
    "while",
    "asyncEach",
    "asyncAll",
    "with",
];
const MIDDLES: &[&str] = &["default", "else", "elseif", "elsif", "elif", "empty", "plural", "pluralize", "when"];
const CONTROLS: &[&str] = &[
    "abort_message",
    "assign",
    "break",
    "catalog_items",
    "connected_content",
    "continue",
    "debug",
    "decrement",
    "deprecated",
    "do",
    "flush",
    "from",
    "import",
    "increment",
    "liquid",
    "load",
    "metadata",
    "set",
    "use",
    "line",
];
const INCLUDES: &[&str] = &[
    "component",
    "content",
    "content_block",
    "embed",
    "extends",
    "global_partial",
    "include",
    "include_relative",
    "layout",
    "module",
    "partial",
    "parent",
    "render",
    "section",
    "sections",
    "slot",
    "snippet",
    "widget",
    "yield",
];

/// The letters, digits and underscores that `inner` begins with.
pub(super) fn first_word(inner: &str) -> &str {
    let end = inner.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(inner.len());
    inner.get(..end).unwrap_or_default()
}

/// A tag that leaves a value behind, or brings in content, by the name of the value.
pub(super) fn output(inner: &str) -> Role {
    if suggests_content(inner) || is_rich_text(inner) { Role::Include } else { Role::Output }
}

/// `{{ block.value|richtext }}`, `{{ intro | markdown }}`.
fn is_rich_text(inner: &str) -> bool {
    inner.split('|').skip(1).any(|filter| {
        let filter = first_word(filter.trim_start());
        filter.ends_with("richtext") || filter.starts_with("markdown")
    })
}

/// Between double braces or double brackets: Mustache, Handlebars, Go, Liquid, Jinja.
pub(super) fn mustache(inner: &str) -> Role {
    let inner = inner.trim_matches(|char: char| char.is_whitespace() || matches!(char, '-' | '~'));
    let mut chars = inner.chars();
    match chars.next() {
        Some('#') => Role::Open,
        Some('^') if chars.as_str().is_empty() => Role::Middle,
        Some('^') => Role::Open,
        Some('/') => Role::Close,
        Some('>') => Role::Include,
        Some('!') => Role::Comment,
        Some('=' | '*') => Role::Control,
        Some('$') if is_assignment(inner) => Role::Control,
        _ => mustache_word(inner),
    }
}

fn mustache_word(inner: &str) -> Role {
    let word = first_word(inner);
    let rest = inner.get(word.len()..).unwrap_or_default();
    let argument = rest.starts_with([' ', '\t', '\n', '\r', '(']) && !rest.trim_start().starts_with(['|', '?']);
    match word {
        "else" | "elseif" | "elsif" | "elif" if rest.is_empty() || argument => Role::Middle,
        "end" | "endif" | "endfor" | "endeach" | "endunless" if rest.is_empty() => Role::Close,
        "if" | "unless" | "range" | "with" | "define" | "each" | "for" | "foreach" | "switch" if argument => Role::Open,
        "break" | "continue" if rest.is_empty() => Role::Control,
        "template" | "partial" | "include" | "block" | "render" | "snippet" | "embed" | "component" if argument => {
            Role::Include
        }
        _ => output(inner),
    }
}

/// `$x := 1`, `$x = 1`, not `$x == 1`.
fn is_assignment(inner: &str) -> bool {
    inner.split_once('=').is_some_and(|(name, value)| {
        !value.starts_with(['=', '>'])
            && !name.ends_with(['!', '<', '>'])
            && name.trim_start_matches('$').chars().all(|char| char.is_alphanumeric() || "_ :,$".contains(char))
    })
}

/// Between `{%` and `%}`, trimmed. A word that nobody knows is a value, until its `end…` is found (`refine`).
pub(super) fn statement(inner: &str) -> Role {
    if inner.starts_with('#') {
        return Role::Comment;
    }
    let word = first_word(inner);
    match word {
        "comment" => Role::Comment,
        _ if MIDDLES.contains(&word) => Role::Middle,
        _ if word.starts_with("end") => Role::Close,
        "set" if !inner.contains('=') => Role::Open,
        "trans" if inner == "trans" => Role::Open,
        _ if INCLUDES.contains(&word) => Role::Include,
        _ if OPENERS.contains(&word) => Role::Open,
        _ if CONTROLS.contains(&word) || inner.contains(" as ") => Role::Control,
        _ => output(word),
    }
}

/// Between `<%` and `%>`: ERB, EJS, JSP, Adobe Campaign, SendGrid.
pub(super) fn erb(inner: &str) -> Role {
    let (mark, code) = match inner.chars().next() {
        Some(mark @ ('=' | '-' | '_' | '#' | '@' | ':' | '!')) => (mark, inner.get(1..).unwrap_or_default()),
        _ => (' ', inner),
    };
    let code = code.trim_matches(|char: char| char.is_whitespace() || matches!(char, '-' | '_'));
    let word = first_word(code);
    match mark {
        '#' => Role::Comment,
        '!' => Role::Control,
        '@' if word == "include" => Role::Include,
        '@' => Role::Control,
        '=' | ':' => of_value(code),
        _ if matches!(word, "include" | "yield" | "render" | "partial") => Role::Include,
        '-' if script(code) == Role::Control && !is_assignment(code) => of_value(code),
        // SendGrid: `<%asm_group_unsubscribe_url%>`, `<% %>`
        _ if inner == word || code.is_empty() => match script(code) {
            Role::Control => output(code),
            role => role,
        },
        _ => script(code),
    }
}

fn of_value(code: &str) -> Role {
    let word = first_word(code);
    if matches!(word, "yield" | "render" | "include" | "partial") || suggests_content(code) {
        return Role::Include;
    }
    if opens_ruby_block(code) { Role::Open } else { Role::Output }
}

fn opens_ruby_block(code: &str) -> bool {
    code.ends_with(" do")
        || (code.ends_with('|') && code.contains(" do |"))
        || (code.ends_with('|') && code.contains('{'))
}

/// A statement of Ruby, JavaScript or PHP.
fn script(code: &str) -> Role {
    let word = first_word(code);
    match word {
        "end" | "endif" | "endforeach" | "endfor" | "endwhile" | "endswitch" => return Role::Close,
        "else" | "elsif" | "elseif" | "when" | "rescue" | "ensure" | "case" if !code.starts_with("case ") => {
            return Role::Middle;
        }
        "if" | "unless" | "for" | "foreach" | "while" | "until" | "switch" | "begin" | "case"
            if !code.ends_with('}') && !code.ends_with(';') =>
        {
            return Role::Open;
        }
        _ => {}
    }
    if code.starts_with('}') {
        return if code.ends_with(['{', ':']) { Role::Middle } else { Role::Close };
    }
    if code.ends_with('{') || opens_ruby_block(code) {
        return Role::Open;
    }
    Role::Control
}

/// Between `<?php` and `?>`, trimmed.
pub(super) fn php(code: &str) -> Role {
    match first_word(code) {
        "echo" | "print" => output(code.trim_end_matches(';')),
        "include" | "include_once" | "require" | "require_once" => Role::Include,
        _ => match script(code) {
            Role::Close if code.ends_with(':') => Role::Middle,
            role => role,
        },
    }
}

/// Between `*|` and `|*`.
pub(super) fn mailchimp(inner: &str) -> Role {
    let upper = inner.to_ascii_uppercase();
    let (head, rest) = upper.split_once(':').unwrap_or((upper.as_str(), ""));
    match head {
        "IF" | "IFNOT" | "INTERESTED" | "FEEDBLOCK" | "FEEDITEMS" | "RSSITEMS" => Role::Open,
        "ELSE" | "ELSEIF" => Role::Middle,
        "END" => Role::Close,
        "MC" if !matches!(rest, "SUBJECT" | "DATE" | "TRANSLATE") => Role::Include,
        "FEED" | "RSSFEED" | "RSS" => Role::Include,
        "FEEDITEM" | "RSSITEM" if rest.starts_with("CONTENT") => Role::Include,
        "LIST" | "USER" | "HTML" | "UNSUB" => Role::Output,
        _ => output(rest.rsplit(':').next().filter(|last| !last.is_empty()).unwrap_or(head)),
    }
}

/// The statements of an AMPscript block; one block may open, another close.
pub(super) fn ampscript(inner: &str) -> Role {
    let inner = inner.trim().trim_end_matches(';');
    let first = first_word(inner).to_ascii_lowercase();
    let last = inner.rsplit(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
    let goes_on = matches!(last.as_str(), "then" | "do" | "else");
    match first.as_str() {
        "else" | "elseif" if goes_on => Role::Middle,
        "endif" | "next" if goes_on => Role::Middle,
        "endif" | "next" => Role::Close,
        _ if goes_on => Role::Open,
        _ => Role::Control,
    }
}
