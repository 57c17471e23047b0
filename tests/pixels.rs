//! Which images are tracking pixels, and when a pixel is disclosed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_only, marks};
use presend::diagnostic::Level;

const UNSUBSCRIBE: &str = "<p>News of bags. <a href=\"https://brand.test/unsubscribe?u=1\">Unsubscribe</a></p>";

fn page(body: &str) -> String {
    format!("<!DOCTYPE html>\n<html><body>\n{UNSUBSCRIBE}\n{body}\n</body></html>\n")
}

/// What is marked in a campaign with this body.
fn undisclosed(body: &str) -> Vec<String> {
    marks("undisclosed-tracking", "draft.html", "purpose=bulk", &page(body))
}

#[test]
fn images_that_report_opens() {
    for image in [
        "<img src=\"https://brand.us1.list-manage.com/track/open.php?u=1&id=2&e=3\" width=\"1\" height=\"1\">",
        "<img src=\"https://brand.us1.list-manage.com/track/open.php?u=1&id=2&e=3\">",
        "<img src=\"https://u1.ct.sendgrid.net/wf/open?upn=abc\" alt=\"\">",
        "<img src=\"https://mail.brand.test/wf/open?upn=u001.abcdefghijklmnopqrstuvwxyz0123456789abcdef\" width=1 height=1>",
        "<img src=\"https://t.brand.test/open.gif?r=7kq2&c=1181\" width=\"1\" height=\"1\">",
        "<img src=\"https://t.brand.test/x?r=7kq2aa\" style=\"width:1px;height:1px\">",
        "<img src=\"https://t.brand.test/x?r=7kq2aa\" style=\"display:none\">",
        "<img src=\"https://t.brand.test/x?r=7kq2aa\" width=0 height=0>",
        "<img src=\"https://t.brand.test/o/4f6a9c0e2b7d41aa93c1.gif\" width=1 height=1>",
        "<img src=\"https://t.brand.test/o/MJSL35I/1BLA5/16QHKV/52\" width=1 height=1>",
        "<img src=\"https://t.brand.test/o/{{ subscriber.id }}.gif\" width=1 height=1>",
        "<img src=\"{{ tracking_url }}\" width=1 height=1>",
        "<img src=\"https://ci3.googleusercontent.com/meips/abc=s0#https://t.brand.test/open.gif?r=7kq2&c=1181\" width=1 height=1>",
    ] {
        assert_eq!(undisclosed(image), [image]);
    }
    let five = "<img src=\"https://t.brand.test/imp?s=S&e=reader\" width=1 height=1>";
    let five: String = (0..6).map(|n| five.replace("=S", &format!("=7102{n}"))).collect();
    assert_eq!(undisclosed(&five).len(), 1, "one file behind all, but another parameter each: said once");
}

#[test]
fn images_that_report_nothing() {
    let spacer = "<img src=\"https://img.brand.test/s.gif?v=20260101\" width=1 height=12>";
    for (what, body) in [
        ("spacers", spacer.repeat(8)),
        ("one spacer with a version", spacer.to_owned()),
        ("a spacer by name", "<img src=\"https://img.brand.test/4f6a9c0e2b7d41aa93c1/spacer.gif\" width=1 height=1>".to_owned()),
        ("a separator", "<img src=\"https://img.brand.test/line.png?key=4f6a9c0e2b7d41aa93c1\" width=600 height=1>".to_owned()),
        ("a resized picture", "<img src=\"https://img.brand.test/a.png?w=600&h=400\" width=1 height=1>".to_owned()),
        ("a file behind a tag", "<img src=\"{{ cdn }}/line.gif\" width=1 height=1>".to_owned()),
        ("an embedded logo", "<img src=\"cid:logo@brand.test\" width=1 height=1>".to_owned()),
        ("a file beside the draft", "<img src=\"images/dot.png?x=12345678\" width=1 height=1>".to_owned()),
        ("a data URL", "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" width=1 height=1>".to_owned()),
        ("a preview picture", "<div style=\"display:none\"><img src=\"https://img.brand.test/p.jpg?id=12345678\"></div>".to_owned()),
        ("a hidden picture whose address a tag holds", "<img src=\"{{ post.image }}\" style=\"max-width:100%;display:none\">".to_owned()),
        ("a mobile twin", "<style>@media (max-width:600px){.m{display:block}}</style><div class=m style=\"display:none\"><img src=\"https://img.brand.test/p?id=12345678\"></div>".to_owned()),
        ("a picture at a tracker's shape", "<img src=\"https://u1.ct.sendgrid.net/wf/open?upn=abc\" width=600 height=300 alt=\"Bags\">".to_owned()),
        ("a picture", "<img src=\"https://img.brand.test/hero.jpg?id=12345678\" width=600>".to_owned()),
    ] {
        assert_eq!(undisclosed(&body), [""; 0], "{what}");
    }
}

#[test]
fn pixels_that_are_disclosed() {
    let pixel = "<img src=\"https://t.brand.test/open.gif?r=7kq2&c=1181\" width=\"1\" height=\"1\">";
    assert_eq!(undisclosed(pixel).len(), 1);
    for more in [
        "<a href=\"https://brand.test/legal/p1\">Privacy policy</a>",
        "<a href=\"https://brand.test/datenschutz\">Datenschutzerklärung</a>",
        "<a href=\"https://click.brand.test/c/1\">Politique de confidentialité</a>",
        "<a href=\"{{ url }}\">{{ text }}</a>",
        "{% include 'footer.html' %}",
    ] {
        assert_eq!(undisclosed(&format!("{pixel}{more}")), [""; 0], "{more}");
    }
    let link = format!("{pixel}<a href=\"https://brand.test/privacy\">Privacy policy</a>");
    let strict = marks("undisclosed-tracking", "draft.html", "purpose=bulk strict-disclosure=true", &page(&link));
    assert_eq!(strict.len(), 1, "a link is not enough");
    for purpose in ["transactional", "confirmation", "unknown"] {
        let options = format!("purpose={purpose}");
        assert_eq!(marks("undisclosed-tracking", "draft.html", &options, &page(pixel)), [""; 0], "{purpose}");
    }
    assert_eq!(marks("undisclosed-tracking", "_part.html", "purpose=bulk", pixel), [""; 0], "a fragment");
}

#[test]
fn in_a_received_copy_it_is_allowed() {
    let body = page("<img src=\"https://t.brand.test/open.gif?r=7kq2&c=1181\" width=\"1\" height=\"1\">");
    let mail = format!(
        "From: a@brand.test\nSubject: Bags\nList-Unsubscribe: <https://brand.test/u>\nContent-Type: text/html\n\n{body}"
    );
    let levels = |text: &str| -> Vec<Level> {
        let linted = lint_only("undisclosed-tracking", &Options::parse("m.eml", ""), text.as_bytes());
        linted.diagnostics.iter().map(|diagnostic| diagnostic.level).collect()
    };
    assert_eq!(levels(&mail), [Level::Warn]);
    assert_eq!(levels(&format!("Received: from a.test by b.test; Mon, 1 Jan 2024 00:00:00 +0000\n{mail}")), []);
}
