//! No way out of the sources that are named: not to the network, and not to files outside of their project.

use super::tree::tree;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn presend(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(folder);
    command
}

fn text(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

const CAMPAIGN: &str = "<!DOCTYPE html><html><head><link rel=stylesheet href=\"https://a.example/a.css\"></head><body>\
    <img src=\"https://a.example/a.gif\" width=1 height=1><a href=\"http://b.example/\">unsubscribe</a></body></html>";

#[cfg(target_os = "linux")]
#[test]
fn no_check_asks_the_network() {
    let tree =
        tree(&[("a.html", CAMPAIGN), ("b.mjml", "<mjml><mj-include path=\"https://a.example/a.mjml\" /></mjml>")]);
    let alone = ["-r", "-n", "--"];
    let works = Command::new("unshare").args(alone).arg("true").stderr(Stdio::null()).status();
    if !works.is_ok_and(|status| status.success()) {
        let _ = writeln!(std::io::stderr(), "skipped: no network namespace can be made here (`unshare -rn`)");
        return;
    }
    let interfaces = Command::new("unshare").args(alone).args(["cat", "/proc/net/route"]).output().unwrap();
    assert_eq!(text(&interfaces).1.lines().count(), 1, "there is no route, only the heading");
    let args = ["check", "--format", "json", "-W", "pedantic", "."];
    let connected = presend(tree.path()).args(args).output().unwrap();
    let mut command = Command::new("unshare");
    command.args(alone).arg(env!("CARGO_BIN_EXE_presend")).args(args);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let unconnected = command.env_clear().env("PATH", path).current_dir(tree.path()).output().unwrap();
    assert_eq!(text(&unconnected), text(&connected));
    assert!(text(&connected).1.contains("\"diagnostics\""));
}

/// What is said of a source at `root/mails/`, with files beside it that lead out, and with the same names leading nowhere.
#[cfg(unix)]
#[test]
fn what_leads_out_of_the_project_is_as_good_as_missing() {
    let outside = tree(&[("secret.mjml", "<mj-text>unsubscribe here</mj-text>"), ("secret.png", "GIF89a")]);
    let project = tree(&[("mails/a.mjml", ""), ("mails/a.html", "")]);
    let mails = project.path().join("mails");
    let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, mails.join(name)).unwrap();
    for kind in ["mjml", "png"] {
        link(&outside.path().join(format!("secret.{kind}")), &format!("link.{kind}"));
        link(Path::new("/dev/zero"), &format!("zero.{kind}"));
        let fifo = mails.join(format!("pipe.{kind}"));
        assert!(Command::new("mkfifo").arg(fifo).status().unwrap().success());
    }
    link(outside.path(), "folder");
    let secret = outside.path().join("secret");
    let away = format!("../../{}/secret", outside.path().file_name().unwrap().to_str().unwrap());
    for name in ["link", "zero", "pipe", "folder/secret", secret.to_str().unwrap(), &away, "/dev/zero", "/dev/stdin"] {
        for (file, source) in [
            ("a.mjml", format!("<mjml><mj-body><mj-include path=\"{name}.mjml\" /></mj-body></mjml>")),
            ("a.html", format!("<!DOCTYPE html><p>x<img src=\"{name}.png\">")),
        ] {
            std::fs::write(mails.join(file), source).unwrap();
            let mut child = presend(project.path());
            child.args(["check", "--verbose", "--format", "human", "-W", "pedantic", &format!("mails/{file}")]);
            let child = child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let (code, out, err) = text(&child.wait_with_output().unwrap());
            assert!(matches!(code, Some(0 | 1)), "{name} {file}: {err}");
            assert!(!out.contains("unsubscribe here"), "{name}: {out}");
            if file == "a.mjml" {
                let told = ["lies outside", "no file", "relative path", "no such file"];
                assert!(told.iter().any(|told| format!("{out}{err}").contains(told)), "{name}: {out}{err}");
            }
        }
    }
}
