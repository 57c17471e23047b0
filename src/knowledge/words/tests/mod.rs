//! What is found, in which words, and what is not.

mod bulk_and_purpose;
mod data;
mod folding;
mod languages;
mod properties;
mod subjects;
mod urls;

use super::{Hit, Meaning, find};

/// The texts of the hits with a meaning.
fn said(text: &str, meaning: Meaning) -> Vec<&str> {
    find(text).iter().filter(|hit| hit.meaning == meaning).filter_map(|hit| text.get(hit.range.clone())).collect()
}

fn hits(text: &str, meaning: Meaning) -> Vec<Hit> {
    find(text).into_iter().filter(|hit| hit.meaning == meaning).collect()
}
