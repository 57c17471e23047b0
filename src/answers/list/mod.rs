//! Lists of recipients: which column has the addresses, writing one without some, and what is wrong with the addresses themselves.

pub mod check;
pub mod clean;
pub mod csv;

use super::bounces::address::is_address;
use csv::{Next, Records};
use std::io::{self, BufRead};

/// Names of columns that hold addresses, the surest first, in lower case.
const NAMES: &[&str] = &[
    "email",
    "e-mail",
    "email address",
    "e-mail address",
    "email_address",
    "emailaddress",
    "mail",
    "e-mail-adresse",
    "email-adresse",
    "adresse e-mail",
    "adresse email",
    "correo",
    "correo electrónico",
    "e-mailadres",
    "indirizzo email",
    "e-post",
    "recipient",
    "address",
];

/// How a list is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// What parts the fields.
    pub delimiter: u8,
    /// The column with the addresses, from 0.
    pub column: usize,
    /// The first record names the columns.
    pub header: bool,
}

/// Why a list can't be read.
#[derive(Debug)]
pub enum ListError {
    /// It can't be read or written.
    Io(io::Error),
    /// It is UTF-16.
    Utf16,
    /// Nothing is in it.
    Empty,
    /// No column has addresses; these are there.
    NoColumn(Vec<String>),
    /// No column is called that; these are there.
    NotThere(String, Vec<String>),
    /// A record that begins in this line does not end.
    OpenQuote(usize),
}

impl From<io::Error> for ListError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl std::fmt::Display for ListError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Utf16 => f.write_str("it is UTF-16; save it as CSV in UTF-8"),
            Self::Empty => f.write_str("nothing is in it"),
            Self::NoColumn(names) => write!(f, "no column has addresses; there are: {}", names.join(", ")),
            Self::NotThere(name, names) => write!(f, "no column is called `{name}`; there are: {}", names.join(", ")),
            Self::OpenQuote(line) => {
                write!(
                    f,
                    "the record that begins in line {line} does not end, or not within 1 MiB: a quote may not be closed"
                )
            }
        }
    }
}

impl std::error::Error for ListError {}

/// A list that is being read: its layout, and its first record, which is in `record`.
pub(crate) struct Opened<R> {
    pub records: Records<R>,
    pub layout: Layout,
    pub record: Vec<u8>,
}

/// Reads the first record, and finds the column: the one called `wanted` (or with that number, from 1), else one with the name or the
/// content of addresses.
pub(crate) fn open<R: BufRead>(mut input: R, wanted: Option<&str>) -> Result<Opened<R>, ListError> {
    let beginning = input.fill_buf()?;
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return Err(ListError::Utf16);
    }
    let delimiter = delimiter(beginning);
    let mut records = Records::new(input, delimiter);
    let mut record = Vec::new();
    match records.next(&mut record)? {
        Next::End => return Err(ListError::Empty),
        Next::TooLong(line) => return Err(ListError::OpenQuote(line)),
        Next::Record(_) => {}
    }
    let layout = layout(&csv::fields(&record, delimiter), delimiter, wanted)?;
    Ok(Opened { records, layout, record })
}

/// The sign that occurs most in the first line, outside of quotes.
fn delimiter(beginning: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in beginning.iter().take(1 << 16) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ => {}
        }
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| sign == byte && !quoted) {
            *count += 1;
        }
    }
    // the first of equals
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

fn layout(first: &[String], delimiter: u8, wanted: Option<&str>) -> Result<Layout, ListError> {
    let lower: Vec<String> = first.iter().map(|name| name.trim().to_lowercase()).collect();
    let with_address = first.iter().position(|field| is_address(field.trim()));
    let header = with_address.is_none();
    let found = |column| Ok(Layout { delimiter, column, header });
    if let Some(wanted) = wanted {
        let named = lower.iter().position(|name| header && *name == wanted.trim().to_lowercase());
        let numbered =
            || wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|at| *at < first.len());
        return match named.or_else(numbered) {
            Some(column) => found(column),
            None => Err(ListError::NotThere(wanted.to_owned(), first.to_vec())),
        };
    }
    if let Some(column) = with_address {
        return found(column);
    }
    let named = NAMES.iter().find_map(|name| lower.iter().position(|one| one == name));
    match named.or_else(|| lower.iter().position(|name| name.contains("mail"))) {
        Some(column) => found(column),
        None => Err(ListError::NoColumn(first.to_vec())),
    }
}
