//! What the message is made of.

topic!("body": image_only_body, oversized_image, oversized_attachment, filler_text, blocked_attachment, active_content,
    hidden_text, undisplayed_image, missing_alt_text, missing_text_part, empty_text_part, reversed_alternatives, clipped_html,
    empty_message);
