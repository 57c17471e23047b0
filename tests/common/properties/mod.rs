//! What has to hold whatever bytes come, said once: for the ordinary tests and for the fuzz targets in `fuzz/`.
//!
//! A property takes bytes and panics where it does not hold. The first bytes choose how the others are read ([`Choice`]).
#![allow(dead_code, unused_imports, clippy::unwrap_used, clippy::expect_used)]

mod appended;
mod bounces;
mod choice;
mod config;
mod fixing;
mod headers;
mod lint;
mod list;
mod maps;
mod places;
mod prose;
mod reports;
mod suppression;
mod tags;
mod terminal;
mod well_formed;
mod zone;

pub use choice::{CHOICES, Choice};
pub use terminal::nothing_raw;
pub use well_formed::{html as html_is_well_formed, xml as xml_is_well_formed};

/// Names a property, and says whether it holds by returning.
pub type Property = (&'static str, fn(&[u8]));

/// All of them, by the names of their fuzz targets.
pub const ALL: [Property; 15] = [
    ("lint_mail", lint::mail),
    ("lint_html", lint::html),
    ("lint_template", lint::template),
    ("lint_mjml", lint::mjml),
    ("body_map", maps::body),
    ("header_map", maps::header),
    ("prose_map", prose::leads_back),
    ("merge_tags", tags::stand_in_order),
    ("config", config::is_read_or_explained),
    ("suppression", suppression::only_hides),
    ("bounces", bounces::are_told),
    ("list", list::is_kept),
    ("zone", zone::is_judged),
    ("headers", headers::are_shown),
    ("fix", fixing::mends),
];
