//! Work on many threads whose results come out in order, with few of them waiting.

use super::check::STACK;
use crate::lint::panics;
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

/// Does `work` for `0..count` in `pool` and hands each result, or the words of its panic, to `emit` in that order as soon as it is there. At most
/// `ahead` results wait or are in the making. Without a pool, which takes longer to make than a small file to check, it does one
/// after the other, on this thread where it can: the main one, then.
///
/// # Errors
/// The first error of `emit`; what has not begun by then is not done.
pub fn in_order<T: Send>(
    pool: Option<&ThreadPool>,
    count: usize,
    ahead: usize,
    work: impl Fn(usize) -> T + Sync,
    mut emit: impl FnMut(usize, Result<T, String>) -> io::Result<()>,
) -> io::Result<()> {
    let Some(pool) = pool else {
        return (0..count).try_for_each(|index| emit(index, alone(|| work(index))?));
    };
    let (work, stopped) = (&work, &AtomicBool::new(false));
    let (done, results) = mpsc::channel();
    let mut waiting = BTreeMap::new();
    let (mut begun, mut emitted) = (0, 0);
    pool.in_place_scope(|scope| {
        while emitted < count {
            while begun < count.min(emitted + ahead.max(1)) {
                let (done, index) = (done.clone(), begun);
                scope.spawn(move |_| {
                    if !stopped.load(Ordering::Relaxed) {
                        // nobody listens any more once `emit` failed
                        let _ = done.send((index, panics::catch(|| work(index))));
                    }
                });
                begun += 1;
            }
            // every task that began sends exactly once, so that this can't wait for ever
            let Ok((index, result)) = results.recv() else { break };
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&emitted) {
                if let Err(error) = emit(emitted, result) {
                    stopped.store(true, Ordering::Relaxed);
                    return Err(error);
                }
                emitted += 1;
            }
        }
        Ok(())
    })
}

/// What `work` gives, or the words of its panic. It is done on this thread where the main one has the room: another one, with the memory that is set
/// aside for it, takes a tenth of the time that a small file does.
fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<Result<T, String>> {
    if main_stack().is_some_and(|bytes| bytes >= ROOM) {
        return Ok(panics::catch(work));
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let done = thread.spawn_scoped(scope, || panics::catch(work))?.join();
        // what `catch` lets through is no panic of ours
        Ok(done.unwrap_or_else(|_| Err("the thread ended".to_owned())))
    })
}

/// As much stack as one file may need, many times over: the deepest nesting that the limits allow passes with a quarter of a megabyte.
const ROOM: u64 = 4 << 20;

/// How large the stack of the main thread may grow, in bytes, where the system says so.
#[cfg(unix)]
fn main_stack() -> Option<u64> {
    use rustix::process::{Resource, getrlimit};
    // without a limit it grows for as long as there is memory
    Some(getrlimit(Resource::Stack).current.unwrap_or(u64::MAX))
}

#[cfg(not(unix))]
fn main_stack() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn results_come_in_order_and_few_of_them_wait() {
        for threads in [1, 2, 5] {
            let (begun, emitted) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let mut seen = Vec::new();
            in_order(
                Some(&pool(threads)),
                100,
                8,
                |index| {
                    begun.fetch_add(1, Ordering::SeqCst);
                    if index % 10 == 0 {
                        std::thread::sleep(Duration::from_millis(2));
                    }
                    index * 2
                },
                |index, result| {
                    let in_flight = begun.load(Ordering::SeqCst) - emitted.fetch_add(1, Ordering::SeqCst);
                    assert!(in_flight <= 8, "{in_flight}");
                    seen.push((index, result.unwrap()));
                    Ok(())
                },
            )
            .unwrap();
            assert_eq!(seen, (0..100).map(|index| (index, index * 2)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_is_one_result_and_the_others_go_on() {
        for pool in [Some(pool(2)), None] {
            let mut seen = Vec::new();
            let work = |index| if index == 1 { panic!("one") } else { index };
            in_order(pool.as_ref(), 3, 4, work, |_, result| {
                seen.push(result.map_err(|said| said.contains("one")));
                Ok(())
            })
            .unwrap();
            assert_eq!(seen, [Ok(0), Err(true), Ok(2)]);
        }
    }

    #[test]
    fn it_ends_when_nobody_takes_the_results() {
        for pool in [Some(pool(2)), None] {
            let begun = AtomicUsize::new(0);
            let work = |_| begun.fetch_add(1, Ordering::SeqCst);
            let error = in_order(pool.as_ref(), 1000, 4, work, |_, _| Err(io::ErrorKind::BrokenPipe.into()));
            assert_eq!(error.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
            assert!(begun.into_inner() <= 4);
        }
    }
}
