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
pub const LIST_FIELDS: &str = "RFC 2369 §2 and §3";
pub const ONE_CLICK: &str = "RFC 8058 §3.1";
pub const ONE_CLICK_DKIM: &str = "RFC 8058 §4";
pub const GMAIL: &str = "Gmail, Email sender guidelines, requirements for bulk senders";
pub const GUIDELINES: &str = "Microsoft, External senders: policies, practices, and guidelines";
pub const FROM_FORMAT: &str = "Microsoft, How Microsoft 365 validates the From address to prevent phishing";
pub const NDR: &str = "Microsoft, Email non-delivery reports and SMTP errors in Exchange Online";
pub const SEVERAL_FROM: &str = "Microsoft, Fix NDR error 550 5.1.20 (multiple From addresses)";
pub const ONMICROSOFT: &str = "Microsoft, Limiting onmicrosoft domain usage for sending emails (2025)";
pub const LIMITS: &str = "Microsoft, Exchange Online limits, \"Message limits\"";
pub const ORIGINATOR: &str = "RFC 5322 §3.6.2";
pub const ADDRESSES: &str = "RFC 5322 §3.4";
pub const DESTINATION: &str = "RFC 5322 §3.6.3";
pub const IDENTIFICATION: &str = "RFC 5322 §3.6.4 and §3.6.5";
pub const CAN_SPAM_ADDRESS: &str = "CAN-SPAM Act, 15 U.S.C. §7704(a)(5); 16 CFR 316.2(p)";

pub const NDR_BARE_LINE_FEEDS: &str = "Microsoft, Fix NDR error 550 5.6.11 in Exchange Online";
pub const EXCHANGE_LIMITS: &str = "Microsoft, Exchange Online limits, \"Message limits\"";
pub const EXCHANGE_HEADER: &str = "Microsoft, Message size limits in Exchange Server";
pub const LINE_LENGTH: &str = "RFC 5322 §2.1.1";
pub const LINE_ENDS: &str = "RFC 5322 §2.3";
pub const HEADER_FIELDS: &str = "RFC 5322 §2.2";
pub const OCCURRENCE: &str = "RFC 5322 §3.6";
pub const DATE: &str = "RFC 5322 §3.3";
pub const OBSOLETE_DATE: &str = "RFC 5322 §4.3";
pub const MIME_FIELDS: &str = "RFC 2045 §3";
pub const ONE_OF_EACH: &str = "RFC 2369 §3, RFC 2919 §3 and RFC 8058 §3.1";
pub const ENCODED_WORDS: &str = "RFC 2047 §2 and §5";
pub const CHARSET: &str = "RFC 2045 §5.2 and RFC 2046 §4.1.2";
pub const BOUNDARY: &str = "RFC 2046 §5.1.1";
pub const PARAMETER: &str = "RFC 2045 §5.1";
pub const TRANSFER_ENCODING: &str = "RFC 2045 §6";
pub const COMPOSITE_ENCODING: &str = "RFC 2045 §6.4";
pub const QUOTED_PRINTABLE: &str = "RFC 2045 §6.7";
pub const BASE64: &str = "RFC 2045 §6.8";
pub const ASF: &str = "Microsoft, Advanced Spam Filter (ASF) settings in anti-spam policies";
pub const ATTACHMENT_FILTER: &str = "Microsoft, Anti-malware protection, common attachments filter";
pub const ALTERNATIVES: &str = "RFC 2046 §5.1.4";
pub const GMAIL_HIDDEN: &str = "Google, Email sender guidelines, \"Message formatting\"";
pub const GMAIL_CLIPPING: &str = "measured: hteumeuleu/email-bugs, issue 41";
pub const PRIVATE_ADDRESSES: &str = "RFC 1918 §3 and RFC 6761 §6";
pub const RESERVED_NAMES: &str = "RFC 2606 §2 and §3";
pub const RELATIVE_REFERENCE: &str = "RFC 3986 §4.2 and §5.1";
pub const LINKS_AS_THEY_SEEM: &str = "Google, Email sender guidelines, message formatting";
pub const EMPTY_HOST: &str = "RFC 9110 §4.2.1";
pub const URI_PARTS: &str = "RFC 3986 §3";
pub const SAME_DOCUMENT: &str = "RFC 3986 §4.4";
pub const FILE_URI: &str = "RFC 8089 §2";
pub const LINK_NAMES: &str = "WCAG 2.2, success criterion 2.4.4 (link purpose)";
pub const WATCHING: &str = "RFC 7258 §1";
pub const READ_RECEIPTS: &str = "RFC 8098 §2.1";
pub const TEXT_ALTERNATIVES: &str = "WCAG 2.2, success criterion 1.1.1 (non-text content)";
pub const CAN_I_EMAIL: &str = "measured: caniemail.com, \"SVG\" and \"Base64 image format\"";
pub const AUTHENTICATION: &str = "Microsoft, Email authentication in cloud organizations";
pub const ROUTABLE: &str = "Microsoft, Troubleshooting mail sent to Microsoft 365, \"Ensure that you do not advertise yourself as a non-routable IP\"";
pub const SMTP_GREETING: &str = "RFC 5321 §2.3.5 and §4.1.1.1";
