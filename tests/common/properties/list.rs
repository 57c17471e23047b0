//! A list of recipients is checked and cleaned without a byte lost.

use super::Choice;
use super::reports::well_formed;
use presend::answers::list::check::check;
use presend::answers::list::clean::{Cleaned, clean};
use presend::report::FileReport;
use std::sync::Arc;

/// Panics if a place is not one of the file, or a row that stays is not as it was.
pub fn is_kept(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let column = choice.of(&[None, Some("email"), Some("2")]);
    let name: Arc<str> = "list.csv".into();
    let mut found = Vec::new();
    let checked = check(bytes, &name, column, |fault| found.push(fault));
    super::places::are_inside(&found, bytes, &super::places::Views::default());
    well_formed(&FileReport { name, diagnostics: found, ..FileReport::default() }, choice.byte());
    let (kept, everything) = cleaned(bytes, column, None);
    assert_eq!(checked.is_ok(), kept.is_ok());
    if let (Ok(kept), Ok(checked)) = (kept, checked) {
        assert_eq!((everything.as_slice(), kept.rows, kept.gone.len()), (bytes, checked.rows, 0));
        let (cleaned, left) = self::cleaned(bytes, column, Some("gone"));
        assert!(left.len() <= bytes.len() && cleaned.is_ok_and(|cleaned| cleaned.rows == checked.rows));
    }
}

/// The list without the rows that have an address, if there is a reason.
fn cleaned(bytes: &[u8], column: Option<&str>, why: Option<&'static str>) -> (Result<Cleaned, String>, Vec<u8>) {
    let mut out = Vec::new();
    let cleaned = clean(bytes, &mut out, column, |_| why).map_err(|error| error.to_string());
    (cleaned, out)
}
