//! All keys of `presend.toml`. The reader, the reference (`docs/configuration.md`) and the JSON Schema are made from these tables.

use super::key::{Key, Value};
use super::limits::Limit;

/// Keys of the top of the file, of each `[sender.NAME]` and of each `[[override]]`.
pub static KEYS: &[Key] = &[
    Key {
        name: "own-domains",
        value: Value::Domains(|layer| &mut layer.own_domains),
        default: "",
        example: r#"own-domains = ["brand.com", "brand.co.uk"]"#,
        about: "The domains that belong to the sender, as registrable domains; their subdomains are included. Links between them are no \
                redirects to strangers, and a mailbox at one of them is the sender's own.",
        early: false,
    },
    Key {
        name: "partner-domains",
        value: Value::Domains(|layer| &mut layer.partner_domains),
        default: "",
        example: r#"partner-domains = ["partner.com"]"#,
        about: "Registrable domains of partners that a campaign may link to.",
        early: false,
    },
    Key {
        name: "purpose",
        value: Value::Purpose,
        default: "",
        example: r#"purpose = "bulk""#,
        about: "What the messages are for: `bulk` (campaigns, newsletters), `transactional` (receipts, orders, passwords) or `confirmation` \
                (double opt-in). Left out, each message is judged by what is in it.",
        early: false,
    },
    Key {
        name: "provider",
        value: Value::Provider(|layer| &mut layer.provider),
        default: "",
        example: r#"provider = "mailchimp""#,
        about: "The e-mail service provider or template engine, by its id (`presend lints --providers` lists them). Its merge tags are \
                recognised, also those that look like plain text, and what it adds by itself when it sends is not missed.",
        early: false,
    },
    Key {
        name: "privacy-url",
        value: Value::WebAddress(|layer| &mut layer.privacy_url),
        default: "",
        example: r#"privacy-url = "https://brand.com/privacy""#,
        about: "The sender's public page about privacy, which says that opens are measured.",
        early: false,
    },
    Key {
        name: "address",
        value: Value::Words(|layer| &mut layer.address),
        default: "",
        example: r#"address = "Brand Ltd, 1 High Street, London""#,
        about: "The sender's postal address, as its mails write it. A mail that shows it is not asked for one.",
        early: false,
    },
    Key {
        name: "strict-disclosure",
        value: Value::Flag(|layer| &mut layer.strict_disclosure),
        default: "false",
        example: "strict-disclosure = true",
        about: "Whether a link to a privacy page is not enough, so that a campaign that tracks has to say so itself.",
        early: false,
    },
    Key {
        name: "allowed-subjects",
        value: Value::List(|layer| &mut layer.allowed_subjects),
        default: "",
        example: r#"allowed-subjects = ["Newsletter"]"#,
        about: "Subjects that are fine though they look vague. Compared as a whole, in any case.",
        early: false,
    },
    Key {
        name: "digest",
        value: Value::Flag(|layer| &mut layer.digest),
        default: "false",
        example: "digest = true",
        about: "Whether the campaign is a curated digest, so that text links to many domains are its content.",
        early: false,
    },
    Key {
        name: "audience",
        value: Value::Audience,
        default: r#""public""#,
        example: r#"audience = "internal""#,
        about: "`internal` if all readers are inside the sender's network, so that links to private hosts are fine.",
        early: false,
    },
    Key {
        name: "from",
        value: Value::Words(|layer| &mut layer.from),
        default: "",
        example: r#"from = "Brand News <news@brand.com>""#,
        about: "The From field of drafts and templates that have none. `--from` replaces also the one that they have.",
        early: false,
    },
    Key {
        name: "subject",
        value: Value::Words(|layer| &mut layer.subject),
        default: "",
        example: r#"subject = "Ten lamps for the winter""#,
        about: "The Subject of drafts and templates that have none. `--subject` replaces also the one that they have.",
        early: false,
    },
    Key {
        name: "stage",
        value: Value::Stage,
        default: "",
        example: r#"stage = "rendered""#,
        about: "`template` if merge tags are still to be filled in, `rendered` if the mail is as it will arrive and a leftover tag is a fault. \
                Left out, each source is judged by what it is.",
        early: false,
    },
    Key {
        name: "fragment",
        value: Value::Flag(|layer| &mut layer.fragment),
        default: "",
        example: "fragment = true",
        about: "Whether a source is only a piece of a mail (a partial, a layout), of which nothing can be missing. Left out, each source is \
                judged by what it is: a piece has no document root, or its name begins with `_`, or it lies in `partials/` or `layouts/`, or \
                another source of the run includes it.",
        early: false,
    },
    Key {
        name: "raw",
        value: Value::Flag(|layer| &mut layer.raw),
        default: "false",
        example: "raw = true",
        about: "Whether received copies are byte for byte as they arrived, so that their format is judged, too. Most programs that save a \
                received mail write it anew.",
        early: false,
    },
    Key {
        name: "kind",
        value: Value::Kind,
        default: "",
        example: r#"kind = "template""#,
        about: "What sources are taken for: `message` (a raw mail), `html`, `template` (HTML in a template language) or `mjml`. Left out, each \
                is taken for what its name and its content say.",
        early: true,
    },
];

