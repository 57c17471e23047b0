//! All lints together: what is right is left alone, even with `-W pedantic`, and one cause is said once.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_only, names};
use presend::config::levels::{Levels, Setting};
use presend::diagnostic::Level;
use presend::lint::lint;
use presend::lints::REGISTRY;
use presend::source::Source;

/// The lints that fire with `-W pedantic`.
fn pedantic(name: &str, options: &str, text: &str) -> Vec<&'static str> {
    let known = REGISTRY.known();
    let mut levels = Levels::new(&known);
    let flag = Setting::flag(Level::Warn, "pedantic", &known).unwrap();
    levels.command_line(&[flag]).unwrap();
    let source = Source::new(name, None, text.as_bytes().to_vec(), None);
    names(&lint(&source, &REGISTRY, &Options::parse(name, options).settings, &levels).diagnostics)
}

const BODY: &str = "<h1>Spring sale on garden tools</h1>
<p><img src=\"https://www.brand-garden.com/spring.jpg\" width=\"600\" height=\"200\" alt=\"A spade and a rake\"></p>
<p>Spades, rakes and watering cans are twenty percent cheaper until Sunday, 12 April. The offer is for all garden tools
in our shop and on our website, and delivery is free from 50 euros on.</p>
<p><a href=\"https://www.brand-garden.com/tools\">See the garden tools</a></p>";
const NOTICE: &str = "You are receiving this email because you signed up for our newsletter at brand-garden.com.";
const ADDRESS: &str = "Brand Garden Ltd, 12 Mill Street, London SW1A 1AA, United Kingdom";
const WAY_OUT: &str = "<a href=\"https://news.brand-garden.com/unsubscribe/8f3a2c\">Unsubscribe</a>";
const PRIVACY: &str = "<a href=\"https://www.brand-garden.com/privacy\">Privacy policy</a>";
const TEXT: &str = "Spring sale on garden tools\n\nSpades and rakes are cheaper: https://www.brand-garden.com/tools\n\n\
Unsubscribe: https://news.brand-garden.com/unsubscribe/8f3a2c\nPrivacy policy: https://www.brand-garden.com/privacy\n";

/// An HTML body with this content and this way out.
fn page(content: &str, way_out: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body>\n{content}\n\
<p>{NOTICE}<br>{ADDRESS}<br>{way_out} | {PRIVACY}</p>\n</body></html>\n"
    )
}

/// A finished mail of these two alternatives.
fn mail(text: &str, html: &str) -> String {
    let mail = format!(
        "DKIM-Signature: v=1; a=rsa-sha256; d=brand-garden.com; s=k;
 h=From:To:Subject:Date:Message-ID:List-Unsubscribe:List-Unsubscribe-Post; bh=dGVzdA==; b=dGVzdA==
From: \"Brand Garden\" <news@brand-garden.com>
To: \"Ann Reader\" <ann@reader-mail.net>
Subject: Spring sale on garden tools until Sunday
Date: Fri, 03 Apr 2026 09:00:00 +0000
Message-ID: <20260403.8f3a2c@brand-garden.com>
List-Unsubscribe: <https://news.brand-garden.com/unsubscribe/8f3a2c>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=\"b\"

--b
Content-Type: text/plain; charset=utf-8

{text}
--b
Content-Type: text/html; charset=utf-8

{html}
--b--
"
    );
    mail.replace('\n', "\r\n")
}

#[test]
fn what_is_right_is_left_alone() {
    let html = page(BODY, WAY_OUT);
    for (name, text) in [
        ("mail.eml", mail(TEXT, &html)),
        ("draft.html", html.clone()),
        ("template.html", page(BODY, "<a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>")),
        ("template.html", page(BODY, "<a href=\"*|UNSUB|*\">Unsubscribe</a>")),
    ] {
        assert_eq!(pedantic(name, "", &text), [""; 0], "{name}");
    }
}

#[test]
fn a_way_out_that_leads_nowhere_is_one_fault() {
    for href in [
        "href=\"\"",
        "",
        "href=\"#\"",
        "href=\"http://\"",
        "href=\"javascript:void(0)\"",
        "href=\"*|UNSUB|*\"",
        "href=\"{{ unsubscribe_url }}\"",
        "href=\"https://example.com/u\"",
        "href=\"https://www.yourdomain.com/u\"",
        "href=\"http://localhost:3000/u\"",
        "href=\"http://192.168.1.20/u?id=3\"",
        "href=\"http://mailserver/u/3\"",
        "href=\"http://crm.local/u/3\"",
    ] {
        let way_out = format!("<a {href}>Unsubscribe</a>");
        assert_eq!(pedantic("mail.eml", "", &mail(TEXT, &page(BODY, &way_out))), ["dead-unsubscribe"], "{href}");
    }
    let private = page(BODY, "<a href=\"http://192.168.1.20/u?id=3\">Unsubscribe</a>");
    assert_eq!(pedantic("mail.eml", "audience=internal", &mail(TEXT, &private)), [""; 0]);
}

