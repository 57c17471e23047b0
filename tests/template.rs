//! What a template engine should have filled in: what each lint of the topic `template` says, and of what it stays silent.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{levels, marks};
use presend::diagnostic::Level;

const UNBALANCED: &str = "unbalanced-merge-tag";
const FOREIGN: &str = "foreign-merge-tag";
const UNRESOLVED: &str = "unresolved-merge-tag";

fn html(body: &str) -> String {
    format!("<!DOCTYPE html>\n<html><body>\n{body}\n</body></html>\n")
}

/// What `lint` marks in a draft of `body`.
#[track_caller]
fn draft(lint: &str, name: &str, options: &str, body: &str, marked: &[&str]) {
    assert_eq!(marks(lint, name, options, &html(body)), marked, "{body}");
}

#[test]
fn blocks_that_are_never_closed() {
    for (name, body, marked) in [
        ("a.html", "{% if name %}Hello {{ name }}", "{% if name %}"),
        ("a.html", "{% for i in items %}{% if i %}{{ i }}{% endfor %}", "{% if i %}"),
        ("a.html", "{% case x %}{% when 1 %}one", "{% case x %}"),
        ("a.html", "{% block body %}Hello{% if x %}{% endif %}", "{% block body %}"),
        ("a.html", "{% comment %} Hello", "{% comment %}"),
        ("a.html", "{{#if name}}Hello {{name}}", "{{#if name}}"),
        ("a.html", "{{#each items}}{{#if a}}{{a}}{{/each}}", "{{#if a}}"),
        ("a.html", "{{#orders}}{{#items}}{{name}}{{/items}}", "{{#orders}}"),
        ("a.html", "{{^orders}}none{{#a}}{{/a}}", "{{^orders}}"),
        ("a.html", "{{if .Name}}Hello{{end}} {{range .Items}}{{.}}", "{{range .Items}}"),
        ("a.html", "{{range .Posts}}<p>{{.Title}}</p>", "{{range .Posts}}"),
        ("a.html", "{{if $first}}<p>x</p>", "{{if $first}}"),
        ("a.html", "{{if a}}x{{/if}}{{if b}}y", "{{if b}}"),
        ("a.html", "{% raw %}{{ x }}{% endraw %}{% raw %}{{ x }}", "{% raw %}"),
        ("a.html", "*|IF:FNAME|*Hello *|FNAME|*", "*|IF:FNAME|*"),
        ("a.html", "*|INTERESTED:Shoes:Red|*Hello *|IF:A|* *|END:IF|*", "*|INTERESTED:Shoes:Red|*"),
        ("a.html", "%%[ if @a == 1 then ]%% Hello %%[ else ]%% you", "if"),
        ("a.html", "%%[ set @x = 1 if @x == 1 then set @if = 'endif' /* endif */ ]%% Hello", "if"),
        ("a.html", "%%[ for @i = 1 to 3 do ]%% Hello", "for"),
        ("a.html.erb", "<% if @user %>Hello", "<% if @user %>"),
        ("a.html.erb", "<% @items.each do |item| %><%= item %>", "<% @items.each do |item| %>"),
        ("a.html.erb", "<% if a %><% unless b %><% end %>", "<% if a %>"),
        ("a.ejs", "<% if (user) { %>Hello", "<% if (user) { %>"),
        ("a.blade.php", "@foreach ($items as $item) {{ $item }} @if ($a) @endif", "@foreach ($items as $item)"),
        ("a.ftl", "<#if name?? >Hello <#list a as b></#list>", "<#if name?? >"),
        ("a.vm", "#if($name) Hello #foreach($a in $b) #end", "#if($name)"),
    ] {
        draft(UNBALANCED, name, "", body, &[marked]);
    }
}

