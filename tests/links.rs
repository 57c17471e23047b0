//! Where the message leads: what each lint of the topic `links` says, and of what it stays silent.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, levels, lint_only, marks};
use presend::diagnostic::Level;

/// A draft of these lines.
fn html(body: &str) -> String {
    format!("<!DOCTYPE html>\n<html><body>\n{body}\n</body></html>\n")
}

/// A mail from `marketing@brand.com` that is not sent yet, with these fields and this HTML.
fn mail(fields: &str, body: &str) -> String {
    format!(
        "From: \"Brand\" <marketing@brand.com>\nSubject: News\n{fields}Content-Type: text/html; charset=utf-8\n\n{body}\n"
    )
}

/// What `lint` marks in a draft of `body`.
#[track_caller]
fn draft(lint: &str, options: &str, body: &str, marked: &[&str]) {
    assert_eq!(marks(lint, "draft.html", options, &html(body)), marked, "{body}");
}

/// What `lint` marks in a mail from `brand.com` with `body`.
#[track_caller]
fn sent(lint: &str, fields: &str, body: &str, marked: &[&str]) {
    assert_eq!(marks(lint, "mail.eml", "", &mail(fields, body)), marked, "{fields}{body}");
}

fn text_link(href: &str, text: &str) -> String {
    format!("<p>Read <a href=\"{href}\">{text}</a>.</p>\n")
}

fn picture(href: &str) -> String {
    format!(
        "<p><a href=\"{href}\"><img src=\"https://brand.com/i.png\" width=\"600\" height=\"300\" alt=\"Offer\"></a></p>\n"
    )
}

fn footer(links: &[(&str, &str)]) -> String {
    let links = links.iter().map(|(href, text)| format!("<a href=\"{href}\">{text}</a>\n"));
    format!("<p>You receive this because you subscribed.\n{}</p>\n", links.collect::<String>())
}

// split-subscription-links: the link-domain algorithm

#[test]
fn the_article_s_right_hosts_are_one_domain() {
    let body = footer(&[
        ("https://unsubscribe.bulkmailer.com/u/1", "Unsubscribe"),
        ("https://profile.bulkmailer.com/u/1", "Update your profile"),
        ("https://options.bulkmailer.com/u/1", "Email preferences"),
    ]);
    draft("split-subscription-links", "", &body, &[]);
}

#[test]
fn the_article_s_wrong_hosts_are_three() {
    let body = footer(&[
        ("https://unsubscribe.bulkmailer.com/u/1", "Unsubscribe"),
        ("https://profile.excite.com/u/1", "Update your profile"),
        ("https://options.yahoo.com/u/1", "Email preferences"),
    ]);
    draft("split-subscription-links", "", &body, &["https://profile.excite.com/u/1"]);
}

#[test]
fn subscription_links_that_something_explains() {
    let split = "split-subscription-links";
    // Mailchimp, the brand and social networks
    let body = footer(&[
        ("https://brand.us1.list-manage.com/unsubscribe?u=1&id=2&e=3", "Unsubscribe"),
        ("https://brand.us1.list-manage.com/profile?u=1&id=2&e=3", "Update your preferences"),
        ("https://brand.com/account", "Manage your profile"),
        ("https://facebook.com/brand", "Facebook"),
    ]);
    sent(split, "", &body, &[]);
    // Salesforce Marketing Cloud: view. and pub. hosts of the brand, and clicks of the provider
    let token = "0123456789abcdef0123456789abcdef0123456789abcdef";
    let body = footer(&[
        (&format!("https://cl.s7.exct.net/unsub_center.aspx?qs={token}"), "Unsubscribe"),
        (&format!("https://pub.brand.com/preferences?qs={token}"), "Manage preferences"),
        (&format!("https://view.brand.com/?qs={token}"), "View in browser"),
    ]);
    sent(split, "", &body, &[]);
    // Constant Contact
    let body = footer(&[
        ("https://visitor.constantcontact.com/do?p=un&m=001", "Unsubscribe"),
        ("https://visitor.constantcontact.com/do?p=oo&m=001", "Update profile"),
        ("https://r20.rs6.net/tn.jsp?f=001&c=x", "Email preferences"),
    ]);
    draft(split, "", &body, &[]);
    // one sender's domains that differ in their ending
    let body = footer(&[("https://brand.co.uk/u", "Unsubscribe"), ("https://brand.com/p", "Email preferences")]);
    draft(split, "", &body, &[]);
    // an international name, written in two ways
    let body = footer(&[("https://bücher.de/u", "Unsubscribe"), ("https://xn--bcher-kva.de/p", "Email preferences")]);
    draft(split, "", &body, &[]);
    // all hosts in tags
    let body = footer(&[("{{ unsubscribe_url }}", "Unsubscribe"), ("{{ preferences_url }}", "Email preferences")]);
    draft(split, "", &body, &[]);
    // named in the configuration
    let body = footer(&[("https://one.com/u", "Unsubscribe"), ("https://two.com/p", "Email preferences")]);
    draft(split, "own-domain=one.com own-domain=two.com", &body, &[]);
}

