//! How readers come onto the list: boxes, hidden fields, and the mail that asks to confirm.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::marks;

/// A registration with these inputs.
fn registration(inputs: &str) -> String {
    page(&format!(
        "<form action=\"/register\" method=\"post\"><input type=\"email\" name=\"email\"> <input type=\"password\" name=\"password\">\n{inputs}\n<button>Register</button></form>"
    ))
}

fn page(content: &str) -> String {
    format!("<!DOCTYPE html>\n<html><body>\n{content}\n</body></html>\n")
}

fn negative(html: &str) -> usize {
    marks("negative-consent", "form.html", "", html).len()
}

#[test]
fn boxes_that_must_be_ticked_to_refuse() {
    for label in [
        "I do not want to receive your newsletter",
        "Please do not send me special offers by e-mail",
        "No, thanks: no newsletter for me",
        "Tick here if you do not wish to receive marketing emails",
        "Ich möchte keinen Newsletter erhalten",
        "Je ne souhaite pas recevoir la newsletter",
        "No deseo recibir el boletín",
        "Non desidero ricevere la newsletter",
        "Ik wil geen nieuwsbrief ontvangen",
    ] {
        let html = registration(&format!("<label><input type=\"checkbox\" name=\"n\"> {label}</label>"));
        assert_eq!(negative(&html), 1, "{label}");
    }
}

#[test]
fn boxes_that_refuse_nothing_of_ours() {
    for input in [
        // consent, as it should be asked for
        r#"<label><input type="checkbox" name="n"> Yes, please send me your newsletter</label>"#,
        r#"<label><input type="checkbox" name="n"> Send me the newsletter. I can unsubscribe at any time.</label>"#,
        r#"<label><input type="checkbox" name="n"> Ja, ich möchte den Newsletter erhalten. Abmeldung jederzeit möglich.</label>"#,
        // ticked in advance: whoever overlooks it gets nothing
        r#"<label><input type="checkbox" name="n" checked> I do not want to receive your newsletter</label>"#,
        // about other things
        r#"<label><input type="checkbox" name="n"> I do not want to receive a paper invoice</label>"#,
        r#"<label><input type="checkbox" name="n"> I accept the terms</label>"#,
        r#"<label><input type="checkbox" name="n"> Remember me</label>"#,
        // a script decides
        r#"<label><input type="checkbox" name="n" v-model="refuse"> I do not want to receive your newsletter</label>"#,
        r#"<label><input type="checkbox" name="n" {{ state }}> I do not want to receive your newsletter</label>"#,
        // a pair of buttons asks for a choice
        r#"<label><input type="radio" name="n" value="1"> Yes, the newsletter</label> <label><input type="radio" name="n" value="0"> No newsletter</label>"#,
    ] {
        assert_eq!(negative(&registration(input)), 0, "{input}");
    }
}

#[test]
fn preference_centres_show_what_there_is() {
    for html in [
        "<h1>Your email preferences</h1><form action=\"/p\"><label><input type=\"checkbox\" name=\"a\"> I do not want to receive your newsletter</label></form>",
        "<form action=\"/unsubscribe\"><label><input type=\"checkbox\" name=\"a\"> I do not want to receive your newsletter</label></form>",
        "<form action=\"/p\"><label><input type=\"checkbox\" name=\"a\"> Newsletter</label> <label><input type=\"checkbox\" name=\"b\"> Unsubscribe me from all emails</label></form>",
    ] {
        assert_eq!(negative(&page(html)), 0, "{html}");
    }
}

