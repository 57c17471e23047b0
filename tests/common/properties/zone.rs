//! A zone file is read, or its mistake has a place; what stands in it is judged, and told in every format.

use super::lint::LEVELS;
use super::{Choice, reports};
use presend::dns::Zone;
use presend::domain::{Domain, Name, Role, Wanted};
use presend::lint::lint_domain;
use presend::lints::REGISTRY;
use presend::report::FileReport;

/// Panics if it is not.
pub fn is_judged(input: &[u8]) {
    let (choice, bytes) = Choice::split(input);
    let name = Name::new(choice.of(&["brand.com", "news.brand.com", "com"])).unwrap();
    let origin = choice.of(&[None, Some("brand.com")]).and_then(Name::new);
    let mut zone = match Zone::parse("zone.txt", bytes.to_vec(), origin.as_ref()) {
        Ok(zone) => zone,
        Err(error) => {
            assert!(error.line >= 1 && error.line <= bytes.len() + 1 && error.column >= 1, "{error}");
            return;
        }
    };
    let look = choice.byte();
    let role = if look % 8 == 7 { Role::Link } else { Role::Sender };
    let wanted = Wanted {
        selectors: vec!["s1".to_owned(), "default".to_owned()],
        addresses: ["20.30.40.50", "2a01:111::1"].iter().map(|address| address.parse().unwrap()).collect(),
        ..Wanted::of(role)
    };
    let domain = Domain::gather(&name, wanted, &mut zone);
    let linted = lint_domain(&domain, &REGISTRY, &LEVELS);
    assert!(linted.panics.is_empty(), "{:?}", linted.panics);
    let report = FileReport { domain: true, ..FileReport::linted(name.as_str().into(), linted) };
    for found in &report.diagnostics {
        for place in found.primary.iter().chain(&found.labels).map(|label| &label.place) {
            assert!(
                place.span.is_none_or(|at| at.span.start <= at.span.end && at.span.end <= bytes.len()),
                "{found:?}"
            );
        }
    }
    report.remarks.iter().for_each(|remark| drop(format!("{remark:?}")));
    reports::well_formed(&report, look / 8);
}
