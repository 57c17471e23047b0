//! What is said of a copy that came back from a Microsoft 365 mailbox, and what is not: one table a lint, the mail as changed from one that
//! passed, then the level and the marked text. At the end `presend headers`, from outside.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_all, lint_only, marks, names};
use presend::diagnostic::{Diagnostic, Level};
use std::io::Write;
use std::process::{Command, Stdio};

const NOTHING: [(Level, &str); 0] = [];

/// A copy that arrived in the inbox, as Microsoft 365 delivers it: what it writes stands above the hop from outside and below the sender's fields.
const ARRIVED: &str = "Received: from DB7PR02MB1.eurprd02.prod.outlook.com (::1) by\n AM9PR02MB2.eurprd02.prod.outlook.com with HTTPS; Mon, 5 Oct 2026 07:00:06\n +0000\n\
ARC-Authentication-Results: i=1; mx.microsoft.com 1; spf=fail smtp.mailfrom=x.example; dkim=fail; dmarc=fail\n\
Authentication-Results: spf=pass (sender IP is 203.0.113.25)\n smtp.mailfrom=bounces.brand.com; contoso.com; dkim=pass (signature was\n verified) header.d=brand.com;dmarc=pass action=none\n header.from=brand.com;compauth=pass reason=100\n\
Received-SPF: Pass (protection.outlook.com: domain of bounces.brand.com designates\n 203.0.113.25 as permitted sender)\n\
Received: from mail.brand.com (203.0.113.25) by\n DB5EUR01FT045.mail.protection.outlook.com (10.152.5.6) with Microsoft SMTP\n Server (version=TLS1_3, cipher=X) id 15.20.8880.31 via\n Frontend Transport; Mon, 5 Oct 2026 07:00:03 +0000\n\
Received: from app (10.0.0.7) by mail.brand.com with ESMTP id 1; Mon, 5 Oct 2026 09:00:05 +0200\n\
From: \"Brand\" <news@brand.com>\nTo: reader@contoso.com\nSubject: New bags\n\
X-Microsoft-Antispam-Untrusted: BCL:9;\n\
X-Forefront-Antispam-Report-Untrusted: CIP:255.255.255.255;SCL:9;SFV:SKN;CAT:PHSH;DIR:OUT;\n\
X-MS-Exchange-Organization-SCL: 1\n\
X-Microsoft-Antispam: BCL:0;ARA:1230040;\n\
X-Forefront-Antispam-Report:\n CIP:203.0.113.25;CTRY:DE;LANG:en;SCL:1;SRV:;IPV:NLI;SFV:NSPM;H:mail.brand.com;PTR:mail.brand.com;CAT:NONE;SFS:(1)(2);DIR:INB;\n\
X-Microsoft-Antispam-Mailbox-Delivery:\n\tucf:0;jmr:0;auth:0;dest:I;ENG:(910001)(944506478);\n\
\nSee our new bags.\n";

/// The copy with pieces replaced, each of which has to be there.
fn copy(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(ARRIVED.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

fn found(lint: &str, text: &str) -> Vec<Diagnostic> {
    lint_only(lint, &Options::parse("a.eml", ""), text.as_bytes()).diagnostics
}

/// Levels and marked texts of what `lint` says.
fn says(lint: &str, text: &str) -> Vec<(Level, String)> {
    found(lint, text).iter().map(|diagnostic| diagnostic.level).zip(marks(lint, "a.eml", "", text)).collect()
}

/// Each row: what is changed, then level and marked text.
/// The fields of a copy that differ from a clean one, and what is said of it.
type Row<'r> = (&'r [(&'r str, &'r str)], &'r [(Level, &'r str)]);

fn check(lint: &str, rows: &[Row<'_>]) {
    for (changes, expected) in rows {
        let told = says(lint, &copy(changes));
        let told: Vec<_> = told.iter().map(|(level, text)| (*level, text.as_str())).collect();
        assert_eq!(told, *expected, "{lint}: {changes:?}");
    }
}

/// All lints of the topic that speak, those that are off by default among them.
fn topic(text: &str) -> Vec<&'static str> {
    let linted = lint_all(&Options::parse("a.eml", ""), text.as_bytes());
    names(&linted.diagnostics.into_iter().filter(|diagnostic| diagnostic.topic == "delivery").collect::<Vec<_>>())
}

