//! Makes documents of files.