#[test]
fn a_tag_that_is_left_over_elsewhere_is_said_beside_the_way_out() {
    let way_out = "<a href=\"*|UNSUB|*\">Unsubscribe</a> or see *|UNSUB|*";
    let html = page(&format!("{BODY}<p>Dear *|FNAME|*,</p>"), way_out);
    assert_eq!(pedantic("mail.eml", "", &mail(TEXT, &html)), ["dead-unsubscribe", "unresolved-merge-tag"]);
}

#[test]
fn an_empty_message_lacks_nothing_else() {
    assert_eq!(pedantic("mail.eml", "", &mail("", "")), ["empty-message"]);
}

#[test]
fn a_stub_of_a_text_lacks_no_way_out() {
    for text in
        ["Your email client does not support HTML.", "View this email in your browser: https://brand-garden.com/v/1"]
    {
        assert_eq!(pedantic("mail.eml", "", &mail(text, &page(BODY, WAY_OUT))), ["empty-text-part"], "{text}");
    }
}

#[test]
fn pixels_of_one_kind_are_one_finding() {
    let pixel =
        |id: &str| format!("<img src=\"https://news.brand-garden.com/o/{id}\" width=\"1\" height=\"1\" alt=\"\">");
    let html = page(&format!("{BODY}{}{}", pixel("8f3a2c4d5e6f708192a3"), pixel("a3b4c5d6e7f8091a2b3c")), WAY_OUT);
    let linted = lint_only("tracking-pixel", &Options::parse("mail.eml", ""), mail(TEXT, &html).as_bytes());
    let said: Vec<_> = linted.diagnostics.iter().map(|said| (said.labels.len(), said.message.as_str())).collect();
    assert_eq!(said, [(1, "2 images that are too small to be seen report who opened the mail")]);
}

#[test]
fn a_form_in_a_mail_is_no_page() {
    let field = "<form action=\"https://www.brand-garden.com/s\"><input type=\"email\" name=\"email\"><button>Go</button></form>";
    assert_eq!(pedantic("draft.html", "", &page(&format!("{BODY}{field}"), WAY_OUT)), ["active-content"]);
    let survey = "<form action=\"https://www.brand-garden.com/s\"><input type=\"radio\" name=\"like\"> Yes<button>Go</button></form>";
    assert_eq!(pedantic("draft.html", "", &page(&format!("{BODY}{survey}"), WAY_OUT)), ["active-content"]);
    let page = |controls: &str| {
        format!("<form method=\"post\" onsubmit=\"go()\">{controls}<a href=\"#\">Next</a><img src=\"a.png\"></form>")
    };
    for controls in [
        "Email <input type=\"email\" name=\"a\">",
        "<label><input type=\"checkbox\" name=\"a\"> Yes</label>",
        "<input type=\"radio\" name=\"a\"> Yes",
        "<select name=\"a\"><option>Monthly</option></select>",
        "<input type=\"password\" name=\"p\">",
        "{{ T \"public.unsubscribe\" }} <input type=\"checkbox\" name=\"a\">",
    ] {
        assert_eq!(pedantic("form.html", "", &page(controls)), [""; 0], "{controls}");
    }
}

#[test]
fn a_logo_over_a_short_text_is_no_picture() {
    let logo = |size: &str| format!("<img src=\"https://www.brand-garden.com/logo.png\" {size} alt=\"Brand Garden\">");
    for size in ["", "width=\"160\"", "width=\"280\" height=\"90\""] {
        let html = page(&format!("{}<p>Thank you, and see you soon in our shop.</p>", logo(size)), WAY_OUT);
        assert!(!pedantic("draft.html", "", &html).contains(&"image-only-body"), "{size}");
    }
    let html = page(&logo("width=\"600\" height=\"800\""), WAY_OUT);
    assert!(pedantic("draft.html", "", &html).contains(&"image-only-body"));
}

/// Two hyphens are missing at the end: nothing begins there.
#[test]
fn a_multipart_that_is_opened_once_more_in_place_of_closed() {
    let whole = mail(TEXT, &page(BODY, WAY_OUT));
    let last = whole.trim_end().rsplit('\n').next().unwrap().to_owned();
    let opened = whole.trim_end().strip_suffix("--").unwrap().to_owned() + "\r\n";
    assert!(last.starts_with("--") && last.ends_with("--"), "{last}");
    assert_eq!(pedantic("mail.eml", "", &whole), [""; 0]);
    assert_eq!(pedantic("mail.eml", "", &opened), ["malformed-boundary"]);
}
