//! A campaign from a mailbox that anyone can have.

use crate::diagnostic::{Level, Standard};
use crate::facts::Facts;
use crate::knowledge::domains;
use crate::lint::{Findings, Lint};
use crate::lints::sources;

pub static LINT: Lint = Lint {
    name: "freemail-sender",
    summary: "campaign from a free mailbox provider's address",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("freemail_sender.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let Some(sender) = facts.sender() else { return };
    let Some(host) = sender.host.as_deref().filter(|host| domains::is_freemail(host)) else { return };
    if facts.is_own_domain(host) || facts.is_list_traffic() {
        return;
    }
    if facts.names_another_mail() && !facts.purpose().is_bulk() {
        findings.silent("it answers a mail, and nothing tells that it goes to many");
        return;
    }
    let finding = findings.report(
        sender.domain_spot(),
        format!("the sender uses a mailbox at `{host}`, where anyone can have one"),
    );
    finding
        .label("not a domain of the sender's own")
        .because("Microsoft 365 wants the From name to reflect who is sending the message", sources::FROM_NAME);
    match sender.name().and_then(domain_like) {
        Some(name) => {
            let domain = linked_domain(facts, &name).map_or_else(|| format!("{name}.com"), str::to_owned);
            finding.help(format!("send from your own domain, as `marketing@{domain}` would"))
        }
        None => finding.help("send from an address at your organisation's own domain"),
    };
}

/// The domain of the first link that leads to one called as the sender is: `lena-flowers.com` or `lena.org` for `lena`.
fn linked_domain<'f>(facts: &'f Facts<'_>, name: &str) -> Option<&'f str> {
    let is_called_so = |domain: &&str| {
        let label = domain.split('.').next().unwrap_or_default();
        label.replace('-', "") == name.replace('-', "") || label.split('-').any(|word| word == name)
    };
    let linked = facts.links().iter().filter_map(|link| link.registrable());
    // of a name at somebody else's service no mail is sent
    linked.filter(|domain| domains::is_of_registry(domain)).find(is_called_so)
}

/// The display name as a label of a domain, where it makes one.
fn domain_like(name: &str) -> Option<String> {
    let label: String = name.to_lowercase().chars().filter(|character| !matches!(character, ' ' | '.' | '&' | '\'')).collect();
    let fits = (3..=30).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fits.then_some(label)
}