#[test]
fn a_copy_that_passed_is_not_reported() {
    assert!(topic(ARRIVED).is_empty());
    assert!(topic("From: a@brand.com\nTo: b@contoso.com\nSubject: x\n\nx").is_empty());
}

#[test]
fn unrepresentative_test() {
    use Level::Warn;
    check(
        "unrepresentative-test",
        &[
            (&[("SFV:NSPM", "SFV:SKN")], &[(Warn, "SFV:SKN")]),
            (&[("SFV:NSPM", "SFV:SKA")], &[(Warn, "SFV:SKA")]),
            (&[("SFV:NSPM", "sfv: ski")], &[(Warn, "sfv: ski")]),
            (&[("SFV:NSPM", "SFV:SFE")], &[(Warn, "SFV:SFE")]),
            (&[("SFV:NSPM", "SFV:SKQ")], &[(Warn, "SFV:SKQ")]),
            (&[("IPV:NLI", "IPV:CAL")], &[(Warn, "IPV:CAL")]),
            (&[("SCL:1;SRV", "SCL:-1;SRV")], &[(Warn, "SCL:-1")]),
            (&[("SCL: 1", "SCL: -1")], &[(Warn, "-1")]),
            (&[("DIR:INB", "DIR:INT")], &[(Warn, "DIR:INT")]),
            (&[("dest:I;", "dest:C;OFR:CustomRules;")], &[(Warn, "OFR:CustomRules")]),
            // one finding, whatever the number of reasons
            (&[("SFV:NSPM", "SFV:SKN"), ("IPV:NLI", "IPV:CAL"), ("SCL: 1", "SCL: -1")], &[(Warn, "SFV:SKN")]),
            // a verdict against it is a verdict
            (&[("SFV:NSPM", "SFV:SKB")], &NOTHING),
            (&[("SFV:NSPM", "SFV:SPM")], &NOTHING),
            (&[("dest:I;", "dest:C;")], &NOTHING),
            (&[("dest:I;", "dest:I;OFR:CustomRules;")], &NOTHING),
            (&[("SFV:NSPM", "SFV:XYZ")], &NOTHING),
            (&[("SFV:NSPM", "SFV:")], &NOTHING),
        ],
    );
}

#[test]
fn it_is_said_first_though_it_stands_last_in_the_header() {
    let text = copy(&[("SFV:NSPM", "SFV:SKN"), ("spf=pass", "spf=fail"), ("dmarc=pass", "dmarc=fail")]);
    let linted = lint_all(&Options::parse("a.eml", ""), text.as_bytes());
    assert_eq!(linted.diagnostics[0].lint, "unrepresentative-test");
    assert!(linted.diagnostics.len() > 2);
}

#[test]
fn a_server_in_between_is_judged_instead_of_the_sender_s() {
    let gateway = |host: &str| {
        copy(&[
            ("from mail.brand.com (", &format!("from {host} (")),
            ("spf=pass", "spf=fail"),
            ("dmarc=pass", "dmarc=fail"),
        ])
    };
    for (host, fires) in [
        ("mx0a-001.pphosted.com", true),
        ("eu-smtp-1.mimecast.com", true),
        ("gateway.contoso.com", true),
        ("mail.brand.com", false),
        ("out.esp.com", false),
    ] {
        let text = gateway(host);
        assert_eq!(says("unrepresentative-test", &text).len(), usize::from(fires), "{host}");
        assert_eq!(says("failed-spf", &text).is_empty(), fires, "{host}");
        let level = if fires { Level::Warn } else { Level::Deny };
        assert_eq!(says("failed-dmarc", &text), [(level, "dmarc=fail".to_owned())], "{host}");
    }
    // looked through (enhanced filtering for connectors)
    let seen = gateway("mx0a-001.pphosted.com")
        .replace("From: ", "X-MS-Exchange-SkipListedInternetSender: ip=[203.0.113.25];domain=mail.brand.com\nFrom: ");
    assert_eq!(says("failed-spf", &seen).len(), 1);
    let forwarded = copy(&[("spf=pass", "spf=fail"), ("From: ", "X-Forwarded-To: reader@contoso.com\nFrom: ")]);
    assert!(says("failed-spf", &forwarded).is_empty());
}

