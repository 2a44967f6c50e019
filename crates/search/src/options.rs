//! What a caller may ask of a search beside the query.

/// No search gives more hits at once.
pub const MAX_LIMIT: usize = 1000;

/// Options of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// At most this many hits; [`MAX_LIMIT`] at most. Default 10.
    pub limit: usize,
    /// Pass over this many hits first. Default 0.
    pub offset: usize,
    /// Whether each hit says how its score comes about. Default false.
    pub explain: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { limit: 10, offset: 0, explain: false }
    }
}
