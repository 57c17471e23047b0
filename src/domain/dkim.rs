//! DKIM keys in DNS: RFC 6376 §3.6.1, RFC 8301, RFC 8463.

mod der;

use super::tags::{Tag, Tags};
use crate::message::transfer::base64;
use std::ops::Range;

/// A key record, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What the key is.
    pub key: PublicKey,
    /// The value of `p=`.
    pub span: Range<usize>,
    /// `y` in `t=`: receivers are to treat the mail as if it were not signed.
    pub testing: Option<Range<usize>>,
}

/// The value of `p=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA, with so many bits.
    Rsa(usize),
    /// Ed25519.
    Ed25519,
    /// It is empty: the key is revoked.
    Revoked,
}

/// What is wrong with a key record: where, and what.
pub type Fault = (Range<usize>, String);

/// Whether a TXT record is meant to be a key.
pub fn is_record(text: &str) -> bool {
    let tags = Tags::read(text);
    tags.get("p").is_some() || tags.get("v").is_some_and(|tag| tag.value.to_ascii_uppercase().starts_with("DKIM"))
}

/// Reads a key record.
///
/// # Errors
/// No receiver can use it: what is wrong.
pub fn read(text: &str) -> Result<Key, Fault> {
    let tags = Tags::read(text);
    if let Some(again) = tags.repeated().next() {
        return Err((again.span.clone(), format!("`{}=` stands here for the second time", again.name)));
    }
    version(&tags)?;
    let Some(tag) = tags.get("p") else { return Err((0..text.len(), "the key, `p=`, is missing".to_owned())) };
    let kind = tags.get("k").map_or("rsa", |tag| tag.value.as_str());
    let key = match kind {
        _ if tag.value.is_empty() => PublicKey::Revoked,
        "rsa" => rsa(tag)?,
        "ed25519" => ed25519(tag)?,
        _ => {
            let span = tags.get("k").map_or(0..0, |tag| tag.value_span.clone());
            return Err((span, format!("`{kind}` is no type of key that receivers know")));
        }
    };
    usable(&tags)?;
    let flag = |tag: &&Tag| tag.value.split(':').any(|flag| flag.trim() == "y");
    let testing = tags.get("t").filter(flag).map(|tag| tag.span.clone());
    Ok(Key { key, span: tag.span.clone(), testing })
}

/// `v=` is optional, must be `DKIM1` and the first tag (RFC 6376 §3.6.1).
fn version(tags: &Tags) -> Result<(), Fault> {
    match tags.tags.iter().position(|tag| tag.name == "v") {
        None => Ok(()),
        Some(at) => match &tags.tags[at] {
            tag if tag.value != "DKIM1" => Err((tag.value_span.clone(), "the version is not `DKIM1`".to_owned())),
            tag if at > 0 => Err((tag.span.clone(), "`v=DKIM1` is not the first tag".to_owned())),
            _ => Ok(()),
        },
    }
}

/// `s=` and `h=` let mail be signed with it.
fn usable(tags: &Tags) -> Result<(), Fault> {
    let names = |tag: &Tag, wanted: &[&str]| tag.value.split(':').any(|word| wanted.contains(&word.trim()));
    if let Some(tag) = tags.get("s").filter(|tag| !names(tag, &["*", "email"])) {
        return Err((tag.span.clone(), "the key is for other services than mail".to_owned()));
    }
    match tags.get("h").filter(|tag| !names(tag, &["sha256"])) {
        Some(tag) => Err((tag.span.clone(), "no signature with `sha256` is allowed with this key".to_owned())),
        None => Ok(()),
    }
}

fn bytes(tag: &Tag) -> Result<Vec<u8>, Fault> {
    let is_base64 =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b' ' | b'\t' | b'\r' | b'\n');
    match tag.value.bytes().position(|byte| !is_base64(byte)) {
        None => Ok(base64(tag.value.as_bytes(), None)),
        Some(at) => {
            let at = tag.value_span.start + at;
            let length = tag.value[at - tag.value_span.start..].chars().next().map_or(1, char::len_utf8);
            Err((at..at + length, "this character is not of base64".to_owned()))
        }
    }
}

fn rsa(tag: &Tag) -> Result<PublicKey, Fault> {
    let bytes = bytes(tag)?;
    let bits =
        der::rsa_bits(&bytes).ok_or((tag.value_span.clone(), "this is no RSA key; it may be cut off".to_owned()))?;
    Ok(PublicKey::Rsa(bits))
}

/// The 32 bytes alone (RFC 8463 §4.2).
fn ed25519(tag: &Tag) -> Result<PublicKey, Fault> {
    match bytes(tag)?.len() {
        32 => Ok(PublicKey::Ed25519),
        length => Err((tag.value_span.clone(), format!("an Ed25519 key has 32 bytes, and this one {length}"))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const ED25519: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    #[test]
    fn keys_are_read() {
        let key = read(&format!("v=DKIM1; k=ed25519; t=y:s; p={ED25519}")).unwrap();
        assert_eq!(key.key, PublicKey::Ed25519);
        assert!(key.testing.is_some());
        let spread = format!("k=ed25519; p={} {}", &ED25519[..20], &ED25519[20..]);
        assert_eq!(read(&spread).unwrap().key, PublicKey::Ed25519, "blanks are allowed in a key");
        assert_eq!(read("v=DKIM1; p=").unwrap().key, PublicKey::Revoked);
    }

    #[test]
    fn keys_that_can_t_be_used() {
        for (text, marked) in [
            ("v=DKIM2; p=", "DKIM2"),
            ("p=; v=DKIM1", "v=DKIM1"),
            ("v=DKIM1", "v=DKIM1"),
            ("v=DKIM1; p=AAAA", "AAAA"),
            ("v=DKIM1; p=AA\u{201d}A", "\u{201d}"),
            ("v=DKIM1; k=dsa; p=AAAA", "dsa"),
            ("v=DKIM1; k=ed25519; p=AAAA", "AAAA"),
            ("v=DKIM1; p=AAAA; p=BBBB", "p=BBBB"),
        ] {
            let (span, what) = read(text).unwrap_err();
            assert_eq!(&text[span], marked, "{text}: {what}");
        }
        for tags in ["s=tlsrpt", "h=sha1"] {
            assert!(read(&format!("v=DKIM1; k=ed25519; {tags}; p={ED25519}")).is_err(), "{tags}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(v=DKIM1)?([; vkpths=:a-zA-Z0-9+/é]{0,60})") {
            if let Err((span, _)) = read(&text) {
                prop_assert!(text.get(span).is_some());
            }
        }
    }
}
