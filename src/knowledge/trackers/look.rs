//! The shapes that a URL has, of all kinds in one look: only those are tried that are filed under something that the URL has.

use super::shape::{Gist, Kind, Shape, first_segment};
use super::url::{lower, split, suffixes};
use super::{BY_HOST, BY_LABEL, BY_SEGMENT, ON_ALL, SHAPES};
use crate::knowledge::table::{List, Text};

/// The number of a shape.
#[derive(Debug)]
pub struct Number(pub u16);

/// The surest shape of each kind.
#[derive(Debug, Default)]
pub(super) struct Look {
    best: [Option<Ranked>; Kind::COUNT],
}

/// A shape with its rank among equally sure ones: those of a known host first, then in the order of the files.
#[derive(Debug, Clone, Copy)]
struct Ranked {
    rank: usize,
    shape: &'static Shape,
}

impl Look {
    /// What `url`, that of a link, looks like. `None` if it is not absolute.
    pub fn at_link(url: &str) -> Option<Self> {
        Self::at(url, |kind| kind != Kind::Open)
    }

    /// What `url`, that of an image, looks like: only [`Kind::Open`]. `None` if it is not absolute.
    pub fn at_image(url: &str) -> Option<Self> {
        Self::at(url, |kind| kind == Kind::Open)
    }

    fn at(url: &str, is_asked: impl Fn(Kind) -> bool) -> Option<Self> {
        let parts = split(url)?;
        let host = lower(parts.host);
        let gist = Gist::of(&parts);
        let mut look = Self::default();
        let mut try_on = |Number(at): &Number, is_filed: bool| {
            let at = usize::from(*at);
            let Some(shape) = SHAPES.get(at).filter(|shape| is_asked(shape.kind)) else { return };
            let ranked = Ranked { rank: if is_filed { 0 } else { 1 + at }, shape };
            let Some(best) = look.best.get_mut(shape.kind as usize) else { return };
            if best.is_none_or(|best| ranked.beats(best)) && shape.may_match(&gist) && shape.matches(&parts) {
                *best = Some(ranked);
            }
        };
        for shapes in suffixes(&host).filter_map(|suffix| HOSTS.filed_under(suffix)) {
            shapes.iter().for_each(|at| try_on(at, true));
        }
        let label = label_before_last(&host);
        let label = label.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let elsewhere = [LABELS.filed_under(label), SEGMENTS.filed_under(&lower(first_segment(parts.path)))];
        for shapes in elsewhere.into_iter().flatten().chain([&ON_ALL[..]]) {
            shapes.iter().for_each(|at| try_on(at, false));
        }
        Some(look)
    }

    /// The surest shape of a kind.
    pub fn of(&self, kind: Kind) -> Option<&'static Shape> {
        self.best.get(kind as usize).copied().flatten().map(|best| best.shape)
    }
}

/// `brand` of `www.brand.com`; empty where there are no two.
fn label_before_last(host: &str) -> &str {
    let before_dot = |text: &str| memchr::memrchr(b'.', text.as_bytes());
    let before = before_dot(host).and_then(|dot| host.get(..dot)).unwrap_or_default();
    before_dot(before).and_then(|dot| before.get(dot + 1..)).unwrap_or(before)
}

impl Ranked {
    fn beats(self, other: Self) -> bool {
        let sure = |ranked: Self| ranked.shape.certainty;
        sure(self) > sure(other) || sure(self) == sure(other) && self.rank < other.rank
    }
}

static HOSTS: Files = Files::of(&BY_HOST);
static LABELS: Files = Files::of(&BY_LABEL);
static SEGMENTS: Files = Files::of(&BY_SEGMENT);

/// Shapes filed under keys, which are sorted and in lower case; nearly all that is asked for is not there, which a bit tells.
struct Files {
    table: &'static [(Text, List<Number>)],
    known: [u64; Self::BITS / 64],
}

impl Files {
    const BITS: usize = 4096;

    const fn of(table: &'static [(Text, List<Number>)]) -> Self {
        let mut known = [0; Self::BITS / 64];
        let mut at = 0;
        while at < table.len() {
            let bit = Self::bit(table[at].0.as_str().as_bytes());
            known[bit / 64] |= 1 << (bit % 64);
            at += 1;
        }
        Self { table, known }
    }

    /// By the length of a key and five of its bytes.
    const fn bit(key: &[u8]) -> usize {
        let length = key.len();
        if length == 0 {
            return 0;
        }
        let places = [0, 1 % length, length / 3, length / 2, length - 1];
        let (mut hash, mut at) = (length as u32, 0);
        while at < places.len() {
            hash = hash.wrapping_mul(0x9E37_79B1) ^ key[places[at]] as u32;
            at += 1;
        }
        (hash.wrapping_mul(0x9E37_79B1) >> 20) as usize % Self::BITS
    }

