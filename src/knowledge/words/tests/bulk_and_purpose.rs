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
        "Never miss a message: add hello@brand.example to your contacts",
        "Um nichts zu verpassen, nehmen Sie uns in Ihr Adressbuch auf",
        "Aggiungi il nostro indirizzo alla rubrica per ricevere sempre le nostre email",
        "Para que no te pierdas nada, añádenos a tus contactos",
        "Ne manquez aucun de nos messages : ajoutez-nous à vos contacts",
        "Mis geen enkele mail: voeg ons toe aan je contacten",
        "Missa aldrig ett mejl: lägg till oss i dina kontakter",
    ] {
        assert!(any(text, Meaning::AddSender) && any(text, Meaning::DeliveryPromise), "{text}");
    }
    assert!(!any("Order by Friday to ensure delivery before Christmas", Meaning::AddSender));
    assert!(!any("Add us to your address book", Meaning::DeliveryPromise));
    for text in [
        "Never miss an update: add our number to your contacts",
        "No te pierdas ningún concierto este verano",
        "Non perdere nessun concerto",
        "Missa aldrig en rea",
        "Mis geen enkele aflevering",
    ] {
        assert!(!any(text, Meaning::DeliveryPromise), "{text}");
    }
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
    for text in [
        "You need to be logged in to unsubscribe",
        "Um sich abzumelden, loggen Sie sich bitte in Ihr Kundenkonto ein",
        "Om u af te melden, logt u in op uw account",
        "Para darse de baja, inicie sesión en su cuenta",
        "Per disiscriversi acceda al suo account",
        "Pour vous désinscrire, connecte-toi",
        "Aby się wypisać, należy się zalogować",
        "Para cancelar a subscrição, inicie sessão na sua conta",
    ] {
        assert!(hits(text, Meaning::Gate).iter().any(|hit| !hit.weak), "{text}");
    }
    assert!(!any("You don't need to be logged in to unsubscribe", Meaning::Gate));
    for text in [
        "Zum Abbestellen antworten Sie bitte mit STOP",
        "Pour vous désinscrire, répondez par STOP",
        "Per cancellarti rispondi STOP",
        "Om je af te melden, antwoord met STOP",
        "Responda SAIR para não receber mais",
    ] {
        assert!(hits(text, Meaning::MailOptOut).iter().any(|hit| !hit.weak), "{text}");
    }
}

#[test]
fn that_opens_are_measured_is_told_in_many_ways() {
    for text in [
        "We see whether you open this email.",
        "Wir messen Öffnungen und Klicks.",
        "Es wird aufgezeichnet, ob Sie die Mail öffnen.",
        "Nous mesurons les ouvertures de ce message.",
        "Medimos las aperturas de este correo.",
        "Misuriamo se apri questa email.",
        "Medimos se você abre este e-mail.",
        "We meten of u deze e-mail opent.",
        "Śledzimy otwarcie wiadomości.",
        "Vi registrerar om du öppnar våra mejl.",
        "Vi sporer åbninger.",
        "Vi måler åpninger og klikk.",
        "Mittaamme, avaatko viestimme.",
        "Sledujeme otevření e-mailů.",
        "E-postalarımızın açılmalarını ve tıklamaları, açılıp açılmadığını ölçüyoruz.",
        "Мы отслеживаем открытие писем.",
        "このメールの開封を計測しています。",
    ] {
        assert!(any(text, Meaning::TrackingDisclosure), "{text}");
    }
    for text in [
        "The track opens with drums and guitar",
        "If and when you open an account with us",
        "Pour savoir si vous ouvrez droit à une aide",
        "L'image invisible, une exposition",
        "Our record opens on Friday",
        "Die Öffnungszeiten unserer Läden",
        "Wir messen die Öffnungen Ihrer Fenster genau aus",
        "Nous suivons l'ouverture des pistes pour vous",
        "Medimos a abertura das janelas",
        "Мы отслеживаем открытие новых ресторанов",
        "Открываете ли вы магазин?",
    ] {
        assert!(!any(text, Meaning::TrackingDisclosure), "{text}");
    }
}

