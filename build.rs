//! Turns the tables of `lints/data/` into what the library carries. One line a kind of table.

#[path = "build/words/mod.rs"]
mod words;

fn main() {
    words::compile();
}
