//! A run that is ended at any time leaves the old file or the new one; Ctrl-C leaves nothing else; a full disk and a closed pipe are told or borne.

use super::tool::tool;
use super::tree::tree;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const FAULTY: &str = "From: Shop <news@shop.example>\r\nSubject: Autumn\r\n\
    List-Unsubscribe: <https://shop.example/u/7kq2>\r\nList-Unsubscribe-Post: One-Click\r\n\r\nOur new bags\r\n";

/// A call of the system: its name, and which of its name in its thread it is, from 1.
type Call = (String, usize);

/// The calls of a run of `check --fix` from the first one that writes a file on; `None` without strace.
fn calls(strace: &Path, folder: &Path) -> Option<Vec<Call>> {
    let trace = folder.join("trace");
    let ran = fix(strace, folder, &["-o", trace.to_str().unwrap()]);
    if !trace.exists() {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: nothing can be traced here\n");
        return None;
    }
    assert!(ran.status.code().is_some_and(|code| code < 2), "{ran:?}");
    let (mut counts, mut found, mut writes) = (HashMap::new(), Vec::new(), false);
    for line in fs::read_to_string(&trace).unwrap().lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let Some((name, _)) = call.trim_start().split_once('(') else { continue };
        let nth = counts.entry((thread.to_owned(), name.to_owned())).or_insert(0);
        *nth += 1;
        writes |= line.contains("O_TMPFILE");
        if writes && !matches!(name, "exit_group" | "exit" | "futex") && !name.starts_with('<') {
            found.push((name.to_owned(), *nth));
        }
    }
    assert!(found.iter().any(|(name, _)| name.starts_with("rename")), "{found:?}");
    Some(found)
}

fn fix(strace: &Path, folder: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(strace);
    command.env_clear().current_dir(folder).args(["-f", "-qq"]).args(options).arg(env!("CARGO_BIN_EXE_presend"));
    command.args(["check", "--fix", "--no-config", "--threads", "1", "a.eml"]);
    command.stdin(Stdio::null()).output().unwrap()
}

/// Runs `check --fix` once for each call that comes after the first write, with `fault` at that call; what was there, what is there, who else is there.
fn at_each_call(fault: &str, calls_to_try: &[&str], each: impl Fn(&str, &str, &str, &str, &Output)) {
    let Some(strace) = tool("strace") else { return };
    let old = format!("{FAULTY}{}", "a line of text\r\n".repeat(2_000));
    let tree = tree(&[("a.eml", &old)]);
    let path = tree.path().join("a.eml");
    let Some(calls) = calls(&strace, tree.path()) else { return };
    fs::remove_file(tree.path().join("trace")).unwrap();
    let new = fs::read_to_string(&path).unwrap();
    assert_ne!(new, old, "there is something to mend");
    let mut tried = 0;
    for (name, nth) in calls.iter().filter(|(name, _)| calls_to_try.is_empty() || calls_to_try.contains(&&**name)) {
        fs::write(&path, &old).unwrap();
        let inject = format!("inject={name}:{fault}:when={nth}");
        let ran = fix(&strace, tree.path(), &["-o", "/dev/null", "-e", &inject]);
        let left = fs::read_to_string(&path).unwrap();
        assert!(left == old || left == new, "{inject}: {} bytes", left.len());
        let names = fs::read_dir(tree.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut others: Vec<_> = names.filter(|name| name != "a.eml" && name != ".git").collect();
        others.sort();
        let state = if left == old { "old" } else { "new" };
        each(&inject, state, &others.join(" "), &String::from_utf8_lossy(&ran.stderr), &ran);
        for other in others {
            fs::remove_file(tree.path().join(other)).unwrap();
        }
        tried += 1;
    }
    assert!(tried > 0, "{calls_to_try:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_killed_between_two_calls_leaves_the_old_file_or_the_new_one() {
    at_each_call("signal=KILL", &[], |at, _, others, _, _| {
        assert!(others.is_empty() || others.starts_with(".presend-"), "{at}: {others}");
    });
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_leaves_nothing_behind() {
    at_each_call("signal=INT", &[], |at, _, others, _, _| assert_eq!(others, "", "{at}"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    at_each_call("error=ENOSPC", &["copy_file_range", "fsync", "renameat", "rename"], |at, state, others, err, ran| {
        // that a folder can't be synced is no loss
        if state == "old" {
            assert!(err.contains("a.eml") && err.contains("no space is left"), "{at}: {err}");
            assert_eq!(ran.status.code(), Some(2), "{at}");
        }
        assert_eq!(others, "", "{at}");
    });
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_quiet() {
    let tree = tree(&[("a.eml", FAULTY), ("b.eml", FAULTY)]);
    for args in [
        "check .",
        "check --format json .",
        "check --format html .",
        "lints",
        "explain missing-unsubscribe",
        "man",
        "--help",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.env_clear().current_dir(tree.path()).args(args.split(' '));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // nobody reads a byte of it
        drop(child.stdout.take());
        let ran = child.wait_with_output().unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.code().is_some_and(|code| code < 2), "{args}: {:?}: {err}", ran.status);
        assert!(!err.contains("ipe") && !err.contains("panicked"), "{args}: {err}");
    }
}
