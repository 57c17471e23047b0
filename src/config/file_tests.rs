#![allow(clippy::unwrap_used)]

use super::*;
use crate::config::domain::tests::registrable;
use crate::config::key::Value;
use crate::config::levels::tests::KNOWN;
use crate::config::limits::{Limit, Limits};
use crate::config::{Purpose, Settings};
use crate::message::Stage;
use snapbox::{assert_data_eq, str};

pub(crate) fn vocabulary() -> Vocabulary {
    Vocabulary { known: KNOWN.to_vec(), providers: || vec!["mailchimp", "sendgrid", "brevo"], registrable }
}

fn settings(text: &str) -> Settings {
    let config = Config::parse("presend.toml", text.to_owned(), &vocabulary()).unwrap();
    let mut settings = Settings::default();
    config.base.layer.apply(&mut settings);
    settings
}

/// All mistakes as the person at the terminal sees them.
fn mistakes(text: &str) -> String {
    let errors = Config::parse("presend.toml", text.to_owned(), &vocabulary()).unwrap_err();
    let mut out = Vec::new();
    errors.render(&mut out).unwrap();
    anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
}

#[test]
fn every_key_is_read() {
    let read = settings(
        r#"
            own-domains = ["Brand.com", "brand.co.uk"]
            partner-domains = ["partner.de"]
            purpose = "bulk"
            provider = "MailChimp"
            privacy-url = "https://brand.com/privacy"
            strict-disclosure = true
            allowed-subjects = ["Newsletter"]
            digest = true
            audience = "internal"
            from = "Brand <news@brand.com>"
            subject = "Ten lamps"
            stage = "rendered"
            fragment = false
            raw = true
            kind = "mjml"
            address = "Brand Ltd, 1 High Street, London"

            [limits]
            attachment = "2 MiB"
            image = "1 KiB"
            images = "3 KiB"
            message = "1 GB"
            subject = 1_00
            source = 1000
        "#,
    );
    assert_eq!(read.own_domains, ["brand.com", "brand.co.uk"]);
    assert_eq!(read.partner_domains, ["partner.de"]);
    assert_eq!(read.purpose, Some(Purpose::Bulk));
    assert_eq!(read.provider.as_deref(), Some("mailchimp"));
    assert_eq!(read.privacy_url.as_deref(), Some("https://brand.com/privacy"));
    assert!(read.strict_disclosure && read.digest && read.internal_audience);
    assert_eq!(read.allowed_subjects, ["Newsletter"]);
    assert_eq!(read.from.as_deref(), Some("Brand <news@brand.com>"));
    assert_eq!(read.subject.as_deref(), Some("Ten lamps"));
    assert_eq!(read.stage, Some(Stage::Rendered));
    assert_eq!(read.fragment, Some(false));
    assert_eq!((read.raw, read.kind), (true, Some(crate::source::Kind::Mjml)));
    assert_eq!(read.address.as_deref(), Some("Brand Ltd, 1 High Street, London"));
    assert_eq!((read.max_attachment, read.limits.of(Limit::Source)), (2 * 1024 * 1024, 1000));
    assert_eq!((read.max_image, read.max_images), (1024, 3 * 1024));
    assert_eq!((read.max_message, read.max_subject), (1_000_000_000, 100));
}

#[test]
fn a_limit_has_a_range_and_the_default_that_its_key_tells() {
    for key in LIMITS {
        let Value::Limit(limit) = key.value else { continue };
        assert_eq!(limit.key(), key.name);
        let read = settings(&format!("limits.{} = {}", key.name, key.default));
        assert_eq!(read.limits, Limits::default(), "{}", key.name);
        for wrong in [0, limit.most() + 1] {
            let text = format!("limits.{} = {wrong}", key.name);
            let said = mistakes(&text);
            assert!(said.contains(&format!("`{}` can be from ", key.name)), "{said}");
        }
    }
}

