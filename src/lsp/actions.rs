//! Code actions: quick fixes, "allow here", "explain", "fix all".

use super::allow;
use super::client::Client;
use super::explain;
use super::insight::{Found, Insight};
use super::text::Text;
use super::uri;
use crate::config::FILE_NAME;
use crate::diagnostic::{Applicability, Suggestion};
use crate::fix::Trust;
use crate::lint::Registry;
use crate::report::visible::visible;
use crate::source::display_name;
use lsp_types::{
    CodeAction, CodeActionKind, Command, CreateFile, CreateFileOptions, Diagnostic, DocumentChangeOperation,
    DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Range, ResourceOp, TextDocumentEdit, TextEdit,
    WorkspaceEdit,
};
use serde_json::Value;
use std::path::Path;

/// The command that explains a lint: its name.
pub(super) const EXPLAIN: &str = "presend.explain";
/// The command that mends a buffer: its address.
pub(super) const FIX_ALL: &str = "presend.fixAll";
/// The kind of the action that mends a buffer.
pub(super) const FIX_ALL_KIND: &str = "source.fixAll.presend";

/// A buffer of which actions are asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Buffer<'b> {
    pub uri: &'b str,
    pub version: i32,
    pub text: &'b Text,
    pub path: Option<&'b Path>,
    /// What the file is called.
    pub name: &'b str,
    /// The configuration that governs it.
    pub config: Option<&'b Path>,
    /// The folder in which one would be made.
    pub home: &'b Path,
    pub insight: &'b Insight,
    /// Its diagnostics as they were published, one for each that was found.
    pub published: &'b [Diagnostic],
}

/// Whether actions of `kind` are wanted by a request that is for `only` these, if for any.
pub(super) fn is_wanted(only: Option<&[CodeActionKind]>, kind: &str) -> bool {
    only.is_none_or(|only| only.iter().any(|wanted| covers(wanted.as_str(), kind)))
}

/// Kinds are hierarchical: `source.fixAll` covers `source.fixAll.presend`.
fn covers(wanted: &str, kind: &str) -> bool {
    wanted.is_empty() || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether something can be mended.
pub(super) fn can_fix(insight: &Insight) -> bool {
    let mends = |found: &Found| Trust::Sure.can_fix(&found.diagnostic);
    insight.seen.seal.is_none() && insight.found.iter().any(mends)
}

/// The actions for what was found in `range`, but for the one that mends all.
pub(super) fn quick_fixes(buffer: Buffer<'_>, range: Range, client: &Client, registry: &Registry) -> Vec<CodeAction> {
    let touches = |found: &Found| found.range.start <= range.end && range.start <= found.range.end;
    let here: Vec<_> = buffer.insight.found.iter().zip(buffer.published).filter(|(found, _)| touches(found)).collect();
    let mut actions = Vec::new();
    if buffer.insight.seen.seal.is_none() {
        for (found, published) in &here {
            let fixes = found.diagnostic.suggestions.iter();
            actions.extend(fixes.filter_map(|suggestion| fix(buffer, suggestion, published, client)));
        }
    }
    for (found, published) in here.iter().filter(|(found, _)| allow::can_be_allowed(&found.diagnostic)) {
        actions.extend(allow_here(buffer, found, published, client));
    }
    let mut told: Vec<&str> = Vec::new();
    for (found, published) in here {
        let lint = found.diagnostic.lint;
        if !told.contains(&lint) && explain::explain(lint, registry).is_some() {
            told.push(lint);
            actions.push(explanation(lint, published));
        }
    }
    actions
}

/// The edit of a suggestion; one with words to fill in says so.
fn fix(buffer: Buffer<'_>, suggestion: &Suggestion, published: &Diagnostic, client: &Client) -> Option<CodeAction> {
    let edit = suggestion.file_edit.as_ref()?;
    let new_text = std::str::from_utf8(&edit.replacement).ok()?.to_owned();
    let range = buffer.text.range(edit.span.range(), client.encoding);
    let message = visible(&suggestion.message);
    let title = match suggestion.applicability {
        Applicability::HasPlaceholders => format!("{message} (and fill in what is in capitals)"),
        _ => message.into_owned(),
    };
    Some(CodeAction {
        is_preferred: (suggestion.applicability == Applicability::MachineApplicable).then_some(true),
        edit: workspace_edit(buffer.uri, Some(buffer.version), vec![TextEdit { range, new_text }], client),
        ..action(title, published)
    })
}

fn allow_here(buffer: Buffer<'_>, found: &Found, published: &Diagnostic, client: &Client) -> Option<CodeAction> {
    let lint = found.diagnostic.lint;
    match allow::comment(found, &buffer.insight.seen, buffer.name, buffer.text.as_str()) {
        Some(comment) => {
            let place = if comment.whole_file { "in this file" } else { "here" };
            let range = buffer.text.range(comment.at..comment.at, client.encoding);
            let edits = vec![TextEdit { range, new_text: comment.text }];
            Some(CodeAction {
                edit: workspace_edit(buffer.uri, Some(buffer.version), edits, client),
                ..action(format!("allow `{lint}` {place} with a reason"), published)
            })
        }
        None => allow_in_config(buffer, lint, published, client),
    }
}

/// A mail can't hold comments: its configuration can say what is fine.
fn allow_in_config(buffer: Buffer<'_>, lint: &str, published: &Diagnostic, client: &Client) -> Option<CodeAction> {
    let edit = match buffer.config {
        Some(config) => {
            let path = display_name(buffer.path?.strip_prefix(config.parent()?).ok()?);
            let text = Text::new(std::fs::read_to_string(config).ok()?);
            let (end, new_text) = (text.as_str().len(), allow::entry(lint, &path, text.as_str()));
            let edit = TextEdit { range: text.range(end..end, client.encoding), new_text };
            workspace_edit(&uri::of_path(config)?, None, vec![edit], client)?
        }
        None if client.creates_files => {
            let path = display_name(buffer.path?.strip_prefix(buffer.home).ok()?);
            new_file(&buffer.home.join(FILE_NAME), allow::entry(lint, &path, ""))?
        }
        None => return None,
    };
    Some(CodeAction {
        edit: Some(edit),
        ..action(format!("allow `{lint}` for this file in presend.toml with a reason"), published)
    })
}

fn explanation(lint: &str, published: &Diagnostic) -> CodeAction {
    let title = format!("explain `{lint}`");
    let command =
        Command { title: title.clone(), command: EXPLAIN.to_owned(), arguments: Some(vec![Value::from(lint)]) };
    CodeAction { command: Some(command), ..action(title, published) }
}

fn action(title: String, published: &Diagnostic) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![published.clone()]),
        ..CodeAction::default()
    }
}