/// Keys of `[limits]`.
pub static LIMITS: &[Key] = &[
    Key {
        name: "attachment",
        value: Value::Size(|layer| &mut layer.max_attachment),
        default: r#""1 MiB""#,
        example: r#"attachment = "1 MiB""#,
        about: "The largest attachment that is not reported, decoded.",
        early: false,
    },
    Key {
        name: "image",
        value: Value::Size(|layer| &mut layer.max_image),
        default: r#""200 KiB""#,
        example: r#"image = "200 KiB""#,
        about: "The largest image that comes with the mail (attached or in a `data:` address) and is not reported, decoded.",
        early: false,
    },
    Key {
        name: "images",
        value: Value::Size(|layer| &mut layer.max_images),
        default: r#""1 MiB""#,
        example: r#"images = "1 MiB""#,
        about: "The most that all images that come with the mail may have together, decoded.",
        early: false,
    },
    Key {
        name: "message",
        value: Value::Size(|layer| &mut layer.max_message),
        default: r#""36 MiB""#,
        example: r#"message = "25 MiB""#,
        about: "The largest message that is not reported, as it is sent, with everything encoded. A mailbox of Exchange Online takes 36 MB by \
                default.",
        early: false,
    },
    Key {
        name: "subject",
        value: Value::Count(|layer| &mut layer.max_subject),
        default: "255",
        example: "subject = 100",
        about: "The longest subject that is not reported, in characters.",
        early: false,
    },
    Key {
        name: "source",
        value: Value::Limit(Limit::Source),
        default: r#""64 MiB""#,
        example: r#"source = "64 MiB""#,
        about: "The largest file that is read; a larger one is an error.",
        early: true,
    },
    Key {
        name: "text",
        value: Value::Limit(Limit::Text),
        default: r#""16 MiB""#,
        example: r#"text = "32 MiB""#,
        about: "How much of the bodies of a message (or of a draft) is read, all of them together, encoded as they are in the file.",
        early: false,
    },
    Key {
        name: "header",
        value: Value::Limit(Limit::Header),
        default: r#""64 KiB""#,
        example: r#"header = "128 KiB""#,
        about: "How much of the header of a message, and of each of its parts, is read.",
        early: false,
    },
    Key {
        name: "fields",
        value: Value::Limit(Limit::Fields),
        default: "20000",
        example: "fields = 20000",
        about: "How many header fields are read, of all parts together.",
        early: false,
    },
    Key {
        name: "parts",
        value: Value::Limit(Limit::Parts),
        default: "10000",
        example: "parts = 10000",
        about: "How many parts of a message are read.",
        early: false,
    },
    Key {
        name: "part-depth",
        value: Value::Limit(Limit::PartDepth),
        default: "50",
        example: "part-depth = 50",
        about: "How deep parts are read that lie inside one another.",
        early: false,
    },
    Key {
        name: "bodies",
        value: Value::Limit(Limit::Bodies),
        default: "200",
        example: "bodies = 200",
        about: "How many parts that a reader is shown as text or as HTML are read.",
        early: false,
    },
    Key {
        name: "nodes",
        value: Value::Limit(Limit::Nodes),
        default: "500000",
        example: "nodes = 1_000_000",
        about: "How many tags, comments and texts are read, of all HTML of a source together.",
        early: false,
    },
    Key {
        name: "depth",
        value: Value::Limit(Limit::Depth),
        default: "800",
        example: "depth = 800",
        about: "How many elements may be open at a time; those inside are left out, but not their texts. Time grows with it.",
        early: false,
    },
    Key {
        name: "attributes",
        value: Value::Limit(Limit::Attributes),
        default: "500",
        example: "attributes = 500",
        about: "How many attributes of a tag are read.",
        early: false,
    },
    Key {
        name: "conditionals",
        value: Value::Limit(Limit::Conditionals),
        default: "1000",
        example: "conditionals = 2000",
        about: "How many conditional comments (`<!--[if mso]>`) are read inside.",
        early: false,
    },
    Key {
        name: "merge-tags",
        value: Value::Limit(Limit::MergeTags),
        default: "200000",
        example: "merge-tags = 200000",
        about: "How many merge tags are found, in all bodies together.",
        early: false,
    },
    Key {
        name: "links",
        value: Value::Limit(Limit::Links),
        default: "50000",
        example: "links = 50000",
        about: "How many links are looked at, in all bodies together.",
        early: false,
    },
    Key {
        name: "includes",
        value: Value::Limit(Limit::Includes),
        default: "64",
        example: "includes = 64",
        about: "How many files a source may include, and those it includes.",
        early: false,
    },
    Key {
        name: "diagnostics",
        value: Value::Limit(Limit::Diagnostics),
        default: "1000",
        example: "diagnostics = 1000",
        about: "How many diagnostics of one lint are told of a source.",
        early: false,
    },
];

