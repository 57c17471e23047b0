#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::Certainty::{High, Low, Medium};
use super::*;

fn found(tracker: Option<Tracker>) -> Option<(&'static str, Certainty)> {
    tracker.map(|tracker| (tracker.id, tracker.certainty))
}

#[test]
fn pixels() {
    for (url, id) in [
        (
            "https://brand.us1.list-manage.com/track/open.php?u=b00ccdbb39a8456492b99ae9e&id=a8d0ad03b7&e=be24ad69fc",
            "mailchimp",
        ),
        ("https://mandrillapp.com/track/open.php?u=30050440&id=9a1f", "mandrill"),
        ("https://u1234.ct.sendgrid.net/wf/open?upn=u001.abc", "sendgrid"),
        ("https://links.brand.com/wf/open?upn=u001.abc-2F", "sendgrid"),
        ("https://links.brand.com/ss/o/u001.aB-c/4bz/xY_1/ho.gif", "sendgrid"),
        ("https://click.brand.com/open.aspx?ffcb10-fe9d1", "sfmc"),
        ("https://cl.s7.exct.net/open.aspx?ffcb10-fec813757c630c7e", "sfmc"),
        ("https://go.pardot.com/r/12345/1/abc/open/1", "pardot"),
        ("https://go.brand.com/trk?t=1&mid=MTIzLUFCQy00NTY=", "marketo"),
        ("https://abc.r.us-east-1.awstrack.me/I0/0101016ffeb63bb7-a63b8f9e-44d0/x", "amazonses"),
        ("https://email.brand.com/o/eJwNyzEOwjAMAMDXNGNkO3biDB5Y-EbkJKZUokQq7f-h200358KuZ9Rmd", "mailgun"),
        ("https://brand.mjt.lu/oo/AVQAAB/12345678/e.gif", "mailjet"),
        ("https://x.r.af.d.sendibt2.com/tr/op/cl6duIfxEVE61ObhTJ4u8Yw", "brevo"),
        ("https://brand.cmail20.com/t/r-o-tljdkjl-l/o.gif", "campaignmonitor"),
        ("https://r20.rs6.net/on.jsp?ca=1&a=2", "constantcontact"),
        ("https://e.customeriomail.com/e/o/eyJlbWFpbF9pZCI6", "customerio"),
        ("https://pstmrk.it/open?m=v3_1", "postmark"),
        (
            "https://news.brand.com/campaign/0f4e6a0e-0a12-4bb1-9a55-7d2f5a1b2c3d/0f4e6a0e-0a12-4bb1-9a55-7d2f5a1b2c3d/px.png",
            "listmonk",
        ),
        ("https://m.brand.com/email/5f2b9c0a1d3e4567890ab.gif", "mautic"),
        ("http://brand.emltrk.com/abc?p&d=x", "litmus"),
        ("https://www.google-analytics.com/collect?v=1&tid=UA-1", "googleanalytics"),
        ("https://www.facebook.com/tr?id=123&ev=PageView", "facebook"),
        ("https://eotrx.substackcdn.com/open?token=eyJ", "substack"),
        ("https://d2v8tf04.na1.hubspotlinks.com/Cto/5F+113/d2v8tf04/VVw9Rm4f3t", "hubspot"),
        ("https://svc.dynamics.com/t/i/abc", "dynamics365"),
    ] {
        assert_eq!(found(open(url)), Some((id, High)), "{url}");
    }
}

#[test]
fn pictures_are_no_pixels() {
    for url in [
        "https://brand.com/img/spacer.gif",
        "https://brand.com/open.gif",
        "https://mcusercontent.com/b00c/images/logo.png",
        "https://brand.com/images/opening-hours.png?v=3",
        "https://brand.com/o/logo.png",
        "https://d1.awsstatic.com/logo.png",
        "cid:logo@brand",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "/track/open.php?u=1",
        "",
    ] {
        assert_eq!(open(url), None, "{url}");
    }
}

