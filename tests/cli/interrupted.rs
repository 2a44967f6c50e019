//! `searchlet index` when it is stopped in the middle, or when there is no room.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::{Desk, PROGRAM};

/// Writes pages that have words of their own beside one that all of an `edition` have.
fn write_pages(desk: &Desk, edition: &str) {
    for page in 0..300u32 {
        let mut text = format!("# Page {page}\n\n{edition}\n\n");
        for word in 0..200u32 {
            let _ = write!(text, "w{} ", (page * 977 + word * 7919) % 20_011);
        }
        desk.write(&format!("notes/{page}.md"), text);
    }
}

/// How many pages of an edition are found in the bundle, which must be whole.
fn found(desk: &Desk, edition: &str) -> usize {
    desk.run(&["verify", "notes/searchlet"]).ends(0);
    desk.run(&["search", "notes/searchlet", edition, "--limit", "1000", "--json"]).ends(0).urls().len()
}

#[test]
fn a_build_that_is_killed_leaves_the_old_bundle_or_the_new_one() {
    let desk = Desk::new();
    write_pages(&desk, "hornbeam");
    // The program itself may have to be built first.
    desk.run(&["--help"]).ends(0);
    let began = Instant::now();
    desk.run(&["index", "notes"]).ends(0);
    let whole = began.elapsed();
    assert_eq!(found(&desk, "hornbeam"), 300);

    write_pages(&desk, "rowan");
    for eighth in 2..9 {
        let mut build = desk.command(&["index", "notes"]);
        let mut build = build.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole * eighth / 8);
        build.kill().unwrap();
        build.wait().unwrap();
        let counts = [found(&desk, "hornbeam"), found(&desk, "rowan")];
        assert!([[300, 0], [0, 300]].contains(&counts), "{counts:?} after {eighth} eighths");
    }
    desk.run(&["index", "notes"]).ends(0);
    assert_eq!(found(&desk, "rowan"), 300);
    let left = desk.files("notes/searchlet").into_keys().filter(|name| name.ends_with(".writing"));
    assert_eq!(left.count(), 0);
}

/// Mounts a small disk where the system allows that; says in the test's output when it does not.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_what_was_there() {
    let may_mount = Command::new("unshare")
        .args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !may_mount {
        println!("not tested: this system lets nobody mount a disk");
        return;
    }
    let desk = Desk::new();
    write_pages(&desk, "hornbeam");
    desk.run(&["index", "notes", "-o", "before"]).ends(0);
    // A small disk gives each file whole blocks.
    let blocks: usize = desk.files("before").into_values().map(|file| file.len().div_ceil(4096)).sum();
    write_pages(&desk, "rowan");
    fs::create_dir(desk.path("disk")).unwrap();
    // Room for one bundle and little more; the program in it need not be written again.
    let script = format!(
        "mount -t tmpfs -o size={} tmpfs disk && cp -r before disk/out && {program} index notes -o disk/out; \
         echo $? > code; {program} verify disk/out && {program} search disk/out hornbeam --json > found",
        (blocks + 4) * 4096,
        program = PROGRAM.display(),
    );
    let ran = Command::new("unshare")
        .args(["-rm", "sh", "-c", &script])
        .current_dir(desk.path(""))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(fs::read_to_string(desk.path("code")).unwrap(), "3\n", "{told}");
    assert!(told.contains("disk/out/") && told.contains("make room"), "{told}");
    let found = fs::read_to_string(desk.path("found")).unwrap();
    assert!(found.contains("\"total\":300"), "{found} {told}");
}

#[test]
fn a_filter_with_very_many_values_is_exact() {
    let desk = Desk::new();
    let mut records = String::new();
    for number in 0..100_000u32 {
        let _ = writeln!(
            records,
            r#"{{"id": "{number}", "title": "Item {number}", "text": "a thing", "tag": "tag {number}"}}"#
        );
    }
    desk.write("items.jsonl", records);
    desk.run(&["index", "items.jsonl", "-o", "out", "--filters", "tag"]).ends(0);
    for number in [0, 17, 99_999] {
        let filter = format!("tag=tag {number}");
        let ran = desk.run(&["search", "out", "thing", "--filter", &filter, "--json"]).ends(0);
        assert_eq!(ran.urls(), [number.to_string()]);
    }
}
