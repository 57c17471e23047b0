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
        let (cpu, wall) = (cell(taken.all(|usage| usage.cpu)), cell(taken.all(|usage| usage.wall)));
        println!("{name:<58}{times:>5}{cpu:>16}{wall:>16}{:>11.1} MB", taken.peak());
    }
    Ok(taken)
}

/// Prints a row of what was only measured on the clock, in seconds.
pub fn clock(name: &str, seconds: &[f64]) {
    println!("{name:<58}{:>5}{:>16}{:>16}", seconds.len(), "", cell(seconds.to_vec()));
}

impl Taken {
    /// The median of the seconds on the clock.
    pub fn wall(&self) -> f64 {
        quartiles(self.all(|usage| usage.wall))[1]
    }

    /// The largest of the peaks, in MB.
    pub fn peak(&self) -> f64 {
        self.all(|usage| usage.peak).into_iter().fold(0.0, f64::max)
    }

    fn all(&self, of: impl Fn(&Usage) -> f64) -> Vec<f64> {
        self.0.iter().map(of).collect()
    }
}

fn quartiles(mut numbers: Vec<f64>) -> [f64; 3] {
    numbers.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarters| numbers[((numbers.len() - 1) * quarters + 2) / 4])
}

/// The median in milliseconds or seconds, and half the distance of the quartiles in percent.
fn cell(seconds: Vec<f64>) -> String {
    let [first, median, third] = quartiles(seconds);
    let spread = (third - first) / 2.0 / median.max(f64::MIN_POSITIVE) * 100.0;
    match median {
        seconds if seconds >= 1.0 => format!("{seconds:.2} s ±{spread:.0}"),
        seconds => format!("{:.2} ms ±{spread:.0}", seconds * 1e3),
    }
}
