//! What the message reports back.

topic!("tracking": undisclosed_tracking, covert_beacon, tracking_pixel);
