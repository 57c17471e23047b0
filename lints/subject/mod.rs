//! What the message says it is about.

topic!("subject": missing_subject);
