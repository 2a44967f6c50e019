//! `searchlet serve`: a folder over HTTP, for working on a site.

mod host;
mod playground;
mod reload;
mod site;
mod watch;

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};

use crate::arguments::Serve;
use crate::exit::Exit;
use crate::terminal;
use playground::Playground;
use watch::Watch;

pub fn run(arguments: &Serve) -> Result<Exit> {
    let shown = arguments.dir.display();
    let folder = arguments.dir.canonicalize().with_context(|| format!("could not open {shown}"))?;
    if !folder.is_dir() {
        bail!("{shown} is not a folder; give the folder of a site");
    }
    let watch =
        if arguments.watch { Some(Watch::new(&arguments.dir, arguments.config.as_deref())?) } else { None };
    let bundle = watch.as_ref().map(|watch| watch.output().to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let listener = listen(SocketAddr::new(arguments.host, arguments.port)).await?;
        let address = listener.local_addr()?;
        // Before the address is told: whoever reads it may ask at once.
        let ended = asked_to_end().context("could not listen for Ctrl-C")?;
        let mut out = io::stdout();
        writeln!(out, "http://{address}/")?;
        out.flush()?;
        if address.port() != arguments.port && arguments.port != 0 {
            terminal::note(&format!("port {} is taken, {} is used", arguments.port, address.port()));
        }
        if !address.ip().is_loopback() {
            terminal::warning(&format!("everyone who reaches {address} can read {shown}"));
        }
        terminal::note(&format!(
            "serving {shown}; Ctrl-C ends it; try queries at http://{address}/.searchlet/"
        ));
        let service = service(&folder, address, bundle, watch);
        // Open connections are dropped: they carry nothing that a reload would not bring again.
        tokio::select! {
            served = async { axum::serve(listener, service).await } => served.context("the server failed"),
            () = ended => Ok(()),
        }
    });
    // A file that is being read from a slow disk must not hold up the end.
    runtime.shutdown_background();
    served.map(|()| Exit::Done)
}

/// The service: the site, the playground, and what reloads pages if there is a watch, which begins here.
fn service(folder: &Path, address: SocketAddr, bundle: Option<PathBuf>, watch: Option<Watch>) -> Router {
    let mut own = playground::routes(Playground::new(folder, bundle));
    let mut site = site::site(folder);
    if let Some(watch) = watch {
        let states = watch.begin();
        own = own.merge(reload::routes(states.clone()));
        site = site.layer(middleware::from_fn_with_state(states, reload::inject));
    }
    own = own.layer(middleware::from_fn_with_state(address, host::admit));
    // Parts, heads and packed bundles are compressed already.
    let compressible = DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream"));
    own.merge(site)
        .layer(middleware::from_fn(site::describe))
        .layer(CompressionLayer::new().compress_when(compressible))
}

/// Takes the port asked for, or any free one when another program has it.
async fn listen(address: SocketAddr) -> Result<TcpListener> {
    let listener = match TcpListener::bind(address).await {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            TcpListener::bind(SocketAddr::new(address.ip(), 0)).await
        }
        listener => listener,
    };
    listener.with_context(|| format!("could not listen on {address}; choose another --port or --host"))
}

/// From now on an interrupt is caught, and the future ends with the first one.
#[cfg(unix)]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// From now on Ctrl-C is caught, and the future ends with the first one.
#[cfg(windows)]
fn asked_to_end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}
