//! Messages that are written to cost: each of one shape, of any size.

/// The name of a shape, the name of its file, and what writes it with about as many bytes as asked for.
pub type Shape = (&'static str, &'static str, fn(usize) -> Vec<u8>);

/// The shapes.
pub const SHAPES: &[Shape] = &[
    ("one line", "a.eml", one_line),
    ("one comment", "a.eml", one_comment),
    ("one attribute", "a.eml", one_attribute),
    ("nested tags", "a.eml", nested_tags),
    ("links", "a.eml", links),
    ("unclosed merge tags", "a.eml", unclosed_merge_tags),
    ("parts", "a.eml", parts),
    ("nested multiparts", "a.eml", nested_multiparts),
    ("one header", "a.eml", one_header),
    ("nothing but equals signs", "a.eml", equals_signs),
    ("base64 without end", "a.eml", base64),
    ("alternating charsets", "a.eml", charsets),
    ("merge tags", "a.eml", merge_tags),
    ("anchors without a target among merge tags", "a.eml", hollow_anchors),
    ("ways out that nobody filled in", "a.eml", dead_ways_out),
    ("unclosed formatting", "a.html", unclosed_formatting),
    ("paragraphs", "a.html", paragraphs),
    ("conditional comments", "a.html", conditional_comments),
    ("style rules", "a.html", style_rules),
    ("blocks of a template", "a.hbs", template_blocks),
    ("elements of MJML", "a.mjml", mjml),
    ("almost a boundary", "a.eml", almost_boundaries),
    ("header fields", "a.eml", header_fields),
    ("encoded words", "a.eml", encoded_words),
    ("bare line ends", "a.eml", bare_line_ends),
    ("comments", "a.html", comments),
    ("styles in comments", "a.html", styles_in_comments),
    ("declarations for many elements", "a.html", declarations),
    ("copies of a tag with many attributes", "a.html", copies),
    ("allows", "a.html", allows),
    ("names in one allow", "a.html", names_in_one_allow),
    ("ways out to one place", "a.eml", ways_out_to_one_place),
    ("links around links", "a.html", links_around_links),
    ("boxes in one label", "a.html", boxes_in_one_label),
    ("tags in a host", "a.hbs", tags_in_a_host),
    ("brackets that do not close", "a.html", brackets),
    ("pixels and their tags", "a.html", pixels),
    ("texts beside one HTML", "a.eml", texts_beside_one_html),
    ("addresses, and a long To", "a.eml", addresses),
    ("links of a navigation bar", "a.mjml", navigation_bar),
    ("includes and merge tags", "a.mjml", includes),
    ("edits between escape sequences", "a.eml", escape_sequences),
    ("images in a link with a long address", "a.html", images_in_a_link),
    ("forms below a long title", "a.html", forms_below_a_title),
    ("mail addresses to unsubscribe at", "a.html", ways_out_by_mail),
    ("images that are written out", "a.html", data_images),
    ("elements of nobody inside many", "a.html", unknown_elements),
];

const HEAD: &str = "Message-ID: <1@shop.example>\nDate: Tue, 1 Jul 2025 10:00:00 +0000\nFrom: Shop <news@shop.example>\n\
    To: a@b.example\nSubject: Ten lamps\nMIME-Version: 1.0\n";

fn mail(fields: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    [HEAD.as_bytes(), fields.as_bytes(), b"\n", body.as_ref()].concat()
}

fn html(body: String) -> Vec<u8> {
    mail("Content-Type: text/html; charset=utf-8\n", body)
}

/// `piece` over and over, with its number for each `#`, until there are `size` bytes.
fn many(piece: &str, size: usize) -> String {
    let mut text = String::with_capacity(size + piece.len() + 20);
    let mut nth = 0_usize;
    while text.len() < size {
        text.push_str(&piece.replace('#', &nth.to_string()));
        nth += 1;
    }
    text
}

fn one_line(size: usize) -> Vec<u8> {
    html(format!("<p>{}</p>", "lamps and bags, for you. ".repeat(size / 25)))
}

fn one_comment(size: usize) -> Vec<u8> {
    html(format!("<p>x<!-- {}", "a - b -- > <p> ".repeat(size / 15)))
}

fn one_attribute(size: usize) -> Vec<u8> {
    html(format!("<p>x<a href=\"https://a.example/?{}\">y</a>", "a=b&amp;c=%7B&".repeat(size / 14)))
}

fn nested_tags(size: usize) -> Vec<u8> {
    html(format!("{}x{}", "<div>".repeat(size / 11), "</div>".repeat(size / 11)))
}

fn links(size: usize) -> Vec<u8> {
    html(many("<a href=\"https://h#.example/u?#\">unsubscribe #</a> ", size))
}

