//! What the README and the documentation show is what the program says.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::process::Command;

/// The samples of a page: the arguments in a comment, then the output in a fence.
fn samples(readme: &str) -> Vec<(Vec<&str>, &str)> {
    let marked = readme.split("<!-- sample: ").skip(1);
    marked
        .map(|rest| {
            let (args, rest) = rest.split_once(" -->\n```text\n").expect("a fence follows the comment");
            let (output, _) = rest.split_once("```").expect("the fence is closed");
            (args.split(' ').collect(), output)
        })
        .collect()
}

#[test]
fn the_readme_and_the_documentation_show_what_the_program_says() {
    for page in ["README.md", "docs/bounces.md"] {
        let text = std::fs::read_to_string(page).unwrap();
        let samples = samples(&text);
        assert!(!samples.is_empty(), "{page}");
        for (args, shown) in samples {
            let run =
                Command::new(env!("CARGO_BIN_EXE_presend")).args(&args).env_remove("CLICOLOR_FORCE").output().unwrap();
            assert_eq!(String::from_utf8(run.stdout).unwrap(), shown, "{page}: presend {}", args.join(" "));
        }
    }
}
