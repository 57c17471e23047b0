//! Outside tools that tests drive: where they are, and what is said when they are missing.
#![allow(dead_code)]

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The program `name`: where `PRESEND_TOOL_NAME` says, else where `.ci/tools` put it, else on the `PATH`. `None` where it is missing, which is told; a
/// test then passes without having tried anything, unless `PRESEND_REQUIRE_TOOLS=1` makes that a failure.
pub fn tool(name: &str) -> Option<PathBuf> {
    let found = find(name);
    if found.is_none() {
        let said = format!("{name} is not installed; run .ci/tools");
        assert!(env::var_os("PRESEND_REQUIRE_TOOLS").is_none_or(|value| value != "1"), "{said}");
        // past the test harness, which shows nothing of a test that passes
        let _ = writeln!(std::io::stderr(), "skipped: {said}");
    }
    found
}

fn find(name: &str) -> Option<PathBuf> {
    let variable = format!("PRESEND_TOOL_{}", name.to_uppercase().replace('-', "_"));
    if let Some(path) = env::var_os(variable) {
        return Some(path.into());
    }
    // the target folder has a folder for tests
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let ours = target.map(|target| target.join("tools/bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    let mut folders = ours.into_iter().chain(env::split_paths(&path));
    folders.find_map(|folder| {
        [folder.join(name), folder.join(format!("{name}.exe"))].into_iter().find(|file| file.is_file())
    })
}
