//! A set of small numbers.
//!
//! The sets of the standard library would cost the browser a tenth of the engine.

/// A set of small numbers, such as those of the parts of an index; takes a byte for each number up to the largest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    is_in: Vec<bool>,
}

impl Numbers {
    /// Puts a number in.
    pub fn insert(&mut self, number: u32) {
        let index = number as usize;
        if self.is_in.len() <= index {
            self.is_in.resize(index + 1, false);
        }
        self.is_in[index] = true;
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.is_in).filter(|(_, is_in)| **is_in).map(|(number, _)| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_once_and_ascending() {
        let mut numbers = Numbers::default();
        [7, 0, 7, 3].into_iter().for_each(|number| numbers.insert(number));
        assert_eq!(numbers.iter().collect::<Vec<_>>(), [0, 3, 7]);
    }
}
