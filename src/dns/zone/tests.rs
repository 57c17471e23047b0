//! Zone files, read and asked.
#![allow(clippy::unwrap_used)]

use super::Zone;
use crate::domain::{Answer, Ask, Kind, Name};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn zone(text: &str) -> Zone {
    Zone::parse("x.zone", text.as_bytes().to_vec(), None).unwrap_or_else(|error| panic!("{error}"))
}

/// The answer in short: texts with `;` between them, or what it is.
fn ask(zone: &mut Zone, name: &str, kind: Kind) -> String {
    match zone.ask(&[(Name::new(name).unwrap(), kind)]).pop().unwrap() {
        Answer::Found(records) => records.iter().map(|record| record.text.clone()).collect::<Vec<_>>().join("; "),
        Answer::Empty(_) => "empty".to_owned(),
        Answer::NoName => "no name".to_owned(),
        Answer::Outside => "outside".to_owned(),
        Answer::Failed(why) => why,
    }
}

#[test]
fn what_rfc_1035_writes_is_read() {
    let mut zone = zone(
        "\u{feff}; a comment\r\n$ORIGIN a.com.\r\n$TTL 1h30m\r\n@ 3600 IN SOA ns ( ; (\r\n  x 1 ;)\r\n 2 3 4 5 )\r\n\
         \t IN 60 TXT one \"two \\\"2\\\"; x\" \\051\\\\ ; end\r\n  MX 5 m\r\n  MX 6 m.b.org.\r\nM A 20.0.0.1\r\n in 5 AAAA 2A00::1\r\n\
         *.w CNAME m\r\n_x._y TYPE65280 \\# 0\r\n$ORIGIN sub\r\n@ A 20.0.0.2\r\n",
    );
    assert_eq!(ask(&mut zone, "a.com", Kind::Txt), "onetwo \"2\"; x3\\");
    assert_eq!(ask(&mut zone, "a.com", Kind::Mx), "5 m.a.com; 6 m.b.org");
    assert_eq!(ask(&mut zone, "m.a.com", Kind::A), "20.0.0.1");
    assert_eq!(ask(&mut zone, "m.a.com", Kind::Aaaa), "2a00::1");
    assert_eq!(ask(&mut zone, "sub.a.com", Kind::A), "20.0.0.2");
    assert_eq!(ask(&mut zone, "any.w.a.com", Kind::A), "m.a.com; 20.0.0.1", "by the wildcard and its alias");
    assert_eq!(ask(&mut zone, "w.a.com", Kind::A), "empty", "a name above others is there");
    assert_eq!(ask(&mut zone, "_x._y.a.com", Kind::Txt), "empty", "a type that nobody asks for");
    assert_eq!(ask(&mut zone, "n.a.com", Kind::A), "no name");
    assert_eq!(ask(&mut zone, "b.org", Kind::A), "outside");
}

#[test]
fn every_byte_of_a_text_knows_its_place_in_the_file() {
    let text = "$ORIGIN a.com.\n@ TXT ( \"v=spf1 \\105p4:1\" ; c\n  \"x y\" )\n";
    let mut zone = zone(text);
    let Answer::Found(records) = zone.ask(&[(Name::new("a.com").unwrap(), Kind::Txt)]).pop().unwrap() else { panic!() };
    let origin = records[0].origin.as_ref().unwrap();
    assert_eq!(records[0].text, "v=spf1 ip4:1x y");
    assert_eq!(records[0].joints, [12]);
    let marked = |range: std::ops::Range<usize>| &text[origin.range(&range)];
    assert_eq!(marked(0..6), "v=spf1");
    assert_eq!(marked(8..12), "p4:1");
    assert_eq!(marked(12..15), "x y");
    assert_eq!(marked(11..13), "1\" ; c\n  \"x");
    assert!(text[origin.range(&(15..15)).start..].starts_with("\" )"), "the end is before the closing quote");
}

#[test]
fn aliases_in_a_circle_end() {
    let mut zone = zone("$ORIGIN a.com.\nx CNAME y\ny CNAME x\n");
    assert_eq!(ask(&mut zone, "x.a.com", Kind::A), "its aliases (CNAME) go round in a circle");
}

#[test]
fn a_zone_without_a_top_knows_only_what_is_in_it() {
    let mut zone = zone("a.com. MX 0 .\n");
    assert_eq!(ask(&mut zone, "a.com", Kind::Mx), "0 .");
    assert_eq!(ask(&mut zone, "a.com", Kind::Txt), "empty");
    assert_eq!(ask(&mut zone, "b.a.com", Kind::Txt), "outside");
}

#[test]
fn a_large_zone_is_read_in_linear_time() {
    let text = format!("$ORIGIN a.com.\n{}", "x.y.z TXT \"v=spf1 -all\"\n".repeat(40_000));
    let begin = Instant::now();
    zone(&text);
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in "(\\$ORIGIN a\\.\n)?([@a ]?( IN| TXT| A| MX|[ \t]|[()\";\\\\]|\n|[0-9.]{1,4}|é|\r){0,6}\n){0,8}") {
        let lines = text.lines().count().max(1) + text.matches('\r').count() + 1;
        if let Err(error) = Zone::parse("x", text.into_bytes(), None) {
            prop_assert!(error.line >= 1 && error.line <= lines && error.column >= 1, "{error}");
        }
    }
}
