//! Reads dates as people write them, and writes them so that they sort as text.

/// A date as ISO 8601 has it, as precise as it was given: year, month and day with `-` between them; with a time of the
/// day, in UTC and to the second. `None` for what is no date.
pub fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(text[at + 1..].trim())),
        None => (text, None),
    };
    let day = day_of_text(date)?;
    let n_parts = date.split(['-', '/']).count();
    let Some(time) = time else {
        let whole = written(day)?;
        return whole.get(..[4, 7, 10][n_parts - 1]).map(str::to_owned);
    };
    let seconds = day * 86_400 + seconds_of(time).filter(|_| n_parts == 3)?;
    let date = written(seconds.div_euclid(86_400))?;
    let second = seconds.rem_euclid(86_400);
    Some(format!("{date}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60))
}

/// The seconds from midnight in UTC to a time such as `10:30`, `10:30:59.5Z`, `10:30+02:00`.
fn seconds_of(time: &str) -> Option<i64> {
    let (clock, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => (&time[..at], &time[at..]),
        None => (time, "Z"),
    };
    let mut parts = clock.trim().split(':');
    let hour = number(parts.next()?, 23)?;
    let minute = number(parts.next()?, 59)?;
    let second = match parts.next() {
        // Fractions of a second are left out.
        Some(second) => number(second.split_once(['.', ',']).map_or(second, |(whole, _)| whole), 60)?,
        None => 0,
    };
    let offset = match zone.get(1..)? {
        "" if zone.eq_ignore_ascii_case("Z") => 0,
        digits => {
            let (hours, minutes) = digits.split_at_checked(2)?;
            let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
            let minutes = if minutes.is_empty() { 0 } else { number(minutes, 59)? };
            let offset = number(hours, 23)? * 3600 + minutes * 60;
            match &zone[..1] {
                "+" => offset,
                "-" => -offset,
                _ => return None,
            }
        }
    };
    parts.next().is_none().then_some(hour * 3600 + minute * 60 + second - offset)
}

fn number(digits: &str, most: i64) -> Option<i64> {
    let is_number = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| is_number && *number <= most)
}

/// A day since the beginning of 1970 as a date.
fn written(day: i64) -> Option<String> {
    // A guess that is at most a year off, since 400 years have 146,097 days.
    let guess = 1970 + day * 400 / 146_097;
    let year = (guess - 1..=guess + 1).rev().find(|&year| days(year, 1, 1) <= day)?;
    let month = (1..=12).rev().find(|&month| days(year, month, 1) <= day)?;
    let of_month = day - days(year, month, 1) + 1;
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{of_month:02}"))
}

/// The day of a date as a text.
pub fn day_of_text(text: &str) -> Option<i64> {
    // A time may follow.
    let date = text.split(['T', 't', ' ']).next()?;
    let separator = if date.contains('/') { '/' } else { '-' };
    let mut parts = date.split(separator);
    let mut part = |n_digits: std::ops::RangeInclusive<usize>| match parts.next() {
        Some(part) => {
            let is_number = n_digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| part.parse::<i64>().ok()).flatten().map(Some)
        }
        None => Some(None),
    };
    let year = part(4..=4)??;
    let month = part(1..=2)?.unwrap_or(1);
    let day = part(1..=2)?.unwrap_or(1);
    let length = match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1..=length).contains(&day) && parts.next().is_none()).then(|| days(year, month, day))
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days from the beginning of 1970 to a day of the Gregorian calendar.
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    /// Days of a usual year before each month.
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let before = year - 1;
    let leap_days = before / 4 - before / 100 + before / 400;
    let of_year = BEFORE[(month - 1) as usize] + i64::from(month > 2 && is_leap(year)) + day - 1;
    // 719,162 days lie between the beginnings of the years 1 and 1970.
    before * 365 + leap_days + of_year - 719_162
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_are_written_in_one_way() {
        for (text, expected) in [
            ("2024-02-29", Some("2024-02-29")),
            (" 2024/2/9 ", Some("2024-02-09")),
            ("2024-2", Some("2024-02")),
            ("2024", Some("2024")),
            ("2024-02-29T23:30", Some("2024-02-29T23:30:00Z")),
            ("2024-02-29 23:30:59.25Z", Some("2024-02-29T23:30:59Z")),
            ("2024-02-29T23:30:00-01:30", Some("2024-03-01T01:00:00Z")),
            ("2024-01-01T01:00+0200", Some("2023-12-31T23:00:00Z")),
            ("2024-01-01T01:00:00 +02", Some("2023-12-31T23:00:00Z")),
            ("2023-02-29", None),
            ("2024-02-29T25:00", None),
            ("2024-02-29T10", None),
            ("2024-02T10:00", None),
            ("2024-02-29T10:00+é", None),
            ("a b", None),
            ("", None),
        ] {
            assert_eq!(canonical(text).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_comes_back(day in -719_162i64..2_932_896) {
            let text = written(day).expect("a day of the calendar");
            prop_assert_eq!(day_of_text(&text), Some(day));
            prop_assert_eq!(canonical(&text), Some(text));
        }

        #[test]
        fn any_text_is_a_date_or_none(text in "\\PC{0,12}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:+.Zé-]{0,12}") {
            if let Some(date) = canonical(&text) {
                prop_assert_eq!(canonical(&date), Some(date));
            }
        }
    }
}
