//! Messages from and to standard input and output, each on a thread of its own: the server never waits for a slow client.

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use lsp_server::Message;
use std::io::{self, BufRead, Write};
use std::thread;

/// What came.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// Something in the frame of a message that is none, and why.
    Garbled(String),
}

/// The two directions. `incoming` ends when the client does; sending to `outgoing` fails when it takes no more.
#[derive(Debug)]
pub(super) struct Wire {
    pub incoming: Receiver<Incoming>,
    pub outgoing: Sender<Message>,
}

/// Standard input and output. The second result is fed when all is written, after `outgoing` is dropped.
pub(super) fn stdio() -> (Wire, Receiver<()>) {
    let (read, incoming) = unbounded();
    let (outgoing, to_write) = unbounded::<Message>();
    let (done, written) = bounded(1);
    thread::spawn(move || read_all(&mut io::stdin().lock(), &read));
    thread::spawn(move || {
        let mut out = io::stdout().lock();
        let _ = to_write.iter().try_for_each(|message| message.write(&mut out));
        let _ = out.flush();
        drop(to_write);
        let _ = done.send(());
    });
    (Wire { incoming, outgoing }, written)
}

/// Reads until the end, or until nobody knows where the next message begins.
fn read_all(input: &mut impl BufRead, read: &Sender<Incoming>) {
    loop {
        let incoming = match Message::read(input) {
            Ok(Some(message)) => Incoming::Message(message),
            Ok(None) => return,
            Err(error) if is_payload(&error) => Incoming::Garbled(error.to_string()),
            Err(_) => return,
        };
        if read.send(incoming).is_err() {
            return;
        }
    }
}

/// Whether the frame was right and only its content is no message.
fn is_payload(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData && error.to_string().starts_with("malformed LSP payload")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Incoming> {
        let (send, receive) = unbounded();
        read_all(&mut text.as_bytes(), &send);
        drop(send);
        receive.iter().collect()
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn what_is_no_message_is_passed_over_and_what_has_no_frame_ends_it() {
        let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        for (text, messages, garbled) in [
            (exit.clone(), 1, 0),
            (format!("{}{}{exit}", framed("{"), framed("[]")), 1, 2),
            (format!("{exit}nonsense\r\n\r\n{exit}"), 1, 0),
            ("Content-Length: 100\r\n\r\n{}".to_owned(), 0, 0),
            (String::new(), 0, 0),
        ] {
            let found = read(&text);
            let count = |wanted: bool| found.iter().filter(|one| matches!(one, Incoming::Message(_)) == wanted).count();
            assert_eq!((count(true), count(false)), (messages, garbled), "{text}");
        }
    }
}
