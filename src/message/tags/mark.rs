//! Tags between other marks: `<% %>`, `<?php ?>`, `*| |*`, `%% %%`, `[[ ]]`, `${ }`.

use super::find::{Reach, Rule};
use super::role;
use super::scan::{Found, Scanner};
use super::{Role, Syntax};

const fn rule(open: &'static str, close: &'static str, reach: Reach, limit: usize) -> Rule {
    Rule { open, close, quotes: false, braces: false, reach, limit }
}

const fn quoted(open: &'static str, close: &'static str, reach: Reach, limit: usize) -> Rule {
    Rule { open, close, quotes: true, braces: false, reach, limit }
}

// ERB and EJS end at the first `%>`, even in a string.
const ERB: Rule = rule("<%", "%>", Reach::Text, 100_000);
const ERB_COMMENT: Rule = rule("<%--", "--%>", Reach::Text, 100_000);
const ESCAPED_ERB: Rule = rule("&lt;%", "%&gt;", Reach::Paragraph, 4_000);
const PHP: Rule = quoted("<?php", "?>", Reach::Text, 100_000);
const PHP_ECHO: Rule = quoted("<?=", "?>", Reach::Paragraph, 4_000);
const MAILCHIMP: Rule = rule("*|", "|*", Reach::Line, 1_000);
const AMPSCRIPT_BLOCK: Rule = quoted("%%[", "]%%", Reach::Text, 200_000);
const AMPSCRIPT_INLINE: Rule = quoted("%%=", "=%%", Reach::Paragraph, 8_000);
const PERCENT: Rule = rule("%%", "%%", Reach::Line, 100);
const BRACKET: Rule = quoted("[[", "]]", Reach::Line, 300);
const DOLLAR: Rule = Rule { open: "${", close: "}", quotes: true, braces: true, reach: Reach::Paragraph, limit: 1_000 };

