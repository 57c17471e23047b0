//! The hooks for pre-commit, run by pre-commit itself.

use super::since::git;
use super::tools::tool;
use super::tree::tree;
use presend::source::Kind;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

const FAULTY: &str = "From: Shop <shop@outlook.com>\nSubject: Winter lamps\n\nhello\n";
const CLEAN: &str = "<p>{{ greeting }}</p>";

fn hooks_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml")
}

/// A repository that uses the hook `presend-system` from a local repository with our hooks file.
struct Project {
    pre_commit: PathBuf,
    tree: TempDir,
    elsewhere: TempDir,
}

impl Project {
    fn new(pre_commit: PathBuf) -> Self {
        let hooks = tree(&[]);
        fs::copy(hooks_file(), hooks.path().join(".pre-commit-hooks.yaml")).unwrap();
        commit_all(hooks.path());
        let head = Command::new("git").args(["rev-parse", "HEAD"]).current_dir(hooks.path()).output().unwrap();
        let rev = String::from_utf8(head.stdout).unwrap();
        let config = format!(
            "repos:\n- repo: {}\n  rev: {}\n  hooks: [{{ id: presend-system }}]\n",
            hooks.path().display(),
            rev.trim()
        );
        let tree = tree(&[
            (".pre-commit-config.yaml", config.as_str()),
            ("presend.toml", "exclude = [\"archive/\"]\n"),
            ("mails/clean.html", CLEAN),
        ]);
        commit_all(tree.path());
        let project = Self { pre_commit, tree, elsewhere: tempfile::tempdir().unwrap() };
        let installed = project.run(Command::new(&project.pre_commit).arg("install"));
        assert!(installed.status.success(), "{installed:?}");
        // the hooks are fetched here, while there is something to fetch
        let ran = project.run(Command::new(&project.pre_commit).args(["run", "--all-files"]));
        assert!(ran.status.success(), "{}", text(&ran));
        drop(hooks);
        project
    }

    /// Runs a command in the repository, with the program just built on the path and no settings of whoever runs the tests.
    fn run(&self, command: &mut Command) -> Output {
        let presend = Path::new(env!("CARGO_BIN_EXE_presend")).parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap();
        let tools = self.pre_commit.parent().unwrap().to_owned();
        let folders = [presend, tools].into_iter().chain(std::env::split_paths(&path));
        command.current_dir(self.tree.path()).env("PATH", std::env::join_paths(folders).unwrap());
        command.env("PRE_COMMIT_HOME", self.elsewhere.path().join("cache")).env("HOME", self.elsewhere.path());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("PRE_COMMIT_COLOR", "never").output().unwrap()
    }

    /// Commits a file and gives whether that went well, and what was said.
    fn commit(&self, path: &str, text: &str) -> (bool, String) {
        let file = self.tree.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        git(self.tree.path(), &["add", "--all"]);
        let mut command = Command::new("git");
        let ran = self.run(command.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-m", "x"]));
        git(self.tree.path(), &["reset", "--quiet", "--hard"]);
        (ran.status.success(), self::text(&ran))
    }
}

fn text(ran: &Output) -> String {
    [&ran.stdout[..], &ran.stderr].concat().iter().map(|byte| char::from(*byte)).collect()
}

fn commit_all(folder: &Path) {
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "x"]);
}

#[test]
fn a_faulty_template_fails_the_commit_a_clean_or_excluded_one_passes() {
    let Some(pre_commit) = tool("pre-commit") else { return };
    let project = Project::new(pre_commit);
    let (passed, said) = project.commit("mails/a \"b\".eml", FAULTY);
    assert!(!passed && said.contains("error[freemail-sender]"), "{said}");
    assert!(said.contains("--> mails/a \"b\".eml:1:"), "{said}");
    let (passed, said) = project.commit("mails/new.html", CLEAN);
    assert!(passed && said.contains("Passed"), "{said}");
    let (passed, said) = project.commit("archive/old.eml", FAULTY);
    assert!(passed && said.contains("Passed"), "{said}");
    let (passed, said) = project.commit("notes.txt", FAULTY);
    assert!(passed && said.contains("Skipped"), "{said}");
}

/// What stands at `key`.
fn at<'y>(yaml: &'y Yaml, key: &str) -> &'y str {
    yaml[key].as_str().unwrap_or_else(|| panic!("`{key}` in {yaml:?}"))
}

#[test]
fn the_hooks_take_the_files_that_a_search_finds() {
    let yaml = YamlLoader::load_from_str(&fs::read_to_string(hooks_file()).unwrap()).unwrap();
    let hooks = yaml[0].as_vec().unwrap();
    let ids: Vec<_> = hooks.iter().map(|hook| (at(hook, "id"), at(hook, "language"))).collect();
    assert_eq!(ids, [("presend", "rust"), ("presend-system", "system")]);
    for hook in hooks {
        assert_eq!(at(hook, "entry"), "presend check --force-exclude");
        let (list, rest) = at(hook, "files").strip_prefix(r"(?i)(\.(").unwrap().split_once(')').unwrap();
        assert_eq!(rest, r"|\.blade\.php)$");
        let listed: Vec<_> = list.split('|').collect();
        for extension in &listed {
            assert!(Kind::promised(&format!("a.{extension}")).is_some(), "a search passes over .{extension}");
        }
        // and what a search finds is listed
        for extension in Kind::extensions() {
            assert!(listed.contains(&extension), ".{extension} is missing");
        }
    }
}
