//! Turns findings into diagnostics: spans become positions, edits become bytes, lines become excerpts.

use super::Lint;
use super::findings::{Finding, ProposedEdit, Whereabouts};
use super::records;
use crate::diagnostic::{Diagnostic, Edit, Excerpt, Label, Level, Place, Positions, Suggestion, ViewPlace};
use crate::domain::{Domain, RecordSpot};
use crate::facts::Facts;
use crate::message::{Message, Spot, View};
use crate::source::{FileSpan, LineIndex};
use std::cell::OnceCell;

/// Resolves the places of one message, or of a domain; what it needs of the file is made when first asked for.
pub(super) struct Resolver<'m> {
    message: &'m Message<'m>,
    domain: Option<&'m Domain>,
    lines: OnceCell<LineIndex>,
}

impl<'m> Resolver<'m> {
    pub(super) fn new(facts: &Facts<'m>) -> Self {
        Self { message: facts.message, domain: facts.domain(), lines: OnceCell::new() }
    }

    pub(super) fn diagnostic(
        &mut self,
        topic: &'static str,
        lint: &'static Lint,
        level: Level,
        level_origin: String,
        finding: Finding,
    ) -> Diagnostic {
        Diagnostic {
            lint: lint.name,
            topic,
            level,
            level_origin,
            standards: lint.standards,
            message: finding.message,
            primary: Some(self.label(finding.primary, finding.label)),
            labels: finding.labels.into_iter().map(|(place, text)| self.label(place, text)).collect(),
            notes: finding.notes,
            help: finding.help,
            suggestions: finding.suggestions.into_iter().map(|edit| self.suggestion(edit)).collect(),
        }
    }

    pub(super) fn label(&self, place: Whereabouts, text: String) -> Label {
        let place = match place {
            Whereabouts::Spot(spot) => self.spot(spot),
            Whereabouts::File(span) => self.file(span),
            Whereabouts::Record(spot) => self.record(spot),
            Whereabouts::WholeFile => self.whole(),
        };
        Label { place, text }
    }

    fn whole(&self) -> Place {
        Place { file: self.message.source.name.clone(), span: None, view: None, excerpt: None, record: None }
    }

    fn record(&self, spot: RecordSpot) -> Place {
        let record = self.domain.and_then(|domain| domain.record(spot.record));
        record.map_or_else(|| self.whole(), |record| records::place(record, spot.start..spot.end))
    }

    fn spot(&self, spot: Spot) -> Place {
        let view = self.message.view(spot.view);
        let text = view.text();
        let file_span = view.file_span(spot.span);
        let lines = view.lines();
        Place {
            file: self.message.source.name.clone(),
            span: Some(self.positions(file_span)),
            view: Some(ViewPlace {
                name: view.name().clone(),
                encoding: view.encoding(),
                charset: view.charset(),
                span: Positions {
                    span: spot.span,
                    start: lines.position(text.as_bytes(), spot.span.start),
                    end: lines.position(text.as_bytes(), spot.span.end),
                },
                text: text[spot.span.range()].to_owned(),
            }),
            excerpt: Some(self.excerpt(view, spot)),
            record: None,
        }
    }

    /// The lines around a spot. A header field is shown with its name.
    fn excerpt(&self, view: &View<'_>, spot: Spot) -> Excerpt {
        let number = |line| self.file_line(view, line);
        match view.name().strip_prefix("header ") {
            None => Excerpt::of(view.text(), view.lines(), spot.span.range(), number),
            Some(field) => {
                let text = format!("{field}: {}", view.text());
                let before = text.len() - view.text().len();
                let marked = spot.span.start + before..spot.span.end + before;
                Excerpt::of(&text, &LineIndex::new(text.as_bytes()), marked, number)
            }
        }
    }

    fn file(&self, span: FileSpan) -> Place {
        let bytes = &self.message.source.bytes;
        let excerpt = Excerpt::of_bytes(bytes, self.lines(), span.range(), |line| line);
        Place {
            file: self.message.source.name.clone(),
            span: Some(self.positions(span)),
            view: None,
            excerpt: Some(excerpt),
            record: None,
        }
    }

    fn positions(&self, span: FileSpan) -> Positions<FileSpan> {
        let bytes = &self.message.source.bytes;
        Positions { span, start: self.lines().position(bytes, span.start), end: self.lines().position(bytes, span.end) }
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.message.source.bytes))
    }

    /// The line of the file on which a line of the view begins.
    fn file_line(&self, view: &View<'_>, line: usize) -> usize {
        let start = view.lines().start(line);
        let in_file = view.file_span(crate::source::ViewSpan::at(start));
        self.lines().line(in_file.start)
    }

    fn suggestion(&self, edit: ProposedEdit) -> Suggestion {
        let view = self.message.view(edit.spot.view);
        let view_edit = Edit { span: edit.spot.span, replacement: edit.replacement };
        let file_edit = view.lower(view_edit.span, &view_edit.replacement);
        Suggestion {
            message: edit.message,
            applicability: edit.applicability,
            file_at: file_edit.as_ref().map(|edit| self.positions(edit.span)),
            file_edit,
            diff: crate::diagnostic::diff_lines(view.text(), view.lines(), &view_edit, |line| {
                self.file_line(view, line)
            }),
            edit: view_edit,
        }
    }
}