#[test]
fn two_tenants_of_one_platform_are_two_senders() {
    let body = footer(&[("https://one.github.io/u", "Unsubscribe"), ("https://two.github.io/p", "Email preferences")]);
    draft("split-subscription-links", "", &body, &["https://two.github.io/p"]);
}

#[test]
fn subscription_links_are_looked_at_behind_a_receiver_s_rewriting() {
    let safe = |inner: &str| format!("https://eur01.safelinks.protection.outlook.com/?url={inner}&data=05");
    let body = footer(&[
        (&safe("https%3A%2F%2Funsubscribe.bulkmailer.com%2Fu"), "Unsubscribe"),
        (&safe("https%3A%2F%2Fprofile.excite.com%2Fu"), "Update your profile"),
    ]);
    draft("split-subscription-links", "", &body, &[&safe("https%3A%2F%2Fprofile.excite.com%2Fu")]);
}

// scattered-link-domains

const SCATTERED: &str = "scattered-link-domains";

#[test]
fn buttons_and_pictures_that_lead_to_three_unrelated_domains() {
    let ads = picture("https://bags.com/1") + &picture("https://watches.net/2") + &picture("https://scarves.org/3");
    draft(SCATTERED, "", &ads, &["bags.com"]);
    let button = |href: &str| format!("<p><a style=\"background:#c00;color:#fff\" href=\"{href}\">Buy now</a></p>\n");
    let buttons = button("https://bags.com/1") + &button("https://watches.net/2") + &button("https://scarves.org/3");
    draft(SCATTERED, "", &buttons, &["bags.com"]);
    // two are not too many; the sender's own does not count
    draft(SCATTERED, "", &(picture("https://bags.com/1") + &picture("https://watches.net/2")), &[]);
    sent(
        SCATTERED,
        "",
        &(picture("https://bags.com/1") + &picture("https://watches.net/2") + &picture("https://brand.com/3")),
        &[],
    );
}

#[test]
fn scattered_links_that_something_explains() {
    let ads = || picture("https://bags.com/1") + &picture("https://watches.net/2") + &picture("https://scarves.org/3");
    // partners
    draft(SCATTERED, "partner-domain=bags.com", &ads(), &[]);
    // text links are content, also beside pictures of a digest
    let texts: String = (1..=6).map(|n| text_link(&format!("https://paper{n}.com/a"), "an article")).collect();
    draft(SCATTERED, "", &texts, &[]);
    draft(SCATTERED, "", &(texts + &ads()), &[]);
    draft(SCATTERED, "digest=true", &ads(), &[]);
    // social networks, shops for applications, maps
    let common = picture("https://facebook.com/b")
        + &picture("https://apps.apple.com/b")
        + &picture("https://maps.google.com/b");
    draft(SCATTERED, "", &common, &[]);
    // 70 % of the links lead one way
    let own: String = (1..=8).map(|n| text_link(&format!("https://shop.test-brand.com/{n}"), "more")).collect();
    draft(SCATTERED, "", &(own + &ads()), &[]);
    // a document on somebody's storage, in text
    draft(SCATTERED, "", &text_link("https://d111abcdef8.cloudfront.net/catalog.pdf", "the catalog"), &[]);
    // one sender with many endings
    let endings = picture("https://brand.de/1") + &picture("https://brand.fr/2") + &picture("https://brand.it/3");
    sent(SCATTERED, "", &endings, &[]);
    // hosts in tags
    let tags = picture("{{ a }}") + &picture("{{ b }}") + &picture("https://{{ c }}/x");
    draft(SCATTERED, "", &tags, &[]);
}

