//! What is wrong with the value of a List-* field by RFC 2369 §2: URIs in angle brackets, separated by commas, comments outside the brackets.

use super::comment_end;
use crate::message::tags::{self, Dialect};
use crate::message::{Spot, View, ViewId};
use crate::source::ViewSpan;

/// A fault in the value of a List-* field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListFault {
    /// What it is.
    pub kind: ListFaultKind,
    /// Where it is.
    pub span: ViewSpan,
    /// What to write in the place of `repair.0`, where nothing else can be meant.
    pub repair: Option<(ViewSpan, String)>,
}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListFaultKind {
    /// Nothing stands there at all.
    NoValue,
    /// A URI that stands in no brackets.
    NoBrackets,
    /// `<` without `>`.
    NotClosed,
    /// Blanks between the brackets.
    Blanks,
    /// Nothing stands between the brackets, or nothing behind the scheme.
    EmptyUri,
    /// A mail address without `mailto:`.
    BareAddress,
    /// What stands between the brackets has no scheme.
    NoScheme,
    /// Two URIs without a comma between them.
    NoComma,
    /// A comma with nothing before or behind it.
    SpareComma,
    /// Text that is neither a URI nor a comment.
    StrayText,
    /// Encoded words, which nobody decodes there (RFC 2047 §5).
    EncodedWord,
}

impl ListFault {
    /// The place in the message.
    pub fn spot(&self, view: ViewId) -> Spot {
        Spot { view, span: self.span }
    }
}

/// The faults of a List-* value in order. Merge tags are taken for whatever would be right in their place.
pub fn list_faults(value: &View<'_>) -> Vec<ListFault> {
    if let Some(word) = value.encoded_words().first() {
        return vec![ListFault { kind: ListFaultKind::EncodedWord, span: *word, repair: None }];
    }
    faults(value.text())
}

fn faults(text: &str) -> Vec<ListFault> {
    // `<%` and `<?` begin a tag, not a URI: what stands between them is filled in later.
    let tags = tags::scan(text, false, &Dialect::default());
    let mut bytes = text.as_bytes().to_vec();
    for tag in &tags {
        bytes[tag.span.range()].fill(TAG);
    }
    let Ok(masked) = String::from_utf8(bytes) else { return Vec::new() };
    Reader { text: &masked, at: 0, items: 0, since_item: Gap::Start, faults: Vec::new() }.read()
}

/// Stands for each byte of a merge tag.
const TAG: u8 = 0x1A;

