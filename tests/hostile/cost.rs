//! What the shapes that are written to cost do cost: time in proportion to their size, and no more than so much memory.

use super::measure::{Cost, measure};
use super::shapes::{SHAPES, Shape};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// A source of four times the size takes four times as long, eight on a bad day; sixteen if its cost is quadratic.
const MOST_TIMES: u32 = 8;
/// What counting in hundredths of a second, and starting the program, leave uncertain.
const UNCERTAIN: Duration = Duration::from_millis(200);
/// On a machine that is busy with other things, one measurement proves nothing.
const TRIALS: usize = 3;

/// What the largest source may take, optimised.
const SECONDS: Duration = Duration::from_secs(15);

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

/// The program to measure: `PRESEND_BIN`, or that of these tests.
fn program() -> PathBuf {
    std::env::var_os("PRESEND_BIN").map_or_else(|| env!("CARGO_BIN_EXE_presend").into(), PathBuf::from)
}

fn cost(&(what, name, write): &Shape, size: usize) -> Cost {
    let mut command = Command::new(program());
    command.args(["check", "-", "--stdin-filename", name, "--no-config", "--raw", "-W", "pedantic"]);
    command.args(["--max-size", "100MiB", "--format", "json"]);
    let cost = measure(command, &write(size), Duration::from_secs(120));
    assert!(matches!(cost.status.code(), Some(0 | 1)), "{what}: {:?}: {}", cost.status, cost.err);
    assert_eq!(cost.err, "", "{what}");
    cost
}

/// Whether a shape of `size` bytes costs too much beside a fourth of it, in words, and the costs of both.
fn compare(shape: &Shape, size: usize) -> (Cost, Cost, Result<(), String>) {
    let (mut small, mut large) = (cost(shape, size / 4), cost(shape, size));
    for _ in 1..TRIALS {
        if large.time <= small.time * MOST_TIMES + UNCERTAIN {
            break;
        }
        (small, large) = (cost(shape, size / 4), cost(shape, size));
    }
    let in_proportion = large.time <= small.time * MOST_TIMES + UNCERTAIN;
    let said = format!("{}: {:?} for {size} bytes, {:?} for a fourth of them", shape.0, large.time, small.time);
    (small, large, if in_proportion { Ok(()) } else { Err(said) })
}

fn all_in_proportion(shapes: &[Shape]) {
    let faults: Vec<String> = shapes.iter().filter_map(|shape| compare(shape, 64 * KIB).2.err()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn time_grows_with_size() {
    all_in_proportion(&SHAPES[..SHAPES.len() / 2]);
}

#[test]
fn time_grows_with_size_for_the_others() {
    all_in_proportion(&SHAPES[SHAPES.len() / 2..]);
}

#[test]
fn bounces_in_one_file_take_time_by_their_number() {
    let joined = |count: usize, end: &str| -> String {
        let bounce = |nth| {
            format!(
                "From: MAILER-DAEMON@mx.example\nTo: news@shop.example\nSubject: Undelivered\nDate: Tue, 1 Jul 2025 10:00:00 +0000\n\n\
                 a{nth}@b.example\n550 5.1.1 no such user\n\n"
            )
        };
        (0..count).map(bounce).collect::<String>().replace('\n', end)
    };
    let time = |count: usize, end: &str| {
        let mut command = Command::new(program());
        command.args(["bounces", "-", "--format", "json"]);
        let cost = measure(command, joined(count, end).as_bytes(), Duration::from_secs(120));
        assert!(matches!(cost.status.code(), Some(0 | 1)), "{:?}: {}", cost.status, cost.err);
        cost.time
    };
    for end in ["\n", "\r\n"] {
        let in_proportion = (0..TRIALS).any(|_| time(16_000, end) <= time(4_000, end) * MOST_TIMES + UNCERTAIN);
        assert!(in_proportion, "16,000 in one file, {end:?}, take more than {MOST_TIMES} times as long as 4,000");
    }
}

/// For an optimised program: see `.ci/long shapes`.
#[test]
#[ignore = "takes minutes"]
#[allow(clippy::print_stdout)]
fn the_largest_source_takes_seconds_and_less_than_a_gigabyte() {
    let wanted = std::env::var("PRESEND_SHAPE").unwrap_or_default();
    let mut faults = Vec::new();
    println!("{:45} {:>10} {:>10} {:>10} {:>10}", "shape", "4 MiB", "16 MiB", "64 MiB", "memory");
    for shape in SHAPES.iter().filter(|shape| shape.0.contains(&wanted)) {
        // 16 MiB of text are read, and of a shape of 64 MiB perhaps the half that costs nothing
        let (small, large, proportion) = compare(shape, 16 * MIB);
        let largest = cost(shape, 64 * MIB);
        let memory = large.memory.max(largest.memory) / MIB as u64;
        println!("{:45} {:>10.2?} {:>10.2?} {:>10.2?} {memory:>6} MiB", shape.0, small.time, large.time, largest.time);
        faults.extend(proportion.err());
        if memory >= 1024 {
            faults.push(format!("{}: {memory} MiB", shape.0));
        }
        if large.time.max(largest.time) > SECONDS {
            faults.push(format!("{}: {:?} and {:?}", shape.0, large.time, largest.time));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