impl Scanner<'_> {
    /// `<% %>`, `<?php ?>`, also as entities.
    pub(super) fn angle(&mut self, at: usize) -> Option<Found> {
        let raw = self.in_raw(at);
        if self.starts(at, "<?php") {
            let found = self.whole(&PHP, at, Syntax::Code)?;
            let role = role::php(self.slice(found.inner.0, found.inner.1).trim());
            return Some(found.with(role));
        }
        if self.starts(at, "<?=") {
            let found = self.whole(&PHP_ECHO, at, Syntax::Code)?;
            let role = role::output(self.slice(found.inner.0, found.inner.1));
            return Some(found.with(role));
        }
        if self.starts(at, "<%%") {
            return None; // a literal `<%` in ERB and EJS
        }
        if let Some(found) = self.whole(&ERB_COMMENT, at, Syntax::Erb) {
            return Some(found.with(Role::Comment));
        }
        let mut found = self.whole(&ERB, at, Syntax::Erb);
        if found.is_none() && !raw {
            found = self.whole(&ESCAPED_ERB, at, Syntax::Erb);
        }
        let found = found?;
        let (start, end) = found.inner;
        let inner = self.slice(start, end);
        let role = role::erb(inner);
        let marks = inner.len() - inner.trim_start_matches(['=', '-', '_', '#', ':']).len();
        let trailing = usize::from(inner.len() > marks && inner.ends_with('_'));
        Some(Found { inner: (start + marks, end - trailing), role, ..found })
    }

    pub(super) fn mailchimp(&mut self, at: usize) -> Option<Found> {
        let found = self.whole(&MAILCHIMP, at, Syntax::Mailchimp)?;
        let inner = self.slice(found.inner.0, found.inner.1);
        let named = inner.starts_with(|first: char| first.is_alphanumeric() || first == '_');
        if !named || inner.ends_with(char::is_whitespace) {
            return None;
        }
        let css = self.before(at) == Some(b'/') || self.bytes.get(found.end) == Some(&b'/');
        if self.in_raw(at) && (css || inner.contains([';', '{', '}'])) {
            return None;
        }
        let role = role::mailchimp(inner);
        Some(found.with(role))
    }

    pub(super) fn percent(&mut self, at: usize) -> Option<Found> {
        if let Some(found) = self.whole(&AMPSCRIPT_INLINE, at, Syntax::Percent) {
            let role = role::output(self.slice(found.inner.0, found.inner.1));
            return Some(found.with(role));
        }
        if self.in_raw(at) {
            return None;
        }
        if let Some(found) = self.whole(&AMPSCRIPT_BLOCK, at, Syntax::Percent) {
            let role = role::ampscript(self.slice(found.inner.0, found.inner.1));
            return Some(found.with(role));
        }
        // `50%%`: a percent sign behind a number
        if self.before(at).is_some_and(|byte| byte.is_ascii_digit() || byte == b'%') {
            return None;
        }
        let found = self.whole(&PERCENT, at, Syntax::Percent)?;
        let inner = self.slice(found.inner.0, found.inner.1);
        let name = inner.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(inner);
        if !is_field_name(name) {
            return None;
        }
        let (start, end) = if name.len() < inner.len() { (found.inner.0 + 1, found.inner.1 - 1) } else { found.inner };
        let role = role::output(name);
        Some(Found { inner: (start, end), role, ..found })
    }

    pub(super) fn bracket(&mut self, at: usize) -> Option<Found> {
        if self.in_raw(at) {
            return None;
        }
        let found = self.whole(&BRACKET, at, Syntax::Bracket)?;
        let inner = self.slice(found.inner.0, found.inner.1).trim();
        // `[[label]](https://…)` is a Markdown link
        if !is_bracket_tag(inner) || self.bytes.get(found.end) == Some(&b'(') {
            return None;
        }
        let role = role::mustache(inner);
        Some(found.with(role))
    }

    pub(super) fn dollar(&mut self, at: usize) -> Option<Found> {
        if self.in_raw(at) {
            return None;
        }
        let found = self.whole(&DOLLAR, at, Syntax::Dollar)?;
        let inner = self.slice(found.inner.0, found.inner.1).trim();
        if !inner.starts_with(|first: char| first.is_alphabetic() || "_(\"'.!#@*".contains(first)) {
            return None;
        }
        let role = role::output(inner);
        Some(found.with(role))
    }
}

/// `emailaddr`, `First Name`, `email.unsub`: words with single blanks between them.
fn is_field_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | '@'))
        && !name.ends_with(' ')
        && !name.contains("  ")
        && name.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.' | ' ' | ':' | '-' | '@'))
}

/// A name, alone or followed by something that no prose has; not `[[Main Page]]`, `[[1]]`, `[["a","b"]]`.
fn is_bracket_tag(inner: &str) -> bool {
    let mut rest = inner.trim_start_matches(['#', '/', '^', '>', '!', '@', '$', '*', '&']).trim_start();
    if rest.is_empty() || inner.contains("[[") {
        return false;
    }
    if inner.starts_with("{{") || inner.starts_with("${") {
        return true;
    }
    if !rest.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        return false;
    }
    let word = rest.split(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap_or_default();
    if ["file", "image", "category", "http", "https", "mailto"].contains(&word.to_ascii_lowercase().as_str()) {
        return false;
    }
    // an identifier of a mail, `[[MJSL35I-18GGBC]]`
    if !inner.contains(char::is_whitespace) && inner.contains('-') && inner.contains(|char: char| char.is_ascii_digit())
    {
        return false;
    }
    let marked = rest.len() < inner.len();
    rest = rest.trim_start_matches(|char: char| char.is_alphanumeric() || "_.:-$".contains(char));
    let operator = |char: char| "|\"'`=(){}%,<>+*/?&$".contains(char);
    let keyword = ["if", "else", "elseif", "for", "each", "end", "set"].contains(&word);
    rest.is_empty() || marked || keyword || rest.contains(operator) || rest.split_whitespace().any(|word| word == "OR")
}
