//! A URL taken apart just enough to look at its shape; tolerant of merge tags, which a strict parser refuses.

use crate::knowledge::table::Text;
use std::borrow::Cow;

/// Host, path and query of an absolute `http` URL, as written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parts<'a> {
    /// Without user, port and a dot at the end; case as written.
    pub host: &'a str,
    /// Up to `?` or `#`, with the slash at its start if there is one.
    pub path: &'a str,
    /// Between `?` and `#`, without them; empty if there is none.
    pub query: &'a str,
}

/// Longer URLs are looked at up to here only: no tracker needs more, and the work for one URL stays bounded. In bytes.
const LONGEST: usize = 16 * 1024;

/// Splits `url`. `None` if it is not absolute with `http`, `https` or no scheme (`//host/…`).
pub(crate) fn split(url: &str) -> Option<Parts<'_>> {
    let url = url.trim();
    let url = url.get(..url.floor_char_boundary(LONGEST)).unwrap_or(url);
    let starts = |known: &&str| url.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known));
    let rest = url.get(["//", "https://", "http://"].into_iter().find(starts)?.len()..)?;
    let rest = before(rest, memchr::memchr(b'#', rest.as_bytes()));
    let end = memchr::memchr3(b'/', b'?', b'\\', rest.as_bytes()).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at_checked(end)?;
    let host = memchr::memrchr(b'@', authority.as_bytes()).and_then(|at| authority.get(at + 1..)).unwrap_or(authority);
    let host = before(host, memchr::memchr(b':', host.as_bytes()));
    let host = host.strip_suffix('.').unwrap_or(host);
    let mark = memchr::memchr(b'?', rest.as_bytes());
    let query = mark.and_then(|at| rest.get(at + 1..)).unwrap_or_default();
    let path = before(rest, mark);
    (!host.is_empty()).then_some(Parts { host, path, query })
}

/// What of `text` stands before `at`; all of it without one.
fn before(text: &str, at: Option<usize>) -> &str {
    at.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The suffixes of `host` that begin at a label, the whole first: `a.b.c`, `b.c`, `c`. At most the last twelve.
pub(crate) fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    let labels = host.bytes().filter(|byte| *byte == b'.').count() + 1;
    let rest = |host: &&str| memchr::memchr(b'.', host.as_bytes()).map(|at| at + 1);
    std::iter::successors(Some(host), move |host| host.get(rest(host)?..)).skip(labels.saturating_sub(12))
}

/// `host` in lower case, as most are written.
pub(crate) fn lower(host: &str) -> Cow<'_, str> {
    match host.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(host.to_ascii_lowercase()),
        false => Cow::Borrowed(host),
    }
}

/// Looks `host` up in a table that is sorted by host (lower case): the entry of the longest suffix.
pub(crate) fn by_suffix<'t, T>(table: &'t [(Text, T)], host: &str) -> Option<&'t T> {
    let host = lower(host);
    suffixes(&host).find_map(|suffix| {
        let at = table.binary_search_by_key(&suffix, |(host, _)| host).ok()?;
        table.get(at).map(|(_, entry)| entry)
    })
}

/// `text` with its percent-escapes decoded; bytes that then are no UTF-8 become U+FFFD.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        match after {
            [high, low, after @ ..] if *first == b'%' && high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex_value(*high) << 4 | hex_value(*low));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Of a hexadecimal digit; 0 for anything else.
fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}
