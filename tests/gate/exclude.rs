//! What a folder's search leaves out, and `--force-exclude`, which leaves it out even where it is named.

use super::tree::tree;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const FAULTY: &str = "From: Shop <shop@outlook.com>\nSubject: {{ topic }} for you\n\nhello\n";

/// A repository of which only `mails/a.eml` is to be checked.
fn repository() -> TempDir {
    tree(&[
        ("presend.toml", "exclude = [\"archive/\", \"*.bak.eml\"]\n"),
        (".gitignore", "build/\n"),
        ("mails/a.eml", FAULTY),
        ("mails/a.bak.eml", FAULTY),
        ("archive/old/b.eml", FAULTY),
        ("build/c.eml", FAULTY),
        (".drafts/d.eml", FAULTY),
    ])
}

/// The files that something was found in, each once, and the exit code.
fn checked(folder: &Path, args: &str) -> (Option<i32>, Vec<String>) {
    let (code, out, err) = super::run_in(folder, &format!("check --format short {args}"));
    assert_eq!(err, "", "{args}");
    let mut files: Vec<_> = out.lines().filter_map(|line| line.split(':').next()).map(str::to_owned).collect();
    files.dedup();
    (code, files)
}

const NAMED: &str = "mails/a.eml mails/a.bak.eml archive/old/b.eml build/c.eml .drafts/d.eml";

#[test]
fn a_search_leaves_out_what_is_excluded_and_a_named_file_is_checked() {
    let tree = repository();
    assert_eq!(checked(tree.path(), "."), (Some(1), vec!["mails/a.eml".to_owned()]));
    assert_eq!(checked(tree.path(), NAMED).1.len(), 5);
    assert_eq!(checked(tree.path(), ". archive/old/b.eml").1, ["archive/old/b.eml", "mails/a.eml"]);
    assert_eq!(checked(tree.path(), ". --no-config").1.len(), 3, "without the configuration nothing is excluded");
}

#[test]
fn force_exclude_agrees_with_the_search_from_wherever() {
    let tree = repository();
    assert_eq!(checked(tree.path(), &format!("--force-exclude {NAMED}")).1, ["mails/a.eml"]);
    assert_eq!(checked(tree.path(), "--force-exclude archive build .drafts"), (Some(0), vec![]));
    let inside = tree.path().join("build");
    assert_eq!(checked(&inside, "--force-exclude c.eml ../mails/a.eml ../archive/old/b.eml").1, ["../mails/a.eml"]);
    let absolute = tree.path().join("mails/a.bak.eml");
    assert_eq!(checked(&inside, &format!("--force-exclude {}", absolute.display())).1, Vec::<String>::new());
}

#[test]
fn an_editor_s_buffer_is_excluded_by_the_name_of_its_file_and_comes_back_as_it_was() {
    let tree = repository();
    let pipe = |args: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.env_clear().current_dir(tree.path()).args(args.split_whitespace());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(FAULTY.as_bytes()).unwrap();
        let ran = child.wait_with_output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stdout).unwrap())
    };
    for name in ["archive/old/b.eml", "archive/new.eml", "build/c.eml", "build/new.eml", ".drafts/new.eml"] {
        let args = format!("check - --format short --force-exclude --stdin-filename {name}");
        assert_eq!(pipe(&args), (Some(0), String::new()), "{name}");
        assert_eq!(pipe(&format!("{args} --fix")), (Some(0), FAULTY.to_owned()), "{name}");
    }
    // more than a pipe holds: whoever writes it is not left with nobody to read
    let mut child = Command::new(env!("CARGO_BIN_EXE_presend"));
    child.env_clear().current_dir(tree.path()).args([
        "check",
        "-",
        "--force-exclude",
        "--stdin-filename",
        "build/new.eml",
    ]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(FAULTY.repeat((1 << 20) / FAULTY.len() + 1).as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));

    assert_eq!(pipe("check - --format short --force-exclude --stdin-filename mails/new.eml").0, Some(1));
    assert_eq!(pipe("check - --format short --stdin-filename archive/old/b.eml").0, Some(1));
}

#[test]
fn a_wrong_pattern_is_told_with_its_place() {
    let tree = repository();
    fs::write(tree.path().join("presend.toml"), "exclude = [\"../other\"]\n").unwrap();
    let (code, _, err) = super::run(&tree, "check --format short");
    assert_eq!(code, Some(2));
    assert!(err.contains("a pattern can't leave the folder of its file") && err.contains("presend.toml:1:12"), "{err}");
}
