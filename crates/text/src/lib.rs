//! Text in, tokens out.
