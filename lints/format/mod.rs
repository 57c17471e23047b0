//! How the message is written, byte by byte.

topic!("format": mistaken_kind, bare_newline, long_line, duplicate_header, malformed_date, malformed_encoded_word, raw_8bit_header,
       mislabelled_charset, malformed_boundary, invalid_transfer_encoding, oversized_header, oversized_message, analysis_limit);
