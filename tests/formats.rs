//! The formats of reports as files and scripts get them, over the sample campaigns.

#![allow(clippy::unwrap_used)]

#[path = "common/tree.rs"]
mod tree;

use serde_json::Value;
use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;
use tree::samples as tree;

fn command(tree: &TempDir, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(tree.path()).args(args.split_whitespace());
    command
}

/// What came out, the exit code being as expected.
#[track_caller]
fn out(tree: &TempDir, args: &str, code: i32) -> String {
    let Output { status, stdout, stderr } = command(tree, args).output().unwrap();
    assert_eq!(status.code(), Some(code), "{args}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

/// `line:column lint` of each diagnostic, as the short report has them.
fn short(tree: &TempDir) -> Vec<String> {
    let line = |line: &str| {
        let (place, said) = line.split_once(": ").unwrap();
        let place = place.split_once(':').map_or("", |(_, place)| place);
        let lint = &said[said.find('[').unwrap() + 1..said.find(']').unwrap()];
        format!("{place} {lint}")
    };
    out(tree, "check mails --format short", 1).lines().map(line).collect()
}

const FORMATS: [&str; 10] =
    ["human", "short", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "html"];

#[test]
fn every_format_has_the_same_exit_code_and_says_the_same_twice() {
    let tree = tree();
    for format in FORMATS {
        let faults = out(&tree, &format!("check mails --format {format}"), 1);
        assert_eq!(faults, out(&tree, &format!("check mails --threads 1 --format {format}"), 1), "{format}");
        out(&tree, &format!("check mails --exit-zero --format {format}"), 0);
        out(&tree, &format!("check mails/clean.eml --format {format}"), 0);
        out(&tree, &format!("check mails gone.eml --exit-zero --format {format}"), 2);
    }
}

#[test]
fn every_format_has_the_same_diagnostics_at_the_same_places() {
    let tree = tree();
    let wanted = short(&tree);
    assert!(wanted.len() >= 4, "{wanted:?}");
    let run = |format: &str| out(&tree, &format!("check mails --format {format}"), 1);
    let at = |line: &Value, column: &Value, lint: &Value| format!("{line}:{column} {}", lint.as_str().unwrap());

    let lines = run("json-lines");
    let lines = lines.lines().map(json).map(|one| {
        let span = &one["spans"][0];
        at(&span["line_start"], &span["column_start"], &one["code"]["code"])
    });
    assert_eq!(lines.collect::<Vec<_>>(), wanted, "json-lines");

    let sarif = json(&run("sarif"));
    let results = sarif["runs"][0]["results"].as_array().unwrap().iter().map(|one| {
        let region = &one["locations"][0]["physicalLocation"]["region"];
        at(&region["startLine"], &region["startColumn"], &one["ruleId"])
    });
    assert_eq!(results.collect::<Vec<_>>(), wanted, "sarif");

    let gitlab = json(&run("gitlab"));
    let issues = gitlab.as_array().unwrap().iter();
    let issues = issues.map(|one| at(&one["location"]["lines"]["begin"], &Value::Null, &one["check_name"]));
    let lines_only = |place: &String| {
        let (line, rest) = place.split_once(':').unwrap();
        format!("{line}:null {}", rest.split_once(' ').unwrap().1)
    };
    assert_eq!(issues.collect::<Vec<_>>(), wanted.iter().map(lines_only).collect::<Vec<_>>(), "gitlab");

    let rdjson = json(&run("rdjson"));
    assert_eq!(rdjson["diagnostics"].as_array().unwrap().len(), wanted.len(), "rdjson");
    assert_eq!(run("github").lines().filter(|line| line.starts_with("::")).count(), wanted.len(), "github");
    assert_eq!(run("junit").matches("<testcase ").count(), wanted.len() + 1, "junit: and the clean one");
}

#[test]
fn sarif_describes_its_rules_and_links_to_their_pages() {
    let log = json(&out(&tree(), "check mails --format sarif", 1));
    let driver = &log["runs"][0]["tool"]["driver"];
    let rule = driver["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == "freemail-sender").unwrap();
    let page =
        format!("https://docs.rs/crate/presend/{}/source/lints/sender/freemail_sender.md", env!("CARGO_PKG_VERSION"));
    assert_eq!(rule["helpUri"], page.as_str());
    assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# freemail-sender\n"));
}

#[test]
fn paths_are_those_of_the_repository_wherever_presend_runs() {
    let tree = tree();
    let run = |format: &str| {
        let mut command = command(&tree, &format!("check ./catalogs.eml --format {format}"));
        String::from_utf8(command.current_dir(tree.path().join("mails")).output().unwrap().stdout).unwrap()
    };
    let sarif = json(&run("sarif"));
    let artifact = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(artifact["uri"], "mails/catalogs.eml");
    let whole = json(&out(&tree, "check mails --format sarif", 1));
    assert_eq!(
        sarif["runs"][0]["results"][0]["partialFingerprints"],
        whole["runs"][0]["results"][0]["partialFingerprints"]
    );
    assert_eq!(json(&run("gitlab"))[0]["location"]["path"], "mails/catalogs.eml");
    assert_eq!(json(&run("rdjson"))["diagnostics"][0]["location"]["path"], "mails/catalogs.eml");
    assert!(run("github").starts_with("::error title=freemail-sender,file=mails/catalogs.eml,line=2,"));
}

#[test]
fn fingerprints_survive_moved_lines() {
    let tree = tree();
    let fingerprints = || {
        let issues = json(&out(&tree, "check mails --format gitlab", 1));
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect::<Vec<_>>()
    };
    let before = fingerprints();
    let path = tree.path().join("mails/catalogs.eml");
    let mail = fs::read(&path).unwrap();
    fs::write(&path, [b"X-Campaign: 7\r\n".as_slice(), &mail].concat()).unwrap();
    assert_eq!(fingerprints(), before);
}

#[test]
fn several_at_once_each_say_what_they_say_alone() {
    let tree = tree();
    let args = "check mails --format short --output sarif=a.sarif --output json=b.json --output human=c.txt";
    let short = out(&tree, args, 1);
    assert_eq!(short, out(&tree, "check mails --format short", 1));
    for (file, format) in [("a.sarif", "sarif"), ("b.json", "json"), ("c.txt", "human")] {
        let written = fs::read_to_string(tree.path().join(file)).unwrap();
        assert_eq!(written, out(&tree, &format!("check mails --format {format}"), 1), "{format}");
        fs::remove_file(tree.path().join(file)).unwrap();
    }
    assert_eq!(fs::read_dir(tree.path()).unwrap().count(), 2, "nothing else is left behind");
}

#[test]
fn what_can_t_be_written_is_named_and_the_others_are_written() {
    let tree = tree();
    let args = "check mails/clean.eml --output json=no/such.json --output sarif=mails --output gitlab=c.json";
    let run = command(&tree, args).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains("error: can't write the report to `no/such.json`: no such file or directory"), "{said}");
    assert!(said.contains("error: can't write the report to `mails`: is a directory"), "{said}");
    assert_eq!(fs::read_to_string(tree.path().join("c.json")).unwrap(), "[]\n");
    assert!(String::from_utf8(run.stdout).unwrap().contains("no faults found in 1 campaign"));
}

#[test]
fn a_wrong_output_is_told() {
    let tree = tree();
    for (args, said) in [
        ("check --output sarif", "a format and a file are wanted, such as `sarif=presend.sarif`"),
        ("check --output xml=a", "unknown format `xml`"),
        ("check --output json=", "the name of the file is missing"),
        ("check --output json=-", "what goes to standard output is said by `--format`"),
        ("check --output json=a --output sarif=a", "`--output` names `a` twice"),
        ("check --output json=a --output sarif=mails/../a", "`--output` names `mails/../a` twice"),
        ("check --output json=a --write-baseline ./a", "`--output` and `--write-baseline` both name `./a`"),
        ("check mails/clean.eml --output html=mails/clean.eml", "`--output` would overwrite `mails/clean.eml`"),
        ("check mails --output html=mails/clean.eml", "`--output` would overwrite `mails/clean.eml`"),
        ("check mails --write-baseline mails/clean.eml", "`--write-baseline` would overwrite `mails/clean.eml`"),
    ] {
        let run = command(&tree, args).output().unwrap();
        let text = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(2) && text.contains(said), "{args}: {text}");
    }
    assert!(!tree.path().join("a").exists());
}

#[test]
fn what_is_found_in_a_file_is_told_before_the_next_is_done() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let tree = tree();
    let args = "check mails/catalogs.eml - --stdin-filename z.html --format json-lines";
    let mut child = command(&tree, args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let stdin = child.stdin.take().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(json(&line)["code"]["code"], "freemail-sender", "while standard input is still open");
    drop(stdin);
    child.wait().unwrap();
}

#[test]
fn reports_beside_campaigns_are_none() {
    let tree = tree();
    let args = "check --format short --output html=mails/report.html --output html=empty.html";
    fs::write(tree.path().join("empty.html"), "").unwrap();
    let first = out(&tree, args, 1);
    assert!(!first.contains("report.html") && !first.contains("empty.html"), "{first}");
    assert_eq!(out(&tree, args, 1), first, "what the run writes is not read");
    assert_eq!(out(&tree, "check --format short", 1), first, "nor by another run");
    assert!(
        out(&tree, "check --format short mails/report.html --exit-zero", 0).contains("report.html"),
        "it was named"
    );
    assert_eq!(out(&tree, "check --force-exclude --format short mails/report.html", 0), "");
}

#[test]
fn github_gets_a_job_summary_behind_what_is_there() {
    let tree = tree();
    let file = tree.path().join("summary.md");
    fs::write(&file, "before\n").unwrap();
    let run = |args| command(&tree, args).env("GITHUB_STEP_SUMMARY", &file).output().unwrap().status.code();
    assert_eq!(run("check mails --format short"), Some(1));
    assert_eq!(fs::read_to_string(&file).unwrap(), "before\n");
    assert_eq!(run("check mails --format github"), Some(1));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("before\n## presend: not ready to send\n"), "{text}");
    assert!(text.contains("| [`freemail-sender`](https://docs.rs/crate/presend/"), "{text}");
}

