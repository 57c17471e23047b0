//! What is heard while nothing runs: changes in folders, Ctrl-C, and that nobody reads the output any more.

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Silence after the last change before anything is done about it: editors write in several steps.
const QUIET: Duration = Duration::from_millis(60);
/// Longest wait for silence.
const LONGEST: Duration = Duration::from_secs(1);

/// What was waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Something changed, and then it was quiet.
    Change,
    /// It is over.
    End,
}

/// What comes in.
enum Sound {
    /// Something about this path; `true` if what was there may be gone, and with it the watch.
    Path(PathBuf, bool),
    /// Some changes were lost: anything may have changed.
    Lost,
    /// It is over.
    End,
}

/// Hears of changes in folders.
pub struct Ears {
    watcher: RecommendedWatcher,
    heard: Receiver<Sound>,
    watched: HashSet<PathBuf>,
    ended: Arc<AtomicBool>,
}

impl Ears {
    /// From now on Ctrl-C and a closed standard output end the waiting and set `ended`.
    ///
    /// # Errors
    /// The system does not tell of changes.
    pub fn open(ended: &Arc<AtomicBool>) -> notify::Result<Self> {
        let (tell, heard) = mpsc::channel();
        let changes = tell.clone();
        // nobody listens any more when the process ends
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
            Ok(event) if event.need_rescan() => drop(changes.send(Sound::Lost)),
            // reading is no change, and every run reads
            Ok(event) if event.kind.is_access() => {}
            Ok(event) => {
                let gone = matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)));
                event.paths.into_iter().for_each(|path| drop(changes.send(Sound::Path(path, gone))));
            }
            Err(_) => drop(changes.send(Sound::Lost)),
        })?;
        let end = {
            let ended = Arc::clone(ended);
            move |tell: &Sender<Sound>| {
                ended.store(true, Ordering::Relaxed);
                let _ = tell.send(Sound::End);
            }
        };
        #[cfg(unix)]
        hang_up::notice(tell.clone(), end.clone());
        ctrlc::set_handler(move || end(&tell)).map_err(|error| notify::Error::generic(&error.to_string()))?;
        Ok(Self { watcher, heard, watched: HashSet::new(), ended: Arc::clone(ended) })
    }

    /// Watches these folders, each without those below it, and no others. Whether some are new.
    ///
    /// # Errors
    /// There are more of them than the system watches.
    pub fn listen(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<bool> {
        let gone: Vec<_> = self.watched.iter().filter(|folder| !folders.contains(*folder)).cloned().collect();
        let fresh: Vec<_> = folders.iter().filter(|folder| !self.watched.contains(*folder)).cloned().collect();
        if gone.is_empty() && fresh.is_empty() {
            return Ok(false);
        }
        let mut paths = self.watcher.paths_mut();
        for folder in gone {
            // a folder that is gone took its watch along
            let _ = paths.remove(&folder);
            self.watched.remove(&folder);
        }
        let any = !fresh.is_empty();
        for folder in fresh {
            match paths.add(&folder, RecursiveMode::NonRecursive) {
                Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => return Err(error),
                // a folder that may not be watched, such as one far above the project, is noted all the same: it is not tried again and again
                _ => self.watched.insert(folder),
            };
        }
        paths.commit()?;
        Ok(any)
    }

    /// Waits for a change of a path that `concerns` us, and then until it is quiet.
    pub fn wait(&mut self, concerns: impl Fn(&Path) -> bool) -> Heard {
        let mut first: Option<Instant> = None;
        let mut last = Instant::now();
        loop {
            let sound = match first {
                None => self.heard.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(first) => {
                    let until = (last + QUIET).min(first + LONGEST);
                    self.heard.recv_timeout(until.saturating_duration_since(Instant::now()))
                }
            };
            if self.ended.load(Ordering::Relaxed) {
                return Heard::End;
            }
            let ours = match sound {
                Err(RecvTimeoutError::Timeout) => return Heard::Change,
                Err(RecvTimeoutError::Disconnected) | Ok(Sound::End) => return Heard::End,
                Ok(Sound::Lost) => {
                    self.watched.clear();
                    true
                }
                Ok(Sound::Path(path, gone)) => {
                    if gone {
                        self.watched.retain(|folder| !folder.starts_with(&path));
                    }
                    concerns(&path)
                }
            };
            if ours {
                last = Instant::now();
                first.get_or_insert(last);
            }
        }
    }
}

/// An error of the watcher in words.
pub fn said(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "there are more folders than the system watches (on Linux, fs.inotify.max_user_watches)".to_owned()
        }
        notify::ErrorKind::Io(error) => crate::config::error::said(error),
        _ => error.to_string(),
    }
}

#[cfg(unix)]
mod hang_up {
    //! Notices without writing that nobody reads standard output any more: a pager that was left should not wait for us.

    use super::Sound;
    use rustix::event::{PollFd, PollFlags, poll};
    use std::sync::mpsc::Sender;

    pub fn notice(tell: Sender<Sound>, end: impl FnOnce(&Sender<Sound>) + Send + 'static) {
        let wait = move || {
            let stdout = std::io::stdout();
            let mut ends = [PollFd::new(&stdout, PollFlags::empty())];
            loop {
                match poll(&mut ends, None) {
                    Err(rustix::io::Errno::INTR) => {}
                    Ok(1..) if ends.iter().any(|end| end.revents().intersects(PollFlags::ERR | PollFlags::HUP)) => {
                        return end(&tell);
                    }
                    // whatever this is, it can't be waited for
                    _ => return,
                }
            }
        };
        // without this thread the next write finds out
        let _ = std::thread::Builder::new().spawn(wait);
    }
}