#[test]
fn the_example_of_each_key_is_right() {
    for key in KEYS {
        settings(key.example);
    }
    for limit in LIMITS {
        settings(&format!("[limits]\n{}", limit.example));
    }
}

#[test]
fn what_a_key_says_holds_by_default_is_what_holds() {
    let unsaid = format!("{:?}", Settings::default());
    for key in KEYS.iter().filter(|key| !key.default.is_empty()) {
        assert_eq!(format!("{:?}", settings(&format!("{} = {}", key.name, key.default))), unsaid, "{}", key.name);
    }
    for limit in LIMITS {
        let text = format!("limits.{} = {}", limit.name, limit.default);
        assert_eq!(format!("{:?}", settings(&text)), unsaid, "{}", limit.name);
    }
}

#[test]
fn mistakes_about_senders_are_shown() {
    assert_data_eq!(
        mistakes(
            r#"
[sender]
own-domains = ["brand.com"]

[sender.brand]
own-domain = ["brand.com"]
kind = "html"
limits = { source = "1 KB", subject = -1 }

[[override]]
paths = ["x"]
sender = "brnad"
"#
        ),
        str![[r#"
error: this is an array, but has to be a table
 --> presend.toml:3:15
  |
3 | own-domains = ["brand.com"]
  |               ^^^^^^^^^^^^^
  = help: each sender has a table of its own: write `[sender.NAME]`

error: unknown key `own-domain` in `[sender.brand]`
 --> presend.toml:6:1
  |
6 | own-domain = ["brand.com"]
  | ^^^^^^^^^^
  = note: its keys are `own-domains`, `partner-domains`, `purpose`, `provider`, `privacy-url`, `address`, `strict-disclosure`, `allowed-subjects`, `digest`, `audience`, `from`, `subject`, `stage`, `fragment`, `raw`, `kind`, `lints`, `limits` and `paths`
  = help: did you mean `own-domains`?

error: `kind` can't be said of a sender
 --> presend.toml:7:1
  |
7 | kind = "html"
  | ^^^^
  = note: it has to be known before a source is read, and a sender may be known by its From only
  = help: say it at the top of the file, or in an `[[override]]`

error: `source` can't be said of a sender
 --> presend.toml:8:12
  |
8 | limits = { source = "1 KB", subject = -1 }
  |            ^^^^^^
  = note: it has to be known before a source is read, and a sender may be known by its From only
  = help: say it at the top of the file, or in an `[[override]]`

error: `-1` is no whole number from 0 up
 --> presend.toml:8:39
  |
8 | limits = { source = "1 KB", subject = -1 }
  |                                       ^^

error: no sender is called `brnad`
  --> presend.toml:12:10
   |
12 | sender = "brnad"
   |          ^^^^^^^
   = help: did you mean `brand`?


"#]]
    );
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "\u{feff}", "# only a comment\n", "[lints]\n"] {
        assert_eq!(format!("{:?}", settings(text)), format!("{:?}", Settings::default()));
    }
}

#[test]
fn levels_are_words_or_tables_with_a_reason() {
    let text = r#"
        [lints]
        Missing_Unsubscribe = "warn"
        "subject/vague-subject" = { level = "deny", reason = "we had too many" }
        microsoft = "deny"
    "#;
    let config = Config::parse("presend.toml", text.to_owned(), &vocabulary()).unwrap();
    let mut read: Vec<_> = config
        .base
        .lints
        .iter()
        .map(|(setting, _)| (setting.origin.to_string(), setting.selector, setting.level))
        .collect();
    read.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        read,
        [
            (
                "`lints.Missing_Unsubscribe` in presend.toml".to_owned(),
                Selector::Lint("missing-unsubscribe"),
                Level::Warn
            ),
            (
                "`lints.microsoft` in presend.toml".to_owned(),
                Selector::Standard(crate::diagnostic::Standard::Microsoft),
                Level::Deny
            ),
            ("`lints.subject/vague-subject` in presend.toml".to_owned(), Selector::Lint("vague-subject"), Level::Deny),
        ]
    );
}

