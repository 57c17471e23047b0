#![allow(clippy::unwrap_used)]

use super::*;

/// Five lints that stand for all.
pub(crate) const KNOWN: &[Known] = &[
    Known {
        name: "missing-unsubscribe",
        topic: "unsubscribe",
        standards: &[Standard::Microsoft, Standard::OutlookHighVolume],
        level: Level::Deny,
    },
    Known {
        name: "gated-unsubscribe",
        topic: "unsubscribe",
        standards: &[Standard::Microsoft, Standard::GmailYahoo],
        level: Level::Warn,
    },
    Known { name: "unsigned-one-click", topic: "unsubscribe", standards: &[Standard::Rfc], level: Level::Allow },
    Known { name: "vague-subject", topic: "subject", standards: &[Standard::Microsoft], level: Level::Warn },
    Known { name: "shouting-subject", topic: "subject", standards: &[], level: Level::Allow },
];

/// `a=deny b=warn` as the entries of a `[lints]` table.
fn table(entries: &str) -> Vec<Setting> {
    let entry = |entry: &str| {
        let (name, level) = entry.split_once('=').unwrap();
        Setting {
            selector: Selector::parse(name, KNOWN).unwrap(),
            level: Level::parse(level).unwrap(),
            origin: Origin::Config { selector: format!("lints.{name}"), file: "presend.toml".into() },
        }
    };
    entries.split_whitespace().map(entry).collect()
}

/// `-D a -W b --cap-lints warn`, as on the command line.
fn with_flags(levels: &mut Levels, flags: &str) -> Result<(), Lowered> {
    let words: Vec<_> = flags.split_whitespace().collect();
    let mut settings = Vec::new();
    for pair in words.chunks(2) {
        let level = match pair[0] {
            "-A" => Level::Allow,
            "-W" => Level::Warn,
            "-D" => Level::Deny,
            "-F" => Level::Forbid,
            _ => {
                levels.cap(Level::parse(pair[1]).unwrap());
                continue;
            }
        };
        settings.push(Setting::flag(level, pair[1], KNOWN).unwrap());
    }
    levels.command_line(&settings)
}

fn levels(config: &str, flags: &str) -> Levels {
    let mut levels = Levels::new(KNOWN);
    levels.configure(&table(config)).unwrap();
    with_flags(&mut levels, flags).unwrap();
    levels
}

#[test]
fn level_and_origin_by_configuration_and_flags() {
    let rows = [
        // configuration, flags, lint, level, origin
        ("", "", "missing-unsubscribe", Level::Deny, "the default"),
        ("", "", "no-such-lint", Level::Allow, "the default"),
        // on the command line the last wins
        ("", "-A vague-subject -D vague-subject", "vague-subject", Level::Deny, "`-D vague-subject`"),
        ("", "-D vague-subject -A microsoft", "vague-subject", Level::Allow, "`-A microsoft`"),
        ("", "-A subject -D subject/vague_subject", "vague-subject", Level::Deny, "`-D subject/vague_subject`"),
        // in the configuration the more particular entry wins, in any order
        (
            "gated-unsubscribe=allow unsubscribe=deny",
            "",
            "gated-unsubscribe",
            Level::Allow,
            "`lints.gated-unsubscribe` in presend.toml",
        ),
        (
            "unsubscribe=allow microsoft=deny",
            "",
            "gated-unsubscribe",
            Level::Allow,
            "`lints.unsubscribe` in presend.toml",
        ),
        ("pedantic=warn rfc=allow", "", "unsigned-one-click", Level::Allow, "`lints.rfc` in presend.toml"),
        (
            "gmail-yahoo=deny microsoft=allow",
            "",
            "gated-unsubscribe",
            Level::Deny,
            "`lints.gmail-yahoo` in presend.toml",
        ),
        // the command line beats the configuration, even with a group
        ("vague-subject=deny", "-A microsoft", "vague-subject", Level::Allow, "`-A microsoft`"),
        // a raised topic or standard leaves alone what is allowed by default
        ("", "-D unsubscribe", "unsigned-one-click", Level::Allow, "the default"),
        ("", "-F rfc", "unsigned-one-click", Level::Allow, "the default"),
        ("rfc=warn", "", "unsigned-one-click", Level::Allow, "the default"),
        ("", "-D unsigned-one-click", "unsigned-one-click", Level::Deny, "`-D unsigned-one-click`"),
        ("", "-W pedantic", "shouting-subject", Level::Warn, "`-W pedantic`"),
        ("", "-W pedantic", "vague-subject", Level::Warn, "the default"),
        ("", "-W pedantic -A subject", "shouting-subject", Level::Allow, "`-A subject`"),
        // -D warnings, wherever it stands
        ("", "-D warnings", "vague-subject", Level::Deny, "`-D warnings`"),
        ("", "-D warnings -W vague-subject", "vague-subject", Level::Deny, "`-D warnings`"),
        ("", "-D warnings -W warnings", "vague-subject", Level::Warn, "the default"),
        ("", "-D warnings", "shouting-subject", Level::Allow, "the default"),
        ("warnings=deny", "", "vague-subject", Level::Deny, "`lints.warnings` in presend.toml"),
        ("warnings=deny", "-W warnings", "vague-subject", Level::Warn, "the default"),
        // --cap-lints has the last word
        ("", "--cap-lints warn", "missing-unsubscribe", Level::Warn, "`--cap-lints warn`"),
        ("", "--cap-lints warn -F vague-subject", "vague-subject", Level::Warn, "`--cap-lints warn`"),
        ("", "-D warnings --cap-lints warn", "vague-subject", Level::Warn, "`--cap-lints warn`"),
        ("", "--cap-lints deny", "vague-subject", Level::Warn, "the default"),
        // forbid stays, whatever a group says later
        ("", "-F vague-subject -A subject", "vague-subject", Level::Forbid, "`-F vague-subject`"),
        ("", "-F vague-subject -D vague-subject", "vague-subject", Level::Forbid, "`-F vague-subject`"),
        ("", "-A vague-subject -F vague-subject", "vague-subject", Level::Forbid, "`-F vague-subject`"),
        (
            "vague-subject=forbid",
            "-A microsoft",
            "vague-subject",
            Level::Forbid,
            "`lints.vague-subject` in presend.toml",
        ),
    ];
    for (config, flags, lint, level, origin) in rows {
        let levels = levels(config, flags);
        let (found, by) = levels.of(lint);
        assert_eq!((found, by.to_string().as_str()), (level, origin), "[{config}] {flags}: {lint}");
    }
}

