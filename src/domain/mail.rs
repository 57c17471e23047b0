//! Mail to a domain: its MX records, and the domain itself where there is none.

use super::found::{Exchange, Mail};
use super::{Inquiry, Kind, Name};

/// Servers that are looked at; a domain with more of them is at fault elsewhere.
const MOST: usize = 20;

/// Asks for MX records and the addresses behind them; only for the addresses where nobody writes to the domain.
pub(super) fn of(name: &Name, takes_mail: bool, inquiry: &mut Inquiry<'_>) -> Mail {
    let own = inquiry.addresses(name);
    let mut mail = Mail { addresses: own.records().to_vec(), no_address: own.is_nothing(), ..Mail::default() };
    if !takes_mail {
        return mail;
    }
    let reply = inquiry.ask(name, Kind::Mx);
    mail.known = !reply.is_unknown();
    let records: Vec<usize> = reply.records().iter().take(MOST).copied().collect();
    let hosts = records.iter().filter_map(|at| inquiry.records.get(*at)?.target());
    let hosts: Vec<Name> = hosts.filter(|host| host.labels() > 0).collect();
    inquiry.prepare(hosts.iter().flat_map(|host| [(host.clone(), Kind::A), (host.clone(), Kind::Aaaa)]));
    for record in records {
        let Some(text) = inquiry.records.get(record).map(|record| record.text.clone()) else { continue };
        let start = text.find(' ').map_or(0, |at| at + 1);
        let span = start..text.len();
        match Name::new(&text[span.clone()]) {
            Some(root) if root.labels() == 0 => mail.null = Some(record),
            Some(host) if host.as_str().parse::<std::net::Ipv4Addr>().is_err() => {
                let reply = inquiry.addresses(&host);
                mail.exchanges.push(Exchange {
                    record,
                    span,
                    is_address: false,
                    alias: reply.aliases().first().copied(),
                    addresses: reply.records().to_vec(),
                    no_address: reply.is_nothing(),
                });
            }
            _ => mail.exchanges.push(Exchange {
                record,
                span,
                is_address: true,
                alias: None,
                addresses: Vec::new(),
                no_address: true,
            }),
        }
    }
    mail
}
