//! The declarations of a style attribute or a rule that decide whether and how large something is seen.

use super::value::{self, Length, Outcome, Paint};
use cssparser::{AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser};
use cssparser::{RuleBodyItemParser, RuleBodyParser, Token, parse_important};

/// What a declaration says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Declaration {
    /// Whether `display` is `none`.
    Display(bool),
    /// Whether `visibility` is `hidden` or `collapse`.
    Visibility(bool),
    Opacity(f32),
    /// Whether what overflows is clipped.
    Overflow(bool),
    Height(Length),
    MaxHeight(Length),
    Width(Length),
    MaxWidth(Length),
    Left(Length),
    Top(Length),
    TextIndent(Length),
    /// Whether `left` and `top` count.
    Position(bool),
    FontSize(Length),
    Color(Paint),
    Background(Paint),
    BackgroundImage(bool),
    MsoHide(bool),
}

impl Declaration {
    /// Whether it switches something on or off: what makes a media query a choice between twins.
    pub fn toggles(self) -> bool {
        matches!(
            self,
            Self::Display(_) | Self::Visibility(_) | Self::Opacity(_) | Self::MaxHeight(_) | Self::MsoHide(_)
        )
    }
}

/// A declaration and whether it is `!important`.
pub(super) type Declared = (Declaration, bool);

/// Reads the declarations of `css`. `tagged` says that filler of merge tags may be in it: a colour or size that can't be read is then unknown,
/// not an error that leaves the inherited one in force.
pub(super) fn declarations(css: &str, tagged: bool) -> Vec<Declared> {
    body(&mut Parser::new(css), tagged)
}

/// Reads the declarations of a rule's block.
pub(super) fn body(input: &mut Parser<'_>, tagged: bool) -> Vec<Declared> {
    let mut reader = Reader { tagged, found: Vec::new() };
    RuleBodyParser::new(input, &mut reader).for_each(drop);
    if reader.found.len() > MANY { last_of_each(reader.found) } else { reader.found }
}

/// So many declarations are read over again for each element that they apply to.
const MANY: usize = 40;

/// Of each kind the last, which is the one that counts.
fn last_of_each(found: Vec<Declared>) -> Vec<Declared> {
    let kind = |declared: &Declared| (std::mem::discriminant(&declared.0), declared.1);
    let mut kept: Vec<Declared> = Vec::new();
    for declared in found.into_iter().rev() {
        if !kept.iter().any(|other| kind(other) == kind(&declared)) {
            kept.push(declared);
        }
    }
    kept.reverse();
    kept
}

struct Reader {
    tagged: bool,
    found: Vec<Declared>,
}

impl<'i> DeclarationParser<'i> for Reader {
    type Declaration = ();
    type Error = ();

    fn parse_value(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>, _start: &ParserState) -> Outcome<()> {
        let name = name.to_ascii_lowercase();
        let said = value_of(&name, input)
            .or_else(|error| if self.tagged { unknown(&name).ok_or(error) } else { Err(error) })?;
        let important = input.try_parse(parse_important).is_ok();
        self.found.extend(said.into_iter().map(|declaration| (declaration, important)));
        Ok(())
    }
}

impl AtRuleParser<'_> for Reader {
    type Prelude = ();
    type AtRule = ();
    type Error = ();
}

impl QualifiedRuleParser<'_> for Reader {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();
}

impl RuleBodyItemParser<'_, (), ()> for Reader {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

