//! `presend domain` against a server on loopback that fails in every way.

use super::dns_server::{Server, Trouble};
use super::*;

const RECORDS: &str = "
    brand.com MX 10 mail.brand.com
    brand.com TXT v=spf1 include:_spf.provider.net |~all
    mail.brand.com A 20.30.40.50
    _dmarc.brand.com TXT v=DMARC1; p=reject
    _spf.provider.net TXT v=spf1 ip4:20.30.40.0/24 -all
    s1._domainkey.brand.com CNAME one.provider.net
    one.provider.net CNAME two.provider.net
    two.provider.net TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
    50.40.30.20.in-addr.arpa PTR mail.brand.com
";

fn ask(server: &Server, args: &[&str]) -> Ran {
    let resolver = server.address.to_string();
    let args = [&["domain", "brand.com", "--resolver", &resolver, "--timeout", "4"], args].concat();
    run_in(tree(&[]).path(), &args)
}

#[test]
fn a_server_answers_and_aliases_are_followed() {
    let server = Server::start(RECORDS, &[]);
    let ran = ask(&server, &["--selector", "s1", "--ip", "20.30.40.50"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    for said in ["`s1`: Ed25519", "SPF takes 1 of 10 lookups", "SPF lets it send", "no faults found in 1 domain"] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
}

#[test]
fn a_record_of_a_server_is_shown_by_name_and_type() {
    let server = Server::start(&RECORDS.replace("p=reject", "p=none"), &[]);
    let ran = ask(&server, &["--quiet"]);
    assert_eq!(ran.code, Some(0));
    assert_data_eq!(
        ran.out,
        str![[r#"
warning[unenforced-dmarc]: the DMARC record of `brand.com` asks receivers for nothing
  --> _dmarc.brand.com TXT
   |
   | v=DMARC1; p=none
   |           ^^^^^^ mail that fails is treated as any other
   |
   = note: anything weaker than `quarantine` or `reject` leaves the domain open to be forged, and
           counts as substandard
           (Microsoft, Email authentication in Microsoft 365)
   = note: `p=none` is enough for Outlook.com's, Gmail's and Yahoo's requirements for senders
   = help: read the reports until all your own mail passes; then ask for `p=quarantine`, and in the
           end for `p=reject`
   = note: `unenforced-dmarc` is a warning by default

warning: 1 warning in 1 domain

"#]]
    );
    let json = valid(&ask(&server, &["--format", "json"]));
    assert_eq!(json["diagnostics"][0]["primary"]["file"], "_dmarc.brand.com TXT");
    assert_eq!(json["diagnostics"][0]["primary"]["file_span"], serde_json::Value::Null);
}

#[test]
fn an_answer_that_is_cut_off_is_asked_for_again_over_tcp() {
    let server = Server::start(RECORDS, &[("brand.com", Trouble::Truncated)]);
    let ran = ask(&server, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.contains("SPF takes 1 of 10 lookups"), "{}", ran.out);
    assert!(server.over_tcp.load(std::sync::atomic::Ordering::Relaxed) > 0);
}

#[test]
fn what_answers_another_question_or_comes_from_elsewhere_is_not_taken() {
    for trouble in [Trouble::WrongId, Trouble::WrongQuestion, Trouble::Forged] {
        let server = Server::start(RECORDS, &[("brand.com", trouble), ("_dmarc.brand.com", trouble)]);
        let ran = ask(&server, &[]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{trouble:?}: {}", ran.out);
        assert!(ran.out.contains("DMARC asks for `reject`"), "{trouble:?}: {}", ran.out);
    }
}

#[test]
fn an_alias_alone_is_followed_by_asking_again() {
    let alone = ["s1._domainkey.brand.com", "one.provider.net"].map(|name| (name, Trouble::AliasOnly));
    let server = Server::start(RECORDS, &alone);
    let ran = ask(&server, &["--selector", "s1"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.contains("`s1`: Ed25519"), "{}", ran.out);
    let asked = server.asked.lock().unwrap().clone();
    for name in ["one.provider.net", "two.provider.net"] {
        assert_eq!(asked.iter().filter(|asked| *asked == name).count(), 1, "{asked:?}");
    }
}

#[test]
fn aliases_in_a_circle_are_an_error() {
    let circle = "one.provider.net CNAME s1._domainkey.brand.com";
    let server = Server::start(&RECORDS.replace("one.provider.net CNAME two.provider.net", circle), &[]);
    let ran = ask(&server, &["--selector", "s1"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("its aliases (CNAME) go round in a circle"), "{}", ran.err);
}

#[test]
fn a_server_that_is_out_of_reach_is_left_for_the_next() {
    let unheard = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let silent = unheard.local_addr().unwrap().to_string();
    // nobody listens where somebody did
    let gone = std::net::UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let server = Server::start(RECORDS, &[]);
    let answers = server.address.to_string();
    for before in [&gone, &silent] {
        let args = ["domain", "brand.com", "--resolver", before, "--resolver", &answers, "--timeout", "8"];
        let ran = run_in(tree(&[]).path(), &args);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    }
    let ran = run_in(tree(&[]).path(), &["domain", "brand.com", "--resolver", &gone, "--timeout", "4"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("no server could be reached: "), "{}", ran.err);
}

#[test]
fn a_question_that_got_lost_is_asked_again() {
    let server = Server::start(RECORDS, &[("_dmarc.brand.com", Trouble::Lossy)]);
    let ran = ask(&server, &[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
}

#[test]
fn what_a_server_does_not_tell_is_never_missing() {
    for (trouble, said) in [
        (Trouble::ServFail, "the server failed (SERVFAIL)"),
        (Trouble::Refused, "the server refused to answer (REFUSED)"),
        (Trouble::AlwaysTruncated, "the answer was cut off, over TCP too"),
        (Trouble::Garbage, "the answer could not be read: it is shorter than it says"),
    ] {
        let names = ["brand.com", "_dmarc.brand.com", "s1._domainkey.brand.com", "50.40.30.20.in-addr.arpa"];
        for name in &names {
            let server = Server::start(RECORDS, &[(*name, trouble)]);
            let ran = ask(&server, &["--format", "json", "--selector", "s1", "--ip", "20.30.40.50"]);
            assert_eq!(ran.code, Some(2), "{trouble:?} {name}: {}{}", ran.out, ran.err);
            assert_eq!(lints(&ran), Vec::<String>::new(), "{trouble:?} {name}: {}", ran.out);
            assert!(
                ran.err.starts_with("error: brand.com: not all could be asked") && ran.err.contains(said),
                "{}",
                ran.err
            );
            assert!(ran.err.contains(&format!("`{name}`")), "{}", ran.err);
            assert_eq!(valid(&ran)["errors"][0]["kind"], "dns");
        }
    }
}

#[test]
fn what_could_be_read_is_judged_even_so() {
    let records = RECORDS.replace("|~all", "|+all");
    let server =
        Server::start(&records, &[("_dmarc.brand.com", Trouble::ServFail), ("_spf.provider.net", Trouble::ServFail)]);
    let ran = ask(&server, &["--format", "json"]);
    assert_eq!((ran.code, lints(&ran)), (Some(2), vec!["permissive-spf".to_owned()]), "{}", ran.err);
    assert!(
        ran.err.contains("TXT of `_dmarc.brand.com`") && ran.err.contains("TXT of `_spf.provider.net`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_silent_server_is_given_up_in_time() {
    for trouble in [Trouble::Silent, Trouble::Stalled] {
        let server = Server::start(RECORDS, &[("_dmarc.brand.com", trouble)]);
        let resolver = server.address.to_string();
        let begin = std::time::Instant::now();
        let ran = run_in(
            tree(&[]).path(),
            &["domain", "brand.com", "--resolver", &resolver, "--timeout", "2", "--format", "json"],
        );
        assert!(begin.elapsed().as_secs() < 10, "{trouble:?}: {:?}", begin.elapsed());
        assert_eq!((ran.code, lints(&ran)), (Some(2), Vec::new()), "{}{}", ran.out, ran.err);
        assert!(ran.err.contains("no answer within 0.5 s: TXT of `_dmarc.brand.com`"), "{}", ran.err);
    }
}

#[test]
fn a_domain_that_is_not_there_is_one_fault() {
    let server = Server::start("other.com A 20.30.40.50", &[]);
    let ran = ask(&server, &["--format", "json"]);
    assert_eq!((ran.code, lints(&ran)), (Some(1), vec!["nonexistent-domain".to_owned()]), "{}", ran.err);
}

#[test]
fn a_server_is_asked_for_no_name_twice_and_for_nothing_beyond() {
    let server = Server::start(RECORDS, &[]);
    ask(&server, &["--selector", "s1"]);
    let mut asked = server.asked.lock().unwrap().clone();
    asked.sort();
    let expected = [
        "_dmarc.brand.com",
        "_mta-sts.brand.com",
        "_smtp._tls.brand.com",
        "_spf.provider.net",
        "brand.com",
        "brand.com",
        "brand.com",
        "brand.com",
        "default._bimi.brand.com",
        "mail.brand.com",
        "mail.brand.com",
        "s1._domainkey.brand.com",
    ];
    asked.retain(|name| !name.ends_with("provider.net") || name == "_spf.provider.net");
    assert_eq!(asked, expected);
}
