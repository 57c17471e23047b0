//! One spelling for what is the same to a reader, and the way back to the bytes of the text.

use super::super::Meaning;
use super::super::fold::fold;
use super::said;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

#[test]
fn what_reads_the_same_folds_the_same() {
    let same = [
        ("ABONELİKTEN ÇIKIN", "abonelikten cikin"),
        ("Abonelikten çıkın", "abonelikten cikin"),
        ("إلغاء الإشتراك", "الغاء الاشتراك"),
        ("سِيَاسَةُ الخصوصيّـة", "سياسه الخصوصيه"),
        ("ΔΙΑΓΡΑΦΉ ΑΠΌ ΤΗ ΛΊΣΤΑ", "διαγραφη απο τη λιστα"),
        ("λόγος", "λογοσ"),
        ("Grüße an alle Straßen", "grusse an alle strassen"),
        ("Désinscription\u{A0}—\r\n  ici", "desinscription - ici"),
        ("Ｕｎｓｕｂｓｃｒｉｂｅ", "unsubscribe"),
        ("un\u{AD}sub\u{200B}scribe", "unsubscribe"),
        ("don’t", "don't"),
        ("Dzień dobry, Łódź", "dzien dobry lodz"),
        ("hủy đăng ký", "huy dang ky"),
        ("Всё ещё", "все еще"),
        ("שָׁלוֹם", "שלום"),
        ("यहाँ", "यहां"),
    ];
    for (text, folded) in same {
        assert_eq!(fold(text).text, folded, "{text}");
    }
}

#[test]
fn marks_that_make_another_letter_stay() {
    assert_eq!(fold("мой").text, "мой");
    assert_eq!(fold("мои\u{306}").text, "мой");
    assert_eq!(fold("її").text, "її");
    assert_eq!(fold("ドメイン").text, "ドメイン");
    assert_eq!(fold("ト\u{3099}メイン").text, "ドメイン");
    assert_eq!(fold("ﾄﾞﾒｲﾝ").text, "ドメイン");
    assert_eq!(fold("구독 취소").text, "구독 취소");
    assert_eq!(fold("\u{1100}\u{116E}독").text, "구독");
    assert_eq!(fold("ที่นี่").text, "ที่นี่");
    assert_eq!(fold("करें").text, "करें");
}

#[test]
fn phrases_are_found_without_their_diacritics() {
    for text in [
        "Se desabonner",
        "nao quero mais receber",
        "Wypisz sie z newslettera",
        "Odhlasit odber",
        "huy dang ky",
        "Dezabonati-va",
    ] {
        assert!(!said(text, Meaning::Unsubscribe).is_empty(), "{text}");
    }
    assert!(!said("Newsletter kuendigen", Meaning::Unsubscribe).is_empty());
    assert!(!said("Datenschutzerklaerung", Meaning::Privacy).is_empty());
}

#[test]
fn ranges_are_of_the_text_that_was_given() {
    let text = "  »Vous\u{A0}ne   souhaitez plus re\u{301}cevoir, Straße: SE DE\u{301}SABONNER« ende";
    assert_eq!(said(text, Meaning::Unsubscribe), ["ne   souhaitez plus re\u{301}cevoir", "SE DE\u{301}SABONNER"]);
    assert_eq!(said("ßßß ﬁn — Désinscription !", Meaning::Unsubscribe), ["Désinscription"]);
    assert_eq!(said("İPTAL: ABONELİKTEN ÇIKIN.", Meaning::Unsubscribe), ["ABONELİKTEN ÇIKIN"]);
}

#[test]
fn a_letter_with_its_accent_folds_as_letter_and_accent_do() {
    for character in ('À'..='ÿ').filter(|character| !matches!(character, 'Ø' | 'ø')) {
        let apart: String = std::iter::once(character).nfkd().collect();
        assert_eq!(fold(&character.to_string()).text, fold(&apart).text, "{character}");
    }
    assert_eq!(fold("ØøÆÐÞß×÷").text, "ooaedthss×÷");
}

#[test]
fn russian_and_chinese_letters_stay() {
    for character in ('А'..='я').chain('\u{4E00}'..='\u{9FFF}') {
        assert_eq!(fold(&character.to_string()).text, character.to_lowercase().to_string());
    }
}

proptest! {
    #[test]
    fn ascii_is_folded_character_by_character(text in "[a-cX-Z!,`~ \t\n\r\x01\x20\x21\x7f]{0,40}") {
        let mut plainly = String::new();
        for character in text.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' | ',' if plainly.is_empty() || plainly.ends_with(' ') => {}
                ' ' | '\t' | '\n' | '\r' | ',' => plainly.push(' '),
                '`' => plainly.push('\''),
                _ => plainly.push(character.to_ascii_lowercase()),
            }
        }
        let folded = fold(&text);
        prop_assert_eq!(&folded.text, &plainly);
        for (at, character) in folded.text.char_indices().filter(|(_, character)| character.is_ascii_alphabetic()) {
            prop_assert!(text[folded.source_range(at..at + 1)].eq_ignore_ascii_case(&character.to_string()));
        }
    }
}
