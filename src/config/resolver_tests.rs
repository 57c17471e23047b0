#![allow(clippy::unwrap_used)]

use super::*;
use crate::config::Purpose;
use crate::config::domain::tests::registrable;
use crate::config::levels::tests::KNOWN;
use std::fs;
use tempfile::TempDir;

/// A folder with the files `(path, text)`.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let tree = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = tree.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

fn resolver_with(tree: &TempDir, choice: ConfigChoice, command_line: CommandLine) -> Resolver {
    let vocabulary = Vocabulary { known: KNOWN.to_vec(), providers: || vec!["mailchimp"], registrable };
    Resolver::new(vocabulary, choice, command_line, tree.path().to_owned())
}

fn resolver(tree: &TempDir) -> Resolver {
    resolver_with(tree, ConfigChoice::Nearest, CommandLine::default())
}

fn subject(resolver: &Resolver, path: &str) -> Option<String> {
    resolver.resolve(Some(Path::new(path))).unwrap().settings.subject.clone()
}

#[test]
fn the_nearest_file_upwards_holds_and_nothing_is_merged() {
    let tree = tree(&[
        (".git/HEAD", ""),
        ("presend.toml", "subject = 'top'\ndigest = true"),
        ("a/presend.toml", "subject = 'a'"),
        ("a/deep/er/x.eml", ""),
        ("b/x.eml", ""),
        ("c/.git", "gitdir: elsewhere"),
        ("c/x.eml", ""),
    ]);
    let resolver = resolver(&tree);
    for (path, expected) in [
        ("x.eml", Some("top")),
        ("a/x.eml", Some("a")),
        ("a/deep/er/x.eml", Some("a")),
        ("b/x.eml", Some("top")),
        ("b/../a/x.eml", Some("a")),
        ("no/such/folder/x.eml", Some("top")),
        ("c/x.eml", None), // `.git` stops the way up
    ] {
        assert_eq!(subject(&resolver, path).as_deref(), expected, "{path}");
    }
    assert!(!resolver.resolve(Some(Path::new("a/x.eml"))).unwrap().settings.digest);
    assert_eq!(resolver.resolve(None).unwrap().settings.subject.as_deref(), Some("top"));
}

#[test]
fn a_chosen_file_holds_everywhere_and_none_is_none() {
    let tree = tree(&[("presend.toml", "subject = 'top'"), ("ci/strict.toml", "subject = 'strict'"), ("x.eml", "")]);
    let chosen = resolver_with(&tree, ConfigChoice::File("ci/strict.toml".into()), CommandLine::default());
    assert_eq!(subject(&chosen, "x.eml").as_deref(), Some("strict"));
    let none = resolver_with(&tree, ConfigChoice::Nothing, CommandLine::default());
    assert_eq!(subject(&none, "x.eml"), None);
    let missing = resolver_with(&tree, ConfigChoice::File("no.toml".into()), CommandLine::default());
    let errors = missing.resolve(None).unwrap_err();
    assert_eq!(errors.0[0].to_string(), "no.toml: can't read the configuration: no such file or directory");
}

#[test]
fn what_is_no_configuration_at_all_is_refused() {
    let tree = tree(&[("large.toml", &"#".repeat(2 << 20)), ("folder/x.eml", "")]);
    for (file, why) in [("large.toml", "it is larger than 1 MiB"), ("folder", "is a directory")] {
        let resolver = resolver_with(&tree, ConfigChoice::File(file.into()), CommandLine::default());
        let errors = resolver.resolve(None).unwrap_err();
        assert_eq!(errors.0[0].to_string(), format!("{file}: can't read the configuration: {why}"));
    }
}

#[test]
fn overrides_hold_for_their_paths_the_last_one_most() {
    let tree = tree(&[(
        "presend.toml",
        r#"
            purpose = "bulk"
            subject = "s"
            [lints]
            vague-subject = "deny"

            [[override]]
            paths = ["receipts/"]
            purpose = "transactional"
            [override.lints]
            subject = "allow"

            [[override]]
            paths = ["*.html"]
            limits.attachment = 7
            lints.vague-subject = "warn"
        "#,
    )]);
    let resolver = resolver(&tree);
    for (path, purpose, level, attachment) in [
        ("a.eml", Purpose::Bulk, Level::Deny, 1024 * 1024),
        ("receipts/a.eml", Purpose::Transactional, Level::Allow, 1024 * 1024),
        ("receipts/a.html", Purpose::Transactional, Level::Warn, 7),
    ] {
        let resolved = resolver.resolve(Some(Path::new(path))).unwrap();
        let found =
            (resolved.settings.purpose, resolved.levels.of("vague-subject").0, resolved.settings.max_attachment);
        assert_eq!(found, (Some(purpose), level, attachment), "{path}");
        assert_eq!(resolved.settings.subject.as_deref(), Some("s"));
    }
    let twins = ["a.eml", "b.eml"].map(|path| resolver.resolve(Some(Path::new(path))).unwrap().levels);
    assert!(Arc::ptr_eq(&twins[0], &twins[1]));
}

