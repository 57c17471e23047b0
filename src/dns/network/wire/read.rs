//! Records of an answer, as presend keeps them.

use crate::domain::{Kind, Name, Record};
use simple_dns::rdata::{RData, TXT};
use simple_dns::{CLASS, Packet, ResourceRecord};
use std::net::{Ipv4Addr, Ipv6Addr};

/// What stands before the data of the only record of a message, if its name is the root: the header, the name, type,
/// class, time to live and length.
const BEFORE_DATA: usize = super::HEADER + super::LEAST_RECORD;

/// The records of the Internet of the types that are known; others are left out.
pub(super) fn records(answers: Vec<ResourceRecord<'_>>) -> Vec<Record> {
    answers.into_iter().filter(|answer| answer.class == CLASS::IN).filter_map(record).collect()
}

fn record(record: ResourceRecord<'_>) -> Option<Record> {
    let name = named(&record.name)?;
    let target = |target| named(target).map(|name| name.to_string());
    Some(match record.rdata {
        RData::A(four) => Record::new(name, Kind::A, Ipv4Addr::from(four.address).to_string()),
        RData::AAAA(six) => Record::new(name, Kind::Aaaa, Ipv6Addr::from(six.address).to_string()),
        RData::CNAME(alias) => Record::new(name, Kind::Cname, target(&alias.0)?),
        RData::PTR(host) => Record::new(name, Kind::Ptr, target(&host.0)?),
        RData::MX(mx) => Record::new(name, Kind::Mx, format!("{} {}", mx.preference, target(&mx.exchange)?)),
        RData::TXT(text) => Record::of_strings(name, &strings(text)?),
        _ => return None,
    })
}

/// A name as zones write it: what would not be read back as it is stands as `\DDD` (RFC 1035 §5.1).
fn named(name: &simple_dns::Name<'_>) -> Option<Name> {
    let mut text = String::new();
    for label in name.get_labels() {
        if !text.is_empty() {
            text.push('.');
        }
        for byte in label.as_ref() {
            match byte {
                b'.' | b'\\' => text.push_str(&format!("\\{byte:03}")),
                plain if plain.is_ascii_graphic() => text.push(char::from(*plain)),
                other => text.push_str(&format!("\\{other:03}")),
            }
        }
    }
    Name::new(&text)
}

/// The strings of a TXT record. The library only gives them as keys and values, for which some are left out; but it writes
/// them all.
fn strings(text: TXT<'_>) -> Option<Vec<Vec<u8>>> {
    let mut packet = Packet::new_reply(0);
    let root = simple_dns::Name::new_with_labels(&[]);
    packet.answers.push(ResourceRecord::new(root, CLASS::IN, 0, RData::TXT(text)));
    let message = packet.build_bytes_vec().ok()?;
    let mut data = message.get(BEFORE_DATA..)?;
    let mut strings = Vec::new();
    while let Some((length, rest)) = data.split_first() {
        let (string, rest) = rest.split_at_checked(usize::from(*length))?;
        strings.push(string.to_vec());
        data = rest;
    }
    Some(strings)
}
