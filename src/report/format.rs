//! The formats by name.

use super::{Options, Report, github, gitlab, html, human, json, json_lines, junit, rdjson, sarif, short};
use std::fmt;

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// As rustc reports, for people at a terminal.
    #[default]
    Human,
    /// One line a diagnostic: `file:line:column: level[lint]: message`.
    Short,
    /// One JSON document, as `schemas/report.schema.json` says.
    Json,
    /// One JSON object a diagnostic and line, with rustc's field names.
    JsonLines,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// Reviewdog's diagnostic format.
    Rdjson,
    /// One page to look at and to forward.
    Html,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Human,
        Self::Short,
        Self::Json,
        Self::JsonLines,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
        Self::Rdjson,
        Self::Html,
    ];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::JsonLines => "json-lines",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Rdjson => "rdjson",
            Self::Html => "html",
        }
    }

    /// Reads the word; upper and lower case are the same.
    ///
    /// # Errors
    /// When there is no such format; the error names the word, the nearest format and all formats.
    pub fn parse(word: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL.into_iter().find(|format| format.name().eq_ignore_ascii_case(word));
        found.ok_or_else(|| UnknownFormat { word: word.to_owned() })
    }

    /// A report in this format.
    pub fn report(self, options: Options) -> Box<dyn Report> {
        match self {
            Self::Human => Box::new(human::Human::new(options)),
            Self::Short => Box::new(short::Short),
            Self::Json => Box::new(json::Json::new(options.verbose)),
            Self::JsonLines => Box::new(json_lines::JsonLines::new(options)),
            Self::Sarif => Box::new(sarif::Sarif::new(options)),
            Self::Github => Box::new(github::Github::new(options)),
            Self::Gitlab => Box::new(gitlab::Gitlab::new(options)),
            Self::Junit => Box::new(junit::Junit::default()),
            Self::Rdjson => Box::new(rdjson::Rdjson::new(options)),
            Self::Html => Box::new(html::Html::new(options)),
        }
    }
}

/// A word that is no format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat {
    word: String,
}

impl std::error::Error for UnknownFormat {}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown format `{}`", super::visible::visible(&self.word))?;
        let distance = |format: &Format| edits(&self.word.to_ascii_lowercase(), format.name());
        let nearest = Format::ALL.into_iter().min_by_key(distance).filter(|format| distance(format) <= 2);
        if let Some(format) = nearest {
            write!(f, "; did you mean `{}`?", format.name())?;
        }
        write!(f, " (formats: {})", Format::ALL.map(Format::name).join(", "))
    }
}

/// How many characters have to be put in, taken out or replaced to make `to` of `from`; words over 20 bytes are far
/// from everything.
fn edits(from: &str, to: &str) -> usize {
    if from.len() > 20 {
        return usize::MAX;
    }
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (nth, a) in from.chars().enumerate() {
        let mut diagonal = nth;
        row[0] = nth + 1;
        for (at, &b) in to.iter().enumerate() {
            let best = (diagonal + usize::from(a != b)).min(row[at] + 1).min(row[at + 1] + 1);
            diagonal = std::mem::replace(&mut row[at + 1], best);
        }
    }
    row[to.len()]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_read_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.name()), Ok(format));
        }
        assert_eq!(Format::parse("JSON"), Ok(Format::Json));
    }

    #[test]
    fn a_word_that_is_none_is_named_with_the_nearest() {
        let error = |word| Format::parse(word).unwrap_err().to_string();
        let all = Format::ALL.map(Format::name).join(", ");
        assert_eq!(error("jsno"), format!("unknown format `jsno`; did you mean `json`? (formats: {all})"));
        assert_eq!(error("csv"), format!("unknown format `csv` (formats: {all})"));
        assert_eq!(error("\x1b"), format!("unknown format `␛` (formats: {all})"));
        assert!(error(&"x".repeat(10_000)).ends_with(&format!("(formats: {all})")));
    }

    #[test]
    fn edits_are_counted() {
        assert_eq!(edits("shrt", "short"), 1);
        assert_eq!(edits("", "json"), 4);
        assert_eq!(edits("humane", "human"), 1);
    }
}