fn value_of(name: &str, input: &mut Parser<'_>) -> Outcome<Vec<Declaration>> {
    let one = |declaration| Ok(vec![declaration]);
    match name {
        "display" => one(Declaration::Display(keyword(input)? == "none")),
        "visibility" => one(Declaration::Visibility(matches!(keyword(input)?.as_str(), "hidden" | "collapse"))),
        "overflow" | "overflow-x" | "overflow-y" => {
            one(Declaration::Overflow(matches!(keyword(input)?.as_str(), "hidden" | "clip")))
        }
        "position" => one(Declaration::Position(matches!(keyword(input)?.as_str(), "absolute" | "fixed" | "relative"))),
        "mso-hide" => one(Declaration::MsoHide(keyword(input)? == "all")),
        "opacity" => one(Declaration::Opacity(number(input)?)),
        "height" => one(Declaration::Height(value::length(input)?)),
        "max-height" => one(Declaration::MaxHeight(value::length(input)?)),
        "width" => one(Declaration::Width(value::length(input)?)),
        "max-width" => one(Declaration::MaxWidth(value::length(input)?)),
        "left" => one(Declaration::Left(value::length(input)?)),
        "top" => one(Declaration::Top(value::length(input)?)),
        "text-indent" => one(Declaration::TextIndent(value::length(input)?)),
        "font-size" => one(Declaration::FontSize(value::font_size(input)?)),
        "font" => one(Declaration::FontSize(font(input)?)),
        "color" if input.try_parse(|input| input.expect_ident_matching("inherit")).is_ok() => Ok(Vec::new()),
        "color" => one(Declaration::Color(value::paint(input)?)),
        "background-color" => one(Declaration::Background(value::paint(input)?)),
        "background-image" => one(Declaration::BackgroundImage(background(input).1)),
        "background" => {
            let (paint, image) = background(input);
            Ok(vec![Declaration::Background(paint), Declaration::BackgroundImage(image)])
        }
        _ => Err(ParseError::unexpected_token()),
    }
}

/// What a property says whose value a merge tag brings.
fn unknown(name: &str) -> Option<Vec<Declaration>> {
    Some(vec![match name {
        "color" => Declaration::Color(Paint::Unknown),
        "background-color" => Declaration::Background(Paint::Unknown),
        "font-size" | "font" => Declaration::FontSize(Length::Unknown),
        "width" => Declaration::Width(Length::Unknown),
        "height" => Declaration::Height(Length::Unknown),
        _ => return None,
    }])
}

fn keyword(input: &mut Parser<'_>) -> Outcome<String> {
    Ok(input.expect_ident()?.to_ascii_lowercase())
}

fn number(input: &mut Parser<'_>) -> Outcome<f32> {
    match input.next()? {
        Token::Number { value, .. } => Ok(*value),
        Token::Percentage { unit_value, .. } => Ok(*unit_value),
        _ => Err(ParseError::unexpected_token()),
    }
}

/// The size in a `font` shorthand: the first length or size keyword; a number without a unit is a weight.
fn font(input: &mut Parser<'_>) -> Outcome<Length> {
    loop {
        if input.try_parse(Parser::expect_number).is_ok() {
            continue;
        }
        match value::font_size(input)? {
            Length::Unknown => {}
            size => return Ok(size),
        }
    }
}

/// The colour of a `background` shorthand, and whether it has an image. Without a colour the background is reset.
fn background(input: &mut Parser<'_>) -> (Paint, bool) {
    let (mut paint, mut image) = (Paint::Transparent, false);
    loop {
        let start = input.state();
        match input.next().cloned() {
            Err(_) => return (paint, image),
            Ok(Token::Delim('!')) => {
                input.reset(&start);
                return (paint, image);
            }
            Ok(Token::UnquotedUrl(_)) => image = true,
            Ok(Token::Function(name)) if !is_color(&name) => {
                image = true;
                let _ = value::skip_block(input);
            }
            Ok(_) => {
                let behind = input.state();
                input.reset(&start);
                match input.try_parse(value::paint) {
                    Ok(found) => paint = found,
                    Err(_) => input.reset(&behind),
                }
            }
        }
    }
}

fn is_color(function: &str) -> bool {
    ["rgb", "rgba", "hsl", "hsla"].iter().any(|name| function.eq_ignore_ascii_case(name))
}
