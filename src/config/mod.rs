//! What the sender knows and the linter can't: `presend.toml`, and the levels of lints with who set them.

pub mod domain;
pub mod error;
mod file;
pub mod keys;
mod layer;
pub mod levels;
mod paths;
mod resolver;
pub mod selector;
pub mod similar;
pub mod size;
mod value;
mod vocabulary;

pub use file::{Allowed, Config};
pub use layer::Layer;
pub use resolver::{CommandLine, ConfigChoice, FILE_NAME, Resolved, Resolver};
pub use vocabulary::Vocabulary;

use crate::message::Stage;

/// The purposes that can be given, by their names.
pub const PURPOSES: [(&str, Purpose); 3] =
    [("bulk", Purpose::Bulk), ("transactional", Purpose::Transactional), ("confirmation", Purpose::Confirmation)];

/// The stages, by their names.
pub const STAGES: [(&str, Stage); 2] = [("template", Stage::Template), ("rendered", Stage::Rendered)];

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A campaign, a newsletter.
    Bulk,
    /// A receipt, an order, a password.
    Transactional,
    /// A confirmation mail of a double opt-in, or of an address.
    Confirmation,
    /// No evidence.
    Unknown,
}

/// The settings for one source: configuration and command line, merged.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Registrable domains that belong to the sender.
    pub own_domains: Vec<String>,
    /// Registrable domains of partners that the sender may link to.
    pub partner_domains: Vec<String>,
    /// What the message is for, if it is known.
    pub purpose: Option<Purpose>,
    /// Id of the provider that sends it, if it is known.
    pub provider: Option<String>,
    /// Subjects that are fine though they look vague.
    pub allowed_subjects: Vec<String>,
    /// The sender's public page about privacy, which says that opens are measured.
    pub privacy_url: Option<String>,
    /// A privacy link is not enough: the mail itself has to say that it tracks.
    pub strict_disclosure: bool,
    /// A curated digest: text links to many domains are its content.
    pub digest: bool,
    /// `internal`: links to private hosts are fine.
    pub internal_audience: bool,
    /// Largest attachment, in bytes.
    pub max_attachment: u64,
    /// Largest message, as it is sent, in bytes.
    pub max_message: u64,
    /// Largest source, in bytes.
    pub max_source: u64,
    /// Received copies are byte for byte as they arrived, so that their format is judged, too.
    pub raw: bool,
    /// From of drafts that have none.
    pub from: Option<String>,
    /// Subject of drafts that have none.
    pub subject: Option<String>,
    /// Template or rendered, where the configuration or the command line says so.
    pub stage: Option<Stage>,
    /// Fragment or whole, where the configuration says so.
    pub fragment: Option<bool>,
    /// Images that a draft names may be looked up beside it.
    pub local_files: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            own_domains: Vec::new(),
            partner_domains: Vec::new(),
            purpose: None,
            provider: None,
            allowed_subjects: Vec::new(),
            privacy_url: None,
            strict_disclosure: false,
            digest: false,
            internal_audience: false,
            max_attachment: 1024 * 1024,
            // what a mailbox of Exchange Online takes by default: 36 MB
            max_message: 36 * 1024 * 1024,
            max_source: 64 * 1024 * 1024,
            raw: false,
            from: None,
            subject: None,
            stage: None,
            fragment: None,
            local_files: true,
        }
    }
}
