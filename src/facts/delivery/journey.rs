//! The way of a message from server to server, and how long each step took.

use super::Delivery;
use crate::facts::format::moment;
use crate::knowledge::mail_hosts;
use crate::message::trace::Hop;

/// One step of the way.
#[derive(Debug, Clone, Copy)]
pub struct Leg<'d> {
    /// The hop.
    pub hop: &'d Hop,
    /// When, in seconds since 1970 (UTC); `None` where no date can be read.
    pub time: Option<i64>,
    /// Seconds since the step before it that has a date; negative where two clocks differ.
    pub delay: Option<i64>,
    /// Microsoft took the message in here.
    pub is_border: bool,
    /// A server of Microsoft 365's.
    pub is_microsoft: bool,
}

impl Delivery {
    /// The steps, the oldest first.
    pub fn journey(&self) -> Vec<Leg<'_>> {
        let mut before = None;
        let mut legs = Vec::with_capacity(self.trace.hops.len());
        for (index, hop) in self.trace.hops.iter().enumerate().rev() {
            let time = hop.date.as_ref().and_then(|date| moment(&date.text));
            let delay = before.and_then(|before: i64| Some(time? - before));
            before = time.or(before);
            legs.push(Leg {
                hop,
                time,
                delay,
                is_border: self.border.is_some_and(|border| border.hop == index),
                is_microsoft: hop.by.as_ref().is_some_and(|by| mail_hosts::is_microsoft(&by.text)),
            });
        }
        legs
    }
}
