//! Asks all that there is to ask about a domain.

use super::found::{Domain, Existence, Extras, Spf, Wanted};
use super::spf::{self, Walk};
use super::{Ask, Inquiry, Kind, Name, Question, Reply, Role, mail, policy, reverse, selectors};

impl Domain {
    /// Asks `who` about `name`.
    pub fn gather(name: &Name, wanted: Wanted, who: &mut dyn Ask) -> Self {
        let mut inquiry = Inquiry::new(who);
        let is_sender = wanted.role == Role::Sender;
        inquiry.prepare(questions(name, &wanted));
        let existence = existence(name, &mut inquiry);
        let there = is_sender && existence != Existence::Missing;
        let spf = if there { spf_of(name, &mut inquiry) } else { Spf::default() };
        let sending = wanted.addresses.iter().map(|address| reverse::of(*address, &spf, &mut inquiry)).collect();
        Self {
            existence,
            dkim: if there { selectors::of(name, &wanted.selectors, &mut inquiry) } else { Vec::new() },
            dmarc: if there { policy::of(name, &mut inquiry) } else { Default::default() },
            mail: mail::of(name, is_sender, &mut inquiry),
            extras: if there { extras(name, &mut inquiry) } else { Extras::default() },
            spf,
            sending,
            name: name.clone(),
            wanted,
            records: inquiry.records,
            failures: inquiry.failures,
        }
    }
}

/// What certainly has to be asked, so that it is asked at once.
fn questions(name: &Name, wanted: &Wanted) -> Vec<Question> {
    let mut questions = vec![(name.clone(), Kind::A), (name.clone(), Kind::Aaaa)];
    questions.extend(wanted.addresses.iter().filter_map(|address| Some((reverse::name(*address)?, Kind::Ptr))));
    if wanted.role == Role::Link {
        return questions;
    }
    questions.extend([(name.clone(), Kind::Txt), (name.clone(), Kind::Mx)]);
    questions.extend(policy::places(name).filter_map(|name| Some((name.under("_dmarc")?, Kind::Txt))));
    questions.extend(
        selectors::names(&wanted.selectors).filter_map(|label| Some((selectors::place(name, label)?, Kind::Txt))),
    );
    questions.extend(EXTRAS.iter().filter_map(|(label, ..)| Some((name.under(label)?, Kind::Txt))));
    questions
}

/// A name is missing if any answer says so (RFC 8020).
fn existence(name: &Name, inquiry: &mut Inquiry<'_>) -> Existence {
    let replies = [inquiry.ask(name, Kind::A), inquiry.ask(name, Kind::Aaaa)];
    if replies.iter().any(|reply| matches!(reply, Reply::Nothing { no_name: true, aliases } if aliases.is_empty())) {
        return Existence::Missing;
    }
    let all_unknown = replies.iter().all(Reply::is_unknown);
    if all_unknown { Existence::Unknown } else { Existence::Exists }
}

fn spf_of(name: &Name, inquiry: &mut Inquiry<'_>) -> Spf {
    let reply = inquiry.ask(name, Kind::Txt);
    let of = |wanted: fn(&str) -> bool, inquiry: &Inquiry<'_>| -> Vec<usize> {
        let is_wanted = |at: &&usize| inquiry.records.get(**at).is_some_and(|record| wanted(&record.text));
        reply.records().iter().filter(is_wanted).copied().collect()
    };
    let records = of(spf::is_record, inquiry);
    let near_misses = of(spf::is_near_miss, inquiry);
    let walk = match records[..] {
        [record] => Some(Walk::of(name, record, inquiry)),
        _ => None,
    };
    Spf { known: !reply.is_unknown(), records, near_misses, walk }
}

/// Label, name, and how the record begins.
const EXTRAS: [(&str, &str, &str); 3] =
    [("_mta-sts", "MTA-STS", "v=STSv1"), ("_smtp._tls", "TLS-RPT", "v=TLSRPTv1"), ("default._bimi", "BIMI", "v=BIMI1")];

fn extras(name: &Name, inquiry: &mut Inquiry<'_>) -> Extras {
    let mut unknown = Vec::new();
    let mut found = EXTRAS.map(|(label, what, version)| {
        let reply = name.under(label).map_or(Reply::Unknown, |name| inquiry.ask(&name, Kind::Txt));
        if reply.is_unknown() {
            unknown.push(what);
        }
        let is_one = |at: &&usize| inquiry.records.get(**at).is_some_and(|record| record.text.starts_with(version));
        reply.records().iter().find(is_one).copied()
    });
    let [mta_sts, tls_reports, bimi] = &mut found;
    Extras { mta_sts: mta_sts.take(), tls_reports: tls_reports.take(), bimi: bimi.take(), unknown }
}