#[test]
fn one_click_tracker_is_consistent_whatever_it_leads_to() {
    let mailchimp = |n: u32| format!("https://brand.us1.list-manage.com/track/click?u=1&id={n}&e=3");
    let social = text_link("https://facebook.com/brand", "Facebook");
    let body = picture(&mailchimp(1)) + &picture(&mailchimp(2)) + &picture("https://bags.com/1") + &social;
    draft(SCATTERED, "", &body, &[]);
}

#[test]
fn two_click_trackers_are_reported_at_the_rarer_one() {
    let mailchimp = |n: u32| format!("https://brand.us1.list-manage.com/track/click?u=1&id={n}&e=3");
    let body = picture(&mailchimp(1))
        + &picture(&mailchimp(2))
        + &text_link("https://u1.ct.sendgrid.net/ls/click?upn=abc", "the partner");
    draft(SCATTERED, "", &body, &["u1.ct.sendgrid.net"]);
    // two of one company are one
    let both = picture(&mailchimp(1)) + &text_link("https://mandrillapp.com/track/click/1/brand.com?p=x", "more");
    draft(SCATTERED, "", &both, &[]);
}

// url-shortener

#[test]
fn public_shorteners() {
    draft("url-shortener", "", &text_link("https://bit.ly/3xYz", "new bags"), &["bit.ly"]);
    // once for each shortener
    let body = text_link("https://bit.ly/a", "a")
        + &text_link("https://bit.ly/b", "b")
        + &text_link("https://tinyurl.com/c", "c");
    draft("url-shortener", "", &body, &["bit.ly", "tinyurl.com"]);
    // behind a receiver's rewriting
    let safe = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbit.ly%2F3xYz&data=05";
    draft("url-shortener", "", &text_link(safe, "new bags"), &["bit.ly"]);
    // vendors' own, and the sender's own
    draft("url-shortener", "", &text_link("https://youtu.be/abc", "film"), &[]);
    draft("url-shortener", "own-domain=bit.ly", &text_link("https://bit.ly/3xYz", "new bags"), &[]);
    draft("url-shortener", "", &text_link("https://habit.ly/x", "new bags"), &[]);
}

// offsite-redirect-link

#[test]
fn open_redirects_on_the_sender_s_own_domain() {
    let redirect = "offsite-redirect-link";
    let body = text_link("https://brand.com/go?a=1&amp;url=https%3A%2F%2Fother.com%2Fx&amp;b=2", "the outlet");
    sent(redirect, "", &body, &["url=https%3A%2F%2Fother.com%2Fx"]);
    for silent in [
        // to itself, to an ending of its own, to a social network
        "https://brand.com/go?url=https%3A%2F%2Fshop.brand.com%2Fx",
        "https://brand.com/go?url=https%3A%2F%2Fbrand.de%2Fx",
        "https://brand.com/go?url=https%3A%2F%2Finstagram.com%2Fbrand",
        // to share, and somebody else's
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fother.com",
        "https://elsewhere.com/go?url=https%3A%2F%2Fother.com%2Fx",
        // no link in it
        "https://brand.com/go?url=autumn",
        "https://brand.com/go?url={{ target }}",
    ] {
        sent(redirect, "", &text_link(silent, "the outlet"), &[]);
    }
    // the mail's click tracker
    let clicks: String = (1..=4)
        .map(|n| text_link(&format!("https://click.brand.com/r?url=https%3A%2F%2Fshop{n}.com"), "more"))
        .collect();
    sent(redirect, "", &clicks, &[]);
    assert_eq!(marks(redirect, "mail.eml", "partner-domain=other.com", &mail("", &body)), Vec::<String>::new());
}

// mismatched-link-text

const MISMATCH: &str = "mismatched-link-text";

/// A host with an open brace in it may be the beginning of a merge tag, whatever stood before.
#[test]
fn a_merge_tag_in_a_host_is_one_behind_a_link_alike() {
    let page = "<a href='https://{{a.com/x'>one</a> <a href='https://{{a.com/}}/sale'>www.other.com</a>";
    assert_eq!(marks(MISMATCH, "mail.html", "", page), [""; 0]);
    let page = "<a href='https://a.com/x'>one</a> <a href='https://a.com/{{page}}'>www.other.com</a>";
    assert_eq!(marks(MISMATCH, "mail.html", "", page), ["www.other.com"]);
}

