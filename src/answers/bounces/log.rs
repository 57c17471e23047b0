//! Lines of mail logs: Postfix and Exim.

use super::address::is_address;
use super::{Event, Kind, Unreadable};

/// Whether a line is one that Postfix or Exim writes about deliveries or around them.
pub fn is_log(line: &str) -> bool {
    is_postfix(line) || exim(line).is_some()
}

fn is_postfix(line: &str) -> bool {
    line.contains("postfix") && line.contains("]: ")
}

/// What happened in a line; `None` if it is about no delivery.
pub fn read(line: &str) -> Option<Result<Event, Unreadable>> {
    if is_postfix(line) {
        return postfix(line);
    }
    let (when, mark, rest) = exim(line)?;
    let kind = match mark {
        "**" => Kind::Failed,
        "==" => Kind::Delayed,
        "=>" | "->" | ">>" => Kind::Delivered,
        _ => return None,
    };
    Some(exim_delivery(kind, when, rest).ok_or(Unreadable::BrokenLine))
}

/// `Nov 21 22:34:32 mx postfix/smtp[1]: 4F1: to=<a@b>, relay=mx.b[192.0.2.1]:25, dsn=5.1.1, status=bounced (host … said: 550 …)`
fn postfix(line: &str) -> Option<Result<Event, Unreadable>> {
    let (head, body) = line.split_once("]: ")?;
    let to = between(body, " to=<", ">")?;
    let Some(status) = between(body, "status=", " ") else {
        return body.contains("dsn=").then_some(Err(Unreadable::BrokenLine));
    };
    let kind = match status {
        "bounced" | "expired" => Kind::Failed,
        "deferred" | "SOFTBOUNCE" | "undeliverable" => Kind::Delayed,
        "sent" | "deliverable" => Kind::Delivered,
        _ => return None,
    };
    // what was mailed, before an alias made something else of it
    let address = between(body, " orig_to=<", ">").filter(|one| is_address(one)).unwrap_or(to);
    if !is_address(address) {
        return Some(Err(Unreadable::NoRecipient));
    }
    let mut event = Event::new(kind, address);
    let reason = body.split_once("status=").and_then(|(_, rest)| rest.split_once(" (")).map(|(_, reason)| reason);
    event.reply = reason.map(said).map(|said| said.strip_suffix(')').unwrap_or(said)).unwrap_or_default().to_owned();
    event.status = between(body, " dsn=", ",").map(str::to_owned);
    event.host = between(body, " relay=", ",")
        .and_then(|relay| relay.split('[').next())
        .filter(|host| *host != "none")
        .map(str::to_owned);
    event.when = Some(time(head)).filter(|when| !when.is_empty());
    Some(Ok(event))
}

/// What the host said, without who said it.
fn said(reason: &str) -> &str {
    reason.split_once(" said: ").map_or(reason, |(_, said)| said)
}

/// `Nov 21 22:34:32 mx postfix…` or `2026-11-21T22:34:32.1+00:00 mx postfix…`: all before the host.
fn time(head: &str) -> String {
    let words: Vec<&str> = head.split_whitespace().collect();
    let count = if words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())) { 1 } else { 3 };
    words.get(..count).unwrap_or_default().join(" ")
}

/// `2026-11-21 22:34:32 1tABCD-0001-2x ** a@b R=dnslookup T=remote_smtp H=mx.b [192.0.2.1]: SMTP error from …: 550 …`
fn exim(line: &str) -> Option<(&str, &str, &str)> {
    let when = line.get(..19)?;
    let bytes = when.as_bytes();
    let is_time = bytes.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        10 => matches!(byte, b' ' | b'T'),
        13 | 16 => *byte == b':',
        _ => byte.is_ascii_digit(),
    });
    let rest = is_time.then(|| line.get(19..))??;
    let mut words = rest.split_whitespace();
    // a fraction, a zone or a process number may stand before the message's id
    let mark = words
        .by_ref()
        .take(5)
        .find(|word| matches!(*word, "**" | "==" | "=>" | "->" | ">>" | "<=" | "*>" | "Completed"))?;
    let at = rest.find(mark)? + mark.len();
    Some((when, mark, rest.get(at..)?.trim_start()))
}

fn exim_delivery(kind: Kind, when: &str, rest: &str) -> Option<Event> {
    let (first, mut rest) = rest.split_once(char::is_whitespace)?;
    let first = first.trim_end_matches(':').trim_matches(['<', '>']);
    let mut address = first;
    // `r@list.example.com <list@example.com>`: the second was mailed
    if let Some((original, behind)) = rest.trim_start().strip_prefix('<').and_then(|inner| inner.split_once('>'))
        && is_address(original)
    {
        (address, rest) = (original, behind);
    }
    let mut event = Event::new(kind, Some(address).filter(|one| is_address(one))?);
    event.host = between(rest, " H=", " ").map(|host| host.trim_end_matches(':').to_owned());
    let reason = rest.split_once("]: ").or_else(|| rest.split_once(": ")).map_or(rest, |(_, reason)| reason);
    event.reply = if kind == Kind::Delivered { String::new() } else { reason.trim().to_owned() };
    event.when = Some(when.to_owned());
    Some(event)
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let start = match text.find(before) {
        Some(at) => at + before.len(),
        // the first word of the line has no blank before it
        None => text.strip_prefix(before.trim_start()).map(|_| before.trim_start().len())?,
    };
    let rest = text.get(start..)?;
    Some(rest.split_once(after).map_or(rest, |(inside, _)| inside))
}
