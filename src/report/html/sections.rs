//! The sections of a page, kept until its head is known: a few in memory, more of them in a file without a name, which nobody sees and which is
//! gone with the process.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Bytes that are kept in memory.
const IN_MEMORY: usize = 2 << 20;

/// Sections, one after the other.
#[derive(Debug, Default)]
pub(super) struct Sections {
    memory: String,
    file: Option<File>,
    in_file: usize,
    /// No file can be had: all stays in memory.
    stays: bool,
}

impl Sections {
    /// Bytes of all sections.
    pub fn len(&self) -> usize {
        self.in_file + self.memory.len()
    }

    /// Adds a section.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn push(&mut self, section: &str) -> io::Result<()> {
        self.memory.push_str(section);
        self.memory.push('\n');
        if self.memory.len() < IN_MEMORY || self.stays {
            return Ok(());
        }
        if self.file.is_none() {
            self.file = tempfile::tempfile().ok();
            self.stays = self.file.is_none();
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(self.memory.as_bytes())?;
        self.in_file += self.memory.len();
        self.memory.clear();
        Ok(())
    }

    /// Writes all of them.
    ///
    /// # Errors
    /// They can't be read back, or `out` takes no more.
    pub fn write(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(0))?;
            io::copy(&mut file.take(self.in_file as u64), out)?;
        }
        out.write_all(self.memory.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::{IN_MEMORY, Sections};

    #[test]
    fn what_does_not_fit_in_memory_comes_back_in_its_order() {
        let (mut sections, mut wanted) = (Sections::default(), String::new());
        for number in 0..5 {
            let section = format!("{number}{}", "é".repeat(IN_MEMORY / 3));
            sections.push(&section).expect("a file for it");
            wanted += &(section + "\n");
            assert_eq!(sections.len(), wanted.len());
        }
        assert!(sections.in_file > IN_MEMORY && !sections.memory.is_empty());
        let mut out = Vec::new();
        sections.write(&mut out).expect("memory takes it");
        assert!(out == wanted.as_bytes());
    }
}
