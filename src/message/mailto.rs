//! `mailto:` links (RFC 6068): the address and the header fields that they fill in.

/// A `mailto:` target, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailto<'h> {
    /// What stands before `?`, and every `to=`; percent-encoding kept.
    pub address: String,
    /// There is a `?` with something behind it.
    pub has_fields: bool,
    /// A `subject=` without a value.
    pub has_empty_subject: bool,
    subject: Option<&'h str>,
    body: Option<&'h str>,
    href: &'h str,
}

impl<'h> Mailto<'h> {
    /// Reads `href` (entities decoded), with or without its scheme. Never fails: what is missing is empty.
    pub fn parse(href: &'h str) -> Self {
        let rest = match href.get(..7) {
            Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &href[7..],
            _ => href,
        };
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut mail = Mailto {
            address: address.trim().trim_start_matches('/').to_owned(),
            has_fields: !query.is_empty(),
            has_empty_subject: false,
            subject: None,
            body: None,
            href,
        };
        for field in query.split('&') {
            let field = field.strip_prefix("amp;").unwrap_or(field);
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            match name.to_ascii_lowercase().as_str() {
                "subject" => mail.subject = Some(value),
                "body" => mail.body = Some(value),
                "to" => mail.address.push_str(value.trim()),
                _ => {}
            }
        }
        mail.has_empty_subject = mail.subject.is_some_and(|subject| subject.trim().is_empty());
        mail
    }

    /// The subject, or else the body, says what the mail is for. A merge tag counts.
    pub fn is_filled_in(&self) -> bool {
        [self.subject, self.body].into_iter().flatten().any(|value| !value.trim().is_empty())
    }

    /// The address itself tells who leaves (a VERP token), so that nothing else has to be filled in.
    pub fn identifies_reader(&self) -> bool {
        let local = self.address.split('@').next().unwrap_or("");
        let digits = local.bytes().filter(u8::is_ascii_digit).count();
        local.contains(['=', '{', '%', '*', '[', '\u{FFFC}']) || digits >= 4 || local.len() >= 30
    }

    /// What is wrong with the encoding, for a label.
    pub fn fault(&self) -> &'static str {
        let values = || [self.subject, self.body].into_iter().flatten();
        if values().any(|value| value.contains(['\n', '\r'])) {
            "a raw line end"
        } else if values().any(|value| without_tags(value).contains(' ')) {
            "a raw blank"
        } else {
            "`+` for a blank"
        }
    }

    /// The link with its fields encoded; `None` if they are, or if merge tags make it unknowable.
    pub fn repaired(&self) -> Option<String> {
        let (start, query) = self.href.split_once('?')?;
        let fixed: Vec<String> = query.split('&').map(repair_field).collect();
        let fixed = fixed.join("&");
        let has_tags = query.contains("{{") || query.contains("*|") || query.contains("%%") || query.contains("<%");
        (fixed != query && !has_tags).then(|| format!("{start}?{}", fixed.replace('&', "&amp;")))
    }
}

fn repair_field(field: &str) -> String {
    let (name, value) = field.split_once('=').unwrap_or((field, ""));
    let is_text = ["subject", "body"].iter().any(|text| name.eq_ignore_ascii_case(text));
    if !is_text {
        return field.to_owned();
    }
    let mut fixed = String::with_capacity(value.len());
    let plus_is_blank = value.contains('+') && !value.contains("%20") && !value.contains(' ');
    for character in value.chars() {
        match character {
            ' ' => fixed.push_str("%20"),
            '+' if plus_is_blank => fixed.push_str("%20"),
            '\n' => fixed.push_str("%0D%0A"),
            '\r' => {}
            other => fixed.push(other),
        }
    }
    format!("{name}={fixed}")
}

/// Blanks inside a merge tag are the tag's own.
fn without_tags(value: &str) -> &str {
    if value.contains("{{") || value.contains("*|") || value.contains("%%") || value.contains("<%") {
        ""
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::Mailto;

    #[test]
    fn what_a_mailto_link_fills_in() {
        let mail = Mailto::parse("mailto:leave@brand.example?subject=Unsubscribe");
        assert!(mail.is_filled_in() && mail.repaired().is_none());
        assert!(Mailto::parse("mailto:?subject=x").address.is_empty());
        assert!(Mailto::parse("mailto:?to=a@b.example").address == "a@b.example");
        assert!(!Mailto::parse("mailto:leave@brand.example").is_filled_in());
        assert!(Mailto::parse("mailto:leave@brand.example?subject=").has_empty_subject);
        assert!(Mailto::parse("mailto:leave-4711-ab@brand.example").identifies_reader());
    }

    #[test]
    fn blanks_and_line_ends_are_encoded() {
        let repaired = |href| Mailto::parse(href).repaired();
        assert_eq!(
            repaired("mailto:a@b.c?subject=Please remove me").as_deref(),
            Some("mailto:a@b.c?subject=Please%20remove%20me")
        );
        assert_eq!(repaired("mailto:a@b.c?subject=Remove+me").as_deref(), Some("mailto:a@b.c?subject=Remove%20me"));
        assert_eq!(
            repaired("mailto:a@b.c?subject=x&body=a\r\nb").as_deref(),
            Some("mailto:a@b.c?subject=x&amp;body=a%0D%0Ab")
        );
        assert_eq!(repaired("mailto:a@b.c?subject=Remove {{ name }}"), None);
    }
}
