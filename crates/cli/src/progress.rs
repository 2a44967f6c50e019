//! Progress of long work, for someone who looks on.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line on stderr that tells how far the work is; invisible when stderr is no terminal.
pub struct Progress(ProgressBar);

impl Progress {
    /// Begins a line, or an invisible one when `quiet`.
    pub fn start(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        Self(ProgressBar::with_draw_target(None, target))
    }

    /// Shows `done` of `total` files read; may be called from any thread.
    pub fn files(&self, done: usize, total: usize) {
        if self.0.length() != Some(total as u64) {
            self.0.set_style(style("{msg} {bar:30} {human_pos} of {human_len}"));
            self.0.set_message("reading");
            self.0.set_length(total as u64);
        }
        self.0.set_position(done as u64);
    }

    /// Shows that something of unknown length is under way.
    pub fn stage(&self, name: &'static str) {
        self.0.set_style(style("{spinner} {msg} {elapsed}"));
        self.0.set_message(name);
        self.0.enable_steady_tick(Duration::from_millis(120));
    }

    /// Leaves the terminal as it was, before something else is told.
    pub fn end(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Progress {
    /// Leaves the terminal as it was, also when the work failed.
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
