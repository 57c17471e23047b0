//! Whose servers the names in Received fields are. The list is `lints/data/mail_hosts.toml`.

use crate::knowledge::table::Text;
include!(concat!(env!("OUT_DIR"), "/mail_hosts.rs"));

/// A server of Microsoft 365's.
pub fn is_microsoft(host: &str) -> bool {
    is_under(host, &MICROSOFT)
}

/// A server of Microsoft 365's that takes mail in from outside.
pub fn is_border(host: &str) -> bool {
    is_under(host, &BORDER)
}

/// A server of a service that filters mail before it hands it on.
pub fn is_gateway(host: &str) -> bool {
    is_under(host, &GATEWAYS)
}

fn is_under(host: &str, domains: &[Text]) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is =
        |domain: &Text| host.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    domains.iter().any(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_by_their_names() {
        let border = "DB5EUR01FT045.mail.protection.outlook.com";
        assert!(is_border(border) && is_microsoft(border));
        assert!(
            is_microsoft("SLXP216MB0381.KORP216.PROD.OUTLOOK.COM")
                && !is_border("SLXP216MB0381.KORP216.PROD.OUTLOOK.COM")
        );
        assert!(is_microsoft("BN6PR03CA0078.outlook.office365.com"));
        assert!(
            !is_microsoft("mail.protection.outlook.com.evil.example") && !is_border("notmail.protection.outlook.com")
        );
        assert!(is_gateway("mx0a-001.pphosted.com") && !is_gateway("pphosted.com.example"));
    }
}
