//! Engines with code outside of delimiters.

use super::super::Role::{Close, Comment, Control, Include, Middle, Open, Output};
use super::super::Syntax::{Code as C, Dollar, Mustache};
use super::super::{Code, Dialect, code_for};
use super::{check, check_single};

fn dialect(code: Code) -> Dialect {
    Dialect { loose: Vec::new(), code: Some(code) }
}

#[test]
fn an_extension_names_the_engine() {
    assert_eq!(code_for("Mail/Welcome.blade.php"), Some(Code::Blade));
    assert_eq!(code_for("a.CSHTML"), Some(Code::Razor));
    assert_eq!(code_for("a.html.vm"), Some(Code::Velocity));
    assert_eq!(code_for("a.ftl"), Some(Code::FreeMarker));
    assert_eq!(code_for("a.html"), None);
}

#[test]
fn blade() {
    let blade = dialect(Code::Blade);
    check_single(
        &blade,
        &[
            (C, Output, "{!! $name !!}"),
            (C, Include, "{!! $content !!}"),
            (C, Open, "@if(count($a) > \")\")"),
            (C, Open, "@foreach ($a as $b)"),
            (C, Middle, "@else"),
            (C, Close, "@endforeach"),
            (C, Include, "@include(\"emails.footer\")"),
            (C, Include, "@yield(\"content\")"),
            (C, Output, "@lang(\"mail.hello\")"),
            (C, Output, "@money($price)"),
            (C, Control, "@php $a = 1; @endphp"),
            (Mustache, Comment, "{{-- a @if(b) --}}"),
            (Mustache, Output, "{{ $name }}"),
        ],
    );
    check("<style>@media (a){b{c:d}} @if(x)</style> me@if.example @example you@yield.example @@if(a)", &blade, &[]);
}

#[test]
fn razor() {
    let razor = dialect(Code::Razor);
    check_single(
        &razor,
        &[
            (C, Output, "@Model.Name"),
            (C, Output, "@Url.Action(\"a\", new { b = \")\" })"),
            (C, Output, "@(Model.A + 1)"),
            (C, Include, "@RenderBody()"),
            (C, Include, "@await Html.PartialAsync(\"_Footer\")"),
            (C, Include, "@Html.Raw(Model.Body)"),
            (C, Control, "@{ Layout = \"}\"; }"),
            (C, Comment, "@* a @Model.B *@"),
        ],
    );
    check(
        "@model A.B\n@if (a) {\n<b>\n} else {\n</b>\n}\n}",
        &razor,
        &[(C, Control, "@model A.B"), (C, Open, "@if (a) {"), (C, Middle, "} else {"), (C, Close, "}")],
    );
    check("me@model.example me@@model.example @@media (a) { }", &razor, &[]);
}

#[test]
fn velocity() {
    let velocity = dialect(Code::Velocity);
    check_single(
        &velocity,
        &[
            (Dollar, Output, "$name"),
            (Dollar, Output, "$user.getName(\")\").first"),
            (Dollar, Output, "$!{user.name}"),
            (Dollar, Output, "${user.name}"),
            (C, Open, "#if($a > 1)"),
            (C, Open, "#foreach ($a in $b)"),
            (C, Middle, "#else"),
            (C, Middle, "#{else}"),
            (C, Close, "#end"),
            (C, Control, "#set($a = 1)"),
            (C, Include, "#parse(\"footer.vm\")"),
            (C, Include, "#footer()"),
            (C, Comment, "#* a $b *#"),
        ],
    );
    check("$5, $ 5, #fff, <a href=\"#top\">, #1", &velocity, &[]);
}

#[test]
fn freemarker() {
    let freemarker = dialect(Code::FreeMarker);
    check_single(
        &freemarker,
        &[
            (C, Open, "<#if a == \">\">"),
            (C, Open, "<#if (a > 1)>"),
            (C, Open, "<#list a as b>"),
            (C, Middle, "<#else>"),
            (C, Close, "</#if>"),
            (C, Control, "<#assign a = 1>"),
            (C, Include, "<#include \"footer.ftl\">"),
            (C, Open, "<@layout.mail>"),
            (C, Close, "</@layout.mail>"),
            (C, Include, "<@footer/>"),
            (C, Comment, "<#-- a ${b} -->"),
            (Dollar, Output, "#{a}"),
            (Dollar, Output, "${a}"),
        ],
    );
}

#[test]
fn unclosed_code_costs_no_more_than_its_length() {
    for (code, opener) in [
        (Code::Blade, "@if("),
        (Code::Blade, "@x("),
        (Code::Blade, "@php "),
        (Code::Blade, "{!!"),
        (Code::Razor, "@("),
        (Code::Razor, "@{"),
        (Code::Razor, "@if (a) {\n"),
        (Code::Razor, "@a("),
        (Code::Razor, "@if (a)"),
        (Code::Velocity, "#if("),
        (Code::Velocity, "$a("),
        (Code::Velocity, " ##"),
        (Code::FreeMarker, "<#if "),
        (Code::FreeMarker, "<#if ("),
        (Code::FreeMarker, "<@a "),
    ] {
        let text = opener.repeat(200_000 / opener.len());
        let begin = std::time::Instant::now();
        super::scan(&text, true, &dialect(code));
        assert!(begin.elapsed().as_secs() < 30, "{opener}: {:?}", begin.elapsed());
    }
}
