//! What the message is made of.

topic!("body": image_only_body, oversized_attachment);
