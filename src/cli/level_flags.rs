//! `-A`, `-W`, `-D` and `-F`: any number of them, in the order in which they were written.

use super::complaint;
use crate::config::levels::{Known, Setting, short_flag};
use crate::diagnostic::Level;
use crate::sort;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use std::io::{self, Write};

/// The level flags in order, one entry a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelFlags {
    /// The level and the name as written.
    pub flags: Vec<(Level, String)>,
}

const FLAGS: [(Level, &str, char, &str); 4] = [
    (Level::Allow, "allow", 'A', "Don't report these lints"),
    (Level::Warn, "warn", 'W', "Report these lints as warnings"),
    (Level::Deny, "deny", 'D', "Report these lints as errors; `-D warnings` does so for all warnings"),
    (Level::Forbid, "forbid", 'F', "Report these lints as errors, and let nothing lower or suppress them"),
];

impl Args for LevelFlags {
    fn augment_args(command: Command) -> Command {
        let heading = "Levels (lints, topics, standards, `pedantic`; the last flag wins)";
        FLAGS.into_iter().fold(command, |command, (_, name, short, help)| {
            let arg = Arg::new(name).long(name).short(short).help(help).help_heading(heading);
            command.arg(arg.value_name("NAME").value_delimiter(',').action(ArgAction::Append))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LevelFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut flags = Vec::new();
        for (level, id, ..) in FLAGS {
            let names = matches.get_many::<String>(id).into_iter().flatten();
            let places = matches.indices_of(id).into_iter().flatten();
            flags.extend(places.zip(names).map(|(place, name)| (place, level, name.clone())));
        }
        sort::by_key(&mut flags, |(place, ..)| *place);
        Ok(Self { flags: flags.into_iter().map(|(_, level, name)| (level, name)).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl LevelFlags {
    /// The settings that the flags make; names that are unknown are told on `err`, all of them, and then there are none.
    ///
    /// # Errors
    /// `err` can't be written.
    pub fn settings(&self, known: &[Known], err: &mut dyn Write) -> io::Result<Option<Vec<Setting>>> {
        let mut settings = Some(Vec::new());
        for (level, name) in &self.flags {
            match Setting::flag(*level, name, known) {
                Ok(setting) => settings.iter_mut().for_each(|settings| settings.push(setting.clone())),
                Err(unknown) => {
                    let note = format!("requested on the command line with `{} {name}`", short_flag(*level));
                    complaint::say(err, &unknown.to_string(), &[note], &unknown.help())?;
                    settings = None;
                }
            }
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn flags(line: &str) -> Vec<(&'static str, String)> {
        let command = LevelFlags::augment_args(Command::new("check"));
        let matches = command.try_get_matches_from(line.split(' ')).unwrap();
        let flags = LevelFlags::from_arg_matches(&matches).unwrap().flags;
        flags.into_iter().map(|(level, name)| (short_flag(level), name)).collect()
    }

    #[test]
    fn the_order_of_the_command_line_is_kept_over_all_four() {
        assert_eq!(
            flags("check -D microsoft -A links,body --warn=rfc -Dwarnings -A links --forbid x"),
            [
                ("-D", "microsoft"),
                ("-A", "links"),
                ("-A", "body"),
                ("-W", "rfc"),
                ("-D", "warnings"),
                ("-A", "links"),
                ("-F", "x")
            ]
            .map(|(flag, name)| (flag, name.to_owned()))
        );
    }
}
