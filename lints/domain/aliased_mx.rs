//! An MX record whose host is an alias.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::domain::RecordSpot;
use crate::facts::Facts;
use crate::lint::{Findings, Lint};

pub static LINT: Lint = Lint {
    name: "aliased-mx",
    summary: "MX record that names an alias",
    level: Level::Warn,
    standards: &[Standard::Rfc],
    since: "0.1.0",
    page: include_str!("aliased_mx.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for exchange in &domain.mail.exchanges {
        let Some(alias) = exchange.alias else { continue };
        let spot = RecordSpot::new(exchange.record, &exchange.span);
        findings
            .report(spot, format!("the MX record of `{}` names an alias", domain.name))
            .label("a CNAME, not a host")
            .also(domain.whole(alias), "it is an alias of this")
            .because(
                "an MX record has to name a host that has addresses itself; some servers don't follow the alias",
                sources::MX_TARGET,
            )
            .help(format!("name `{}` in the MX record", domain.text(alias)));
    }
}
