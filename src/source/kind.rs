//! What a source is taken for, by its name and its content.

use super::mailbox::begins_with_separator;
use memchr::memmem;

/// What a source's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A raw message (RFC 5322): `.eml`.
    Message,
    /// HTML as a browser would take it: `.html`, `.htm`.
    Html,
    /// HTML in a template language: `.hbs`, `.liquid`, `.html.erb`, …
    Template,
    /// MJML source: `.mjml`.
    Mjml,
}

const MESSAGES: &[&str] = &["eml", "mime", "rfc822", "msg"];
const PAGES: &[&str] = &["html", "htm", "xhtml"];
const TEMPLATES: &[&str] = &[
    "hbs",
    "handlebars",
    "mustache",
    "liquid",
    "jinja",
    "jinja2",
    "j2",
    "njk",
    "twig",
    "erb",
    "ejs",
    "tpl",
    "tmpl",
    "gohtml",
    "ftl",
    "vm",
    "cshtml",
];

/// How far into a file its kind is looked for, in bytes.
const WINDOW: usize = 64 * 1024;

/// Fields that transport or a mail program writes, and no draft.
const WRITTEN_BY_MAILERS: &[&str] = &[
    "mime-version",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "date",
    "content-type",
    "content-transfer-encoding",
    "authentication-results",
    "arc-seal",
    "x-received",
    "x-mailer",
    "list-unsubscribe",
];
/// Fields that say who writes to whom about what.
const WRITTEN_BY_PEOPLE: &[&str] = &["from", "to", "subject", "reply-to", "sender", "cc", "bcc"];

impl Kind {
    /// The kind of a file called `name` that holds `bytes`: as its name promises, except that a mail is a mail and MJML is MJML under any name. A
    /// name that promises nothing leaves it to the content.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let given = Self::promised(name);
        let kind = match given {
            Some(given) => mistaken(given, bytes).unwrap_or(given),
            None if is_message(bytes) => Self::Message,
            None => Self::Html,
        };
        if matches!(kind, Self::Html | Self::Template) && is_mjml(bytes) { Self::Mjml } else { kind }
    }

    /// The extensions of names that promise a kind, but for `blade.php`.
    pub fn extensions() -> impl Iterator<Item = &'static str> {
        MESSAGES.iter().chain(PAGES).chain(TEMPLATES).copied().chain(["mjml"])
    }

    /// The kind that a file's name promises, by its extensions: `welcome.html.erb` is a template, `welcome.mjml.erb` is MJML, `welcome.eml.j2` is a
    /// message. `None` for any other name, and for those of a Maildir, whose end is a host's.
    pub fn promised(name: &str) -> Option<Self> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if is_maildir_name(name) {
            return None;
        }
        let name = name.to_ascii_lowercase();
        let mut extensions = name.rsplit('.');
        let last = extensions.next()?;
        let before = extensions.next()?;
        let inner = if extensions.next().is_some() { before } else { "" };
        let template = TEMPLATES.contains(&last) || (last == "php" && inner == "blade");
        if last == "mjml" || (template && inner == "mjml") {
            Some(Self::Mjml)
        } else if MESSAGES.contains(&last) || (template && inner == "eml") {
            Some(Self::Message)
        } else if template {
            Some(Self::Template)
        } else {
            PAGES.contains(&last).then_some(Self::Html)
        }
    }
}

/// `1795327173.M388484P12906Q2.vm`: the second of delivery, what makes it unique in that second, the host.
fn is_maildir_name(name: &str) -> bool {
    let mut pieces = name.splitn(3, '.');
    let [Some(time), Some(unique), Some(_)] = [pieces.next(), pieces.next(), pieces.next()] else { return false };
    let counts = unique.bytes().any(|byte| byte.is_ascii_digit());
    time.len() >= 9
        && time.bytes().all(|byte| byte.is_ascii_digit())
        && counts
        && unique.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b'_' | b'#'))
}

/// What `bytes` are, where they are a mail and `kind` is none, or the other way round.
pub fn mistaken(kind: Kind, bytes: &[u8]) -> Option<Kind> {
    match kind {
        Kind::Message => {
            let markup = !is_message(bytes) && begins_with_markup(bytes);
            markup.then(|| if is_mjml(bytes) { Kind::Mjml } else { Kind::Html })
        }
        Kind::Html | Kind::Template | Kind::Mjml => is_sent_message(bytes).then_some(Kind::Message),
    }
}

