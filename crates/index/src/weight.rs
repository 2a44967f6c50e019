//! How much a document counts beside others.

use std::fmt;

/// What the impacts of a document's words are multiplied by, in thousandths, so that it is the same on every machine.
///
/// Below 1 an impact is multiplied: at 0.5 each word counts half. Above 1 an impact `i`, of 1, becomes
/// `w·i / (1 + (w − 1)·i)`, which is what BM25 gives if each word stood `w` times as often: it grows towards 1 and is
/// never cut there, so that documents of one weight keep their order. Both are continuous, and 1 changes nothing.
///
/// What a title or heading counts for being the query is not weighted: who types a title still finds the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u16);

impl Weight {
    /// The lowest: a tenth, three octaves of the five that impacts have.
    pub const MIN: Self = Self(100);
    /// What a document has that is given none.
    pub const ONE: Self = Self(1000);
    /// The highest. From here on nearly every impact is the greatest there is.
    pub const MAX: Self = Self(10_000);

    /// The nearest weight to a number, `None` if it is not from 0.1 to 10.
    #[must_use]
    pub fn new(weight: f64) -> Option<Self> {
        // A number that is none is in no range.
        let is_weight = (0.1..=10.0).contains(&weight);
        is_weight.then(|| Self((weight * 1000.0).round() as u16))
    }

    /// Multiplied by `thousandths`, within the range.
    #[must_use]
    pub fn scaled(self, thousandths: u32) -> Self {
        let scaled = (u64::from(self.0) * u64::from(thousandths) + 500) / 1000;
        Self(scaled.clamp(Self::MIN.0.into(), Self::MAX.0.into()) as u16)
    }

    /// The weight in thousandths.
    pub(crate) const fn thousandths(self) -> u16 {
        self.0
    }

    /// The weight of so many thousandths, `None` if it is not from 0.1 to 10.
    pub(crate) fn of_thousandths(thousandths: u32) -> Option<Self> {
        u16::try_from(thousandths).ok().map(Self).filter(|weight| (Self::MIN..=Self::MAX).contains(weight))
    }

    /// An impact, from 0 to 255, as this weight makes it: from 0 to 255 again.
    pub(crate) fn of_impact(self, impact: f64) -> f64 {
        if self == Self::ONE {
            return impact;
        }
        let weight = f64::from(self.0) / 1000.0;
        if weight < 1.0 { impact * weight } else { weight * impact / (1.0 + (weight - 1.0) * impact / 255.0) }
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self::ONE
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", f64::from(self.0) / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_numbers_of_the_range_are_weights() {
        for none in [0.0, 0.099, 10.1, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Weight::new(none), None, "{none}");
        }
        assert_eq!((Weight::new(0.1), Weight::new(10.0)), (Some(Weight::MIN), Some(Weight::MAX)));
        assert_eq!(Weight::ONE.scaled(1), Weight::MIN);
        assert_eq!(Weight::MAX.scaled(u32::MAX), Weight::MAX);
        assert_eq!(Weight::ONE.scaled(500).to_string(), "0.5");
    }

    proptest! {
        #[test]
        fn more_weight_is_more_impact_and_none_leaves_the_byte(
            weights in [100u16..=10_000, 100..=10_000],
            impacts in [0.0..=255.0f64, 0.0..=255.0],
        ) {
            let [less, more] = if weights[0] < weights[1] { weights } else { [weights[1], weights[0]] }.map(Weight);
            let [low, high] = if impacts[0] < impacts[1] { impacts } else { [impacts[1], impacts[0]] };
            prop_assert!(less.of_impact(low) <= more.of_impact(low) + 1e-9);
            prop_assert!(more.of_impact(low) <= more.of_impact(high) + 1e-9);
            prop_assert!((0.0..=255.000_001).contains(&more.of_impact(high)));
            prop_assert_eq!(Weight::ONE.of_impact(low), low);
        }
    }
}
