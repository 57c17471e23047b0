//! What the lints on the body say, and where they are silent.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, base64, lint_only, marks};
use presend::diagnostic::Level;

/// A page of the parts given.
fn page(body: &str) -> String {
    format!("<!DOCTYPE html>\n<html><body>\n{body}\n</body></html>\n")
}

/// What a lint marks in a draft with this body.
fn draft(lint: &str, body: &str) -> Vec<String> {
    marks(lint, "draft.html", "", &page(body))
}

/// What a lint marks in a finished mail of HTML with this body.
fn mail(lint: &str, body: &str) -> Vec<String> {
    marks(lint, "mail.eml", "stage=rendered", &eml("text/html; charset=utf-8", &page(body)))
}

fn eml(content_type: &str, body: &str) -> String {
    format!(
        "From: \"Brand\" <news@brand.test>\nTo: a@contoso.com\nSubject: New bags\nMIME-Version: 1.0\nContent-Type: {content_type}\n\n{body}"
    )
}

/// A multipart of parts, each with its header.
fn multipart(kind: &str, parts: &[&str]) -> String {
    let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
    eml(&format!("multipart/{kind}; boundary=\"b\""), &format!("{parts}--b--\n"))
}

fn levels(lint: &str, name: &str, options: &str, text: &str) -> Vec<Level> {
    let linted = lint_only(lint, &Options::parse(name, options), text.as_bytes());
    linted.diagnostics.iter().map(|diagnostic| diagnostic.level).collect()
}

fn words(count: usize) -> String {
    (0..count).map(|n| format!("word{n} ")).collect()
}

const HERO: &str = r#"<a href="https://brand.test/sale"><img src="https://img.brand.test/hero.jpg" width="600" height="800" alt=""></a>"#;
const FOOTER: &str = r#"<p>You receive this mail because you signed up on our website.</p>
<p><a href="https://brand.test/unsubscribe?u=1">Unsubscribe</a> | <a href="https://brand.test/privacy">Privacy</a></p>
<p>Brand GmbH, Hauptstr. 1, 10115 Berlin, Germany. Managing directors: Anna Example and Bert Example</p>"#;

fn image_only(body: &str) -> Vec<Level> {
    levels("image-only-body", "mail.eml", "stage=rendered", &eml("text/html; charset=utf-8", &page(body)))
}

#[test]
fn a_logo_over_a_short_note_is_no_picture() {
    let note = "<p>Thanks! See you soon.</p>";
    for image in [
        "<img src=\"https://brand.test/logo.png\" width=\"120\">",
        "<img src=\"https://brand.test/a.png\" style=\"width:120px\">",
        "<img src=\"https://brand.test/brand-logo@2x.png\">",
    ] {
        assert_eq!(image_only(&format!("{image}{note}")), [], "{image}");
    }
    for image in [
        "<img src=\"https://brand.test/a.png\">",
        "<img src=\"https://brand.test/logo.png\" width=\"600\" height=\"800\">",
    ] {
        assert_eq!(image_only(&format!("{image}{note}")), [Level::Deny], "{image}");
    }
}

#[test]
fn images_and_nothing_else_are_denied() {
    let slices: String = (0..8)
        .map(|n| format!("<tr><td><img src=\"https://img.brand.test/{n}.jpg\" width=\"600\" height=\"40\"></td></tr>"))
        .collect();
    for (what, body) in [
        ("a picture", HERO.to_owned()),
        ("a picture and a footer", format!("{HERO}{FOOTER}")),
        (
            "a web-version bar above",
            format!("<p>Trouble? <a href=\"https://brand.test/web\">View in your browser</a></p>{HERO}{FOOTER}"),
        ),
        ("hidden words", format!("<div style=\"display:none\">{}</div>{HERO}", words(60))),
        (
            "hidden words behind a class",
            format!("<style>.x{{display:none}}</style><div class=x><p>{}</p></div>{HERO}", words(60)),
        ),
        ("an `alt` that is a file's name", HERO.replace("alt=\"\"", "alt=\"hero_final_2.jpg\"")),
        ("small print", format!("{HERO}<p style=\"font-size:9px\">{}</p>", words(60))),
        ("terms behind an asterisk", format!("{HERO}<p>* {}</p>", words(60))),
        ("words only Outlook has", format!("{HERO}<!--[if mso]><p>{}</p><![endif]-->", words(60))),
        ("words in a comment", format!("{HERO}<!-- {} -->", words(60))),
        ("slices of one picture", format!("<table>{slices}</table>")),
        ("Chinese", format!("{HERO}<p>限时优惠</p>")),
    ] {
        assert_eq!(image_only(&body), [Level::Deny], "{what}");
    }
}

