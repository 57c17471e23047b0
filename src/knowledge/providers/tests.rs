#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::TagMeaning::{OpenPixel, PostalAddress, Preferences, Recipient, Unsubscribe, WebVersion};
use super::*;

fn meanings(cases: &[(&str, Option<TagMeaning>)]) {
    for (tag, meaning) in cases {
        assert_eq!(tag_meaning(tag, None), *meaning, "{tag}");
    }
}

#[test]
fn each_token_of_each_provider_means_what_its_file_says() {
    for provider in all() {
        for token in provider.tokens {
            let tag = if token.prefix { format!("{}x{}", token.text, token.end) } else { token.text.to_string() };
            assert_eq!(tag_meaning(&tag, Some(provider.id.as_str())), Some(token.meaning), "{tag} of {}", provider.id);
        }
    }
}

#[test]
fn each_opt_out_tag_is_one_without_knowing_the_provider() {
    for provider in all() {
        for token in provider.tokens.iter().filter(|token| token.meaning == Unsubscribe && !token.prefix) {
            assert_eq!(tag_meaning(token.text.as_str(), None), Some(Unsubscribe), "{} of {}", token.text, provider.id);
        }
    }
}

#[test]
fn opt_out_tags_of_providers() {
    for tag in [
        "*|UNSUB|*",
        "*|unsub|*",
        "*|UNSUB:https://brand.example/bye|*",
        "{{{unsubscribe}}}",
        "<%asm_group_unsubscribe_raw_url%>",
        "{% unsubscribe %}",
        "{% unsubscribe 'Click here to unsubscribe' %}",
        "{%- unsubscribe_link -%}",
        "{{ unsubscribe_link }}",
        "{{unsubscribe_link_all}}",
        "{{${set_user_to_unsubscribed_url}}}",
        "%%unsub_center_url%%",
        "%%unsubscribe%%",
        "{{system.unsubscribeLink}}",
        "%mkt_opt_out_prefix%",
        "{{ unsubscribe }}",
        "[unsubscribe]",
        "[[unsubscribeLink]]",
        "%UNSUBSCRIBELINK%",
        "%tag_unsubscribe_url%",
        "{{{ pm:unsubscribe }}}",
        "{{amazonSESUnsubscribeUrl}}",
        "{% unsubscribe_url %}",
        "{{hostedUnsubscribeUrl}}",
        "[[UNSUB_LINK_DE]]",
        "{{{RESEND_UNSUBSCRIBE_URL}}}",
        "{$unsubscribe}",
        "[[remove]]",
        "{!remove_web}",
        "[[unsubscribe_link]]",
        "$UNSUB$",
        "#SPONECLICKOPTOUT",
        "<%@ include view=\"UnsubscriptionLink\" %>",
        "{{ UnsubscribeURL }}",
        "{dnc_url}",
        "[UNSUBSCRIBEURL]",
        "[LINK_UNSUBSCRIBE]",
        "%%{unsubscribe_url}%%",
        "[link:subscription_unsubscribe_url]",
        "{optout_confirm_url}",
        "$[LI:UNSUBSCRIBE]$",
        "#unsubscribeLink#",
        "%%email.unsub%%",
        "{$sys_email_unsubscribe}",
        "{?$optout_link?}",
        "{{PreferenceCenter}}",
        "{UNSUBSCRIBE}",
        "##NEWSMAN:list_unsubscribe##",
    ] {
        assert_eq!(tag_meaning(tag, None), Some(Unsubscribe), "{tag}");
    }
}

#[test]
fn opt_out_by_the_words_in_a_tag() {
    for tag in [
        "{{ unsubscribe_url | default: '#' }}",
        "{{unsubscribe_link('Unsubscribe')}}",
        "{{ url_for('unsubscribe', token=user.token) }}",
        "<%= unsubscribe_url(@user) %>",
        "<%= link_to 'Unsubscribe', unsubscribe_path(token: @token) %>",
        "{{ route('unsubscribe') }}",
        "{{#unsubscribe}}",
        "{% url \"hc-unsubscribe\" %}",
        "{{ user.optOutLink }}",
        "${unsubscribeUrl}",
        "{{ abmeldelink }}",
        "%%=RedirectTo(@unsubscribeLink)=%%",
        "<?= $unsubscribe_url ?>",
        "@Model.UnsubscribeUrl",
        "{{ unsubscribed_url }}",
        "{{global_opt_out}}",
    ] {
        assert_eq!(tag_meaning(tag, None), Some(Unsubscribe), "{tag}");
    }
}

