//! What the message is made of.

topic!("body": image_only_body, oversized_image, oversized_attachment, active_content, blocked_attachment, undisplayed_image, missing_alt_text, missing_text_part, reversed_alternatives);