#[test]
fn junked_test() {
    use Level::{Deny, Warn};
    check(
        "junked-test",
        &[
            (&[("dest:I", "dest:J")], &[(Deny, "dest:J")]),
            (&[("SFV:NSPM", "SFV:SPM")], &[(Deny, "SFV:SPM")]),
            (&[("SCL:1;SRV", "SCL:5;SRV")], &[(Deny, "SCL:5")]),
            (&[("SCL: 1", "SCL: 9")], &[(Deny, "9")]),
            (&[("CAT:NONE", "CAT:HPHISH")], &[(Deny, "CAT:HPHISH")]),
            (&[("CAT:NONE", "CAT:SPOOF"), ("SFV:NSPM", "SFV:SPM"), ("dest:I", "dest:J")], &[(Deny, "dest:J")]),
            (&[("CAT:NONE", "CAT:UIMP;SFTY:9.20")], &[(Deny, "CAT:UIMP")]),
            // this recipient's own list
            (&[("SFV:NSPM", "SFV:SKB"), ("SCL:1;SRV", "SCL:6;SRV")], &[(Warn, "SCL:6")]),
            (&[("SFV:NSPM", "SFV:BLK"), ("dest:I", "dest:J")], &[(Warn, "dest:J")]),
            (&[("SCL:1;SRV", "SCL:4;SRV")], &NOTHING),
            (&[("SCL:1;SRV", "SCL:;SRV")], &NOTHING),
            (&[("SCL:1;SRV", "SCL:50;SRV")], &NOTHING),
            (&[("CAT:NONE", "CAT:BULK")], &NOTHING),
            (&[("CAT:NONE", "CAT:NONE;SFTY:9.25")], &NOTHING),
            (&[("CAT:NONE", "CAT:ZZZ")], &NOTHING),
        ],
    );
}

#[test]
fn bulk_verdict() {
    use Level::Warn;
    check(
        "bulk-verdict",
        &[
            (&[("BCL:0", "BCL:5")], &[(Warn, "BCL:5")]),
            (&[("BCL:0;", "BCL:9;")], &[(Warn, "BCL:9")]),
            (&[("SRV:;", "SRV:BULK;")], &[(Warn, "SRV:BULK")]),
            (&[("SRV:;", "SRV:BULK;"), ("BCL:0;", "BCL:7;")], &[(Warn, "BCL:7")]),
            (&[("CAT:NONE", "CAT:BULK")], &[(Warn, "CAT:BULK")]),
            (&[("BCL:0;", "BCL:4;")], &NOTHING),
            (&[("BCL:0;", "BCL:;")], &NOTHING),
            (&[("BCL:0;", "BCL:12;")], &NOTHING),
        ],
    );
    for (level, threshold) in
        [(5, "Strict preset (5)"), (6, "Standard preset (6)"), (7, "default threshold (7)"), (8, "above every")]
    {
        let told = &found("bulk-verdict", &copy(&[("BCL:0;", &format!("BCL:{level};"))]))[0];
        assert!(told.notes[0].text.contains(threshold), "{}", told.notes[0].text);
    }
}

#[test]
fn failed_authentication() {
    use Level::{Deny, Warn};
    check(
        "failed-dmarc",
        &[
            (&[("dmarc=pass action=none", "dmarc=fail action=quarantine")], &[(Deny, "dmarc=fail")]),
            (&[("dmarc=pass", "dmarc=none")], &[(Deny, "dmarc=none")]),
            (&[("dmarc=pass", "dmarc=bestguesspass")], &[(Deny, "dmarc=bestguesspass")]),
            (&[("dmarc=pass", "dmarc=permerror")], &[(Deny, "dmarc=permerror")]),
            (&[("dmarc=pass", "dmarc=temperror")], &[(Warn, "dmarc=temperror")]),
            (&[("dmarc=pass", "DMARC=Fail")], &[(Deny, "DMARC=Fail")]),
            (&[("header.d=brand.com;dmarc=pass", "header.d=brand.com dmarc=fail")], &[(Deny, "dmarc=fail")]),
            (&[("dmarc=pass action=none\n header.from=brand.com;", "")], &NOTHING),
        ],
    );
    check(
        "failed-spf",
        &[
            (&[("spf=pass", "spf=softfail"), ("dmarc=pass", "dmarc=fail")], &[(Deny, "spf=softfail")]),
            (&[("spf=pass", "spf=none"), ("dmarc=pass", "dmarc=none")], &[(Deny, "spf=none")]),
            (&[("spf=pass", "spf=fail")], &[(Warn, "spf=fail")]),
            (&[("spf=pass", "spf=temperror"), ("dmarc=pass", "dmarc=fail")], &[(Warn, "spf=temperror")]),
        ],
    );
    let unsigned =
        [("dkim=pass (signature was\n verified) header.d=brand.com", "dkim=none (message not signed) header.d=none")];
    check(
        "failed-dkim",
        &[
            (&unsigned, &[(Warn, "dkim=none")]),
            (&[unsigned[0], ("dmarc=pass", "dmarc=fail")], &[(Deny, "dkim=none")]),
            (
                &[
                    ("dkim=pass (signature was\n verified)", "dkim=fail (body hash did not\n verify)"),
                    ("dmarc=pass", "dmarc=fail"),
                ],
                &[(Deny, "dkim=fail")],
            ),
            (
                &[
                    ("dkim=pass (signature was\n verified)", "dkim=timeout (key query timeout)"),
                    ("dmarc=pass", "dmarc=fail"),
                ],
                &[(Warn, "dkim=timeout")],
            ),
            // one of two signatures is enough
            (&[("dkim=pass", "dkim=fail (no key) header.d=esp.com;dkim=pass")], &NOTHING),
        ],
    );
}

