//! Complaint reports (ARF, RFC 5965): whose complaint it is.

use super::address::is_address;
use super::dsn::{get, groups};
use super::{Event, Kind, Unreadable};

/// Whether `text` has the fields of a feedback report, whatever it is labelled as.
pub fn is_feedback(text: &str) -> bool {
    text.lines().take(20).any(|line| line.get(..14).is_some_and(|begin| begin.eq_ignore_ascii_case("feedback-type:")))
}

/// The complaint in a feedback report; `to` are the recipients in the header of the message that comes with it.
///
/// # Errors
/// It is about something else, or does not say whose complaint it is.
pub fn event(text: &str, to: &[String]) -> Result<Event, Unreadable> {
    let groups = groups(text);
    let field = |name: &str| groups.iter().find_map(|group| get(group, name));
    let kind = field("feedback-type").map(str::to_ascii_lowercase);
    if matches!(kind.as_deref(), Some("not-spam" | "auth-failure" | "dmarc")) {
        return Err(Unreadable::NoComplaint);
    }
    let named = ["original-rcpt-to", "removal-recipient"].into_iter().filter_map(field);
    let named: Vec<String> = named.map(|value| value.trim_matches(['<', '>', ' ']).to_owned()).collect();
    let found = named.iter().find(|one| is_address(one));
    // several recipients in To: nobody knows who complained
    let address = found.or_else(|| to.first().filter(|_| to.len() == 1)).ok_or(Unreadable::NoComplainer)?;
    let mut event = Event::new(Kind::Complaint, address);
    event.reply = format!("complaint: {}", field("feedback-type").unwrap_or("abuse"));
    event.when = ["arrival-date", "received-date"].into_iter().find_map(field).map(super::message::date);
    Ok(event)
}
