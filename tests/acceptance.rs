//! The house seen from outside.

// The walls: who may know whom, and what every file begins with.
mod house;

// The terminal's door.
mod cli;

// The demo's documents, through the bundle that the build script embeds.
mod seeds;

// Words of all kinds, and how people type them.
mod words;

// What must hold of every bundle, tried on random documents.
mod properties;

// How early the right documents come, on a small collection.
mod relevance;
