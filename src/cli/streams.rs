//! Standard output and standard error.

use anstream::{AutoStream, ColorChoice};
use std::io::{self, BufWriter, Write};

/// Where a command writes.
pub struct Streams<'s> {
    /// Reports; buffered, written raw.
    pub out: Box<dyn Write + 's>,
    /// Complaints; colours are stripped where they are not wanted.
    pub err: Box<dyn Write + 's>,
    /// Whether standard output wants colours.
    pub color: bool,
}

impl Streams<'_> {
    /// Those of the process.
    pub fn standard(choice: ColorChoice) -> Self {
        let wants = match choice {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()),
            told => told,
        };
        Self {
            out: Box::new(BufWriter::new(io::stdout().lock())),
            err: Box::new(AutoStream::new(io::stderr(), choice)),
            color: wants != ColorChoice::Never,
        }
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
