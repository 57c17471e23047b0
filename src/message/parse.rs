//! From a source to a message: structure and texts first, then the trees and merge tags of its bodies.

use super::budget::Budget;
use super::html::Document;
use super::structure::{FoundBody, Structure};
use super::tags::{self, Code, Dialect};
use super::{Body, BodyContent, Given, Message, Stage, draft};
use crate::knowledge::providers::{self, Evidence, Provider};
use crate::source::{Kind, Source, ViewSpan};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::OnceLock;

/// See [`Message::parse`].
pub(super) fn parse<'s>(source: &'s Source, given: &Given) -> Message<'s> {
    let (mut structure, front_matter) = match source.kind {
        Kind::Message => (Structure::of(source, given.limits), None),
        Kind::Html | Kind::Template | Kind::Mjml => draft::read(&source.bytes, given),
    };
    structure.measure();
    let dialect = dialect(&source.name, given);
    let mut budget = Budget::new(given.limits, given.nodes);
    let mut bodies = Vec::new();
    for found in std::mem::take(&mut structure.bodies) {
        let (body, surplus) = body(&structure, found, source.kind, front_matter, &dialect, &mut budget);
        if let Some(view) = structure.views.get_mut(found.view.index()) {
            surplus.into_iter().for_each(|end| view.cut(end));
        }
        bodies.push(body);
    }
    let (stage, stage_because) = match given.stage {
        Some(stage) => (stage, Cow::Borrowed(SAID)),
        None => stage(source.kind, &structure),
    };
    let (fragment, fragment_because) = match given.fragment {
        Some(fragment) => (fragment, Cow::Borrowed(SAID)),
        None => fragment(source, given, &bodies),
    };
    Message {
        stage,
        stage_because,
        fragment,
        fragment_because,
        reached: structure.reached().into_iter().chain(budget.reached).collect(),
        nodes: budget.nodes,
        dialect,
        source,
        bodies,
        headers: structure.headers,
        header_end: structure.header_end,
        parts: structure.parts,
        views: structure.views,
        raw: OnceLock::new(),
        places: structure.places,
    }
}

/// A body with its merge tags and its tree; and where the first merge tag begins that is one too many.
fn body<'s>(
    structure: &Structure<'s>,
    found: FoundBody,
    kind: Kind,
    front_matter: Option<ViewSpan>,
    dialect: &Dialect,
    budget: &mut Budget,
) -> (Body<'s>, Option<usize>) {
    let text = without_front_matter(structure.views[found.view.index()].text(), front_matter);
    let mut dialect = dialect.clone();
    let evidence = OnceLock::new();
    if providers::may_have_loose_tag(&text) {
        let evidence = evidence.get_or_init(|| providers::evidence_in_text(&text));
        dialect.loose.extend(providers_at_work(evidence).flat_map(loose_tokens));
    }
    let (tags, surplus) = tags::scan_most(&text, found.html, &dialect, budget.merge_tags());
    budget.take_merge_tags(tags.len(), surplus.is_some());
    let text = text.get(..surplus.unwrap_or(text.len())).unwrap_or_default();
    let content = match (found.html, kind) {
        (true, Kind::Mjml) => BodyContent::Html(Box::new(Document::parse_mjml(text, &tags, budget))),
        (true, _) => BodyContent::Html(Box::new(Document::parse_within(text, &tags, budget))),
        (false, _) => BodyContent::Plain,
    };
    // its front matter is no part of the body, but may name the provider
    let evidence = if front_matter.is_some() { OnceLock::new() } else { evidence };
    // what stands behind is cut off, but may name the provider too
    if surplus.is_some() {
        evidence.get_or_init(|| providers::evidence_in_text(structure.views[found.view.index()].text()));
    }
    (Body { part: found.part, view: found.view, content, tags, evidence, _source: PhantomData }, surplus)
}

/// The text with blanks where its front matter stands, so that offsets stay.
fn without_front_matter(text: &str, front_matter: Option<ViewSpan>) -> Cow<'_, str> {
    match front_matter {
        Some(span) => Cow::Owned(" ".repeat(span.end) + text.get(span.end..).unwrap_or_default()),
        None => Cow::Borrowed(text),
    }
}

pub(super) fn dialect(name: &str, given: &Given) -> Dialect {
    let given = given.loose_tags.iter().filter_map(|id| providers::by_id(id));
    let name = name.to_ascii_lowercase();
    let code =
        [(".blade.php", Code::Blade), (".cshtml", Code::Razor), (".vm", Code::Velocity), (".ftl", Code::FreeMarker)];
    Dialect {
        loose: given.flat_map(all_loose_tokens).collect(),
        code: code.into_iter().find(|(extension, _)| name.ends_with(extension)).map(|(_, code)| code),
    }
}