#[test]
fn few_words_beside_images_are_warned_about() {
    assert_eq!(image_only(&format!("{HERO}<p>{}</p>", words(6))), [Level::Warn]);
    assert_eq!(image_only(&format!("{HERO}<p>{}</p>", words(25))), [Level::Warn]);
    assert_eq!(image_only(&format!("{HERO}<p>限时优惠限时优惠限时优惠</p>")), [Level::Warn]);
}

#[test]
fn words_beside_images_are_enough() {
    let many = words(30);
    for (what, body) in [
        ("words", format!("{HERO}<p>{many}</p>{FOOTER}")),
        ("words above", format!("<p>{many}</p>{HERO}{FOOTER}")),
        (
            "a bar with an opt-out at the top",
            format!("<p><a href=\"https://brand.test/unsubscribe\">Unsubscribe</a></p>{HERO}<p>{many}</p>"),
        ),
        (
            "a logo, a bar and words",
            format!(
                "<img src=\"https://img.brand.test/logo.png\"><p><a href=\"https://brand.test/unsubscribe\">Unsubscribe</a></p><p>{many}</p>"
            ),
        ),
        ("an `alt`", HERO.replace("alt=\"\"", &format!("alt=\"{many}\""))),
        (
            "`alt` texts of areas",
            format!(
                "{}<map name=m><area href=\"https://brand.test/a\" alt=\"{many}\"></map>",
                HERO.replace("alt=", "usemap=\"#m\" alt=")
            ),
        ),
        ("words for all but Outlook", format!("{HERO}<!--[if !mso]><!--><p>{many}</p><!--<![endif]-->")),
        ("words that Outlook does not show", format!("{HERO}<p style=\"mso-hide:all\">{many}</p>")),
        ("words in ten-and-a-half pixels", format!("{HERO}<p style=\"font-size:10.5px\">{many}</p>")),
        ("Japanese", format!("{HERO}<p>{}</p>", "秋の新しい革のバッグ".repeat(6))),
        ("Thai", format!("{HERO}<p>{}</p>", "กระเป๋าหนังใหม่".repeat(6))),
        ("Korean", format!("{HERO}<p>{}</p>", "가을 새로운 가방 ".repeat(10))),
    ] {
        assert_eq!(image_only(&body), [], "{what}");
    }
    assert_eq!(image_only("<p>Hello</p>"), [], "no image at all");
    assert_eq!(
        image_only("<p>Hello</p><img src=\"https://img.brand.test/logo.png\" width=80 height=30>"),
        [],
        "a logo only"
    );
}

#[test]
fn twins_count_once() {
    let twelve = words(12);
    let both = format!(
        "<style>@media (max-width:600px){{.d{{display:none}}}} @media (min-width:601px){{.m{{display:none}}}}</style>\
         <div class=d><p>{twelve}</p></div><div class=m><p>{twelve}</p></div>{HERO}"
    );
    assert_eq!(image_only(&both), [Level::Warn]);
    let differ = both.replacen("word1 ", "other1 word ", 1).replacen("word2 ", "a b c d e ", 1);
    assert_eq!(image_only(&differ), [], "two different texts");
}

#[test]
fn a_template_may_bring_words() {
    let draft = |body: &str| levels("image-only-body", "draft.html", "", &page(body));
    assert_eq!(draft(HERO), [Level::Deny]);
    assert_eq!(draft(&format!("{HERO}<p>Hi {{{{ first_name }}}}</p>")), [Level::Deny], "a name is a word");
    assert_eq!(draft(&format!("{HERO}<p>{{{{ intro }}}}</p>")), [], "a value of any length");
    assert_eq!(draft(&format!("{HERO}{{% include 'text.html' %}}")), [], "an include");
    assert_eq!(levels("image-only-body", "_part.html", "", HERO), [], "a fragment");
}

#[test]
fn scripts_frames_and_handlers_are_denied() {
    for (body, marked) in [
        ("<script>go()</script>", "<script>"),
        ("<script src=\"https://brand.test/x.js\"></script>", "<script src=\"https://brand.test/x.js\">"),
        ("<iframe src=x></iframe>", "<iframe src=x>"),
        ("<object data=x><embed src=x></object>", "<object data=x>"),
        ("<embed src=x>", "<embed src=x>"),
        ("<applet code=x></applet>", "<applet code=x>"),
        ("<a href=\"https://brand.test\" onClick=\"go()\">Go</a>", "onClick"),
    ] {
        assert_eq!(mail("active-content", body), [marked]);
        assert_eq!(levels("active-content", "draft.html", "", &page(body)), [Level::Deny], "{body}");
    }
}