#[test]
fn text_that_names_another_domain() {
    draft(MISMATCH, "", &text_link("https://evil.net/x", "www.brand.com"), &["www.brand.com"]);
    draft(
        MISMATCH,
        "",
        &text_link("https://evil.net/x", "https://brand.com/login?x=1"),
        &["https://brand.com/login?x=1"],
    );
    draft(MISMATCH, "", &text_link("https://evil.net/x", "brand.com"), &["brand.com"]);
    draft(MISMATCH, "", &text_link("https://evil.net/x", "go to www.brand.com now"), &["www.brand.com"]);
    draft(MISMATCH, "", &text_link("https://evil.net/x", "b&#252;cher.de"), &["b&#252;cher.de"]);
    draft(MISMATCH, "", &text_link("https://evil.net/brand.com", "brand.com"), &["brand.com"]);
    draft(MISMATCH, "", &text_link("https://www.instagram.com/other", "brand.com"), &["brand.com"]);
}

#[test]
fn link_texts_that_deceive_nobody() {
    for (href, text) in [
        ("https://shop.brand.com/x", "www.brand.com"),
        ("https://brand.de/x", "brand.com"),
        ("https://xn--bcher-kva.de/", "bücher.de"),
        ("https://evil.net/x", "our new bags"),
        ("https://evil.net/x", "info@brand.com"),
        ("https://evil.net/x", "readme.md"),
        ("https://evil.net/x", "ASP.NET"),
        ("https://evil.net/x", "node.js"),
        ("https://evil.net/x", "10.30"),
        ("https://evil.net/x", "19.99"),
        ("https://evil.net/x", "how Booking.com does it"),
        ("#", "www.brand.com"),
        ("{{ url }}", "www.brand.com"),
        ("https://evil.net/x", "www.{{ domain }}"),
        ("mailto:a@evil.net", "www.brand.com"),
        ("https://x.com/brand", "twitter.com/brand"),
        // handles
        ("https://www.instagram.com/brand", "@brand.coffee"),
        ("https://www.tiktok.com/@brand", "(@brand.coffee)"),
        ("https://bsky.app/profile/brand.coffee", "@brand.coffee"),
        ("https://bsky.app/profile/brand.coffee", "brand.coffee"),
        ("https://social.brand.net/@brand", "@brand.coffee"),
        ("https://evil.net/go?url=https%3A%2F%2Fbrand.com", "brand.com"),
        ("https://example.com/x", "www.brand.com"),
        ("https://evil.net/x", "www.example.com"),
        // click trackers by their shape
        ("https://brand.us1.list-manage.com/track/click?u=1&amp;id=2&amp;e=3", "www.brand.com"),
        ("https://r20.rs6.net/tn.jsp?f=001&amp;c=x", "www.brand.com"),
    ] {
        draft(MISMATCH, "", &text_link(href, text), &[]);
    }
    // a sentence ends in the middle of the words; a time, a version
    for text in ["Sale.Now", "brand.com.Here", "10.am", "v2.0.io"] {
        draft(MISMATCH, "", &text_link("https://www.shop.net/x", text), &[]);
    }
    draft(MISMATCH, "", &text_link("https://www.shop.net/x", "BRAND.com"), &["BRAND.com"]);
    draft(MISMATCH, "own-domain=brand.com own-domain=shop.net", &text_link("https://shop.net/x", "www.brand.com"), &[]);
}

#[test]
fn the_mail_s_own_click_tracker_may_stand_behind_any_text() {
    let clicks: String =
        (1..=4).map(|n| text_link(&format!("https://go.mailer.net/c/8f2c0e77a1b2c3d4e5f{n}"), "more")).collect();
    let named = text_link("https://go.mailer.net/c/8f2c0e77a1b2c3d4e5f9", "www.brand.com");
    draft(MISMATCH, "", &(clicks + &named), &[]);
    // the host of List-Unsubscribe
    sent(MISMATCH, "List-Unsubscribe: <https://go.mailer.net/u/1>\n", &named, &[]);
    // but not a site where most links happen to lead
    let pages: String = (1..=4).map(|n| text_link(&format!("https://evil.net/page-{n}"), "more")).collect();
    draft(MISMATCH, "", &(pages + &text_link("https://evil.net/login", "www.brand.com")), &["www.brand.com"]);
}

