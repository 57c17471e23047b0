//! Standard output and standard error.

use super::progress::{Beside, Progress};
use anstream::{AutoStream, ColorChoice};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where a command writes.
pub struct Streams<'s> {
    /// Reports; buffered, written raw.
    pub out: Box<dyn Write + 's>,
    /// Complaints; colours are stripped where they are not wanted.
    pub err: Box<dyn Write + 's>,
    /// Whether standard output wants colours.
    pub color: bool,
    /// How far a long run has come.
    pub progress: Progress,
    /// Nobody waits any more for what a run has to say.
    pub ended: Arc<AtomicBool>,
}

impl<'s> Streams<'s> {
    /// Streams that go to `out` and `err`, without colours.
    pub fn new(out: Box<dyn Write + 's>, err: Box<dyn Write + 's>) -> Self {
        Self { out, err, color: false, progress: Progress::default(), ended: Arc::default() }
    }
}

impl Streams<'_> {
    /// Those of the process.
    pub fn standard(choice: ColorChoice) -> Self {
        let wants = match choice {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()),
            told => told,
        };
        let progress = Progress::default();
        let out = Beside::new(io::stdout().lock(), io::stdout().is_terminal(), &progress);
        let err = Beside::new(AutoStream::new(io::stderr(), choice), io::stderr().is_terminal(), &progress);
        Self { color: wants != ColorChoice::Never, progress, ..Self::new(Box::new(BufWriter::new(out)), Box::new(err)) }
    }

    /// Whether anybody still waits for what is to be written.
    ///
    /// # Errors
    /// Nobody does: as if the pipe were closed.
    pub fn still_wanted(&self) -> io::Result<()> {
        if self.ended.load(Ordering::Relaxed) { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    /// Writes to standard error, after all that was reported before it.
    ///
    /// # Errors
    /// A stream can't be written.
    pub fn complain(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.out.flush()?;
        write(&mut self.err)
    }

    /// Writes out what is still buffered.
    ///
    /// # Errors
    /// A stream can't be written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.err.flush()
    }
}
