//! Merge tags: what a template engine or a provider will fill in.
//!
//! [`scan`] finds them in a text, [`mask`] takes them out of the HTML parser's way without moving a byte.

mod brace;
mod code;
mod content;
mod find;
mod loose;
mod mark;
mod mask;
mod refine;
mod role;
mod scan;
#[cfg(test)]
mod tests;

pub use code::code_for;
pub use mask::mask;
pub use scan::{scan, scan_most};

use crate::source::ViewSpan;

/// A merge tag in a view's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// All of it, with its delimiters.
    pub span: ViewSpan,
    /// What stands between the delimiters, without blanks and trim marks (`-`, `~`) at both ends: `x` of `<%= x %>`, `#if x` of `{{#if x}}`,
    /// the text of a comment. Of code without delimiters (`@if(x)`) all of it.
    pub inner: ViewSpan,
    /// How it is written.
    pub syntax: Syntax,
    /// What it does.
    pub role: Role,
}

/// The delimiters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// `{{ }}` and `{{{ }}}`, also `{{{{raw}}}}`.
    Mustache,
    /// `{% %}`.
    Statement,
    /// `{# #}`.
    HashComment,
    /// `<% %>`.
    Erb,
    /// `*| |*`.
    Mailchimp,
    /// `%% %%`, `%%[ ]%%`, `%%= =%%`.
    Percent,
    /// `[[ ]]`.
    Bracket,
    /// `${ }`.
    Dollar,
    /// `{!! !!}`, `@if`, `@* *@` and the like, in `.blade.php` and `.cshtml`; `<?php ?>`, `<?= ?>`.
    Code,
    /// A known token of a provider's loose syntax: `%UNSUBSCRIBELINK%`, `[unsubscribe]`, `{$unsubscribe}`, `#unsubscribe#`.
    Loose,
}

/// What a tag does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// It leaves a value behind: `{{ first_name }}`, `*|FNAME|*`, `<%= x %>`.
    Output,
    /// It opens a block: `{% if %}`, `{{#each}}`, `*|IF:X|*`, `<% if x %>`.
    Open,
    /// It stands inside a block: `{% else %}`, `{{else}}`, `*|ELSE:|*`.
    Middle,
    /// It closes a block: `{% endif %}`, `{{/each}}`, `*|END:IF|*`, `<% end %>`.
    Close,
    /// It does something and leaves nothing: `{% assign %}`, `%%[ set … ]%%`.
    Control,
    /// It brings in content that is not here: `{% include %}`, `{{> footer}}`, `{{ content }}`, `{{{ body }}}`, `%%=ContentBlockByKey(…)=%%`, `<%= yield %>`.
    Include,
    /// It is a comment: `{{! }}`, `{# #}`, `<%# %>`, `{% comment %}` up to `{% endcomment %}`.
    Comment,
}

/// Where and how to look for tags.
#[derive(Debug, Clone, Default)]
pub struct Dialect {
    /// Known tokens of loose syntaxes, taken literally (any case).
    pub loose: Vec<&'static str>,
    /// The file is a template of an engine with code outside delimiters: Blade, Razor, Velocity, FreeMarker, PHP.
    pub code: Option<Code>,
}

/// Engines whose code stands outside of delimiters; known by the file's extension only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Code {
    Blade,
    Razor,
    Velocity,
    FreeMarker,
}
