//! Unified diffs of files.

use crate::report::visible::visible;
use similar::TextDiff;
use std::time::Duration;

/// How long to look for the shortest diff; after that it may be longer than need be, as where a base64 part was written anew.
const PATIENCE: Duration = Duration::from_secs(5);

/// What makes `new` of `old`, as `patch -p0` reads it: the bytes of the file as they are.
pub fn unified(name: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let mut out = format!("--- {name}\n+++ {name}\n").into_bytes();
    for hunk in diff.unified_diff().iter_hunks() {
        out.extend(format!("{}\n", hunk.header()).bytes());
        for change in hunk.iter_changes() {
            // not through its `Display`, which replaces what is no UTF-8
            out.extend(change.tag().to_string().bytes());
            out.extend_from_slice(change.value());
            if change.missing_newline() {
                out.extend_from_slice(b"\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

/// A diff for a terminal: nothing from a message reaches it raw.
pub fn for_terminal(diff: &[u8]) -> String {
    let text = String::from_utf8_lossy(diff);
    let line = |line: &str| visible(line.strip_suffix('\r').unwrap_or(line)).into_owned() + "\n";
    text.split_terminator('\n').map(line).collect()
}

#[cfg(test)]
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
    fn a_terminal_sees_what_would_steer_it() {
        assert_eq!(for_terminal(b"-\x1b[2J\r\n+\xe4\n"), "-␛[2J\n+\u{FFFD}\n");
    }
}
