//! Images that are too heavy for a campaign, or too large for Outlook to show.

use crate::diagnostic::{Level, Standard};
use crate::facts::{Facts, Image, ImageFile, ImageOrigin, ImageRole};
use crate::lint::{Findings, Lint, bytes_in_words};
use crate::lints::sources;
use std::collections::{HashMap, HashSet};

pub static LINT: Lint = Lint {
    name: "oversized-image",
    summary: "image that is too heavy to send, or too large for Outlook to show",
    level: Level::Warn,
    standards: &[Standard::Microsoft],
    since: "0.1.0",
    page: include_str!("oversized_image.md"),
    check,
};

/// Bytes of a file beside a draft; a GIF may move.
const LOCAL: u64 = 500 * 1024;
const LOCAL_GIF: u64 = 1024 * 1024;
/// Own pixels across: more than twice the width of any mail.
const WIDEST: usize = 2_000;
/// CSS pixels: what is further down, classic Outlook for Windows cuts off.
const HIGHEST: f32 = 1_728.0;

fn check(facts: &Facts<'_>, findings: &mut Findings) {
    let mut reported: HashSet<usize> = HashSet::new();
    for file in facts.image_files() {
        if too_heavy_or_wide(facts, file, findings) {
            reported.extend(file.shown_by);
        }
    }
    if reported.is_empty() {
        together(facts, findings);
    }
    let own_pixels = |file: &ImageFile| Some((file.shown_by?, file.pixels?));
    // of an image that several files are for, the first counts
    let pixels: HashMap<usize, (usize, usize)> = facts.image_files().iter().rev().filter_map(own_pixels).collect();
    for (index, image) in facts.images().iter().enumerate() {
        if !reported.contains(&index) {
            too_high(image, pixels.get(&index).copied(), findings);
        }
    }
}

/// One finding an image, with all that is wrong with its file.
fn too_heavy_or_wide(facts: &Facts<'_>, file: &ImageFile, findings: &mut Findings) -> bool {
    let limit = match file.origin {
        ImageOrigin::Embedded | ImageOrigin::DataUrl => facts.settings.max_image,
        ImageOrigin::Local if file.is_gif => LOCAL_GIF,
        ImageOrigin::Local => LOCAL,
    };
    let is_heavy = file.size > limit;
    let wide = file.pixels.map(|(width, _)| width).filter(|&width| width > WIDEST);
    let what = named(file);
    let size = bytes_in_words(file.size);
    let message = match (is_heavy, wide) {
        (true, Some(width)) => format!("{what} has {size} and is {width} pixels wide"),
        (true, None) => format!("{what} has {size}"),
        (false, Some(width)) => format!("{what} is {width} pixels wide"),
        (false, None) => return false,
    };
    let finding = match (file.spot.or_else(|| shown_spot(facts, file)), file.part_span) {
        (Some(spot), _) => findings.report(spot, message),
        (None, Some(span)) => findings.report(span, message),
        (None, None) => return false,
    };
    finding
        .label(match wide {
            Some(_) if !is_heavy => format!("more than {WIDEST} pixels"),
            _ => format!("more than {}", bytes_in_words(limit)),
        })
        .because("avoid content with large images and attachments", sources::TRANSPARENT)
        .help(match file.origin {
            ImageOrigin::Local => "save it at twice the width at which it is shown, and compress it",
            ImageOrigin::Embedded | ImageOrigin::DataUrl => "put it on your image host and link to it, compressed",
        });
    true
}

fn named(file: &ImageFile) -> String {
    match (file.origin, file.name.as_str()) {
        (ImageOrigin::DataUrl, _) => "the image in this `data:` URL".to_owned(),
        (_, "") => "an embedded image".to_owned(),
        (ImageOrigin::Embedded, name) => format!("the embedded image `{name}`"),
        (ImageOrigin::Local, name) => format!("the image `{name}`"),
    }
}

/// The `src` that shows an embedded image.
fn shown_spot(facts: &Facts<'_>, file: &ImageFile) -> Option<crate::message::Spot> {
    file.shown_by.and_then(|index| facts.images().get(index)).map(|image| image.source_spot)
}

/// None is too heavy, all of them are.
fn together(facts: &Facts<'_>, findings: &mut Findings) {
    let mut inside = facts.image_files().iter().filter(|file| file.origin != ImageOrigin::Local);
    let total: u64 = inside.clone().map(|file| file.size).sum();
    let count = inside.clone().count();
    if total <= facts.settings.max_images {
        return;
    }
    let Some(first) = inside.next() else { return };
    let message = format!("the {count} images inside of the message have {} together", bytes_in_words(total));
    let finding = match (first.spot.or_else(|| shown_spot(facts, first)), first.part_span) {
        (Some(spot), _) => findings.report(spot, message),
        (None, Some(span)) => findings.report(span, message),
        (None, None) => return,
    };
    finding
        .label("the first of them")
        .because("avoid content with large images and attachments", sources::TRANSPARENT)
        .help("put them on your image host and link to them");
}

/// The height at which an image is shown: as declared, or as its width and its own proportions give.
fn too_high(image: &Image, own: Option<(usize, usize)>, findings: &mut Findings) {
    if image.hidden || image.role == ImageRole::Tiny {
        return;
    }
    let height = match (image.height, image.width, own) {
        (Some(height), ..) => height,
        (None, Some(width), Some((own_width, own_height))) if own_width > 0 => {
            width * own_height as f32 / own_width as f32
        }
        (None, None, Some((_, own_height))) if !image.is_fluid => own_height as f32,
        _ => return,
    };
    if height > HIGHEST {
        findings
            .report(image.spot, format!("this image is shown {height:.0} pixels high"))
            .label("classic Outlook for Windows shows the first 1,728 pixels")
            .because("avoid content with large images and attachments", sources::TRANSPARENT)
            .help("cut it into images of less height, with text between them");
    }
}