#[test]
fn forms_refreshes_and_style_sheets_are_warned_about() {
    for (body, marked) in [
        ("<form action=\"https://brand.test/s\"><input name=q></form>", "<form action=\"https://brand.test/s\">"),
        (
            "<meta http-equiv=Refresh content=\"0;url=https://brand.test\">",
            "<meta http-equiv=Refresh content=\"0;url=https://brand.test\">",
        ),
        ("<link rel=stylesheet href=\"https://brand.test/x.css\">", "https://brand.test/x.css"),
        ("<style>@import url('https://brand.test/x.css');</style>", "https://brand.test/x.css"),
    ] {
        assert_eq!(draft("active-content", body), [marked]);
        assert_eq!(levels("active-content", "draft.html", "", &page(body)), [Level::Warn], "{body}");
    }
}

#[test]
fn active_content_is_said_once_a_kind() {
    assert_eq!(draft("active-content", "<script>a</script><p onclick=b>c</p><script>d</script>").len(), 2);
}

#[test]
fn what_is_not_active() {
    for body in [
        "<script type=\"application/ld+json\">{}</script>",
        "<script runat=\"server\" language=\"ampscript\">set @a = 1</script>",
        "<link rel=stylesheet href=\"https://fonts.googleapis.com/css?family=Roboto\">",
        "<link rel=stylesheet href=\"//use.typekit.net/a.css\">",
        "<style>@import url(https://fonts.googleapis.com/css2?family=Lato);</style>",
        "<link rel=stylesheet href=\"css/app.css\">",
        "<link rel=stylesheet href=\"{{ site }}/app.css\">",
        "<link rel=icon href=\"https://brand.test/x.ico\">",
        "<p once=1 only=2 on=3>text</p>",
        "<!-- <script>go()</script> -->",
        "<p>Write &lt;script&gt; here</p>",
    ] {
        assert_eq!(draft("active-content", body), [""; 0], "{body}");
    }
    let amp = "<!doctype html><html ⚡4email><head><script async src=\"https://cdn.ampproject.org/v0.js\"></script></head><body>x</body></html>";
    assert_eq!(marks("active-content", "amp.html", "", amp), [""; 0], "an AMP document");
    let sign_up = page("<form action=\"/s\"><input type=email name=email></form><script>go()</script>");
    assert_eq!(marks("active-content", "form.html", "", &sign_up), [""; 0], "a sign-up page");
    assert_eq!(marks("active-content", "mail.eml", "", &eml("text/html", &sign_up)).len(), 2, "the same in a mail");
    let both = multipart(
        "alternative",
        &[
            "Content-Type: text/plain\n\nx",
            &format!("Content-Type: text/x-amp-html\n\n{amp}"),
            "Content-Type: text/html\n\n<p>x</p>",
        ],
    );
    assert_eq!(marks("active-content", "mail.eml", "", &both), [""; 0], "an AMP part");
}

fn attached(header: &str, content: &str) -> String {
    multipart("mixed", &["Content-Type: text/plain\n\nSee the file.", &format!("{header}\n\n{content}")])
}

