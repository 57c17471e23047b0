//! Where in the source the parts of a target stand: its host, its port, a parameter.

use super::Link;
use crate::facts::Facts;
use crate::message::Spot;
use crate::source::ViewSpan;
use std::ops::Range;

impl Facts<'_> {
    /// The host in the target of `link`; all of the target where it is not written as it is read (entities, a receiver's rewriting).
    pub fn host_spot(&self, link: &Link) -> Spot {
        self.spot_of(link, host_range(&link.href))
    }

    /// The port in the target of `link`, without the colon.
    pub fn port_spot(&self, link: &Link) -> Spot {
        self.spot_of(link, port_range(&link.href))
    }

    /// The parameter of the query that carries a link, from its name to the end of its value.
    pub fn parameter_spot(&self, link: &Link, name: &str) -> Spot {
        let raw = self.written(link);
        let at = raw.match_indices('=').find_map(|(at, _)| {
            let start = at.checked_sub(name.len())?;
            let before = raw.as_bytes().get(start.checked_sub(1)?)?;
            (raw.get(start..at)?.eq_ignore_ascii_case(name) && matches!(before, b'?' | b'&' | b';')).then_some(start)
        });
        let Some(start) = at else { return link.target };
        let end = raw[start..].find(['&', '#']).map_or(raw.len(), |length| start + length);
        sub(link.target, start..end)
    }

    fn spot_of(&self, link: &Link, range: Option<Range<usize>>) -> Spot {
        let Some(range) = range else { return link.target };
        let raw = self.written(link);
        let wanted = &link.href[range.clone()];
        // The text before it tells one occurrence from another: `http://a.com@a.com`.
        let before = &link.href[..range.start];
        let exact = raw.find(&link.href[..range.end]).map(|at| at + before.len());
        match exact.or_else(|| raw.find(wanted)) {
            Some(at) if !wanted.is_empty() => sub(link.target, at..at + wanted.len()),
            _ => link.target,
        }
    }

    /// The target as it stands in the source.
    fn written(&self, link: &Link) -> &str {
        self.message.view(link.target.view).text().get(link.target.span.range()).unwrap_or_default()
    }
}

fn sub(whole: Spot, range: Range<usize>) -> Spot {
    let start = whole.span.start + range.start;
    Spot { view: whole.view, span: ViewSpan::new(start, start + range.len()) }
}

/// Between `//` (and a user) and the path.
fn authority(href: &str) -> Option<Range<usize>> {
    let start = href.find("//")? + 2;
    let end = href[start..].find(['/', '?', '#', '\\']).map_or(href.len(), |length| start + length);
    let user = href[start..end].rfind('@').map_or(0, |at| at + 1);
    Some(start + user..end)
}

fn host_range(href: &str) -> Option<Range<usize>> {
    let authority = authority(href)?;
    let end = port_range(href).map_or(authority.end, |port| port.start - 1);
    Some(authority.start..end)
}

fn port_range(href: &str) -> Option<Range<usize>> {
    let authority = authority(href)?;
    let text = &href[authority.clone()];
    let colon = text.rfind(':').filter(|colon| !text[*colon..].contains(']'))?;
    let port = &text[colon + 1..];
    (!port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| authority.start + colon + 1..authority.end)
}

#[cfg(test)]
mod tests {
    use super::{host_range, port_range};

    #[test]
    fn the_parts_of_a_target() {
        let host = |href: &'static str| host_range(href).map(|range| &href[range]);
        let port = |href: &'static str| port_range(href).map(|range| &href[range]);
        for (href, named, numbered) in [
            ("https://brand.com/a?b", Some("brand.com"), None),
            ("http://brand.com:8081/a", Some("brand.com"), Some("8081")),
            ("http://user:pass@0x7f.1?x=:9", Some("0x7f.1"), None),
            ("http://[2001:db8::1]:81/", Some("[2001:db8::1]"), Some("81")),
            ("http://[2001:db8::1]/", Some("[2001:db8::1]"), None),
            ("//brand.com", Some("brand.com"), None),
            ("mailto:a@b.c", None, None),
            ("https://", Some(""), None),
        ] {
            assert_eq!((host(href), port(href)), (named, numbered), "{href}");
        }
    }
}
