//! What a deliverability expert sees in a message. Each fact is computed once, when first asked for, and carries the
//! place that it comes from. Unknown is a value: where a merge tag or an include could hold the thing, the fact says so.

mod active;
mod addresses;
mod allows;
mod attachments;
mod beacons;
mod blank;
mod blocks;
mod clicks;
mod concealed;
mod confirmation;
mod cover;
mod delivery;
mod disclosure;
mod display_name;
mod filler;
pub mod format;
mod forms;
mod hollow;
mod hosts;
mod image_files;
mod images;
mod included;
mod language;
mod links;
mod local_files;
mod meaning;
mod mjml;
mod notices;
mod optouts;
mod page;
mod parties;
mod pixels;
pub mod preview;
mod prose;
mod provider;
mod purpose;
mod quotes;
mod reach;
mod reached;
mod salutation;
mod sender;
mod stub;
mod telephone;
mod topic;
mod unknown;
mod whole;
mod words;

pub use active::{Active, ActiveKind};
pub use addresses::AddressField;
pub use allows::{Allow, AllowScope};
pub use attachments::Attachment;
pub use beacons::{Beacon, BeaconWay};
pub use blocks::Unclosed;
pub use clicks::Clicks;
pub use concealed::Concealed;
pub use confirmation::ConfirmationWay;
pub use delivery::{Authentication, Border, Checked, Delivery, Leg, Lost, Reading, Verdict};
pub use disclosure::Disclosure;
pub use display_name::Named;
pub use forms::{Choice, ChoiceKind, Form, Stance};
pub use hollow::{HollowAnchor, Lack};
pub use hosts::HostFacts;
pub use image_files::{ImageFile, ImageOrigin};
pub use images::{Drawing, Image, ImageRole};
pub use included::Included;
pub use links::{Host, Link, LinkKind, LinkLook, LinkRole};
pub use notices::Notices;
pub use optouts::{Dead, OptOut, OptOutWay, Unseen};
pub use parties::Parties;
pub use pixels::{Pixel, PixelEvidence};
pub use prose::{BLOCK_BREAK as PROSE_BREAK, Prose, Sentence, TAG_VALUE as PROSE_TAG};
pub use provider::ProviderFact;
pub use purpose::PurposeFact;
pub use reach::Beyond;
pub use sender::{Sender, Subject};
pub use stub::TextStub;
pub use topic::Topic;
pub use unknown::Unknown;
pub use words::{WordCount, count as count_words};

use crate::config::Settings;
use crate::domain::Domain;
use crate::message::html::{Document, Element, Node};
use crate::message::include::{self, MissingFile};
use crate::message::{Body, BodyContent, Given, Message, Spot, Stage};
use crate::source::{FileSpan, NoIncludes, ViewSpan};
pub(crate) use cover::Cover;
use std::cell::{Cell, OnceCell};
use std::collections::HashSet;

/// The facts of one message.
#[derive(Debug)]
pub struct Facts<'m> {
    /// What they are about.
    pub message: &'m Message<'m>,
    /// What the sender said.
    pub settings: &'m Settings,
    domain: Option<&'m Domain>,
    included: Vec<Included<'m>>,
    /// Files that it includes and that were not read.
    missing: Vec<MissingFile>,
    /// A lint has found more than is told.
    untold: Cell<bool>,
    addresses: OnceCell<Vec<AddressField>>,
    sender: OnceCell<Option<Sender>>,
    subject: OnceCell<Option<Subject>>,
    prose: OnceCell<Vec<Prose>>,
    links: OnceCell<(Vec<Link>, bool)>,
    targets: OnceCell<Vec<Cover>>,
    clicks: OnceCell<Clicks>,
    hollow: OnceCell<Vec<HollowAnchor>>,
    optouts: OnceCell<Vec<OptOut>>,
    images: OnceCell<Vec<Image>>,
    pixels: OnceCell<Vec<Pixel>>,
    beacons: OnceCell<Vec<Beacon>>,
    disclosure: OnceCell<Disclosure>,
    forms: OnceCell<Vec<Form>>,
    provider: OnceCell<ProviderFact>,
    purpose: OnceCell<PurposeFact>,
    unknown: OnceCell<Unknown>,
    words: OnceCell<WordCount>,
    parties: OnceCell<Parties>,
    notices: OnceCell<Notices>,
    topic: OnceCell<Topic>,
    allows: OnceCell<Vec<Allow>>,
    active: OnceCell<Vec<Active>>,
    filler: OnceCell<Vec<Spot>>,
    concealed: OnceCell<Vec<Concealed>>,
    image_files: OnceCell<Vec<ImageFile>>,
    usual: OnceCell<HashSet<String>>,
    marks: OnceCell<Vec<HashSet<String>>>,
    delivery: OnceCell<Delivery>,
    signup_page: OnceCell<bool>,
    tag_meanings: meaning::TagMeanings,
    line_ends: OnceCell<format::LineEnds>,
    damaged: OnceCell<bool>,
    known_hosts: hosts::KnownHosts,
}

