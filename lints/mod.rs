//! The lints, one folder a topic; in it each lint as `name.rs` beside its page `name.md`. What experts edit is in `data/`.
//!
//! To add one: write `name.rs` and `name.md`, and add its name to the topic's line in `mod.rs`. Nothing else is touched.

use crate::lint::{Registry, Topic};

/// Declares the lints of a topic: the module of each, and the topic's list of them.
macro_rules! topic {
    ($name:literal: $($lint:ident),+ $(,)?) => {
        $(mod $lint;)+

        /// The topic, with its lints in the order of the documentation.
        pub static TOPIC: crate::lint::Topic = crate::lint::Topic { name: $name, lints: &[$(&$lint::LINT),+] };
    };
}

mod body;
mod codes;
mod consent;
mod delivery;
mod format;
mod grouping;
mod links;
mod sender;
mod sources;
mod subject;
mod suppression;
mod template;
mod tracking;
mod unsubscribe;

/// Every lint that there is. Suppressions come last: they look back at what the others found.
pub static REGISTRY: Registry = Registry::new(TOPICS);

static TOPICS: &[&Topic] = &[
    &sender::TOPIC,
    &subject::TOPIC,
    &body::TOPIC,
    &unsubscribe::TOPIC,
    &links::TOPIC,
    &tracking::TOPIC,
    &consent::TOPIC,
    &template::TOPIC,
    &format::TOPIC,
    &delivery::TOPIC,
    &suppression::TOPIC,
];
