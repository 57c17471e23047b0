//! A name server on loopback, UDP and TCP on one port, that can be told to misbehave.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// How the server treats questions about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It says that it failed.
    ServFail,
    /// It says that it does not want to.
    Refused,
    /// It says nothing.
    Silent,
    /// It cuts the answer off over UDP, and gives it whole over TCP.
    Truncated,
    /// It answers with bytes that are no DNS.
    Garbage,
    /// It denies the name under another question's number first, and then answers rightly.
    WrongId,
    /// It denies another name under the question's number first, and then answers rightly.
    WrongQuestion,
    /// Somebody else denies the name first, and then it answers rightly.
    Forged,
    /// It gives the first alias, and not what it leads to.
    AliasOnly,
    /// It cuts the answer off over UDP, and over TCP says nothing but how long it would be.
    Stalled,
    /// It cuts the answer off over UDP and over TCP.
    AlwaysTruncated,
    /// It passes over the first question.
    Lossy,
}

/// The server; its threads end with the test.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Questions over TCP so far.
    pub over_tcp: Arc<AtomicUsize>,
    /// The names that were asked for.
    pub asked: Arc<Mutex<Vec<String>>>,
}

/// The data of all records of a name and type.
type Records = BTreeMap<(String, u16), Vec<Vec<u8>>>;

#[derive(Clone)]
struct Data {
    records: Arc<Records>,
    troubles: Arc<HashMap<String, Trouble>>,
    asked: Arc<Mutex<Vec<String>>>,
}

const CNAME: u16 = 5;

impl Server {
    /// Serves `NAME TYPE DATA` lines. A TXT record's strings are separated by `|`.
    pub fn start(zone: &str, troubles: &[(&str, Trouble)]) -> Self {
        let mut records: BTreeMap<(String, u16), Vec<Vec<u8>>> = BTreeMap::new();
        for line in zone.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let mut words = line.splitn(3, ' ');
            let (name, kind, data) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
            let (kind, data) = encoded(kind, data);
            records.entry((name.to_owned(), kind)).or_default().push(data);
        }
        let troubles = troubles.iter().map(|(name, trouble)| ((*name).to_owned(), *trouble)).collect();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let data = Data { records: Arc::new(records), troubles: Arc::new(troubles), asked: Arc::clone(&asked) };
        let (udp, tcp) = sockets();
        let address = udp.local_addr().unwrap();
        let over_tcp = Arc::new(AtomicUsize::new(0));
        let (for_udp, for_tcp, counter) = (data.clone(), data, Arc::clone(&over_tcp));
        std::thread::spawn(move || {
            let mut packet = [0; 4096];
            while let Ok((length, from)) = udp.recv_from(&mut packet) {
                if for_udp.trouble(&packet[..length]) == Some(Trouble::Forged) {
                    let elsewhere = UdpSocket::bind("127.0.0.1:0").unwrap();
                    let _ = elsewhere.send_to(&denied(&packet[..length]), from);
                }
                for answer in for_udp.over_udp(&packet[..length]) {
                    let _ = udp.send_to(&answer, from);
                }
            }
        });
        std::thread::spawn(move || {
            while let Ok((stream, _)) = tcp.accept() {
                counter.fetch_add(1, Ordering::Relaxed);
                let data = for_tcp.clone();
                std::thread::spawn(move || data.talk(stream));
            }
        });
        Self { address, over_tcp, asked }
    }
}

/// One port for both.
fn sockets() -> (UdpSocket, TcpListener) {
    for _ in 0..50 {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        if let Ok(udp) = UdpSocket::bind(tcp.local_addr().unwrap()) {
            return (udp, tcp);
        }
    }
    panic!("no port is free for both UDP and TCP");
}

impl Data {
    fn trouble(&self, packet: &[u8]) -> Option<Trouble> {
        question(packet).and_then(|(name, ..)| self.troubles.get(&name)).copied()
    }

    fn over_udp(&self, packet: &[u8]) -> Vec<Vec<u8>> {
        let Some((name, kind, question)) = question(packet) else { return Vec::new() };
        self.asked.lock().unwrap().push(name.clone());
        let answer = self.answer(packet, &name, kind, question);
        match self.troubles.get(&name) {
            Some(Trouble::Silent) => Vec::new(),
            Some(Trouble::Truncated | Trouble::Stalled | Trouble::AlwaysTruncated) => vec![cut(packet, question)],
            Some(Trouble::Lossy) if self.asked.lock().unwrap().iter().filter(|asked| **asked == name).count() == 1 => {
                Vec::new()
            }
            Some(Trouble::Garbage) => vec![[&packet[..2], &[0xff; 40]].concat()],
            Some(Trouble::WrongId) => {
                let mut wrong = denied(packet);
                wrong[0] ^= 0x55;
                vec![wrong, answer]
            }
            Some(Trouble::WrongQuestion) => {
                let mut wrong = denied(packet);
                wrong[13] ^= 0x01;
                vec![wrong, answer]
            }
            _ => vec![answer],
        }
    }

