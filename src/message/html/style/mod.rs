//! The computed style of elements, as far as mail clients agree on it.

use super::Document;

/// What of CSS decides whether and how large something is seen. `None` is unknown or not said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Style {
    /// x
    pub hidden: bool,
    /// x
    pub font_size: Option<f32>,
    /// x
    pub width: Option<f32>,
    /// x
    pub height: Option<f32>,
    /// x
    pub responsive: bool,
}

pub(super) static UNSTYLED: Style =
    Style { hidden: false, font_size: None, width: None, height: None, responsive: false };

pub(super) fn styles(document: &Document) -> Vec<Style> {
    let _ = document;
    Vec::new()
}
