//! From declarations to an element's style: the strongest wins, some are inherited.

use super::Style;
use super::declaration::{Declaration, Declared};
use super::sheet::Applied;
use super::value::{Length, Paint};

/// The size of text of which nothing is said.
const BASE: f32 = 16.0;
/// Further left or up than this nothing is seen.
const OFF_SCREEN: f32 = -500.0;

/// What is less opaque nobody sees.
const FAINTEST: f32 = 0.05;

/// A style, and what the elements inside need of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Computed {
    pub style: Style,
    /// `visibility: hidden`, which the elements inside can undo.
    invisible: bool,
    /// Hidden with all that is inside.
    gone: bool,
    /// `text-indent` that moves text off the screen.
    outdented: bool,
}

/// What is said of one element, after the cascade.
#[derive(Debug, Default)]
struct Specified {
    none: bool,
    invisible: Option<bool>,
    transparent: bool,
    clips: bool,
    positioned: bool,
    mso_hidden: Option<bool>,
    height: Option<Length>,
    max_height: Option<Length>,
    width: Option<Length>,
    max_width: Option<Length>,
    left: Option<Length>,
    top: Option<Length>,
    indent: Option<Length>,
    font_size: Option<Length>,
    color: Option<Paint>,
    background: Option<Paint>,
    image: bool,
}

impl Specified {
    fn take(&mut self, declaration: Declaration) {
        match declaration {
            Declaration::Display(none) => self.none = none,
            Declaration::Visibility(hidden) => self.invisible = Some(hidden),
            Declaration::Opacity(opacity) => self.transparent = opacity <= FAINTEST,
            Declaration::Overflow(clips) => self.clips = clips,
            Declaration::Height(length) => self.height = Some(length),
            Declaration::MaxHeight(length) => self.max_height = Some(length),
            Declaration::Width(length) => self.width = Some(length),
            Declaration::MaxWidth(length) => self.max_width = Some(length),
            Declaration::Left(length) => self.left = Some(length),
            Declaration::Top(length) => self.top = Some(length),
            Declaration::TextIndent(length) => self.indent = Some(length),
            Declaration::Position(positioned) => self.positioned = positioned,
            Declaration::FontSize(length) => self.font_size = Some(length),
            Declaration::Color(paint) => self.color = Some(paint),
            Declaration::Background(paint) => self.background = Some(paint),
            Declaration::BackgroundImage(image) => self.image = image,
            Declaration::MsoHide(hidden) => self.mso_hidden = Some(hidden),
        }
    }
}

/// The style of an element inside `parent`. `rules` come weakest first.
pub(super) fn compute(parent: &Computed, hints: &[Declaration], rules: &[Applied], inline: &[Declared]) -> Computed {
    let specified = cascade(hints, rules, inline);
    let font_size = match specified.font_size {
        None => parent.style.font_size,
        Some(length) => pixels(length, parent.style.font_size),
    };
    let px = |length: Option<Length>| length.and_then(|length| pixels(length, font_size));
    let invisible = specified.invisible.unwrap_or(parent.invisible);
    let gone = parent.gone
        || specified.none
        || specified.transparent
        || is_squeezed(&specified, px)
        || is_off_screen(&specified, px);
    let outdented = px(specified.indent).map_or(parent.outdented, |indent| indent < OFF_SCREEN);
    let (background, background_image) = background(parent, &specified);
    let style = Style {
        hidden: gone || invisible || outdented,
        mso_hidden: specified.mso_hidden.unwrap_or(parent.style.mso_hidden),
        font_size,
        color: match specified.color {
            None => parent.style.color,
            Some(Paint::Opaque(color)) => Some(color),
            Some(Paint::Transparent | Paint::Unknown) => None,
        },
        background,
        background_image,
        width: px(specified.width),
        height: px(specified.height),
        responsive: false,
    };
    Computed { style, invisible, gone, outdented }
}

/// CSS Cascade §6: `!important`, then where it is said, then how exactly it selects, then the order. The rules come weakest first.
fn cascade(hints: &[Declaration], rules: &[Applied], inline: &[Declared]) -> Specified {
    let said = || rules.iter().flat_map(|(_, _, declared)| declared.iter());
    let mut specified = Specified::default();
    hints.iter().for_each(|hint| specified.take(*hint));
    let mut important = false;
    for (declaration, is_important) in said().chain(inline) {
        match is_important {
            true => important = true,
            false => specified.take(*declaration),
        }
    }
    if important {
        said().chain(inline).filter(|(_, important)| *important).for_each(|(said, _)| specified.take(*said));
    }
    specified
}

fn pixels(length: Length, font_size: Option<f32>) -> Option<f32> {
    match length {
        Length::Px(pixels) => Some(pixels),
        Length::Em(times) => Some(times * font_size.unwrap_or(BASE)),
        Length::Unknown => None,
    }
}

/// No room is left for what is inside, and it is clipped.
fn is_squeezed(specified: &Specified, px: impl Fn(Option<Length>) -> Option<f32>) -> bool {
    let none = |length| px(length).is_some_and(|pixels| pixels <= 0.0);
    let dot = |length| px(length).is_some_and(|pixels| pixels <= 1.0);
    let no_height = none(specified.height) || none(specified.max_height);
    let no_width = none(specified.width) || none(specified.max_width);
    specified.clips && (no_height || no_width || dot(specified.height) && dot(specified.width))
}

fn is_off_screen(specified: &Specified, px: impl Fn(Option<Length>) -> Option<f32>) -> bool {
    specified.positioned
        && [specified.left, specified.top]
            .into_iter()
            .any(|length| px(length).is_some_and(|pixels| pixels < OFF_SCREEN))
}

fn background(parent: &Computed, specified: &Specified) -> (Option<[u8; 3]>, bool) {
    match specified.background {
        Some(Paint::Opaque(color)) => (Some(color), specified.image),
        Some(Paint::Unknown) => (None, specified.image),
        Some(Paint::Transparent) | None => (parent.style.background, parent.style.background_image || specified.image),
    }
}
