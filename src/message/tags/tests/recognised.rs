//! Texts that are tags.

use super::super::Role::{Close, Comment, Control, Include, Middle, Open, Output};
use super::super::Syntax::{Bracket, Code, Dollar, Erb, HashComment, Loose, Mailchimp, Mustache, Percent, Statement};
use super::super::{Dialect, scan};
use super::{check, check_single};

#[test]
fn double_braces() {
    check_single(
        &Dialect::default(),
        &[
            (Mustache, Output, "{{first_name}}"),
            (Mustache, Output, "{{- first_name -}}"),
            (Mustache, Output, "{{.}}"),
            (Mustache, Output, "{{~first_name~}}"),
            (Mustache, Output, "{{{ pm:unsubscribe }}}"),
            (Mustache, Output, "{{& url}}"),
            (Mustache, Output, "{{custom_attribute.${x}}}"),
            (Mustache, Output, "{{${set_user_to_unsubscribed_url}}}"),
            (Mustache, Output, "{{{ custom.${x}}}}"),
            (Mustache, Output, "{{ \"}}\" | upper }}"),
            (Mustache, Output, "{{ name | default: \"don't {{ know\" }}"),
            (Mustache, Output, "{{ {{inner}} }}"),
            (Mustache, Output, "{{ link(\n  url,\n  \"x\"\n) }}"),
            (Mustache, Output, "{{ price | replace({'.': ','}) }}"),
            (Mustache, Output, "{{lead.First Name:default=friend}}"),
            (Mustache, Output, "{{header_color}}"),
            (Mustache, Output, "{{ content.title }}"),
            (Mustache, Output, "{{ prénom }}"),
            (Mustache, Open, "{{#if a}}"),
            (Mustache, Open, "{{^a}}"),
            (Mustache, Open, "{{ if eq .A \"}}\" }}"),
            (Mustache, Open, "{{ range .Items }}"),
            (Mustache, Open, "{{{{raw}}}}"),
            (Mustache, Close, "{{{{/raw}}}}"),
            (Mustache, Middle, "{{^}}"),
            (Mustache, Middle, "{{else if b}}"),
            (Mustache, Middle, "{{else}}"),
            (Mustache, Close, "{{/if}}"),
            (Mustache, Close, "{{- end }}"),
            (Mustache, Control, "{{ $x := .Name }}"),
            (Mustache, Control, "{{=<% %>=}}"),
            (Mustache, Comment, "{{! a note }}"),
            (Mustache, Comment, "{{!-- {{not}} a \"tag --}}"),
            (Mustache, Comment, "{{-- Blade --}}"),
            (Mustache, Comment, "{{/* Go */}}"),
        ],
    );
}

#[test]
fn content_from_elsewhere() {
    check_single(
        &Dialect::default(),
        &[
            (Mustache, Include, "{{content}}"),
            (Mustache, Include, "{{{body}}}"),
            (Mustache, Include, "{{{ htmlBody }}}"),
            (Mustache, Include, "{{> footer}}"),
            (Mustache, Include, "{{ message_content }}"),
            (Mustache, Include, "{{ .Content }}"),
            (Mustache, Include, "{{ safeHTML .Body }}"),
            (Mustache, Include, "{{ content_blocks.${legal} }}"),
            (Mustache, Include, "{{ template \"content\" . }}"),
            (Mustache, Include, "{{ block \"x\" . }}"),
            (Mustache, Include, "{{ include('footer.html') }}"),
            (Mustache, Include, "{{ render_dynamic_content(x) }}"),
            (Mustache, Include, "{{ $slot }}"),
            (Mustache, Include, "{{ unsubscribe_section }}"),
            (Mustache, Include, "{{ block.value|newsletter_richtext }}"),
            (Statement, Include, "{% include 'footer' %}"),
            (Statement, Include, "{%- render 'footer', a: \"%}\" -%}"),
            (Statement, Include, "{% extends \"base.html\" %}"),
            (Statement, Include, "{% module \"x\" path=\"@hubspot/text\" %}"),
            (Percent, Include, "%%=ContentBlockByName(\"a\\b\")=%%"),
            (Percent, Include, "%%=TreatAsContent(@x)=%%"),
            (Percent, Include, "%%=v(@body)=%%"),
            (Erb, Include, "<%= yield %>"),
            (Erb, Include, "<%= render 'footer' %>"),
            (Erb, Include, "<% include footer %>"),
            (Erb, Include, "<%- include('footer', {a: 1}) %>"),
            (Erb, Include, "<%@ include view='MirrorPage' %>"),
            (Mailchimp, Include, "*|MC:TOC|*"),
            (Bracket, Include, "[[content]]"),
            (Dollar, Include, "${body}"),
        ],
    );
}

