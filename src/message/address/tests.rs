//! How address fields are read.

use super::*;
use proptest::prelude::*;

/// `name|local|domain` of each mailbox.
fn short(text: &str, words: &[ViewSpan], tags: &[ViewSpan]) -> Vec<String> {
    let mailbox = |mailbox: &Mailbox| {
        let name = mailbox.display_name.as_ref().map_or("", |(name, _)| name);
        format!("{name}|{}|{}", &text[mailbox.local.range()], &text[mailbox.domain.range()])
    };
    read(text, words, tags).mailboxes.iter().map(mailbox).collect()
}

fn span_of(text: &str, needle: &str) -> ViewSpan {
    let at = text.find(needle).unwrap_or_default();
    ViewSpan::new(at, at + needle.len())
}

fn oddities(text: &str) -> Vec<(Oddity, String)> {
    read(text, &[], &[]).oddities.into_iter().map(|(oddity, span)| (oddity, text[span.range()].to_owned())).collect()
}

#[test]
fn mailboxes_are_read() {
    for (text, expected) in [
        ("a@b.example", &["|a|b.example"][..]),
        ("<a@b.example>", &["|a|b.example"]),
        ("Shop <a@b.example>", &["Shop|a|b.example"]),
        ("\"Shop, Inc. \\\"x\\\"\" <a@b.example>", &["Shop, Inc. \"x\"|a|b.example"]),
        ("Big  Shop <a@b.example>, c@d.example", &["Big Shop|a|b.example", "|c|d.example"]),
        ("a@b.example (Shop (old))", &["Shop (old)|a|b.example"]),
        ("Team: A <a@b.example>, c@d.example; , e@f.example", &["A|a|b.example", "|c|d.example", "|e|f.example"]),
        ("undisclosed-recipients:;", &[]),
        ("\"john doe\"@b.example", &["|\"john doe\"|b.example"]),
        ("\"a@x\" <a@b.example>", &["a@x|a|b.example"]),
        ("info@täglich.example", &["|info|täglich.example"]),
        ("", &[]),
    ] {
        assert_eq!(short(text, &[], &[]), expected, "{text}");
        assert!(read(text, &[], &[]).oddities.is_empty(), "{text}");
    }
}

#[test]
fn oddities_are_told_with_their_place() {
    use Oddity::*;
    for (text, mailboxes, expected) in [
        ("Shop <>", &["Shop||"][..], &[(EmptyAddress, "<>")][..]),
        ("Shop", &[], &[(MissingAddress, "Shop")]),
        ("Shop <shop>", &["Shop|shop|"], &[(MissingDomain, "shop")]),
        ("Shop a@b.example", &["Shop|a|b.example"], &[(MissingBrackets, "a@b.example")]),
        ("Shop <x> <a@b.example>", &["Shop|a|b.example"], &[(SeveralBrackets, "<x> <a@b.example>")]),
        ("Shop <a@b.example> now", &["Shop|a|b.example"], &[(TextAfterAddress, "now")]),
        ("Shop <a@b.example", &["Shop|a|b.example"], &[(OpenBracket, "<a@b.example")]),
        ("\"Shop <a@b.example>", &[], &[(OpenQuote, "\"Shop <a@b.example>"), (MissingAddress, "\"Shop <a@b.example>")]),
        ("Doe, John <a@b.example>", &["Doe, John|a|b.example"], &[(UnquotedSpecial, ",")]),
        ("Re: Shop <a@b.example>", &["Re: Shop|a|b.example"], &[(UnquotedSpecial, ":")]),
        ("x@y <a@b.example>", &["x@y|a|b.example"], &[(UnquotedSpecial, "@")]),
        ("Shop<a@b.example>", &["Shop|a|b.example"], &[(MissingBlank, "")]),
    ] {
        assert_eq!(short(text, &[], &[]), mailboxes, "{text}");
        let found = oddities(text);
        let found: Vec<_> = found.iter().map(|(oddity, text)| (*oddity, text.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn an_encoded_word_is_text_whatever_it_looks_like() {
    let text = "Doe, John <x> <a@b.example>";
    let word = span_of(text, "Doe, John <x>");
    assert_eq!(short(text, &[word], &[]), ["Doe, John <x>|a|b.example"]);
    assert!(read(text, &[word], &[]).oddities.is_empty());
    let quoted = "\"Doe\" <a@b.example>";
    let list = read(quoted, &[span_of(quoted, "Doe")], &[]);
    assert_eq!(list.oddities, [(Oddity::EncodedWordInQuotes, ViewSpan::new(0, 5))]);
}

#[test]
fn merge_tags_are_atoms_and_make_the_address_unknown() {
    for (text, tags, expected, tagged) in [
        ("{{from}}", &["{{from}}"][..], "|{{from}}|", true),
        ("{{ from, name }} <{{ from }}>", &["{{ from, name }}", "{{ from }}"], "{{ from, name }}|{{ from }}|", true),
        ("*|NAME|* <a@b.example>", &["*|NAME|*"], "*|NAME|*|a|b.example", false),
        ("<%= x %> <news@<%= host %>>", &["<%= x %>", "<%= host %>"], "<%= x %>|news|<%= host %>", true),
    ] {
        let spans: Vec<ViewSpan> = tags.iter().map(|tag| span_of(text, tag)).collect();
        assert_eq!(short(text, &[], &spans), [expected], "{text}");
        let list = read(text, &[], &spans);
        assert_eq!((list.mailboxes[0].tagged, list.oddities.len()), (tagged, 0), "{text}");
    }
}

proptest! {
    #[test]
    fn spans_lie_in_the_text_whatever_it_is(text in "[a<>@,;:\"\\\\() é.]{0,40}", at in 0usize..40, len in 0usize..9) {
        let start = text.floor_char_boundary(at.min(text.len()));
        let word = ViewSpan::new(start, text.ceil_char_boundary((start + len).min(text.len())));
        let list = read(&text, &[word], &[]);
        for mailbox in &list.mailboxes {
            prop_assert!(text.get(mailbox.address.range()).is_some());
            prop_assert!(mailbox.address.contains(mailbox.local) && mailbox.address.contains(mailbox.domain));
        }
        prop_assert!(list.oddities.iter().all(|(_, span)| text.get(span.range()).is_some()));
    }
}
