//! `presend check --fix` as a shell sees it: what is written, what is left alone, and what is said about it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::lint_only;
use common::pages::{sample, sections};
use presend::diagnostic::Applicability;
use presend::lints::REGISTRY;
use snapbox::{assert_data_eq, str};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const FAULTY: &str = "From: Shoppers, Handbag <marketing@shoppershandbag.com>\r\nSubject: Autumn\r\nList-Unsubscribe: <https://shoppershandbag.com/u/7kq2>\r\nList-Unsubscribe-Post: One-Click\r\n\r\nOur new bags: https://shoppershandbag.com/autumn\r\n";

/// What a run left behind.
struct Ran {
    code: Option<i32>,
    out: Vec<u8>,
    err: String,
}

impl Ran {
    fn out(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }
}

/// A folder with these files, where no configuration from above reaches.
fn tree(files: &[(&str, &[u8])]) -> TempDir {
    let tree = tempfile::tempdir().unwrap();
    fs::create_dir(tree.path().join(".git")).unwrap();
    for (path, bytes) in files {
        fs::write(tree.path().join(path), bytes).unwrap();
    }
    tree
}

/// `-A` for all lints but `names`, which keep their levels, or are warnings where they are off.
fn only(names: &[&str]) -> Vec<String> {
    let flag = |name: &str| match (names.contains(&name), REGISTRY.find(name).unwrap().1.level) {
        (true, presend::diagnostic::Level::Allow) => Some("-W"),
        (true, _) => None,
        (false, _) => Some("-A"),
    };
    let lints = REGISTRY.lints().filter_map(|(_, lint)| Some([flag(lint.name)?.to_owned(), lint.name.to_owned()]));
    lints.flatten().collect()
}

fn command(tree: &Path, names: &[&str], args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(tree).arg("check").args(only(names)).args(args.split_whitespace());
    command
}

fn ran(mut command: Command, stdin: &[u8]) -> Ran {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // a run that reads nothing may have closed it
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    Ran { code: output.status.code(), out: output.stdout, err: String::from_utf8(output.stderr).unwrap() }
}

/// Runs `presend check ARGS` with the lints of [`FAULTY`].
fn check(tree: &TempDir, args: &str) -> Ran {
    ran(command(tree.path(), &["malformed-one-click", "unquoted-display-name"], args), b"")
}

fn read(tree: &TempDir, name: &str) -> String {
    String::from_utf8(fs::read(tree.path().join(name)).unwrap()).unwrap()
}

fn mended() -> String {
    FAULTY
        .replace("Post: One-Click", "Post: List-Unsubscribe=One-Click")
        .replace("Shoppers, Handbag", "\"Shoppers, Handbag\"")
}

