//! Three numbers in eight bytes, as the tables of states hold them. Shared with the build, which writes them.

/// Bits of each number.
const BITS: [u32; 3] = [20, 24, 20];

/// The numbers in one; `None` where one is too large.
#[allow(dead_code, reason = "only the build writes")]
pub fn write(numbers: [usize; 3]) -> Option<[u8; 8]> {
    let mut packed = 0;
    for (number, bits) in numbers.into_iter().zip(BITS).rev() {
        let number = u64::try_from(number).ok().filter(|number| number >> bits == 0)?;
        packed = packed << bits | number;
    }
    Some(u64::to_le_bytes(packed))
}

/// Read back.
#[inline]
pub fn read(packed: [u8; 8]) -> [usize; 3] {
    let packed = u64::from_le_bytes(packed);
    let [first, second, third] = BITS;
    let number = |from: u32, bits: u32| (packed >> from & ((1 << bits) - 1)) as usize;
    [number(0, first), number(first, second), number(first + second, third)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for numbers in [[0, 0, 0], [1, 2, 3], [(1 << 20) - 1, (1 << 24) - 1, (1 << 20) - 1], [7, 1 << 23, 0]] {
            assert_eq!(write(numbers).map(read), Some(numbers));
        }
        for numbers in [[1 << 20, 0, 0], [0, 1 << 24, 0], [0, 0, 1 << 20]] {
            assert_eq!(write(numbers), None);
        }
    }
}
