//! Files of a site over HTTP, as a host of static files serves them.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tower_http::services::ServeDir;

/// The service: files below `folder`, a folder's `index.html` for the folder.
///
/// `ServeDir` refuses every path that climbs out of its root, however it is encoded.
pub fn site(folder: &Path) -> Router {
    Router::new().fallback_service(ServeDir::new(folder))
}

/// Says how long an answer keeps and in what encoding a text is.
pub async fn describe(request: Request, next: Next) -> Response {
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
        "json" if stem.starts_with("sizes.") => stem.split('.').any(digest),
        "json" => folder.rsplit_once("/words.").is_some_and(|(_, hex)| digest(hex)),
        _ => false,
    }
}
