//! Texts and lists of the tables: all texts in one, all lists of a kind in one, and where in it each stands. See `src/knowledge/table.rs`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::data::write;

#[derive(Default)]
struct Kept {
    texts: String,
    known: BTreeMap<String, usize>,
    lists: BTreeMap<String, Lists>,
}

#[derive(Default)]
struct Lists {
    entries: Vec<String>,
    known: BTreeMap<Vec<String>, usize>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::default();
}

/// A `Text`, as the code of a table names it.
pub fn text(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    let at = KEPT.with_borrow_mut(|kept| {
        *kept.known.entry(text.to_owned()).or_insert_with(|| {
            kept.texts.push_str(text);
            kept.texts.len() - text.len()
        })
    });
    format!("Text::at({at}, {})", text.len())
}

/// An array of `Text`s.
pub fn texts(all: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let all: Vec<String> = all.into_iter().map(text).collect();
    format!("[{}]", all.join(", "))
}

/// A `List` of a kind of entries.
pub fn list(kind: &str, entries: Vec<String>) -> String {
    let length = entries.len();
    let at = KEPT.with_borrow_mut(|kept| {
        let lists = kept.lists.entry(kind.to_owned()).or_default();
        *lists.known.entry(entries.clone()).or_insert_with(|| {
            lists.entries.extend(entries);
            lists.entries.len() - length
        })
    });
    assert!(at + length <= usize::from(u16::MAX), "too many entries of {kind}");
    format!("List::at({at}, {length})")
}

/// A `List` of texts.
pub fn text_list(all: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    list("Text", all.into_iter().map(text).collect())
}

/// The entries of all lists of a kind, for the module that has it. No list of the kind may be made later.
pub fn entries(kind: &str) -> String {
    let lists = KEPT.with_borrow_mut(|kept| kept.lists.remove(kind)).unwrap_or_default();
    let mut out = String::new();
    let entries = lists.entries.join(",\n    ");
    writeln!(out, "impl Listed for {kind} {{\n    const ALL: &'static [Self] = {{\n        static ALL: [{kind}; {}] = [\n    {entries}\n];\n        &ALL\n    }};\n}}", lists.entries.len())
        .expect("text");
    out
}

/// Writes `table.rs`, when all tables are made.
pub fn build() {
    let mut out = KEPT.with_borrow(|kept| format!("static TEXTS: &str = {:?};\n", kept.texts));
    let kinds: Vec<String> = KEPT.with_borrow(|kept| kept.lists.keys().cloned().collect());
    kinds.iter().for_each(|kind| out += &entries(kind));
    write("table.rs", &out);
}
