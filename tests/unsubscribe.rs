//! The way out of the mailing: what counts as one, and what is wrong with those that there are.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::marks;
use presend::diagnostic::Level;

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
fn ways_out_that_lead_nowhere() {
    let dead = |content: &str| found("dead-unsubscribe", "purpose=bulk stage=rendered", content);
    for (href, marked) in [
        ("#", "#"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("https://example.com/unsubscribe", "https://example.com/unsubscribe"),
        ("http://localhost:3000/unsubscribe", "http://localhost:3000/unsubscribe"),
        ("mailto:unsubscribe@example.org?subject=x", "mailto:unsubscribe@example.org?subject=x"),
        ("*|UNSUB|*", "*|UNSUB|*"),
        ("{{ unsubscribe_url }}", "{{ unsubscribe_url }}"),
        ("%unsubscribe_url%", "%unsubscribe_url%"),
        ("[UNSUBSCRIBEURL]", "[UNSUBSCRIBEURL]"),
        ("$$resign_link$$", "$$resign_link$$"),
        ("TODO", "TODO"),
        ("#nowhere", "#nowhere"),
    ] {
        assert_eq!(dead(&format!("<a href=\"{href}\">Unsubscribe</a>")), [marked]);
    }
    assert_eq!(dead(r#"<a href="">Unsubscribe</a>"#).len(), 1);
    for content in [
        r#"<a href="https://brand.com/u/1">Unsubscribe</a>"#,
        r##"<a href="#out">Unsubscribe</a> <a id="out" href="https://brand.com/u/1">here</a>"##,
        // other links are other lints'
        r##"<a href="#">New bags</a>"##,
    ] {
        assert!(dead(content).is_empty(), "{content}");
    }
}

#[test]
fn providers_fill_their_links_in() {
    for href in [
        "{{ unsubscribe_url }}",
        "*|UNSUB|*",
        "%%unsub_center_url%%",
        "<%= unsubscribe_url %>",
        "[[UNSUB_LINK_EN]]",
        "#unsubscribe#",
        "[unsubscribe]",
    ] {
        let content = format!("<a href=\"{href}\">Unsubscribe</a>");
        assert!(found("dead-unsubscribe", "purpose=bulk stage=template", &content).is_empty(), "{href}");
    }
    assert!(
        found("dead-unsubscribe", "purpose=bulk", r##"<a href="#" data-msys-unsubscribe="1">Unsubscribe</a>"##)
            .is_empty()
    );
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
fn list_unsubscribe_is_there() {
    let missing = |options: &str, fields: &str| {
        marks("missing-list-unsubscribe", "mail.eml", options, &with_header(fields)).len()
    };
    assert_eq!(missing("purpose=bulk", "X: y"), 1);
    assert_eq!(missing("purpose=bulk", "List-Unsubscribe: <https://brand.com/u/1>"), 0);
    assert_eq!(missing("purpose=transactional", "X: y"), 0);
    assert_eq!(missing("purpose=confirmation", "X: y"), 0);
    // nothing tells what it is for: softened to allow
    assert_eq!(missing("purpose=unknown", "X: y"), 0);
    // the other field alone is `incomplete-one-click`
    assert_eq!(missing("purpose=bulk", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"), 0);
    // a draft has no header
    assert!(found("missing-list-unsubscribe", "purpose=bulk", "<p>x</p>").is_empty());
}

#[test]
fn list_unsubscribe_by_the_rules() {
    let faults = |fields: &str| marks("malformed-list-unsubscribe", "mail.eml", "purpose=bulk", &with_header(fields));
    for (value, marked) in [
        ("https://brand.com/u/1", "https://brand.com/u/1"),
        ("<https://brand.com/ u/1>", " "),
        ("<https://brand.com/u/1> <mailto:leave@brand.com>", " "),
        ("<https://brand.com/u/1>,, <mailto:leave@brand.com>", ","),
        ("leave@brand.com", "leave@brand.com"),
        ("<leave@brand.com>", "leave@brand.com"),
        ("<https://brand.com/u/1", "<https://brand.com/u/1"),
        ("=?utf-8?Q?=3Chttps=3A//brand.com/u/1=3E?=", "<https://brand.com/u/1>"),
    ] {
        assert_eq!(faults(&format!("List-Unsubscribe: {value}")), [marked], "{value}");
    }
    for value in [
        "<https://brand.com/u/1>",
        "<mailto:leave@brand.com?subject=unsubscribe>,\n <https://brand.com/u/1>",
        "(one click) <https://brand.com/u/1>",
        "<{{ unsubscribe_url }}>",
        "{{ list_unsubscribe }}",
    ] {
        assert!(faults(&format!("List-Unsubscribe: {value}")).is_empty(), "{value}");
    }
    let twice = "List-Unsubscribe: <https://brand.com/u/1>\nList-Unsubscribe: <mailto:leave@brand.com>";
    assert!(faults(twice).is_empty(), "that is `duplicate-header`'s");
    assert_eq!(faults("List-Unsubscribe:").len(), 1);
}

#[test]
fn a_uri_folded_on_the_way() {
    let fault =
        |fields: &str| marks("malformed-list-unsubscribe", "mail.eml", "purpose=bulk", &with_header(fields)).len();
    assert_eq!(fault("List-Unsubscribe: <https://brand.com/u/\n 1>"), 1);
    assert_eq!(
        fault(
            "Received: from a.example by b.example; Mon, 2 Mar 2026 10:00:00 +0100\nList-Unsubscribe: <https://brand.com/u/\n 1>"
        ),
        0
    );
}

#[test]
fn one_click_is_two_fields() {
    let incomplete =
        |options: &str, fields: &str| marks("incomplete-one-click", "mail.eml", options, &with_header(fields));
    let post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";
    assert_eq!(
        incomplete("purpose=bulk", "List-Unsubscribe: <mailto:a@brand.com>, <https://brand.com/u/1>"),
        ["https://brand.com/u/1"]
    );
    assert_eq!(incomplete("purpose=bulk", post), ["List-Unsubscribe-Post"]);
    for (options, fields) in [
        ("purpose=bulk", &*format!("List-Unsubscribe: <https://brand.com/u/1>\n{post}")),
        // without an address of a page there is nothing to click
        ("purpose=bulk", "List-Unsubscribe: <mailto:a@brand.com>"),
        ("purpose=bulk", "List-Unsubscribe: <{{ url }}>"),
        ("purpose=transactional", "List-Unsubscribe: <https://brand.com/u/1>"),
        ("purpose=unknown", "List-Unsubscribe: <https://brand.com/u/1>"),
        ("purpose=bulk", "X: y"),
    ] {
        assert!(incomplete(options, fields).is_empty(), "{fields}");
    }
}

#[test]
fn one_click_has_one_value() {
    let malformed = |fields: &str| marks("malformed-one-click", "mail.eml", "purpose=bulk", &with_header(fields));
    let list = "List-Unsubscribe: <https://brand.com/u/1>";
    assert_eq!(malformed(&format!("{list}\nList-Unsubscribe-Post: One-Click")), ["One-Click"]);
    assert_eq!(malformed(&format!("{list}\nList-Unsubscribe-Post:")).len(), 1);
    assert_eq!(
        malformed(&format!("{list}\nList-Unsubscribe-Post: list-unsubscribe=one-click")),
        ["list-unsubscribe=one-click"]
    );
    let post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";
    assert_eq!(malformed(&format!("List-Unsubscribe: <http://brand.com/u/1>\n{post}")), ["http://brand.com/u/1"]);
    assert_eq!(malformed(&format!("List-Unsubscribe: <mailto:a@brand.com>\n{post}")), ["mailto:a@brand.com"]);
    for fields in [
        format!("{list}\n{post}"),
        format!("List-Unsubscribe: <{{{{ url }}}}>\n{post}"),
        format!("{list}\nList-Unsubscribe-Post: {{{{ post }}}}"),
        // alone: `incomplete-one-click`
        post.to_owned(),
    ] {
        assert!(malformed(&fields).is_empty(), "{fields}");
    }
}

#[test]
fn one_click_is_signed() {
    let unsigned = |signed: &[&str]| {
        let signatures: String =
            signed.iter().map(|h| format!("DKIM-Signature: v=1; d=brand.com; h={h};\n b=x\n")).collect();
        let fields = format!(
            "{signatures}List-Unsubscribe: <https://brand.com/u/1>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"
        );
        marks("unsigned-one-click", "mail.eml", "", &with_header(&fields))
    };
    assert_eq!(unsigned(&["from:to:list-unsubscribe"]), ["from:to:list-unsubscribe"]);
    assert_eq!(unsigned(&["from:to"]), ["from:to"]);
    assert_eq!(unsigned(&["from:to", "From:List-Unsubscribe : List-Unsubscribe-Post"]), Vec::<String>::new());
    assert_eq!(unsigned(&["from:list-unsubscribe", "from:list-unsubscribe-post"]).len(), 1);
    // not signed at all
    assert_eq!(unsigned(&[]), Vec::<String>::new());
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
fn links_out_that_a_template_fills_in_are_not_dead() {
    let dead =
        |content: &str| marks("dead-unsubscribe", "mail.html", "purpose=bulk stage=template", &html(content)).len();
    for (content, findings) in [
        ("<p><a :href=\"unsubscribeUrl\">Unsubscribe</a></p>", 0),
        ("<p><a th:href=\"@{/u}\">Unsubscribe</a></p>", 0),
        ("<p><a href=\"##optout##\">Unsubscribe</a></p>", 0),
        ("<p><a href=\"#unsubscribe#\">Unsubscribe</a></p>", 0),
        ("<p>[UNSUBSCRIBE]</p>", 0),
        ("<p><a>Unsubscribe</a></p>", 1),
        ("<p><a href=\"#\">Unsubscribe</a></p>", 1),
        ("<p><a href=\"#unsubscribe\">Unsubscribe</a></p>", 1),
    ] {
        assert_eq!(dead(content), findings, "{content}");
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
fn postings_to_a_discussion_list_need_none() {
    let posting = |fields: &str| {
        format!(
            "From: Ann <ann@gmx.net>\nTo: git@vger.kernel.org\nSubject: Re: [PATCH] fix\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}Content-Type: text/plain\n\nLooks good to me.\n"
        )
    };
    let fires = |fields: &str| !marks("missing-unsubscribe", "mail.eml", "", &posting(fields)).is_empty();
    assert!(!fires("List-Id: <git.vger.kernel.org>\nX-Mailing-List: git@vger.kernel.org\n"));
    assert!(!fires("List-Id: <users.lists.org>\nList-Post: <mailto:users@lists.org>\n"));
    assert!(fires("List-Id: <news.brand.com>\n"));
}

#[test]
fn the_mail_of_a_service_is_no_campaign_whatever_fields_its_provider_adds() {
    let mail = |subject: &str, body: &str| {
        format!(
            "From: Shop <info@shoppershandbag.com>\nTo: joe@brand.com\nSubject: {subject}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nList-Unsubscribe: <https://r.shoppershandbag.com/u/1>\nFeedback-ID: 1.2.3.4:1_-1:1:Sendinblue\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body>{body}</body></html>\n"
        )
    };
    for (subject, body, fires) in [
        (
            "Confirme ton email",
            "<h1>Confirme ton email</h1><p>Clique sur le bouton pour confirmer ton adresse email.</p>",
            false,
        ),
        (
            "Confermata - Prenotazione ID 5958",
            "<p>Stato prenotazione: Confermata</p><p>Ospiti: 2 adulti. Prezzo: 349,55</p>",
            false,
        ),
        ("[Ticket #8812] We received your request", "<p>An agent will reply to your request 8812 shortly.</p>", false),
        ("New bags", "<h1>New bags</h1><p>Everything is 20 % cheaper. Shop now.</p>", true),
    ] {
        assert_eq!(!marks("missing-unsubscribe", "mail.eml", "", &mail(subject, body)).is_empty(), fires, "{subject}");
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
fn an_offer_that_speaks_of_invoices_and_a_reminder_that_offers_nothing() {
    let missing = |subject: &str, text: &str| {
        let mail = format!(
            "From: a@brand.com\nSubject: {subject}\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>{text}</p>\n"
        );
        marks("missing-unsubscribe", "mail.eml", "", &mail).len()
    };
    for (subject, text) in [
        ("Nie wieder Rechnungen tippen: 3 Monate gratis", "Mit uns schreibst du deine Rechnung in 30 Sekunden."),
        ("Buchen Sie jetzt den Sommer mit Frühbucherrabatt", "Ihre Buchung bis 31. Oktober spart 25 %."),
        ("Write invoices in seconds", "Your invoice in 30 seconds: get three months free."),
    ] {
        assert_eq!(missing(subject, text), 1, "{subject}");
    }
    for (subject, text) in [
        ("Terminerinnerung: Mittwoch, 14.10., 8.15 Uhr", "Wir erinnern Sie an Ihren Termin am Mittwoch um 8.15 Uhr."),
        ("Anmeldebestätigung Herbstlauf", "Hallo Anna, du bist dabei! Deine Startnummer ist 318."),
        ("Confirmation d'inscription au marathon", "Bonjour, votre inscription est confirmée. Dossard 318."),
        ("Your invoice 2026-10", "Your invoice is attached. Refer a friend and get a month free."),
    ] {
        assert_eq!(missing(subject, text), 0, "{subject}");
    }
}

#[test]
fn what_answers_a_mail_is_no_campaign() {
    let mail = |fields: &str, subject: &str| {
        format!(
            "From: postmaster@brand.com\nSubject: {subject}\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n{fields}\n\nYour new bags are here, from 10 EUR. Order them now in our shop.\n"
        )
    };
    let missing = |mail: String| marks("missing-unsubscribe", "mail.eml", "", &mail).len();
    assert_eq!(missing(mail("X: y", "New bags")), 1);
    assert_eq!(missing(mail("Auto-Submitted: auto-replied", "New bags")), 0);
    // mailers of campaigns set this one (RFC 3834 §5)
    assert_eq!(missing(mail("Auto-Submitted: auto-generated", "New bags")), 1);
    let report = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nDelivery has failed.\n\nNew bags, from 10 EUR. Order them now.\n--b--";
    assert_eq!(missing(mail(report, "Undeliverable: New bags")), 0);
    assert_eq!(missing(mail(&report.replace("report;", "mixed;"), "Undeliverable: New bags")), 1);
}

/// Whether a mail of which only the text tells what it is for is held to be without a way out.
fn is_accused(body: &str) -> bool {
    !marks("missing-unsubscribe", "mail.html", "", &html(body)).is_empty()
}

#[test]
fn mail_of_a_service_needs_no_way_out() {
    for body in [
        "<p>You received this mandatory email announcement to update you about important changes.</p>",
        "<p>You have been invited to join the Acme team.</p><p><a href=\"https://brand.com/a\">Accept invitation</a></p>",
        "<p>Sie wurden eingeladen, dem Team Rot beizutreten.</p>",
        "<p>Vous avez été invité à rejoindre l’équipe Rouge.</p>",
        "<p>The plan has been shared with you.</p>",
        "<h1>Your export is ready</h1><p>Get it before Friday.</p>",
    ] {
        assert!(!is_accused(body), "{body}");
    }
    for body in [
        "<p>Our new bags are here.</p>",
        "<p>You are invited to join our webinar.</p>",
        "<p>Earn your certificate in design.</p>",
        "<p>The travel ban has been revoked: our trips.</p>",
    ] {
        assert!(is_accused(body), "{body}");
    }
}

#[test]
fn what_a_tag_may_bring_is_a_target() {
    let bulk = |body: &str| marks("missing-unsubscribe", "mail.html", "purpose=bulk", &html(body));
    assert!(bulk("<a {{ attributes }}>Unsubscribe</a>").is_empty());
    assert!(bulk("<a <%= attributes %>>Unsubscribe</a>").is_empty());
    assert!(bulk("<a {% link_attributes %}>Unsubscribe</a>").is_empty());
    assert!(!bulk("<a style=\"{{ style }}\">Go</a>").is_empty());
    let dead = |options: &str, body: &str| !marks("dead-unsubscribe", "mail.html", options, &html(body)).is_empty();
    assert!(!dead("purpose=bulk", "<a {{ attributes }}>Unsubscribe</a>"));
    // a condition or a comment brings no target
    assert!(!bulk("<a {{#if dark}}class=\"dark\"{{/if}}>Unsubscribe</a>").is_empty());
    assert!(!bulk("<a {# ours #} class=\"dark\">Unsubscribe</a>").is_empty());
    assert!(dead("purpose=bulk stage=rendered", "<a {{ attributes }}>Unsubscribe</a>"));
    assert!(dead("purpose=bulk stage=rendered", "<a href=\"{{unsubscribe_url}\">Unsubscribe</a>"));
    let hollow = |body: &str| marks("empty-link", "mail.html", "", &html(body));
    assert!(hollow("<p>powered by <a {{ attributes }}>brand</a></p>").is_empty());
    assert!(!hollow("<p>powered by <a style=\"{{ style }}\">brand</a></p>").is_empty());
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

#[test]
fn an_answer_to_a_mail_is_no_campaign() {
    let mail = |fields: &str, text: &str| {
        let mail = format!(
            "From: ada@brand.com\nSubject: Re: The order\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}Content-Type: text/plain\n\n{text}\n"
        );
        marks("missing-unsubscribe", "mail.eml", "", &mail).len()
    };
    let quoted = "Thanks, see https://brand.com/x\n\nOn Monday Eve wrote:\n> When will it\n> arrive?";
    assert_eq!(mail("In-Reply-To: <1@brand.com>\n", quoted), 0);
    assert_eq!(mail("", quoted), 0, "two signs of three: the subject, the fields, the quotation");
    assert_eq!(mail("In-Reply-To: <1@brand.com>\n", "See https://brand.com/x"), 0);
    assert_eq!(mail("", "See https://brand.com/x"), 1);
    assert_eq!(mail("In-Reply-To: <1@brand.com>\nX-CSA-Complaints: a@b.com\n", quoted), 1);
}

const DONE: &str = "From: Brand <a@brand.com>\nSubject: Autumn\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n";

#[test]
fn targets_that_are_none() {
    let dead = |href: &str| {
        marks("dead-unsubscribe", "mail.html", "stage=rendered", &html(&format!("<a href=\"{href}\">Unsubscribe</a>")))
    };
    for href in [
        "htp://brand.com/u/1",
        "https://brand,com/u/1",
        "about:blank",
        "UNSUBSCRIBE_URL",
        "https://brand.com/u/[EMAIL]",
        "https://brand.com/u?id={unsub_id}",
    ] {
        assert_eq!(dead(href), [href], "{href}");
    }
    for href in [
        "https://brand.com/u/1?ids[]=2&amp;f[a]=1",
        "https://brand.com/u/{0}",
        "https://brand.com/u?id={A3504E04-4F89-11D3-9A0C-0305E82C3301}",
        "https://brand.com/u?lists=[news]",
        "https:///brand.com/u/1",
        "https://#{host}/u/1",
        "https://%LINK%",
        "ssh://git@brand.com/u",
        "https://brand.com/u/UNSUBSCRIBE_URL",
        "ftp://brand.com/u",
        "https://bücher.de/u/1",
    ] {
        assert_eq!(dead(href), [""; 0], "{href}");
    }
}

#[test]
fn fields_that_lead_nowhere() {
    let mail =
        |field: &str| format!("{DONE}List-Unsubscribe: {field}\n\nOur bags. Unsubscribe: https://brand.com/u/1\n");
    let dead = |field: &str| marks("dead-unsubscribe", "mail.eml", "", &mail(field));
    assert_eq!(dead("<https://example.com/u/1>"), ["https://example.com/u/1"]);
    assert_eq!(dead("<https://example.com/u/1>, <mailto:u@brand.com>"), [""; 0], "one of them works");
    assert_eq!(dead("<https://brand.com/u/1>"), [""; 0]);
    assert_eq!(dead("<{{unsubscribe_url}}>"), ["{{unsubscribe_url}}"]);
    assert_eq!(dead("<https://brand.com/u/*|UNIQID|*>"), ["*|UNIQID|*"]);
    assert_eq!(dead("<https://brand.com/u/%7B1%7D>"), [""; 0]);
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

#[test]
fn who_writes_to_one() {
    let missing = |fields: &str, text: &str| {
        common::levels(
            "missing-unsubscribe",
            "mail.eml",
            "",
            &format!("From: Shop <a@shop.example.org>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}\n{text}\n"),
        )
    };
    let order = "Your order 5512 has shipped with DHL.\nTrack it: https://brand.com/t/5512";
    assert_eq!(missing("Subject: Your order 5512 has shipped\nPrecedence: bulk\n", order), []);
    assert_eq!(missing("Subject: Spring\nPrecedence: bulk\n", "Our new bags."), [Level::Deny]);
    let ticket = "Subject: Ticket NL\nList-Unsubscribe: <https://brand.com/u/1>\n";
    let bought = "Bedankt voor uw aankoop. Hier is uw aankoopbewijs.";
    assert_eq!(missing(ticket, &format!("{bought} Bestelnummer: 9117764663")), []);
    assert_eq!(missing(ticket, bought), [Level::Deny]);
    assert_eq!(missing("Subject: Away\nPrecedence: bulk\nX-Autoreply: yes\n", "I am away until Monday."), []);
    assert_eq!(missing("Subject: Out of office: price list\nPrecedence: bulk\n", "I am away until Monday."), []);
    assert_eq!(missing("Subject: Abwesenheitsnotiz: Preisliste\n", "Bis Montag bin ich nicht da."), []);
    assert_eq!(
        missing("Subject: Out of office: our picks\nList-Id: <n.brand.com>\n", "New bags for the summer."),
        [Level::Deny]
    );
    assert_eq!(missing("Subject: Re: list\nPrecedence: bulk\nIn-Reply-To: <a@b>\n", "Here it is."), []);
    let calendar = |method: &str| {
        let fields = format!(
            "Subject: Budget\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nWhen: Tuesday\n--b\nContent-Type: text/calendar; method={method}\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--b--"
        );
        missing(&fields, "")
    };
    assert_eq!(calendar("REQUEST"), []);
    assert_eq!(calendar("\"PUBLISH\""), [Level::Warn]);
}

/// What is said in a language without a list can't be known.
#[test]
fn languages_without_a_list() {
    let missing = |lang: &str, text: &str| {
        let page = format!(
            "<html lang=\"{lang}\"><body><p>{text}</p><p><a href=\"https://brand.com/b/1\">Donar-se de baixa</a></p></body></html>"
        );
        marks("missing-unsubscribe", "mail.html", "purpose=bulk", &page).len()
    };
    assert_eq!(missing("ca", "Les noves taules han arribat."), 0);
    assert_eq!(missing("en", "Les noves taules han arribat."), 1);
    assert_eq!(missing("und", "Les noves taules han arribat."), 1);
    assert_eq!(
        missing("ca", "You receive this because you signed up. Read our privacy policy."),
        1,
        "it is English for all that"
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
