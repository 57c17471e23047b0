//! Names that no server is asked for, since all know what they are (RFC 6761 §6, RFC 7686 §2).

use super::wire::Response;
use crate::domain::{Kind, Name, Question, Record};

/// What goes for all names below one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Special {
    /// There is no such name.
    Missing,
    /// It is this host.
    Loopback,
}

const SPECIAL: [(&str, Special); 5] = [
    ("invalid", Special::Missing),
    ("onion", Special::Missing),
    ("localhost", Special::Loopback),
    ("127.in-addr.arpa", Special::Loopback),
    ("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa", Special::Loopback),
];

/// The answer that needs no server; `None` for all other names.
pub(super) fn response((name, kind): &Question) -> Option<Response> {
    let is_within = |above: &str| Name::new(above).is_some_and(|above| name.is_within(&above));
    let (_, special) = SPECIAL.iter().find(|(above, _)| is_within(above))?;
    Some(match special {
        Special::Missing => Response::no_name(),
        Special::Loopback => {
            let text = match kind {
                Kind::A => Some("127.0.0.1"),
                Kind::Aaaa => Some("::1"),
                Kind::Ptr => Some("localhost"),
                Kind::Cname | Kind::Mx | Kind::Txt => None,
            };
            let records = text.map(|text| Record::new(name.clone(), *kind, text));
            Response { no_name: false, records: records.into_iter().collect() }
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn this_host_is_known_and_names_that_never_exist_are_missing() {
        for (name, kind, expected) in [
            ("localhost", Kind::A, Some((false, Some("127.0.0.1")))),
            ("mail.LOCALHOST.", Kind::Aaaa, Some((false, Some("::1")))),
            ("localhost", Kind::Mx, Some((false, None))),
            ("1.0.0.127.in-addr.arpa", Kind::Ptr, Some((false, Some("localhost")))),
            ("brand.invalid", Kind::Txt, Some((true, None))),
            ("brand.onion", Kind::A, Some((true, None))),
            ("notlocalhost", Kind::A, None),
            ("brand.test", Kind::A, None),
            ("localhost.brand.com", Kind::A, None),
        ] {
            let response = response(&(Name::new(name).unwrap(), kind));
            let said = response
                .as_ref()
                .map(|response| (response.no_name, response.records.first().map(|record| record.text.as_str())));
            assert_eq!(said, expected, "{name} {kind:?}");
        }
    }
}