#[test]
fn statements() {
    check_single(
        &Dialect::default(),
        &[
            (Statement, Open, "{% if a == \"%}\" %}"),
            (Statement, Open, "{%- for x in xs -%}"),
            (Statement, Middle, "{% else %}"),
            (Statement, Middle, "{% elsif b %}"),
            (Statement, Close, "{% endif %}"),
            (Statement, Control, "{% assign x = 1 %}"),
            (Statement, Control, "{% set x = 1 %}"),
            (Statement, Control, "{% load i18n %}"),
            (Statement, Control, "{% url 'x' as link %}"),
            (Statement, Control, "{% connected_content https://a.example/ :save x %}"),
            (Statement, Output, "{% unsubscribe %}"),
            (Statement, Output, "{% unsubscribe 'Leave' %}"),
            (Statement, Comment, "{% # inline %}"),
            (Statement, Comment, "{% comment %} {{ a }} {% if %} {%- endcomment -%}"),
            (Statement, Comment, "{% comment %}"),
            (HashComment, Comment, "{# a {{ b }} #}"),
        ],
    );
    let liquid = "{% liquid\n  assign a = 1\n\n  assign b = 2\n%}";
    check(liquid, &Dialect::default(), &[(Statement, Control, liquid)]);
}

#[test]
fn unknown_statements_open_what_an_end_closes() {
    check(
        "{% mjml %}a{% endmjml %}{% block b %} {% endblock %}{% block c %}d{% endblock %}",
        &Dialect::default(),
        &[
            (Statement, Open, "{% mjml %}"),
            (Statement, Close, "{% endmjml %}"),
            (Statement, Include, "{% block b %}"),
            (Statement, Close, "{% endblock %}"),
            (Statement, Open, "{% block c %}"),
            (Statement, Close, "{% endblock %}"),
        ],
    );
}

#[test]
fn raw_blocks_are_looked_into() {
    check(
        "{% raw %}{{ url }}{% endraw %}",
        &Dialect::default(),
        &[(Statement, Open, "{% raw %}"), (Mustache, Output, "{{ url }}"), (Statement, Close, "{% endraw %}")],
    );
}

#[test]
fn other_marks() {
    check_single(
        &Dialect::default(),
        &[
            (Erb, Output, "<%= user.name %>"),
            (Erb, Output, "<%- user.name %>"),
            (Erb, Output, "<%asm_group_unsubscribe_raw_url%>"),
            (Erb, Output, "<% %>"),
            (Erb, Open, "<% if a > b %>"),
            (Erb, Open, "<%- if a -%>"),
            (Erb, Open, "<% items.each do |item| %>"),
            (Erb, Open, "<% items.forEach(function(item) { %>"),
            (Erb, Open, "<%= form_for x do |f| %>"),
            (Erb, Middle, "<% else %>"),
            (Erb, Middle, "<% } else { %>"),
            (Erb, Close, "<% end -%>"),
            (Erb, Close, "<% }) %>"),
            (Erb, Control, "<% title = \"x\" %>"),
            (Erb, Control, "<%@ page language=\"java\" %>"),
            (Erb, Comment, "<%# a note %>"),
            (Erb, Comment, "<%-- a %> note --%>"),
            (Erb, Output, "&lt;%= recipient.firstName %&gt;"),
            (Code, Output, "<?= $name ?>"),
            (Code, Output, "<?php echo \"?>\" ?>"),
            (Code, Open, "<?php if ($a): ?>"),
            (Code, Open, "<?php foreach ($a as $b) { ?>"),
            (Code, Middle, "<?php else: ?>"),
            (Code, Close, "<?php endif; ?>"),
            (Code, Close, "<?php } ?>"),
            (Code, Include, "<?php include 'footer.php'; ?>"),
            (Mailchimp, Output, "*|FNAME|*"),
            (Mailchimp, Output, "*|UNSUB:https://a.example/?b=c|*"),
            (Mailchimp, Output, "*|LIST:ADDRESS|*"),
            (Mailchimp, Output, "*|MC:SUBJECT|*"),
            (Mailchimp, Output, "*|HTML:LIST_ADDRESS_HTML|*"),
            (Mailchimp, Open, "*|IF:FNAME|*"),
            (Mailchimp, Middle, "*|ELSE:|*"),
            (Mailchimp, Close, "*|END:IF|*"),
            (Percent, Output, "%%emailaddr%%"),
            (Percent, Output, "%%First Name%%"),
            (Percent, Output, "%%email.unsub%%"),
            (Percent, Output, "%%{unsubscribe_url}%%"),
            (Percent, Output, "%%=RedirectTo(Concat(\"=%%\", @x))=%%"),
            (Percent, Open, "%%[ if @x == 1 then ]%%"),
            (Percent, Middle, "%%[ else ]%%"),
            (Percent, Middle, "%%[ elseif @x == 2 then ]%%"),
            (Percent, Close, "%%[ endif ]%%"),
            (Bracket, Output, "[[unsubscribeLink]]"),
            (Bracket, Output, "[[FIRSTNAME OR \"Friend\"]]"),
            (Bracket, Output, "[[UNSUB_LINK_EN]]"),
            (Bracket, Output, "[[contact.first_name | default: \"]]\"]]"),
            (Bracket, Output, "[[${user.name}]]"),
            (Bracket, Open, "[[#if x]]"),
            (Dollar, Output, "${first_name}"),
            (Dollar, Output, "${unsubscribelink()}"),
            (Dollar, Output, "${a ? \"}\" : {b: 1}}"),
        ],
    );
}

