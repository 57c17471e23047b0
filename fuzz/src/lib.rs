//! What the targets check: the properties of the ordinary tests.

#[path = "../../tests/common/properties/mod.rs"]
mod properties;

/// Checks the property called `name`.
pub fn holds(name: &str, input: &[u8]) {
    let (_, property) = properties::ALL.iter().find(|(known, _)| *known == name).expect("a property");
    property(input);
}
