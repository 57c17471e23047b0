//! Repeats rounds for a while, and takes the middle of them.

use super::cases::Case;
use super::stage::{Stage, Times};
use super::walk::Walk;
use std::time::{Duration, Instant};

const FEWEST: usize = 3;
const MOST: usize = 51;

/// What the rounds of a case took.
pub struct Rounds {
    rounds: Vec<Times>,
    /// How many diagnostics there are.
    pub found: usize,
}

/// The middle of what the rounds took.
#[derive(Debug, Clone, Copy)]
pub struct Middle {
    /// The median, in seconds.
    pub median: f64,
    /// Half of the distance of the quartiles, in percent of the median.
    pub spread: f64,
}

/// Runs rounds for `long`, and at least three, after one that does not count.
///
/// # Errors
/// A file can't be read.
pub fn run(walk: &Walk, case: &Case, long: Duration) -> Result<Rounds, String> {
    let begin = Instant::now();
    let found = walk.round(case, &mut Times::default())?;
    let mut rounds = Vec::new();
    while rounds.len() < FEWEST || begin.elapsed() < long && rounds.len() < MOST {
        let mut times = Times::default();
        walk.round(case, &mut times)?;
        rounds.push(times);
    }
    Ok(Rounds { rounds, found })
}

impl Rounds {
    /// The middle of a stage, if it ran.
    pub fn of(&self, stage: Stage) -> Option<Middle> {
        Middle::of(self.rounds.iter().filter_map(|times| times.of(stage)).map(|time| time.as_secs_f64()).collect())
    }

    /// What is left of `whole` without `parts`, in the same round.
    pub fn left(&self, whole: Stage, parts: &[Stage]) -> Option<Middle> {
        let seconds = |times: &Times, stage| times.of(stage).unwrap_or_default().as_secs_f64();
        let left = |times| seconds(times, whole) - parts.iter().map(|part| seconds(times, *part)).sum::<f64>();
        Middle::of(self.rounds.iter().map(left).collect())
    }
}

impl Middle {
    fn of(mut seconds: Vec<f64>) -> Option<Self> {
        seconds.sort_by(f64::total_cmp);
        let at = |quarters: usize| seconds.get((seconds.len().checked_sub(1)? * quarters + 2) / 4).copied();
        let (first, median, third) = (at(1)?, at(2)?, at(3)?);
        Some(Self { median, spread: if median > 0.0 { (third - first) / 2.0 / median * 100.0 } else { 0.0 } })
    }
}
