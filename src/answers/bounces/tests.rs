//! Bounces in the shapes that servers give them.
#![allow(clippy::unwrap_used)]

use super::{Event, Item, Kind, Unreadable, read};

fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    read(text.as_bytes(), &mut |item| {
        items.push(item);
        Ok(())
    })
    .unwrap();
    items
}

fn events(text: &str) -> Vec<Event> {
    items(text).into_iter().flat_map(|item| item.events.unwrap_or_default()).collect()
}

fn reasons(text: &str) -> Vec<Unreadable> {
    items(text).into_iter().filter_map(|item| item.events.err()).collect()
}

#[test]
fn postfix_log_lines() {
    let log = "\
Nov 21 22:34:32 mx postfix/smtp[12]: 4F1A: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 <a@example.com>: User unknown (in reply to RCPT TO command))
Nov 21 22:34:33 mx postfix/qmgr[13]: 4F1A: removed
2026-11-21T22:34:34.5+00:00 mx postfix/smtp[12]: 4F1B: to=<x@example.net>, orig_to=<b@example.com>, relay=none, delay=9, dsn=4.4.1, status=deferred (connect to mx.example.net[192.0.2.2]:25: Connection timed out)
Nov 21 22:34:35 mx postfix/smtp[12]: 4F1C: to=<c@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=2.0.0, status=sent (250 ok)
";
    let found = events(log);
    let short: Vec<_> =
        found.iter().map(|event| (event.kind, event.address.as_str(), event.when.as_deref().unwrap())).collect();
    assert_eq!(
        short,
        [
            (Kind::Failed, "a@example.com", "Nov 21 22:34:32"),
            (Kind::Delayed, "b@example.com", "2026-11-21T22:34:34.5+00:00"),
            (Kind::Delivered, "c@example.com", "Nov 21 22:34:35"),
        ]
    );
    assert!(found[0].reply.starts_with("550 5.1.1 "));
    assert_eq!((found[0].host.as_deref(), found[1].host.as_deref()), (Some("mx.example.com"), None));
}

#[test]
fn exim_log_lines() {
    let log = "\
2026-11-21 22:34:32 1tABCD-0001-2x <= news@brand.com H=app [192.0.2.9] P=esmtp S=1181
2026-11-21 22:34:33 1tABCD-0001-2x ** a@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<a@example.com>: 550 5.1.1 no such user
2026-11-21 22:34:34 1tABCD-0001-2x == b@example.com R=dnslookup T=remote_smtp defer (-44) H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<b@example.com>: 451 4.7.1 greylisted
2026-11-21 22:34:35 1tABCD-0001-2x => c@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] C=\"250 ok\"
2026-11-21 22:34:36 1tABCD-0001-2x Completed
";
    let found = events(log);
    let short: Vec<_> = found.iter().map(|event| (event.kind, event.address.as_str())).collect();
    assert_eq!(
        short,
        [(Kind::Failed, "a@example.com"), (Kind::Delayed, "b@example.com"), (Kind::Delivered, "c@example.com")]
    );
    assert!(found[0].reply.ends_with("550 5.1.1 no such user"), "{}", found[0].reply);
    assert_eq!(found[0].host.as_deref(), Some("mx.example.com"));
}

#[test]
fn powermta_s_accounting() {
    let csv = "\
type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta,bounceCat
b,2026-11-21 22:34:32+0000,2026-11-21 22:34:30+0000,n@brand.com,a@example.com,,failed,5.1.1 (bad destination mailbox address),\"smtp;550 5.1.1 user unknown, sorry\",mx.example.com (192.0.2.1),bad-mailbox
d,2026-11-21 22:34:33+0000,2026-11-21 22:34:30+0000,n@brand.com,b@example.com,,relayed,2.0.0 (success),smtp;250 ok,mx.example.com (192.0.2.1),
b,2026-11-21
";
    let found = events(csv);
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].kind, found[0].reply.as_str(), found[0].host.as_deref()),
        (Kind::Failed, "550 5.1.1 user unknown, sorry", Some("mx.example.com"))
    );
    assert_eq!(found[1].kind, Kind::Delivered);
    assert_eq!(reasons(csv), [Unreadable::NoRecipient]);
}

#[test]
fn qmail_exim_and_gmail_in_plain_words() {
    let qmail = "From: MAILER-DAEMON@mx.brand.com\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.brand.com.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<a@example.com>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 user unknown\nGiving up on 192.0.2.1.\n\n<b@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <n@brand.com>\nTo: c@example.com\n\n<d@example.com>:\n";
    let found: Vec<_> = events(qmail).into_iter().map(|event| (event.address, event.reply)).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].1.contains("550 5.1.1 user unknown") && found[1].1.ends_with("(#5.1.1)"));
    let exim = "From: Mail Delivery System <Mailer-Daemon@mx.brand.com>\nX-Failed-Recipients: a@example.com\nSubject: Mail delivery failed: returning message to sender\n\nThe following address(es) failed:\n\n  a@example.com\n    host mx.example.com [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<a@example.com>:\n    550 Unknown user\n\n------ This is a copy of the message, including all the headers. ------\n\n550 not this\n";
    let found = events(exim);
    assert_eq!(found.len(), 1);
    assert!(found[0].reply.ends_with("550 Unknown user"), "{}", found[0].reply);
    let gmail = "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Failure)\n\nDelivery to the following recipient failed permanently:\n\n     a@example.com\n\nTechnical details of permanent failure:\nGoogle tried to deliver your message, but it was rejected.\n\nThe error that the other server returned was:\n550 5.1.1 <a@example.com>... User Unknown\n";
    assert_eq!(events(gmail)[0].reply, "550 5.1.1 <a@example.com>... User Unknown");
}

