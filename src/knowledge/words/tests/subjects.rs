//! Vague subjects and reply prefixes.

use super::super::{is_vague_subject, reply_prefix};

#[test]
fn one_generic_word_is_vague_in_any_language() {
    for subject in [
        "Catalogs",
        " NEWSLETTER! ",
        "🎉 Angebote 🎉",
        "Re: Hello",
        "(no subject)",
        "Actualités",
        "Novità",
        "お知らせ",
        "Новости",
        "ΠΡΟΣΦΟΡΈΣ",
        "Important !",
        "Bülten",
    ] {
        assert!(is_vague_subject(subject), "{subject}");
    }
    for subject in ["Catalogs of spring handbags", "Newsletter May 2024", "", "🎉", "Your order 123 has shipped"] {
        assert!(!is_vague_subject(subject), "{subject}");
    }
}

#[test]
fn a_reply_prefix_ends_behind_its_blanks() {
    let prefixes = [
        ("Re: your order", Some(4)),
        ("AW: Angebot", Some(4)),
        ("  FWD:  news", Some(8)),
        ("RE[2]: hi", Some(7)),
        ("Re: Fwd: hi", Some(9)),
        ("回复：你好", Some("回复：".len())),
        ("İLT: x", Some("İLT: ".len())),
        ("Réf : x", Some("Réf : ".len())),
        ("RE[26]: hi", Some(8)),
        ("Re^2: hi", Some(6)),
        ("AW26: first look at the coats", None),
        ("FW 26: first look", None),
        ("RE2: hi", None),
        ("RE:Your order", Some(3)),
        ("RE:FW: your order", Some(7)),
        ("Re:お問い合わせ", Some(3)),
        ("re:Invent 2026: our takeaways", None),
        ("Re:Invent 2026", None),
        ("RE:INVENT 2026", None),
        ("re:publica", None),
        ("Re: re:Invent 2026", Some(4)),
        ("Ref: 123456 - Booking confirmation", None),
        ("Ref: your booking", None),
        ("Réf : 2026/12", None),
        ("RIF: ordine 4711", None),
        ("RIF: il tuo ordine", Some(5)),
        ("Reminder: tomorrow", None),
        ("Re your order", None),
        ("Resale: now", None),
        ("News: re: it", None),
        ("", None),
        (":", None),
    ];
    for (subject, length) in prefixes {
        assert_eq!(reply_prefix(subject), length, "{subject}");
    }
}
