//! The GitHub Action: its file is in order, and its scripts do what it says.
#![cfg(unix)]

use super::since::repository;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

const FAULTY: &str = "From: Shop <shop@outlook.com>\nSubject: Winter lamps\n\nhello\n";

fn source() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).unwrap()
}

fn action() -> Yaml {
    YamlLoader::load_from_str(&source()).unwrap().remove(0)
}

fn steps(action: &Yaml) -> &[Yaml] {
    action["runs"]["steps"].as_vec().unwrap()
}

/// The expressions `${{ … }}` in a text.
fn expressions(text: &str) -> impl Iterator<Item = &str> {
    text.split("${{").skip(1).map(|rest| rest.split_once("}}").expect("it is closed").0.trim())
}

#[test]
fn all_inputs_are_used_and_no_script_is_made_of_them() {
    let (action, source) = (action(), source());
    let inputs: BTreeSet<_> = action["inputs"].as_hash().unwrap().keys().map(|key| key.as_str().unwrap()).collect();
    let words = expressions(&source).flat_map(str::split_whitespace);
    let used: BTreeSet<_> = words.filter_map(|word| word.strip_prefix("inputs.")).collect();
    assert_eq!(inputs, used);
    for (name, input) in action["inputs"].as_hash().unwrap() {
        assert!(input["description"].as_str().is_some() && input["default"].as_str().is_some(), "{name:?}");
    }
    let ids: BTreeSet<_> = steps(&action).iter().filter_map(|step| step["id"].as_str()).collect();
    let asked: BTreeSet<_> = source.split("steps.").skip(1).filter_map(|rest| rest.split('.').next()).collect();
    assert_eq!(ids, asked);
    for step in steps(&action) {
        assert!(
            step["run"].as_str().is_none_or(|script| !script.contains("${{") && step["shell"].as_str() == Some("bash"))
        );
        assert!(step["run"].as_str().is_some() != step["uses"].as_str().is_some(), "{step:?}");
    }
}

/// A job: a repository, and a folder that the runner owns.
struct Job {
    tree: TempDir,
    temp: TempDir,
}

/// How a job ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    said: String,
    outputs: BTreeMap<String, String>,
}

impl Job {
    fn new(files: &[(&str, &str)]) -> Self {
        Self { tree: repository(files), temp: tempfile::tempdir().unwrap() }
    }

    /// Runs the scripts of the action until one fails, as the runner does.
    fn run(&self, with: &[(&str, &str)]) -> Ended {
        self.run_with(with, None)
    }

    /// As [`Job::run`], with the programs of a folder before all others.
    fn run_with(&self, with: &[(&str, &str)], programs: Option<&Path>) -> Ended {
        let action = action();
        let mut ended = Ended { code: Some(0), said: String::new(), outputs: BTreeMap::new() };
        for step in steps(&action) {
            let Some(script) = step["run"].as_str() else { continue };
            let value = |text: &Yaml| self.value(&action, with, &ended.outputs, text.as_str().unwrap());
            let folder = if step["working-directory"].is_badvalue() {
                ".".to_owned()
            } else {
                value(&step["working-directory"])
            };
            let (outputs, summary) = (self.temp.path().join("outputs"), self.temp.path().join("summary.md"));
            fs::write(&outputs, "").unwrap();
            let mut command = Command::new("bash");
            command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]);
            command.current_dir(self.tree.path().join(folder)).env_clear();
            let path = std::env::var_os("PATH").unwrap();
            let folders = programs.map(Path::to_owned).into_iter().chain(std::env::split_paths(&path));
            command.env("PATH", std::env::join_paths(folders).unwrap());
            command.env("GITHUB_OUTPUT", &outputs).env("GITHUB_STEP_SUMMARY", summary);
            for (name, text) in step["env"].as_hash().unwrap() {
                command.env(name.as_str().unwrap(), value(text));
            }
            let ran = command.output().unwrap();
            ended.said.push_str(&String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap());
            let id = step["id"].as_str().unwrap_or_default();
            for line in fs::read_to_string(&outputs).unwrap().lines() {
                let (name, text) = line.split_once('=').unwrap();
                ended.outputs.insert(format!("steps.{id}.outputs.{name}"), text.to_owned());
            }
            ended.code = ran.status.code();
            if ended.code != Some(0) {
                break;
            }
        }
        ended
    }

    /// `text` with its expressions filled in.
    fn value(&self, action: &Yaml, with: &[(&str, &str)], outputs: &BTreeMap<String, String>, text: &str) -> String {
        let mut value = text.to_owned();
        for expression in expressions(text) {
            let said = match expression.strip_prefix("inputs.") {
                Some(name) => match with.iter().find(|(given, _)| *given == name) {
                    Some((_, given)) => (*given).to_owned(),
                    None if name == "presend" => env!("CARGO_BIN_EXE_presend").to_owned(),
                    None => action["inputs"][name]["default"].as_str().unwrap().to_owned(),
                },
                None if expression == "runner.temp" => self.temp.path().display().to_string(),
                None if expression == "github.action_path" => env!("CARGO_MANIFEST_DIR").to_owned(),
                None => outputs.get(expression).cloned().unwrap_or_default(),
            };
            value = value.replace(&format!("${{{{ {expression} }}}}"), &said);
        }
        value
    }

    fn sarif(&self) -> String {
        fs::read_to_string(self.temp.path().join("presend.sarif")).unwrap()
    }
}

