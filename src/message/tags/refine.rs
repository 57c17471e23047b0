//! What a tag does can depend on the tags around it; this settles it once all are known.

use super::role::first_word;
use super::{Role, Syntax, Tag};
use std::collections::HashSet;

/// Makes openers of the statements that have an `end…` somewhere, and includes of empty blocks.
pub(super) fn refine(text: &str, tags: &mut [Tag]) {
    let ended: HashSet<&str> = statements(text, tags).filter_map(|word| word.strip_prefix("end")).collect();
    for place in 0..tags.len() {
        let next = tags.get(place + 1).copied();
        let Some(tag) = tags.get_mut(place).filter(|tag| tag.syntax == Syntax::Statement) else { continue };
        let word = word(text, tag);
        if matches!(tag.role, Role::Output | Role::Control | Role::Include) && !is_include(word) {
            let closed = ended.contains(word) || ended.iter().any(|end| end.strip_prefix('_') == Some(word));
            if closed && !(word == "set" && tag.role == Role::Control) {
                tag.role = Role::Open;
            }
        }
        if word == "block" && next.is_some_and(|next| is_empty_block(text, tag, &next)) {
            tag.role = Role::Include;
        }
    }
}

fn statements<'t>(text: &'t str, tags: &[Tag]) -> impl Iterator<Item = &'t str> {
    tags.iter().filter(|tag| tag.syntax == Syntax::Statement && tag.role == Role::Close).map(|tag| word(text, tag))
}

fn word<'t>(text: &'t str, tag: &Tag) -> &'t str {
    first_word(text.get(tag.inner.range()).unwrap_or_default().trim_start_matches('+').trim_start())
}

/// Brings in another file even when it has a body of its own.
fn is_include(word: &str) -> bool {
    matches!(word, "embed" | "include" | "extends" | "layout" | "render")
}

/// `{% block content %}{% endblock %}`: another template fills it.
fn is_empty_block(text: &str, open: &Tag, close: &Tag) -> bool {
    let between = text.get(open.span.end..close.span.start).unwrap_or("-");
    close.role == Role::Close && between.trim().is_empty() && word(text, close) == "endblock"
}
