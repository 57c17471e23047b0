//! The images whose bytes are at hand: embedded parts, `data:` URLs, files beside the source. Remote images are never fetched.

use super::{Facts, Image, ImageRole};
use crate::message::{Spot, TransferEncoding};
use crate::source::{FileSpan, ViewSpan};
use std::collections::HashMap;

/// Where the bytes of an image come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageOrigin {
    /// A part of the message.
    Embedded,
    /// A `data:` URL.
    DataUrl,
    /// A file beside the source.
    Local,
}

/// An image whose bytes are at hand.
#[derive(Debug)]
pub struct ImageFile {
    /// Where they come from.
    pub origin: ImageOrigin,
    /// What to call it: its file name or Content-ID; empty where it has neither.
    pub name: String,
    /// Decoded size in bytes.
    pub size: u64,
    /// Width and height in its own pixels, where its format is known.
    pub pixels: Option<(usize, usize)>,
    /// It is a GIF: it may move.
    pub is_gif: bool,
    /// Index in `facts.images()` of the first image that shows it.
    pub shown_by: Option<usize>,
    /// The `src` that brings it; `None` for a part that no image shows.
    pub spot: Option<Spot>,
    /// The part's Content-Disposition or Content-Type.
    pub part_span: Option<FileSpan>,
}

pub(super) fn all(facts: &Facts<'_>) -> Vec<ImageFile> {
    let mut files = embedded(facts);
    let mut seen: HashMap<&str, ()> = HashMap::new();
    let images = facts.images().iter().enumerate();
    let local_files = facts.settings.local_files && !facts.message.is_mail();
    for (index, image) in images.filter(|(_, image)| local_files || image.is_data()) {
        if seen.insert(&image.source, ()).is_some() {
            continue;
        }
        let file = data_url(image).or_else(|| local(facts, image));
        files.extend(file.map(|file| ImageFile {
            shown_by: Some(index),
            spot: Some(beginning(facts, image.source_spot)),
            ..file
        }));
    }
    files
}

/// Image parts that are shown, or that no body shows: not those that are attached to be kept.
fn embedded(facts: &Facts<'_>) -> Vec<ImageFile> {
    let attached: Vec<usize> = facts.attachments().iter().map(|attachment| attachment.part).collect();
    let mut shown: HashMap<&str, usize> = HashMap::new();
    for (index, image) in facts.images().iter().enumerate() {
        if let Some(id) = image.content_id() {
            shown.entry(id).or_insert(index);
        }
    }
    let parts = facts.message.parts.iter().enumerate();
    parts
        .filter(|(index, part)| part.content_type.starts_with("image/") && !attached.contains(index))
        .map(|(index, part)| {
            let bytes = facts.message.part_bytes(index);
            let shown_by = part.content_id.as_deref().and_then(|id| shown.get(id).copied());
            ImageFile {
                name: part.file_name.clone().or_else(|| part.content_id.clone()).unwrap_or_default(),
                shown_by,
                spot: None,
                part_span: Some(super::attachments::pointer(part)),
                ..of_bytes(ImageOrigin::Embedded, &bytes)
            }
        })
        .collect()
}

/// An image that its URL holds (RFC 2397).
fn data_url(image: &Image) -> Option<ImageFile> {
    let (scheme, rest) = image.source.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("data") {
        return None;
    }
    let (kind, data) = rest.split_once(',')?;
    let is_base64 = kind.to_ascii_lowercase().trim_end().ends_with("base64");
    let encoding = if is_base64 { TransferEncoding::Base64 } else { TransferEncoding::Identity };
    Some(of_bytes(ImageOrigin::DataUrl, &encoding.decode(data.as_bytes())))
}

/// A URL up to its data: nobody wants to be shown 200 KiB of base64.
pub(super) fn beginning(facts: &Facts<'_>, spot: Spot) -> Spot {
    let value = &facts.message.view(spot.view).text()[spot.span.range()];
    match value.find(',').filter(|_| value.trim_start().get(..5).is_some_and(|s| s.eq_ignore_ascii_case("data:"))) {
        Some(comma) => Spot { span: ViewSpan::new(spot.span.start, spot.span.start + comma), ..spot },
        None => spot,
    }
}

fn local(facts: &Facts<'_>, image: &Image) -> Option<ImageFile> {
    if !facts.settings.local_files || image.role == ImageRole::Tiny || facts.message.is_mail() {
        return None;
    }
    if !crate::message::tags::scan(&image.source, false, &Default::default()).is_empty() {
        return None;
    }
    let file = super::local_files::look(facts.message.source.path.as_deref()?, &image.source)?;
    Some(ImageFile { name: file.name, size: file.size, ..described(ImageOrigin::Local, &file.head) })
}

fn of_bytes(origin: ImageOrigin, bytes: &[u8]) -> ImageFile {
    ImageFile { size: bytes.len() as u64, ..described(origin, bytes) }
}

fn described(origin: ImageOrigin, head: &[u8]) -> ImageFile {
    ImageFile {
        origin,
        name: String::new(),
        size: 0,
        pixels: imagesize::blob_size(head).ok().map(|size| (size.width, size.height)),
        is_gif: head.starts_with(b"GIF8"),
        shown_by: None,
        spot: None,
        part_span: None,
    }
}
