//! Bytes and a query in, hits out.
