//! For any text: no panic, ranges on character boundaries, a map that only goes forward, time that grows with the text.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::find::{phrases, phrases_plainly};
use super::super::fold::fold;
use super::super::{Meaning, PHRASES, find, is_vague_subject, reply_prefix, url_hint};

/// Arbitrary characters, with phrases and the marks that fold strangely among them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        Just("unsubscribe".to_owned()),
        Just("Désinscription".to_owned()),
        Just("отписаться".to_owned()),
        Just("配信停止".to_owned()),
        "[ -~\u{AD}\u{300}-\u{308}\u{3099}\u{1100}-\u{1175}\u{11A8}-\u{11B0}ßİıﬁ…й\u{A0}]{1,4}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn hits_lie_on_character_boundaries(text in text()) {
        for hit in find(&text) {
            prop_assert!(text.get(hit.range.clone()).is_some_and(|marked| !marked.is_empty()), "{:?}", hit);
        }
        let _ = (url_hint(&text), is_vague_subject(&text), reply_prefix(&text).map(|length| text.get(length..).map(str::len)));
    }

    #[test]
    fn the_quick_look_leaves_no_phrase_out(text in text()) {
        let folded = fold(&text).text;
        prop_assert_eq!(phrases(&PHRASES, &folded), phrases_plainly(&PHRASES, &folded));
    }

    #[test]
    fn the_fold_map_goes_forward(text in text()) {
        let folded = fold(&text);
        let starts: Vec<usize> = folded.text.char_indices().map(|(at, _)| folded.source_range(at..folded.text.len()).start).collect();
        prop_assert!(starts.windows(2).all(|pair| pair[0] <= pair[1]), "{starts:?}");
        prop_assert!(starts.iter().all(|&start| text.is_char_boundary(start)));
    }

    #[test]
    fn a_phrase_is_found_where_it_stands(before in "[a-z é\u{AD}ßﬁ]{0,12}", after in "[ .!»]{1,4}") {
        let text = format!("{before} UNSUB\u{AD}SCRIBE{after}");
        let found: Vec<_> = find(&text).into_iter().filter(|hit| hit.meaning == Meaning::Unsubscribe).collect();
        let marks = |range: &std::ops::Range<usize>| text.get(range.clone()).is_some_and(|marked| marked.ends_with("SUB\u{AD}SCRIBE"));
        prop_assert!(found.iter().any(|hit| marks(&hit.range)), "{:?}", found);
    }
}

#[test]
fn a_megabyte_takes_less_than_a_second() {
    let sentence = "If you no longer wish to receive our news, pour vous désabonner, чтобы отписаться, 配信停止はこちら, add us to add us to. ";
    let text = sentence.repeat(1_000_000 / sentence.len());
    let begun = Instant::now();
    assert!(find(&text).len() > 10_000);
    // generous: the machine that runs the tests has other things to do
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}
