//! A test that ended as junk, or as worse.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Delivery, Facts, Reading};
use crate::lint::{Findings, Lint};
use crate::knowledge::verdicts::Effect;
use crate::lints::codes;

pub static LINT: Lint = Lint {
    name: "junked-test",
    summary: "test copy that Microsoft 365 took for spam or for a threat",
    level: Level::Deny,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("junked_test.md"),
    check,
};

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let delivery = facts.delivery();
    let junkings = delivery.junkings();
    let Some((first, others)) = junkings.split_first() else { return };
    let listed = delivery.reading("SFV").filter(|reading| reading.effect() == Some(Effect::Listed));
    let finding = findings.report(first.spot, message(first));
    finding.label(label(first)).soften_if(listed.is_some());
    codes::explain(finding, first);
    let mut said = vec![first.written()];
    for other in others {
        finding.also(other.spot, label(other));
        if !said.contains(&other.written()) {
            codes::explain(finding, other);
            said.push(other.written());
        }
    }
    if let Some(listed) = listed {
        finding.also(listed.spot, "this recipient's own doing");
        codes::explain(finding, listed);
    }
    if let Some(inbox) = inbox(delivery) {
        finding.also(inbox.spot, "delivered to the inbox all the same");
        finding.note("a setting of this mailbox put it into the inbox; others will not have that setting");
    }
    finding.help(help(first, listed.is_some()));
}

fn inbox(delivery: &Delivery) -> Option<&Reading> {
    delivery.reading("DEST").filter(|dest| dest.effect() == Some(Effect::Clean))
}

fn message(reading: &Reading) -> String {
    let means = reading.code().map_or("spam", |code| code.means.as_str());
    let means = means.split([':', ',']).next().unwrap_or(means);
    match reading.name.as_str() {
        "DEST" => "this test was delivered to Junk Email".to_owned(),
        "CAT" if reading.effect() == Some(Effect::Threat) && means.starts_with(['a', 'h']) => {
            format!("Microsoft 365 stopped this test: {means}")
        }
        "CAT" => format!("Microsoft 365 took this test for {means}"),
        "SCL" => format!("Microsoft 365 gave this test a spam confidence level of {}: {means}", reading.value),
        "SFTY" => "Microsoft 365 warns readers of this test".to_owned(),
        _ => "the spam filter of Microsoft 365 marked this test as spam".to_owned(),
    }
}

fn label(reading: &Reading) -> &'static str {
    match reading.name.as_str() {
        "DEST" => "the Junk Email folder",
        "SCL" => "spam from 5 on",
        "CAT" => "the policy that applied",
        "SFTY" => "a safety tip",
        _ => "the filter's verdict",
    }
}

fn help(reading: &Reading, listed: bool) -> &'static str {
    match (listed, reading.effect()) {
        (true, _) => "test with a mailbox that does not block you, or ask this one's administrator",
        (_, Some(Effect::Threat)) => "mend what the other reports say of sender, links and attachments, then test again",
        _ => "mend what the other reports say, above all authentication and complaints; if it was junked by mistake, a recipient can report it to Microsoft as not junk",
    }
}
