//! `presend-allow` comments: what they reach, what they need, and that they are told when they are of no use.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_all, names};

/// A page with a preselected box; `before` stands right before the form.
fn page(before: &str) -> String {
    format!(
        "<!DOCTYPE html><html><body>\n<p>Join us.</p>\n{before}\n<form action=\"/join\"><input type=\"email\" name=\"email\">\
         <input type=\"password\" name=\"p\"><label><input type=\"checkbox\" name=\"n\" checked> Send me your newsletter</label></form>\n\
         </body></html>\n"
    )
}

fn found(name: &str, text: &str) -> Vec<&'static str> {
    names(&lint_all(&Options::parse(name, ""), text.as_bytes()).diagnostics)
}

#[test]
fn without_a_comment_it_is_reported() {
    assert_eq!(found("join.html", &page("")), ["preselected-consent"]);
}

#[test]
fn every_comment_syntax_allows_the_element_that_follows() {
    for (name, comment) in [
        ("join.html", "<!-- presend-allow preselected-consent: shows what was chosen -->"),
        ("join.html", "<!-- presend-allow consent/preselected_consent: shows what was chosen -->"),
        ("join.hbs", "{{!-- presend-allow preselected-consent: shows what was chosen --}}"),
        ("join.hbs", "{{! presend-allow preselected-consent: shows what was chosen }}"),
        ("join.jinja2", "{# presend-allow preselected-consent: shows what was chosen #}"),
        ("join.liquid", "{% comment %} presend-allow preselected-consent: shows what was chosen {% endcomment %}"),
        ("join.html.erb", "<%# presend-allow preselected-consent: shows what was chosen %>"),
        ("join.cshtml", "@* presend-allow preselected-consent: shows what was chosen *@"),
        ("join.html", "<!-- presend-allow image-only-body, preselected-consent: both are fine -->"),
        ("join.html", "<!-- presend-allow-file preselected-consent: shows what was chosen -->"),
    ] {
        let left: Vec<_> = found(name, &page(comment)).into_iter().filter(|lint| *lint != "unused-allow").collect();
        assert!(left.is_empty(), "{name}: {comment}: {left:?}");
    }
}

#[test]
fn a_comment_reaches_over_its_element_only() {
    let elsewhere = page("<!-- presend-allow preselected-consent: not here --><p>Another element.</p>");
    assert_eq!(found("join.html", &elsewhere), ["preselected-consent", "unused-allow"]);
}

#[test]
fn without_a_reason_nothing_is_allowed() {
    for comment in ["<!-- presend-allow preselected-consent -->", "<!-- presend-allow preselected-consent: -->"] {
        assert_eq!(found("join.html", &page(comment)), ["preselected-consent", "unused-allow"], "{comment}");
    }
}

#[test]
fn a_misspelt_name_is_told_with_the_nearest() {
    let text = page("<!-- presend-allow preselected-consnt: shows what was chosen -->");
    let linted = lint_all(&Options::parse("join.html", ""), text.as_bytes());
    assert_eq!(names(&linted.diagnostics), ["preselected-consent", "unknown-lint"]);
    let unknown = linted.diagnostics.iter().find(|diagnostic| diagnostic.lint == "unknown-lint").unwrap();
    assert_eq!(unknown.suggestions[0].edit.replacement, "preselected-consent");
    assert_eq!(unknown.primary.as_ref().unwrap().place.view.as_ref().unwrap().text, "preselected-consnt");
}

#[test]
fn a_file_comment_also_allows_what_points_at_no_element() {
    let text = "<!DOCTYPE html><html><body><!-- presend-allow-file missing-unsubscribe: the shop adds it -->\n\
                <p>Hello</p><p>See <a href=\"https://shoppershandbag.com/new\">what is new</a>.</p></body></html>";
    let linted = lint_all(&Options::parse("a.html", "purpose=bulk"), text.as_bytes());
    assert!(names(&linted.diagnostics).is_empty(), "{:?}", names(&linted.diagnostics));
}

#[test]
fn text_that_only_mentions_the_word_is_no_comment_of_ours() {
    let text = page("<!-- see the docs on presend-allow before you edit -->");
    assert_eq!(found("join.html", &text), ["preselected-consent"]);
}
