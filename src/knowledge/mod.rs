//! What presend knows of the world: words, providers, trackers, lists. Compiled from `lints/data/*.toml` by `build.rs`; nothing is parsed at start-up.

pub mod address_space;
pub mod domains;
pub mod providers;
pub mod trackers;
pub mod words;
