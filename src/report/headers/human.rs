//! The sheets as tables for a terminal. All text from the header passes `visible`.

use super::changes::Change;
use super::sheet::{Entry, Sheet, Step};
use super::time;
use crate::knowledge::verdicts::Effect;
use crate::report::Options;
use crate::report::style::Palette;
use crate::report::visible::{visible, width};
use crate::report::wrap::wrap;
use anstyle::Style;

/// Widest column of values; longer ones push their meaning to the next line.
const WIDEST: usize = 28;

pub(super) struct Page {
    palette: Palette,
    columns: usize,
    text: String,
}

impl Page {
    pub(super) fn new(options: &Options) -> Self {
        Self { palette: Palette::new(options.color), columns: options.columns(), text: String::new() }
    }

    pub(super) fn text(mut self, sheets: &[Sheet], changes: Option<&[Change]>) -> String {
        for (index, sheet) in sheets.iter().enumerate() {
            if index > 0 {
                self.text.push('\n');
            }
            self.sheet(sheet);
        }
        if let [before, after] = sheets
            && let Some(changes) = changes
        {
            self.changes(before, after, changes);
        }
        self.text
    }

    fn sheet(&mut self, sheet: &Sheet) {
        self.line(&Palette::paint(self.palette.strong, &visible(&sheet.file)));
        self.table(&sheet.message);
        self.heading("Verdict");
        match &sheet.verdict {
            Some(verdict) => self.paragraph(verdict, self.style(sheet.tone)),
            None => self.paragraph("nothing that Microsoft 365 wrote when it took this message in", Style::new()),
        }
        for remark in &sheet.remarks {
            self.paragraph(remark, self.palette.warning);
        }
        if !sheet.authentication.is_empty() {
            self.heading("Authentication");
            self.table(&sheet.authentication);
        }
        if !sheet.scores.is_empty() {
            self.heading("Scores");
            self.table(&sheet.scores);
        }
        if !sheet.undocumented.is_empty() {
            let names: Vec<String> = sheet.undocumented.iter().map(|entry| entry.name.clone()).collect();
            self.paragraph(&format!("not public: {}", names.join(", ")), Style::new());
        }
        if !sheet.hops.is_empty() {
            let whole =
                sheet.seconds.map(|seconds| format!(", {} in all", time::duration(seconds))).unwrap_or_default();
            self.heading(&format!("Hops, the oldest first{whole}"));
            sheet.hops.iter().for_each(|step| self.step(step));
        }
    }

    /// Name, value, and what it means in the columns that are left.
    fn table(&mut self, entries: &[Entry]) {
        let mut entries: Vec<&Entry> = entries.iter().collect();
        // two fields may say the same, such as the spam confidence level
        entries.dedup_by(|one, other| one.name == other.name && one.value == other.value && one.domain == other.domain);
        let shown: Vec<[String; 3]> = entries
            .iter()
            .map(|entry| [visible(&entry.name).into_owned(), visible(&entry.value).into_owned(), about(entry)])
            .collect();
        let widest = |column: usize| {
            shown.iter().map(|row| width(&row[column])).filter(|width| *width <= WIDEST).max().unwrap_or(0)
        };
        let has_meaning = shown.iter().any(|row| !row[2].is_empty());
        let (names, values) = (widest(0), if has_meaning { widest(1) } else { 0 });
        for (entry, [name, value, about]) in entries.iter().zip(&shown) {
            let style = self.style(entry.tone);
            let start = format!("  {name}{}  ", blanks(names, name));
            if about.is_empty() {
                self.hanging(&start, value, style, names + 4);
                continue;
            }
            let begin = format!("{start}{}{}  ", Palette::paint(style, value), blanks(values, value));
            let indent = names + values + 6;
            if width(value) > values {
                self.line(&format!("{start}{}", Palette::paint(style, value.trim_end())));
                self.hanging(&" ".repeat(indent), about, Style::new(), indent);
            } else {
                self.hanging(&begin, about, Style::new(), indent);
            }
        }
    }

