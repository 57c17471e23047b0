//! What the message says it is about.

topic!(
    "subject": missing_subject,
    vague_subject,
    fake_reply_subject,
    test_marker,
    long_subject,
    shouting_subject,
    unrelated_body,
);
