//! Simple selectors: names, classes, ids, and one inside another. Names are compared in lower case, as in quirks mode.

use cssparser::{ParseError, Parser, Token};
use std::borrow::Cow;

/// An element as selectors see it; everything in lower case.
#[derive(Debug, Default)]
pub(super) struct Subject<'d> {
    pub name: Cow<'d, str>,
    pub id: Option<Cow<'d, str>>,
    pub classes: Vec<Cow<'d, str>>,
}

/// `td.a#b`.
#[derive(Debug, Default)]
pub(super) struct Compound {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    /// It is right inside what the compound before it matches (`>`).
    child: bool,
}

/// A selector without a comma.
#[derive(Debug, Default)]
pub(super) struct Selector {
    /// Outermost first; never empty once it is parsed.
    compounds: Vec<Compound>,
    /// It has parts that are not understood (a pseudo-class, a sibling): it matches nothing.
    unsupported: bool,
}

/// What the last compound of a selector asks for first.
pub(super) enum Key<'s> {
    Id(&'s str),
    Class(&'s str),
    Name(&'s str),
    Any,
}

impl Compound {
    fn matches(&self, subject: &Subject<'_>) -> bool {
        self.name.as_ref().is_none_or(|name| *name == subject.name)
            && self.id.as_ref().is_none_or(|id| subject.id.as_deref() == Some(id))
            && self.classes.iter().all(|class| subject.classes.iter().any(|own| own == class))
    }
}

impl Selector {
    /// Ids, classes and names, in this order of weight.
    pub fn specificity(&self) -> u32 {
        let weights = self.compounds.iter().map(|compound| {
            u32::from(compound.id.is_some()) << 20
                | (u32::try_from(compound.classes.len()).unwrap_or(u32::MAX).min(0xff)) << 10
                | u32::from(compound.name.is_some())
        });
        weights.fold(0, u32::saturating_add)
    }

    pub fn is_supported(&self) -> bool {
        !self.unsupported
    }

    /// It asks for what is around an element.
    pub fn looks_around(&self) -> bool {
        self.compounds.len() > 1
    }

    /// What an element must have to be considered.
    pub fn key(&self) -> Key<'_> {
        let Some(last) = self.compounds.last() else { return Key::Any };
        match (&last.id, last.classes.first(), &last.name) {
            (Some(id), _, _) => Key::Id(id),
            (_, Some(class), _) => Key::Class(class),
            (_, _, Some(name)) => Key::Name(name),
            _ => Key::Any,
        }
    }

    /// The classes of what is selected.
    pub fn classes(&self) -> impl Iterator<Item = &String> {
        self.compounds.last().into_iter().flat_map(|last| &last.classes)
    }

    /// The id of what is selected.
    pub fn id(&self) -> Option<&String> {
        self.compounds.last()?.id.as_ref()
    }

    /// Whether it matches the last of `path`, an element and what is around it, outermost first.
    pub fn matches(&self, path: &[Subject<'_>]) -> bool {
        let (Some((last, outer)), Some((subject, mut around))) = (self.compounds.split_last(), path.split_last())
        else {
            return false;
        };
        let mut child = last.child;
        if self.unsupported || !last.matches(subject) {
            return false;
        }
        for compound in outer.iter().rev() {
            loop {
                let Some((next, rest)) = around.split_last() else { return false };
                around = rest;
                if compound.matches(next) {
                    break;
                }
                if child {
                    return false;
                }
            }
            child = compound.child;
        }
        true
    }
}

/// Reads a list of selectors; one that can't be read does not make the others invalid.
pub(super) fn selectors(input: &mut Parser<'_>) -> Vec<Selector> {
    input.parse_comma_separated_ignoring_errors::<_, _, ()>(selector)
}

fn selector(input: &mut Parser<'_>) -> Result<Selector, ParseError<()>> {
    input.skip_whitespace();
    let mut selector = Selector { compounds: vec![Compound::default()], unsupported: false };
    let (mut blank, mut child) = (false, false);
    while let Ok(token) = input.next_including_whitespace().cloned() {
        match token {
            Token::WhiteSpace(_) => blank = true,
            Token::Delim('>') => child = true,
            token => {
                if blank || child {
                    selector.compounds.push(Compound { child, ..Compound::default() });
                    (blank, child) = (false, false);
                }
                selector.take(token, input)?;
            }
        }
    }
    Ok(selector)
}

impl Selector {
    fn take(&mut self, token: Token<'_>, input: &mut Parser<'_>) -> Result<(), ParseError<()>> {
        let Some(compound) = self.compounds.last_mut() else { return Ok(()) };
        match token {
            Token::Ident(name) => compound.name = Some(name.to_ascii_lowercase()),
            Token::IDHash(id) | Token::Hash(id) => compound.id = Some(id.to_ascii_lowercase()),
            Token::Delim('*') => {}
            Token::Delim('.') if compound.classes.len() >= super::MOST_CLASSES => self.unsupported = true,
            Token::Delim('.') => compound.classes.push(input.expect_ident()?.to_ascii_lowercase()),
            Token::SquareBracketBlock => {
                self.unsupported |= !input.parse_nested_block(|input| attribute(input, compound))?;
            }
            _ => self.unsupported = true,
        }
        Ok(())
    }
}

/// `[class=x]`, `[class~=x]` and `[id=x]`, which old campaigns write to hide rules from some clients.
fn attribute(input: &mut Parser<'_>, compound: &mut Compound) -> Result<bool, ParseError<()>> {
    let name = input.expect_ident()?.to_ascii_lowercase();
    let equals = matches!(input.next(), Ok(Token::Delim('=') | Token::IncludeMatch));
    let value = input.expect_ident_or_string().map(|value| value.to_ascii_lowercase()).ok();
    while input.next().is_ok() {}
    match (name.as_str(), equals, value) {
        ("class", true, Some(value)) => compound.classes.push(value),
        ("id", true, Some(value)) => compound.id = Some(value),
        _ => return Ok(false),
    }
    Ok(true)
}