/// What came since the last URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Start,
    Nothing,
    Comma(usize),
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    items: usize,
    since_item: Gap,
    faults: Vec<ListFault>,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<ListFault> {
        while let Some(character) = self.text[self.at..].chars().next() {
            match character {
                '(' => self.at = comment_end(self.text, self.at),
                ',' => self.comma(),
                '<' => self.bracketed(),
                _ if character.is_whitespace() => self.at += character.len_utf8(),
                _ => self.loose(),
            }
        }
        match self.since_item {
            Gap::Comma(at) if self.items > 0 => self.spare(at),
            Gap::Start if self.faults.is_empty() => self.fault(ListFaultKind::NoValue, 0, self.text.len(), None),
            _ => {}
        }
        self.faults
    }

    fn fault(&mut self, kind: ListFaultKind, start: usize, end: usize, repair: Option<(ViewSpan, String)>) {
        self.faults.push(ListFault { kind, span: ViewSpan::new(start, end), repair });
    }

    fn spare(&mut self, at: usize) {
        let comma = ViewSpan::new(at, at + 1);
        // a semicolon that was to become a comma parts nothing either
        if let Some(semicolon) =
            self.faults.iter_mut().find(|fault| fault.repair.as_ref().is_some_and(|(span, _)| *span == comma))
        {
            semicolon.repair = Some((comma, String::new()));
            return;
        }
        self.fault(ListFaultKind::SpareComma, at, at + 1, Some((comma, String::new())));
    }

    fn comma(&mut self) {
        match self.since_item {
            Gap::Nothing => self.since_item = Gap::Comma(self.at),
            Gap::Start | Gap::Comma(_) => self.spare(self.at),
        }
        self.at += 1;
    }

    fn item(&mut self, start: usize) {
        if self.since_item == Gap::Nothing && self.items > 0 {
            let end = self.text[..start].trim_end().len();
            let missing = Some((ViewSpan::at(end), ",".to_owned()));
            self.fault(ListFaultKind::NoComma, end, start, missing);
        }
        self.items += 1;
        self.since_item = Gap::Nothing;
    }

    fn bracketed(&mut self) {
        let open = self.at;
        self.item(open);
        let start = open + 1;
        let stop = self.text[start..].find(['>', '<']).map_or(self.text.len(), |end| start + end);
        if !self.text[stop..].starts_with('>') {
            // It ends where a comma or a blank parts it from the next.
            let end = start + self.text[start..stop].trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
            self.fault(ListFaultKind::NotClosed, open, end, Some((ViewSpan::at(end), ">".to_owned())));
            self.at = end;
            return;
        }
        self.at = stop + 1;
        self.uri(start, stop);
    }

    fn uri(&mut self, start: usize, end: usize) {
        let inner = &self.text[start..end];
        let uri: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
        let has_tag = inner.as_bytes().contains(&TAG);
        if is_empty_uri(&uri) {
            self.fault(ListFaultKind::EmptyUri, start - 1, end + 1, None);
        } else if inner.contains(char::is_whitespace) {
            let whole = ViewSpan::new(start, end);
            let repair = (!has_tag).then_some((whole, uri));
            let blank = inner.find(char::is_whitespace).map_or(start, |at| start + at);
            let length = inner[blank - start..].len() - inner[blank - start..].trim_start().len();
            self.fault(ListFaultKind::Blanks, blank, blank + length, repair);
        } else if !has_tag && !has_scheme(&uri) {
            let is_address = is_address(&uri);
            let kind = if is_address { ListFaultKind::BareAddress } else { ListFaultKind::NoScheme };
            let repair = is_address.then(|| (ViewSpan::at(start), "mailto:".to_owned()));
            self.fault(kind, start, end, repair);
        }
    }

    /// A word outside of brackets and comments.
    fn loose(&mut self) {
        let start = self.at;
        let end = self.text[start..]
            .find(|c: char| c.is_whitespace() || "<>(".contains(c))
            .map_or(self.text.len(), |end| start + end);
        // `https://a/b,mailto:c@d`: a comma in a URI is one of the URI's unless another scheme follows.
        let end = split_at_scheme(&self.text[start..end]).map_or(end, |at| start + at);
        let word = self.text[start..end].trim_end_matches(',');
        let end = start + word.len();
        if word.as_bytes().contains(&TAG) {
            self.since_item = Gap::Nothing;
            self.items += 1;
            self.at = end.max(start + 1);
            return;
        }
        self.at = end.max(start + 1);
        let whole = ViewSpan::new(start, end);
        if has_scheme(word) && !is_empty_uri(word) {
            self.item(start);
            self.fault(ListFaultKind::NoBrackets, start, end, Some((whole, format!("<{word}>"))));
        } else if is_address(word) {
            self.item(start);
            self.fault(ListFaultKind::BareAddress, start, end, Some((whole, format!("<mailto:{word}>"))));
        } else {
            let separates = word == ";" && self.since_item == Gap::Nothing;
            if separates {
                self.since_item = Gap::Comma(start);
            }
            self.fault(ListFaultKind::StrayText, start, self.at, separates.then(|| (whole, ",".to_owned())));
        }
    }
}

fn split_at_scheme(word: &str) -> Option<usize> {
    word.match_indices(',').map(|(at, _)| at).find(|at| {
        let rest = &word[at + 1..];
        rest.is_empty() || has_scheme(rest) || is_address(rest)
    })
}

