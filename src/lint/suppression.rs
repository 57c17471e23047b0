//! `presend-allow` comments.
