//! What the sender's fields may say and may not: one table a lint, the field, then what is marked in it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_only, marks};
use presend::diagnostic::{Diagnostic, Level};

const NOTHING: [&str; 0] = [];

/// A mail that is ready to be sent, with these fields above To, Date and Subject.
fn mail(fields: &str) -> String {
    format!(
        "{fields}To: reader@contoso.com\nDate: Mon, 5 Oct 2026 09:00:00 +0200\nSubject: New bags\n\nSee our new bags.\n"
    )
}

fn found(lint: &str, options: &str, text: &str) -> Vec<Diagnostic> {
    lint_only(lint, &Options::parse("a.eml", options), text.as_bytes()).diagnostics
}

/// Level and marked text of what `lint` says of a mail with these fields.
fn says(lint: &str, options: &str, fields: &str) -> Vec<(Level, String)> {
    let text = mail(fields);
    let marked = marks(lint, "a.eml", options, &text);
    found(lint, options, &text).iter().map(|diagnostic| diagnostic.level).zip(marked).collect()
}

/// Each row: the fields, then what is marked.
fn check(lint: &str, options: &str, rows: &[(&str, &[&str])]) {
    for (fields, expected) in rows {
        let text = mail(&format!("{fields}\n"));
        assert_eq!(marks(lint, "a.eml", options, &text), *expected, "{lint}: {fields}");
    }
}

