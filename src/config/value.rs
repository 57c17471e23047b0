//! Reading single values of `presend.toml`, each with its span when it is not what it should be.

use super::error::Fault;
use super::limits::Limit;
use super::similar::did_you_mean;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// A value and where it stands.
pub(super) type Item<'t> = Spanned<DeValue<'t>>;

/// Either the value, or all that is wrong with it.
pub(super) type Read<T> = Result<T, Vec<Fault>>;

pub(super) fn fault<T>(fault: Fault) -> Read<T> {
    Err(vec![fault])
}

pub(super) fn text<'i>(item: &'i Item<'_>) -> Read<&'i str> {
    item.get_ref().as_str().ok_or_else(|| wrong_type(item, "a string"))
}

/// A string with something in it.
pub(super) fn words(item: &Item<'_>) -> Read<String> {
    match text(item)?.trim() {
        "" => fault(Fault::new(item.span(), "this is empty")),
        words => Ok(words.to_owned()),
    }
}

pub(super) fn boolean(item: &Item<'_>) -> Read<bool> {
    item.get_ref().as_bool().ok_or_else(|| wrong_type(item, "`true` or `false`"))
}

pub(super) fn table<'i, 't>(item: &'i Item<'t>) -> Read<&'i DeTable<'t>> {
    item.get_ref().as_table().ok_or_else(|| wrong_type(item, "a table"))
}

pub(super) fn array<'i, 't>(item: &'i Item<'t>, of: &str) -> Read<&'i DeArray<'t>> {
    item.get_ref().as_array().ok_or_else(|| wrong_type(item, &format!("an array of {of}")))
}

/// One of a few words.
pub(super) fn one_of<T: Copy>(item: &Item<'_>, choices: &[(&'static str, T)]) -> Read<T> {
    let word = text(item)?;
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word) {
        return Ok(*value);
    }
    let names = || choices.iter().map(|(name, _)| *name);
    let mut wrong = Fault::new(item.span(), format!("unknown value `{word}`"));
    if let Some(near) = did_you_mean(word, names()) {
        wrong = wrong.help(format!("did you mean `{near}`?"));
    }
    fault(wrong.note(format!("it can be {}", listed(names(), "or"))))
}

/// Each string of an array, read by `read`; all faults together.
pub(super) fn each<T>(item: &Item<'_>, of: &str, mut read: impl FnMut(&Item<'_>) -> Read<T>) -> Read<Vec<T>> {
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for element in array(item, of)?.iter() {
        match read(element) {
            Ok(value) => values.push(value),
            Err(wrong) => faults.extend(wrong),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

/// A size: a string with a unit, or a number of bytes.
pub(super) fn size(item: &Item<'_>) -> Read<u64> {
    let written = match item.get_ref() {
        DeValue::String(text) => text.as_ref(),
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        _ => return Err(wrong_type(item, "a size such as `\"1 MiB\"`")),
    };
    super::size::parse(written).or_else(|message| fault(Fault::new(item.span(), message)))
}

/// A number of things.
pub(super) fn count(item: &Item<'_>) -> Read<u64> {
    let wrong = || wrong_type(item, "a whole number from 0 up");
    let DeValue::Integer(number) = item.get_ref() else { return Err(wrong()) };
    let digits = number.as_str().replace('_', "");
    u64::from_str_radix(&digits, number.radix())
        .map_err(|_| vec![Fault::new(item.span(), format!("`{}` is no whole number from 0 up", number.as_str()))])
}

/// A limit: a size or a number, within its range.
pub(super) fn limit(item: &Item<'_>, limit: Limit) -> Read<u64> {
    let value = if limit.is_size() { size(item)? } else { count(item)? };
    if (1..=limit.most()).contains(&value) {
        return Ok(value);
    }
    let [least, most] = [1, limit.most()].map(|value| limit.shown(value));
    fault(Fault::new(item.span(), format!("`{}` can be from {least} to {most}", limit.key())))
}

pub(super) fn wrong_type(item: &Item<'_>, wanted: &str) -> Vec<Fault> {
    let found = match item.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    };
    vec![Fault::new(item.span(), format!("this is {found}, but has to be {wanted}"))]
}

/// The fault of a key that `what` (`the file`, `[limits]`) does not have, with the nearest one and the list.
pub(super) fn unknown_key(key: &Spanned<toml::de::DeString<'_>>, what: &str, known: &[&'static str]) -> Fault {
    let name = key.get_ref();
    let mut unknown = Fault::new(key.span(), format!("unknown key `{name}` in {what}"));
    if let Some(near) = did_you_mean(name, known.iter().copied()) {
        unknown = unknown.help(format!("did you mean `{near}`?"));
    }
    unknown.note(format!("its keys are {}", listed(known.iter().copied(), "and")))
}

/// `` `a`, `b` and `c` ``.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>, last: &str) -> String {
    let quoted: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