#[test]
fn the_reason_is_told_in_words() {
    for (lint, changes, words) in [
        ("failed-dmarc", ("dmarc=pass", "dmarc=bestguesspass"), "has no DMARC record"),
        ("failed-dmarc", ("dmarc=pass action=none", "dmarc=fail action=oreject"), "marked it as spam instead"),
        ("failed-spf", ("spf=pass", "spf=softfail"), "(`~all`)"),
        (
            "failed-dkim",
            ("dkim=pass (signature was\n verified)", "dkim=fail (body hash did not\n verify)"),
            "body hash did not verify",
        ),
        ("failed-compauth", ("compauth=pass reason=100", "compauth=fail reason=001"), "implicit failure"),
        ("failed-compauth", ("compauth=pass reason=100", "compauth=fail reason=601"), "recipient's own organisation"),
        ("unrepresentative-test", ("SFV:NSPM", "SFV:SKA"), "allow list of an anti-spam policy"),
    ] {
        let told = found(lint, &copy(&[changes]));
        assert!(told[0].notes.iter().any(|note| note.text.contains(words)), "{lint}: {words}: {:?}", told[0].notes);
    }
}

#[test]
fn unaligned_authentication() {
    use Level::Warn;
    check(
        "unaligned-authentication",
        &[
            (&[("smtp.mailfrom=bounces.brand.com", "smtp.mailfrom=esp.com")], &[(Warn, "smtp.mailfrom=esp.com")]),
            (&[("smtp.mailfrom=bounces.brand.com", "smtp.mailfrom=b@esp.com")], &[(Warn, "smtp.mailfrom=b@esp.com")]),
            (&[("header.d=brand.com", "header.d=esp.com")], &[(Warn, "header.d=esp.com")]),
            // two signatures, one of which is From's
            (&[("header.d=brand.com", "header.d=esp.com;dkim=pass header.d=brand.com")], &NOTHING),
            // `failed-spf`, `failed-dkim` and `failed-dmarc` say these
            (&[("smtp.mailfrom=bounces.brand.com", "smtp.mailfrom=esp.com"), ("spf=pass", "spf=fail")], &NOTHING),
            (
                &[
                    ("smtp.mailfrom=bounces.brand.com", "smtp.mailfrom=esp.com"),
                    ("header.d=brand.com", "header.d=esp.com"),
                ],
                &NOTHING,
            ),
            (&[("header.from=brand.com", "header.from=news.brand.com")], &NOTHING),
        ],
    );
}

#[test]
fn failed_compauth() {
    check(
        "failed-compauth",
        &[
            (&[("compauth=pass reason=100", "compauth=fail reason=000")], &[(Level::Warn, "compauth=fail")]),
            (&[("compauth=pass reason=100", "compauth=softpass reason=202")], &NOTHING),
            (&[("compauth=pass reason=100", "compauth=none reason=405")], &NOTHING),
            (&[("compauth=pass reason=100", "")], &NOTHING),
        ],
    );
}

