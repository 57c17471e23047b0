//! Who the message says it is from.

topic!("sender": freemail_sender);
