//! Numbers in as few bytes as they need, for what the indexer keeps to itself between two stages.

/// A number takes this many bytes at most.
pub const MAX_BYTES: usize = 5;

/// Appends a number: seven bits to a byte, the lowest first, the eighth saying that more follow.
pub fn write(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// How many bytes a number takes.
pub const fn length(number: u32) -> u32 {
    if number == 0 { 1 } else { number.ilog2() / 7 + 1 }
}

/// Takes a number off the front; `None` where the bytes end within one or hold none of 32 bits.
pub fn read(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in [0, 7, 14, 21, 28] {
        let byte = u8(bytes)?;
        if shift == 28 && byte > 0xF {
            return None;
        }
        number |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Takes a byte off the front.
pub fn u8(bytes: &mut &[u8]) -> Option<u8> {
    let (&first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(first)
}

/// Takes a byte that is 0 or 1 off the front.
pub fn flag(bytes: &mut &[u8]) -> Option<bool> {
    u8(bytes).filter(|&byte| byte < 2).map(|byte| byte == 1)
}

/// Appends some bytes, after their number.
pub fn write_slice(bytes: &mut Vec<u8>, slice: &[u8]) {
    write(bytes, slice.len() as u32);
    bytes.extend_from_slice(slice);
}

/// Takes some bytes off the front that were written with their number.
pub fn read_slice<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = read(bytes)? as usize;
    let (slice, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers: Vec<u32>, small in prop::collection::vec(0u32..300, 0..9)) {
            let mut bytes = Vec::new();
            for &number in numbers.iter().chain(&small) {
                write(&mut bytes, number);
            }
            let mut rest = &*bytes;
            for &number in numbers.iter().chain(&small) {
                prop_assert_eq!(read(&mut rest), Some(number));
            }
            prop_assert!(rest.is_empty() && read(&mut rest).is_none());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let mut rest = &*bytes;
            while read(&mut rest).is_some() {}
        }
    }

    #[test]
    fn what_has_more_than_32_bits_is_refused() {
        assert_eq!(read(&mut &[0xFF, 0xFF, 0xFF, 0xFF, 0x0F][..]), Some(u32::MAX));
        assert_eq!(read(&mut &[0xFF, 0xFF, 0xFF, 0xFF, 0x1F][..]), None);
    }
}