#[test]
fn names_and_addresses_of_the_sending_server() {
    use Level::Deny;
    let helo = |name: &'static str| [("H:mail.brand.com", name)];
    for (name, fires) in [
        ("H:web01.local", true),
        ("H:localhost.localdomain", true),
        ("H:app", true),
        ("H:[192.168.1.5]", true),
        ("H:172.31.0.1", true),
        ("H:[IPv6:fe80::1]", true),
        ("H:[198.51.100.7]", false),
        ("H:172.32.0.1", false),
        ("H:mail.brand.co.uk", false),
        ("H:EUR01-obe.outbound.protection.outlook.com", false),
    ] {
        let told = says("non-routable-helo", &copy(&helo(name)));
        let expected: Vec<_> = fires.then(|| (Deny, name.to_owned())).into_iter().collect();
        assert_eq!(told, expected, "{name}");
    }
    let contacted = [
        ("from mail.brand.com", "from contoso-com.mail.protection.outlook.com"),
        ("H:mail.brand.com", "H:contoso-com.mail.protection.outlook.com"),
    ];
    assert_eq!(says("non-routable-helo", &copy(&contacted)).len(), 1);
    // without the report the hop itself tells; hops inside of the sender's network don't matter
    let no_report =
        copy(&[("X-Forefront-Antispam-Report:\n", "X-Other:\n"), ("from mail.brand.com (", "from web01.lan (")]);
    assert_eq!(says("non-routable-helo", &no_report), [(Deny, "web01.lan".to_owned())]);
    check(
        "missing-reverse-dns",
        &[
            (&[("PTR:mail.brand.com", "PTR:InfoDomainNonexistent")], &[(Deny, "PTR:InfoDomainNonexistent")]),
            (&[("PTR:mail.brand.com", "PTR:")], &NOTHING),
            (&[("PTR:mail.brand.com", "PTR:InfoDomainNonexistent"), ("DIR:INB", "DIR:INT")], &NOTHING),
        ],
    );
}

#[test]
fn content_filter_hit() {
    let hits =
        |value: &str| copy(&[("X-Microsoft-Antispam: ", &format!("X-CustomSpam: {value}\nX-Microsoft-Antispam: "))]);
    for (value, marked) in [
        ("Numeric IP in URL", &["Numeric IP in URL"][..]),
        ("web bug", &["web bug"]),
        ("Web bug, Form tag in html", &["Web bug", "Form tag in html"]),
        ("Something new", &["Something new"]),
    ] {
        assert_eq!(marks("content-filter-hit", "a.eml", "", &hits(value)), marked, "{value}");
    }
    let told = found("content-filter-hit", &hits("URL redirect to other port"));
    assert!(told[0].help[0].contains("`odd-port-link`"));
    assert!(
        lint_all(&Options::parse("a.eml", ""), hits("Web bug").as_bytes())
            .diagnostics
            .iter()
            .all(|told| told.lint != "content-filter-hit")
    );
}

