//! The closing lines: what a run found, in one look.

use crate::report::Summary;
use crate::report::style::Palette;
use std::io::{self, Write};

/// What a draft cannot show.
pub(super) const BEYOND: &str = "what no linter can see from here: the complaint rate, whether the address and the \
     domain are warmed up, what the privacy page itself says";

/// Writes what was found in how many campaigns, and what could not be checked.
pub(super) fn write(out: &mut dyn Write, summary: &Summary, palette: Palette) -> io::Result<()> {
    let error = Palette::paint(palette.error, "error");
    let campaigns = seen(summary);
    if let (faults @ 1.., files) = summary.fixed {
        writeln!(out, "fixed {} in {}", count(faults, "fault"), count(files, "file"))?;
    }
    let something = summary.files + summary.domains > 0;
    match (summary.deny, summary.warn) {
        (0, 0) if something && summary.fixed.0 > 0 => writeln!(out, "no faults are left in {campaigns}")?,
        (0, 0) if something && summary.known > 0 => writeln!(out, "no new faults found in {campaigns}")?,
        (0, 0) if summary.unanswered > 0 => writeln!(out, "no faults found in what could be asked")?,
        (0, 0) if something => writeln!(out, "no faults found in {campaigns}")?,
        (0, 0) if summary.unread == 0 => writeln!(out, "there was no campaign to check")?,
        (0, 0) => {}
        (0, warn) => {
            let warning = Palette::paint(palette.warning, "warning");
            writeln!(out, "{warning}: {} in {campaigns}", count(warn, "warning"))?;
        }
        (deny, 0) => writeln!(out, "{error}: {} in {campaigns}", count(deny, "error"))?,
        (deny, warn) => {
            writeln!(out, "{error}: {} and {} in {campaigns}", count(deny, "error"), count(warn, "warning"))?;
        }
    }
    if let (faults @ 1.., files) = summary.fixable {
        writeln!(out, "{} in {} can be fixed: see the diff", count(faults, "fault"), count(files, "file"))?;
    }
    if summary.unread > 0 {
        writeln!(out, "{error}: {} could not be checked", count(summary.unread, "file"))?;
    }
    if summary.unanswered > 0 {
        writeln!(out, "{error}: {} could not be asked in full", count(summary.unanswered, "domain"))?;
    }
    if summary.panics > 0 {
        writeln!(out, "{error}: {} in presend itself", count(summary.panics, "fault"))?;
    }
    Ok(())
}

/// What was looked at.
fn seen(summary: &Summary) -> String {
    match (summary.files, summary.domains) {
        (files, 0) => count(files, "campaign"),
        (0, domains) => count(domains, "domain"),
        (files, domains) => format!("{} and {}", count(files, "campaign"), count(domains, "domain")),
    }
}

/// What there is to say of a baseline.
pub(super) fn known(summary: &Summary) -> Vec<String> {
    let known =
        (summary.known > 0).then(|| format!("not shown, since the baseline has them: {}", faults(summary.known)));
    let gone = (summary.gone > 0).then(|| {
        let gone = faults(summary.gone);
        format!("gone, though the baseline still has them: {gone}; `--write-baseline` writes it anew")
    });
    known.into_iter().chain(gone).collect()
}

fn faults(number: usize) -> String {
    count(number, "fault")
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closing(files: usize, deny: usize, warn: usize, unread: usize) -> String {
        let mut out = Vec::new();
        let summary = Summary { files, deny, warn, unread, ..Summary::default() };
        write(&mut out, &summary, Palette::default()).expect("a vector takes everything");
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn what_was_found_is_counted() {
        assert_eq!(closing(1, 1, 1, 0), "error: 1 error and 1 warning in 1 campaign\n");
        assert_eq!(closing(3, 2, 0, 0), "error: 2 errors in 3 campaigns\n");
        assert_eq!(closing(2, 0, 5, 0), "warning: 5 warnings in 2 campaigns\n");
        assert_eq!(closing(3, 0, 0, 0), "no faults found in 3 campaigns\n");
    }

    #[test]
    fn what_was_fixed_is_said() {
        let written = |summary| {
            let mut out = Vec::new();
            write(&mut out, &summary, Palette::default()).expect("a vector takes everything");
            String::from_utf8_lossy(&out).into_owned()
        };
        let fixed = Summary { files: 3, fixed: (3, 2), ..Summary::default() };
        assert_eq!(written(fixed), "fixed 3 faults in 2 files\nno faults are left in 3 campaigns\n");
        let fixable = Summary { files: 1, warn: 1, fixable: (1, 1), ..Summary::default() };
        assert_eq!(
            written(fixable),
            "warning: 1 warning in 1 campaign\n1 fault in 1 file can be fixed: see the diff\n"
        );
    }

    #[test]
    fn what_was_not_checked_is_said() {
        assert_eq!(closing(0, 0, 0, 0), "there was no campaign to check\n");
        assert_eq!(closing(0, 0, 0, 1), "error: 1 file could not be checked\n");
        assert_eq!(closing(1, 0, 0, 2), "no faults found in 1 campaign\nerror: 2 files could not be checked\n");
    }
}
