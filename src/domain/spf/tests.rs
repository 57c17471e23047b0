//! SPF records, read.
#![allow(clippy::unwrap_used)]

use super::{Policy, Qualifier, Target, What, is_near_miss, is_record};
use proptest::prelude::*;

/// The first fault of a record: the piece and what is wrong.
fn fault(terms: &str) -> Option<(String, String)> {
    let text = format!("v=spf1 {terms}");
    let policy = Policy::read(&text);
    policy.faults.first().map(|fault| (text[fault.span.clone()].to_owned(), fault.what.clone()))
}

#[test]
fn what_is_a_record() {
    for (text, record, near_miss) in [
        ("v=spf1", true, false),
        ("v=spf1 -all", true, false),
        ("V=SPF1 -all", true, false),
        ("v=spf10 -all", false, true),
        ("v=spf1include:x.net", false, true),
        (" v=spf1 -all", false, true),
        ("spf1 mx", false, true),
        ("v=spf2 -all", false, true),
        ("spf2.0/pra -all", false, false),
        ("verification=1", false, false),
        ("", false, false),
        ("é=spf1", false, false),
    ] {
        assert_eq!((is_record(text), is_near_miss(text)), (record, near_miss), "{text:?}");
    }
}

#[test]
fn terms_that_can_be_read() {
    for terms in [
        "",
        "  mx   -all ",
        "a a:x.net a/24 a//64 a:x.net/24//64 MX:X.net/0 ~ALL",
        "ip4:20.0.0.1 ip4:20.0.0.0/8 ip6:2a00::/16 ?all",
        "include:_spf.x.net redirect=x.net",
        "exists:%{ir}.%{v}._spf.%{d2} -all",
        "exp=explain._spf.%{d} -all",
        "unknown=what%{s}ever ptr ptr:x.net",
        "a:%{d}/24",
        "include:%{d1r-}.x.net",
        "x-thing=1",
    ] {
        assert_eq!(fault(terms), None, "{terms}");
    }
}

#[test]
fn terms_that_can_t_be_read() {
    for (terms, piece, what) in [
        ("ipv4:1.2.3.4", "ipv4:1.2.3.4", "`ipv4` is no mechanism"),
        ("ip4:1.2.3", "ip4:1.2.3", "`1.2.3` is not an IPv4 address"),
        ("ip4:1.2.3.4/33", "ip4:1.2.3.4/33", "`/33` is no length of a network: 0 to 32 are"),
        ("ip4:1.2.3.4/08", "ip4:1.2.3.4/08", "`/08` is no length of a network: 0 to 32 are"),
        ("ip6:x", "ip6:x", "`x` is not an IPv6 address"),
        ("include: x.net", "include:", "`include` lacks what it is about: `include:…`"),
        ("include", "include", "`include` lacks what it is about: `include:…`"),
        ("include=x.net", "include=x.net", "`include=` is no modifier; the mechanism is written `include:`"),
        ("all:x", "all:x", "nothing may follow `all`"),
        ("mx,", "mx,", "`mx,` is no mechanism"),
        ("a:localhost", "a:localhost", "`localhost` is no full name of a domain"),
        ("include:a..b", "include:a..b", "`a..b` is no name"),
        ("exists:%{x}.net", "exists:%{x}.net", "`%{x}` is no macro"),
        ("exists:%i.net", "exists:%i.net", "`%` in `%i.net` begins no macro"),
        ("redirect=a.net redirect=b.net", "redirect=b.net", "`redirect=` stands here for the second time"),
        ("redirect=", "redirect=", "a name is missing"),
        ("naïve", "naïve", "`naïve` is no mechanism"),
        ("v=spf1 mx", "", ""),
    ] {
        let expected = (!what.is_empty()).then(|| (piece.to_owned(), what.to_owned()));
        assert_eq!(fault(terms), expected, "{terms}");
    }
}

#[test]
fn a_term_says_what_it_is() {
    let policy = Policy::read("v=spf1 ~a:x.net/24 -all mx");
    assert_eq!(policy.terms[0].qualifier, Qualifier::SoftFail);
    assert!(matches!(&policy.terms[0].what, What::A(Target::Name(name), (24, 128)) if name.as_str() == "x.net"));
    assert_eq!(policy.all().map(|all| all.qualifier), Some(Qualifier::Fail));
    assert_eq!(
        (0..3).map(|at| policy.is_live(at)).collect::<Vec<_>>(),
        [true, true, false],
        "nothing behind `all` is looked at"
    );
    let redirected = Policy::read("v=spf1 redirect=x.net -all");
    assert!(!redirected.is_live(0), "`all` makes it void");
}

proptest! {
    #[test]
    fn any_text_is_read_and_points_into_itself(text in "(v=spf1)?([ +~?-]?(a|mx|all|ip4|ip6|include|exists|redirect|%)?[:=/. %{}a-z0-9é-]{0,12}){0,12}") {
        let policy = Policy::read(&text);
        for span in policy.terms.iter().map(|term| &term.span).chain(policy.faults.iter().map(|fault| &fault.span)) {
            prop_assert!(text.get(span.clone()).is_some_and(|piece| !piece.is_empty() && !piece.contains(' ')));
        }
    }
}