/// What others wrote, and what can't be told apart, is not taken for Microsoft's.
#[test]
fn forged_and_foreign_fields_are_not_believed() {
    let bad = "spf=fail (sender IP is 198.51.100.9) smtp.mailfrom=x.example; dkim=fail header.d=x.example;dmarc=fail action=oreject header.from=x.example;compauth=fail reason=000";
    let report = "X-Forefront-Antispam-Report: CIP:198.51.100.9;SCL:9;SFV:SPM;H:localhost;PTR:InfoDomainNonexistent;CAT:PHSH;DIR:INB;";
    for (what, text) in [
        ("results below the border", copy(&[("From: ", &format!("Authentication-Results: {bad}\nFrom: "))])),
        (
            "results of another server",
            copy(&[(
                "Authentication-Results: spf=pass",
                &format!("Authentication-Results: mx.brand.com; {bad}\nAuthentication-Results: spf=pass"),
            )]),
        ),
        (
            "results under another name",
            copy(&[(
                "From: ",
                &format!("Authentication-Results-Original: {bad}\nX-MS-Exchange-Authentication-Results: {bad}\nFrom: "),
            )]),
        ),
        ("a report about another connection", copy(&[("From: ", &format!("{report}\nFrom: "))])),
        (
            "a report about another connection, behind",
            copy(&[("X-Microsoft-Antispam-Mailbox", &format!("{report}\nX-Microsoft-Antispam-Mailbox"))]),
        ),
        (
            "a report of the sender's side",
            copy(&[(
                "From: ",
                "X-Forefront-Antispam-Report: CIP:255.255.255.255;SCL:9;SFV:SKN;CAT:OSPM;DIR:OUT;\nFrom: ",
            )]),
        ),
        ("bulk levels that contradict", copy(&[("From: ", "X-Microsoft-Antispam: BCL:9\nFrom: ")])),
        ("levels that contradict", copy(&[("From: ", "X-MS-Exchange-Organization-SCL: 9\nFrom: ")])),
        ("places that contradict", copy(&[("From: ", "X-Microsoft-Antispam-Mailbox-Delivery: dest:J\nFrom: ")])),
        (
            "no Received field",
            format!(
                "From: a@brand.com\nTo: b@contoso.com\n{report}\nAuthentication-Results: {bad}\nX-CustomSpam: Web bug\n\nx"
            ),
        ),
        (
            "delivered elsewhere, from a sender at Microsoft 365",
            format!(
                "Received: from EUR01-obe.outbound.protection.outlook.com (mail.outbound.protection.outlook.com [40.107.1.1]) by mx.other.example with ESMTPS; Mon, 5 Oct 2026 07:00:06 +0000\n{}",
                copy(&[("DIR:INB", "DIR:OUT"), ("SCL:1;", "SCL:6;"), ("SFV:NSPM", "SFV:SPM")])
            ),
        ),
        (
            "resent from a mailbox to somewhere else",
            format!(
                "Received: from list.example (list.example [198.51.100.1]) by mail.other.example (Postfix) with ESMTP id 1; Mon, 5 Oct 2026 08:00:06 +0000\n{}",
                copy(&[("SFV:NSPM", "SFV:SKN"), ("dmarc=pass", "dmarc=fail")])
            ),
        ),
        (
            "a journal report",
            copy(&[("From: ", "X-MS-Journal-Report:\nFrom: "), ("SFV:NSPM", "SFV:SKN"), ("dmarc=pass", "dmarc=fail")]),
        ),
        (
            "a forged hop at the sender's side",
            copy(&[(
                "Received: from app (10.0.0.7) by mail.brand.com",
                "Received: from localhost (198.51.100.9) by x.mail.protection.outlook.com",
            )]),
        ),
        ("fields in the body", format!("{ARRIVED}\n{report}\n")),
    ] {
        assert_eq!(topic(&text), [""; 0], "{what}");
    }
}

#[test]
fn what_is_not_believed_is_said_on_request() {
    let text = copy(&[("CIP:203.0.113.25", "CIP:198.51.100.9"), ("SFV:NSPM", "SFV:SPM")]);
    let linted = lint_all(&Options::parse("a.eml", ""), text.as_bytes());
    assert!(
        linted.silences.iter().any(|(lint, why)| *lint == "unrepresentative-test" && why.contains("another one")),
        "{:?}",
        linted.silences
    );
}

