//! Follows aliases (CNAME) from the name that was asked for to the records, over as many answers as it takes.

use super::wire::Response;
use crate::domain::{Answer, Kind, Name, Question, Record};

/// Aliases that are followed; servers stop at about as many.
const LONGEST: usize = 16;

/// Answers a question with what `ask` gives, which is asked again where an answer ends with an alias.
pub(super) fn answer((name, kind): &Question, mut ask: impl FnMut(&Question) -> Result<Response, String>) -> Answer {
    let mut chain = Vec::new();
    let mut name = name.clone();
    loop {
        let Response { no_name, records } = match ask(&(name.clone(), *kind)) {
            Ok(response) => response,
            Err(why) => return Answer::Failed(why),
        };
        let before = chain.len();
        if *kind != Kind::Cname {
            name = follow(name, &records, &mut chain);
        }
        if chain.len() > LONGEST {
            return Answer::Failed("its aliases (CNAME) go round in a circle".to_owned());
        }
        let wanted = records.into_iter().filter(|record| record.name == name && record.kind == *kind);
        let aliases = chain.len();
        chain.extend(wanted);
        if chain.len() > aliases {
            return Answer::Found(chain);
        }
        // the code is about the last name of the chain (RFC 6604 §3)
        if no_name && chain.is_empty() {
            return Answer::NoName;
        }
        if no_name || aliases == before {
            return Answer::Empty(chain);
        }
    }
}

/// The name that `name` leads to; the aliases on the way are added to `chain`, which ends soon after [`LONGEST`].
fn follow(name: Name, records: &[Record], chain: &mut Vec<Record>) -> Name {
    let mut name = name;
    while chain.len() <= LONGEST {
        let alias = records.iter().find(|record| record.kind == Kind::Cname && record.name == name);
        let Some((alias, target)) = alias.and_then(|alias| Some((alias, alias.target()?))) else { break };
        chain.push(alias.clone());
        name = target;
    }
    name
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn name(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    fn alias(from: &str, to: &str) -> Record {
        Record::new(name(from), Kind::Cname, to)
    }

    fn text(of: &str, text: &str) -> Record {
        Record::new(name(of), Kind::Txt, text)
    }

    /// Answers for `a` with what the server holds, which gives what it has of a name and no more; and what was asked.
    fn asked(server: &[(&str, bool, Vec<Record>)]) -> (Answer, Vec<String>) {
        let mut asked = Vec::new();
        let answer = answer(&(name("a"), Kind::Txt), |(name, _)| {
            asked.push(name.to_string());
            let held = server.iter().find(|(of, ..)| *of == name.as_str());
            let (_, no_name, records) = held.ok_or_else(|| "nobody knows".to_owned())?;
            Ok(Response { no_name: *no_name, records: records.clone() })
        });
        (answer, asked)
    }

    #[test]
    fn aliases_come_in_the_order_of_their_chain_then_the_records() {
        let (ab, bc, of_c) = (alias("a", "b"), alias("b", "c"), text("c", "x"));
        let unrelated = [text("d", "y"), alias("d", "a"), Record::new(name("c"), Kind::A, "192.0.2.1")];
        let records = [vec![of_c.clone(), bc.clone()], unrelated.to_vec(), vec![ab.clone()]].concat();
        let (answer, asked) = asked(&[("a", false, records)]);
        assert_eq!((answer, asked), (Answer::Found(vec![ab, bc, of_c]), vec!["a".to_owned()]));
    }

    #[test]
    fn an_alias_without_its_target_is_asked_for_again() {
        let (ab, bc, of_c) = (alias("a", "b"), alias("b", "c"), text("c", "x"));
        let server = [("a", false, vec![ab.clone()]), ("b", false, vec![bc.clone()]), ("c", false, vec![of_c.clone()])];
        let (answer, asked) = asked(&server);
        assert_eq!((answer, asked.len()), (Answer::Found(vec![ab, bc, of_c]), 3));
    }

    #[test]
    fn an_alias_that_leads_nowhere_is_kept_and_a_name_that_is_not_there_is_missing() {
        let ab = alias("a", "b");
        let to_nothing = [("a", false, vec![ab.clone()]), ("b", false, vec![])];
        let to_no_name = [("a", true, vec![ab.clone()])];
        let to_no_name_in_two = [("a", false, vec![ab.clone()]), ("b", true, vec![])];
        for server in [&to_nothing[..], &to_no_name, &to_no_name_in_two] {
            assert_eq!(asked(server).0, Answer::Empty(vec![ab.clone()]));
        }
        assert_eq!(asked(&[("a", true, vec![])]).0, Answer::NoName);
        assert_eq!(asked(&[("a", false, vec![])]).0, Answer::Empty(Vec::new()));
        assert_eq!(asked(&to_nothing[..1]).0, Answer::Failed("nobody knows".to_owned()));
    }

    #[test]
    fn circles_end() {
        let failed = Answer::Failed("its aliases (CNAME) go round in a circle".to_owned());
        let (ab, ba) = (alias("a", "b"), alias("b", "a"));
        assert_eq!(asked(&[("a", false, vec![ab.clone(), ba.clone()])]).0, failed);
        let (answer, asked) = asked(&[("a", false, vec![ab]), ("b", false, vec![ba])]);
        assert_eq!((answer, asked.len()), (failed, LONGEST + 1));
    }

    #[test]
    fn an_alias_that_is_asked_for_is_not_followed() {
        let ab = alias("a", "b");
        let response = Response { no_name: false, records: vec![ab.clone(), alias("b", "c")] };
        let answer = answer(&(name("a"), Kind::Cname), |_| Ok(response.clone()));
        assert_eq!(answer, Answer::Found(vec![ab]));
    }
}
