//! The files that an MJML source includes, and those that they include, each once.

use super::html::Element;
use super::{Body, BodyContent, Given, Message, Spot};
use crate::config::limits::Limit;
use crate::source::{Includes, Kind, Refused, Source, ViewSpan};
use std::collections::HashSet;
use std::path::PathBuf;

/// How many files deep an include may stand in included files.
const MAX_DEPTH: usize = 16;

/// What a source includes.
#[derive(Debug, Default)]
pub struct Inclusions {
    /// Files that were read, in the order of their includes.
    pub files: Vec<IncludedFile>,
    /// Files that were not.
    pub missing: Vec<MissingFile>,
}

/// A file that was read.
#[derive(Debug)]
pub struct IncludedFile {
    /// The file.
    pub source: Source,
    /// The `<mj-include>` of the first source through which it comes.
    pub spot: Spot,
    depth: usize,
}

/// A file that was not read.
#[derive(Debug, Clone)]
pub struct MissingFile {
    /// The `<mj-include>` of the first source through which it would come.
    pub spot: Spot,
    /// The path and why, for people: "`footer.mjml`: no such file or folder".
    pub why: String,
    /// It is one more than is read.
    pub surplus: bool,
}

/// How a file is to be parsed that a message includes which is at `stage`.
pub fn given_for_included(given: &Given, stage: super::Stage) -> Given {
    Given { from: None, subject: None, stage: Some(stage), fragment: Some(true), ..given.clone() }
}

/// Reads what `message` includes, and what that includes.
pub fn gather(message: &Message<'_>, given: &Given, includes: &dyn Includes) -> Inclusions {
    let given = given_for_included(given, message.stage);
    let mut gathering = Gathering {
        found: Inclusions::default(),
        seen: HashSet::new(),
        tries: 0,
        most: given.limits.of(Limit::Includes),
    };
    gathering.seen.extend(message.source.path.as_ref().and_then(|path| path.canonicalize().ok()));
    for want in wanted(message) {
        let loaded = gathering.load(message.source, &want, 0, includes);
        gathering.take(loaded, &want, want.spot, 0);
    }
    let mut next = 0;
    while let Some(file) = gathering.found.files.get(next) {
        let (spot, depth) = (file.spot, file.depth + 1);
        for want in wanted(&Message::parse(&file.source, &given)) {
            let Some(file) = gathering.found.files.get(next) else { break };
            let loaded = gathering.load(&file.source, &want, depth, includes);
            gathering.take(loaded, &want, spot, depth);
        }
        next += 1;
    }
    gathering.found
}

struct Gathering {
    found: Inclusions,
    /// Where the files that were read are: one that includes itself is not read again.
    seen: HashSet<PathBuf>,
    /// How often a file was asked for, and how often one may be.
    tries: usize,
    most: usize,
}

/// An `<mj-include>`.
struct Want {
    spot: Spot,
    /// Empty where there is none, or a merge tag brings it.
    path: String,
    shown: String,
    kind: Kind,
}

impl Gathering {
    /// Asks for a file, but not for ever.
    fn load(&self, from: &Source, want: &Want, depth: usize, includes: &dyn Includes) -> Result<Source, Refused> {
        if self.tries >= self.most {
            return Err(Refused::TooMany);
        }
        if depth >= MAX_DEPTH {
            return Err(Refused::TooDeep);
        }
        includes.load(from, &want.path, want.kind)
    }

    fn take(&mut self, loaded: Result<Source, Refused>, want: &Want, spot: Spot, depth: usize) {
        self.tries += 1;
        match loaded {
            Ok(source) if source.path.as_ref().is_some_and(|path| self.seen.contains(path)) => {}
            Ok(source) => {
                self.seen.extend(source.path.clone());
                self.found.files.push(IncludedFile { source, spot, depth });
            }
            Err(why) => {
                let shown = if want.shown.is_empty() { "mj-include" } else { &want.shown };
                let surplus = why == Refused::TooMany;
                self.found.missing.push(MissingFile { spot, why: format!("`{shown}`: {why}"), surplus });
            }
        }
    }
}

/// The includes of a message that can bring content: a style sheet can't.
fn wanted(message: &Message<'_>) -> Vec<Want> {
    let mut wanted = Vec::new();
    for body in &message.bodies {
        let BodyContent::Html(document) = &body.content else { continue };
        if document.is_mjml() {
            let tagged = |span: ViewSpan| {
                let next = body.tags.partition_point(|tag| tag.span.end <= span.start);
                body.tags.get(next).is_some_and(|tag| tag.span.overlaps(span))
            };
            wanted.extend(document.elements().filter_map(|element| want(body, element, &tagged)));
        }
    }
    wanted
}

fn want(body: &Body<'_>, element: Element<'_>, tagged: &dyn Fn(ViewSpan) -> bool) -> Option<Want> {
    if element.name() != "mj-include" {
        return None;
    }
    let is = |name: &str| element.attribute("type").is_some_and(|kind| kind.value.trim().eq_ignore_ascii_case(name));
    if is("css") {
        return None;
    }
    let attribute = element.attribute("path");
    let shown = attribute.as_ref().map_or("", |path| path.value.trim()).to_owned();
    let tagged = attribute.is_some_and(|path| tagged(path.value_span));
    Some(Want {
        spot: Spot { view: body.view, span: element.span() },
        path: if tagged { String::new() } else { shown.clone() },
        shown,
        kind: if is("html") { Kind::Html } else { Kind::Mjml },
    })
}
