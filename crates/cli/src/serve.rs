//! `searchlet serve`: a folder over HTTP, for trying a site out.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::services::ServeDir;

use crate::arguments::Serve;
use crate::exit::Exit;
use crate::terminal;

pub fn run(arguments: &Serve) -> Result<Exit> {
    let shown = arguments.dir.display();
    let folder = arguments.dir.canonicalize().with_context(|| format!("could not open {shown}"))?;
    if !folder.is_dir() {
        bail!("{shown} is not a folder; give the folder of a site");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let served = runtime.block_on(async {
        let listener = listen(SocketAddr::new(arguments.host, arguments.port)).await?;
        let address = listener.local_addr()?;
        let mut out = io::stdout();
        writeln!(out, "http://{address}/")?;
        out.flush()?;
        if address.port() != arguments.port && arguments.port != 0 {
            terminal::note(&format!("port {} is taken, {} is used", arguments.port, address.port()));
        }
        if !address.ip().is_loopback() {
            terminal::warning(&format!("everyone who reaches {address} can read {shown}"));
        }
        terminal::note(&format!("serving {shown}; Ctrl-C ends it"));
        // Open connections are dropped: they carry nothing that a reload would not bring again.
        tokio::select! {
            served = async { axum::serve(listener, site(&folder)).await } => served.context("the server failed"),
            ended = asked_to_end() => ended.context("could not listen for Ctrl-C"),
        }
    });
    // A file that is being read from a slow disk must not hold up the end.
    runtime.shutdown_background();
    served.map(|()| Exit::Done)
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

#[cfg(unix)]
async fn asked_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupted.recv() => Ok(()),
        _ = terminated.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// The service: files below `folder`, a folder's `index.html` for the folder.
///
/// `ServeDir` refuses every path that climbs out of its root, however it is encoded.
fn site(folder: &Path) -> Router {
    // Parts, heads and packed bundles are compressed already.
    let compressible = DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream"));
    Router::new()
        .fallback_service(ServeDir::new(folder))
        .layer(middleware::from_fn(describe))
        .layer(CompressionLayer::new().compress_when(compressible))
}

/// Says how long an answer keeps and in what encoding a text is.
async fn describe(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    // A redirect from `//host` to `//host/` would be taken for another site's address.
    if path.starts_with("//") {
        return not_found();
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        return not_found();
    }
    let keeps = response.status().is_success() && named_by_content(&path);
    let headers = response.headers_mut();
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static(if keeps { "public, max-age=31536000, immutable" } else { "no-cache" }),
    );
    // A page names its encoding itself; of other texts a browser would guess something from the last century.
    let utf8 = match headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes) {
        Some(b"text/plain") => "text/plain; charset=utf-8",
        Some(b"text/markdown") => "text/markdown; charset=utf-8",
        Some(b"text/css") => "text/css; charset=utf-8",
        Some(b"text/javascript") => "text/javascript; charset=utf-8",
        _ => return response,
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(utf8));
    response
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, [(CACHE_CONTROL, "no-cache")], "404: there is no such file\n").into_response()
}

/// Whether a file's name changes whenever its bytes do, as is so for all of a bundle but `searchlet.js` and
/// `index.json`.
fn named_by_content(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let digest =
        |word: &str| word.len() >= 16 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match extension {
        "part" | "head" | "wasm" | "js" => stem.split(['.', '-']).any(digest),
        // Words lie in a folder that is named by all of them.
        "json" => folder.rsplit_once("/words.").is_some_and(|(_, hex)| digest(hex)),
        _ => false,
    }
}
