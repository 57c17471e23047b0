//! Servers that answer, through hickory-resolver: UDP, and TCP where an answer is cut off.
//!
//! The one asynchronous corner of presend: a runtime of its own on this thread, gone with the [`Network`].

use crate::domain::{Answer, Ask, Kind, Name, Question, Record};
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{self, RData, RecordType};
use hickory_resolver::{Resolver, TokioResolver};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

/// Questions that are open at a time.
const AT_ONCE: usize = 16;
/// How often one question is asked again.
const AGAIN: usize = 2;

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
    runtime: Runtime,
    resolver: TokioResolver,
    patience: Duration,
    until: Instant,
}

impl Network {
    /// Gets ready to ask; the time runs from here.
    ///
    /// # Errors
    /// The system names no servers, or gives no sockets: why.
    pub fn open(reach: &Reach) -> Result<Self, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| format!("can't use the network: {error}"))?;
        let mut builder = match &reach.servers[..] {
            [] => {
                Resolver::builder_tokio().map_err(|error| format!("can't learn the system's name servers: {error}"))?
            }
            servers => {
                let servers = servers.iter().map(server).collect();
                let config = ResolverConfig::from_name_servers(servers);
                Resolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
        };
        let options = builder.options_mut();
        options.timeout = reach.patience;
        options.attempts = AGAIN;
        options.use_hosts_file = ResolveHosts::Never;
        options.edns0 = true;
        let resolver = builder.build().map_err(|error| format!("can't use the network: {error}"))?;
        let until = {
            let _inside = runtime.enter();
            Instant::now() + reach.limit
        };
        Ok(Self { runtime, resolver, patience: reach.patience, until })
    }
}

impl Ask for Network {
    fn ask(&mut self, questions: &[Question]) -> Vec<Answer> {
        let late = || Answer::Failed("the time for all questions is up".to_owned());
        let mut answers: Vec<Answer> = questions.iter().map(|_| late()).collect();
        let (resolver, until, patience) = (&self.resolver, self.until, self.patience);
        self.runtime.block_on(async {
            let mut open = JoinSet::new();
            let mut waiting = questions.iter().cloned().enumerate();
            loop {
                while open.len() < AT_ONCE
                    && let Some((at, question)) = waiting.next()
                {
                    let resolver = resolver.clone();
                    open.spawn(async move { (at, one(&resolver, question, patience).await) });
                }
                match timeout_at(until, open.join_next()).await {
                    Ok(Some(Ok((at, answer)))) => answers[at] = answer,
                    Ok(Some(Err(_))) => {}
                    Ok(None) | Err(_) => break,
                }
            }
            open.abort_all();
        });
        answers
    }
}

/// A server over UDP and TCP.
fn server(address: &SocketAddr) -> NameServerConfig {
    let at_port = |mut connection: ConnectionConfig| {
        connection.port = address.port();
        connection
    };
    let connections = vec![at_port(ConnectionConfig::udp()), at_port(ConnectionConfig::tcp())];
    NameServerConfig::new(address.ip(), true, connections)
}

async fn one(resolver: &TokioResolver, (name, kind): Question, patience: Duration) -> Answer {
    // the final dot: no search list is to be added
    let Ok(name) = rr::Name::from_ascii(format!("{}.", name.as_str())) else {
        return Answer::NoName;
    };
    match resolver.lookup(name, of_wire(kind)).await {
        Ok(lookup) => {
            let records: Vec<Record> = lookup.answers().iter().filter_map(record).collect();
            let has = records.iter().any(|record| record.kind == kind);
            let wanted =
                records.into_iter().filter(|record| record.kind == kind || record.kind == Kind::Cname).collect();
            if has { Answer::Found(wanted) } else { Answer::Empty(wanted) }
        }
        Err(NetError::Dns(DnsError::NoRecordsFound(none))) => match none.response_code {
            ResponseCode::NXDomain => Answer::NoName,
            _ => Answer::Empty(Vec::new()),
        },
        Err(error) => Answer::Failed(why(&error, patience)),
    }
}

fn why(error: &NetError, patience: Duration) -> String {
    match error {
        NetError::Dns(DnsError::ResponseCode(ResponseCode::ServFail)) => "the server failed (SERVFAIL)".to_owned(),
        NetError::Dns(DnsError::ResponseCode(ResponseCode::Refused)) => {
            "the server refused to answer (REFUSED)".to_owned()
        }
        NetError::Dns(DnsError::ResponseCode(code)) => format!("the server answered with an error ({code})"),
        NetError::Timeout => format!("no answer within {} s", patience.as_secs_f64()),
        NetError::NoConnections => "no server could be reached".to_owned(),
        NetError::Io(error) => format!("no server could be reached: {error}"),
        NetError::Truncated => "the answer was cut off, over TCP too".to_owned(),
        other => format!("the answer could not be read: {other}"),
    }
}

fn of_wire(kind: Kind) -> RecordType {
    match kind {
        Kind::A => RecordType::A,
        Kind::Aaaa => RecordType::AAAA,
        Kind::Cname => RecordType::CNAME,
        Kind::Mx => RecordType::MX,
        Kind::Ptr => RecordType::PTR,
        Kind::Txt => RecordType::TXT,
    }
}

fn record(record: &rr::Record) -> Option<Record> {
    let name = named(&record.name)?;
    let target = |target: &rr::Name| named(target).map(|name| name.to_string());
    Some(match &record.data {
        RData::A(address) => Record::new(name, Kind::A, address.0.to_string()),
        RData::AAAA(address) => Record::new(name, Kind::Aaaa, address.0.to_string()),
        RData::CNAME(alias) => Record::new(name, Kind::Cname, target(&alias.0)?),
        RData::PTR(host) => Record::new(name, Kind::Ptr, target(&host.0)?),
        RData::MX(mx) => Record::new(name, Kind::Mx, format!("{} {}", mx.preference, target(&mx.exchange)?)),
        RData::TXT(text) => Record::of_strings(name, &text.txt_data),
        _ => return None,
    })
}

fn named(name: &rr::Name) -> Option<Name> {
    Name::new(&name.to_ascii())
}
