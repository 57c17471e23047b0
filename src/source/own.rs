//! presend's own reports among what a search finds: a page for people is HTML, but no campaign.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What a report that is a page says of itself, at its beginning.
pub const REPORT_MARK: &str = "<meta name=\"generator\" content=\"presend report\">";

/// Bytes of a page in which the mark stands.
const HEAD: u64 = 256;

/// Whether `page` is a report of presend.
pub fn is_report(page: &[u8]) -> bool {
    let head = page.get(..HEAD as usize).unwrap_or(page);
    memchr::memmem::find(head, REPORT_MARK.as_bytes()).is_some()
}

/// Whether the file at `path` is a report of presend. One that can't be read is none.
pub fn is_report_file(path: &Path) -> bool {
    let is_page =
        path.extension().is_some_and(|end| end.eq_ignore_ascii_case("html") || end.eq_ignore_ascii_case("htm"));
    let mut head = Vec::new();
    // a pipe would never answer
    is_page
        && path.is_file()
        && File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_ok()
        && is_report(&head)
}
