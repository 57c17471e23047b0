//! Questions to bytes and answers from bytes, over simple-dns (RFC 1035 §4, RFC 6891).
//!
//! An answer may come from anybody: what is not the answer to the question at hand is told apart from what can't be read.

mod read;
#[cfg(test)]
mod tests;

use super::trouble::Trouble;
use crate::domain::{Kind, Question, Record};
use simple_dns::rdata::OPT;
use simple_dns::{CLASS, Name, OPCODE, Packet, PacketFlag, QCLASS, QTYPE, RCODE, TYPE, header_buffer};
use std::hash::{BuildHasher, RandomState};

/// The longest answer over UDP that is asked for, in bytes: none of that size is cut into fragments on its way
/// (DNS Flag Day 2020).
const PAYLOAD: u16 = 1232;
/// The header of every message, in bytes.
const HEADER: usize = 12;
/// The least that a record takes, in bytes: the root as its name, type, class, time to live and length.
const LEAST_RECORD: usize = 11;

/// What a server said of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    /// There is no such name: the one that was asked for, or the one that its aliases lead to.
    pub no_name: bool,
    /// All records of the types that are known, whose ever they are.
    pub records: Vec<Record>,
}

impl Response {
    /// There is no such name.
    pub fn no_name() -> Self {
        Self { no_name: true, records: Vec::new() }
    }
}

/// What a message is to the one who waits for an answer.
#[derive(Debug)]
pub(super) enum Reading {
    /// The answer, or what is wrong with it.
    Answer(Result<Response, Trouble>),
    /// The answer did not fit.
    CutOff,
    /// No answer to this question; the right one may come yet.
    Another,
}

/// A question on its way, under a number of its own.
pub(super) struct Query {
    id: u16,
    question: Question,
    bytes: Vec<u8>,
}

impl Query {
    /// Under a number that nobody foresees; `None` where the name can't be asked for.
    pub fn new(question: &Question) -> Option<Self> {
        Self::numbered(question, unforeseen())
    }

    fn numbered(question: &Question, id: u16) -> Option<Self> {
        let mut packet = Packet::new_query(id);
        packet.set_flags(PacketFlag::RECURSION_DESIRED);
        packet.questions.push(of_wire(question)?);
        *packet.opt_mut() = Some(OPT { opt_codes: Vec::new(), udp_packet_size: PAYLOAD, version: 0 });
        let bytes = packet.build_bytes_vec().ok()?;
        Some(Self { id, question: question.clone(), bytes })
    }

    /// The message to send.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What `message` says to this question.
    pub fn read(&self, message: &[u8]) -> Reading {
        let is_answer = header_buffer::id(message) == Ok(self.id)
            && header_buffer::has_flags(message, PacketFlag::RESPONSE) == Ok(true);
        if !is_answer {
            return Reading::Another;
        }
        // where it is cut off need not be between two records, so what is left is not read
        let is_cut_off = header_buffer::has_flags(message, PacketFlag::TRUNCATION) == Ok(true);
        if is_cut_off && header_buffer::opcode(message) == Ok(OPCODE::StandardQuery) {
            return Reading::CutOff;
        }
        let unreadable = |why| Reading::Answer(Err(Trouble::Unreadable(why)));
        if !may_hold_its_counts(message) {
            return unreadable("it is shorter than it says");
        }
        match Packet::parse(message) {
            Err(_) => unreadable("it is broken"),
            Ok(packet) if !self.is_answered_by(&packet) => Reading::Another,
            Ok(packet) => Reading::Answer(match packet.rcode() {
                RCODE::NoError => Ok(Response { no_name: false, records: read::records(packet.answers) }),
                RCODE::NameError => Ok(Response { no_name: true, records: read::records(packet.answers) }),
                code => Err(Trouble::Code(code)),
            }),
        }
    }

    /// Whether the answer repeats the question, letters of either case being the same.
    fn is_answered_by(&self, packet: &Packet<'_>) -> bool {
        let (Some(own), [repeated]) = (of_wire(&self.question), &packet.questions[..]) else { return false };
        repeated.qname == own.qname && repeated.qtype == own.qtype && repeated.qclass == own.qclass
    }
}

fn of_wire((name, kind): &Question) -> Option<simple_dns::Question<'_>> {
    let kind = match kind {
        Kind::A => TYPE::A,
        Kind::Aaaa => TYPE::AAAA,
        Kind::Cname => TYPE::CNAME,
        Kind::Mx => TYPE::MX,
        Kind::Ptr => TYPE::PTR,
        Kind::Txt => TYPE::TXT,
    };
    let name = Name::new(name.as_str()).ok()?;
    Some(simple_dns::Question::new(name, QTYPE::TYPE(kind), QCLASS::CLASS(CLASS::IN), false))
}

/// Memory is set aside by the counts in the header: a few bytes must not claim thousands of records.
fn may_hold_its_counts(message: &[u8]) -> bool {
    let counts = [header_buffer::answers, header_buffer::name_servers, header_buffer::additional_records];
    let records: usize = counts.iter().map(|count| count(message).map_or(0, usize::from)).sum();
    header_buffer::questions(message).is_ok_and(|questions| questions <= 1)
        && HEADER + records * LEAST_RECORD <= message.len()
}

/// A number that can't be told from those before it: the standard library's seeds for hash tables are from the system.
fn unforeseen() -> u16 {
    let [first, second, ..] = RandomState::new().hash_one(()).to_ne_bytes();
    u16::from_ne_bytes([first, second])
}
