//! The server's state and its loop: messages come in, results of tasks come in, time passes.

use super::client::Client;
use super::configuration::Configuration;
use super::document::Document;
use super::insight::Insight;
use super::options::{Options, SECTION};
use super::text::Text;
use super::wire::{Incoming, Wire};
use super::worker::{self, Done, Outcome, Task, Work};
use super::{actions, parent, publish, requests, uri};
use crate::config::error::ConfigErrors;
use crate::lint::Registry;
use crate::lint::panics::REPORT_IT;
use crossbeam_channel::{RecvTimeoutError, Sender, select, unbounded};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{Diagnostic, MessageType};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// How often it is asked whether the client's process is still there.
const PULSE: Duration = Duration::from_secs(2);

/// Messages that are heard in a row, at most, before buffers are looked after.
const BURST: usize = 64;

/// How a server came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The client said `shutdown` before it went.
    AsAgreed,
    /// It did not.
    Abruptly,
}

/// What the client was asked, to know its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Its settings.
    Settings,
    /// Something whose answer changes nothing.
    Nothing,
}

/// A request that waits until its buffer is linted.
#[derive(Debug)]
pub(super) struct Waiting {
    pub id: RequestId,
    pub uri: String,
    pub ask: requests::Ask,
}

/// Where the server stands.
pub(super) struct Server {
    pub registry: &'static Registry,
    pub client: Client,
    pub documents: BTreeMap<String, Document>,
    pub configuration: Configuration,
    pub folders: Vec<PathBuf>,
    pub here: PathBuf,
    pub waiting: Vec<Waiting>,
    /// Requests that wait for what mends a buffer.
    pub fixing: HashMap<RequestId, requests::Fixing>,
    asked: HashMap<RequestId, Asked>,
    count: i32,
    /// What was told the user, each once.
    told: HashSet<String>,
    /// Configurations that are broken, and what is said of them.
    broken: BTreeMap<PathBuf, Arc<ConfigErrors>>,
    tasks: Sender<Task>,
    outgoing: Sender<Message>,
    /// The client was asked to watch files.
    pub is_watching: bool,
    /// `shutdown` was said.
    pub is_ending: bool,
    /// `exit` was said, or nobody listens.
    pub is_over: bool,
}

/// Serves until the client ends it or is gone.
pub(super) fn run(registry: &'static Registry, wire: Wire) -> Ended {
    let Some(client) = requests::initialize(&wire) else { return Ended::Abruptly };
    let (tasks, to_do) = unbounded();
    let (finished, done) = unbounded();
    if worker::start(registry, &to_do, &finished).is_err() {
        return Ended::Abruptly;
    }
    let mut server = Server::new(registry, client, tasks, wire.outgoing);
    let mut pulse = Instant::now() + PULSE;
    while !server.is_over {
        let wake = server.documents.values().filter_map(Document::wake).chain([pulse]).min().unwrap_or(pulse);
        let rest = wake.saturating_duration_since(Instant::now());
        select! {
            recv(wire.incoming) -> message => match message {
                // what has come meanwhile is heard before anything is begun: of several changes at once only the last state is linted
                Ok(message) => std::iter::once(message).chain(wire.incoming.try_iter().take(BURST))
                    .for_each(|message| server.guarded(|server| server.receive(message))),
                Err(_) => break,
            },
            recv(done) -> result => if let Ok(result) = result {
                server.guarded(|server| server.finish(result));
            },
            default(rest) => {}
        }
        server.guarded(Server::dispatch);
        if pulse <= Instant::now() {
            pulse = Instant::now() + PULSE;
            server.is_over |= server.client.process.is_some_and(parent::is_gone);
        }
    }
    if server.is_ending { Ended::AsAgreed } else { Ended::Abruptly }
}

