//! The words: reads `lints/data/words/*.toml` and its neighbours, checks them, and writes the tables of `src/knowledge/words`.

#[path = "../../src/knowledge/words/fold.rs"]
#[allow(dead_code, reason = "the library needs the rest")]
pub mod fold;
#[path = "../../src/knowledge/words/heads.rs"]
#[allow(dead_code, reason = "the library needs the rest")]
mod heads;
#[path = "../../src/knowledge/words/meaning.rs"]
#[allow(dead_code, reason = "the library needs the rest")]
mod meaning;
#[path = "../../src/knowledge/words/packed.rs"]
#[allow(dead_code, reason = "the library needs the rest")]
mod packed;
#[path = "../../src/knowledge/words/record.rs"]
#[allow(dead_code, reason = "the library needs the rest")]
mod record;

pub mod phrase;
mod read;
pub mod tables;

use std::path::Path;

use phrase::Entry;

/// Writes the tables to the output folder. Data that is wrong ends the build with the file and the entry.
pub fn compile() {
    for watched in
        ["build", "lints/data/words", "lints/data/bulk.toml", "lints/data/url_hints.toml", "lints/data/subjects.toml"]
    {
        println!("cargo::rerun-if-changed={watched}");
    }
    for shared in ["fold", "heads", "meaning", "packed", "record"] {
        println!("cargo::rerun-if-changed=src/knowledge/words/{shared}.rs");
    }
    if let Err(mistake) = write_all() {
        // fails the build, with nothing but this line
        println!("cargo::error={mistake}");
    }
}

fn write_all() -> Result<(), String> {
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let out = Path::new(&out);
    let data = Path::new("lints/data");

    let (languages, entries) = languages(data)?;
    tables::write(out, "phrases", &entries)?;
    write_rust(out, "words.rs", &[("LANGUAGES", "BCP 47 language of each number in the tables.", &languages)])?;

    let hints = read::url_hints(&data.join("url_hints.toml"))?;
    tables::write(out, "url_hints", &hints.entries)?;
    write_rust(
        out,
        "url_hints.rs",
        &[
            ("ARTICLE_FOLDERS", "Path segments behind which articles stand.", &hints.article_folders),
            ("DECOYS", "Words beside which a hint is the subject of an article or a cookie banner.", &hints.decoys),
            ("CAMPAIGN_PARAMETERS", "How parameters begin that name the campaign.", &hints.campaign_parameters),
        ],
    )?;

    let subjects = read::subjects(&data.join("subjects.toml"))?;
    let tables = [
        ("VAGUE", "Folded subjects that say nothing.", &subjects.vague[..]),
        ("REPLY_PREFIXES", "Folded prefixes of replies and forwards, without the colon.", &subjects.reply_prefixes[..]),
        (
            "AUTOMATIC_PREFIXES",
            "Folded prefixes of automatic replies, without the colon.",
            &subjects.automatic_prefixes[..],
        ),
    ];
    write_rust(out, "subjects.rs", &tables.map(|(name, says, list)| (name, says, list)))
}

/// The languages by number, and the entries of all their files. English first: of equal phrases the first language is named.
fn languages(data: &Path) -> Result<(Vec<String>, Vec<Entry>), String> {
    let folder = data.join("words");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|file| file.ok().map(|file| file.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort_by_key(|path| (path.file_stem().is_none_or(|stem| stem != "en"), path.clone()));
    files.push(data.join("bulk.toml"));
    let (mut languages, mut entries) = (Vec::new(), Vec::new());
    for path in files {
        read::language(&path, &mut languages, &mut entries)?;
    }
    Ok((languages, entries))
}

fn write_rust(out: &Path, name: &str, lists: &[(&str, &str, &[String])]) -> Result<(), String> {
    let text: String =
        lists.iter().map(|(name, says, list)| format!("/// {says}\nstatic {name}: &[&str] = &{list:?};\n")).collect();
    std::fs::write(out.join(name), text).map_err(|error| format!("{name}: {error}"))
}
