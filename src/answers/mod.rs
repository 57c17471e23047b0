//! What mail servers answer: replies and their causes, bounces, lists of recipients, and the pages of advice that no lint can give.

pub mod advice;
pub mod bounces;
mod codes;
pub mod destination;
pub mod list;
mod reply;
#[cfg(test)]
mod reply_tests;
pub mod tally;

pub use reply::{Permanence, Reply, Verdict, classify, meanings_of};
