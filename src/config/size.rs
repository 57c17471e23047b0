//! Sizes as people write them: `64 MiB`.

const UNITS: [(&str, u64); 7] = [
    ("b", 1),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
];

/// Reads a number with a unit (`B`, `KB`, `MB`, `GB`, or `KiB`, `MiB`, `GiB`; any case, with or without a blank) and gives bytes. A number alone
/// is bytes.
///
/// # Errors
/// It is no size, and what a size looks like.
pub fn parse(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no size; write a number with a unit, such as `500 KB`, `1 MiB` or `1.5 MiB`");
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len()));
    let unit = unit.trim().to_ascii_lowercase();
    let bytes = match unit.as_str() {
        "" => 1,
        unit => UNITS.iter().find(|(name, _)| *name == unit).map(|(_, bytes)| *bytes).ok_or_else(wrong)?,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    if whole.is_empty() || fraction.is_empty() || fraction.len() > 3 || fraction.contains('.') {
        return Err(wrong());
    }
    let thousandths: u64 = format!("{fraction:0<3}").parse().map_err(|_| wrong())?;
    let whole: u64 = whole.parse().map_err(|_| wrong())?;
    whole.checked_mul(bytes).and_then(|size| size.checked_add(bytes * thousandths / 1000)).ok_or_else(wrong)
}

/// The size in the largest binary unit that divides it: `64 MiB`, `1500 B`.
pub fn show(bytes: u64) -> String {
    let binary = [("GiB", 1u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    match binary.into_iter().find(|(_, unit)| bytes > 0 && bytes.is_multiple_of(*unit)) {
        Some((name, unit)) => format!("{} {name}", bytes / unit),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn sizes_with_units() {
        for (text, bytes) in [
            ("1 MiB", 1_048_576),
            ("64MiB", 67_108_864),
            ("1.5 mib", 1_572_864),
            ("500 KB", 500_000),
            ("2 GB", 2_000_000_000),
            ("10 B", 10),
            (" 0 ", 0),
            ("4096", 4096),
        ] {
            assert_eq!(super::parse(text), Ok(bytes), "{text}");
        }
        for text in ["", "MiB", "1 MiBs", "1 M", "-1 MiB", "1..5 MiB", "1. MiB", "1.2345 MiB", "99999999999 GiB", "1e3"]
        {
            assert!(super::parse(text).unwrap_err().contains("no size"), "{text}");
        }
    }

    #[test]
    fn sizes_for_people() {
        for (bytes, text) in [(0, "0 B"), (1500, "1500 B"), (1024, "1 KiB"), (67_108_864, "64 MiB"), (1 << 30, "1 GiB")]
        {
            assert_eq!(super::show(bytes), text);
        }
    }
}
