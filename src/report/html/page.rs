//! The page around the campaigns: the verdict, the overview, the lints, what a reader has to know.

use super::escape::{count, inline, sentence, text};
use super::markdown;
use super::verdict::{Standing, verdict};
use crate::report::{Rules, Summary};
use crate::source::REPORT_MARK;
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");

/// What the browser may do: nothing but styles and images that are in the file.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// What no check can see.
const BEYOND: &str = "What no check can see from here: how many readers complain, whether the sending address and its \
    domain are known to mailbox providers, what the privacy page says.";

/// What the pages of lints and a run's numbers are told with.
pub(super) struct Frame<'p> {
    pub standings: &'p [Standing],
    pub summary: &'p Summary,
    /// What was found, in the words of the first few errors; raw.
    pub reasons: &'p [(String, usize)],
    /// The lints that were reported.
    pub lints: &'p [&'static str],
    pub rules: &'p Rules,
    /// Campaigns without a picture, and without a section, for the sake of size.
    pub left_out: (usize, usize),
}

impl Frame<'_> {
    /// Writes everything before the campaigns.
    pub fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let (state, sentence) = verdict(self.standings, self.summary.known);
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">{REPORT_MARK}\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
             <meta name=\"referrer\" content=\"no-referrer\"><title>{}</title><style>{STYLE}</style></head>\n<body>\
             <header class=\"verdict {}\"><div class=\"wide\"><p class=\"brand\">presend report</p>\
             <h1><span class=\"sign\" aria-hidden=\"true\">{}</span>{}</h1>",
            text(&sentence),
            state.class(),
            state.sign(),
            text(&sentence),
        )?;
        self.lead(out)?;
        self.why(out)?;
        write!(out, "</div></header>\n<main class=\"wide\">\n")?;
        if self.standings.len() > 1 { self.overview(out) } else { Ok(()) }
    }

    /// What was checked, in numbers.
    fn lead(&self, out: &mut dyn Write) -> io::Result<()> {
        let summary = self.summary;
        let campaigns: Vec<_> = self.standings.iter().filter(|standing| !standing.configuration).collect();
        let what = match *campaigns {
            [one] => format!("<code>{}</code>", text(&one.name)),
            _ => count(campaigns.len(), "campaign"),
        };
        let mut facts = vec![count(summary.deny, "error"), count(summary.warn, "warning")];
        facts.extend((summary.fixed.0 > 0).then(|| format!("{} mended", count(summary.fixed.0, "fault"))));
        facts.extend(
            (summary.known > 0)
                .then(|| format!("{} known from the baseline and not shown", count(summary.known, "fault"))),
        );
        facts.extend((summary.unread > 0).then(|| format!("{} not checked", count(summary.unread, "file"))));
        write!(out, "<p class=\"lead\">{what}: {}.</p>", facts.join(", "))
    }

    /// The reasons behind a verdict of "not ready".
    fn why(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.reasons.is_empty() {
            return Ok(());
        }
        write!(out, "<ul class=\"reasons\">")?;
        for (reason, times) in self.reasons {
            let times =
                if *times > 1 { format!(" <span class=\"times\">({times} times)</span>") } else { String::new() };
            write!(out, "<li>{}{times}</li>", sentence(reason))?;
        }
        write!(out, "</ul>")
    }

    fn overview(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(
            out,
            "<section aria-labelledby=\"overview\"><h2 id=\"overview\">Overview</h2><table class=\"overview\"><thead><tr>\
             <th scope=\"col\">Campaign</th><th scope=\"col\">Verdict</th><th scope=\"col\" class=\"number\">Errors</th>\
             <th scope=\"col\" class=\"number\">Warnings</th></tr></thead><tbody>"
        )?;
        for standing in self.standings {
            let name = text(&standing.name);
            let name = match standing.section {
                Some(section) => format!("<a href=\"#c{section}\">{name}</a>"),
                None => name,
            };
            writeln!(
                out,
                "<tr><th scope=\"row\">{name}</th><td><span class=\"state {}\"><span aria-hidden=\"true\">{}</span> {}</span></td>\
                 <td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
                standing.state.class(),
                standing.state.sign(),
                standing.word(),
                standing.deny,
                standing.warn,
            )?;
        }
        writeln!(out, "</tbody></table></section>")
    }

    /// Writes everything behind the campaigns.
    pub fn foot(&self, out: &mut dyn Write) -> io::Result<()> {
        self.lints(out)?;
        write!(out, "</main>\n<footer class=\"wide\"><h2>About this report</h2>")?;
        let (pictures, sections) = self.left_out;
        if sections > 0 {
            write!(
                out,
                "<p>To keep this page usable, {} only in the overview; check them alone to see them whole.</p>",
                are(sections, "campaign", "is", "are")
            )?;
        }
        if pictures > 0 {
            write!(
                out,
                "<p>To keep this page usable, {} without a picture.</p>",
                are(pictures, "campaign", "is shown", "are shown")
            )?;
        }
        if self.summary.drafts > 0 {
            write!(out, "<p>{BEYOND}</p>")?;
        }
        writeln!(
            out,
            "<p>Made by presend {} from the files alone. This page is complete in itself: it loads nothing, runs nothing, \
             and its links lead only to places in it.</p></footer></body></html>",
            env!("CARGO_PKG_VERSION")
        )
    }

    /// The pages of the lints that were reported, each once.
    fn lints(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.lints.is_empty() {
            return Ok(());
        }
        write!(
            out,
            "<section aria-labelledby=\"lints\" class=\"lints\"><h2 id=\"lints\">Why it matters, and what to write instead</h2>"
        )?;
        for lint in self.lints {
            let rule = self.rules.find(lint).map(|(_, rule)| rule);
            let summary = rule.map_or("", |rule| rule.summary);
            let page = rule.map_or(String::new(), |rule| markdown::html(rule.page));
            writeln!(
                out,
                "<details id=\"lint-{name}\"><summary><code>{name}</code> <span>{}</span></summary><div class=\"page\">{page}</div></details>",
                inline(summary),
                name = text(lint),
            )?;
        }
        write!(out, "</section>")
    }
}

fn are(number: usize, thing: &str, one: &str, many: &str) -> String {
    format!("{} {}", count(number, thing), if number == 1 { one } else { many })
}
