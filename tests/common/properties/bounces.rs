//! Whatever comes back is told of: what happened to whom, or why nobody can say.

use super::Choice;
use presend::answers::bounces::{Item, read};
use presend::answers::tally::Tally;
use presend::answers::{Reply, classify};
use std::io::{BufReader, Cursor};

/// Panics if something is lost, or told differently the second time or in smaller pieces.
pub fn are_told(input: &[u8]) {
    let (_, bytes) = Choice::split(input);
    let items = items(bytes);
    assert_eq!(items, self::items(bytes));
    assert!(!items.is_empty() || bytes.contains(&b','), "nothing is said of {} bytes", bytes.len());
    let mut tally = Tally::default();
    for event in items.iter().filter_map(|item| item.events.as_ref().ok()).flatten() {
        let judged = tally.add(event, "a.eml");
        let reply = Reply { text: &event.reply, ..Reply::default() };
        assert!(!judged.cause.name.is_empty() && !classify(&reply).cause().is_empty());
    }
    let totals = tally.totals();
    assert!(totals.suppressions.len() <= tally.addresses());
}

fn items(bytes: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    let input = BufReader::with_capacity(64 << 10, Cursor::new(bytes));
    read(input, &mut |item| {
        items.push(item);
        Ok(())
    })
    .unwrap();
    items
}
