//! MJML: what its elements say, what the lints make of it, and what the files that it includes add.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_all, lint_only, marks, names};
use presend::config::Settings;
use presend::config::levels::Levels;
use presend::facts::{Facts, ImageRole, LinkRole};
use presend::lint::{Linted, lint_with};
use presend::lints::REGISTRY;
use presend::message::{Given, Message};
use presend::source::{Kind, ProjectIncludes, Source, read};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What `look` sees in the facts of an MJML source.
fn facts<T>(text: &str, look: impl FnOnce(&Facts<'_>) -> T) -> T {
    let source = Source::new("a.mjml", None, text.as_bytes().to_vec(), None);
    let settings = Settings::default();
    let message = Message::parse(&source, &Given::default());
    look(&Facts::new(&message, &settings))
}

/// The links as `href label (role)`.
fn links(text: &str) -> Vec<String> {
    facts(text, |facts| {
        let shown = |link: &presend::facts::Link| match link.role {
            LinkRole::Content => format!("{} {}", link.href, link.label),
            role => format!("{} {} ({role:?})", link.href, link.label),
        };
        facts.links().iter().map(shown).collect()
    })
}

/// The text that a reader sees, blocks separated by bars.
fn text(text: &str) -> String {
    facts(text, |facts| {
        let prose = &facts.prose()[0];
        let seen =
            prose.runs().filter(|(_, _, hidden, _)| !hidden).map(|(range, ..)| prose.text[range].trim().to_owned());
        seen.filter(|run| !run.is_empty()).collect::<Vec<_>>().join("|")
    })
}

#[test]
fn elements_with_a_target_are_links() {
    for (source, found) in [
        (
            "<mj-button href=\"https://a.example/\" title=\"t\">Shop <b>now</b></mj-button>",
            "https://a.example/ Shop now t",
        ),
        ("<mj-image src=\"a.png\" href=\"https://a.example/\" alt=\"Bags\" />", "https://a.example/ Bags"),
        ("<mj-carousel-image src=\"a.png\" href=\"https://a.example/\" alt=\"Bags\" />", "https://a.example/ Bags"),
        ("<mj-text>See <a href=\"https://a.example/\">our bags</a></mj-text>", "https://a.example/ our bags"),
        (
            "<mj-table><tr><td><a href=\"https://a.example/\">our bags</a></td></tr></mj-table>",
            "https://a.example/ our bags",
        ),
        ("<mj-raw><a href=\"https://a.example/\">our bags</a></mj-raw>", "https://a.example/ our bags"),
        (
            "<mj-navbar base-url=\"https://a.example\"><mj-navbar-link href=\"/bags\">Bags</mj-navbar-link></mj-navbar>",
            "https://a.example/bags Bags",
        ),
        (
            "<mj-navbar-link href=\"https://a.example/unsubscribe\">Leave</mj-navbar-link>",
            "https://a.example/unsubscribe Leave (Unsubscribe)",
        ),
        (
            "<mj-social-element name=\"facebook\" href=\"https://a.example/\">Share</mj-social-element>",
            "https://www.facebook.com/sharer/sharer.php?u=https://a.example/ Share (Common)",
        ),
        (
            "<mj-social-element name=\"facebook-noshare\" href=\"https://facebook.com/a\">Follow</mj-social-element>",
            "https://facebook.com/a Follow (Common)",
        ),
        ("<mj-social-element src=\"a.png\" href=\"https://a.example/\" alt=\"Blog\" />", "https://a.example/ Blog"),
        // What stands behind an image that is not closed is not in its link.
        ("<mj-image src=\"a.png\" href=\"https://a.example/\" /><mj-text>Bags</mj-text>", "https://a.example/ "),
        ("<mj-button href=\"{{ unsubscribe_url }}\">Leave</mj-button>", "{{ unsubscribe_url }} Leave (Unsubscribe)"),
        ("<mj-social-element name=\"facebook\" /><mj-button>Bags</mj-button>", ""),
        ("<mj-attributes><mj-button href=\"https://a.example/\" /></mj-attributes>", ""),
    ] {
        assert_eq!(links(source).join("\n"), found, "{source}");
    }
}

#[test]
fn what_a_reader_reads() {
    for (source, read) in [
        (
            "<mj-text>One</mj-text><mj-button>Two</mj-button><mj-table><tr><td>Three<td>Four</tr></mj-table>",
            "One|Two|Three|Four",
        ),
        (
            "<mj-social><mj-social-element>One</mj-social-element></mj-social><mj-navbar-link>Two</mj-navbar-link>",
            "One|Two",
        ),
        (
            "<mj-accordion-title>One</mj-accordion-title><mj-accordion-text>Two</mj-accordion-text><mj-raw>Three</mj-raw>",
            "One|Two|Three",
        ),
        (
            "<mjml><mj-head><mj-title>a</mj-title><mj-preview>b</mj-preview><mj-style>c {}</mj-style><mj-raw>d</mj-raw><mj-attributes><mj-text>e</mj-text></mj-attributes></mj-head><mj-body><mj-text>One</mj-text></mj-body></mjml>",
            "One",
        ),
        ("<mj-spacer height=\"2px\" /><mj-divider/><mj-image src=\"a\" /><mj-text>One</mj-text>", "One"),
        ("<mj-style>.a { display: none }</mj-style><mj-text css-class=\"a\">a</mj-text><mj-text>One</mj-text>", "One"),
        ("<mj-text>One &amp; <![CDATA[two]]></mj-text>", "One &|two"),
    ] {
        assert_eq!(text(source), read, "{source}");
    }
    let preheader = facts("<mj-head><mj-preview>Unsubscribe</mj-preview></mj-head>", |facts| {
        let prose = &facts.prose()[0];
        (prose.text.trim().to_owned(), prose.is_hidden(0))
    });
    assert_eq!(preheader, ("Unsubscribe\u{2029}".trim().to_owned(), true));
}

#[test]
fn images_are_what_they_are() {
    for (source, role, width, linked) in [
        ("<mj-image src=\"a\" />", ImageRole::Content, None, false),
        ("<mj-image src=\"a\" width=\"600px\" href=\"b\" />", ImageRole::Content, Some(600.0), true),
        ("<mj-image src=\"a\" width=\"80px\" />", ImageRole::Small, Some(80.0), false),
        ("<mj-image src=\"a\" width=\"1px\" height=\"1px\" />", ImageRole::Tiny, Some(1.0), false),
        (
            "<mj-attributes><mj-image width=\"80px\" /></mj-attributes><mj-image src=\"a\" />",
            ImageRole::Small,
            Some(80.0),
            false,
        ),
        ("<mj-carousel-image src=\"a\" />", ImageRole::Content, None, false),
        ("<mj-hero background-url=\"a\" mode=\"fixed-height\" />", ImageRole::Background, None, false),
        ("<mj-section background-url=\"a\"><mj-column/></mj-section>", ImageRole::Background, None, false),
        (
            "<mj-raw><a href=\"b\"><img src=\"a\" width=\"1\" height=\"1\"></a></mj-raw>",
            ImageRole::Tiny,
            Some(1.0),
            true,
        ),
    ] {
        let found: Vec<_> = facts(source, |facts| {
            facts
                .images()
                .iter()
                .map(|image| (image.source.clone(), image.role, image.width, image.link.is_some()))
                .collect()
        });
        assert_eq!(found, [("a".to_owned(), role, width, linked)], "{source}");
    }
}

/// A whole mail with `content` in its body.
fn mail(content: &str) -> String {
    format!(
        "<mjml>\n<mj-head><mj-title>The autumn catalog</mj-title></mj-head>\n<mj-body>\n<mj-section><mj-column>\n{content}\n</mj-column></mj-section>\n</mj-body>\n</mjml>\n"
    )
}

#[test]
fn a_mail_without_a_way_out() {
    let way_out = |content: &str| marks("missing-unsubscribe", "a.mjml", "purpose=bulk", &mail(content)).is_empty();
    let text = "<mj-text><p>Our new bags are here, and they are lighter than ever.</mj-text>";
    assert!(!way_out(text));
    assert!(!way_out(&format!("{text}<mj-image src=\"a.png\" href=\"https://a.example/\" />")));
    for content in [
        "<mj-text><p>Bags</mj-text><mj-text><a href=\"https://a.example/u\">Unsubscribe</a></mj-text>",
        "<mj-button href=\"https://a.example/u\">Unsubscribe</mj-button>",
        "<mj-image src=\"a.png\" alt=\"Unsubscribe\" href=\"https://a.example/u\" />",
        "<mj-table><tr><td>To unsubscribe: <a href=\"https://a.example/u\">click here</a></td></tr></mj-table>",
        "<mj-navbar><mj-navbar-link href=\"https://a.example/u\">Unsubscribe</mj-navbar-link></mj-navbar>",
        "<mj-social><mj-social-element src=\"a.png\" href=\"https://a.example/u\">Unsubscribe</mj-social-element></mj-social>",
        "<mj-raw>{% unsubscribe %}</mj-raw>",
        "<mj-text><a href=\"{{unsubscribe}}\">Leave</a></mj-text>",
        "<mj-raw>{% include 'footer' %}</mj-raw>",
        "<mj-include path=\"footer.mjml\" />",
        "<brand-footer year=\"2026\" />",
    ] {
        assert!(way_out(&format!("{text}{content}")), "{content}");
    }
}

#[test]
fn the_footer_to_add_is_mjml() {
    let options = Options::parse("a.mjml", "purpose=bulk");
    let source = mail("<mj-text>Our new bags are here.</mj-text>");
    let linted = lint_only("missing-unsubscribe", &options, source.as_bytes());
    let edit = linted.diagnostics[0].suggestions[0].file_edit.as_ref().unwrap();
    let mut mended = source.clone();
    mended.replace_range(edit.span.range(), std::str::from_utf8(&edit.replacement).unwrap());
    assert!(mended.contains("</mj-section>\n<mj-section><mj-column><mj-text><p>"), "{mended}");
    assert!(mended.contains("</mj-section>\n</mj-body>"), "{mended}");
    assert!(lint_only("missing-unsubscribe", &options, mended.as_bytes()).diagnostics.is_empty());
}

#[test]
fn marks_stand_in_the_file() {
    for (lint, content, marked) in [
        (
            "split-subscription-links",
            "<mj-image src=\"a.png\" /><mj-button href=\"https://unsubscribe.bulkmailer.com/u/1\">Unsubscribe</mj-button><mj-text><p><a href=\"https://profile.excite.com/u/1\">Update your preferences</a></mj-text>",
            "https://profile.excite.com/u/1",
        ),
        (
            "image-only-body",
            "<mj-spacer /><mj-image src=\"offer.png\" width=\"600px\" />",
            "<mj-image src=\"offer.png\" width=\"600px\" />",
        ),
        (
            "image-only-body",
            "<mj-image src=\"logo.png\" width=\"90px\" /><mj-image src=\"offer.png\"><mj-text>Hi</mj-text>",
            "<mj-image src=\"offer.png\">",
        ),
        (
            "undisclosed-tracking",
            "<mj-text>Bags</mj-text><mj-image src=\"https://t.example/open?user=48151623&c=42\" width=\"1px\" height=\"1px\" />",
            "<mj-image src=\"https://t.example/open?user=48151623&c=42\" width=\"1px\" height=\"1px\" />",
        ),
        (
            "undisclosed-tracking",
            "<mj-raw><!-- pixel --><img src=\"https://t.example/open?user=48151623&c=42\" width=1 height=1 /></mj-raw>",
            "<img src=\"https://t.example/open?user=48151623&c=42\" width=1 height=1 />",
        ),
    ] {
        assert_eq!(marks(lint, "a.mjml", "purpose=bulk", &mail(content)), [marked], "{lint}: {content}");
    }
}

#[test]
fn what_the_lints_leave_alone() {
    for (lint, content) in [
        ("image-only-body", "<mj-hero background-url=\"a.png\"><mj-text>Bags</mj-text></mj-hero>"),
        ("image-only-body", "<mj-image src=\"a.png\" /><mj-text>{{ offer }}</mj-text>"),
        (
            "image-only-body",
            "<mj-image src=\"a.png\" /><mj-text>Our new bags are here: they are lighter than ever, they come in nine colours, and until the end of the month the post brings them to your door for nothing at all.</mj-text>",
        ),
        (
            "undisclosed-tracking",
            "<mj-image src=\"https://t.example/open?user=48151623\" width=\"1px\" /><mj-navbar-link href=\"https://a.example/privacy\">Privacy policy</mj-navbar-link>",
        ),
        ("undisclosed-tracking", "<mj-spacer height=\"1px\" /><mj-divider border-width=\"1px\" />"),
        (
            "split-subscription-links",
            "<mj-button href=\"https://unsubscribe.bulkmailer.com/u/1\">Unsubscribe</mj-button><mj-social-element name=\"facebook\" href=\"https://www.shoppershandbag.com/\">Share</mj-social-element>",
        ),
    ] {
        assert_eq!(marks(lint, "a.mjml", "purpose=bulk", &mail(content)), [""; 0], "{lint}: {content}");
    }
}

#[test]
fn a_piece_of_mjml_is_a_fragment() {
    let is_fragment = |name: &str, text: &str| {
        let source = Source::new(name, None, text.as_bytes().to_vec(), None);
        assert_eq!(source.kind, Kind::Mjml, "{name}");
        Message::parse(&source, &Given::default()).fragment
    };
    assert!(is_fragment("a.mjml", "<mj-section/>"));
    assert!(is_fragment("a.mjml", "<!-- to be put into <mjml> --><mj-section/>"));
    assert!(is_fragment("a.hbs", "{{#if a}}<mj-section/>{{/if}}"));
    assert!(is_fragment("_a.mjml", "<mjml>"));
    assert!(!is_fragment("a.mjml.erb", "<% b %><mjml lang='en'>"));
    assert!(!is_fragment("a.html", "<!-- a --><MJML>"));
}

#[test]
fn a_full_template_is_clean() {
    let source = include_str!("../fixtures/mjml/catalog.mjml");
    let linted = lint_all(&Options::parse("catalog.mjml", "purpose=bulk"), source.as_bytes());
    assert_eq!(names(&linted.diagnostics), [""; 0]);
}

/// A project with the files `(path, text)`.
fn project(files: &[(&str, &str)]) -> TempDir {
    let project = tempfile::tempdir().unwrap();
    fs::write(project.path().join("presend.toml"), "").unwrap();
    for (path, text) in files {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    project
}

/// Lints a file of a project with what it includes.
fn lint_file(project: &Path, name: &str) -> Linted {
    let path = project.join(name);
    let source = read(&path, 1 << 20, None).unwrap();
    let settings = Options::parse(name, "purpose=bulk").settings;
    let includes = ProjectIncludes::around(&path).unwrap();
    let linted = lint_with(&source, &includes, &REGISTRY, &settings, &Levels::new(&REGISTRY.known()));
    assert!(linted.panics.is_empty(), "{:?}", linted.panics);
    linted
}

/// Whether `lint` fires on `a.mjml`, and why it does not, where it says.
fn verdict(files: &[(&str, &str)], lint: &str) -> (bool, String) {
    let project = project(files);
    let linted = lint_file(project.path(), "mails/a.mjml");
    let fires = linted.diagnostics.iter().any(|diagnostic| diagnostic.lint == lint);
    let why = linted.silences.iter().find(|(name, _)| *name == lint).map_or("", |(_, why)| why);
    (fires, why.to_owned())
}

const PIXEL: &str = "<mj-raw><img src=\"https://t.example/open?user=48151623&c=42\" width=\"1\" height=\"1\"></mj-raw>";
const WAY_OUT: &str = "<mj-section><mj-column><mj-text><a href=\"https://www.shoppershandbag.com/u\">Unsubscribe</a></mj-text></mj-column></mj-section>";

#[test]
fn an_include_is_followed() {
    let a = mail(
        "<mj-text>Our new bags are here.</mj-text></mj-column></mj-section><mj-include path=\"../parts/footer.mjml\" /><mj-section><mj-column>",
    );
    for (footer, fires) in [
        (WAY_OUT, false),
        (&*format!("<mjml><mj-body>{WAY_OUT}</mj-body></mjml>"), false),
        ("<mj-text>{% unsubscribe %}</mj-text>", false),
        ("<mj-text>Reply with STOP to unsubscribe.</mj-text>", false),
        ("<mj-text>{{> legal }}</mj-text>", false),
        ("<mj-text>© Brand</mj-text>", true),
        ("", true),
    ] {
        let (found, why) = verdict(&[("mails/a.mjml", &a), ("parts/footer.mjml", footer)], "missing-unsubscribe");
        assert_eq!(found, fires, "{footer}: {why}");
    }
}

#[test]
fn what_is_included_counts_as_there() {
    let link = "<mj-text><a href=\"https://a.example/privacy\">Privacy policy</a></mj-text>";
    let words = "<mj-text>Our new bags are here: they are lighter than ever, they come in nine colours, and until the end of the month the post brings them to your door for nothing at all.</mj-text>";
    let image = "<mj-image src=\"offer.png\" />";
    for (content, included, lint, fires) in [
        (PIXEL, link, "undisclosed-tracking", false),
        (PIXEL, "<mj-text>Bags</mj-text>", "undisclosed-tracking", true),
        (image, words, "image-only-body", false),
        (image, "<mj-text>Bags</mj-text>", "image-only-body", true),
        (
            "<mj-text>Bags</mj-text>",
            "<mj-text><a href=\"https://a.example/p\">Manage your preferences</a></mj-text>",
            "missing-unsubscribe",
            false,
        ),
    ] {
        let a = mail(&format!("{content}<mj-include path=\"b.mjml\"></mj-include>"));
        assert_eq!(verdict(&[("mails/a.mjml", &a), ("mails/b.mjml", included)], lint).0, fires, "{lint}: {included}");
    }
}

#[test]
fn what_can_not_be_read_is_unknown() {
    let including = |include: &str| mail(&format!("<mj-text>Our new bags are here.</mj-text>{include}"));
    for (include, why) in [
        ("<mj-include path=\"b.mjml\" />", "`b.mjml`: no such file or folder"),
        ("<mj-include path=\"/etc/passwd\" />", "`/etc/passwd`: only files with a relative path are read"),
        ("<mj-include path=\"../../../b.mjml\" />", "`../../../b.mjml`: it lies outside of the project"),
        ("<mj-include path=\"../mails\" />", "`../mails`: it is no file"),
        ("<mj-include path=\"{{ footer }}.mjml\" />", "`{{ footer }}.mjml`: nobody knows which file that is"),
        ("<mj-include />", "`mj-include`: nobody knows which file that is"),
        ("<mj-include path=\"c.mjml\" />", "`missing.mjml`: no such file or folder"),
        ("<mj-section-of-ours />", "`mj-section-of-ours` is no element of MJML"),
    ] {
        let files = [("mails/a.mjml", &*including(include)), ("mails/c.mjml", "<mj-include path=\"missing.mjml\" />")];
        let said = format!("a part of the template that is not here may hold the opt-out ({why})");
        assert_eq!(verdict(&files, "missing-unsubscribe"), (false, said), "{include}");
    }
    // A style sheet holds nothing that is read.
    let files = [("mails/a.mjml", &*including("<mj-include path=\"b.css\" type=\"css\" />"))];
    assert_eq!(verdict(&files, "missing-unsubscribe"), (true, String::new()));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_project_are_unknown() {
    let outside = project(&[("footer.mjml", WAY_OUT)]);
    let project = project(&[("mails/a.mjml", &mail("<mj-text>Bags</mj-text><mj-include path=\"footer.mjml\" />"))]);
    std::os::unix::fs::symlink(outside.path().join("footer.mjml"), project.path().join("mails/footer.mjml")).unwrap();
    let linted = lint_file(project.path(), "mails/a.mjml");
    let why = linted.silences.iter().find(|(name, _)| *name == "missing-unsubscribe").unwrap();
    assert!(why.1.ends_with("(`footer.mjml`: it lies outside of the project)"), "{}", why.1);
}

#[test]
fn circles_end() {
    let a = mail(
        "<mj-text>Bags</mj-text><mj-include path=\"b.mjml\" /><mj-include path=\"a.mjml\" /><mj-include path=\"b.mjml\" />",
    );
    let b = "<mj-include path=\"c.mjml\" /><mj-include path=\"./b.mjml\" />";
    let files = [
        ("mails/a.mjml", &*a),
        ("mails/b.mjml", b),
        ("mails/c.mjml", "<mj-include path=\"b.mjml\" /><mj-include path=\"a.mjml\" />"),
    ];
    assert_eq!(verdict(&files, "missing-unsubscribe"), (true, String::new()));
}

#[test]
fn too_many_are_too_many() {
    let includes: String = (0..200).map(|number| format!("<mj-include path=\"{number}.mjml\" />")).collect();
    let (fires, why) = verdict(&[("mails/a.mjml", &mail(&includes))], "missing-unsubscribe");
    assert!(!fires && why.contains("more than 64 included files"), "{why}");
    let a = mail("<mj-include path=\"0.mjml\" />");
    let chain: Vec<(String, String)> = (0..30)
        .map(|number| (format!("mails/{number}.mjml"), format!("<mj-include path=\"{}.mjml\" />", number + 1)))
        .collect();
    let mut files: Vec<(&str, &str)> = chain.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("mails/a.mjml", &a));
    assert!(verdict(&files, "missing-unsubscribe").1.contains("too many files include one another"));
}

#[test]
fn findings_stay_in_their_files() {
    let freight = "<mj-raw><form><input type=\"checkbox\" checked> Yes, send me the newsletter</form></mj-raw>";
    let a = mail("<mj-text>Bags</mj-text><mj-include path=\"b.mjml\" />");
    let project = project(&[("mails/a.mjml", &a), ("mails/b.mjml", &format!("{WAY_OUT}{freight}"))]);
    assert_eq!(names(&lint_file(project.path(), "mails/a.mjml").diagnostics), [""; 0]);
    assert_eq!(
        names(&lint_file(project.path(), "mails/b.mjml").diagnostics),
        ["active-content", "preselected-consent"]
    );
}

#[test]
fn nothing_is_read_for_a_source_that_lies_nowhere() {
    let a = mail("<mj-text>Bags</mj-text><mj-include path=\"b.mjml\" />");
    let linted = lint_only("missing-unsubscribe", &Options::parse("a.mjml", "purpose=bulk"), a.as_bytes());
    assert_eq!(
        linted.silences[0].1,
        "a part of the template that is not here may hold the opt-out (`b.mjml`: included files are not read here)"
    );
}

const PIECES: &[&str] = &[
    "<mjml>",
    "<mj-head>",
    "</mj-head>",
    "<mj-body>",
    "</mj-body>",
    "</mjml>",
    "<mj-section background-url='a'>",
    "</mj-section>",
    "<mj-column>",
    "</mj-column>",
    "<mj-text>",
    "</mj-text>",
    "<mj-text font-size='0' />",
    "<mj-image src='{{a}}' href=\"b\" />",
    "<mj-image src=c width=1px>",
    "<mj-button href='https://a.example/u'>",
    "</mj-button>",
    "Unsubscribe",
    "{% unsubscribe %}",
    "<mj-raw>",
    "</mj-raw>",
    "<mj-table>",
    "</mj-table>",
    "<tr>",
    "<td>",
    "<p>",
    "<a href='d'>",
    "</a>",
    "<b>",
    "<mj-style>",
    ".x{display:none}",
    "</mj-style>",
    "<mj-include path='e' />",
    "<mj-include path=\"{{f}}\" type=html />",
    "<mj-preview>",
    "</mj-preview>",
    "<mj-attributes>",
    "</mj-attributes>",
    "<mj-all color=red />",
    "<mj-class name=x font-size=1px />",
    "<mj-navbar base-url='g'>",
    "<mj-navbar-link href='h'>",
    "<mj-social-element name=facebook href=i>",
    "<own-one/>",
    "<!--[if mso]>",
    "<![endif]-->",
    "<!-- presend-allow x: y -->",
    "<![CDATA[",
    "]]>",
    "é",
    " ",
    "<",
    ">",
    "\"",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)) {
        lint_all(&Options::parse("a.mjml", "purpose=bulk"), pieces.concat().as_bytes());
    }
}
