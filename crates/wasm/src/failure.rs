//! What went wrong, as an error that JavaScript can tell apart.

use js_sys::{Error, Reflect};
use searchlet_search::FormatError;
use wasm_bindgen::prelude::*;

/// Why something could not be done.
#[derive(Clone, Debug)]
pub enum Failure {
    /// No answer came: the network or the host is away.
    Offline {
        /// The file that was asked for.
        file: String,
    },
    /// The host answered that it has no such file.
    Missing {
        /// The file that was asked for.
        file: String,
        /// The HTTP status.
        status: u16,
    },
    /// The file is not what it should be.
    Format {
        /// The file.
        file: String,
        /// Why it was refused.
        error: FormatError,
    },
    /// The site has a newer bundle than the one that is open.
    Stale,
    /// A newer search took the place of this one.
    Aborted,
}

impl Failure {
    /// The word by which JavaScript tells it apart.
    const fn code(&self) -> &'static str {
        match self {
            Self::Offline { .. } => "offline",
            Self::Missing { .. } => "missing",
            Self::Format { error: FormatError::Version { .. }, .. } => "format",
            Self::Format { error: FormatError::Analyser { .. }, .. } => "analyser",
            Self::Format { .. } => "damaged",
            Self::Stale => "stale",
            Self::Aborted => "aborted",
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Offline { file } => format!("{file}: no answer; check the connection and try again"),
            Self::Missing { file, status } => {
                format!("{file}: the host answered {status}; check that the whole bundle was copied")
            }
            Self::Format { file, error } => format!("{file}: {error}"),
            Self::Stale => "the site has a newer index; open it again".to_owned(),
            Self::Aborted => "a newer search took the place of this one".to_owned(),
        }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let error = Error::new(&failure.message());
        if matches!(failure, Failure::Aborted) {
            error.set_name("AbortError");
        }
        // Setting a property of a fresh object does not fail.
        let _ = Reflect::set(&error, &"code".into(), &failure.code().into());
        error.into()
    }
}
