//! The way out of the mailing: what counts as one, and what is wrong with those that there are.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "unsubscribe/campaigns.rs"]
mod campaigns;
mod common;
#[path = "unsubscribe/dead.rs"]
mod dead;
#[path = "unsubscribe/fields.rs"]
mod fields;

use common::marks;
use presend::diagnostic::Level;

const DONE: &str = "From: Brand <a@brand.com>\nSubject: Autumn\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n";

fn html(content: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><body>\n<h1>The autumn catalog is here</h1>\n<p>See our <a href=\"https://shoppershandbag.com/autumn\">new bags</a>.</p>\n{content}\n</body></html>\n"
    )
}

/// A campaign with this content in its HTML has a way out.
fn has_way_out(content: &str) -> bool {
    marks("missing-unsubscribe", "mail.html", "purpose=bulk stage=rendered", &html(content)).is_empty()
}

fn plain_has_way_out(text: &str) -> bool {
    let mail = format!(
        "From: a@shoppershandbag.com\nSubject: Autumn\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nOur new bags are here: https://shoppershandbag.com/autumn\n\n{text}\n"
    );
    marks("missing-unsubscribe", "mail.eml", "purpose=bulk", &mail).is_empty()
}

#[test]
fn a_way_out_in_html() {
    let mut missed = Vec::new();
    for content in [
        r#"<a href="https://x.brand.com/u/1">Unsubscribe</a>"#,
        r#"<a href="https://x.brand.com/u/1">unsubscribe from this list</a>"#,
        r#"<p>To stop receiving these emails, click <a href="https://x.brand.com/u/1">here</a>.</p>"#,
        r#"<p>Click <a href="https://x.brand.com/u/1">here</a> to unsubscribe.</p>"#,
        r#"<p>If you no longer wish to receive our emails, please <a href="https://x.brand.com/u/1">let us know</a>.</p>"#,
        r#"<p>Don't want these emails? <a href="https://x.brand.com/u/1">Click here</a></p>"#,
        r#"<p><a href="https://x.brand.com/p">Privacy policy</a><br>No longer wish to receive these emails? <a href="https://x.brand.com/u/1">Click here</a>.</p>"#,
        r#"<p>Fragen? <a href="mailto:post@brand.com">post@brand.com</a> | Sie möchten unseren Newsletter nicht mehr erhalten? <a href="https://x.brand.com/u/1">Klicken Sie hier</a>.</p>"#,
        r#"<p>Don't want these emails?<br><a href="https://x.brand.com/u/1">Let us know.</a></p>"#,
        r#"<p>Not interested any more? <a href="https://x.brand.com/u/1">Unsubscribe instantly</a></p>"#,
        r#"<table><tr><td>To unsubscribe from our newsletter:</td><td><a href="https://x.brand.com/u/1">click here</a></td></tr></table>"#,
        r#"<table><tr><td><a href="https://x.brand.com/u/1">Click here</a></td><td>to unsubscribe from our newsletter</td></tr></table>"#,
        r#"<p>Unsubscribe:</p><p><a href="https://x.brand.com/u/1">https://x.brand.com/u/1</a></p>"#,
        r#"<p>Unsubscribe: https://x.brand.com/u/1</p>"#,
        r#"<p>To unsubscribe visit<br>https://x.brand.com/u/1</p>"#,
        r#"<p>https://x.brand.com/u/1<br>(unsubscribe)</p>"#,
        r#"<a href="https://x.brand.com/u/1"><img src="u.png" alt="Unsubscribe"></a>"#,
        r#"<a href="https://x.brand.com/u/1" title="Unsubscribe"><img src="u.png"></a>"#,
        r#"<a href="https://x.brand.com/u/1" aria-label="Unsubscribe">×</a>"#,
        r#"<a href="https://x.brand.com/unsubscribe/1">×</a>"#,
        r#"<a href="https://x.brand.com/unsubscribe?id=1"><img src="u.png"></a>"#,
        r#"<map name="m"><area href="https://x.brand.com/u/1" alt="Unsubscribe" coords="0,0,9,9"></map><img usemap="m" src="a.png">"#,
        r#"<map name="m"><area href="https://x.brand.com/unsubscribe" coords="0,0,9,9"></map><img usemap="m" src="a.png">"#,
        r#"<a href="https://x.brand.com/u/1">Un</a><a href="https://x.brand.com/u/1">subscribe</a>"#,
        r#"<a href="https://x.brand.com/u/1"><b>Un</b>subscribe</a>"#,
        r#"<a href="https://x.brand.com/u/1"><span>Opt</span> <span>out</span></a>"#,
        r#"<p>You can <a href="https://x.brand.com/u/1">opt</a> <a href="https://x.brand.com/u/1">out</a> at any time.</p>"#,
        r#"<a href="mailto:unsubscribe@brand.com">Write us</a>"#,
        r#"<a href="mailto:leave-news-123@lists.brand.com">leave-news-123@lists.brand.com</a>"#,
        r#"<a href="mailto:news@brand.com?subject=unsubscribe">Remove me</a>"#,
        r#"<p>To unsubscribe, send a blank email to leave-news-123@lists.brand.com</p>"#,
        r#"<p>To unsubscribe, write to leave@brand.com.</p>"#,
        r#"<p>Reply with STOP to end these mails.</p>"#,
        r#"<p>To be removed from our list, simply reply to this email with "Remove" in the subject.</p>"#,
        r#"<form action="https://x.brand.com/u" method="post"><input type="hidden" name="id" value="1"><button>Unsubscribe</button></form>"#,
        r#"<form action="https://x.brand.com/u" method="post"><input type="hidden" name="id" value="1"><input type="submit" value="Unsubscribe"></form>"#,
        r#"<form action="https://x.brand.com/unsubscribe" method="post"><button>Leave</button></form>"#,
        r#"<p>We respect your time. <a href="https://x.brand.com/u/1">Manage or unsubscribe</a></p>"#,
        r#"<a href="https://x.brand.com/p/1">Update your preferences or unsubscribe</a>"#,
        r#"<p>This email was sent to a@b.de. If you do not want to receive such emails in the future, <a href="https://x.brand.com/u/1">follow this link</a>.</p>"#,
        r#"<p>You receive this because you signed up. <a href="https://x.brand.com/u/1">Turn off these emails</a></p>"#,
        r#"<p>SafeUnsubscribe: <a href="https://x.brand.com/u/1">a@b.de</a></p>"#,
        r#"<p><a href="https://x.brand.com/u/1">Instant removal</a> with SafeUnsubscribe</p>"#,
        r#"<p>Wenn Sie diesen Newsletter nicht mehr erhalten möchten, klicken Sie bitte <a href="https://x.brand.com/a/1">hier</a>.</p>"#,
        r#"<p>Sie möchten sich abmelden? Dann klicken Sie <a href="https://x.brand.com/a/1">hier</a>.</p>"#,
        r#"<p><a href="https://x.brand.com/a/1">Newsletter abbestellen</a></p>"#,
        r#"<p><a href="https://x.brand.com/a/1">Aus dem Verteiler austragen</a></p>"#,
        r#"<p>Si vous ne souhaitez plus recevoir nos emails, <a href="https://x.brand.com/a/1">cliquez ici</a></p>"#,
        r#"<p>Pour vous désinscrire, suivez <a href="https://x.brand.com/a/1">ce lien</a>.</p>"#,
        r#"<p>Se non desideri più ricevere le nostre email <a href="https://x.brand.com/a/1">clicca qui</a></p>"#,
        r#"<p>Si no deseas recibir más correos, pulsa <a href="https://x.brand.com/a/1">aquí</a></p>"#,
        r#"<p>Aby zrezygnować z newslettera, <a href="https://x.brand.com/a/1">kliknij tutaj</a></p>"#,
        r#"<p>Wil je deze mails niet meer ontvangen? <a href="https://x.brand.com/a/1">Klik dan hier</a></p>"#,
        r#"<p>Чтобы отписаться от рассылки, <a href="https://x.brand.com/a/1">нажмите здесь</a></p>"#,
        r#"<p>配信停止は<a href="https://x.brand.com/a/1">こちら</a></p>"#,
        r#"<p>メールマガジンの配信停止をご希望の方は<a href="https://x.brand.com/a/1">こちら</a>から</p>"#,
        r#"<p>如果您不想再收到此类邮件,请点击<a href="https://x.brand.com/a/1">退订</a></p>"#,
        r#"<p>수신을 원하지 않으시면 <a href="https://x.brand.com/a/1">여기</a>를 클릭하세요. 수신거부</p>"#,
        r#"<p>لإلغاء الاشتراك <a href="https://x.brand.com/a/1">اضغط هنا</a></p>"#,
        r#"<!--[if mso]><v:roundrect href="https://x.brand.com/unsubscribe"><center>Unsubscribe</center></v:roundrect><![endif]-->"#,
        r#"<p>Unsubscribe <a href="https://x.brand.com/u/1">a@b.de</a> from this list.</p>"#,
        r#"<p>Unsubscribe <a href="https://x.brand.com/u/1">from this list</a>.</p>"#,
        r#"<p>You can unsubscribe <a href="https://x.brand.com/u/1">at any time</a>.</p>"#,
        r#"<p>You are receiving this email because you bought at Brand. You may <a href="https://x.brand.com/u/1">unsubscribe at any time</a> if you wish, no questions asked, we are sorry to see you go</p>"#,
        r#"<p><a href="https://x.brand.com/a/1">Abmelden</a></p>"#,
        r#"<p><a href="https://x.brand.com/a/1">Online-Version</a> | <a href="https://x.brand.com/a/2">Abmelden</a></p><p>Text. Text. Text. Text. Text. Text. Text.</p>"#,
        r#"<p><a href="https://x.brand.com/a/1">How to unsubscribe</a></p>"#,
        r#"<p><a href="https://x.brand.com/a/1">If you no longer wish to receive these emails please click here to be removed from our mailing list immediately</a></p>"#,
        r#"<p>{{ name }}, you can unsubscribe <a href="https://x.brand.com/a/1">here</a></p>"#,
    ] {
        if !has_way_out(content) {
            missed.push(content);
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn no_way_out_in_html() {
    let mut taken = Vec::new();
    for content in [
        r#"<h2><a href="https://blog.brand.com/rates">How we cut our unsubscribe rate by half</a></h2>"#,
        r#"<h2><a href="https://blog.brand.com/how-to-reduce-unsubscribes">Read more</a></h2>"#,
        r#"<p>Our study shows why people unsubscribe. <a href="https://blog.brand.com/study">Read more</a></p>"#,
        r#"<p>5 reasons people unsubscribe from your list: <a href="https://blog.brand.com/study">read it here</a></p>"#,
        r#"<p>Unsubscribe rates are down by 12 %. <a href="https://brand.com/x">Here</a> is why.</p>"#,
        r#"<h2><a href="https://blog.brand.com/x">Unsubscribe rates: the 2026 report</a></h2>"#,
        r#"<h2><a href="https://blog.brand.com/x">Warum Kunden den Newsletter abbestellen</a></h2>"#,
        r#"<h2><a href="https://blog.brand.com/unsubscribe-best-practices">Best practices</a></h2>"#,
        r#"<p>You can't unsubscribe from this message.</p>"#,
        r#"<p>You can unsubscribe at any time.</p>"#,
        r#"<p>Questions? Simply reply to this email.</p>"#,
        r#"<p>Schreiben Sie uns: Antworten Sie einfach auf diese E-Mail.</p>"#,
        r#"<p><a href="https://brand.com/privacy">Privacy policy</a></p>"#,
        r#"<p><a href="https://brand.com/stop-motion">Stop motion</a></p>"#,
        r#"<p>Rebajas <a href="https://brand.com/rebajas">aquí</a></p>"#,
        r#"<p>Leave us a review <a href="https://brand.com/review">here</a></p>"#,
        r#"<p>Never miss an update. <a href="https://brand.com/subscribe">Subscribe</a></p>"#,
        r#"<p>Unsubscribing is not possible. You can't unsubscribe from these mails, <a href="https://brand.com/faq">read more</a>.</p>"#,
        r#"<p>You can unsubscribe at any time.</p><table><tr><td><a href="https://brand.com/shop">Shop now</a></td></tr></table>"#,
        r#"<form action="https://brand.com/subscribe"><p>You can unsubscribe at any time.</p><button>Subscribe</button></form>"#,
        r#"<p>Free shipping: <a href="https://brand.com/x">opt in</a></p>"#,
    ] {
        if has_way_out(content) {
            taken.push(content);
        }
    }
    assert!(taken.is_empty(), "{taken:#?}");
}

#[test]
fn a_way_out_in_plain_text() {
    let mut missed = Vec::new();
    for text in [
        "Unsubscribe: https://x.brand.com/u/1",
        "To unsubscribe, visit:\nhttps://x.brand.com/u/1",
        "To unsubscribe, visit:\n\nhttps://x.brand.com/u/1",
        "Unsubscribe\n<https://x.brand.com/u/1>",
        "Unsubscribe [https://x.brand.com/u/1]",
        "https://x.brand.com/u/1 to unsubscribe",
        "Use https://x.brand.com/u/1 to unsubscribe from this list.",
        "https://x.brand.com/unsubscribe/1",
        "[Unsubscribe](https://x.brand.com/u/1)",
        "To unsubscribe send a blank mail to leave-news@lists.brand.com",
        "Zum Abmelden klicken Sie hier: https://x.brand.com/a/1",
        "Wenn Sie keine weiteren E-Mails erhalten möchten, klicken Sie hier:\nhttps://x.brand.com/a/1",
        "配信停止はこちら\nhttps://x.brand.com/a/1",
        "Reply STOP to opt out",
        "unsubscribe-12@lists.brand.com",
        "To leave this list: mailto:leave@brand.com",
        "=====\nUNSUBSCRIBE\n=====\nhttps://x.brand.com/u/1",
        "Unsubscribe: www.brand.com/u/1",
        "Unsubscribe here: brand.com/u/1",
        "Pour vous désabonner : http://x.brand.com/d/1",
        "Abmelden: https://x.brand.com/preferences/5",
        "Unsubscribe: https://brand.com/privacy-center/out?u=1",
    ] {
        if !plain_has_way_out(text) {
            missed.push(text);
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_page_about_data_is_no_way_out_in_plain_text() {
    for text in [
        "How to unsubscribe is said in our policy: https://brand.com/privacy",
        "If you unsubscribe, see: https://brand.com/privacy",
    ] {
        assert!(!plain_has_way_out(text), "{text}");
    }
}

/// A mail with these fields has a link that says nothing known.
fn odd_link_leads_out(fields: &str, href: &str) -> bool {
    let mail = format!(
        "From: a@shoppershandbag.com\nSubject: Autumn\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}\nContent-Type: text/html\n\n<p>See our new bags. <a href=\"{href}\">Break up with us</a></p>\n"
    );
    marks("missing-unsubscribe", "mail.eml", "purpose=bulk", &mail).is_empty()
}

#[test]
fn what_leads_where_the_header_leads_is_a_way_out() {
    assert!(odd_link_leads_out(
        "List-Unsubscribe: <mailto:a@b.de>, <https://x.brand.com/u/1>",
        "https://x.brand.com/u/1"
    ));
    assert!(odd_link_leads_out("List-Unsubscribe: <https://x.brand.com/?u=1>", "https://x.brand.com/?u=1"));
    assert!(!odd_link_leads_out("List-Unsubscribe: <https://x.brand.com/u/1>", "https://x.brand.com/u/2"));
    // a site is no page to leave by
    assert!(!odd_link_leads_out("List-Unsubscribe: <https://x.brand.com/>", "https://x.brand.com/"));
    assert!(!odd_link_leads_out("List-Unsubscribe: <https://x.brand.com/?>", "https://x.brand.com/?"));
    assert!(!odd_link_leads_out("List-Unsubscribe: <mailto:news@brand.com>", "mailto:news@brand.com"));
}

fn found(lint: &str, options: &str, content: &str) -> Vec<String> {
    marks(lint, "mail.html", options, &html(content))
}

/// A received mail with these header fields.
fn with_header(fields: &str) -> String {
    format!(
        "From: a@shoppershandbag.com\nSubject: Autumn\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}\n\nOur new bags are here.\n"
    )
}

#[test]
fn ways_out_by_mail_only() {
    let only = |content: &str| found("mail-only-unsubscribe", "purpose=bulk stage=rendered", content);
    assert_eq!(
        only(r#"<a href="mailto:leave@brand.com?subject=x">Unsubscribe</a>"#),
        ["mailto:leave@brand.com?subject=x"]
    );
    assert_eq!(only("<p>Bye? Reply with STOP to unsubscribe.</p>"), ["Reply with STOP to unsubscribe."]);
    for told in
        ["Abmelden per Mail an ade@brand.com", "Abmelden: ade@brand.com", "Aby się wypisać, odpisz na tę wiadomość."]
    {
        assert_eq!(only(&format!("<p>{told}</p>")), [told]);
    }
    for told in [
        "Zum Abbestellen antworten Sie bitte mit STOP.",
        "If you do not wish to receive these emails, reply with \"remove\" in the subject line.",
        "Pour ne plus recevoir nos messages, répondez STOP.",
        "Per cancellarti, rispondi con STOP.",
    ] {
        let content = format!(r#"<p><a href="https://brand.com/spring">See the collection</a></p><p>{told}</p>"#);
        assert_eq!(only(&content), [told]);
    }
    // a web link too
    assert!(
        only(
            r#"<a href="mailto:leave@brand.com">Unsubscribe</a> or <a href="https://brand.com/u">unsubscribe here</a>"#
        )
        .is_empty()
    );
    // nothing at all is another lint's
    assert!(only("<p>Bye.</p>").is_empty());
    // part of the template is not here
    let template = found(
        "mail-only-unsubscribe",
        "purpose=bulk",
        r#"<a href="mailto:leave@brand.com">Unsubscribe</a>{% include "footer" %}"#,
    );
    assert!(template.is_empty());
}

#[test]
fn ways_out_behind_a_gate() {
    let gated = |content: &str| found("gated-unsubscribe", "purpose=bulk stage=rendered", content);
    for (content, marked) in [
        ("<p>To unsubscribe, please log in to your account.</p>", "To unsubscribe, please log in to your account."),
        ("<p>To unsubscribe, call us at 0800 123456.</p>", "To unsubscribe, call us at 0800 123456."),
        (
            "<p>Um den Newsletter abzubestellen, schreiben Sie uns einen Brief.</p>",
            "Um den Newsletter abzubestellen, schreiben Sie uns einen Brief.",
        ),
        ("<p>Zum Abmelden rufen Sie uns bitte an: 0421 12345.</p>", "Zum Abmelden rufen Sie uns bitte an: 0421 12345."),
        (
            "<p>To be removed from our list, call 1-800-555-0142.</p>",
            "To be removed from our list, call 1-800-555-0142.",
        ),
        (
            "<p>Den Newsletter können Sie jederzeit in Ihrem Kundenkonto abbestellen.</p>",
            "Den Newsletter können Sie jederzeit in Ihrem Kundenkonto abbestellen.",
        ),
        (
            "<p>Vous pouvez vous désinscrire à tout moment depuis votre espace client.</p>",
            "Vous pouvez vous désinscrire à tout moment depuis votre espace client.",
        ),
        (
            "<p>Puedes darte de baja en cualquier momento desde tu área de cliente.</p>",
            "Puedes darte de baja en cualquier momento desde tu área de cliente.",
        ),
        (
            r#"<p>To unsubscribe, <a href="https://brand.com/me">log in to your account</a>.</p>"#,
            "https://brand.com/me",
        ),
        (
            r#"<a href="https://brand.com/login?next=/settings">Unsubscribe</a>"#,
            "https://brand.com/login?next=/settings",
        ),
        (r#"<p>Unsubscribe by phone: <a href="tel:+49800123">0800 123</a></p>"#, "tel:+49800123"),
        (
            "<p>You can change your email communication preferences by logging in at mail.brand.com.</p>",
            "You can change your email communication preferences by logging in at mail.brand.com.",
        ),
    ] {
        assert_eq!(gated(content), [marked], "{content}");
        assert!(has_way_out(content), "one cause, one finding: {content}");
    }
    // a link above, alone in its block, is not what they speak of
    for told in [
        "Um sich abzumelden, loggen Sie sich bitte in Ihr Kundenkonto ein.",
        "Om u af te melden, logt u in op uw account.",
        "Para darse de baja, inicie sesión en su cuenta.",
        "Per disiscriversi, acceda al suo account.",
        "Aby się wypisać, zaloguj się na swoje konto.",
        "Pour vous désinscrire, connectez-vous à votre compte.",
        "To be removed from this list call 0800 555 111.",
        "If you no longer wish to hear from us please write to Customer Services, or call 01453 555 0100.",
    ] {
        let content = format!(r#"<p><a href="https://brand.com/spring">See the collection</a></p><p>{told}</p>"#);
        assert_eq!(gated(&content), [told]);
    }
    for content in [
        // a direct link too
        r#"<p>To unsubscribe, log in to your account or <a href="https://brand.com/u/1">click here</a>.</p>"#,
        r#"<a href="https://brand.com/u/1">Unsubscribe</a> <p>To unsubscribe from SMS, call us.</p>"#,
        r#"<p><a href="https://brand.com/u/1">Unsubscribe</a> or call us at 0800 123456.</p>"#,
        r#"<p><a href="https://brand.com/u/1">Click here</a></p><p>To unsubscribe use the link above or write to us.</p>"#,
        r#"<table><tr><td><a href="https://brand.com/spring">This page</a></td><td>to unsubscribe.</td></tr></table>"#,
        r#"<p><a href="https://brand.com/x/9">Manage</a></p><p>to unsubscribe, or write to us at 9 Mill Lane</p>"#,
        // by mail: another lint's
        "<p>To unsubscribe, write to leave@brand.com.</p>",
        "<p>Questions? Call us.</p>",
    ] {
        assert!(gated(content).is_empty(), "{content}");
    }
}

#[test]
fn ways_out_that_nobody_sees() {
    let hidden = |content: &str| !found("hidden-unsubscribe", "purpose=bulk stage=rendered", content).is_empty();
    for content in [
        r#"<div style="display:none"><a href="https://brand.com/u/1">Unsubscribe</a></div>"#,
        r#"<a href="https://brand.com/u/1" style="visibility:hidden">Unsubscribe</a>"#,
        r#"<a href="https://brand.com/u/1" style="opacity:0">Unsubscribe</a>"#,
        r#"<p style="font-size:6px"><a href="https://brand.com/u/1">Unsubscribe</a></p>"#,
        r#"<p style="font-size:1px"><a href="https://brand.com/u/1">Unsubscribe</a></p>"#,
        r#"<table bgcolor="ffffff"><tr><td><a href="https://brand.com/u/1" style="color:#fdfdfd">Unsubscribe</a></td></tr></table>"#,
        r#"<table><tr><td style="background-color:#222"><a href="https://brand.com/u/1" style="color:#333333">Unsubscribe</a></td></tr></table>"#,
        r#"<p style="background:#eee;font-size:12px"><a href="https://brand.com/u/1"><font color="eeeeee">Unsubscribe</font></a></p>"#,
    ] {
        assert!(hidden(content), "{content}");
    }
    for content in [
        r#"<a href="https://brand.com/u/1">Unsubscribe</a>"#,
        r#"<p style="font-size:8px"><a href="https://brand.com/u/1">Unsubscribe</a></p>"#,
        // another one is seen
        r#"<div style="display:none"><a href="https://brand.com/u/1">Unsubscribe</a></div><a href="https://brand.com/u/1">Unsubscribe</a>"#,
        // unknown colours
        r#"<div style="background:var(--x)"><a href="https://brand.com/u/1" style="color:#fff">Unsubscribe</a></div>"#,
        r#"<table><tr><td background="night.png" bgcolor="ffffff"><a href="https://brand.com/u/1" style="color:#fff">Unsubscribe</a></td></tr></table>"#,
        r#"<div style="background:{{ color }}"><a href="https://brand.com/u/1" style="color:#fff">Unsubscribe</a></div>"#,
        // an image shows it
        r#"<p style="font-size:0"><a href="https://brand.com/u/1"><img src="u.png" alt="Unsubscribe"></a></p>"#,
        // twins that a media query switches
        r#"<style>.d{display:none}@media(min-width:600px){.d{display:block}}</style><div class="d"><a href="https://brand.com/u/1">Unsubscribe</a></div>"#,
        // part of it can be read
        r#"<a href="https://brand.com/u/1"><span style="font-size:1px">x</span> <span style="font-size:14px">Unsubscribe</span></a>"#,
    ] {
        assert!(!hidden(content), "{content}");
    }
}

#[test]
fn behind_gmails_clip() {
    let filler = "<p>All the bags of this autumn, and what they cost.</p>\n".repeat(2200);
    let link = r#"<a href="https://brand.com/u/1">Unsubscribe</a>"#;
    let hidden = |content: &str| found("hidden-unsubscribe", "purpose=bulk stage=rendered", content).len();
    assert_eq!(hidden(&format!("{filler}{link}")), 1);
    assert_eq!(hidden(&format!("{link}{filler}{link}")), 0);
}

#[test]
fn text_alternatives() {
    let mail = |text: &str, html: &str| {
        format!(
            "From: a@shoppershandbag.com\nSubject: Autumn\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{text}\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
        )
    };
    let missing = |options: &str, text: &str, html: &str| {
        marks("missing-unsubscribe-in-text", "mail.eml", options, &mail(text, html)).len()
    };
    let html = r#"<p>New bags</p><a href="https://brand.com/u/1">Unsubscribe</a>"#;
    assert_eq!(missing("purpose=bulk", "The new bags of this autumn are here.", html), 1);
    assert_eq!(missing("purpose=bulk", "The new bags are here. Unsubscribe: https://brand.com/u/1", html), 0);
    assert_eq!(missing("purpose=bulk", "The new bags are here. To unsubscribe, reply with STOP.", html), 0);
    // five words are no version of the mail
    assert_eq!(missing("purpose=bulk", "See the HTML version, please.", html), 0);
    assert_eq!(missing("purpose=transactional", "The new bags of this autumn are here.", html), 0);
    // the HTML has none either
    assert_eq!(missing("purpose=bulk", "The new bags of this autumn are here.", "<p>New bags</p>"), 0);
    assert_eq!(
        missing("purpose=bulk stage=template", "The new bags of this autumn are here. {% include 'footer' %}", html),
        0
    );
}

#[test]
fn a_way_out_by_the_tag_of_any_dialect() {
    let has_way_out = |content: &str| {
        marks("missing-unsubscribe", "mail.html", "purpose=bulk stage=template", &html(content)).is_empty()
    };
    for content in [
        "<p>{unsubscribe}Se désinscrire{/unsubscribe}</p>",
        "<p>To leave: {action.unsubscribeUrl}</p>",
        "<p>{action.optOutUrl}</p>",
        "<p>[simplenews-subscriber:unsubscribe-url]</p>",
        "<p>{{var subscriber.getUnsubscriptionLink()}}</p>",
        "<p>To unsubscribe from this list visit [UNSUBSCRIBE]</p>",
        "<p>[Unsubscribe]</p>",
        "<p>{unsub}</p>",
        "<p>$Unsubscribe$</p>",
        "<p>~OptOut_1~</p>",
        "<p>[[DELIVERY_INFO]]</p>",
        "<p>#{link_to 'Unsubscribe', u}</p>",
        "<p>@Html.ActionLink(\"Unsubscribe\", \"Unsub\", \"Mail\")</p>",
        "<p><a href=\"$$resignlink$$\">Click</a></p>",
        "<p><a href=\"##NewsletterUnsubscribe##\">x</a></p>",
        "<p><a th:href=\"@{/unsubscribe(token=${t})}\">Click</a></p>",
        "<p><a :href=\"unsubscribeUrl\">Unsubscribe</a></p>",
        "<p><a ng-href=\"{{u}}\">Unsubscribe</a></p>",
        "<p><a asp-action=\"Leave\" asp-controller=\"Mail\">Unsubscribe</a></p>",
    ] {
        assert!(has_way_out(content), "{content}");
    }
    for content in [
        "<p>[you can unsubscribe at any time]</p>",
        "<p>{unsubscribed_users} have left</p>",
        "<p><a :href=\"shopUrl\">Shop</a></p>",
        "<p>[Read more]</p>",
    ] {
        assert!(!has_way_out(content), "{content}");
    }
}

#[test]
fn articles_about_leaving_and_ways_out_of_an_account() {
    for content in [
        "<p><a href=\"https://brand.com/logout\">Abmelden</a></p>",
        "<p><a href=\"https://brand.com/?action=logout\">Afmelden</a></p>",
        "<p><a href=\"https://brand.com/blog/unsubscribe\">How to write an unsubscribe page</a></p>",
        "<p><a href=\"https://brand.com/p/9\">The perfect unsubscribe page: 10 examples</a></p>",
        "<p><a href=\"https://brand.com/p/9\">Unsubscribe buttons that convert</a></p>",
        "<p><a href=\"https://brand.com/p/9\">Abmelden leicht gemacht: 7 Beispiele</a></p>",
        "<p>Cancel your <a href=\"https://brand.com/subscription/cancel\">subscription plan</a> any time.</p>",
        "<p>Our study on unsubscribe behaviour is out. <a href=\"https://brand.com/p/9\">Download it here</a></p>",
    ] {
        assert!(!has_way_out(content), "{content}");
    }
    for content in [
        "<p><a href=\"https://brand.com/x\">Abmelden</a></p>",
        "<p><a href=\"https://brand.com/blog/unsubscribe\">Unsubscribe</a></p>",
        "<p><a href=\"https://brand.com/x\">Unsubscribe from all 3 lists</a></p>",
        "<p><a href=\"https://brand.com/x\">Go to the unsubscribe page</a></p>",
    ] {
        assert!(has_way_out(content), "{content}");
    }
}

#[test]
fn footnotes_and_lines_below_in_plain_text() {
    for text in [
        "* Unsubscribe [1]\n\n[1] https://shoppershandbag.com/x/1",
        "Imprint [1] | Unsubscribe [2]\n\n[1] https://shoppershandbag.com/i\n[2] https://shoppershandbag.com/x/1",
        "https://shoppershandbag.com/x/1\nUnsubscribe",
    ] {
        assert!(plain_has_way_out(text), "{text}");
    }
    for text in [
        "Imprint [1]\n\n[1] https://shoppershandbag.com/i",
        "[1] https://shoppershandbag.com/i\n\nUnsubscribe rates [2]",
        "https://shoppershandbag.com/x/1\nUnsubscribe rates fall",
    ] {
        assert!(!plain_has_way_out(text), "{text}");
    }
}

#[test]
fn the_size_of_small_print_is_rounded() {
    let content = r#"<p style="font-size:5pt"><a href="https://brand.com/u/1">Unsubscribe</a></p>"#;
    let options = common::Options::parse("mail.html", "purpose=bulk stage=rendered");
    let linted = common::lint_only("hidden-unsubscribe", &options, html(content).as_bytes());
    assert_eq!(linted.diagnostics[0].message, "the only way to unsubscribe is set in 6.7 px");
}

#[test]
fn words_that_only_begin_like_a_way_out_are_none() {
    let bulk = |body: &str| marks("missing-unsubscribe", "mail.html", "purpose=bulk", &html(body));
    for body in [
        "<p>{{ unsubmitted_url }}</p>",
        "<p>{% trans \"Your unsubstantiated claim\" %}</p>",
        "<a href=\"https://brand.com/unsubmitted\">See</a>",
    ] {
        assert!(!bulk(body).is_empty(), "{body}");
    }
    assert!(bulk("<a href=\"{{ unsublink }}\">Go</a>").is_empty());
}

#[test]
fn a_question_before_a_link_to_the_preferences_leads_out() {
    let only = |body: &str| marks("preferences-only-unsubscribe", "mail.html", "purpose=bulk", &html(body)).len();
    let link = "<a href=\"https://brand.com/e\">Einstellungen ändern</a>";
    assert_eq!(only(&format!("<p>Sie möchten keine Benachrichtigungen mehr? {link}</p>")), 0);
    assert_eq!(only(&format!("<p>Sie möchten andere Themen? {link}</p>")), 1);
    assert_eq!(
        only("<p>Did you unsubscribe by mistake? <a href=\"https://brand.com/e\">Update your preferences</a></p>"),
        1
    );
}

/// Hardly anybody sees the text alternative.
#[test]
fn a_way_out_in_the_text_alone() {
    let mail = |html: &str| {
        format!(
            "{DONE}List-Unsubscribe: <https://brand.com/u/1>\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nOur bags are here.\nUnsubscribe: https://brand.com/u/1\n--b\nContent-Type: text/html\n\n<p>{html}</p>\n--b--\n"
        )
    };
    let missing = |html: &str| marks("missing-unsubscribe", "mail.eml", "", &mail(html)).len();
    let text = "Our new bags are here, in the colours of autumn, and all of them are made of leather that grows softer with the years.";
    assert_eq!(missing(text), 1);
    assert_eq!(missing(&format!("{text} <a href=\"https://brand.com/u/1\">Unsubscribe</a>")), 0);
    assert_eq!(
        missing(&format!("{text} <a href=\"https://brand.com/u/1\">Let us know</a>")),
        0,
        "it leads to the same place"
    );
    assert_eq!(
        missing(&format!("{text} <a href=\"https://brand.com/x\"><img src=a.png></a>")),
        0,
        "a picture may be it"
    );
    assert_eq!(missing("Our new bags"), 0, "a page that says hardly anything may well be a picture");
    // a part of its own is read below the other
    assert_eq!(
        marks("missing-unsubscribe", "mail.eml", "", &mail(text).replace("multipart/alternative", "multipart/mixed"))
            .len(),
        0
    );
}

/// To write or to log in is a way out, too: who says how is sending to many.
#[test]
fn a_gate_tells_a_campaign() {
    let gated = |text: &str| common::levels("gated-unsubscribe", "mail.html", "", &html(text));
    let way = "<p>To unsubscribe, <a href=\"https://brand.com/account/login\">log in to your account</a>.</p>";
    assert_eq!(gated(way), [Level::Warn]);
    assert_eq!(gated(&format!("<p>Your order has been shipped.</p>{way}")), []);
}

/// However many blanks and rules stand between a link and what says that it leads out.
#[test]
fn a_way_out_behind_blanks_and_rules() {
    let missing = |between: &str| {
        let page = html(&format!("<p>To unsubscribe:</p>{between}<p><a href=\"https://brand.com/x/y\">here</a></p>"));
        marks("missing-unsubscribe", "mail.html", "purpose=bulk", &page).len()
    };
    assert_eq!(missing(""), 0);
    assert_eq!(missing(&format!("<p>{}</p>", "-".repeat(5_000))), 0);
    assert_eq!(missing(&"<p>&nbsp;</p>".repeat(2_000)), 0);
    assert_eq!(missing("<p>The new lamps are here.</p>"), 1);
    let asked = format!("<p>No longer want to receive these emails?{}", "&nbsp;".repeat(2_200));
    let page = html(&format!("{asked}Click <a href=\"https://brand.com/x/y\">here</a></p>"));
    assert_eq!(marks("missing-unsubscribe", "mail.html", "purpose=bulk", &page).len(), 0);
}
