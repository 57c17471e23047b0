//! The way out of the mailing.

topic!("unsubscribe": missing_unsubscribe, preferences_only_unsubscribe, incomplete_unsubscribe_mailto,
    missing_list_unsubscribe, malformed_list_unsubscribe, incomplete_one_click, malformed_one_click, unsigned_one_click);
