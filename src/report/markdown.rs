//! A lint's page for the terminal: headings, wrapped paragraphs and lists, code set in by four blanks.
//!
//! It reads the Markdown that the pages use, line by line; what it does not know is printed as it stands.

use super::Options;
use super::style::Palette;
use super::visible::visible;
use super::wrap::wrap;
use anstyle::Style;

/// The page as it looks; ends with a line end. Links are spelled out, `text (target)`.
pub fn markdown(page: &str, options: &Options) -> String {
    let palette = Palette::new(options.color);
    let mut printer = Printer { out: String::new(), columns: options.columns(), palette, pending: None };
    let mut fence: Option<&str> = None;
    for line in page.lines() {
        let mark = line.trim_start();
        match fence {
            Some(open) if mark.starts_with(open) => {
                fence = None;
                printer.blank();
            }
            Some(_) => printer.line(&format!("    {}", visible(line))),
            None => {
                fence = ["```", "~~~"].into_iter().find(|open| mark.starts_with(open));
                match fence {
                    Some(_) => printer.blank(),
                    None => printer.text_line(line),
                }
            }
        }
    }
    printer.finish()
}

struct Printer {
    out: String,
    columns: usize,
    palette: Palette,
    /// The paragraph or list item that is being read.
    pending: Option<Paragraph>,
}

/// Text that is wrapped as one.
struct Paragraph {
    /// What stands before its first line: a bullet, a number, blanks.
    lead: String,
    text: String,
}

impl Printer {
    fn text_line(&mut self, line: &str) {
        let text = line.trim();
        let level = text.bytes().take_while(|&byte| byte == b'#').count();
        if text.is_empty() {
            self.blank();
        } else if (1..=6).contains(&level) && text[level..].starts_with(' ') {
            self.blank();
            let heading = plain(&text[level..]);
            let heading = Palette::paint(self.palette.strong, &visible(heading.trim()));
            self.line(&heading);
            self.blank();
        } else if text.starts_with(['|', '>']) {
            self.flush();
            self.line(&visible(line));
        } else if let Some((lead, rest)) = item(line) {
            self.flush();
            self.pending = Some(Paragraph { lead, text: rest.to_owned() });
        } else {
            let paragraph = self.pending.get_or_insert(Paragraph { lead: String::new(), text: String::new() });
            paragraph.text.push(' ');
            paragraph.text.push_str(text);
        }
    }

    fn flush(&mut self) {
        let Some(paragraph) = self.pending.take() else { return };
        let indent = " ".repeat(paragraph.lead.len());
        let text = plain(&paragraph.text);
        let lines = wrap(&text, self.columns.saturating_sub(indent.len()));
        let text = lines.join(&format!("\n{indent}"));
        let text = inline(&text, self.palette);
        self.line(&format!("{}{text}", paragraph.lead));
    }

    /// One blank line, however many are asked for.
    fn blank(&mut self) {
        self.flush();
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn finish(mut self) -> String {
        self.flush();
        let end = self.out.trim_end_matches('\n').len();
        self.out.truncate(end);
        self.out.push('\n');
        self.out
    }
}

/// A list item: what stands before its text, and the text.
fn item(line: &str) -> Option<(String, &str)> {
    let text = line.trim_start();
    let indent = (line.len() - text.len()).min(12);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match text.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = text[mark..].strip_prefix(' ')?;
    Some((format!("{:indent$}{} ", "", &text[..mark]), rest))
}

/// Text with its links spelled out: `[text](target)` as `text (target)`, `<https://…>` without its brackets. What is in
/// backticks stays.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '[', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'`' => rest[1..].find('`').map(|end| (end + 2, rest[..end + 2].to_owned())),
            b'[' => link(rest),
            _ => autolink(rest),
        };
        let (used, shown) = taken.unwrap_or_else(|| (1, rest[..1].to_owned()));
        out.push_str(&shown);
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

/// Links have to close within this many bytes, so that brackets that never close cost no more.
const LONGEST_LINK: usize = 1000;

fn link(text: &str) -> Option<(usize, String)> {
    let near = &text[..text.floor_char_boundary(LONGEST_LINK)];
    let close = near.find("](")?;
    let end = close + near[close..].find(')')?;
    let (label, target) = (&text[1..close], &text[close + 2..end]);
    let shown = if label == target { target.to_owned() } else { format!("{label} ({target})") };
    Some((end + 1, shown)).filter(|_| !label.contains(['[', ']']))
}

fn autolink(text: &str) -> Option<(usize, String)> {
    let near = &text[..text.floor_char_boundary(LONGEST_LINK)];
    let target = &text[1..near.find('>')?];
    let is_link = target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:");
    (is_link && !target.contains(' ')).then(|| (target.len() + 2, target.to_owned()))
}

/// `**strong**` in bold, or without its stars where there is no colour.
fn inline(text: &str, palette: Palette) -> String {
    let mut out = String::with_capacity(text.len());
    let mut strong = false;
    let mut code = false;
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('`') {
            code = !code;
            out.push('`');
            rest = &rest[1..];
        } else if rest.starts_with("**") && !code && (strong || rest[2..].contains("**")) {
            strong = !strong;
            out.push_str(&style(palette.strong, strong));
            rest = &rest[2..];
        } else {
            out.push('*');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    if strong {
        out.push_str(&style(palette.strong, false));
    }
    out
}

fn style(style: Style, on: bool) -> String {
    if on { style.render().to_string() } else { style.render_reset().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::visible::is_hidden;
    use proptest::prelude::*;

    fn shown(page: &str) -> String {
        markdown(page, &Options { width: 40, ..Options::default() })
    }

    #[test]
    fn a_page() {
        let page = "# missing-unsubscribe\n\n## What it reports\nA campaign without a way to unsubscribe, **always** \
            reported; see [the policy](https://example.com/p).\n- one `**` item that is long enough for two lines\n- two\n\n\n\
            1. first\n\n```html kind=draft\n<p>\n\n  text</p>\n```\n## Why\nSee <https://example.com>.\n";
        assert_eq!(
            shown(page),
            "\
missing-unsubscribe

What it reports

A campaign without a way to unsubscribe,
always reported; see the policy
(https://example.com/p).
- one `**` item that is long enough for
  two lines
- two

1. first

    <p>

      text</p>

Why

See https://example.com.
"
        );
    }

    #[test]
    fn headings_and_strong_words_are_bold() {
        let page = markdown("# A\nb **c** d", &Options { color: true, ..Options::default() });
        assert_eq!(page, "\x1b[1mA\x1b[0m\n\nb \x1b[1mc\x1b[0m d\n");
    }

    #[test]
    fn what_is_open_stays_as_it_is() {
        assert_eq!(shown("a [b](c and `d and **e and <p> and 2 * 3"), "a [b](c and `d and **e and <p> and 2 * 3\n");
        assert_eq!(shown(""), "\n");
        assert_eq!(shown("```\nx"), "    x\n");
    }

    proptest! {
        #[test]
        fn any_page_is_printed_without_controls(page in "(\\PC|[#`*\\[\\]()<>\n \x1b]|https://){0,80}") {
            let shown = shown(&page);
            prop_assert!(!shown.chars().any(|character| is_hidden(character) && character != '\n'), "{shown:?}");
        }
    }
}
