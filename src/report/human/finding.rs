//! A diagnostic in miette's words.
//!
//! miette knows one source, one help and no notes. What goes beyond that travels as related children: labels in other
//! views (each with its own source), reasons, further help, remarks, and suggestions with the lines that they change.

use super::rows::block;
use super::source::{Block, Lines};
use crate::diagnostic::window::ahead;
use crate::diagnostic::{Applicability, Diagnostic, Label, Suggestion, ViewPlace};
use crate::report::rules::page;
use crate::report::visible::{columns, visible};
use crate::report::{Options, is_error};
use miette::{LabeledSpan, Severity, SourceCode};
use std::fmt;

/// A diagnostic with everything that is printed of it, made visible.
#[derive(Debug)]
pub(super) struct Finding {
    message: String,
    code: &'static str,
    severity: Severity,
    url: Option<String>,
    block: Option<Block>,
    help: Option<String>,
    children: Vec<Child>,
}

/// What a child is; its miette code, but for `Elsewhere`, which has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Labels in another view or file.
    Elsewhere,
    /// A reason; its source, if any, behind a line feed.
    Reason,
    /// Further help.
    Help,
    /// A remark on the report itself.
    Remark,
    /// A suggestion: its lines are labelled `-` or `+`.
    Suggestion,
}

impl Part {
    const CODED: [Self; 4] = [Self::Reason, Self::Help, Self::Remark, Self::Suggestion];

    fn code(self) -> Option<&'static str> {
        match self {
            Self::Elsewhere => None,
            Self::Reason => Some("reason"),
            Self::Help => Some("help"),
            Self::Remark => Some("remark"),
            Self::Suggestion => Some("suggestion"),
        }
    }

    /// The part that a related diagnostic is.
    pub(super) fn of(related: &dyn miette::Diagnostic) -> Self {
        let code = related.code().map(|code| code.to_string());
        Self::CODED.into_iter().find(|part| part.code() == code.as_deref()).unwrap_or(Self::Elsewhere)
    }
}

#[derive(Debug)]
struct Child {
    part: Part,
    text: String,
    block: Option<Block>,
}

impl Finding {
    /// `file` is named where the diagnostic has no place; `tell_level` says whether to tell where its level is from.
    pub(super) fn new(diagnostic: &Diagnostic, file: &str, options: &Options, tell_level: bool) -> Self {
        let budget = options.columns() - gutter(highest(diagnostic)) - " | ……".chars().count();
        let mut groups = groups(diagnostic).into_iter().map(|group| block(&group, budget));
        let main = match diagnostic.primary {
            Some(_) => groups.next(),
            None => Some(Block { source: Lines::new(visible(file).into_owned()), labels: Vec::new() }),
        };
        let mut children: Vec<Child> = groups.map(Child::elsewhere).collect();
        children.extend(diagnostic.notes.iter().map(|note| {
            let source = note.source.iter().map(|source| format!("\n({})", visible(source)));
            Child::text(Part::Reason, visible(&note.text).into_owned() + &source.collect::<String>())
        }));
        let mut help = diagnostic.help.iter().map(|help| visible(help).into_owned());
        let first_help = help.next();
        children.extend(help.map(|help| Child::text(Part::Help, help)));
        children.extend(decoded(diagnostic).into_iter().map(|text| Child::text(Part::Remark, text)));
        if tell_level {
            children.push(Child::text(Part::Remark, visible(&diagnostic.level_origin).into_owned()));
        }
        children.extend(diagnostic.suggestions.iter().map(|suggestion| Child::suggestion(suggestion, budget)));
        Self {
            message: visible(&diagnostic.message).into_owned(),
            code: diagnostic.lint,
            severity: if is_error(diagnostic.level) { Severity::Error } else { Severity::Warning },
            url: options.links.as_ref().map(|base| page(base, diagnostic.topic, diagnostic.lint)),
            block: main,
            help: first_help,
            children,
        }
    }
}

impl Child {
    fn text(part: Part, text: String) -> Self {
        Self { part, text, block: None }
    }

    fn elsewhere(block: Block) -> Self {
        Self { part: Part::Elsewhere, text: String::new(), block: Some(block) }
    }

