//! The HTML of a newsletter: tables, inline styles, tracked links, pictures, prose, and a footer that owes nobody anything.

use super::{Faults, Random};
use std::fmt::Write;

/// Whether merge tags are in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Template,
    Rendered,
}

const NOUNS: &[&str] = &[
    "lamp", "chair", "table", "blanket", "kettle", "basket", "mirror", "shelf", "cushion", "candle", "stool", "rug",
    "vase", "bowl", "clock", "desk", "drawer", "linen", "jug", "bench", "curtain", "tray", "mug", "plate",
];
const QUALITIES: &[&str] = &[
    "oak",
    "wool",
    "linen",
    "brass",
    "quiet",
    "small",
    "round",
    "folded",
    "glazed",
    "woven",
    "painted",
    "sturdy",
    "light",
    "warm",
    "grey",
    "blue",
    "hand-made",
    "plain",
    "tall",
    "low",
];
const VERBS: &[&str] = &["stands", "rests", "fits", "belongs", "looks best", "finds its place", "waits", "stays"];
const PLACES: &[&str] = &[
    "beside the window",
    "under the stairs",
    "in the hall",
    "next to a reading chair",
    "on a narrow shelf",
    "between two doors",
    "at the foot of the bed",
    "near the stove",
    "in a room that gets little light",
];
const REASONS: &[&str] = &[
    "because its colour changes with the day",
    "so that nothing is in the way",
    "and it is easy to clean",
    "which is what most of you asked us for",
    "while the old one goes to the attic",
    "and the wood gets darker with age",
    "as long as it is kept dry",
    "and two people can carry it with ease",
];
const COLOURS: &[&str] = &["#1f2d3d", "#7a4b2a", "#0b6e4f", "#333333", "#5a5a5a", "#8c2f39"];

/// A page of about `length` bytes.
pub(super) fn page(random: &mut Random, length: usize, faults: Faults, stage: Stage) -> String {
    let mut page = String::with_capacity(length + 4_000);
    page.push_str(HEAD);
    greeting(&mut page, stage);
    let mut section = 0;
    while page.len() + FOOTER_LENGTH < length {
        match random.below(4) {
            0 => article(&mut page, random, section),
            1 => pair(&mut page, random, section),
            2 => list(&mut page, random),
            _ => button(&mut page, random, section, stage),
        }
        if faults == Faults::Twenty && section < MISTAKES.len() {
            let _ = writeln!(page, "<tr>\n<td style=\"padding:8px 24px\">\n{}\n</td>\n</tr>", MISTAKES[section]);
        }
        section += 1;
    }
    footer(&mut page, stage);
    page
}

/// A template of about `length` bytes with `links` links to as many private addresses (RFC 1918), evenly over it.
pub(super) fn with_links(random: &mut Random, length: usize, links: usize) -> String {
    let mut page = String::from(HEAD);
    greeting(&mut page, Stage::Template);
    let room = length.saturating_sub(page.len() + FOOTER_LENGTH) / links.max(1);
    for number in 0..links {
        let end = page.len() + room;
        let _ = write!(
            page,
            "<tr><td><a href=\"https://10.0.{}.{}/\">See the {}</a><p>",
            number / 250,
            number % 250 + 1,
            random.of(NOUNS)
        );
        while page.len() + 60 < end {
            sentence(&mut page, random);
            page.push(' ');
        }
        page.push_str("</p></td></tr>\n");
    }
    footer(&mut page, Stage::Template);
    page
}

/// The text part that belongs to it.
pub(super) fn text(random: &mut Random) -> String {
    let mut text = String::from("Lamps and chairs for the long evenings\n\n");
    for _ in 0..6 {
        paragraph(&mut text, random);
        text.push_str("\n\n");
    }
    text.push_str("Leave this list: https://www.shoppershandbag.com/leave\n");
    text
}

