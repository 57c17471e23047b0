//! What the client asks and tells, one function each.

use super::actions::{self, EXPLAIN, FIX_ALL, FIX_ALL_KIND};
use super::client::{self, Client};
use super::document::{Document, REST};
use super::server::{Asked, Server, Waiting, next};
use super::wire::{Incoming, Wire};
use super::{explain, hover, uri};
use crate::config::FILE_NAME;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{CodeActionKind, MessageType, Position, Range, TextDocumentContentChangeEvent, TextEdit};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Of the registration to watch files.
const WATCHER: &str = "presend-files";

/// What a request that waits for a buffer asks.
#[derive(Debug)]
pub(super) enum Ask {
    /// What is known at a position.
    Hover(Position),
    /// What can be done.
    Actions(ActionsAsked),
}

/// The code actions that are asked for. Only what is needed is read: an address in a diagnostic that the client sends back may be one that the types for
/// it refuse.
#[derive(Debug, Deserialize)]
pub(super) struct ActionsAsked {
    range: Range,
    #[serde(default)]
    context: Context,
}

#[derive(Debug, Default, Deserialize)]
struct Context {
    only: Option<Vec<CodeActionKind>>,
}

/// A buffer that was opened.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened {
    uri: String,
    #[serde(default)]
    language_id: String,
    version: i32,
    text: String,
}

/// Changes of a buffer, in order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    text_document: Versioned,
    content_changes: Vec<TextDocumentContentChangeEvent>,
}

#[derive(Debug, Deserialize)]
struct Versioned {
    uri: String,
    version: i32,
}

/// What becomes of the edits that mend a buffer.
#[derive(Debug)]
pub(super) enum Fixing {
    /// They are one of these actions, which answer the request.
    Action(String, Vec<lsp_types::CodeAction>),
    /// The client applies them, since it was commanded.
    Command(String),
}

/// Answers `initialize`. `None` if the client goes before.
pub(super) fn initialize(wire: &Wire) -> Option<Client> {
    loop {
        match next(wire, None)? {
            Incoming::Message(Message::Request(request)) if request.method == "initialize" => {
                let client = Client::new(&request.params);
                let result = json!({
                    "capabilities": capabilities(&client),
                    "serverInfo": { "name": "presend", "version": env!("CARGO_PKG_VERSION") },
                });
                wire.outgoing.send(Response { id: request.id, response_result: Ok(result) }.into()).ok()?;
                return Some(client);
            }
            Incoming::Message(Message::Request(request)) => {
                let code = ErrorCode::ServerNotInitialized as i32;
                let why = "`initialize` comes first".to_owned();
                wire.outgoing.send(Response::new_err(request.id, code, why).into()).ok()?;
            }
            Incoming::Message(Message::Notification(told)) if told.method == "exit" => return None,
            _ => {}
        }
    }
}

/// Written out: the types for it would know all that a server can be.
fn capabilities(client: &Client) -> Value {
    json!({
        "positionEncoding": client.encoding.kind(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "hoverProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix", FIX_ALL_KIND] },
        "executeCommandProvider": { "commands": [EXPLAIN, FIX_ALL] },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    })
}

/// Reads parameters.
fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}

fn text<'p>(params: &'p Value, path: &str) -> Result<&'p str, String> {
    params
        .pointer(path)
        .and_then(Value::as_str)
        .ok_or_else(|| format!("`{}` is missing", path.replace('/', ".").trim_start_matches('.')))
}

/// Does what a request asks.
pub(super) fn request(server: &mut Server, request: Request) {
    let Request { id, method, params } = request;
    if server.is_ending {
        return server.refuse(id, ErrorCode::InvalidRequest, "`shutdown` was said");
    }
    let done = match method.as_str() {
        "shutdown" => {
            server.is_ending = true;
            server.reply(id.clone(), Value::Null);
            Ok(())
        }
        "initialize" => return server.refuse(id, ErrorCode::InvalidRequest, "`initialize` comes once"),
        "textDocument/hover" => ask_hover(server, &id, params),
        "textDocument/codeAction" => ask_actions(server, &id, params),
        "workspace/executeCommand" => execute(server, &id, &params),
        _ => return server.refuse(id, ErrorCode::MethodNotFound, &format!("`{method}` is not known here")),
    };
    if let Err(why) = done {
        server.refuse(id, ErrorCode::InvalidParams, &why);
    }
}

fn ask_hover(server: &mut Server, id: &RequestId, mut params: Value) -> Result<(), String> {
    let position = read(params.get_mut("position").map(Value::take).unwrap_or_default())?;
    let uri = text(&params, "/textDocument/uri")?.to_owned();
    wait(server, id, uri, Ask::Hover(position));
    Ok(())
}

fn ask_actions(server: &mut Server, id: &RequestId, params: Value) -> Result<(), String> {
    let uri = text(&params, "/textDocument/uri")?.to_owned();
    wait(server, id, uri, Ask::Actions(read(params)?));
    Ok(())
}

