//! Text of a message inside Markdown: always as code, so that nothing in it is taken for markup or HTML.

use crate::report::visible::visible;

/// Characters of a piece of a message that are shown.
const LONGEST: usize = 300;

/// `text` on one line as a code span (CommonMark §6.1), cut where it is long.
pub(super) fn code(text: &str) -> String {
    let shown = visible(text);
    let mut cut: String = shown.chars().take(LONGEST).collect();
    if cut.len() < shown.len() {
        cut.push('…');
    }
    let longest = cut.split(|c: char| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // a blank at each end is taken off again; without them a backtick at an end would lengthen the fence
    format!("{fence} {cut} {fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_code() {
        for (text, span) in [
            ("a.example", "` a.example `"),
            ("<b>[x](y)</b>", "` <b>[x](y)</b> `"),
            ("`a``b", "``` `a``b ```"),
            ("a\n\n# b\u{202e}", "` a␊␊# b<U+202E> `"),
            ("", "`  `"),
        ] {
            assert_eq!(code(text), span);
        }
        assert!(code(&"é".repeat(10_000)).chars().count() < 310);
    }
}