#[test]
fn several_lines() {
    let block = "%%[ set @x = \"]%%\"\n\n/* don't */ set @y = 1 ]%%";
    check(block, &Dialect::default(), &[(Percent, Control, block)]);
    let php = "<?php $a = 1;\n\n$b = 2; ?>";
    check(php, &Dialect::default(), &[(Code, Control, php)]);
}

#[test]
fn the_outer_of_two_is_the_tag() {
    for text in
        ["{% if {{x}} %}", "*|IF:{{x}}=1|*", "<%= \"{{x}}\" %>", "%%=Concat(\"{{x}}\", '*|Y|*')=%%", "{{ a '*|B|*' }}"]
    {
        let tags = scan(text, true, &Dialect::default());
        assert_eq!(tags.iter().map(|tag| tag.span.len()).collect::<Vec<_>>(), [text.len()], "in {text}");
    }
}

#[test]
fn loose_tokens_of_a_provider() {
    let dialect = Dialect {
        loose: vec![
            "%UNSUBSCRIBELINK%",
            "[unsubscribe]",
            "{$unsubscribe}",
            "#unsubscribe#",
            "$UNSUB$",
            "[firstname",
            "{name",
            "%recipient.",
            "$[LI:UNSUBSCRIBE]$",
            "$[UD:",
            "-first_name-",
        ],
        code: None,
    };
    check_single(
        &dialect,
        &[
            (Loose, Output, "%unsubscribelink%"),
            (Loose, Output, "[Unsubscribe]"),
            (Loose, Output, "{$unsubscribe}"),
            (Loose, Output, "#unsubscribe#"),
            (Loose, Output, "$UNSUB$"),
            (Loose, Output, "[firstname,fallback=you]"),
            (Loose, Output, "{name, \"there\"}"),
            (Loose, Output, "{name}"),
            (Loose, Output, "%recipient.city%"),
            (Loose, Output, "$[LI:UNSUBSCRIBE]$"),
            (Loose, Output, "$[UD:CITY]$"),
            (Loose, Output, "-first_name-"),
        ],
    );
    let link = "<a href=\"http://$UNSUB$\">";
    check(link, &dialect, &[(Loose, Output, "$UNSUB$")]);
}

#[test]
fn unambiguous_tags_in_style_and_script() {
    check(
        "<style>a{color:{{ color }};b:*|C|*}{% if x %}</style><script>var x = '%%=v(@y)=%%', z = \"<%= z %>\";</script>",
        &Dialect::default(),
        &[
            (Mustache, Output, "{{ color }}"),
            (Mailchimp, Output, "*|C|*"),
            (Statement, Open, "{% if x %}"),
            (Percent, Output, "%%=v(@y)=%%"),
            (Erb, Output, "<%= z %>"),
        ],
    );
}

#[test]
fn a_style_element_in_a_comment_ends_with_it() {
    check("<!-- <style> --><p>[[name]]</p>", &Dialect::default(), &[(Bracket, Output, "[[name]]")]);
}

#[test]
fn the_inside_has_no_delimiters_and_no_trim_marks() {
    for (text, inner) in [
        ("{{- name -}}", "name"),
        ("{{{ name }}}", "name"),
        ("{{#if x}}", "#if x"),
        ("{{!-- presend-allow x: y --}}", "presend-allow x: y"),
        ("{% comment %} a {% endcomment %}", "a"),
        ("<%= name -%>", "name"),
        ("<%# a %>", "a"),
        ("%%{url}%%", "url"),
        ("%%=v(@x)=%%", "v(@x)"),
        ("*|FNAME|*", "FNAME"),
    ] {
        let tags = scan(text, true, &Dialect::default());
        assert_eq!(tags.first().and_then(|tag| text.get(tag.inner.range())), Some(inner), "of {text}");
    }
}
