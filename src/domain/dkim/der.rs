//! As much of DER as an RSA key needs: how many bits its modulus has.

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;
/// rsaEncryption, 1.2.840.113549.1.1.1.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const OBJECT: u8 = 0x06;

/// The bits of the modulus of a SubjectPublicKeyInfo (RFC 5280 §4.1, as all publish it) or of a bare RSAPublicKey
/// (RFC 8017 §A.1.1, as RFC 6376 says).
pub(super) fn rsa_bits(der: &[u8]) -> Option<usize> {
    let (outer, _) = value(der, SEQUENCE)?;
    if let Some((algorithm, rest)) = value(outer, SEQUENCE) {
        let (object, _) = value(algorithm, OBJECT)?;
        let (bits, _) = value(rest, BIT_STRING)?;
        let (key, _) = value(bits.strip_prefix(&[0])?, SEQUENCE)?;
        return (object == RSA).then(|| modulus(key))?;
    }
    modulus(outer)
}

fn modulus(key: &[u8]) -> Option<usize> {
    let (modulus, rest) = value(key, INTEGER)?;
    // the exponent must be whole, too: a key that was cut off is none
    value(rest, INTEGER)?;
    let start = modulus.iter().position(|byte| *byte != 0)?;
    let first = modulus[start];
    Some((modulus.len() - start) * 8 - first.leading_zeros() as usize)
}

/// The value of the element of this type at the start, and what follows it.
fn value(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let rest = der.strip_prefix(&[tag])?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(first), rest),
        // no key is longer than 64 KiB
        0x81 | 0x82 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::rsa_bits;
    use proptest::prelude::*;

    /// A key whose modulus has this many bytes, the first of them `first`.
    fn key(bytes: usize, first: u8) -> Vec<u8> {
        let element = |tag: u8, value: &[u8]| {
            let length = value.len();
            let mut der = vec![tag, 0x82, (length >> 8) as u8, length as u8];
            der.extend_from_slice(value);
            der
        };
        let mut modulus = vec![first];
        modulus.resize(bytes, 0xab);
        let pair = [element(2, &modulus), element(2, &[1, 0, 1])].concat();
        element(0x30, &pair)
    }

    #[test]
    fn the_modulus_is_measured() {
        assert_eq!(rsa_bits(&key(128, 0x80)), Some(1024));
        assert_eq!(rsa_bits(&key(257, 0x00)), Some(2048));
        assert_eq!(rsa_bits(&key(128, 0x7f)), Some(1023));
        let whole = key(128, 0x80);
        assert_eq!(rsa_bits(&whole[..whole.len() - 1]), None, "cut off");
    }

    proptest! {
        #[test]
        fn any_bytes_are_no_trouble(bytes in proptest::collection::vec(any::<u8>(), 0..60), cut in 0..200usize) {
            let _ = rsa_bits(&bytes);
            let key = key(128, 0x80);
            let _ = rsa_bits(&key[..cut.min(key.len())]);
        }
    }
}
