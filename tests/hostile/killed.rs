//! A run that is ended at any time leaves the old file or the new one.

use super::tree::tree;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

const FAULTY: &str = "From: Shop <news@shop.example>\r\nSubject: Autumn\r\n\
    List-Unsubscribe: <https://shop.example/u/7kq2>\r\nList-Unsubscribe-Post: One-Click\r\n\r\nOur new bags\r\n";

#[cfg(unix)]
#[test]
fn a_file_that_is_being_mended_is_old_or_new() {
    let old = format!("{FAULTY}{}", "a line of text\r\n".repeat(2_000));
    let tree = tree(&[("a.eml", &old)]);
    let path = tree.path().join("a.eml");
    let fix = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
        command.env_clear().current_dir(tree.path()).args(["check", "--fix", "a.eml"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let started = std::time::Instant::now();
    fix().wait().unwrap();
    let whole = started.elapsed();
    let new = fs::read_to_string(&path).unwrap();
    assert_ne!(new, old, "there is something to mend");
    for step in 0..30 {
        fs::write(&path, &old).unwrap();
        let mut child = fix();
        std::thread::sleep(whole * step / 24 + Duration::from_micros(200));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = fs::read_to_string(&path).unwrap();
        assert!(left == old || left == new, "killed after {step}/24: {} bytes", left.len());
    }
}
