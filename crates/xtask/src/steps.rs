//! Steps that are all run, whatever becomes of the others, then counted.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// What has become of each step so far.
#[derive(Default)]
pub struct Steps(Vec<Step>);

struct Step {
    name: &'static str,
    time: Duration,
    error: Option<anyhow::Error>,
}

impl Steps {
    /// Runs one step, keeps its error for the end.
    pub fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) {
        let start = Instant::now();
        let error = step().err();
        if let Some(error) = &error {
            println!("  ! {name}: {error:#}");
        }
        self.0.push(Step { name, time: start.elapsed(), error });
    }

    /// Prints what became of every step, the count on the last line.
    ///
    /// # Errors
    ///
    /// When a step failed.
    pub fn finish(self) -> Result<()> {
        println!();
        for Step { name, time, error } in &self.0 {
            let verdict = if error.is_some() { "FAILED" } else { "ok" };
            println!("{name:<14} {verdict:<6} {:>7.1} s", time.as_secs_f64());
        }
        let failed: Vec<&Step> = self.0.iter().filter(|step| step.error.is_some()).collect();
        println!();
        for Step { name, error, .. } in &failed {
            if let Some(error) = error {
                println!("{name}: {error:#}");
            }
        }
        println!("{} passed, {} failed", self.0.len() - failed.len(), failed.len());
        if failed.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = failed.iter().map(|step| step.name).collect();
        bail!("{} failed", names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::Steps;

    #[test]
    fn a_failed_step_neither_stops_the_others_nor_is_forgotten() {
        let mut steps = Steps::default();
        let mut reached = false;
        steps.run("first", || anyhow::bail!("broken"));
        steps.run("second", || {
            reached = true;
            Ok(())
        });
        assert!(reached);
        assert_eq!(steps.finish().unwrap_err().to_string(), "first failed");
    }

    #[test]
    fn steps_that_all_pass_are_a_success() {
        let mut steps = Steps::default();
        steps.run("only", || Ok(()));
        assert!(steps.finish().is_ok());
    }
}
