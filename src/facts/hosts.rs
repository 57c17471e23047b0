//! What the lists say of a host, looked up once: a mail has many links and few hosts.

use super::{Beyond, Facts};
use crate::knowledge::domains::{self, CommonHost};
use crate::knowledge::providers::{self, Provider};
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The hosts and domains that were asked for.
#[derive(Debug, Default)]
pub(super) struct KnownHosts {
    hosts: RefCell<BTreeMap<Box<str>, Rc<HostFacts>>>,
    /// The one that was asked for last: neighbouring links mostly lead to the same.
    last: RefCell<Option<(Box<str>, Rc<HostFacts>)>>,
    explained: RefCell<BTreeMap<Box<str>, bool>>,
}

/// What the lists say of one host.
#[derive(Debug)]
pub struct HostFacts {
    /// Any campaign may link to it.
    pub common: Option<CommonHost>,
    /// A public URL shortener's, or below one.
    pub is_shortener: bool,
    /// It stands for a host that is still to be put in.
    pub is_placeholder: bool,
    /// Nobody can have it.
    pub is_reserved: bool,
    /// It leads nowhere outside of the sender's own network.
    pub is_private_name: bool,
    /// The provider that it belongs to.
    pub owner: Option<&'static Provider>,
    /// Why readers can't get there.
    pub(super) beyond: OnceCell<Option<Beyond>>,
}

impl HostFacts {
    fn of(host: &str) -> Self {
        Self {
            common: domains::common(host),
            is_shortener: domains::is_shortener(host),
            is_placeholder: domains::is_placeholder(host),
            is_reserved: domains::is_reserved(host),
            is_private_name: domains::is_private_name(host),
            owner: providers::owner_of_host(host),
            beyond: OnceCell::new(),
        }
    }
}

impl Facts<'_> {
    /// What the lists say of `host` (lower case, no port).
    pub fn of_host(&self, host: &str) -> Rc<HostFacts> {
        let mut last = self.known_hosts.last.borrow_mut();
        if let Some((_, facts)) = last.as_ref().filter(|(known, _)| **known == *host) {
            return Rc::clone(facts);
        }
        let mut hosts = self.known_hosts.hosts.borrow_mut();
        let facts = match hosts.get(host) {
            Some(known) => Rc::clone(known),
            None => Rc::clone(hosts.entry(host.into()).or_insert_with(|| Rc::new(HostFacts::of(host)))),
        };
        *last = Some((host.into(), Rc::clone(&facts)));
        facts
    }

    /// What `look` says of whether something accounts for the registrable `domain`, asked once.
    pub(super) fn explained_once(&self, domain: &str, look: impl FnOnce() -> bool) -> bool {
        if let Some(known) = self.known_hosts.explained.borrow().get(domain) {
            return *known;
        }
        let explained = look();
        self.known_hosts.explained.borrow_mut().insert(domain.into(), explained);
        explained
    }
}