#[test]
fn broken_reports_are_told_and_not_dropped() {
    assert_eq!(reasons(""), [Unreadable::Empty]);
    assert_eq!(reasons("From: ann@example.com\nSubject: hello\n\nHow are you?\n"), [Unreadable::NoBounce]);
    assert_eq!(
        reasons("From: MAILER-DAEMON@example.com\nSubject: Undeliverable\n\nSomething went wrong.\n"),
        [Unreadable::NoRecipient]
    );
    let report = "From: MAILER-DAEMON@example.com\nContent-Type: multipart/report; boundary=b\n\n--b\n\nsorry\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\nAction: failed\nStatus: 5.1.1\n--b--\n";
    assert_eq!(reasons(report), [Unreadable::NoRecipient]);
}

#[test]
fn a_lying_content_type_hides_nothing() {
    let status = "Reporting-MTA: dns; mx.brand.com\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n user unknown\n";
    for head in [
        format!("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n{status}--b--\n"),
        format!("Content-Type: text/plain\n\nYour mail did not arrive.\n\n{status}"),
        format!(
            "Content-Type: multipart/report; boundary=wrong\n\n--b\nContent-Type: message/delivery-status\n\n{status}--b--\n"
        ),
        format!("Content-Type: text/html\n\n--b\nContent-Type: message/delivery-status\n\n{status}"),
    ] {
        let found = events(&format!("From: MAILER-DAEMON@brand.com\nSubject: Undeliverable\n{head}"));
        assert_eq!(found.len(), 1, "{head}");
        assert_eq!((found[0].address.as_str(), found[0].reply.contains("user")), ("a@example.com", true), "{head}");
    }
}

#[test]
fn several_messages_in_one_file() {
    let one = |name: &str| {
        format!(
            "From: MAILER-DAEMON@brand.com\nDate: Sat, 21 Nov 2026 22:34:32 +0000\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; {name}@example.com\nAction: failed\nStatus: 5.1.1\n--b--\n"
        )
    };
    let mailbox = format!(
        "From MAILER-DAEMON Sat Nov 21 22:34:32 2026\n{}\nFrom MAILER-DAEMON Sat Nov 21 22:34:33 2026\n{}",
        one("a"),
        one("b")
    );
    let places: Vec<_> = items(&mailbox).into_iter().map(|item| item.place.unwrap()).collect();
    assert_eq!(places, ["message 1", "message 2"]);
    let glued = one("a") + "\n" + &one("b");
    let addresses: Vec<_> = events(&glued).into_iter().map(|event| event.address).collect();
    assert_eq!(addresses, ["a@example.com", "b@example.com"]);
    assert_eq!(events(&one("a"))[0].when.as_deref(), Some("2026-11-21T22:34:32Z"));
    assert_eq!(items(&one("a"))[0].place, None);
}

#[test]
fn a_forwarded_bounce_is_read_and_what_bounced_is_not() {
    let inner = "From: MAILER-DAEMON@brand.com\nContent-Type: multipart/report; boundary=i\n\n--i\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n--i\nContent-Type: message/rfc822\n\nFrom: n@brand.com\nTo: a@example.com\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; not@example.com\nAction: failed\n\n--i--\n";
    let outer = format!(
        "From: ann@brand.com\nSubject: Fwd: look at this\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nsee below\n--o\nContent-Type: message/rfc822\n\n{inner}\n--o--\n"
    );
    for text in [inner, &outer] {
        let addresses: Vec<_> = events(text).into_iter().map(|event| event.address).collect();
        assert_eq!(addresses, ["a@example.com"]);
    }
}

#[test]
fn complaints_and_automatic_answers() {
    let arf = |kind: &str, to: &str| {
        format!(
            "From: fbl@example.net\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nThis is an abuse report.\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: {kind}\nUser-Agent: x/1\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\nFrom: n@brand.com\nTo: {to}\n\nhello\n--b--\n"
        )
    };
    let found = events(&arf("abuse", "Ann <ann@example.com>"));
    assert_eq!((found[0].kind, found[0].address.as_str()), (Kind::Complaint, "ann@example.com"));
    assert_eq!(reasons(&arf("abuse", "a@example.com, b@example.com")), [Unreadable::NoComplainer]);
    assert_eq!(reasons(&arf("not-spam", "a@example.com")), [Unreadable::NoComplaint]);
    let away =
        "From: Ann <ann@example.com>\nAuto-Submitted: auto-replied\nSubject: Automatic reply: News\n\nI am away.\n";
    assert_eq!((events(away)[0].kind, events(away)[0].address.as_str()), (Kind::Automatic, "ann@example.com"));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let _ = read(&bytes[..], &mut |_| Ok(()));
    }

    #[test]
    fn no_pieces_of_bounces_make_it_panic(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..30)) {
        let _ = read(pieces.concat().as_bytes(), &mut |_| Ok(()));
    }
}