#[test]
fn files_that_are_taken_for_malware() {
    let named = |name: &str| {
        format!("Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"")
    };
    for (name, content, marked) in [
        ("setup.exe", "x", "setup.exe"),
        ("image.ISO", "x", "image.ISO"),
        ("invoice.pdf.html", "x", "invoice.pdf.html"),
        ("invoice\u{202e}fdp.exe", "x", "invoice\u{202e}fdp.exe"),
        ("catalog.pdf", "MZ This program cannot be run in DOS mode.", "catalog.pdf"),
        ("catalog.pdf", "\u{7f}ELF", "catalog.pdf"),
    ] {
        assert_eq!(marks("blocked-attachment", "m.eml", "", &attached(&named(name), content)), [marked], "{name}");
    }
    let encoded = "Content-Type: application/pdf; name=\"a.pdf\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment";
    assert_eq!(
        marks("blocked-attachment", "m.eml", "", &attached(encoded, "f0VMRgIBAQA=")),
        ["a.pdf"],
        "by content, decoded"
    );
    for name in ["catalog.pdf", "report.2026.pdf", "backup.tar.gz", "photo.jpg", "קטלוג.pdf", "exe", "reader.zip"]
    {
        assert_eq!(marks("blocked-attachment", "m.eml", "", &attached(&named(name), "x")), [""; 0], "{name}");
    }
    let forwarded = "Content-Type: message/rfc822; name=\"News of brand.com\"\nContent-Disposition: attachment";
    assert_eq!(marks("blocked-attachment", "m.eml", "", &attached(forwarded, "From: a@b.test\n\nx")), [""; 0]);
}

#[test]
fn filler_is_found_wherever_it_stands() {
    for (body, marked) in [
        ("<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit.</p>", "Lorem ipsum dolor"),
        ("<h1>Lorem ipsum</h1>", "Lorem ipsum"),
        ("<td>Insert your text here</td>", "Insert your text here"),
        ("<p>Dear reader, [your text here] and more</p>", "your text here"),
        ("<div style=\"display:none\">Preheader text goes here</div><p>News</p>", "Preheader text goes here"),
        ("<img src=\"https://img.brand.test/a.png\" alt=\"Your image here\">", "Your image here"),
        ("<p>Hier steht Ihr Text.</p>", "Hier steht Ihr Text"),
        ("<p>Ins&eacute;rez votre texte ici</p>", "Ins&eacute;rez votre texte ici"),
        ("<p>Escriba aquí su texto</p>", "Escriba aquí su texto"),
        ("<p>Inserisci qui il tuo testo</p>", "Inserisci qui il tuo testo"),
        ("<p>Kind regards, [Your Name]</p>", "Your Name"),
        ("<p>Dear [First Name], our bags are here.</p>", "[First Name]"),
        ("<p>Liebe [Vorname], die Taschen sind da.</p>", "[Vorname]"),
        ("<p>Bonjour [Prénom], voici nos sacs.</p>", "[Prénom]"),
        ("<p>We at [Company Name] wish you well.</p>", "Company Name"),
        ("<td>Type your text here</td>", "Type your text here"),
    ] {
        assert_eq!(mail("filler-text", body), [marked]);
    }
    let subject = eml("text/plain", "x").replace("New bags", "Your subject here");
    assert_eq!(marks("filler-text", "m.eml", "stage=rendered", &subject), ["Your subject here"]);
    let text = multipart(
        "alternative",
        &["Content-Type: text/plain\n\nLorem ipsum dolor sit amet", "Content-Type: text/html\n\n<p>News</p>"],
    );
    assert_eq!(marks("filler-text", "m.eml", "stage=rendered", &text), ["Lorem ipsum dolor"]);
}

#[test]
fn what_is_no_filler() {
    for body in [
        "<p>We print mugs: your logo here or on the handle, in five colours.</p>",
        "<p>Why designers love lorem ipsum, and what to use instead of it</p>",
        "<p>Enter your e-mail address here</p>",
        "<p>Your name: Anna</p>",
        "<p>Dear Your Name Day guests</p>",
        "<p>Alles, was der Text hier sagt, ist wahr.</p>",
        "<p>Type your text here, and our app translates it into forty languages.</p>",
        "<p>Insert your text here and hear it read aloud.</p>",
        "<p>Hier kommt der Text zum Lied, das alle singen.</p>",
        "<p>Saisissez votre texte ici et notre appli le traduit en quarante langues.</p>",
        "<p>Escribe tu texto aquí y la aplicación lo traduce.</p>",
        "<p>Scrivi qui il tuo testo: la app lo traduce in quaranta lingue.</p>",
        "<p>Replace this with your old router and save power.</p>",
        "<p>Name of the game: [Name], company: [Company].</p>",
    ] {
        assert_eq!(mail("filler-text", body), [""; 0], "{body}");
    }
    assert_eq!(draft("filler-text", "<p>Kind regards, [Your Name]</p>"), [""; 0], "to be filled in");
    assert_eq!(draft("filler-text", "<p>Dear [First Name],</p>"), [""; 0], "to be filled in");
}

#[test]
fn filler_is_softened_in_templates_and_said_once() {
    let body = page("<p>Lorem ipsum dolor sit amet.</p><p>Insert text here</p>");
    assert_eq!(levels("filler-text", "draft.html", "", &body), [Level::Warn]);
    assert_eq!(levels("filler-text", "draft.html", "stage=rendered", &body), [Level::Deny]);
}

#[test]
fn hidden_words() {
    let (news, other) = (words(60), (0..60).map(|n| format!("hidden{n} ")).collect::<String>());
    let hidden = |style: &str, text: &str| format!("<p>{news}</p><div style=\"{style}\">{text}</div>");
    for style in [
        "display:none",
        "visibility:hidden",
        "opacity:0",
        "max-height:0;overflow:hidden",
        "font-size:0",
        "position:absolute;left:-9999px",
    ] {
        assert_eq!(mail("hidden-text", &hidden(style, &other)).len(), 1, "{style}");
    }
    assert_eq!(mail("hidden-text", &hidden("color:#fff;background:#fff", &other)).len(), 1, "white on white");
    let few: String = other.split_inclusive(' ').take(40).collect();
    assert_eq!(mail("hidden-text", &hidden("display:none", &few)), [""; 0], "40 words");
    assert_eq!(mail("hidden-text", &hidden("display:none", &news)), [""; 0], "a copy of what is seen");
    assert_eq!(mail("hidden-text", &hidden("mso-hide:all", &other)), [""; 0], "hidden from Outlook only");
    let preheader = format!("<div style=\"display:none\">{other}</div><p>{news}</p>");
    assert_eq!(mail("hidden-text", &preheader), [""; 0], "a preheader");
    let salad: String = (0..150).map(|n| format!("hidden{n} ")).collect();
    assert_eq!(mail("hidden-text", &preheader.replace(&other, &salad)).len(), 1, "too long for a preheader");
}

#[test]
fn words_that_are_shown_elsewhere_are_not_hidden() {
    let (news, other) = (words(60), (0..60).map(|n| format!("mobile{n} ")).collect::<String>());
    for css in [
        "@media (max-width:600px){.m{display:block!important}}",
        "#tab:checked ~ .m{display:block}",
        "@supports (display:grid){.m{display:block}}",
    ] {
        let body = format!(
            "<style>{css}</style><p>{news}</p><div class=m style=\"display:none\"><table><tr><td>{other}</td></tr></table></div>"
        );
        assert_eq!(mail("hidden-text", &body), [""; 0], "{css}");
    }
    let mso = format!("<p>{news}</p><!--[if mso]><p style=\"display:none\">{other}</p><![endif]-->");
    assert_eq!(mail("hidden-text", &mso), [""; 0], "a conditional comment");
}

#[test]
fn images_that_are_not_shown() {
    assert_eq!(draft("undisplayed-image", "<svg width=40><path d=x /></svg>"), ["<svg width=40>"]);
    assert_eq!(
        draft("undisplayed-image", "<img src=\"data:image/png;base64,AAAA\" width=200>"),
        ["data:image/png;base64"]
    );
    for body in [
        "<img src=\"https://img.brand.test/a.png\">",
        "<img src=\"cid:a\">",
        "<img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" width=1 height=1>",
        "<svg style=\"display:none\"><symbol id=a /></svg>",
        "<p>Write &lt;svg&gt;</p>",
    ] {
        assert_eq!(draft("undisplayed-image", body), [""; 0], "{body}");
    }
}

#[test]
fn linked_images_without_words() {
    let image = "<img src=\"https://img.brand.test/a.png\" width=300 height=200>";
    let linked = |inside: &str| format!("<a href=\"https://brand.test/a\">{inside}</a>");
    assert_eq!(draft("missing-alt-text", &linked(image)), [image]);
    assert_eq!(draft("missing-alt-text", &linked(image).repeat(5)).len(), 1, "said once");
    let empty = image.replace("<img", "<img alt=\"\"");
    assert_eq!(draft("missing-alt-text", &linked(&empty)), [empty.as_str()]);
    for body in [
        linked(&image.replace("<img", "<img alt=\"A bag\"")),
        linked(&format!("{image} See the bag")),
        linked(image).replace("<a", "<a title=\"The bag\""),
        linked(image).replace("<a", "<a aria-label=\"The bag\""),
        linked(&empty) + &linked("See the bag"),
        linked(&image.replace("300", "30").replace("200", "30")),
        linked(&image.replace("<img", "<img {{ attributes }}")),
        linked(&image.replace("<img", "<img :alt=\"name\"")),
        linked(&image.replace("<img", "<img alt=\"{{ name }}\"")),
    ] {
        assert_eq!(draft("missing-alt-text", &body), [""; 0], "{body}");
    }
    assert_eq!(levels("missing-alt-text", "draft.html", "", &page(image)), [], "not linked: allowed by default");
}

const TEXT: &str =
    "Content-Type: text/plain; charset=utf-8\n\nThe new catalog is out, with bags for winter and for summer.";
const HTML: &str =
    "Content-Type: text/html; charset=utf-8\n\n<p>The new catalog is out, with bags for winter and for summer.</p>";

#[test]
fn html_without_text() {
    let html = eml("text/html", "<p>x</p>");
    let marked = |options| marks("missing-text-part", "m.eml", options, &html);
    assert_eq!(marked("purpose=bulk"), ["Content-Type: text/html"]);
    assert_eq!(marked("purpose=unknown"), [""; 0], "softened: allowed by default");
    assert_eq!(marked("purpose=transactional"), [""; 0]);
    assert_eq!(marked("purpose=confirmation"), [""; 0]);
    assert_eq!(draft("missing-text-part", "<p>x</p>"), [""; 0], "a draft has one body");
    assert_eq!(marks("missing-text-part", "m.eml", "", &multipart("alternative", &[TEXT, HTML])), [""; 0]);
    assert_eq!(
        levels("missing-text-part", "m.eml", "purpose=bulk provider=mailchimp", &html),
        [],
        "the provider makes it"
    );
    let received = format!("Received: from a.test by b.test; Mon, 1 Jan 2024 00:00:00 +0000\n{html}");
    assert_eq!(
        levels("missing-text-part", "m.eml", "purpose=bulk provider=mailchimp", &received),
        [Level::Warn],
        "it has not"
    );
}

#[test]
fn texts_that_say_nothing() {
    let with =
        |text: &str| multipart("alternative", &[&format!("Content-Type: text/plain; charset=utf-8\n\n{text}"), HTML]);
    let marked = |text: &str| marks("empty-text-part", "m.eml", "", &with(text));
    assert_eq!(marked(" \n"), ["Content-Type: text/plain; charset=utf-8"]);
    for text in [
        "Your email client does not support HTML.",
        "Ihr E-Mail-Programm kann HTML nicht anzeigen.",
        "Votre messagerie ne supporte pas le HTML.",
    ] {
        assert_eq!(marked(text), [text]);
    }
    assert_eq!(marked("The catalog: https://brand.test/c"), [""; 0]);
    assert_eq!(
        marked(&format!("If your client can't display HTML, read on. {}", words(80))),
        [""; 0],
        "and the message follows"
    );
    assert_eq!(marked("{{ text }}"), [""; 0], "unknown");
    let apart = multipart("mixed", &[HTML, "Content-Type: text/plain\n\n"]);
    assert_eq!(marks("empty-text-part", "m.eml", "", &apart), [""; 0], "no alternative");
}

#[test]
fn alternatives_in_the_wrong_order() {
    let order = |parts: &[&str]| marks("reversed-alternatives", "m.eml", "", &multipart("alternative", parts));
    assert_eq!(order(&[HTML, TEXT]), ["Content-Type: text/plain; charset=utf-8"]);
    let related = "Content-Type: multipart/related; boundary=\"r\"\n\n--r\nContent-Type: text/html\n\n<p>x</p>\n--r--";
    assert_eq!(order(&[related, TEXT]).len(), 1);
    assert_eq!(order(&[TEXT, HTML]), [""; 0]);
    assert_eq!(order(&[TEXT, related]), [""; 0]);
    assert_eq!(order(&[TEXT, HTML, "Content-Type: text/plain\n\nlist footer"]), [""; 0], "a footer of a list");
    assert_eq!(marks("reversed-alternatives", "m.eml", "", &multipart("mixed", &[HTML, TEXT])), [""; 0]);
}

#[test]
fn html_that_gmail_cuts() {
    let long = |bytes: usize| page(&format!("<p>{}</p>", "bag ".repeat(bytes / 4)));
    assert_eq!(marks("clipped-html", "draft.html", "", &long(101_000)).len(), 1);
    assert_eq!(marks("clipped-html", "draft.html", "", &long(99_000)), [""; 0]);
    let optional = page(&format!(
        "{{% if a %}}<p>{}</p>{{% else %}}<p>{}</p>{{% endif %}}",
        "bag ".repeat(20_000),
        "bag ".repeat(20_000)
    ));
    assert_eq!(marks("clipped-html", "draft.html", "", &optional), [""; 0], "one of two is sent");
    let quoted = eml("text/html\nContent-Transfer-Encoding: quoted-printable", &long(60_000).replace('g', "=67"));
    assert_eq!(marks("clipped-html", "m.eml", "", &quoted), [""; 0], "decoded it is shorter");
}

#[test]
fn messages_with_nothing_inside() {
    for content in ["<html><body></body></html>", "<html><body>&nbsp;<br>\u{200b}</body></html>", "\n"] {
        assert_eq!(
            marks("empty-message", "m.eml", "", &eml("text/html; charset=utf-8", content)).len(),
            1,
            "{content:?}"
        );
    }
    assert_eq!(marks("empty-message", "draft.html", "", &page("")).len(), 1);
    for content in [
        "<p>x</p>",
        "<html><body><img src=\"https://img.brand.test/a.png\"></body></html>",
        "<html><body style=\"background-image:url(https://img.brand.test/a.png)\"></body></html>",
        "<html><body>{{ content }}</body></html>",
        "<html><body><!--[if mso]><p>x</p><![endif]--></body></html>",
    ] {
        assert_eq!(
            marks("empty-message", "m.eml", "", &eml("text/html; charset=utf-8", content)),
            [""; 0],
            "{content}"
        );
    }
    assert_eq!(
        marks(
            "empty-message",
            "m.eml",
            "",
            &attached("Content-Type: application/pdf; name=a.pdf", "x").replace("See the file.", "")
        ),
        [""; 0]
    );
    assert_eq!(
        marks("empty-message", "m.eml", "", &eml("application/pkcs7-mime; name=smime.p7m", "MIAGCSqGSIb3")),
        [""; 0],
        "encrypted"
    );
    assert_eq!(marks("empty-message", "_part.html", "", ""), [""; 0], "a fragment");
}

#[test]
fn attachments_by_size() {
    let big = "x".repeat(1_100_000);
    let pdf = "Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf";
    assert_eq!(marks("oversized-attachment", "m.eml", "", &attached(pdf, &big)).len(), 1);
    for header in [
        "Content-Type: text/calendar\nContent-Disposition: attachment; filename=a.ics",
        "Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s",
        "Content-Type: image/png\nContent-ID: <a>\nContent-Disposition: inline",
    ] {
        assert_eq!(marks("oversized-attachment", "m.eml", "", &attached(header, &big)), [""; 0], "{header}");
    }
    let shown = multipart(
        "related",
        &[
            "Content-Type: text/html\n\n<img src=\"cid:a\">",
            &format!("Content-Type: image/png\nContent-ID: <a>\nContent-Disposition: attachment\n\n{big}"),
        ],
    );
    assert_eq!(
        marks("oversized-attachment", "m.eml", "", &shown),
        [""; 0],
        "shown in the text, whatever its disposition"
    );
}

/// A PNG of this size in pixels, padded to `bytes`.
fn png(width: u32, height: u32, bytes: usize) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend(width.to_be_bytes());
    png.extend(height.to_be_bytes());
    png.resize(bytes.max(64), 0);
    png
}

