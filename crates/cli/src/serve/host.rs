//! Whom the server's own pages answer.
//!
//! A page of somebody else's may ask a name that it owns, and have that name lead to this machine (DNS rebinding). Then
//! the browser takes the answers for its own. It still says which name was asked, so only names of this machine do.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Lets requests through that name this machine.
pub async fn admit(State(bound): State<SocketAddr>, request: Request, next: Next) -> Response {
    // HTTP/1.1 has it in a header, an absolute target and later versions in the address.
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let target = request.uri().authority().map(Authority::as_str);
    if [named, target].into_iter().flatten().all(|host| is_ours(host, bound.ip()))
        && named.or(target).is_some()
    {
        return next.run(request).await;
    }
    let told = "403: ask for this page by the address that `searchlet serve` printed\n";
    (StatusCode::FORBIDDEN, told).into_response()
}

/// Whether a host, with its port or without, is this machine: `localhost`, an address of it that only it can reach, or
/// the one that the server listens on. Listening on all, any address in figures is: what is no name cannot be led
/// elsewhere.
fn is_ours(host: &str, bound: IpAddr) -> bool {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let name = match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) => name,
        _ => host,
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback() || bound.is_unspecified() || ip == bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_ours() {
        let loopback: IpAddr = [127, 0, 0, 1].into();
        for host in ["localhost", "LOCALHOST:4173", "127.0.0.1:4173", "127.9.9.9", "[::1]:80", "[::1]"] {
            assert!(is_ours(host, loopback), "{host}");
        }
        for host in
            ["", "evil.example", "localhost.evil.example", "192.168.1.9:80", "127.0.0.1.evil.example", ":80"]
        {
            assert!(!is_ours(host, loopback), "{host}");
        }
        assert!(is_ours("192.168.1.9:80", [192, 168, 1, 9].into()));
        assert!(is_ours("192.168.1.9:80", [0, 0, 0, 0].into()));
        assert!(!is_ours("evil.example", [0, 0, 0, 0].into()));
    }
}
