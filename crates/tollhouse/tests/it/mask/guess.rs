//! Guessing: somebody who may not see a value asks again and again, uses whatever is answered, and learns nothing of it.

use super::fixture::Worlds;
use super::heard::{error, rows};
use crate::house::servers;

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
