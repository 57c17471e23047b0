//! `presend domain` and `presend check --zone`, from outside: against a server on loopback, and against zone files.
#![allow(clippy::unwrap_used)]

#[path = "common/dns_server.rs"]
mod dns_server;
#[cfg(feature = "dns")]
#[path = "domain/servers.rs"]
mod servers;
#[path = "common/tree.rs"]
mod tree;

use snapbox::{assert_data_eq, str};
use std::fs;
use std::path::Path;
use std::process::Command;
use tree::tree;

/// What a run left behind.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run_in(folder: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    let output = command.env_clear().current_dir(folder).args(args).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Ran { code: output.status.code(), out, err }
}

/// Looks at `brand.com` in a zone; `args` come behind.
fn in_zone(zone: &str, args: &[&str]) -> Ran {
    let tree = tree(&[("brand.zone", zone)]);
    run_in(tree.path(), &[&["domain", "brand.com", "--zone", "brand.zone"], args].concat())
}

/// The lints that are reported, each once, in order.
fn lints(ran: &Ran) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    let found = report["diagnostics"].as_array().unwrap();
    let mut names: Vec<String> = found.iter().map(|found| found["lint"].as_str().unwrap().to_owned()).collect();
    names.dedup();
    names
}

/// Everything in order: what a sender should have.
const GOOD: &str = "\
$ORIGIN brand.com.
$TTL 1h
@ 3600 IN SOA ns1 hostmaster ( 2026010101 ; serial
                               7200 3600 1209600 3600 )
@          MX    10 mail
           TXT   \"v=spf1 include:_spf.provider.net ~all\"
           TXT   \"some-verification=abc\"
mail       A     20.30.40.50
           AAAA  2a01:111::50
_dmarc     TXT   \"v=DMARC1; p=reject; rua=mailto:dmarc@brand.com\"
s1._domainkey  CNAME s1.dkim.provider.net.
$ORIGIN provider.net.
@          SOA ns1 hostmaster 1 7200 3600 1209600 3600
_spf       TXT   \"v=spf1 ip4:20.30.40.0/24 ip6:2a01:111::/32 -all\"
s1.dkim    TXT   \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"
$ORIGIN 40.30.20.in-addr.arpa.
@          SOA ns1 hostmaster 1 7200 3600 1209600 3600
50         PTR   mail.brand.com.
";

