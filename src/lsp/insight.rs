//! What linting one state of a buffer gave, in the client's positions: what is published, and what hovers and code actions ask for.

use super::text::{Encoding, Text};
use crate::diagnostic::{Diagnostic, Label};
use crate::facts::{Facts, Link, LinkKind, LinkRole};
use crate::fix;
use crate::knowledge::providers::Provider;
use crate::lint::Linted;
use crate::message::tags::Role;
use crate::source::{Kind, ViewSpan};
use lsp_types::Range;
use std::ops;

/// Bytes of a merge tag or a link that are kept; longer ones are code or data.
const LONGEST: usize = 2000;

/// All that is known of one state of a buffer.
#[derive(Debug, Default)]
pub(super) struct Insight {
    /// What the lints found, each with its place.
    pub found: Vec<Found>,
    /// What else there is to know.
    pub seen: Seen,
    /// Lints that panicked, and what they said.
    pub panics: Vec<(&'static str, String)>,
}

/// A diagnostic and where it is.
#[derive(Debug)]
pub(super) struct Found {
    /// What was found.
    pub diagnostic: Diagnostic,
    /// Where; the beginning of the buffer for the file as a whole.
    pub range: Range,
    /// Its identity, as a baseline has it.
    pub fingerprint: String,
}

impl Insight {
    /// The diagnostics whose place meets `range`.
    pub fn at(&self, range: Range) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(move |found| found.range.start <= range.end && range.start <= found.range.end)
    }

    /// Puts the results of the lints in.
    pub fn take(
        &mut self,
        linted: Linted,
        text: &Text,
        encoding: Encoding,
        fingerprint: impl Fn(&Diagnostic) -> String,
    ) {
        let found = linted.diagnostics.into_iter().map(|diagnostic| Found {
            range: diagnostic.primary.as_ref().map(|label| range(label, text, encoding)).unwrap_or_default(),
            fingerprint: fingerprint(&diagnostic),
            diagnostic,
        });
        self.found = found.collect();
        self.panics = linted.panics;
    }
}

/// Where a label is; the beginning of the buffer for the file as a whole.
pub(super) fn range(label: &Label, text: &Text, encoding: Encoding) -> Range {
    label.place.span.map(|at| text.range(at.span.range(), encoding)).unwrap_or_default()
}

/// Facts that leave the task: what a buffer holds, in bytes of the buffer.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// What it was taken for.
    pub kind: Option<Kind>,
    /// The field that says that it was signed or received: then it is not to be rewritten.
    pub seal: Option<&'static str>,
    /// Who sends it.
    pub provider: Option<&'static Provider>,
    /// The merge tags of its bodies, in order.
    pub tags: Vec<SeenTag>,
    /// Its links.
    pub links: Vec<SeenLink>,
    /// From the start tag to the end of each element of a draft, in order.
    pub elements: Vec<ops::Range<usize>>,
}

/// A merge tag.
#[derive(Debug)]
pub(super) struct SeenTag {
    /// Where.
    pub span: ops::Range<usize>,
    /// The tag as it is written.
    pub text: String,
    /// What it does to the text around it.
    pub role: Role,
}

/// A link.
#[derive(Debug)]
pub(super) struct SeenLink {
    /// Where its target is written, or else its start tag.
    pub span: ops::Range<usize>,
    /// Its target, decoded.
    pub href: String,
    /// Its host, where it is wholly known.
    pub host: Option<String>,
    /// Its registrable domain, where that is known.
    pub domain: Option<String>,
    /// What makes it a link.
    pub kind: LinkKind,
    /// What it is taken for.
    pub role: LinkRole,
    /// Whether the domain is the sender's own.
    pub own: bool,
    /// Whether it leads through a click tracker.
    pub tracked: bool,
}

impl Seen {
    /// Takes what outlives the facts.
    pub fn of(facts: &Facts<'_>) -> Self {
        let mut seen = Self {
            kind: Some(facts.message.source.kind),
            seal: fix::seal_of(facts.message),
            provider: facts.provider().provider,
            links: facts.links().iter().filter_map(|link| see_link(facts, link)).collect(),
            ..Self::default()
        };
        for body in &facts.message.bodies {
            let view = facts.message.view(body.view);
            let tags = body.tags.iter().filter(|tag| tag.span.range().len() <= LONGEST);
            seen.tags.extend(tags.map(|tag| SeenTag {
                span: view.file_span(tag.span).range(),
                text: view.text().get(tag.span.range()).unwrap_or_default().to_owned(),
                role: tag.role,
            }));
        }
        if !facts.message.is_mail() {
            for (_, body, document) in facts.html_bodies() {
                let view = facts.message.view(body.view);
                let span = |span: ViewSpan| view.file_span(span).range();
                seen.elements.extend(document.elements().map(|element| span(element.extent())));
            }
        }
        seen
    }
}

fn see_link(facts: &Facts<'_>, link: &Link) -> Option<SeenLink> {
    let spot = if link.target.span.is_empty() { link.spot } else { link.target };
    (link.href.len() <= LONGEST).then(|| SeenLink {
        span: facts.message.view(spot.view).file_span(spot.span).range(),
        href: link.href.clone(),
        host: link.host.name().map(str::to_owned),
        domain: link.registrable().map(str::to_owned),
        kind: link.kind,
        role: link.role,
        own: link.registrable().is_some_and(|domain| facts.parties().own.contains(domain)),
        tracked: facts.is_tracked(link),
    })
}