#[test]
fn a_file_is_mended_and_what_remains_is_reported() {
    let tree = tree(&[("a.eml", FAULTY.as_bytes()), ("b.eml", mended().as_bytes())]);
    let run = check(&tree, "--fix --quiet .");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_data_eq!(
        run.out(),
        str![[r#"
fixed 2 faults in 1 file
no faults are left in 2 campaigns

"#]]
    );
    assert_eq!(read(&tree, "a.eml"), mended());
    let again = check(&tree, "--fix --quiet .");
    assert_eq!(again.out(), "no faults found in 2 campaigns\n");
}

#[test]
fn every_page_s_example_becomes_what_to_use_instead() {
    let mut count = 0;
    for (_, lint) in REGISTRY.lints() {
        let sections = sections(lint.page);
        let example = sample(lint.name, &sections[2].1);
        let found = lint_only(lint.name, &example.options, &example.bytes);
        let sure = |found: &presend::diagnostic::Diagnostic| {
            found.suggestions.iter().any(|suggestion| suggestion.applicability == Applicability::MachineApplicable)
        };
        if !found.diagnostics.iter().any(sure) {
            continue;
        }
        count += 1;
        let name = Path::new(&example.options.name).file_name().unwrap().to_str().unwrap();
        let tree = tree(&[(name, &example.bytes)]);
        let run = ran(command(tree.path(), &[lint.name], &format!("--fix --force {} {name}", example.flags)), b"");
        assert_eq!(run.code, Some(0), "{}: {}{}", lint.name, String::from_utf8_lossy(&run.out), run.err);
        let fixed = fs::read(tree.path().join(name)).unwrap();
        let cure = sample(lint.name, &sections[3].1).bytes;
        assert_eq!(String::from_utf8_lossy(&fixed), String::from_utf8_lossy(&cure), "{}", lint.name);
        assert_eq!(fixed, cure, "{}", lint.name);
    }
    assert!(count >= 10, "only {count} lints have an example that can be mended");
}

#[test]
fn a_diff_writes_nothing() {
    let tree = tree(&[("a.eml", FAULTY.as_bytes())]);
    let run = check(&tree, "--fix --diff --format short a.eml");
    assert_data_eq!(
        run.out(),
        str![[r#"
--- a.eml
+++ a.eml
@@ -1,6 +1,6 @@
-From: Shoppers, Handbag <marketing@shoppershandbag.com>
+From: "Shoppers, Handbag" <marketing@shoppershandbag.com>
 Subject: Autumn
 List-Unsubscribe: <https://shoppershandbag.com/u/7kq2>
-List-Unsubscribe-Post: One-Click
+List-Unsubscribe-Post: List-Unsubscribe=One-Click
 
 Our new bags: https://shoppershandbag.com/autumn

"#]]
    );
    assert!(run.out().contains("+List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "the bytes of the file");
    assert!(run.err.contains("a.eml:4:24: error[malformed-one-click]"), "{}", run.err);
    assert_eq!((run.code, read(&tree, "a.eml")), (Some(1), FAULTY.to_owned()));
    let human = check(&tree, "--fix --diff a.eml");
    assert!(human.err.contains("2 faults in 1 file can be fixed: see the diff\n"), "{}", human.err);
}

#[test]
fn standard_input_comes_out_mended_and_the_report_stands_aside() {
    let names = ["malformed-one-click", "freemail-sender"];
    let input =
        FAULTY.replace("Shoppers, Handbag", "Handbags").replace("marketing@shoppershandbag.com", "a@outlook.com");
    let tree = tree(&[]);
    let run = |args: &str| ran(command(tree.path(), &names, args), input.as_bytes());
    let fixed = run("--fix --format short - --stdin-filename a.eml");
    assert_eq!(fixed.out(), input.replace("Post: One-Click", "Post: List-Unsubscribe=One-Click"));
    assert!(fixed.err.starts_with("a.eml:1:19: error[freemail-sender]"), "{}", fixed.err);
    assert_eq!((fixed.code, fixed.err.lines().count()), (Some(1), 1));
    // what can't be mended comes out as it is
    let sealed = input.replace("Subject:", "DKIM-Signature: v=1\r\nSubject:");
    let left = ran(command(tree.path(), &names, "--fix - --stdin-filename a.eml"), sealed.as_bytes());
    assert_eq!(left.out(), sealed);
    let diff = run("--fix --diff - --stdin-filename a.eml");
    assert!(diff.out().starts_with("--- a.eml\n+++ a.eml\n@@ "), "{}", diff.out());
}

#[test]
fn a_signed_or_received_message_is_left_alone_unless_forced() {
    for field in ["DKIM-Signature: v=1; d=shoppershandbag.com", "Received: from a by b; Mon, 2 Mar 2026 10:00:00 +0100"]
    {
        let sealed = format!("{field}\r\n{FAULTY}");
        let tree = tree(&[("a.eml", sealed.as_bytes())]);
        let run = check(&tree, "--fix --format short --exit-zero a.eml");
        let name = field.split(':').next().unwrap();
        assert_eq!(
            run.err,
            format!(
                "warning: a.eml: it was not fixed: it carries `{name}`, and is no longer what was signed or received if it is rewritten\n  = help: fix the template that it was made from, or rewrite it with `--force`\n"
            )
        );
        assert_eq!((run.code, read(&tree, "a.eml")), (Some(0), sealed.clone()));
        assert_eq!(check(&tree, "--fix a.eml").code, Some(1), "the exit code is that of what is found");
        assert_eq!(check(&tree, "--fix --force a.eml").code, Some(0));
        assert_eq!(read(&tree, "a.eml"), format!("{field}\r\n{}", mended()));
    }
}

#[test]
fn what_is_allowed_is_not_mended() {
    let tree = tree(&[("a.eml", FAULTY.as_bytes())]);
    let config = "[[allow]]\npath = \"a.eml\"\nlint = \"malformed-one-click\"\nreason = \"looked at\"\n";
    fs::write(tree.path().join("presend.toml"), config).unwrap();
    let run = ran(command(tree.path(), &["malformed-one-click"], "--fix a.eml"), b"");
    assert_eq!((run.code, read(&tree, "a.eml")), (Some(0), FAULTY.to_owned()));
    fs::remove_file(tree.path().join("presend.toml")).unwrap();
    assert_eq!(ran(command(tree.path(), &["unquoted-display-name"], "--fix a.eml"), b"").code, Some(0));
    assert!(read(&tree, "a.eml").contains("Post: One-Click"), "the lint is off");
}

#[test]
fn unsafe_fixes_are_applied_where_they_are_asked_for() {
    let mail =
        "From: a@shoppershandbag.com\nSubject: [Test] Our new bags\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nBags\n";
    let tree = tree(&[("a.eml", mail.as_bytes())]);
    let run = |args: &str| ran(command(tree.path(), &["test-marker"], args), b"");
    assert!(run("--fix a.eml").out().contains("test-marker"));
    assert_eq!(read(&tree, "a.eml"), mail);
    assert_eq!(run("--fix --unsafe-fixes a.eml").out(), "fixed 1 fault in 1 file\nno faults are left in 1 campaign\n");
    assert_eq!(read(&tree, "a.eml"), mail.replace("[Test] ", ""));
}

#[test]
fn flags_of_fixing_need_it() {
    for flag in ["--unsafe-fixes", "--diff", "--force"] {
        let run = check(&tree(&[]), flag);
        assert!(run.code == Some(2) && run.err.contains("--fix"), "{flag}: {}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let tree = tree(&[("a.eml", FAULTY.as_bytes())]);
    let path = tree.path().join("a.eml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
    symlink("a.eml", tree.path().join("z.eml")).unwrap();
    let run = check(&tree, "--fix a.eml z.eml");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(tree.path().join("z.eml").is_symlink());
    assert_eq!((fs::metadata(&path).unwrap().permissions().mode() & 0o777, read(&tree, "z.eml")), (0o604, mended()));
}

#[test]
fn a_read_only_file_stays_and_the_others_are_mended() {
    let tree = tree(&[("a.eml", FAULTY.as_bytes()), ("b.eml", FAULTY.as_bytes())]);
    let path = tree.path().join("a.eml");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let run = check(&tree, "--fix --format short --exit-zero .");
    assert_eq!(
        run.err,
        "error: a.eml: what was fixed can't be written: it is read-only\n  = note: the file is as it was\n"
    );
    assert_eq!(run.code, Some(2));
    assert!(run.out().contains("a.eml:4:24: error[malformed-one-click]"), "it is still there: {}", run.out());
    assert_eq!((read(&tree, "a.eml"), read(&tree, "b.eml")), (FAULTY.to_owned(), mended()));
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_t_be_written_is_told() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let tree = tree(&[("a.eml", FAULTY.as_bytes())]);
    // nothing keeps root from writing: the binary then runs as somebody else
    let is_root = fs::metadata(tree.path()).unwrap().uid() == 0;
    let binary = tree.path().join("presend");
    // by another process: a file that this one holds open for writing can't be run
    assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_presend")).arg(&binary).status().unwrap().success());
    fs::set_permissions(tree.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = Command::new(&binary);
    command.env_clear().current_dir(tree.path()).args(["check", "--fix", "--format", "short", "a.eml"]);
    if is_root {
        command.uid(65534);
    }
    let run = ran(command, b"");
    fs::set_permissions(tree.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let said = "error: a.eml: what was fixed can't be written: permission denied\n  = note: the file is as it was\n";
    assert_eq!((run.code, run.err.as_str()), (Some(2), said));
    assert_eq!(read(&tree, "a.eml"), FAULTY);
}

#[cfg(unix)]
#[test]
fn where_no_space_is_left_nothing_is_lost() {
    let long = format!("{FAULTY}{}", "a line of text\r\n".repeat(1000));
    let tree = tree(&[("a.eml", long.as_bytes())]);
    // no file may grow beyond a few blocks, and the signal that says so is ignored: writing fails as on a full disk
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" check --fix --format short a.eml";
    let mut command = Command::new("/bin/sh");
    command.env_clear().current_dir(tree.path()).args(["-c", script, env!("CARGO_BIN_EXE_presend")]);
    let run = ran(command, b"");
    assert!(run.err.starts_with("error: a.eml: what was fixed can't be written: "), "{}", run.err);
    assert_eq!((run.code, read(&tree, "a.eml")), (Some(2), long));
    assert_eq!(fs::read_dir(tree.path()).unwrap().count(), 2, "nothing is left beside it and .git");
}
