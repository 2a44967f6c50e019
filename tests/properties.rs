//! What must hold of every bundle, tried on random documents through the public doors.

// Random documents, made of few letters so that words meet.
mod corpus;

// An index stepped by hand.
mod by_hand;

// A search that reads the documents, to compare with.
mod scan;

// The index and the scan find the same.
mod found;

// Signs of a query mean what they say.
mod signs;

// Filters, facets and order.
mod refined;

// The way that an index is cut never shows.
mod cutting;

// Damage is told, never passed over.
mod damage;

// Excerpts are stretches of the text.
mod excerpts;

// Words that stand for others.
mod synonyms;

// A generated site.
mod generated;

// Scores are explained.
mod explained;

// How often a search waits.
mod rounds;

// What a change of one page renames.
mod stability;
