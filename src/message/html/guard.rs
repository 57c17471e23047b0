//! Limits that keep html5ever, which is quadratic in places, from taking long.

/// Copies of formatting elements that the parser may make; what follows is left out.
pub(super) const MAX_COPIES: usize = 150_000;
/// Attributes of these copies.
pub(super) const MAX_COPIED_ATTRIBUTES: usize = 300_000;
/// Attributes that may be compared: the parser compares a formatting element with all that are open.
pub(super) const MAX_COMPARED: usize = 40_000_000;
/// Repeated `<html>` and `<body>` tags whose attributes are merged.
pub(super) const MAX_ROOTS: usize = 100;
