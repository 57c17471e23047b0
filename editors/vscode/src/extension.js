// Starts `presend lsp` and hands it the buffers that may hold a campaign. All that is known of mail is in the server.

const vscode = require('vscode');
const { LanguageClient, State } = require('vscode-languageclient/node');
const { selector } = require('./selector');
const { Pages } = require('./pages');

/** @type {LanguageClient | undefined} */
let client;

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const pages = new Pages();
  const command = (/** @type {string} */ name, /** @type {() => unknown} */ run) =>
    vscode.commands.registerCommand(`presend.${name}`, run);
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(Pages.scheme, pages),
    command('restart', () => restart(pages)),
    command('explainLint', explainLint),
    command('fixFile', fixFile),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('presend.path')) return restart(pages);
    }),
  );
  await start(pages);
}

async function deactivate() {
  await stop();
}

/** @param {Pages} pages */
async function start(pages) {
  const settings = vscode.workspace.getConfiguration('presend');
  const program = settings.get('path', 'presend') || 'presend';
  const server = { command: program, args: ['lsp'] };
  client = new LanguageClient('presend', 'presend', server, {
    documentSelector: selector,
    initializationOptions: JSON.parse(JSON.stringify(settings)),
    synchronize: { configurationSection: 'presend' },
    middleware: {
      // the server knows every page: it is shown here, and no browser opened
      async executeCommand(name, args, next) {
        const result = await next(name, args);
        if (name === 'presend.explain' && result) await pages.show(result.lint, result.markdown);
        return result;
      },
      window: {
        async showDocument(params, token, next) {
          return params.external ? { success: true } : next(params, token);
        },
      },
    },
  });
  try {
    await client.start();
  } catch (error) {
    await missing(program, error);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  // one that did not start, or is gone, has nothing to stop
  if (running?.state === State.Running) await running.stop();
}

/** @param {Pages} pages */
async function restart(pages) {
  await stop();
  await start(pages);
}

/**
 * @param {string} program
 * @param {unknown} error
 */
async function missing(program, error) {
  const why = error instanceof Error ? error.message : String(error);
  const open = 'Open settings';
  const said = `presend: can't start \`${program} lsp\`: ${why}. Install presend, or say in presend.path where it is.`;
  const chosen = vscode.window.showErrorMessage(said, open);
  if ((await chosen) === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'presend.path');
}

/** Explains the lint that the cursor is at, or one that is asked for. */
async function explainLint() {
  const editor = vscode.window.activeTextEditor;
  const found = editor ? vscode.languages.getDiagnostics(editor.document.uri) : [];
  const here = found.filter((one) => one.source === 'presend' && editor && one.range.contains(editor.selection.active));
  const names = [...new Set(here.map(nameOf).filter((name) => name !== ''))];
  const prompt = 'Name of a lint, such as missing-unsubscribe';
  const name =
    names.length > 1 ? await vscode.window.showQuickPick(names) : (names[0] ?? (await vscode.window.showInputBox({ prompt })));
  if (name) await vscode.commands.executeCommand('presend.explain', name);
}

/** @param {vscode.Diagnostic} diagnostic */
function nameOf({ code }) {
  return String(typeof code === 'object' ? code.value : (code ?? ''));
}

async function fixFile() {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri && client) await vscode.commands.executeCommand('presend.fixAll', client.code2ProtocolConverter.asUri(uri));
}

module.exports = { activate, deactivate };
