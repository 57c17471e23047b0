//! Names of tags and attributes, each looked up once: few are different, and interning hashes.

use html5ever::LocalName;

const SLOTS: usize = 64;

/// Names that were seen, the last one of its kind each.
pub(super) struct Names<'t>([Option<(&'t str, LocalName)>; SLOTS]);

impl Default for Names<'_> {
    fn default() -> Self {
        Self([const { None }; SLOTS])
    }
}

impl<'t> Names<'t> {
    /// The name written as `raw`: ASCII letters small, NUL replaced (HTML §13.2.5.8 and .33).
    pub fn name(&mut self, raw: &'t str) -> LocalName {
        let Some(slot) = self.0.get_mut(slot(raw)) else { return LocalName::from(raw) };
        match slot {
            Some((known, name)) if *known == raw => name.clone(),
            _ => slot.insert((raw, intern(raw))).1.clone(),
        }
    }
}

fn slot(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
    let last = bytes.last().copied().map_or(0, usize::from);
    (byte(0) ^ (byte(1) << 3) ^ (last << 1) ^ (bytes.len() << 4)) % SLOTS
}

fn intern(raw: &str) -> LocalName {
    if raw.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
        LocalName::from(raw.to_ascii_lowercase().replace('\0', "\u{fffd}"))
    } else {
        LocalName::from(raw)
    }
}