#[test]
fn blocks_that_are_closed_or_need_no_close() {
    for (name, body) in [
        ("a.html", "{% if a %}x{% elsif b %}y{% else %}z{% endif %}"),
        ("a.html", "{%- for i in items -%}{{ i }}{%- endfor -%}"),
        ("a.html", "{% block body %}{% if logo %}<h1>{% block title %}{% endblock %}</h1>{% endif %}{% endblock %}"),
        ("a.html", "{% block body %}{% for i in x %}{% block row -%}{%- endblock row %}{% endfor %}{% endblock %}"),
        ("a.html", "{% block title 'short' %}{% set a = 1 %}{% assign b = 2 %}{% include 'x' %}"),
        ("a.html", "{% block content %}{% endblock content %}{% with a=1 %}{% endwith %}"),
        ("a.html", "{% comment %} {% if a %} {% endcomment %}"),
        ("a.cshtml", "@foreach (var p in Model.Posts) {\n<p>@p</p>\n}\n@if (a)\n{\n<p>b</p>\n}"),
        ("a.html", "{% custom a %}Hello{% unsubscribe %}"),
        ("a.html", "{% if a %}x{% end %}"),
        ("a.html", "{% raw %}{% if %}{{#each x}}{% endraw %}{% verbatim %}{% for %}{% endverbatim %}"),
        ("a.html", "{{{{raw}}}}{{#if x}}{{{{/raw}}}}"),
        ("a.html", "{{if a}}x{{else}}y{{/if}}{{depend b}}x{{/depend}}{{for i in order.all}}x{{/for}}{{var a}}"),
        ("a.html.erb", "<%# if a %><% # unless b do %>"),
        ("a.html", "{{#if a}}x{{else if b}}y{{else}}z{{/if}}{{#each c}}{{/each}}{{~#unless d~}}{{~/unless~}}"),
        ("a.html", "{{#items}}{{name}}{{/items}}{{^items}}none{{/items}}"),
        ("a.html", "{{#> layout}}x{{/layout}}{{#*inline \"a\"}}x{{/inline}}{{{{raw}}}}{{x}}{{{{/raw}}}}"),
        (
            "a.html",
            "{{if .A}}x{{else}}y{{end}}{{- range .B -}}{{- end -}}{{define \"x\"}}{{end}}{{block \"y\" .}}{{end}}",
        ),
        ("a.html", "{{if a}}x{{/if}}{{ if(a, b, c) }}{{ with.value }}{{ end.date }}"),
        ("a.html", "{{#unsubscribe}}"),
        ("a.html", "{{! {{#if a}} }}{{!-- {{#if b}} --}}"),
        ("a.html", "*|IF:A|*x*|ELSEIF:B|*y*|ELSE:|*z*|END:IF|**|IFNOT:C|*x*|END:IF|*"),
        (
            "a.html",
            "*|FEEDBLOCK:https://a.b|**|FEEDITEMS:[$count=3]|**|FEEDITEM:TITLE|**|END:FEEDITEMS|**|END:FEEDBLOCK|*",
        ),
        ("a.html", "%%[ if a == 1 then set @x = 2 elseif a == 2 then set @x = 3 endif ]%%%%=v(@x)=%%"),
        ("a.html", "%%[ for @i = 1 to 3 do ]%%x%%[ next @i ]%%%%[ IF a THEN ]%%y%%[ ENDIF ]%%%%=IIF(a,b,c)=%%"),
        ("a.html.erb", "<% if a %>x<% elsif b %>y<% end %><%= link_to(a) do %>x<% end %><%= yield if b %>"),
        ("a.html.erb", "<%= form_for @a do |f| %><% @b.each { |c| %><%= c %><% } %><% end -%>"),
        ("a.html.erb", "<% x = if a\n then 1 else 2 end %><% if b %>"),
        ("a.html.erb", "<% if a then %>x<% end if b %><% b = { c: 1 } %>"),
        ("a.ejs", "<% if (a) { %>x<% } else { %>y<% } %><% items.forEach(function(i) { %>z<% }); %>"),
        ("a.asp", "<% If a Then %>x<% End If %><% For i = 1 To 3 %>y<% Next %>"),
        (
            "a.blade.php",
            "@if ($a) x @elseif ($b) y @else z @endif @section('t', 'x') @forelse ($a as $b) @empty @endforelse",
        ),
        ("a.ftl", "<#if a>x<#elseif b>y<#else>z</#if><#list a as b>${b}</#list><#assign c = 1><@m x=1/>"),
        ("a.vm", "#if($a) x #elseif($b) y #else z #end #foreach($c in $d) $c #end #set($e = 1)"),
        ("a.php", "<?php if ($a): ?>x<?php foreach ($b as $c) { ?>"),
        // one that a fragment's other half closes
        ("_header.html", "{{#if a}}x"),
    ] {
        draft(UNBALANCED, name, "", body, &[]);
    }
}