#[test]
fn both_places_of_a_mismatch_are_marked() {
    let linted = lint_only(
        MISMATCH,
        &Options::parse("a.html", ""),
        html(&text_link("https://evil.net/x", "www.brand.com")).as_bytes(),
    );
    let [found] = linted.diagnostics.as_slice() else { panic!("one diagnostic") };
    let also: Vec<_> =
        found.labels.iter().filter_map(|label| label.place.view.as_ref()).map(|view| view.text.as_str()).collect();
    assert_eq!(also, ["evil.net"]);
}

// ip-address-link, odd-port-link

#[test]
fn numeric_hosts_in_any_notation() {
    for host in ["203.0.113.7", "0xcb.0.113.7", "3405803783", "0313.0.0161.7", "[2001:db8::7]"] {
        draft("ip-address-link", "", &text_link(&format!("http://{host}/x"), "x"), &[host]);
    }
    // private ones are another lint's
    for host in ["192.168.1.1", "127.0.0.1", "[::1]", "brand.com", "1.2.3.4.brand.com", "{{ ip }}"] {
        draft("ip-address-link", "", &text_link(&format!("http://{host}/x"), "x"), &[]);
    }
}

#[test]
fn unusual_ports() {
    draft("odd-port-link", "", &text_link("https://brand.com:8443/x", "x"), &["8443"]);
    for url in [
        "https://brand.com:443/x",
        "http://brand.com:80/x",
        "http://brand.com:443/x",
        "http://brand.com:8080/x",
        "https://brand.com/a:8443",
        "http://localhost:3000/x",
        "https://brand.com:{{ port }}/x",
    ] {
        draft("odd-port-link", "", &text_link(url, "x"), &[]);
    }
}

// private-link

#[test]
fn hosts_that_only_the_sender_s_network_knows() {
    for host in [
        "localhost",
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.9.9",
        "192.168.0.9",
        "100.64.1.1",
        "169.254.9.9",
        "[::1]",
        "[fd00::1]",
        "intranet",
        "shop.local",
        "wiki.lan",
        "a.internal",
        "nas.home.arpa",
        "shop.test",
        "shop.invalid",
    ] {
        draft("private-link", "", &text_link(&format!("http://{host}/x"), "x"), &[host]);
    }
    for host in [
        "172.32.0.1",
        "172.15.0.1",
        "8.8.8.8",
        "brand.com",
        "localhost.brand.com",
        "{{ host }}",
        "-unsubscribe-",
        "__url__",
        "www.example.com",
    ] {
        draft("private-link", "", &text_link(&format!("http://{host}/x"), "x"), &[]);
    }
    draft(
        "private-link",
        "",
        &text_link("file:///C:/Users/ada/catalog.pdf", "x"),
        &["file:///C:/Users/ada/catalog.pdf"],
    );
    // a reader's own machine, spoken of
    draft("private-link", "", &text_link("http://localhost:3000", "http://localhost:3000"), &[]);
    draft("private-link", "audience=internal", &text_link("http://intranet/x", "x"), &[]);
}

#[test]
fn hosts_where_the_sender_s_site_is_tried_out() {
    sent("private-link", "", &text_link("https://staging.brand.com/x", "x"), &["staging.brand.com"]);
    sent("private-link", "", &text_link("https://www-stg.brand.com/x", "x"), &["www-stg.brand.com"]);
    draft(
        "private-link",
        "",
        &(text_link("https://staging.shop.de/x", "x") + &text_link("https://www.shop.de", "y")),
        &["staging.shop.de"],
    );
    // somebody else's site for developers
    sent("private-link", "", &text_link("https://dev.mysql.com/doc", "x"), &[]);
    sent("private-link", "", &text_link("https://stage.brand.events/x", "x"), &[]);
}

#[test]
fn private_links_are_denied_in_a_mail_and_warned_about_in_a_template() {
    let body = text_link("http://localhost/x", "x");
    assert_eq!(levels("private-link", "a.eml", "", &mail("", &body)), [Level::Deny]);
    assert_eq!(levels("private-link", "a.html", "", &html(&body)), [Level::Warn]);
    let body = text_link("https://dev.brand.com/x", "x");
    assert_eq!(levels("private-link", "a.eml", "", &mail("", &body)), [Level::Warn]);
}

