//! DKIM selectors that many senders have in common. The list is `lints/data/dkim_selectors.toml`.

include!(concat!(env!("OUT_DIR"), "/selectors.rs"));

/// The service that gives this selector to all its customers.
pub fn service(selector: &str) -> Option<&'static str> {
    WELL_KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(selector)).map(|(_, service)| *service)
}
