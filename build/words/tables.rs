//! Compiles entries into an Aho–Corasick automaton and writes its tables as `src/knowledge/words/automaton.rs` reads them.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::Path;

use super::phrase::Entry;
use super::record::Part;

#[derive(Default)]
struct State {
    children: BTreeMap<u8, usize>,
    parts: Vec<Part>,
    fail: usize,
    link: usize,
}

/// Writes `NAME.children`, `NAME.labels` and so on to `out`.
pub fn write(out: &Path, name: &str, entries: &[Entry]) -> Result<(), String> {
    let trie = trie(entries)?;
    let states = linked(breadth_first(trie));
    let file = |ending: &str, bytes: Vec<u8>| {
        std::fs::write(out.join(format!("{name}.{ending}")), bytes).map_err(|error| format!("{name}: {error}"))
    };
    let numbers =
        |numbers: Vec<usize>| numbers.iter().flat_map(|&number| (number as u32).to_le_bytes()).collect::<Vec<u8>>();

    let mut labels = vec![0];
    let (mut children, mut outputs) = (Vec::new(), Vec::new());
    let (mut next_child, mut next_part) = (1, 0);
    for state in &states {
        children.push(next_child);
        outputs.push(next_part);
        labels.extend(state.children.keys());
        next_child += state.children.len();
        next_part += state.parts.len();
    }
    children.push(next_child);
    outputs.push(next_part);

    file("children", numbers(children))?;
    file("labels", labels)?;
    file("fails", numbers(states.iter().map(|state| state.fail).collect()))?;
    file("links", numbers(states.iter().map(|state| state.link).collect()))?;
    file("outputs", numbers(outputs))?;
    file("parts", states.iter().flat_map(|state| &state.parts).flat_map(|part| part.to_bytes()).collect())?;
    file("root", numbers((0..=255).map(|byte| states[0].children.get(&byte).copied().unwrap_or(0)).collect()))?;
    file("entries", entries.iter().flat_map(|entry| [entry.language, entry.meaning, u8::from(entry.weak)]).collect())
}

fn trie(entries: &[Entry]) -> Result<Vec<State>, String> {
    let mut states = vec![State::default()];
    for (number, entry) in entries.iter().enumerate() {
        for (index, (text, rules)) in entry.parts.iter().enumerate() {
            let mut at = 0;
            for byte in text.bytes() {
                let fresh = states.len();
                let next = *states[at].children.entry(byte).or_insert(fresh);
                if next == fresh {
                    states.push(State::default());
                }
                at = next;
            }
            let length = u16::try_from(text.len()).map_err(|_| format!("\"{text}\" is too long"))?;
            let blanks = text.bytes().filter(|&byte| byte == b' ').count() as u8;
            states[at].parts.push(Part { entry: number as u32, index: index as u8, length, blanks, rules: *rules });
        }
    }
    Ok(states)
}

/// The same states in breadth-first order, so that the children of one state follow each other.
fn breadth_first(states: Vec<State>) -> Vec<State> {
    let mut order = Vec::with_capacity(states.len());
    let mut queue = VecDeque::from([0]);
    while let Some(state) = queue.pop_front() {
        order.push(state);
        queue.extend(states[state].children.values());
    }
    let place: HashMap<usize, usize> = order.iter().enumerate().map(|(new, &old)| (old, new)).collect();
    let mut old: Vec<Option<State>> = states.into_iter().map(Some).collect();
    order
        .iter()
        .map(|&state| {
            let mut state = old[state].take().unwrap_or_default();
            state.children.values_mut().for_each(|child| *child = place[child]);
            state
        })
        .collect()
}

fn linked(mut states: Vec<State>) -> Vec<State> {
    for parent in 0..states.len() {
        let children: Vec<(u8, usize)> = states[parent].children.iter().map(|(&byte, &child)| (byte, child)).collect();
        for (byte, child) in children {
            let fail = if parent == 0 { 0 } else { fail_of(&states, states[parent].fail, byte) };
            states[child].fail = fail;
            states[child].link = if states[fail].parts.is_empty() { states[fail].link } else { fail };
        }
    }
    states
}

fn fail_of(states: &[State], mut state: usize, byte: u8) -> usize {
    loop {
        if let Some(&child) = states[state].children.get(&byte) {
            return child;
        }
        if state == 0 {
            return 0;
        }
        state = states[state].fail;
    }
}
