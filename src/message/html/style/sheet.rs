//! The rules of `<style>` elements, found by what they select.

use super::declaration::{self, Declared};
use super::selector::{self, Key, Selector, Subject};
use super::value::Outcome;
use crate::sort;
use cssparser::{
    AtRuleParser, CowRcStr, ParseError, Parser, ParserState, QualifiedRuleParser, StyleSheetParser, Token,
};
use std::collections::{BTreeMap, BTreeSet};

/// How often a rule may be tried on an element or on what is around it, over all of a document; beyond it the sheets say nothing.
const MAX_TRIALS: usize = 2_000_000;
/// So many elements around another are looked at in the time that a rule takes.
const AROUND: usize = 16;

/// All rules of a document.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    rules: Vec<Rule>,
    /// By the [`head`] of the name first.
    by_name: BTreeMap<u64, BTreeMap<String, Vec<usize>>>,
    by_class: BTreeMap<String, Vec<usize>>,
    by_id: BTreeMap<String, Vec<usize>>,
    of_any: Vec<usize>,
    /// Classes and ids that a media query, a state or one client's quirk switches on or off.
    toggled_classes: BTreeSet<String>,
    toggled_ids: BTreeSet<String>,
    trials: usize,
}

#[derive(Debug)]
struct Rule {
    selector: Selector,
    specificity: u32,
    /// Which of the blocks.
    order: usize,
    declared: std::rc::Rc<[Declared]>,
}

/// A rule that applies: its specificity, its place in the sheets, its declarations.
pub(super) type Applied = (u32, usize, std::rc::Rc<[Declared]>);

impl Sheets {
    /// Reads a sheet. `always` is false where a `media` attribute makes it conditional; `tagged` as in [`declaration::declarations`].
    pub fn add(&mut self, css: &str, always: bool, tagged: bool) {
        let mut reader = Reader { sheets: self, always, tagged };
        StyleSheetParser::new(&mut Parser::new(css), &mut reader).for_each(drop);
    }

    /// Whether a condition switches the element.
    pub fn toggles(&self, subject: &Subject<'_>) -> bool {
        subject.classes.iter().any(|class| self.toggled_classes.contains(&**class))
            || subject.id.as_ref().is_some_and(|id| self.toggled_ids.contains(&**id))
    }

    /// The rules that apply to the last of `path`, weakest first, into `applied`.
    pub fn apply(&mut self, path: &[Subject<'_>], applied: &mut Vec<Applied>) {
        applied.clear();
        let (Some(subject), false) = (path.last(), self.rules.is_empty()) else { return };
        let of_name = self.by_name.get(&head(&subject.name)).and_then(|alike| alike.get(&*subject.name));
        let of_classes = subject.classes.iter().filter_map(|class| self.by_class.get(&**class));
        let of_id = subject.id.iter().filter_map(|id| self.by_id.get(&**id));
        let tried = of_name.into_iter().chain([&self.of_any]).chain(of_classes).chain(of_id);
        for index in tried.flatten() {
            let Some(rule) = self.rules.get(*index) else { continue };
            self.trials += 1 + if rule.selector.looks_around() { path.len() / AROUND } else { 0 };
            if self.trials > MAX_TRIALS {
                break;
            }
            if rule.selector.matches(path) {
                applied.push((rule.specificity, rule.order, rule.declared.clone()));
            }
        }
        if applied.len() > 1 {
            sort::by_key(applied, |(specificity, order, _)| (*specificity, *order));
        }
    }

    /// Rules were left untried, for there had been too many trials.
    pub fn gave_up(&self) -> bool {
        self.trials > MAX_TRIALS
    }

    fn rule(&mut self, selectors: Vec<Selector>, declared: Vec<Declared>) {
        if declared.is_empty() {
            return;
        }
        // What only a state (`:checked`), a sibling or one client's own attribute selects is shown to some readers only.
        if selectors.iter().any(|selector| !selector.is_supported()) {
            self.toggle(selectors.iter().filter(|selector| !selector.is_supported()), &declared);
        }
        let order = self.rules.len();
        let declared: std::rc::Rc<[Declared]> = declared.into();
        for selector in selectors.into_iter().filter(Selector::is_supported) {
            let rules = match selector.key() {
                Key::Id(id) => self.by_id.entry(id.to_owned()).or_default(),
                Key::Class(class) => self.by_class.entry(class.to_owned()).or_default(),
                Key::Name(name) => self.by_name.entry(head(name)).or_default().entry(name.to_owned()).or_default(),
                Key::Any => &mut self.of_any,
            };
            rules.push(self.rules.len());
            self.rules.push(Rule { specificity: selector.specificity(), selector, order, declared: declared.clone() });
        }
    }

    fn toggle<'a>(&mut self, selectors: impl Iterator<Item = &'a Selector>, declared: &[Declared]) {
        if declared.iter().any(|(declaration, _)| declaration.toggles()) {
            for selector in selectors {
                self.toggled_classes.extend(selector.classes().cloned());
                self.toggled_ids.extend(selector.id().cloned());
            }
        }
    }
}

/// The first bytes of a name in one number: it is asked for each element, and of hardly two names it is the same.
fn head(name: &str) -> u64 {
    name.bytes().take(8).fold(0, |head, byte| head << 8 | u64::from(byte))
}

struct Reader<'s> {
    sheets: &'s mut Sheets,
    always: bool,
    tagged: bool,
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_> {
    type Prelude = Vec<Selector>;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Outcome<Vec<Selector>> {
        Ok(selector::selectors(input))
    }

    fn parse_block(&mut self, selectors: Vec<Selector>, _start: &ParserState, input: &mut Parser<'i>) -> Outcome<()> {
        let declared = declaration::body(input, self.tagged);
        if self.always {
            self.sheets.rule(selectors, declared);
        } else {
            self.sheets.toggle(selectors.iter(), &declared);
        }
        Ok(())
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_> {
    /// Whether what is inside applies everywhere.
    type Prelude = bool;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Outcome<bool> {
        match name.to_ascii_lowercase().as_str() {
            "media" => Ok(is_everywhere(input)),
            "supports" | "container" => {
                while input.next().is_ok() {}
                Ok(false)
            }
            _ => Err(ParseError::unexpected_token()),
        }
    }

    fn parse_block(&mut self, everywhere: bool, _start: &ParserState, input: &mut Parser<'i>) -> Outcome<()> {
        let mut reader = Reader { sheets: self.sheets, always: self.always && everywhere, tagged: self.tagged };
        StyleSheetParser::new(input, &mut reader).for_each(drop);
        Ok(())
    }
}

/// Whether a media query is no condition: `all`, `screen`, or nothing.
pub(super) fn is_everywhere(input: &mut Parser<'_>) -> bool {
    let mut everywhere = true;
    while let Ok(token) = input.next() {
        everywhere &= matches!(token, Token::Ident(name) if ["only", "all", "screen"].iter().any(|known| name.eq_ignore_ascii_case(known)));
    }
    everywhere
}
