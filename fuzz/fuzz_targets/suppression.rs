//! `presend-allow` comments.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| presend_fuzz::holds(env!("CARGO_BIN_NAME"), input));
