//! What subjects may say and may not: one table a lint, the subject, then what is marked in it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_only, marks};
use presend::diagnostic::Level;

const NOTHING: [&str; 0] = [];

/// A mail that is ready to be sent.
fn mail(subject: &str) -> String {
    format!(
        "From: \"Shop\" <a@shop.com>\nDate: Mon, 5 Oct 2026 09:00:00 +0200\nSubject: {subject}\n\nSee our new bags.\n"
    )
}

fn check(lint: &str, options: &str, rows: &[(&str, &[&str])]) {
    for (subject, expected) in rows {
        assert_eq!(marks(lint, "a.eml", options, &mail(subject)), *expected, "{lint}: {subject}");
    }
}

fn level(lint: &str, options: &str, text: &str) -> Option<Level> {
    lint_only(lint, &Options::parse("a.eml", options), text.as_bytes()).diagnostics.first().map(|found| found.level)
}

#[test]
fn vague_subject() {
    check(
        "vague-subject",
        "",
        &[
            ("Catalogs", &["Catalogs"]),
            ("NEWSLETTER", &["NEWSLETTER"]),
            ("Neuigkeiten!", &["Neuigkeiten!"]),
            ("=?utf-8?B?44GK55+l44KJ44Gb?=", &["お知らせ"]),
            ("Updated catalog for the Christmas season!", &[]),
            ("Newsletter of the gardeners' club", &[]),
            ("{{ subject }}", &[]),
            ("Newsletter {{ month }}", &[]),
            ("", &[]),
        ],
    );
    let draft = "---\nsubject: News\n---\n<!doctype html><html><body>New bags</body></html>";
    assert_eq!(marks("vague-subject", "a.html", "", draft), ["News"]);
    let mut options = Options::parse("a.eml", "");
    options.settings.allowed_subjects.push("newsletter".to_owned());
    assert!(lint_only("vague-subject", &options, mail("Newsletter").as_bytes()).diagnostics.is_empty());
}

#[test]
fn fake_reply_subject() {
    check(
        "fake-reply-subject",
        "",
        &[
            ("Re: Your order of bags", &["Re:"]),
            ("FWD: Re: New bags", &["FWD: Re:"]),
            ("AW: Neue Taschen", &["AW:"]),
            ("Re[2]: New bags", &["Re[2]:"]),
            ("=?utf-8?Q?Re=3A_T=C3=A4schchen?=", &["Re:"]),
            ("Re: New bags for {{ name }}", &["Re:"]),
            ("Re:", &["Re:"]),
            ("Re: {{ ticket.subject }}", &[]),
            ("New bags: re-opened", &[]),
            ("Re:invent your wardrobe", &[]),
            ("RE:Your order", &["RE:"]),
            ("re:Invent 2026: our five takeaways", &[]),
            ("AW26: first look at the coats", &[]),
            ("Ref: 123456 - Booking confirmation", &[]),
            ("Regarding: new bags", &[]),
            ("Re: New bags\nIn-Reply-To: <a@contoso.com>", &[]),
            ("Re: New bags\nReferences: <a@contoso.com>", &[]),
            ("Re: New bags\nList-Post: <mailto:l@lists.org>", &[]),
        ],
    );
    let quoting =
        "From: a@contoso.com\nSubject: Re: (#5290765) Your shop\n\nOn Monday Eve wrote:\n> When will it\n> arrive?\n";
    let bulk = quoting.replace("\n\nOn", "\nPrecedence: bulk\n\nOn");
    assert_eq!(marks("fake-reply-subject", "a.eml", "", quoting), [""; 0]);
    assert_eq!(marks("fake-reply-subject", "a.eml", "", &bulk), ["Re:"]);
    let encoded = mail("=?utf-8?Q?Re=3A_T=C3=A4schchen?=");
    let found = lint_only("fake-reply-subject", &Options::parse("a.eml", ""), encoded.as_bytes()).diagnostics;
    let edit = found[0].suggestions[0].file_edit.clone().unwrap();
    let mut bytes = encoded.into_bytes();
    bytes.splice(edit.span.range(), edit.replacement);
    assert_eq!(String::from_utf8(bytes).unwrap(), mail("=?utf-8?Q?T=C3=A4schchen?="));
}

#[test]
fn test_marker() {
    check(
        "test-marker",
        "",
        &[
            ("[TEST] New bags", &["[TEST]"]),
            ("Kopie von Newsletter Oktober", &["Kopie von"]),
            ("Kopie von Rembrandt bis Vermeer", &[]),
            ("DRAFT: New bags", &["DRAFT"]),
            ("TEST TEST TEST", &["TEST TEST TEST"]),
            ("New bags (copy 01)", &["(copy 01)"]),
            ("=?utf-8?B?44CQ44OG44K544OI44CR56eL44Gu5paw5L2c?=", &["【テスト】"]),
            ("Test: ten bags on a rainy day", &[]),
            ("Copy of your receipt", &[]),
            ("Latest bags", &[]),
        ],
    );
    check("test-marker", "purpose=transactional", &[("Copy of Invoice 12", &[]), ("[TEST] Invoice 12", &["[TEST]"])]);
    assert_eq!(level("test-marker", "", &mail("[TEST] New bags")), Some(Level::Deny));
    assert_eq!(level("test-marker", "stage=template", &mail("[TEST] New bags")), Some(Level::Warn));
}

