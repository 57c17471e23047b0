//! What needs a way out: campaigns, and not answers, services, discussions.

use super::common;
use super::common::marks;
use super::html;
use presend::diagnostic::Level;

#[test]
fn postings_to_a_discussion_list_need_none() {
    let posting = |fields: &str| {
        format!(
            "From: Ann <ann@gmx.net>\nTo: git@vger.kernel.org\nSubject: Re: [PATCH] fix\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}Content-Type: text/plain\n\nLooks good to me.\n"
        )
    };
    let fires = |fields: &str| !marks("missing-unsubscribe", "mail.eml", "", &posting(fields)).is_empty();
    assert!(!fires("List-Id: <git.vger.kernel.org>\nX-Mailing-List: git@vger.kernel.org\n"));
    assert!(!fires("List-Id: <users.lists.org>\nList-Post: <mailto:users@lists.org>\n"));
    assert!(fires("List-Id: <news.brand.com>\n"));
}

#[test]
fn the_mail_of_a_service_is_no_campaign_whatever_fields_its_provider_adds() {
    let mail = |subject: &str, body: &str| {
        format!(
            "From: Shop <info@shoppershandbag.com>\nTo: joe@brand.com\nSubject: {subject}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nList-Unsubscribe: <https://r.shoppershandbag.com/u/1>\nFeedback-ID: 1.2.3.4:1_-1:1:Sendinblue\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body>{body}</body></html>\n"
        )
    };
    for (subject, body, fires) in [
        (
            "Confirme ton email",
            "<h1>Confirme ton email</h1><p>Clique sur le bouton pour confirmer ton adresse email.</p>",
            false,
        ),
        (
            "Confermata - Prenotazione ID 5958",
            "<p>Stato prenotazione: Confermata</p><p>Ospiti: 2 adulti. Prezzo: 349,55</p>",
            false,
        ),
        ("[Ticket #8812] We received your request", "<p>An agent will reply to your request 8812 shortly.</p>", false),
        ("New bags", "<h1>New bags</h1><p>Everything is 20 % cheaper. Shop now.</p>", true),
    ] {
        assert_eq!(!marks("missing-unsubscribe", "mail.eml", "", &mail(subject, body)).is_empty(), fires, "{subject}");
    }
}

#[test]
fn an_offer_that_speaks_of_invoices_and_a_reminder_that_offers_nothing() {
    let missing = |subject: &str, text: &str| {
        let mail = format!(
            "From: a@brand.com\nSubject: {subject}\nDate: Fri, 20 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>{text}</p>\n"
        );
        marks("missing-unsubscribe", "mail.eml", "", &mail).len()
    };
    for (subject, text) in [
        ("Nie wieder Rechnungen tippen: 3 Monate gratis", "Mit uns schreibst du deine Rechnung in 30 Sekunden."),
        ("Buchen Sie jetzt den Sommer mit Frühbucherrabatt", "Ihre Buchung bis 31. Oktober spart 25 %."),
        ("Write invoices in seconds", "Your invoice in 30 seconds: get three months free."),
    ] {
        assert_eq!(missing(subject, text), 1, "{subject}");
    }
    for (subject, text) in [
        ("Terminerinnerung: Mittwoch, 14.10., 8.15 Uhr", "Wir erinnern Sie an Ihren Termin am Mittwoch um 8.15 Uhr."),
        ("Anmeldebestätigung Herbstlauf", "Hallo Anna, du bist dabei! Deine Startnummer ist 318."),
        ("Confirmation d'inscription au marathon", "Bonjour, votre inscription est confirmée. Dossard 318."),
        ("Your invoice 2026-10", "Your invoice is attached. Refer a friend and get a month free."),
    ] {
        assert_eq!(missing(subject, text), 0, "{subject}");
    }
}

#[test]
fn what_answers_a_mail_is_no_campaign() {
    let mail = |fields: &str, subject: &str| {
        format!(
            "From: postmaster@brand.com\nSubject: {subject}\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n{fields}\n\nYour new bags are here, from 10 EUR. Order them now in our shop.\n"
        )
    };
    let missing = |mail: String| marks("missing-unsubscribe", "mail.eml", "", &mail).len();
    assert_eq!(missing(mail("X: y", "New bags")), 1);
    assert_eq!(missing(mail("Auto-Submitted: auto-replied", "New bags")), 0);
    // mailers of campaigns set this one (RFC 3834 §5)
    assert_eq!(missing(mail("Auto-Submitted: auto-generated", "New bags")), 1);
    let report = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nDelivery has failed.\n\nNew bags, from 10 EUR. Order them now.\n--b--";
    assert_eq!(missing(mail(report, "Undeliverable: New bags")), 0);
    assert_eq!(missing(mail(&report.replace("report;", "mixed;"), "Undeliverable: New bags")), 1);
}

/// Whether a mail of which only the text tells what it is for is held to be without a way out.
fn is_accused(body: &str) -> bool {
    !marks("missing-unsubscribe", "mail.html", "", &html(body)).is_empty()
}

