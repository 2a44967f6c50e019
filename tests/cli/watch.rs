//! `searchlet serve --watch`, told of changes by its own events.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::Desk;
use super::serve::Server;

/// What a page listens to.
struct Events(BufReader<TcpStream>);

impl Events {
    fn of(server: &Server) -> Self {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        // Long beyond any build here; a test that hangs should end some day.
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        write!(stream, "GET /.searchlet/events HTTP/1.1\r\nhost: {}\r\n\r\n", server.address).unwrap();
        Self(BufReader::new(stream))
    }

    /// The next event, and what it says.
    fn next(&mut self) -> (String, String) {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the events ended");
            let line = line.trim_end();
            if let Some(name) = line.strip_prefix("event: ") {
                event = name.to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (event, data.to_owned());
            }
        }
    }

    /// Waits until something was built or failed; gives the number of the build.
    fn built(&mut self) -> u64 {
        loop {
            let (event, build) = self.next();
            assert_eq!(event, "built", "{build}");
            let number = build.rsplit('-').next().unwrap().parse().unwrap();
            // The first event may come before the first build.
            if number > 0 {
                return number;
            }
        }
    }
}

impl Server {
    /// The titles that a query finds on the playground.
    fn titles(&self, query: &str) -> Vec<String> {
        let (head, body) = self.get(&format!("/.searchlet/search?q={query}"));
        assert!(head.starts_with("http/1.1 200 "), "{head}");
        let tried: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let title = |hit: &serde_json::Value| hit["title"].as_str().unwrap().to_owned();
        tried["found"]["hits"].as_array().unwrap().iter().map(title).collect()
    }
}

fn page(title: &str, body: &str) -> String {
    format!("<!doctype html><html lang=en><title>{title}</title><body><main><p>{body}</main></body></html>")
}

/// A site of one page that has not been indexed.
fn site() -> Desk {
    let desk = Desk::new();
    desk.write("site/index.html", page("Home", "Granite"));
    desk.write("site/style.css", "p {}");
    desk
}

#[test]
fn what_changes_is_indexed_again_and_told_once() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "site", "--watch", "--port", "0"]);
    let mut events = Events::of(&server);
    assert_eq!(events.built(), 1);
    assert_eq!(server.titles("granite"), ["Home"]);
    desk.write("site/rocks/marble.html", page("Marble", "Marble"));
    // Were the bundle's own files taken for changes, numbers would run ahead.
    assert_eq!(events.built(), 2);
    assert_eq!(server.titles("marble"), ["Marble"]);
    desk.write("site/rocks/marble.html", page("Marble", "Slate and gneiss"));
    assert_eq!(events.built(), 3);
    assert_eq!(server.titles("gneiss"), ["Marble"]);
    std::fs::remove_file(desk.path("site/rocks/marble.html")).unwrap();
    assert_eq!(events.built(), 4);
    assert_eq!(server.titles("gneiss"), [""; 0]);
    desk.write("site/style.css", "p { color: red }");
    assert_eq!(events.built(), 5);
}

#[test]
fn a_build_that_fails_is_told_and_the_last_one_stays() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "site", "--watch", "--port", "0"]);
    let mut events = Events::of(&server);
    assert_eq!(events.built(), 1);
    let bundle = desk.files("site/searchlet");
    desk.write("searchlet.toml", "excluded = []\n");
    let (event, told) = events.next();
    assert_eq!(event, "failed");
    assert!(told.contains("did you mean"), "{told}");
    assert_eq!(desk.files("site/searchlet"), bundle);
    assert_eq!(server.titles("granite"), ["Home"]);
    // Whoever comes now is told the same.
    assert_eq!(Events::of(&server).next(), (event, told));
    desk.write("searchlet.toml", "exclude = [\"drafts/**\"]\n");
    assert_eq!(events.built(), 3);
}

#[test]
fn inputs_may_lie_elsewhere() {
    let desk = site();
    desk.write("notes/tea.md", "# Tea\n\nGreen leaves.\n");
    desk.write("searchlet.toml", "inputs = [\"notes\"]\noutput = \"site/find\"\npages = \"site/pages\"\n");
    let server = Server::start(&desk, &["serve", "site", "--watch", "--port", "0"]);
    let mut events = Events::of(&server);
    assert_eq!(events.built(), 1);
    assert_eq!(server.titles("leaves"), ["Tea"]);
    desk.write("notes/mate.md", "# Mate\n\nLeaves, too.\n");
    assert_eq!(events.built(), 2);
    assert_eq!(server.titles("leaves").len(), 2);
    assert!(desk.path("site/pages/mate.md/index.html").exists());
}