#[test]
fn a_domain_in_order_is_told_in_a_few_lines() {
    let ran = in_zone(GOOD, &["--selector", "s1", "--ip", "20.30.40.50"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert_data_eq!(
        ran.out,
        str![[r#"
note: brand.com: SPF takes 1 of 10 lookups; all others fail softly
note: brand.com: DKIM keys: `s1`: Ed25519
note: brand.com: DMARC asks for `reject` for mail that fails; alignment is relaxed for SPF and DKIM
note: brand.com: mail is taken by `mail.brand.com`
note: brand.com: 20.30.40.50: `mail.brand.com`; SPF lets it send
note: brand.com: MTA-STS is not there; TLS-RPT is not there; BIMI is not there

no faults found in 1 domain

"#]]
    );
}

#[test]
fn a_label_stands_under_the_term_and_points_into_the_zone_file() {
    let zone = "$ORIGIN brand.com.\n@ MX 10 mail\nmail A 20.30.40.50\n_dmarc TXT \"v=DMARC1; p=reject\"\n@ TXT ( \"v=spf1 ip4:20.30.40.50 \"\n  \"+all\" )\n";
    let ran = in_zone(zone, &["--quiet"]);
    assert_eq!(ran.code, Some(1));
    assert_data_eq!(
        ran.out,
        str![[r#"
error[permissive-spf]: the SPF record lets everybody send as `brand.com`
  --> brand.zone:6:4
   |
 6 | brand.com TXT v=spf1 ip4:20.30.40.50 +all
   |                                      ^^^^ every server passes
   |
   = note: a pass says that the sender is authorised; given to all, receivers treat it as a mark of
           spam
           (RFC 7208 §4.7 and §5.1)
   = help: end the record with `~all`, and with `-all` once all your senders are listed
   = note: `permissive-spf` is denied by default

error: 1 error in 1 domain

"#]]
    );
}

#[test]
fn what_zones_say_and_what_is_said_of_them() {
    let base = "$ORIGIN brand.com.\n@ SOA ns dns 1 1 1 1 1\n@ MX 10 mail\nmail A 20.30.40.50\n";
    let dmarc = "_dmarc TXT \"v=DMARC1; p=reject\"\n";
    let spf = "@ TXT \"v=spf1 mx -all\"\n";
    for (more, args, expected) in [
        (String::new(), &[][..], &["missing-spf", "missing-dmarc"][..]),
        (format!("{spf}{dmarc}"), &[], &[]),
        // a record of a domain above is no record of this one, but DMARC comes down
        (format!("{dmarc}news MX 10 mail\nnews TXT \"v=spf1 mx -all\""), &["news"], &[]),
        (
            format!("{spf}_dmarc TXT \"v=DMARC1; p=reject; sp=none\"\nnews MX 10 mail\nnews TXT \"v=spf1 mx -all\""),
            &["news"],
            &["unenforced-dmarc"],
        ),
        (format!("@ TXT \"v=spf1 include:brand.com -all\"\n{dmarc}"), &[], &["broken-spf-include"]),
        (
            format!("@ TXT \"v=spf1 include:b.brand.com -all\"\nb TXT \"v=spf1 ip4:300.1.1.1 -all\"\n{dmarc}"),
            &[],
            &["broken-spf-include"],
        ),
        (format!("@ TXT \"v=spf1 redirect=_spf.brand.com\"\n{dmarc}_spf TXT \"v=spf1 mx:brand.com ?all\""), &[], &[]),
        (format!("@ TXT \"v=spf1 exists:%{{i}}.x.brand.com -all\"\n{dmarc}"), &["ip"], &["missing-ptr-record"]),
        (format!("{spf}_dmarc TXT \"v=DMARC1;p=none\""), &[], &["unenforced-dmarc"]),
        (format!("{spf}_dmarc TXT \"v=DMARC1; p=reject; pct=50\""), &[], &["unenforced-dmarc"]),
        (format!("{spf}_dmarc TXT \"v=DMARC1; p=reject; rua=dmarc@brand.com\""), &[], &["malformed-dmarc"]),
        (format!("{spf}_dmarc TXT \"v=DMARC1; rua=mailto:dmarc@brand.com\""), &[], &["malformed-dmarc"]),
        (format!("{spf}_dmarc TXT \"V=dmarc1; p=reject\""), &[], &["missing-dmarc"]),
        (format!("{spf}{dmarc}google._domainkey TXT \"v=DKIM1; k=rsa; p=\""), &[], &[]),
        (format!("{spf}{dmarc}google._domainkey TXT \"v=DKIM1; k=rsa; p=MIG\""), &[], &["malformed-dkim-key"]),
        (format!("{spf}{dmarc}@ MX 20 192.0.2.1.\n"), &[], &["unresolvable-mx"]),
        (format!("{spf}{dmarc}@ A 10.0.0.1\n"), &[], &[]),
    ] {
        let tree = tree(&[(
            "brand.zone",
            &format!("{base}{more}\n$ORIGIN 40.30.20.in-addr.arpa.\n@ SOA ns.brand.com. dns.brand.com. 1 1 1 1 1\n"),
        )]);
        let domain = if args == ["news"] { "news.brand.com" } else { "brand.com" };
        let ip: &[&str] = if args == ["ip"] { &["--ip", "20.30.40.50"] } else { &[] };
        let ran = run_in(tree.path(), &[&["domain", domain, "--zone", "brand.zone", "--format", "json"], ip].concat());
        assert_eq!(lints(&ran), expected, "{more}\n{}", ran.out);
    }
}

#[test]
fn what_lies_outside_of_the_zone_is_unknown() {
    let zone = "$ORIGIN brand.com.\n@ MX 10 mx.elsewhere.net.\n@ TXT \"v=spf1 include:_spf.elsewhere.net -all\"\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@elsewhere.net\"\n";
    let ran = in_zone(zone, &["--ip", "20.30.40.50"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.contains("SPF takes at least 1 of 10 lookups"), "{}", ran.out);
    assert!(ran.out.contains("not in the zone, so nothing is said of them: "), "{}", ran.out);
    assert!(ran.out.contains("20.30.40.50: unknown name; what SPF says is unknown"), "{}", ran.out);
}

#[test]
fn mistakes_in_a_zone_are_named_with_line_and_column() {
    for (zone, said) in [
        ("@ TXT \"x\nmail A 1.2.3.4\n", "brand.zone:1:7: this quote is not closed on its line"),
        ("\n\nmail A 1.2.3\n", "brand.zone:3:8: `1.2.3` is no IPv4 address"),
        ("mail MX mail\n", "brand.zone:1:6: a record of type MX has a number and a name"),
        ("mail XYZ 1\n", "brand.zone:1:6: `XYZ` is no type of record"),
        ("@ TXT ( \"a\"\n", "brand.zone:1:7: this parenthesis is never closed"),
        ("@ TXT \"\\300\"\n", "brand.zone:1:8: `\\300` is no byte: 000 to 255 are"),
        ("  TXT x\n", "brand.zone:1:1: the first record has no name before it"),
        ("$INCLUDE other\n", "brand.zone:1:1: `$INCLUDE` is not read; put all into one file"),
    ] {
        let ran = in_zone(zone, &[]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{zone}");
        assert!(ran.err.contains(said), "{zone}: {}", ran.err);
    }
    let missing = run_in(tree(&[]).path(), &["domain", "brand.com", "--zone", "no.zone"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("can't read the zone `no.zone`: "), "{}", missing.err);
}

#[test]
fn a_name_that_is_no_domain_is_refused_before_anything_is_asked() {
    for (name, said) in
        [("localhost", "is a single word"), ("192.0.2.1", "is an address, not a domain"), ("a b.com", "is no domain")]
    {
        let ran = in_zone(GOOD, &[name]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{name}");
        assert!(ran.err.contains(said), "{name}: {}", ran.err);
    }
    let tree = tree(&[("x.zone", "$ORIGIN xn--mnchen-3ya.de.\n@ MX 10 @\n@ A 20.30.40.50\n")]);
    for name in ["münchen.de", "News@MÜNCHEN.de", "https://münchen.de./x"] {
        let ran = run_in(tree.path(), &["domain", name, "--zone", "x.zone", "--format", "json"]);
        assert_eq!(lints(&ran), ["missing-spf", "missing-dmarc"], "{name}");
    }
}

#[test]
fn levels_configuration_and_allows_hold_for_domains() {
    let zone = "$ORIGIN brand.com.\n@ MX 10 mail\nmail A 20.30.40.50\n@ TXT \"v=spf1 mx ?all\"\n";
    let code = |config: &str, args: &[&str]| {
        let tree = tree(&[("brand.zone", zone), ("presend.toml", config)]);
        let ran =
            run_in(tree.path(), &[&["domain", "brand.com", "--zone", "brand.zone", "--format", "json"], args].concat());
        (ran.code, lints(&ran))
    };
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(code("", &[]), (Some(1), named(&["undecided-spf", "missing-dmarc"])));
    assert_eq!(code("", &["-A", "domain"]), (Some(0), named(&[])));
    assert_eq!(code("", &["--cap-lints", "warn"]).0, Some(0));
    assert_eq!(code("[lints]\nmissing-dmarc = \"allow\"\n", &[]), (Some(0), named(&["undecided-spf"])));
    let allow = "[[allow]]\npath = \"brand.com\"\nlint = \"missing-dmarc\"\nreason = \"next week\"\n";
    assert_eq!(code(allow, &[]), (Some(0), named(&["undecided-spf"])));
}

#[test]
fn json_is_what_the_schema_says_in_a_zone() {
    let zone = "$ORIGIN brand.com.\n@ MX 10 mail\nmail A 10.0.0.1\n@ TXT \"v=spf1 include:x.brand.com +all\"\n_dmarc TXT \"v=DMARC1; p=none\"\n";
    let ran = in_zone(zone, &["--format", "json", "-W", "pedantic"]);
    let report = valid(&ran);
    let found = &report["diagnostics"][0];
    assert_eq!(found["primary"]["record"], serde_json::json!({"name": "brand.com", "type": "TXT"}));
    assert_eq!(found["primary"]["view"]["text"], "include:x.brand.com");
    assert_eq!(found["primary"]["file"], "brand.zone");
    let span = &found["primary"]["file_span"];
    let marked = &zone[span["byte_start"].as_u64().unwrap() as usize..span["byte_end"].as_u64().unwrap() as usize];
    assert_eq!(marked, "include:x.brand.com");
    assert_eq!(report["summary"]["domains"], 1);
    for format in ["short", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson"] {
        let ran = in_zone(zone, &["--format", format]);
        assert_eq!(ran.code, Some(1), "{format}: {}", ran.err);
        assert!(ran.out.contains("permissive-spf"), "{format}: {}", ran.out);
    }
}

fn valid(ran: &Ran) -> serde_json::Value {
    let report = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}{}", ran.out, ran.err));
    let schema = serde_json::from_str(include_str!("../schemas/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<_> =
        validator.iter_errors(&report).map(|fault| format!("{}: {fault}", fault.instance_path)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    report
}

const MAIL: &str = "From: Brand <news@news.brand.com>\nTo: a@reader.example\nSubject: Ten lamps for the winter\nList-Unsubscribe: <https://u.brand.com/1>\n\nHello.\n";

#[test]
fn check_with_a_zone_says_each_domain_once_after_the_messages() {
    let zone = "$ORIGIN brand.com.\n@ MX 10 mail\nmail A 20.30.40.50\nu A 10.0.0.1\nnews MX 10 mail\n_dmarc TXT \"v=DMARC1; p=reject\"\n";
    let tree = tree(&[("brand.zone", zone), ("a.eml", MAIL), ("b.eml", MAIL)]);
    let without = run_in(tree.path(), &["check", "a.eml", "b.eml", "--format", "short"]);
    let with = run_in(tree.path(), &["check", "a.eml", "b.eml", "--format", "short", "--zone", "brand.zone"]);
    let new = with.out.strip_prefix(&without.out).unwrap_or_else(|| panic!("{}\n{}", without.out, with.out));
    assert_data_eq!(
        new,
        str![[r#"
news.brand.com: error[missing-spf]: `news.brand.com` has no SPF record
brand.zone:4:5: error[non-routable-address]: `u.brand.com` has an address that can't be reached from outside

"#]]
    );
    let human = run_in(tree.path(), &["check", "a.eml", "b.eml", "--zone", "brand.zone"]);
    assert!(human.out.contains("::: a.eml:1:"), "{}", human.out);
    assert!(human.out.contains("in 2 campaigns and 2 domains"), "{}", human.out);
    valid(&run_in(tree.path(), &["check", ".", "--format", "json", "--zone", "brand.zone"]));
}

#[test]
fn check_with_another_s_zone_says_so() {
    let tree = tree(&[("other.zone", "$ORIGIN other.com.\n@ SOA ns dns 1 1 1 1 1\n"), ("a.eml", MAIL)]);
    let ran = run_in(tree.path(), &["check", "a.eml", "--zone", "other.zone"]);
    assert!(
        ran.err.contains("warning: `news.brand.com` is not in the zone `other.zone`, so nothing is said of it"),
        "{}",
        ran.err
    );
    let broken = run_in(tree.path(), &["check", "a.eml", "--zone", "a.eml"]);
    assert_eq!((broken.code, broken.out.as_str()), (Some(2), ""));
}

/// The files below `src` and `lints` in which one of the words stands, in order.
fn files_with(words: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src"), root.join("lints")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                if words.iter().any(|word| text.contains(word)) {
                    found.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
                }
            }
        }
    }
    found.sort();
    found
}

/// Sockets are made in one file, behind what one command opens.
#[test]
fn only_the_domain_command_reaches_the_network() {
    let sockets = [
        "UdpSocket",
        "TcpStream",
        "TcpListener",
        "ToSocketAddrs",
        "to_socket_addrs",
        "UnixStream",
        "UnixDatagram",
        "std::net::*",
        // what dependencies would open for us
        "rustix::net",
        "nix::sys::socket",
        "mio::net",
        "socket2",
        "Connection::connect",
        "Connection::listen",
    ];
    assert_eq!(files_with(&sockets), ["src/dns/network/transport.rs"]);
    assert_eq!(files_with(&["transport::"]), ["src/dns/network.rs"]);
    assert_eq!(files_with(&["dns::{Network", "dns::Network", "dns::network", "dns::*"]), ["src/cli/domain.rs"]);
}

#[test]
fn dmarc_comes_down_under_a_top_level_domain_that_nobody_knows_too() {
    let zone = "$ORIGIN brand.example.\nnews MX 10 mail\nmail A 20.30.40.50\nnews TXT \"v=spf1 mx -all\"\n\
        _dmarc TXT \"v=DMARC1; p=reject\"\n";
    let tree = tree(&[("brand.zone", zone)]);
    let ran = run_in(tree.path(), &["domain", "news.brand.example", "--zone", "brand.zone", "--format", "json"]);
    assert!(!lints(&ran).iter().any(|lint| lint == "missing-dmarc"), "{}", ran.out);
}
