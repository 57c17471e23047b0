//! Labels that ask consent for something that is no mailing: order updates, answers in a discussion, cookies. The list is
//! `lints/data/service_mail.toml`.

use super::words::folded;

include!(concat!(env!("OUT_DIR"), "/service_mail.rs"));

/// Whether `label` is about messages of a service or about cookies, and about no mailings beside.
pub fn is_service(label: &str) -> bool {
    let label = folded(label);
    let has = |list: &[&str]| list.iter().any(|start| has_word_start(&label, &folded(start)));
    // categories of cookies are called "marketing"
    if label.contains("cookie") || label.contains("куки") {
        return !["mail", "newsletter", "sms"].iter().any(|word| label.contains(word));
    }
    has(&SERVICE) && !has(&COMMERCIAL)
}

fn has_word_start(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::is_service;

    #[test]
    fn service_and_mailings() {
        for (label, service) in [
            ("Send order updates by e-mail", true),
            ("Marketing cookies", true),
            ("Notify me of follow-up comments by email.", true),
            ("E-Mail bei neuen Kommentaren", true),
            ("Send me news and offers", false),
            ("Send order updates and special offers", false),
            ("Cookies, and the newsletter by e-mail", false),
            ("Newsletter", false),
        ] {
            assert_eq!(is_service(label), service, "{label}");
        }
    }
}