    fn step(&mut self, step: &Step) {
        let delay = step.delay_seconds.map_or_else(|| "-".to_owned(), time::duration);
        let skewed = step.delay_seconds.is_some_and(|delay| delay < 0);
        let when = step.time.clone().or_else(|| step.date.clone()).unwrap_or_else(|| "no date".to_owned());
        let when = visible(&when).into_owned();
        let clocks = if skewed { "  (the clocks differ)" } else { "" };
        let style = if skewed || step.delay_seconds.is_some_and(|delay| delay >= 300) {
            self.palette.warning
        } else {
            Style::new()
        };
        let border = if step.border { "  Microsoft 365 takes it in" } else { "" };
        self.line(
            format!("  {:>2}  {when}  {}{clocks}{border}", step.number, Palette::paint(style, &delay)).trim_end(),
        );
        let address = step.address.as_ref().filter(|address| Some(*address) != step.from.as_ref());
        let from = [step.from.clone(), address.map(|address| format!("({address})"))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        for (word, text) in [("from", Some(from)), ("by", step.by.clone()), ("with", step.with.clone())] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                self.hanging(&format!("      {word:<4}  "), &text, Style::new(), 12);
            }
        }
    }

    fn changes(&mut self, before: &Sheet, after: &Sheet, changes: &[Change]) {
        self.heading(&format!("What changed from {} to {}", visible(&before.file), visible(&after.file)));
        if changes.is_empty() {
            self.paragraph("nothing", Style::new());
        }
        for change in changes {
            self.line(&format!("  {}", visible(&change.name)));
            for (word, value, style) in
                [("before", &change.before, self.palette.removed), ("now", &change.after, self.palette.added)]
            {
                self.hanging(&format!("    {word:<6}  "), value.as_deref().unwrap_or("not there"), style, 12);
            }
        }
    }

    fn heading(&mut self, text: &str) {
        self.text.push('\n');
        self.line(&Palette::paint(self.palette.strong, text));
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        self.hanging("  ", text, style, 2);
    }

    /// `start`, then `text` wrapped behind it, further lines indented; words that are too long for a line are cut into pieces.
    fn hanging(&mut self, start: &str, text: &str, style: Style, indent: usize) {
        let room = self.columns.saturating_sub(indent).max(20);
        for (index, line) in wrap(text, room).iter().flat_map(|line| cut(line, room)).enumerate() {
            let lead = if index == 0 { start.to_owned() } else { " ".repeat(indent) };
            match line.trim_end() {
                "" => self.line(lead.trim_end()),
                line => self.line(&format!("{lead}{}", Palette::paint(style, line))),
            }
        }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn style(&self, tone: Option<Effect>) -> Style {
        match tone {
            Some(Effect::Spam | Effect::Threat | Effect::Listed | Effect::Failed) => self.palette.error,
            Some(Effect::Bulk | Effect::Bypassed | Effect::Open) => self.palette.warning,
            Some(Effect::Clean) => self.palette.added,
            Some(Effect::Plain) | None => Style::new(),
        }
    }
}

/// The domain and the meaning.
fn about(entry: &Entry) -> String {
    let parts: Vec<&str> = [entry.domain.as_deref(), entry.meaning.as_deref()].into_iter().flatten().collect();
    parts.join(": ")
}

fn blanks(columns: usize, text: &str) -> String {
    " ".repeat(columns.saturating_sub(width(text)))
}

/// `line` in pieces of at most `room` columns.
fn cut(line: &str, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for character in line.chars() {
        let columns = width(character.encode_utf8(&mut [0; 4]));
        if used + columns > room {
            pieces.push(String::new());
            used = 0;
        }
        used += columns;
        pieces.last_mut().into_iter().for_each(|piece| piece.push(character));
    }
    pieces
}
