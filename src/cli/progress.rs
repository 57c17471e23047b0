//! How far a long run has come: one line on the terminal, gone before anything else is written there.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A run that is over by then shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// Between two looks at how far it has come.
const PACE: Duration = Duration::from_millis(100);
/// Columns of a terminal that does not say.
const COLUMNS: usize = 80;
/// Columns of the bar; more say no more.
const BAR: usize = 40;
/// Back to the start of the line, and nothing on it (ECMA-48, EL).
const BLANK: &[u8] = b"\r\x1b[K";

/// The line of the terminal that says how far the run has come. Shared by all that write to that terminal.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    done: AtomicUsize,
    line: Mutex<Line>,
}

/// What is on the terminal's last line.
#[derive(Debug, Default)]
struct Line {
    /// What this module wrote there.
    shown: String,
    /// Something else was begun there and not ended.
    taken: bool,
}

impl Progress {
    /// One more is done.
    pub fn step(&self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Shows how many of `total` are done, from half a second on until what comes back is dropped. Nothing where nobody watches standard error.
    pub fn show(&self, total: usize) -> Option<Showing> {
        if total < 2 || !is_watched() {
            return None;
        }
        self.0.done.store(0, Ordering::Relaxed);
        let (stop, stopped) = mpsc::channel::<()>();
        let progress = self.clone();
        let draw = move || {
            let mut patience = PATIENCE;
            while stopped.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                progress.draw(total);
                patience = PACE;
            }
        };
        let thread = std::thread::Builder::new().spawn(draw).ok()?;
        Some(Showing { stop: Some(stop), thread: Some(thread), progress: self.clone() })
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self, total: usize) {
        let columns = terminal_size::terminal_size_of(io::stderr()).map_or(COLUMNS, |(width, _)| width.0.into());
        let text = text(self.0.done.load(Ordering::Relaxed), total, columns);
        let mut line = self.line();
        if line.taken || line.shown == text {
            return;
        }
        // nobody is left to tell if this fails
        let _ = io::stderr().write_all(&[BLANK, text.as_bytes()].concat());
        line.shown = text;
    }
}

impl Line {
    fn clear(&mut self) {
        if !self.shown.is_empty() {
            self.shown.clear();
            let _ = io::stderr().write_all(BLANK);
        }
    }
}

/// Shows how far a run has come, until it is dropped.
#[derive(Debug)]
pub struct Showing {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
    progress: Progress,
}

impl Drop for Showing {
    fn drop(&mut self) {
        drop(self.stop.take());
        // a thread that draws a line has nothing to panic about
        let _ = self.thread.take().map(JoinHandle::join);
        self.progress.line().clear();
    }
}

/// A stream beside which progress is shown: if it goes to a terminal, the line is cleared before something is written.
#[derive(Debug)]
pub struct Beside<W> {
    stream: W,
    terminal: bool,
    progress: Progress,
}

impl<W: Write> Beside<W> {
    /// `terminal` says whether `stream` goes to one.
    pub fn new(stream: W, terminal: bool, progress: &Progress) -> Self {
        Self { stream, terminal, progress: progress.clone() }
    }
}

impl<W: Write> Write for Beside<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.terminal {
            return self.stream.write(bytes);
        }
        let mut line = self.progress.line();
        line.clear();
        let written = self.stream.write(bytes)?;
        if let Some(last) = bytes.get(..written).and_then(<[u8]>::last) {
            line.taken = *last != b'\n';
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Whether somebody looks at standard error, on a terminal that can clear a line.
fn is_watched() -> bool {
    let dumb = std::env::var_os("TERM").map_or(cfg!(unix), |term| term.is_empty() || term == "dumb");
    io::stderr().is_terminal() && !dumb && std::env::var_os("CI").is_none()
}

/// `[########                ] 812/2100`, never wider than the terminal.
fn text(done: usize, total: usize, columns: usize) -> String {
    let numbers = format!("{done}/{total}");
    // the last column stays free: some terminals wrap when it is written
    let free = columns.saturating_sub(numbers.len() + "[] ".len() + 1).min(BAR);
    if free < 8 {
        return numbers.chars().take(columns.saturating_sub(1)).collect();
    }
    let full = done.min(total) * free / total.max(1);
    format!("[{}{}] {numbers}", "#".repeat(full), " ".repeat(free - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fits_the_terminal() {
        assert_eq!(text(1, 4, 20), "[###          ] 1/4");
        assert_eq!(text(2100, 2100, 200), format!("[{}] 2100/2100", "#".repeat(40)));
        assert_eq!(text(0, 2100, 80), format!("[{}] 0/2100", " ".repeat(40)));
        for columns in 0..100 {
            assert!(text(12, 3456, columns).len() < columns.max(1), "{columns}");
        }
        assert_eq!(text(12, 3456, 9), "12/3456");
    }

    #[test]
    fn what_is_written_beside_it_is_written_as_it_is() {
        let (progress, mut out) = (Progress::default(), Vec::new());
        let mut beside = Beside::new(&mut out, true, &progress);
        beside.write_all(b"half a").expect("memory");
        assert!(progress.line().taken, "nothing may be drawn behind half a line");
        beside.write_all(b" line\n").expect("memory");
        assert!(!progress.line().taken);
        assert_eq!(out, b"half a line\n");
    }
}