#[test]
fn a_fault_is_annotated_fails_the_job_and_goes_to_code_scanning() {
    let job = Job::new(&[("our mails/a.eml", FAULTY), ("our mails/b.eml", FAULTY), ("c.eml", FAULTY)]);
    let ended = job.run(&[("paths", "our mails/a.eml\n\nc.eml\n")]);
    assert_eq!((ended.code, ended.outputs["steps.check.outputs.exit-code"].as_str()), (Some(1), "1"), "{ended:?}");
    assert!(ended.said.contains("::error title=freemail-sender,file=our mails/a.eml,line=1,"), "{ended:?}");
    assert!(ended.said.contains("file=c.eml") && !ended.said.contains("b.eml"), "{ended:?}");
    assert!(job.sarif().contains("\"our%20mails/a.eml\""), "{}", job.sarif());
    assert!(Path::new(&ended.outputs["steps.check.outputs.sarif"]).is_file());
    assert!(fs::read_to_string(job.temp.path().join("summary.md")).unwrap().contains("freemail-sender"));
}

#[test]
fn every_input_reaches_presend() {
    let job =
        Job::new(&[("in/a.eml", FAULTY), ("strict.toml", "[lints]\nfreemail-sender = \"warn\"\n"), ("known.json", "")]);
    let code = |with: &[(&str, &str)]| job.run(with).code;
    assert_eq!(code(&[]), Some(1));
    assert_eq!(code(&[("fail-on", "never")]), Some(0));
    assert_eq!(code(&[("fail-on", "always")]), Some(2));
    assert_eq!(code(&[("config", "strict.toml")]), Some(0));
    assert_eq!(code(&[("config", "strict.toml"), ("fail-on", "warn")]), Some(1));
    assert_eq!(code(&[("args", "-A sender\n--quiet")]), Some(0));
    assert_eq!(code(&[("since", "main")]), Some(0));
    assert_eq!(code(&[("since", "nothing")]), Some(2));
    assert_eq!(code(&[("baseline", "known.json")]), Some(2), "it is no baseline");
    assert_eq!(code(&[("working-directory", "in"), ("paths", "a.eml")]), Some(1));
    assert_eq!(code(&[("presend", "no-such-program")]), Some(1));
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_presend"), job.tree.path().join("here")).unwrap();
    assert_eq!(
        job.run(&[("presend", "./here"), ("working-directory", "in")]).outputs["steps.check.outputs.exit-code"],
        "1"
    );
    assert_eq!(code(&[("version", "0.0.0")]), Some(1), "a program that is there is not installed again");
}

#[test]
fn what_stands_in_an_input_is_never_run() {
    let job = Job::new(&[("a.eml", "")]);
    let evil = "$(touch pwned) `touch pwned`; touch pwned; \"; touch pwned #\n* --";
    for input in ["paths", "args", "config", "baseline", "since", "fail-on", "presend"] {
        job.run(&[(input, evil)]);
        assert!(!job.tree.path().join("pwned").exists(), "{input}");
    }
}

#[test]
fn without_a_program_one_is_built_of_the_action_s_own_source() {
    let job = Job::new(&[("a.eml", FAULTY)]);
    // cargo stands in for itself: it notes what it is asked for, and puts there what it would have built
    let cargo = job.temp.path().join("cargo");
    let script = format!(
        "#!/bin/sh\necho \"$@\" > '{0}/asked'\nmkdir -p '{0}/presend/bin'\ncp '{1}' '{0}/presend/bin/presend'\n",
        job.temp.path().display(),
        env!("CARGO_BIN_EXE_presend")
    );
    fs::write(&cargo, script).unwrap();
    Command::new("chmod").arg("+x").arg(&cargo).status().unwrap();
    let ended = job.run_with(&[("presend", "")], Some(job.temp.path()));
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let asked = fs::read_to_string(job.temp.path().join("asked")).unwrap();
    assert!(
        asked.contains("install --locked") && asked.trim().ends_with(concat!("--path ", env!("CARGO_MANIFEST_DIR"))),
        "{asked}"
    );
    assert_eq!(ended.outputs["steps.find.outputs.key"].len(), 32, "{ended:?}");
}