/// Answers when the buffer is linted, which is to be soon.
fn wait(server: &mut Server, id: &RequestId, uri: String, ask: Ask) {
    match server.documents.get_mut(&uri).filter(|document| document.is_awaited()) {
        Some(document) => {
            document.due = document.due.map(|_| std::time::Instant::now());
            server.waiting.push(Waiting { id: id.clone(), uri, ask });
        }
        None => answer(server, id.clone(), &uri, ask),
    }
}

/// Answers a request by what is known of its buffer.
pub(super) fn answer(server: &mut Server, id: RequestId, uri: &str, ask: Ask) {
    match ask {
        Ask::Hover(position) => {
            let (encoding, registry) = (server.client.encoding, server.registry);
            let shown =
                server.buffer(uri, |buffer| hover::hover(buffer.insight, buffer.text, position, encoding, registry));
            server.reply(id, json!(shown.flatten()));
        }
        Ask::Actions(params) => answer_actions(server, id, uri, &params),
    }
}

fn answer_actions(server: &mut Server, id: RequestId, uri: &str, params: &ActionsAsked) {
    let only = params.context.only.as_deref();
    let (client, registry) = (server.client.clone(), server.registry);
    let known = server.buffer(uri, |buffer| {
        let quick = actions::is_wanted(only, CodeActionKind::QUICKFIX.as_str());
        let fixes = quick.then(|| actions::quick_fixes(buffer, params.range, &client, registry));
        (fixes.unwrap_or_default(), actions::can_fix(buffer.insight))
    });
    let Some((mut actions, can_fix)) = known else { return server.reply(id, json!([])) };
    if !can_fix || !actions::is_wanted(only, FIX_ALL_KIND) {
        return server.reply(id, json!(actions));
    }
    if only.is_some() {
        return server.fix(uri, id, Fixing::Action(uri.to_owned(), actions));
    }
    // offered in a list, it is worked out only when it is chosen
    if server.client.apply_edit {
        actions.push(actions::fix_all(uri, None));
    }
    server.reply(id, json!(actions));
}

fn execute(server: &mut Server, id: &RequestId, params: &Value) -> Result<(), String> {
    match text(params, "/command")? {
        EXPLAIN => {
            let name = text(params, "/arguments/0")?;
            let explained =
                explain::explain(name, server.registry).ok_or_else(|| format!("no lint is called `{name}`"))?;
            if server.client.show_document {
                let shown = json!({ "uri": explained.url, "external": true });
                server.ask("window/showDocument", shown, Asked::Nothing);
            } else {
                server.tell_again(MessageType::INFO, &explained.words());
            }
            server.reply(id.clone(), explained.answer());
            Ok(())
        }
        FIX_ALL => {
            let uri = text(params, "/arguments/0")?.to_owned();
            if !server.documents.contains_key(&uri) {
                return Err(format!("`{uri}` is not open"));
            }
            server.fix(&uri.clone(), id.clone(), Fixing::Command(uri));
            Ok(())
        }
        other => Err(format!("no command is called `{other}`")),
    }
}

/// Hands on what mends a buffer.
pub(super) fn fixed(server: &mut Server, id: RequestId, fixing: Fixing, edits: Result<Vec<TextEdit>, String>) {
    let client = server.client.clone();
    let edit = |server: &Server, uri: &str, edits| {
        let version = server.documents.get(uri).map(|document| document.version);
        actions::workspace_edit(uri, version, edits, &client)
    };
    match (fixing, edits) {
        (Fixing::Action(uri, mut actions), Ok(edits)) if !edits.is_empty() => {
            let edit = edit(server, &uri, edits);
            actions.push(actions::fix_all(&uri, edit));
            server.reply(id, json!(actions));
        }
        (Fixing::Action(_, actions), _) => server.reply(id, json!(actions)),
        (Fixing::Command(uri), Ok(edits)) if !edits.is_empty() => {
            let edit = edit(server, &uri, edits);
            server.ask("workspace/applyEdit", json!({ "label": "fix all", "edit": edit }), Asked::Nothing);
            server.reply(id, Value::Null);
        }
        (Fixing::Command(_), result) => {
            let why = result.err().unwrap_or_else(|| "there is nothing to fix".to_owned());
            server.tell_again(MessageType::INFO, &why);
            server.reply(id, Value::Null);
        }
    }
}

/// Does what a notification tells. One that can't be read is passed over.
pub(super) fn notification(server: &mut Server, told: Notification) {
    let Notification { method, params } = told;
    let done = match method.as_str() {
        "exit" => {
            server.is_over = true;
            Ok(())
        }
        "initialized" => {
            server.ask_settings();
            watch(server);
            Ok(())
        }
        "textDocument/didOpen" => did_open(server, params),
        "textDocument/didChange" => did_change(server, params),
        "textDocument/didSave" => did_save(server, &params),
        "textDocument/didClose" => did_close(server, &params),
        "workspace/didChangeWatchedFiles" => {
            did_change_files(server, &params);
            Ok(())
        }
        "workspace/didChangeConfiguration" => {
            did_change_configuration(server, &params);
            Ok(())
        }
        "workspace/didChangeWorkspaceFolders" => {
            did_change_folders(server, &params);
            Ok(())
        }
        "$/cancelRequest" => {
            cancel(server, params);
            Ok(())
        }
        _ => Ok(()),
    };
    if let Err(why) = done {
        server.tell(MessageType::WARNING, &format!("`{method}` could not be read: {why}"));
    }
}

