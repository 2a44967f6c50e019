//! How the program ends, as a type.

use std::fmt;
use std::io;
use std::process::ExitCode;

use crate::terminal;

/// What the caller of the program learns from its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: all was done.
    Done,
    /// 1: it was done, yet something was left out, is damaged or was not understood; stderr says what.
    LeftOut,
    /// 2: the arguments make no sense; clap uses the same code.
    Usage,
    /// 3: nothing was written, or nothing could be opened.
    Nothing,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::LeftOut => 1,
            Exit::Usage => 2,
            Exit::Nothing => 3,
        })
    }
}

impl Exit {
    /// Tells the person about `error`, then says how to end.
    ///
    /// A reader that closed the pipe (`searchlet search … | head -1`) has seen what it wanted: that is no error.
    pub fn of(error: &anyhow::Error) -> Self {
        let closed = |cause: &(dyn std::error::Error + 'static)| {
            cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
        };
        if error.chain().any(closed) {
            return Self::Done;
        }
        terminal::error(&story(error));
        if error.is::<Misuse>() { Self::Usage } else { Self::Nothing }
    }
}

/// The error and its causes in one line, each told once: some messages quote their cause themselves.
fn story(error: &anyhow::Error) -> String {
    let mut story = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !story.contains(&cause) {
            story.push_str(if story.is_empty() { "" } else { ": " });
            story.push_str(&cause);
        }
    }
    story
}

/// Arguments that are well formed, each for itself, but make no sense together or on this disk.
#[derive(Debug)]
pub struct Misuse(pub String);

impl fmt::Display for Misuse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::*;

    #[test]
    fn a_cause_is_told_once() {
        let error =
            anyhow!("disk full").context("could not write x (disk full)").context("nothing was written");
        assert_eq!(story(&error), "nothing was written: could not write x (disk full)");
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let closed =
            anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).context("could not print");
        assert_eq!(Exit::of(&closed), Exit::Done);
        assert_eq!(Exit::of(&Misuse("no".to_owned()).into()), Exit::Usage);
        assert_eq!(Exit::of(&anyhow!("no")), Exit::Nothing);
    }
}
