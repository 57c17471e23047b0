//! List-Unsubscribe and List-Unsubscribe-Post.

use super::common::marks;
use super::{found, with_header};

#[test]
fn list_unsubscribe_is_there() {
    let missing = |options: &str, fields: &str| {
        marks("missing-list-unsubscribe", "mail.eml", options, &with_header(fields)).len()
    };
    assert_eq!(missing("purpose=bulk", "X: y"), 1);
    assert_eq!(missing("purpose=bulk", "List-Unsubscribe: <https://brand.com/u/1>"), 0);
    assert_eq!(missing("purpose=transactional", "X: y"), 0);
    assert_eq!(missing("purpose=confirmation", "X: y"), 0);
    // nothing tells what it is for: softened to allow
    assert_eq!(missing("purpose=unknown", "X: y"), 0);
    // the other field alone is `incomplete-one-click`
    assert_eq!(missing("purpose=bulk", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"), 0);
    // a draft has no header
    assert!(found("missing-list-unsubscribe", "purpose=bulk", "<p>x</p>").is_empty());
}

#[test]
fn list_unsubscribe_by_the_rules() {
    let faults = |fields: &str| marks("malformed-list-unsubscribe", "mail.eml", "purpose=bulk", &with_header(fields));
    for (value, marked) in [
        ("https://brand.com/u/1", "https://brand.com/u/1"),
        ("<https://brand.com/ u/1>", " "),
        ("<https://brand.com/u/1> <mailto:leave@brand.com>", " "),
        ("<https://brand.com/u/1>,, <mailto:leave@brand.com>", ","),
        ("leave@brand.com", "leave@brand.com"),
        ("<leave@brand.com>", "leave@brand.com"),
        ("<https://brand.com/u/1", "<https://brand.com/u/1"),
        ("=?utf-8?Q?=3Chttps=3A//brand.com/u/1=3E?=", "<https://brand.com/u/1>"),
    ] {
        assert_eq!(faults(&format!("List-Unsubscribe: {value}")), [marked], "{value}");
    }
    for value in [
        "<https://brand.com/u/1>",
        "<mailto:leave@brand.com?subject=unsubscribe>,\n <https://brand.com/u/1>",
        "(one click) <https://brand.com/u/1>",
        "<{{ unsubscribe_url }}>",
        "{{ list_unsubscribe }}",
    ] {
        assert!(faults(&format!("List-Unsubscribe: {value}")).is_empty(), "{value}");
    }
    let twice = "List-Unsubscribe: <https://brand.com/u/1>\nList-Unsubscribe: <mailto:leave@brand.com>";
    assert!(faults(twice).is_empty(), "that is `duplicate-header`'s");
    assert_eq!(faults("List-Unsubscribe:").len(), 1);
}

#[test]
fn a_uri_folded_on_the_way() {
    let fault =
        |fields: &str| marks("malformed-list-unsubscribe", "mail.eml", "purpose=bulk", &with_header(fields)).len();
    assert_eq!(fault("List-Unsubscribe: <https://brand.com/u/\n 1>"), 1);
    assert_eq!(
        fault(
            "Received: from a.example by b.example; Mon, 2 Mar 2026 10:00:00 +0100\nList-Unsubscribe: <https://brand.com/u/\n 1>"
        ),
        0
    );
}

#[test]
fn one_click_is_two_fields() {
    let incomplete =
        |options: &str, fields: &str| marks("incomplete-one-click", "mail.eml", options, &with_header(fields));
    let post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";
    assert_eq!(
        incomplete("purpose=bulk", "List-Unsubscribe: <mailto:a@brand.com>, <https://brand.com/u/1>"),
        ["https://brand.com/u/1"]
    );
    assert_eq!(incomplete("purpose=bulk", post), ["List-Unsubscribe-Post"]);
    for (options, fields) in [
        ("purpose=bulk", &*format!("List-Unsubscribe: <https://brand.com/u/1>\n{post}")),
        // without an address of a page there is nothing to click
        ("purpose=bulk", "List-Unsubscribe: <mailto:a@brand.com>"),
        ("purpose=bulk", "List-Unsubscribe: <{{ url }}>"),
        ("purpose=transactional", "List-Unsubscribe: <https://brand.com/u/1>"),
        ("purpose=unknown", "List-Unsubscribe: <https://brand.com/u/1>"),
        ("purpose=bulk", "X: y"),
    ] {
        assert!(incomplete(options, fields).is_empty(), "{fields}");
    }
}

#[test]
fn one_click_has_one_value() {
    let malformed = |fields: &str| marks("malformed-one-click", "mail.eml", "purpose=bulk", &with_header(fields));
    let list = "List-Unsubscribe: <https://brand.com/u/1>";
    assert_eq!(malformed(&format!("{list}\nList-Unsubscribe-Post: One-Click")), ["One-Click"]);
    assert_eq!(malformed(&format!("{list}\nList-Unsubscribe-Post:")).len(), 1);
    assert_eq!(
        malformed(&format!("{list}\nList-Unsubscribe-Post: list-unsubscribe=one-click")),
        ["list-unsubscribe=one-click"]
    );
    let post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click";
    assert_eq!(malformed(&format!("List-Unsubscribe: <http://brand.com/u/1>\n{post}")), ["http://brand.com/u/1"]);
    assert_eq!(malformed(&format!("List-Unsubscribe: <mailto:a@brand.com>\n{post}")), ["mailto:a@brand.com"]);
    for fields in [
        format!("{list}\n{post}"),
        format!("List-Unsubscribe: <{{{{ url }}}}>\n{post}"),
        format!("{list}\nList-Unsubscribe-Post: {{{{ post }}}}"),
        // alone: `incomplete-one-click`
        post.to_owned(),
    ] {
        assert!(malformed(&fields).is_empty(), "{fields}");
    }
}

#[test]
fn one_click_is_signed() {
    let unsigned = |signed: &[&str]| {
        let signatures: String =
            signed.iter().map(|h| format!("DKIM-Signature: v=1; d=brand.com; h={h};\n b=x\n")).collect();
        let fields = format!(
            "{signatures}List-Unsubscribe: <https://brand.com/u/1>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click"
        );
        marks("unsigned-one-click", "mail.eml", "", &with_header(&fields))
    };
    assert_eq!(unsigned(&["from:to:list-unsubscribe"]), ["from:to:list-unsubscribe"]);
    assert_eq!(unsigned(&["from:to"]), ["from:to"]);
    assert_eq!(unsigned(&["from:to", "From:List-Unsubscribe : List-Unsubscribe-Post"]), Vec::<String>::new());
    assert_eq!(unsigned(&["from:list-unsubscribe", "from:list-unsubscribe-post"]).len(), 1);
    // not signed at all
    assert_eq!(unsigned(&[]), Vec::<String>::new());
}
