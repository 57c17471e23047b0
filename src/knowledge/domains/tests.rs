#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

#[test]
fn registrable_domains() {
    for (host, domain) in [
        ("www.brand.co.uk", Some("brand.co.uk")),
        ("brand.com", Some("brand.com")),
        ("a.b.c.brand.de", Some("brand.de")),
        ("one.github.io", Some("one.github.io")),
        ("x.one.github.io", Some("one.github.io")),
        ("brand.com.", Some("brand.com")),
        ("xn--bcher-kva.de", Some("xn--bcher-kva.de")),
        ("co.uk", None),
        ("com", None),
        ("github.io", None),
        ("localhost", None),
        ("192.0.2.7", None),
        ("[2001:db8::1]", None),
        ("brand.nosuchtld", None),
        ("brand..com", None),
        ("", None),
    ] {
        assert_eq!(registrable(host), domain, "{host}");
    }
}

#[test]
fn brand_labels() {
    assert_eq!(brand_label("www.brand.co.uk"), Some("brand"));
    assert_eq!(brand_label("news.brand.de"), Some("brand"));
    assert_eq!(brand_label("192.0.2.7"), None);
}

#[test]
fn free_mailboxes() {
    for host in [
        "outlook.com",
        "Gmail.com",
        "hotmail.co.uk",
        "web.de",
        "yahoo.co.jp",
        "qq.com",
        "proton.me",
        "mail.ru",
        "icloud.com",
    ] {
        assert!(is_freemail(host), "{host}");
    }
    for host in ["mail.outlook.com", "brand.com", "microsoft.com", "google.com", "kit.com", ""] {
        assert!(!is_freemail(host), "{host}");
    }
}

#[test]
fn shorteners() {
    for host in ["bit.ly", "tinyurl.com", "WWW.bit.ly", "cutt.ly", "is.gd", "goo.gl"] {
        assert!(is_shortener(host), "{host}");
    }
    for host in ["youtu.be", "lnkd.in", "t.co", "aka.ms", "maps.app.goo.gl", "brand.ly", "rabbit.ly", "ly"] {
        assert!(!is_shortener(host), "{host}");
    }
}

#[test]
fn common_hosts() {
    for (host, kind) in [
        ("www.facebook.com", Some(CommonHost::Social)),
        ("de.linkedin.com", Some(CommonHost::Social)),
        ("apps.apple.com", Some(CommonHost::AppStore)),
        ("play.google.com", Some(CommonHost::AppStore)),
        ("maps.google.com", Some(CommonHost::Map)),
        ("calendar.google.com", Some(CommonHost::Calendar)),
        ("youtu.be", Some(CommonHost::Video)),
        ("Fonts.GoogleAPIs.com", Some(CommonHost::Font)),
        ("www.trustpilot.com", Some(CommonHost::Badge)),
        ("google.com", None),
        ("notfacebook.com", None),
    ] {
        assert_eq!(common(host), kind, "{host}");
    }
}

#[test]
fn reserved_names() {
    for host in ["example.com", "www.example.org", "shop.test", "localhost", "a.invalid", "brand.example"] {
        assert!(is_reserved(host), "{host}");
    }
    for host in ["example.de", "myexample.com", "testing.com"] {
        assert!(!is_reserved(host), "{host}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), host in "[a-z0-9.:\\[\\]-]{0,40}") {
        for text in [&text, &host] {
            if let Some(domain) = registrable(text) {
                prop_assert!(text.contains(domain));
            }
            brand_label(text);
            is_freemail(text);
            is_shortener(text);
            common(text);
            is_reserved(text);
        }
    }
}
