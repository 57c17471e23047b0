//! Limits that keep html5ever, which is quadratic in places, from taking long.

/// Tags that are read; what follows is left out.
pub(super) const MAX_TAGS: usize = 500_000;
/// Elements that may be open or wait to be opened again, at a time; deeper ones are left out.
pub(super) const MAX_OPEN: usize = 800;
/// Copies of formatting elements that the parser may make; what follows is left out.
pub(super) const MAX_COPIES: usize = 150_000;
/// Attributes of one tag; further ones are left out.
pub(super) const MAX_ATTRIBUTES: usize = 500;
/// Repeated `<html>` and `<body>` tags whose attributes are merged.
pub(super) const MAX_ROOTS: usize = 100;
/// Conditional comments whose inside is read.
pub(super) const MAX_CONDITIONALS: usize = 1_000;