fn unclosed_merge_tags(size: usize) -> Vec<u8> {
    html(format!("<p>{}</p>", "{{a {% b *|C <%= d ${e [[f %%g ##h ".repeat(size / 35)))
}

fn parts(size: usize) -> Vec<u8> {
    let part = format!("--b\nContent-Type: text/html\n\n<p>{}</p>\n", "lamps ".repeat(size / 60_000));
    mail("Content-Type: multipart/mixed; boundary=b\n", part.repeat(size / part.len()))
}

fn nested_multiparts(size: usize) -> Vec<u8> {
    let mut text = HEAD.to_owned();
    for depth in 0..1_000.min(size / 100) {
        text.push_str(&format!("Content-Type: multipart/mixed; boundary=b{depth}x\n\n--b{depth}x\n"));
    }
    let rest = size.saturating_sub(text.len());
    format!("{text}Content-Type: text/html\n\n<p>{}", many("--b#x\n\nx\n", rest)).into_bytes()
}

fn one_header(size: usize) -> Vec<u8> {
    mail(&format!("X-Data: {}\n", "lamps and bags ".repeat(size / 15)), "x")
}

fn equals_signs(size: usize) -> Vec<u8> {
    mail("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n", vec![b'='; size])
}

fn base64(size: usize) -> Vec<u8> {
    mail("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n", "PHA+eDwv".repeat(size / 8))
}

fn charsets(size: usize) -> Vec<u8> {
    const CHARSETS: &[&str] = &["utf-8", "iso-2022-jp", "gb18030", "utf-16le", "utf-7", "koi8-r", "x-no-such"];
    let (mut body, mut nth) = (Vec::new(), 0);
    let step = (size / 700).max(200);
    while body.len() < size {
        let charset = CHARSETS[nth % CHARSETS.len()];
        body.extend(format!("--b\nContent-Type: text/html; charset={charset}\n\n").into_bytes());
        body.extend(b"\x1b$B$b\x1b(J\xd0\x81a\xc3\x28<p>".iter().cycle().take(step));
        body.push(b'\n');
        nth += 1;
    }
    mail("Content-Type: multipart/mixed; boundary=b\n", body)
}

fn merge_tags(size: usize) -> Vec<u8> {
    html(many("<i>{{ name# }}</i> *|FNAME|* ", size))
}

fn hollow_anchors(size: usize) -> Vec<u8> {
    html(many("<a>unsubscribe</a>{{ name }}", size))
}

fn dead_ways_out(size: usize) -> Vec<u8> {
    html(many("<a href=\"{{unsubscribe_#}}\">unsubscribe</a> {{ name# }}", size))
}

fn unclosed_formatting(size: usize) -> Vec<u8> {
    "<p><b><font color=red>x".repeat(size / 23).into_bytes()
}

fn paragraphs(size: usize) -> Vec<u8> {
    "<p>".repeat(size / 3).into_bytes()
}

fn conditional_comments(size: usize) -> Vec<u8> {
    many("<!-- presend-allow x#: y --><!--[if mso]><p>x<![endif]-->", size).into_bytes()
}

fn style_rules(size: usize) -> Vec<u8> {
    let half = size / 2;
    format!("<style>{}</style>{}", many(".a# p{color:red} ", half), many("<p class=a#>x", half)).into_bytes()
}

fn template_blocks(size: usize) -> Vec<u8> {
    many("{{#if a#}}<p>{{b#}}</p>{{#each c}}", size).into_bytes()
}

fn mjml(size: usize) -> Vec<u8> {
    let inside = many("<mj-section><mj-text>a <b>{{c}}<mj-image src=\"a#.png\" /></mj-text>", size);
    format!("<mjml><mj-body>{inside}").into_bytes()
}

fn almost_boundaries(size: usize) -> Vec<u8> {
    mail("Content-Type: multipart/mixed; boundary=bb\n", "--b\n--bbb\n--b-\n x--bb\n".repeat(size / 23))
}

fn header_fields(size: usize) -> Vec<u8> {
    mail(&"To: \"a, b\" <a@b.example>,\n c@d.example\n".repeat(size / 42), "x")
}

fn encoded_words(size: usize) -> Vec<u8> {
    mail(&format!("Subject: {}\n", "=?utf-8?Q?a=C3?=\n =?x?B?/w=\n ".repeat(size / 31)), "x")
}

fn bare_line_ends(size: usize) -> Vec<u8> {
    html("a\r\nb\nc\r".repeat(size / 8))
}

fn comments(size: usize) -> Vec<u8> {
    "<!---->".repeat(size / 7).into_bytes()
}

fn styles_in_comments(size: usize) -> Vec<u8> {
    "<!--<style>-->".repeat(size / 14).into_bytes()
}

