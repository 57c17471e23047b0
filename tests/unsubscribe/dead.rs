//! Ways out that lead nowhere.

use super::common::marks;
use super::{DONE, found, html};

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
