//! `--watch` and the progress bar: what somebody at a terminal sees while presend runs.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

#[path = "common/tools.rs"]
mod tools;
#[path = "common/tree.rs"]
mod tree;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tree::tree;

/// Longer than anything here takes, also on a machine that does much else.
const LONG: Duration = Duration::from_secs(30);
const BAD: &str =
    "From: a@outlook.com\nTo: b@c.example\nSubject: Catalog\nDate: Fri, 21 Nov 2025 10:00:00 +0000\n\nHello.\n";

/// `presend check --watch`, running.
struct Watching {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (tell, lines) = mpsc::channel();
    std::thread::spawn(move || {
        BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
    });
    lines
}

impl Watching {
    /// Starts it in `folder`; it has run once when this returns, and what it said comes back.
    fn start(folder: &Path, args: &str) -> (Self, Vec<String>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.env_clear().current_dir(folder).args(["check", "--watch", "--format", "short"]);
        command.args(args.split_whitespace());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, err) = (lines(child.stdout.take().unwrap()), lines(child.stderr.take().unwrap()));
        let mut watching = Self { child, out, err };
        let said = watching.run();
        (watching, said)
    }

    /// What the next run says, with what it watches at the end.
    fn run(&mut self) -> Vec<String> {
        let watching = self.err.recv_timeout(LONG).expect("a run ends");
        let mut said: Vec<_> = self.out.try_iter().collect();
        // what is flushed before may be read a little later
        sleep(Duration::from_millis(50));
        said.extend(self.out.try_iter());
        said.push(watching);
        said
    }

    fn is_silent_for(&self, time: Duration) -> bool {
        self.err.recv_timeout(time).is_err()
    }

    fn signal(&mut self, name: &str) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
        self.ends()
    }

    fn ends(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < LONG, "it ends");
            sleep(Duration::from_millis(10));
        }
    }

    /// Processor time used so far, in ticks of 10 ms.
    #[cfg(target_os = "linux")]
    fn ticks(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<_> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        // utime and stime (proc_pid_stat(5)), counted from the third field on
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(tree: &TempDir, file: &str, text: &str) {
    let path = tree.path().join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The files in which the sender is found to be at fault, and what is watched.
fn seen(said: &[String]) -> Vec<&str> {
    let faults = said.iter().filter(|line| line.contains("[freemail-sender]") || line.contains("watching"));
    faults.map(|line| line.split(':').next().unwrap()).collect()
}

#[test]
fn a_change_a_new_file_and_one_that_is_gone_are_seen() {
    let tree = tree(&[("a.eml", BAD), ("b.eml", &BAD.replace("outlook.com", "brand.example"))]);
    let (mut watching, said) = Watching::start(tree.path(), ".");
    assert_eq!(seen(&said), ["a.eml", "watching 2 files; Ctrl-C ends"]);
    write(&tree, "b.eml", BAD);
    let said = watching.run();
    assert_eq!(seen(&said), ["a.eml", "b.eml", "watching 2 files; Ctrl-C ends"]);
    assert_eq!(said[0], "-".repeat(60), "a line between two runs");
    // as editors write: beside it, and renamed over it
    write(&tree, ".a.eml.tmp", "From: a@brand.example\nSubject: x\n\n");
    fs::rename(tree.path().join(".a.eml.tmp"), tree.path().join("a.eml")).unwrap();
    assert_eq!(seen(&watching.run())[0], "b.eml");
    write(&tree, "new/folder/c.eml", BAD);
    assert_eq!(seen(&watching.run()), ["b.eml", "new/folder/c.eml", "watching 3 files; Ctrl-C ends"]);
    fs::remove_file(tree.path().join("b.eml")).unwrap();
    assert_eq!(seen(&watching.run()), ["new/folder/c.eml", "watching 2 files; Ctrl-C ends"]);
    fs::remove_dir_all(tree.path().join("new")).unwrap();
    assert_eq!(seen(&watching.run()), ["watching 1 file; Ctrl-C ends"]);
    write(&tree, "new/folder/c.eml", BAD);
    assert_eq!(seen(&watching.run())[0], "new/folder/c.eml", "a folder that comes back is watched again");
}

#[test]
fn a_named_file_may_be_missing_and_come_back() {
    let tree = tree(&[("mails/a.eml", BAD)]);
    let (mut watching, said) = Watching::start(tree.path(), "mails/a.eml");
    assert_eq!(seen(&said), ["mails/a.eml", "watching 1 file; Ctrl-C ends"]);
    fs::remove_dir_all(tree.path().join("mails")).unwrap();
    assert_eq!(watching.run().last().unwrap(), "error: mails/a.eml: no such file or folder");
    assert_eq!(watching.run(), ["watching 0 files; Ctrl-C ends"]);
    write(&tree, "mails/a.eml", BAD);
    assert_eq!(seen(&watching.run()), ["mails/a.eml", "watching 1 file; Ctrl-C ends"]);
}

#[test]
fn what_a_run_depends_on_is_watched_too() {
    let including = "<mjml><mj-body><mj-include path=\"../parts/footer\" /></mj-body></mjml>\n";
    let tree = tree(&[("mails/a.eml", BAD), ("mails/b.mjml", including)]);
    let (mut watching, said) = Watching::start(tree.path(), "mails");
    assert_eq!(seen(&said), ["mails/a.eml", "watching 2 files; Ctrl-C ends"]);
    write(&tree, "parts/footer.mjml", "<mj-section></mj-section>\n");
    assert_eq!(seen(&watching.run()), ["mails/a.eml", "watching 3 files; Ctrl-C ends"], "an include");
    write(&tree, "presend.toml", "[lints]\nfreemail-sender = \"allow\"\n");
    assert_eq!(seen(&watching.run()), ["watching 4 files; Ctrl-C ends"], "the configuration above");
    write(&tree, "presend.toml", "[lints\n");
    assert!(watching.err.recv_timeout(LONG).unwrap().contains("error"), "a broken one is told");
    while !watching.err.recv_timeout(LONG).unwrap().contains("watching 4 files") {}
    fs::remove_file(tree.path().join("presend.toml")).unwrap();
    assert_eq!(seen(&watching.run()), ["mails/a.eml", "watching 3 files; Ctrl-C ends"]);
}

#[test]
fn what_is_ignored_and_what_it_writes_itself_start_nothing() {
    let tree = tree(&[("a.eml", BAD), (".gitignore", "target/\n"), ("target/old.eml", BAD), ("notes.txt", "")]);
    let args = ". --output json=report.json --output html=target/report.html --output html=b.html --no-config";
    let (mut watching, said) = Watching::start(tree.path(), args);
    assert_eq!(seen(&said)[0], "a.eml");
    assert!(tree.path().join("b.html").exists());
    for file in ["target/new.eml", "notes.txt", "report.json", ".hidden.eml"] {
        write(&tree, file, BAD);
    }
    assert!(watching.is_silent_for(Duration::from_millis(500)));
    write(&tree, ".gitignore", "");
    let said = watching.run();
    assert!(seen(&said).contains(&"target/new.eml"), "{said:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn while_nothing_happens_it_does_nothing() {
    let tree = tree(&[("a.eml", BAD)]);
    let (watching, _) = Watching::start(tree.path(), ".");
    let before = watching.ticks();
    assert!(watching.is_silent_for(Duration::from_secs(1)));
    assert!(watching.ticks() - before <= 1, "{} ticks", watching.ticks() - before);
}

#[test]
fn it_ends_with_ctrl_c_and_when_nobody_reads() {
    let tree = tree(&[("a.eml", BAD)]);
    let there = || fs::read_dir(tree.path()).unwrap().count();
    let before = there();
    for signal in ["INT", "TERM"] {
        let (mut watching, _) = Watching::start(tree.path(), ". --output short=report.txt");
        assert_eq!(watching.signal(signal).code(), Some(1), "as the last run");
        fs::remove_file(tree.path().join("report.txt")).unwrap();
        assert_eq!(there(), before, "nothing is left behind");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.current_dir(tree.path()).args(["check", "--watch", "."]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let err = lines(child.stderr.take().unwrap());
    assert!(err.recv_timeout(LONG).unwrap().starts_with("watching"));
    drop(child.stdout.take());
    assert_eq!(
        Watching { child, out: lines(std::io::empty()), err }.ends().code(),
        Some(1),
        "without a further change"
    );
}

#[test]
fn what_can_t_be_watched_is_refused() {
    let tree = tree(&[("a.eml", BAD)]);
    for (args, said) in [
        ("--watch -", "error: `--watch` can't watch standard input"),
        ("--watch --fix", "'--watch' cannot be used with '--fix'"),
        ("--watch --write-baseline b.json", "'--watch' cannot be used with '--write-baseline"),
        ("--watch -D no-such-lint", "no-such-lint"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.current_dir(tree.path()).arg("check").args(args.split_whitespace()).stdin(Stdio::null());
        let ran = command.output().unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.code() == Some(2) && err.contains(said), "{args}: {err}");
    }
}

/// What a terminal shows in the end of what was written to it: of escape sequences only "clear the rest of the line" and "clear all" are known.
fn screen(written: &str) -> String {
    let mut lines = vec![String::new()];
    let mut rest = written;
    let mut column = 0;
    while let Some(next) = rest.chars().next() {
        let known = ["\x1b[K", "\x1b[H\x1b[2J", "\r", "\n"].into_iter().find(|known| rest.starts_with(known));
        rest = &rest[known.map_or(next.len_utf8(), str::len)..];
        let line = lines.last_mut().unwrap();
        match known {
            Some("\x1b[K") => *line = line.chars().take(column).collect(),
            Some("\r") => column = 0,
            Some("\n") => lines.push(String::new()),
            Some(_) => lines = vec![String::new()],
            None => {
                *line = line.chars().take(column).chain([next]).chain(line.chars().skip(column + 1)).collect();
                column += 1;
            }
        }
        column = if matches!(known, Some("\n" | "\x1b[H\x1b[2J")) { 0 } else { column };
    }
    lines.join("\n")
}

/// A shell command in a terminal of its own, by util-linux's `script`.
fn in_terminal(script: &Path, tree: &TempDir, command: &str) -> Child {
    let mut script = Command::new(script);
    let path = std::env::var_os("PATH").unwrap_or_default();
    script.env_clear().env("PATH", path).env("TERM", "xterm").current_dir(tree.path());
    let command = command.replace("presend", env!("CARGO_BIN_EXE_presend"));
    script.args(["-qefc", &command, "/dev/null"]).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_long_run_shows_how_far_it_is_and_leaves_no_trace() {
    let Some(script) = tools::tool("script") else { return };
    let tree = tree(&[("a.eml", BAD), ("c.eml", BAD)]);
    let pipe = tree.path().join("b.eml");
    for (env, args, shows) in
        [("", "", true), ("", "--quiet", false), ("CI=true ", "", false), ("TERM=dumb ", "", false)]
    {
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let files = "a.eml b.eml c.eml --format short --color never";
        let mut terminal = in_terminal(&script, &tree, &format!("{env}presend check {files} {args}"));
        // it waits for what comes through the pipe
        let (mut out, mut written) = (terminal.stdout.take().unwrap(), Vec::new());
        if shows {
            let (mut byte, mut read) = ([0], 1);
            while read == 1 && !written.ends_with(b"/3") {
                read = out.read(&mut byte).unwrap();
                written.extend(&byte[..read]);
            }
        } else {
            sleep(Duration::from_millis(900));
        }
        fs::write(&pipe, BAD).unwrap();
        out.read_to_end(&mut written).unwrap();
        let written = String::from_utf8(written).unwrap();
        terminal.wait().unwrap();
        assert_eq!(written.contains("/3"), shows, "{env}{args}: {written:?}");
        fs::remove_file(&pipe).unwrap();
        write(&tree, "b.eml", BAD);
        let mut plain = Command::new(env!("CARGO_BIN_EXE_presend"));
        let plain =
            plain.env_clear().current_dir(tree.path()).arg("check").args(files.split_whitespace()).output().unwrap();
        assert_eq!(screen(&written).replace('\r', ""), String::from_utf8(plain.stdout).unwrap());
        fs::remove_file(&pipe).unwrap();
    }
}
