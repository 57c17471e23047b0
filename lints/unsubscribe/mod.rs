//! The way out of the mailing.

topic!("unsubscribe":
    missing_unsubscribe,
    preferences_only_unsubscribe,
    mail_only_unsubscribe,
    gated_unsubscribe,
    incomplete_unsubscribe_mailto,
    hidden_unsubscribe,
    dead_unsubscribe,
    missing_unsubscribe_in_text,
    missing_list_unsubscribe,
    malformed_list_unsubscribe,
    incomplete_one_click,
    malformed_one_click,
    unsigned_one_click,
);
