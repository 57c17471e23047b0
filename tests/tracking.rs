//! What the message reports back: what each lint of the topic `tracking` says, and of what it stays silent.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::marks;

fn html(body: &str) -> String {
    format!("<!DOCTYPE html>\n<html><body>\n{body}\n</body></html>\n")
}

/// What `lint` marks in a draft of `body`.
#[track_caller]
fn draft(lint: &str, body: &str, marked: &[&str]) {
    assert_eq!(marks(lint, "draft.html", "", &html(body)), marked, "{body}");
}

const BEACON: &str = "covert-beacon";

#[test]
fn what_reports_an_opening_without_being_an_image() {
    for (body, marked) in [
        // known trackers
        (
            "<style>a{background:url(https://abc12345.emltrk.com/abc12345?d=x)}</style>",
            "https://abc12345.emltrk.com/abc12345?d=x",
        ),
        ("<div style=\"background-image:url('https://x.emltrk.com/x?p&d=1')\"></div>", "https://x.emltrk.com/x?p&d=1"),
        // printed
        (
            "<style>@media print{#p{background:url(https://t.brand.com/p?u={{ contact.id }})}}</style>",
            "https://t.brand.com/p?u={{ contact.id }}",
        ),
        (
            "<style>@media print{#p{background:url(https://t.brand.com/p?u=8f2c0e77a1b2c3)}}</style>",
            "https://t.brand.com/p?u=8f2c0e77a1b2c3",
        ),
        (
            "<link rel=\"stylesheet\" media=\"print\" href=\"https://t.brand.com/p?u=8f2c0e77a1b2c3\">",
            "https://t.brand.com/p?u=8f2c0e77a1b2c3",
        ),
        // fetched ahead
        ("<link rel=\"prefetch\" href=\"https://t.brand.com/o?u=*|UNIQID|*\">", "https://t.brand.com/o?u=*|UNIQID|*"),
        // a style sheet, a sound
        (
            "<style>@import url(https://t.brand.com/s.css?e={{ email }});</style>",
            "https://t.brand.com/s.css?e={{ email }}",
        ),
        ("<bgsound src=\"https://t.brand.com/o.wav?e={{ email }}\">", "https://t.brand.com/o.wav?e={{ email }}"),
        // a background that nobody sees
        (
            "<div style=\"display:none;background:url(https://t.brand.com/o?u=8f2c0e77a1b2c3)\">x</div>",
            "https://t.brand.com/o?u=8f2c0e77a1b2c3",
        ),
    ] {
        draft(BEACON, body, &[marked]);
    }
}

#[test]
fn what_reports_nothing() {
    for body in [
        "<td background=\"https://brand.com/bg.png?v=20261005\">x</td>",
        "<div style=\"background:url(https://brand.com/bg-8f2c0e77a1b2c3.png)\">x</div>",
        "<div style=\"background:url(https://img.brand.com/hello.png?name={{ first_name }})\">x</div>",
        "<div style=\"background:url({{ hero_image }})\">x</div>",
        "<style>.h{background:url(https://brand.com/bg.png?w=600&h=300&fit=crop)}</style>",
        "<style>@import url(https://fonts.googleapis.com/css?family=Lato:300,400,700);</style>",
        "<link rel=\"stylesheet\" href=\"https://fonts.googleapis.com/css2?family=Lato:wght@300;400;700\">",
        "<link rel=\"preconnect\" href=\"https://fonts.gstatic.com\">",
        "<style>@font-face{src:url(https://brand.com/f.woff?u={{ contact.id }})}</style>",
        "<img src=\"https://brand.com/a.png\" srcset=\"https://brand.com/a.png?u={{ contact.id }} 2x\" width=\"600\">",
        "<!--[if mso]><v:fill src=\"https://brand.com/a.png?u={{ contact.id }}\"/><![endif]-->",
        "<video src=\"https://brand.com/film.mp4?Expires=1&Signature=8f2c0e77a1b2c3\" width=\"600\"></video>",
        "<style>@media print{.no{display:none}}</style>",
    ] {
        draft(BEACON, body, &[]);
    }
}

#[test]
fn read_receipts_in_a_campaign() {
    let mail = |fields: &str| format!("From: \"Brand\" <marketing@brand.com>\nSubject: News\n{fields}\nOur news.\n");
    let field = "Disposition-Notification-To: <receipts@brand.com>\n";
    assert_eq!(marks(BEACON, "a.eml", "purpose=bulk", &mail(field)), ["<receipts@brand.com>"]);
    // one person asks another
    assert_eq!(marks(BEACON, "a.eml", "purpose=transactional", &mail(field)), Vec::<String>::new());
    assert_eq!(marks(BEACON, "a.eml", "purpose=bulk", &mail("")), Vec::<String>::new());
}

#[test]
fn the_inventory_of_pixels_names_each() {
    let spacer = "<img src=\"https://brand.com/spacer.gif\" width=\"1\" height=\"20\">";
    let pixel = "<img src=\"https://brand.us1.list-manage.com/track/open.php?u=1&id=2&e=3\" width=\"1\" height=\"1\">";
    let own = "<img src=\"https://t.brand.com/o.gif?u={{ id }}\" width=\"1\" height=\"1\">";
    draft("tracking-pixel", &format!("{spacer}{spacer}<p>News</p>{pixel}{own}"), &[pixel, own]);
    draft("tracking-pixel", spacer, &[]);
    let linted = common::lint_only("tracking-pixel", &common::Options::parse("a.html", ""), pixel.repeat(2).as_bytes());
    assert_eq!(linted.diagnostics[0].message, "2 tracking pixels of Mailchimp report who opened the mail");
}