#[test]
fn images_that_are_too_large() {
    let embedded = |png: &[u8], html: &str| {
        multipart(
            "related",
            &[
                &format!("Content-Type: text/html\n\n{html}"),
                &format!(
                    "Content-Type: image/png\nContent-ID: <a>\nContent-Transfer-Encoding: base64\n\n{}",
                    base64(png)
                ),
            ],
        )
    };
    let of = |text: &str| marks("oversized-image", "m.eml", "", text);
    let shown = "<img src=\"cid:a\" width=600>";
    assert_eq!(of(&embedded(&png(600, 400, 210_000), shown)), ["cid:a"], "heavy");
    assert_eq!(of(&embedded(&png(2_400, 400, 1_000), shown)), ["cid:a"], "wide");
    assert_eq!(of(&embedded(&png(600, 2_000, 1_000), shown)), [shown], "high as it is shown");
    assert_eq!(of(&embedded(&png(600, 400, 190_000), shown)), [""; 0]);
    assert_eq!(of(&embedded(&png(1_200, 2_000, 1_000), shown)), [""; 0], "half as high as it is shown");
    let url = format!("<img src=\"data:image/png;base64,{}\" width=600>", base64(&png(600, 400, 210_000)));
    assert_eq!(draft("oversized-image", &url), ["data:image/png;base64"]);
    let high = "<img src=\"https://img.brand.test/a.png\" height=1800>";
    assert_eq!(draft("oversized-image", high), [high]);
    assert_eq!(draft("oversized-image", "<img src=\"https://img.brand.test/a.png\" height=1700>"), [""; 0]);
    assert_eq!(
        draft("oversized-image", "<img src=\"https://img.brand.test/a.gif\" width=1 height=1800>"),
        [""; 0],
        "a spacer"
    );
    let many: Vec<String> = (0..7)
        .map(|n| {
            format!(
                "Content-Type: image/png\nContent-ID: <{n}>\nContent-Transfer-Encoding: base64\n\n{}",
                base64(&png(600, 400, 180_000))
            )
        })
        .collect();
    let mut parts = vec!["Content-Type: text/html\n\n<p>x</p>"];
    parts.extend(many.iter().map(String::as_str));
    assert_eq!(of(&multipart("related", &parts)).len(), 1, "together more than 1 MiB");
}

