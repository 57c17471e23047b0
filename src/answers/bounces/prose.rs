//! Bounces in plain words: Exchange, Postfix, Exim, qmail, Sendmail, Gmail. Each names the address on a line of its own, and says why behind it.

use super::address::is_address;
use crate::answers::codes;

/// Lines that begin the returned message, or announce it; what stands behind is not the bounce.
const RETURNED: &[&str] = &[
    "copy of the message",
    "copy of your message",
    "original message headers",
    "original message -----",
    "original message follows",
    "below this line is a copy",
    "unsent message below",
    "unsent message follows",
    "message headers follow",
    "message header follows",
    "returned message follows",
    "undelivered message headers",
    "en-têtes de message d'origine",
    "en-têtes du message d'origine",
    "ursprüngliche nachrichtenkopfzeilen",
    "kopfzeilen der ursprünglichen nachricht",
    "encabezados de mensajes originales",
    "intestazioni originali del messaggio",
    "cabeçalhos originais da mensagem",
    "oorspronkelijke berichtkoppen",
];

/// Longest reply that is kept, in bytes.
const LONGEST: usize = 4096;

/// A recipient, and what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The address.
    pub address: String,
    /// What is said; may be empty.
    pub reply: String,
}

/// What a text tells.
#[derive(Debug, Default)]
pub struct Prose {
    /// Each address once.
    pub recipients: Vec<Told>,
    /// A reply that stands apart from the addresses.
    pub reply: Option<String>,
    /// The server that says so, in Exchange's reports.
    pub server: Option<String>,
}

impl Prose {
    /// Whether something in it has a code.
    pub fn has_code(&self) -> bool {
        self.reply.is_some() || self.recipients.iter().any(|told| has_code(&told.reply))
    }
}

/// Reads the text of a bounce.
pub fn read(text: &str) -> Prose {
    let mut blocks: Vec<(Told, bool)> = Vec::new();
    let mut loose: Option<String> = None;
    let mut announced = false;
    let mut server = None;
    for line in text.lines() {
        if let Some(name) = line.trim().strip_prefix("Generating server:") {
            server.get_or_insert_with(|| name.trim().to_owned());
        }
        if is_end(line) {
            break;
        }
        if let Some(told) = recipient(line).filter(|told| !goes_on(line, told, blocks.last())) {
            blocks.push((told, true));
            continue;
        }
        let line = line.trim();
        match blocks.last_mut() {
            // Domino: `because:`, a blank line, and the reason
            Some((told, open)) if *open && line.is_empty() => {
                *open = told.reply.is_empty() || told.reply.ends_with(':') && told.reply.len() < 40;
            }
            Some((told, true)) => push(&mut told.reply, line),
            _ if loose.is_none() && (begins_with_code(line) || (announced && !line.is_empty())) => {
                loose = Some(line.to_owned())
            }
            _ => {}
        }
        announced = line.is_empty() && announced || is_announcement(line);
    }
    let mut prose = Prose { recipients: Vec::new(), reply: loose, server };
    for (told, _) in blocks {
        prose.add(told);
    }
    if let Some(reply) = &prose.reply {
        for told in prose.recipients.iter_mut().filter(|told| !has_code(&told.reply)) {
            told.reply.clone_from(reply);
        }
    }
    prose
}

/// Postfix folds replies, and what comes behind the fold may be the address again: `said: 550 5.4.1`, `    <a@b>: Access denied`.
fn goes_on(line: &str, told: &Told, last: Option<&(Told, bool)>) -> bool {
    line.starts_with([' ', '\t'])
        && last.is_some_and(|(before, open)| {
            *open && !before.reply.is_empty() && before.address.eq_ignore_ascii_case(&told.address)
        })
}

impl Prose {
    /// Of two texts about one address the one with the surer code counts.
    fn add(&mut self, told: Told) {
        let known = self.recipients.iter_mut().find(|known| known.address.eq_ignore_ascii_case(&told.address));
        match known {
            Some(known) if sureness(&told.reply) > sureness(&known.reply) => known.reply = told.reply,
            Some(_) => {}
            None => self.recipients.push(told),
        }
    }
}

/// How much a text is a server's reply, and not words around it.
fn sureness(reply: &str) -> u8 {
    match (codes::basic(reply), codes::enhanced(reply)) {
        (Some(400..), _) => 3,
        (_, Some(_)) => 2,
        _ => u8::from(!reply.is_empty()),
    }
}

fn push(reply: &mut String, line: &str) {
    if reply.len() + line.len() < LONGEST {
        if !reply.is_empty() {
            reply.push(' ');
        }
        reply.push_str(line);
    }
}

