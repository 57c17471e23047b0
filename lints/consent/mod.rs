//! How readers come onto the list.

topic!("consent": preselected_consent, negative_consent, missing_confirmation_link);
