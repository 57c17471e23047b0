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
        let existence = existence(name, is_sender, &mut inquiry);
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

/// A name is missing if an answer says so (RFC 8020) and no other shows it: some servers deny names of which they only have no address.
fn existence(name: &Name, is_sender: bool, inquiry: &mut Inquiry<'_>) -> Existence {
    let kinds: &[Kind] = if is_sender { &[Kind::A, Kind::Aaaa, Kind::Txt, Kind::Mx] } else { &[Kind::A, Kind::Aaaa] };
    let replies: Vec<Reply> = kinds.iter().map(|kind| inquiry.ask(name, *kind)).collect();
    let is_missing = |reply: &Reply| matches!(reply, Reply::Nothing { no_name: true, aliases } if aliases.is_empty());
    match replies.iter().filter(|reply| !reply.is_unknown()).partition::<Vec<_>, _>(|reply| is_missing(reply)) {
        (missing, shown) if shown.is_empty() && !missing.is_empty() => Existence::Missing,
        (_, shown) if !shown.is_empty() => Existence::Exists,
        _ => Existence::Unknown,
    }
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
