//! Links inside links: those that a receiver's filter rewrote, and destinations that a redirector carries in plain text.

use super::url::{Parts, percent_decode, split};
use super::{DESTINATION_PARAMETERS, RECEIVERS};
use crate::knowledge::table::Text;

/// A filter that rewrites links.
#[derive(Debug)]
pub(super) struct Receiver {
    /// This host and those below it.
    pub host: Text,
    /// The path begins so; empty for any.
    pub path: Text,
    pub method: Method,
    /// The parameter with the link.
    pub parameter: Text,
    /// The parameter with the bare host, where the link can't be read.
    pub host_parameter: Text,
}

/// How a filter hides the link.
#[derive(Debug, Clone, Copy)]
pub(super) enum Method {
    /// Percent-encoded in a parameter.
    Parameter,
    /// Base64 in a parameter.
    ParameterBase64,
    /// Only the host, in a parameter.
    ParameterHost,
    /// `-` for `%` and `_` for `/` in a parameter.
    ProofpointV2,
    /// In the path between `__` and `__;`, with `*` for characters that follow in base64.
    ProofpointV3,
    /// Percent-encoded in the last segment of the path.
    PathUrl,
}

/// Rewriters are unwrapped this often when one lies in another.
const DEEPEST: usize = 4;

/// The link as it was before a receiver's filter rewrote it: Safe Links, urldefense (v1, v2, v3), Mimecast and the like. `None` if it was not.
pub fn unwrap_receiver(url: &str) -> Option<String> {
    let mut inner = unwrap_once(url)?;
    for _ in 1..DEEPEST {
        match unwrap_once(&inner) {
            Some(next) => inner = next,
            None => break,
        }
    }
    Some(inner)
}

/// Whether `host` (lower case) is one that a receiver's filter rewrites links to, on some of its paths at least.
pub fn is_receiver(host: &str) -> bool {
    RECEIVERS.iter().any(|receiver| is_under(host, receiver.host.as_str()))
}

fn unwrap_once(url: &str) -> Option<String> {
    let parts = split(url)?;
    let receiver = RECEIVERS
        .iter()
        .find(|receiver| is_under(parts.host, receiver.host.as_str()) && begins(parts.path, receiver.path.as_str()))?;
    let link = || parameter(parts.query, receiver.parameter.as_str());
    let found = match receiver.method {
        Method::Parameter => link().map(percent_decode),
        Method::ParameterHost => link().map(|host| with_scheme(&percent_decode(host))),
        Method::ParameterBase64 => link().and_then(|text| from_base64(&percent_decode(text))).and_then(utf8),
        Method::ProofpointV2 => link().map(|text| percent_decode(&text.replace('-', "%").replace('_', "/"))),
        Method::ProofpointV3 => proofpoint_v3(url),
        Method::PathUrl => parts.path.rsplit('/').next().map(percent_decode),
    };
    found
        .filter(|link| is_link(link))
        .or_else(|| {
            parameter(parts.query, receiver.host_parameter.as_str()).map(|host| with_scheme(&percent_decode(host)))
        })
        .filter(|link| is_link(link))
}

/// The plain-text destination inside a redirector's query (`url=`, `redirect=`, …): its value, decoded.
pub fn destination(url: &str) -> Option<String> {
    carried(url).map(|(_, link)| link)
}

/// The name of the parameter that carries [`destination`], as written.
pub fn destination_parameter(url: &str) -> Option<String> {
    carried(url).map(|(name, _)| name)
}

fn carried(url: &str) -> Option<(String, String)> {
    let parts: Parts<'_> = split(url)?;
    // decoded once or twice it begins with `h`; asked first, since most parameters are something else
    let may_be_link = |value: &[u8]| matches!(value.first(), Some(b'h' | b'H' | b'%'));
    let query = parts.query.as_bytes();
    if !memchr::memchr_iter(b'=', query).any(|at| query.get(at + 1..).is_some_and(may_be_link)) {
        return None;
    }
    parameters(parts.query)
        .filter(|(_, value)| may_be_link(value.as_bytes()))
        .filter(|(name, _)| DESTINATION_PARAMETERS.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .map(|(name, value)| (name, percent_decode(value)))
        // encoded twice by redirectors that nest
        .map(|(name, link)| (name.to_owned(), if is_link(&link) { link } else { percent_decode(&link) }))
        .find(|(_, link)| is_link(link))
}

/// Whether `host`, in any case, is `domain` or below it.
fn is_under(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.as_bytes(), domain.as_bytes());
    let Some((below, end)) = host.len().checked_sub(domain.len()).and_then(|at| host.split_at_checked(at)) else {
        return false;
    };
    // most differ in their first byte already
    end.first().map(u8::to_ascii_lowercase) == domain.first().copied()
        && end.eq_ignore_ascii_case(domain)
        && below.last().is_none_or(|last| *last == b'.')
}

fn begins(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// `http://` or `https://` with a host behind it, and no control characters.
fn is_link(text: &str) -> bool {
    let absolute = ["http://", "https://"].iter().any(|scheme| begins(text, scheme));
    absolute && !text.contains(char::is_control) && split(text).is_some_and(|parts| parts.host.contains('.'))
}

fn with_scheme(host: &str) -> String {
    if begins(host, "http://") || begins(host, "https://") { host.to_owned() } else { format!("https://{host}") }
}

fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|parameter| parameter.strip_prefix("amp;").unwrap_or(parameter).split_once('='))
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    parameters(query).find(|(actual, _)| !name.is_empty() && actual.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// `https://urldefense.com/v3/__URL__;BASE64!!…`: each `*` in URL stands for one byte of the decoded BASE64, `**X` for as many as the letter X
/// counts (A is two).
fn proofpoint_v3(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("/v3/__")?;
    let (masked, fill) = rest.rsplit_once("__;")?;
    let fill = fill.split('!').next().unwrap_or_default();
    let bytes = from_base64(fill).unwrap_or_default();
    let mut bytes = bytes.into_iter();
    let mut out: Vec<u8> = Vec::with_capacity(masked.len());
    let mut rest = masked.as_bytes();
    loop {
        match rest {
            [b'*', b'*', count, after @ ..] if run_length(*count).is_some() => {
                out.extend(bytes.by_ref().take(run_length(*count).unwrap_or_default()));
                rest = after;
            }
            [b'*', after @ ..] => {
                out.push(bytes.next().unwrap_or(b'*'));
                rest = after;
            }
            [byte, after @ ..] => {
                out.push(*byte);
                rest = after;
            }
            [] => break,
        }
    }
    // the filter joins a doubled slash
    let link = String::from_utf8_lossy(&out).into_owned();
    match link.split_once(":/") {
        Some((scheme, rest)) if !rest.starts_with('/') => Some(format!("{scheme}://{rest}")),
        _ => Some(link),
    }
}

/// What a letter behind `**` counts: 2 for `A` up to 65 for `_`.
fn run_length(letter: u8) -> Option<usize> {
    base64_value(letter).map(|value| usize::from(value) + 2)
}

fn base64_value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// Both alphabets of RFC 4648, padded or not. `None` for anything else.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let mut bits = 0u32;
    let mut held = 0u32;
    for byte in text.bytes() {
        bits = (bits << 6) | u32::from(base64_value(byte)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

fn utf8(bytes: Vec<u8>) -> Option<String> {
    String::from_utf8(bytes).ok()
}
