//! Records of unknown number through many threads: read ahead a little, answered in order, nothing held back while the
//! input pauses.

use crate::lint::panics;
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// How far reading may be ahead of what is answered.
#[derive(Debug, Clone, Copy)]
pub struct Ahead {
    /// In records.
    pub records: usize,
    /// In bytes; a record that is larger waits until it is alone.
    pub bytes: usize,
}

/// Takes the answers.
pub trait Take<T> {
    /// The next answer in order, to the record with the number `index` from 0, or the words of its panic.
    ///
    /// # Errors
    /// Nobody wants more.
    fn take(&mut self, index: usize, answer: Result<T, String>) -> io::Result<()>;

    /// Nothing is to be taken at the moment.
    ///
    /// # Errors
    /// Nobody wants more.
    fn idle(&mut self) -> io::Result<()>;
}

enum Event<R, T> {
    Read(R, usize),
    End,
    Done(usize, Result<T, String>),
}

/// Does `work` for each of `records` in `pool`, with its number from 0, and hands the answers to `sink` in order. `size` is what a record holds, in
/// bytes. Reading goes on in a thread of its own, which is left behind where `sink` fails: it may wait for input that never comes.
///
/// # Errors
/// The first error of `sink`; what has not begun by then is not done.
pub fn through<R: Send + 'static, T: Send + 'static>(
    pool: &ThreadPool,
    ahead: Ahead,
    records: impl Iterator<Item = R> + Send + 'static,
    size: fn(&R) -> usize,
    work: impl Fn(usize, R) -> T + Sync,
    sink: &mut dyn Take<T>,
) -> io::Result<()> {
    let room = Arc::new(Room { ahead, taken: Mutex::default(), freed: Condvar::new() });
    let (sender, events) = mpsc::channel();
    read(records, size, Arc::clone(&room), sender.clone())?;
    let (work, stopped) = (&work, &AtomicBool::new(false));
    let mut sizes = BTreeMap::new();
    let mut waiting = BTreeMap::new();
    let (mut begun, mut emitted, mut ended) = (0, 0, false);
    pool.in_place_scope(|scope| {
        let mut all = || {
            while !(ended && emitted == begun) {
                let event = match events.try_recv() {
                    Ok(event) => event,
                    Err(_) => {
                        sink.idle()?;
                        // the sender at hand keeps the channel open; reading ends with `End`, work with `Done`
                        let Ok(event) = events.recv() else { break };
                        event
                    }
                };
                match event {
                    Event::End => ended = true,
                    Event::Read(record, size) => {
                        let (sender, index) = (sender.clone(), begun);
                        sizes.insert(index, size);
                        begun += 1;
                        scope.spawn(move |_| {
                            if !stopped.load(Ordering::Relaxed) {
                                // nobody listens any more once `sink` failed
                                let _ = sender.send(Event::Done(index, panics::catch(|| work(index, record))));
                            }
                        });
                    }
                    Event::Done(index, answer) => {
                        waiting.insert(index, answer);
                        while let Some(answer) = waiting.remove(&emitted) {
                            sink.take(emitted, answer)?;
                            room.free(sizes.remove(&emitted).unwrap_or(0));
                            emitted += 1;
                        }
                    }
                }
            }
            Ok(())
        };
        all().inspect_err(|_| stopped.store(true, Ordering::Relaxed))
    })
}

fn read<R: Send + 'static, T: Send + 'static>(
    mut records: impl Iterator<Item = R> + Send + 'static,
    size: fn(&R) -> usize,
    room: Arc<Room>,
    sender: Sender<Event<R, T>>,
) -> io::Result<()> {
    let reading = move || {
        // the end has to be told whatever happens
        let _ = panics::catch(|| {
            loop {
                room.wait();
                let Some(record) = records.next() else { return };
                let size = size(&record);
                room.enter(size);
                if sender.send(Event::Read(record, size)).is_err() {
                    return;
                }
            }
        });
        let _ = sender.send(Event::End);
    };
    std::thread::Builder::new().name("read".to_owned()).spawn(reading).map(|_| ())
}

