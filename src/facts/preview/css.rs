//! Styles, written anew from the tokens of an allow-list: nothing in them can fetch, run, or end the place where they are written.

use crate::message::html::Document;
use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
};

/// What is kept of the style sheets of one body, in bytes.
const LONGEST_SHEET: usize = 128 * 1024;
/// Blocks in blocks of a value, a query, or rules.
const DEEPEST: usize = 8;

type Outcome<T> = Result<T, ParseError<()>>;

/// Properties that are kept, sorted. `position` and its kin are not: what a mail draws stays where it stands.
const PROPERTIES: &[&str] = &[
    "align-items",
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-top-style",
    "border-top-width",
    "border-width",
    "box-shadow",
    "box-sizing",
    "clear",
    "color",
    "direction",
    "display",
    "flex",
    "flex-direction",
    "flex-wrap",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "justify-content",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-position",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "opacity",
    "overflow",
    "overflow-wrap",
    "overflow-x",
    "overflow-y",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-overflow",
    "text-shadow",
    "text-transform",
    "vertical-align",
    "visibility",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
];

/// Functions that only compute, sorted.
const FUNCTIONS: &[&str] = &["calc", "clamp", "hsl", "hsla", "max", "min", "rgb", "rgba"];

const UNITS: &[&str] = &["ch", "cm", "em", "ex", "in", "mm", "pc", "pt", "px", "rem", "vh", "vw"];

/// The declarations of a style attribute that are kept.
pub(super) fn declarations(css: &str) -> String {
    if css.trim().is_empty() {
        return String::new();
    }
    body(&mut Parser::new(css))
}

/// The style sheets of a document, filtered; merge tags are filler in them.
pub(super) fn sheets(document: &Document) -> String {
    let mut reader = Rules { out: String::new(), depth: 0 };
    for node in document.tree().tree.nodes() {
        let is_sheet = node.value().as_element().is_some_and(|element| element.name() == "style");
        for text in node.children().filter(|_| is_sheet).filter_map(|child| child.value().as_text()) {
            StyleSheetParser::new(&mut Parser::new(text), &mut reader).for_each(drop);
        }
    }
    reader.out
}

fn body(input: &mut Parser<'_>) -> String {
    let mut reader = Declarations { out: String::new() };
    RuleBodyParser::new(input, &mut reader).for_each(drop);
    reader.out
}

struct Declarations {
    out: String,
}

impl<'i> DeclarationParser<'i> for Declarations {
    type Declaration = ();
    type Error = ();

    fn parse_value(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>, _start: &ParserState) -> Outcome<()> {
        let name = name.to_ascii_lowercase();
        PROPERTIES.binary_search(&name.as_str()).map_err(|_| ParseError::unexpected_token())?;
        let mut value = String::new();
        let start = input.state();
        let (name, written) = match tokens(input, &mut value, Place::Value, 0) {
            Ok(()) => (name.as_str(), value),
            Err(_) if name == "background" => {
                input.reset(&start);
                ("background-color", first_color(input).ok_or_else(ParseError::unexpected_token)?)
            }
            Err(error) => return Err(error),
        };
        if !written.trim().is_empty() {
            self.out.push_str(&format!("{name}:{};", written.trim()));
        }
        Ok(())
    }
}

impl AtRuleParser<'_> for Declarations {
    type Prelude = ();
    type AtRule = ();
    type Error = ();
}

impl QualifiedRuleParser<'_> for Declarations {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();
}

impl RuleBodyItemParser<'_, (), ()> for Declarations {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}

/// The colour of a background that has an image besides.
fn first_color(input: &mut Parser<'_>) -> Option<String> {
    while let Ok(token) = input.next().cloned() {
        let mut out = String::new();
        let is_color = match &token {
            Token::Hash(_) | Token::IDHash(_) => true,
            Token::Function(name) => name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("rgb")),
            Token::Ident(name) => cssparser::color::parse_named_color(&name.to_ascii_lowercase()).is_ok(),
            _ => false,
        };
        if is_color {
            return one(&token, input, &mut out, Place::Value, 0).ok().map(|()| out);
        }
    }
    None
}

/// Where tokens stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Value,
    Selector,
    Query,
}

