//! The language server as an editor drives it: how long the diagnostics of a change take.

use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};
use std::io::{self, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const URI: &str = "untitled:campaign.html";

/// Types a letter into `text` `count` times, with a pause before each, and says how many seconds each time passed until the diagnostics were there.
///
/// # Errors
/// The server can't be run, or says nothing more.
pub fn changes(program: &Path, text: &str, count: usize, pause: Duration) -> Result<Vec<f64>, String> {
    let mut server = Server::start(program).map_err(failed)?;
    server.open(text).map_err(failed)?;
    let mut taken = Vec::with_capacity(count);
    for version in 0..count {
        std::thread::sleep(pause);
        let begin = Instant::now();
        server.type_letter(version).map_err(failed)?;
        taken.push(begin.elapsed().as_secs_f64());
    }
    Ok(taken)
}

fn failed(error: io::Error) -> String {
    format!("the language server: {error}")
}

struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    fn start(program: &Path) -> io::Result<Self> {
        let mut process = Command::new(program).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(input), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::Error::other("no pipes"));
        };
        let mut server = Self { process, input, output: BufReader::new(output) };
        let hello = json!({ "processId": null, "rootUri": null, "capabilities": {} });
        server.send(Request::new(1.into(), "initialize".to_owned(), hello))?;
        server.until(|message| matches!(message, Message::Response(_)))?;
        server.send(Notification::new("initialized".to_owned(), json!({})))?;
        Ok(server)
    }

    fn open(&mut self, text: &str) -> io::Result<()> {
        let document = json!({ "uri": URI, "languageId": "html", "version": 0, "text": text });
        self.send(Notification::new("textDocument/didOpen".to_owned(), json!({ "textDocument": document })))?;
        self.diagnostics()
    }

    fn type_letter(&mut self, version: usize) -> io::Result<()> {
        let place = json!({ "line": 40, "character": 0 });
        let change = json!({ "range": { "start": place, "end": place }, "text": "x" });
        let document = json!({ "uri": URI, "version": version + 1 });
        let change = json!({ "textDocument": document, "contentChanges": [change] });
        self.send(Notification::new("textDocument/didChange".to_owned(), change))?;
        self.diagnostics()
    }

    fn diagnostics(&mut self) -> io::Result<()> {
        self.until(|message| matches!(message, Message::Notification(told) if told.method == "textDocument/publishDiagnostics"))
    }

    /// Reads up to the message that is waited for; what the server asks is answered with nothing.
    fn until(&mut self, is_it: impl Fn(&Message) -> bool) -> io::Result<()> {
        loop {
            let message = Message::read(&mut self.output)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if is_it(&message) {
                return Ok(());
            }
            if let Message::Request(asked) = message {
                self.send(Response::new_ok(asked.id, Value::Null))?;
            }
        }
    }

    fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        message.into().write(&mut self.input)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it has nothing to lose
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
