//! A term of an SPF record, by the grammar of RFC 7208 §12.

use super::Fault;
use crate::domain::Name;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// What a match says of the sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// `+`, also where nothing stands: it may send.
    Pass,
    /// `-`: it may not.
    Fail,
    /// `~`: it probably may not.
    SoftFail,
    /// `?`: nothing is said.
    Neutral,
}

/// The name in a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The domain of the record itself.
    Own,
    /// A name.
    Name(Name),
    /// It has macros: each mail gives another name.
    Macro,
}

/// What a term is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// `all`.
    All,
    /// `include:`.
    Include(Target),
    /// `a`, with the lengths of its networks (IPv4, IPv6).
    A(Target, (u8, u8)),
    /// `mx`, with the lengths of its networks (IPv4, IPv6).
    Mx(Target, (u8, u8)),
    /// `ptr`.
    Ptr,
    /// `ip4:`.
    Ip4(Ipv4Addr, u8),
    /// `ip6:`.
    Ip6(Ipv6Addr, u8),
    /// `exists:`.
    Exists(Target),
    /// `redirect=`.
    Redirect(Target),
    /// `exp=`.
    Exp,
    /// A modifier that RFC 7208 does not know: it is ignored.
    Other,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Where it stands in the record.
    pub span: Range<usize>,
    /// Its name, in lower case.
    pub name: String,
    /// What a match says; `Pass` for modifiers.
    pub qualifier: Qualifier,
    /// What it is.
    pub what: What,
}

impl Term {
    /// Whether receivers count it against the limit of ten (RFC 7208 §4.6.4).
    pub fn looks_up(&self) -> bool {
        !matches!(self.what, What::All | What::Ip4(..) | What::Ip6(..) | What::Exp | What::Other)
    }
}

/// Reads a term that stands at `start`.
pub(super) fn read(text: &str, start: usize) -> Result<Term, Fault> {
    let span = start..start + text.len();
    let fault = |what: String| Fault { span: span.clone(), what };
    let name_end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len());
    if name_end > 0 && text[name_end..].starts_with('=') && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let name = text[..name_end].to_ascii_lowercase();
        let what = modifier(&name, &text[name_end + 1..]).map_err(fault)?;
        return Ok(Term { span, name, qualifier: Qualifier::Pass, what });
    }
    let qualifier = match text.as_bytes().first() {
        Some(b'-') => Qualifier::Fail,
        Some(b'~') => Qualifier::SoftFail,
        Some(b'?') => Qualifier::Neutral,
        _ => Qualifier::Pass,
    };
    let rest = text.strip_prefix(['+', '-', '~', '?']).unwrap_or(text);
    let name_end = rest.find([':', '/']).unwrap_or(rest.len());
    let (name, rest) = (rest[..name_end].to_ascii_lowercase(), &rest[name_end..]);
    let what = mechanism(&name, rest).map_err(fault)?;
    Ok(Term { span, name, qualifier, what })
}

fn modifier(name: &str, value: &str) -> Result<What, String> {
    match name {
        "redirect" => Ok(What::Redirect(target(value)?)),
        "exp" => target(value).map(|_| What::Exp),
        "include" | "exists" | "ip4" | "ip6" | "a" | "mx" | "ptr" => {
            Err(format!("`{name}=` is no modifier; the mechanism is written `{name}:`"))
        }
        _ => Ok(What::Other),
    }
}

