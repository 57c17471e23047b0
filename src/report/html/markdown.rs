//! A lint's page as HTML: headings, paragraphs, lists, code. It reads the Markdown that the pages use, line by line.

use super::escape::{escaped, text};
use std::fmt::Write;

/// The page without its title; headings become `h3`. Links are spelled out, so that the report leads nowhere.
pub(super) fn html(page: &str) -> String {
    let mut writer = Writer::default();
    let mut fenced = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            writer.flush();
            writer.out.push_str(if fenced { "<pre>" } else { "</pre>" });
        } else if fenced {
            let _ = writeln!(writer.out, "{}", text(line));
        } else {
            writer.line(line);
        }
    }
    writer.flush();
    if fenced {
        writer.out.push_str("</pre>");
    }
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
    paragraph: String,
    items: Vec<String>,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.flush();
        } else if let Some(heading) = trimmed.strip_prefix("## ") {
            self.flush();
            let _ = write!(self.out, "<h3>{}</h3>", inline(heading));
        } else if trimmed.starts_with("# ") {
            self.flush();
        } else if let Some(item) = trimmed.strip_prefix("- ").or_else(|| trimmed.strip_prefix("* ")) {
            if self.items.is_empty() {
                self.flush();
            }
            self.items.push(item.to_owned());
        } else if let Some(item) = self.items.last_mut() {
            let _ = write!(item, " {trimmed}");
        } else {
            let _ = write!(self.paragraph, " {trimmed}");
        }
    }

    fn flush(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.is_empty() {
            let _ = write!(self.out, "<p>{}</p>", inline(paragraph.trim()));
        }
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            self.out.push_str("<ul>");
            items.iter().for_each(|item| self.out.push_str(&format!("<li>{}</li>", inline(item))));
            self.out.push_str("</ul>");
        }
    }
}

/// `code`, `**strong**` and `*emphasis*`; `[text](target)` as `text (target)`.
fn inline(line: &str) -> String {
    let mut out = String::new();
    for (nth, part) in line.split('`').enumerate() {
        if nth % 2 == 1 {
            let _ = write!(out, "<code>{}</code>", escaped(part));
        } else {
            out.push_str(&emphasis(&escaped(&part.replace("](", "] (").replace(['[', ']'], ""))));
        }
    }
    out
}

fn emphasis(text: &str) -> String {
    let mut out = String::new();
    let strong = |text: &str, mark: &str, element: &str| -> String {
        let parts: Vec<&str> = text.split(mark).collect();
        let paired = parts.len() % 2 == 1;
        let wrapped = parts.iter().enumerate().map(|(nth, part)| match nth % 2 {
            1 if paired => format!("<{element}>{part}</{element}>"),
            1 => format!("{mark}{part}"),
            _ => (*part).to_owned(),
        });
        wrapped.collect()
    };
    out.push_str(&strong(&strong(text, "**", "strong"), "*", "em"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page() {
        let page = "# a-lint\n\n## Why\nSee *the policy*, **always**; `a*b*c` and\n[here](https://a.example).\n\n- one\n  more\n- two\n\n```html kind=draft\n<p>\n```\n";
        assert_eq!(
            html(page),
            "<h3>Why</h3><p>See <em>the policy</em>, <strong>always</strong>; <code>a*b*c</code> and here (https://a.example).</p>\
             <ul><li>one more</li><li>two</li></ul><pre>&lt;p&gt;\n</pre>"
        );
    }
}
