//! Prints what `scan` costs on a few texts, in nanoseconds: to look at while working on it, asserted nowhere.

use std::hint::black_box;
use std::time::Instant;

const BATCHES: u32 = 20;
const ROUNDS: u32 = 20_000;

fn main() {
    let insert = format!("INSERT INTO t VALUES {}", vec!["(1, 'some text here', 2.5)"; 400].join(", "));
    let texts = [
        "SELECT abalance FROM pgbench_accounts WHERE aid = 4242424;",
        "select id, name from customers where email = 'a@example.com'",
        "UPDATE pgbench_accounts SET abalance = abalance + -871 WHERE aid = 42;",
        "SELECT c.id, o.total FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id WHERE c.id IN ($1, $2, $3)",
        "BEGIN",
        &insert,
    ];
    println!("{:>8} {:>8} {:>8} {:>8}  text", "bytes", "scan ns", "lexer ns", "ns/byte");
    for text in texts {
        let rounds = (ROUNDS / (1 + text.len() as u32 / 100)).max(100);
        let least = |of: &dyn Fn(&[u8])| {
            (0..BATCHES).map(|_| batch(text.as_bytes(), rounds, of)).fold(f64::MAX, f64::min)
        };
        let each = least(&|text| drop(black_box(sql::scan(text))));
        let lexed = least(&|text| {
            black_box(sql::Lexer::new(text).count());
        });
        let shown: String = text.chars().take(60).collect();
        println!("{:>8} {each:>8.1} {lexed:>8.1} {:>8.2}  {shown}", text.len(), each / text.len() as f64);
    }
}

fn batch(text: &[u8], rounds: u32, of: &dyn Fn(&[u8])) -> f64 {
    let start = Instant::now();
    for _ in 0..rounds {
        of(black_box(text));
    }
    start.elapsed().as_nanos() as f64 / f64::from(rounds)
}
