//! What DNS shows of a domain, in a line each.

use crate::domain::dkim::PublicKey;
use crate::domain::spf::Qualifier;
use crate::domain::{Domain, Existence, Role, Selector, Sending};
use crate::knowledge::selectors;
use crate::lint::Remark;

/// Questions without an answer that are named.
const MOST: usize = 5;

/// SPF, DKIM, DMARC, MX, sending addresses, other records, and what nobody could answer.
pub(super) fn all(domain: &Domain) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if domain.wanted.role == Role::Sender && domain.existence != Existence::Missing {
        remarks.push(Remark::new("spf", spf(domain)));
        remarks.push(Remark::new("dkim", dkim(domain)));
        remarks.push(Remark::new("dmarc", dmarc(domain)));
        remarks.push(Remark::new("mx", mx(domain)));
        remarks.extend(domain.sending.iter().map(|sending| Remark::new("ip", ip(domain, sending))));
        remarks.push(Remark::new("records", extras(domain)));
    }
    remarks.extend(unanswered(domain));
    remarks
}

fn spf(domain: &Domain) -> String {
    let Some(walk) = &domain.spf.walk else {
        return match (domain.spf.known, domain.spf.records.len()) {
            (false, _) => "SPF is unknown".to_owned(),
            (true, 0) => "there is no SPF record".to_owned(),
            (true, several) => format!("there are {several} SPF records"),
        };
    };
    let lookups = walk.steps.len();
    let at_least = if walk.complete { "" } else { "at least " };
    let rest = match walk.root.policy.all().map(|all| all.qualifier) {
        Some(Qualifier::Pass) => "all others may send, too",
        Some(Qualifier::Fail) => "all others fail",
        Some(Qualifier::SoftFail) => "all others fail softly",
        Some(Qualifier::Neutral) | None => "of all others it says nothing, or another record does",
    };
    format!("SPF takes {at_least}{lookups} of 10 lookups; {rest}")
}

fn dkim(domain: &Domain) -> String {
    let of = |selector: &Selector| {
        let service = selectors::service(&selector.name)
            .filter(|_| !selector.given)
            .map(|service| format!(" ({service})"))
            .unwrap_or_default();
        let key = match &selector.key {
            Some(Ok(key)) => match key.key {
                PublicKey::Rsa(bits) => format!("RSA, {bits} bits"),
                PublicKey::Ed25519 => "Ed25519".to_owned(),
                PublicKey::Revoked => "revoked".to_owned(),
            },
            Some(Err(_)) => "can't be read".to_owned(),
            None if !selector.known => "unknown".to_owned(),
            None if selector.records.is_empty() => "no key".to_owned(),
            None => "several records".to_owned(),
        };
        format!("`{}`{service}: {key}", selector.name)
    };
    let found: Vec<String> = domain.dkim.iter().map(of).collect();
    let is_unknown = domain.failures.iter().any(|failure| failure.question.0.as_str().contains("._domainkey."));
    match found.is_empty() {
        true if is_unknown => "which DKIM keys there are is unknown".to_owned(),
        true => "no DKIM key is under a selector that is well known; `--selector` names yours".to_owned(),
        false => format!("DKIM keys: {}", found.join("; ")),
    }
}

fn dmarc(domain: &Domain) -> String {
    let dmarc = &domain.dmarc;
    let Some(at) = &dmarc.at else {
        return if dmarc.known { "there is no DMARC record" } else { "DMARC is unknown" }.to_owned();
    };
    let from = if *at == domain.name { String::new() } else { format!(" of `{at}`") };
    let Some(policy) = &dmarc.policy else { return format!("there are {} DMARC records{from}", dmarc.records.len()) };
    let own = policy.request.as_ref();
    let holds = if from.is_empty() { own } else { policy.subdomains.as_ref().or(own) };
    let request = holds.map_or("none", |(request, _)| request.name());
    let strict = match (policy.strict_spf, policy.strict_dkim) {
        (false, false) => "relaxed for SPF and DKIM",
        (true, true) => "strict for SPF and DKIM",
        (true, false) => "strict for SPF, relaxed for DKIM",
        (false, true) => "relaxed for SPF, strict for DKIM",
    };
    format!("DMARC{from} asks for `{request}` for mail that fails; alignment is {strict}")
}

fn mx(domain: &Domain) -> String {
    let mail = &domain.mail;
    if !mail.known {
        return "MX is unknown".to_owned();
    }
    if mail.null.is_some() {
        return "the domain takes no mail (null MX)".to_owned();
    }
    let hosts = mail.exchanges.iter().filter_map(|exchange| domain.text(exchange.record).get(exchange.span.clone()));
    let hosts: Vec<String> = hosts.take(MOST).map(|host| format!("`{host}`")).collect();
    match (hosts.is_empty(), mail.addresses.is_empty()) {
        (false, _) => format!("mail is taken by {}", hosts.join(", ")),
        (true, false) => "there is no MX record; the domain's own address takes mail".to_owned(),
        (true, true) => "nobody takes mail".to_owned(),
    }
}

fn ip(domain: &Domain, sending: &Sending) -> String {
    let names: Vec<String> = sending.names.iter().take(MOST).map(|at| format!("`{}`", domain.text(*at))).collect();
    let names = match names.is_empty() {
        true if sending.known => "no name".to_owned(),
        true => "unknown name".to_owned(),
        false => names.join(", "),
    };
    let spf = match sending.spf {
        Some(Qualifier::Pass) => "SPF lets it send",
        Some(Qualifier::Fail) => "SPF forbids it",
        Some(Qualifier::SoftFail) => "SPF forbids it softly",
        Some(Qualifier::Neutral) => "SPF says nothing of it",
        None => "what SPF says is unknown",
    };
    format!("{}: {names}; {spf}", sending.address)
}

fn extras(domain: &Domain) -> String {
    let extras = &domain.extras;
    let word = |what: &'static str, found: Option<usize>| match found {
        Some(_) => format!("{what} is there"),
        None if extras.unknown.contains(&what) => format!("{what} is unknown"),
        None => format!("{what} is not there"),
    };
    [word("MTA-STS", extras.mta_sts), word("TLS-RPT", extras.tls_reports), word("BIMI", extras.bimi)].join("; ")
}

/// What lies outside of a zone file. Failures are errors, told apart.
fn unanswered(domain: &Domain) -> Option<Remark> {
    let mut names: Vec<String> = Vec::new();
    for failure in domain.failures.iter().filter(|failure| failure.why.is_none()) {
        let name = format!("`{}`", failure.question.0);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| {
        Remark::new("unanswered", format!("not in the zone, so nothing is said of them: {}{more}", names.join(", ")))
    })
}
