//! Replies as servers give them, and what is made of them.
#![allow(clippy::unwrap_used)]

use super::{Permanence, Reply, classify, meanings_of};
use crate::knowledge::replies::{self, Suppress};

fn said(text: &str) -> (&'static str, Suppress) {
    let verdict = classify(&Reply { text, ..Reply::default() });
    (verdict.cause(), verdict.suppress)
}

#[test]
fn every_reply_of_microsoft_is_told_by_its_code_and_each_of_its_texts() {
    let microsoft: Vec<_> = replies::all().iter().filter(|meaning| meaning.microsoft).collect();
    assert!(microsoft.len() > 130, "{}", microsoft.len());
    let mut wrong = Vec::new();
    for meaning in microsoft {
        let code = meaning.codes.map_or(String::new(), |codes| codes.to_string());
        let digits = if code.starts_with('4') { "451" } else { "550" };
        let texts: Vec<&str> =
            if meaning.texts.is_empty() { vec![""] } else { meaning.texts.iter().map(|text| text.as_str()).collect() };
        for text in texts {
            let reply = format!("{digits} {code} {text} [AM6EUR05FT001.eop-eur05.prod.protection.outlook.com]");
            let verdict = classify(&Reply { text: &reply, ..Reply::default() });
            let found = verdict.meaning.unwrap();
            if (found.cause.name, found.says, verdict.suppress) != (meaning.cause.name, meaning.says, meaning.suppress)
            {
                wrong.push((reply, found.says));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn where_a_code_has_several_meanings_the_text_decides() {
    let mut wrong = Vec::new();
    for (reply, cause, suppress) in [
        ("550 5.4.1 [a@example.com]: Recipient address rejected: Access denied", "no-such-address", Suppress::Now),
        ("550 5.4.1 All recipient addresses rejected : Access denied", "no-such-address", Suppress::Now),
        ("550 5.4.1 Relay Access Denied", "recipient-setup", Suppress::No),
        ("550 5.4.1 something else", "unreachable", Suppress::No),
        ("550 5.2.2 mailbox full", "full-mailbox", Suppress::Repeated),
        ("550 5.2.2 STOREDRV.Submission.Exception; submission quota exceeded", "restricted-account", Suppress::No),
        ("550 5.7.1 Client was not authenticated", "refused-by-recipient", Suppress::No),
        (
            "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
            "blocked-ip",
            Suppress::No,
        ),
        ("550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus.", "blocked-ip", Suppress::No),
        ("452 4.5.3 Recipients belong to multiple regions ATTR38", "recipient-setup", Suppress::No),
        ("452 4.5.3 Too many recipients", "sender-setup", Suppress::No),
        ("550 5.7.606 Access denied, banned sending IP [192.0.2.1]", "blocked-ip", Suppress::No),
        ("550 5.7.620 Access denied, banned sending IP [192.0.2.1]", "blocked-ip", Suppress::No),
        ("550 5.5.0 Requested action not taken: mailbox unavailable", "no-such-address", Suppress::Now),
        ("550 5.5.0 domain [example.com] mismatches client ip 192.0.2.225.", "failed-authentication", Suppress::No),
        (
            "550 5.0.350 Remote server returned an error -> 550 5.7.1 Message rejected as spam",
            "judged-spam",
            Suppress::No,
        ),
        (
            "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 : User unknown",
            "no-such-address",
            Suppress::Now,
        ),
        ("450 4.4.7 Message delayed", "unreachable", Suppress::No),
        ("550 4.4.7 QUEUE.Expired; message expired", "unreachable", Suppress::No),
    ] {
        if said(reply) != (cause, suppress) {
            wrong.push((reply, said(reply)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn others_replies_get_a_cause() {
    let mut wrong = Vec::new();
    for (reply, cause, suppress) in [
        // Gmail
        (
            "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the recipient's email address for typos or\n550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser",
            "no-such-address",
            Suppress::Now,
        ),
        (
            "550-5.2.1 The email account that you tried to reach is disabled. 550 5.2.1 https://support.google.com/mail/?p=DisabledUser",
            "closed-mailbox",
            Suppress::Now,
        ),
        ("550 5.2.1 The email account that you tried to reach is inactive.", "closed-mailbox", Suppress::Now),
        ("552-5.2.2 The recipient's inbox is out of storage space and inactive.", "full-mailbox", Suppress::Repeated),
        (
            "550-5.7.1 [192.0.2.1] Our system has detected that this message is likely unsolicited mail.",
            "judged-spam",
            Suppress::No,
        ),
        (
            "421-4.7.0 [192.0.2.1 15] Our system has detected an unusual rate of unsolicited mail originating from your IP address.",
            "throttled",
            Suppress::No,
        ),
        (
            "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
            "failed-authentication",
            Suppress::No,
        ),
        // Yahoo
        (
            "554 delivery error: dd This user doesn't have a yahoo.com account (a@yahoo.com) [0]",
            "no-such-address",
            Suppress::Now,
        ),
        (
            "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints",
            "throttled",
            Suppress::No,
        ),
        (
            "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes",
            "judged-spam",
            Suppress::No,
        ),
        // Postfix, Exim, qmail, Sendmail
        (
            "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
            "no-such-address",
            Suppress::Now,
        ),
        (
            "450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/",
            "greylisted",
            Suppress::No,
        ),
        ("554 5.7.1 <a@example.com>: Relay access denied", "recipient-setup", Suppress::No),
        ("450 4.1.1 <a@example.com>: Recipient address rejected: unverified address", "server-trouble", Suppress::No),
        ("450 4.1.1 <a@example.com>: User unknown", "no-such-address", Suppress::Repeated),
        ("550 Unrouteable address", "no-such-domain", Suppress::Now),
        ("Sorry, no mailbox here by that name. (#5.1.1)", "no-such-address", Suppress::Now),
        ("sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", "recipient-setup", Suppress::No),
        (
            "Host or domain name not found. Name service error for name=example.invalid type=A: Host not found",
            "no-such-domain",
            Suppress::Now,
        ),
        ("553 5.3.0 <a@example.com>... No such user", "no-such-address", Suppress::Now),
        (
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
            "blocked-ip",
            Suppress::No,
        ),
        ("552 5.3.4 Message size exceeds fixed limit", "oversized-message", Suppress::No),
        ("550 5.1.8 <a@example.com>: Sender address rejected: Domain not found", "sender-setup", Suppress::No),
        ("connect to mx.example.com[192.0.2.1]:25: Connection timed out", "unreachable", Suppress::No),
        ("550 User unknown or blocked as spam", "judged-spam", Suppress::No),
    ] {
        if said(reply) != (cause, suppress) {
            wrong.push((reply, said(reply)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_address_says_nothing() {
    assert_eq!(said("550 5.1.1 <greylisted.spam@example.com>: user unknown").0, "no-such-address");
    assert_eq!(said("550 5.1.1 user unknown, see https://example.com/spam-policy").0, "no-such-address");
}

#[test]
fn a_passing_trouble_never_costs_an_address() {
    for code in ["4.1.1", "4.1.10", "4.5.0"] {
        let text = format!("450 {code} no such user, recipient not found, mailbox unavailable");
        assert!(said(&text).1 < Suppress::Now, "{text}");
    }
    let delayed = Reply { text: "550 5.1.1 user unknown", delayed: true, ..Reply::default() };
    assert_eq!(classify(&delayed).suppress, Suppress::Repeated);
}

#[test]
fn a_status_counts_where_the_text_has_no_code() {
    let verdict = classify(&Reply { text: "Delivery failed", status: Some("5.1.1"), ..Reply::default() });
    assert_eq!((verdict.cause(), verdict.suppress), ("no-such-address", Suppress::Now));
    let exim =
        Reply { text: "550 5.7.606 Access denied, banned sending IP", status: Some("5.0.0"), ..Reply::default() };
    assert_eq!(classify(&exim).cause(), "blocked-ip");
}

#[test]
fn what_nobody_knows_is_unknown_and_no_permission_to_go_on() {
    let verdict = classify(&Reply { text: "599 9 lorem ipsum", ..Reply::default() });
    assert_eq!((verdict.cause(), verdict.suppress), ("unknown", Suppress::Repeated));
    assert_eq!(verdict.permanence, Permanence::Permanent);
    assert_eq!(said("lorem ipsum"), ("unknown", Suppress::No));
    assert_eq!(said(""), ("unknown", Suppress::No));
}

#[test]
fn a_bare_code_has_all_its_meanings() {
    assert_eq!(meanings_of("5.7.606").len(), 1);
    assert!(meanings_of("550 5.7.1").len() >= 7);
    assert_eq!(meanings_of("550").len(), 1);
    assert!(meanings_of("5.7.606 banned").is_empty());
    assert!(meanings_of("").is_empty());
}

#[test]
fn what_is_said_of_the_sender_never_costs_an_address() {
    for reply in [
        "550 5.1.1 User unknown (in reply to MAIL FROM command)",
        "SMTP error from remote mail server after EHLO mail.local: 550 unknown host",
        "host mx.example.net[192.0.2.1] refused to talk to me: 554 unknown host",
        "550 5.1.8 Domain in MAIL FROM does not exist",
        "550 5.7.1 <mail.local>: Helo command rejected: Host not found",
        "550 Your account has been suspended",
        "554 5.7.1 Sender's mailbox is disabled",
        "550 Header from domain does not exist",
        "535 5.7.8 Error: authentication failed: user not found",
        "550 This server does not accept mail from dynamic IPs",
        "550 Invalid email headers",
        "550 Expéditeur inconnu",
    ] {
        assert_ne!(said(reply).1, Suppress::Now, "{reply}: {}", said(reply).0);
    }
}

#[test]
fn an_address_that_does_not_exist_is_known_in_other_words_and_languages() {
    for reply in [
        "550 Invalid email address",
        "550 There is no one at this address",
        "550 Benutzer unbekannt",
        "550 El usuario no existe",
        "550 Destinataire inconnu",
        "Address appears on the Amazon SES suppression list for your account.",
        "554 5.7.1 recipient address was suppressed due to customer policy",
    ] {
        assert_eq!(said(reply).1, Suppress::Now, "{reply}: {}", said(reply).0);
    }
}

#[test]
fn what_a_link_names_counts_where_the_words_are_vague() {
    assert_eq!(said("554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1").0, "blocked-ip");
    assert_eq!(said("550-5.7.1 Rejected: Please see http://www.openspf.net/Why?s=mfrom").0, "failed-authentication");
}