#[test]
fn copies_of_other_shapes_are_read_too() {
    // hybrid: Exchange Online handed it on to the organisation's own Exchange
    let hybrid = format!(
        "Received: from EX1.contoso.com (10.1.1.1) by EX2.contoso.com (10.1.1.2) with Microsoft SMTP Server id 15.2.1748.26; Mon, 5 Oct 2026 07:00:09 +0000\n{}",
        copy(&[("SFV:NSPM", "SFV:SPM"), ("dmarc=pass", "dmarc=fail")])
    );
    assert_eq!(topic(&hybrid), ["failed-dmarc", "junked-test"]);
    // from another tenant of Microsoft 365's: two hops into Microsoft, the newer counts
    let tenant = copy(&[
        (
            "Received: from app (10.0.0.7) by mail.brand.com with ESMTP id 1;",
            "Received: from x.brand.com (198.51.100.9) by y.mail.protection.outlook.com via Frontend Transport;",
        ),
        ("dmarc=pass", "dmarc=fail"),
    ]);
    assert_eq!(topic(&tenant), ["failed-dmarc"]);
    // inside one organisation nothing comes in from outside
    let internal = "Received: from A.eurprd02.prod.outlook.com ([fe80::1]) by\n A.eurprd02.prod.outlook.com ([fe80::1%4]) with mapi id 15.20; Mon, 5 Oct 2026 07:00:03 +0000\n\
        From: a@contoso.com\nTo: b@contoso.com\nSubject: x\nauthentication-results: dkim=none (message not signed)\n header.d=none;dmarc=none action=none header.from=contoso.com;\n\
        x-forefront-antispam-report: CIP:255.255.255.255;CTRY:;LANG:en;SCL:1;SRV:;IPV:NLI;SFV:NSPM;H:A.eurprd02.prod.outlook.com;PTR:;CAT:NONE;DIR:INT;SFP:1102;\n\nx";
    assert_eq!(topic(internal), ["unrepresentative-test"]);
    // a program put the fields in another order
    let results = ARRIVED.split_once("Authentication-Results: spf").unwrap().1.split_once("Received-SPF").unwrap().0;
    let whole = format!("Authentication-Results: spf{results}");
    let moved = ARRIVED.replacen(&whole, "", 1).replacen(
        "From: ",
        &format!("{}From: ", whole.replace("dmarc=pass", "dmarc=fail")),
        1,
    );
    assert_eq!(topic(&moved), ["failed-dmarc"]);
    // Outlook.com until 2018: the hop from outside is that of a server of hotmail.com, and the report is about the next one
    let hotmail = copy(&[
        (
            "Received: from mail.brand.com (203.0.113.25) by",
            "Received: from BAY004-MC3F7.hotmail.com (10.152.64.57) by",
        ),
        (
            "Received: from app (10.0.0.7) by mail.brand.com with ESMTP id 1;",
            "Received: from mail.brand.com ([203.0.113.25]) by BAY004-MC3F7.hotmail.com over TLS secured channel with Microsoft SMTPSVC(7.5);",
        ),
        ("CIP:203.0.113.25;CTRY:DE;", "EFV:NLI;"),
        ("H:mail.brand.com", "H:BAY004-MC3F7.hotmail.com"),
        ("dmarc=pass", "dmarc=fail"),
    ]);
    assert_eq!(topic(&hotmail), ["failed-dmarc"]);
    // Outlook.com since: a front end hands the message on to a second server of the same name
    let front = copy(&[
        (
            "Authentication-Results: spf",
            "Received: from DB5EUR01FT045.eop-EUR01.prod.protection.outlook.com\n (2a01:111:e400:fc11::4a) by DB5EUR01HT044.mail.protection.outlook.com\n (2a01:111:e400:fc11::1) with Microsoft SMTP Server; Mon, 5 Oct 2026 07:00:05 +0000\nAuthentication-Results: spf",
        ),
        ("dmarc=pass", "dmarc=fail"),
    ]);
    assert_eq!(topic(&front), ["failed-dmarc"]);
    // lines end as in Windows, blanks and semicolons are missing
    let windows = copy(&[("SCL:1;SRV:;IPV:NLI;SFV:NSPM;", "SCL:6 SFV:SPM ")]).replace('\n', "\r\n");
    assert_eq!(topic(&windows), ["junked-test"]);
}

#[test]
fn garbled_fields_do_no_harm() {
    for (from, to) in [
        ("SFV:NSPM", "SFV:NSPM;;;:;:x;SFV"),
        ("CIP:203.0.113.25", "CIP:"),
        ("spf=pass (sender IP is", "spf=pass (((sender IP is"),
        ("Mon, 5 Oct 2026 07:00:03 +0000", ""),
        ("BCL:0;", "BCL:99999999999999999999;"),
        ("by\n DB5EUR01FT045.mail.protection.outlook.com", "by"),
    ] {
        assert_eq!(topic(&copy(&[(from, to)])), [""; 0], "{to}");
    }
}

#[test]
fn raw_format_is_judged_only_on_request() {
    let text = copy(&[("Subject: New bags", "Subject: New bags\nDate: 2026-10-05\nDate: gestern\nX-Odd: caf\u{e9}")]);
    let of_format = |options: &str| {
        let linted = lint_all(&Options::parse("a.eml", options), text.as_bytes());
        linted.diagnostics.into_iter().filter(|diagnostic| diagnostic.topic == "format").count()
    };
    assert_eq!(of_format(""), 0);
    assert!(of_format("raw=true") > 1);
}

/// Runs `presend headers`; its exit code, standard output and standard error.
fn headers(args: &[&str], stdin: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_presend"))
        .env_clear()
        .arg("headers")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), out, err)
}

