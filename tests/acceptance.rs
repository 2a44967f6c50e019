//! The house seen from outside.

// The terminal's door.
mod cli;