fn tokens(input: &mut Parser<'_>, out: &mut String, place: Place, depth: usize) -> Outcome<()> {
    while let Ok(token) = input.next_including_whitespace().cloned() {
        one(&token, input, out, place, depth)?;
    }
    Ok(())
}

/// Writes one token, and the block that it opens.
fn one(token: &Token<'_>, input: &mut Parser<'_>, out: &mut String, place: Place, depth: usize) -> Outcome<()> {
    let refused = || Err(ParseError::unexpected_token());
    match token {
        Token::Ident(name) if is_name(name) => out.push_str(name),
        Token::Hash(name) | Token::IDHash(name) if is_name(name) => {
            out.push('#');
            out.push_str(name);
        }
        Token::QuotedString(text) if is_plain(text) => {
            out.push('\'');
            out.push_str(text);
            out.push('\'');
        }
        Token::Number { value, .. } => number(*value, "", out)?,
        Token::Percentage { unit_value, .. } => number(*unit_value * 100.0, "%", out)?,
        Token::Dimension { value, unit, .. } => {
            let unit = unit.to_ascii_lowercase();
            if !UNITS.contains(&unit.as_str()) {
                return refused();
            }
            number(*value, &unit, out)?;
        }
        Token::WhiteSpace(_) => out.push(' '),
        Token::Comma => out.push(','),
        Token::Colon if place != Place::Value => out.push(':'),
        Token::Delim(sign) if is_sign(*sign, place, depth) => out.push(*sign),
        Token::Function(name) if place == Place::Value && depth < DEEPEST => {
            let name = name.to_ascii_lowercase();
            if FUNCTIONS.binary_search(&name.as_str()).is_err() {
                return refused();
            }
            block(input, out, (&name, "(", ")"), place, depth)?;
        }
        Token::ParenthesisBlock if place != Place::Selector && depth < DEEPEST => {
            block(input, out, ("", "(", ")"), place, depth)?;
        }
        Token::SquareBracketBlock if place == Place::Selector && depth < DEEPEST => {
            block(input, out, ("", "[", "]"), place, depth)?;
        }
        Token::IncludeMatch | Token::DashMatch | Token::PrefixMatch | Token::SuffixMatch | Token::SubstringMatch
            if place == Place::Selector =>
        {
            out.push_str(match token {
                Token::IncludeMatch => "~=",
                Token::DashMatch => "|=",
                Token::PrefixMatch => "^=",
                Token::SuffixMatch => "$=",
                _ => "*=",
            });
        }
        _ => return refused(),
    }
    Ok(())
}

fn block(
    input: &mut Parser<'_>,
    out: &mut String,
    (name, open, close): (&str, &str, &str),
    place: Place,
    depth: usize,
) -> Outcome<()> {
    out.push_str(name);
    out.push_str(open);
    input.parse_nested_block(|input| tokens(input, out, place, depth + 1))?;
    out.push_str(close);
    Ok(())
}

fn is_sign(sign: char, place: Place, depth: usize) -> bool {
    match place {
        Place::Value if depth == 0 => matches!(sign, '/' | '!'),
        Place::Value => matches!(sign, '/' | '+' | '-' | '*'),
        Place::Selector => matches!(sign, '.' | '>' | '+' | '~' | '*' | '='),
        Place::Query => false,
    }
}

