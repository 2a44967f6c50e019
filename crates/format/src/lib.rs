//! What the bytes of a bundle mean.