#[test]
fn pages_get_the_script_on_the_way_and_keep_it_off_the_disk() {
    let desk = site();
    let before = desk.files("site");
    let server = Server::start(&desk, &["serve", "site", "--watch", "--port", "0"]);
    let mut events = Events::of(&server);
    assert_eq!(events.built(), 1);
    let (head, body) = server.get("/");
    let body = String::from_utf8(body).unwrap();
    assert!(head.contains("\r\ncache-control: no-cache\r\n") && !head.contains("last-modified"), "{head}");
    let (_, after) = body.split_once("<script src=\"/.searchlet/reload.js?build=").expect("the script");
    assert!(after.ends_with("-1\" defer></script></body></html>"), "{body}");
    let (head, script) = server.get("/.searchlet/reload.js?build=x");
    assert!(head.contains("\r\ncontent-type: text/javascript"), "{head}");
    assert!(String::from_utf8(script).unwrap().contains("EventSource"));
    assert_eq!(server.get("/style.css").1, b"p {}");
    let mut files = desk.files("site");
    files.retain(|name, _| !name.starts_with("searchlet/"));
    assert_eq!(files, before);
}

#[test]
fn without_watch_pages_are_as_they_are() {
    let desk = site();
    let server = Server::start(&desk, &["serve", "site", "--port", "0"]);
    assert_eq!(server.get("/").1, page("Home", "Granite").into_bytes());
    for path in ["/.searchlet/events", "/.searchlet/reload.js"] {
        assert!(server.get(path).0.starts_with("http/1.1 404 "), "{path}");
    }
    desk.run(&["serve", "site", "-c", "x.toml"]).ends(2).warns(&["--watch"]);
    desk.run(&["serve", "site", "--watch", "-c", "x.toml"]).ends(2).warns(&["error: ", "x.toml"]);
}

#[test]
fn queries_can_be_tried() {
    let desk = Desk::with_bundle();
    let server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    for path in ["/.searchlet/", "/.searchlet/playground.js", "/.searchlet/playground.css"] {
        let (head, body) = server.get(path);
        assert!(head.starts_with("http/1.1 200 ") && !body.is_empty(), "{path}: {head}");
        assert!(head.contains("\r\ncontent-security-policy: default-src 'none'"), "{path}: {head}");
    }
    assert!(server.get("/.searchlet").0.contains("\r\nlocation: /.searchlet/\r\n"));
    let (head, body) = server.get("/.searchlet/search?q=Boiling+tea&limit=1");
    assert!(head.contains("\r\ncontent-type: application/json\r\n"), "{head}");
    let tried: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let hit = &tried["found"]["hits"][0];
    assert_eq!((&*hit["title"].to_string(), &*tried["site"].to_string()), ("\"Brewing tea\"", "\"/\""));
    let parts = hit["explanation"]["parts"].as_array().unwrap().iter();
    assert_eq!(
        parts.map(|part| part["score"].as_i64().unwrap()).sum::<i64>(),
        hit["score"].as_i64().unwrap()
    );
    assert_eq!(
        tried["understood"][0]["words"],
        serde_json::json!([
            { "text": "Boiling", "term": "boiling", "is_prefix": false },
            { "text": "tea", "term": "tea", "is_prefix": true }
        ])
    );
    let files = desk.files("notes/searchlet");
    for list in ["opening", "fetched"] {
        let list = tried[list].as_array().unwrap();
        assert!(!list.is_empty());
        for file in list {
            assert_eq!(file["bytes"], files[file["name"].as_str().unwrap()].len(), "{file}");
        }
    }
    for (path, status, word) in
        [("/.searchlet/search?limit=x", "400", "limit"), ("/.searchlet/search?q=x&language=xx", "503", "xx")]
    {
        let (head, body) = server.get(path);
        assert!(head.starts_with(&format!("http/1.1 {status} ")), "{head}");
        let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert!(told["error"].as_str().unwrap().contains(word), "{told}");
    }
    std::fs::remove_dir_all(desk.path("notes/searchlet")).unwrap();
    let (head, body) = server.get("/.searchlet/search?q=x");
    assert!(head.starts_with("http/1.1 503 "), "{head}");
    assert!(String::from_utf8(body).unwrap().contains("searchlet index"));
}

#[test]
fn a_name_that_is_led_here_is_refused() {
    let desk = Desk::with_bundle();
    let server = Server::start(&desk, &["serve", "notes", "--port", "0"]);
    for path in ["/.searchlet/", "/.searchlet/search?q=tea"] {
        for host in ["evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", ""] {
            let (head, body) = server.ask_as(host, path, "");
            assert!(head.starts_with("http/1.1 403 "), "{host}: {head}");
            assert!(!String::from_utf8(body).unwrap().contains("tea"));
        }
        for host in ["localhost", "[::1]:4173"] {
            assert!(server.ask_as(host, path, "").0.starts_with("http/1.1 200 "), "{host}");
        }
    }
}
