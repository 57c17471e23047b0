//! The public suffix list of the `psl` crate, which is code: 0.7 MB of functions that are generic, and so become a part of whatever crate calls them.
//! Here they are compiled once, for size, while other crates are built. Within presend they were an eighth of what the compiler had to make.

pub use psl::Domain;

/// The registrable domain of `host`, by the list with its private section. An unknown top-level domain falls under the list's `*`: its suffix is not
/// known then. `None` for a suffix itself.
#[inline(never)]
pub fn domain(host: &[u8]) -> Option<Domain<'_>> {
    psl::domain(host)
}
