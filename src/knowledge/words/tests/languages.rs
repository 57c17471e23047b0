//! For each language an opt-out as a mail words it, a privacy link and a preferences link; what is weak; what is no hit.

use super::super::{Meaning, any, find};
use super::said;

/// Language, opt-out sentence, privacy label, preferences label.
const USUAL: &[(&str, &str, &str, &str)] = &[
    ("en", "If you no longer wish to receive these e-mails, click here.", "Privacy Policy", "Update your preferences"),
    (
        "de",
        "Um sich vom Newsletter abzumelden, klicken Sie bitte hier.",
        "Datenschutzerklärung",
        "Newsletter-Einstellungen",
    ),
    (
        "fr",
        "Si vous ne souhaitez plus recevoir nos offres, cliquez ici.",
        "Politique de confidentialité",
        "Gérer vos préférences",
    ),
    ("es", "Para dejar de recibir estos correos haga clic aquí.", "Política de privacidad", "Actualizar preferencias"),
    ("pt", "Cancelar inscrição", "Política de Privacidade", "Atualize suas preferências"),
    (
        "it",
        "Se non desideri più ricevere la newsletter clicca qui",
        "Informativa sulla privacy",
        "Gestisci le preferenze",
    ),
    ("nl", "Klik hier om u uit te schrijven.", "Privacyverklaring", "Voorkeuren wijzigen"),
    ("sv", "Vill du inte längre få vårt nyhetsbrev? Klicka här.", "Integritetspolicy", "Hantera inställningar"),
    ("da", "Ønsker du ikke længere at modtage vores nyhedsbrev?", "Privatlivspolitik", "Opdater din profil"),
    ("nb", "Meld deg av nyhetsbrevet her", "Personvernerklæring", "Endre innstillinger"),
    ("fi", "Jos et halua enää saada viestejä, klikkaa tästä.", "Tietosuojaseloste", "Muokkaa asetuksia"),
    (
        "pl",
        "Jeśli nie chcesz otrzymywać naszych wiadomości, kliknij tutaj.",
        "Polityka prywatności",
        "Zarządzaj preferencjami",
    ),
    (
        "cs",
        "Pokud si již nepřejete dostávat naše novinky, klikněte zde: odhlášení z odběru",
        "Ochrana osobních údajů",
        "Změnit nastavení",
    ),
    ("sk", "Ak si neželáte dostávať naše novinky, kliknite sem.", "Ochrana osobných údajov", "Zmeniť nastavenia"),
    ("hr", "Ako više ne želite primati naše poruke, kliknite ovdje.", "Politika privatnosti", "Upravljanje pretplatom"),
    (
        "hu",
        "Ha nem szeretne több hírlevelet kapni, itt leiratkozhat.",
        "Adatkezelési tájékoztató",
        "Beállítások módosítása",
    ),
    (
        "ro",
        "Dacă nu mai dorești să primești emailuri, dezabonează-te aici.",
        "Politica de confidențialitate",
        "Actualizează preferințele",
    ),
    (
        "bg",
        "Ако не желаете да получавате повече, отпишете се тук.",
        "Политика за поверителност",
        "Управление на абонамента",
    ),
    (
        "el",
        "Αν δεν επιθυμείτε να λαμβάνετε το newsletter, πατήστε εδώ.",
        "Πολιτική απορρήτου",
        "Διαχείριση προτιμήσεων",
    ),
    (
        "tr",
        "E-postalarımızı almak istemiyorsanız abonelikten çıkın.",
        "Gizlilik Politikası",
        "E-posta tercihlerinizi yönetin",
    ),
    ("ru", "Чтобы отписаться от рассылки, перейдите по ссылке.", "Политика конфиденциальности", "Управление подпиской"),
    (
        "uk",
        "Якщо ви більше не бажаєте отримувати листи, відпишіться тут.",
        "Політика конфіденційності",
        "Керувати підпискою",
    ),
    ("he", "להסרה מרשימת התפוצה לחצו כאן", "מדיניות פרטיות", "עדכון פרטים"),
    ("ar", "لإلغاء الاشتراك انقر هنا", "سياسة الخصوصية", "إدارة التفضيلات"),
    ("hi", "यदि आप ये ईमेल नहीं चाहते, तो सदस्यता समाप्त करें", "गोपनीयता नीति", "प्राथमिकताएं प्रबंधित करें"),
    ("zh-Hans", "如不想再收到此类邮件，请点此退订。", "隐私政策", "管理订阅"),
    ("zh-Hant", "若您不想再收到電子報，請按此取消訂閱。", "隱私權政策", "管理訂閱"),
    ("ja", "メールの配信停止をご希望の方はこちら", "プライバシーポリシー", "配信設定の変更"),
    ("ko", "메일 수신을 원하지 않으시면 [수신거부]를 클릭하세요.", "개인정보처리방침", "수신 설정 변경"),
    ("vi", "Nếu không muốn nhận email, vui lòng hủy đăng ký tại đây.", "Chính sách bảo mật", "Cập nhật tùy chọn"),
    (
        "id",
        "Jika tidak ingin menerima email ini, silakan berhenti berlangganan.",
        "Kebijakan Privasi",
        "Kelola preferensi",
    ),
    ("th", "หากคุณไม่ต้องการรับข่าวสาร คลิกที่นี่เพื่อยกเลิกการรับข่าวสาร", "นโยบายความเป็นส่วนตัว", "ตั้งค่าอีเมล"),
];

