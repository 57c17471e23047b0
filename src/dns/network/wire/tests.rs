//! What is taken for the answer to a question, and what is not.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::Name as Called;
use proptest::prelude::*;
use std::collections::HashSet;

const ID: u16 = 0x1234;

fn query(name: &str, kind: Kind) -> Query {
    Query::numbered(&(Called::new(name).unwrap(), kind), ID).unwrap()
}

/// A message with these flags, these counts (questions, answers, authorities, others), and this behind the header.
fn message(flags: u16, counts: [u16; 4], rest: &[u8]) -> Vec<u8> {
    let header = [ID, flags].into_iter().chain(counts).flat_map(u16::to_be_bytes);
    header.chain(rest.iter().copied()).collect()
}

/// `brand.com`, of type TXT or another, as a question; it stands at 12.
fn question(kind: u8) -> Vec<u8> {
    [b"\x05brand\x03com\x00\x00", &[kind][..], b"\x00\x01"].concat()
}

/// A record of the name at `pointer`.
fn record(pointer: u8, kind: u8, data: &[u8]) -> Vec<u8> {
    [&[0xc0, pointer, 0, kind, 0, 1, 0, 0, 0, 60, 0, data.len() as u8], data].concat()
}

const ANSWER: u16 = 0x8180;
const TXT: u8 = 16;

/// An answer about the TXT records of `brand.com` with these records.
fn with(records: &[Vec<u8>]) -> Vec<u8> {
    message(ANSWER, [1, records.len() as u16, 0, 0], &[question(TXT), records.concat()].concat())
}

fn read(message: &[u8]) -> Reading {
    query("brand.com", Kind::Txt).read(message)
}

fn records(message: &[u8]) -> Vec<String> {
    let Reading::Answer(Ok(response)) = read(message) else { panic!("{:?}", read(message)) };
    assert!(!response.no_name);
    response.records.iter().map(|record| format!("{} {} {}", record.name, record.kind.name(), record.text)).collect()
}

#[test]
fn a_question_asks_for_recursion_and_tells_how_long_an_answer_may_be() {
    let opt = [0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0];
    assert_eq!(
        query("brand.com", Kind::Txt).bytes(),
        message(0x0100, [1, 0, 0, 1], &[&question(TXT)[..], &opt].concat())
    );
}

#[test]
fn numbers_are_not_foreseen() {
    let numbers: HashSet<u16> = (0..100).map(|_| unforeseen()).collect();
    assert!(numbers.len() > 90, "{numbers:?}");
}

