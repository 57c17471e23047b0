//! Who asks for a lint. Each standard is also a group on the command line.

/// A body of rules that a lint enforces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standard {
    /// Microsoft's practices and policies for mail to Microsoft 365.
    Microsoft,
    /// Outlook.com's requirements for high-volume senders (2025).
    OutlookHighVolume,
    /// Gmail's and Yahoo's requirements for bulk senders (2024).
    GmailYahoo,
    /// The RFCs of mail.
    Rfc,
    /// The CAN-SPAM Act (US).
    CanSpam,
}

impl Standard {
    /// All standards.
    pub const ALL: [Self; 5] = [Self::Microsoft, Self::OutlookHighVolume, Self::GmailYahoo, Self::Rfc, Self::CanSpam];

    /// The name of the group.
    pub fn name(self) -> &'static str {
        match self {
            Self::Microsoft => "microsoft",
            Self::OutlookHighVolume => "outlook-high-volume",
            Self::GmailYahoo => "gmail-yahoo",
            Self::Rfc => "rfc",
            Self::CanSpam => "can-spam",
        }
    }
}
