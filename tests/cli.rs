//! The binary as a shell sees it: streams, exit codes, words.

#![allow(clippy::unwrap_used)]

#[path = "cli/shell.rs"]
mod shell;
#[path = "common/tree.rs"]
mod tree;

use snapbox::{assert_data_eq, str};
use std::io::Write;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use tree::tree;

/// What a run left behind.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn command(tree: &TempDir, args: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(tree.path()).args(args.split_whitespace());
    command
}

fn run_in(tree: &TempDir, args: &str, stdin: &str) -> Ran {
    let mut child = command(tree, args);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // a run that reads nothing may have closed it
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    Ran { code: output.status.code(), out, err }
}

fn run(args: &str) -> Ran {
    run_in(&tree(&[]), args, "")
}

#[test]
fn version_and_help_go_to_standard_output() {
    let version = run("--version");
    assert_eq!((version.code, version.out), (Some(0), format!("presend {}\n", env!("CARGO_PKG_VERSION"))));
    for args in ["--help", "check --help", "explain --help", "lints --help"] {
        let help = run(args);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""), "{args}");
        assert!(help.out.contains("Usage: presend"), "{args}: {}", help.out);
    }
}

#[test]
fn a_wrong_command_line_is_exit_code_2_and_one_error() {
    for (args, said) in [
        ("", "Usage: presend"),
        ("chek", "unrecognized subcommand 'chek'"),
        ("check --frmat json", "unexpected argument '--frmat'"),
        ("check --format yaml", "unknown format `yaml`"),
        ("check --cap-lints error", "invalid value 'error' for '--cap-lints <LEVEL>'"),
        ("check --kind letter", "invalid value 'letter' for '--kind <KIND>'"),
        ("check --purpose spam", "invalid value 'spam' for '--purpose <PURPOSE>'"),
        ("check --max-size big", "`big` is no size"),
        ("check --threads 0", "--threads <N>"),
        ("check --template --rendered", "cannot be used with"),
        ("check --no-config --config x.toml", "cannot be used with"),
        ("check --stdin-filename x.eml", "`--stdin-filename` without `-`"),
        ("check -D zebra", "unknown lint `zebra`"),
        ("explain", "<NAME>"),
        ("explain zebra", "unknown lint `zebra`"),
        ("lints --format yaml", "invalid value 'yaml'"),
    ] {
        let ran = run(args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args}: {}", ran.err);
        assert!(ran.err.contains(said), "{args}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{args}: {}", ran.err);
    }
}

