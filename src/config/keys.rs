//! The keys of `presend.toml` that say what the sender knows. The reference of the configuration is made from this table.

use super::error::Fault;
use super::layer::Layer;
use super::value::{self, Item, Read, fault};
use super::vocabulary::Vocabulary;
use super::{PURPOSES, STAGES, domain, similar};
use url::Url;

/// One key, and what there is to know of it.
#[derive(Debug)]
pub struct Key {
    /// Its name, kebab-case.
    pub name: &'static str,
    /// An example, as TOML.
    pub example: &'static str,
    /// What it says, in whole sentences.
    pub about: &'static str,
    read: fn(&Vocabulary, &mut Layer, &Item<'_>) -> Read<()>,
}

impl Key {
    /// Reads the key's value into `layer`.
    pub(super) fn read(&self, vocabulary: &Vocabulary, layer: &mut Layer, item: &Item<'_>) -> Read<()> {
        (self.read)(vocabulary, layer, item)
    }
}

/// Keys at the top of the file, and of each `[[override]]`.
pub static KEYS: &[Key] = &[
    Key {
        name: "own-domains",
        example: r#"own-domains = ["brand.com", "brand.co.uk"]"#,
        about: "The domains that belong to the sender, as registrable domains; their subdomains are included. Links between them are no \
                redirects to strangers, and a mailbox at one of them is the sender's own.",
        read: |vocabulary, layer, item| {
            layer.own_domains = Some(domains(vocabulary, item)?);
            Ok(())
        },
    },
    Key {
        name: "partner-domains",
        example: r#"partner-domains = ["partner.com"]"#,
        about: "Registrable domains of partners that a campaign may link to.",
        read: |vocabulary, layer, item| {
            layer.partner_domains = Some(domains(vocabulary, item)?);
            Ok(())
        },
    },
    Key {
        name: "purpose",
        example: r#"purpose = "bulk""#,
        about: "What the messages are for: `bulk` (campaigns, newsletters), `transactional` (receipts, orders, passwords) or `confirmation` \
                (double opt-in). Left out, each message is judged by what is in it.",
        read: |_, layer, item| {
            layer.purpose = Some(value::one_of(item, &PURPOSES)?);
            Ok(())
        },
    },
    Key {
        name: "provider",
        example: r#"provider = "mailchimp""#,
        about: "The e-mail service provider or template engine, by its id. Its merge tags are recognised, also those that look like plain text, \
                and what it adds by itself when it sends is not missed.",
        read: |vocabulary, layer, item| {
            layer.provider = Some(provider(vocabulary, value::text(item)?).map_err(|fault| vec![at(item, fault)])?);
            Ok(())
        },
    },
    Key {
        name: "privacy-url",
        example: r#"privacy-url = "https://brand.com/privacy""#,
        about: "The sender's public page about privacy, which says that opens are measured.",
        read: |_, layer, item| {
            layer.privacy_url = Some(web_address(item)?);
            Ok(())
        },
    },
    Key {
        name: "strict-disclosure",
        example: "strict-disclosure = true",
        about: "Whether a link to a privacy page is not enough, so that a campaign that tracks has to say so itself. `false` if left out.",
        read: |_, layer, item| {
            layer.strict_disclosure = Some(value::boolean(item)?);
            Ok(())
        },
    },
    Key {
        name: "allowed-subjects",
        example: r#"allowed-subjects = ["Newsletter"]"#,
        about: "Subjects that are fine though they look vague. Compared as a whole, in any case.",
        read: |_, layer, item| {
            layer.allowed_subjects = Some(value::each(item, "strings", value::words)?);
            Ok(())
        },
    },
    Key {
        name: "digest",
        example: "digest = true",
        about: "Whether the campaign is a curated digest, so that text links to many domains are its content. `false` if left out.",
        read: |_, layer, item| {
            layer.digest = Some(value::boolean(item)?);
            Ok(())
        },
    },
    Key {
        name: "audience",
        example: r#"audience = "internal""#,
        about: "`internal` if all readers are inside the sender's network, so that links to private hosts are fine; `public` if left out.",
        read: |_, layer, item| {
            layer.internal_audience = Some(value::one_of(item, &[("internal", true), ("public", false)])?);
            Ok(())
        },
    },
    Key {
        name: "from",
        example: r#"from = "Brand News <news@brand.com>""#,
        about: "The From field of drafts and templates that have none.",
        read: |_, layer, item| {
            layer.from = Some(value::words(item)?);
            Ok(())
        },
    },
    Key {
        name: "subject",
        example: r#"subject = "Ten lamps for the winter""#,
        about: "The Subject of drafts and templates that have none.",
        read: |_, layer, item| {
            layer.subject = Some(value::words(item)?);
            Ok(())
        },
    },
    Key {
        name: "stage",
        example: r#"stage = "rendered""#,
        about: "`template` if merge tags are still to be filled in, `rendered` if the mail is as it will arrive and a leftover tag is a fault. \
                Left out, each source is judged by what it is.",
        read: |_, layer, item| {
            layer.stage = Some(value::one_of(item, &STAGES)?);
            Ok(())
        },
    },
    Key {
        name: "fragment",
        example: "fragment = true",
        about: "Whether a source is only a piece of a mail (a partial, a layout), of which nothing can be missing. Left out, each source is \
                judged by what it is.",
        read: |_, layer, item| {
            layer.fragment = Some(value::boolean(item)?);
            Ok(())
        },
    },
    Key {
        name: "raw",
        example: "raw = true",
        about: "Whether received copies are byte for byte as they arrived, so that their format is judged, too. Most programs that save a \
                received mail write it anew. `false` if left out.",
        read: |_, layer, item| {
            layer.raw = Some(value::boolean(item)?);
            Ok(())
        },
    },
];

/// Keys of `[limits]`.
pub static LIMITS: &[Key] = &[
    Key {
        name: "attachment",
        example: r#"attachment = "1 MiB""#,
        about: "The largest attachment that is not reported, decoded. A number with a unit (`KB`, `MB`, `KiB`, `MiB`, …) or of bytes. \
                `1 MiB` if left out.",
        read: |_, layer, item| {
            layer.max_attachment = Some(value::size(item)?);
            Ok(())
        },
    },
    Key {
        name: "message",
        example: r#"message = "36 MiB""#,
        about: "The largest message that is not reported, as it is sent, with everything encoded. `36 MiB` if left out: what a mailbox of \
                Exchange Online takes by default.",
        read: |_, layer, item| {
            layer.max_message = Some(value::size(item)?);
            Ok(())
        },
    },
    Key {
        name: "source",
        example: r#"source = "64 MiB""#,
        about: "The largest file that is read; a larger one is an error. `64 MiB` if left out.",
        read: |_, layer, item| {
            layer.max_source = Some(value::size(item)?);
            Ok(())
        },
    },
];

fn domains(vocabulary: &Vocabulary, item: &Item<'_>) -> Read<Vec<String>> {
    value::each(item, "domains", |element| {
        own_domain(vocabulary, value::text(element)?).map_err(|fault| vec![at(element, fault)])
    })
}

/// A domain, or why it is none with the way out.
pub(crate) fn own_domain(vocabulary: &Vocabulary, text: &str) -> Result<String, (String, Option<String>)> {
    domain::parse(text, vocabulary.registrable)
}

/// A provider's id, or why it is none with the way out.
pub(crate) fn provider(vocabulary: &Vocabulary, text: &str) -> Result<String, (String, Option<String>)> {
    let id = similar::folded(text);
    let ids = (vocabulary.providers)();
    if ids.contains(&id.as_str()) {
        return Ok(id);
    }
    let help = match similar::did_you_mean(&id, ids.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are {}", value::listed(ids.iter().copied(), "and")),
    };
    Err((format!("unknown provider `{text}`"), Some(help)))
}

fn at(item: &Item<'_>, (message, help): (String, Option<String>)) -> Fault {
    let fault = Fault::new(item.span(), message);
    match help {
        Some(help) => fault.help(help),
        None => fault,
    }
}

fn web_address(item: &Item<'_>) -> Read<String> {
    let text = value::words(item)?;
    match Url::parse(&text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(text),
        _ => fault(
            Fault::new(item.span(), format!("`{text}` is no web address"))
                .help("write it in full, as `https://brand.com/privacy`"),
        ),
    }
}