#[test]
fn control_tags_and_states_are_no_opt_out() {
    for tag in [
        "{% if unsubscribed %}",
        "{% if unsubscribe_url %}",
        "{%- unless user.unsub -%}",
        "{{#if unsubscribe_url}}",
        "{{/unsubscribe}}",
        "{{^unsubscribe}}",
        "{{! unsubscribe }}",
        "{{> unsubscribe_footer}}",
        "{% include 'unsubscribe.html' %}",
        "{# unsubscribe #}",
        "<% if @unsubscribe_url %>",
        "<% unsubscribe = link %>",
        "<%# unsubscribe link %>",
        "{% assign unsub = x %}",
        "*|IF:UNSUB|*",
        "%%[ set @unsub = 1 ]%%",
        "@if (unsubscribe)",
        "{{ user.unsubscribed_at }}",
        "{{ unsubscribe_count }}",
        "unsubscribe",
        "<unsubscribe>",
    ] {
        assert_eq!(tag_meaning(tag, None), None, "{tag}");
    }
}

#[test]
fn encoded_tags_are_decoded_first() {
    meanings(&[
        ("*%7CUNSUB%7C*", Some(Unsubscribe)),
        ("%7B%7B%20unsubscribe%20%7D%7D", Some(Unsubscribe)),
        ("&#123;&#123; unsubscribe &#125;&#125;", Some(Unsubscribe)),
        ("&lt;%@ include view='UnsubscriptionLink' %&gt;", Some(Unsubscribe)),
        ("%25%25unsub_center_url%25%25", Some(Unsubscribe)),
    ]);
}

#[test]
fn other_meanings() {
    meanings(&[
        ("*|UPDATE_PROFILE|*", Some(Preferences)),
        ("{{ subscription_preference_page_url }}", Some(Preferences)),
        ("{{{unsubscribe_preferences}}}", Some(Preferences)),
        ("*|ARCHIVE|*", Some(WebVersion)),
        ("{{ view_in_browser_link }}", Some(WebVersion)),
        ("*|LIST:ADDRESS|*", Some(PostalAddress)),
        ("{{ company.postal_address }}", Some(PostalAddress)),
        ("{{ shop.address.address1 }}", Some(PostalAddress)),
        ("{{ses:openTracker}}", Some(OpenPixel)),
        ("{{ contact.FIRSTNAME }}", Some(Recipient)),
        ("{{ order.total }}", None),
        ("", None),
    ]);
}

#[test]
fn the_preferred_provider_decides_where_two_differ() {
    assert_eq!(tag_meaning("[[address]]", Some("getresponse")), Some(PostalAddress));
    assert_eq!(tag_meaning("{subject}", Some("mautic")), Some(TagMeaning::Subject));
    assert_eq!(tag_meaning("{unsubscribe_url}", Some("no such provider")), Some(Unsubscribe));
}

#[test]
fn unmistakable_tags_may_be_accused() {
    for tag in [
        "*|FNAME|*",
        "*|IF:FNAME|*",
        "*|END:IF|*",
        "{{ first_name }}",
        "{{first_name}}",
        "{{#if customer}}",
        "{{ name | default: 'there' }}",
        "{{var:firstname:\"you\"}}",
        "{{{ body }}}",
        "{{../name}}",
        "{{ 'logo.png' | asset_url }}",
        "{{Ìmage-Name}}",
        "{% if x %}",
        "{% endif %}",
        "%%First Name%%",
        "%%=v(@name)=%%",
        "%%[ set @x = 1 ]%%",
        "<%= user.name %>",
        "[[UNSUB_LINK_EN]]",
        "[[contact.first_name]]",
        "[[firstname]]",
        "${first_name}",
        "${user.name}",
        "%UNSUBSCRIBELINK%",
        "{$unsubscribe}",
        "%7B%7B first_name %7D%7D",
    ] {
        assert!(is_known_tag(tag, None), "{tag}");
    }
}

