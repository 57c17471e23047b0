//! The host that a message is from, alone: it chooses the sender before anything else is read.

use super::address::{self, Mailbox};
use super::structure::Structure;
use super::tags::{self, Dialect};
use super::{Given, draft};
use crate::source::{Kind, Source};

/// The host of the first mailbox of From; `None` without From, and where a merge tag will say it.
pub fn from_host(source: &Source, given: &Given) -> Option<String> {
    let structure = match source.kind {
        Kind::Message => Structure::of(source, given.limits),
        Kind::Html | Kind::Template | Kind::Mjml => draft::read(&source.bytes, given).0,
    };
    let header = structure.headers.iter().find(|header| header.name.eq_ignore_ascii_case("From"))?;
    let view = structure.views.get(header.value.index())?;
    let tags = tags::scan(view.text(), false, &Dialect::default());
    let mailbox = address::parse(view, &tags).mailboxes.into_iter().next()?;
    host(view.text(), &mailbox)
}

/// The host of a mailbox in `value`, the decoded value of its field, in lower case and IDNA; `None` inside a merge tag or where there is none.
pub(crate) fn host(value: &str, mailbox: &Mailbox) -> Option<String> {
    let written = value.get(mailbox.domain.range()).unwrap_or("").trim().to_lowercase();
    let known = !mailbox.tagged && !written.is_empty();
    known.then(|| match url::Host::parse(&written) {
        Ok(url::Host::Domain(ascii)) => ascii,
        _ => written,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_from_is_read_from_mails_and_drafts() {
        for (name, text, host) in [
            ("a.eml", "From: =?utf-8?q?B=C3=BCro?= <news@Mail.Brand.com>\nSubject: x\n\nx", Some("mail.brand.com")),
            ("a.eml", "From: a@münchen.de, b@other.com\nSubject: x\n\n", Some("xn--mnchen-3ya.de")),
            ("a.eml", "From: {{sender}}\nSubject: x\n\n", None),
            ("a.eml", "Subject: x\nTo: y\n\n", None),
            ("a.html", "<!-- From: a@brand.com -->\n<p>", Some("brand.com")),
            ("a.html", "<p>", Some("given.com")),
        ] {
            let given = Given { from: Some("x@given.com".to_owned()), ..Given::default() };
            let source = Source::new(name, None, text.as_bytes().to_vec(), None);
            assert_eq!(from_host(&source, &given).as_deref(), host, "{text}");
        }
    }
}
