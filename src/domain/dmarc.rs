//! DMARC records: RFC 9989 §4.7, which replaces RFC 7489 §6.3.

use super::Name;
use super::tags::{Tag, Tags};
use crate::sort;
use std::ops::Range;

/// What receivers are asked to do with mail that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// Nothing.
    None,
    /// Treat it with suspicion.
    Quarantine,
    /// Refuse it.
    Reject,
}

impl Request {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }

    fn read(value: &str) -> Option<Self> {
        [Self::None, Self::Quarantine, Self::Reject]
            .into_iter()
            .find(|request| request.name().eq_ignore_ascii_case(value))
    }
}

/// Where reports go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The URI.
    pub span: Range<usize>,
    /// The host of the address; `None` if it is no `mailto:`.
    pub host: Option<Name>,
}

/// A record, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// `p=`, and where.
    pub request: Option<(Request, Range<usize>)>,
    /// `sp=`, and where.
    pub subdomains: Option<(Request, Range<usize>)>,
    /// `pct=` below 100, and where (RFC 7489; RFC 9989 took it out).
    pub percent: Option<(u8, Range<usize>)>,
    /// `t=y`, where it stands (RFC 9989).
    pub testing: Option<Range<usize>>,
    /// `psd=`: `y` or `n`.
    pub psd: Option<char>,
    /// `adkim=s`.
    pub strict_dkim: bool,
    /// `aspf=s`.
    pub strict_spf: bool,
    /// `rua=`.
    pub reports: Vec<Destination>,
    /// `ruf=`.
    pub failure_reports: Vec<Destination>,
    /// What is wrong: where, and what. Receivers take the default for it, or drop the record.
    pub faults: Vec<(Range<usize>, String)>,
}

/// Whether a TXT record is a DMARC record: `v=DMARC1`, in these letters, is its first tag.
pub fn is_record(text: &str) -> bool {
    let first = text.split(';').next().unwrap_or_default();
    first.split_once('=').is_some_and(|(name, value)| name.trim() == "v" && value.trim() == "DMARC1")
}

/// Whether a TXT record is meant to be one and is none.
pub fn is_near_miss(text: &str) -> bool {
    let start: String = text.chars().filter(|c| c.is_alphanumeric()).take(6).flat_map(char::to_lowercase).collect();
    !is_record(text)
        && (start.contains("dmarc")
            || start.contains("dmrac")
            || Tags::read(text).get("p").is_some_and(|tag| Request::read(&tag.value).is_some()))
}

impl Policy {
    /// Reads a record.
    pub fn read(text: &str) -> Self {
        let tags = Tags::read(text);
        let mut policy = Self::default();
        policy.faults.extend(tags.stray.iter().map(|span| (span.clone(), "this is no `tag=value`".to_owned())));
        let repeated =
            tags.repeated().map(|tag| (tag.span.clone(), format!("`{}=` stands here for the second time", tag.name)));
        policy.faults.extend(repeated);
        policy.request = policy.request_of(&tags, "p");
        policy.subdomains = policy.request_of(&tags, "sp");
        policy.request_of(&tags, "np");
        policy.strict_dkim = policy.one_of(&tags, "adkim", &["r", "s"]) == Some(1);
        policy.strict_spf = policy.one_of(&tags, "aspf", &["r", "s"]) == Some(1);
        let testing = policy.one_of(&tags, "t", &["n", "y"]) == Some(1);
        policy.testing = tags.get("t").filter(|_| testing).map(|tag| tag.span.clone());
        policy.psd = policy.one_of(&tags, "psd", &["n", "y", "u"]).and_then(|at| ['n', 'y', 'u'].get(at).copied());
        policy.percent = policy.percent(&tags);
        policy.reports = policy.destinations(tags.get("rua"));
        policy.failure_reports = policy.destinations(tags.get("ruf"));
        sort::by_key(&mut policy.faults, |(span, _)| span.start);
        policy
    }

    fn request_of(&mut self, tags: &Tags, name: &str) -> Option<(Request, Range<usize>)> {
        let tag = tags.get(name)?;
        let request = Request::read(&tag.value);
        if request.is_none() {
            let what = format!("`{}` is no policy: `none`, `quarantine` and `reject` are", tag.value);
            self.faults.push((tag.value_or_all(), what));
        }
        request.map(|request| (request, tag.span.clone()))
    }

    fn one_of(&mut self, tags: &Tags, name: &str, words: &[&str]) -> Option<usize> {
        let tag = tags.get(name)?;
        let found = words.iter().position(|word| word.eq_ignore_ascii_case(&tag.value));
        if found.is_none() {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            self.faults.push((tag.value_or_all(), format!("`{name}=` is one of {}", words.join(", "))));
        }
        found
    }