#[test]
fn tags_without_their_end() {
    for (body, marked) in [
        ("<p>Hello {{first_name}, welcome</p>", "{{first_name}"),
        ("<p>Hello {{ customer.name</p>", "{{ customer.name"),
        ("<p>Hello {{first_name}, your {{last_name}} here</p>", "{{first_name}"),
        ("<p>Hello *|FNAME|, welcome</p>", "*|FNAME|"),
        ("<p>Hello {% if customer } you {% endif %}</p>", "{% if"),
        ("<p><a href=\"{{shop_url}\">Shop</a></p>", "{{shop_url}"),
    ] {
        draft(UNBALANCED, "a.html", "", body, &[marked]);
    }
    for body in [
        "<p>write {{ and then a name</p>",
        "<style>a{b:c}}{{x}</style>",
        "<script>var a = {b: {{c}</script>",
        "<p>{{{body}}} and {{name}}</p>",
        "<p>2 *| 3</p>",
    ] {
        draft(UNBALANCED, "a.html", "", body, &[]);
    }
}

#[test]
fn a_mail_that_is_filled_in_has_leftovers_and_no_blocks() {
    draft(UNBALANCED, "a.html", "stage=rendered", "{% if name %}Hello", &[]);
}

#[test]
fn a_block_that_is_open_in_both_alternatives_is_one() {
    let mail = "From: a@brand.com\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n\
        --b\nContent-Type: text/plain\n\n{% if a %}Hello\n--b\nContent-Type: text/html\n\n<p>{% if a %}Hello</p>\n--b--\n";
    assert_eq!(marks(UNBALANCED, "a.eml", "", mail), ["{% if a %}"]);
}

#[test]
fn opt_out_tags_of_another_provider() {
    let link = |tag: &str| format!("<p>News</p><p><a href=\"{tag}\">Unsubscribe</a></p>");
    // the configuration says who sends
    draft(FOREIGN, "a.html", "provider=mailchimp", &link("%%unsub_center_url%%"), &["%%unsub_center_url%%"]);
    draft(FOREIGN, "a.html", "provider=sfmc", &link("*|UNSUB|*"), &["*|UNSUB|*"]);
    draft(FOREIGN, "a.html", "provider=mailchimp", &link("*|UNSUB|*"), &[]);
    // several other tags do
    let mailchimp = "<div mc:edit=\"body\">Hello *|FNAME|*, *|LIST:ADDRESSLINE|* *|MC:SUBJECT|*</div>";
    draft(FOREIGN, "a.html", "", &format!("{mailchimp}{}", link("%%unsub_center_url%%")), &["%%unsub_center_url%%"]);
    // nothing but the tag does, or both are there
    draft(FOREIGN, "a.html", "", &link("%%unsub_center_url%%"), &[]);
    let mixed = format!("{mailchimp}%%=v(@x)=%% %%view_email_url%%{}", link("%%unsub_center_url%%"));
    draft(FOREIGN, "a.html", "", &mixed, &[]);
    // a value of one's own, and tags that more than one provider reads
    draft(FOREIGN, "a.html", "provider=sendgrid", &link("{{unsubscribe_url}}"), &[]);
    draft(FOREIGN, "a.html", "provider=klaviyo", &link("{{ unsubscribe_link }}"), &[]);
    // names that many systems have tell nothing
    let generic = format!(
        "Dear {{{{ first_name }}}} {{{{ last_name }}}}, you are {{{{ email }}}}. {}",
        link("%%unsub_center_url%%")
    );
    draft(FOREIGN, "a.html", "", &generic, &[]);
    draft(
        FOREIGN,
        "a.html",
        "",
        &format!("Your mail goes out as {{{{ sender_address }}}}. {}", link("*|UNSUB|*")),
        &[],
    );
    // a mail that is filled in: `unresolved-merge-tag`
    draft(FOREIGN, "a.html", "provider=mailchimp stage=rendered", &link("%%unsub_center_url%%"), &[]);
}

