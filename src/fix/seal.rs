//! Messages that are not rewritten unless somebody insists: a change would break their signature, or forge what arrived.

use crate::message::{Given, Message};
use crate::source::Source;

/// Fields that a message gets when it is signed or received.
const SEALS: [&str; 2] = ["DKIM-Signature", "Received"];

/// The field that says that `source` was signed or received, if there is one.
pub fn seal(source: &Source) -> Option<&'static str> {
    seal_of(&Message::parse(source, &Given::default()))
}

/// The same of a message that is already read.
pub fn seal_of(message: &Message<'_>) -> Option<&'static str> {
    SEALS.into_iter().find(|name| message.header(name).is_some())
}
