//! Names that suggest a body of content, whose text is not here to be seen.

/// Last words of such names: `message_content`, `htmlBody`, `unsubscribe_section`.
const LAST_WORDS: &[&str] = &[
    "area",
    "article",
    "articles",
    "block",
    "blocks",
    "body",
    "children",
    "component",
    "components",
    "content",
    "contents",
    "footer",
    "fragment",
    "header",
    "html",
    "include",
    "layout",
    "main",
    "markup",
    "module",
    "modules",
    "outlet",
    "partial",
    "partials",
    "richtext",
    "rows",
    "section",
    "sections",
    "slot",
    "slots",
    "snippet",
    "snippets",
    "template",
    "widget",
    "widgets",
    "yield",
];

/// Whole names of the same kind.
const NAMES: &[&str] = &["message", "post", "posts", "products", "text", "items"];

/// Places that hold pieces of content: `content_blocks.${footer}`, `snippets.legal`.
const CONTAINERS: &[&str] = &["content_block", "content_blocks", "partials", "modules", "blocks", "snippets", "slots"];

/// Functions that bring in content, or say that it comes as markup.
const FUNCTIONS: &[&str] = &[
    "block",
    "include",
    "parent",
    "partial",
    "render",
    "renderbody",
    "renderpartial",
    "renderpartialasync",
    "renderpartialview",
    "rendersection",
    "rendersectionasync",
    "partialasync",
    "render_dynamic_content",
    "contentarea",
    "contentareabyname",
    "contentblockbyid",
    "contentblockbykey",
    "contentblockbyname",
    "httpget",
    "super",
    "treatascontent",
    "treatascontentarea",
    "content_tag",
    "content_for",
    "yield_content",
];

/// Functions whose argument is what counts.
const WRAPPERS: &[&str] = &["v", "raw", "safe", "html", "safehtml", "html_safe", "unescape", "await", "echo", "unsafe"];

/// Whether what an output tag names is a body of content: by the name of its variable or its function.
pub(super) fn suggests_content(expression: &str) -> bool {
    let mut expression = expression.trim_start_matches(lead);
    for _ in 0..3 {
        let path = path_of(expression);
        let rest = expression.get(path.len()..).unwrap_or_default().trim_start();
        let name = path.rsplit(['.', ':']).next().unwrap_or_default().to_ascii_lowercase();
        if is_content(path) || FUNCTIONS.contains(&name.as_str()) {
            return true;
        }
        let argument = rest.trim_start_matches(lead);
        if !WRAPPERS.contains(&name.as_str()) || argument.len() == expression.len() {
            return false;
        }
        expression = argument;
    }
    false
}

fn lead(char: char) -> bool {
    char.is_whitespace() || "&$.@(-~=!".contains(char)
}

fn path_of(expression: &str) -> &str {
    let end = expression.find(|char: char| !char.is_alphanumeric() && !"_.:-${}>?!".contains(char));
    expression.get(..end.unwrap_or(expression.len())).unwrap_or_default()
}

fn is_content(path: &str) -> bool {
    let path = path.trim_end_matches(|char: char| !char.is_alphanumeric());
    if NAMES.iter().any(|name| path.eq_ignore_ascii_case(name)) {
        return true;
    }
    let mut segments = path.split(['.', ':', '$', '{', '}', '>']).filter(|segment| !segment.is_empty()).peekable();
    while let Some(segment) = segments.next() {
        let content = if segments.peek().is_some() {
            CONTAINERS.iter().any(|name| segment.eq_ignore_ascii_case(name))
        } else {
            LAST_WORDS.contains(&last_word(segment).to_ascii_lowercase().as_str())
        };
        if content {
            return true;
        }
    }
    false
}

/// `content` of `message_content`, `Body` of `htmlBody`, `html` of `html2`.
fn last_word(name: &str) -> &str {
    let name = name.trim_end_matches(|char: char| char.is_ascii_digit() || matches!(char, '_' | '-'));
    let start = name.rfind(['_', '-']).map_or(0, |at| at + 1);
    let word = name.get(start..).unwrap_or_default();
    let lower_before = |at: usize| word.get(..at).is_some_and(|before| before.ends_with(char::is_lowercase));
    let camel = word.char_indices().rfind(|&(at, char)| char.is_uppercase() && lower_before(at));
    camel.and_then(|(at, _)| word.get(at..)).unwrap_or(word)
}