#[test]
fn long_subject() {
    let of = |length: usize| level("long-subject", "", &mail(&"taschen ".repeat(40)[..length]));
    assert_eq!((of(149), of(255), of(257)), (None, None, Some(Level::Warn)));
    assert_eq!(marks("long-subject", "a.eml", "", &mail(&format!("{}end", "x".repeat(255)))), ["end"]);
    // characters, not bytes
    assert_eq!(level("long-subject", "", &mail(&"あ".repeat(150))), None);
    let tagged = format!("{{{{ {} }}}}{}", "a".repeat(200), "x".repeat(100));
    assert_eq!(level("long-subject", "", &mail(&tagged)), None);
    let branches = format!("{{% if a %}}{0}{{% else %}}{0}{{% endif %}}", "x".repeat(200));
    assert_eq!(level("long-subject", "", &mail(&branches)), None);
}

#[test]
fn shouting_subject() {
    check(
        "shouting-subject",
        "",
        &[
            ("New bags!!!", &["!!!"]),
            ("Really?!? New bags", &["?!?"]),
            ("NEW BAGS FOR CHRISTMAS", &["NEW BAGS FOR CHRISTMAS"]),
            ("НОВЫЕ СУМКИ К РОЖДЕСТВУ", &["НОВЫЕ СУМКИ К РОЖДЕСТВУ"]),
            ("Today: BUY NOW AND SAVE on bags", &["BUY NOW AND SAVE"]),
            ("New bags!!", &[]),
            ("NASA and ESA at the IAC", &[]),
            ("SALE", &[]),
            ("新しいバッグ", &[]),
            ("{{ NAME }} and {{ THE OTHER NAMES }}", &[]),
        ],
    );
}

#[test]
fn unrelated_body() {
    let body = "From Monday on our shop in Main Street opens at nine in the morning. We have moved the shelves, painted the walls, and hired two \
                people who know everything about leather. Come in and say hello; there is coffee until noon.";
    let says = |subject: &str, body: &str| {
        let page = format!("---\nsubject: {subject}\n---\n<!doctype html><html><body>{body}</body></html>");
        marks("unrelated-body", "a.html", "", &page)
    };
    let subject = "Updated catalog for the Christmas season";
    assert_eq!(says(subject, body), [subject]);
    for related in [
        "Coffee and leather in our shop",
        "The shops' new opening hours",
        "Ledertaschen und Kaffee aus Leather",
        "Great news for you",
        "Hello!",
        "{{ name }}, the Christmas catalog",
    ] {
        assert_eq!(says(related, body), NOTHING, "{related}");
    }
    for takes_up in [
        format!("<h2>Christmas</h2>{body}"),
        format!("{body}<img src=\"a.png\" width=\"600\" height=\"300\" alt=\"The catalogue\">"),
        format!("<p>{{{{ headline }}}}</p>{body}"),
        format!("{{% include 'content' %}}{body}"),
        "<img src=\"a.png\" width=\"600\" height=\"900\">".to_owned(),
        // a picture with a footer
        format!("<img src=\"a.png\" width=\"600\" height=\"900\"><p style=\"font-size:9px\">{body}</p>"),
    ] {
        assert_eq!(says(subject, &takes_up), NOTHING, "{takes_up}");
    }
}

/// People answer and forward with programs that leave out In-Reply-To, but hardly with one that leaves out what is answered.
#[test]
fn answers_and_forwards_of_people() {
    let fake = |subject: &str, body: &str| {
        let mail = format!(
            "From: Jan <jan@brand.com>\nTo: lena@example.net\nSubject: {subject}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\n{body}\n"
        );
        marks("fake-reply-subject", "mail.eml", "", &mail).len()
    };
    let fields =
        "From: Lena <lena@example.net>\nSent: Tuesday, November 10, 2026\nTo: Jan\nSubject: price list\n\nHi Jan!";
    assert_eq!(fake("Re: price list", "Here it is.\n\nOn Tue, 10 Nov 2026 Lena wrote:\n> Could you send it?"), 0);
    assert_eq!(fake("RE: price list", &format!("Here it is.\n\n-----Original Message-----\n{fields}")), 0);
    assert_eq!(fake("AW: price list", &format!("Here it is.\n\n________________________________\n{fields}")), 0);
    assert_eq!(fake("Fwd: price list", &format!("FYI\n\n---------- Forwarded message ---------\n{fields}")), 0);
    assert_eq!(fake("Re: price list", "Our new prices are here."), 1);
    assert_eq!(fake("Re: price list", "Our new prices are here.\n\n----------\nChairs: 20\nDesks: 40\nLamps: 10"), 1);
}