#[test]
fn an_unknown_lint_names_its_flag() {
    assert_data_eq!(
        run("check -W pedantic -D mircosoft").err,
        str![[r#"
error: unknown lint `mircosoft`
  = note: requested on the command line with `-D mircosoft`
  = help: did you mean `microsoft`?
  = help: `presend lints` lists all lints with their topics and standards


"#]]
    );
}

#[test]
fn a_missing_file_is_named() {
    let ran = run("check no-such.eml");
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err, "error: no-such.eml: no such file or folder\n");
}

#[test]
fn a_file_over_the_limit_is_named() {
    let tree = tree(&[("large.eml", "Subject: x\n\nfar too long\n")]);
    let ran = run_in(&tree, "check large.eml --max-size 10B --exit-zero", "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("error: large.eml: ") && ran.err.contains("10 bytes"), "{}", ran.err);
    let piped = run_in(&tree, "check - --stdin-filename news.eml --max-size 10B", "Subject: x\n\nfar too long\n");
    assert_eq!(piped.code, Some(2));
    assert!(piped.err.contains("error: news.eml: ") && piped.err.contains("10 bytes"), "{}", piped.err);
}

#[test]
fn a_size_that_no_limit_takes_is_a_usage_error() {
    for size in ["0 B", "2 GiB"] {
        let tree = tree(&[("a.eml", "Subject: x\n\nx\n")]);
        let ran = run_in(&tree, &format!("check a.eml --max-size {}", size.replace(' ', "")), "");
        assert_eq!(ran.code, Some(2), "{size}");
        assert!(ran.err.contains("a size from 1 B to 1 GiB is expected"), "{}", ran.err);
    }
}

#[test]
fn a_mistake_in_the_configuration_is_shown_with_its_place() {
    let tree = tree(&[("presend.toml", "[limits]\nsorce = \"1 MiB\"\n"), ("a.eml", ""), ("b.eml", "")]);
    let ran = run_in(&tree, "check --color never", "");
    assert_eq!(ran.code, Some(2));
    assert_data_eq!(
        ran.err,
        str![[r#"
error: unknown key `sorce` in `[limits]`
 --> presend.toml:2:1
  |
2 | sorce = "1 MiB"
  | ^^^^^
  = note: its keys are `attachment`, `image`, `images`, `message`, `subject`, `source`, `text`, `header`, `fields`, `parts`, `part-depth`, `bodies`, `nodes`, `depth`, `attributes`, `conditionals`, `merge-tags`, `links`, `includes` and `diagnostics`
  = help: did you mean `source`?


"#]]
    );
}

#[test]
fn colours_are_for_those_who_ask() {
    let tree = tree(&[]);
    let ran = |args: &str, variable: &str| {
        let output = command(&tree, args).env(variable, "1").output().unwrap();
        output.stderr.contains(&0x1b)
    };
    assert!(!ran("check -D zebra", "LANG"), "a pipe is no terminal");
    assert!(ran("check -D zebra --color always", "LANG"));
    assert!(ran("check -D zebra", "CLICOLOR_FORCE"));
    assert!(!ran("check -D zebra --color never", "CLICOLOR_FORCE"));
    assert!(!ran("check -D zebra", "NO_COLOR"));
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let tree = tree(&[]);
    for args in ["--help", "--version", "lints", "lints --format json"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(&tree, args).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap()),
            (Some(0), String::new()),
            "{args}"
        );
    }
}

#[test]
fn the_list_of_lints_is_a_json_document() {
    let list: serde_json::Value = serde_json::from_str(&run("lints --format json").out).unwrap();
    assert_eq!(list["version"], 1);
    assert!(list["lints"].is_array());
}

#[test]
fn explain_prints_a_page_or_lists_a_group() {
    let page = run("explain Missing_Unsubscribe");
    assert_eq!(page.code, Some(0));
    assert!(page.out.starts_with("unsubscribe/missing-unsubscribe: "), "{}", page.out);
    let group = run("explain microsoft");
    assert!(group.out.contains("unsubscribe/missing-unsubscribe") && group.out.lines().count() > 5, "{}", group.out);
    let unknown = run("explain missing-unsubscrib");
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("did you mean `missing-unsubscribe`?"), "{}", unknown.err);
}

#[test]
fn the_list_of_lints_has_every_lint_of_the_first_release() {
    let out = run("lints").out;
    for lint in ["sender/freemail-sender", "subject/missing-subject", "unsubscribe/missing-unsubscribe"] {
        assert!(out.lines().any(|line| line.starts_with(lint)), "{out}");
    }
}

#[test]
fn the_exit_code_follows_the_levels() {
    let mail = "From: Shop <shop@outlook.com>\nTo: a@b.example\nSubject: Ten lamps for the winter\n\nHello.\n";
    let tree = tree(&[("mail.eml", mail)]);
    for (args, code) in [
        ("check mail.eml", 1),
        ("check mail.eml --exit-zero", 0),
        ("check mail.eml --cap-lints warn", 0),
        ("check mail.eml --cap-lints warn -F freemail-sender", 0),
        ("check mail.eml -A sender -A unsubscribe", 0),
        ("check mail.eml no-such.eml", 2),
    ] {
        let ran = run_in(&tree, args, "");
        assert_eq!(ran.code, Some(code), "{args}: {}{}", ran.out, ran.err);
    }
    let piped = run_in(&tree, "check - --stdin-filename news.eml --format short", mail);
    assert_eq!(piped.code, Some(1), "{}", piped.err);
    assert!(piped.out.contains("news.eml:1:"), "{}", piped.out);
}

#[test]
fn the_rest_is_linted_when_one_file_is_missing() {
    let tree = tree(&[("b.eml", "From: Shop <shop@outlook.com>\nSubject: Ten lamps\n\nHello.\n")]);
    let ran = run_in(&tree, "check a.eml b.eml --format short", "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("a.eml") && ran.out.contains("freemail-sender"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_provider_that_nobody_knows_gets_the_nearest() {
    let ran = run("check --provider mailchip");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("unknown provider `mailchip`") && ran.err.contains("`mailchimp`"), "{}", ran.err);
}
