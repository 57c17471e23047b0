//! The files that a run writes: none twice, and none that it reads.

use super::args::CheckArgs;
use super::input_list::Inputs;
use super::inputs::Input;
use crate::source::{is_report_file, located};
use std::path::{Path, PathBuf};

/// A file to write, and the option that names it.
struct Target<'a> {
    option: &'static str,
    file: &'a Path,
    seat: PathBuf,
}

/// Where a file lies, or will lie, by whatever name: its links followed. A pipe or a stream is what it is called: several may lead to one terminal.
fn seat(path: &Path) -> PathBuf {
    if path.starts_with("/dev") || path.metadata().is_ok_and(|there| !there.is_file()) {
        return path.to_owned();
    }
    path.canonicalize().ok().or_else(|| located(path)).unwrap_or_else(|| path.to_owned())
}

fn targets(args: &CheckArgs) -> Vec<Target<'_>> {
    let outputs = args.outputs.iter().map(|output| ("--output", output.file.as_path()));
    let baseline = args.write_baseline.iter().map(|file| ("--write-baseline", file.as_path()));
    outputs.chain(baseline).map(|(option, file)| Target { option, file, seat: seat(file) }).collect()
}

/// What is wrong with the files that the command line wants written: one of them twice, or over another that it names.
pub fn conflict(args: &CheckArgs) -> Option<String> {
    let targets = targets(args);
    let twice = targets.iter().enumerate().find_map(|(at, target)| {
        let before = targets[..at].iter().find(|before| before.seat == target.seat)?;
        let file = target.file.display();
        Some(match before.option == target.option {
            true => format!("`{}` names `{file}` twice", target.option),
            false => format!("`{}` and `{}` both name `{file}`", before.option, target.option),
        })
    });
    let read = args.paths.iter().filter(|path| path.as_os_str() != "-" && !path.is_dir()).chain(&args.policy.config);
    let read: Vec<PathBuf> = read.chain(&args.zone).map(|path| seat(path)).collect();
    // a new baseline may well take the place of the old one
    let known = args.baseline.as_deref().map(seat);
    let is_read = |target: &&Target<'_>| {
        read.contains(&target.seat) || (target.option == "--output" && known.as_ref() == Some(&target.seat))
    };
    twice.or_else(|| targets.iter().find(is_read).map(|target| overwrites(target, target.file)))
}

/// Leaves out what the run itself writes.
///
/// # Errors
/// A campaign that a search found would be overwritten: what to say of it.
pub fn leave_out(args: &CheckArgs, inputs: &mut Inputs) -> Result<(), String> {
    let targets = targets(args);
    if targets.is_empty() {
        return Ok(());
    }
    let target_at = |path: &Path| targets.iter().find(|target| target.seat == seat(path));
    let mut wrong = None;
    inputs.retain(|input| {
        let (Input::File(_, path) | Input::Message(_, path, _)) = input else { return true };
        let Some(target) = target_at(&path) else { return true };
        let is_empty = path.metadata().is_ok_and(|there| there.len() == 0);
        if !is_empty && !is_report_file(&path) {
            wrong.get_or_insert_with(|| overwrites(target, &path));
        }
        false
    });
    wrong.map_or(Ok(()), Err)
}

fn overwrites(target: &Target<'_>, path: &Path) -> String {
    format!("`{}` would overwrite `{}`, which is read", target.option, path.display())
}