impl<'m> Facts<'m> {
    /// Nothing is computed yet. What the message includes is unknown.
    pub fn new(message: &'m Message<'m>, settings: &'m Settings) -> Self {
        let missing = include::gather(message, &Given::default(), &NoIncludes).missing;
        Self::with_included(message, settings, Vec::new(), missing)
    }

    /// Nothing is computed yet. `included` are the files that the message includes, `missing` those of them that are unknown.
    pub fn with_included(
        message: &'m Message<'m>,
        settings: &'m Settings,
        included: Vec<Included<'m>>,
        missing: Vec<MissingFile>,
    ) -> Self {
        Self {
            message,
            settings,
            domain: None,
            included,
            missing,
            untold: Cell::new(false),
            addresses: OnceCell::new(),
            sender: OnceCell::new(),
            subject: OnceCell::new(),
            prose: OnceCell::new(),
            links: OnceCell::new(),
            targets: OnceCell::new(),
            clicks: OnceCell::new(),
            hollow: OnceCell::new(),
            optouts: OnceCell::new(),
            images: OnceCell::new(),
            pixels: OnceCell::new(),
            beacons: OnceCell::new(),
            disclosure: OnceCell::new(),
            forms: OnceCell::new(),
            provider: OnceCell::new(),
            purpose: OnceCell::new(),
            unknown: OnceCell::new(),
            words: OnceCell::new(),
            parties: OnceCell::new(),
            notices: OnceCell::new(),
            topic: OnceCell::new(),
            allows: OnceCell::new(),
            active: OnceCell::new(),
            filler: OnceCell::new(),
            concealed: OnceCell::new(),
            image_files: OnceCell::new(),
            usual: OnceCell::new(),
            marks: OnceCell::new(),
            delivery: OnceCell::new(),
            signup_page: OnceCell::new(),
            tag_meanings: meaning::TagMeanings::default(),
            line_ends: OnceCell::new(),
            damaged: OnceCell::new(),
            known_hosts: hosts::KnownHosts::default(),
        }
    }

    /// The facts of a domain. `message` is empty, and called as the domain is.
    pub fn of_domain(message: &'m Message<'m>, settings: &'m Settings, domain: &'m Domain) -> Self {
        Self { domain: Some(domain), ..Self::with_included(message, settings, Vec::new(), Vec::new()) }
    }

