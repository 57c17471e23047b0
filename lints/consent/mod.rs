//! How readers come onto the list.

topic!("consent": preselected_consent);
