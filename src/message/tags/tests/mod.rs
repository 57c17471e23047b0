//! What is a tag, what is none, and what the HTML parser gets to see.

#![allow(clippy::unwrap_used)]

mod code;
mod masked;
mod recognised;
mod refused;
mod soup;

use super::{Dialect, Role, Syntax, scan};

type Expected<'t> = (Syntax, Role, &'t str);

fn tags_of<'t>(text: &'t str, dialect: &Dialect) -> Vec<Expected<'t>> {
    let tags = scan(text, true, dialect);
    tags.iter().map(|tag| (tag.syntax, tag.role, text.get(tag.span.range()).unwrap())).collect()
}

#[track_caller]
fn check(text: &str, dialect: &Dialect, expected: &[Expected<'_>]) {
    assert_eq!(tags_of(text, dialect), expected, "in {text}");
}

/// Each text is one tag, all of it.
#[track_caller]
fn check_single(dialect: &Dialect, cases: &[(Syntax, Role, &str)]) {
    for &(syntax, role, text) in cases {
        check(text, dialect, &[(syntax, role, text)]);
        let within = format!("Dear é {text}, <b>");
        check(&within, dialect, &[(syntax, role, text)]);
        let attribute = format!("<p title='\n{text}\n'>");
        check(&attribute, dialect, &[(syntax, role, text)]);
    }
}
