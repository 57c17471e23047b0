//! Random soups of tokens: whatever they are, the document keeps its promises.

use super::faithful::{check, check_order};
use proptest::prelude::*;

pub(super) const TOKENS: &[&str] = &[
    "<b>",
    "</b>",
    "<i a=1>",
    "</i>",
    "<a href='x&amp;y'>",
    "</a>",
    "<nobr>",
    "<p>",
    "</p>",
    "<div id=\"é\">",
    "</div>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<caption>",
    "<col>",
    "<tbody>",
    "<br>",
    "</br>",
    "<img src=x alt>",
    "<input type=hidden>",
    "<form>",
    "</form>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "</h2>",
    "<select>",
    "<option>",
    "</select>",
    "<button>",
    "</button>",
    "<svg>",
    "</svg>",
    "<title>",
    "</title>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<textarea>",
    "</textarea>",
    "<template>",
    "</template>",
    "<html a=b>",
    "<head>",
    "</head>",
    "<body c=d>",
    "</body>",
    "</html>",
    "<!doctype html>",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<!",
    "<?",
    "</",
    "<",
    ">",
    "/>",
    "\"",
    "'",
    "=",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\0",
    "&",
    "&amp;",
    "&lt",
    "&#60;",
    "&noti",
    "text",
    "日",
    "</>",
    "<a b",
    " c=d",
    "<math>",
    "<mi>",
    "<o:p>",
    "</o:p>",
    "<center>",
    "<marquee>",
    "<frameset>",
    "<noscript>",
    "</noscript>",
    "<iframe>",
    "</iframe>",
    "<font size=1>",
    "<font size=2>",
    "</font>",
    "\u{feff}",
    "<image>",
    "<foreignObject>",
    "<plaintext>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soups_keep_their_places(tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..40)) {
        check(&tokens.concat());
    }

    #[test]
    fn soups_with_merge_tags_keep_their_order(
        tokens in prop::collection::vec(
            prop_oneof![prop::sample::select(TOKENS), prop::sample::select(&["{{ a > \"b\" }}", "{% é %}", "<i c={{ d", " style=\"{{"][..])],
            0..40,
        ),
    ) {
        let text = tokens.concat();
        let document = super::parse(&text);
        check_order(&text, &document);
        for element in document.elements() {
            for attribute in element.attributes() {
                prop_assert_eq!(super::at(&text, attribute.span_of(0..attribute.value.len())), super::at(&text, attribute.value_span));
            }
        }
    }
}
