//! The house seen from outside.

mod house;
