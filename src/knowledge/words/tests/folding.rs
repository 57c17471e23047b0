//! One spelling for what is the same to a reader, and the way back to the bytes of the text.

use super::super::Meaning;
use super::super::fold::fold;
use super::said;

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