    fn talk(&self, mut stream: TcpStream) {
        let mut length = [0; 2];
        while stream.read_exact(&mut length).is_ok() {
            let mut packet = vec![0; usize::from(u16::from_be_bytes(length))];
            if stream.read_exact(&mut packet).is_err() {
                return;
            }
            let Some((name, kind, question)) = question(&packet) else { return };
            match self.troubles.get(&name) {
                Some(Trouble::Silent) => continue,
                Some(Trouble::Stalled) => {
                    let _ = stream.write_all(&[0x01, 0x00, packet[0], packet[1]]);
                    continue;
                }
                _ => {}
            }
            let answer = match self.troubles.get(&name) {
                Some(Trouble::Garbage) => [&packet[..2], &[0xff; 40]].concat(),
                Some(Trouble::AlwaysTruncated) => cut(&packet, question),
                _ => self.answer(&packet, &name, kind, question),
            };
            let framed = [&(answer.len() as u16).to_be_bytes()[..], &answer].concat();
            if stream.write_all(&framed).is_err() {
                return;
            }
        }
    }

    fn answer(&self, packet: &[u8], name: &str, kind: u16, question: &[u8]) -> Vec<u8> {
        let mut records = Vec::new();
        let mut count = 0u16;
        let mut current = name.to_owned();
        let mut found = false;
        // as a recursive server does, with the aliases on the way
        for _ in 0..8 {
            let here = self.records.get(&(current.clone(), kind));
            if let Some(here) = here {
                for data in here {
                    put(&mut records, &current, kind, data);
                    count += 1;
                }
                found = true;
                break;
            }
            let Some(alias) = self.records.get(&(current.clone(), CNAME)).and_then(|aliases| aliases.first()) else {
                break;
            };
            put(&mut records, &current, CNAME, alias);
            count += 1;
            current = unnamed(alias);
            if self.troubles.get(name) == Some(&Trouble::AliasOnly) {
                break;
            }
        }
        let below = format!(".{current}");
        let exists = found || self.records.keys().any(|(known, _)| *known == current || known.ends_with(&below));
        let code = match self.troubles.get(name) {
            Some(Trouble::ServFail) => 2,
            Some(Trouble::Refused) => 5,
            _ if exists => 0,
            _ => 3,
        };
        let count = if matches!(code, 2 | 5) { 0 } else { count };
        let mut answer = vec![packet[0], packet[1], 0x81, 0x80 | code, 0, 1];
        answer.extend_from_slice(&count.to_be_bytes());
        answer.extend_from_slice(&[0; 4]);
        answer.extend_from_slice(question);
        if count > 0 {
            answer.extend_from_slice(&records);
        }
        answer
    }
}

/// An answer without records, which says that it is cut off.
fn cut(packet: &[u8], question: &[u8]) -> Vec<u8> {
    [&packet[..2], &[0x83, 0x80, 0, 1, 0, 0, 0, 0, 0, 0], question].concat()
}

/// An answer that there is no such name.
fn denied(packet: &[u8]) -> Vec<u8> {
    let (_, _, question) = question(packet).unwrap();
    [&packet[..2], &[0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0], question].concat()
}

/// The name in lower case, the type, and the bytes of the question.
fn question(packet: &[u8]) -> Option<(String, u16, &[u8])> {
    let mut labels = Vec::new();
    let mut at = 12;
    loop {
        let length = usize::from(*packet.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(packet.get(at..at + length)?).to_ascii_lowercase());
        at += length;
    }
    let kind = u16::from_be_bytes([*packet.get(at)?, *packet.get(at + 1)?]);
    Some((labels.join("."), kind, packet.get(12..at + 4)?))
}

fn put(out: &mut Vec<u8>, name: &str, kind: u16, data: &[u8]) {
    out.extend(named(name));
    out.extend_from_slice(&kind.to_be_bytes());
    out.extend_from_slice(&[0, 1, 0, 0, 0, 60]);
    out.extend_from_slice(&(data.len() as u16).to_be_bytes());
    out.extend_from_slice(data);
}

fn named(name: &str) -> Vec<u8> {
    let mut wire = Vec::new();
    for label in name.trim_end_matches('.').split('.').filter(|label| !label.is_empty()) {
        wire.push(label.len() as u8);
        wire.extend_from_slice(label.as_bytes());
    }
    wire.push(0);
    wire
}

fn unnamed(wire: &[u8]) -> String {
    let mut labels = Vec::new();
    let mut at = 0;
    while wire[at] != 0 {
        let end = at + 1 + usize::from(wire[at]);
        labels.push(String::from_utf8_lossy(&wire[at + 1..end]).into_owned());
        at = end;
    }
    labels.join(".")
}

fn encoded(kind: &str, data: &str) -> (u16, Vec<u8>) {
    match kind {
        "A" => (1, data.parse::<Ipv4Addr>().unwrap().octets().to_vec()),
        "CNAME" => (CNAME, named(data)),
        "PTR" => (12, named(data)),
        "MX" => {
            let (preference, host) = data.split_once(' ').unwrap();
            (15, [&preference.parse::<u16>().unwrap().to_be_bytes()[..], &named(host)].concat())
        }
        "TXT" => {
            let strings = data.split('|').flat_map(|text| [&[text.len() as u8][..], text.as_bytes()].concat());
            (16, strings.collect())
        }
        "AAAA" => (28, data.parse::<Ipv6Addr>().unwrap().octets().to_vec()),
        _ => panic!("unknown type {kind}"),
    }
}
