//! Runs that belong together: they take turns, and a row of the table says what the middle one of each took.

use super::usage::{Run, Usage};
use std::path::Path;

/// A run with its name in the table.
pub type Row = (String, Run);

/// What the runs of a row took.
#[derive(Debug, Clone)]
pub struct Taken(Vec<Usage>);

/// Prints what is above the rows.
pub fn head() {
    println!("{:<58}{:>5}{:>16}{:>16}{:>14}", "run", "runs", "user + system", "clock", "peak memory");
}

/// Runs all rows `times` times, in turn, prints them, and says what each took.
///
/// # Errors
/// A run failed.
pub fn measure(program: &Path, rows: &[Row], times: usize) -> Result<Vec<Taken>, String> {
    let mut taken: Vec<Taken> = rows.iter().map(|_| Taken(Vec::new())).collect();
    for _ in 0..times {
        for ((_, run), taken) in rows.iter().zip(&mut taken) {
            taken.0.push(run.measure(program)?);
        }
    }
    for ((name, _), taken) in rows.iter().zip(&taken) {
        let (cpu, wall) = (taken.cell(|usage| usage.cpu), taken.cell(|usage| usage.wall));
        println!("{name:<58}{times:>5}{cpu:>16}{wall:>16}{:>11.1} MB", taken.peak());
    }
    Ok(taken)
}

impl Taken {
    /// The median of the seconds on the clock.
    pub fn wall(&self) -> f64 {
        self.quartiles(|usage| usage.wall)[1]
    }

    /// The largest of the peaks, in MB.
    pub fn peak(&self) -> f64 {
        self.0.iter().map(|usage| usage.peak).fold(0.0, f64::max)
    }

    fn quartiles(&self, of: impl Fn(&Usage) -> f64) -> [f64; 3] {
        let mut numbers: Vec<f64> = self.0.iter().map(of).collect();
        numbers.sort_by(f64::total_cmp);
        [1, 2, 3].map(|quarters| numbers[((numbers.len() - 1) * quarters + 2) / 4])
    }

    /// The median in milliseconds or seconds, and half the distance of the quartiles in percent.
    fn cell(&self, of: impl Fn(&Usage) -> f64) -> String {
        let [first, median, third] = self.quartiles(of);
        let spread = (third - first) / 2.0 / median.max(f64::MIN_POSITIVE) * 100.0;
        match median {
            seconds if seconds >= 1.0 => format!("{seconds:.2} s ±{spread:.0}"),
            seconds => format!("{:.2} ms ±{spread:.0}", seconds * 1e3),
        }
    }
}
