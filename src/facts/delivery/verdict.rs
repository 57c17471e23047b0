//! What became of a copy, in one line.

use super::{Delivery, Reading};
use crate::knowledge::verdicts::Effect;

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// In words: lowercase, no final punctuation.
    pub text: String,
    /// How bad it is.
    pub effect: Effect,
}

/// The fields that a verdict follows from, those that weigh most first.
const ORDER: [&str; 6] = ["DEST", "CAT", "SFV", "SCL", "BCL", "SRV"];

impl Delivery {
    /// The verdict: where it went, then what the filters took it for, then authentication; `None` where Microsoft said nothing that is believed.
    pub fn verdict(&self) -> Option<Verdict> {
        let told: Vec<&Reading> = ORDER
            .into_iter()
            .filter_map(|name| if name == "SCL" { self.scl().map(|(_, reading)| reading) } else { self.reading(name) })
            .filter(|reading| reading.effect().is_some_and(|effect| effect != Effect::Plain || reading.name == "DEST"))
            .collect();
        let grave = |reading: &&&Reading| reading.effect().is_some_and(|effect| weight(effect) > 0);
        let Some(worst) = told.iter().find(grave).or(told.first()).copied() else { return self.by_authentication() };
        let place = told.first().filter(|first| first.name == "DEST" && first.name != worst.name);
        let codes: Vec<String> = told.iter().map(|reading| reading.written()).collect();
        let phrase = |reading: &Reading| reading.code().map_or("", |code| code.means.as_str()).to_owned();
        let text = match place {
            Some(place) => format!("{}, though: {}", phrase(place), phrase(worst)),
            None => phrase(worst),
        };
        let effect = worst.effect().unwrap_or(Effect::Plain);
        Some(Verdict { text: format!("{text} ({})", codes.join(", ")), effect })
    }

    fn by_authentication(&self) -> Option<Verdict> {
        let authentication = self.authentication.as_ref()?;
        let checked = authentication.checked("compauth").or_else(|| authentication.checked("dmarc"))?;
        let code = checked.code()?;
        let text = format!("no verdict of the filters; {} ({}={})", code.means, code.field, code.value);
        Some(Verdict { text, effect: code.effect })
    }
}

/// How much an effect weighs against a message.
fn weight(effect: Effect) -> u8 {
    match effect {
        Effect::Spam | Effect::Threat | Effect::Listed => 2,
        Effect::Bulk => 1,
        _ => 0,
    }
}