#[test]
fn every_language_words_an_opt_out_a_privacy_link_and_preferences() {
    for (language, opt_out, privacy, preferences) in USUAL {
        for (text, meaning) in
            [(opt_out, Meaning::Unsubscribe), (privacy, Meaning::Privacy), (preferences, Meaning::Preferences)]
        {
            let found = find(text);
            assert!(
                found.iter().any(|hit| hit.meaning == meaning && hit.language == *language && !hit.weak),
                "{language}: {text}: {found:?}"
            );
        }
    }
    assert_eq!(USUAL.len(), super::super::LANGUAGES.len());
}

#[test]
fn an_opt_out_is_found_however_it_is_worded() {
    let worded = [
        "You may opt-out at any time.",
        "Click here to be removed from our mailing list",
        "Would rather not receive these?",
        "Wenn Sie keine weiteren Newsletter erhalten möchten",
        "Tragen Sie sich hier aus dem Verteiler aus",
        "wenn du unseren Newsletter nicht mehr erhalten möchtest",
        "Newsletter abmelden hier klicken",
        "Pour vous désabonner de cette liste",
        "se désabonner",
        "Vous ne voulez plus recevoir cette newsletter ?",
        "Si no desea recibir más información comercial",
        "Darse de baja",
        "Caso não deseje mais receber nossos e-mails",
        "Se não pretende continuar a receber esta newsletter",
        "Per cancellarti dalla newsletter",
        "Disiscriviti",
        "Meld je hier af voor deze nieuwsbrief",
        "Nieuwsbrief opzeggen",
        "Avregistrera dig här",
        "Afmeld nyhedsbrev",
        "Ønsker du ikke å motta flere e-poster?",
        "Poistu postituslistalta",
        "Wypisz się z newslettera",
        "Odhlásit se z odběru novinek",
        "Leiratkozás",
        "Отписаться",
        "Если вы больше не хотите получать наши письма",
        "配信停止",
        "メールマガジンの解除はこちら",
        "수신거부",
        "退订",
        "取消訂閱",
        "Bülten listemizden çıkmak için tıklayın",
        // in the reader's own voice
        "Je me désabonne",
        "Je me désinscris",
        "Mi cancello",
        "Voglio cancellarmi",
        "Bórrame de la lista",
        "Quiero darme de baja",
        "Não me enviem mais",
        "Nie chcę już dostawać maili",
        "Chcę się wypisać",
        "Dezabonează-mă",
        "Θέλω να διαγραφώ",
        "Κατάργηση συνδρομής",
        "Leave mailing list",
        "Leave our list",
        "Werbung widersprechen",
        "Ich will mich von der Liste streichen lassen",
        "Больше не присылать",
        "Більше не надсилати",
        "Säg upp nyhetsbrevet",
        "Schrijf me uit",
        "Si opp nyhetsbrevet",
        "Meld mig fra nyhedsbrevet",
        "Už mi neposílejte novinky",
        "Už mi neposielajte novinky",
        "Ne küldjenek több levelet",
        "Не ми изпращайте повече",
        "Odjavite se s newslettera",
        "To stop hearing from us, click here",
        "Un-subscribe",
        "Stop these messages",
        "Remove me from your list",
        "If you'd prefer not to hear from us",
        "Wenn Sie nichts mehr von uns hören möchten",
        "Diese E-Mails stoppen",
        "Arrêter ces e-mails",
        "Je ne veux plus de ces mails",
        "Supprimez-moi de votre liste",
        "Quitarme de esta lista",
        "Parar estos correos",
        "Non voglio più queste email",
        "Toglimi da questa lista",
        "Deze mails stopzetten",
        "Retire-me desta lista",
        "Não quero mais estes e-mails",
    ];
    for text in worded {
        assert!(!said(text, Meaning::Unsubscribe).is_empty(), "{text}: {:?}", find(text));
    }
}

