//! What Microsoft found out about SPF, DKIM and DMARC, and whether the domains are one.

use super::{Border, Facts, addresses, border};
use crate::knowledge::domains;
use crate::knowledge::verdicts::{self, Code, Effect};
use crate::message::Spot;
use crate::message::trace::{Method, Results, Trace};

/// One Authentication-Results field, the one that Microsoft wrote when it took the message in.
#[derive(Debug)]
pub struct Authentication {
    /// The field.
    pub results: Results,
    /// Why SPF judged another server than the sender's, in words.
    pub go_between: Option<String>,
}

/// A method's result.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'r> {
    /// As it stands in the field.
    pub method: &'r Method,
}

/// How a result is not a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// It did not pass.
    Failed,
    /// It could not be told this time.
    Open,
}

impl Authentication {
    /// The result of `spf`, `dmarc` or `compauth`; of `dkim`, the one that counts most.
    pub fn checked(&self, name: &str) -> Option<Checked<'_>> {
        let all = self.results.methods.iter().filter(|method| method.name == name).map(|method| Checked { method });
        all.reduce(|best, next| if best.passed() || !next.passed() { best } else { next })
    }

    /// Whether a method passed; `None` where it is not told.
    pub fn passed(&self, name: &str) -> Option<bool> {
        self.checked(name).map(|checked| checked.passed())
    }

    /// The domain of From, as Microsoft read it.
    pub fn from_domain(&self) -> Option<&str> {
        self.results.method("dmarc")?.domain()
    }

    /// The domain that SPF spoke of, and whether it is From's or a relation of it.
    pub fn spf_alignment(&self) -> Option<(&Method, &str, bool)> {
        let method = self.results.method("spf")?;
        let domain = method.domain()?;
        Some((method, domain, self.is_aligned(domain)?))
    }

    /// The domain of the signature that passed, and whether it is From's or a relation of it; the aligned one of several.
    pub fn dkim_alignment(&self) -> Option<(&Method, &str, bool)> {
        let passed = self.results.all("dkim").filter(|method| method.result == "pass");
        let judged = passed.filter_map(|method| {
            let domain = method.domain()?;
            Some((method, domain, self.is_aligned(domain)?))
        });
        judged.reduce(|best, next| if best.2 { best } else { next })
    }

    /// The organisational domain is the same (RFC 9989 §4.4, relaxed).
    fn is_aligned(&self, domain: &str) -> Option<bool> {
        let from = self.from_domain()?;
        let [one, other] = [from, domain].map(|host| host.trim_end_matches('.').to_ascii_lowercase());
        let organisation = |host: &str| domains::registrable(host).unwrap_or(host).to_owned();
        Some(one == other || organisation(&one) == organisation(&other))
    }
}

impl Checked<'_> {
    /// It passed, without conditions.
    pub fn passed(&self) -> bool {
        self.method.result == "pass"
    }

    /// How it did not pass.
    pub fn lost(&self) -> Option<Lost> {
        let comment = self.method.comment.as_deref().unwrap_or_default().to_ascii_lowercase();
        let is_open = matches!(self.code().map(|code| code.effect), Some(Effect::Open))
            || self.method.result == "timeout"
            || comment.contains("timeout");
        (!self.passed()).then_some(if is_open { Lost::Open } else { Lost::Failed })
    }

    /// What the result means.
    pub fn code(&self) -> Option<&'static Code> {
        verdicts::code(&self.method.name, &self.method.result)
    }

    /// Where the result stands.
    pub fn spot(&self) -> Spot {
        self.method.spot
    }

    /// Microsoft's own reason in brackets, where it says more than the address.
    pub fn reason(&self) -> Option<&str> {
        self.method.comment.as_deref().filter(|comment| !comment.starts_with("sender IP is"))
    }
}

/// The topmost field in Microsoft's dialect above the hop at which it took the message in; where a program put the fields in another order, one that
/// names the address of that hop. Fields of other servers, and those that came with the message, are no evidence.
pub(super) fn of(
    facts: &Facts<'_>,
    trace: &Trace,
    border: Option<&Border>,
    doubts: &mut Vec<String>,
) -> Option<Authentication> {
    let border = border?;
    let ours = |results: &&Results| results.server.is_none() && !results.methods.is_empty();
    let above = trace.results.iter().filter(ours).find(|results| results.header < border.header);
    let seen = border.address(trace);
    let named = |results: &&Results| seen.is_some() && spf_address(results) == seen;
    let found = above.or_else(|| trace.results.iter().filter(ours).find(named));
    if found.is_none() && !trace.results.is_empty() {
        doubts.push("no Authentication-Results field was written where Microsoft 365 took the message in".to_owned());
    }
    Some(Authentication { results: found?.clone(), go_between: border::go_between(facts, trace, border) })
}

/// The address that SPF judged.
fn spf_address(results: &Results) -> Option<std::net::IpAddr> {
    let comment = results.method("spf")?.comment.as_deref()?;
    addresses::address(comment.strip_prefix("sender IP is")?)
}
