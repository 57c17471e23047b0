//! Links that lead to a login page or to a telephone, where the way out begins only.

use crate::facts::{Facts, Link};
use crate::knowledge::words::{self, Meaning};

/// Parts of a URL's path that name a page to log in, whole.
const LOGIN: [&str; 12] = [
    "login",
    "log-in",
    "logon",
    "signin",
    "sign-in",
    "sign_in",
    "login.html",
    "login.php",
    "login.aspx",
    "login.jsp",
    "anmelden",
    "connexion",
];

/// No phrase that asks for a login has as many bytes.
const LONGEST_PHRASE: usize = 300;

/// What the link asks for before one can leave: its target is a page to log in or a telephone, or its words ask for it.
pub(super) fn is_gated(facts: &Facts<'_>, link: &Link) -> bool {
    let scheme = link.scheme().to_ascii_lowercase();
    if matches!(scheme.as_str(), "tel" | "sms" | "callto" | "skype") {
        return true;
    }
    link.is_web() && (leads_to_login(&link.href) || asks_in_words(facts, link))
}

fn leads_to_login(href: &str) -> bool {
    let (place, _) = href.split_once(['?', '#']).unwrap_or((href, ""));
    let Some((host, path)) = place.split_once("://").and_then(|(_, rest)| rest.split_once('/')) else { return false };
    let is_login = |part: &str| LOGIN.contains(&part.to_ascii_lowercase().as_str());
    path.split('/').any(is_login) || host.split('.').next().is_some_and(is_login)
}

/// "log in to unsubscribe" as its text, or "log in" in a sentence that says what for.
fn asks_in_words(facts: &Facts<'_>, link: &Link) -> bool {
    let hits = link.said();
    let strong = |meaning| hits.iter().any(|hit| hit.meaning == meaning && !hit.weak);
    if strong(Meaning::Unsubscribe) {
        return strong(Meaning::Gate);
    }
    if words::url_hint(&link.href) == Some(Meaning::Unsubscribe) {
        return false;
    }
    let prose = &facts.prose()[link.body];
    let sentence = prose.sentence_around(link.text.start.min(prose.text.len())).range;
    // a text without full stops is one sentence, however long
    let near = sentence.start.max(link.text.start.saturating_sub(LONGEST_PHRASE))
        ..sentence.end.min(link.text.end.saturating_add(LONGEST_PHRASE));
    prose.hits_in(near, Meaning::Gate).any(|hit| hit.range.start < link.text.end && link.text.start < hit.range.end)
}