    /// The domain that is looked at; `None` where a message is.
    pub fn domain(&self) -> Option<&'m Domain> {
        self.domain
    }

    /// The address fields, in the order of the header.
    pub fn address_fields(&self) -> &[AddressField] {
        self.addresses.get_or_init(|| addresses::all(self))
    }

    /// Who it is from; `None` where no From is known.
    pub fn sender(&self) -> Option<&Sender> {
        self.sender.get_or_init(|| sender::sender(self)).as_ref()
    }

    /// What it is about; `None` where no Subject is known.
    pub fn subject(&self) -> Option<&Subject> {
        self.subject.get_or_init(|| sender::subject(self)).as_ref()
    }

    /// What can be read in each body, in the order of `message.bodies`.
    pub fn prose(&self) -> &[Prose] {
        self.prose.get_or_init(|| prose::all(self))
    }

    /// Everything that leads away from the message, in source order, body after body.
    pub fn links(&self) -> &[Link] {
        &self.links.get_or_init(|| links::all(self)).0
    }

    /// There are more links than are looked at.
    fn surplus_links(&self) -> bool {
        self.links.get_or_init(|| links::all(self)).1
    }

    /// Where most links lead first, whatever their destinations are.
    pub fn clicks(&self) -> &Clicks {
        self.clicks.get_or_init(|| clicks::of(self))
    }

    /// The anchors that lack a target, or anything to press.
    pub fn hollow_anchors(&self) -> &[HollowAnchor] {
        self.hollow.get_or_init(|| hollow::all(self))
    }

    /// Whether `span` of a body's view is in a link's target or an image's source.
    pub fn is_in_target(&self, body: usize, span: ViewSpan) -> bool {
        let targets = self.targets.get_or_init(|| {
            let of_body = |body| {
                let links =
                    self.links().iter().filter(move |link| link.body == body && link.kind != LinkKind::RenderedByTag);
                let images = self.images().iter().filter(move |image| image.body == body);
                let spans = links.map(|link| link.target.span).chain(images.map(|image| image.source_spot.span));
                Cover::of(spans.map(ViewSpan::range))
            };
            (0..self.message.bodies.len()).map(of_body).collect()
        });
        targets.get(body).is_some_and(|targets| targets.overlaps(span.range()))
    }

    /// Every way out of the mailing.
    pub fn optouts(&self) -> &[OptOut] {
        self.optouts.get_or_init(|| optouts::all(self))
    }

    /// The images of the HTML bodies.
    pub fn images(&self) -> &[Image] {
        self.images.get_or_init(|| images::all(self))
    }

    /// The SVG drawings in the text of the HTML bodies.
    pub fn drawings(&self) -> Vec<Drawing> {
        images::drawings(self)
    }

    /// The images whose bytes are at hand.
    pub fn image_files(&self) -> &[ImageFile] {
        self.image_files.get_or_init(|| image_files::all(self))
    }

    /// The images that report that the mail was opened.
    pub fn pixels(&self) -> &[Pixel] {
        self.pixels.get_or_init(|| pixels::all(self))
    }

    /// What else reports that the mail was opened: styles, media, files to fetch ahead.
    pub fn beacons(&self) -> &[Beacon] {
        self.beacons.get_or_init(|| beacons::all(self))
    }

    /// Whether it quotes another mail, as answers do.
    pub fn quotes(&self) -> bool {
        quotes::any(self)
    }

    /// Why what the mail says can't be known, if it names a language that the lists don't have.
    pub fn unknown_language(&self) -> Option<String> {
        language::unknown(self).map(|tag| format!("it is in a language, `{tag}`, whose words are not known"))
    }

    /// The language of the mail (BCP 47, one of `lints/data/words`), for words that are suggested to it.
    pub fn language(&self) -> &'static str {
        language::of(self)
    }

    /// What is opened in the template and never closed.
    pub fn unclosed(&self) -> Vec<Unclosed> {
        blocks::all(self)
    }

    /// What the mail says about privacy and tracking.
    pub fn disclosure(&self) -> &Disclosure {
        self.disclosure.get_or_init(|| disclosure::of(self))
    }

    /// Boxes, buttons and options that ask for consent, by form.
    pub fn forms(&self) -> &[Form] {
        self.forms.get_or_init(|| forms::all(self))
    }

    /// Who sends it, as far as it shows.
    pub fn provider(&self) -> &ProviderFact {
        self.provider.get_or_init(|| provider::of(self))
    }

    /// What it is for, with the evidence.
    pub fn purpose(&self) -> &PurposeFact {
        self.purpose.get_or_init(|| purpose::of(self))
    }

    /// What is not here: includes, partials, content that a tag brings in.
    pub fn unknown(&self) -> &Unknown {
        self.unknown.get_or_init(|| unknown::of(self))
    }

    /// How many words a reader sees.
    pub fn words(&self) -> &WordCount {
        self.words.get_or_init(|| words::of(self))
    }

    /// Whose domains the message accounts for.
    pub fn parties(&self) -> &Parties {
        self.parties.get_or_init(|| parties::of(self))
    }

    /// What the small print tells.
    pub fn notices(&self) -> &Notices {
        self.notices.get_or_init(|| notices::of(self))
    }

    /// Whether subject and body are about the same.
    pub fn topic(&self) -> &Topic {
        self.topic.get_or_init(|| topic::of(self))
    }

    /// The `presend-allow` comments.
    pub fn allows(&self) -> &[Allow] {
        self.allows.get_or_init(|| allows::all(self))
    }

    /// Scripts, frames, forms and the like in the HTML bodies, in source order.
    pub fn active(&self) -> &[Active] {
        self.active.get_or_init(|| active::all(self))
    }

    /// Text that readers never see, body after body.
    pub fn concealed(&self) -> &[Concealed] {
        self.concealed.get_or_init(|| concealed::all(self))
    }

    /// Text that was never replaced by the real one: the subject's first, then body after body.
    pub fn filler(&self) -> &[Spot] {
        self.filler.get_or_init(|| filler::all(self))
    }

    /// The parts that a reader has to save or open, in order.
    pub fn attachments(&self) -> Vec<Attachment> {
        attachments::all(self)
    }

    /// How readers can confirm what a confirmation mail asks them to; `None` where nothing is found.
    pub fn confirmation_way(&self) -> Option<ConfirmationWay> {
        confirmation::way(self)
    }

    /// What Microsoft 365 said of a copy that came back from one of its mailboxes.
    pub fn delivery(&self) -> &Delivery {
        self.delivery.get_or_init(|| delivery::of(self))
    }

    /// The HTML bodies with their index in `message.bodies`.
    pub fn html_bodies(&self) -> impl Iterator<Item = (usize, &Body<'m>, &Document)> {
        self.message.bodies.iter().enumerate().filter_map(|(index, body)| match &body.content {
            BodyContent::Html(document) => Some((index, body, &**document)),
            BodyContent::Plain => None,
        })
    }

    /// Whether a body has an element with this `id` or `name`: a place to jump to.
    pub fn has_mark(&self, body: usize, name: &str) -> bool {
        let marks = self.marks.get_or_init(|| {
            let of_body = |body: &Body<'_>| match &body.content {
                BodyContent::Html(document) => document.elements().flat_map(marks).collect(),
                BodyContent::Plain => HashSet::new(),
            };
            self.message.bodies.iter().map(of_body).collect()
        });
        marks.get(body).is_some_and(|marks| marks.contains(name))
    }

    /// The mail is as it will arrive.
    pub fn is_rendered(&self) -> bool {
        self.message.stage == Stage::Rendered
    }

    /// Something may be missing here without being missing in the mail: a fragment, or no body at all.
    pub fn is_fragment(&self) -> bool {
        self.message.fragment
    }

    /// It came back from a mailbox: a receiver has written on it.
    pub fn is_received(&self) -> bool {
        WRITTEN_BY_RECEIVERS.iter().any(|name| self.message.header(name).is_some())
    }

    /// Where to point for a part as a whole: its Content-Disposition or Content-Type, else where it begins.
    pub fn part_pointer(&self, part: usize) -> FileSpan {
        self.message.parts.get(part).map_or(FileSpan::at(0), attachments::pointer)
    }

    /// Where to add something at the end of a body: before `</body>`, else at its end.
    pub fn end_of_body(&self, index: usize) -> Spot {
        let body = &self.message.bodies[index];
        let length = self.message.view(body.view).text().len();
        let end = match &body.content {
            BodyContent::Html(document) => {
                ["mj-body", "mjml", "body", "html"].iter().find_map(|name| end_tag(document, name))
            }
            BodyContent::Plain => None,
        };
        Spot { view: body.view, span: ViewSpan::at(end.unwrap_or(length)) }
    }
}

/// Fields that the servers of the receiver write, or a program that saves a mail with its envelope.
const WRITTEN_BY_RECEIVERS: &[&str] = &[
    "Received",
    "Return-Path",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-From",
    "X-Envelope-To",
    "X-Received",
    "Received-SPF",
    "Authentication-Results",
    "X-Forefront-Antispam-Report",
];

fn marks(element: Element<'_>) -> impl Iterator<Item = String> {
    let named = ["id", "name"].into_iter().filter_map(move |name| element.attribute(name));
    named.map(|value| value.value.trim().to_owned())
}

fn end_tag(document: &Document, name: &str) -> Option<usize> {
    let ends = document.nodes().filter_map(|node| match node {
        Node::End(Some(element), span) if element.name() == name => Some(span.start),
        _ => None,
    });
    ends.last()
}
