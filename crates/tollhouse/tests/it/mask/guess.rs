//! Guessing: somebody who may not see a value asks again and again, uses whatever is answered, and learns nothing of it.

use wire::postgres::encode;

use super::fixture::Worlds;
use super::heard::{cells, error, rows};
use crate::client::Client;
use crate::house::servers;
use crate::packet::Answer;

/// How many questions somebody has.
const QUESTIONS: usize = 200;

/// Questions whose answer would halve what the character at this place may be; `{}` is a digit.
const HALVING: [&str; 8] = [
    "SELECT id FROM customers WHERE id = 1 AND substr(ssn, PLACE, 1) < '{}'",
    "SELECT id FROM customers WHERE id = 1 AND ssn LIKE repeat('_', PLACE - 1) || '{}%'",
    "SELECT CASE WHEN substr(ssn, PLACE, 1) < '{}' THEN id END FROM customers WHERE id = 1",
    "SELECT 1 / (CASE WHEN substr(ssn, PLACE, 1) < '{}' THEN 0 ELSE 1 END) FROM customers WHERE id = 1",
    "SELECT count(*) FROM customers WHERE id = 1 AND substr(ssn, PLACE, 1) < '{}'",
    "SELECT d FROM digits, customers c WHERE c.id = 1 AND d::text = substr(c.ssn, PLACE, 1) AND d < {}",
    "SELECT id FROM customers WHERE id < 3 ORDER BY substr(ssn, PLACE, 1) < '{}', id",
    "EXPLAIN (COSTS off, ANALYZE, TIMING off, SUMMARY off, BUFFERS off) SELECT 1 FROM customers WHERE id = 1 AND substr(ssn, PLACE, 1) < '{}'",
];

/// Each question is put to both worlds. Whoever asks learns something only where the two answer differently.
#[test]
fn two_hundred_questions_tell_no_character() {
    for shared in servers() {
        let worlds = Worlds::on(shared);
        for who in ["human", "agent"] {
            let (mut real, mut other) = (worlds.real.session(who), worlds.other.session(who));
            let mut told = Vec::new();
            for number in 0..QUESTIONS {
                let place = 1 + number / HALVING.len() % 11;
                let digit = (number * 7 + place) % 10;
                let question = HALVING[number % HALVING.len()]
                    .replace("PLACE", &place.to_string())
                    .replace("{}", &digit.to_string());
                let (one, two) = (real.query(&question), other.query(&question));
                let answered = |answer| (rows(answer), error(answer), answer.line());
                if answered(&one) != answered(&two) {
                    told.push(question);
                }
            }
            // Equality may be asked, but not as often as one has to.
            let answers: Vec<_> = (0..=QUESTIONS)
                .map(|number| {
                    real.query(&format!("SELECT id FROM customers WHERE ssn = '{:03}-00-0000'", 200 + number))
                })
                .collect();
            let refused =
                answers.iter().filter(|answer| error(answer).is_some_and(|(code, _)| code.starts_with("TH")));
            assert!(refused.count() > 0, "{who}: guesses without end");
            assert!(answers.iter().all(|answer| rows(answer) == 0));
            assert!(
                told.is_empty(),
                "{} {who}: {} of {QUESTIONS} told something\n{}",
                worlds.major(),
                told.len(),
                told.join("\n")
            );
        }
    }
}

/// A list of so many texts of so many bytes, in binary form.
fn list(members: i32, bytes: usize) -> Vec<u8> {
    let mut list: Vec<u8> = [1, 0, 25, members, 1].into_iter().flat_map(i32::to_be_bytes).collect();
    for _ in 0..members {
        list.extend(i32::try_from(bytes).unwrap().to_be_bytes());
        list.extend(vec![b'7'; bytes]);
    }
    list
}

/// Executes a statement with a list for its parameter.
fn with_list(client: &mut Client, list: &[u8], binary: bool) -> Answer {
    client.say(|out| {
        encode::parse(out, b"", b"SELECT id FROM customers WHERE ssn = ANY($1)", &[1009]).unwrap();
        encode::bind(out, b"", b"", &[i16::from(binary)], std::iter::once(Some(list)), &[]).unwrap();
        encode::execute(out, b"", 0).unwrap();
        encode::sync(out);
    });
    client.ready()
}

#[test]
fn a_list_that_is_bound_is_as_many_guesses_as_it_has() {
    let worlds = Worlds::on(&servers()[0]);
    let mut human = worlds.real.session("human");
    let found = with_list(&mut human, b"{123-45-6789,000-00-0000}", false);
    assert_eq!((rows(&found), error(&found)), (1, None), "two guesses");
    assert_eq!(error(&with_list(&mut human, &list(150, 11), true)), None, "152");
    for (list, what) in [(list(49, 11), "201"), (list(1, 70_000), "a Bind that is not held is not counted")] {
        let refused = with_list(&mut human, &list, true);
        assert_eq!(error(&refused).unwrap().0, "TH008", "{what}");
    }
    assert_eq!(error(&with_list(&mut human, &list(48, 11), true)), None, "200");
    assert_eq!(error(&with_list(&mut human, &list(0, 0), true)), None, "none at all");
    assert!(error(&with_list(&mut human, b"{1}", false)).is_some());
    // By SQL's own names nobody counts what is given.
    let prepared = human.query("PREPARE p(text[]) AS SELECT id FROM customers WHERE ssn = ANY($1)");
    assert_eq!(error(&prepared).unwrap().0, "TH008");
}

#[test]
fn how_long_a_row_is_tells_nothing_of_what_is_masked_whole() {
    let worlds = Worlds::on(&servers()[0]);
    let mut human = worlds.real.session("human");
    assert_eq!(error(&human.query("CREATE TABLE longs (id int, password text)")), None);
    assert_eq!(
        error(
            &human.query("INSERT INTO longs VALUES (1, repeat('x', 70000000)), (2, 'just some words here')")
        ),
        None
    );
    // Until the gate has looked at the table its texts are looked through, which takes all of them.
    let labelled = (0..100).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let answer = human.query("SELECT password FROM longs ORDER BY id");
        error(&answer).is_none().then_some(answer)
    });
    let answer = labelled.expect("the row, covered");
    let cells = cells(&answer);
    assert_eq!((cells.len(), cells.first()), (2, cells.last()));
    let answer = human.query("SELECT password, repeat('x', 70000000) FROM longs");
    assert_eq!(error(&answer).unwrap().0, "54000", "what has to be shown is held");
}