#[test]
fn prose_code_and_math_are_not_accused() {
    for text in [
        "[[wiki]]",
        "[[Main Page]]",
        "[[file.png]]",
        "[[1, 2], [3, 4]]",
        "${1}",
        "${i}",
        "${HOME}",
        "${PATH:-/bin}",
        "${a + b}",
        "%% off and 20%%",
        "%%20%%",
        "{{ color: red; }}",
        "{{ color: 'red' }}",
        "{{0}}",
        "{{x = 1}}",
        "{{ \\frac{1}{2} }}",
        "{% 50 off %}",
        "[unsubscribe]",
        "{name}",
        "[email]",
        "{{}}",
        "*||*",
        "*| note |*!",
        "",
    ] {
        assert!(!is_known_tag(text, None), "{text}");
    }
}

#[test]
fn pseudo_elements_and_attributes() {
    let means = |name: &str, attributes: &[(&str, &str)]| {
        element_meaning(name, &mut attributes.iter().copied())
            .map(|(meaning, provider)| (meaning, provider.id.as_str()))
    };
    assert_eq!(means("unsubscribe", &[]), Some((Unsubscribe, "campaignmonitor")));
    assert_eq!(means("webversion", &[]), Some((WebVersion, "campaignmonitor")));
    assert_eq!(means("a", &[("href", "#"), ("xt", "SPOPTOUT")]), Some((Unsubscribe, "acoustic")));
    assert_eq!(means("A", &[("XT", "spprofile")]), Some((Preferences, "acoustic")));
    assert_eq!(means("a", &[("data-msys-unsubscribe", "1")]), Some((Unsubscribe, "sparkpost")));
    assert_eq!(means("a", &[("data-nl-type", "optOut")]), Some((Unsubscribe, "ajo")));
    assert_eq!(means("custom", &[("name", "opencounter")]), Some((OpenPixel, "sfmc")));
    assert_eq!(means("a", &[("xt", "SPCLICK")]), None);
    assert_eq!(means("p", &[("class", "unsubscribe")]), None);
}

/// The weightiest provider of a text: id and weight.
fn top(text: &str) -> Option<(&'static str, u8)> {
    evidence_in_text(text)
        .into_iter()
        .max_by_key(|evidence| evidence.weight)
        .map(|found| (found.provider.id.as_str(), found.weight))
}

#[test]
fn text_tells_the_provider() {
    assert_eq!(top("<td mc:edit=\"body\">"), Some(("mailchimp", 3)));
    assert_eq!(top("<a href=\"*%7CUNSUB%7C*\">"), Some(("mailchimp", 3)));
    assert_eq!(top("{%  unsubscribe_link  %}").map(|(_, weight)| weight), Some(1), "Klaviyo and Dittofeed have it");
    assert_eq!(top("%%[ SET @x = 1 ]%%"), Some(("sfmc", 3)));
    assert_eq!(top("<p data-msys-clicktrack=\"0\">"), Some(("sparkpost", 3)));
    assert_eq!(top("<a href=\"{!remove_web}\">"), Some(("aweber", 3)));
    assert_eq!(top("Hello {name}, 50% off [email]"), None);
    assert_eq!(top("{% extends \"base.html\" %}"), Some(("jinja", 2)), "an engine weighs less than a provider");
}

#[test]
fn a_shared_tag_weighs_one_for_each() {
    let found = evidence_in_text("<a href=\"{{unsubscribe_url}}\">");
    assert!(found.len() >= 3 && found.iter().all(|evidence| evidence.weight == 1), "{found:?}");
}

