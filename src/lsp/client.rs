//! What the client can do, read leniently: of its capabilities only what makes a difference here.

use super::text::Encoding;
use serde_json::Value;

/// What the client says of itself when it begins.
#[derive(Debug, Clone)]
pub(super) struct Client {
    /// What it counts characters in.
    pub encoding: Encoding,
    /// Related information of diagnostics is shown.
    pub related: bool,
    /// Tags of diagnostics are shown.
    pub tags: bool,
    /// `window/showDocument`.
    pub show_document: bool,
    /// `workspace/applyEdit`.
    pub apply_edit: bool,
    /// Edits may name versions of documents.
    pub versioned_edits: bool,
    /// Edits may make files.
    pub creates_files: bool,
    /// `workspace/configuration`.
    pub configuration: bool,
    /// Watching files can be asked for.
    pub watches_files: bool,
    /// Its process, which is to be there as long as this one.
    pub process: Option<u32>,
    /// The folders that are open.
    pub folders: Vec<String>,
    /// Its settings for presend.
    pub options: Value,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub fn new(params: &Value) -> Self {
        let capability = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| capability(path).and_then(Value::as_bool).unwrap_or(false);
        let operations = capability("workspace/workspaceEdit/resourceOperations").and_then(Value::as_array);
        let offered = capability("general/positionEncodings").and_then(Value::as_array);
        let root = params.get("rootUri").and_then(Value::as_str);
        let folders = match params.get("workspaceFolders").and_then(Value::as_array) {
            Some(folders) => uris(folders),
            None => root.map(str::to_owned).into_iter().collect(),
        };
        Self {
            encoding: Encoding::negotiated(offered.into_iter().flatten().filter_map(Value::as_str)),
            related: can("textDocument/publishDiagnostics/relatedInformation"),
            tags: capability("textDocument/publishDiagnostics/tagSupport")
                .is_some_and(|tags| tags.is_object() || tags == true),
            show_document: can("window/showDocument/support"),
            apply_edit: can("workspace/applyEdit"),
            versioned_edits: can("workspace/workspaceEdit/documentChanges"),
            creates_files: can("workspace/workspaceEdit/documentChanges")
                && operations.is_some_and(|all| all.iter().any(|one| one == "create")),
            configuration: can("workspace/configuration"),
            watches_files: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            process: params.get("processId").and_then(Value::as_u64).and_then(|id| u32::try_from(id).ok()),
            folders,
            options: params.get("initializationOptions").cloned().unwrap_or_default(),
        }
    }
}

/// The addresses of workspace folders.
pub(super) fn uris(folders: &[Value]) -> Vec<String> {
    folders.iter().filter_map(|folder| folder.get("uri")?.as_str().map(str::to_owned)).collect()
}
