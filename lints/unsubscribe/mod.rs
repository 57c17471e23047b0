//! The way out of the mailing.

topic!("unsubscribe": missing_unsubscribe, preferences_only_unsubscribe, incomplete_unsubscribe_mailto);
