//! Footers as mails in many languages word them: each of these is a way out, whatever the declared language.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Options, lint_only, marks};

/// A campaign with this footer.
fn campaign(footer: &str) -> String {
    format!(
        "<!DOCTYPE html><html><body><h1>Autumn</h1><p>Our new bags are here, made by hand in Porto. \
         <a href=\"https://shop.example.org/autumn\">See them all</a></p>\n{footer}\n</body></html>\n"
    )
}

fn fires(footer: &str) -> bool {
    !marks("missing-unsubscribe", "a.html", "purpose=bulk", &campaign(footer)).is_empty()
}

#[test]
fn a_way_out_is_seen_in_every_language() {
    let link = "<a href=\"https://shop.example.org/x/7kq2\">";
    for footer in [
        // en
        "<p>If you no longer wish to receive these emails, LINKclick here</a>.</p>",
        "<p>Don't want to hear from us anymore? LINKLet us know</a>.</p>",
        "<p>LINKUnsubscribe</a> from this list.</p>",
        "<p>You can LINKopt out</a> at any time.</p>",
        "<p>To stop receiving our newsletter, please visit LINKthis page</a>.</p>",
        "<p>LINKRemove me from this list</a></p>",
        "<p>Too many emails? LINKTake me off the list</a></p>",
        "<p>Update Profile/Email Address | LINKInstant removal with SafeUnsubscribe&trade;</a> | Privacy Policy</p>",
        // de
        "<p>Wenn Sie den Newsletter nicht mehr erhalten möchten, klicken Sie bitte LINKhier</a>.</p>",
        "<p>LINKNewsletter abbestellen</a></p>",
        "<p>Sie möchten keine E-Mails mehr von uns? LINKHier abmelden</a></p>",
        "<p>Um sich vom Newsletter abzumelden, LINKklicken Sie hier</a>.</p>",
        "<p>LINKVom Newsletter abmelden</a></p>",
        // fr
        "<p>Si vous ne souhaitez plus recevoir nos e-mails, LINKcliquez ici</a>.</p>",
        "<p>LINKSe désabonner</a></p>",
        "<p>LINKSe desinscrire</a> de la newsletter</p>",
        "<p>Pour vous désinscrire, LINKsuivez ce lien</a></p>",
        // es
        "<p>Si no desea recibir más correos, haga clic LINKaquí</a>.</p>",
        "<p>LINKDarse de baja</a></p>",
        "<p>Para cancelar su suscripción pulse LINKaquí</a></p>",
        // pt
        "<p>Se não deseja receber mais e-mails, LINKclique aqui</a>.</p>",
        "<p>LINKCancelar inscrição</a></p>",
        "<p>LINKDescadastrar</a></p>",
        // it
        "<p>Se non desideri più ricevere le nostre email, LINKclicca qui</a>.</p>",
        "<p>LINKCancella iscrizione</a></p>",
        "<p>Per disiscriverti LINKclicca qui</a></p>",
        // nl
        "<p>Wilt u deze nieuwsbrief niet meer ontvangen? LINKKlik hier</a>.</p>",
        "<p>LINKUitschrijven</a></p>",
        "<p>LINKAfmelden voor deze nieuwsbrief</a></p>",
        // sv, da, nb, fi
        "<p>Vill du inte längre få våra nyhetsbrev? LINKAvregistrera dig här</a>.</p>",
        "<p>LINKAvsluta prenumeration</a></p>",
        "<p>Ønsker du ikke længere at modtage nyhedsbrevet? LINKKlik her</a></p>",
        "<p>LINKAfmeld nyhedsbrev</a></p>",
        "<p>LINKMeld deg av nyhetsbrevet</a></p>",
        "<p>Ønsker du ikke lenger å motta e-post fra oss? LINKKlikk her</a></p>",
        "<p>LINKPeruuta uutiskirjeen tilaus</a></p>",
        "<p>Jos et halua enää vastaanottaa viestejä, LINKklikkaa tästä</a></p>",
        // hr, and what its neighbours word alike
        "<p>LINKOdjava</a></p>",
        "<p>LINKOdjavite se</a> s mailing liste</p>",
        // as the reader says it
        "<p>LINKJe me désabonne</a></p>",
        "<p>LINKMi cancello</a></p>",
        "<p>LINKBórrame de la lista</a></p>",
        "<p>LINKNie chcę już dostawać maili</a></p>",
        "<p>LINKDezabonează-mă</a></p>",
        "<p>LINKΚατάργηση συνδρομής</a></p>",
        "<p>LINKLeave mailing list</a></p>",
        "<p>LINKWerbung widersprechen</a></p>",
        "<p>LINKБольше не присылать</a></p>",
        "<p>LINKSäg upp nyhetsbrevet</a></p>",
        // pl, cs, sk, hu, ro, bg, el
        "<p>Jeśli nie chcesz otrzymywać naszych wiadomości, LINKkliknij tutaj</a></p>",
        "<p>LINKWypisz się z newslettera</a></p>",
        "<p>LINKZrezygnuj z subskrypcji</a></p>",
        "<p>LINKOdhlásit se z odběru</a></p>",
        "<p>Pokud si nepřejete dostávat naše e-maily, LINKklikněte zde</a></p>",
        "<p>LINKOdhlásiť sa z odberu</a></p>",
        "<p>LINKLeiratkozás a hírlevélről</a></p>",
        "<p>Ha nem szeretne több hírlevelet kapni, LINKkattintson ide</a></p>",
        "<p>LINKDezabonare</a></p>",
        "<p>Dacă nu mai doriți să primiți mesaje, LINKclick aici</a></p>",
        "<p>LINKОтписване от бюлетина</a></p>",
        "<p>LINKΔιαγραφή από τη λίστα</a></p>",
        "<p>LINKΚατάργηση εγγραφής</a></p>",
        // tr, ru, uk
        "<p>LINKAbonelikten çık</a></p>",
        "<p>LINKABONELİKTEN ÇIK</a></p>",
        "<p>Bu e-postaları almak istemiyorsanız LINKburaya tıklayın</a></p>",
        "<p>LINKОтписаться</a></p>",
        "<p>Если вы больше не хотите получать наши письма, LINKнажмите здесь</a></p>",
        "<p>Чтобы отписаться от рассылки, перейдите LINKпо ссылке</a></p>",
        "<p>LINKВідписатися</a></p>",
        // he, ar, hi
        "<p>LINKהסר מרשימת התפוצה</a></p>",
        "<p>LINKלהסרה מרשימת התפוצה</a> לחצו כאן</p>",
        "<p>LINKإلغاء الاشتراك</a></p>",
        "<p>LINKالغاء الإشتراك</a></p>",
        "<p>LINKसदस्यता समाप्त करें</a></p>",
        // zh, ja, ko, vi, id, th
        "<p>LINK退订</a></p>",
        "<p>如果您不想再收到此邮件,请LINK点击这里</a></p>",
        "<p>LINK取消訂閱</a></p>",
        "<p>LINK配信停止はこちら</a></p>",
        "<p>メールマガジンの配信停止をご希望の方はLINKこちら</a></p>",
        "<p>LINKメルマガ退会</a></p>",
        "<p>LINK수신거부</a></p>",
        "<p>메일 수신을 원치 않으시면 LINK여기</a>를 눌러주세요.</p>",
        "<p>LINKHủy đăng ký</a></p>",
        "<p>LINKHuy dang ky</a> nhan tin</p>",
        "<p>LINKBerhenti berlangganan</a></p>",
        "<p>LINKยกเลิกการรับข่าวสาร</a></p>",
        "<p>LINKยกเลิกการสมัคร</a></p>",
    ] {
        assert!(!fires(&footer.replace("LINK", link)), "taken for no way out: {footer}");
    }
}

