//! An Authentication-Results field (RFC 8601 §2.2), also in Microsoft's dialect: no name of the server in front, empty parts, semicolons left out.

use super::scan::{Piece, pieces};
use super::{Spot, Text};
use std::ops::Range;

/// What one server found.
#[derive(Debug, Clone)]
pub struct Results {
    /// Which field of the message it is.
    pub header: usize,
    /// The server that says so (authserv-id); Microsoft 365 gives none.
    pub server: Option<String>,
    /// The results in order.
    pub methods: Vec<Method>,
    /// The whole value.
    pub spot: Spot,
}

/// `dkim=pass (signature was verified) header.d=brand.com`.
#[derive(Debug, Clone)]
pub struct Method {
    /// `spf`, `dkim`, `dmarc`, `compauth`, in lower case.
    pub name: String,
    /// `pass`, in lower case.
    pub result: String,
    /// `spf=pass`.
    pub spot: Spot,
    /// The first comment behind the result, without its brackets.
    pub comment: Option<String>,
    /// What was judged, and further words: `header.d`, `action`, `reason`.
    pub properties: Vec<Property>,
}

/// `header.d=brand.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// The name in lower case.
    pub name: String,
    /// The value as written, without quotes.
    pub value: String,
    /// Name, `=` and value.
    pub spot: Spot,
}

impl Results {
    /// All results of a method.
    pub fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r Method> {
        self.methods.iter().filter(move |method| method.name == name)
    }

    /// The first result of a method.
    pub fn method(&self, name: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.name == name)
    }
}

impl Method {
    /// A property by its name (lower case).
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// The domain that the result is about.
    pub fn domain(&self) -> Option<&str> {
        let names: &[&str] = match self.name.as_str() {
            "spf" => &["smtp.mailfrom", "smtp.helo", "smtp.ehlo"],
            "dkim" => &["header.d", "header.i"],
            _ => &["header.from"],
        };
        let value = names.iter().find_map(|name| self.property(name)).map(|property| property.value.as_str())?;
        let domain = value.trim_matches(['<', '>']).rsplit('@').next().unwrap_or_default();
        (!domain.is_empty() && domain != "none").then_some(domain)
    }
}

/// Methods that begin a result even where the semicolon before them is missing.
const METHODS: &[&str] =
    &["spf", "dkim", "dmarc", "compauth", "arc", "iprev", "auth", "dkim-adsp", "sender-id", "bimi", "x-hmca"];

pub(super) fn read(text: &Text<'_>) -> Results {
    let mut results =
        Results { header: text.index, server: None, methods: Vec::new(), spot: text.spot(0..text.text.len()) };
    let mut begins = true;
    for piece in pieces(text.text) {
        match piece {
            Piece::Semicolon(_) => begins = true,
            Piece::Comment(range) => {
                if let Some(method) = results.methods.last_mut() {
                    method.comment.get_or_insert_with(|| text.text[range].trim().to_owned());
                }
            }
            Piece::Word(range) => {
                word(text, range, begins, &mut results);
                begins = false;
            }
        }
    }
    results
}

/// Takes a word in: a result, a property of the last one, or the name of the server.
fn word(text: &Text<'_>, range: Range<usize>, begins: bool, results: &mut Results) {
    let word = &text.text[range.clone()];
    let Some((name, value)) = word.split_once('=') else {
        // Microsoft puts the recipient's domain between results; only what stands first names the server.
        if results.methods.is_empty() && results.server.is_none() {
            results.server = Some(word.to_owned());
        }
        return;
    };
    // `dkim/1=pass`: a version of the method
    let name = name.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let spot = text.spot(range);
    let is_method = METHODS.contains(&name.as_str())
        || begins && !name.contains('.') && !matches!(name.as_str(), "action" | "reason");
    match results.methods.last_mut() {
        _ if is_method => results.methods.push(Method {
            name,
            result: value.to_ascii_lowercase(),
            spot,
            comment: None,
            properties: Vec::new(),
        }),
        Some(method) => {
            let value = value.trim_matches('"').to_owned();
            method.properties.push(Property { name, value, spot });
        }
        None => {}
    }
}
