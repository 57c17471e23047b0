//! CSS values: lengths and colours.

use cssparser::color::{parse_hash_color, parse_named_color};
use cssparser::{ParseError, Parser, Token};

pub(super) type Outcome<T> = Result<T, ParseError<()>>;

/// A length, as far as it is known without a layout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Length {
    Px(f32),
    /// Of the element's font size; for a font size, of the parent's.
    Em(f32),
    /// Percent, `auto`, `calc()`, what a merge tag will say.
    Unknown,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    Opaque([u8; 3]),
    Transparent,
    /// Half transparent, `currentcolor`, what a merge tag will say.
    Unknown,
}

/// Reads a length. A number without a unit is one of pixels, as mail clients in quirks mode have it.
pub(super) fn length(input: &mut Parser<'_>) -> Outcome<Length> {
    Ok(match input.next()? {
        Token::Number { value, .. } => Length::Px(*value),
        Token::Dimension { value, unit, .. } => absolute(*value, unit),
        Token::Percentage { .. } | Token::Ident(_) => Length::Unknown,
        Token::Function(_) => {
            skip_block(input)?;
            Length::Unknown
        }
        _ => return Err(ParseError::unexpected_token()),
    })
}

/// Reads a font size; percent are those of the parent's size, and keywords are those of a base of 16 pixels.
pub(super) fn font_size(input: &mut Parser<'_>) -> Outcome<Length> {
    let keyword = input.try_parse(|input| match input.next()? {
        Token::Percentage { unit_value, .. } => Ok(Length::Em(*unit_value)),
        Token::Ident(name) => font_keyword(name).ok_or_else(ParseError::<()>::unexpected_token),
        _ => Err(ParseError::unexpected_token()),
    });
    keyword.or_else(|_| length(input))
}

fn font_keyword(name: &str) -> Option<Length> {
    Some(match name.to_ascii_lowercase().as_str() {
        "xx-small" => Length::Px(9.0),
        "x-small" => Length::Px(10.0),
        "small" => Length::Px(13.0),
        "medium" | "initial" => Length::Px(16.0),
        "large" => Length::Px(18.0),
        "x-large" => Length::Px(24.0),
        "xx-large" => Length::Px(32.0),
        "smaller" => Length::Em(0.83),
        "larger" => Length::Em(1.2),
        "inherit" => Length::Em(1.0),
        _ => return None,
    })
}

fn absolute(value: f32, unit: &str) -> Length {
    match unit.to_ascii_lowercase().as_str() {
        "px" => Length::Px(value),
        "pt" => Length::Px(value * 4.0 / 3.0),
        "pc" => Length::Px(value * 16.0),
        "in" => Length::Px(value * 96.0),
        "cm" => Length::Px(value * 96.0 / 2.54),
        "mm" => Length::Px(value * 96.0 / 25.4),
        "em" => Length::Em(value),
        "rem" => Length::Px(value * 16.0),
        _ => Length::Unknown,
    }
}

/// Reads a colour.
pub(super) fn paint(input: &mut Parser<'_>) -> Outcome<Paint> {
    match input.next()?.clone() {
        Token::Hash(digits) | Token::IDHash(digits) => {
            let (red, green, blue, alpha) =
                parse_hash_color(digits.as_bytes()).map_err(|()| ParseError::unexpected_token())?;
            Ok(with_alpha([red, green, blue], alpha))
        }
        Token::Ident(name) => named(&name).ok_or_else(ParseError::unexpected_token),
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            input.parse_nested_block(|input| function(&name, input))
        }
        _ => Err(ParseError::unexpected_token()),
    }
}

/// A colour's name.
pub(super) fn named(name: &str) -> Option<Paint> {
    if name.eq_ignore_ascii_case("transparent") {
        return Some(Paint::Transparent);
    }
    if ["currentcolor", "initial", "unset"].iter().any(|keyword| name.eq_ignore_ascii_case(keyword)) {
        return Some(Paint::Unknown);
    }
    let (red, green, blue) = parse_named_color(&name.to_ascii_lowercase()).ok()?;
    Some(Paint::Opaque([red, green, blue]))
}

fn with_alpha(color: [u8; 3], alpha: f32) -> Paint {
    if alpha <= 0.0 {
        Paint::Transparent
    } else if alpha < 1.0 {
        Paint::Unknown
    } else {
        Paint::Opaque(color)
    }
}

/// The inside of `rgb()` and `rgba()`, with commas or blanks; other functions give colours that are not known.
fn function(name: &str, input: &mut Parser<'_>) -> Outcome<Paint> {
    let mut parts = Vec::new();
    while let Ok(token) = input.next() {
        match token {
            Token::Number { value, .. } => parts.push((*value, *value)),
            Token::Percentage { unit_value, .. } => parts.push((*unit_value * 255.0, *unit_value)),
            Token::Comma | Token::Delim('/') => {}
            _ => return Ok(Paint::Unknown),
        }
    }
    let channel = |value: f32| value.round().clamp(0.0, 255.0) as u8;
    match (name, parts.as_slice()) {
        ("rgb" | "rgba", [red, green, blue, rest @ ..]) if rest.len() < 2 => {
            let alpha = rest.first().map_or(1.0, |(_, alpha)| *alpha);
            Ok(with_alpha([channel(red.0), channel(green.0), channel(blue.0)], alpha))
        }
        ("hsla", [.., (_, alpha)]) if *alpha <= 0.0 => Ok(Paint::Transparent),
        _ => Ok(Paint::Unknown),
    }
}

pub(super) fn skip_block(input: &mut Parser<'_>) -> Outcome<()> {
    input.parse_nested_block(|input| {
        while input.next().is_ok() {}
        Ok(())
    })
}
