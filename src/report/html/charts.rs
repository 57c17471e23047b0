//! Where the links lead, and images against text: bars with their numbers beside them.

use super::escape::{count, text};
use crate::facts::preview::Shares;
use std::fmt::Write;

/// Domains that have a bar of their own.
const MOST_BARS: usize = 8;

/// What a word takes on a page, in square pixels: six characters of 8 by 20.
const WORD_AREA: f64 = 960.0;

/// Writes both charts.
pub(super) fn write(out: &mut String, shares: &Shares) {
    out.push_str("<div class=\"charts\"><figure><figcaption>Links by domain</figcaption>");
    links(out, shares);
    out.push_str("</figure><figure><figcaption>Images and text</figcaption>");
    balance(out, shares);
    out.push_str("</figure></div>");
}

fn links(out: &mut String, shares: &Shares) {
    let rest: usize = shares.domains.iter().skip(MOST_BARS).map(|share| share.count).sum();
    let mut bars: Vec<(String, usize, bool)> =
        shares.domains.iter().take(MOST_BARS).map(|share| (text(&share.name), share.count, true)).collect();
    let others = shares.domains.len().saturating_sub(MOST_BARS);
    bars.push((count(others, "other domain"), rest, false));
    bars.push(("set by a merge tag".to_owned(), shares.unknown_links, false));
    bars.push(("opens a mail".to_owned(), shares.mail_links, false));
    bars.retain(|(_, count, _)| *count > 0);
    let most = bars.iter().map(|(_, count, _)| *count).max().unwrap_or(0);
    if most == 0 {
        out.push_str("<p class=\"quiet\">There are no links.</p>");
        return;
    }
    out.push_str("<ul class=\"bars\">");
    for (name, count, known) in bars {
        let width = (count * 100).div_ceil(most);
        let class = if known { "bar" } else { "bar pale" };
        let _ = write!(
            out,
            "<li><span class=\"name\">{name}</span><span class=\"track\"><span class=\"{class}\" style=\"width:{width}%\"></span></span>\
             <span class=\"number\">{count}</span></li>"
        );
    }
    out.push_str("</ul>");
}

fn balance(out: &mut String, shares: &Shares) {
    let text = shares.words as f64 * WORD_AREA;
    let whole = text + shares.image_area;
    if whole <= 0.0 {
        out.push_str("<p class=\"quiet\">There are neither images nor words.</p>");
        return;
    }
    let images = (shares.image_area / whole * 100.0).round();
    let _ = write!(
        out,
        "<div class=\"balance\" aria-hidden=\"true\"><span class=\"images\" style=\"width:{images}%\"></span>\
         <span class=\"words\" style=\"width:{}%\"></span></div><ul class=\"legend\"><li><span class=\"key images\"></span>{}, {images} % of the area</li>\
         <li><span class=\"key words\"></span>{}, {} %</li>",
        100.0 - images,
        count(shares.images, "image"),
        count(shares.words, "word"),
        100.0 - images,
    );
    if shares.without_alt > 0 {
        let _ = write!(out, "<li>{} without alternative text</li>", count(shares.without_alt, "image"));
    }
    if shares.tiny_images > 0 {
        let _ = write!(out, "<li>{} of one or two pixels, or hidden</li>", count(shares.tiny_images, "image"));
    }
    out.push_str(
        "</ul><p class=\"quiet\">Areas are estimates: images as they are declared, a word as 960 square pixels.</p>",
    );
}
