//! Real clients: Neovim drives `presend lsp`, and what docs/editors.md gives to paste is what editors read.

#![allow(clippy::unwrap_used)]

#[path = "common/tools.rs"]
mod tools;
#[path = "common/tree.rs"]
mod tree;

use std::path::Path;
use std::process::{Command, Output, Stdio};
use tools::tool;
use tree::tree;

const GUIDE: &str = include_str!("../docs/editors.md");
/// A box that is ticked in advance, behind characters that are counted differently by everybody.
const CAMPAIGN: &str = r#"<!DOCTYPE html>
<html><body>
<form action="/register" method="post">
<input type="email" name="email"> <input type="password" name="password">
<p>Ä 😀 <label><input type="checkbox" name="news" checked> Yes, please send me your newsletter</label></p>
<button>Register</button>
</form>
</body></html>
"#;
const FIXED: &str =
    r#"<p>Ä 😀 <label><input type="checkbox" name="news"> Yes, please send me your newsletter</label></p>"#;

/// Runs Neovim without anybody's configuration; what it says when it fails is the test's failure.
fn neovim(folder: &Path, script: &Path, variables: &[(&str, &str)]) -> Option<()> {
    let mut neovim = Command::new(tool("nvim")?);
    neovim.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("HOME", folder);
    neovim.envs(variables.iter().copied()).current_dir(folder);
    neovim.args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-S"]).arg(script);
    let Output { status, stderr, .. } = neovim.stdin(Stdio::null()).output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    Some(())
}

/// The fenced blocks of the guide in `language`.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let blocks: Vec<_> = GUIDE.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty(), "the guide has blocks in {language}");
    blocks
}

#[test]
fn neovim_shows_and_fixes_what_the_server_finds() {
    let tree = tree(&[("campaign.html", CAMPAIGN)]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/neovim.lua");
    let campaign = tree.path().join("campaign.html");
    let variables =
        [("PRESEND", env!("CARGO_BIN_EXE_presend")), ("CAMPAIGN", campaign.to_str().unwrap()), ("FIXED", FIXED)];
    neovim(tree.path(), &script, &variables);
}

/// What `presend check` prints of the campaign, in a folder with it.
fn printed(format: &str) -> (tempfile::TempDir, String) {
    let tree = tree(&[("a.html", CAMPAIGN)]);
    let mut presend = Command::new(env!("CARGO_BIN_EXE_presend"));
    presend.env_clear().current_dir(tree.path()).args(["check", "--format", format, "."]);
    let printed = String::from_utf8(presend.output().unwrap().stdout).unwrap();
    assert!(printed.contains("preselected-consent"), "{printed}");
    std::fs::write(tree.path().join("printed"), &printed).unwrap();
    (tree, printed)
}

/// Runs a script that leaves what it found in `s:found`.
fn vim(folder: &Path, script: &str, wanted: &str) {
    let end = "call writefile([string(s:found)], '/dev/stderr')\ncquit 1\n";
    let file = folder.join("try.vim");
    std::fs::write(&file, format!("{script}\nif string(s:found) is# string({wanted}) | qall! | endif\n{end}")).unwrap();
    neovim(folder, &file, &[]);
}

#[test]
fn the_error_format_of_the_guide_finds_file_line_and_column() {
    let (tree, printed) = printed("short");
    let fault = printed.lines().find(|line| line.contains("[preselected-consent]")).unwrap();
    assert!(fault.starts_with("a.html:5:50: error[preselected-consent]: the box"), "{fault}");
    let setting = blocks("vim").into_iter().flat_map(str::lines).find(|line| line.contains("errorformat=")).unwrap();
    // `:make` takes the local one, `:cgetexpr` the global one
    let setting = setting.replace("setlocal", "set");
    let script = format!(
        "{setting}\n\
         cgetexpr readfile('printed')\n\
         let s:found = filter(getqflist(), 'v:val.text =~ \"preselected\"')\n\
         call map(s:found, '[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text[:21]]')"
    );
    vim(tree.path(), &script, "[['a.html', 5, 50, 'e', '[preselected-consent]:']]");
}

/// ALE is not there: its one function that the guide calls is.
#[test]
fn the_linter_of_the_guide_for_ale_reads_json() {
    let (tree, _) = printed("json-lines");
    let stand_in = "function! ale#linter#Define(type, linter) abort\n  let g:linters = get(g:, 'linters', {})\n  \
                    let g:linters[a:type] = a:linter\nendfunction\n";
    std::fs::create_dir_all(tree.path().join("autoload/ale")).unwrap();
    std::fs::write(tree.path().join("autoload/ale/linter.vim"), stand_in).unwrap();
    let ale = blocks("vim").into_iter().find(|text| text.contains("ale#linter#Define")).unwrap();
    let script = format!(
        "set rtp+=.\n{ale}\n\
         let s:found = function(g:linters.html.callback)(1, readfile('printed'))\n\
         call filter(s:found, 'v:val.code is# \"preselected-consent\"')\n\
         call map(s:found, '[v:val.lnum, v:val.col, v:val.end_lnum, v:val.end_col, v:val.type]')"
    );
    vim(tree.path(), &script, "[[5, 50, 5, 56, 'E']]");
}

#[test]
fn every_block_of_the_guide_can_be_read() {
    blocks("toml").iter().for_each(|text| assert!(text.parse::<toml::Table>().is_ok(), "{text}"));
    for text in blocks("json") {
        assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
    }
    let tree = tree(&[]);
    let script: String = (0..blocks("lua").len())
        .map(|at| {
            format!(
                "local fine, why = loadfile('{at}.lua')\nif not fine then io.stderr:write(why) vim.cmd('cquit 1') end\n"
            )
        })
        .collect();
    for (at, text) in blocks("lua").iter().enumerate() {
        std::fs::write(tree.path().join(format!("{at}.lua")), text).unwrap();
    }
    let file = tree.path().join("read.lua");
    std::fs::write(&file, script + "vim.cmd('qall!')\n").unwrap();
    neovim(tree.path(), &file, &[]);
}
