//! Whether a campaign is ready to be sent, in a sentence that a client can sign off.

use super::escape::count;
use crate::report::{FileReport, is_error};

/// How a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing was found.
    Ready,
    /// Only warnings were found.
    Warned,
    /// Something has to be mended first.
    Faulty,
    /// It was not checked, or not wholly.
    Unchecked,
}

impl State {
    /// The word in the overview.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "Ready",
            Self::Warned => "Ready, with warnings",
            Self::Faulty => "Not ready",
            Self::Unchecked => "Not checked",
        }
    }

    /// The name for style sheets.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Warned => "warned",
            Self::Faulty => "faulty",
            Self::Unchecked => "unchecked",
        }
    }

    /// A sign that says the same without colour.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Ready => "✓",
            Self::Warned => "!",
            Self::Faulty => "✕",
            Self::Unchecked => "?",
        }
    }
}

/// What is kept of a file for the verdict and the overview.
#[derive(Debug)]
pub(super) struct Standing {
    /// Its name, raw.
    pub name: String,
    /// How it stands.
    pub state: State,
    /// Errors in it.
    pub deny: usize,
    /// Warnings in it.
    pub warn: usize,
    /// Why it was not checked, raw.
    pub unchecked: Option<String>,
    /// It is no campaign but the configuration of some: the verdict is not on it.
    pub configuration: bool,
    /// The number of its section, if it has one.
    pub section: Option<usize>,
}

impl Standing {
    /// How it stands, in a word.
    pub fn word(&self) -> &'static str {
        if self.configuration { "Configuration" } else { self.state.word() }
    }

    /// How `file` stands.
    pub fn of(file: &FileReport) -> Self {
        let deny = file.diagnostics.iter().filter(|diagnostic| is_error(diagnostic.level)).count();
        let warn = file.diagnostics.len() - deny;
        let unread = file.error.as_ref().map(|error| error.message.clone());
        let broken =
            file.panics.first().map(|(lint, _)| format!("the lint `{lint}` failed; please report it to presend"));
        let unchecked = unread.or(broken);
        let state = match (&unchecked, deny, warn) {
            (Some(_), 0, _) => State::Unchecked,
            (_, 1.., _) => State::Faulty,
            (_, _, 1..) => State::Warned,
            _ => State::Ready,
        };
        let configuration = file.configuration;
        Self { name: file.name.to_string(), state, deny, warn, unchecked, configuration, section: None }
    }
}

/// The verdict: how it stands as a whole, and the sentence. Who signs it off has to hear of the `known` faults that a baseline hides.
pub(super) fn verdict(standings: &[Standing], known: usize) -> (State, String) {
    match judged(standings) {
        (state @ (State::Ready | State::Warned), sentence) if known > 0 => {
            (state, format!("{sentence}, beside {} that the baseline knows", count(known, "fault")))
        }
        judged => judged,
    }
}

fn judged(standings: &[Standing]) -> (State, String) {
    let campaigns: Vec<&Standing> = standings.iter().filter(|standing| !standing.configuration).collect();
    let number = |state: State| campaigns.iter().filter(|standing| standing.state == state).count();
    let (faulty, unchecked, warned) = (number(State::Faulty), number(State::Unchecked), number(State::Warned));
    let all = campaigns.len();
    let of_configuration =
        standings.iter().filter(|standing| standing.configuration).map(|standing| standing.deny).sum();
    if of_configuration > 0 && faulty + unchecked == 0 {
        let sentence = format!("Not ready to send: {} in the configuration", count(of_configuration, "error"));
        return (State::Faulty, sentence);
    }
    match *campaigns {
        [] => (State::Unchecked, "There was no campaign to check".to_owned()),
        [one] => (one.state, alone(one)),
        _ if faulty > 0 => {
            let also = match unchecked {
                0 => String::new(),
                _ => format!(", and {} could not be checked", unchecked),
            };
            let have = if faulty == 1 { "has" } else { "have" };
            (State::Faulty, format!("Not ready to send: {faulty} of {all} campaigns {have} errors{also}"))
        }
        _ if unchecked > 0 => {
            (State::Unchecked, format!("Not ready to send: {unchecked} of {all} campaigns could not be checked"))
        }
        _ if warned > 0 => (
            State::Warned,
            format!(
                "Ready to send: none of {all} campaigns has errors; {} in {warned} of them",
                count(campaigns.iter().map(|campaign| campaign.warn).sum(), "warning")
            ),
        ),
        _ => (State::Ready, format!("Ready to send: nothing was found in {all} campaigns")),
    }
}

