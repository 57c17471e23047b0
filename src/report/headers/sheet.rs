//! What the header of one copy says, ready to be shown: facts in the order in which people read them, each with what it means.

use super::time;
use crate::facts::{Authentication, Checked, Facts, Leg, Reading};
use crate::knowledge::verdicts::{self, Effect};
use crate::sort;
use serde::Serialize;

/// What the header of one copy says.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Sheet {
    /// The name of the file.
    pub file: String,
    /// Subject, From, To, Date and Message-ID, as far as they are there.
    pub message: Vec<Entry>,
    /// What became of it, in one line; `null` where Microsoft said nothing that is believed.
    pub verdict: Option<String>,
    /// Whether the verdict says something about other recipients; `null` without one.
    pub representative: Option<bool>,
    /// Why it does not, and why values were not believed.
    pub remarks: Vec<String>,
    /// SPF, DKIM, DMARC and what Microsoft made of them.
    pub authentication: Vec<Entry>,
    /// What the filters said.
    pub scores: Vec<Entry>,
    /// Values whose meaning is not public.
    pub undocumented: Vec<Entry>,
    /// The way of the message, the oldest hop first.
    pub hops: Vec<Step>,
    /// Seconds from the first hop to the last; negative where clocks differ.
    pub seconds: Option<i64>,
    #[serde(skip)]
    pub(super) tone: Option<Effect>,
}

/// A value with what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// What it is called: `SCL`, `dkim`, `Subject`.
    pub name: String,
    /// As it stands in the header.
    pub value: String,
    /// The domain that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// What it means, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
    /// The header field that it stands in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    #[serde(skip)]
    pub(super) tone: Option<Effect>,
}

/// One hop.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Step {
    /// Counted from the oldest, 1 and up.
    pub number: usize,
    /// The name that the client gave itself.
    pub from: Option<String>,
    /// The client's address.
    pub address: Option<String>,
    /// The server.
    pub by: Option<String>,
    /// The protocol and software.
    pub with: Option<String>,
    /// When, as written.
    pub date: Option<String>,
    /// When, in UTC; `null` where the date can't be read.
    pub time: Option<String>,
    /// Seconds since the hop before it; negative where clocks differ.
    pub delay_seconds: Option<i64>,
    /// Microsoft took the message in here.
    pub border: bool,
    /// A server of Microsoft 365's.
    pub microsoft: bool,
}

/// The fields of the message that are shown.
const SHOWN: [&str; 5] = ["Subject", "From", "To", "Date", "Message-ID"];

