#![allow(clippy::unwrap_used)]

use super::*;
use crate::cli::args::{Cli, Command};
use crate::cli::test_registry::{REGISTRY, captured};
use crate::diagnostic::{Diagnostic, Level};
use clap::Parser;
use snapbox::{assert_data_eq, str};
use std::fs;
use tempfile::TempDir;

/// Finds `missing-unsubscribe` where a source says "bad", and panics where it says "panic".
fn engine(source: &Source, _: &Registry, settings: &Settings, levels: &Levels) -> Linted {
    let text = String::from_utf8_lossy(&source.bytes);
    assert!(!text.contains("panic"), "the engine broke");
    let (level, origin) = levels.settle("missing-unsubscribe", false);
    let diagnostic = Diagnostic {
        lint: "missing-unsubscribe",
        topic: "unsubscribe",
        level,
        level_origin: origin.sentence("missing-unsubscribe", level),
        standards: &[],
        message: format!("subject {:?}", settings.subject),
        primary: None,
        labels: Vec::new(),
        notes: Vec::new(),
        help: Vec::new(),
        suggestions: Vec::new(),
    };
    let found = text.contains("bad") && level > Level::Allow;
    Linted { diagnostics: if found { vec![diagnostic] } else { Vec::new() }, ..Linted::default() }
}

