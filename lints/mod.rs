//! The lints, one folder a topic.
