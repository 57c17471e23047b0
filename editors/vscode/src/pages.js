// Pages of lints, shown as Markdown previews.

const vscode = require('vscode');

class Pages {
  static scheme = 'presend-lint';
  /** @type {Map<string, string>} */
  #texts = new Map();

  /** @param {vscode.Uri} uri */
  provideTextDocumentContent(uri) {
    return this.#texts.get(uri.path) ?? '';
  }

  /**
   * @param {string} lint
   * @param {string} markdown
   */
  async show(lint, markdown) {
    const uri = vscode.Uri.parse(`${Pages.scheme}:/${lint}.md`);
    this.#texts.set(uri.path, markdown);
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  }
}

module.exports = { Pages };