impl Sheet {
    /// What the header of `facts` says.
    pub fn of(facts: &Facts<'_>) -> Self {
        let delivery = facts.delivery();
        let verdict = delivery.verdict();
        let bypasses = delivery.bypasses();
        let (mut scores, undocumented) = scores(&delivery.readings);
        scores.extend(delivery.hits.iter().map(hit));
        let go_between = delivery.authentication.as_ref().and_then(|authentication| authentication.go_between.clone());
        let bypassed = bypasses.iter().map(|reading| {
            let means = reading.code().map_or("", |code| code.means.as_str());
            format!("this copy proves little about other recipients: {means} ({})", reading.written())
        });
        let personal = delivery.personal();
        let lists: Vec<String> = personal.iter().map(|reading| reading.written().to_ascii_lowercase()).collect();
        let lists = (!lists.is_empty()).then(|| {
            format!(
                "lists or folders of this mailbox may have had a say ({}); Microsoft does not document it",
                lists.join(", ")
            )
        });
        let mut remarks: Vec<String> = Vec::new();
        let between = go_between.clone().map(|why| format!("authentication judged a server in between: {why}"));
        for remark in bypassed.chain(between).chain(lists).chain(delivery.doubts.iter().cloned()) {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
        let journey = delivery.journey();
        let times = || journey.iter().filter_map(|leg| leg.time);
        Self {
            file: facts.message.source.name.to_string(),
            message: SHOWN.iter().filter_map(|name| own_field(facts, name)).collect(),
            representative: verdict.as_ref().map(|_| bypasses.is_empty() && go_between.is_none()),
            tone: verdict.as_ref().map(|verdict| verdict.effect),
            verdict: verdict.map(|verdict| verdict.text),
            remarks,
            authentication: delivery.authentication.as_ref().map(authentication).unwrap_or_default(),
            scores,
            undocumented,
            seconds: times()
                .next()
                .zip(times().next_back())
                .map(|(first, last)| last - first)
                .filter(|_| journey.len() > 1),
            hops: journey.iter().enumerate().map(|(index, leg)| step(index + 1, leg)).collect(),
        }
    }
}

fn own_field(facts: &Facts<'_>, name: &str) -> Option<Entry> {
    let value = facts.message.value(facts.message.header(name)?).to_owned();
    (!value.is_empty()).then(|| Entry { name: name.to_owned(), value, ..Entry::default() })
}

/// The documented values in the order in which people read them, and the others; empty ones say nothing.
fn scores(readings: &[Reading]) -> (Vec<Entry>, Vec<Entry>) {
    let mut told: Vec<&Reading> = readings.iter().filter(|reading| !reading.value.is_empty()).collect();
    sort::by_key(&mut told, |reading| verdicts::rank(&reading.name));
    let (known, unknown): (Vec<&Reading>, Vec<&Reading>) =
        told.into_iter().partition(|reading| verdicts::field(&reading.name).is_some());
    (known.into_iter().map(score).collect(), unknown.into_iter().map(score).collect())
}

fn score(reading: &Reading) -> Entry {
    let code = reading.code();
    Entry {
        name: if reading.name == "DEST" { "dest".to_owned() } else { reading.name.clone() },
        value: reading.value.clone(),
        domain: None,
        meaning: meaning(reading),
        source: code.map(|code| code.source.as_str()),
        field: Some(reading.field),
        tone: code.map(|code| code.effect),
    }
}

/// What the code means; where that alone does not say what is measured, that too.
fn meaning(reading: &Reading) -> Option<String> {
    let field = verdicts::field(&reading.name);
    match (field, reading.code()) {
        (Some(field), Some(code)) if matches!(reading.name.as_str(), "SCL" | "BCL" | "CAT") => {
            Some(format!("{field}: {}", code.means))
        }
        (_, Some(code)) => Some(code.means.to_string()),
        (field, None) => field.map(str::to_owned),
    }
}

fn hit(reading: &Reading) -> Entry {
    let hit = verdicts::hit(&reading.value);
    Entry {
        name: reading.name.clone(),
        value: reading.value.clone(),
        meaning: hit.map(|hit| hit.means.to_string()),
        field: Some(reading.field),
        tone: Some(Effect::Bulk),
        ..Entry::default()
    }
}

/// The results in the order of the field, and behind them what was done and why.
fn authentication(authentication: &Authentication) -> Vec<Entry> {
    let mut entries = Vec::new();
    for method in &authentication.results.methods {
        let checked = Checked { method };
        let code = checked.code();
        let means = code.map(|code| code.means.to_string());
        let meaning = match (means, checked.reason()) {
            (Some(means), Some(reason)) if !checked.passed() && method.result != "none" => {
                Some(format!("{means} ({reason})"))
            }
            (None, Some(reason)) => Some(reason.to_owned()),
            (means, _) => means,
        };
        entries.push(Entry {
            name: method.name.clone(),
            value: method.result.clone(),
            domain: method.domain().map(str::to_owned),
            meaning,
            source: code.map(|code| code.source.as_str()),
            field: Some("Authentication-Results"),
            tone: code.map(|code| code.effect),
        });
        for name in ["action", "reason"] {
            let Some(property) = method.property(name).filter(|property| property.value != "none") else { continue };
            let code = verdicts::code(name, &property.value);
            entries.push(Entry {
                name: name.to_owned(),
                value: property.value.clone(),
                domain: None,
                meaning: code.map(|code| code.means.as_str()).or_else(|| verdicts::field(name)).map(str::to_owned),
                source: code.map(|code| code.source.as_str()),
                field: Some("Authentication-Results"),
                tone: code.map(|code| code.effect),
            });
        }
    }
    entries
}

fn step(number: usize, leg: &Leg<'_>) -> Step {
    let hop = leg.hop;
    let with = [hop.with.clone(), hop.via.as_ref().map(|via| format!("via {via}"))];
    let with: Vec<String> = with.into_iter().flatten().collect();
    Step {
        number,
        from: hop.from.as_ref().map(|from| from.text.clone()),
        address: hop.address.map(|address| address.ip.to_string()),
        by: hop.by.as_ref().map(|by| by.text.clone()),
        with: (!with.is_empty()).then(|| with.join(" ")),
        date: hop.date.as_ref().map(|date| date.text.clone()),
        time: leg.time.map(time::moment),
        delay_seconds: leg.delay,
        border: leg.is_border,
        microsoft: leg.is_microsoft,
    }
}
