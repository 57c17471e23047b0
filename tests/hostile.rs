//! What bad input gets: a report that the schema accepts, within seconds, from the binary itself; no panic, no hang.
//! In `hostile/`: what it costs, what holds whatever a file holds, that there is no way out, and that nothing is lost.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;
#[path = "hostile/cost.rs"]
mod cost;
#[path = "hostile/gate.rs"]
mod gate;
#[path = "hostile/kept.rs"]
mod kept;
#[path = "hostile/killed.rs"]
mod killed;
#[path = "hostile/limits.rs"]
mod limits;
#[path = "common/cost.rs"]
mod measure;
#[path = "common/mutated.rs"]
mod mutated;
#[path = "hostile/no_way_out.rs"]
mod no_way_out;
#[path = "hostile/oracles.rs"]
mod oracles;
#[path = "common/properties/mod.rs"]
mod properties;
#[path = "common/shapes.rs"]
mod shapes;
#[path = "common/tools.rs"]
mod tool;
#[path = "common/tree.rs"]
mod tree;

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Far more than any of these takes, without optimisation, even on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(60);

const HEAD: &str =
    "Message-ID: <1@shop.example>\nFrom: Shop <news@shop.example>\nSubject: Ten lamps\nMIME-Version: 1.0\n";

static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("../schemas/report.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

/// Runs the binary on `bytes` as a file called `name`.
fn check(what: &str, name: &str, bytes: &[u8]) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_presend"))
        .args(["check", "-", "--stdin-filename", name, "--no-config", "--raw", "-W", "pedantic", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = bytes.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let took = started.elapsed();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{what}: {:?}: {err}", output.status);
    assert_eq!(err, "", "{what}");
    assert!(took < PATIENCE, "{what}: {took:?}");
    let mut report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["errors"], serde_json::json!([]), "{what}");
    // thousands of them are alike
    report["diagnostics"].as_array_mut().unwrap().truncate(100);
    let faults: Vec<_> = VALIDATOR.iter_errors(&report).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{what}: {faults:?}");
}

fn mail(fields: &str, body: &str) -> Vec<u8> {
    format!("{HEAD}{fields}\n{body}").into_bytes()
}

fn html(body: &str) -> Vec<u8> {
    mail("Content-Type: text/html; charset=utf-8\n", body)
}

#[test]
fn nothing_and_rubbish() {
    // a generator that gives the same each time
    let rubbish: Vec<u8> =
        std::iter::successors(Some(1u32), |last| Some(last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)))
            .map(|number| (number >> 24) as u8)
            .take(200_000)
            .collect();
    for name in ["a.eml", "a.html", "a.hbs", "a.mjml"] {
        check("empty", name, b"");
        check("one byte", name, b"\xff");
        check("line ends", name, b"\r\n\r\r\n\n");
        check("rubbish", name, &rubbish);
        check("NULs", name, &[0; 100_000]);
    }
    check(
        "rubbish in a body",
        "a.eml",
        &[mail("Content-Type: text/html; charset=gb18030\n", ""), rubbish.clone()].concat(),
    );
    check(
        "rubbish in base64",
        "a.eml",
        &[mail("Content-Type: text/html\nContent-Transfer-Encoding: base64\n", ""), rubbish.clone()].concat(),
    );
    check("rubbish in a header", "a.eml", &[b"Subject: ".to_vec(), rubbish, b"\n\n".to_vec()].concat());
    check("NULs in tags", "a.html", b"<p\0 \0=\0><a href=\"\0\">\0</a\0>\0");
}

#[test]
fn messages_that_end_too_early_or_lie() {
    let whole = String::from_utf8(mail(
        "Content-Type: multipart/alternative; boundary=\"b\"\n",
        "--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe =\n\
         *|FNAME|*\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+PGEgaHJlZj0iaHR0cDovL2EuYiI+\n--b--\n",
    ))
    .unwrap();
    for end in (0..whole.len()).step_by(23) {
        check("cut off", "a.eml", &whole.as_bytes()[..end]);
    }
    for (was, is) in [
        ("boundary=\"b\"", "boundary=\"c\""),
        ("boundary=\"b\"", ""),
        ("boundary=\"b\"", "boundary=\""),
        ("charset=utf-8", "charset=utf-16le"),
        ("charset=utf-8", "charset=iso-2022-jp"),
        ("charset=utf-8", "charset=utf-7"),
        ("charset=utf-8", "charset=\u{1F381}"),
        ("quoted-printable", "base64"),
        ("base64", "quoted-printable"),
        ("text/html", "message/rfc822"),
        ("multipart/alternative", "message/rfc822"),
        ("Subject: Ten lamps", "Subject: =?utf-8?B?/////w==?= =?x?Q?=?= =?utf-8?Q?"),
    ] {
        check(is, "a.eml", whole.replace(was, is).as_bytes());
    }
}

