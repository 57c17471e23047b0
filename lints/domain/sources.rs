//! The documents that the lints on domains cite.

pub use crate::lints::sources::{GMAIL, GUIDELINES, HIGH_VOLUME};

pub const SPF_ONE: &str = "RFC 7208 §3.2 and §4.5";
pub const SPF_SYNTAX: &str = "RFC 7208 §4.6 and §12";
pub const SPF_LIMITS: &str = "RFC 7208 §4.6.4";
pub const SPF_INCLUDE: &str = "RFC 7208 §5.2 and §6.1";
pub const SPF_ALL: &str = "RFC 7208 §4.7 and §5.1";
pub const SPF_PTR: &str = "RFC 7208 §5.5";
pub const SPF_STRINGS: &str = "RFC 7208 §3.3";
pub const MICROSOFT_AUTHENTICATION: &str = "Microsoft, Email authentication in Microsoft 365";
pub const DKIM_RECORD: &str = "RFC 6376 §3.6.1";
pub const DKIM_ONE: &str = "RFC 6376 §3.6.2.2";
pub const DKIM_LENGTH: &str = "RFC 8301 §3.2";
pub const DMARC_RECORD: &str = "RFC 9989 §4.7; RFC 7489 §6.3";
pub const DMARC_ONE: &str = "RFC 9989 §4.10; RFC 7489 §6.6.3";
pub const DMARC_REPORTS: &str = "RFC 7489 §7.1";
pub const NULL_MX: &str = "RFC 7505 §3 and §4.2";
pub const MX_TARGET: &str = "RFC 5321 §5.1; RFC 2181 §10.3";
pub const MX: &str = "RFC 5321 §5.1";
pub const NAMES: &str = "RFC 8020 §2";
pub const ROUTABLE: &str = "Microsoft, Troubleshooting mail sent to Microsoft 365, \"Ensure that you do not advertise yourself as a non-routable IP\"";
pub const NEW_ADDRESSES: &str =
    "Microsoft, Troubleshooting mail sent to Microsoft 365, \"Are you sending email from new IP addresses?\"";
