//! Texts that hold no tag.

use super::super::{Dialect, scan};
use super::check;

#[test]
fn what_only_looks_like_a_tag() {
    for text in [
        "<style>@media(max-width:600px){a{color:red}}</style>",
        "<style>@media screen{{color:red;}}</style>",
        "<style>/*| x |*/ a{b:c} *|*{d:e} *|*</style>",
        "<style>a{#b{c:d}#}</style>",
        "<script>var a=[[1,2],[\"x\"]], b=`${c}`; if(a%%b){{d:1;}} e = 5 %%f%% 6;</script>",
        "<script type=\"application/ld+json\">{\"a\":{\"b\":{\"c\":[[\"d\"]]}}}</script>",
        "<mj-style>@media{a{b:c}}</mj-style>",
        "<!--[if gte mso 9]><xml><![endif]-->",
        "<!--[if !mso]><!--> a <!--<![endif]-->",
        "<a href=\"https://a.example/?b=%7B%7Bc%7D%7D&d=100%25%25\">",
        "50% off, 50%% off and 60%% more, 100%%",
        "it costs $5, ${ or $ 10",
        "[[1]] [[1,2],[3,4]] [[Main Page]] [[ ]] [[File:a.png]] [[a]](https://b.example/) [text](https://c.example/)",
        "[[MJSL35I-18GGBC-M2-2013]]",
        "{{,}} {{ \"a\": \"b\" }} {{ - }} ${1}",
        "[[see the note\nbelow]]",
        "at 10:30 {a} {{}} {{ }} }} %} {#a} *|  |*",
        "{{ opened\n\nclosed }}",
        "{% 1 %} {%%} 10{%}",
        "<%% literal %%>",
        "<?xml version=\"1.0\"?>",
        "| a * | * b | *|a *| |*",
        "{{ name } and {{ other }",
    ] {
        check(text, &Dialect::default(), &[]);
    }
}

#[test]
fn an_opener_that_never_closes_leaves_the_others_alone() {
    for text in [
        "{{ a {{b}}",
        "{% if {% if x %}",
        "<% a <%= b %>",
        "%%[ a %%[ b ]%%",
        "*| *|X|*",
        "{{a} {{b}}",
        "{{{a}} ",
        "${a ${b}",
    ] {
        assert_eq!(scan(text, true, &Dialect::default()).len(), 1, "in {text}");
    }
}

#[test]
fn loose_tokens_stay_out_of_code_and_escapes() {
    let dialect = Dialect { loose: vec!["%date%", "[if", "{name", "[email]"], code: None };
    for text in [
        "<style>a[email]{name:b}</style>",
        "<script>x[email] = {name: 1}</script>",
        "<!--[if mso]> <![endif]-->",
        "<a href=\"?a=%date%20b\">",
        "{names} {name\n}",
        "[e-mail]",
    ] {
        check(text, &dialect, &[]);
    }
}

#[test]
fn unclosed_openers_cost_no_more_than_their_length() {
    let openers = [
        "{{",
        "{{{",
        "{%",
        "{#",
        "{{!--",
        "<%",
        "&lt;%",
        "*|",
        "%%[",
        "%%=",
        "%%",
        "[[",
        "${",
        "<?php ",
        "{% comment %}",
        "{{ \"{{\" ",
        "{% \"",
        "{{'",
        "<style>",
        "<!--[if ",
        "<a {{x} ",
        "{% comment %} endcomment ",
        "{{ {",
        "[name",
    ];
    let loose = Dialect { loose: vec!["[name", "{{", "%%"], code: None };
    for opener in openers {
        let text = opener.repeat(200_000 / opener.len());
        let closed = format!("{text}}}}} %}} |* ]%% =%% %> ?> ]] \n\n #}} --}} endcomment");
        for text in [&text, &closed] {
            let begin = std::time::Instant::now();
            scan(text, true, &loose);
            assert!(begin.elapsed().as_secs() < 30, "{opener}: {:?}", begin.elapsed());
        }
    }
}
