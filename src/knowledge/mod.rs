//! What presend knows of the world: words, providers, trackers, lists. Compiled from `lints/data/*.toml` by `build.rs`; nothing is parsed at start-up.

pub mod address_space;
pub mod domains;
pub(crate) mod eights;
pub mod files;
pub mod filler;
mod heads;
pub mod mail_hosts;
pub mod postal;
pub mod providers;
pub mod recipients;
pub mod references;
pub mod replies;
pub mod reply_commands;
pub mod selectors;
pub mod senders;
pub mod service_mail;
pub mod starts;
pub mod stopwords;
pub mod suggested_words;
pub mod table;
pub mod test_markers;
pub mod trackers;
pub mod verdicts;
pub mod words;