/// The action that mends all: with its edits where they are known, else with the command that finds them.
pub(super) fn fix_all(uri: &str, edit: Option<WorkspaceEdit>) -> CodeAction {
    let title = "fix all that presend can fix".to_owned();
    let command = edit.is_none().then(|| Command {
        title: title.clone(),
        command: FIX_ALL.to_owned(),
        arguments: Some(vec![Value::from(uri)]),
    });
    CodeAction {
        title,
        kind: Some(CodeActionKind::from(FIX_ALL_KIND.to_owned())),
        edit,
        command,
        ..CodeAction::default()
    }
}

/// Edits of one document, with its version where the client can tell versions apart.
pub(super) fn workspace_edit(
    uri: &str,
    version: Option<i32>,
    edits: Vec<TextEdit>,
    client: &Client,
) -> Option<WorkspaceEdit> {
    let uri = uri::typed(uri)?;
    Some(if client.versioned_edits {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
        let edits = edits.into_iter().map(OneOf::Left).collect();
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some([(uri, edits)].into()), ..WorkspaceEdit::default() }
    })
}

/// Makes a file that holds `text`.
fn new_file(path: &Path, text: String) -> Option<WorkspaceEdit> {
    let uri = uri::typed(&uri::of_path(path)?)?;
    let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
    let create = CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: None };
    let edits = vec![OneOf::Left(TextEdit { range: Range::default(), new_text: text })];
    let changes = DocumentChanges::Operations(vec![
        DocumentChangeOperation::Op(ResourceOp::Create(create)),
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits }),
    ]);
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_a_hierarchy() {
        for (wanted, kind, covered) in [
            ("source", FIX_ALL_KIND, true),
            ("source.fixAll", FIX_ALL_KIND, true),
            ("source.fixAll.presend", FIX_ALL_KIND, true),
            ("source.fix", FIX_ALL_KIND, false),
            ("source.fixAll.other", FIX_ALL_KIND, false),
            ("quickfix", FIX_ALL_KIND, false),
            ("", "quickfix", true),
        ] {
            assert_eq!(covers(wanted, kind), covered, "{wanted} {kind}");
        }
    }
}