/// The returned message begins, or is announced.
fn is_end(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let begins = |name: &str| line.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name));
    begins("return-path:")
        || begins("received: from")
        || (lower.len() < 120 && RETURNED.iter().any(|mark| lower.contains(mark)))
}

/// `The error that the other server returned was:`
fn is_announcement(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    lower.ends_with(':')
        && ["returned was", "response from the remote server", "remote server responded", "the response was", "said"]
            .iter()
            .any(|mark| lower.contains(mark))
}

/// `550 …`, `<<< 550 …`, `550-5.1.1 …`.
fn begins_with_code(line: &str) -> bool {
    let line = line.trim_start_matches(['<', '>', ' ', '(']);
    let digits = line.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    digits.is_some_and(|digits| digits.starts_with(['4', '5']))
        && line.get(3..).is_some_and(|rest| rest.starts_with([' ', '-']))
}

fn has_code(reply: &str) -> bool {
    codes::enhanced(reply).is_some() || codes::basic(reply).is_some_and(|code| code >= 400)
}

/// A line that is an address, or begins with one: `<a@b>: reason`, `a@b`, `a@b (a@b)<mailto:a@b>`, `<a@b> (expanded from <c@d>): reason`.
fn recipient(line: &str) -> Option<Told> {
    let line = line.trim();
    // GMX quotes it, Mimecast makes a list
    let line = line.strip_prefix("-- ").unwrap_or(line);
    let quoted = line.strip_prefix('"').and_then(|inner| inner.split_once('"')).filter(|(word, _)| is_address(word));
    let inner = line.strip_prefix('<').unwrap_or(line);
    let end = inner.find(['>', '<', ' ', '(', '\t']).unwrap_or(inner.len());
    let (word, rest) = quoted.map_or_else(|| inner.split_at_checked(end), Some)?;
    // `a@b:` without brackets
    let (word, colon) = match word.strip_suffix(':') {
        Some(word) => (word, true),
        None => (word, false),
    };
    if !is_address(word) {
        return None;
    }
    let rest = rest.strip_prefix('>').unwrap_or(rest).trim_start();
    if colon {
        return Some(Told { address: word.to_owned(), reply: rest.to_owned() });
    }
    let (address, rest) = match rest.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
        // GroupWise: `a@b (user not found)`
        Some((inside, "")) if expanded_from(inside).is_none() && !is_address(inside.trim()) => {
            return Some(Told { address: word.to_owned(), reply: inside.trim().to_owned() });
        }
        Some((inside, rest)) => (expanded_from(inside).unwrap_or(word), rest.trim_start()),
        None => (word, rest),
    };
    let rest = match rest.strip_prefix("<mailto:") {
        Some(link) => link.split_once('>').map_or("", |(_, rest)| rest).trim_start(),
        None => rest,
    };
    // `on 21.11.2026 18:14`, `on Sat, 21 Nov 2026 18:14:35 +0900`
    let is_date = rest.strip_prefix("on ").is_some_and(|date| {
        date.len() < 60 && date.contains(':') && date.split([' ', '.', '/']).any(|word| word.parse::<u32>().is_ok())
    });
    match rest.strip_prefix(':') {
        Some(reason) => Some(Told { address: address.to_owned(), reply: reason.trim().to_owned() }),
        None if rest.is_empty() || is_date => Some(Told { address: address.to_owned(), reply: String::new() }),
        None => None,
    }
}

/// Postfix names the address that was mailed behind the one that it became.
fn expanded_from(inside: &str) -> Option<&str> {
    let address = inside.strip_prefix("expanded from")?.trim().trim_matches(['<', '>', ':']);
    is_address(address).then_some(address)
}

/// The only address that `text` names besides `others`, with what its lines and those with a code say: how programs write that put
/// the address into a sentence. `None` where there are several.
pub fn only(text: &str, others: &dyn Fn(&str) -> bool) -> Option<Told> {
    let mut told: Option<Told> = None;
    let mut reply = String::new();
    for line in text.lines().take_while(|line| !is_end(line)) {
        let named =
            |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | '\'' | ',' | ';' | '[' | ']');
        let words = line.split(named).map(|word| word.trim_matches(['.', ':', '!', '?']));
        let mut names = false;
        for word in words.map(|word| word.strip_prefix("mailto:").unwrap_or(word)).filter(|word| is_address(word)) {
            if !word.contains('.') || others(word) {
                continue;
            }
            names = true;
            match &told {
                Some(known) if !known.address.eq_ignore_ascii_case(word) => return None,
                Some(_) => {}
                None => told = Some(Told { address: word.to_owned(), reply: String::new() }),
            }
        }
        if names || has_code(line) {
            push(&mut reply, line.trim());
        }
    }
    told.map(|told| Told { reply, ..told })
}
