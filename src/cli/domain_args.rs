//! What `presend domain` takes.

use super::args::{CheckArgs, FixFlags, Knowledge, Output, Policy, output};
use crate::report::Format;
use clap::Args;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

/// The port of DNS.
const PORT: u16 = 53;
/// The longest time to wait, in seconds.
const LONGEST: f64 = 3600.0;

/// `presend domain`.
#[derive(Debug, Args)]
#[command(
    after_help = "It asks DNS and nothing else; with `--zone` not even that.\nExit code: 0 if nothing is at deny level, 1 if something is, 2 if something could not be asked."
)]
pub struct DomainArgs {
    /// Domains to look at, as they stand behind the `@` of From
    #[arg(required = true, value_name = "DOMAIN")]
    pub domains: Vec<String>,

    /// A DKIM selector that is in use (`s=` of a DKIM-Signature); can be repeated. Well-known ones are tried without it
    #[arg(long = "selector", value_name = "NAME", help_heading = "What the sender knows")]
    pub selectors: Vec<String>,
    /// An address that the mail is sent from; can be repeated
    #[arg(long = "ip", value_name = "ADDRESS", help_heading = "What the sender knows")]
    pub addresses: Vec<IpAddr>,

    /// Ask this server, such as `1.1.1.1` or `[::1]:5353`, not those of the system; can be repeated
    #[arg(long = "resolver", value_name = "ADDRESS[:PORT]", value_parser = server, help_heading = "Asking")]
    pub resolvers: Vec<SocketAddr>,
    /// Ask no server, but read this zone file (RFC 1035)
    #[arg(long, value_name = "FILE", conflicts_with = "resolvers", help_heading = "Asking")]
    pub zone: Option<PathBuf>,
    /// How long to wait for all answers about a domain together
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds, help_heading = "Asking")]
    pub timeout: Duration,

    /// How to report on standard output: human, short, json, json-lines, sarif, github, gitlab, junit, rdjson or html
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = |word: &str| Format::parse(word))]
    pub format: Format,

    #[command(flatten)]
    pub policy: Policy,

    /// Write a report to a file, too, such as `sarif=presend.sarif`; can be repeated
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = output, help_heading = "Output")]
    pub outputs: Vec<Output>,
    /// Report only what is not in this baseline
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub baseline: Option<PathBuf>,
    /// Write all that is found as a baseline
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub write_baseline: Option<PathBuf>,
    /// Columns to wrap the report at (the terminal's if left out)
    #[arg(long, value_name = "COLUMNS", help_heading = "Output")]
    pub width: Option<usize>,
    /// Say only what was found to be wrong, not what is there
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,
    /// Exit with 0 even if something is at deny level
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,
}

impl DomainArgs {
    /// The same for what `presend check` and this have in common. What is there is told unless it is to be quiet.
    pub fn as_check(&self) -> CheckArgs {
        CheckArgs {
            paths: Vec::new(),
            since: None,
            force_exclude: false,
            watch: false,
            format: self.format,
            policy: self.policy.clone(),
            knowledge: Knowledge::default(),
            zone: self.zone.clone(),
            fix: FixFlags::default(),
            stdin_filename: None,
            outputs: self.outputs.clone(),
            baseline: self.baseline.clone(),
            write_baseline: self.write_baseline.clone(),
            statistics: false,
            width: self.width,
            quiet: self.quiet,
            verbose: !self.quiet,
            exit_zero: self.exit_zero,
            threads: None,
        }
    }
}

/// An address, with or without a port.
fn server(text: &str) -> Result<SocketAddr, String> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    match (text.parse(), bare.parse::<IpAddr>()) {
        (Ok(address), _) => Ok(address),
        (_, Ok(ip)) => Ok(SocketAddr::new(ip, PORT)),
        _ => Err("an address is wanted, such as `1.1.1.1` or `[::1]:5353`".to_owned()),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0 && *seconds <= LONGEST);
    seconds.map(Duration::from_secs_f64).ok_or_else(|| format!("a number of seconds up to {LONGEST} is wanted"))
}

#[cfg(test)]
mod tests {
    use super::{seconds, server};

    #[test]
    fn servers_have_an_address_and_maybe_a_port() {
        for (text, address) in [
            ("1.1.1.1", "1.1.1.1:53"),
            ("1.1.1.1:5353", "1.1.1.1:5353"),
            ("::1", "[::1]:53"),
            ("[::1]", "[::1]:53"),
            ("[::1]:5353", "[::1]:5353"),
        ] {
            assert_eq!(server(text).map(|server| server.to_string()), Ok(address.to_owned()), "{text}");
        }
        assert!(server("dns.example.com").is_err() && server("1.1.1.1:x").is_err());
    }

    #[test]
    fn times_are_seconds() {
        assert_eq!(seconds("0.5").map(|time| time.as_millis()), Ok(500));
        for text in ["0", "-1", "NaN", "inf", "5s", ""] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