#[test]
fn a_telling_path_of_no_known_owner_is_less_than_certain() {
    assert_eq!(found(open("https://mail.brand.com/app/track/open?id=77")), Some(("generic", Medium)));
    assert_eq!(found(open("https://mail.brand.com/pixel.gif?r=8812")), Some(("generic", Medium)));
    assert_eq!(found(open("https://mail.brand.com/img/spacer.gif?x=1")), Some(("generic", Low)));
}

#[test]
fn clicks() {
    for (url, id) in [
        ("https://brand.us1.list-manage.com/track/click?u=1&id=2&e=3", "mailchimp"),
        ("https://u7.ct.sendgrid.net/ls/click?upn=u001.abc", "sendgrid"),
        ("https://links.brand.com/ls/click?upn=u001.QWJjZGVm-2BgH", "sendgrid"),
        (
            "https://elink.mail.brand.com/ss/c/u001.dQw4w9WgXcQdQw4w9WgXcQdQw4w9WgXcQdQw4w9WgXcQ/4bz/x/h0/h001.a",
            "sendgrid",
        ),
        ("https://trk.klclick.com/ls/click?upn=u001.YWJj", "klaviyo"),
        ("https://ctrk.klclick1.com/l/01GXY_0", "klaviyo"),
        ("https://d2v8tf04.na1.hubspotlinks.com/Ctc/RG+113/d2v8tf04/VW1Kxl3Xg8dCW8Q0", "hubspot"),
        ("https://cl.s7.exct.net/?qs=2ed3eb35a5dbd3b1a5b3f0f9c5d2ed3eb35a5dbd3b1a5b3f", "sfmc"),
        ("http://click.brand.com/?qs=2ed3eb35a5dbd3b1a5b3f0f9c5d2ed3eb35a5dbd3b1a5b3f", "sfmc"),
        ("http://app.go.brand.com/e/er?s=1465054361&lid=26451&elqTrackId=00ab&elq=306f", "eloqua"),
        ("https://go.brand.com/e/12345/page-name/abc12/345678?h=Zx8_qwertyuiop", "pardot"),
        ("https://abc.r.us-east-1.awstrack.me/L0/https:%2F%2Fbrand.com%2F/1/0101/x", "amazonses"),
        ("https://us-east-1.resend-clicks.com/CL0/https:%2F%2Fbrand.com/1/0102/x", "resend"),
        ("https://tracking.brand.com/CL0/https:%2F%2Fbrand.com/1/0102/x", "amazonses"),
        ("https://email.brand.com/c/eJwNyzEOwjAMAMDXNGNkO3biDB5Y-EbkJKZUokQq7f-h200358KuZ9Rmd", "mailgun"),
        ("https://1wlh8.mjt.lu/lnk/AcUAABqoEPAAAA/1/hfBMJEBrIic7RCNqnNl7qw/aHR0cHM6Ly9", "mailjet"),
        ("https://bagihfgi.r.af.d.sendibt2.com/tr/cl/cl6duIfxEVE61ObhTJ4u8Yw03lTHmd2kn221kG6", "brevo"),
        ("https://r.mail.brand.com/mk/cl/f/sh/7nVU1aA2nfsTSpINYlqq", "brevo"),
        ("https://brand.cmail20.com/t/r-l-tljdkjl-jlhkdjtkkj-y/", "campaignmonitor"),
        ("https://r20.rs6.net/tn.jsp?f=001abc", "constantcontact"),
        ("https://brand.lt.emlnk.com/Prod/link-tracker?notrack=1&redirectUrl=aHR0cHM", "activecampaign"),
        ("https://track.customer.io/e/c/eyJlbWFpbF9pZCI6", "customerio"),
        ("https://links.iterable.com/a/click?_t=abc&_m=1", "iterable"),
        ("https://fff97757.click.kit-mail3.com/8ku7d7v34kboh2dm/l2hehmhl26/aHR0cHM6", "kit"),
        ("https://app.getresponse.com/click.html?x=a62b&lc=1", "getresponse"),
        ("https://121070.seu2.cleverreach.com/c/79919679/b09ec13a504-rpen8x", "cleverreach"),
        (
            "https://public-usa.mkt.dynamics.com/api/orgs/742da8ce-1b76-f011-8589-000d3a106307/r/8Uu2c1ToLUGf?msdynmkt_target=x",
            "dynamics365",
        ),
        (
            "https://news.brand.com/link/0f4e6a0e-0a12-4bb1-9a55-7d2f5a1b2c3d/0f4e6a0e-0a12-4bb1-9a55-7d2f5a1b2c3d/0f4e6a0e-0a12-4bb1-9a55-7d2f5a1b2c3d",
            "listmonk",
        ),
        ("https://substack.com/redirect/2/eyJlIjoi", "substack"),
    ] {
        assert_eq!(found(link(url).click), Some((id, High)), "{url}");
    }
}

