//! `presend explain`: a lint's page, the lints of a group, a page of advice, or what a reply means.

use super::args::ExplainArgs;
use super::complaint;
use super::exit::Outcome;
use super::groups::{self, Listed};
use super::replies;
use super::streams::Streams;
use super::table;
use crate::answers::advice::{self, PAGES};
use crate::config::selector::UnknownName;
use crate::config::similar::did_you_mean;
use crate::lint::Registry;
use crate::report::markdown::markdown;
use crate::report::{Options, wanted_width};
use std::io::{self, Write};

/// Runs the command.
///
/// # Errors
/// The output can't be written.
pub fn run(args: &ExplainArgs, registry: &Registry, streams: &mut Streams<'_>) -> io::Result<Outcome> {
    if args.list {
        list(registry, &mut streams.out)?;
        return Ok(Outcome::Clean);
    }
    let name = args.name.join(" ");
    let options = Options { width: wanted_width(None), color: streams.color, ..Options::default() };
    if let Some(lint) = registry.find(&name) {
        page(lint, &options, &mut streams.out)?;
    } else if let Some(page) = advice::page(&name) {
        streams.out.write_all(markdown(page.text, &options).as_bytes())?;
    } else {
        match groups::lints(&name, registry) {
            Ok(lints) => groups::table(&lints, &mut streams.out)?,
            Err(_) if replies::is_reply(&name) => replies::explain(&name, args.format, &options, &mut streams.out)?,
            Err(unknown) => {
                let (message, help) = neither(&unknown);
                complaint::say(&mut streams.err, &message, &[], &help)?;
                return Ok(Outcome::Failed);
            }
        }
    }
    Ok(Outcome::Clean)
}

/// The name is no lint's; a page of advice may have been meant.
fn neither(unknown: &UnknownName) -> (String, Vec<String>) {
    let names = PAGES.iter().map(|page| page.name).chain(unknown.meant.as_deref());
    let is_number = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    if !unknown.name.is_empty() && unknown.name.bytes().all(is_number) {
        let message = format!("`{}` is no code of a reply", unknown.name);
        return (
            message,
            vec!["codes have three digits, `550`, or are three numbers below 1,000, `5.7.606`".to_owned()],
        );
    }
    match did_you_mean(&unknown.name, names) {
        Some(page) if advice::page(page).is_some() => (
            format!("nothing is called `{}`", unknown.name),
            vec![
                format!("did you mean `{page}`?"),
                "`presend explain --list` lists all that can be explained".to_owned(),
            ],
        ),
        _ => (unknown.to_string(), unknown.help()),
    }
}

fn list(registry: &Registry, out: &mut dyn Write) -> io::Result<()> {
    groups::table(&registry.lints().collect::<Vec<_>>(), out)?;
    writeln!(out)?;
    let head = ["advice", "", "", "what it is about"].map(str::to_owned);
    let row = |page: &advice::Page| [page.name.to_owned(), String::new(), String::new(), page.summary().to_owned()];
    table::write(std::iter::once(head).chain(PAGES.iter().map(row)).collect(), out)?;
    writeln!(out)?;
    replies::list(out)
}

fn page((topic, lint): Listed, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let asked_by = match lint.standards {
        [] => String::new(),
        standards => format!("; standards: {}", groups::named(standards)),
    };
    writeln!(out, "{topic}/{}: {}", lint.name, lint.summary)?;
    writeln!(out, "default level: {}{asked_by}; since {}\n", lint.level, lint.since)?;
    out.write_all(markdown(lint.page, options).as_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cli::args::ListFormat;
    use crate::cli::test_registry::{REGISTRY, captured};
    use snapbox::{assert_data_eq, str};

    fn explain(name: &str) -> (Outcome, String) {
        let args = ExplainArgs { name: vec![name.to_owned()], list: false, format: ListFormat::Human };
        captured(|streams| run(&args, &REGISTRY, streams).unwrap())
    }

    #[test]
    fn a_lint_s_page_is_printed_by_any_spelling_of_its_name() {
        for name in ["missing-unsubscribe", "unsubscribe/missing-unsubscribe", "Missing_Unsubscribe"] {
            let (outcome, text) = explain(name);
            assert_eq!(outcome, Outcome::Clean);
            assert_data_eq!(
                text,
                str![[r#"
unsubscribe/missing-unsubscribe: campaign that gives its readers no way to unsubscribe
default level: deny; standards: microsoft, outlook-high-volume; since 0.1.0

What it reports

Just that.

"#]]
            );
        }
    }

    #[test]
    fn numbers_that_are_no_code_are_called_so() {
        for name in ["5.7.9999", "5", "1.2.3.4"] {
            let (outcome, text) = explain(name);
            assert_eq!(
                (outcome, text.contains(&format!("`{name}` is no code of a reply"))),
                (Outcome::Failed, true),
                "{text}"
            );
        }
    }

    #[test]
    fn a_group_lists_its_lints() {
        assert_data_eq!(
            explain("unsubscribe").1,
            str![[r#"
lint                             level  standards                       summary
unsubscribe/missing-unsubscribe  deny   microsoft, outlook-high-volume  campaign that gives its readers no way to unsubscribe
unsubscribe/unsigned-one-click   allow  rfc                             one-click fields that DKIM does not sign

"#]]
        );
        assert!(explain("rfc").1.contains("unsigned-one-click"));
        assert!(!explain("pedantic").1.contains("missing-unsubscribe"));
    }

    #[test]
    fn an_unknown_name_gets_the_nearest() {
        let (outcome, text) = explain("missing-unsubscrib");
        assert_eq!(outcome, Outcome::Failed);
        assert_data_eq!(
            text,
            str![[r#"
error: unknown lint `missing-unsubscrib`
  = help: did you mean `missing-unsubscribe`?
  = help: `presend lints` lists all lints with their topics and standards


"#]]
        );
    }
}
