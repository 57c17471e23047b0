//! What URLs say.

use super::super::{Meaning, url_hint};

#[test]
fn an_opt_out_is_in_the_path_the_query_or_a_host_label() {
    for url in [
        "https://brand.us14.list-manage.com/unsubscribe?u=3f21937f",
        "https://unsubscribe.bulkmailer.com/u/1",
        "http://www.imakenews.com/eletra/unsub.cfm?x=1",
        "https://x.infusionsoft.com/app/optOut/72/1f36",
        "https://example.org/?action=opt_out&id=1",
        "https://shop.example/newsletter/abmelden/abc",
        "https://shop.example/desinscription?id=4",
        "https://shop.example/d%C3%A9sinscription",
        "https://tienda.example/baja?mail=x",
        "https://loja.example/descadastrar/1",
        "https://shop.example/%D0%BE%D1%82%D0%BF%D0%B8%D1%81%D0%B0%D1%82%D1%8C%D1%81%D1%8F",
        "https://shop.example/blog/unsubscribe",
        "https://github.com/notifications/unsubscribe-auth/AAWAEMH2",
        "mailto:unsubscribe-123@lists.example?subject=x",
        "mailto:news@lists.example?subject=Unsubscribe",
        "mailto:leave-list-000F@list4.example",
        "{{ unsubscribe_url }}",
        "https://go.example/c?to=https%3A%2F%2Fbrand.example%2Funsubscribe",
    ] {
        assert_eq!(url_hint(url), Some(Meaning::Unsubscribe), "{url}");
    }
}

#[test]
fn the_other_hints() {
    let other = [
        ("https://brand.list-manage.com/profile/preferences?u=1", Meaning::Preferences),
        ("https://brand.example/email-preferences", Meaning::Preferences),
        ("https://brand.example/account/manageSubscriptions", Meaning::Preferences),
        ("https://mail.brand.example/view-in-browser/abc", Meaning::WebVersion),
        ("https://mail.brand.example/webversion?id=1", Meaning::WebVersion),
        ("https://brand.example/privacy-policy", Meaning::Privacy),
        ("https://brand.example/de/datenschutzerklaerung.html", Meaning::Privacy),
        ("https://brand.example/politica-de-privacidad", Meaning::Privacy),
        ("https://brand.example/privacy/opt-out", Meaning::Privacy),
    ];
    for (url, meaning) in other {
        assert_eq!(url_hint(url), Some(meaning), "{url}");
    }
}

#[test]
fn words_that_only_contain_a_hint_say_nothing() {
    for url in [
        "https://tienda.example/rebajas",
        "https://empresa.example/trabajar-con-nosotros",
        "https://travel.example/baja-california",
        "https://shop.example/suspenders",
        "https://sport.example/austragungsort",
        "https://mailer.example/blog/how-to-reduce-unsubscribe-rates",
        "https://conference.example/unsubmitted",
        "https://conference.example/proposals?state=unsubmitted",
        "https://mailer.example/articles/unsubscribe-links-explained",
        "https://shop.example/sale?utm_content=unsubscribe",
        "https://www.unsubscribe.com/",
        "https://shop.example/cookie-preferences",
        "https://shop.example/p/1",
        "",
        "%",
        "https://",
    ] {
        assert_eq!(url_hint(url), None, "{url}");
    }
}