fn declarations(size: usize) -> Vec<u8> {
    let half = size / 2;
    format!("<style>p{{{}}}</style>{}", "color:red;".repeat(half / 10), "<p>x".repeat(half / 4)).into_bytes()
}

fn copies(size: usize) -> Vec<u8> {
    let attributes: String = (0..200).map(|nth| format!(" a{nth}")).collect();
    format!("<p><b{attributes}>{}", "</p><p>x".repeat(size / 8)).into_bytes()
}

fn allows(size: usize) -> Vec<u8> {
    many("<!-- presend-allow empty-link: x --><a href=\"\">x</a>", size).into_bytes()
}

fn names_in_one_allow(size: usize) -> Vec<u8> {
    let half = size / 2;
    format!("<!-- presend-allow {}: {} --><p>x", "empty-link,".repeat(half / 11), "why ".repeat(half / 4)).into_bytes()
}

fn ways_out_to_one_place(size: usize) -> Vec<u8> {
    html(many("<a href=\"#p#\">unsubscribe</a><p id=q#>. ", size))
}

fn links_around_links(size: usize) -> Vec<u8> {
    format!("<svg>{}<text>{}", "<a href=/x>".repeat(700.min(size / 20)), "lamps and ".repeat(size / 20)).into_bytes()
}

fn boxes_in_one_label(size: usize) -> Vec<u8> {
    many("<label for=a>newsletter <input type=checkbox id=a checked> #", size).into_bytes()
}

fn tags_in_a_host(size: usize) -> Vec<u8> {
    format!("<a href=\"https://{}\">x</a>", "{{a}}".repeat(size / 5)).into_bytes()
}

fn brackets(size: usize) -> Vec<u8> {
    "[x {y #z $w ~v ".repeat(size / 15).into_bytes()
}

fn pixels(size: usize) -> Vec<u8> {
    many("<img src=\"https://t.example/open/#?u=#abcd\" width=1 height=1><img src=b.png>[[trackingImage]] ", size)
        .into_bytes()
}

fn texts_beside_one_html(size: usize) -> Vec<u8> {
    let half = size / 2;
    let texts = "--b\nContent-Type: text/plain\n\nSee the HTML\n".repeat(half / 43);
    let body = format!("--b\nContent-Type: text/html\n\n<p>{}\n{texts}", "lamps and bags ".repeat(half / 15));
    mail("Content-Type: multipart/alternative; boundary=b\n", body)
}

fn addresses(size: usize) -> Vec<u8> {
    let to = many("<c#@shop.example>, ", (size / 2).min(50_000));
    mail(&format!("Cc: a@b.example\nTo: {to}d@e.example\n"), many("to unsubscribe, write to a#@b.example. ", size / 2))
}

fn navigation_bar(size: usize) -> Vec<u8> {
    let half = size / 2;
    let links = many("<mj-navbar-link href=\"/#\">x</mj-navbar-link>", half);
    format!("<mjml><mj-body><mj-navbar base-url=\"https://a.example/{}\">{links}", "a".repeat(half)).into_bytes()
}

fn includes(size: usize) -> Vec<u8> {
    let inside = many("<mj-include path=\"a#.mjml\" />{{b#}}", size);
    format!("<mjml><mj-body>{inside}").into_bytes()
}

/// ISO-2022-JP, with something to mend in each line.
fn escape_sequences(size: usize) -> Vec<u8> {
    let line = "<p>\x1b$B%O%m!<\x1b(B <a href=\"www.shop.example/\">x</a></p>\n";
    mail("Content-Type: text/html; charset=iso-2022-jp\n", line.repeat(size / line.len()))
}

fn images_in_a_link(size: usize) -> Vec<u8> {
    let half = size / 2;
    format!("<a href=\"https://a.example/{}\">{}", "&amp;".repeat(half / 5), many("<img src=b#.png>", half))
        .into_bytes()
}

fn forms_below_a_title(size: usize) -> Vec<u8> {
    let half = size / 2;
    let forms = "<form><input type=checkbox checked></form>".repeat(half / 42);
    format!("<title>{}</title>{forms}", "lamps ".repeat(half / 6)).into_bytes()
}

fn ways_out_by_mail(size: usize) -> Vec<u8> {
    many("<a href=\"mailto:a#@b.example?subject=unsubscribe\">x</a> ", size).into_bytes()
}

fn data_images(size: usize) -> Vec<u8> {
    many("<img src=\"data:image/png;base64,iVBORw0KGgo#\">", size).into_bytes()
}

fn unknown_elements(size: usize) -> Vec<u8> {
    format!("{}{}", "<div>".repeat(700.min(size / 20)), "<a-b>x</a-b>".repeat(size / 12)).into_bytes()
}
