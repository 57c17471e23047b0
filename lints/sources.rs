//! The documents that the lints cite, as their notes name them.

/// Microsoft's article for senders, with one of the headings of its section on bulk mail.
macro_rules! microsoft_bulk {
    ($heading:literal) => {
        concat!("Microsoft, Troubleshooting mail sent to Microsoft 365, \"", $heading, "\"")
    };
}

pub const FROM_NAME: &str = microsoft_bulk!("Ensure that the From name reflects who is sending the message");
pub const UNSUBSCRIBE: &str = microsoft_bulk!("Always include an unsubscribe option in campaign emails");
pub const OPT_IN: &str = microsoft_bulk!("Use the double opt-in option for marketing email or newsletter registration");
pub const TRANSPARENT: &str = microsoft_bulk!("Ensure that email message content is transparent and traceable");
pub const HIGH_VOLUME: &str = "Microsoft, Outlook's requirements for high-volume senders (2025)";
pub const MAILTO: &str = "RFC 6068 §2 and §5";
pub const ASF: &str = "Microsoft, Advanced Spam Filter (ASF) settings in EOP";
pub const PRIVATE_ADDRESSES: &str = "RFC 1918 §3 and RFC 6761 §6";
pub const RESERVED_NAMES: &str = "RFC 2606 §2 and §3";
pub const RELATIVE_REFERENCE: &str = "RFC 3986 §4.2 and §5.1";
pub const LINKS_AS_THEY_SEEM: &str = "Google, Email sender guidelines, message formatting";
pub const EMPTY_HOST: &str = "RFC 9110 §4.2.1";
pub const SAME_DOCUMENT: &str = "RFC 3986 §4.4";
pub const FILE_URI: &str = "RFC 8089 §2";
pub const LINK_NAMES: &str = "WCAG 2.2, success criterion 2.4.4 (link purpose)";
pub const WATCHING: &str = "RFC 7258 §1";
pub const READ_RECEIPTS: &str = "RFC 8098 §2.1";
