//! The gate as a CI job sees it: what was known before does not fail, what is new does; in `gate/`, which files it looks at.

#![allow(clippy::unwrap_used)]

#[path = "gate/action.rs"]
mod action;
#[path = "gate/exclude.rs"]
mod exclude;
#[path = "gate/pre_commit.rs"]
mod pre_commit;
#[path = "gate/since.rs"]
mod since;
#[path = "common/tools.rs"]
mod tools;
#[path = "common/tree.rs"]
mod tree;

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use tree::samples as tree;

/// Exit code, standard output, standard error.
fn run_in(folder: &Path, args: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    let ran = command.env_clear().current_dir(folder).args(args.split_whitespace()).output().unwrap();
    let [out, err] = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (ran.status.code(), out, err)
}

fn run(tree: &TempDir, args: &str) -> (Option<i32>, String, String) {
    run_in(tree.path(), args)
}

fn edit(tree: &TempDir, file: &str, change: impl FnOnce(String) -> String) {
    let path = tree.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(text.clone());
    assert_ne!(changed, text, "the change changes something");
    fs::write(path, changed).unwrap();
}

#[test]
fn what_is_known_does_not_fail_and_its_lines_may_move() {
    let tree = tree();
    assert_eq!(run(&tree, "check mails --write-baseline known.json").0, Some(1), "writing changes no exit code");
    let (code, out, _) = run(&tree, "check mails --baseline known.json");
    assert_eq!(code, Some(0));
    assert!(out.contains("note: not shown, since the baseline has them: 4 faults\n"), "{out}");
    assert!(out.ends_with("no new faults found in 2 campaigns\n"), "{out}");
    edit(&tree, "mails/catalogs.eml", |text| format!("X-Campaign: 7\r\n{text}"));
    assert_eq!(run(&tree, "check mails --baseline known.json --format short"), (Some(0), String::new(), String::new()));
    let inside = run_in(&tree.path().join("mails"), "check . --baseline ../known.json --format short");
    assert_eq!(inside, (Some(0), String::new(), String::new()), "from another folder, too");
}

#[test]
fn what_is_new_fails_and_what_is_gone_is_told() {
    let tree = tree();
    run(&tree, "check mails --write-baseline known.json");
    edit(&tree, "mails/catalogs.eml", |text| text.replace("someone@outlook.com", "someone@gmail.com"));
    let (code, out, _) = run(&tree, "check mails --baseline known.json");
    assert_eq!(code, Some(1));
    assert!(out.starts_with("error[freemail-sender]: the sender uses a mailbox at `gmail.com`"), "{out}");
    assert!(
        out.contains("note: gone, though the baseline still has them: 1 fault; `--write-baseline` writes"),
        "{out}"
    );
    assert!(out.contains("error: 1 error in 2 campaigns\n"), "{out}");
    fs::copy(tree.path().join("mails/catalogs.eml"), tree.path().join("mails/copy.eml")).unwrap();
    assert!(run(&tree, "check mails --baseline known.json --format short").1.contains("mails/copy.eml:2:"));
}

#[test]
fn of_files_that_were_not_checked_nothing_is_gone_and_nothing_is_lost() {
    let tree = tree();
    run(&tree, "check mails --write-baseline known.json");
    let before = fs::read_to_string(tree.path().join("known.json")).unwrap();
    let (code, out, _) = run(&tree, "check mails/clean.eml --baseline known.json --write-baseline known.json");
    assert_eq!(code, Some(0));
    assert!(!out.contains("gone"), "{out}");
    assert_eq!(fs::read_to_string(tree.path().join("known.json")).unwrap(), before);
    fs::remove_file(tree.path().join("mails/catalogs.eml")).unwrap();
    let (_, out, _) = run(&tree, "check mails --baseline known.json --write-baseline known.json");
    assert!(out.contains("the baseline still has them: 4 faults"), "{out}");
    assert_eq!(fs::read_to_string(tree.path().join("known.json")).unwrap().lines().count(), 3, "nothing is known now");
}

#[test]
fn what_is_forbidden_is_always_reported() {
    let tree = tree();
    run(&tree, "check mails --write-baseline known.json");
    let (code, out, _) = run(&tree, "check mails --baseline known.json -F freemail-sender --format short");
    assert_eq!((code, out.lines().count()), (Some(1), 1), "{out}");
}

#[test]
fn a_baseline_that_can_t_be_read_or_written_is_told_and_nothing_is_lost() {
    let tree = tree();
    fs::write(tree.path().join("broken.json"), "{").unwrap();
    for (args, said) in [
        ("check mails --baseline no.json", "error: can't read the baseline `no.json`: no such file or directory"),
        ("check mails --baseline broken.json", "error: can't read the baseline `broken.json`: EOF while parsing"),
        ("check mails --write-baseline no/known.json", "error: can't write the baseline `no/known.json`: no such"),
        ("check mails/clean.eml gone.eml --write-baseline broken.json", "`broken.json` is not written: not all could"),
    ] {
        let (code, _, err) = run(&tree, args);
        assert!(code == Some(2) && err.contains(said), "{args}: {err}");
    }
    assert_eq!(fs::read_to_string(tree.path().join("broken.json")).unwrap(), "{");
}

#[test]
fn statistics_count_by_lint() {
    let tree = tree();
    fs::copy(tree.path().join("mails/catalogs.eml"), tree.path().join("copy.eml")).unwrap();
    let (code, out, _) = run(&tree, "check . --statistics -A unresolved-merge-tag");
    assert_eq!(code, Some(1));
    let table = "2 error[freemail-sender]\n2 warning[split-subscription-links]\n2 warning[undisclosed-tracking]\n\n";
    assert!(out.contains(table), "{out}");
}

#[test]
fn what_is_known_is_not_fixed_either() {
    let tree = tree();
    let mail = "From: Shoppers, Handbag <a@shoppershandbag.com>\r\nSubject: Autumn\r\nTo: b@c.com\r\n\r\nOur new bags: https://shoppershandbag.com/autumn\r\n";
    let (old, new) = (tree.path().join("old.eml"), tree.path().join("new.eml"));
    fs::write(&old, mail).unwrap();
    run(&tree, "check old.eml --write-baseline known.json");
    fs::write(&new, mail).unwrap();
    let (_, out, _) = run(&tree, "check old.eml new.eml --baseline known.json --fix --format short");
    assert_eq!(fs::read_to_string(&old).unwrap(), mail, "{out}");
    assert!(fs::read_to_string(&new).unwrap().starts_with("From: \"Shoppers, Handbag\" <"), "{out}");
    let (_, out, _) = run(&tree, "check old.eml --baseline known.json --fix --write-baseline again.json");
    assert!(!out.contains("gone"), "{out}");
    assert_eq!(fs::read(tree.path().join("again.json")).unwrap(), fs::read(tree.path().join("known.json")).unwrap());
}
