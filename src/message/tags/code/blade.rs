//! Laravel Blade: directives such as `@if(…)`, `@include('footer')`, `@php … @endphp`.

use super::super::Role;
use super::super::scan::{Found, Scanner};
use super::{LIMIT, code};

const OPEN: &[&str] = &[
    "if",
    "unless",
    "isset",
    "empty",
    "auth",
    "guest",
    "production",
    "env",
    "foreach",
    "forelse",
    "for",
    "while",
    "switch",
    "component",
    "slot",
    "section",
    "push",
    "prepend",
    "once",
    "verbatim",
    "can",
    "cannot",
    "error",
    "hasSection",
    "sectionMissing",
    "fragment",
    "pushOnce",
    "componentFirst",
];
const MIDDLE: &[&str] = &["else", "elseif", "case", "default", "elsecan", "elseauth", "elseguest"];
const CLOSE: &[&str] = &["show", "stop", "append", "overwrite"];
const CONTROL: &[&str] =
    &["break", "continue", "php", "props", "inject", "use", "aware", "extends", "csrf", "method", "dump", "dd", "set"];
const INCLUDE: &[&str] = &[
    "include",
    "includeIf",
    "includeWhen",
    "includeUnless",
    "includeFirst",
    "each",
    "yield",
    "stack",
    "parent",
    "extends",
    "livewire",
];
const OUTPUT: &[&str] = &[
    "lang", "choice", "json", "js", "class", "style", "checked", "selected", "disabled", "required", "readonly",
    "vite", "svg", "asset",
];

impl Scanner<'_> {
    pub(super) fn blade(&mut self, at: usize) -> Option<Found> {
        if self.bytes.get(at) != Some(&b'@') || self.in_word(at) || self.before(at) == Some(b'@') {
            return None;
        }
        let name_end = self.name_end(at + 1);
        let role = role(self.slice(at + 1, name_end));
        let directive = name_end - at - 1;
        let opens = self.past_blanks(name_end);
        let arguments = if self.bytes.get(opens) == Some(&b'(') { self.find.balanced(opens, LIMIT) } else { None };
        let is_php = self.slice(at + 1, name_end) == "php" && arguments.is_none();
        if is_php && let Some(end) = self.find.next("@endphp", name_end) {
            return Some(code(at, end + "@endphp".len(), Role::Control));
        }
        match (role, arguments) {
            (Some(role), _) => Some(code(at, arguments.unwrap_or(name_end), role)),
            // a directive of the project's own: `@money($price)`
            (None, Some(end)) if directive > 0 && opens == name_end => Some(code(at, end, Role::Output)),
            _ => None,
        }
    }
}

fn role(directive: &str) -> Option<Role> {
    let table = [
        (INCLUDE, Role::Include),
        (OPEN, Role::Open),
        (MIDDLE, Role::Middle),
        (CLOSE, Role::Close),
        (CONTROL, Role::Control),
        (OUTPUT, Role::Output),
    ];
    let known = table.iter().find(|(names, _)| names.contains(&directive)).map(|&(_, role)| role);
    let opener =
        directive.strip_prefix("end").filter(|opener| opener.starts_with(char::is_lowercase) || OPEN.contains(opener));
    known.or(opener.filter(|opener| opener.len() > 1).map(|_| Role::Close))
}