/// The tokens of a provider's loose syntaxes.
fn all_loose_tokens(provider: &'static Provider) -> impl Iterator<Item = &'static str> {
    provider.tokens.iter().filter(|token| token.loose).map(|token| token.text.as_str())
}

/// The whole ones of them.
fn loose_tokens(provider: &'static Provider) -> impl Iterator<Item = &'static str> {
    provider.tokens.iter().filter(|token| token.loose && !token.prefix).map(|token| token.text.as_str())
}

/// Providers that the text of a body gives away by something that only they have.
fn providers_at_work(evidence: &[Evidence]) -> impl Iterator<Item = &'static Provider> {
    evidence.iter().filter(|found| found.weight >= 3 && !found.provider.engine).map(|found| found.provider)
}

/// Fields that only a mail on its way has.
const TRANSPORT: &[&str] = &["Received", "DKIM-Signature", "Return-Path", "Date", "Message-ID"];

/// Fields that tell a provider what to fill in: a mail that has one is on its way to it.
const TO_FILL_IN: &[&str] = &[
    "X-SMTPAPI",
    "X-Mailgun-Variables",
    "X-Mailgun-Recipient-Variables",
    "X-MC-MergeVars",
    "X-MC-MergeLanguage",
    "X-MJ-Vars",
    "X-MSYS-API",
];

/// Why, where the configuration or the command line decides.
const SAID: &str = "the sender says so";

fn stage(kind: Kind, structure: &Structure<'_>) -> (Stage, Cow<'static, str>) {
    if kind != Kind::Message {
        return (Stage::Template, "a file of markup is one, unless `--rendered` says otherwise".into());
    }
    let is_there = |name: &&&str| structure.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name));
    let is_received = is_there(&&"Received");
    match (TRANSPORT.iter().find(is_there), TO_FILL_IN.iter().find(is_there)) {
        (Some(_), Some(name)) if !is_received => {
            (Stage::Template, format!("its {name} field tells a provider what to fill in").into())
        }
        (Some(name), _) => (Stage::Rendered, format!("it has a {name} field").into()),
        (None, _) => (Stage::Template, "it has no field that a mail on its way has".into()),
    }
}

fn fragment(source: &Source, given: &Given, bodies: &[Body<'_>]) -> (bool, Cow<'static, str>) {
    if source.kind == Kind::Message {
        return (false, "it is a message".into());
    }
    let mut folders: Vec<&str> = source.name.split(['/', '\\']).collect();
    let file = folders.pop().unwrap_or_default();
    let folder = folders.iter().find(|folder| matches!(**folder, "partials" | "layouts"));
    if file.starts_with('_') {
        (true, "its name begins with `_`".into())
    } else if let Some(folder) = folder {
        (true, format!("it lies in `{folder}/`").into())
    } else if let Some(by) = &given.included_by {
        (true, format!("`{by}` includes it").into())
    } else if has_root(bodies) {
        (false, "it has a document root".into())
    } else {
        (true, "it has no document root".into())
    }
}

fn has_root(bodies: &[Body<'_>]) -> bool {
    bodies.iter().any(|body| matches!(&body.content, BodyContent::Html(document) if document.has_root()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_on_its_way_is_rendered() {
        for (kind, text, expected) in [
            (Kind::Message, "Subject: x\n\n", Stage::Template),
            (Kind::Message, "Subject: x\ndate: today\n\n", Stage::Rendered),
            (Kind::Html, "<p>", Stage::Template),
        ] {
            assert_eq!(stage(kind, &Structure::read(text.as_bytes())).0, expected, "{text:?}");
        }
    }

    #[test]
    fn a_piece_of_a_mail_is_a_fragment_for_a_reason() {
        let included = Given { included_by: Some("main.html".into()), ..Given::default() };
        let said = Given { fragment: Some(true), ..Given::default() };
        let open = Given::default();
        for (name, given, text, expected) in [
            ("a.eml", &included, "Subject: x\n\n", (false, "it is a message")),
            ("a.html", &open, "<html><p>", (false, "it has a document root")),
            ("a.html", &open, "<p>", (true, "it has no document root")),
            ("a.mjml", &open, "<mjml><mj-body>", (false, "it has a document root")),
            ("x/_a.html", &open, "<html><p>", (true, "its name begins with `_`")),
            ("partials/a.html", &open, "<html><p>", (true, "it lies in `partials/`")),
            ("a.html", &included, "<html><p>", (true, "`main.html` includes it")),
            ("a.html", &said, "<html><p>", (true, SAID)),
        ] {
            let source = Source::new(name, None, text.as_bytes().to_vec(), None);
            let message = parse(&source, given);
            assert_eq!((message.fragment, &*message.fragment_because), expected, "{name}");
        }
    }

    #[test]
    fn front_matter_is_no_text_but_keeps_its_room() {
        let text = "---\nsubject: ö\n---\n<p>";
        let (structure, front_matter) = draft::read(text.as_bytes(), &Given::default());
        let view = structure.bodies[0].view.index();
        let without = without_front_matter(structure.views[view].text(), front_matter);
        assert_eq!((without.trim(), without.len()), ("<p>", text.len()));
    }

    #[test]
    fn the_extension_tells_an_engine_with_bare_code() {
        assert_eq!(dialect("a/b.BLADE.php", &Given::default()).code, Some(Code::Blade));
        assert_eq!(dialect("a.html", &Given::default()).code, None);
    }
}
