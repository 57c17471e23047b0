//! What a source is taken for, by its name and its content.

/// What a source's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A raw message (RFC 5322): `.eml`.
    Message,
    /// HTML as a browser would take it: `.html`, `.htm`.
    Html,
    /// HTML in a template language: `.hbs`, `.liquid`, `.html.erb`, …
    Template,
    /// MJML source: `.mjml`.
    Mjml,
}