#[test]
fn records_of_all_types_are_read_with_their_names() {
    let mail = b"\x04mail\xc0\x0c";
    let answer = with(&[
        record(12, TXT, b"\x05v=spf\x00\x05=1 -a"),
        record(12, 1, &[192, 0, 2, 1]),
        record(12, 28, &[0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        record(12, 5, mail),
        record(12, 12, mail),
        record(12, 15, &[&[0, 10][..], mail].concat()),
        record(12, 15, &[0, 0, 0]),
        record(12, 2, mail),
    ]);
    assert_eq!(
        records(&answer),
        [
            "brand.com TXT v=spf=1 -a",
            "brand.com A 192.0.2.1",
            "brand.com AAAA 2001:db8::1",
            "brand.com CNAME mail.brand.com",
            "brand.com PTR mail.brand.com",
            "brand.com MX 10 mail.brand.com",
            "brand.com MX 0 .",
        ]
    );
    let Reading::Answer(Ok(response)) = read(&answer) else { panic!() };
    assert_eq!(response.records[0].joints, [5, 5]);
}

#[test]
fn what_a_name_can_not_show_is_escaped_and_asked_for_as_it_was() {
    let odd = b"\x06a.b\\ \xff\x03com\x00";
    let answer = with(&[record(12, 5, odd)]);
    assert_eq!(records(&answer), [r"brand.com CNAME a\046b\092\032\255.com"]);
    assert_eq!(&query(r"a\046b\092\032\255.com", Kind::A).bytes()[12..24], odd);
}

#[test]
fn no_such_name_and_errors_are_told_apart() {
    let says = |code: u16| read(&message(ANSWER | code, [1, 0, 0, 0], &question(TXT)));
    assert!(matches!(says(0), Reading::Answer(Ok(Response { no_name: false, .. }))));
    assert!(matches!(says(3), Reading::Answer(Ok(Response { no_name: true, .. }))));
    for (code, expected) in
        [(2, RCODE::ServerFailure), (5, RCODE::Refused), (4, RCODE::NotImplemented), (13, RCODE::Reserved)]
    {
        assert!(matches!(says(code), Reading::Answer(Err(Trouble::Code(said))) if said == expected), "{code}");
    }
}

#[test]
fn what_answers_something_else_is_passed_over() {
    let right = with(&[record(12, TXT, b"\x01x")]);
    let changed = |at: usize, byte: u8| {
        let mut changed = right.clone();
        changed[at] = byte;
        changed
    };
    for (what, wrong) in [
        ("another number", changed(1, 0x35)),
        ("a question", changed(2, 0x01)),
        ("another name", changed(13, b'x')),
        ("another type", changed(24, 1)),
        ("another class", changed(26, 3)),
        ("no question", message(ANSWER, [0, 0, 0, 0], &[])),
        ("nothing", Vec::new()),
        ("no header", right[..11].to_vec()),
    ] {
        assert!(matches!(read(&wrong), Reading::Another), "{what}: {:?}", read(&wrong));
    }
    // letters of either case are the same
    assert_eq!(records(&changed(13, b'B')), ["brand.com TXT x"]);
}

#[test]
fn records_of_other_classes_and_other_sections_are_left_out() {
    let mut chaos = record(12, TXT, b"\x01x");
    chaos[5] = 3;
    let extra = record(12, TXT, b"\x01y");
    let answer = message(ANSWER, [1, 1, 1, 1], &[question(TXT), chaos, extra.clone(), extra].concat());
    assert_eq!(records(&answer), Vec::<String>::new());
}

#[test]
fn an_answer_that_says_that_it_is_cut_off_is_wherever_that_is() {
    let mut answer = with(&[record(12, TXT, b"\x01x")]);
    answer[2] |= 0x02;
    for end in 12..=answer.len() {
        assert!(matches!(read(&answer[..end]), Reading::CutOff), "{end}");
    }
}

#[test]
fn an_answer_that_ends_too_early_is_unreadable_wherever_that_is() {
    let answer = with(&[record(12, TXT, b"\x01x"), record(12, TXT, b"\x01y")]);
    for end in 12..answer.len() {
        let reading = read(&answer[..end]);
        assert!(matches!(reading, Reading::Answer(Err(Trouble::Unreadable(_)))), "{end}: {reading:?}");
    }
}

#[test]
fn names_that_go_round_in_a_circle_are_unreadable() {
    // the data of the first record stands at 39
    for (what, name) in [
        ("itself", &b"\xc0\x27"[..]),
        ("through a label", b"\x01a\xc0\x27"),
        ("ahead", b"\xc0\x40"),
        ("beyond the end", b"\xff\xff"),
        ("a label of an unknown kind", b"\x41a\x00"),
        ("out of the message", b"\x3fa"),
    ] {
        let answer = with(&[record(12, 5, name)]);
        let reading = read(&answer);
        assert!(matches!(reading, Reading::Answer(Err(Trouble::Unreadable(_)))), "{what}: {reading:?}");
    }
    let in_the_question = message(ANSWER, [1, 0, 0, 0], &[0xc0, 12, 0, TXT, 0, 1]);
    assert!(matches!(read(&in_the_question), Reading::Answer(Err(Trouble::Unreadable(_)))));
}

#[test]
fn counts_that_the_message_can_not_hold_are_refused() {
    for counts in [[1, 0xffff, 0xffff, 0xffff], [0xffff, 0, 0, 0], [1, 0, 0, 40]] {
        let reading = read(&message(ANSWER, counts, &question(TXT)));
        assert!(matches!(reading, Reading::Answer(Err(Trouble::Unreadable(_)))), "{counts:?}: {reading:?}");
    }
}

/// An answer of many records, to be damaged.
fn rich() -> Vec<u8> {
    let mail = b"\x04mail\xc0\x0c";
    with(&[
        record(12, TXT, b"\x05v=spf\x02 a"),
        record(12, 5, mail),
        record(12, 15, &[&[0, 10][..], mail].concat()),
        record(12, 6, &[mail, mail, &[0; 20][..]].concat()),
        record(12, 41, &[0, 10, 0, 2, 1, 2]),
        record(12, 65, &[0, 1, 0, 0, 1, 0, 3, 2, b'h', b'2']),
        record(12, 47, &[0, 0, 1, 0x40]),
        record(12, 45, &[1, 3, 2, 0xc0, 12, 7]),
    ])
}

proptest! {
    #[test]
    fn no_bytes_are_too_much(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
        let _ = read(&message(ANSWER, [1, 1, 0, 0], &[&question(TXT)[..], &bytes].concat()));
        let _ = read(&message(ANSWER, [1, 3, 2, 1], &bytes));
    }

    #[test]
    fn no_damage_to_an_answer_is_too_much(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), Just(0xc0), Just(0)]), 0..8),
        kind in any::<u8>(),
        end in any::<prop::sample::Index>(),
    ) {
        let mut answer = rich();
        // the type of the first record
        answer[30] = kind;
        for (at, byte) in changes {
            let at = at.index(answer.len() - 12) + 12;
            answer[at] = byte;
        }
        let _ = read(&answer);
        answer.truncate(end.index(answer.len()));
        let _ = read(&answer);
    }
}
