//! The names that a configuration may use: lints, providers, domains.

use super::domain::Registrable;
use super::levels::Known;
use crate::knowledge::{domains, providers};

/// What names mean. Looked up only for names that are used.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// The lints.
    pub known: Vec<Known>,
    /// Ids of all providers.
    pub providers: fn() -> Vec<&'static str>,
    /// The public suffix list.
    pub registrable: Registrable,
}

impl Vocabulary {
    /// The lints of a registry, with the providers and domains that presend knows.
    pub fn new(known: Vec<Known>) -> Self {
        let providers = || providers::all().iter().map(|provider| provider.id.as_str()).collect();
        Self { known, providers, registrable: domains::registrable }
    }
}