#[cfg(unix)]
#[test]
fn pipes_and_the_standard_streams_are_written_to_as_they_are() {
    use std::io::Read;
    let tree = tree();
    let sarif = out(&tree, "check mails --format sarif", 1);
    let short = out(&tree, "check mails --format short", 1);
    // standard output may be a file: what stands there stays
    let script =
        "echo first > out; \"$0\" check mails --format short --output sarif=/dev/stdout >> out; echo last >> out";
    let presend = env!("CARGO_BIN_EXE_presend");
    let sh = |script: &str| {
        let mut command = Command::new("/bin/sh");
        command.env_clear().env("PATH", "/usr/bin:/bin").current_dir(tree.path()).args(["-c", script, presend]);
        command
    };
    assert!(sh(script).status().unwrap().success());
    assert_eq!(fs::read_to_string(tree.path().join("out")).unwrap(), format!("first\n{short}{sarif}last\n"));
    let run = command(&tree, "check mails --format sarif --output short=/dev/stderr --output json=/dev/null").output();
    let run = run.unwrap();
    let [on_out, on_err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!((run.status.code(), on_out, on_err), (Some(1), sarif.clone(), short));

    assert!(sh("mkfifo pipe").status().unwrap().success());
    let mut child = command(&tree, "check mails --format short --output sarif=pipe")
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut read = String::new();
    fs::File::open(tree.path().join("pipe")).unwrap().read_to_string(&mut read).unwrap();
    assert_eq!((child.wait().unwrap().code(), read), (Some(1), sarif));
    assert!(!fs::metadata(tree.path().join("pipe")).unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn where_no_space_is_left_the_old_report_stays_and_that_is_told() {
    let tree = tree();
    fs::write(tree.path().join("a.sarif"), "old").unwrap();
    let script = "trap '' XFSZ; ulimit -f 4; exec \"$0\" check mails --format short --output sarif=a.sarif";
    let mut command = Command::new("/bin/sh");
    let run = command.env_clear().current_dir(tree.path()).args(["-c", script, env!("CARGO_BIN_EXE_presend")]).output();
    let run = run.unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(run.status.code() == Some(2) && said.contains("can't write the report to `a.sarif`: "), "{said}");
    assert_eq!(fs::read_to_string(tree.path().join("a.sarif")).unwrap(), "old");
    assert_eq!(fs::read_dir(tree.path()).unwrap().count(), 3, "nothing is left beside it");
}
