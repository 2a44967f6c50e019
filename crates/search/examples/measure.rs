use searchlet_search::{Options, local::Local};
use std::{cell::RefCell, collections::HashSet, rc::Rc};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let dir = std::path::PathBuf::from(&a[1]);
    let seen: Rc<RefCell<HashSet<String>>> = Rc::default();
    let log: Rc<RefCell<Vec<(String, usize, Vec<u8>)>>> = Rc::default();
    let (s2, l2) = (seen.clone(), log.clone());
    let d = dir.clone();
    let mut ix = Local::open(
        move |n| {
            let b = std::fs::read(d.join(n)).map_err(|e| e.to_string())?;
            if s2.borrow_mut().insert(n.to_owned()) {
                l2.borrow_mut().push((n.to_owned(), b.len(), b[..40.min(b.len())].to_vec()));
            }
            Ok(b)
        },
        None,
    )
    .unwrap();
    ix.keep(0);
    let head: usize = log.borrow().iter().map(|x| x.1).sum();
    println!("head {head}");
    let mut by: std::collections::BTreeMap<String, Vec<(usize, usize, f64)>> = Default::default();
    let text = std::fs::read_to_string(&a[2]).unwrap();
    let mut qs: Vec<(String, String)> =
        ["event listener", "array map", "content security policy", "how to center a div", "promise all"]
            .iter()
            .map(|q| ("named".to_string(), q.to_string()))
            .collect();
    let step: usize = a[3].parse().unwrap();
    let mut counts: std::collections::BTreeMap<String, usize> = Default::default();
    for l in text.lines() {
        let get = |k: &str| {
            let p = format!("\"{k}\": \"");
            let i = l.find(&p).unwrap() + p.len();
            let mut o = String::new();
            let mut it = l[i..].chars();
            while let Some(c) = it.next() {
                if c == '\\' {
                    o.push(it.next().unwrap());
                } else if c == '"' {
                    break;
                } else {
                    o.push(c)
                }
            }
            o
        };
        let k = get("kind");
        let c = counts.entry(k.clone()).or_default();
        *c += 1;
        if *c <= step {
            qs.push((k, get("q")));
        }
    }
    for (k, q) in qs {
        seen.borrow_mut().clear();
        log.borrow_mut().clear();
        let t = std::time::Instant::now();
        let f = ix.search(&q, Options { limit: 10, offset: 0 });
        let dt = t.elapsed().as_secs_f64() * 1e3;
        let b: usize = log.borrow().iter().map(|x| x.1).sum();
        let n = log.borrow().len();
        if k == "named" {
            println!(
                "{q}: {b} bytes {n} requests total {} {:.1}ms top {:?}",
                f.total,
                dt,
                f.hits.first().map(|h| &h.url)
            );
            let v: Vec<usize> = log.borrow().iter().map(|x| x.1).collect();
            println!("   {v:?}");
        }
        by.entry(k).or_default().push((b, n, dt));
        by.entry("~all".into()).or_default().push((b, n, dt));
    }
    for (k, mut v) in by {
        let m = v.len();
        v.sort_by_key(|x| x.0);
        let (p50, p95) = (v[m / 2].0, v[m * 95 / 100].0);
        v.sort_by_key(|x| x.1);
        let (r50, r95) = (v[m / 2].1, v[m * 95 / 100].1);
        v.sort_by(|a, b| a.2.total_cmp(&b.2));
        println!(
            "{k:10} n {m} bytes p50 {p50} p95 {p95} requests {r50} {r95} ms {:.1} {:.1}",
            v[m / 2].2,
            v[m * 95 / 100].2
        );
    }
}