#[test]
fn an_unknown_key_is_shown_with_the_nearest() {
    assert_data_eq!(
        mistakes("purpose = \"bulk\"\nown-domain = [\"brand.com\"]\n"),
        str![[r#"
error: unknown key `own-domain` in the file
 --> presend.toml:2:1
  |
2 | own-domain = ["brand.com"]
  | ^^^^^^^^^^
  = note: its keys are `own-domains`, `partner-domains`, `purpose`, `provider`, `privacy-url`, `address`, `strict-disclosure`, `allowed-subjects`, `digest`, `audience`, `from`, `subject`, `stage`, `fragment`, `raw`, `kind`, `lints`, `limits`, `exclude`, `sender`, `override` and `allow`
  = help: did you mean `own-domains`?


"#]]
    );
}

#[test]
fn an_unknown_lint_is_shown_with_the_nearest() {
    assert_data_eq!(
        mistakes("[lints]\nmissing-unsubscrib = \"warn\"\nzebra = \"warn\"\n"),
        str![[r#"
error: unknown lint `missing-unsubscrib`
 --> presend.toml:2:1
  |
2 | missing-unsubscrib = "warn"
  | ^^^^^^^^^^^^^^^^^^
  = help: did you mean `missing-unsubscribe`?
  = help: `presend lints` lists all lints with their topics and standards

error: unknown lint `zebra`
 --> presend.toml:3:1
  |
3 | zebra = "warn"
  | ^^^^^
  = help: `presend lints` lists all lints with their topics and standards


"#]]
    );
}

#[test]
fn all_mistakes_are_told_in_the_order_of_the_file() {
    assert_data_eq!(
        mistakes(
            r#"
own-domains = ["brand.com", "https://www.brand.com/", 3]
purpose = "bluk"
digest = "yes"
provider = "mailchip"
privacy-url = "brand.com/privacy"
audience = 1979-05-27

[limits]
attachment = "1 MegaByte"
sources = "1 MiB"

[lints]
shouting-subject = "error"
vague-subject = "deny"
vague_subject = "warn"
rfc = 3

[[override]]
paths = ["a[", 3]

[[override]]
purpose = "bulk"

[[allow]]
path = "x.eml"
lint = "rfc"
reason = " "
because = "x"

[[allow]]
lint = "vague-subject"
"#
        ),
        str![[r#"
error: `https://www.brand.com/` is a URL
 --> presend.toml:2:29
  |
2 | own-domains = ["brand.com", "https://www.brand.com/", 3]
  |                             ^^^^^^^^^^^^^^^^^^^^^^^^
  = help: write `brand.com`

error: this is a number, but has to be a string
 --> presend.toml:2:55
  |
2 | own-domains = ["brand.com", "https://www.brand.com/", 3]
  |                                                       ^

error: unknown value `bluk`
 --> presend.toml:3:11
  |
3 | purpose = "bluk"
  |           ^^^^^^
  = note: it can be `bulk`, `transactional` or `confirmation`
  = help: did you mean `bulk`?

error: this is a string, but has to be `true` or `false`
 --> presend.toml:4:10
  |
4 | digest = "yes"
  |          ^^^^^

error: unknown provider `mailchip`
 --> presend.toml:5:12
  |
5 | provider = "mailchip"
  |            ^^^^^^^^^^
  = help: did you mean `mailchimp`?

error: `brand.com/privacy` is no web address
 --> presend.toml:6:15
  |
6 | privacy-url = "brand.com/privacy"
  |               ^^^^^^^^^^^^^^^^^^^
  = help: write it in full, as `https://brand.com/privacy`

error: this is a date, but has to be a string
 --> presend.toml:7:12
  |
7 | audience = 1979-05-27
  |            ^^^^^^^^^^

error: `1 MegaByte` is no size; write a number with a unit, such as `500 KB`, `1 MiB` or `1.5 MiB`
  --> presend.toml:10:14
   |
10 | attachment = "1 MegaByte"
   |              ^^^^^^^^^^^^

error: unknown key `sources` in `[limits]`
  --> presend.toml:11:1
   |
11 | sources = "1 MiB"
   | ^^^^^^^
   = note: its keys are `attachment`, `image`, `images`, `message`, `subject`, `source`, `text`, `header`, `fields`, `parts`, `part-depth`, `bodies`, `nodes`, `depth`, `attributes`, `conditionals`, `merge-tags`, `links`, `includes` and `diagnostics`
   = help: did you mean `source`?

error: unknown value `error`
  --> presend.toml:14:20
   |
14 | shouting-subject = "error"
   |                    ^^^^^^^
   = note: it can be `allow`, `warn`, `deny` or `forbid`

error: `vague_subject` sets the level that `vague-subject` sets
  --> presend.toml:16:1
   |
16 | vague_subject = "warn"
   | ^^^^^^^^^^^^^
   = help: leave one of them out

error: this is a number, but has to be a level (`"warn"`) or a table with `level` and `reason`
  --> presend.toml:17:7
   |
17 | rfc = 3
   |       ^

error: bad pattern `a[`: unclosed character class; missing ']'
  --> presend.toml:20:10
   |
20 | paths = ["a[", 3]
   |          ^^^^

error: this is a number, but has to be a string
  --> presend.toml:20:16
   |
20 | paths = ["a[", 3]
   |                ^

error: `[[override]]` without `paths`
  --> presend.toml:22:1
   |
22 | [[override]]
   | ^^^^^^^^^^^^
   = help: write `paths = ["transactional/**"]`

error: `rfc` is a group, not a lint
  --> presend.toml:27:8
   |
27 | lint = "rfc"
   |        ^^^^^
   = help: `presend explain rfc` lists its lints

error: this is empty
  --> presend.toml:28:10
   |
28 | reason = " "
   |          ^^^

error: unknown key `because` in `[[allow]]`
  --> presend.toml:29:1
   |
29 | because = "x"
   | ^^^^^^^
   = note: its keys are `path`, `lint` and `reason`

error: `[[allow]]` without `path`
  --> presend.toml:31:1
   |
31 | [[allow]]
   | ^^^^^^^^^
   = help: write `path = "campaigns/spring.html"`

error: `[[allow]]` without `reason`
  --> presend.toml:31:1
   |
31 | [[allow]]
   | ^^^^^^^^^
   = help: write `reason = "the club writes from its mailbox"`


"#]]
    );
}

#[test]
fn a_flood_of_mistakes_is_cut() {
    let text: String = (0..2000).map(|number| format!("key{number} = 1\n")).collect();
    let errors = Config::parse("presend.toml", text, &vocabulary()).unwrap_err().0;
    assert_eq!(errors.len(), MOST + 1);
    assert_eq!(errors[MOST].to_string(), "presend.toml: 1950 more mistakes are not shown");
}

#[test]
fn broken_toml_is_shown_at_its_place() {
    for (text, said) in [
        ("purpose = \n", "presend.toml:1:11"),
        ("a = 1\na = 2\n", "presend.toml:2:1"),
        ("[lints\n", "presend.toml:1:7"),
        ("override = 3\n", "presend.toml:1:12"),
    ] {
        let shown = mistakes(text);
        assert!(shown.contains(said), "{shown}");
    }
    let error = Config::from_bytes("presend.toml", b"from = \"\xff\"".to_vec(), &vocabulary()).unwrap_err();
    assert_eq!(error.0[0].to_string(), "presend.toml:1:9: this is no UTF-8");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_read_or_refused(text in "([a-z\\[\\]{}=\"'.,\n #é-]|lints|override|allow|paths|purpose){0,40}") {
        if let Err(errors) = Config::parse("presend.toml", text, &vocabulary()) {
            errors.render(&mut Vec::new()).unwrap();
        }
    }
}