// placeholder-link

const PLACEHOLDER: &str = "placeholder-link";

#[test]
fn targets_that_are_still_to_be_put_in() {
    let others = text_link("https://brand.com/1", "one")
        + &text_link("https://brand.com/2", "two")
        + &text_link("https://brand.com/3", "three");
    for (href, marked) in [
        ("#", "#"),
        ("#nowhere", "#nowhere"),
        ("https://", "https://"),
        ("http://", "http://"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("https://www.example.com/shop", "www.example.com"),
        ("https://yourdomain.com/shop", "yourdomain.com"),
        ("https://YOUR-DOMAIN/shop", "YOUR-DOMAIN"),
        ("https://INSERT-LINK", "INSERT-LINK"),
        ("http://https://brand.com/x", "http://https://brand.com/x"),
    ] {
        draft(PLACEHOLDER, "", &(others.clone() + &text_link(href, "the whole offer")), &[marked]);
    }
    draft(PLACEHOLDER, "", &(others.clone() + &picture("#")), &["#"]);
    // once for one target
    draft(PLACEHOLDER, "", &(others + &text_link("#", "one offer") + &text_link("#", "another offer")), &["#"]);
}

#[test]
fn words_in_the_place_of_a_target() {
    for href in ["TODO", "[LINK]", "undefined", "insert_link_here"] {
        let body = text_link("https://brand.com/1", "one") + &text_link(href, "the offer");
        assert_eq!(marks(PLACEHOLDER, "a.eml", "stage=rendered", &mail("", &body)), [href]);
        // a template puts something else there
        draft(PLACEHOLDER, "", &body, &[]);
    }
    for href in ["https://brand.com/todo", "{{ link }}", "links"] {
        draft(PLACEHOLDER, "stage=rendered", &text_link(href, "the offer"), &[]);
    }
}

#[test]
fn paths_of_windows_are_files() {
    for href in ["C:\\Users\\jo\\flyer.pdf", "\\\\server\\flyer.pdf", "file:///c:/flyer.pdf"] {
        assert_eq!(marks("private-link", "a.eml", "", &mail("", &text_link(href, "x"))), [href]);
    }
}

#[test]
fn a_draft_whose_links_are_mostly_placeholders_is_told_once() {
    let body: String = ["#", "https://example.com", "#", "https://", "https://brand.com/x"]
        .map(|href| text_link(href, "an offer"))
        .concat();
    draft(PLACEHOLDER, "", &body, &["#"]);
}

#[test]
fn marks_that_are_no_placeholders() {
    for body in [
        // kept from being linked
        "<p><a href=\"#\">12 Main Street, Springfield 62701</a></p>",
        "<p><a href=\"#\">+1 (425) 555-0100</a></p>",
        "<p><a href=\"#\">Mon 5/10 at 10:30</a></p>",
        "<p><a href=\"#\" style=\"color:inherit;text-decoration:none\">5 October</a></p>",
        "<p><a href=\"#\">brand.com</a></p>",
        // inside the mail
        "<p><a href=\"#offers\">Our offers</a></p><h2 id=\"offers\">Offers</h2>",
        "<p><a href=\"#offers\">Our offers</a></p><a name=\"Offers\"></a>",
        "<p id=\"x\"><a href=\"#top\">To the top</a></p>",
        // a provider or a template engine fills it in
        "<p><a href=\"#\" xt=\"SPOPTOUT\">Unsubscribe</a></p>",
        "<p><a href=\"#\" th:href=\"@{${url}}\">Our offers</a></p>",
        "<p><a href=\"#{{ id }}\">Our offers</a></p>",
        // the opt-out is another lint's
        "<p><a href=\"#\">Unsubscribe</a></p>",
        "<p><a href=\"https://brand.com/example.com\">Our offers</a></p>",
    ] {
        draft(PLACEHOLDER, "", body, &[]);
    }
}

#[test]
fn placeholders_are_denied_in_a_mail_and_warned_about_in_a_draft() {
    let body = text_link("#", "the whole offer");
    assert_eq!(levels(PLACEHOLDER, "a.eml", "", &mail("", &body)), [Level::Deny]);
    assert_eq!(levels(PLACEHOLDER, "a.html", "", &html(&body)), [Level::Warn]);
}

// relative-link, empty-link, insecure-link

#[test]
fn addresses_without_a_scheme() {
    for address in [
        "www.brand.com/x",
        "brand.com:8080/x",
        "//brand.com/x",
        "shop/index.html",
        "/shop",
        "./a.html",
        "info@brand.com",
        "a b.pdf",
    ] {
        draft("relative-link", "", &text_link(address, "x"), &[address]);
    }
    draft("relative-link", "", "<img src=\"images/logo.png\"><img src=\"images/b.png\">", &["images/logo.png"]);
    for address in [
        "https://brand.com",
        "mailto:info@brand.com?subject=a b",
        "tel:+1425",
        "webcal://brand.com/x",
        "#x",
        "",
        "{{ url }}",
        "{{ base }}/x.html",
        "[unsubscribe]",
        "%UNSUBSCRIBE%",
        "-unsubscribe-",
        "$unsubscribe.link",
        "@{/shop}",
        "UNSUBSCRIBE_URL",
        "*|ARCHIVE|*",
        "%%view_email_url%%",
    ] {
        draft("relative-link", "", &text_link(address, "x"), &[]);
    }
    draft("relative-link", "", "<img src=\"cid:logo.png\"><img src=\"data:image/gif;base64,R0lGOD/a+b=\">", &[]);
    draft("relative-link", "", "<base href=\"https://brand.com/\"><a href=\"shop/a.html\">x</a>", &[]);
}

#[test]
fn links_without_a_target_or_with_nothing_in_them() {
    draft("empty-link", "", "<p><a href=\"\">Our offers</a></p>", &["<a href=\"\">"]);
    draft("empty-link", "", "<p><a>Our offers</a></p>", &["<a>"]);
    draft(
        "empty-link",
        "",
        "<p><a href=\"https://brand.com\"> <span></span></a></p>",
        &["<a href=\"https://brand.com\">"],
    );
    for body in [
        "<a name=\"top\"></a><a id=\"x\">Offers</a>",
        "<a style=\"text-decoration:none\">12 Main Street, Springfield 62701</a>",
        "<a href=\"https://brand.com\"><img src=\"https://brand.com/i.png\"></a>",
        "<a href=\"https://brand.com\" title=\"Our offers\"></a>",
        "<a href=\"https://brand.com\">{{ label }}</a>",
        "<a href=\"https://brand.com\"><!--[if mso]><v:rect></v:rect><![endif]--></a>",
        "<a href=\"https://brand.com\">&nbsp;</a>",
        "<a href=\"https://brand.com\" style=\"display:none\"></a>",
        "<a :href=\"url\">Our offers</a>",
        "<a data-href=\"x\">Our offers</a>",
        "<a href=\"{{ url }}\">Our offers</a>",
    ] {
        draft("empty-link", "", body, &[]);
    }
}

#[test]
fn links_over_plain_http() {
    let body = text_link("http://brand.com/1", "one")
        + &text_link("http://brand.com/2", "two")
        + &text_link("https://brand.com/3", "three");
    draft("insecure-link", "", &body, &["http://brand.com/1"]);
    for href in ["http://localhost/x", "http://example.com/x", "http://", "http://{{ host }}/x", "mailto:a@brand.com"] {
        draft("insecure-link", "", &text_link(href, "x"), &[]);
    }
}

#[test]
fn addresses_that_no_browser_can_read() {
    let marked = |href: &str| {
        marks(
            "placeholder-link",
            "mail.html",
            "stage=rendered",
            &format!("<html><body><p>Our bags <a href=\"{href}\">are here</a>.</p></body></html>"),
        )
    };
    for href in ["htp://brand.com/x", "https://brand,com/x", "https://brand .com/x", "mailto:", "tel:"] {
        assert_eq!(marked(href), [href], "{href}");
    }
    for href in [
        "https://brand.com/a,b",
        "hxxps://brand.com/x",
        "here://brand.com/x.y",
        "mailto:?subject=x",
        "https://müller.de/",
        "tel:+49301234",
        "https://brand_shop.com/x",
    ] {
        assert_eq!(marked(href), [""; 0], "{href}");
    }
}
