//! Runs the lints on one domain.

use super::run::{panic_message, settle};
use super::{About, Findings, Linted, Registry, remarks, resolve};
use crate::config::Settings;
use crate::config::levels::Levels;
use crate::diagnostic::Level;
use crate::domain::Domain;
use crate::facts::Facts;
use crate::message::{Given, Message};
use crate::source::{Kind, Source};
use std::panic::{AssertUnwindSafe, catch_unwind};

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
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (lint.check)(&facts, &mut findings))) {
            linted.panics.push((lint.name, panic_message(&*panic)));
            continue;
        }
        for finding in findings.found {
            linted.diagnostics.extend(settle(&mut resolver, levels, topic, lint, finding));
        }
        linted.silences.append(&mut findings.silences);
    }
    linted.remarks = remarks::of_domain(domain);
    linted
}
