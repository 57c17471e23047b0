//! Inputs for whole runs: folders of templates, records, mailboxes. Each is generated when it is asked for, and deleted with the room.

use super::campaigns::{self, Faults, Transfer};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Different campaigns; further ones are the same again, so that a million can be written in no time.
const DIFFERENT: usize = 64;

/// Where inputs lie for as long as they are needed.
pub struct Room(TempDir);

impl Room {
    /// A new folder in the target folder.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub fn new() -> io::Result<Self> {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        fs::create_dir_all(target)?;
        tempfile::Builder::new().prefix("process-").tempdir_in(target).map(Self)
    }

    /// One message of that many KB.
    ///
    /// # Errors
    /// Nothing can be written.
    pub fn message(&self, kilobytes: usize) -> io::Result<PathBuf> {
        let path = self.0.path().join(format!("{kilobytes}k.eml"));
        fs::write(&path, campaigns::message(7, kilobytes, Transfer::QuotedPrintable, Faults::None))?;
        Ok(path)
    }

    /// A folder of `count` templates of about `bytes` bytes, a hundred in each of its folders.
    ///
    /// # Errors
    /// Nothing can be written.
    pub fn templates(&self, count: usize, bytes: usize) -> io::Result<PathBuf> {
        let folder = self.0.path().join(format!("{count}-templates-{bytes}"));
        let different = different(|seed, faults| template(seed, bytes, faults).into_bytes());
        for number in 0..count {
            let inner = folder.join(format!("{:04}", number / 100));
            if number % 100 == 0 {
                fs::create_dir_all(&inner)?;
            }
            fs::write(inner.join(format!("{number:06}.html")), &different[number % DIFFERENT])?;
        }
        Ok(folder)
    }

    /// `count` records for `presend stream`, one a line.
    ///
    /// # Errors
    /// Nothing can be written.
    pub fn records(&self, count: usize, bytes: usize) -> io::Result<PathBuf> {
        let path = self.0.path().join(format!("{count}-records.jsonl"));
        let mut out = BufWriter::new(File::create(&path)?);
        let different = different(|seed, faults| template(seed, bytes, faults));
        for number in 0..count {
            let record = serde_json::json!({"id": number, "name": "a.html", "campaign": different[number % DIFFERENT]});
            writeln!(out, "{record}")?;
        }
        out.flush()?;
        Ok(path)
    }

    /// One mbox file of `count` messages.
    ///
    /// # Errors
    /// Nothing can be written.
    pub fn mbox(&self, count: usize, bytes: usize) -> io::Result<PathBuf> {
        let path = self.0.path().join(format!("{count}.mbox"));
        let mut out = BufWriter::new(File::create(&path)?);
        let different = different(|seed, faults| message(seed, bytes, faults));
        for number in 0..count {
            writeln!(out, "From post@shoppershandbag.com Mon Nov 30 09:00:00 2026")?;
            out.write_all(&different[number % DIFFERENT])?;
            writeln!(out)?;
        }
        out.flush()?;
        Ok(path)
    }

    /// A Maildir of `count` messages.
    ///
    /// # Errors
    /// Nothing can be written.
    pub fn maildir(&self, count: usize, bytes: usize) -> io::Result<PathBuf> {
        let folder = self.0.path().join(format!("{count}-maildir"));
        for inner in ["cur", "new", "tmp"] {
            fs::create_dir_all(folder.join(inner))?;
        }
        let different = different(|seed, faults| message(seed, bytes, faults));
        for number in 0..count {
            fs::write(folder.join(format!("cur/{number:07}.M1P1.host:2,S")), &different[number % DIFFERENT])?;
        }
        Ok(folder)
    }

    /// Deletes an input before the room goes.
    pub fn delete(&self, input: &Path) {
        let _ = if input.is_dir() { fs::remove_dir_all(input) } else { fs::remove_file(input) };
    }
}

/// Half of them clean, half with faults.
fn different<T>(make: impl Fn(u64, Faults) -> T) -> Vec<T> {
    (0..DIFFERENT as u64).map(|seed| make(seed, if seed % 2 == 0 { Faults::None } else { Faults::Twenty })).collect()
}

/// A template; one below 5 KB has a few sections only.
fn template(seed: u64, bytes: usize, faults: Faults) -> String {
    campaigns::template(seed, bytes / 1_000, faults)
}

fn message(seed: u64, bytes: usize, faults: Faults) -> Vec<u8> {
    campaigns::message(seed, bytes / 1_000, Transfer::QuotedPrintable, faults)
}