/// The mail after the first suggestion of `lint` is applied.
fn mended(lint: &str, text: &str) -> String {
    let found = found(lint, "", text);
    let edit = found[0].suggestions[0].file_edit.clone().expect("it can be written in the file");
    let mut bytes = text.as_bytes().to_vec();
    bytes.splice(edit.span.range(), edit.replacement);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn missing_from() {
    assert_eq!(says("missing-from", "", ""), [(Level::Deny, String::new())]);
    check("missing-from", "", &[("From: a@b.example", &[]), ("from:", &[])]);
    // Without other headers it may not be a whole mail yet.
    let bare = found("missing-from", "", "Subject: New bags\nMIME-Version: 1.0\n\nSee our new bags.\n");
    assert_eq!(bare[0].level, Level::Warn);
    assert_eq!(marks("missing-from", "a.html", "", "<!doctype html><html><body>New bags</body></html>"), NOTHING);
}

#[test]
fn malformed_from() {
    check(
        "malformed-from",
        "",
        &[
            ("From:", &["From:"]),
            ("From: <>", &["<>"]),
            ("From: Shop <>", &["<>"]),
            ("From: {{ name }} <>", &["<>"]),
            ("From: Shop", &["Shop"]),
            ("From: Shop <shop>", &["shop"]),
            ("From: Shop news@shop.example", &["news@shop.example"]),
            ("From: Shop <a> <news@shop.example>", &["<a> <news@shop.example>"]),
            ("From: Shop <news@shop.example> now", &["now"]),
            ("From: Shop <news@shop.example", &["<news@shop.example"]),
            ("From: Shop < news@shop.example >", &["news@shop.example"]),
            ("From: Shop <news @shop.example>", &["news @shop.example"]),
            ("From: Shop <news@shop..example>", &["shop..example"]),
            ("From: Shop <@shop.example>", &["@shop.example"]),
            ("From: news@shop.example", &[]),
            ("From: <news@shop.example>", &[]),
            ("From: \"Shop, Inc.\" <news@shop.example>", &[]),
            ("From: news@shop.example (Shop)", &[]),
            ("From: \"john doe\"@shop.example", &[]),
            ("From: =?utf-8?Q?B=C3=BCcher?= <news@shop.example>", &[]),
            ("From: {{ from }}", &[]),
            ("From: {{ name }} news@{{ domain }}", &[]),
            ("From: {% if x %}Shop{% endif %} <{{ from }}>", &[]),
        ],
    );
    let front_matter = "---\nfrom: The design team\n---\n<!doctype html><html><body>New bags</body></html>";
    assert_eq!(marks("malformed-from", "a.html", "", front_matter), NOTHING);
}

#[test]
fn multiple_from() {
    let two = "From: a@shop.example, Shop <b@shop.example>";
    check(
        "multiple-from",
        "",
        &[
            (two, &["b@shop.example"]),
            (&format!("{two}\nSender: a@shop.example"), &[]),
            (&format!("{two}\nSender: {{{{ sender }}}}"), &[]),
            ("From: Shop, Inc <a@shop.example>", &[]),
            ("From: {{ from }}, a@shop.example", &[]),
        ],
    );
}

#[test]
fn unquoted_display_name() {
    check(
        "unquoted-display-name",
        "",
        &[
            ("From: Shop, Inc <a@shop.example>", &[","]),
            ("From: Shop: News <a@shop.example>", &[":"]),
            ("From: a@shop.example <a@shop.example>", &["@"]),
            ("From: [Shop] News <a@shop.example>", &["["]),
            ("From: Shop<a@shop.example>", &["<"]),
            ("From: \"Shop\"<a@shop.example>", &["<"]),
            ("From: =?utf-8?Q?B=C3=BCcher?=<a@shop.example>", &["<"]),
            ("From: \"Shop, Inc\" <a@shop.example>", &[]),
            ("From: Shop.com <a@shop.example>", &[]),
            ("From: J. Doe <a@shop.example>", &[]),
            ("From: =?utf-8?Q?Shop=2C_Inc?= <a@shop.example>", &[]),
            ("From: Caf\u{e9} d'Or & Co <a@shop.example>", &[]),
            ("From: {{ company, short }} <a@shop.example>", &[]),
            ("From: <a@shop.example>", &[]),
        ],
    );
    for (written, quoted) in [
        ("Shop, \\ Inc <a@b.example>", "\"Shop, \\\\ Inc\" <a@b.example>"),
        ("Shop, Inc<a@b.example>", "\"Shop, Inc\" <a@b.example>"),
        ("\"Shop\" (Berlin)<a@b.example>", "\"Shop\" (Berlin)<a@b.example>"),
        ("=?utf-8?Q?B=C3=BCcher?=<a@b.example>", "=?utf-8?Q?B=C3=BCcher?= <a@b.example>"),
    ] {
        let text = mail(&format!("From: {written}\n"));
        if written == quoted {
            assert!(found("unquoted-display-name", "", &text).is_empty(), "{written}");
        } else {
            assert_eq!(mended("unquoted-display-name", &text), mail(&format!("From: {quoted}\n")), "{written}");
        }
    }
}

#[test]
fn missing_display_name() {
    check(
        "missing-display-name",
        "",
        &[
            ("From: a@shop.example", &["a@shop.example"]),
            ("From: <a@shop.example>", &["a@shop.example"]),
            ("From: \"\" <a@shop.example>", &["a@shop.example"]),
            ("From: \"A@shop.example\" <a@shop.example>", &["A@shop.example"]),
            ("From: Shop <a@shop.example>", &[]),
            ("From: a@shop.example (Shop)", &[]),
            ("From: {{ from }}", &[]),
            ("From: news@{{ domain }}", &[]),
            ("From: {{ name }} <a@shop.example>", &[]),
            ("From: <>", &[]),
        ],
    );
    let apart = "---\nfrom: a@shop.example\nfrom_name: Shop\n---\n<!doctype html><html><body>New bags</body></html>";
    assert_eq!(marks("missing-display-name", "a.html", "", apart), NOTHING);
    assert_eq!(
        marks("missing-display-name", "a.html", "", &apart.replace("from_name: Shop\n", "")),
        ["a@shop.example"]
    );
}

#[test]
fn impersonating_display_name() {
    check(
        "impersonating-display-name",
        "",
        &[
            ("From: \"help@bank.com\" <a@shop.com>", &["help@bank.com"]),
            ("From: \"Bank (help@bank.com)\" <a@shop.com>", &["help@bank.com"]),
            ("From: =?utf-8?Q?B=C3=A4nk_help=40bank.com?= <a@shop.com>", &["help@bank.com"]),
            ("From: Bank.com <a@shop.com>", &["Bank.com"]),
            ("From: Shop.com <a@shop.com>", &[]),
            ("From: Shop.com <a@mail.shop.com>", &[]),
            ("From: Monster.de <a@monster.com>", &[]),
            ("From: \"help@monster.de\" <a@monster.com>", &[]),
            ("From: ASP.NET Weekly <a@shop.com>", &[]),
            ("From: Dr. Max 24.12. <a@shop.com>", &[]),
            ("From: \"{{ user.email }}\" <a@shop.com>", &[]),
            ("From: \"help@bank.com\" <{{ from }}>", &[]),
            ("List-Post: <mailto:l@lists.org>\nFrom: \"'help@bank.com' via list\" <l@lists.org>", &[]),
            ("DKIM-Signature: v=1; d=bank.com; s=a\nFrom: Bank.com <a@shop.com>", &[]),
        ],
    );
    check("impersonating-display-name", "own-domain=bank.com", &[("From: \"help@bank.com\" <a@shop.com>", &[])]);
    let level = |fields| says("impersonating-display-name", "", fields)[0].0;
    assert_eq!(level("From: \"help@bank.com\" <a@shop.com>\n"), Level::Deny);
    assert_eq!(level("From: Bank.com <a@shop.com>\n"), Level::Warn);
}

#[test]
fn noreply_sender() {
    check(
        "noreply-sender",
        "",
        &[
            ("From: Shop <noreply@shop.com>", &["noreply"]),
            ("From: Shop <newsletter-do_not_reply@shop.com>", &["newsletter-do_not_reply"]),
            ("From: Shop <ne-pas-repondre@shop.fr>", &["ne-pas-repondre"]),
            ("From: Shop <yanitlamayiniz@shop.com.tr>", &["yanitlamayiniz"]),
            ("From: Shop <info@noreply.shop.com>", &["noreply.shop.com"]),
            ("From: Shop <noreply@shop.com>\nReply-To: no-reply@shop.com", &["noreply"]),
            ("From: Shop <noreply@shop.com>\nReply-To:", &["noreply"]),
            ("From: Shop <noreply@shop.com>\nReply-To: service@shop.com", &[]),
            ("From: Shop <noreply@shop.com>\nReply-To: {{ reply_to }}", &[]),
            ("From: Shop <noreply@{{ domain }}>", &[]),
            ("From: Shop <marketing@shop.com>", &[]),
            ("From: No Reply <marketing@shop.com>", &[]),
        ],
    );
    check("noreply-sender", "purpose=transactional", &[("From: Shop <noreply@shop.com>", &[])]);
    check("noreply-sender", "purpose=confirmation", &[("From: Shop <noreply@shop.com>", &[])]);
    let draft = "---\nfrom: Shop <noreply@shop.com>\nreply_to: service@shop.com\n---\n<!doctype html><html><body>New bags</body></html>";
    assert_eq!(marks("noreply-sender", "a.html", "", draft), NOTHING);
}

#[test]
fn foreign_reply_to() {
    check(
        "foreign-reply-to",
        "",
        &[
            ("From: Shop <a@shop.com>\nReply-To: shop@gmail.com", &["gmail.com"]),
            ("From: Shop <a@shop.com>\nReply-To: b@shop.com, Shop <shop@outlook.com>", &["outlook.com"]),
            ("From: Shop <a@shop.com>\nReply-To: b@mail.shop.com", &[]),
            ("From: Shop <a@shop.com>\nReply-To: b@shop.de", &[]),
            ("From: Shop <shop@gmail.com>\nReply-To: shop2@gmail.com", &[]),
            ("From: Shop <a@shop.com>\nReply-To: shop@example.zendesk.com", &[]),
            ("From: Shop <a@shop.com>\nReply-To: b@another-organisation.com", &[]),
            ("From: Shop <a@shop.com>\nReply-To: {{ reply_to }}", &[]),
            ("From: Shop <{{ from }}>\nReply-To: shop@gmail.com", &[]),
            ("List-Post: <mailto:l@lists.org>\nFrom: A <a@shop.com>\nReply-To: a@gmail.com", &[]),
        ],
    );
    check("foreign-reply-to", "own-domain=gmail.com", &[("From: S <a@shop.com>\nReply-To: s@gmail.com", &[])]);
}

#[test]
fn onmicrosoft_sender() {
    check(
        "onmicrosoft-sender",
        "",
        &[
            ("From: Shop <a@Shop.onmicrosoft.com>", &["Shop.onmicrosoft.com"]),
            ("From: Shop <a@shop.com>", &[]),
            ("From: Shop <a@onmicrosoft.com.shop.com>", &[]),
        ],
    );
}

#[test]
fn exposed_recipients() {
    let readers = |from: usize, to: usize| {
        (from..to).map(|number| format!("r{number}@contoso.com")).collect::<Vec<_>>().join(", ")
    };
    let with_cc = |list: &str| says("exposed-recipients", "", &format!("From: a@shop.com\nCc: {list}\n"));
    assert_eq!(with_cc(&readers(0, 9)), []);
    assert_eq!(with_cc(&readers(0, 10)), [(Level::Warn, readers(0, 10))]);
    assert_eq!(with_cc(&format!("{0}, {0}, {0}", readers(0, 5))), []);
    assert_eq!(says("exposed-recipients", "", "Bcc: r@contoso.com\n"), [(Level::Deny, "r@contoso.com".to_owned())]);
    check(
        "exposed-recipients",
        "",
        &[("Bcc:", &[]), ("Bcc: {{ archive }}", &[]), ("Cc: undisclosed-recipients:;", &[])],
    );
}

/// What `lint` marks in an HTML body of a campaign.
fn in_body(lint: &str, options: &str, body: &str) -> Vec<String> {
    let page = format!("<!doctype html><html><body><h1>New bags</h1>{body}</body></html>");
    marks(lint, "a.html", options, &page)
}

#[test]
fn unqualified_address_book_request() {
    let request = "To ensure delivery, add news@shop.com to your address book.";
    let asks = |body: &str| in_body("unqualified-address-book-request", "", body);
    assert_eq!(asks(&format!("<p>{request}</p>")), [request]);
    for body in [
        "<p>Um den Empfang sicherzustellen, nehmen Sie uns in Ihr Adressbuch auf.</p>",
        "<p>Pour être sûr de recevoir nos e-mails, ajoutez-nous à votre carnet d'adresses.</p>",
        "<p>Чтобы письма не попадали в спам, добавьте нас в адресную книгу.</p>",
        "<p>為確保您能收到，請將我們加入通訊錄。</p>",
        "<td>Add us to your safe senders<br>to make sure you receive our emails</td>",
        "<p>Please add us to your address book so that our mail always reaches your inbox.</p>",
        "<p>To be sure that you receive our news, add us to your contacts.</p>",
        "<p>Add us to your contacts to keep our emails out of spam.</p>",
        "<p>Please add a@b.example to your address book to make sure that you always receive our mail.</p>",
    ] {
        assert_eq!(asks(body).len(), 1, "{body}");
    }
    for silent in [
        // a request without a promise, a promise without a request, another sentence
        "<p>Add us to your address book.</p>",
        "<p><a href=\"https://shop.com/shop.vcf\">Add us to your contacts</a></p>",
        "<p>To ensure delivery before Christmas, order by 20 December.</p>",
        "<p>Don't miss our emails! Our address book has grown.</p>",
        "<p>So you don't miss the show: add it to your calendar.</p>",
        // with a reservation, near by, in another language, or behind an asterisk
        &format!("<p>{request} Please note that this does not guarantee delivery.</p>"),
        &format!("<p>{request}</p><p>Eine Zustellung kann nicht garantiert werden.</p>"),
        &format!(
            "<p>{}</p><p>{}</p><p>* This is no guarantee that mails arrive.</p>",
            request.replace("book.", "book*."),
            "Our bags. ".repeat(200)
        ),
        &format!("<p style=\"display:none\">{request}</p>"),
    ] {
        assert_eq!(asks(silent), NOTHING, "{silent}");
    }
    // A text alternative says the same: one cause.
    let both = format!(
        "From: a@shop.com\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{request}\n--b\nContent-Type: text/html\n\n<p>{request}</p>\n--b--\n"
    );
    assert_eq!(found("unqualified-address-book-request", "", &both).len(), 1);
}

#[test]
fn the_reservation_is_in_the_language_of_the_request() {
    for (body, sentence) in [
        (
            "To ensure delivery, add us to your address book.",
            "book. Please note that this does not guarantee delivery.<",
        ),
        (
            "To ensure delivery, add us to your address book",
            "book. Please note that this does not guarantee delivery.<",
        ),
        ("Um den Empfang sicherzustellen, nehmen Sie uns in Ihr Adressbuch auf!", "auf! Bitte beachten Sie"),
    ] {
        let page = format!("<!doctype html><html><body><p>{body}</p></body></html>");
        let found = lint_only("unqualified-address-book-request", &Options::parse("a.html", ""), page.as_bytes());
        let edit = found.diagnostics[0].suggestions[0].file_edit.clone().unwrap();
        let mut bytes = page.into_bytes();
        bytes.splice(edit.span.range(), edit.replacement);
        let mended = String::from_utf8(bytes).unwrap();
        assert!(mended.contains(sentence), "{mended}");
        assert_eq!(marks("unqualified-address-book-request", "a.html", "", &mended), NOTHING);
    }
}

const OPT_OUT: &str = "<p><a href=\"https://shop.com/u/7\">Unsubscribe</a></p>";

/// The lints on footers: silent where the body says it, where it may be elsewhere, and where it is no campaign.
fn footer(lint: &str, enough: &[&str]) {
    assert_eq!(in_body(lint, "purpose=bulk", OPT_OUT), [""], "{lint}");
    for body in enough {
        assert_eq!(in_body(lint, "purpose=bulk", &format!("{body}{OPT_OUT}")), NOTHING, "{lint}: {body}");
    }
    for elsewhere in ["{% include \"footer\" %}", "{{> footer}}", "<a href=\"{{ url }}\">{{ text }}</a>"] {
        assert_eq!(in_body(lint, "purpose=bulk", &format!("{OPT_OUT}{elsewhere}")), NOTHING, "{lint}: {elsewhere}");
    }
    for purpose in ["purpose=transactional", "purpose=confirmation", "purpose=unknown"] {
        assert_eq!(in_body(lint, purpose, "<p>Hello</p>"), NOTHING, "{lint}: {purpose}");
    }
    assert_eq!(marks(lint, "_footer.html", "purpose=bulk", &format!("<p>Hello</p>{OPT_OUT}")), NOTHING, "{lint}");
}

#[test]
fn missing_recipient_notice() {
    footer(
        "missing-recipient-notice",
        &[
            "<p>You are receiving this email because you signed up.</p>",
            "<p>Sie erhalten diesen Newsletter, weil Sie sich angemeldet haben.</p>",
            "<p>Sent to *|EMAIL|*</p>",
            "<p>Du bekommst diese Mail, weil du sie abonniert hast.</p>",
            "<p>Wir schreiben dir, weil du bei uns eingekauft hast.</p>",
            "<p>U krijgt deze mail omdat u klant bij ons bent.</p>",
            "<p>We're emailing you because you bought something from us.</p>",
            "<p>You are on this list because you attended our 2025 summit.</p>",
            "<p>Cet e-mail vous est adressé parce que vous êtes client.</p>",
            "<p>Message envoyé à anna@contoso.com.</p>",
        ],
    );
    let text = "From: a@shop.com\nTo: reader@contoso.com\nSubject: New bags\n\nSent to Reader@contoso.com\nUnsubscribe: https://shop.com/u/7\n";
    assert_eq!(marks("missing-recipient-notice", "a.eml", "purpose=bulk", text), NOTHING);
    assert_eq!(
        marks("missing-recipient-notice", "a.eml", "purpose=bulk", &text.replace("Sent to Reader@contoso.com\n", "")),
        [""]
    );
}

#[test]
fn missing_privacy_link() {
    footer(
        "missing-privacy-link",
        &[
            "<a href=\"https://shop.com/legal\">Privacy Policy</a>",
            "<a href=\"https://shop.com/x\">Datenschutz</a>",
            "<a href=\"https://shop.com/privacy\"><img src=\"a.png\" alt=\"\"></a>",
            "<%= link_to \"Privacy policy\", privacy_url %>",
        ],
    );
}

#[test]
fn missing_postal_address() {
    footer(
        "missing-postal-address",
        &[
            "<p>Shop Ltd, 1 Main Street, Springfield</p>",
            "<p>Shop GmbH</p><p>Hauptstr. 5</p><p>10115 Berlin</p>",
            "<p>PO Box 12, Sydney</p>",
            "<p>*|LIST:ADDRESS|*</p>",
            "<p>{{ shop.address.address1 }}, {{ shop.address.city }} {{ shop.address.zip }}</p>",
            "<p>Brouwerij<br>Grote Markt 1<br>2000 Antwerpen</p>",
            "<p>Firma s.r.o., Na Příkopě 12, 110 00 Praha 1</p>",
            "<p>*|HTML:LIST_ADDRESS_HTML|*</p>",
        ],
    );
}

/// The example in the help is the domain that the mail itself leads to, where that is called as the sender is.
#[test]
fn the_domain_that_is_proposed_is_the_senders_own() {
    for (link, proposed) in [
        ("https://www.lena-flowers.com/tulips", "marketing@lena-flowers.com"),
        ("https://lena.org/tulips", "marketing@lena.org"),
        ("https://www.lenastudio.com/tulips", "marketing@lena.com"),
        ("https://lena.wordpress.com/tulips", "marketing@lena.com"),
        ("https://other.example/tulips", "marketing@lena.com"),
    ] {
        let text = mail("From: Lena <lena.flowers@gmail.com>\n").replace("See our new bags.", link);
        let help = &found("freemail-sender", "", &text)[0].help;
        assert!(help[0].contains(proposed), "{link}: {help:?}");
    }
}

#[test]
fn mail_of_a_person_from_a_free_mailbox() {
    let levels = |fields: &str, text: &str| {
        let mail = format!(
            "From: Jan <jan@gmail.com>\nSubject: Weekend\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}\n{text}\n"
        );
        common::levels("freemail-sender", "mail.eml", "", &mail)
    };
    assert_eq!(levels("List-Unsubscribe: <https://brand.com/u/1>\n", "Our new bags."), [Level::Deny]);
    assert_eq!(levels("", "Shall I bring something?"), [Level::Deny], "nothing tells that it is none");
    assert_eq!(levels("In-Reply-To: <a@b.example>\nReferences: <a@b.example>\n", "Shall I bring something?"), []);
}

#[test]
fn a_name_that_is_the_mailbox_again() {
    let named =
        |from: &str| marks("missing-display-name", "mail.eml", "", &format!("From: {from}\nSubject: Bags\n\nHello\n"));
    assert_eq!(named("info <info@brand.com>"), ["info"]);
    assert_eq!(named("Newsletter <newsletter@brand.com>"), ["Newsletter"]);
    assert_eq!(named("Brand <brand@brand.com>"), [""; 0]);
    assert_eq!(named("Marketing <jan@brand.com>"), [""; 0]);
}