#[test]
fn hidden_fields_that_sign_up() {
    for (input, findings) in [
        (r#"<input type="hidden" name="newsletter" value="1">"#, 1),
        (r#"<input type="hidden" name="marketing_opt_in" value="true">"#, 1),
        (r#"<input type="hidden" name="user[newsletterOptIn]" value="yes">"#, 1),
        // beside a box of the same name it says what an empty box means
        (
            r#"<input type="hidden" name="newsletter" value="1"><label><input type="checkbox" name="newsletter"> Newsletter</label>"#,
            0,
        ),
        (r#"<input type="hidden" name="newsletter" value="0">"#, 0),
        (r#"<input type="hidden" name="newsletter_id" value="1">"#, 0),
        (r#"<input type="hidden" name="newsletter" value="{{ optin }}">"#, 0),
        (r#"<input type="hidden" name="csrf" value="1">"#, 0),
    ] {
        assert_eq!(negative(&registration(input)), findings, "{input}");
    }
    let newsletter_only = page(
        r#"<form action="/go"><input type="email" name="email"><input type="hidden" name="newsletter" value="1"><button>Join</button></form>"#,
    );
    assert_eq!(negative(&newsletter_only), 0);
}

#[test]
fn consent_in_advance() {
    let preselected = |input: &str| marks("preselected-consent", "form.html", "", &registration(input)).len();
    for (input, findings) in [
        (r#"<label><input type="checkbox" name="n" checked> Yes, send me your newsletter</label>"#, 1),
        (r#"<input type="checkbox" id="n" checked="checked"><label for="n">Newsletter abonnieren</label>"#, 1),
        (
            r#"<label><input type="checkbox" name="n" checked> Send me offers. You can unsubscribe at any time.</label>"#,
            1,
        ),
        (r#"<label><input type="radio" name="n" checked> Yes, send me special offers</label>"#, 1),
        (r#"<label>Newsletter <select name="n"><option selected>Yes</option><option>No</option></select></label>"#, 1),
        (r#"<label>Newsletter <select name="n"><option>Yes</option><option selected>No</option></select></label>"#, 0),
        (r#"<label><input type="checkbox" name="n" checked> Remember me</label>"#, 0),
        (r#"<label><input type="checkbox" name="n" checked> Please do not send me offers</label>"#, 0),
        (r#"<label><input type="checkbox" name="n" checked> I agree to the terms</label>"#, 0),
        (r#"<label><input type="checkbox" name="n" :checked="state"> Newsletter</label>"#, 0),
    ] {
        assert_eq!(preselected(input), findings, "{input}");
    }
}

fn confirmation(name: &str, options: &str, body: &str) -> Vec<String> {
    let header = "From: a@shoppershandbag.com\nSubject: Please confirm your subscription\nMIME-Version: 1.0\nContent-Type: text/html\n";
    let date = if name == "rendered.eml" { "Date: Mon, 2 Mar 2026 10:00:00 +0100\n" } else { "" };
    marks("missing-confirmation-link", name, options, &format!("{header}{date}\n{body}\n"))
}

#[test]
fn a_confirmation_needs_something_to_click() {
    for (body, marked) in [
        ("<p>Please confirm your subscription.</p>", vec!["confirm your subscription"]),
        (
            "<p>Please confirm your subscription.</p><p><a href=\"https://shoppershandbag.com/privacy\">Privacy policy</a> <a href=\"https://facebook.com/brand\">Facebook</a></p>",
            vec!["confirm your subscription"],
        ),
        (
            "<p>Please confirm your subscription.</p><p>© 2026 Brand, 10115 Berlin</p>",
            vec!["confirm your subscription"],
        ),
        ("<p>Please confirm your subscription: <a href=\"https://shoppershandbag.com/c/1\">Confirm</a></p>", vec![]),
        ("<p>Please confirm your subscription: https://shoppershandbag.com/c/1</p>", vec![]),
        ("<p>Please confirm your subscription with the code</p><p><b>482913</b></p>", vec![]),
        ("<p>Please confirm your subscription with the code 4829.</p>", vec![]),
        ("<p>To confirm your subscription, simply reply to this email.</p>", vec![]),
        ("<p>Please confirm your appointment by phone.</p>", vec![]),
        ("<p>Please call us at 1-800-555-0142 on Friday.</p>", vec![]),
        ("<p>Bitte bestätigen Sie Ihren Termin am Freitag um 9 Uhr telefonisch unter 0421 12345.</p>", vec![]),
        ("<p>Merci de confirmer votre inscription. Appelez-nous au 01 23 45 67 89.</p>", vec![]),
        (
            "<p>Please confirm your subscription.</p><p>Questions? Call us at 0800 123456.</p>",
            vec!["confirm your subscription"],
        ),
        (
            "<p>Please confirm your subscription: <a href=\"mailto:confirm-1@lists.brand.com\">write to us</a></p>",
            vec![],
        ),
    ] {
        let found = confirmation("rendered.eml", "", body);
        let found: Vec<_> = found.iter().map(|mark| mark.to_lowercase()).collect();
        let found: Vec<_> = found.iter().map(|mark| mark.trim_start_matches("please ")).collect();
        assert_eq!(found, marked, "{body}");
    }
}

#[test]
fn a_template_may_bring_the_link() {
    let body = "<p>Please confirm your subscription.</p><p>{{ confirm_button }}</p>";
    assert!(confirmation("mail.eml", "stage=template", body).is_empty());
    assert!(
        confirmation("mail.eml", "stage=template", "<p>Please confirm your subscription.</p>{% include 'cta' %}")
            .is_empty()
    );
    assert!(!confirmation("mail.eml", "stage=template", "<p>Please confirm your subscription.</p>").is_empty());
}

#[test]
fn other_mail_confirms_nothing() {
    let body = "<p>Please confirm your subscription.</p>";
    assert!(confirmation("rendered.eml", "purpose=bulk", body).is_empty());
    assert!(confirmation("rendered.eml", "purpose=transactional", body).is_empty());
}

#[test]
fn consent_in_advance_to_what_is_asked_outside_of_the_label() {
    let preselected = |input: &str| marks("preselected-consent", "form.html", "", &registration(input)).len();
    let yes_no = |state: &str| {
        format!(
            "<label><input type=\"radio\" name=\"n\" value=\"1\"{state}> Yes</label> <label><input type=\"radio\" name=\"n\" value=\"0\"> No</label>"
        )
    };
    for (input, findings) in [
        // in the legend, in the words before, in the cell before
        (format!("<fieldset><legend>Newsletter</legend>{}</fieldset>", yes_no(" checked")), 1),
        (format!("<p>Would you like to receive our newsletter?</p>{}", yes_no(" checked")), 1),
        (r#"Voulez vous vous abonner à la newsletter? <input id="o" type="radio" name="n" checked><label for="o">Oui</label>"#.to_owned(), 1),
        (r#"<table><tr><td>Newsletter</td><td><input type="checkbox" name="nl" checked></td></tr></table>"#.to_owned(), 1),
        // by the name
        (r#"<label><input type="checkbox" name="subscribe" checked> Subscribe</label>"#.to_owned(), 1),
        (r#"<input type="checkbox" id="s" name="subscribe" checked><label for="s">订阅推送信息</label>"#.to_owned(), 1),
        (r#"<input type="checkbox" id="s" name="newsletter" checked><label for="s">{{ entry_newsletter }}</label>"#.to_owned(), 1),
        // nothing is chosen, or no
        (format!("<fieldset><legend>Newsletter</legend>{}</fieldset>", yes_no("")), 0),
        (r#"<p>Newsletter?</p><label><input type="radio" name="n" value="0" checked> No</label>"#.to_owned(), 0),
        (r#"<input type="radio" name="newsletter" id="s" value="0" checked><label for="s">{{ text_no }}</label>"#.to_owned(), 0),
        // asked for something else
        (format!("<fieldset><legend>Gift wrapping</legend>{}</fieldset>", yes_no(" checked")), 0),
        (format!("<p>Do you already receive our newsletter?</p>{}", yes_no(" checked")), 0),
        (format!("<p>Would you like to unsubscribe from our newsletter?</p>{}", yes_no(" checked")), 0),
        (r#"<label><input type="checkbox" name="n"> Newsletter</label> <input type="checkbox" name="m" checked>"#.to_owned(), 0),
        (r#"<label><input type="checkbox" name="subscribe" checked> Subscribe to the answers in this thread</label>"#.to_owned(), 0),
        (r#"<label><input type="checkbox" name="t" checked> Subscribe</label>"#.to_owned(), 0),
    ] {
        assert_eq!(preselected(&input), findings, "{input}");
    }
}

#[test]
fn boxes_about_messages_of_a_service_or_about_cookies() {
    for label in [
        "Send order updates by e-mail",
        "Marketing cookies",
        "Analytics cookies",
        "E-mail me about the security of my account",
        "Notify me of follow-up comments by email",
        "Updates zum Lieferstatus per E-Mail erhalten",
    ] {
        let input = format!("<label><input type=\"checkbox\" name=\"x\" checked> {label}</label>");
        assert!(marks("preselected-consent", "form.html", "", &registration(&input)).is_empty(), "{label}");
    }
    let both = r#"<label><input type="checkbox" name="x" checked> Send me order updates and special offers</label>"#;
    assert_eq!(marks("preselected-consent", "form.html", "", &registration(both)).len(), 1);
}

#[test]
fn a_form_that_asks_for_consent_is_a_page() {
    let form =
        page(r#"<form action="/x"><label><input type="checkbox" name="n"> Send me the newsletter</label></form>"#);
    assert!(marks("active-content", "form.html", "", &form).is_empty());
    let survey = page(
        r#"<form action="/x"><label><input type="checkbox" name="n"> I like the bags</label></form><a href="https://brand.com/unsubscribe/1">Unsubscribe</a>"#,
    );
    assert!(!marks("active-content", "form.html", "", &survey).is_empty());
}