    fn suggestion(suggestion: &Suggestion, budget: usize) -> Self {
        let fill_in = match suggestion.applicability {
            Applicability::HasPlaceholders => " (fill in the words in capitals)",
            _ => "",
        };
        let mut block = Block::default();
        for line in &suggestion.diff {
            let (end, _) = ahead(&line.text, 0, line.text.len(), budget, columns);
            let mut text = visible(&line.text[..end]).into_owned();
            text.push_str(if end < line.text.len() { "…" } else { "" });
            let at = block.source.push(line.number, &text);
            let sign = if line.added { "+" } else { "-" };
            block.labels.push(LabeledSpan::new(Some(sign.to_owned()), at, text.len()));
        }
        let text = format!("{}{fill_in}", visible(&suggestion.message));
        Self { part: Part::Suggestion, text, block: Some(block).filter(|block| !block.labels.is_empty()) }
    }
}

/// The labels, those of one view of one file together; the primary's come first.
fn groups(diagnostic: &Diagnostic) -> Vec<Vec<(&Label, bool)>> {
    let primary = diagnostic.primary.iter().map(|label| (label, true));
    let mut groups: Vec<Vec<(&Label, bool)>> = Vec::new();
    for label in primary.chain(diagnostic.labels.iter().map(|label| (label, false))) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|(first, _)| same_view(first, label.0))) {
            Some(group) => group.push(label),
            None => groups.push(vec![label]),
        }
    }
    groups
}

fn same_view(one: &Label, other: &Label) -> bool {
    let view = |label: &Label| label.place.view.as_ref().map(|view| view.name.clone());
    one.place.file == other.place.file && has_marks(one) == has_marks(other) && view(one) == view(other)
}

fn has_marks(label: &Label) -> bool {
    label.place.excerpt.as_ref().is_some_and(|excerpt| excerpt.lines.iter().any(|line| line.mark.is_some()))
}

/// What has to be said of text that is shown decoded, once for each kind of view.
fn decoded(diagnostic: &Diagnostic) -> Vec<String> {
    let mut remarks = Vec::new();
    for label in diagnostic.primary.iter().chain(&diagnostic.labels) {
        if let Some(view) = label.place.view.as_ref().filter(|view| view.is_decoded()) {
            let remark = format!("shown decoded: {}", encoded(view));
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
    }
    remarks
}

fn encoded(view: &ViewPlace) -> String {
    let charset = view.charset.map(visible).unwrap_or_default();
    let what = if view.name.starts_with("header ") { "this field" } else { "this part" };
    match view.encoding.map(visible) {
        Some(encoding) => {
            let is = if encoding == "encoded-word" { "has encoded words".to_owned() } else { format!("is {encoding}") };
            let charset = if charset.is_empty() { String::new() } else { format!(" ({charset})") };
            format!("{what} {is}{charset}")
        }
        None => format!("{what} is in {charset}"),
    }
}

/// The highest line number to be printed.
fn highest(diagnostic: &Diagnostic) -> usize {
    let labels = diagnostic.primary.iter().chain(&diagnostic.labels);
    let excerpts = labels.filter_map(|label| label.place.excerpt.as_ref());
    let shown = excerpts.flat_map(|excerpt| &excerpt.lines).map(|line| line.number);
    let changed = diagnostic.suggestions.iter().flat_map(|suggestion| &suggestion.diff).map(|line| line.number);
    shown.chain(changed).max().unwrap_or(0)
}

/// Columns for line numbers up to `highest`.
pub(super) fn gutter(highest: usize) -> usize {
    highest.checked_ilog10().map_or(1, |digits| digits as usize + 1).max(2)
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Finding {}
impl std::error::Error for Child {}

type Shown<'a> = Option<Box<dyn fmt::Display + 'a>>;
type Labels<'a> = Option<Box<dyn Iterator<Item = LabeledSpan> + 'a>>;

fn source_of(block: Option<&Block>) -> Option<&dyn SourceCode> {
    block.map(|block| &block.source as &dyn SourceCode)
}

fn labels_of(block: Option<&Block>) -> Labels<'_> {
    block.map(|block| Box::new(block.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan> + '_>)
}

impl miette::Diagnostic for Finding {
    fn code<'a>(&'a self) -> Shown<'a> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Shown<'a> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display + 'a>)
    }

    fn url<'a>(&'a self) -> Shown<'a> {
        self.url.as_ref().map(|url| Box::new(url) as Box<dyn fmt::Display + 'a>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        source_of(self.block.as_ref())
    }

    fn labels(&self) -> Labels<'_> {
        labels_of(self.block.as_ref())
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        Some(Box::new(self.children.iter().map(|child| child as &dyn miette::Diagnostic)))
    }
}

impl miette::Diagnostic for Child {
    fn code<'a>(&'a self) -> Shown<'a> {
        self.part.code().map(|code| Box::new(code) as Box<dyn fmt::Display + 'a>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        source_of(self.block.as_ref())
    }

    fn labels(&self) -> Labels<'_> {
        labels_of(self.block.as_ref())
    }
}
