//! A small editor: starts `presend lsp`, keeps buffers as an editor does, and waits for what the server says.
#![allow(dead_code, clippy::unwrap_used)]

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Longer than any answer takes, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client and its server.
pub struct Editor {
    pub child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    /// What came and was not waited for yet.
    kept: VecDeque<Value>,
    count: i64,
    /// What the server answered to `initialize`.
    pub hello: Value,
}

/// What most clients can do.
pub fn capabilities(encoding: &str) -> Value {
    json!({
        "general": { "positionEncodings": [encoding] },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1, 2] } } },
        "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true } },
        "window": { "showDocument": { "support": true } },
    })
}

impl Editor {
    /// A server that nothing was said to.
    pub fn spawn() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_presend"))
            .arg("lsp")
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (send, incoming) = channel();
        std::thread::spawn(move || {
            while let Some(message) = receive(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        Self { child, stdin, incoming, kept: VecDeque::new(), count: 0, hello: Value::Null }
    }

    /// A server in the folder `root`, for a client with these capabilities and options.
    pub fn start(root: &Path, capabilities: Value, options: Value) -> Self {
        let mut editor = Self::spawn();
        let folders = json!([{ "uri": uri(root, ""), "name": "root" }]);
        let params = json!({
            "processId": std::process::id(), "capabilities": capabilities,
            "workspaceFolders": folders, "initializationOptions": options,
        });
        editor.hello = editor.ask("initialize", params)["result"].clone();
        editor.tell("initialized", json!({}));
        editor
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    /// A message in its frame.
    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and gives its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.count += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.count, "method": method, "params": params }));
        self.count
    }

    /// The next message that `is` is true of; others are kept.
    #[track_caller]
    pub fn wait(&mut self, is: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is) {
            return self.kept.remove(at).unwrap();
        }
        loop {
            let message = self.incoming.recv_timeout(PATIENCE).expect("the server says nothing more");
            if is(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    #[track_caller]
    pub fn response(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id && message["method"].is_null())
    }

    #[track_caller]
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.response(id)
    }

    /// The next notification or request called `method`: its parameters.
    #[track_caller]
    pub fn heard(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method)["params"].clone()
    }

    /// The next diagnostics of a document.
    #[track_caller]
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let said =
            |message: &Value| message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri;
        self.wait(said)["params"]["diagnostics"].as_array().unwrap().clone()
    }

    pub fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Opens a buffer and waits for what is said of it.
    #[track_caller]
    pub fn opened(&mut self, uri: &str, text: &str) -> Vec<Value> {
        self.open(uri, "", text);
        self.diagnostics(uri)
    }

    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The code actions for a range.
    #[track_caller]
    pub fn actions(&mut self, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let context = match only {
            Some(kind) => json!({ "diagnostics": [], "only": [kind] }),
            None => json!({ "diagnostics": [] }),
        };
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
        self.ask("textDocument/codeAction", params)["result"].as_array().unwrap().clone()
    }

    #[track_caller]
    pub fn hover(&mut self, uri: &str, line: usize, character: usize) -> String {
        let position = json!({ "line": line, "character": character });
        let answer = self.ask("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": position }));
        answer["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Closes standard input.
    pub fn vanish(&mut self) {
        self.stdin = None;
    }

    /// The exit code.
    pub fn code(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn receive(output: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end() {
            "" => break,
            header => {
                let (name, value) = header.split_once(": ")?;
                if name == "Content-Length" {
                    length = value.parse().ok();
                }
            }
        }
    }
    let mut bytes = vec![0; length?];
    output.read_exact(&mut bytes).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The address of a file below `root`.
pub fn uri(root: &Path, name: &str) -> String {
    let path = root.canonicalize().unwrap();
    let path = if name.is_empty() { path } else { path.join(name) };
    url::Url::from_file_path(path).unwrap().into()
}

/// The byte of `text` at a position of the protocol, counted in UTF-16.
pub fn offset(text: &str, position: &Value) -> usize {
    let (line, character) = (position["line"].as_u64().unwrap(), position["character"].as_u64().unwrap());
    let mut start = 0;
    for _ in 0..line {
        let rest = &text[start..];
        let end = rest.find(['\n', '\r']).expect("the line is there");
        start += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    let mut units = 0;
    for (at, c) in text[start..].char_indices() {
        if units >= character {
            return start + at;
        }
        units += c.len_utf16() as u64;
    }
    text.len()
}

/// `text` after the edits of a workspace edit for `uri`.
pub fn applied(text: &str, edit: &Value, uri: &str) -> String {
    let documents = edit["documentChanges"].as_array().unwrap();
    let document = documents.iter().find(|document| document["textDocument"]["uri"] == uri).expect("an edit of it");
    let mut edits: Vec<_> = document["edits"].as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| offset(text, &edit["range"]["start"]));
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        let span = offset(&text, &edit["range"]["start"])..offset(&text, &edit["range"]["end"]);
        text.replace_range(span, edit["newText"].as_str().unwrap());
    }
    text
}
