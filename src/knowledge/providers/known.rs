//! Tags that a rendered mail may be accused of: those of a list, and those of a shape that nothing but a merge tag has.

use super::fold::fold;
use super::tags::listed;
use super::{Provider, by_id};

/// Longer text between delimiters is prose or code. In bytes, folded.
const LONGEST: usize = 200;

/// Whether a whole tag is in the list of the provider with the id `given`, of some provider that writes it as nobody writes prose, or of a shape that only
/// a merge tag has: what `unresolved-merge-tag` may accuse.
pub fn is_known_tag(tag: &str, given: Option<&str>) -> bool {
    let tag = tag.trim();
    let folded = fold(tag);
    if tag.is_empty() || folded.len() > LONGEST {
        return false;
    }
    let between = |open: &str, close: &str| folded.strip_prefix(open)?.strip_suffix(close);
    let is_of = |provider: &Provider| provider.tokens.iter().any(|token| token.is(&folded));
    if given.and_then(by_id).is_some_and(is_of) {
        return true;
    }
    if listed(&folded).is_some() {
        return !is_bracketed_word(&folded);
    }
    if let Some(inner) = between("{{{", "}}}").or_else(|| between("{{", "}}")) {
        return is_mustache(inner.trim());
    }
    if let Some(inner) = between("{%", "%}") {
        return is_statement(inner.trim());
    }
    if let Some(inner) = between("{!!", "!!}").or_else(|| between("<%", "%>")).or_else(|| between("<?", "?>")) {
        return inner.contains(|c: char| c.is_alphabetic());
    }
    if let Some(inner) = between("*|", "|*") {
        return is_name(inner, "_:=-./ ,'\"!&") && begins_with_letter(inner);
    }
    if let Some(inner) = between("[[", "]]") {
        return is_double_bracket(inner, tag);
    }
    if let Some(inner) = between("${", "}") {
        return is_dollar(inner, tag);
    }
    between("%%", "%%").is_some_and(is_percent)
}

/// `[unsubscribe]`, `{name}`, `[email]`: a merge tag of some, prose for others.
fn is_bracketed_word(folded: &str) -> bool {
    let inner = folded
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .or_else(|| folded.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')));
    inner.is_some_and(|inner| inner.chars().all(|c| c.is_alphanumeric() || c == ' '))
}

fn begins_with_letter(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_name(text: &str, others: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
}

/// The path at the start of an expression: `contact.first_name`, `@user`, `.Subscriber.Name`, `$x`.
fn path(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && !"_.$@-[]".contains(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// `{{ first_name }}`, `{{#if x}}`, `{{ name | default: 'you' }}`, `{{helper 'x'}}`, `{{var:name:"you"}}`; not `{{ color: red }}`, `{{0}}`, math.
fn is_mustache(inner: &str) -> bool {
    let inner = inner.trim_start_matches(['#', '/', '^', '&', '>', '!', '~', '*']).trim_start();
    // a value that goes through a filter: `{{ 'logo.png' | asset_url }}`
    if inner.starts_with(['\'', '"']) {
        return inner.contains(" | ");
    }
    let inner = inner.trim_start_matches("../");
    let path = path(inner);
    if !path.trim_start_matches(['.', '$', '@', '_']).starts_with(char::is_alphabetic) || inner.contains(';') {
        return false;
    }
    match inner.get(path.len()..).unwrap_or_default().chars().next() {
        None | Some('|' | '(') => true,
        // `name:"x"` is Mailjet's, `color: red` is somebody's style
        Some(':') => inner.get(path.len() + 1..).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(' ')),
        Some(' ') => {
            let rest = inner.get(path.len()..).unwrap_or_default().trim_start();
            !rest.starts_with(['=', '+', '*', '^', '\\', '<', ':', ',']) || rest.starts_with("==")
        }
        Some(_) => false,
    }
}

/// `{% if x %}`, `{% endif %}`, `{% snippet "x" %}`; not `{% 50 off %}`.
fn is_statement(inner: &str) -> bool {
    let word = path(inner);
    begins_with_letter(word)
        && matches!(inner.get(word.len()..).unwrap_or_default().chars().next(), None | Some(' ' | '(' | '|'))
}

/// `[[UNSUB_LINK_EN]]`, `[[contact.first_name]]`, `[[data:name:"x"]]`; not `[[wiki]]`, `[[Wiki page]]`, `[[1]]`.
fn is_double_bracket(inner: &str, tag: &str) -> bool {
    let name = path(inner);
    let joined = name.trim_matches(['_', '.']).contains(['_', '.']) && !name.contains("..");
    let file = name
        .rsplit('.')
        .next()
        .is_some_and(|ending| ["png", "jpg", "gif", "html", "md", "pdf", "com", "org"].contains(&ending));
    if let Some(variable) = ["data:", "var:", "mj:"].iter().find_map(|start| inner.strip_prefix(start)) {
        return begins_with_letter(variable);
    }
    begins_with_letter(name) && joined && !file && name.len() == inner.len() && !tag.contains(' ')
}

/// `${first_name}`, `${user.name}`, `${unsubscribeLink()}`; not `${1}`, `${i}`, `${HOME}`, `${PATH:-x}`, `${a + b}`.
fn is_dollar(inner: &str, tag: &str) -> bool {
    let name = inner.strip_suffix("()").unwrap_or(inner);
    let name = name.split(['!', '?']).next().unwrap_or(name);
    let shell = !tag.contains(|c: char| c.is_ascii_lowercase());
    begins_with_letter(name) && name.len() > 1 && is_name(name, "_.") && !shell
}

/// `%%First Name%%`, `%%unsub_center_url%%`, `%%=v(@x)=%%`, `%%[ if … ]%%`, `%%{uuid}%%`; not the text between two `%%` of prose.
fn is_percent(inner: &str) -> bool {
    if (inner.starts_with('=') && inner.ends_with('=')) || (inner.starts_with('[') && inner.ends_with(']')) {
        return inner.len() > 2;
    }
    let inner = inner.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(inner);
    let words = inner.split(' ').count();
    is_name(inner, "_. -:")
        && inner.trim().len() == inner.len()
        && words <= 3
        && inner.len() <= 60
        && !inner.starts_with(|c: char| c.is_ascii_digit())
}
