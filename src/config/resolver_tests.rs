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
    let vocabulary = Vocabulary { known: KNOWN.to_vec(), providers: Vec::new, registrable };
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
        cap: None,
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
    assert_eq!(allowed("old/a.eml"), [Allowed { lint: "vague-subject", reason: "sent in May".into() }]);
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