#[test]
fn header_fields_tell_the_provider() {
    let id = |name: &str, value: &str| evidence_in_header(name, value).map(|found| found.provider.id.as_str());
    assert_eq!(id("X-MC-User", "b00c"), Some("mailchimp"));
    assert_eq!(id("x-sg-eid", "abc"), Some("sendgrid"));
    assert_eq!(id("X-Mailgun-Sid", "x"), Some("mailgun"));
    assert_eq!(id("X-Mailer", "Mailchimp Mailer - **CIDa8**"), Some("mailchimp"));
    assert_eq!(id("X-Mailer", "nlserver, Build 7.0.0.8798"), Some("adobecampaign"));
    assert_eq!(id("Feedback-ID", "1.us-west-2.SK64=:AmazonSES"), Some("amazonses"));
    assert_eq!(id("List-Unsubscribe", "<https://x.us1.list-manage.com/unsubscribe?u=1>"), Some("mailchimp"));
    assert_eq!(id("Return-Path", "<bounce-1@cmail20.com>"), Some("campaignmonitor"));
    assert_eq!(id("X-Mailer", "Microsoft Outlook 16.0"), None);
    assert_eq!(id("From", "Ann <ann@hubspot.com>"), None, "the sender may work there");
}

#[test]
fn hosts_have_owners() {
    let id = |host: &str| owner_of_host(host).map(|provider| provider.id.as_str());
    assert_eq!(id("brand.us1.list-manage.com"), Some("mailchimp"));
    assert_eq!(id("LIST-MANAGE2.com"), Some("mailchimp"));
    assert_eq!(id("us3.campaign-archive2.com"), Some("mailchimp"));
    assert_eq!(id("brand.cmail37.com"), Some("campaignmonitor"));
    assert_eq!(id("x.createsend1.com"), Some("campaignmonitor"));
    assert_eq!(id("manage.kmail-lists.com"), Some("klaviyo"));
    assert_eq!(id("t1234abcd.emailsys1a.net"), Some("rapidmail"));
    assert_eq!(id("fff97757.click.kit-mail3.com"), Some("kit"));
    assert_eq!(id("public-eur.mkt.dynamics.com"), Some("dynamics365"));
    assert_eq!(id("notlist-manage.com"), None);
    assert_eq!(id("brand.com"), None);
}

#[test]
fn each_footer_holds_an_opt_out_of_its_provider() {
    for provider in all() {
        let has_opt_out = provider.tokens.iter().any(|token| token.meaning == Unsubscribe);
        let Some(footer) = provider.footer else {
            assert!(
                !has_opt_out || ["ghost", "substack", "eloqua"].contains(&provider.id.as_str()),
                "{} has no footer",
                provider.id
            );
            continue;
        };
        let folded = fold::fold(footer.as_str());
        let by_tag = provider
            .tokens
            .iter()
            .any(|token| token.meaning == Unsubscribe && folded.contains(&*token.text) && folded.contains(&*token.end));
        let by_element = ["<unsubscribe>", "data-msys-unsubscribe", "data-nl-type=\"optout\""]
            .iter()
            .any(|sign| folded.contains(sign));
        assert!(by_tag || by_element, "{}: {footer}", provider.id);
    }
}

#[test]
fn ids_are_sorted_and_found() {
    assert!(all().is_sorted_by_key(|provider| provider.id));
    assert_eq!(by_id("klaviyo").unwrap().name, "Klaviyo");
    assert!(by_id("erb").unwrap().engine);
    assert!(by_id("mailchimp").unwrap().adds.contains(&Adds::Unsubscribe));
    assert!(by_id("nobody").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), other in "[{}%|*<>\\[\\]$&;#a-z0-9 -]{0,60}") {
        for text in [&text, &other] {
            tag_meaning(text, Some("mailchimp"));
            is_known_tag(text, None);
            evidence_in_text(text);
            evidence_in_header(text, &other);
            evidence_in_header("List-Unsubscribe", text);
            owner_of_host(text);
            element_meaning(text, &mut [(text.as_str(), other.as_str())].into_iter());
        }
    }

    #[test]
    fn folding_twice_is_folding_once(name in "[A-Za-z_.]{1,12}", left in " {0,3}", right in " {0,3}") {
        let tag = format!("{{{{{left}{name}{right}}}}}");
        prop_assert_eq!(fold::fold(&tag), format!("{{{{{}}}}}", name.to_lowercase()));
    }
}

#[test]
fn attributes_of_signs_are_asked_for_in_lower_case() {
    let is_lower = |sign: &super::tags::ElementSign| sign.attribute == *sign.attribute.to_ascii_lowercase();
    assert!(!super::ELEMENTS.is_empty() && super::ELEMENTS.iter().all(is_lower));
}
