//! The files that `presend bounces` writes: addresses never to mail again, and a list without them. Nothing is ever overwritten.

use super::super::complaint;
use super::plain;
use crate::answers::bounces::address::key;
use crate::answers::list::clean::{Cleaned, clean};
use crate::answers::list::csv::quoted;
use crate::answers::tally::{Suppression, Totals};
use crate::cli::args::BouncesArgs;
use crate::cli::streams::Streams;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

/// Why the command line asks for what would overwrite something, and the way out.
pub fn refused(args: &BouncesArgs) -> Option<(String, Vec<String>)> {
    let same = |one: &Path, other: &Path| {
        one == other || one.canonicalize().ok().is_some_and(|path| other.canonicalize().ok() == Some(path))
    };
    if let (Some(list), Some(out)) = (&args.list, &args.clean)
        && same(list, out)
    {
        return Some((
            "`--clean` names the list itself".to_owned(),
            vec!["name a new file: the list stays as it is".to_owned()],
        ));
    }
    if args.clean.is_some() && args.clean == args.suppress {
        return Some(("`--clean` and `--suppress` name the same file".to_owned(), Vec::new()));
    }
    let there = [&args.suppress, &args.clean].into_iter().flatten().find(|file| file.symlink_metadata().is_ok())?;
    Some((
        format!("`{}` is there already", there.display()),
        vec!["name a new file, or move that one away: nothing is overwritten".to_owned()],
    ))
}

/// Writes what was asked for; what failed is told, and then the first is false.
///
/// # Errors
/// A stream can't be written.
pub fn all(args: &BouncesArgs, totals: &Totals, streams: &mut Streams<'_>) -> io::Result<(bool, Option<Cleaned>)> {
    let mut written = true;
    if let Some(file) = &args.suppress
        && let Err(error) = new_file(file, |out| suppressions(&totals.suppressions, out).map_err(|error| plain(&error)))
    {
        written = false;
        failed(file, &error, streams)?;
    }
    let (Some(list), Some(file)) = (&args.list, &args.clean) else { return Ok((written, None)) };
    let reasons: HashMap<String, &'static str> =
        totals.suppressions.iter().map(|one| (key(&one.address), one.reason)).collect();
    let mut cleaned = None;
    let done = new_file(file, |out| {
        let input = File::open(list).map_err(|error| format!("can't read `{}`: {}", list.display(), plain(&error)))?;
        let input = BufReader::with_capacity(1 << 16, input);
        let done = clean(input, out, args.column.as_deref(), |address| reasons.get(address).copied());
        cleaned = Some(done.map_err(|error| format!("`{}`: {error}", list.display()))?);
        Ok(())
    });
    match done {
        Ok(()) => Ok((written, cleaned)),
        Err(error) => {
            failed(file, &error, streams)?;
            Ok((false, None))
        }
    }
}

fn failed(file: &Path, error: &str, streams: &mut Streams<'_>) -> io::Result<()> {
    let message = format!("`{}` was not written: {error}", file.display());
    streams.complain(|err| complaint::say(err, &message, &[], &[]))
}

/// Writes a file that was not there before, whole or not at all.
fn new_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<(), String>) -> Result<(), String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".presend-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).map_err(|error| plain(&error))?;
    let mut out = BufWriter::with_capacity(1 << 16, file);
    write(&mut out)?;
    let file = out.into_inner().map_err(|error| plain(error.error()))?;
    file.persist_noclobber(path).map_err(|error| plain(&error.error))?;
    Ok(())
}

fn suppressions(all: &[Suppression], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "address,reason,code,when,file")?;
    for one in all {
        let fields = [&one.address, one.reason, &one.code, &one.when, &one.file].map(quoted);
        writeln!(out, "{}", fields.join(","))?;
    }
    Ok(())
}
