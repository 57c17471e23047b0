//! What an engine is told to leave as it is: between `{% raw %}` and `{% endraw %}` no tag is one.

use crate::message::tags::{Syntax, Tag};

/// The tags that are read as such, in order. A block that is never closed hides nothing.
pub(super) fn without<'t>(text: &str, tags: &'t [Tag]) -> Vec<&'t Tag> {
    let mut read: Vec<&Tag> = Vec::with_capacity(tags.len());
    // Where the block that is open begins in `read`, and what closes it.
    let mut open: Option<(usize, String)> = None;
    for tag in tags {
        let word = word_of(text, tag);
        match (&open, word) {
            (Some((begin, closer)), Some(word)) if word == *closer => {
                read.truncate(begin + 1);
                open = None;
            }
            (None, Some(word)) => open = closer(&word).map(|closer| (read.len(), closer)),
            _ => {}
        }
        read.push(tag);
    }
    read
}

fn closer(word: &str) -> Option<String> {
    match word {
        "raw" | "verbatim" | "comment" => Some(format!("end{word}")),
        _ => word.strip_prefix("{{{{").filter(|name| !name.starts_with('/')).map(|name| format!("{{{{{{{{/{name}")),
    }
}

/// The first word of a statement; of Handlebars' raw blocks with their braces.
fn word_of(text: &str, tag: &Tag) -> Option<String> {
    let written = text.get(tag.span.range())?;
    if let Some(raw) = written.strip_prefix("{{{{") {
        let name = raw.trim_start().split([' ', '}']).next().unwrap_or_default();
        return Some(format!("{{{{{{{{{name}"));
    }
    let inner = text.get(tag.inner.range()).filter(|_| tag.syntax == Syntax::Statement)?;
    let inner = inner.trim_start_matches(['-', '+', '~']).trim_start();
    Some(inner.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned())
}
