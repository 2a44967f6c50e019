//! `searchlet serve`, asked over a plain socket.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use super::Desk;

/// A running server, ended when the test is.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    pub fn start(desk: &Desk, arguments: &[&str]) -> Self {
        let mut child = desk.command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/\n"));
        Self { address: address.unwrap_or_else(|| panic!("an address, not {line:?}")).to_owned(), child }
    }

    /// The head of the answer in lower case, and its body. `path` goes out as it is.
    pub fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.ask(path, "")
    }

    fn ask(&self, path: &str, more: &str) -> (String, Vec<u8>) {
        self.ask_as(&self.address, path, more)
    }

    /// Asks as if the server had the name `host`.
    pub fn ask_as(&self, host: &str, path: &str, more: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\n{more}connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
        let body = answer.split_off(end + 4);
        (String::from_utf8(answer).unwrap().to_lowercase(), body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn site() -> Desk {
    let desk = Desk::with_bundle();
    desk.write("secret.txt", "xylophone");
    desk.write("notes/guide/index.html", "<!doctype html><title>Guide</title>");
    desk.write("notes/engine.0123456789abcdef.wasm", b"\0asm\x01\0\0\0");
    desk.write("notes/searchlet/words.0123456789abcdef/de.json", "{}");
    desk.write("notes/words/de.json", "{}");
    desk.write("notes/app.js", "export const word = 'naïve';\n".repeat(100));
    desk
}

#[test]
fn files_come_with_their_types() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    for (path, kind) in [
        ("/guide/", "text/html"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/engine.0123456789abcdef.wasm", "application/wasm"),
        ("/rocks.txt", "text/plain; charset=utf-8"),
        ("/searchlet/index.json", "application/json"),
    ] {
        let (head, body) = server.get(path);
        assert!(head.starts_with("http/1.1 200 "), "{path}: {head}");
        assert!(head.contains(&format!("\r\ncontent-type: {kind}\r\n")), "{path}: {head}");
        assert!(!body.is_empty());
    }
    for name in
        desk.files("notes/searchlet").keys().filter(|name| name.ends_with(".part") || name.ends_with(".head"))
    {
        let (head, body) = server.ask(&format!("/searchlet/{name}"), "accept-encoding: gzip\r\n");
        assert!(head.contains("\r\ncontent-type: application/octet-stream\r\n"), "{head}");
        assert!(head.contains("\r\ncache-control: public, max-age=31536000, immutable"), "{head}");
        assert!(!head.contains("content-encoding"), "it is compressed already: {head}");
        assert_eq!(body, desk.files("notes/searchlet")[name]);
    }
}

#[test]
fn what_changes_is_asked_for_anew() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    for path in ["/searchlet/index.json", "/guide/", "/app.js", "/rocks.txt", "/words/de.json", "/none"] {
        let (head, _) = server.get(path);
        assert!(head.contains("\r\ncache-control: no-cache\r\n"), "{path}: {head}");
    }
    for path in ["/engine.0123456789abcdef.wasm", "/searchlet/words.0123456789abcdef/de.json"] {
        let (head, _) = server.get(path);
        assert!(head.contains("immutable"), "{head}");
    }
}

#[test]
fn text_is_compressed_on_request() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    let (_, plain) = server.get("/app.js");
    for encoding in ["gzip", "deflate"] {
        let (head, body) = server.ask("/app.js", &format!("accept-encoding: {encoding}\r\n"));
        assert!(head.contains(&format!("\r\ncontent-encoding: {encoding}\r\n")), "{head}");
        assert!(body.len() < plain.len() / 4);
    }
}

#[test]
fn a_folder_is_its_index_after_a_redirect() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    let (head, _) = server.get("/guide");
    assert!(head.starts_with("http/1.1 307 "), "{head}");
    assert!(head.contains("\r\nlocation: /guide/\r\n"), "{head}");
    let (head, _) = server.get("//guide");
    assert!(head.starts_with("http/1.1 404 "), "no redirect to another host: {head}");
}

#[test]
fn nothing_outside_the_root_is_served() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/guide/../../secret.txt",
        "/%2e%2e%5csecret.txt",
    ] {
        let (head, body) = server.get(path);
        assert!(head.starts_with("http/1.1 4"), "{path}: {head}");
        assert!(!String::from_utf8_lossy(&body).contains("xylophone"), "{path}");
    }
    let absolute = format!("/{}", desk.path("secret.txt").display());
    assert!(server.get(&absolute).0.starts_with("http/1.1 404 "));
}

#[test]
fn a_taken_port_gives_way_to_a_free_one() {
    let desk = site();
    let first = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    let port = first.address.rsplit(':').next().unwrap().to_owned();
    let second = Server::start(&desk, &["serve", "notes", "--port", &port]);
    assert_ne!(first.address, second.address);
    assert!(second.address.starts_with("127.0.0.1:"), "{}", second.address);
    assert!(second.get("/rocks.txt").0.starts_with("http/1.1 200 "));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly() {
    let desk = site();
    let mut server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    // A connection that stays open must not hold it up.
    let _open = TcpStream::connect(&server.address).unwrap();
    let id = server.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_no_folder_is_refused() {
    let desk = site();
    desk.run(&["serve", "nowhere"]).ends(3).warns(&["error: ", "nowhere"]);
    desk.run(&["serve", "secret.txt"]).ends(3).warns(&["error: ", "secret.txt", "; "]);
}