fn has_scheme(uri: &str) -> bool {
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_empty_uri(uri: &str) -> bool {
    let rest = uri.split_once(':').map_or(uri, |(_, rest)| rest);
    rest.trim_start_matches('/').is_empty()
}

fn is_address(word: &str) -> bool {
    let (local, domain) = word.split_once('@').unwrap_or(("", ""));
    !local.is_empty() && domain.contains('.') && !domain.contains(['@', '/', ':']) && !local.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: &str) -> Vec<(ListFaultKind, &str)> {
        faults(value).iter().map(|fault| (fault.kind, &value[fault.span.range()])).collect()
    }

    fn repaired(value: &str) -> String {
        let mut text = value.to_owned();
        for fault in faults(value).iter().rev() {
            if let Some((span, replacement)) = &fault.repair {
                text.replace_range(span.range(), replacement);
            }
        }
        text
    }

    #[test]
    fn nothing_is_wrong_with() {
        for value in [
            "<https://x.example/u>",
            "<mailto:u@x.example?subject=unsub>, <https://x.example/u?a=1,2>",
            "<https://x.example/u>,<mailto:u@x.example>",
            "(use this) <https://x.example/u> (one click), <mailto:u@x.example> (or a mail)",
            "<{{ unsubscribe_url }}>",
            "{{ list_unsubscribe }}",
            "<https://x.example/{{ id }}>, <mailto:{{ address }}>",
            "<%unsubscribe_url%>",
            "<*|UNSUB|*>",
        ] {
            assert_eq!(said(value), [], "{value}");
        }
    }

    #[test]
    fn what_is_wrong_with() {
        use ListFaultKind::*;
        for (value, faults) in [
            ("", vec![(NoValue, "")]),
            ("(nothing)", vec![(NoValue, "(nothing)")]),
            ("https://x.example/u", vec![(NoBrackets, "https://x.example/u")]),
            (
                "https://x.example/u,mailto:u@x.example",
                vec![(NoBrackets, "https://x.example/u"), (NoBrackets, "mailto:u@x.example")],
            ),
            ("https://x.example/u?a=1,2", vec![(NoBrackets, "https://x.example/u?a=1,2")]),
            ("u@x.example", vec![(BareAddress, "u@x.example")]),
            ("<u@x.example>", vec![(BareAddress, "u@x.example")]),
            ("<x.example/u>", vec![(NoScheme, "x.example/u")]),
            ("<>", vec![(EmptyUri, "<>")]),
            ("<mailto:>", vec![(EmptyUri, "<mailto:>")]),
            ("<https://>", vec![(EmptyUri, "<https://>")]),
            ("<https://x.example/u", vec![(NotClosed, "<https://x.example/u")]),
            ("<https://x.example/u, <mailto:u@x.example>", vec![(NotClosed, "<https://x.example/u")]),
            ("<https://x.example/ u>", vec![(Blanks, " ")]),
            ("<https://x.example/u> <mailto:u@x.example>", vec![(NoComma, " ")]),
            ("<https://x.example/u>,, <mailto:u@x.example>", vec![(SpareComma, ",")]),
            ("<https://x.example/u>,", vec![(SpareComma, ",")]),
            ("Unsubscribe: <https://x.example/u>", vec![(StrayText, "Unsubscribe:")]),
            ("<https://x.example/u>; <mailto:u@x.example>", vec![(StrayText, ";")]),
        ] {
            assert_eq!(said(value), faults, "{value}");
        }
    }

    #[test]
    fn repairs_leave_nothing_to_say() {
        for value in [
            "https://x.example/u",
            "https://x.example/u, mailto:u@x.example",
            "u@x.example",
            "<u@x.example>",
            "<https://x.example/u, <mailto:u@x.example>",
            "< https://x.example/u >",
            "<https://x.example/u> <mailto:u@x.example>",
            "<https://x.example/u>,, <mailto:u@x.example>,",
            "<https://x.example/u>; <mailto:u@x.example>",
        ] {
            assert_eq!(said(&repaired(value)), [], "{value}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

        #[test]
        fn any_value_is_read_to_its_end(value in "[<>(),;: a-z@./{}%é]{0,60}") {
            for fault in faults(&value) {
                proptest::prop_assert!(value.get(fault.span.range()).is_some());
            }
        }
    }
}