    /// The shapes filed under `key` (lower case).
    fn filed_under(&self, key: &str) -> Option<&'static [Number]> {
        let bit = Self::bit(key.as_bytes());
        self.known.get(bit / 64).filter(|word| *word >> (bit % 64) & 1 == 1)?;
        let at = self.table.binary_search_by_key(&key, |(known, _)| known.as_str()).ok()?;
        self.table.get(at).map(|(_, shapes)| shapes.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kind;
    use super::super::shape::{Atom, Host, Parameter, Segment, Set, Shape};
    use super::super::url::{split, suffixes};
    use super::{Look, SHAPES};
    use proptest::prelude::*;

    /// Every shape tried: what the tables only make faster. Those of a known host first, the longest suffix first.
    fn plainly(url: &str, kind: Kind) -> Option<&'static Shape> {
        let parts = split(url)?;
        let of_kind = || SHAPES.iter().filter(|shape| shape.kind as u8 == kind as u8);
        let plain_host = |shape: &Shape| match &shape.host {
            Host::Under(labels) => {
                labels.iter().map(plain_label).collect::<Option<Vec<_>>>().map(|host| host.join("."))
            }
            _ => None,
        };
        let host = parts.host.to_ascii_lowercase();
        let filed = suffixes(&host)
            .flat_map(|suffix| of_kind().filter(move |shape| plain_host(shape).as_deref() == Some(suffix)));
        let anywhere = of_kind().filter(|shape| plain_host(shape).is_none());
        let mut best: Option<&Shape> = None;
        for shape in filed.chain(anywhere).filter(|shape| shape.matches(&parts)) {
            if best.is_none_or(|best| best.certainty < shape.certainty) {
                best = Some(shape);
            }
        }
        best
    }

    fn plain_label(label: &Segment) -> Option<&'static str> {
        let Segment::Piece(atoms) = label else { return None };
        match atoms.as_slice() {
            [Atom::Literal(literal)] => Some(literal),
            _ => None,
        }
    }

    /// A text that the atoms take, more or less.
    fn text_of(atoms: &[Atom], more: usize) -> String {
        let one = |atom: &Atom| match atom {
            Atom::Literal(literal) => literal.to_string(),
            Atom::OneOf(words) => words[more % words.len()].to_string(),
            Atom::Run(set, least, most) => {
                let letter = if matches!(set, Set::Digits) { "7" } else { "b" };
                letter.repeat((usize::from(*least) + more % 3).min(usize::from(*most)))
            }
            Atom::Uuid => "0f4e6a0e-0a12-4bb1-9a55-7d2f5a1b2c3d".to_owned(),
            Atom::Tail(end) => format!("x{end}"),
        };
        atoms.iter().map(one).collect()
    }

    fn joined(segments: &[Segment], more: usize, by: &str) -> String {
        let one = |segment: &Segment| match segment {
            Segment::Rest => ["a", "track", "open/b"][more % 3].to_owned(),
            Segment::Piece(atoms) => text_of(atoms, more),
        };
        segments.iter().map(one).collect::<Vec<_>>().join(by)
    }

    fn host_of(shape: &Shape, more: usize) -> String {
        match &shape.host {
            Host::Any => "links.brand.com".to_owned(),
            Host::Under(labels) => ["", "x.", "t."][more % 3].to_owned() + &joined(labels, more, "."),
            Host::Begins(labels) => joined(labels, more, ".") + ".brand.com",
        }
    }

    fn query_of(shape: &Shape, more: usize) -> String {
        let one = |parameter: &Parameter| {
            let value = parameter.value.map_or("1".to_owned(), |value| text_of(value.as_slice(), more));
            if parameter.name.is_empty() { value } else { format!("{}={value}", parameter.name) }
        };
        shape.query.iter().map(one).collect::<Vec<_>>().join("&")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn what_is_looked_up_is_what_trying_every_shape_finds(
            shapes in [any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>()],
            more in 0usize..6,
            upper: bool,
            slash: bool,
        ) {
            let [host, path, query] = shapes.map(|index| &SHAPES[index.index(SHAPES.len())]);
            // of one shape, or of several at once
            for (path, query) in [(path, query), (host, query), (path, host), (host, host)] {
                let slash = if slash { "/" } else { "" };
                let path = joined(path.path.as_slice(), more, "/");
                let url = format!("https://{}/{path}{slash}?{}", host_of(host, more), query_of(query, more));
                let url = if upper { url.to_ascii_uppercase() } else { url };
                let (image, link) = (Look::at_image(&url).expect("absolute"), Look::at_link(&url).expect("absolute"));
                for kind in [Kind::Open, Kind::Click, Kind::Unsubscribe, Kind::Preferences, Kind::WebVersion] {
                    let look = if kind == Kind::Open { &image } else { &link };
                    let (fast, plain) = (look.of(kind), plainly(&url, kind));
                    prop_assert!(
                        fast.map(std::ptr::from_ref) == plain.map(std::ptr::from_ref),
                        "{url}: {fast:?}, {plain:?}"
                    );
                }
            }
        }
    }
}
