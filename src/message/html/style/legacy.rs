//! What attributes and element names say about style: the hints that any rule overrides (HTML §15).

use super::declaration::Declaration;
use super::value::{Length, Paint, named};

/// The hint of an attribute (name in lower case) of an element.
pub(super) fn by_attribute(name: &str, attribute: &str, value: &str) -> Option<Declaration> {
    Some(match (name, attribute) {
        (_, "hidden") => Declaration::Display(true),
        ("a", "href") => Declaration::Color(Paint::Opaque([0, 0, 238])),
        (_, "bgcolor") => Declaration::Background(color(value)),
        (_, "background") if !value.trim().is_empty() => Declaration::BackgroundImage(true),
        ("font", "color") | ("body", "text") => Declaration::Color(color(value)),
        ("font", "size") => Declaration::FontSize(font_size(value)),
        (_, "width") => Declaration::Width(dimension(value)),
        (_, "height") => Declaration::Height(dimension(value)),
        _ => return None,
    })
}

/// The hint of an element's name.
pub(super) fn by_name(name: &str) -> Option<Declaration> {
    let size = match name {
        "h1" => 2.0,
        "h2" => 1.5,
        "h3" => 1.17,
        "h5" | "small" | "sub" | "sup" => 0.83,
        "h6" => 0.67,
        "big" => 1.2,
        _ => return None,
    };
    Some(Declaration::FontSize(Length::Em(size)))
}

/// A pixel count, perhaps with `px` behind it; percent are unknown.
fn dimension(value: &str) -> Length {
    let value = value.trim();
    let digits = value.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(value.len());
    let (number, rest) = value.split_at(digits);
    match number.parse() {
        Ok(pixels) if !rest.trim_start().starts_with('%') => Length::Px(pixels),
        _ => Length::Unknown,
    }
}

/// A colour in an attribute: a name, or hexadecimal digits with or without `#`.
fn color(value: &str) -> Paint {
    let value = value.trim();
    let digits = value.strip_prefix('#').unwrap_or(value);
    let hash =
        matches!(digits.len(), 3 | 6).then(|| cssparser::color::parse_hash_color(digits.as_bytes()).ok()).flatten();
    match (named(value), hash) {
        (Some(paint), _) => paint,
        (None, Some((red, green, blue, _))) => Paint::Opaque([red, green, blue]),
        (None, None) => Paint::Unknown,
    }
}

/// `<font size>`: 1 to 7, or steps from 3.
fn font_size(value: &str) -> Length {
    let value = value.trim();
    let Ok(number) = value.trim_start_matches('+').parse::<i32>() else { return Length::Unknown };
    let size = if value.starts_with(['+', '-']) { number.saturating_add(3) } else { number };
    Length::Px(match size {
        ..=1 => 10.0,
        2 => 13.0,
        3 => 16.0,
        4 => 18.0,
        5 => 24.0,
        6 => 32.0,
        _ => 48.0,
    })
}