fn is_name(name: &str) -> bool {
    name.len() <= 80 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Whether a string is a font's name or a class: letters, digits and a few signs.
fn is_plain(text: &str) -> bool {
    text.len() <= 80 && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'))
}

fn number(value: f32, unit: &str, out: &mut String) -> Outcome<()> {
    if !value.is_finite() || value.abs() > 100_000.0 {
        return Err(ParseError::unexpected_token());
    }
    let rounded = (f64::from(value) * 1000.0).round() / 1000.0;
    out.push_str(&format!("{rounded}{unit}"));
    Ok(())
}

/// Writes the rules of sheets.
struct Rules {
    out: String,
    depth: usize,
}

impl<'i> QualifiedRuleParser<'i> for Rules {
    type Prelude = String;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Outcome<String> {
        let mut selector = String::new();
        tokens(input, &mut selector, Place::Selector, 0)?;
        Ok(selector)
    }

    fn parse_block(&mut self, selector: String, _start: &ParserState, input: &mut Parser<'i>) -> Outcome<()> {
        let declared = body(input);
        if !declared.is_empty() && self.out.len() + declared.len() + selector.len() < LONGEST_SHEET {
            self.out.push_str(&format!("{}{{{declared}}}", selector.trim()));
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Rules {
    type Prelude = String;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Outcome<String> {
        let mut query = String::new();
        tokens(input, &mut query, Place::Query, 0)?;
        // the campaign is shown in light; half of it in dark would be neither
        let kept = name.eq_ignore_ascii_case("media") && !query.to_ascii_lowercase().contains("prefers-");
        if kept { Ok(query) } else { Err(ParseError::unexpected_token()) }
    }

    fn parse_block(&mut self, query: String, _start: &ParserState, input: &mut Parser<'i>) -> Outcome<()> {
        if self.depth >= DEEPEST || self.out.len() >= LONGEST_SHEET {
            return Err(ParseError::unexpected_token());
        }
        let mut inner = Rules { out: String::new(), depth: self.depth + 1 };
        StyleSheetParser::new(input, &mut inner).for_each(drop);
        if !inner.out.is_empty() && self.out.len() + inner.out.len() + query.len() < LONGEST_SHEET {
            self.out.push_str(&format!("@media {}{{{}}}", query.trim(), inner.out));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(css: &str) -> String {
        sheets(&Document::parse(&format!("<style>{css}</style>"), &[]))
    }

    #[test]
    fn the_tables_are_sorted() {
        assert!(PROPERTIES.is_sorted());
        assert!(FUNCTIONS.is_sorted());
    }

    #[test]
    fn honest_styles_stay() {
        for (css, kept) in [
            ("color: #FF0000; padding:0 10px !important", "color:#FF0000;padding:0 10px !important;"),
            ("font-family: 'Open Sans', Arial", "font-family:'Open Sans', Arial;"),
            ("width:calc(100% - 20px)", "width:calc(100% - 20px);"),
            ("background: rgba(0,0,0,.5)", "background:rgba(0,0,0,0.5);"),
            ("line-height:1.4;margin:-3.5px auto", "line-height:1.4;margin:-3.5px auto;"),
        ] {
            assert_eq!(declarations(css), kept);
        }
    }

    #[test]
    fn what_fetches_or_leaves_its_place_goes() {
        for (css, kept) in [
            ("background:url(https://a.example/x.png)", ""),
            ("background:#abc url('x.png') no-repeat;color:red", "background-color:#abc;color:red;"),
            ("background-image:url(x)", ""),
            ("width:expression(alert(1))", ""),
            ("color:re\\64;", "color:red;"),
            ("color:u\\72l(x)", ""),
            ("behavior:url(x)", ""),
            ("position:fixed;top:0", ""),
            ("font-family:'</style><script>'", ""),
            ("content:'x'", ""),
            ("width:9e99px", ""),
            ("color:image-set('x' 1x)", ""),
            ("color:var(--x)", ""),
        ] {
            assert_eq!(declarations(css), kept, "{css}");
        }
    }

    #[test]
    fn sheets_keep_rules_and_media_queries_only() {
        for (css, kept) in [
            (".a > b, #c:hover { color: red }", ".a > b, #c:hover{color:red;}"),
            ("@media (max-width: 600px) { .a { width: 100% } }", "@media (max-width: 600px){.a{width:100%;}}"),
            ("@import url(x.css); p { color: red }", "p{color:red;}"),
            ("@font-face { font-family: x; src: url(x) }", ""),
            ("@media (prefers-color-scheme: dark) { p { color: red } }", ""),
            ("p { background: url(x) }", ""),
            ("*[class=\"x\"] { display: none !important }", "*[class='x']{display:none !important;}"),
            ("p { color: {{brand}}; width: 1px }", "p{width:1px;}"),
        ] {
            assert_eq!(sheet(css), kept, "{css}");
        }
    }

    proptest! {
        #[test]
        fn no_sheet_can_end_its_element_or_fetch(css in "(\\PC|[{}()<>;:@'\"\\\\]|url\\(|</style|@import |@media |color:|\\\\75rl){0,60}") {
            for kept in [declarations(&css), sheet(&css)] {
                let lower = kept.to_ascii_lowercase();
                prop_assert!(!lower.contains(['<', '&', '"', '\\']), "{kept}");
                prop_assert!(!lower.contains("url(") && !lower.contains("@import"), "{kept}");
            }
        }
    }
}
