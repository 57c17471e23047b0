//! Answers to questions about a domain: from servers, or from a zone file. Nothing else in presend touches the network.

#[cfg(feature = "dns")]
mod network;
pub mod zone;

#[cfg(feature = "dns")]
pub use network::{Network, Reach};
pub use zone::{Zone, ZoneError};