const HEAD: &str = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">
<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">
<head>
<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" />
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />
<title>Lamps and chairs for the long evenings</title>
<style type=\"text/css\">
body { margin: 0; padding: 0; background-color: #f4f1ec; }
table { border-collapse: collapse; }
img { border: 0; display: block; outline: none; }
a { color: #0b6e4f; text-decoration: underline; }
.wrap { width: 640px; max-width: 100%; }
.lead { font-size: 18px; line-height: 27px; }
.small { font-size: 12px; line-height: 18px; color: #5a5a5a; }
@media only screen and (max-width: 600px) {
  .wrap { width: 100% !important; }
  .half { display: block !important; width: 100% !important; }
}
</style>
<!--[if mso]>
<style type=\"text/css\">table { border-spacing: 0; } td { mso-line-height-rule: exactly; }</style>
<![endif]-->
</head>
<body style=\"margin:0; padding:0; background-color:#f4f1ec;\">
<table role=\"presentation\" class=\"wrap\" width=\"640\" align=\"center\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background-color:#ffffff;\">
";

fn greeting(page: &mut String, stage: Stage) {
    let name = if stage == Stage::Template { "{{ contact.first_name }}" } else { "Maria" };
    let _ = write!(
        page,
        "<tr>\n<td style=\"padding:24px; font-family:Georgia, 'Times New Roman', serif;\">\n\
         <h1 style=\"margin:0 0 12px 0; font-size:28px; line-height:34px; color:#1f2d3d;\">Lamps and chairs for the long evenings</h1>\n\
         <p class=\"lead\" style=\"margin:0;\">Good morning {name}, it gets dark early now &ndash; time for a good lamp &amp; a chair beside it.</p>\n\
         </td>\n</tr>\n"
    );
}

fn sentence(out: &mut String, random: &mut Random) {
    let _ = write!(out, "The {} {} {} {}", random.of(QUALITIES), random.of(NOUNS), random.of(VERBS), random.of(PLACES));
    if random.below(2) == 0 {
        let _ = write!(out, ", {}", random.of(REASONS));
    }
    out.push_str(if random.below(12) == 0 { " \u{2014} we\u{2019}ve tried it." } else { "." });
}

fn paragraph(out: &mut String, random: &mut Random) {
    for at in 0..2 + random.below(3) {
        if at > 0 {
            out.push('\n');
        }
        sentence(out, random);
    }
}

fn target(random: &mut Random, section: usize) -> String {
    format!(
        "https://www.shoppershandbag.com/{}/{}-{}?utm_source=newsletter&amp;utm_medium=email&amp;utm_campaign=evenings&amp;s={section}",
        random.of(NOUNS),
        random.of(QUALITIES),
        random.of(NOUNS),
    )
}

fn picture(page: &mut String, random: &mut Random, width: usize) {
    let (quality, noun) = (random.of(QUALITIES), random.of(NOUNS));
    let _ = write!(
        page,
        "<img src=\"https://img.shoppershandbag.com/{noun}/{}.jpg\" width=\"{width}\" height=\"{}\" alt=\"A {quality} {noun}\" style=\"display:block; width:{width}px; max-width:100%; height:auto;\" />",
        random.below(90_000) + 10_000,
        width * 3 / 4,
    );
}

fn article(page: &mut String, random: &mut Random, section: usize) {
    let colour = random.of(COLOURS);
    page.push_str("<tr>\n<td align=\"left\" valign=\"top\" style=\"padding:16px 24px; font-family:Arial, Helvetica, sans-serif; font-size:16px; line-height:24px;\">\n");
    let (quality, noun) = (random.of(QUALITIES), random.of(NOUNS));
    let _ = writeln!(page, "<h2 style=\"margin:0 0 8px 0; font-size:20px; color:{colour};\">A {quality} {noun}</h2>");
    let _ = writeln!(page, "<a href=\"{}\" target=\"_blank\">", target(random, section));
    picture(page, random, 592);
    page.push_str("\n</a>\n");
    for _ in 0..1 + random.below(3) {
        let _ = write!(page, "<p style=\"margin:0 0 12px 0; color:{colour};\">");
        paragraph(page, random);
        page.push_str("</p>\n");
    }
    page.push_str("</td>\n</tr>\n");
}

fn pair(page: &mut String, random: &mut Random, section: usize) {
    page.push_str("<tr>\n<td style=\"padding:16px 24px;\">\n<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n<tr>\n");
    for _ in 0..2 {
        page.push_str("<td class=\"half\" width=\"50%\" valign=\"top\" style=\"padding:0 8px; font-family:Arial, Helvetica, sans-serif; font-size:14px; line-height:21px;\">\n");
        picture(page, random, 280);
        page.push_str("\n<p style=\"margin:8px 0;\">");
        sentence(page, random);
        let _ = write!(
            page,
            "</p>\n<p style=\"margin:0;\"><strong>\u{20ac}&nbsp;{}.00</strong> &middot; <a href=\"{}\" style=\"color:#0b6e4f;\">See the {}</a></p>\n</td>\n",
            20 + random.below(300),
            target(random, section),
            random.of(NOUNS),
        );
    }
    page.push_str("</tr>\n</table>\n</td>\n</tr>\n");
}

fn list(page: &mut String, random: &mut Random) {
    page.push_str("<tr>\n<td style=\"padding:16px 24px; font-family:Arial, Helvetica, sans-serif; font-size:16px; line-height:24px;\">\n<ul style=\"margin:0; padding:0 0 0 20px;\">\n");
    for _ in 0..3 + random.below(4) {
        page.push_str("<li style=\"margin:0 0 6px 0;\">");
        sentence(page, random);
        page.push_str("</li>\n");
    }
    page.push_str("</ul>\n</td>\n</tr>\n");
}

fn button(page: &mut String, random: &mut Random, section: usize, stage: Stage) {
    let _ = write!(
        page,
        "<tr>\n<td align=\"center\" style=\"padding:16px 24px;\">\n<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n<tr>\n\
         <td bgcolor=\"#0b6e4f\" style=\"border-radius:4px; background-color:#0b6e4f;\">\n\
         <a href=\"{}\" style=\"display:inline-block; padding:12px 28px; font-family:Arial, Helvetica, sans-serif; font-size:16px; color:#ffffff; text-decoration:none;\">Look at every {}</a>\n\
         </td>\n</tr>\n</table>\n",
        target(random, section),
        random.of(NOUNS),
    );
    if stage == Stage::Template {
        page.push_str(
            "{% if contact.city %}<p style=\"margin:8px 0;\">There is a shop in {{ contact.city }}.</p>{% endif %}\n",
        );
    }
    page.push_str("</td>\n</tr>\n");
}

/// One fault each, for the sections that come first.
const MISTAKES: &[&str] = &[
    "<a href=\"http://www.shoppershandbag.com/sale\">Winter sale</a>",
    "<a href=\"https://ow.ly/x1aB2\">Our best chairs</a>",
    "<a href=\"https://bit.ly/3xYzAbC\">All our lamps</a>",
    "<a href=\"https://203.0.113.7/chairs\">All our chairs</a>",
    "<a href=\"\">Opening hours</a>",
    "<a href=\"https://www.shoppershandbag.com:8081/shop\">Shops near you</a>",
    "<a href=\"/pages/about\">About the workshop</a>",
    "<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit.</p>",
    "<a href=\"https://www.outlook.com/x\">www.shoppershandbag.com/x</a>",
    "<a href=\"https://is.gd/qWe34r\">Our best lamps</a>",
    "<a href=\"https://198.51.100.23/rugs\">Rugs by the metre</a>",
    "<p>Dear {{ customer.name }}, thank you.</p>",
    "<a href=\"https://tinyurl.com/yb2k9x\">Our catalogue</a>",
    "<a href=\"http://localhost/test\">Test of the new page</a>",
    "<a href=\"https://192.168.1.4/new\">A look at the next season</a>",
    "<a href=\"http://www.shoppershandbag.com/vases\">Vases and bowls</a>",
    "<a href=\"#\">Back to the lamps</a>",
    "<script>var campaign = 'evenings';</script>",
];

const FOOTER_LENGTH: usize = 1_400;

fn footer(page: &mut String, stage: Stage) {
    let leave = if stage == Stage::Template {
        "{{ unsubscribe_link }}"
    } else {
        "https://www.shoppershandbag.com/leave?u=7kq2"
    };
    let _ = write!(
        page,
        "<tr>\n<td class=\"small\" style=\"padding:24px; font-family:Arial, Helvetica, sans-serif; font-size:12px; line-height:18px; color:#5a5a5a;\">\n\
         <p>This email was sent to reader@contoso.com by post@shoppershandbag.com because you subscribed to our newsletter.</p>\n\
         <p><a href=\"{leave}\">Unsubscribe</a> | <a href=\"https://www.shoppershandbag.com/preferences?u=7kq2\">Email preferences</a> | \
         <a href=\"https://www.shoppershandbag.com/privacy\">Privacy policy</a></p>\n\
         <p>Shoppers Handbag Ltd, 12 Quay Street, Bristol BS1 4DJ, United Kingdom</p>\n</td>\n</tr>\n</table>\n</body>\n</html>\n"
    );
}