impl Server {
    fn new(registry: &'static Registry, client: Client, tasks: Sender<Task>, outgoing: Sender<Message>) -> Self {
        let folders: Vec<PathBuf> = client.folders.iter().filter_map(|folder| uri::path(folder)).collect();
        let here = folders.first().cloned().or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let (options, wrong) = Options::read(&client.options, &registry.known());
        let (configuration, unread) = Configuration::new(registry, options, here.clone());
        let mut server = Self {
            registry,
            client,
            documents: BTreeMap::new(),
            configuration,
            folders,
            here,
            waiting: Vec::new(),
            fixing: HashMap::new(),
            asked: HashMap::new(),
            count: 0,
            told: HashSet::new(),
            broken: BTreeMap::new(),
            tasks,
            outgoing,
            is_watching: false,
            is_ending: false,
            is_over: false,
        };
        wrong.into_iter().chain(unread).for_each(|text| server.tell(MessageType::WARNING, &text));
        server
    }

    /// Does `work`; should it break, the server lives.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            self.tell(
                MessageType::ERROR,
                "presend has a fault: something that the editor asked was not done; please report it",
            );
        }
    }

    fn receive(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Message(Message::Request(request)) => {
                let id = request.id.clone();
                let handled = catch_unwind(AssertUnwindSafe(|| requests::request(self, request)));
                if handled.is_err() {
                    self.refuse(id, ErrorCode::InternalError, "presend has a fault; please report it");
                }
            }
            Incoming::Message(Message::Notification(notification)) => requests::notification(self, notification),
            Incoming::Message(Message::Response(response)) => self.hear(response),
            Incoming::Garbled(why) => self.log(&format!("a message was passed over: {why}")),
        }
    }

    fn hear(&mut self, response: Response) {
        if self.asked.remove(&response.id) == Some(Asked::Settings)
            && let Ok(settings) = response.response_result
        {
            let settings = settings.as_array().and_then(|all| all.first()).cloned().unwrap_or(settings);
            if !settings.is_null() {
                self.set(&settings);
            }
        }
    }

    /// Takes new settings.
    pub fn set(&mut self, settings: &Value) {
        let (options, wrong) = Options::read(settings, &self.registry.known());
        let (configuration, unread) = Configuration::new(self.registry, options, self.here.clone());
        self.configuration = configuration;
        wrong.into_iter().chain(unread).for_each(|text| self.tell(MessageType::WARNING, &text));
        requests::watch(self);
        self.touch_all();
    }

    /// Reads configurations and baseline again.
    pub fn reload(&mut self) {
        if let Some(why) = self.configuration.reload() {
            self.tell(MessageType::WARNING, &why);
        }
        self.touch_all();
    }

    fn touch_all(&mut self) {
        self.documents.values_mut().for_each(|document| {
            document.ignored = None;
            document.touch(Duration::ZERO);
        });
    }

    /// Hands out what is due.
    fn dispatch(&mut self) {
        let now = Instant::now();
        let due = |document: &Document| document.wake().is_some_and(|due| due <= now);
        let mut uris: Vec<String> =
            self.documents.iter().filter(|(_, one)| due(one)).map(|(uri, _)| uri.clone()).collect();
        let stale = |uri: &String| {
            let path = self.documents.get(uri).and_then(|document| document.path.as_deref());
            self.configuration.is_stale(path)
        };
        if uris.iter().any(stale) {
            self.reload();
            uris = self.documents.iter().filter(|(_, one)| one.wake().is_some()).map(|(uri, _)| uri.clone()).collect();
        }
        uris.iter().for_each(|uri| self.lint(uri));
    }

    fn lint(&mut self, uri: &str) {
        let stale = Arc::new(AtomicBool::new(false));
        let task = self.task(uri, Work::Lint, &stale);
        let Some(document) = self.documents.get_mut(uri) else { return };
        document.due = None;
        match task {
            Some(task) => {
                document.running = Some(stale);
                document.is_busy = true;
                let _ = self.tasks.send(task);
            }
            None => {
                document.insight = None;
                self.publish(uri, Vec::new());
                self.answer_waiting(uri);
            }
        }
    }

    /// The task to do `work` for a buffer. `None` where it is no campaign, or its configuration is broken and always was.
    fn task(&mut self, uri: &str, work: Work, stale: &Arc<AtomicBool>) -> Option<Task> {
        let (path, kind) = {
            let document = self.documents.get(uri).filter(|_| self.configuration.is_on())?;
            (document.path.clone(), document.taken.as_ref()?.kind)
        };
        let file = self.configuration.file(path.as_deref());
        let (held, errors) = self.configuration.hold(path.as_deref());
        self.judge(file, errors, held.is_some());
        let held = held?;
        let document = self.documents.get_mut(uri)?;
        if document.is_passed_over(&held.resolver) {
            return None;
        }
        let home = document.home(&self.folders, &self.here);
        Some(Task {
            uri: uri.to_owned(),
            serial: document.serial,
            stale: Arc::clone(stale),
            text: Arc::clone(&document.text),
            name: document.name(&home),
            path,
            kind,
            home,
            held,
            baseline: self.configuration.baseline().cloned(),
            encoding: self.client.encoding,
            work,
        })
    }

    /// Starts to mend a buffer for a request.
    pub fn fix(&mut self, uri: &str, id: RequestId, fixing: requests::Fixing) {
        match self.task(uri, Work::Fix(id.clone()), &Arc::default()) {
            Some(task) => {
                self.fixing.insert(id, fixing);
                let _ = self.tasks.send(task);
            }
            None => requests::fixed(self, id, fixing, Ok(Vec::new())),
        }
    }

    /// Says of a configuration what is wrong with it, or that nothing is any more.
    fn judge(&mut self, file: Option<PathBuf>, errors: Option<Arc<ConfigErrors>>, goes_on: bool) {
        let Some(file) = file else {
            if let Some(error) = errors.as_ref().and_then(|errors| errors.0.first()) {
                self.tell(MessageType::ERROR, &error.to_string());
            }
            return;
        };
        let Some(address) = uri::of_path(&file) else { return };
        match errors {
            None => {
                if self.broken.remove(&file).is_some() {
                    self.publish(&address, Vec::new());
                }
            }
            Some(errors) if self.broken.get(&file) == Some(&errors) => {}
            Some(errors) => {
                let text = Text::new(fs::read_to_string(&file).unwrap_or_default());
                self.publish(&address, publish::configuration(&errors, &text, &self.client));
                let first = errors.0.first().map(ToString::to_string).unwrap_or_default();
                let then = match goes_on {
                    true => "what it said before goes on",
                    false => "what it governs is not checked until it is right",
                };
                self.broken.insert(file, errors);
                self.tell_again(MessageType::ERROR, &format!("{first}; {then}"));
            }
        }
    }

    /// Takes what a task gave.
    fn finish(&mut self, done: Done) {
        let Done { uri, serial, work, result } = done;
        if let Outcome::Broken(said) = &result {
            self.tell(
                MessageType::ERROR,
                &format!("presend has a fault and could not check a buffer: {said}; {REPORT_IT}"),
            );
        }
        if let Work::Fix(id) = work {
            let Some(fixing) = self.fixing.remove(&id) else { return };
            let is_current = self.documents.get(&uri).is_some_and(|document| document.serial == serial);
            let edits = match result {
                Outcome::Fixed(edits) if is_current => Ok(edits),
                Outcome::Refused(why) => Err(why),
                _ => Err("this was not fixed: the buffer has changed meanwhile".to_owned()),
            };
            return requests::fixed(self, id, fixing, edits);
        }
        if let Some(document) = self.documents.get_mut(&uri) {
            document.is_busy = false;
        }
        let Some(document) = self.documents.get_mut(&uri).filter(|document| document.serial == serial) else { return };
        document.running = None;
        let (insight, unchecked) = match result {
            Outcome::Linted(insight) => (*insight, None),
            Outcome::Refused(why) => (Insight::default(), Some(why)),
            Outcome::Broken(_) | Outcome::Fixed(_) | Outcome::Stopped => (Insight::default(), None),
        };
        let panics = insight.panics.clone();
        let published = match unchecked {
            Some(why) => publish::unchecked(&why),
            None => publish::diagnostics(&insight, &uri, &document.text, &self.client),
        };
        document.insight = Some((serial, Arc::new(insight)));
        document.published.clone_from(&published);
        self.publish(&uri, published);
        for (lint, said) in panics {
            self.tell(MessageType::ERROR, &format!("internal error: the lint `{lint}` panicked: {said}; {REPORT_IT}"));
        }
        self.answer_waiting(&uri);
    }

    /// Answers the requests that waited for a buffer.
    pub fn answer_waiting(&mut self, uri: &str) {
        let (ready, waiting) = std::mem::take(&mut self.waiting).into_iter().partition(|one: &Waiting| one.uri == uri);
        self.waiting = waiting;
        for Waiting { id, uri, ask } in ready {
            requests::answer(self, id, &uri, ask);
        }
    }

    /// What code actions need of a buffer, if it is known.
    pub fn buffer<T>(&self, uri: &str, work: impl FnOnce(actions::Buffer<'_>) -> T) -> Option<T> {
        let document = self.documents.get(uri)?;
        let insight = document.current()?;
        let name = document.taken.as_ref()?.name.clone();
        let config = self.configuration.file(document.path.as_deref());
        let home = document.home(&self.folders, &self.here);
        Some(work(actions::Buffer {
            uri,
            version: document.version,
            text: &document.text,
            path: document.path.as_deref(),
            name: &name,
            config: config.as_deref(),
            home: &home,
            insight,
            published: &document.published,
        }))
    }

    /// Publishes the diagnostics of a document, with its version if it is open.
    pub fn publish(&mut self, uri: &str, diagnostics: Vec<Diagnostic>) {
        let version = self.documents.get(uri).map(|document| document.version);
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if let Some(version) = version {
            params["version"] = version.into();
        }
        self.notify("textDocument/publishDiagnostics", params);
    }

    /// Shows the user a message, each only once.
    pub fn tell(&mut self, kind: MessageType, text: &str) {
        if self.told.insert(text.to_owned()) {
            self.tell_again(kind, text);
        }
    }

    /// Shows the user a message.
    pub fn tell_again(&mut self, kind: MessageType, text: &str) {
        let text = if text.starts_with("presend") { text.to_owned() } else { format!("presend: {text}") };
        self.notify("window/showMessage", json!({ "type": kind, "message": text }));
    }

    fn log(&mut self, text: &str) {
        self.notify(
            "window/logMessage",
            json!({ "type": MessageType::WARNING, "message": format!("presend: {text}") }),
        );
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(Message::Notification(Notification { method: method.to_owned(), params }));
    }

    /// Asks the client.
    pub fn ask(&mut self, method: &str, params: Value, asked: Asked) {
        self.count = self.count.wrapping_add(1);
        let id = RequestId::from(self.count);
        self.asked.insert(id.clone(), asked);
        self.send(Message::Request(Request { id, method: method.to_owned(), params }));
    }

    /// Asks the client for its settings, if it has any.
    pub fn ask_settings(&mut self) {
        if self.client.configuration {
            self.ask("workspace/configuration", json!({ "items": [{ "section": SECTION }] }), Asked::Settings);
        }
    }

    /// Answers a request.
    pub fn reply(&mut self, id: RequestId, result: Value) {
        self.send(Message::Response(Response { id, response_result: Ok(result) }));
    }

    /// Answers a request with an error.
    pub fn refuse(&mut self, id: RequestId, code: ErrorCode, why: &str) {
        self.send(Message::Response(Response::new_err(id, code as i32, why.to_owned())));
    }

    fn send(&mut self, message: Message) {
        self.is_over |= self.outgoing.send(message).is_err();
    }
}

/// Receives the next message of a client that may vanish; `None` when it has.
pub(super) fn next(wire: &Wire, process: Option<u32>) -> Option<Incoming> {
    loop {
        match wire.incoming.recv_timeout(PULSE) {
            Ok(message) => return Some(message),
            Err(RecvTimeoutError::Timeout) if !process.is_some_and(parent::is_gone) => {}
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
