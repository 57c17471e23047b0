// As much of the module `vscode` as the extension's client touches when it starts and hears of diagnostics. What is not
// here answers with something harmless, so that a newer client does not need it all.

const { pathToFileURL, fileURLToPath } = require('node:url');

class Disposable {
  constructor(callback) {
    this.dispose = callback ?? (() => {});
  }
  static from() {
    return new Disposable();
  }
}

class EventEmitter {
  constructor() {
    
    this.listeners = new Set();
    this.event = (listener, self) => {
      const bound = listener.bind(self);
      this.listeners.add(bound);
      return new Disposable(() => this.listeners.delete(bound));
    };
  }
  fire(value) {
    return Promise.all([...this.listeners].map((listener) => listener(value)));
  }
  dispose() {}
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(':')[0];
    this.path = new URL(text).pathname;
    this.fsPath = this.scheme === 'file' ? fileURLToPath(text) : this.path;
  }
  toString() {
    return this.text;
  }
  static parse(text) {
    return new Uri(text);
  }
  static file(path) {
    return new Uri(pathToFileURL(path).href);
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(...ends) {
    const [start, end] = ends.length === 4 ? [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])] : ends;
    Object.assign(this, { start, end });
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter().event };
  cancel() {}
  dispose() {}
}

const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };

const kind = (value) => ({ value, append: (part) => kind(value === '' ? part : `${value}.${part}`) });
const CodeActionKind = { Empty: kind(''), QuickFix: kind('quickfix'), Refactor: kind('refactor'), Source: kind('source') };

/** Anything: a class, a function, a namespace, an enumeration. */
const anything = () =>
  new Proxy(class {}, {
    get: (target, name) => (name in target ? Reflect.get(target, name) : typeof name === 'string' ? anything() : undefined),
    apply: () => new Disposable(),
  });

/** `known`, and anything else that is asked for. */
const open = (known) =>
  new Proxy(known, {
    get(target, name) {
      if (typeof name !== 'string' || name in target) return target[name];
      if (/^on(Did|Will)/.test(name)) return (target[name] = new EventEmitter().event);
      if (/^(register|create|show|set)/.test(name)) return (target[name] = () => new Disposable());
      return (target[name] = anything());
    },
  });

/** An editor with one folder and these settings. */
function editor(folder, settings) {
  const opened = new EventEmitter();
  const said = new EventEmitter();
  const state = {
    commands: (new Map()),
    output: ([]),
    errors: ([]),
    opened,
    said,
    documents: ([]),
  };
  const log = (text) => void state.output.push(text);
  const channel = open({ append: log, appendLine: log, trace: log, debug: log, info: log, warn: log, error: log, dispose() {}, show() {}, logLevel: 3 });
  const vscode = open({
    version: '1.99.0',
    Disposable, EventEmitter, Uri, Position, Range, Diagnostic, CancellationTokenSource,
    CancellationError: class extends Error {},
    DiagnosticSeverity, CodeActionKind, CodeAction: class {}, CodeLens: class {}, CompletionItem: class {}, DocumentLink: class {}, InlayHint: class {},
    CallHierarchyItem: class {}, TypeHierarchyItem: class {}, SymbolInformation: class {},
    env: open({ appName: 'test', language: 'en' }),
    commands: {
      registerCommand(name, run) {
        state.commands.set(name, run);
        return new Disposable(() => state.commands.delete(name));
      },
      executeCommand: (name, ...args) => state.commands.get(name)?.(...args),
    },
    window: open({
      createOutputChannel: () => channel,
      showErrorMessage: async (text) => void state.errors.push(text),
      showWarningMessage: async (text) => void state.errors.push(text),
      showInformationMessage: async () => {},
      visibleTextEditors: [],
      activeTextEditor: undefined,
      tabGroups: open({ all: [] }),
    }),
    workspace: open({
      workspaceFolders: [{ uri: Uri.file(folder), name: 'test', index: 0 }],
      textDocuments: state.documents,
      notebookDocuments: [],
      onDidOpenTextDocument: opened.event,
      getConfiguration: () => ({ get: (key, other) => settings[key] ?? other, ...settings }),
      createFileSystemWatcher: () => open({ dispose() {} }),
    }),
    languages: open({
      // the tests open only what the selector names
      match: () => 10,
      getDiagnostics: () => [],
      createDiagnosticCollection: () => ({
        set: (uri, diagnostics) => said.fire({ uri, diagnostics }),
        delete() {}, clear() {}, dispose() {}, has: () => false, forEach() {},
      }),
    }),
  });
  return { vscode, state };
}

module.exports = { editor, Uri };
