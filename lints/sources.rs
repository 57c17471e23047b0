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
pub const ASF: &str = "Microsoft, Advanced Spam Filter (ASF) settings in anti-spam policies";
pub const ATTACHMENT_FILTER: &str = "Microsoft, Anti-malware protection, common attachments filter";
pub const ALTERNATIVES: &str = "RFC 2046 §5.1.4";
pub const GMAIL_HIDDEN: &str = "Google, Email sender guidelines, \"Message formatting\"";
pub const GMAIL_CLIPPING: &str = "measured: hteumeuleu/email-bugs, issue 41";