#[test]
fn why_readers_get_the_mail_is_told_in_many_ways() {
    for text in [
        "By creating an account you agreed to receive our newsletter.",
        "You have been automatically subscribed to our newsletter because you bought a table.",
        "Mit der Erstellung Ihres Kontos haben Sie dem Erhalt unseres Newsletters zugestimmt.",
        "Sie bekommen Post, weil Sie bei uns einen Tisch gekauft haben.",
        "En créant un compte, vous avez accepté de recevoir notre newsletter.",
        "Vous avez été automatiquement inscrite à notre newsletter.",
        "Al crear una cuenta aceptaste recibir nuestro boletín.",
        "Creando un account hai accettato di ricevere la nostra newsletter.",
        "Recebe esta mensagem como amiga do Museu.",
        "Bij het aanmaken van een account heb je ermee ingestemd onze nieuwsbrief te ontvangen.",
        "Zakładając konto, wyraziłaś zgodę na otrzymywanie newslettera.",
        "Genom att skapa ett konto har du tackat ja till att få vårt nyhetsbrev.",
        "Создавая учетную запись, вы согласились получать рассылку.",
    ] {
        assert!(any(text, Meaning::ReceivingBecause), "{text}");
    }
    for text in [
        "Because you bought the Lena chair, you may like this table",
        "By creating an account you collect points",
        "De gemeenteraad heeft ermee ingestemd om te bouwen",
        "O presidente concordou em receber a delegação",
        "El alcalde aceptó recibir a los vecinos",
        "Il sindaco ha accettato di ricevere il premio",
        "Han har tackat ja till att få priset",
        "Vous avez demandé à recevoir un devis",
        "Je bent automatisch aangemeld voor de wedstrijd",
        "会員登録された方に限り半額",
    ] {
        assert!(!any(text, Meaning::ReceivingBecause), "{text}");
    }
}

#[test]
fn words_of_offers_and_of_transactions() {
    assert_eq!(said("Up to 50% off", Meaning::Offer), ["% off"]);
    assert!(any("Jetzt kaufen und 20 % Rabatt sichern", Meaning::Offer));
    assert!(any("期間限定セール", Meaning::Offer));
    assert!(any("Your order has shipped", Meaning::Transactional));
    assert!(any("Bestätigungscode für Ihre Bestellung", Meaning::Transactional));
    assert!(any("Сброс пароля", Meaning::Transactional));
    for subject in [
        "Booking confirmed: 5 to 8 December",
        "Your parcel is on its way",
        "Buchung bestätigt: 5. bis 8. Dezember",
        "Commande expédiée",
        "Reserva confirmada: 5 a 8 de dezembro",
        "Ordine confermato",
        "Hieronder vindt u uw aankoopbewijs",
        "Boeking bevestigd",
        "Rezerwacja potwierdzona",
        "Bokning bekräftad",
        "Købsbekræftelse",
        "Bestillingen er bekreftet",
        "Varaus vahvistettu",
        "Rezervace byla potvrzena",
        "Sipariş alındı",
        "Заказ № 123 принят",
        "予約が確定しました",
    ] {
        assert!(any(subject, Meaning::Transactional), "{subject}");
    }
    for subject in [
        "Bei Ihrer ersten Bestellung erhalten Sie eine Tasche",
        "Bij elke bestelling ontvangen klanten een kaart",
        "In order to be received, apply now",
        "Skip the line with mobile tickets",
        "Laden Sie Ihren Kaufbeleg hoch und gewinnen Sie",
        "Sichern Sie sich Ihre Eintrittskarten",
        "Reservas abertas para o verão",
    ] {
        assert!(!any(subject, Meaning::Transactional), "{subject}");
    }
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