fn did_open(server: &mut Server, mut params: Value) -> Result<(), String> {
    let opened: Opened = read(params.get_mut("textDocument").map(Value::take).unwrap_or_default())?;
    let uri = opened.uri;
    let mut document = Document::open(&uri, &opened.language_id, opened.version, opened.text);
    // a buffer may be opened twice: what is known of the first is of no use
    document.serial = server.documents.get(&uri).map_or(0, |before| before.serial + 1);
    document.touch(Duration::ZERO);
    if let Some(mut before) = server.documents.insert(uri, document) {
        before.stop();
    }
    Ok(())
}

fn did_change(server: &mut Server, params: Value) -> Result<(), String> {
    let changed: Changed = read(params)?;
    let encoding = server.client.encoding;
    let Some(document) = server.documents.get_mut(&changed.text_document.uri) else { return Ok(()) };
    document.stop();
    let text = Arc::make_mut(&mut document.text);
    for change in changed.content_changes {
        text.edit(change.range, &change.text, encoding);
    }
    document.version = changed.text_document.version;
    // nobody waits for an idle server: only who types faster than it lints has to pause
    document.touch(if document.is_busy { REST } else { Duration::ZERO });
    Ok(())
}

fn did_save(server: &mut Server, params: &Value) -> Result<(), String> {
    let uri = text(params, "/textDocument/uri")?;
    if uri::path(uri).is_some_and(|path| server.configuration.is_about(&path)) {
        server.reload();
        return Ok(());
    }
    // what a buffer includes, or an image beside it, may have been saved
    let is_mjml = |name: &str| name.ends_with(".mjml");
    let concerned = |(other, _): &(&String, &mut Document)| *other == uri || is_mjml(uri) && is_mjml(other);
    for (_, document) in server.documents.iter_mut().filter(concerned) {
        document.ignored = None;
        document.touch(Duration::ZERO);
    }
    Ok(())
}

fn did_close(server: &mut Server, params: &Value) -> Result<(), String> {
    let uri = text(params, "/textDocument/uri")?;
    if let Some(mut document) = server.documents.remove(uri) {
        document.stop();
        server.publish(uri, Vec::new());
        server.answer_waiting(uri);
    }
    Ok(())
}

fn did_change_files(server: &mut Server, params: &Value) {
    let changes = params.get("changes").and_then(Value::as_array).into_iter().flatten();
    let mut paths = changes.filter_map(|change| uri::path(change.get("uri")?.as_str()?));
    if paths.any(|path| server.configuration.is_about(&path)) {
        server.reload();
    }
}

fn did_change_configuration(server: &mut Server, params: &Value) {
    if server.client.configuration {
        server.ask_settings();
    } else if let Some(settings) = params.get("settings").filter(|settings| settings.is_object()) {
        server.set(settings);
    }
}

fn did_change_folders(server: &mut Server, params: &Value) {
    let folders = |key: &str| {
        let folders = params.pointer(&format!("/event/{key}")).and_then(Value::as_array);
        let uris = folders.map(|folders| client::uris(folders)).unwrap_or_default();
        uris.iter().filter_map(|folder| uri::path(folder)).collect::<Vec<_>>()
    };
    let removed = folders("removed");
    server.folders.retain(|folder| !removed.contains(folder));
    server.folders.extend(folders("added"));
    server.reload();
}

/// A request that still waits is not answered any more.
fn cancel(server: &mut Server, mut params: Value) {
    let Ok(id) = serde_json::from_value::<RequestId>(params.get_mut("id").map(Value::take).unwrap_or_default()) else {
        return;
    };
    let before = server.waiting.len();
    server.waiting.retain(|waiting| waiting.id != id);
    if server.waiting.len() < before || server.fixing.remove(&id).is_some() {
        server.refuse(id, ErrorCode::RequestCanceled, "cancelled");
    }
}

/// Asks the client to tell when a configuration or the baseline changes.
pub(super) fn watch(server: &mut Server) {
    if !server.client.watches_files {
        return;
    }
    let files = server.configuration.files().into_iter().map(|file| file.to_string_lossy().replace('\\', "/"));
    let watchers: Vec<_> =
        [format!("**/{FILE_NAME}")].into_iter().chain(files).map(|pattern| json!({ "globPattern": pattern })).collect();
    let unregistered = json!({ "unregisterations": [{ "id": WATCHER, "method": "workspace/didChangeWatchedFiles" }] });
    if std::mem::replace(&mut server.is_watching, true) {
        server.ask("client/unregisterCapability", unregistered, Asked::Nothing);
    }
    let registration = json!({ "id": WATCHER, "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers } });
    server.ask("client/registerCapability", json!({ "registrations": [registration] }), Asked::Nothing);
}