/// A key that says what a table is about. It is no setting.
#[derive(Debug, Clone, Copy)]
pub struct TableKey {
    /// Its name.
    pub name: &'static str,
    /// An example, as TOML.
    pub example: &'static str,
    /// What it says, in whole sentences.
    pub about: &'static str,
    /// Strings in an array, not one string.
    pub list: bool,
    /// The table is wrong without it.
    pub required: bool,
}

/// What the top of the file has beside settings.
pub const FILE_KEYS: &[TableKey] = &[TableKey {
    name: "exclude",
    example: r#"exclude = ["archive/", "*.bak.html"]"#,
    about: "What is left out when a folder is searched: patterns as in a `.gitignore`, relative to the folder of the file. A file that is \
            named on the command line is checked even so, unless `--force-exclude` is given.",
    list: true,
    required: false,
}];

/// What a `[sender.NAME]` has beside settings.
pub const SENDER_KEYS: &[TableKey] = &[TableKey {
    name: "paths",
    example: r#"paths = ["clients/brand/**"]"#,
    about: "Sources that are this sender's, whoever their From names: patterns as in a `.gitignore`, relative to the folder of the file.",
    list: true,
    required: false,
}];

/// What an `[[override]]` has beside settings.
pub const OVERRIDE_KEYS: &[TableKey] = &[
    TableKey {
        name: "paths",
        example: r#"paths = ["transactional/**"]"#,
        about: "Sources that it holds for: patterns as in a `.gitignore`, relative to the folder of the file. Of two that match, the later one \
                wins.",
        list: true,
        required: true,
    },
    TableKey {
        name: "sender",
        example: r#"sender = "brand""#,
        about: "The name of the `[sender.NAME]` whose these sources are.",
        list: false,
        required: false,
    },
];

/// What an `[[allow]]` has.
pub const ALLOW_KEYS: &[TableKey] = &[
    TableKey {
        name: "path",
        example: r#"path = "campaigns/spring.html""#,
        about: "Sources that it holds for: a pattern as in a `.gitignore`, relative to the folder of the file.",
        list: false,
        required: true,
    },
    TableKey {
        name: "lint",
        example: r#"lint = "freemail-sender""#,
        about: "The lint whose diagnostics were looked at and are fine there.",
        list: false,
        required: true,
    },
    TableKey {
        name: "reason",
        example: r#"reason = "the club writes from its mailbox""#,
        about: "Why they are fine.",
        list: false,
        required: true,
    },
];
