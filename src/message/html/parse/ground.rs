//! What text does to the tree where it stands. Nobody asks the tree for text, but for that of style sheets: so the tree builder is told no more than
//! what it may act upon, and nothing at all where it would only add the text.

use super::super::ties::{Ties, is_formatting};
use ego_tree::NodeId;
use html5ever::{LocalName, QualName, local_name, ns};

/// What the parser's current node does with text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    /// It may close elements or be thrown away.
    #[default]
    Strict,
    /// Blanks are added; all else is moved out.
    Table,
    /// It is added.
    Open,
    /// It is a style sheet, which is read from the tree.
    Sheet,
}

/// What is known of the tree builder's state where text stands.
#[derive(Debug, Default)]
pub(super) struct Ground {
    kind: Kind,
    /// Formatting elements that are open, outermost first.
    formatting: Vec<NodeId>,
    /// A formatting element may have been closed by something else than its end tag: text opens it again.
    is_loose: bool,
    /// An end tag of the body or the page was there: text may go back into it.
    is_past_body: bool,
    /// There was text in the body, behind which it is no frameset any more.
    is_said: bool,
}

/// What the tree builder shall hear of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hearing {
    Nothing,
    /// Whether it begins with a blank, and whether it is nothing but blanks.
    Sort,
    All,
}

/// What a token did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Built<'t> {
    /// The name of a start tag.
    pub started: Option<&'t LocalName>,
    /// The name of an end tag.
    pub ended: Option<&'t LocalName>,
    /// The current node before it.
    pub before: Option<NodeId>,
    /// The current node now.
    pub current: Option<NodeId>,
}

impl Ground {
    /// A token was built.
    pub fn built(&mut self, token: Built<'_>, ties: &Ties) {
        let Built { ended, before, current, .. } = token;
        self.is_past_body |= ended.is_some_and(|name| matches!(*name, local_name!("body") | local_name!("html")));
        if !self.is_loose {
            self.follow_formatting(token, ties);
        }
        if current != before {
            self.kind = current.map_or(Kind::Strict, |node| ties.with_name(node, Kind::of).unwrap_or_default());
        }
    }

    fn follow_formatting(&mut self, token: Built<'_>, ties: &Ties) {
        let Built { started, ended, before, current } = token;
        let closes_last = |name: &LocalName| {
            is_formatting(name)
                && before.is_some_and(|node| self.formatting.last() == Some(&node) && ties.is_named(node, name))
        };
        if ended.is_some_and(closes_last) {
            self.formatting.pop();
        }
        if started.is_some_and(is_formatting) {
            self.formatting.extend(ties.own());
        }
        let is_open = |node: NodeId| is_still_open(node, before, current, ties);
        self.is_loose = ties.copies() > 0 || self.formatting.last().is_some_and(|node| !is_open(*node));
    }

    /// What the tree builder shall hear of a text; it may look at `is_blank` where that decides.
    pub fn hearing(&self, is_blank: impl Fn() -> bool) -> Hearing {
        let adds = !self.is_loose && !self.is_past_body;
        match self.kind {
            Kind::Sheet => Hearing::All,
            Kind::Open if adds && (self.is_said || is_blank()) => Hearing::Nothing,
            Kind::Table if adds && is_blank() => Hearing::Nothing,
            Kind::Strict | Kind::Table | Kind::Open => Hearing::Sort,
        }
    }

    /// The tree builder has heard of a text that is not blank.
    pub fn said(&mut self) {
        self.is_said |= self.kind == Kind::Open && !self.is_past_body;
    }
}

/// So many elements may be implied before that of a tag: `<tbody>` and `<tr>` before a cell.
const IMPLIED: usize = 3;

/// Whether `node`, which was open, still is: no more was closed than what stands between the current nodes `before` and now. It takes no more steps than
/// elements were closed.
fn is_still_open(node: NodeId, before: Option<NodeId>, current: Option<NodeId>, ties: &Ties) -> bool {
    if current == before || current == Some(node) {
        return true;
    }
    let mut top = [current; 1 + IMPLIED];
    for place in 1..top.len() {
        top[place] = top[place - 1].and_then(|inner| ties.source_parent(inner));
    }
    let chain = std::iter::successors(before, |inner| ties.source_parent(*inner));
    let mut ends = chain.map(|here| (top.contains(&Some(here)), here == node));
    ends.find(|(is_open, is_node)| *is_open || *is_node).is_some_and(|(is_open, _)| is_open)
}

impl Kind {
    fn of(name: &QualName) -> Self {
        if name.local == local_name!("style") {
            return Self::Sheet;
        }
        if name.ns != ns!(html) {
            return Self::Strict;
        }
        match name.local {
            local_name!("table")
            | local_name!("tbody")
            | local_name!("thead")
            | local_name!("tfoot")
            | local_name!("tr") => Self::Table,
            local_name!("html")
            | local_name!("head")
            | local_name!("noscript")
            | local_name!("template")
            | local_name!("colgroup")
            | local_name!("col")
            | local_name!("frameset")
            | local_name!("frame")
            | local_name!("select")
            | local_name!("optgroup")
            | local_name!("option") => Self::Strict,
            _ => Self::Open,
        }
    }
}
