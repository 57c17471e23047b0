//! The tokenizer says what html5ever's own says, at the same places, and what the html5lib tests expect.

mod documents;
mod html5lib;
mod record;
mod reference;

use documents::Documents;
use record::{Said, read};

/// Both tokenizers on one text: the same tokens at the same places, the same tree.
fn compare(text: &str) {
    let (ours, our_tree) = read(text);
    let (theirs, their_tree) = reference::read(text);
    if ours != theirs {
        let at = ours.iter().zip(&theirs).take_while(|(ours, theirs)| ours == theirs).count();
        panic!("{text:?}\ntoken {at}: {:?}\ninstead of {:?}", ours.get(at), theirs.get(at));
    }
    assert!(our_tree == their_tree, "{text:?}\n{}\n{}", our_tree.html(), their_tree.html());
}

fn compare_many(seed: u64, number: usize) {
    let mut documents = Documents::new(seed);
    for _ in 0..number {
        compare(&documents.next());
    }
}

#[test]
fn tokens_of_tricky_texts() {
    for text in documents::WHOLE {
        compare(text);
        // Cut off anywhere.
        for (end, _) in text.char_indices() {
            compare(&text[..end]);
        }
    }
}

#[test]
fn tokens_of_twenty_thousand_documents() {
    compare_many(1, 20_000);
}

/// `cargo test --release -- --ignored million`
#[test]
#[ignore = "takes minutes"]
fn tokens_of_a_million_documents() {
    let started = std::time::Instant::now();
    for seed in 2..102 {
        compare_many(seed, 10_000);
    }
    #[allow(clippy::print_stdout, reason = "asked for by hand, to be read")]
    let () = println!("1,000,000 documents in {:?}: no difference", started.elapsed());
}

#[test]
fn a_byte_order_mark_is_passed_over_once() {
    let texts =
        |text| read(text).0.into_iter().filter_map(|said| if let Said::Text(text) = said { Some(text) } else { None });
    assert_eq!(texts("\u{feff}\u{feff}a").collect::<String>(), "\u{feff}a");
    assert_eq!(texts("<script></script>\u{feff}a").collect::<String>(), "\u{feff}a");
}