#[test]
fn ordinary_links_are_no_clicks() {
    for url in [
        "https://www.brand.com/",
        "https://www.brand.com/click?id=3",
        "https://www.brand.com/c/kids",
        "https://www.brand.com/e/events",
        "https://www.brand.com/r/rebajas",
        "https://click.brand.com/?qs=shoes",
        "https://www.brand.com/l/a/b/c",
        "https://mailchi.mp/brand/spring",
        "https://www.beehiiv.com/pricing",
        "mailto:a@brand.com",
        "tel:+491",
    ] {
        assert_eq!(link(url).click, None, "{url}");
    }
}

#[test]
fn pages_that_manage_the_subscription_are_no_clicks() {
    for (url, meaning) in [
        ("https://brand.us1.list-manage.com/unsubscribe?u=1&id=2", TagMeaning::Unsubscribe),
        ("https://brand.us1.list-manage.com/profile?u=1&id=2", TagMeaning::Preferences),
        ("https://us1.campaign-archive.com/?u=1&id=2", TagMeaning::WebVersion),
        ("https://links.brand.com/asm/unsubscribe/?user_id=1&data=x", TagMeaning::Unsubscribe),
        ("https://brand.cmail20.com/t/r-u-tljdkjl-jlhkdjtkkj-y/", TagMeaning::Unsubscribe),
        ("https://manage.kmail-lists.com/subscriptions/unsubscribe?a=X", TagMeaning::Unsubscribe),
        (
            "https://click.brand.com/unsub_center.aspx?qs=2ed3eb35a5dbd3b1a5b3f0f9c5d2ed3eb35a5dbd3b1a5b3f",
            TagMeaning::Unsubscribe,
        ),
        ("https://fff97757.unsubscribe.kit-mail3.com/8ku7d7v3", TagMeaning::Unsubscribe),
        ("https://app.getresponse.com/unsubscribe.html?x=a62b", TagMeaning::Unsubscribe),
        ("https://visitor.r20.constantcontact.com/do?p=un&m=001", TagMeaning::Unsubscribe),
        ("https://brand.activehosted.com/proc.php?nl=1&c=2&act=unsub", TagMeaning::Unsubscribe),
    ] {
        assert_eq!(link(url).management, Some(meaning), "{url}");
        assert_eq!(link(url).click, None, "{url}");
    }
    assert_eq!(link("https://www.brand.com/unsubscribe").management, None, "whose words say it, not whose shape");
}

#[test]
fn hosts_of_one_family_are_one_party() {
    assert_eq!(family_of_host("mandrillapp.com"), Some("mailchimp"));
    assert_eq!(family_of_host("brand.us1.list-manage.com"), Some("mailchimp"));
    assert_eq!(family_of_host("cl.s7.exct.net"), family_of_host("go.pardot.com"));
    assert_eq!(family_of_host("brand.cmail4.com"), family_of_host("brand.updatemyprofile.com"));
    assert_eq!(family_of_host("r20.rs6.net"), family_of_host("visitor.r20.constantcontact.com"));
    assert_eq!(family_of_host("brand.com"), None);
}