/// Whether `bytes` begin with the header of a message, with at least two fields that any message has.
fn is_message(bytes: &[u8]) -> bool {
    let fields = Fields::count(bytes);
    fields.by_people + fields.by_mailers >= 2
}

/// Whether `bytes` are a message that was saved as UTF-16, with its mark: no mail is sent so.
pub(super) fn is_wide_message(bytes: &[u8]) -> bool {
    let low = match bytes.get(..2) {
        Some(b"\xff\xfe") => 0,
        Some(b"\xfe\xff") => 1,
        _ => return false,
    };
    let pairs = bytes.get(2..).unwrap_or_default().as_chunks::<2>().0;
    let narrow: Vec<u8> = pairs.iter().take(WINDOW).filter_map(|pair| pair.get(low).copied()).collect();
    is_message(&narrow)
}

/// Whether `bytes` begin with the header of a message that a mail program wrote; a draft may say From and Subject above its markup.
fn is_sent_message(bytes: &[u8]) -> bool {
    let fields = Fields::count(bytes);
    fields.by_mailers >= 1 && fields.by_people >= 1 || fields.by_mailers >= 3
}

#[derive(Default)]
struct Fields {
    by_people: usize,
    by_mailers: usize,
}

impl Fields {
    /// Counts the known fields of the header block at the start of `bytes`; none where it does not begin with a field.
    fn count(bytes: &[u8]) -> Self {
        let mut fields = Self::default();
        let mut lines = text_start(bytes).split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).peekable();
        // a mailbox file's separator (RFC 4155)
        lines.next_if(|line| begins_with_separator(line));
        // what a template does before the header leaves no line behind
        while lines.next_if(|line| line.is_empty() || is_template_line(line)).is_some() {}
        if lines.peek().is_none_or(|line| field_name(line).is_none()) {
            return fields;
        }
        for line in lines {
            if line.is_empty() || line.starts_with(b"<") {
                break;
            }
            let Some(name) = field_name(line) else { continue };
            let is = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
            fields.by_people += usize::from(is(WRITTEN_BY_PEOPLE));
            fields.by_mailers += usize::from(is(WRITTEN_BY_MAILERS));
        }
        fields
    }
}

fn is_template_line(line: &[u8]) -> bool {
    [&b"{%"[..], b"{#", b"<%", b"{{!"].iter().any(|open| line.starts_with(open))
        && line.ends_with(b"}") | line.ends_with(b"%>")
}

/// The name of the field that begins on `line` (RFC 5322 §2.2).
fn field_name(line: &[u8]) -> Option<&[u8]> {
    let name = line.get(..memchr::memchr(b':', line)?)?.trim_ascii_end();
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(name)
}

/// The window that is looked at, without a byte order mark and blanks before the text.
fn text_start(bytes: &[u8]) -> &[u8] {
    let window = bytes.get(..WINDOW).unwrap_or(bytes);
    window.strip_prefix(b"\xef\xbb\xbf").unwrap_or(window).trim_ascii_start()
}

/// Whether the first thing is markup, front matter or a template's tag.
fn begins_with_markup(bytes: &[u8]) -> bool {
    let text = text_start(bytes);
    let element = text.first() == Some(&b'<')
        && text.get(1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'%' | b'#'));
    element || [&b"---\n"[..], b"---\r\n", b"{{", b"{%", b"{#"].iter().any(|start| text.starts_with(start))
}