#[test]
fn the_command_line_beats_the_file_and_adds_own_domains() {
    let tree = tree(&[("presend.toml", "purpose = 'bulk'\nown-domains = ['brand.com']\nlints.vague-subject = 'deny'")]);
    let command_line = CommandLine {
        layer: Layer {
            purpose: Some(Purpose::Transactional),
            own_domains: Some(vec!["shop.de".into()]),
            ..Layer::default()
        },
        flags: vec![Setting::flag(Level::Allow, "microsoft", KNOWN).unwrap()],
        ..CommandLine::default()
    };
    let resolved = resolver_with(&tree, ConfigChoice::Nearest, command_line).resolve(None).unwrap();
    assert_eq!(resolved.settings.purpose, Some(Purpose::Transactional));
    assert_eq!(resolved.settings.own_domains, ["shop.de", "brand.com"]);
    assert_eq!(resolved.levels.of("vague-subject").0, Level::Allow);
}

#[test]
fn allowed_diagnostics_are_those_of_the_path() {
    let tree =
        tree(&[("presend.toml", "[[allow]]\npath = 'old/*.eml'\nlint = 'vague-subject'\nreason = 'sent in May'")]);
    let resolver = resolver(&tree);
    let allowed = |path| resolver.resolve(Some(Path::new(path))).unwrap().allowed;
    assert_eq!(allowed("old/a.eml"), [Allowed { lint: "vague-subject", reason: "sent in May".into(), entry: 0 }]);
    assert_eq!(allowed("new/a.eml"), []);
}

#[test]
fn a_broken_file_fails_only_what_it_governs() {
    let tree = tree(&[("a/presend.toml", "sbject = 1"), ("b/presend.toml", "subject = 'b'"), (".git/HEAD", "")]);
    let resolver = resolver(&tree);
    let errors = ["a/x.eml", "a/y.eml"].map(|path| resolver.resolve(Some(Path::new(path))).unwrap_err());
    assert_eq!(errors[0].0[0].to_string(), "a/presend.toml:1:1: unknown key `sbject` in the file");
    assert!(Arc::ptr_eq(&errors[0], &errors[1]));
    assert_eq!(subject(&resolver, "b/x.eml").as_deref(), Some("b"));
}

#[test]
fn lowering_what_is_forbidden_is_a_mistake_with_its_place() {
    let text = "[lints]\nvague-subject = 'forbid'\n[[override]]\npaths = ['old']\nlints.vague-subject = 'allow'\n";
    let tree = tree(&[("presend.toml", text)]);
    let errors = resolver(&tree).resolve(Some(Path::new("old/x.eml"))).unwrap_err();
    assert_eq!(errors.0[0].to_string(), "presend.toml:5:7: allow(vague-subject) incompatible with previous forbid");
    assert!(resolver(&tree).resolve(Some(Path::new("new/x.eml"))).is_ok());

    let flags = vec![Setting::flag(Level::Allow, "vague-subject", KNOWN).unwrap()];
    let resolver = resolver_with(&tree, ConfigChoice::Nearest, CommandLine { flags, ..CommandLine::default() });
    let errors = resolver.resolve(None).unwrap_err();
    assert_eq!(errors.0[0].to_string(), "presend.toml:2:1: allow(vague-subject) incompatible with previous forbid");
    assert_eq!(
        errors.0[0].notes,
        ["forbidden by `lints.vague-subject` in presend.toml, lowered by `-A vague-subject`"]
    );
}

const AGENCY: &str = r#"
    provider = "mailchimp"
    digest = true
    purpose = "bulk"
    [sender.zebra]
    own-domains = ["zebra.com"]
    paths = ["clients/zebra/"]
    purpose = "transactional"
    subject = "z"
    lints.vague-subject = "deny"
    [sender.acme]
    own-domains = ["acme.com", "shared.com"]
    subject = "a"
    [sender.other]
    own-domains = ["shared.com"]
    [[override]]
    paths = ["clients/zebra/acme/"]
    sender = "acme"
    subject = "over"
"#;

/// The sender of the source at `path` whose From has the host `from`, and why.
fn sender_of(resolver: &Resolver, path: &str, from: Option<&str>) -> Choice {
    let resolved = resolver.resolve(Some(Path::new(path))).unwrap();
    resolver.by_from(resolved, |_| from.map(str::to_owned)).unwrap().sender
}