#[test]
fn images_titles_urls_and_marks_count() {
    for footer in [
        "<a href=\"https://a.example.org/1\"><img src=\"u.png\" alt=\"Unsubscribe\" width=\"120\" height=\"20\"></a>",
        "<a href=\"https://a.example.org/1\" title=\"Unsubscribe\">&times;</a>",
        "<a href=\"https://a.example.org/1\" aria-label=\"unsubscribe from this newsletter\"><svg></svg></a>",
        "<a href=\"https://a.example.org/newsletter/unsubscribe?u=1\">Manage</a>",
        "<a href=\"https://a.example.org/optout/77\">here</a>",
        "<a href=\"https://a.us1.list-manage.com/unsubscribe?u=1&id=2\">x</a>",
        "<map name=m><area href=\"https://a.example.org/1\" alt=\"Unsubscribe\"></map><img src=a.png usemap=#m>",
        "<a href=\"mailto:leave@a.example.org?subject=unsubscribe\">Leave this list</a>",
        "<a href=\"*|UNSUB|*\">no more</a>",
        "<a href=\"{{ unsubscribe_url }}\">no more</a>",
        "<a href=\"{% unsubscribe_link %}\">no more</a>",
        "{% unsubscribe %}",
        "<a href=\"%%unsub_center_url%%\">no more</a>",
        "<a href=\"[[UNSUB_LINK_EN]]\">no more</a>",
        "<a href=\"[unsubscribe]\">no more</a>",
        "<unsubscribe>no more</unsubscribe>",
        "<a href=\"<%asm_group_unsubscribe_raw_url%>\">no more</a>",
        "<a href=\"%UNSUBSCRIBELINK%\">no more</a>",
        "<a href=\"{$unsubscribe}\">no more</a>",
        "<a href=\"#unsubscribeLink#\">no more</a>",
        "<a href=\"$[LI:UNSUBSCRIBE]$\">no more</a>",
        "<a href=\"{{amazonSESUnsubscribeUrl}}\">no more</a>",
        "<a xt=\"SPOPTOUT\" href=\"#SPOPTOUT\">no more</a>",
        "<a href=\"https://a.example.org/x\" data-msys-unsubscribe=\"1\">no more</a>",
        "<%@ include view=\"UnsubscriptionLink\" %>",
        "<a href=\"<%= unsubscribe_url(@user) %>\">no more</a>",
        "<a href=\"{{ route('newsletter.unsubscribe') }}\">no more</a>",
        "<table><tr><td>Unsubscribe:</td><td><a href=\"https://a.example.org/1\">https://a.example.org/1</a></td></tr></table>",
        "<p>To unsubscribe, copy this address into your browser: https://a.example.org/1</p>",
        "<p>To unsubscribe, reply to this mail with STOP in the subject.</p>",
    ] {
        assert!(!fires(footer), "taken for no way out: {footer}");
    }
}