#[test]
fn long_and_deep() {
    let word = "lamps and bags ";
    check("a line of 1 MB", "a.eml", &html(&format!("<p>{}*|FNAME|*</p>", word.repeat(70_000))));
    check("a tag of 1 MB", "a.eml", &html(&format!("<a title=\"{}\" href=#>*|FNAME|*</a>", word.repeat(70_000))));
    check("a text of 1 MB without blanks", "a.eml", &mail("", &"é".repeat(500_000)));
    check("2,000 nested tags", "a.html", format!("{}x{}", "<div>".repeat(2_000), "</div>".repeat(2_000)).as_bytes());
    check("2,000 nested tables", "a.html", "<table><tr><td>".repeat(2_000).as_bytes());
    check("20,000 tags that are not closed", "a.html", "<p><b><font color=red>x".repeat(6_667).as_bytes());
    check("a header of 1 MB", "a.eml", &mail(&format!("X-Data: {}\n", word.repeat(70_000)), "x"));
    check("a subject of 1 MB", "a.eml", &mail(&format!("Subject: {}\n", "=?utf-8?Q?a?= =?x ".repeat(60_000)), "x"));
    check("50,000 fields", "a.eml", &mail(&"To: a@b.example\n".repeat(50_000), "x"));
    let recipients = "\"a, b\" <a@b.example>, ".repeat(3_000);
    check("3,000 recipients", "a.eml", &mail(&format!("To: {recipients}x@y.example\n"), "x"));
}

#[test]
fn nested_parts() {
    let mut nested = String::from("Content-Type: text/html\n\n<p>x</p>\n");
    for depth in 0..200 {
        nested = format!("Content-Type: multipart/mixed; boundary=b{depth}x\n\n--b{depth}x\n{nested}\n--b{depth}x--\n");
    }
    check("200 nested multiparts", "a.eml", format!("{HEAD}{nested}").as_bytes());
    let messages = "Content-Type: message/rfc822\n\n".repeat(2_000);
    check("2,000 nested messages", "a.eml", format!("{HEAD}{messages}").as_bytes());
    let parts = "--b\n\nx\n".repeat(20_000);
    check("20,000 parts", "a.eml", &mail("Content-Type: multipart/mixed; boundary=b\n", &parts));
}

#[test]
fn many_of_everything() {
    let many =
        |piece: &str, count: usize| (0..count).map(|nth| piece.replace('#', &nth.to_string())).collect::<String>();
    check("20,000 links", "a.eml", &html(&many("<a href=\"https://h#.example/u?#\">unsubscribe #</a> ", 20_000)));
    check(
        "5,000 links with tags",
        "a.eml",
        &html(&many("<a href=\"https://a.example/*|T#|*\">x</a>*|FNAME|* ", 5_000)),
    );
    check("20,000 images", "a.eml", &html(&many("<img src=\"https://h.example/#.gif\" width=1 height=1>", 20_000)));
    check("20,000 web addresses", "a.eml", &mail("", &many("unsubscribe: https://h#.example/u\n", 20_000)));
    check(
        "5,000 boxes",
        "a.html",
        many("<form><input type=checkbox checked id=a#><label for=a#>newsletter</label></form>", 5_000).as_bytes(),
    );
    check(
        "5,000 rules",
        "a.html",
        format!("<style>{}</style><p class=a1>x", many(".a# p{color:red} ", 5_000)).as_bytes(),
    );
    check("20,000 bare line ends", "a.eml", &html(&"a\r\nb\nc\r".repeat(10_000)));
    check(
        "5,000 comments",
        "a.html",
        many("<!-- presend-allow x#: y --><!--[if mso]><p>x<![endif]-->", 5_000).as_bytes(),
    );
    check("5,000 blocks of a template", "a.hbs", many("{{#if a#}}<p>{{b#}}</p>{{/if}}", 5_000).as_bytes());
}

/// A single file is checked on the main thread, whose stack somebody may have made smaller than usual.
#[cfg(unix)]
#[test]
fn the_deepest_nesting_that_can_be_allowed_fits_a_small_stack() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("presend.toml"), "[limits]\ndepth = 10000\npart-depth = 1000\n").unwrap();
    let multiparts =
        (0..1_000).map(|depth| format!("Content-Type: multipart/mixed; boundary=b{depth}x\n\n--b{depth}x\n"));
    let inputs = [
        ("tags.html", "<div>".repeat(9_000)),
        ("styled.html", "<div><b>".repeat(5_000)),
        ("tables.html", "<table><tr><td>".repeat(3_300)),
        (
            "sheet.html",
            format!("<style>{}</style><p style=\"width:{}\">x", "@media x{(".repeat(5_000), "calc(".repeat(5_000)),
        ),
        ("conditions.html", "{% if a %}<!--[if mso]>".repeat(5_000)),
        ("components.mjml", format!("<mjml><mj-body>{}", "<mj-section>".repeat(9_900))),
        ("parts.eml", format!("{HEAD}{}Content-Type: text/html\n\n<p>x</p>\n", multiparts.collect::<String>())),
        ("comments.eml", format!("{HEAD}To: {}a@b.example\n\nx\n", "(\n ".repeat(20_000))),
    ];
    for (name, text) in inputs {
        std::fs::write(folder.path().join(name), text).unwrap();
        // as much stack as the main thread has to have, and less
        for kilobytes in ["4096", "2048"] {
            let ended = Command::new("sh")
                .args(["-c", "ulimit -s $0 && exec \"$@\"", kilobytes, env!("CARGO_BIN_EXE_presend")])
                .args(["check", "--raw", "-W", "pedantic", "--format", "json", name])
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert!(matches!(ended.status.code(), Some(0 | 1)), "{name}, {kilobytes} KB: {ended:?}");
            let report = serde_json::from_slice(&ended.stdout).unwrap();
            assert!(VALIDATOR.is_valid(&report), "{name}: {report}");
            // a deeper one than is read without the configuration
            let is_cut = report.to_string().contains("analysis-limit");
            assert!(name != "tags.html" || !is_cut, "{report}");
        }
    }
}
