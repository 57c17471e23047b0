//! What one table of `presend.toml`, or the command line, says: each thing or nothing.

use super::limits::Limit;
use super::{Purpose, Settings};
use crate::message::Stage;
use crate::source::Kind;

/// Settings that may be said. Laid over [`Settings`], what is said replaces what was there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)] // each is what the field of the same name in `Settings` is
pub struct Layer {
    pub own_domains: Option<Vec<String>>,
    pub partner_domains: Option<Vec<String>>,
    pub purpose: Option<Purpose>,
    pub provider: Option<String>,
    pub allowed_subjects: Option<Vec<String>>,
    pub privacy_url: Option<String>,
    pub strict_disclosure: Option<bool>,
    pub digest: Option<bool>,
    pub internal_audience: Option<bool>,
    pub max_attachment: Option<u64>,
    pub max_image: Option<u64>,
    pub max_images: Option<u64>,
    pub max_message: Option<u64>,
    pub max_subject: Option<u64>,
    pub limits: Vec<(Limit, u64)>,
    pub address: Option<String>,
    pub raw: Option<bool>,
    pub from: Option<String>,
    pub subject: Option<String>,
    pub kind: Option<Kind>,
    pub stage: Option<Stage>,
    pub fragment: Option<bool>,
    /// Only the command line says it.
    pub remarks: Option<bool>,
}

impl Layer {
    /// Lays what is said over `settings`.
    pub fn apply(&self, settings: &mut Settings) {
        put(&mut settings.own_domains, &self.own_domains);
        put(&mut settings.partner_domains, &self.partner_domains);
        put(&mut settings.allowed_subjects, &self.allowed_subjects);
        put(&mut settings.strict_disclosure, &self.strict_disclosure);
        put(&mut settings.digest, &self.digest);
        put(&mut settings.internal_audience, &self.internal_audience);
        put(&mut settings.max_attachment, &self.max_attachment);
        put(&mut settings.max_image, &self.max_image);
        put(&mut settings.max_images, &self.max_images);
        put(&mut settings.max_message, &self.max_message);
        put(&mut settings.max_subject, &self.max_subject);
        for (limit, value) in &self.limits {
            settings.limits = settings.limits.with(*limit, *value);
        }
        put(&mut settings.raw, &self.raw);
        put(&mut settings.remarks, &self.remarks);
        put_some(&mut settings.purpose, &self.purpose);
        put_some(&mut settings.provider, &self.provider);
        put_some(&mut settings.privacy_url, &self.privacy_url);
        put_some(&mut settings.address, &self.address);
        put_some(&mut settings.kind, &self.kind);
        put_some(&mut settings.from, &self.from);
        put_some(&mut settings.subject, &self.subject);
        put_some(&mut settings.stage, &self.stage);
        put_some(&mut settings.fragment, &self.fragment);
    }
}

fn put<T: Clone>(place: &mut T, said: &Option<T>) {
    if let Some(said) = said {
        place.clone_from(said);
    }
}

fn put_some<T: Clone>(place: &mut Option<T>, said: &Option<T>) {
    if said.is_some() {
        place.clone_from(said);
    }
}
