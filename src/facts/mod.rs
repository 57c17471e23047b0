//! What a deliverability expert sees in a message. Each fact is computed once, when first asked for, and carries the place it comes from.

use crate::config::Settings;
use crate::message::Message;

/// The facts of one message.
#[derive(Debug)]
pub struct Facts<'m> {
    /// What they are about.
    pub message: &'m Message<'m>,
    /// What the sender said.
    pub settings: &'m Settings,
}
