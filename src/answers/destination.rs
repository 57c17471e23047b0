//! Where mail goes: the provider that answered, for Microsoft 365 with its cluster, else the domain.

use super::bounces::Event;
use super::bounces::address::domain;
use crate::knowledge::domains::registrable;

/// The regions that Microsoft's clusters are called after.
const REGIONS: &[&str] = &[
    "APC", "ARE", "AUS", "AUT", "BRA", "CAN", "CHE", "CHL", "DEU", "ESP", "EUR", "FRA", "GBR", "GCC", "IDN", "IND",
    "ISR", "ITA", "JPN", "KOR", "LAM", "MEX", "MYS", "NAM", "NOR", "NZL", "POL", "QAT", "SGP", "SWE", "TWN", "ZAF",
];

/// Where the mail of `event` went. Tenants' MX names can't be rolled up, so at Microsoft 365 the cluster counts: `Microsoft 365 EUR05`.
pub fn of(event: &Event) -> String {
    let host = event.host.as_deref().unwrap_or_default().to_ascii_lowercase();
    let reply = event.reply.to_ascii_lowercase();
    let is_consumer = host.contains(".olc.protection.outlook.com") || host.ends_with(".hotmail.com");
    if is_consumer {
        return "Outlook.com".to_owned();
    }
    if is_microsoft(&host) || host.is_empty() && is_microsoft(&reply) {
        return match cluster(&reply).or_else(|| cluster(&host)) {
            Some(cluster) => format!("Microsoft 365 {cluster}"),
            None => "Microsoft 365".to_owned(),
        };
    }
    let named = registrable(&host).map(str::to_owned).or_else(|| domain(&event.address)).unwrap_or_default();
    match named.as_str() {
        "google.com" | "googlemail.com" | "gmail.com" => "Gmail".to_owned(),
        "yahoodns.net" | "yahoo.com" => "Yahoo".to_owned(),
        "icloud.com" | "apple.com" => "iCloud".to_owned(),
        _ => named,
    }
}

fn is_microsoft(text: &str) -> bool {
    [".protection.outlook.com", ".prod.outlook.com", ".exchangelabs.com"].iter().any(|host| text.contains(host))
}

/// `EUR05` of `AM6EUR05FT001.eop-eur05.prod.protection.outlook.com`, of `mail-db3eur04lp2055.outbound.protection.outlook.com` or of
/// `EUR04-DB3-obe.outbound.protection.outlook.com`; `text` is in lower case.
fn cluster(text: &str) -> Option<String> {
    let hosts = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-'));
    let hosts = hosts.filter(|word| word.ends_with("outlook.com"));
    for host in hosts {
        let bytes = host.to_ascii_uppercase().into_bytes();
        for window in bytes.windows(5) {
            let (Some(letters), Some(digits)) = (window.get(..3), window.get(3..)) else { continue };
            let region = std::str::from_utf8(letters).unwrap_or_default();
            if REGIONS.contains(&region) && digits.iter().all(u8::is_ascii_digit) {
                return Some(String::from_utf8_lossy(window).into_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::bounces::{Event, Kind};

    #[test]
    fn microsoft_is_told_by_its_cluster_and_others_by_their_domain() {
        for (host, reply, expected) in [
            (
                "example-com.mail.protection.outlook.com",
                "[AM6EUR05FT001.eop-eur05.prod.protection.outlook.com]",
                "Microsoft 365 EUR05",
            ),
            ("EUR04-DB3-obe.outbound.protection.outlook.com", "", "Microsoft 365 EUR04"),
            ("mail-sn1nam02lp2055.outbound.protection.outlook.com", "", "Microsoft 365 NAM02"),
            ("example-com.mail.protection.outlook.com", "451 4.4.62 somewhere", "Microsoft 365"),
            ("outlook-com.olc.protection.outlook.com", "", "Outlook.com"),
            ("gmail-smtp-in.l.google.com", "", "Gmail"),
            ("mta5.am0.yahoodns.net", "", "Yahoo"),
            ("mx1.mail.example.co.uk", "", "example.co.uk"),
            ("", "550 nobody", "brand.de"),
        ] {
            let event = Event { host: Some(host.to_owned()), reply: reply.to_owned(), ..sample() };
            assert_eq!(of(&event), expected, "{host}");
        }
    }

    fn sample() -> Event {
        Event {
            kind: Kind::Failed,
            address: "a@brand.de".into(),
            reply: String::new(),
            status: None,
            host: None,
            when: None,
        }
    }
}