    fn percent(&mut self, tags: &Tags) -> Option<(u8, Range<usize>)> {
        let tag = tags.get("pct")?;
        match tag.value.parse() {
            Ok(percent @ 0..=99) => Some((percent, tag.span.clone())),
            Ok(100) => None,
            _ => {
                self.faults.push((tag.value_or_all(), "`pct=` is a number from 0 to 100".to_owned()));
                None
            }
        }
    }

    fn destinations(&mut self, tag: Option<&Tag>) -> Vec<Destination> {
        let Some(tag) = tag else { return Vec::new() };
        let mut start = tag.value_span.start;
        let mut found = Vec::new();
        for piece in tag.value.split(',') {
            let leading = piece.len() - piece.trim_start().len();
            let span = start + leading..start + leading + piece.trim().len();
            start += piece.len() + 1;
            match destination(piece.trim()) {
                Ok(host) => found.push(Destination { span, host }),
                Err(what) => self.faults.push((if span.is_empty() { tag.span.clone() } else { span }, what)),
            }
        }
        found
    }
}

/// The host of `mailto:dmarc@example.com!10m`.
fn destination(uri: &str) -> Result<Option<Name>, String> {
    let Some((scheme, rest)) = uri.split_once(':') else {
        let hint = if uri.contains('@') { "; an address is written `mailto:…`" } else { "" };
        return Err(format!("`{uri}` is no URI{hint}"));
    };
    if !scheme.eq_ignore_ascii_case("mailto") {
        return Ok(None);
    }
    let address = rest.split(['!', '?']).next().unwrap_or(rest);
    let host = address.rsplit_once('@').filter(|(local, _)| !local.is_empty()).and_then(|(_, host)| Name::new(host));
    host.filter(|host| host.labels() > 1).map(Some).ok_or_else(|| format!("`{address}` is no address"))
}

impl Tag {
    /// Its value; where that is empty, the tag.
    fn value_or_all(&self) -> Range<usize> {
        if self.value.is_empty() { self.span.clone() } else { self.value_span.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn faults(tags: &str) -> Vec<String> {
        let text = format!("v=DMARC1; {tags}");
        Policy::read(&text).faults.iter().map(|(span, _)| text[span.clone()].to_owned()).collect()
    }

    #[test]
    fn what_is_a_record() {
        for (text, record, near_miss) in [
            ("v=DMARC1", true, false),
            ("v = DMARC1 ;p=none", true, false),
            ("v=dmarc1; p=none", false, true),
            ("p=none; v=DMARC1", false, true),
            ("v=DMARC; p=none", false, true),
            ("v=spf1 -all", false, false),
            ("v=TLSRPTv1; rua=mailto:a@b.c", false, false),
        ] {
            assert_eq!((is_record(text), is_near_miss(text)), (record, near_miss), "{text}");
        }
    }

    #[test]
    fn a_record_is_read() {
        let policy = Policy::read(
            "v=DMARC1; p=Reject; sp=none; adkim=s; pct=20; t=y; psd=n; rua=mailto:a@x.com!10m, mailto:b@y.org",
        );
        assert_eq!(policy.faults, []);
        assert_eq!(policy.request.map(|(request, _)| request), Some(Request::Reject));
        assert_eq!((policy.strict_dkim, policy.strict_spf, policy.psd), (true, false, Some('n')));
        assert_eq!(policy.percent.map(|(percent, _)| percent), Some(20));
        let hosts: Vec<_> = policy.reports.iter().filter_map(|to| to.host.as_ref().map(Name::as_str)).collect();
        assert_eq!(hosts, ["x.com", "y.org"]);
    }

    #[test]
    fn mistakes_have_places() {
        for (tags, marked) in [
            ("p=quarentine", &["quarentine"][..]),
            ("p=", &["p="]),
            ("p=none; p=reject", &["p=reject"]),
            ("p=none; adkim=x; aspf=strict", &["x", "strict"]),
            ("p=none; pct=101", &["101"]),
            ("p=none; rua=a@b.com", &["a@b.com"]),
            ("p=none; rua=mailto:a@b.com,,mailto:x", &["rua=mailto:a@b.com,,mailto:x", "mailto:x"]),
            ("p=none, rua=mailto:a@b.com", &["none, rua=mailto:a@b.com"]),
            ("p=none; what", &["what"]),
            ("p=none; unknown=1; ri=86400", &[]),
        ] {
            assert_eq!(faults(tags), marked, "{tags}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(v=DMARC1)?([; ,=:@!.]|p|rua|mailto|pct|none|é|[a-z0-9]){0,40}") {
            let policy = Policy::read(&text);
            let spots = policy.reports.iter().map(|to| to.span.clone()).chain(policy.faults.into_iter().map(|(span, _)| span));
            for span in spots {
                prop_assert!(text.get(span).is_some());
            }
        }
    }
}
