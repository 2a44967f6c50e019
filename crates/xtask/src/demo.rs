//! The demo site: the seeds indexed, a page for each, a search box, served on this machine.

use std::fs;

use anyhow::{Context, Result};
use clap::Args;
use xshell::cmd;

use crate::{
    build,
    place::{Place, say},
    stamp::files,
};

/// How the demo is served.
#[derive(Args)]
pub struct Options {
    /// The port to serve on; a free one is taken when it is in use
    #[arg(long, default_value_t = 4173)]
    port: u16,
    /// Make the site, but do not serve it
    #[arg(long)]
    no_serve: bool,
}

/// The template of the pages, which is not itself a page of the site.
const TEMPLATE: &str = "page.html";

/// Builds, makes the site anew and serves it.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    build::run(place)?;
    let site = place.target.join("demo");
    say(&format!("making the demo site in {}", place.short(&site)));
    if site.exists() {
        fs::remove_dir_all(&site)
            .with_context(|| format!("{} cannot be emptied: is it open elsewhere?", site.display()))?;
    }
    let pages = place.at("www/demo");
    for file in files(&pages)? {
        let name = file.strip_prefix(&pages).unwrap_or(&file);
        if name.as_os_str() != TEMPLATE {
            let to = site.join(name);
            fs::create_dir_all(to.parent().unwrap_or(&site))
                .and_then(|()| fs::copy(&file, &to).map(drop))
                .with_context(|| format!("{} cannot be written", to.display()))?;
        }
    }
    let (cli, bundle, template) = (place.cli(), site.join("searchlet"), pages.join(TEMPLATE));
    // The demo's own worker imports this one.
    let worker = site.join("searchlet-sw.js");
    let options = ["--service-worker".as_ref(), worker.as_os_str()];
    cmd!(
        place.shell,
        "{cli} index seeds -o {bundle} --pages {site} --pages-template {template} {options...}"
    )
    .run()
    .context("the seeds could not be indexed: the lines above say why")?;

    if options.no_serve {
        println!("\nserve it with: {} serve {}", place.short(&cli), place.short(&site));
        return Ok(());
    }
    say("serving the demo site; Ctrl-C ends it");
    let port = options.port.to_string();
    cmd!(place.shell, "{cli} serve {site} --port {port}").run().context("the demo could not be served")
}