/// What is marked in a mail that is done, with this subject and body.
fn received(subject: &str, body: &str) -> Vec<String> {
    let mail = format!(
        "From: a@shoppershandbag.com\nSubject: {subject}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nContent-Type: text/html\n\n{}",
        html(body)
    );
    marks(UNRESOLVED, "mail.eml", "", &mail)
}

#[test]
fn a_tag_that_was_never_closed_is_left_over() {
    assert_eq!(received("Autumn", "<p>Hello {{first_name}, welcome</p>"), ["{{first_name}"]);
    assert_eq!(received("Autumn", "<p>Hello {{{ first_name }, welcome</p>"), ["{{{ first_name }"]);
    assert_eq!(received("Autumn", "<p>Hello *|FNAME|, welcome</p>"), ["*|FNAME|"]);
    assert_eq!(received("{{first_name}, your bags", "<p>Hello</p>"), ["{{first_name}"]);
    let link = "<a href=\"https://shoppershandbag.com/?m={{email}\">bags</a>";
    assert_eq!(received("Autumn", link), ["{{email}"]);
}

#[test]
fn what_nobody_reads_and_samples_of_code_are_no_left_over_tags() {
    for body in [
        "<p>title = {{Deep} learning for bags}, author = {{Shop}, A.}</p>",
        "<p>m = {{first, second}, {third, fourth}};</p>",
        "<p>{{Infobox</p>",
        "<p style=\"display:none\">Hello {{first_name}, welcome</p>",
        "<p>Write <code>{{first_name}</code>, then close it</p>",
        "<p>{{ opens a tag</p><!-- {{first_name} -->",
        "<style>a{b{{c}</style><p>Hello</p>",
    ] {
        assert_eq!(received("Autumn", body), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn a_broken_tag_in_the_subject_of_a_draft() {
    let mail =
        "From: a@shoppershandbag.com\nSubject: {{first_name}, your bags\nContent-Type: text/html\n\n<p>Hello</p>\n";
    assert_eq!(marks(UNBALANCED, "mail.eml", "stage=template", mail), ["{{first_name}"]);
}

#[test]
fn a_broken_tag_in_several_places_is_one() {
    let body = "<p>Hello {{first_name}, welcome</p><p>Bye {{first_name}, and thanks. See {{product}, too</p>";
    assert_eq!(received("Autumn", body), ["{{first_name}", "{{product}"]);
    // spoken of
    let mail = |text: &str| {
        let mail = format!(
            "From: a@b.com\nSubject: x\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nContent-Type: text/html\n\n<p>{text}</p>\n"
        );
        levels(UNRESOLVED, "mail.eml", "", &mail)
    };
    assert_eq!(mail("In a Jinja template {{first_name} is a syntax error."), [Level::Warn]);
    assert_eq!(mail("Hello {{first_name}, welcome."), [Level::Deny]);
}

/// `--provider` says whose tags single brackets and percent signs are.
#[test]
fn tags_of_the_provider_that_is_given() {
    let left = |provider: &str, subject: &str, text: &str| {
        let mail = format!(
            "From: a@shoppershandbag.com\nSubject: {subject}\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nContent-Type: text/html\n\n<p>{text}</p>\n"
        );
        marks(UNRESOLVED, "mail.eml", provider, &mail)
    };
    assert_eq!(left("provider=cleverreach", "Autumn", "Hi {FIRSTNAME}!"), ["{FIRSTNAME}"]);
    assert_eq!(left("provider=mailgun", "Autumn", "Hi %recipient.first_name%!"), ["%recipient.first_name%"]);
    assert_eq!(
        left("provider=campaignmonitor", "Autumn", "Hi [firstname,fallback=there]!"),
        ["[firstname,fallback=there]"]
    );
    assert_eq!(left("provider=activecampaign", "%FIRSTNAME%, your bags", "Hello"), ["%FIRSTNAME%"]);
    assert_eq!(left("provider=mailerlite", "{$name}, your bags", "Hello"), ["{$name}"]);
    assert_eq!(left("", "Autumn", "Hi {FIRSTNAME}!"), [""; 0], "nobody says whose it is");
    assert_eq!(left("provider=cleverreach", "100% wool, 20% off", "Size {S} [new]"), [""; 0]);
}
