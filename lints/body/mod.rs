//! What the message is made of.

topic!("body": image_only_body, active_content, oversized_attachment);