#[test]
fn rewritten_links_are_unwrapped() {
    for (url, link) in [
        (
            "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.brand.com%2Fa%3Fb%3Dc&data=05%7C01&sdata=x&reserved=0",
            "https://www.brand.com/a?b=c",
        ),
        ("https://urldefense.com/v3/__https://www.brand.com/a__;!!BeGeivfSdT4o5A!hsxs$", "https://www.brand.com/a"),
        (
            "https://urldefense.com/v3/__https://lore.kernel.org/r/Ykqg0kr0F*2Fyzk2XW@infradead.org/__;JQ!!ACWV5N9M2RV99hQ!M$",
            "https://lore.kernel.org/r/Ykqg0kr0F%2Fyzk2XW@infradead.org/",
        ),
        ("https://urldefense.com/v3/__https:/www.brand.com/a**Bb__;KysrKw!!x!y$", "https://www.brand.com/a+++b"),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.brand.com_a-3Fb-3Dc&d=DwMFaQ&c=x&r=y",
            "https://www.brand.com/a?b=c",
        ),
        ("https://urldefense.proofpoint.com/v1/url?u=http://www.brand.com/&k=x", "http://www.brand.com/"),
        ("https://protect-eu.mimecast.com/s/AbC1?domain=www.brand.com", "https://www.brand.com"),
        (
            "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fwww.brand.com%2fa&c=E,1,o&typo=1",
            "https://www.brand.com/a",
        ),
        ("https://secure-web.cisco.com/1EH1B-CLV/https%3A%2F%2Fwww.brand.com%2Fa", "https://www.brand.com/a"),
        (
            "https://ddec1-0-en-ctp.trendmicro.com:443/wis/clicktime/v1/query?url=https%3a%2f%2fwww.brand.com&umid=x",
            "https://www.brand.com",
        ),
        (
            "https://eu-central-1.protection.sophos.com/?d=brand.com&u=aHR0cHM6Ly93d3cuYnJhbmQuY29tL2E=&i=x",
            "https://www.brand.com/a",
        ),
        ("https://eu-central-1.protection.sophos.com/?d=brand.com&u=!!!&i=x", "https://brand.com"),
        (
            "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Flinkprotect.cudasvc.com%2Furl%3Fa%3Dhttps%253a%252f%252fbrand.com",
            "https://brand.com",
        ),
    ] {
        assert_eq!(unwrap_receiver(url).as_deref(), Some(link), "{url}");
    }
}

#[test]
fn other_links_are_left_alone() {
    for url in [
        "https://www.brand.com/?url=https%3A%2F%2Fother.com",
        "https://www.google.com/url?q=https://brand.com",
        "https://www.mimecast.com/products?domain=brand.com",
        "https://notsafelinks.protection.outlook.com.evil.com/?url=https%3A%2F%2Fbrand.com",
        "https://eur02.safelinks.protection.outlook.com/?url=javascript:alert(1)",
        "https://urldefense.com/v3/",
    ] {
        assert_eq!(unwrap_receiver(url), None, "{url}");
    }
}

#[test]
fn destinations_in_plain_text() {
    let to = |url: &str| destination(url);
    assert_eq!(to("https://t.brand.com/c?id=3&url=https%3A%2F%2Fshop.com%2Fx").as_deref(), Some("https://shop.com/x"));
    assert_eq!(to("https://www.google.com/url?q=https://brand.com/a&sa=D").as_deref(), Some("https://brand.com/a"));
    assert_eq!(to("https://t.brand.com/?redirect=https%253A%252F%252Fshop.com").as_deref(), Some("https://shop.com"));
    assert_eq!(to("https://shop.com/search?q=red+shoes"), None);
    assert_eq!(to("https://links.brand.com/ls/click?upn=https://x.com"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), path in "[a-zA-Z0-9/%=&?*;_.~-]{0,80}") {
        let hosts = ["urldefense.com/v3/__", "x.cmail20.com/t/", "eu.protection.sophos.com/", "links.brand.com/"];
        let urls = hosts.iter().map(|host| format!("https://{host}{path}{text}"));
        for url in urls.chain([text.clone()]) {
            open(&url);
            link(&url);
            unwrap_receiver(&url);
            destination(&url);
            family_of_host(&url);
        }
    }

    #[test]
    fn a_rewriter_gives_back_what_it_was_given(path in "[a-zA-Z0-9/._-]{0,40}") {
        let link = format!("https://www.brand.com/{path}");
        let escaped: String = link.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let url = format!("https://eur02.safelinks.protection.outlook.com/?url={escaped}&data=1");
        prop_assert_eq!(unwrap_receiver(&url), Some(link));
    }
}