#[test]
fn a_sender_is_chosen_by_flag_then_override_then_path_then_from() {
    let tree = tree(&[("presend.toml", AGENCY)]);
    let chosen = |resolver: &Resolver, path, from| sender_of(resolver, path, from).remark().unwrap();
    let by_file = resolver(&tree);
    for (path, from, remark) in [
        ("clients/zebra/x.eml", Some("acme.com"), "the sender is `zebra`: its `paths` match"),
        ("clients/zebra/acme/x.eml", None, "the sender is `acme`: an `[[override]]` in presend.toml says so"),
        ("x.eml", Some("news.acme.com"), "the sender is `acme`: From is at `acme.com`, one of its own domains"),
        (
            "x.eml",
            Some("shared.com"),
            "no sender of the configuration is chosen: From is at `shared.com`, an own domain of `acme` and `other`",
        ),
        (
            "x.eml",
            Some("brand.de"),
            "no sender of the configuration is chosen: From is at `brand.de`, an own domain of none of them",
        ),
        ("x.eml", None, "no sender of the configuration is chosen: no From tells whose the message is"),
    ] {
        assert_eq!(chosen(&by_file, path, from), remark, "{path} {from:?}");
    }
    let command_line = CommandLine { sender: Some("other".into()), ..CommandLine::default() };
    let by_flag = resolver_with(&tree, ConfigChoice::Nearest, command_line);
    assert_eq!(
        chosen(&by_flag, "clients/zebra/acme/x.eml", Some("zebra.com")),
        "the sender is `other`: `--sender` says so"
    );
}

#[test]
fn a_sender_beats_the_top_of_the_file_and_an_override_beats_the_sender() {
    let tree = tree(&[("presend.toml", AGENCY)]);
    let resolver = resolver(&tree);
    for (path, from, own, subject, purpose, level) in [
        ("x.eml", "brand.de", &[][..], None, Purpose::Bulk, Level::Warn),
        ("x.eml", "zebra.com", &["zebra.com"], Some("z"), Purpose::Transactional, Level::Deny),
        ("x.eml", "acme.com", &["acme.com", "shared.com"], Some("a"), Purpose::Bulk, Level::Warn),
        ("clients/zebra/acme/x.eml", "", &["acme.com", "shared.com"], Some("over"), Purpose::Bulk, Level::Warn),
    ] {
        let resolved = resolver.resolve(Some(Path::new(path))).unwrap();
        let resolved = resolver.by_from(resolved, |_| Some(from.to_owned())).unwrap();
        let settings = &resolved.settings;
        assert_eq!(settings.own_domains, own, "{path} {from}");
        assert_eq!((settings.subject.as_deref(), settings.purpose), (subject, Some(purpose)), "{path} {from}");
        assert_eq!(resolved.levels.of("vague-subject").0, level, "{path} {from}");
        assert!(settings.digest && settings.provider.as_deref() == Some("mailchimp"), "{path} {from}");
    }
    let layer = Layer { subject: Some("said".into()), ..Layer::default() };
    let said = resolver_with(&tree, ConfigChoice::Nearest, CommandLine { layer, ..CommandLine::default() });
    let resolved = said.resolve(Some(Path::new("clients/zebra/acme/x.eml"))).unwrap();
    assert_eq!(resolved.settings.subject.as_deref(), Some("said"));
    assert!(resolved.settings.subject_wins && !resolved.settings.from_wins);
}

#[test]
fn without_senders_nobody_looks_at_from() {
    let tree = tree(&[("presend.toml", "digest = true"), ("none/.git", "")]);
    let resolver = resolver(&tree);
    for path in ["x.eml", "none/x.eml"] {
        let resolved = resolver.resolve(Some(Path::new(path))).unwrap();
        let resolved = resolver.by_from(resolved, |_| panic!("nobody asked")).unwrap();
        assert_eq!(resolved.sender, Choice::None);
    }
}

#[test]
fn a_sender_that_is_not_there_is_a_mistake() {
    let tree = tree(&[("presend.toml", AGENCY), ("plain/presend.toml", ""), ("none/.git", "")]);
    for (name, path, said, help) in [
        ("acmee", "x.eml", "presend.toml: no sender is called `acmee`", "did you mean `acme`?"),
        (
            "quite else",
            "x.eml",
            "presend.toml: no sender is called `quite else`",
            "the senders are `zebra`, `acme` and `other`",
        ),
        ("acme", "plain/x.eml", "plain/presend.toml: no sender is called `acme`", "write a table `[sender.acme]`"),
        ("acme", "none/x.eml", "command line: `--sender acme` without a configuration", ""),
    ] {
        let command_line = CommandLine { sender: Some(name.into()), ..CommandLine::default() };
        let resolver = resolver_with(&tree, ConfigChoice::Nearest, command_line);
        let errors = resolver.resolve(Some(Path::new(path))).unwrap_err();
        assert_eq!((errors.0[0].to_string(), errors.0[0].help.concat()), (said.to_owned(), help.to_owned()));
    }
}
