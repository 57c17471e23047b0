// Runs the bundle as VS Code would, with a stand-in for the module `vscode`, against the real program: node test/run.mjs PRESEND

import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { editor, Uri } = require('./vscode.js');
const { contributes, activationEvents } = require('../package.json');
const program = process.argv[2] ?? 'presend';

const folder = mkdtempSync(join(tmpdir(), 'presend-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, '.git'));
setTimeout(() => fail('nothing for 30 seconds'), 30_000).unref();

function fail(why) {
  console.error(why);
  process.exit(1);
}

function load(settings) {
  const { vscode, state } = editor(folder, { enable: true, config: '', baseline: '', levels: {}, ...settings });
  const resolve = Module._load;
  Module._load = (name, ...rest) =>
    name === 'vscode' ? vscode : resolve(name, ...rest);
  const bundle = require.resolve('../dist/extension.js');
  delete require.cache[bundle];
  const extension = require(bundle);
  Module._load = resolve;
  return { extension, state };
}

// a program that is missing is told, and nothing is thrown
{
  const { extension, state } = load({ path: join(folder, 'missing') });
  await extension.activate({ subscriptions: [] });
  assert.match(state.errors.join('\n'), /can't start `.*missing lsp`.*presend\.path/);
  await extension.deactivate();
}

// a mail that is opened gets its diagnostics, and a level that is set holds
const text = 'From: a@outlook.com\nTo: b@c.example\nSubject: Catalog\nDate: Fri, 21 Nov 2025 10:00:00 +0000\n\nHello.\n';
for (const [levels, severity] of [[{}, 0], [{ 'freemail-sender': 'warn' }, 1]]) {
  const file = join(folder, 'a.eml');
  writeFileSync(file, text);
  const { extension, state } = load({ path: program, levels });
  const said = new Promise((resolve) => state.said.event(({ diagnostics }) => diagnostics.length && resolve(diagnostics)));
  await extension.activate({ subscriptions: [] });
  assert.deepEqual(state.errors, []);
  for (const { command } of contributes.commands) assert.ok(state.commands.has(command), command);
  const document = { uri: Uri.file(file), languageId: 'eml', version: 1, getText: () => readFileSync(file, 'utf8'), isClosed: false };
  state.documents.push(document);
  await state.opened.fire(document);
  const found = (await said).find(({ code }) => (code?.value ?? code) === 'freemail-sender');
  assert.ok(found, 'the sender is at fault');
  const { start, end } = found.range;
  assert.deepEqual([start.line, start.character, end.character, found.severity, found.source], [0, 8, 19, severity, 'presend']);
  const explained = await state.commands.get('presend.explain')('freemail-sender');
  assert.match(explained.markdown, /## Why/);
  await extension.deactivate();
}

// what activates the extension is what the server is told of
const { languages } = require('../src/selector.js');
const own = contributes.languages.map(({ id }) => id);
const activating = activationEvents.filter((event) => event.startsWith('onLanguage:')).map((event) => event.slice(11));
assert.deepEqual([...activating, ...own].sort(), [...languages].sort());
console.log('the extension works');
process.exit(0);
