//! `--fix`: what was mended is written, shown as a diff or handed on; what was not is told.

use super::args::FixFlags;
use super::diff::unified;
use super::input_list::Inputs;
use super::inputs::Input;
use super::write;
use crate::fix::{self, Trust};
use crate::lint::Linted;
use crate::source::{Kind, Source};
use std::path::PathBuf;

/// What became of one source.
#[derive(Debug, Default)]
pub struct Mending {
    /// How many diagnostics were mended.
    pub fixed: usize,
    /// How many would have been, had this not been about the diff.
    pub fixable: usize,
    /// For standard output: the text of standard input, or a diff.
    pub output: Vec<u8>,
    /// Why the source stays as it is.
    pub left: Option<Left>,
}

/// Why a source stays as it is.
#[derive(Debug)]
pub enum Left {
    /// Nothing is wrong but that somebody has to look: what to say, and what to do.
    Alone(String, &'static str),
    /// It can't be written.
    Unwritten(write::NotWritten),
}

/// Whether reports give way on standard output: to a diff, or to the text of standard input.
pub fn takes_output(flags: &FixFlags, paths: &[PathBuf]) -> bool {
    flags.fix && (flags.diff || paths.iter().any(|path| path.as_os_str() == "-"))
}

/// Whether what is written to one input can be seen in another, so that they have to wait for each other: for the same output on every run.
pub fn is_entangled(flags: &FixFlags, inputs: &Inputs) -> bool {
    let reads_others = |input: Input| match input {
        Input::File(name, path) => Kind::promised(&name) == Some(Kind::Mjml) || path.is_symlink(),
        Input::Message(..) | Input::Stdin(_) | Input::Unreadable(_) => false,
    };
    flags.fix && !flags.diff && inputs.iter().any(reads_others)
}

/// Mends a source, of which `linted` is what there is to say; if it is written, `linted` becomes what remains. `lint` says it of what comes after.
pub fn mend(
    flags: &FixFlags,
    input: &Input,
    source: Source,
    linted: &mut Linted,
    lint: impl FnMut(&Source) -> Linted,
) -> Mending {
    if !flags.fix {
        return Mending::default();
    }
    if matches!(input, Input::Message(..)) {
        // what is said of it is said of the whole file
        return Mending::default();
    }
    let (fixed, left) = match fixed(flags, &source, linted, lint) {
        Ok(fixed) => (fixed, None),
        Err(left) => (None, Some(left)),
    };
    let mut mending = Mending { left, ..Mending::default() };
    match (fixed, input) {
        (Some(fixed), _) if flags.diff => {
            mending.output = unified(&source.name, &source.bytes, &fixed.bytes);
            mending.fixable = fixed.count;
        }
        (None, Input::Stdin(_)) if !flags.diff => mending.output = source.bytes,
        (None, _) => {}
        (Some(fixed), Input::File(_, path)) => match write::replace(path, &source.bytes, &fixed.bytes) {
            Ok(()) => (mending.fixed, *linted) = (fixed.count, fixed.linted),
            Err(why) => mending.left = Some(Left::Unwritten(why)),
        },
        (Some(fixed), _) => {
            mending.output = fixed.bytes;
            (mending.fixed, *linted) = (fixed.count, fixed.linted);
        }
    }
    mending
}

fn fixed(
    flags: &FixFlags,
    source: &Source,
    linted: &Linted,
    lint: impl FnMut(&Source) -> Linted,
) -> Result<Option<fix::Fixed>, Left> {
    let trust = if flags.unsafe_fixes { Trust::Unsure } else { Trust::Sure };
    if !linted.panics.is_empty() || !linted.diagnostics.iter().any(|found| trust.can_fix(found)) {
        return Ok(None);
    }
    if !flags.force
        && let Some(field) = fix::seal(source)
    {
        let why = format!(
            "it was not fixed: it carries `{field}`, and is no longer what was signed or received if it is rewritten"
        );
        return Err(Left::Alone(why, "fix the template that it was made from, or rewrite it with `--force`"));
    }
    fix::fix(source, linted, trust, lint).map_err(|refused| {
        let help = "what can be mended is shown by the report; please report this as a bug of presend";
        Left::Alone(format!("it was not fixed: the result would be no better: {refused}"), help)
    })
}
