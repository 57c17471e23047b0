//! Runs the lints on one domain.

use super::run::settle;
use super::{About, Findings, Linted, Registry, panics, remarks, resolve};
use crate::config::Settings;
use crate::config::levels::Levels;
use crate::diagnostic::Level;
use crate::domain::Domain;
use crate::facts::Facts;
use crate::message::{Given, Message};
use crate::source::{Kind, Source};

/// Lints what DNS shows of a domain. Diagnostics come in the order of the registry.
pub fn lint_domain(domain: &Domain, registry: &Registry, levels: &Levels) -> Linted {
    // facts are of a message: one without a word, that is called as the domain is
    let source = Source::new(domain.name.as_str(), None, Vec::new(), Some(Kind::Message));
    let message = Message::parse(&source, &Given::default());
    let settings = Settings::default();
    let facts = Facts::of_domain(&message, &settings, domain);
    let mut resolver = resolve::Resolver::new(&facts);
    let mut linted = Linted::default();
    for (topic, lint) in registry.lints_about(About::Domain) {
        if levels.of(lint.name).0 == Level::Allow {
            continue;
        }
        let mut findings = Findings { lint: lint.name, ..Findings::default() };
        let mut settled = Vec::new();
        let checked = panics::catch(|| {
            (lint.check)(&facts, &mut findings);
            let found = std::mem::take(&mut findings.found).into_iter();
            settled.extend(found.filter_map(|finding| settle(&mut resolver, levels, topic, lint, finding)));
        });
        linted.panics.extend(checked.err().map(|said| (lint.name, said)));
        linted.diagnostics.append(&mut settled);
        linted.silences.append(&mut findings.silences);
    }
    linted.remarks = remarks::of_domain(domain);
    linted
}
