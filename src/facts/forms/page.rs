//! What the boxes of one body share, looked up once: labels by what they are for, elements by their id, the fields in order.

use crate::message::html::{Document, Element, ElementId};
use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

/// Bytes that the labels of all boxes together may have, each counted as often as it labels a box: a page with labels around thousands of boxes is no
/// form. The boxes behind that ask for nothing that anybody knows.
const MOST_LABEL_TEXT: usize = 2 << 20;

/// One HTML body with its forms.
pub(super) struct Page<'d> {
    /// Its index in `message.bodies`.
    pub body: usize,
    pub document: &'d Document,
    /// Its title or first heading, with its tags.
    pub title: String,
    /// That it is about preferences or about leaving, once somebody asked.
    pub is_titled: OnceCell<bool>,
    by_id: HashMap<String, ElementId>,
    labels: HashMap<String, Vec<ElementId>>,
    /// Where fields begin in the view.
    fields: Vec<usize>,
    /// The fields but for the buttons.
    inputs: Vec<ElementId>,
    /// How much more text of labels is read.
    pub room: Cell<usize>,
}

impl<'d> Page<'d> {
    pub(super) fn new(body: usize, text: &str, document: &'d Document) -> Self {
        let mut page = Self {
            body,
            document,
            title: String::new(),
            is_titled: OnceCell::new(),
            by_id: HashMap::new(),
            labels: HashMap::new(),
            fields: Vec::new(),
            inputs: Vec::new(),
            room: Cell::new(MOST_LABEL_TEXT),
        };
        let mut title = None;
        for element in document.elements() {
            let value = |name: &str| element.attribute(name).map(|value| value.value.trim().to_owned());
            if let Some(id) = value("id") {
                page.by_id.entry(id).or_insert(element.id);
            }
            if matches!(element.name(), "input" | "select" | "textarea") {
                page.inputs.push(element.id);
            }
            match element.name() {
                "label" => {
                    if let Some(target) = value("for") {
                        page.labels.entry(target).or_default().push(element.id);
                    }
                }
                "input" | "select" | "textarea" | "button" => page.fields.push(element.span().start),
                "title" | "h1" if title.is_none() => title = text.get(element.extent().range()),
                _ => {}
            }
        }
        page.title = title.unwrap_or_default().to_owned();
        page
    }

    /// The first element with this id.
    pub(super) fn with_id(&self, id: &str) -> Option<Element<'d>> {
        self.by_id.get(id).map(|id| self.document.element(*id))
    }

    /// The labels for the field with this id, in order.
    pub(super) fn labels_for(&self, id: &str) -> impl Iterator<Item = Element<'d>> {
        self.labels.get(id).into_iter().flatten().map(|id| self.document.element(*id))
    }

    /// The fields before `element`, the nearest first; no buttons.
    pub(super) fn inputs_before(&self, element: Element<'d>) -> impl Iterator<Item = Element<'d>> {
        let end = self.inputs.partition_point(|id| *id < element.id);
        self.inputs[..end].iter().rev().map(|id| self.document.element(*id))
    }

    /// Where the first field behind `offset` of the view begins.
    pub(super) fn field_behind(&self, offset: usize) -> Option<usize> {
        self.fields.get(self.fields.partition_point(|start| *start <= offset)).copied()
    }
}
