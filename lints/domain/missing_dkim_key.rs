//! A selector without a key.

use super::sources;
use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::lint::{Findings, Lint, Whereabouts};

pub static LINT: Lint = Lint {
    name: "missing-dkim-key",
    summary: "DKIM selector without a key",
    level: Level::Deny,
    standards: &[Standard::Microsoft, Standard::OutlookHighVolume, Standard::GmailYahoo],
    since: "0.1.0",
    page: include_str!("missing_dkim_key.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(domain) = facts.domain() else { return };
    for selector in
        domain.dkim.iter().filter(|selector| selector.given && selector.known && selector.records.is_empty())
    {
        let place = selector.alias.map_or(Whereabouts::WholeFile, |alias| Whereabouts::Record(domain.whole(alias)));
        let finding = findings.report(place, format!("the DKIM selector `{}` has no key", selector.name));
        finding
            .label(match selector.alias {
                Some(_) => "this alias leads to no key".to_owned(),
                None => format!("there is no TXT record at `{}`", selector.at),
            })
            .because("DKIM must pass for the domain that sends more than 5,000 messages a day", sources::HIGH_VOLUME)
            .help("publish the record that your provider shows for this selector, or correct the name of the selector");
    }
    if domain.wanted.selectors.is_empty() && domain.dkim.is_empty() && domain.spf.known {
        findings.silent("no well-known selector has a key, which proves nothing: `--selector` names the one you use");
    }
}
