//! What mail servers answer: replies and their causes, and the pages of advice that no lint can give.

pub mod advice;
mod codes;
mod reply;
#[cfg(test)]
mod reply_tests;

pub use reply::{Permanence, Reply, Verdict, classify, meanings_of};
