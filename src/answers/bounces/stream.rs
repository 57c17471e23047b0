//! One file: messages, a mailbox of them, a log or an accounting file; told by its beginning, read piece by piece.

use super::accounting::Columns;
use super::{Item, Unreadable, log, message};
use crate::answers::list::csv::{Next, Records};
use crate::message::structure::Structure;
use crate::source::is_separator;
use std::io::{self, BufRead, Read};

/// Largest message that is read, in bytes.
const LARGEST: usize = 64 << 20;
/// Longest line of a log that is read, in bytes; the rest of it is left out.
const LONGEST_LINE: u64 = 64 << 10;
/// Most lines at the beginning that are looked at to know what a file is.
const LOOKED_AT: usize = 50;

/// Reads `input` to its end, and hands on what each message or line of it tells, in order. Memory does not grow with its
/// length, only with its largest message.
///
/// # Errors
/// `input` can't be read, or `take` fails.
pub fn read(mut input: impl BufRead, take: &mut dyn FnMut(Item) -> io::Result<()>) -> io::Result<()> {
    let beginning = String::from_utf8_lossy(input.fill_buf()?).into_owned();
    let mut lines =
        beginning.lines().map(|line| line.trim_start_matches('\u{feff}')).filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else {
        // blank as far as it was looked at
        return messages(input, take);
    };
    if let Some(columns) = Columns::read(first) {
        return accounting(input, &columns, take);
    }
    let is_mail = first.starts_with("From ")
        || first.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace));
    if !is_mail && std::iter::once(first).chain(lines).take(LOOKED_AT).any(log::is_log) {
        return log_lines(input, take);
    }
    messages(input, take)
}

fn log_lines(mut input: impl BufRead, take: &mut dyn FnMut(Item) -> io::Result<()>) -> io::Result<()> {
    let mut line = Vec::new();
    let mut number = 0;
    let mut any = false;
    loop {
        line.clear();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if !line.ends_with(b"\n") && line.len() as u64 == LONGEST_LINE {
            input.skip_until(b'\n')?;
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        if let Some(event) = log::read(text.trim_end()) {
            any = true;
            take(Item { place: Some(format!("line {number}")), events: event.map(|event| vec![event]) })?;
        }
    }
    if any { Ok(()) } else { take(Item { place: None, events: Err(Unreadable::NoBounce) }) }
}

fn accounting(input: impl BufRead, columns: &Columns, take: &mut dyn FnMut(Item) -> io::Result<()>) -> io::Result<()> {
    let mut records = Records::new(input, b',');
    let mut record = Vec::new();
    let mut first = true;
    loop {
        let next = records.next(&mut record)?;
        let (events, line) = match next {
            Next::End => return Ok(()),
            Next::TooLong(line) => (Some(Err(Unreadable::BrokenLine)), line),
            Next::Record(_) if std::mem::take(&mut first) => continue,
            Next::Record(_) if record.trim_ascii().is_empty() => continue,
            Next::Record(line) => (columns.event(&record), line),
        };
        if let Some(event) = events {
            take(Item { place: Some(format!("line {line}")), events: event.map(|event| vec![event]) })?;
        }
        if matches!(next, Next::TooLong(_)) {
            return Ok(());
        }
    }
}

/// Messages one after the other, as a mailbox parts them (RFC 4155), or only one.
fn messages(mut input: impl BufRead, take: &mut dyn FnMut(Item) -> io::Result<()>) -> io::Result<()> {
    let mut mailbox = Mailbox { take, first: Vec::new(), number: 0 };
    let (mut bytes, mut line) = (Vec::new(), Vec::new());
    let (mut blank, mut too_large) = (true, false);
    loop {
        line.clear();
        let read = input.by_ref().take(LARGEST as u64).read_until(b'\n', &mut line)?;
        if read == 0 || (blank && is_separator(&line)) {
            if !bytes.is_empty() || too_large || (read == 0 && mailbox.number == 0) {
                mailbox.message(&bytes, too_large)?;
            }
            bytes.clear();
            too_large = false;
            if read == 0 {
                return mailbox.end();
            }
            continue;
        }
        blank = line.trim_ascii().is_empty();
        if bytes.len() + line.len() > LARGEST {
            too_large = true;
            bytes.clear();
        } else if !too_large {
            bytes.extend_from_slice(&line);
        }
    }
}

struct Mailbox<'t> {
    take: &'t mut dyn FnMut(Item) -> io::Result<()>,
    /// Kept until it is known whether another one follows.
    first: Vec<Item>,
    number: usize,
}

