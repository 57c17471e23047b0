//! What the sender knows and the linter can't: `presend.toml`, and the levels of lints with who set them.

pub mod domain;
pub mod error;
mod file;
mod key;
pub mod keys;
mod layer;
pub mod levels;
pub mod limits;
mod paths;
mod reference;
mod resolver;
mod schema;
pub mod selector;
mod sender;
pub mod similar;
pub mod size;
mod value;
mod vocabulary;

pub use file::{AllowEntry, Allowed, Config};
pub use key::Key;
pub(crate) use key::{own_domain, provider};
pub use layer::Layer;
pub use reference::markdown as reference;
pub use resolver::{CommandLine, ConfigChoice, FILE_NAME, Resolved, Resolver};
pub use schema::json_schema;
pub use sender::Choice;
pub use vocabulary::Vocabulary;

use crate::message::Stage;
use crate::source::Kind;
use limits::Limits;
use std::sync::Arc;

/// The purposes that can be given, by their names.
pub const PURPOSES: [(&str, Purpose); 3] =
    [("bulk", Purpose::Bulk), ("transactional", Purpose::Transactional), ("confirmation", Purpose::Confirmation)];

/// The stages, by their names.
pub const STAGES: [(&str, Stage); 2] = [("template", Stage::Template), ("rendered", Stage::Rendered)];

/// The kinds of sources, by their names.
pub const KINDS: [(&str, Kind); 4] =
    [("message", Kind::Message), ("html", Kind::Html), ("template", Kind::Template), ("mjml", Kind::Mjml)];

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
    /// Largest image that comes with the mail, in bytes.
    pub max_image: u64,
    /// Most that all images that come with the mail may have together, in bytes.
    pub max_images: u64,
    /// Largest message as it is sent, in bytes.
    pub max_message: u64,
    /// Longest subject, in characters.
    pub max_subject: u64,
    /// How much of a source is read.
    pub limits: Limits,
    /// The sender's postal address as its mails write it.
    pub address: Option<String>,
    /// Received copies are byte for byte as they arrived, so that their format is judged, too.
    pub raw: bool,
    /// From of drafts that have none.
    pub from: Option<String>,
    /// `from` replaces what a draft says itself.
    pub from_wins: bool,
    /// Subject of drafts that have none.
    pub subject: Option<String>,
    /// `subject` replaces what a draft says itself.
    pub subject_wins: bool,
    /// What the source is taken for, where somebody says so.
    pub kind: Option<Kind>,
    /// Template or rendered, where the configuration or the command line says so.
    pub stage: Option<Stage>,
    /// Fragment or whole, where the configuration says so.
    pub fragment: Option<bool>,
    /// The name of another source of the run that includes it, as a fragment is included.
    pub included_by: Option<Arc<str>>,
    /// Images that a draft names may be looked up beside it.
    pub local_files: bool,
    /// How the source is taken, and why, is to be told: [`crate::lint::Linted::remarks`].
    pub remarks: bool,
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
            max_image: 200 * 1024,
            max_images: 1024 * 1024,
            // what a mailbox of Exchange Online takes by default: 36 MB
            max_message: 36 * 1024 * 1024,
            max_subject: 255,
            limits: Limits::default(),
            address: None,
            raw: false,
            from: None,
            from_wins: false,
            subject: None,
            subject_wins: false,
            kind: None,
            stage: None,
            fragment: None,
            included_by: None,
            local_files: true,
            remarks: false,
        }
    }
}
