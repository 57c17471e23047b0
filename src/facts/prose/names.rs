//! What elements are by their names: whose text nobody reads, which begin and end a block.

/// Elements whose text nobody reads.
pub(super) const UNREAD: &[&str] = &[
    "style",
    "script",
    "title",
    "head",
    "template",
    "textarea",
    "select",
    "option",
    "noframes",
    "xml",
    "mj-head",
    "mj-style",
    "mj-title",
    "mj-attributes",
    "mj-html-attributes",
];

/// Elements that begin and end a block of text. Asked twice for each element, so the many short names go first.
pub(super) fn is_block(name: &str) -> bool {
    match name.len() {
        1 => name == "p",
        2 => matches!(
            name,
            "dd" | "dl"
                | "dt"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "hr"
                | "li"
                | "ol"
                | "td"
                | "th"
                | "tr"
                | "ul"
        ),
        _ => is_long_block(name),
    }
}

fn is_long_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "div"
            | "fieldset"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "main"
            | "nav"
            | "pre"
            | "section"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "columns"
            | "row"
            | "wrapper"
            | "callout"
            | "container"
    ) || name.starts_with("mj-")
}
