//! Cuts a zone file into words and lines: comments, quotes, escapes and parentheses (RFC 1035 §5.1).

/// What is wrong, and where.
pub(super) type Wrong = (usize, String);

/// A word, unescaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte in the file.
    pub start: usize,
    /// The bytes that it stands for.
    pub bytes: Vec<u8>,
    /// Where in the file each of these bytes begins, and where the word ends (before a closing quote).
    pub offsets: Vec<usize>,
    /// It stood in quotes.
    pub quoted: bool,
    /// It was written with a backslash somewhere: `\@` is no origin, `a\.b` is one label.
    pub escaped: bool,
}

impl Word {
    /// The word as text; bytes that are no UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// The words of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// First byte in the file.
    pub start: usize,
    /// It begins with a blank: its owner is that of the entry before.
    pub indented: bool,
    /// Its words.
    pub words: Vec<Word>,
}

/// Gives the entries of a file one after the other; those without a word are left out.
pub(super) struct Lexer<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Lexer<'t> {
    pub fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text: text.as_bytes(), at }
    }

    /// The next entry.
    pub fn next(&mut self) -> Result<Option<Line>, Wrong> {
        while self.at < self.text.len() {
            let line = self.line()?;
            if !line.words.is_empty() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    fn line(&mut self) -> Result<Line, Wrong> {
        let mut line = Line { start: self.at, indented: matches!(self.peek(), Some(b' ' | b'\t')), ..Line::default() };
        let mut open: Option<usize> = None;
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' | b'\r' => {
                    self.at += 1;
                    if open.is_none() {
                        return Ok(line);
                    }
                }
                b' ' | b'\t' => self.at += 1,
                b';' => self.comment(),
                b'(' if open.is_some() => return Err((self.at, "a parenthesis is open already".to_owned())),
                b'(' => {
                    open = Some(self.at);
                    self.at += 1;
                }
                b')' if open.is_none() => return Err((self.at, "no parenthesis is open".to_owned())),
                b')' => {
                    open = None;
                    self.at += 1;
                }
                b'"' => line.words.push(self.quoted()?),
                _ => line.words.push(self.word()?),
            }
        }
        match open {
            Some(at) => Err((at, "this parenthesis is never closed".to_owned())),
            None => Ok(line),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn comment(&mut self) {
        while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn word(&mut self) -> Result<Word, Wrong> {
        let mut word = Word { start: self.at, bytes: Vec::new(), offsets: Vec::new(), quoted: false, escaped: false };
        while let Some(byte) = self.peek() {
            if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b';' | b'(' | b')' | b'"') {
                break;
            }
            self.byte(&mut word)?;
        }
        word.offsets.push(self.at);
        Ok(word)
    }

    fn quoted(&mut self) -> Result<Word, Wrong> {
        let start = self.at;
        self.at += 1;
        let mut word = Word { start, bytes: Vec::new(), offsets: Vec::new(), quoted: true, escaped: false };
        loop {
            match self.peek() {
                Some(b'"') => break,
                None | Some(b'\n' | b'\r') => return Err((start, "this quote is not closed on its line".to_owned())),
                Some(_) => self.byte(&mut word)?,
            }
        }
        word.offsets.push(self.at);
        self.at += 1;
        Ok(word)
    }

    /// One byte, or `\DDD`, or `\X`.
    fn byte(&mut self, word: &mut Word) -> Result<(), Wrong> {
        let start = self.at;
        let Some(byte) = self.peek() else { return Ok(()) };
        self.at += 1;
        let mut value = byte;
        if byte == b'\\' {
            word.escaped = true;
            let digits = self.text.get(self.at..self.at + 3).filter(|digits| digits.iter().all(u8::is_ascii_digit));
            value = match (digits, self.peek()) {
                (Some(digits), _) => {
                    self.at += 3;
                    let number = digits.iter().fold(0u16, |number, digit| number * 10 + u16::from(digit - b'0'));
                    u8::try_from(number).map_err(|_| (start, format!("`\\{number}` is no byte: 000 to 255 are")))?
                }
                (None, Some(byte)) if !byte.is_ascii_digit() && !matches!(byte, b'\n' | b'\r') => {
                    self.at += 1;
                    byte
                }
                _ => return Err((start, "a backslash wants three digits or a character behind it".to_owned())),
            };
        }
        word.bytes.push(value);
        word.offsets.push(start);
        Ok(())
    }
}