/// Whether the first element is one of MJML: `<mjml>`, or `<mj-…>` in a piece of one.
fn is_mjml(bytes: &[u8]) -> bool {
    let mut rest = text_start(bytes);
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            let end = memmem::find(rest, b"-->").unwrap_or(rest.len());
            rest = rest.get(end..).unwrap_or_default();
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            let end = rest.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            let name = rest.get(..end.unwrap_or(0)).unwrap_or_default();
            return name.eq_ignore_ascii_case(b"mjml")
                || name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(b"mj-"));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Kind, mistaken};

    const MAIL: &[u8] = b"Received: by a.example\r\nFrom: a@b.example\r\nSubject: c\r\n\r\n<html>";
    const PAGE: &[u8] = b"\xef\xbb\xbf \n<!DOCTYPE html>\n<p>From: a\nSubject: b\n\n";

    #[test]
    fn names_promise_a_kind() {
        for (name, kind) in [
            ("a.eml", Some(Kind::Message)),
            ("a.EML", Some(Kind::Message)),
            ("a.eml.j2", Some(Kind::Message)),
            ("a.html", Some(Kind::Html)),
            ("dir.eml/a.htm", Some(Kind::Html)),
            ("a.hbs", Some(Kind::Template)),
            ("a.html.erb", Some(Kind::Template)),
            ("a.blade.php", Some(Kind::Template)),
            ("a.mjml", Some(Kind::Mjml)),
            ("a.mjml.erb", Some(Kind::Mjml)),
            ("mjml.erb", Some(Kind::Template)),
            ("a.php", None),
            ("new/1795327173.M388484P12906Q2.vm", None),
            ("cur/1795327173.12906_1.mail.html:2,S", None),
            ("1795327173.spring.html", Some(Kind::Html)),
            ("a.txt", None),
            ("eml", None),
            ("", None),
        ] {
            assert_eq!(Kind::promised(name), kind, "{name}");
        }
    }

    #[test]
    fn content_decides_where_the_name_does_not() {
        assert_eq!(Kind::of("a.txt", MAIL), Kind::Message);
        assert_eq!(Kind::of("-", PAGE), Kind::Html);
        assert_eq!(Kind::of("a.txt", b"From : a@b\nTo: c@d\n\n"), Kind::Message);
        assert_eq!(Kind::of("a.txt", b"From x@y.example Mon\nFrom: a@b\nTo: c@d\n\n"), Kind::Message);
        assert_eq!(Kind::of("a", b""), Kind::Html);
    }

    #[test]
    fn a_mail_under_a_wrong_name_is_a_mail() {
        assert_eq!(mistaken(Kind::Html, MAIL), Some(Kind::Message));
        assert_eq!(mistaken(Kind::Template, MAIL), Some(Kind::Message));
        assert_eq!(Kind::of("a.html", MAIL), Kind::Message);
        assert_eq!(mistaken(Kind::Html, PAGE), None);
    }

    #[test]
    fn markup_under_a_mails_name_is_markup() {
        assert_eq!(mistaken(Kind::Message, PAGE), Some(Kind::Html));
        assert_eq!(mistaken(Kind::Message, b"<mjml><mj-body>"), Some(Kind::Mjml));
        assert_eq!(mistaken(Kind::Message, MAIL), None);
        assert_eq!(mistaken(Kind::Message, b"<%# a %>\n{% b %}\nFrom: c\nSubject: d\n\n"), None);
        assert_eq!(mistaken(Kind::Message, b"rubbish"), None);
        assert_eq!(mistaken(Kind::Message, b""), None);
    }

    #[test]
    fn a_draft_may_say_its_subject_first() {
        for draft in [
            &b"---\nsubject: a\nfrom: b@c.example\ndate: d\n---\n<html>"[..],
            b"Subject: a\nFrom: b@c.example\n\n<html>",
            b"<!--\nFrom: a\nDate: b\n-->\n<html>",
            b"{% set a = 1 %}\nFrom: a\nSubject: b\n\n",
        ] {
            assert_eq!(mistaken(Kind::Html, draft), None, "{}", draft.escape_ascii());
        }
    }

    #[test]
    fn mjml_is_known_by_its_first_element() {
        assert_eq!(Kind::of("a.html", b"{% load x %}<!-- <p> --><mjml lang='a'>"), Kind::Mjml);
        assert_eq!(Kind::of("a.hbs", b"<mjml>"), Kind::Mjml);
        assert_eq!(Kind::of("_footer.hbs", b"{{#if a}}<mj-section>"), Kind::Mjml);
        assert_eq!(Kind::of("a.html", b"<mj-include path='b' />"), Kind::Mjml);
        assert_eq!(Kind::of("a.html", b"<p><mjml>"), Kind::Html);
        assert_eq!(Kind::of("a.html", b"<mjx-section>"), Kind::Html);
        assert_eq!(Kind::of("a.html", b"<mjm"), Kind::Html);
    }
}
