//! Which templates of a run others include: one look at each template before the run, for its includes alone.

use super::input_list::Inputs;
use super::inputs::Input;
use crate::lint::panics;
use crate::message::pieces::{Pieces, included};
use crate::source::Kind;
use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

/// Templates are small; what is larger is not looked at twice. In bytes.
const LARGEST: u64 = 1 << 20;

/// What the templates among `inputs` include. What can't be read is left out: it is told when its turn comes. A file alone has no pool.
pub fn among(inputs: &Inputs, pool: Option<&ThreadPool>) -> Pieces {
    let mut pieces = Pieces::default();
    let Some(pool) = pool else { return pieces };
    let names = |at| Some(names(&inputs.get(at))).filter(|(_, names)| !names.is_empty());
    let found: Vec<_> = pool.install(|| (0..inputs.len()).into_par_iter().filter_map(names).collect());
    for (includer, names) in found {
        names.iter().for_each(|name| pieces.add(&includer, name));
    }
    pieces
}

fn names(input: &Input) -> (Arc<str>, Vec<String>) {
    let name = input.name();
    let names = text(input, &name).and_then(|text| panics::catch(|| included(&name, &text)).ok());
    (name, names.unwrap_or_default())
}

/// The text of a file whose name promises a template; standard input can be read only once.
pub(super) fn text(input: &Input, name: &str) -> Option<String> {
    let Input::File(_, path) = input else { return None };
    Kind::promised(name).filter(|kind| *kind != Kind::Message)?;
    let metadata = std::fs::metadata(path).ok().filter(|metadata| metadata.is_file() && metadata.len() <= LARGEST)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).ok()?);
    File::open(path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
