//! Compiles entries into a tree of their beginnings and writes its tables as `src/knowledge/words/trie.rs` reads them.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::Path;

use super::heads::{self, INNER, OUTER};
use super::phrase::Entry;
use super::record::{Part, WORD_START};

#[derive(Default)]
struct State {
    children: BTreeMap<u8, usize>,
    parts: Vec<Part>,
}

/// Writes `NAME.children`, `NAME.labels` and so on to `out`.
pub fn write(out: &Path, name: &str, entries: &[Entry]) -> Result<(), String> {
    let states = breadth_first(trie(entries)?);
    let file = |ending: &str, bytes: Vec<u8>| {
        std::fs::write(out.join(format!("{name}.{ending}")), bytes).map_err(|error| format!("{name}: {error}"))
    };
    if states.len() >= 1 << 24 {
        return Err(format!("{name}: more states than three bytes can count"));
    }

    let (mut labels, mut children, mut next_child) = (vec![0], Vec::new(), 1);
    for state in &states {
        children.push(next_child);
        labels.extend(state.children.keys());
        next_child += state.children.len();
    }
    children.push(next_child);
    let (ends, reports) = reports(&states);

    file("children", numbers(children))?;
    file("labels", labels)?;
    file("ends", ends)?;
    file("reports", reports)?;
    file("parts", states.iter().flat_map(|state| &state.parts).flat_map(|part| part.to_bytes()).collect())?;
    file("root", numbers((0..=255).map(|byte| states[0].children.get(&byte).copied().unwrap_or(0)).collect()))?;
    file("heads", heads(entries).to_vec())?;
    file("entries", entries.iter().flat_map(|entry| [entry.language, entry.meaning, u8::from(entry.weak)]).collect())
}

fn numbers(numbers: Vec<usize>) -> Vec<u8> {
    numbers.into_iter().flat_map(number).collect()
}

/// A number in three bytes.
fn number(number: usize) -> [u8; 3] {
    let [a, b, c, _] = (number as u32).to_le_bytes();
    [a, b, c]
}

/// What parts begin with.
fn heads(entries: &[Entry]) -> [u8; heads::SIZE] {
    let mut table = [0; heads::SIZE];
    for (text, rules) in entries.iter().flat_map(|entry| &entry.parts) {
        let bits = if rules & WORD_START == 0 { INNER | OUTER } else { OUTER };
        heads::note(&mut table, text.as_bytes(), bits);
    }
    heads::mark_idle(&mut table);
    table
}

/// Which states report something, and what: few do.
fn reports(states: &[State]) -> (Vec<u8>, Vec<u8>) {
    let (mut ends, mut reports) = (Vec::new(), Vec::new());
    let (mut count, mut next_part) = (0_u32, 0);
    for block in states.chunks(64) {
        let before = count;
        let mut bits = 0_u64;
        for (at, state) in block.iter().enumerate() {
            if !state.parts.is_empty() {
                bits |= 1 << at;
                count += 1;
                reports.extend(number(next_part));
            }
            next_part += state.parts.len();
        }
        ends.extend(bits.to_le_bytes());
        ends.extend(before.to_le_bytes());
    }
    reports.extend(number(next_part));
    (ends, reports)
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
