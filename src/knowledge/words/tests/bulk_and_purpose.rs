//! The meanings around the opt-out: consent and refusal, address book, gates, purpose.

use super::super::{Meaning, any};
use super::{hits, said};

#[test]
fn consent_inside_a_refusal_is_no_consent() {
    for (consents, refuses) in [
        ("Yes, send me the newsletter", "I do not want to receive the newsletter"),
        ("Ja, ich möchte den Newsletter", "Ich möchte keine E-Mails erhalten"),
        ("Quiero recibir ofertas", "No quiero recibir ofertas"),
        ("Chci dostávat novinky", "Nechci dostávat novinky"),
        ("Je souhaite recevoir vos offres", "Je ne souhaite pas recevoir vos offres"),
        ("Desidero ricevere la newsletter", "Non desidero ricevere la newsletter"),
        ("Хочу получать новости", "Не хочу получать новости"),
        ("Jag vill ha nyhetsbrev", "Jag vill inte ha nyhetsbrev"),
    ] {
        assert!(any(consents, Meaning::Consent) && !any(consents, Meaning::Refusal), "{consents}");
        assert!(any(refuses, Meaning::Refusal), "{refuses}");
    }
    for text in ["No quiero recibir", "取消订阅", "ยกเลิกการรับข่าวสาร", "Newsletter abbestellen"]
    {
        assert!(!any(text, Meaning::Consent), "{text}");
    }
}

#[test]
fn a_bare_yes_is_weak_consent() {
    for text in ["Ja, gerne", "Ja tak", "Kabul ediyorum", "être informé", "Ich bin damit einverstanden"] {
        let found = hits(text, Meaning::Consent);
        assert!(!found.is_empty() && found.iter().all(|hit| hit.weak), "{text}: {found:?}");
    }
}

#[test]
fn the_address_book_and_the_promise_are_told_apart() {
    for text in [
        "To ensure delivery, add us to your address book",
        "Please add news@brand.example to your address book so that you never miss a mail",
        "Damit unsere E-Mails Sie erreichen, nehmen Sie uns in Ihr Adressbuch auf",
        "Pour être sûr de recevoir nos e-mails, ajoutez-nous à votre carnet d'adresses",
        "Aby mieć pewność, że wiadomości dotrą, dodaj nas do książki adresowej",
        "確実にお届けするため、アドレス帳に追加してください",
    ] {
        assert!(any(text, Meaning::AddSender) && any(text, Meaning::DeliveryPromise), "{text}");
    }
    assert!(!any("Order by Friday to ensure delivery before Christmas", Meaning::AddSender));
    assert!(!any("Add us to your address book", Meaning::DeliveryPromise));
    assert!(any("Das garantiert die Zustellung jedoch nicht: garantiert nicht", Meaning::NoGuarantee));
}

#[test]
fn an_opt_out_by_mail_and_a_gate_are_found() {
    assert!(any("Reply with STOP to be removed", Meaning::MailOptOut));
    assert!(hits("Por favor no responda a este correo", Meaning::MailOptOut).iter().all(|hit| hit.weak));
    assert!(any("To unsubscribe send a blank email to leave-x@list.example", Meaning::MailOptOut));
    assert!(any("Antworten Sie auf diese E-Mail mit dem Betreff „Abmelden“", Meaning::MailOptOut));
    assert!(any("Log in to your account to unsubscribe", Meaning::Gate));
    assert!(any("Bitte rufen Sie uns an", Meaning::Gate));
    assert!(any("マイページにログインして", Meaning::Gate));
}

#[test]
fn words_of_offers_and_of_transactions() {
    assert_eq!(said("Up to 50% off", Meaning::Offer), ["% off"]);
    assert!(any("Jetzt kaufen und 20 % Rabatt sichern", Meaning::Offer));
    assert!(any("期間限定セール", Meaning::Offer));
    assert!(any("Your order has shipped", Meaning::Transactional));
    assert!(any("Bestätigungscode für Ihre Bestellung", Meaning::Transactional));
    assert!(any("Сброс пароля", Meaning::Transactional));
}

#[test]
fn microsofts_own_phrases_are_evidence_of_bulk() {
    assert!(any("If you do not wish to receive further communications", Meaning::BulkPhrase));
    assert!(any("To unsubscribe from the weekly newsletter", Meaning::BulkPhrase));
}

#[test]
fn a_label_that_says_nothing_is_no_opt_out() {
    for text in ["here", "Klicken Sie hier", "ici", "Haz clic aquí", "こちら", "点击这里"] {
        assert!(any(text, Meaning::Here), "{text}");
        assert!(!any(text, Meaning::Unsubscribe) && !any(text, Meaning::UnsubscribeWeak), "{text}");
    }
}
