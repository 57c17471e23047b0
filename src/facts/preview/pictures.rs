//! Images: those that are in the message and small are shown, all others are boxes of their size.

use super::{Embedded, Picture, css};
use crate::facts::{Facts, Image, ImageRole};
use crate::message::TransferEncoding;
use crate::message::html::{Element, ElementId};
use std::collections::HashMap;

/// Largest image that is taken along, in bytes.
const LARGEST_IMAGE: usize = 128 * 1024;
/// What is taken along of one body's images, in bytes.
const ALL_IMAGES: usize = 512 * 1024;

/// The images of a body.
pub(super) struct Pictures<'f, 'm> {
    facts: &'f Facts<'m>,
    images: HashMap<ElementId, &'f Image>,
    left: usize,
}

impl<'f, 'm> Pictures<'f, 'm> {
    pub fn of(facts: &'f Facts<'m>, body: usize) -> Self {
        let images = facts.images().iter().filter(|image| image.body == body && image.role != ImageRole::Background);
        Self { facts, images: images.map(|image| (image.element, image)).collect(), left: ALL_IMAGES }
    }

    /// The image that an element is; `None` if it is none.
    pub fn picture(&mut self, element: Element<'_>) -> Option<Picture> {
        let image = *self.images.get(&element.id)?;
        let style = element.attribute("style").map(|style| css::declarations(&style.value));
        let embedded = self.embedded(image).filter(|embedded| embedded.bytes.len() <= self.left);
        self.left -= embedded.as_ref().map_or(0, |embedded| embedded.bytes.len());
        Some(Picture {
            width: image.width,
            height: image.height,
            fluid: image.is_fluid,
            tiny: image.role == ImageRole::Tiny,
            alt: image.alt.clone(),
            style: style.unwrap_or_default(),
            embedded,
        })
    }

    fn embedded(&self, image: &Image) -> Option<Embedded> {
        let bytes = match image.content_id() {
            Some(id) => {
                let parts = self.facts.message.parts.iter();
                let part = parts.clone().position(|part| part.content_id.as_deref() == Some(id))?;
                let small = self.facts.message.parts.get(part)?.decoded_len <= LARGEST_IMAGE;
                small.then(|| self.facts.message.part_bytes(part).into_owned())?
            }
            None => data(&image.source)?,
        };
        let media_type = raster(&bytes)?;
        Some(Embedded { media_type, bytes })
    }
}

/// The bytes of a `data:` URL in base64 (RFC 2397), unless it is long.
fn data(source: &str) -> Option<Vec<u8>> {
    let (scheme, rest) = source.split_once(':')?;
    let (kind, data) = rest.split_once(',')?;
    let is_base64 = scheme.eq_ignore_ascii_case("data") && kind.trim_end().to_ascii_lowercase().ends_with("base64");
    (is_base64 && data.len() <= LARGEST_IMAGE / 3 * 4)
        .then(|| TransferEncoding::Base64.decode(data.as_bytes()).into_owned())
}

/// The media type of a raster image by its first bytes, whatever it calls itself: SVG is none.
fn raster(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_raster_images_are_taken_along() {
        assert_eq!(data("data:image/png;base64,iVBORw==").as_deref().and_then(raster), Some("image/png"));
        assert_eq!(data("data:image/png;base64,PHN2Zz4=").as_deref().and_then(raster), None);
        assert_eq!(data("data:image/png,iVBORw"), None);
        assert_eq!(data("https://a.example/x,y"), None);
        assert_eq!(data(&format!("data:image/png;base64,{}", "A".repeat(200_000))), None);
    }
}