#[test]
fn mail_of_a_service_needs_no_way_out() {
    for body in [
        "<p>You received this mandatory email announcement to update you about important changes.</p>",
        "<p>You have been invited to join the Acme team.</p><p><a href=\"https://brand.com/a\">Accept invitation</a></p>",
        "<p>Sie wurden eingeladen, dem Team Rot beizutreten.</p>",
        "<p>Vous avez été invité à rejoindre l’équipe Rouge.</p>",
        "<p>The plan has been shared with you.</p>",
        "<h1>Your export is ready</h1><p>Get it before Friday.</p>",
    ] {
        assert!(!is_accused(body), "{body}");
    }
    for body in [
        "<p>Our new bags are here.</p>",
        "<p>You are invited to join our webinar.</p>",
        "<p>Earn your certificate in design.</p>",
        "<p>The travel ban has been revoked: our trips.</p>",
    ] {
        assert!(is_accused(body), "{body}");
    }
}

#[test]
fn an_answer_to_a_mail_is_no_campaign() {
    let mail = |fields: &str, text: &str| {
        let mail = format!(
            "From: ada@brand.com\nSubject: Re: The order\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}Content-Type: text/plain\n\n{text}\n"
        );
        marks("missing-unsubscribe", "mail.eml", "", &mail).len()
    };
    let quoted = "Thanks, see https://brand.com/x\n\nOn Monday Eve wrote:\n> When will it\n> arrive?";
    assert_eq!(mail("In-Reply-To: <1@brand.com>\n", quoted), 0);
    assert_eq!(mail("", quoted), 0, "two signs of three: the subject, the fields, the quotation");
    assert_eq!(mail("In-Reply-To: <1@brand.com>\n", "See https://brand.com/x"), 0);
    assert_eq!(mail("", "See https://brand.com/x"), 1);
    assert_eq!(mail("In-Reply-To: <1@brand.com>\nX-CSA-Complaints: a@b.com\n", quoted), 1);
}

#[test]
fn who_writes_to_one() {
    let missing = |fields: &str, text: &str| {
        common::levels(
            "missing-unsubscribe",
            "mail.eml",
            "",
            &format!("From: Shop <a@shop.example.org>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n{fields}\n{text}\n"),
        )
    };
    let order = "Your order 5512 has shipped with DHL.\nTrack it: https://brand.com/t/5512";
    assert_eq!(missing("Subject: Your order 5512 has shipped\nPrecedence: bulk\n", order), []);
    assert_eq!(missing("Subject: Spring\nPrecedence: bulk\n", "Our new bags."), [Level::Deny]);
    let ticket = "Subject: Ticket NL\nList-Unsubscribe: <https://brand.com/u/1>\n";
    let bought = "Bedankt voor uw aankoop. Hier is uw aankoopbewijs.";
    assert_eq!(missing(ticket, &format!("{bought} Bestelnummer: 9117764663")), []);
    assert_eq!(missing(ticket, bought), [Level::Deny]);
    assert_eq!(missing("Subject: Away\nPrecedence: bulk\nX-Autoreply: yes\n", "I am away until Monday."), []);
    assert_eq!(missing("Subject: Out of office: price list\nPrecedence: bulk\n", "I am away until Monday."), []);
    assert_eq!(missing("Subject: Abwesenheitsnotiz: Preisliste\n", "Bis Montag bin ich nicht da."), []);
    assert_eq!(
        missing("Subject: Out of office: our picks\nList-Id: <n.brand.com>\n", "New bags for the summer."),
        [Level::Deny]
    );
    assert_eq!(missing("Subject: Re: list\nPrecedence: bulk\nIn-Reply-To: <a@b>\n", "Here it is."), []);
    let calendar = |method: &str| {
        let fields = format!(
            "Subject: Budget\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nWhen: Tuesday\n--b\nContent-Type: text/calendar; method={method}\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--b--"
        );
        missing(&fields, "")
    };
    assert_eq!(calendar("REQUEST"), []);
    assert_eq!(calendar("\"PUBLISH\""), [Level::Warn]);
}

/// What is said in a language without a list can't be known.
#[test]
fn languages_without_a_list() {
    let missing = |lang: &str, text: &str| {
        let page = format!(
            "<html lang=\"{lang}\"><body><p>{text}</p><p><a href=\"https://brand.com/b/1\">Donar-se de baixa</a></p></body></html>"
        );
        marks("missing-unsubscribe", "mail.html", "purpose=bulk", &page).len()
    };
    assert_eq!(missing("ca", "Les noves taules han arribat."), 0);
    assert_eq!(missing("en", "Les noves taules han arribat."), 1);
    assert_eq!(missing("und", "Les noves taules han arribat."), 1);
    assert_eq!(
        missing("ca", "You receive this because you signed up. Read our privacy policy."),
        1,
        "it is English for all that"
    );
}
