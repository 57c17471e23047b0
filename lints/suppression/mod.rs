//! The `presend-allow` comments themselves.

topic!("suppression": unused_allow, unknown_lint);
