//! What checks say: findings, not yet levelled, with places in views.

use crate::diagnostic::{Applicability, Note};
use crate::message::Spot;
use crate::source::FileSpan;
use std::borrow::Cow;

/// Where a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// Text of a view.
    Spot(Spot),
    /// Bytes of the file.
    File(FileSpan),
    /// The file as a whole.
    WholeFile,
}

impl From<Spot> for Whereabouts {
    fn from(spot: Spot) -> Self {
        Self::Spot(spot)
    }
}

impl From<FileSpan> for Whereabouts {
    fn from(span: FileSpan) -> Self {
        Self::File(span)
    }
}

/// What one check says of one fault.
#[derive(Debug, Clone)]
pub struct Finding {
    pub(crate) lint: &'static str,
    pub(crate) message: String,
    pub(crate) primary: Whereabouts,
    pub(crate) label: String,
    pub(crate) labels: Vec<(Whereabouts, String)>,
    pub(crate) notes: Vec<Note>,
    pub(crate) help: Vec<String>,
    pub(crate) suggestions: Vec<ProposedEdit>,
    pub(crate) softened: bool,
    pub(crate) leads: bool,
}

/// A suggestion, not yet lowered to the file.
#[derive(Debug, Clone)]
pub(crate) struct ProposedEdit {
    pub(crate) message: String,
    pub(crate) applicability: Applicability,
    pub(crate) spot: Spot,
    pub(crate) replacement: String,
}

/// Collects the findings of one source.
#[derive(Debug, Default)]
pub struct Findings {
    pub(crate) lint: &'static str,
    pub(crate) found: Vec<Finding>,
    /// Why lints stayed silent, for `--verbose`.
    pub(crate) silences: Vec<(&'static str, String)>,
}

impl Findings {
    /// Reports a fault at `place`; what follows on the result adds to it.
    pub fn report(&mut self, place: impl Into<Whereabouts>, message: impl Into<String>) -> &mut Finding {
        self.found.push(Finding {
            lint: self.lint,
            message: message.into(),
            primary: place.into(),
            label: String::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            suggestions: Vec::new(),
            softened: false,
            leads: false,
        });
        self.found.last_mut().expect("just pushed")
    }

    /// Says why the lint stays silent though it looked: something is unknown. Shown with `--verbose`.
    pub fn silent(&mut self, why: impl Into<String>) {
        self.silences.push((self.lint, why.into()));
    }
}

impl Finding {
    /// What the marked place is.
    pub fn label(&mut self, text: impl Into<String>) -> &mut Self {
        self.label = text.into();
        self
    }

    /// A further place.
    pub fn also(&mut self, place: impl Into<Whereabouts>, text: impl Into<String>) -> &mut Self {
        self.labels.push((place.into(), text.into()));
        self
    }

    /// The reason, with the document and section that gives it.
    pub fn because(&mut self, text: impl Into<String>, source: impl Into<Cow<'static, str>>) -> &mut Self {
        self.notes.push(Note { text: text.into(), source: Some(source.into()) });
        self
    }

    /// A remark without a source.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.notes.push(Note { text: text.into(), source: None });
        self
    }

    /// The way out.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help.push(text.into());
        self
    }

    /// An edit that mends it.
    pub fn suggest(
        &mut self,
        message: impl Into<String>,
        applicability: Applicability,
        spot: Spot,
        replacement: impl Into<String>,
    ) -> &mut Self {
        self.suggestions.push(ProposedEdit {
            message: message.into(),
            applicability,
            spot,
            replacement: replacement.into(),
        });
        self
    }

    /// Said before all others of the file, wherever it points: how the others are to be taken depends on it.
    pub fn first(&mut self) -> &mut Self {
        self.leads = true;
        self
    }

    /// One step milder (deny to warn, warn to allow), if `condition`; only while the level is the default.
    pub fn soften_if(&mut self, condition: bool) -> &mut Self {
        self.softened |= condition;
        self
    }
}
