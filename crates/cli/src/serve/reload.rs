//! Has open pages reload when the site was built anew.
//!
//! Pages get a script on the way to the browser, never on the disk. It is a file of its own, so that the usual
//! `script-src 'self'` lets it in; a policy that names each script by hash or nonce refuses it, and the page then stays
//! as it is.

use std::convert::Infallible;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_TYPE, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use tokio::sync::watch::Receiver;

use super::watch::Told;

/// What the browser runs.
const SCRIPT: &str = include_str!("../../../../www/playground/reload.js");

/// Longer pages are served as they are: nobody writes them by hand, and they would be held in memory.
const MAX_PAGE_BYTES: usize = 16 << 20;

/// The script, and the events that it listens to.
pub fn routes(told: Receiver<Told>) -> Router {
    Router::new()
        .route("/.searchlet/reload.js", get(script))
        .route("/.searchlet/events", get(events))
        .with_state(told)
}

async fn script() -> Response {
    ([(CONTENT_TYPE, "text/javascript")], SCRIPT).into_response()
}

/// What is told now, then all that is told later.
async fn events(
    State(mut told): State<Receiver<Told>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    told.mark_changed();
    let next = |mut told: Receiver<Told>| async {
        told.changed().await.ok()?;
        let event = event(&told.borrow_and_update());
        Some((Ok(event), told))
    };
    Sse::new(stream::unfold(told, next)).keep_alive(KeepAlive::default())
}

fn event(told: &Told) -> Event {
    match &told.problem {
        // As JSON, since a line of an event ends where a line of the text does.
        Some(problem) => {
            Event::default().event("failed").data(serde_json::Value::from(&**problem).to_string())
        }
        None => Event::default().event("built").data(&told.build),
    }
}

/// Puts the script into pages, with the build that was there when the page was asked for.
pub async fn inject(State(told): State<Receiver<Told>>, mut request: Request, next: Next) -> Response {
    let build = told.borrow().build.clone();
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    // A page that the browser has may carry another build, or none.
    request.headers_mut().remove(IF_MODIFIED_SINCE);
    request.headers_mut().remove(IF_NONE_MATCH);
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || !is_short_page(response.headers()) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(page) = to_bytes(body, MAX_PAGE_BYTES).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    for name in [CONTENT_LENGTH, ACCEPT_RANGES, LAST_MODIFIED] {
        head.headers.remove(name);
    }
    Response::from_parts(head, Body::from(with_script(&page, &build)))
}

fn is_short_page(headers: &HeaderMap) -> bool {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let length = said(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    said(CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"))
        && length.is_some_and(|length: usize| length <= MAX_PAGE_BYTES)
}

/// A page with the script at the end of its body.
fn with_script(page: &Bytes, build: &str) -> Bytes {
    if page.starts_with(&[0xFF, 0xFE]) || page.starts_with(&[0xFE, 0xFF]) {
        // In UTF-16 these bytes would be other letters.
        return page.clone();
    }
    let script = format!("<script src=\"/.searchlet/reload.js?build={build}\" defer></script>");
    const END: &[u8] = b"</body";
    let at = page.windows(END.len()).rposition(|bytes| bytes.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let with = |page: &'static [u8]| with_script(&Bytes::from_static(page), "b1");
        let script = "<script src=\"/.searchlet/reload.js?build=b1\" defer></script>";
        assert_eq!(with(b"<p>x</BODY></html>"), format!("<p>x{script}</BODY></html>"));
        assert_eq!(with(b"<p></body>x</body>"), format!("<p></body>x{script}</body>"));
        assert_eq!(with(b"<p>x"), format!("<p>x{script}"));
        assert_eq!(with(b"\xFF\xFE<\0"), &b"\xFF\xFE<\0"[..]);
    }
}
