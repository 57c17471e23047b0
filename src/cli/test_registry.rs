//! Three lints that stand for all, and streams that are kept.

#![allow(clippy::unwrap_used)]

use super::exit::Outcome;
use super::streams::Streams;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Registry, Topic};

fn check(_: &Facts<'_>, _: &mut Findings) {}

static VAGUE_SUBJECT: Lint = Lint {
    name: "vague-subject",
    summary: "subject that says nothing",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: "",
    check,
};

static MISSING_UNSUBSCRIBE: Lint = Lint {
    name: "missing-unsubscribe",
    summary: "campaign that gives its readers no way to unsubscribe",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
    since: "0.1.0",
    page: "## What it reports\n\nJust that.\n",
    check,
};

static UNSIGNED_ONE_CLICK: Lint = Lint {
    name: "unsigned-one-click",
    summary: "one-click fields that DKIM does not sign",
    level: Level::Allow,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: "",
    check,
};

static SUBJECT: Topic = Topic { name: "subject", lints: &[&VAGUE_SUBJECT] };
static UNSUBSCRIBE: Topic = Topic { name: "unsubscribe", lints: &[&MISSING_UNSUBSCRIBE, &UNSIGNED_ONE_CLICK] };

pub(super) static REGISTRY: Registry = Registry::new(&[&SUBJECT, &UNSUBSCRIBE]);

/// The outcome of `run` and all that it wrote, standard output first.
pub(super) fn captured(run: impl FnOnce(&mut Streams<'_>) -> Outcome) -> (Outcome, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let outcome = run(&mut Streams::new(Box::new(&mut out), Box::new(&mut err)));
    out.extend(err);
    (outcome, anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string())
}