#[test]
fn what_only_speaks_of_leaving_is_no_way_out() {
    for footer in [
        "",
        "<p>Unsubscribe</p>",
        "<p>Read <a href=\"https://blog.example.org/why-people-unsubscribe\">Why people unsubscribe, and what to do about it</a></p>",
        "<h2><a href=\"https://blog.example.org/2026/lower-your-unsubscribe-rate\">How to lower your unsubscribe rate</a></h2>",
        "<p>Our unsubscribe rate fell by half: <a href=\"https://blog.example.org/study\">read the study</a>.</p>",
        "<p><a href=\"https://shop.example.org/rebajas\">Rebajas de otoño</a></p>",
        "<p><a href=\"https://shop.example.org/account/logout\">Log out</a></p>",
        "<p><a href=\"https://shop.example.org/privacy\">Privacy policy</a></p>",
        "<!-- <a href=\"https://shop.example.org/unsubscribe\">Unsubscribe</a> -->",
    ] {
        assert!(fires(footer), "taken for a way out: {footer}");
    }
}

#[test]
fn a_reply_with_a_command_is_a_way_out() {
    for footer in [
        "<p>To opt out of future mailings, reply 'REMOVE'.</p>",
        "<p>Zrušit odběr: odpovězte STOP.</p>",
        "<p>Rispondi CANCELLAMI per non ricevere altre email.</p>",
        "<p>Responda SAIR.</p>",
        "<p>Odpowiedz STOP.</p>",
        "<p>Ответьте «СТОП».</p>",
        "<p>Wilt u geen mails meer? Antwoord met STOP.</p>",
        "<p>Wenn Sie keine Mails mehr möchten, antworten Sie einfach mit STOP.</p>",
        "<p>Svara STOPP för att avsluta.</p>",
        "<p>Yanıt olarak DUR yazın.</p>",
        "<p>この メールに「配信停止」と返信してください。</p>",
    ] {
        assert!(!fires(footer), "{footer}");
    }
    for footer in [
        "<p>Reply with YES to book your place.</p>",
        "<p>Antworten Sie mit JA und gewinnen Sie.</p>",
        "<p>Reply to this email with your questions, we never STOP helping.</p>",
        "<p>Reply</p><p>STOP</p>",
    ] {
        assert!(fires(footer), "{footer}");
    }
}

