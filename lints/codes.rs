//! Notes that say in words what Microsoft's codes mean.

use crate::facts::{Checked, Reading};
use crate::lint::Finding;

/// Says what the code of `reading` means, where that is known.
pub fn explain(finding: &mut Finding, reading: &Reading) {
    if let Some(code) = reading.code() {
        finding.because(format!("`{}` means: {}", reading.written(), code.means), code.source);
    }
}

/// Says what the result of a method means, and Microsoft's own reason where it gives one.
pub fn explain_result(finding: &mut Finding, checked: &Checked<'_>) {
    if let Some(code) = checked.code() {
        finding.because(format!("`{}={}` means: {}", code.field, code.value, code.means), code.source);
    }
    if let Some(reason) = checked.reason() {
        finding.note(format!("Microsoft's reason: `{}`", reason.chars().take(120).collect::<String>()));
    }
}
