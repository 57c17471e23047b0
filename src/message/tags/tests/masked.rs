//! What the HTML parser gets to see.

use super::super::{Dialect, mask, scan};

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(mask(text, &scan(text, true, &Dialect::default())), expected, "of {text}");
}

#[test]
fn a_blank_where_a_name_could_stand() {
    check("<td {{#if a}}style=\"x\"{{/if}}>", "<td          style=\"x\"       >");
    check("<td{{attrs}}>", "<td         >");
    check("<td{% if a %} b{% endif %}>", "<td           b           >");
    check("<a href=\"b\"{{attrs}} c>", "<a href=\"b\"          c>");
    check("<a {{attrs}}href=\"b\">", "<a          href=\"b\">");
    check("<input value=1{% if x %} checked{% endif %}>", "<input value=1           checked           >");
}

#[test]
fn a_letter_in_a_value() {
    check("<a href=\"{{l \"x\"}}\">", "<a href=\"xxxxxxxxx\">");
    check("<a href='{% if a == 'b' %}c{% endif %}'>", "<a href='xxxxxxxxxxxxxxxxxcxxxxxxxxxxx'>");
    check("<a href={{url}} class=x>", "<a href=xxxxxxx class=x>");
    check("<a href={{#if a}}b{{/if}} class=x>", "<a href=xxxxxxxxxb        class=x>");
    check("<a href={{#if a}}\"b\"{{/if}} class=x>", "<a href=         \"b\"        class=x>");
    check("<a data-{{x}}=\"y\" {{z}}=\"1\">", "<a data-xxxxx=\"y\" xxxxx=\"1\">");
    check("<a title=\"a > {{b}}\">{{c}}</a>", "<a title=\"a > xxxxx\">xxxxx</a>");
}

#[test]
fn values_stay_text_and_statements_go() {
    check("<p>Dear {{name}},{% if a %}\nb{% endif %}</p>", "<p>Dear xxxxxxxx,          \nb           </p>");
    check("<p>{{!-- a\n <b> --}}</p>", "<p>       \n         </p>");
    check("a < b {{c}}", "a < b xxxxx");
}

#[test]
fn tags_that_are_markup_themselves() {
    check("<{{tag}} a>b</{{tag}}>", "<xxxxxxx a>b</xxxxxxx>");
    check("<h{{n}}>b</h{{n}}>", "<hxxxxx>b</hxxxxx>");
    check("<mj-{{n}}>", "<mj-xxxxx>");
}

#[test]
fn nothing_is_put_where_it_would_be_moved() {
    check(
        "<table>{{#each a}}<tr>{{{cells}}}</tr>{{/each}}{{rows}}</table>",
        "<table>           <tr>           </tr>                 </table>",
    );
    check("<td>{{a}}</td>{{b}}", "<td>xxxxx</td>     ");
    check(
        "<head>{{{css}}}<title>{{t}}</title>{{c}}</head>{{d}}<body>{{e}}",
        "<head>         <title>xxxxx</title>     </head>     <body>xxxxx",
    );
    check("{{> top}}\n<!DOCTYPE html>", "         \n<!DOCTYPE html>");
    check("{{name}}, <b>", "xxxxxxxx, <b>");
    check("<style>{{css}} a{b:{{c}}}</style>{{d}}", "<style>        a{b:     }</style>xxxxx");
}

#[test]
fn comments() {
    check("<!-- don't {{ \"-->\" }} --><a b='{{c}}'>", "<!-- don't xxxxxxxxxxx --><a b='xxxxx'>");
    check(
        "<!--[if mso]><a href=\"{{b}}\"{{c}}><![endif]-->{{d}}",
        "<!--[if mso]><a href=\"xxxxx\"     ><![endif]-->xxxxx",
    );
    check("<!--[if !mso]><!--><a b={{c}}><!--<![endif]-->", "<!--[if !mso]><!--><a b=xxxxx><!--<![endif]-->");
}

#[test]
fn characters_of_several_bytes() {
    check("<p>é{{ naïf }}é</p>", "<p>éxxxxxxxxxxxé</p>");
}
