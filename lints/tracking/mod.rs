//! What the message reports back.

topic!("tracking": undisclosed_tracking);
