//! Where the message leads.

topic!("links": split_subscription_links);