fn mechanism(name: &str, rest: &str) -> Result<What, String> {
    let nothing = |what: What| match rest {
        "" => Ok(what),
        _ => Err(format!("nothing may follow `{name}`")),
    };
    let value = || match rest.strip_prefix(':') {
        Some(value) if !value.is_empty() => Ok(value),
        _ => Err(format!("`{name}` lacks what it is about: `{name}:…`")),
    };
    match name {
        "all" => nothing(What::All),
        "include" => Ok(What::Include(target(value()?)?)),
        "exists" => Ok(What::Exists(target(value()?)?)),
        "ip4" => network(value()?, 32, "an IPv4 address").map(|(address, length)| What::Ip4(address, length)),
        "ip6" => network(value()?, 128, "an IPv6 address").map(|(address, length)| What::Ip6(address, length)),
        "a" => own_or_name(rest).map(|(name, lengths)| What::A(name, lengths)),
        "mx" => own_or_name(rest).map(|(name, lengths)| What::Mx(name, lengths)),
        "ptr" if rest.is_empty() => Ok(What::Ptr),
        "ptr" => target(value()?).map(|_| What::Ptr),
        _ => Err(format!("`{name}` is no mechanism")),
    }
}

fn network<A: std::str::FromStr>(value: &str, longest: u8, kind: &str) -> Result<(A, u8), String> {
    let (address, length) = match value.split_once('/') {
        Some((address, length)) => (address, prefix(length, longest)?),
        None => (value, longest),
    };
    let address = address.parse().map_err(|_| format!("`{address}` is not {kind}"))?;
    Ok((address, length))
}

/// The length of a network: digits without a zero before them.
fn prefix(text: &str, longest: u8) -> Result<u8, String> {
    let digits =
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    let length = text.parse().ok().filter(|length| digits && *length <= longest);
    length.ok_or_else(|| format!("`/{text}` is no length of a network: 0 to {longest} are"))
}

/// `:name/24//64`, each of them optional.
fn own_or_name(rest: &str) -> Result<(Target, (u8, u8)), String> {
    let (name, lengths) = match rest.find('/') {
        // a slash may be inside of a macro
        Some(_) if rest.contains('{') && rest.rfind('}') > rest.find('/') => (rest, ""),
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let own = match name.strip_prefix(':') {
        None => Target::Own,
        Some(name) => target(name)?,
    };
    let (four, six) = match lengths.split_once("//") {
        Some((four, six)) => (four, Some(six)),
        None => (lengths, None),
    };
    let four = four.strip_prefix('/').map_or(Ok(32), |length| prefix(length, 32))?;
    let six = six.map_or(Ok(128), |length| prefix(length, 128))?;
    Ok((own, (four, six)))
}

/// A domain-spec: a name, or one that macros make.
fn target(text: &str) -> Result<Target, String> {
    if text.is_empty() {
        return Err("a name is missing".to_owned());
    }
    if text.contains('%') {
        return macros(text).map(|()| Target::Macro);
    }
    let name = Name::new(text).filter(|name| name.labels() > 0).ok_or_else(|| format!("`{text}` is no name"))?;
    if text.contains(['/', ':', '@', ',', ';', '"']) {
        return Err(format!("`{text}` is no name"));
    }
    let top = name.as_str().rsplit('.').next().unwrap_or_default();
    // RFC 7208 §7.1: a top label has a letter, so that no address is taken for a name
    if name.labels() < 2 || top.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("`{text}` is no full name of a domain"));
    }
    Ok(Target::Name(name))
}

/// Macros are whole (RFC 7208 §7.1): `%{`letter, digits, `r`, delimiters`}`, `%%`, `%_` or `%-`.
fn macros(text: &str) -> Result<(), String> {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(['%', '_', '-']) {
            rest = after;
            continue;
        }
        let inner = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        let Some((inner, after)) = inner else {
            return Err(format!("`%` in `{text}` begins no macro"));
        };
        let letter = inner.starts_with(|c: char| "slodiphcrtvSLODIPHCRTV".contains(c));
        let transformers = inner.get(1..).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit());
        let delimiters = transformers.strip_prefix(['r', 'R']).unwrap_or(transformers);
        if !letter || !delimiters.bytes().all(|byte| b".-+,/_=".contains(&byte)) {
            return Err(format!("`%{{{inner}}}` is no macro"));
        }
        rest = after;
    }
    Ok(())
}
