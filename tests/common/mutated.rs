//! Bytes that come out of others by accident: a few places replaced, cut out or moved, the same each time.
#![allow(dead_code, clippy::unwrap_used)]

/// What means something to one of the parsers, or has meant trouble to others.
const MEANINGFUL: &[&[u8]] = &[
    b"<",
    b">",
    b"\"",
    b"'",
    b"&",
    b"&#x202e;",
    b"&#0;",
    b"<!--",
    b"-->",
    b"<![endif]-->",
    b"<!--[if mso]>",
    b"</a>",
    b"<a href=",
    b"<img src=cid:",
    b"<style>",
    b"</style>",
    b"<svg>",
    b"<template>",
    b"<table>",
    b"<plaintext>",
    b"{{",
    b"}}",
    b"{%",
    b"%}",
    b"*|",
    b"|*",
    b"%%",
    b"[[",
    b"${",
    b"<%=",
    b"=?utf-8?Q?",
    b"?=",
    b"=?",
    b"=C3",
    b"=\r\n",
    b"=",
    b"\r\n",
    b"\r",
    b"\n",
    b"\n\n",
    b"\0",
    b"\x1b[2J",
    b"\x1b]0;",
    b"\x07",
    b"\x7f",
    b"\xc3",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\xe2\x80\x8b",
    b"\xf0\x9f\x8e\x81",
    b"--b",
    b"--",
    b"Content-Type: multipart/mixed; boundary=\"",
    b"Content-Transfer-Encoding: base64\r\n",
    b"charset=utf-16",
    b"From: ",
    b"Subject: ",
    b"List-Unsubscribe: <",
    b"List-Unsubscribe-Post: ",
    b"<mj-text>",
    b"<mj-include path=",
    b"presend-allow ",
    b"unsubscribe",
    b"mailto:",
    b"https://",
    b"xn--",
    b"@",
    b",",
    b";",
    b":",
];

/// Numbers that are the same each time (Marsaglia's xorshift).
pub struct Seeded(pub u64);

impl Seeded {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }

    /// One of the pieces.
    pub fn meaningful(&mut self) -> &'static [u8] {
        MEANINGFUL[self.below(MEANINGFUL.len())]
    }

    /// A few places of `bytes` are replaced, cut out or moved.
    pub fn mutated(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(8) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(4) {
                0 => drop(bytes.splice(at..end, self.meaningful().iter().copied())),
                1 => drop(bytes.splice(at..at, self.meaningful().iter().copied())),
                2 => drop(bytes.drain(at..end)),
                _ => {
                    let piece = bytes[at..end].to_vec();
                    let to = self.below(bytes.len() + 1);
                    drop(bytes.splice(to..to, piece));
                }
            }
        }
        bytes
    }
}