#[test]
fn headers_are_shown_as_a_table() {
    let (code, out, _) = headers(&["-", "--width", "100"], &copy(&[("SFV:NSPM", "SFV:SPM"), ("dest:I", "dest:J")]));
    snapbox::assert_data_eq!(
        out,
        snapbox::str![[r#"
<stdin>
  Subject  New bags
  From     "Brand" <news@brand.com>
  To       reader@contoso.com

Verdict
  delivered to Junk Email (dest:J, CAT:NONE, SFV:SPM, SCL:1, BCL:0)

Authentication
  spf       pass  bounces.brand.com: the domain's SPF record names the sending server
  dkim      pass  brand.com: the signature was verified
  dmarc     pass  brand.com: the domain of From is confirmed by SPF or DKIM
  compauth  pass  all checks taken together, the sender is who it says
  reason    100   passed

Scores
  SCL   1               spam confidence level: not spam
  BCL   0               bulk complaint level: not from a bulk sender
  SFV   SPM             the filter marked it as spam
  CAT   NONE            category of the protection policy that applied: no protection policy applied
  IPV   NLI             the IP address is on no reputation list
  DIR   INB             the message came in from outside
  CIP   203.0.113.25    IP address that connected
  CTRY  DE              country of that IP address
  LANG  en              language of the message, as the filter sees it
  H     mail.brand.com  name that the server gave itself (HELO)
  PTR   mail.brand.com  reverse DNS name of the IP address
  dest  J               delivered to Junk Email
  not public: SFS, ARA, UCF, JMR, AUTH, ENG

Hops, the oldest first, 1 s in all
   1  2026-10-05 07:00:05 UTC  -
      from  app (10.0.0.7)
      by    mail.brand.com
      with  ESMTP
   2  2026-10-05 07:00:03 UTC  −2 s  (the clocks differ)  Microsoft 365 takes it in
      from  mail.brand.com (203.0.113.25)
      by    DB5EUR01FT045.mail.protection.outlook.com
      with  Microsoft SMTP Server via Frontend Transport
   3  2026-10-05 07:00:06 UTC  3 s
      from  DB7PR02MB1.eurprd02.prod.outlook.com (::1)
      by    AM9PR02MB2.eurprd02.prod.outlook.com
      with  HTTPS

"#]]
    );
    assert_eq!(code, Some(0));
}

#[test]
fn headers_as_json_are_what_the_schema_promises_and_two_copies_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let last = write(
        "last.eml",
        &copy(&[("SFV:NSPM", "SFV:SKA"), ("dkim=pass", "dkim=fail"), ("reason=100", "reason=1\u{1b}[31m")]),
    );
    let now = write("now.eml", ARRIVED);
    let bare = write("bare.eml", "\n\nSubject: x\nReceived: by\nReceived: ;\n");
    let schema = serde_json::from_str(include_str!("../schemas/headers.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut documents = Vec::new();
    for files in [&[&*last, &*now][..], &[&*now], &[&*bare]] {
        let (code, out, err) = headers(&[files, &["--format", "json"]].concat(), "");
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(!out.contains('\u{1b}'));
        let document: serde_json::Value = serde_json::from_str(&out).unwrap();
        let faults: Vec<_> =
            validator.iter_errors(&document).map(|fault| format!("{}: {fault}", fault.instance_path)).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        documents.push(document);
    }
    let [both, one, bare] = documents.as_slice() else { unreachable!() };
    let changed: Vec<_> =
        both["changes"].as_array().unwrap().iter().map(|change| change["name"].as_str().unwrap()).collect();
    assert_eq!(changed, ["verdict", "dkim", "reason", "SFV"]);
    assert_eq!([&both["messages"][0]["representative"], &one["messages"][0]["representative"]], [false, true]);
    assert!(bare["messages"][0]["verdict"].is_null() && bare["messages"][0]["hops"].as_array().unwrap().len() == 2);
    let (_, out, _) = headers(&[&last, &now], "");
    assert!(out.contains("now     pass (brand.com)") && !out.contains('\u{1b}'), "{out}");
}

#[test]
fn headers_that_cannot_be_read_are_told() {
    for (args, stdin, told) in [
        (&["no-such-file.eml"][..], "", "no-such-file.eml"),
        (&["-"], "", "<stdin>: there are no header fields"),
        (&["-"], "<html><p>no mail</p>", "<stdin>: there are no header fields"),
        (&[], "", "FILE"),
        (&["a", "b", "c"], "", "unexpected"),
    ] {
        let (code, out, err) = headers(args, stdin);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}");
        assert!(err.contains(told), "{err}");
    }
}