/// Who is in: records that were read and are not answered yet.
struct Room {
    ahead: Ahead,
    /// Records and bytes.
    taken: Mutex<(usize, usize)>,
    freed: Condvar,
}

impl Room {
    /// Waits for room for a record of unknown size.
    fn wait(&self) {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut (usize, usize)| taken.0 >= self.ahead.records || taken.1 >= self.ahead.bytes;
        drop(self.freed.wait_while(taken, full));
    }

    /// Waits until `bytes` more fit, or nobody is in, and takes the room.
    fn enter(&self, bytes: usize) {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut (usize, usize)| taken.0 > 0 && taken.1.saturating_add(bytes) > self.ahead.bytes;
        let mut taken = self.freed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        *taken = (taken.0 + 1, taken.1.saturating_add(bytes));
    }

    fn free(&self, bytes: usize) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        *taken = (taken.0.saturating_sub(1), taken.1.saturating_sub(bytes));
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    /// Keeps the answers, and how many of them had come at each pause; fails at the answer `last`.
    #[derive(Default)]
    struct Kept {
        answers: Vec<Result<usize, ()>>,
        pauses: Vec<usize>,
        last: Option<usize>,
    }

    impl Take<usize> for Kept {
        fn take(&mut self, _: usize, answer: Result<usize, String>) -> io::Result<()> {
            self.answers.push(answer.map_err(|_| ()));
            if self.last == Some(self.answers.len()) { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
        }

        fn idle(&mut self) -> io::Result<()> {
            self.pauses.push(self.answers.len());
            Ok(())
        }
    }

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    const AHEAD: Ahead = Ahead { records: 8, bytes: 100 };

    #[test]
    fn answers_come_in_order_and_reading_waits_for_them() {
        for threads in [1, 2, 5] {
            static READ: AtomicUsize = AtomicUsize::new(0);
            READ.store(0, Ordering::SeqCst);
            let records = (0..200).inspect(|_| {
                READ.fetch_add(1, Ordering::SeqCst);
            });
            let mut kept = Kept::default();
            let work = |index, record: usize| {
                if index == 20 {
                    std::thread::sleep(Duration::from_millis(20));
                    // the 8 that wait, and one that was read and may not enter
                    assert!(READ.load(Ordering::SeqCst) <= 20 + 9);
                }
                record * 2
            };
            through(&pool(threads), AHEAD, records, |_| 1, work, &mut kept).unwrap();
            assert_eq!(kept.answers, (0..200).map(|record| Ok(record * 2)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn large_records_go_alone_and_a_panic_is_one_answer() {
        let mut kept = Kept::default();
        let work = |index, size: usize| if index == 1 { panic!("one") } else { size };
        through(&pool(2), AHEAD, [500, 1, 99, 100, 101].into_iter(), |size| *size, work, &mut kept).unwrap();
        assert_eq!(kept.answers, [Ok(500), Err(()), Ok(99), Ok(100), Ok(101)]);
    }

    #[test]
    fn while_the_input_pauses_all_answers_are_out() {
        let (send, receive) = mpsc::channel();
        for record in 0..5 {
            send.send(record).unwrap();
        }
        let records = receive.into_iter();
        let ending = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            drop(send);
        });
        let mut kept = Kept::default();
        through(&pool(2), AHEAD, records, |_| 1, |_, record: usize| record, &mut kept).unwrap();
        ending.join().unwrap();
        assert_eq!(kept.pauses.last(), Some(&5));
    }

    #[test]
    fn it_ends_when_nobody_takes_the_answers() {
        let mut kept = Kept { last: Some(3), ..Kept::default() };
        let error = through(&pool(2), AHEAD, 0.., |_| 1, |_, record: usize| record, &mut kept).unwrap_err();
        assert_eq!((error.kind(), kept.answers.len()), (io::ErrorKind::BrokenPipe, 3));
    }
}
