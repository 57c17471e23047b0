//! SPF records, read.
