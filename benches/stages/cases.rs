//! What is measured: campaigns that are generated into files, each by its name and a fixed seed, or the files of a folder.

use super::campaigns::{self, Faults, Transfer};
use presend::source::{DEFAULT_LIMIT, DiscoverOptions, discover};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The seed of every generated campaign; those of a folder count on from it.
const SEED: u64 = 7;
/// Templates in the case of many.
const MANY: u64 = 1_000;

/// Faulty links of the case with 500 diagnostics; the two others are the page's size and where its way out is.
const LINKS: usize = 498;

/// The generated cases. Sizes are those of the HTML before it is encoded; `clean` has no diagnostic with all lints on, `faulty` has 20,
/// but for the 200 KB ones, which are too large for Gmail.
const NAMES: &[&str] = &[
    "20k-8bit-clean",
    "20k-8bit-faulty",
    "20k-qp-clean",
    "20k-qp-faulty",
    "20k-base64-clean",
    "20k-base64-faulty",
    "60k-8bit-clean",
    "60k-8bit-faulty",
    "60k-qp-clean",
    "60k-qp-faulty",
    "60k-base64-clean",
    "60k-base64-faulty",
    "200k-8bit-clean",
    "200k-8bit-faulty",
    "200k-qp-clean",
    "200k-qp-faulty",
    "200k-base64-clean",
    "200k-base64-faulty",
    "60k-html-clean",
    "60k-html-faulty",
    "60k-template-clean",
    "60k-template-faulty",
    "200k-one-line-500",
    "20m-attachment",
    "1000-templates",
];

/// Files that are measured together.
pub struct Case {
    /// What it is called.
    pub name: String,
    /// Its files, in the order of their names.
    pub files: Vec<PathBuf>,
    /// Their size.
    pub bytes: u64,
}

/// The names of the generated cases.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().copied()
}

impl Case {
    /// Every mail and page below `folder` that presend would read.
    ///
    /// # Errors
    /// There is none, or the folder can't be searched.
    pub fn of_folder(folder: &Path) -> Result<Self, String> {
        let options = DiscoverOptions { respect_ignore: false, hidden: true, force_exclude: false };
        let discovery = discover(&[folder.to_owned()], &options);
        if let Some(error) = discovery.errors.first() {
            return Err(error.to_string());
        }
        let wanted = |path: &PathBuf| {
            let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
            extension.is_some_and(|extension| extension == "eml" || extension == "html" || extension == "htm")
        };
        let files: Vec<_> = discovery.found.iter().map(|found| found.path).filter(wanted).collect();
        let (files, large): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| size(path) <= DEFAULT_LIMIT);
        large.iter().for_each(|path| eprintln!("left out, over 64 MiB: {}", path.display()));
        if files.is_empty() {
            return Err(format!("no .eml and no .html in {}", folder.display()));
        }
        let name = folder.file_name().map_or_else(|| "folder".to_owned(), |name| name.to_string_lossy().into_owned());
        Ok(Self::new(name, files))
    }

    fn new(name: String, files: Vec<PathBuf>) -> Self {
        let bytes = files.iter().map(|file| size(file)).sum();
        Self { name, files, bytes }
    }
}

fn size(file: &Path) -> u64 {
    std::fs::metadata(file).map_or(0, |metadata| metadata.len())
}

/// Where generated campaigns lie for as long as they are needed.
pub struct Room(TempDir);

impl Room {
    /// A new folder in the target folder.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub fn new() -> io::Result<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        std::fs::create_dir_all(target)?;
        tempfile::Builder::new().prefix("stages-").tempdir_in(target).map(Self)
    }

    /// Generates the case of that name, one of [`names`].
    ///
    /// # Errors
    /// Nothing can be written.
    pub fn make(&self, name: &str) -> io::Result<Case> {
        let folder = self.0.path().join(name);
        std::fs::create_dir_all(&folder)?;
        let mut files = Vec::new();
        let mut write = |file: String, bytes: &[u8]| {
            let path = folder.join(file);
            std::fs::write(&path, bytes)?;
            files.push(path);
            io::Result::Ok(())
        };
        let words: Vec<&str> = name.split('-').collect();
        let faults = if words.last() == Some(&"faulty") { Faults::Twenty } else { Faults::None };
        let kilobytes = words[0].trim_end_matches('k').parse().unwrap_or_default();
        match words[1] {
            "templates" => {
                for number in 0..MANY {
                    let faults = if number % 2 == 0 { Faults::None } else { Faults::Twenty };
                    write(format!("{number:04}.html"), campaigns::template(SEED + number, 20, faults).as_bytes())?;
                }
            }
            "template" => write("campaign.html".into(), campaigns::template(SEED, kilobytes, faults).as_bytes())?,
            "one" => write("campaign.html".into(), campaigns::one_line(SEED, kilobytes, LINKS).as_bytes())?,
            "attachment" => write("campaign.eml".into(), &campaigns::with_attachment(SEED, 20))?,
            "html" => write("campaign.eml".into(), &campaigns::html_only(SEED, kilobytes, faults))?,
            transfer => {
                let transfer = match transfer {
                    "qp" => Transfer::QuotedPrintable,
                    "base64" => Transfer::Base64,
                    _ => Transfer::EightBit,
                };
                write("campaign.eml".into(), &campaigns::message(SEED, kilobytes, transfer, faults))?;
            }
        }
        Ok(Case::new(name.to_owned(), files))
    }
}
