//! One page to look at and to forward: the verdict, each campaign with its findings marked, why they matter.
//!
//! It loads nothing, runs nothing and leads nowhere: no script, a content security policy, campaigns in sandboxed frames
//! without rights, built anew from an allow-list (`facts::preview`). A page begins with its verdict, which is known
//! last, so all is written at the end; what is kept until then has limits, and the page says where they were reached.

mod campaign;
mod cards;
mod charts;
mod escape;
mod excerpt;
mod frame;
mod inbox;
mod markdown;
mod marks;
mod page;
mod sections;
mod verdict;

use super::{FileReport, Options, Report, Summary, is_error};
use page::Frame;
use sections::Sections;
use std::collections::BTreeSet;
use std::io::{self, Write};
use verdict::{Standing, State};

/// Campaigns with findings that are drawn.
const PICTURES: usize = 40;
/// Campaigns without findings that are drawn; further ones are in the overview only.
const CLEAN_PICTURES: usize = 10;
/// Size of all sections together, in bytes; further campaigns are in the overview only.
const LARGEST: usize = 24 << 20;
/// Errors that the head of the page names.
const REASONS: usize = 5;

/// The page.
#[derive(Debug)]
pub struct Html {
    options: Options,
    standings: Vec<Standing>,
    sections: Sections,
    /// How many sections, and pictures of campaigns with and without findings, there are.
    counts: (usize, usize, usize),
    /// Errors in the words of their messages, with how often.
    reasons: Vec<(String, usize)>,
    lints: BTreeSet<&'static str>,
    left_out: (usize, usize),
}

impl Html {
    /// An empty page; of the options only the rules count.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            standings: Vec::new(),
            sections: Sections::default(),
            counts: (0, 0, 0),
            reasons: Vec::new(),
            lints: BTreeSet::new(),
            left_out: (0, 0),
        }
    }

    /// Whether a campaign gets a section, and whether it is drawn.
    fn room(&mut self, file: &FileReport, state: State) -> (bool, bool) {
        let (_, faulty, clean) = &mut self.counts;
        let full = self.sections.len() > LARGEST;
        match state {
            _ if full => (false, false),
            State::Ready if *clean >= CLEAN_PICTURES => (false, false),
            _ if file.preview.is_none() => (true, false),
            State::Ready => {
                *clean += 1;
                (true, true)
            }
            _ => {
                *faulty += 1;
                (true, *faulty <= PICTURES)
            }
        }
    }

    fn remember(&mut self, file: &FileReport) {
        for diagnostic in &file.diagnostics {
            self.lints.insert(diagnostic.lint);
            if !is_error(diagnostic.level) {
                continue;
            }
            match self.reasons.iter().position(|(reason, _)| *reason == diagnostic.message) {
                Some(at) => self.reasons[at].1 += 1,
                None if self.reasons.len() < REASONS => self.reasons.push((diagnostic.message.clone(), 1)),
                None => {}
            }
        }
    }
}

impl Report for Html {
    fn file(&mut self, _: &mut dyn Write, file: &FileReport) -> io::Result<()> {
        let mut standing = Standing::of(file);
        self.remember(file);
        let (has_section, draw) = self.room(file, standing.state);
        if has_section {
            self.counts.0 += 1;
            standing.section = Some(self.counts.0);
            self.sections.push(&campaign::section(file, &standing, self.counts.0, draw))?;
        }
        self.left_out.0 += usize::from(has_section && !draw && file.preview.is_some());
        self.left_out.1 += usize::from(!has_section);
        self.standings.push(standing);
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        // in the order of the documentation
        let rules = self.options.rules.all().iter().map(|rule| rule.name);
        let known: Vec<&'static str> = rules.filter(|name| self.lints.contains(name)).collect();
        let unknown = self.lints.iter().copied().filter(|lint| !known.contains(lint));
        let lints: Vec<&'static str> = known.iter().copied().chain(unknown).collect();
        let frame = Frame {
            standings: &self.standings,
            summary,
            reasons: &self.reasons,
            lints: &lints,
            rules: &self.options.rules,
            left_out: self.left_out,
        };
        frame.head(out)?;
        self.sections.write(out)?;
        frame.foot(out)
    }
}
