//! The samples of the lints' pages.

use super::Options;

/// A piece of a campaign from a page: fenced, or a fixture that the page names.
pub struct Sample {
    /// How it is to be read.
    pub options: Options,
    /// The same for the command line.
    pub flags: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The sections of a page: headings and texts.
pub fn sections(page: &str) -> Vec<(&str, String)> {
    let mut sections: Vec<(&str, String)> = Vec::new();
    let mut fenced = false;
    for line in page.lines() {
        fenced ^= line.starts_with("```");
        match line.strip_prefix("## ") {
            Some(heading) if !fenced => sections.push((heading, String::new())),
            _ => {
                if let Some((_, text)) = sections.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    sections
}

/// The sample in a section of the page of `lint`.
pub fn sample(lint: &str, section: &str) -> Sample {
    if let Some(path) = section.lines().find(|line| line.starts_with("fixtures/")) {
        let (path, options) = path.split_once(' ').unwrap_or((path, ""));
        let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{lint}: {path}: {error}"));
        return Sample { options: Options::parse(path, options), flags: flags(options), bytes };
    }
    let start = section.find("```").unwrap_or_else(|| panic!("{lint}: neither a fenced sample nor a fixture"));
    let (info, rest) = section[start + 3..].split_once('\n').unwrap();
    let code = &rest[..rest.find("\n```").unwrap_or_else(|| panic!("{lint}: the fence is not closed")) + 1];
    let (language, options) = info.split_once(' ').unwrap_or((info, ""));
    let name = format!("example.{language}");
    Sample { options: Options::parse(&name, options), flags: flags(options), bytes: code.as_bytes().to_vec() }
}

/// The options of a sample as the command line writes them; those that only a configuration can say are left out.
fn flags(options: &str) -> String {
    let flag = |option: &str| match option.split_once('=') {
        Some(("stage", stage)) => format!("--{stage} "),
        Some(("raw", _)) => "--raw ".to_owned(),
        Some((key @ ("purpose" | "own-domain" | "provider"), value)) => format!("--{key} {value} "),
        _ => String::new(),
    };
    options.split_whitespace().map(flag).collect()
}
