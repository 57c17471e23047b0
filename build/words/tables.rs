//! Compiles entries into a tree of their beginnings and writes its tables as `src/knowledge/words/trie.rs` reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::heads::{self, INNER, OUTER};
use super::packed;
use super::phrase::Entry;
use super::record::{Part, WORD_START};

/// A place in the tree where a part ends or beginnings part ways.
#[derive(Default)]
struct State {
    /// The bytes that lead here from the state before.
    edge: Vec<u8>,
    children: BTreeMap<u8, State>,
    parts: Vec<Part>,
}

/// Writes `NAME.states`, `NAME.labels` and so on to `out`.
pub fn write(out: &Path, name: &str, entries: &[Entry]) -> Result<(), String> {
    let mut tree = tree(entries)?;
    tree.join();
    let states = breadth_first(&tree);
    let file = |ending: &str, bytes: Vec<u8>| {
        std::fs::write(out.join(format!("{name}.{ending}")), bytes).map_err(|error| format!("{name}: {error}"))
    };

    let (mut records, mut labels, mut tails, mut parts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut next_child = 1;
    for state in &states {
        records.push([next_child, tails.len(), parts.len()]);
        next_child += state.children.len();
        let (label, tail) = state.edge.split_first().unwrap_or((&0, &[]));
        labels.push(*label);
        tails.extend(tail);
        parts.extend(&state.parts);
    }
    records.push([next_child, tails.len(), parts.len()]);
    let records: Option<Vec<[u8; 8]>> = records.into_iter().map(packed::write).collect();
    let records = records.ok_or_else(|| format!("{name}: more than the tables can count"))?;

    file("states", records.concat())?;
    file("labels", labels)?;
    file("tails", tails)?;
    file("parts", parts.iter().flat_map(|part: &Part| part.to_bytes()).collect())?;
    file("root", roots(&states).into_iter().flat_map(number).collect())?;
    file("heads", heads(entries).to_vec())?;
    file("awake", awake(entries).map_err(|error| format!("{name}: {error}"))?)?;
    file("entries", entries.iter().flat_map(|entry| [entry.language, entry.meaning, u8::from(entry.weak)]).collect())
}

/// A number in three bytes.
fn number(number: usize) -> [u8; 3] {
    let [a, b, c, _] = (number as u32).to_le_bytes();
    [a, b, c]
}

/// Which state each byte leads to from the root: its children are the states behind it.
fn roots(states: &[&State]) -> Vec<usize> {
    let children: Vec<u8> = states.iter().take(1).flat_map(|root| root.children.keys().copied()).collect();
    (0..=255).map(|byte| children.iter().position(|child| *child == byte).map_or(0, |at| at + 1)).collect()
}

/// What parts begin with.
fn heads(entries: &[Entry]) -> [u8; heads::SIZE] {
    let mut table = [0; heads::SIZE];
    for (text, rules) in entries.iter().flat_map(|entry| &entry.parts) {
        let bits = if rules & WORD_START == 0 { INNER | OUTER } else { OUTER };
        heads::note(&mut table, text.as_bytes(), bits);
    }
    table
}

/// The bytes of ASCII at which a part may begin though no word does: inside of words, or signs. Behind the last one stands what is in no text.
fn awake(entries: &[Entry]) -> Result<Vec<u8>, String> {
    let parts = entries.iter().flat_map(|entry| &entry.parts);
    let firsts = parts.filter_map(|(text, rules)| text.bytes().next().map(|first| (first, rules & WORD_START == 0)));
    let awake = firsts.filter(|(first, is_inner)| first.is_ascii() && (*is_inner || !first.is_ascii_alphanumeric()));
    let mut awake: Vec<u8> = awake.map(|(first, _)| first).collect::<BTreeSet<u8>>().into_iter().collect();
    if awake.len() > heads::AWAKE {
        return Err(format!("phrases begin inside of words with more than {} letters and signs", heads::AWAKE));
    }
    awake.resize(heads::AWAKE, u8::MAX);
    Ok(awake)
}

/// A state for every byte of every part.
fn tree(entries: &[Entry]) -> Result<State, String> {
    let mut root = State::default();
    for (number, entry) in entries.iter().enumerate() {
        for (index, (text, rules)) in entry.parts.iter().enumerate() {
            let number = u16::try_from(number).map_err(|_| format!("\"{text}\" is one phrase too many"))?;
            let mut at = &mut root;
            for byte in text.bytes() {
                at = at.children.entry(byte).or_insert_with(|| State { edge: vec![byte], ..State::default() });
            }
            at.parts.push(Part { entry: number, index: index as u8, rules: *rules });
        }
    }
    Ok(root)
}

impl State {
    /// Joins states that have one way on and nothing to tell with the next.
    fn join(&mut self) {
        for child in self.children.values_mut() {
            while child.parts.is_empty() && child.children.len() == 1 {
                let Some((_, next)) = child.children.pop_first() else { break };
                let edge = [&child.edge[..], &next.edge].concat();
                *child = State { edge, ..next };
            }
            child.join();
        }
    }
}

/// The states in breadth-first order, so that the children of one state follow each other.
fn breadth_first(root: &State) -> Vec<&State> {
    let mut order = vec![root];
    let mut at = 0;
    while let Some(state) = order.get(at) {
        order.extend(state.children.values());
        at += 1;
    }
    order
}
