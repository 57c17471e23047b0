//! Compiles `lints/data/*.toml` into static tables: checked once here, never parsed by the program.

#[path = "build/data.rs"]
mod data;
#[path = "build/domains.rs"]
mod domains;
#[path = "build/files.rs"]
mod files;
#[path = "build/filler.rs"]
mod filler;
#[path = "build/lists.rs"]
mod lists;
#[path = "build/providers.rs"]
mod providers;
#[path = "build/references.rs"]
mod references;
#[path = "build/replies.rs"]
mod replies;
#[path = "build/selectors.rs"]
mod selectors;
#[path = "build/shapes.rs"]
mod shapes;
#[path = "build/table.rs"]
mod table;
#[path = "build/trackers.rs"]
mod trackers;
#[path = "build/verdicts.rs"]
mod verdicts;
#[path = "build/words/mod.rs"]
mod words;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=lints/data");
    println!("cargo::rerun-if-changed=src/knowledge/providers/fold.rs");
    println!("cargo::rerun-if-changed=src/knowledge/filler/tokens.rs");
    providers::build();
    trackers::build();
    domains::build();
    lists::build();
    files::build();
    filler::build();
    selectors::build();
    verdicts::build();
    words::compile();
    replies::build();
    references::build();
    table::build();
}
