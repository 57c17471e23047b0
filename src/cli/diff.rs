//! Unified diffs of files.

use crate::fix::{Change, changes, lines};
use crate::report::visible::visible;
use std::ops::Range;

/// Lines around a change that are shown with it.
const AROUND: usize = 3;

/// What makes `new` of `old`, as `patch -p0` reads it: the bytes of the file as they are.
pub fn unified(name: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let changes = changes(old, new);
    let (old, new) = (lines(old), lines(new));
    let mut out = format!("--- {name}\n+++ {name}\n").into_bytes();
    // changes with less between them than both would show are shown together
    for hunk in changes.chunk_by(|last, next| next.old.start - last.old.end <= 2 * AROUND) {
        write_hunk(&mut out, hunk, &old, &new);
    }
    out
}

fn write_hunk(out: &mut Vec<u8>, changes: &[Change], old: &[&[u8]], new: &[&[u8]]) {
    let [first, ..] = changes else { return };
    let [.., last] = changes else { return };
    let before = AROUND.min(first.old.start);
    let after = AROUND.min(old.len() - last.old.end);
    let old_range = first.old.start - before..last.old.end + after;
    let new_range = first.new.start - before..last.new.end + after;
    out.extend(format!("@@ -{} +{} @@\n", position(&old_range), position(&new_range)).bytes());
    let mut at = old_range.start;
    for change in changes {
        write_lines(out, b' ', &old[at..change.old.start]);
        write_lines(out, b'-', &old[change.old.clone()]);
        write_lines(out, b'+', &new[change.new.clone()]);
        at = change.old.end;
    }
    write_lines(out, b' ', &old[at..old_range.end]);
}

/// Where lines stand, as POSIX `diff -u` writes it: the first one, counted from 1, and how many unless one; of none, the line before.
fn position(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

fn write_lines(out: &mut Vec<u8>, sign: u8, lines: &[&[u8]]) {
    for line in lines {
        out.push(sign);
        out.extend_from_slice(line);
        if !line.ends_with(b"\n") {
            out.extend_from_slice(b"\n\\ No newline at end of file\n");
        }
    }
}

/// A diff for a terminal: nothing from a message reaches it raw.
pub fn for_terminal(diff: &[u8]) -> String {
    let text = String::from_utf8_lossy(diff);
    let line = |line: &str| visible(line.strip_suffix('\r').unwrap_or(line)).into_owned() + "\n";
    text.split_terminator('\n').map(line).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_holds_the_bytes_of_the_file() {
        let diff = unified("a.eml", b"a\r\n\xe4\r\nc", b"a\r\n\xf6\r\nc");
        let wanted: &[u8] =
            b"--- a.eml\n+++ a.eml\n@@ -1,3 +1,3 @@\n a\r\n-\xe4\r\n+\xf6\r\n c\n\\ No newline at end of file\n";
        assert_eq!(String::from_utf8_lossy(&diff), String::from_utf8_lossy(wanted));
        assert_eq!(diff, wanted);
    }

    #[test]
    fn changes_that_stand_close_are_one_hunk() {
        let old: Vec<String> = (1..=30).map(|line| format!("{line}\n")).collect();
        let mut new = old.clone();
        new[4] = "five\n".to_owned();
        new.remove(11);
        new.insert(25, "more\n".to_owned());
        let diff = String::from_utf8(unified("a", old.concat().as_bytes(), new.concat().as_bytes())).unwrap();
        let heads: Vec<&str> = diff.lines().filter(|line| line.starts_with("@@")).collect();
        assert_eq!(heads, ["@@ -2,14 +2,13 @@", "@@ -24,6 +23,7 @@"], "{diff}");
        assert_eq!(unified("a", b"", b"a\n"), b"--- a\n+++ a\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(unified("a", b"a\nb\n", b"a\n"), b"--- a\n+++ a\n@@ -1,2 +1 @@\n a\n-b\n");
        assert_eq!(unified("a", b"a\n", b"a\n"), b"--- a\n+++ a\n");
    }

    #[test]
    fn a_terminal_sees_what_would_steer_it() {
        assert_eq!(for_terminal(b"-\x1b[2J\r\n+\xe4\n"), "-␛[2J\n+\u{FFFD}\n");
    }
}
