//! What a run of the binary costs: processor time of all its threads, and memory at its peak, as Linux counts them.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A run and its cost.
#[derive(Debug)]
pub struct Cost {
    /// How it ended.
    pub status: ExitStatus,
    /// Time on the processor, of all threads, in hundredths of a second; elapsed time where nobody counts.
    pub time: Duration,
    /// Most memory that it held, in bytes; 0 where nobody counts.
    pub memory: u64,
    /// What it said to standard error.
    pub err: String,
}

/// Runs `command` with `input` and waits for its end; after `patience` it is ended.
pub fn measure(mut command: Command, input: &[u8], patience: Duration) -> Cost {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let id = child.id();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let reader = std::thread::spawn(move || std::io::read_to_string(&mut stderr).unwrap_or_default());
    let (mut memory, mut time) = (0, None);
    // a process that has ended but was not waited for keeps its times, not its memory
    while cfg!(target_os = "linux") {
        memory = memory.max(peak(id));
        let (ended, spent) = spent(id);
        time = Some(spent);
        if ended {
            break;
        }
        if started.elapsed() > patience {
            child.kill().unwrap();
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let status = child.wait().unwrap();
    writer.join().unwrap();
    let err = reader.join().unwrap();
    Cost { status, time: time.unwrap_or_else(|| started.elapsed()), memory, err }
}

/// `VmHWM` of a process, in bytes.
fn peak(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Whether a process has ended, and its user and system time: fields 3, 14 and 15 of `stat`, counted behind the name in parentheses.
fn spent(id: u32) -> (bool, Duration) {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
    (matches!(fields.first(), None | Some(&"Z" | &"X")), Duration::from_millis((ticks(11) + ticks(12)) * 10))
}
