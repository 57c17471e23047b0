//! Questions to DNS, each asked once, and the records that came back, each with a number to point at it.

use super::{Kind, Name, Record};
use std::collections::HashMap;

/// What is asked: a name and a type.
pub type Question = (Name, Kind);

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Records: aliases in the order of their chain, then those of the type that was asked for.
    Found(Vec<Record>),
    /// The name is there and has no record of that type; aliases may have led to it.
    Empty(Vec<Record>),
    /// There is no such name.
    NoName,
    /// Nobody knows: it lies outside of what can be read.
    Outside,
    /// Nobody knows: a server or the network failed, and how.
    Failed(String),
}

/// Somebody who answers: servers, or a zone file.
pub trait Ask {
    /// Answers the questions, in their order.
    fn ask(&mut self, questions: &[Question]) -> Vec<Answer>;
}

/// An answer whose records have numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The records of the type, and the aliases on the way to them.
    Found {
        /// Numbers of the records.
        records: Vec<usize>,
        /// Numbers of the aliases (CNAME).
        aliases: Vec<usize>,
    },
    /// No record of that type, or no such name.
    Nothing {
        /// Whether the name itself is missing.
        no_name: bool,
        /// Numbers of the aliases (CNAME) that led nowhere.
        aliases: Vec<usize>,
    },
    /// Nobody knows.
    Unknown,
}

impl Reply {
    /// The records; none where nobody knows.
    pub fn records(&self) -> &[usize] {
        match self {
            Self::Found { records, .. } => records,
            _ => &[],
        }
    }

    /// The aliases.
    pub fn aliases(&self) -> &[usize] {
        match self {
            Self::Found { aliases, .. } | Self::Nothing { aliases, .. } => aliases,
            Self::Unknown => &[],
        }
    }

    /// Somebody answered that there is nothing.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing { .. })
    }

    /// Nobody knows.
    pub fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// A question that nobody could answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The question.
    pub question: Question,
    /// Why; `None` where it lies outside of what can be read.
    pub why: Option<String>,
}

/// Asks each question once.
pub struct Inquiry<'a> {
    who: &'a mut dyn Ask,
    replies: HashMap<Question, Reply>,
    /// All records that came back.
    pub records: Vec<Record>,
    /// The questions without an answer.
    pub failures: Vec<Failure>,
}

impl<'a> Inquiry<'a> {
    /// Nothing has been asked yet.
    pub fn new(who: &'a mut dyn Ask) -> Self {
        Self { who, replies: HashMap::new(), records: Vec::new(), failures: Vec::new() }
    }

    /// Asks all these at once, so that one need not wait for the other.
    pub fn prepare(&mut self, questions: impl IntoIterator<Item = Question>) {
        let mut new: Vec<Question> = Vec::new();
        for question in questions {
            if !self.replies.contains_key(&question) && !new.contains(&question) {
                new.push(question);
            }
        }
        if new.is_empty() {
            return;
        }
        let answers = self.who.ask(&new);
        let missing = std::iter::repeat(Answer::Failed("no answer".to_owned()));
        for (question, answer) in new.into_iter().zip(answers.into_iter().chain(missing)) {
            let reply = self.number(&question, answer);
            self.replies.insert(question, reply);
        }
    }

    /// Asks one question.
    pub fn ask(&mut self, name: &Name, kind: Kind) -> Reply {
        let question = (name.clone(), kind);
        self.prepare([question.clone()]);
        self.replies.get(&question).cloned().unwrap_or(Reply::Unknown)
    }

    /// The addresses of a name: of both kinds; `Err` where nobody knows of one of them and the other has none.
    pub fn addresses(&mut self, name: &Name) -> Reply {
        self.prepare([(name.clone(), Kind::A), (name.clone(), Kind::Aaaa)]);
        let (four, six) = (self.ask(name, Kind::A), self.ask(name, Kind::Aaaa));
        match (four, six) {
            (Reply::Found { mut records, aliases }, other) => {
                records.extend_from_slice(other.records());
                Reply::Found { records, aliases }
            }
            (_, found @ Reply::Found { .. }) => found,
            (Reply::Unknown, _) | (_, Reply::Unknown) => Reply::Unknown,
            (nothing, _) => nothing,
        }
    }

    fn number(&mut self, question: &Question, answer: Answer) -> Reply {
        let (found, nothing) = match answer {
            Answer::Found(records) => (records, None),
            Answer::Empty(aliases) => (aliases, Some(false)),
            Answer::NoName => (Vec::new(), Some(true)),
            Answer::Outside => return self.fail(question, None),
            Answer::Failed(why) => return self.fail(question, Some(why)),
        };
        let (mut records, mut aliases) = (Vec::new(), Vec::new());
        for record in found {
            let list = if record.kind == question.1 { &mut records } else { &mut aliases };
            list.push(self.records.len());
            self.records.push(record);
        }
        match nothing {
            None if !records.is_empty() => Reply::Found { records, aliases },
            no_name => Reply::Nothing { no_name: no_name.unwrap_or(false), aliases },
        }
    }

    fn fail(&mut self, question: &Question, why: Option<String>) -> Reply {
        self.failures.push(Failure { question: question.clone(), why });
        Reply::Unknown
    }
}
