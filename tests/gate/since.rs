//! `--since`: only what changed is checked, and what reads it.

use super::tree::tree;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A template with a fault at deny level.
const FAULTY: &str = "<html><body><p>Buy our lamps today, they are the best.</p><a href=\"http://192.168.0.1/a\">Lamps</a></body></html>";

pub fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always"]);
    let ran = command.args(args).output().expect("git is installed");
    assert!(ran.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "x"]);
}

/// A repository with one commit of `files`.
pub fn repository(files: &[(&str, &str)]) -> TempDir {
    let tree = tree(files);
    git(tree.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(tree.path());
    tree
}

fn write(tree: &TempDir, path: &str, text: &str) {
    let path = tree.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs with git on the path. Exit code, standard output, standard error.
fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).current_dir(folder);
    let ran = command.args(args).output().unwrap();
    let [out, err] = [ran.stdout, ran.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (ran.status.code(), out, err)
}

/// The files that are checked, as the report names them.
fn checked(folder: &Path, args: &[&str]) -> Vec<String> {
    let args = [&["check", "--format", "short"], args].concat();
    let (code, out, err) = run(folder, &args);
    assert!(code != Some(2), "{args:?}: {err}");
    let mut files: Vec<_> = out.lines().filter_map(|line| line.split(":1:").next()).map(str::to_owned).collect();
    files.dedup();
    files
}

#[test]
fn what_is_committed_staged_edited_or_new_is_checked_and_nothing_else() {
    let tree = repository(&[
        (".gitignore", "ignored.html\n"),
        ("same.html", FAULTY),
        ("committed.html", ""),
        ("staged.html", ""),
        ("edited.html", ""),
        ("gone.html", FAULTY),
        ("old name.html", FAULTY),
        ("deep/er/edited.html", ""),
    ]);
    git(tree.path(), &["checkout", "--quiet", "-b", "topic"]);
    write(&tree, "committed.html", FAULTY);
    commit(tree.path());
    for new in
        ["staged.html", "edited.html", "new.html", "new folder/it's new.html", "ignored.html", "deep/er/edited.html"]
    {
        write(&tree, new, FAULTY);
    }
    git(tree.path(), &["add", "staged.html"]);
    git(tree.path(), &["mv", "old name.html", "new name.html"]);
    fs::remove_file(tree.path().join("gone.html")).unwrap();
    let all = [
        "committed.html",
        "deep/er/edited.html",
        "edited.html",
        "new folder/it's new.html",
        "new name.html",
        "new.html",
        "staged.html",
    ];
    assert_eq!(checked(tree.path(), &["--since", "main"]), all);
    assert_eq!(checked(tree.path(), &["--since", "HEAD"]), all[1..], "what is committed is no change any more");
    assert_eq!(checked(&tree.path().join("deep"), &["--since", "main"]), ["er/edited.html"]);
    let several = ["--since", "main", "../same.html", "../new.html", ".", "../new folder"];
    assert_eq!(
        checked(&tree.path().join("deep"), &several),
        ["../new folder/it's new.html", "../new.html", "er/edited.html"]
    );
    assert_eq!(
        run(tree.path(), &["check", "same.html", "--since", "main", "--format", "short"]),
        (Some(0), String::new(), String::new())
    );
}

#[test]
fn what_others_did_to_the_branch_meanwhile_is_no_change() {
    let tree = repository(&[("a.html", ""), ("b.html", FAULTY)]);
    git(tree.path(), &["checkout", "--quiet", "-b", "topic"]);
    write(&tree, "a.html", FAULTY);
    commit(tree.path());
    git(tree.path(), &["checkout", "--quiet", "main"]);
    write(&tree, "b.html", "fixed");
    commit(tree.path());
    git(tree.path(), &["checkout", "--quiet", "topic"]);
    assert_eq!(checked(tree.path(), &["--since", "main"]), ["a.html"]);
}

#[cfg(unix)]
#[test]
fn any_name_is_found_again() {
    use std::os::unix::ffi::OsStrExt;
    let tree = repository(&[("a\nb.html", ""), ("\"ü\".html", ""), ("same.html", FAULTY)]);
    for name in [&b"a\nb.html"[..], "\"ü\".html".as_bytes(), b"\xff.html"] {
        fs::write(tree.path().join(std::ffi::OsStr::from_bytes(name)), FAULTY).unwrap();
    }
    let (_, out, _) = run(tree.path(), &["check", "--since", "HEAD", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let mut files: Vec<_> = (report["diagnostics"].as_array().unwrap().iter())
        .map(|found| found["primary"]["file"].as_str().unwrap().to_owned())
        .collect();
    files.dedup();
    assert_eq!(files, ["\"ü\".html", "a\nb.html", "\u{fffd}.html"]);
}

#[test]
fn a_changed_partial_is_still_a_partial() {
    let whole = "<html><body>{{> footer}}<p>Our lamps are the best that money can buy this winter.</p></body></html>";
    let partial = "<html><body><p>lamps</p></body></html>";
    let tree = repository(&[("mail.hbs", whole), ("footer.hbs", "")]);
    write(&tree, "footer.hbs", partial);
    let remarks = |args: &[&str]| run(tree.path(), &[&["check", "--verbose"], args].concat()).1;
    let said = remarks(&["--since", "HEAD"]);
    assert!(said.contains("footer.hbs") && said.contains("`mail.hbs` includes it"), "{said}");
    assert!(!said.contains("mail.hbs:"), "{said}");
}

#[test]
fn mjml_is_checked_again_where_what_it_includes_changed() {
    let mail = |file: &str| {
        format!(
            "<mjml><mj-body><mj-include path=\"{file}\"/><mj-section><mj-column><mj-button href=\"http://192.168.0.1/a\">Lamps</mj-button></mj-column></mj-section></mj-body></mjml>"
        )
    };
    let tree = repository(&[
        ("direct.mjml", &mail("parts/style.css")),
        ("through.mjml", &mail("./parts/outer")),
        ("other.mjml", &mail("parts/same.mjml")),
        ("parts/outer.mjml", "<mj-include path=\"style.css\" type=\"css\"/><mj-include path=\"outer.mjml\"/>"),
        ("parts/same.mjml", "<mj-text>a</mj-text>"),
        ("parts/style.css", "p { color: red }"),
    ]);
    assert_eq!(checked(tree.path(), &["--since", "HEAD"]), Vec::<String>::new());
    write(&tree, "parts/style.css", "p { color: blue }");
    assert_eq!(checked(tree.path(), &["--since", "HEAD"]), ["direct.mjml", "through.mjml"]);
}

#[test]
fn a_worktree_and_a_submodule_are_repositories_too() {
    let tree = repository(&[("a.html", ""), ("b.html", FAULTY)]);
    let elsewhere = tempfile::tempdir().unwrap();
    let worktree = elsewhere.path().join("work tree");
    git(tree.path(), &["worktree", "add", "--quiet", worktree.to_str().unwrap(), "-b", "topic"]);
    fs::write(worktree.join("a.html"), FAULTY).unwrap();
    assert_eq!(checked(&worktree, &["--since", "main"]), ["a.html"]);
    assert_eq!(checked(elsewhere.path(), &["--since", "main", "work tree"]), ["work tree/a.html"]);

    let outer = repository(&[("c.html", FAULTY)]);
    git(outer.path(), &["submodule", "--quiet", "add", tree.path().to_str().unwrap(), "sub"]);
    commit(outer.path());
    assert_eq!(checked(outer.path(), &["--since", "HEAD"]), Vec::<String>::new());
    write(&outer, "sub/a.html", FAULTY);
    assert_eq!(
        checked(outer.path(), &["--since", "HEAD"]),
        ["sub/a.html", "sub/b.html"],
        "a submodule changes as a whole"
    );
    assert_eq!(checked(outer.path(), &["--since", "HEAD", "sub"]), ["sub/a.html"], "unless it is asked itself");
}

#[test]
fn inside_a_hook_the_folder_says_which_repository_is_meant() {
    let tree = repository(&[("a.html", ""), ("in/b.html", "")]);
    write(&tree, "in/b.html", FAULTY);
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.current_dir(tree.path().join("in")).args(["check", "--since", "HEAD", "--format", "short"]);
    let ran = command.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").output().unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(ran.status.code() == Some(0) && out.starts_with("b.html:1:"), "{out}");
}

#[test]
fn what_git_can_t_tell_is_told_with_the_way_out() {
    let tree = repository(&[("a.html", "")]);
    git(tree.path(), &["checkout", "--quiet", "--orphan", "lonely"]);
    write(&tree, "b.html", "not the same commit");
    commit(tree.path());
    let shallow = tempfile::tempdir().unwrap();
    commit(tree.path());
    let from = format!("file://{}", tree.path().display());
    git(shallow.path(), &["clone", "--quiet", "--depth", "1", &from, "."]);
    let nowhere = tempfile::tempdir().unwrap();
    for (folder, rev, said) in [
        (
            &tree,
            "nothing",
            "error: can't tell what changed: git knows no revision `nothing` here\n  = help: `git branch --all`",
        ),
        (&tree, "", "git knows no revision `` here"),
        (&tree, "--output=x", "`--output=x` is no revision: it begins with `-`"),
        (&tree, "HEAD:a.html", "git knows no revision `HEAD:a.html` here"),
        (&tree, "main", "`main` and HEAD have no commit in common"),
        (
            &shallow,
            "HEAD~1",
            "git knows no revision `HEAD~1` here\n  = help: this clone is shallow: fetch the whole history",
        ),
        (&nowhere, "main", "git says: not a git repository"),
    ] {
        let (code, out, err) = run(folder.path(), &["check", &format!("--since={rev}")]);
        assert!((code, out.as_str()) == (Some(2), "") && err.contains(said), "{rev}: {err}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    let ran =
        command.env("PATH", "/nowhere").current_dir(tree.path()).args(["check", "--since", "main"]).output().unwrap();
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(
        ran.status.code() == Some(2) && err.contains("there is no `git` program\n  = help: `--since` asks"),
        "{err}"
    );
}
