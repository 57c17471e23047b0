//! Fields as servers write them, and as others forge and garble them.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::message::Given;
use crate::source::Source;

fn read<T>(header: &str, look: impl FnOnce(&Message<'_>, Trace) -> T) -> T {
    let source = Source::new("a.eml", None, format!("{header}\r\nSubject: x\r\n\r\nx").into_bytes(), None);
    let message = Message::parse(&source, &Given::default());
    let trace = Trace::of(&message);
    look(&message, trace)
}

/// What `spot` marks in the file.
fn marked(message: &Message<'_>, spot: Spot) -> String {
    let span = message.view(spot.view).file_span(spot.span);
    String::from_utf8_lossy(&message.source.bytes[span.range()]).into_owned()
}

#[test]
fn pairs_with_the_bytes_that_say_them() {
    for (header, name, value, bytes) in [
        ("X-Forefront-Antispam-Report: CIP:1.2.3.4;SCL:5;SRV:;", "SCL", "5", "SCL:5"),
        ("X-Forefront-Antispam-Report:\r\n CIP:1.2.3.4; CTRY:DE;\r\n scl : 5 ; SRV:;", "SCL", "5", "scl : 5"),
        ("X-Forefront-Antispam-Report: CIP:2a01::1;H:mail.brand.com", "CIP", "2a01::1", "CIP:2a01::1"),
        ("X-Forefront-Antispam-Report: CIP:1.2.3.4 SCL:-1 SFV:SKN", "SCL", "-1", "SCL:-1"),
        ("x-forefront-antispam-report: SCL:1;SCL:9", "SCL", "1", "SCL:1"),
        ("X-Forefront-Antispam-Report: SRV:;IPV:NLI", "SRV", "", "SRV:"),
    ] {
        read(header, |message, trace| {
            let pair = trace.reports[0].pair(name).unwrap();
            assert_eq!((pair.value.as_str(), marked(message, pair.spot).as_str()), (value, bytes), "{header}");
        });
    }
}

#[test]
fn fields_of_other_names_are_not_taken_for_them() {
    for header in [
        "X-Forefront-Antispam-Report-Untrusted: SCL:9",
        "X-Microsoft-Antispam-Untrusted: BCL:9",
        "X-Microsoft-Antispam-Message-Info: BCL:9",
        "ARC-Authentication-Results: i=1; mx.microsoft.com 1; spf=fail",
        "Authentication-Results-Original: spf=fail",
        "X-MS-Exchange-Authentication-Results: spf=fail",
    ] {
        read(header, |_, trace| {
            let found =
                trace.reports.len() + trace.bulk.len() + trace.mailbox.len() + trace.results.len() + trace.hops.len();
            assert_eq!(found, 0, "{header}");
        });
    }
}

#[test]
fn hops_of_all_sorts() {
    for (value, from, address, by, via, date) in [
        (
            "from mail.brand.com (203.0.113.5) by\r\n DB5EUR01FT045.mail.protection.outlook.com (10.152.5.6) with Microsoft SMTP\r\n Server \
             (version=TLS1_3, cipher=X) id 15.20.1.2 via\r\n Frontend Transport; Sun, 3 Sep\r\n 2023 00:55:18 +0000",
            "mail.brand.com",
            "203.0.113.5",
            "DB5EUR01FT045.mail.protection.outlook.com",
            "Frontend Transport",
            "Sun, 3 Sep\r\n 2023 00:55:18 +0000",
        ),
        (
            "from NAM12.outlook.com (mail-x.outlook.com. [2a01:111::81f]) by mx.google.com with ESMTPS id a; Sat, 02 Sep 2023 17:55:16 -0700 (PDT)",
            "NAM12.outlook.com",
            "2a01:111::81f",
            "mx.google.com",
            "",
            "Sat, 02 Sep 2023 17:55:16 -0700 (PDT)",
        ),
        ("from [10.0.2.127] (86.200.157.137) by x; y", "10.0.2.127", "86.200.157.137", "x", "", "y"),
        ("from a ([fe80::1%4]) by b ([fe80::1%4]) with mapi id 15; d", "a", "fe80::1", "b", "", "d"),
        ("from [IPv6:2001:db8::1] by b", "IPv6:2001:db8::1", "2001:db8::1", "b", "", ""),
        ("from nat ([203.0.113.4]:61051 \"EHLO nat\") by b with ESMTP; d", "nat", "203.0.113.4", "b", "", "d"),
        ("by 2002:a59 with SMTP id x; d", "", "", "2002:a59", "", "d"),
        ("(qmail 123 invoked by uid 0); d", "", "", "", "", "d"),
        ("from (open by b; d", "", "", "", "", ""),
        (";", "", "", "", "", ""),
    ] {
        read(&format!("Received: {value}"), |message, trace| {
            let hop = &trace.hops[0];
            let named =
                |named: &Option<Named>| named.as_ref().map(|named| marked(message, named.spot)).unwrap_or_default();
            let found = (
                named(&hop.from),
                hop.address.map(|address| marked(message, address.spot)).unwrap_or_default(),
                named(&hop.by),
                hop.via.clone().unwrap_or_default(),
                named(&hop.date),
            );
            let expected = [from, address, by, via, date].map(str::to_owned);
            assert_eq!([found.0, found.1, found.2, found.3, found.4], expected, "{value}");
        });
    }
}

#[test]
fn results_in_microsoft_s_dialect_and_in_others() {
    let value = "spf=pass (sender IP is 203.0.113.5)\r\n smtp.mailfrom=bounce.brand.com; contoso.com; dkim=fail (body hash did not\r\n verify) \
                 header.d=brand.com;dkim=pass (signature was verified) header.d=esp.com;dmarc=pass action=none\r\n header.from=brand.com;\
                 compauth=pass reason=100";
    read(&format!("Authentication-Results: {value}"), |message, trace| {
        let results = &trace.results[0];
        assert_eq!(results.server, None);
        let names: Vec<_> = results.methods.iter().map(|method| format!("{}={}", method.name, method.result)).collect();
        assert_eq!(names, ["spf=pass", "dkim=fail", "dkim=pass", "dmarc=pass", "compauth=pass"]);
        assert_eq!(results.methods[1].comment.as_deref(), Some("body hash did not verify"));
        let domain = results.methods[2].property("header.d").unwrap();
        assert_eq!((domain.value.as_str(), marked(message, domain.spot).as_str()), ("esp.com", "header.d=esp.com"));
        assert_eq!(results.methods[4].property("reason").unwrap().value, "100");
    });
    for (value, server, found) in [
        (
            "mx.google.com; dkim=pass header.i=@a.com; spf=softfail smtp.mailfrom=x",
            Some("mx.google.com"),
            "dkim=pass spf=softfail",
        ),
        ("SPF=Fail smtp.mailfrom=a dmarc=fail action=quarantine", None, "spf=fail dmarc=fail"),
        ("dkim=none (message not signed)\r\n header.d=none;dmarc=none action=none", None, "dkim=none dmarc=none"),
        ("mx.example; none", Some("mx.example"), ""),
        ("", None, ""),
    ] {
        read(&format!("Authentication-Results: {value}"), |_, trace| {
            let results = &trace.results[0];
            let names: Vec<_> =
                results.methods.iter().map(|method| format!("{}={}", method.name, method.result)).collect();
            assert_eq!((results.server.as_deref(), names.join(" ").as_str()), (server, found), "{value}");
        });
    }
}
