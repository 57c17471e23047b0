//! `presend.toml` from outside: its reference and schema, several senders, what wins, and entries that are of no use.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// A folder with the files `(path, text)`, where no configuration from above reaches.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let tree = tempfile::tempdir().unwrap();
    fs::create_dir(tree.path().join(".git")).unwrap();
    for (path, text) in files {
        let path = tree.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    tree
}

/// Exit code, standard output and standard error of `presend ARGS` in `tree`.
fn run(tree: &TempDir, args: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    let output = command.env_clear().current_dir(tree.path()).args(args.split_whitespace()).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), out, err)
}

fn schema() -> Value {
    serde_json::from_str(&run(&tree(&[]), "config --format json-schema").1).unwrap()
}

/// What is wrong with a configuration by the schema.
fn faults(schema: &Value, text: &str) -> Vec<String> {
    let table: toml::Table = toml::from_str(text).unwrap();
    let validator = jsonschema::draft7::new(schema).unwrap();
    validator.iter_errors(&serde_json::to_value(table).unwrap()).map(|error| error.to_string()).collect()
}

#[test]
fn the_reference_and_the_schema_are_those_of_the_program() {
    let root = env!("CARGO_MANIFEST_DIR");
    for (file, format) in [("docs/configuration.md", "markdown"), ("schemas/presend.schema.json", "json-schema")] {
        let command = format!("config --format {format}");
        let kept = fs::read_to_string(format!("{root}/{file}")).unwrap_or_default();
        let made = run(&tree(&[]), &command).1;
        assert!(kept == made, "{file} is stale; `cargo run -- {command} > {file}` brings it up to date");
    }
}

#[test]
fn every_example_is_read_and_validates() {
    let schema = schema();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let page = run(&tree(&[]), "config --format markdown").1;
    let mut count = 0;
    for example in [&readme, &page].into_iter().flat_map(|text| text.split("```toml\n").skip(1)) {
        let example = example.split("```").next().unwrap();
        assert_eq!(faults(&schema, example), Vec::<String>::new(), "{example}");
        let read = run(&tree(&[("presend.toml", example)]), "check --config presend.toml .");
        assert_eq!(read.0, Some(0), "{example}\n{}", read.2);
        count += 1;
    }
    assert!(count > 25, "only {count} examples");
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let schema = schema();
    for wrong in [
        "own-domain = ['brand.com']",
        "own-domains = 'brand.com'",
        "own-domains = ['https://brand.com/']",
        "purpose = 'bluk'",
        "provider = 'mailchip'",
        "privacy-url = 'brand.com'",
        "address = ''",
        "limits.image = '1 MegaByte'",
        "limits.subject = '3'",
        "limits.sorce = 1",
        "lints.rfc = 'error'",
        "lints.freemail-sender = { reason = 'x' }",
        "[sender]\nown-domains = []",
        "[sender.a]\nkind = 'html'",
        "[sender.a.limits]\nsource = 1",
        "[sender.a]\nsender = 'b'",
        "[[override]]\npurpose = 'bulk'",
        "[[allow]]\npath = 'a'\nlint = 'freemail-sender'",
        "[override]\npaths = []",
    ] {
        assert!(!faults(&schema, wrong).is_empty(), "{wrong}");
        let read = run(&tree(&[("presend.toml", wrong)]), "check --config presend.toml .");
        assert_eq!(read.0, Some(2), "{wrong}");
    }
}
