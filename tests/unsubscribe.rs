//! The way out of the mailing: what counts as one, and what is wrong with those that there are.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::marks;

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
        r#"<p>Too much mail? <a href="https://x.brand.com/u/1">Leave</a></p>"#,
        r#"<p>You are receiving this email because you bought at Brand. You may <a href="https://x.brand.com/u/1">unsubscribe at any time</a> if you wish, no questions asked, we are sorry to see you go</p>"#,
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
    ] {
        if !plain_has_way_out(text) {
            missed.push(text);
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
