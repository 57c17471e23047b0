//! Nothing that steers a terminal, or turns the text around it, is in what people read.

/// Panics if a raw control, bidi or escape character is in `text`; line ends may be.
#[track_caller]
pub fn nothing_raw(text: &str, what: &str) {
    if let Some(at) = text.find(|c: char| c != '\n' && (c.is_control() || is_bidi(c))) {
        let start = text.floor_char_boundary(at.saturating_sub(60));
        let end = text.floor_char_boundary(at + 60);
        panic!("{what}: a raw character in {:?}", &text[start..end]);
    }
}

/// Characters that change the direction of what is around them (UAX #9).
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` without what presend itself sends to a terminal: colours (SGR) and links (OSC 8).
pub fn without_style(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\x1b') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let style =
            colour(rest).or_else(|| link(rest)).unwrap_or_else(|| panic!("neither colour nor link: {rest:.40?}"));
        rest = &rest[style..];
    }
    plain.push_str(rest);
    plain
}

fn colour(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("\x1b[")?;
    let end = inside.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    inside[end..].starts_with('m').then_some(end + 3)
}

fn link(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("\x1b]8;;")?;
    let end = inside.find('\x1b')?;
    nothing_raw(&inside[..end], "the address of a link");
    inside[end..].starts_with("\x1b\\").then_some(end + 7)
}