#[test]
fn a_finding_is_softened_only_at_the_default_level() {
    for (config, flags, lint, level) in [
        ("", "", "missing-unsubscribe", Level::Warn),
        ("", "", "vague-subject", Level::Allow),
        ("", "-D vague-subject", "vague-subject", Level::Deny),
        ("missing-unsubscribe=deny", "", "missing-unsubscribe", Level::Deny),
        ("", "-D warnings", "missing-unsubscribe", Level::Deny),
        ("", "-D warnings", "vague-subject", Level::Allow),
        ("", "--cap-lints allow", "missing-unsubscribe", Level::Allow),
    ] {
        assert_eq!(levels(config, flags).settle(lint, true).0, level, "[{config}] {flags}: {lint}");
    }
}

#[test]
fn what_is_forbidden_is_not_lowered_by_name() {
    for (config, flags, message, forbidden_by) in [
        (
            "",
            "-F vague-subject -A vague-subject",
            "allow(vague-subject) incompatible with previous forbid",
            "`-F vague-subject`",
        ),
        (
            "",
            "-F microsoft -W vague-subject",
            "warn(vague-subject) incompatible with previous forbid",
            "`-F microsoft`",
        ),
        (
            "subject=forbid",
            "-A vague-subject",
            "allow(vague-subject) incompatible with previous forbid",
            "`lints.subject` in presend.toml",
        ),
    ] {
        let mut levels = Levels::new(KNOWN);
        levels.configure(&table(config)).unwrap();
        let lowered = with_flags(&mut levels, flags).unwrap_err();
        assert_eq!((lowered.to_string().as_str(), lowered.forbidden_by.to_string().as_str()), (message, forbidden_by));
    }
    assert_eq!(
        Levels::new(KNOWN).configure(&table("vague-subject=allow subject=forbid")).unwrap_err().lint,
        "vague-subject"
    );
}

#[test]
fn an_override_beats_the_table_before_it() {
    let mut levels = Levels::new(KNOWN);
    levels.configure(&table("vague-subject=deny")).unwrap();
    levels.configure(&table("microsoft=allow")).unwrap();
    assert_eq!(levels.of("vague-subject").0, Level::Allow);
}

#[test]
fn the_origin_is_told_in_a_sentence() {
    for (config, flags, lint, softened, sentence) in [
        ("", "", "missing-unsubscribe", false, "`missing-unsubscribe` is denied by default"),
        ("", "", "missing-unsubscribe", true, "`missing-unsubscribe` is denied by default, but only `warn` here"),
        ("", "", "vague-subject", false, "`vague-subject` is a warning by default"),
        (
            "",
            "-D subject/vague_subject",
            "vague-subject",
            false,
            "requested on the command line with `-D subject/vague_subject`",
        ),
        ("", "-D microsoft", "vague-subject", false, "`-D vague-subject` implied by `-D microsoft`"),
        ("", "-D warnings", "vague-subject", false, "`-D vague-subject` implied by `-D warnings`"),
        (
            "unsubscribe=deny",
            "",
            "gated-unsubscribe",
            false,
            "`gated-unsubscribe` is denied by `lints.unsubscribe` in presend.toml",
        ),
        (
            "",
            "--cap-lints warn",
            "missing-unsubscribe",
            false,
            "`missing-unsubscribe` is held down to `warn` by `--cap-lints warn`",
        ),
    ] {
        assert_eq!(levels(config, flags).why(lint, softened), sentence);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]

    #[test]
    fn the_order_of_a_table_means_nothing(
        entries in proptest::sample::subsequence(
            &["pedantic", "microsoft", "gmail-yahoo", "rfc", "unsubscribe", "subject", "vague-subject", "gated-unsubscribe"], 0..8),
        chosen in proptest::collection::vec(0..3usize, 8),
        turn in 0..8usize,
    ) {
        let entry = |(name, level): (&&str, &usize)| format!("{name}={}", ["allow", "warn", "deny"][*level]);
        let mut entries: Vec<_> = entries.iter().zip(&chosen).map(entry).collect();
        let before = levels(&entries.join(" "), "");
        entries.reverse();
        let turn = turn % entries.len().max(1);
        entries.rotate_left(turn);
        let after = levels(&entries.join(" "), "");
        for lint in KNOWN {
            proptest::prop_assert_eq!(before.of(lint.name), after.of(lint.name));
        }
    }
}