#[test]
fn hosts_that_mail_is_sent_from_are_no_magazines() {
    for label in [
        "Unsubscribe from this list",
        "Click here to unsubscribe",
        "Vom Newsletter abmelden",
        "Se désinscrire de la newsletter",
        "Darse de baja",
        "Отписаться от рассылки",
    ] {
        for target in ["https://news.brand.com/u/8f", "https://brand.com/news/u/8f", "https://post.brand.com/u/8f"] {
            let footer = format!("<p><a href=\"{target}\">{label}</a></p>");
            assert!(!fires(&footer), "taken for no way out: {footer}");
        }
    }
}

/// The words that `lint` suggests to put into this mail.
fn suggested(lint: &str, mail: &str) -> String {
    let found = lint_only(lint, &Options::parse("mail.eml", "purpose=bulk"), mail.as_bytes());
    format!("{:?}", found.diagnostics.iter().map(|diagnostic| &diagnostic.suggestions).collect::<Vec<_>>())
}

#[test]
fn what_is_suggested_is_in_the_language_of_the_mail() {
    let header = "From: a@shoppershandbag.com\nSubject: x\nContent-Type: text/html; charset=utf-8\n";
    let german = "<p>Unsere neuen Taschen sind da.</p><p>Datenschutzerklärung | Impressum: Sie erhalten diese E-Mail, weil Sie sich angemeldet haben.</p>";
    for (fields, lang, body, label) in [
        ("", " lang=\"de-AT\"", "<p>Taschen</p>", "Newsletter abmelden"),
        // what a template says whatever is written into it
        ("", " lang=\"en\"", german, "Newsletter abmelden"),
        ("Content-Language: fr\n", "", "<p>Nos sacs</p>", "Se désabonner"),
        ("Content-Language: en, fr (French)\n", " lang=en", "<p>Nos sacs</p>", "Se désabonner"),
        ("", " xml:lang=\"fr\"", "<p>Nos sacs</p>", "Se désabonner"),
        ("", "", "<p>Our bags</p>", ">Unsubscribe<"),
        ("", " lang=\"und\"", "<p>Our bags</p>", ">Unsubscribe<"),
    ] {
        let mail = format!("{header}{fields}\n<!DOCTYPE html><html{lang}><body>{body}</body></html>");
        let said = suggested("missing-unsubscribe", &mail);
        assert!(said.contains(label), "{lang} {body}: {said}");
    }
}

#[test]
fn the_footer_of_a_provider_is_in_the_language_of_the_mail() {
    let draft = "<!DOCTYPE html><html lang=\"de\"><body><p>Unsere neuen Taschen sind da.</p></body></html>";
    let options = Options::parse("draft.html", "purpose=bulk provider=brevo");
    let found = lint_only("missing-unsubscribe", &options, draft.as_bytes());
    let said = format!("{:?}", found.diagnostics[0].suggestions);
    assert!(said.contains("{{ unsubscribe }}") && said.contains(">Newsletter abmelden<"), "{said}");
}
