//! Who the message says it is from.

topic!(
    "sender": freemail_sender,
    missing_from,
    malformed_from,
    multiple_from,
    unquoted_display_name,
    missing_display_name,
    impersonating_display_name,
    noreply_sender,
    foreign_reply_to,
    onmicrosoft_sender,
    exposed_recipients,
    unqualified_address_book_request,
    missing_recipient_notice,
    missing_privacy_link,
    missing_postal_address,
);
