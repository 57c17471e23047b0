//! Which buffers are checked, and as what: by the file's name as in a folder walk, else by the editor's language.

use super::uri;
use crate::source::Kind;

/// Languages of editors, and the extension of a file that holds them.
const LANGUAGES: &[(&str, &str)] = &[
    ("html", "html"),
    ("xhtml", "html"),
    ("mjml", "mjml"),
    ("eml", "eml"),
    ("email", "eml"),
    ("mail", "eml"),
    ("rfc822", "eml"),
    ("handlebars", "hbs"),
    ("html.handlebars", "hbs"),
    ("mustache", "mustache"),
    ("html.mustache", "mustache"),
    ("liquid", "liquid"),
    ("jinja", "j2"),
    ("jinja2", "j2"),
    ("jinja-html", "j2"),
    ("htmldjango", "j2"),
    ("django-html", "j2"),
    ("nunjucks", "njk"),
    ("twig", "twig"),
    ("html.twig", "twig"),
    ("html.twig.js.css", "twig"),
    ("erb", "erb"),
    ("eruby", "erb"),
    ("html.erb", "erb"),
    ("ejs", "ejs"),
    ("blade", "blade.php"),
    ("gohtmltmpl", "gohtml"),
    ("gotmpl", "gohtml"),
    ("go-template", "gohtml"),
    ("freemarker", "ftl"),
    ("ftl", "ftl"),
    ("velocity", "vm"),
    ("razor", "cshtml"),
    ("aspnetcorerazor", "cshtml"),
    ("cshtml", "cshtml"),
];

/// What a buffer is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    /// A name that promises its kind, for a buffer that has no file.
    pub name: String,
    /// Its kind, where neither its name nor its content is to decide.
    pub kind: Option<Kind>,
}

/// What the buffer at `uri`, of which the editor says that it is in `language`, is taken for; `None` if it is no campaign.
pub(super) fn taken(uri: &str, language: &str) -> Option<Taken> {
    let name = uri::last_part(uri);
    if Kind::promised(&name).is_some() {
        return Some(Taken { name, kind: None });
    }
    let (_, extension) = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(language))?;
    let named = format!("{name}.{extension}");
    match uri::path(uri) {
        // the command line would leave it to the content, which may be that of anything
        Some(_) => Some(Taken { kind: Kind::promised(&named), name }),
        None => Some(Taken { name: named, kind: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_first_then_languages() {
        for (uri, language, name, kind) in [
            ("file:///a/b.eml", "plaintext", "b.eml", None),
            ("file:///a/b.html.erb", "", "b.html.erb", None),
            ("file:///a/b.inc", "HTML", "b.inc", Some(Kind::Html)),
            ("file:///tmp/mutt-1", "mail", "mutt-1", Some(Kind::Message)),
            ("untitled:Untitled-1", "handlebars", "Untitled-1.hbs", None),
            ("untitled:Untitled-1.mjml", "xml", "Untitled-1.mjml", None),
        ] {
            assert_eq!(taken(uri, language), Some(Taken { name: name.to_owned(), kind }), "{uri}");
        }
        for (uri, language) in [("file:///a/b.rs", "rust"), ("untitled:Untitled-1", "plaintext"), ("", "")] {
            assert_eq!(taken(uri, language), None, "{uri}");
        }
    }

    #[test]
    fn every_language_has_a_kind() {
        for (language, extension) in LANGUAGES {
            assert!(Kind::promised(&format!("a.{extension}")).is_some(), "{language}");
        }
    }
}