#[test]
fn local_images_are_looked_up_beside_the_draft() {
    use presend::config::Settings;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("big.png"), png(600, 400, 600_000)).unwrap();
    std::fs::write(folder.path().join("small.png"), png(600, 400, 400_000)).unwrap();
    let path = folder.path().join("draft.html");
    let lint = |image: &str, local_files: bool| {
        let text = page(&format!("<img src=\"{image}\" width=600>"));
        let source = presend::source::Source::new("draft.html", Some(path.clone()), text.into_bytes(), None);
        let settings = Settings { local_files, ..Settings::default() };
        let levels = presend::config::levels::Levels::new(&presend::lints::REGISTRY.known());
        let linted = presend::lint::lint(&source, &presend::lints::REGISTRY, &settings, &levels);
        linted.diagnostics.iter().filter(|diagnostic| diagnostic.lint == "oversized-image").count()
    };
    assert_eq!(lint("big.png", true), 1);
    assert_eq!(lint("big.png", false), 0, "switched off");
    assert_eq!(lint("small.png", true), 0);
    assert_eq!(lint("missing.png", true), 0);
}

#[test]
fn a_form_that_is_guarded_against_forgery_is_a_page() {
    let active = |form: &str| marks("active-content", "a.html", "", &format!("<html><body>{form}</body></html>")).len();
    let button = "<button>Yes, unsubscribe me</button></form>";
    assert_eq!(active(&format!("<form method=post>{button}")), 1);
    for token in ["{% csrf_token %}", "{{ csrf_field() }}", "<input type=hidden name=_csrf value=x>"] {
        assert_eq!(active(&format!("<form method=post>{token}{button}")), 0, "{token}");
    }
    // a purpose that is said, and a token of no form
    assert_eq!(marks("active-content", "a.html", "purpose=bulk", "<html><body><form>{% csrf_token %}</form>").len(), 1);
    assert_eq!(active(&format!("<input type=hidden name=csrf_hint><form method=post>{button}")), 1);
    assert_eq!(active(&format!("<p>{{{{ csrf }}}}</p><form method=post>{button}")), 1);
}

