//! `NAME:value;NAME:value`, as Microsoft's anti-spam fields hold what the filters said.

use super::Text;
use crate::message::Spot;

/// A field of pairs.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Which field of the message it is.
    pub header: usize,
    /// Its pairs in order.
    pub pairs: Vec<Pair>,
}

impl Stamp {
    /// The first pair called `name` (upper case).
    pub fn pair(&self, name: &str) -> Option<&Pair> {
        self.pairs.iter().find(|pair| pair.name == name)
    }
}

/// `SCL:5`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The name in upper case.
    pub name: String,
    /// The value as written, blanks trimmed; often empty.
    pub value: String,
    /// Name, colon and value.
    pub spot: Spot,
}

/// Names that begin a pair even where the semicolon before them is missing.
const NAMES: &[&str] = &[
    "CIP", "CTRY", "LANG", "SCL", "SRV", "IPV", "SFV", "H", "PTR", "CAT", "SFS", "SFTY", "DIR", "SFP", "EFV", "BCL",
    "PCL", "ARA", "RULEID", "SRVR", "FPR", "SPF", "MX", "A", "UCF", "JMR", "EX", "AUTH", "DEST", "OFR", "ENG", "RF",
    "WL", "PCWL", "KL", "IWL", "IJL", "DWL", "DKL", "RWL", "ABWL",
];

/// Most pairs that are read: Microsoft writes some twenty.
const MOST: usize = 200;

pub(super) fn read(text: &Text<'_>) -> Stamp {
    let mut pairs = Vec::new();
    let mut start = 0;
    for segment in text.text.split(';').take(MOST) {
        let mut from = 0;
        for cut in cuts(segment) {
            pairs.extend(pair(text, segment, start, from, cut));
            from = cut;
        }
        pairs.extend(pair(text, segment, start, from, segment.len()));
        start += segment.len() + 1;
    }
    Stamp { header: text.index, pairs }
}

/// Where, behind a blank, a further pair begins.
fn cuts(segment: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = segment.len() - segment.trim_start().len();
    while let Some(blank) = segment[at..].find(char::is_whitespace).map(|offset| at + offset) {
        let word = segment[blank..].trim_start();
        at = segment.len() - word.len();
        let word_end = word.find(char::is_whitespace).unwrap_or(word.len());
        let name = word[..word_end].split_once(':').map(|(name, _)| name);
        if name.is_some_and(|name| NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))) {
            cuts.push(at);
        }
        if word.is_empty() {
            break;
        }
    }
    cuts
}

fn pair(text: &Text<'_>, segment: &str, start: usize, from: usize, to: usize) -> Option<Pair> {
    let piece = segment.get(from..to)?;
    let (name, value) = piece.split_once(':')?;
    let begin = start + from + piece.len() - piece.trim_start().len();
    let range = begin..begin + piece.trim().len();
    Some(Pair { name: name.trim().to_ascii_uppercase(), value: value.trim().to_owned(), spot: text.spot(range) })
}