const PIECES: &[&str] = &[
    "From: MAILER-DAEMON@x\n",
    "Content-Type: multipart/report; boundary=b\n",
    "\n",
    "--b\n",
    "--b--\n",
    "Content-Type: message/delivery-status\n",
    "Final-Recipient: rfc822; a@b.de\n",
    "Action: failed\n",
    "Status: 5.1.1\n",
    "<a@b.de>: host said: 550",
    "(",
    ")",
    "<mailto:",
    "é",
    " ",
    "\r\n",
    "From x Sat Nov 21 22:34:32 2026\n",
    "Nov 21 22:34:32 mx postfix/smtp[1]: X: to=<a@b.de>, status=bounced (",
    "2026-11-21 22:34:32 1t ** a@b.de R=x: 550",
    "type,rcpt,dsnStatus\n",
    "b,\"a@b.de,",
    "Feedback-Type: abuse\n",
    "Original-Rcpt-To: +2B+@x\n",
    "550-5.0.350 -> ",
    "Received: from x\n",
];

/// A bounce in plain text, and whom it names with which reply.
fn plain(text: &str) -> Vec<(String, String)> {
    let mail = format!("From: MAILER-DAEMON@mx.example.net\nTo: news@brand.com\nSubject: failure notice\n\n{text}");
    events(&mail).into_iter().map(|event| (event.address, event.reply)).collect()
}

#[test]
fn programs_name_the_address_in_many_ways() {
    for (text, address, reply) in [
        ("\"a@example.com\":\nSMTP error:\n5.1.1 User unknown\n", "a@example.com", "User unknown"),
        (
            "was not delivered to:\n\n  a@example.com\n\nbecause:\n\n  User a not listed\n",
            "a@example.com",
            "not listed",
        ),
        ("undeliverable to the following:\n\ta@example.com (user not found)\n", "a@example.com", "user not found"),
        ("Unknown user: a@example.com\n", "a@example.com", "Unknown user"),
        ("Your message to a@example.com couldn't be delivered.\nError: 550 5.1.10 x\n", "a@example.com", "550 5.1.10"),
        (
            "did not reach:\n\na@example.com on Thu, 29 Apr 2026 18:14:35 +0900\n    Unknown Recipient\n",
            "a@example.com",
            "Unknown",
        ),
        (
            "<a@example.com>: host mx said: 550 5.4.1\n    <a@example.com>: Access denied (in reply)\n",
            "a@example.com",
            "Access denied",
        ),
    ] {
        let found = plain(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].0, address, "{text}");
        assert!(found[0].1.contains(reply), "{text}: {found:?}");
    }
    assert!(plain("Your message to a@example.com, b@example.com failed.\n").is_empty());
}

#[test]
fn a_notification_under_another_name_is_read() {
    let status = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n";
    for kind in ["image/png", "application/octet-stream", "text/plain"] {
        let mail = format!("From: MAILER-DAEMON@mx\nSubject: failure notice\nContent-Type: {kind}\n\n{status}");
        assert_eq!(events(&mail).len(), 1, "{kind}");
    }
}

#[test]
fn a_bounce_behind_one_in_plain_text_hides_neither() {
    let first =
        "From: MAILER-DAEMON@mx\nTo: n@brand.com\nSubject: failure notice\n\n<a@example.com>:\n550 no such user\n\n";
    let second = first.replace("a@example.com", "b@example.com");
    let both: Vec<_> = events(&format!("{first}{second}")).into_iter().map(|event| event.address).collect();
    assert_eq!(both, ["a@example.com", "b@example.com"]);
}

#[test]
fn a_report_of_outlook_s_junk_mail_program_is_a_complaint() {
    let mail = "From: staff@hotmail.com\nTo: fbl@brand.com\nSubject: complaint about message from 192.0.2.1\n\
        Content-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: message/rfc822\n\n\
        X-HmXmrOriginalRecipient: <a@hotmail.com>\nFrom: n@brand.com\nTo: a@hotmail.com\n\nx\n--q--\n";
    let found = events(mail);
    assert_eq!((found[0].kind, found[0].address.as_str()), (Kind::Complaint, "a@hotmail.com"));
}

#[test]
fn a_recipient_without_a_name_is_told_beside_one_that_has_one() {
    let mail = "From: MAILER-DAEMON@mx\nSubject: failure notice\nContent-Type: message/delivery-status\n\n\
        Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n\
        Action: failed\nStatus: 5.1.1\n";
    assert_eq!(events(mail).len(), 1);
    assert_eq!(reasons(mail), [Unreadable::NoRecipient]);
}
