//! Labels that ask consent for something that is no mailing: order updates, answers in a discussion, cookies. The list is
//! `lints/data/service_mail.toml`.

use super::heads::Heads;
use super::words::folded;
use crate::knowledge::table::Text;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/service_mail.rs"));

/// Folded once: a page of boxes asks for each of them.
static SERVICE_STARTS: LazyLock<Starts> = LazyLock::new(|| Starts::of(&SERVICE));
static COMMERCIAL_STARTS: LazyLock<Starts> = LazyLock::new(|| Starts::of(&COMMERCIAL));

/// Whether `label` is about messages of a service or about cookies, and about no mailings beside.
pub fn is_service(label: &str) -> bool {
    let label = folded(label);
    // categories of cookies are called "marketing"
    if label.contains("cookie") || label.contains("куки") {
        return !["mail", "newsletter", "sms"].iter().any(|word| label.contains(word));
    }
    SERVICE_STARTS.begin_a_word(&label) && !COMMERCIAL_STARTS.begin_a_word(&label)
}

/// What words begin with.
struct Starts {
    heads: Heads,
    starts: Vec<String>,
}

impl Starts {
    fn of(list: &[Text]) -> Self {
        let starts: Vec<String> = list.iter().map(|start| folded(start)).collect();
        let mut heads = Heads::of(&[]);
        starts.iter().for_each(|start| heads.add(start.as_bytes()));
        Self { heads, starts }
    }

    /// One of them stands in `text` (folded), and no letter or digit before it.
    fn begin_a_word(&self, text: &str) -> bool {
        self.heads.places(text).any(|at| {
            let here = || self.starts.iter().any(|start| text.as_bytes()[at..].starts_with(start.as_bytes()));
            here() && !text[..at].ends_with(char::is_alphanumeric)
        })
    }
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
