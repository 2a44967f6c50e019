//! The house seen from outside.

mod seeds;