#[test]
fn words_with_another_common_meaning_are_weak() {
    let weak = [
        "Abmelden",
        "Cancel subscription",
        "Baja",
        "Afmelden",
        "Avanmäl dig",
        "Afmeld",
        "Meld deg av",
        "Peruuta tilaus",
        "Odhlásit se",
        "Διαγραφή",
        "Ich melde mich ab",
        "Odjava",
        "Odjavi se",
        "Üyelikten çık",
        "Отменить подписку",
        "退会はこちら",
        "הסרה",
    ];
    for text in weak {
        let found = find(text);
        assert!(found.iter().any(|hit| hit.meaning == Meaning::UnsubscribeWeak && hit.weak), "{text}: {found:?}");
        assert!(!found.iter().any(|hit| hit.meaning == Meaning::Unsubscribe), "{text}: {found:?}");
    }
}

#[test]
fn a_strong_phrase_covers_the_weak_word_inside_it() {
    let text = "Newsletter abmelden";
    assert_eq!(said(text, Meaning::Unsubscribe), [text]);
    assert!(!any(text, Meaning::UnsubscribeWeak));
}

#[test]
fn other_texts_mean_nothing_of_the_kind() {
    let decoys = [
        "Resubscribed readers unsubscribable",
        "Grandes rebajas para trabajar en California",
        "Der Austragungsort der Spiele ist Leipzig",
        "Our suspenders are made of leather",
        "La rubricazione dei documenti",
        "Der Anmeldeschluss ist morgen",
        "The stopwatch leaves a mark",
        "Une nouvelle histoire de la ville",
        "電車は駅に着きました",
        "Le lien entre les deux villes",
        "Wir haben lange nichts mehr von uns hören lassen",
        "¿No quieres saber más de nosotros? Visita la web",
        "Phishing-E-Mails stoppen: fünf Tipps",
        "Vous aurez encore plus envie de recevoir vos amis",
        "Stop getting lost in the woods",
        "A wine that was taken off the list",
    ];
    for text in decoys {
        for meaning in
            [Meaning::Unsubscribe, Meaning::UnsubscribeWeak, Meaning::Preferences, Meaning::Privacy, Meaning::AddSender]
        {
            assert!(!any(text, meaning), "{text}: {:?}", find(text));
        }
    }
}

#[test]
fn a_stem_takes_the_whole_word_and_nothing_before_it() {
    assert_eq!(said("Tilaa uutiskirjeemme nyt", Meaning::MailingNoun), ["uutiskirjeemme"]);
    assert!(said("verkkouutiskirje", Meaning::MailingNoun).is_empty());
}

#[test]
fn a_gap_holds_up_to_six_words() {
    let near = "Please add news@shop.example to your address book today";
    assert_eq!(said(near, Meaning::AddSender), ["add news@shop.example to your address book"]);
    let far = "add one two three four five six seven to your address book";
    assert_eq!(said(far, Meaning::AddSender), ["address book"]);
}

#[test]
fn a_korean_particle_and_a_chinese_neighbour_do_no_harm() {
    assert_eq!(said("수신거부를 원하시면", Meaning::Unsubscribe).len(), 1);
    assert_eq!(said("点此unsubscribe退订", Meaning::Unsubscribe), ["unsubscribe", "退订"]);
}
