//! Delivery status notifications (RFC 3464): groups of fields, one for each recipient.

use super::address::is_address;
use super::{Event, Kind};

/// The fields of a group: names in lower case, values unfolded.
pub type Fields = Vec<(String, String)>;

/// The groups of fields in `text`; a second Final-Recipient begins a group of its own, empty line or not.
pub fn groups(text: &str) -> Vec<Fields> {
    let mut groups: Vec<Fields> = vec![Vec::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| !name.contains(' ')) {
            let name = name.to_ascii_lowercase();
            let field = (name.clone(), value.trim().to_owned());
            match name == "final-recipient" && get(group, &name).is_some() {
                true => groups.push(vec![field]),
                false => group.push(field),
            }
        }
    }
    groups
}

/// The value of the first field called `name`.
pub fn get<'f>(fields: &'f Fields, name: &str) -> Option<&'f str> {
    fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// Whether `text` has the fields of such a notification, whatever it is labelled as.
pub fn is_status(text: &str) -> bool {
    let begins = |line: &str, name: &str| line.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    let has = |name: &str| text.lines().any(|line| begins(line, name));
    has("final-recipient:")
        || (has("original-recipient:") && has("action:"))
        || (has("reporting-mta:") && has("arrival-date:"))
}

/// What happened to each recipient that `text` names.
pub fn events(text: &str) -> Vec<Event> {
    let groups = groups(text);
    let of_message = |name: &str| groups.iter().find_map(|group| get(group, name));
    // who reports is where the mail went only if it went to Microsoft: others report what a server behind them said
    let is_microsoft = |host: &&str| {
        let host = host.to_ascii_lowercase();
        host.ends_with(".outlook.com") || host.ends_with(".exchangelabs.com") || host.ends_with(".hotmail.com")
    };
    let reporting = of_message("reporting-mta").map(typed).filter(is_microsoft);
    let arrival = of_message("arrival-date");
    let recipients = groups.iter().filter_map(|group| {
        let mut event = recipient(group)?;
        event.host = event.host.or_else(|| reporting.map(str::to_owned));
        event.when = event.when.or_else(|| arrival.map(super::message::date));
        Some(event)
    });
    recipients.collect()
}

/// How many groups of `text` tell what happened and not to whom.
pub fn nameless(text: &str) -> usize {
    let groups = groups(text);
    let count = |wanted: &dyn Fn(&Fields) -> bool| groups.iter().filter(|group| wanted(group)).count();
    let without_address = count(&|group| get(group, "action").is_some() && recipient(group).is_none());
    // an empty line may part a recipient from what happened
    without_address.saturating_sub(count(&|group| get(group, "action").is_none() && recipient(group).is_some()))
}

fn recipient(group: &Fields) -> Option<Event> {
    let kind = match get(group, "action").map(str::to_ascii_lowercase).as_deref() {
        Some("delayed") => Kind::Delayed,
        Some("delivered" | "relayed" | "expanded") => Kind::Delivered,
        _ => Kind::Failed,
    };
    // what was mailed comes before where it was forwarded to
    let named = ["original-recipient", "final-recipient", "x-actual-recipient"];
    let address = named.into_iter().filter_map(|name| get(group, name)).map(mailbox).find(|one| is_address(one))?;
    let mut event = Event::new(kind, &address);
    event.reply = get(group, "diagnostic-code").map(typed).unwrap_or_default().to_owned();
    event.status = get(group, "status").map(str::to_owned);
    event.host = get(group, "remote-mta").map(typed).map(str::to_owned);
    event.when = get(group, "last-attempt-date").map(super::message::date);
    Some(event)
}

/// What stands behind the type, `rfc822;` or `smtp;` (RFC 3464 §2.1.2).
fn typed(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.contains(char::is_whitespace) => rest.trim(),
        _ => value.trim(),
    }
}

/// The address of a recipient field; xtext is undone (RFC 3461 §4).
fn mailbox(value: &str) -> String {
    let inner = typed(value).trim_matches(['<', '>', ' ']);
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, after)) = rest.split_once('+') {
        out.push_str(before);
        let hex =
            after.get(..2).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte)));
        let code =
            hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|code| matches!(code, b'+' | b'=' | b' '));
        match code {
            Some(code) => {
                out.push(char::from(code));
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push('+');
                rest = after;
            }
        }
    }
    out + rest
}