/// A folder with the files `(path, text)`, where no configuration from above reaches.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let tree = tempfile::tempdir().unwrap();
    fs::create_dir(tree.path().join(".git")).unwrap();
    for (path, text) in files {
        let path = tree.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

/// Runs `presend check ARGS`, where `@` in an argument stands for the folder; so it does in what comes back.
fn check(tree: &TempDir, args: &str) -> (Outcome, String) {
    let folder = tree.path().canonicalize().unwrap();
    let folder = folder.to_str().unwrap();
    let line = format!("presend check --format short --threads 2 {args}").replace('@', folder);
    let Command::Check(args) = Cli::try_parse_from(line.split_whitespace()).unwrap().command else { panic!("check") };
    let vocabulary = Vocabulary {
        known: REGISTRY.known(),
        providers: || vec!["mailchimp"],
        registrable: crate::config::domain::tests::registrable,
    };
    let (outcome, text) = captured(|streams| run_with(engine, vocabulary, &args, &REGISTRY, streams).unwrap());
    (outcome, text.replace(folder, "@"))
}

#[test]
fn what_is_found_comes_in_path_order() {
    let tree = tree(&[("b.eml", "bad"), ("a/z.html", "bad"), ("c.eml", "good"), ("notes.txt", "bad")]);
    let (outcome, text) = check(&tree, "@");
    assert_eq!(outcome, Outcome::Faults);
    assert_data_eq!(
        text,
        str![[r#"
@/a/z.html: error[missing-unsubscribe]: subject None
@/b.eml: error[missing-unsubscribe]: subject None

"#]]
    );
}

#[test]
fn the_outcome_follows_levels_and_flags() {
    let tree = tree(&[("a.eml", "bad")]);
    for (args, outcome) in [
        ("", Outcome::Faults),
        ("--exit-zero", Outcome::Clean),
        ("-W missing-unsubscribe", Outcome::Clean),
        ("-A microsoft -D unsubscribe", Outcome::Faults),
        ("-D unsubscribe,warnings -A microsoft", Outcome::Clean),
        ("-W microsoft -D warnings", Outcome::Faults),
        ("--cap-lints warn -F microsoft", Outcome::Clean),
        ("@/missing.eml --exit-zero", Outcome::Failed),
    ] {
        assert_eq!(check(&tree, &format!("@/a.eml {args}")).0, outcome, "{args}");
    }
}

#[test]
fn what_can_t_be_read_is_told_and_the_rest_is_checked() {
    let tree = tree(&[("a.eml", "bad"), ("c.eml", "this one is too large")]);
    let (outcome, text) = check(&tree, "@/c.eml @/b.eml @/a.eml --max-size 10B");
    assert_eq!(outcome, Outcome::Failed);
    assert_data_eq!(
        text,
        str![[r#"
@/a.eml: error[missing-unsubscribe]: subject None
error: @/b.eml: no such file or folder
error: @/c.eml: it is over the limit of 10 bytes; `--max-size`, or `source` under `[limits]` in `presend.toml`, raises it

"#]]
    );
}

#[test]
fn a_panic_is_an_internal_error_and_the_rest_is_checked() {
    let tree = tree(&[("a.eml", "panic"), ("b.eml", "bad")]);
    let (outcome, text) = check(&tree, "@");
    assert_eq!(outcome, Outcome::Failed);
    assert!(text.starts_with("@/b.eml: error[missing-unsubscribe]"), "{text}");
    assert!(text.contains("error: @/a.eml: internal error: the engine broke"), "{text}");
}

/// Says something of each source, but panics where it says "panic".
fn fragile(facts: &Facts<'_>, findings: &mut crate::lint::Findings) {
    findings.report(facts.first_line(), "something is here");
    let text = String::from_utf8_lossy(&facts.message.source.bytes);
    assert!(!text.contains("panic"), "no such thing");
}

static FRAGILE: crate::lint::Lint = crate::lint::Lint {
    name: "fragile",
    summary: "lint that panics",
    level: Level::Deny,
    standards: &[],
    since: "0.1.0",
    page: "",
    check: fragile,
};

static BROKEN: Registry =
    Registry::new(&[&crate::lint::Topic { name: "topic", about: crate::lint::About::Message, lints: &[&FRAGILE] }]);

#[test]
fn every_format_tells_which_lint_panicked_on_which_file_and_of_the_others_all() {
    let tree = tree(&[("a.html", "<p>a"), ("b.html", "<p>panic"), ("c.html", "<p>c")]);
    let folder = tree.path().canonicalize().unwrap();
    for format in Format::ALL {
        let line = format!("presend check --format {} --threads 2 {}", format.name(), folder.display());
        let Command::Check(args) = Cli::try_parse_from(line.split_whitespace()).unwrap().command else {
            panic!("check")
        };
        let (outcome, text) = captured(|streams| run(&args, &BROKEN, streams).unwrap());
        assert_eq!(outcome, Outcome::Failed, "{}", format.name());
        for said in ["internal error: the lint `fragile` panicked: no such thing", "`presend --version`"] {
            let line = text.lines().find(|line| line.contains("b.html") && line.contains(said));
            assert!(line.is_some(), "{}: {said}: {text}", format.name());
        }
        let places: Vec<_> = ["a.html", "c.html"].iter().filter_map(|name| text.find(name)).collect();
        assert!(matches!(places[..], [a, c] if a < c), "{}: {text}", format.name());
    }
}

#[test]
fn a_broken_configuration_is_told_once_and_fails_what_it_governs() {
    let tree = tree(&[
        ("a/presend.toml", "sbject = 'x'"),
        ("a/1.eml", "bad"),
        ("a/2.eml", "bad"),
        ("b/presend.toml", "subject = 'b'"),
        ("b/3.eml", "bad"),
    ]);
    let (outcome, text) = check(&tree, "@");
    assert_eq!(outcome, Outcome::Failed);
    assert!(text.starts_with("@/b/3.eml: error[missing-unsubscribe]: subject Some(\"b\")\n"), "{text}");
    assert_eq!(text.matches("error: unknown key `sbject` in the file").count(), 1, "{text}");
    assert_eq!(check(&tree, "@ --no-config").0, Outcome::Faults);
}

#[test]
fn a_chosen_configuration_has_to_be_right_even_without_a_campaign() {
    let tree = tree(&[("strict.toml", "sbject = 'x'")]);
    for (args, said) in [
        ("@ --config @/strict.toml", " --> @/strict.toml:1:1\n"),
        ("@ --config @/no.toml", "error: can't read the configuration: no such file or directory\n--> @/no.toml\n"),
    ] {
        let (outcome, text) = check(&tree, args);
        assert_eq!(outcome, Outcome::Failed);
        assert!(text.contains(said), "{text}");
    }
}

#[test]
fn what_the_command_line_knows_beats_the_configuration() {
    let tree = tree(&[("presend.toml", "subject = 'configured'"), ("a.eml", "bad")]);
    assert!(check(&tree, "@").1.contains("subject Some(\"configured\")"));
    assert!(check(&tree, "@ --subject given").1.contains("subject Some(\"given\")"));
}

#[test]
fn a_closed_pipe_ends_the_run_with_what_was_seen() {
    struct Closed;
    impl io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let tree = tree(&[("a.eml", "bad"), ("b.eml", "bad")]);
    let (folder, vocabulary) =
        (tree.path().to_str().unwrap(), Vocabulary { known: REGISTRY.known(), ..Vocabulary::new(Vec::new()) });
    let Command::Check(args) = Cli::try_parse_from(["presend", "check", folder]).unwrap().command else {
        panic!("check")
    };
    let mut streams = Streams::new(Box::new(Closed), Box::new(Vec::new()));
    assert_eq!(run_with(engine, vocabulary, &args, &REGISTRY, &mut streams).unwrap(), Outcome::Faults);
}

#[test]
fn allowed_diagnostics_are_left_out_unless_they_are_forbidden() {
    let allow = "[[allow]]\npath = 'old.eml'\nlint = 'missing-unsubscribe'\nreason = 'sent in May'";
    let tree = tree(&[("presend.toml", allow), ("old.eml", "bad"), ("new.eml", "")]);
    assert_eq!(check(&tree, "@").0, Outcome::Clean);
    assert_eq!(check(&tree, "@ -F missing-unsubscribe").0, Outcome::Faults);
}

#[test]
fn a_wrong_command_line_is_told_and_nothing_is_checked() {
    let tree = tree(&[("a.eml", "bad")]);
    let (outcome, text) = check(
        &tree,
        "@ -D missing-unsubscrib,zebra --provider mailchip --own-domain www.brand.com --stdin-filename x.eml",
    );
    assert_eq!(outcome, Outcome::Failed);
    assert_data_eq!(
        text,
        str![[r#"
error: unknown provider `mailchip`
  = note: given as `--provider mailchip`
  = help: did you mean `mailchimp`?

error: `www.brand.com` is a subdomain of `brand.com`
  = note: given as `--own-domain www.brand.com`
  = help: write `brand.com`

error: `--stdin-filename` without `-`
  = help: name `-` among the paths to read standard input

error: unknown lint `missing-unsubscrib`
  = note: requested on the command line with `-D missing-unsubscrib`
  = help: did you mean `missing-unsubscribe`?
  = help: `presend lints` lists all lints with their topics and standards

error: unknown lint `zebra`
  = note: requested on the command line with `-D zebra`
  = help: `presend lints` lists all lints with their topics and standards


"#]]
    );
    let (outcome, text) = check(&tree, "@ -F microsoft -A missing-unsubscribe");
    assert_eq!(outcome, Outcome::Failed);
    assert_data_eq!(
        text,
        str![[r#"
error: allow(missing-unsubscribe) incompatible with previous forbid
  = note: forbidden by `-F microsoft`, lowered by `-A missing-unsubscribe`


"#]]
    );
}

#[test]
fn any_number_of_threads_says_the_same() {
    let names: Vec<_> =
        (0..40).map(|number| (format!("{number:02}.eml"), if number % 3 == 0 { "bad" } else { "good" })).collect();
    let tree = tree(&names.iter().map(|(name, text)| (name.as_str(), *text)).collect::<Vec<_>>());
    let one = check(&tree, "@");
    assert_eq!(one.1.lines().count(), 14);
    for _ in 0..5 {
        assert_eq!(check(&tree, "@"), one);
    }
}

#[test]
fn a_folder_without_campaigns_is_no_fault() {
    let tree = tree(&[("notes.txt", "")]);
    let (outcome, text) = check(&tree, "@");
    assert_eq!(outcome, Outcome::Clean);
    assert!(text.contains("warning: there is no campaign to check here"), "{text}");
}
