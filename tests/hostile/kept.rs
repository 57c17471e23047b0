//! The properties of the fuzz targets, on inputs that once broke one of them and on accidents that befall our own examples.

use super::common::pages::sections;
use super::mutated::Seeded;
use super::properties::{ALL, CHOICES, Property};
use presend::lints::REGISTRY;
use std::cell::Cell;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Inputs for each property, beside those that were kept; more with `PRESEND_ACCIDENTS`.
const ACCIDENTS: usize = 12;

/// Far more than any of these takes, without optimisation, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(20);

fn inside(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Fixtures and the examples of the pages.
fn seeds() -> Vec<Vec<u8>> {
    let small = files(&inside("fixtures")).into_iter().map(|path| fs::read(path).unwrap());
    let mut seeds: Vec<_> = small.filter(|bytes| bytes.len() < 20_000).collect();
    for (_, lint) in REGISTRY.lints() {
        for (_, section) in sections(lint.page) {
            let code = section.split_once("```").and_then(|(_, fenced)| fenced.split_once('\n'));
            seeds.extend(code.and_then(|(_, code)| code.split_once("```")).map(|(code, _)| code.as_bytes().to_vec()));
        }
    }
    seeds
}

thread_local! {
    static PANICS: Cell<usize> = const { Cell::new(0) };
}

/// Counts panics of each thread: some are caught, and nothing would be heard of them here.
static COUNTED: LazyLock<()> = LazyLock::new(|| {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.set(PANICS.get() + 1);
        told(panic);
    }));
});

fn holds((name, property): Property, input: &[u8], what: &str) {
    LazyLock::force(&COUNTED);
    let (started, before) = (Instant::now(), PANICS.get());
    let held = catch_unwind(|| property(input));
    assert!(
        held.is_ok() && PANICS.get() == before,
        "`{name}` does not hold of {what}: {:?}",
        input.escape_ascii().to_string()
    );
    assert!(started.elapsed() < PATIENCE, "`{name}` takes {:?} for {what}", started.elapsed());
}

/// Also those of the folder `PRESEND_INPUTS`, `fuzz/corpus` say.
#[test]
fn of_inputs_that_once_broke_them() {
    let more = std::env::var_os("PRESEND_INPUTS").map(|folder| files(Path::new(&folder)));
    for path in files(&inside("tests/hostile/kept")).into_iter().chain(more.unwrap_or_default()) {
        let folder = path.parent().and_then(Path::file_name).unwrap();
        let property = ALL.iter().find(|(name, _)| *name == folder).expect("a folder called as a property");
        holds(*property, &fs::read(&path).unwrap(), &path.display().to_string());
    }
}

#[test]
fn of_nothing_and_of_accidents() {
    let seeds = seeds();
    let count = std::env::var("PRESEND_ACCIDENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(ACCIDENTS);
    for property in ALL {
        let mut random = Seeded(0x9e37_79b9_7f4a_7c15);
        for nth in 0..=CHOICES {
            holds(property, &vec![0; nth], "nothing");
        }
        for _ in 0..count {
            let seed = seeds[random.below(seeds.len())].clone();
            let choices: Vec<u8> = (0..CHOICES).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
            let input = [choices, random.mutated(seed)].concat();
            holds(property, &input, "an accident");
        }
    }
}

#[test]
fn have_a_target_each() {
    let targets = files(&inside("fuzz/fuzz_targets"));
    let mut targets: Vec<_> = targets.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()).collect();
    let mut names: Vec<_> = ALL.iter().map(|(name, _)| *name).collect();
    targets.sort_unstable();
    names.sort_unstable();
    assert_eq!(targets, names);
}
