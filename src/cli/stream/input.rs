//! Cuts standard input into records. What is wrong with one never hides the next.

use super::args::Framing;
use crate::cli::stream::record::Raw;
use std::io::{self, BufRead, Read};

/// Longest JSON object in front of a length-prefixed campaign, and what is kept of a line that is too long, in bytes.
const HEAD: u64 = 64 << 10;
/// Room that a line has for what is not the campaign, in bytes.
const REST: u64 = 64 << 10;

/// The records of `input`, one after the other, until it ends or can't be read.
pub struct Records<R> {
    input: R,
    framing: Framing,
    /// Most bytes of a campaign.
    largest: u64,
    ended: bool,
}

impl<R: BufRead> Records<R> {
    /// Records whose campaigns have at most `largest` bytes.
    pub fn new(input: R, framing: Framing, largest: u64) -> Self {
        Self { input, framing, largest, ended: false }
    }

    /// A line without its end. JSON may write two bytes as six (`\u0430`), so that a line may have three times the size.
    fn line(&mut self) -> io::Result<Option<Raw>> {
        let limit = self.largest.saturating_mul(3).saturating_add(REST);
        let mut line = Vec::new();
        if self.input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.len() as u64 == limit && line.last() != Some(&b'\n') {
            self.input.skip_until(b'\n')?;
            line.truncate(HEAD as usize);
            line.shrink_to_fit();
            return Ok(Some(Raw::Cut(line, format!("the line is longer than {limit} bytes"))));
        }
        Ok(Some(Raw::Line(line)))
    }

    fn framed(&mut self) -> io::Result<Option<Raw>> {
        let Some(length) = self.length()? else { return Ok(None) };
        let head = self.bytes(length.min(HEAD))?;
        self.skip(length.saturating_sub(HEAD))?;
        let Some(size) = self.length()? else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        if length > HEAD || size > self.largest {
            self.skip(size)?;
            let why = match length > HEAD {
                true => format!("the object before the campaign is longer than {HEAD} bytes"),
                false => too_large(self.largest),
            };
            return Ok(Some(Raw::Cut(head, why)));
        }
        let body = self.bytes(size)?;
        Ok(Some(Raw::Framed(head, body)))
    }

    /// The next length; nothing at the end of the input.
    fn length(&mut self) -> io::Result<Option<u64>> {
        if self.input.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let mut length = [0; 4];
        self.input.read_exact(&mut length)?;
        Ok(Some(u32::from_be_bytes(length).into()))
    }

    /// Memory follows what comes, not what a length says.
    fn bytes(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self.input.by_ref().take(length).read_to_end(&mut bytes)? as u64 == length {
            true => Ok(bytes),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        match io::copy(&mut self.input.by_ref().take(length), &mut io::sink())? == length {
            true => Ok(()),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        if self.ended {
            return None;
        }
        let record = match self.framing {
            Framing::JsonLines => self.line(),
            Framing::LengthPrefixed => self.framed(),
        };
        let record = record.unwrap_or_else(|error| {
            let why = match error.kind() {
                io::ErrorKind::UnexpectedEof => "standard input ends in the middle of the record".to_owned(),
                _ => format!("can't read standard input: {error}"),
            };
            self.ended = true;
            Some(Raw::Cut(Vec::new(), why))
        });
        self.ended |= record.is_none();
        record
    }
}

/// What to say of a campaign that has more than `largest` bytes.
pub fn too_large(largest: u64) -> String {
    format!("the campaign is over the limit of {largest} bytes; `--max-size` raises it")
}
