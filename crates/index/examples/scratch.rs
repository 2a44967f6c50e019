use std::path::PathBuf;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let t = std::time::Instant::now();
    let g = searchlet_index::gather(&[PathBuf::from(&a[1])], &[], &|_, _| {}).unwrap();
    eprintln!("gather {:?}", t.elapsed());
    let mut s = searchlet_index::Settings::default();
    if let Some(m) = a.get(3) {
        s.max_files = m.parse().unwrap();
    }
    let b = searchlet_index::build(g.documents, &[], &s).unwrap();
    eprintln!("build {:?}", t.elapsed());
    let _ = std::fs::remove_dir_all(&a[2]);
    let p = searchlet_index::publish(&b.bundle, &PathBuf::from(&a[2])).unwrap();
    eprintln!("{:?} {:?}", p, t.elapsed());
}
