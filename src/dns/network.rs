//! Servers that answer: which one is asked, how often, how many questions are open at a time.
//!
//! A question is one thread's, which waits for its answer. None waits longer than the limit for all of them.

mod chain;
mod special;
mod system;
mod transport;
mod trouble;
mod wire;

use crate::domain::{Answer, Ask, Question};
use std::net::SocketAddr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use transport::Patience;
use trouble::Trouble;
use wire::{Query, Response};

/// Questions that are open at a time.
const AT_ONCE: usize = 16;
/// How often one question is asked again.
const AGAIN: usize = 2;
/// A longer limit is cut to this: a clock does not count for ever.
const LONGEST_LIMIT: Duration = Duration::from_secs(365 * 24 * 3600);

/// Whom to ask, and how long to wait.
#[derive(Debug, Clone)]
pub struct Reach {
    /// The servers; those of the system where there are none.
    pub servers: Vec<SocketAddr>,
    /// How long to wait for one answer.
    pub patience: Duration,
    /// How long to wait for all of them together.
    pub limit: Duration,
}

/// The network.
pub struct Network {
    servers: Vec<SocketAddr>,
    /// The server that is asked first: the next one, once this one did not answer.
    first: AtomicUsize,
    patience: Patience,
}

impl Network {
    /// Gets ready to ask; the time runs from here.
    ///
    /// # Errors
    /// The system names no servers: why.
    pub fn open(reach: &Reach) -> Result<Self, String> {
        let servers = match &reach.servers[..] {
            [] => system::servers().map_err(|why| format!("can't learn the system's name servers: {why}"))?,
            servers => servers.to_vec(),
        };
        let until = Instant::now() + reach.limit.min(LONGEST_LIMIT);
        let patience = Patience { each: reach.patience, until };
        Ok(Self { servers, first: AtomicUsize::new(0), patience })
    }

    /// Asks the servers in turn until one answers, and again those that did not.
    fn response(&self, question: &Question) -> Result<Response, Trouble> {
        if let Some(response) = special::response(question) {
            return Ok(response);
        }
        let first = self.first.load(Ordering::Relaxed);
        let mut trouble = Trouble::Late;
        for turn in 0..self.servers.len().max(AGAIN + 1) {
            let at = (first + turn) % self.servers.len();
            let Some(query) = Query::new(question) else {
                return Ok(Response::no_name());
            };
            trouble = match transport::ask(self.servers[at], &query, &self.patience) {
                Ok(response) => return Ok(response),
                Err(late @ Trouble::Late) => {
                    // what a server said before says more than that
                    return Err(if matches!(trouble, Trouble::Silent) { late } else { trouble });
                }
                Err(trouble) => trouble,
            };
            if trouble.is_out_of_reach() {
                let next = (at + 1) % self.servers.len();
                // whoever is first to notice turns away from it
                let _ = self.first.compare_exchange(at, next, Ordering::Relaxed, Ordering::Relaxed);
            }
        }
        Err(trouble)
    }

    fn answer(&self, question: &Question) -> Answer {
        chain::answer(question, |question| self.response(question).map_err(|trouble| trouble.why(self.patience.each)))
    }
}

impl Ask for Network {
    fn ask(&mut self, questions: &[Question]) -> Vec<Answer> {
        let answers: Vec<OnceLock<Answer>> = questions.iter().map(|_| OnceLock::new()).collect();
        let next = AtomicUsize::new(0);
        let network = &*self;
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some((question, answer)) = questions.get(at).zip(answers.get(at)) else { break };
                answer.get_or_init(|| network.answer(question));
            }
        };
        thread::scope(|scope| {
            for _ in 1..questions.len().min(AT_ONCE) {
                // where the system gives no more threads, fewer do the same
                if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                    break;
                }
            }
            work();
        });
        let late = || Answer::Failed(Trouble::Late.why(network.patience.each));
        answers.into_iter().map(|answer| answer.into_inner().unwrap_or_else(late)).collect()
    }
}