impl Mailbox<'_> {
    fn message(&mut self, bytes: &[u8], too_large: bool) -> io::Result<()> {
        if too_large {
            return self.item(Err(Unreadable::TooLarge));
        }
        let mut rest = bytes;
        loop {
            let end = behind(rest).unwrap_or(rest.len());
            let (one, others) = rest.split_at(end);
            let (events, nameless) = match message::read(one) {
                Ok((events, nameless)) => (Ok(events), nameless),
                Err(reason) => (Err(reason), 0),
            };
            self.item(events)?;
            for _ in 0..nameless {
                self.again(Err(Unreadable::NoRecipient))?;
            }
            if others.is_empty() {
                return Ok(());
            }
            rest = others;
        }
    }

    fn item(&mut self, events: Result<Vec<super::Event>, Unreadable>) -> io::Result<()> {
        self.number += 1;
        self.again(events)
    }

    /// Something else about the same message.
    fn again(&mut self, events: Result<Vec<super::Event>, Unreadable>) -> io::Result<()> {
        let item = Item { place: Some(format!("message {}", self.number)), events };
        if self.number == 1 {
            self.first.push(item);
            return Ok(());
        }
        for first in self.first.drain(..) {
            (self.take)(first)?;
        }
        (self.take)(item)
    }

    fn end(&mut self) -> io::Result<()> {
        for only in self.first.drain(..) {
            (self.take)(Item { place: None, ..only })?;
        }
        Ok(())
    }
}

/// Fields that messages have.
const FIELDS: &[&str] = &[
    "from:",
    "date:",
    "received:",
    "return-path:",
    "subject:",
    "message-id:",
    "to:",
    "mime-version:",
    "content-type:",
];

/// Where a second message begins behind the closing boundary of the first: somebody wrote two into one file.
fn behind(bytes: &[u8]) -> Option<usize> {
    // the header alone: of a file of many messages each would else be read with all that follow it
    let structure = Structure::read(header_of(bytes));
    let Some(boundary) = structure.parts.first()?.boundary.clone() else { return behind_text(bytes) };
    let closing = format!("\n--{boundary}--");
    let at = memchr::memmem::find(bytes, closing.as_bytes())? + closing.len();
    let line_end = memchr::memchr(b'\n', bytes.get(at..)?)? + at + 1;
    let blank = bytes.get(line_end..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = line_end + blank;
    let rest = bytes.get(start..)?;
    let head = String::from_utf8_lossy(rest.get(..rest.len().min(8192))?).to_lowercase();
    let known = head
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| FIELDS.iter().any(|name| line.starts_with(name)))
        .count();
    (known >= 2 && head.split_once(':').is_some_and(|(name, _)| !name.contains(char::is_whitespace))).then_some(start)
}

/// What stands before the first empty line behind some text, and that line.
fn header_of(bytes: &[u8]) -> &[u8] {
    let blank = bytes.len() - bytes.trim_ascii_start().len();
    let rest = bytes.get(blank..).unwrap_or_default();
    let end = first_empty_line(rest);
    end.and_then(|end| bytes.get(..blank + end)).unwrap_or(bytes)
}

/// Where the first line ends that is empty, behind another. Nothing behind it is looked at, however much there is.
fn first_empty_line(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..) {
        Some([b'\n', ..]) => Some(at + 2),
        Some([b'\r', b'\n', ..]) => Some(at + 3),
        _ => None,
    })
}

/// Where a second bounce begins behind one that is plain text. What a mail server sends back is a message, too, but no bounce.
fn behind_text(bytes: &[u8]) -> Option<usize> {
    // the line feed of the empty line, which ends something as well
    let mut at = first_empty_line(bytes)? - 1;
    while let Some(next) = memchr::memchr(b'\n', bytes.get(at..)?).map(|end| at + end + 1) {
        at = next;
        let rest = bytes.get(at..)?;
        let before = bytes.get(..at).unwrap_or_default();
        let after_blank = before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
        let starts = |name: &&str| rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes()));
        if !after_blank || !FIELDS.iter().any(starts) {
            continue;
        }
        let head = rest.get(..rest.len().min(8192))?;
        let end = first_empty_line(head);
        let head = String::from_utf8_lossy(head.get(..end.unwrap_or(head.len()))?).to_lowercase();
        let lines = || head.lines();
        let known = lines().filter(|line| FIELDS.iter().any(|name| line.starts_with(name))).count();
        let is_bounce = lines().any(|line| {
            line.starts_with("content-type:") && line.contains("multipart/report")
                || line.starts_with("from:") && (line.contains("mailer-daemon") || line.contains("postmaster@"))
        });
        if known >= 3 && is_bounce {
            return Some(at);
        }
    }
    None
}