fn alone(one: &Standing) -> String {
    match one.state {
        State::Ready => "Ready to send: nothing was found that will be held against this campaign".to_owned(),
        State::Warned => format!("Ready to send, with {} worth a look", count(one.warn, "warning")),
        State::Faulty => {
            let have = if one.deny == 1 { "has" } else { "have" };
            format!("Not ready to send: {} {have} to be mended first", count(one.deny, "error"))
        }
        State::Unchecked => "Not ready to send: the campaign could not be checked".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Level};
    use crate::report::samples::diagnostic;

    fn file(deny: usize, warn: usize) -> FileReport {
        let warning = || Diagnostic { level: Level::Warn, ..diagnostic("b") };
        let diagnostics = (0..deny).map(|_| diagnostic("a")).chain((0..warn).map(|_| warning())).collect();
        FileReport { name: "a.eml".into(), diagnostics, ..FileReport::default() }
    }

    fn said(files: &[FileReport]) -> String {
        verdict(&files.iter().map(Standing::of).collect::<Vec<_>>(), 0).1
    }

    #[test]
    fn one_campaign() {
        let unreadable = || FileReport::unreadable("a.eml".into(), "no such file");
        for (file, wanted) in [
            (file(0, 0), "Ready to send: nothing was found that will be held against this campaign"),
            (file(0, 1), "Ready to send, with 1 warning worth a look"),
            (file(1, 3), "Not ready to send: 1 error has to be mended first"),
            (file(2, 0), "Not ready to send: 2 errors have to be mended first"),
            (unreadable(), "Not ready to send: the campaign could not be checked"),
        ] {
            assert_eq!(said(&[file]), wanted);
        }
    }

    #[test]
    fn several_campaigns() {
        assert_eq!(said(&[]), "There was no campaign to check");
        assert_eq!(said(&[file(0, 0), file(0, 0)]), "Ready to send: nothing was found in 2 campaigns");
        assert_eq!(
            said(&[file(0, 0), file(0, 3)]),
            "Ready to send: none of 2 campaigns has errors; 3 warnings in 1 of them"
        );
        assert_eq!(said(&[file(0, 0), file(1, 3)]), "Not ready to send: 1 of 2 campaigns has errors");
        let unreadable = FileReport::unreadable("a.eml".into(), "no such file");
        assert_eq!(
            said(&[file(2, 0), file(1, 3), unreadable]),
            "Not ready to send: 2 of 3 campaigns have errors, and 1 could not be checked"
        );
    }

    #[test]
    fn what_a_baseline_hides_is_said() {
        let said = |deny| verdict(&[Standing::of(&file(deny, 0))], 4).1;
        assert_eq!(
            said(0),
            "Ready to send: nothing was found that will be held against this campaign, beside 4 faults that the baseline knows"
        );
        assert_eq!(said(1), "Not ready to send: 1 error has to be mended first");
    }

    #[test]
    fn a_configuration_is_no_campaign() {
        let configuration = |deny, warn| FileReport { configuration: true, ..file(deny, warn) };
        assert_eq!(
            said(&[file(0, 0), configuration(0, 1)]),
            "Ready to send: nothing was found that will be held against this campaign"
        );
        assert_eq!(
            said(&[file(0, 0), file(0, 2), configuration(0, 1)]),
            "Ready to send: none of 2 campaigns has errors; 2 warnings in 1 of them"
        );
        assert_eq!(said(&[file(0, 0), configuration(1, 0)]), "Not ready to send: 1 error in the configuration");
        assert_eq!(said(&[file(1, 0), configuration(1, 0)]), "Not ready to send: 1 error has to be mended first");
    }
}