#[test]
fn a_name_in_brackets_may_bring_the_text() {
    let page = |text: &str| {
        format!(
            "<html><body><img src=\"https://b.com/a.jpg\" width=900 height=200 alt=\"Times\"><p>{text}</p></body></html>"
        )
    };
    assert_eq!(marks("image-only-body", "a.html", "", &page("[content]")), [""; 0]);
    assert_eq!(marks("image-only-body", "a.html", "", &page("Dear [name]")).len(), 1);
    assert_eq!(marks("image-only-body", "a.html", "", &page("[advertisement]")).len(), 1);
    assert_eq!(marks("image-only-body", "a.html", "stage=rendered", &page("[content]")).len(), 1);
}

#[test]
fn hidden_text_behind_what_is_seen_is_no_preheader() {
    let words = |count: usize| (0..count).map(|at| format!("lamp{at} ")).collect::<String>();
    let hidden = |before: usize, count: usize| {
        let page = format!(
            "<html><body><p>{}</p><div style=\"display:none\">{}</div><p>{}</p></body></html>",
            "chair ".repeat(before),
            words(count),
            "desk ".repeat(60)
        );
        marks("hidden-text", "a.html", "stage=rendered", &page).len()
    };
    assert_eq!(hidden(5, 90), 0, "a preheader below a link to the web version");
    assert_eq!(hidden(20, 30), 0);
    assert_eq!(hidden(16, 90), 0, "below the brand and a date");
    assert_eq!(hidden(20, 90), 1);
    assert_eq!(hidden(50, 60), 1);
}

