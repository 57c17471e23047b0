//! One question to one server: over UDP, and over TCP where the answer is cut off (RFC 7766). The only sockets of presend.
//!
//! Each question has a socket of its own, from a port that the system picks at random, and connected, so that the system drops what
//! comes from anybody else. No call waits longer than its deadline.

use super::trouble::Trouble;
use super::wire::{Query, Reading, Response};
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

/// Room for a datagram: more than is asked for, since not all servers keep to it.
const DATAGRAM: usize = 4096;
/// A datagram may get lost: after this long it is sent again.
const LOST_AFTER: Duration = Duration::from_secs(1);
/// How often a datagram is sent.
const SENDINGS: usize = 3;

/// How long to wait.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For one answer.
    pub each: Duration,
    /// For all of them.
    pub until: Instant,
}

impl Patience {
    fn deadline(&self) -> Instant {
        let one = Instant::now().checked_add(self.each);
        one.map_or(self.until, |one| one.min(self.until))
    }

    /// What it means that a deadline is over.
    fn over(&self) -> Trouble {
        if Instant::now() < self.until { Trouble::Silent } else { Trouble::Late }
    }
}

/// Asks one server.
pub(super) fn ask(server: SocketAddr, query: &Query, patience: &Patience) -> Result<Response, Trouble> {
    let trouble = |halt| match halt {
        Halt::Over => patience.over(),
        Halt::Io(error) => Trouble::Io(error),
    };
    if let Some(answer) = over_udp(server, query, patience.deadline()).map_err(trouble)? {
        return answer;
    }
    let message = over_tcp(server, query, patience.deadline()).map_err(trouble)?;
    match query.read(&message) {
        Reading::Answer(answer) => answer,
        Reading::CutOff => Err(Trouble::CutOff),
        Reading::Another => Err(Trouble::Unreadable("it answers another question")),
    }
}

/// Why nothing came.
enum Halt {
    /// The deadline is over.
    Over,
    /// There is no way to the server.
    Io(std::io::Error),
}

impl From<std::io::Error> for Halt {
    fn from(error: std::io::Error) -> Self {
        // systems name it by either
        if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) { Self::Over } else { Self::Io(error) }
    }
}

/// The time until `deadline`, never zero, which sockets take for "for ever".
fn left(deadline: Instant) -> Result<Duration, Halt> {
    deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()).ok_or(Halt::Over)
}

/// The answer; `None` where it is cut off.
fn over_udp(server: SocketAddr, query: &Query, deadline: Instant) -> Result<Option<Result<Response, Trouble>>, Halt> {
    let here: SocketAddr =
        if server.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
    let socket = UdpSocket::bind(here)?;
    socket.connect(server)?;
    let mut datagram = [0; DATAGRAM];
    for sending in 1..=SENDINGS {
        let wait = left(deadline)?;
        let again = if sending < SENDINGS { deadline.min(Instant::now() + LOST_AFTER) } else { deadline };
        socket.set_write_timeout(Some(wait))?;
        socket.send(query.bytes())?;
        while let Ok(wait) = left(again) {
            socket.set_read_timeout(Some(wait))?;
            match socket.recv(&mut datagram).map_err(Halt::from) {
                Ok(length) => match query.read(&datagram[..length]) {
                    Reading::Answer(answer) => return Ok(Some(answer)),
                    Reading::CutOff => return Ok(None),
                    Reading::Another => {}
                },
                Err(Halt::Over) => break,
                Err(Halt::Io(error)) if error.kind() == ErrorKind::Interrupted => {}
                Err(halt) => return Err(halt),
            }
        }
    }
    Err(Halt::Over)
}

/// The message that answers. Both have their length before them (RFC 1035 §4.2.2).
fn over_tcp(server: SocketAddr, query: &Query, deadline: Instant) -> Result<Vec<u8>, Halt> {
    let mut stream = TcpStream::connect_timeout(&server, left(deadline)?)?;
    let length = u16::try_from(query.bytes().len()).unwrap_or(u16::MAX);
    stream.set_write_timeout(Some(left(deadline)?))?;
    stream.write_all(&[&length.to_be_bytes()[..], query.bytes()].concat())?;
    let mut length = [0; 2];
    fill(&mut stream, &mut length, deadline)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    fill(&mut stream, &mut message, deadline)?;
    Ok(message)
}

/// As `read_exact`, but the deadline is for the whole: a server may send byte after byte.
fn fill(stream: &mut TcpStream, mut room: &mut [u8], deadline: Instant) -> Result<(), Halt> {
    while !room.is_empty() {
        stream.set_read_timeout(Some(left(deadline)?))?;
        match stream.read(room) {
            Ok(0) => return Err(std::io::Error::from(ErrorKind::UnexpectedEof).into()),
            Ok(length) => room = &mut room[length..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
