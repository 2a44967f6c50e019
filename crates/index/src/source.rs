//! Finds the input files.
