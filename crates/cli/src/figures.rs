//! Figures as people read them.

/// `1 document`, `5 documents`, `12,345 words`.
pub fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// `999 bytes`, `1.5 kB`, `12.3 MB`: powers of a thousand, as network tools count.
pub fn bytes(number: u64) -> String {
    // One decimal, rounded to the nearest, in integers.
    let tenths = |unit: u64| (number * 10 + unit / 2) / unit;
    let (tenths, unit) = match number {
        0..1_000 => return count(number, "byte"),
        1_000..999_950 => (tenths(1_000), "kB"),
        _ => (tenths(1_000_000), "MB"),
    };
    format!("{}.{} {unit}", grouped(tenths / 10), tenths % 10)
}

/// `12,345`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(count(1, "document"), "1 document");
        assert_eq!(count(0, "document"), "0 documents");
        assert_eq!(count(1_234_567, "word"), "1,234,567 words");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(1_550), "1.6 kB");
        assert_eq!(bytes(999_949), "999.9 kB");
        assert_eq!(bytes(999_950), "1.0 MB");
        assert_eq!(bytes(1_234_567_890), "1,234.6 MB");
    }
}
