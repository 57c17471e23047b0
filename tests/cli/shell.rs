//! Completions and man pages: what shells and `man` make of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "elvish", "powershell"];

fn presend(args: &[&str]) -> String {
    let Output { status, stdout, .. } = Command::new(env!("CARGO_BIN_EXE_presend")).args(args).output().unwrap();
    assert_eq!(status.code(), Some(0), "{args:?}");
    String::from_utf8(stdout).unwrap()
}

/// What bash offers behind `words`, the last of which is being written.
fn offered(script: &Path, words: &[&str]) -> Vec<String> {
    let program = r#"
        source "$1" || exit 3
        shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
        function=$(complete -p presend | sed 's/.*-F \([^ ]*\).*/\1/')
        "$function" presend "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let ran = Command::new("bash").args(["--norc", "-c", program, "bash"]).arg(script).args(words).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().split_whitespace().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_lints_and_formats() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("presend.bash");
    fs::write(&script, presend(&["completions", "bash"])).unwrap();
    for (words, expected) in [
        (&["presend", "ch"][..], &["check"][..]),
        (&["presend", "check", "--base"], &["--baseline"]),
        (&["presend", "check", "--format", "sa"], &["sarif"]),
        (&["presend", "check", "--deny", "freemail-s"], &["freemail-sender"]),
        (&["presend", "check", "-W", "pedan"], &["pedantic"]),
        (&["presend", "explain", "outlook-h"], &["outlook-high-volume"]),
        (&["presend", "completions", "el"], &["elvish"]),
    ] {
        assert_eq!(offered(&script, words), expected, "{words:?}");
    }
}

#[test]
fn every_shell_gets_a_script_that_knows_the_lints() {
    for shell in SHELLS {
        let script = presend(&["completions", shell]);
        // elvish and powershell complete no values
        let wanted: &[&str] =
            if matches!(shell, "elvish" | "powershell") { &["check"] } else { &["freemail-sender", "json-lines"] };
        assert!(wanted.iter().all(|word| script.contains(word)), "{shell}");
    }
}

#[test]
fn there_is_a_man_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man/man1");
    assert_eq!(presend(&["man", "--dir", pages.to_str().unwrap()]), "");
    let mut names: Vec<_> =
        fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let commands = ["check", "completions", "config", "explain", "lints", "man"];
    for command in commands {
        let page = fs::read_to_string(pages.join(format!("presend-{command}.1"))).unwrap();
        assert!(
            page.contains(&format!(".TH presend-{command} 1")) && page.contains(".SH SYNOPSIS"),
            "{command}: {page}"
        );
    }
    assert!(names.len() > commands.len() && names.contains(&"presend.1".to_owned()), "{names:?}");
    let all: Vec<_> = presend(&["man"]).lines().filter(|line| line.starts_with(".TH ")).map(str::to_owned).collect();
    assert_eq!(all.len(), names.len());

    // where there is groff, it has nothing to complain of
    let Ok(groff) =
        Command::new("groff").args(["-man", "-Tutf8", "-ww", "-z"]).arg(pages.join("presend-check.1")).output()
    else {
        return;
    };
    assert_eq!((groff.status.success(), String::from_utf8(groff.stderr).unwrap()), (true, String::new()));
}

#[test]
fn man_pages_that_can_t_be_written_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let dir = folder.path().join("file/man");
    let ran = Command::new(env!("CARGO_BIN_EXE_presend")).arg("man").arg("--dir").arg(&dir).output().unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(ran.status.code() == Some(2) && said.contains("error: can't write the man pages to `"), "{said}");
}
