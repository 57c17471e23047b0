//! The groups of runs, each with what is to be seen in it.

use super::campaigns::{self, Faults};
use super::inputs::Room;
use super::server;
use super::table::{self, Row};
use super::usage::Run;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A group: it makes its inputs, measures and says what follows.
type Group = fn(&Bench) -> Result<(), String>;

const GROUPS: &[(&str, Group)] = &[
    ("version", version),
    ("small", small),
    ("templates", templates),
    ("files", files),
    ("formats", formats),
    ("stream", stream),
    ("mailboxes", mailboxes),
    ("editor", editor),
];

/// What all groups need.
struct Bench {
    program: PathBuf,
    room: Room,
}

/// Runs the groups that the arguments ask for.
///
/// # Errors
/// An argument is wrong, an input can't be written, or a run failed.
pub fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let (mut names, mut folder) = (Vec::new(), None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // cargo says so to every benchmark
            "--bench" => {}
            "--list" => {
                GROUPS.iter().for_each(|(name, _)| println!("{name}"));
                return Ok(());
            }
            "--folder" => folder = Some(arguments.next().ok_or("`--folder` needs a value")?),
            // the other benchmark's
            "--seconds" => drop(arguments.next()),
            unknown if unknown.starts_with('-') => return Err(format!("unknown option `{unknown}`")),
            _ => names.push(argument),
        }
    }
    let wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| name.contains(wanted.as_str()));
    let groups: Vec<_> = GROUPS.iter().filter(|(name, _)| folder.is_none() && wanted(name)).collect();
    if groups.is_empty() && folder.is_none() {
        return Ok(());
    }
    let program = std::env::var_os("PRESEND").map_or_else(|| env!("CARGO_BIN_EXE_presend").into(), PathBuf::from);
    println!("{}, {} cores", program.display(), std::thread::available_parallelism().map_or(1, usize::from));
    table::head();
    let bench = Bench { program, room: Room::new().map_err(unwritten)? };
    match folder {
        Some(folder) => bench.two_threads(&folder, Path::new(&folder), 3),
        None => groups.iter().try_for_each(|(_, group)| group(&bench)),
    }
}

fn unwritten(error: io::Error) -> String {
    format!("an input can't be written: {error}")
}

/// `presend check` as a script calls it, with all lints on.
fn check(format: &str, threads: usize, path: &Path) -> Run {
    let threads = threads.to_string();
    let arguments = ["check", "--no-config", "-W", "pedantic", "--format", format, "--threads", &threads];
    Run::of(arguments.map(OsString::from).into_iter().chain([path.into()]))
}

impl Bench {
    fn measure(&self, rows: &[Row], times: usize) -> Result<Vec<table::Taken>, String> {
        table::measure(&self.program, rows, times)
    }

    /// One thread and two in turn, and how many times faster two are.
    fn two_threads(&self, name: &str, path: &Path, times: usize) -> Result<(), String> {
        let row = |threads| (format!("{name}, threads: {threads}"), check("json", threads, path));
        let taken = self.measure(&[row(1), row(2)], times)?;
        println!("  two threads are {:.2} times as fast as one", taken[0].wall() / taken[1].wall());
        Ok(())
    }

    /// The same run on inputs of growing number, and how much more memory each takes than the one before.
    fn growing(
        &self,
        name: &str,
        counts: &[usize],
        input: impl Fn(usize) -> io::Result<PathBuf>,
        run: impl Fn(&Path) -> Run,
    ) -> Result<(), String> {
        let mut before = None;
        for &count in counts {
            let path = input(count).map_err(unwritten)?;
            let taken = self.measure(&[(format!("{count} {name}"), run(&path))], 1)?;
            self.room.delete(&path);
            if let Some(before) = before.replace(taken[0].peak()) {
                println!("  {:+.1} MB", taken[0].peak() - before);
            }
        }
        Ok(())
    }
}

fn version(bench: &Bench) -> Result<(), String> {
    bench.measure(&[("--version".to_owned(), Run::of(["--version"]))], 101).map(drop)
}

fn small(bench: &Bench) -> Result<(), String> {
    let path = bench.room.message(10).map_err(unwritten)?;
    let default = Run::of(["check".into(), "--no-config".into(), path.clone().into_os_string()]);
    let rows = [
        ("check of a 10 KB message, as it is called by hand".to_owned(), default),
        ("the same, all lints on, JSON, one thread".to_owned(), check("json", 1, &path)),
    ];
    bench.measure(&rows, 101).map(drop)
}

fn templates(bench: &Bench) -> Result<(), String> {
    let folder = bench.room.templates(10_000, 20_000).map_err(unwritten)?;
    bench.two_threads("10000 templates of 20 KB", &folder, 3)?;
    bench.room.delete(&folder);
    Ok(())
}

fn files(bench: &Bench) -> Result<(), String> {
    let input = |count| bench.room.templates(count, 4_000);
    bench.growing("small templates, json, two threads", &[1_000, 10_000, 100_000], input, |path| check("json", 2, path))
}

fn formats(bench: &Bench) -> Result<(), String> {
    for format in ["human", "short", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "html"] {
        let input = |count| bench.room.templates(count, 4_000);
        let name = format!("small templates, {format}, two threads");
        bench.growing(&name, &[1_000, 10_000], input, |path| check(format, 2, path))?;
    }
    Ok(())
}

fn stream(bench: &Bench) -> Result<(), String> {
    let input = |count| bench.room.records(count, 4_000);
    let run = |path: &Path| Run::of(["stream", "--no-config", "--exit-zero", "--threads", "2"]).fed(path);
    bench.growing("records to stream, two threads", &[1_000, 10_000, 100_000], input, run)
}

fn mailboxes(bench: &Bench) -> Result<(), String> {
    let mbox = |count| bench.room.mbox(count, 4_000);
    bench.growing("messages in an mbox, two threads", &[1_000, 10_000], mbox, |path| check("json", 2, path))?;
    let maildir = |count| bench.room.maildir(count, 4_000);
    bench.growing("messages in a Maildir, two threads", &[1_000, 10_000], maildir, |path| check("json", 2, path))
}

fn editor(bench: &Bench) -> Result<(), String> {
    for (name, faults) in [("clean", Faults::None), ("faulty", Faults::Twenty)] {
        let buffer = campaigns::template(7, 200, faults);
        // as fast as they come, and as somebody types, when a processor has time to fall asleep
        for pause in [Duration::ZERO, Duration::from_millis(60)] {
            let taken = server::changes(&bench.program, &buffer, 50, pause)?;
            let pause = pause.as_millis();
            table::clock(&format!("change to diagnostics, 200 KB, {name}, pauses of {pause} ms"), &taken);
        }
    }
    Ok(())
}