#[test]
fn names_in_brackets_behind_a_salutation() {
    let mail = |text: &str| {
        let mail = format!(
            "From: a@shoppershandbag.com\nSubject: x\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nContent-Type: text/html; charset=utf-8\n\n<p>{text}</p>\n"
        );
        marks("filler-text", "mail.eml", "", &mail)
    };
    for (text, marked) in [
        ("Dear [Name],<br>our bags are here.", "[Name]"),
        ("Hi {FirstName}!", "{FirstName}"),
        ("Dear «First_Name»,", "«First_Name»"),
        ("Liebe/r {Vorname},", "{Vorname}"),
        ("Welcome<br>Bonjour [Prénom] ,", "[Prénom]"),
        ("Hello [user_name]", "[user_name]"),
        ("Dear [First Name],", "[First Name]"),
    ] {
        assert_eq!(mail(text), [marked], "{text}");
    }
    for text in [
        "The [name] of the game",
        "who greets<br>the reader by [name], which",
        "Use a merge tag such as [First Name].",
        "Unsere Adressen: [vorname].[nachname]@brand.com",
        "Write to them with Dear [Name], and they will read on",
        "<code>Dear [Name],</code>",
        "Dear {reader},",
        "[Name],",
        "Hello [name] fields are new",
        "See the form (name), please",
        "Il a dit : «nom», et rien",
    ] {
        assert_eq!(mail(text), [""; 0], "{text}");
    }
    let draft = "<p>Dear [Name],</p>";
    assert_eq!(marks("filler-text", "mail.html", "", draft), [""; 0], "whoever fills the draft in may know it");
}
