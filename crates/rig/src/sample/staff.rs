//! The rows of schemas `hr` and `ml`: employees and their reviews; features, training runs, training examples.

use super::check_digit::iban;
use super::copy::Copy;
use super::date::{Day, Moment, TODAY};
use super::person::Person;
use super::random::Random;
use super::shop::{Customers, moment, money};
use super::ticket;

/// How many people work here.
pub(super) const EMPLOYEES: i64 = 180;
const RUNS: i64 = 140;
const EXAMPLES: i64 = 1_200;

/// Writes employees and two years of reviews.
pub(super) fn employees(out: &mut String, random: &mut Random, rows: &mut usize) {
    const JOBS: [(&str, &str, i64, i64); 9] = [
        ("engineering", "Software Engineer", 62, 98),
        ("engineering", "Staff Engineer", 95, 135),
        ("support", "Support Agent", 34, 48),
        ("warehouse", "Picker", 29, 36),
        ("warehouse", "Shift Lead", 38, 47),
        ("marketing", "Campaign Manager", 48, 75),
        ("finance", "Accountant", 50, 80),
        ("data", "Data Scientist", 66, 105),
        ("compliance", "Compliance Officer", 60, 92),
    ];
    const COMMENTS: [&str; 6] = [
        "exceeds what we ask for, should lead the next project",
        "solid year; was on sick leave from March to May (burn-out)",
        "wants to go part time after the birth of the second child",
        "asked for a raise twice, declined until the budget of next year",
        "conflict with the shift lead, HR was involved",
        "promoted in autumn",
    ];
    let mut copy = Copy::begin(
        out,
        "hr.employee (id, name, email, title, department, manager_id, salary, iban, birth_date, national_id, hired_on)",
    );
    for id in 1..=EMPLOYEES {
        let person = Person::invent(random, id);
        let (department, title, low, high) =
            if id == 1 { ("management", "Managing Director", 180, 180) } else { random.pick(&JOBS) };
        copy.row()
            .put(id)
            .put(person.name())
            .put(format_args!("staff{id}@shop.example"))
            .put(title)
            .put(department)
            .maybe((id > 1).then(|| random.between(1, 1 + (id - 2) / 9)))
            .put(money(random.between(low * 100, high * 100) * 1_000))
            .put(iban(random))
            .put(person.birth)
            .put(&person.national_id)
            .put(Day(TODAY.0 - random.between(30, 4_000)))
            .end();
    }
    *rows += copy.finish();
    let mut copy = Copy::begin(out, "hr.review (id, employee_id, year, rating, comment)");
    let mut id = 0;
    for employee in 1..=EMPLOYEES {
        for year in [2024, 2025] {
            id += 1;
            let comment = random.chance(70).then(|| random.pick(&COMMENTS));
            copy.row().put(id).put(employee).put(year).put(random.between(1, 5)).maybe(comment).end();
        }
    }
    *rows += copy.finish();
}

/// Writes a feature row for each customer.
pub(super) fn features(out: &mut String, random: &mut Random, rows: &mut usize, customers: &Customers) {
    let mut copy = Copy::begin(
        out,
        "ml.customer_feature (customer_id, orders_90d, spend_90d, days_since_order, churn_score, embedding, computed_at)",
    );
    for ((orders, spent), id) in customers.recent.iter().zip(1..) {
        let last = if *orders > 0 {
            Some(random.between(0, 90))
        } else {
            random.chance(50).then(|| random.between(91, 365))
        };
        let embedding: Vec<String> = (0..8).map(|_| thousandths(random.between(-999, 999))).collect();
        copy.row()
            .put(id)
            .put(orders)
            .put(money(*spent))
            .maybe(last)
            .put(thousandths(random.between(0, 1_000)))
            .put(format_args!("{{{}}}", embedding.join(",")))
            .put(TODAY.at(3 * 3_600))
            .end();
    }
    *rows += copy.finish();
}

/// Writes training runs and the examples that went into them, personal data included: that is what happens.
pub(super) fn training(out: &mut String, random: &mut Random, rows: &mut usize, customers: &Customers) {
    let mut copy = Copy::begin(
        out,
        "ml.training_run (id, model, dataset, owner, status, hyperparameters, metrics, started_at, finished_at)",
    );
    for id in 1..=RUNS {
        let status = if id > RUNS - 3 {
            "running"
        } else {
            random.pick(&["finished", "finished", "finished", "failed"])
        };
        let start = moment(random, 180, 1);
        let metrics = format!(
            r#"{{"auc":0.{},"loss":{}}}"#,
            random.between(700, 960),
            thousandths(random.between(90, 800))
        );
        copy.row()
            .put(id)
            .put(random.pick(&["churn-gbm", "ticket-router", "support-reply", "basket-rank"]))
            .put(random.pick(&["ml.customer_feature", "shop.ticket", "ml.training_example"]))
            .put(random.pick(&["alice", "etl", "data-team"]))
            .put(status)
            .put(format_args!(
                r#"{{"learning_rate":{},"epochs":{},"seed":{}}}"#,
                thousandths(random.between(1, 100)),
                random.between(1, 40),
                random.between(1, 99_999)
            ))
            .maybe((status == "finished").then_some(metrics))
            .put(start)
            .maybe((status != "running").then(|| Moment(start.0 + random.between(60, 20_000))))
            .end();
    }
    *rows += copy.finish();
    let mut copy = Copy::begin(out, "ml.training_example (id, run_id, customer_id, prompt, completion)");
    for id in 1..=EXAMPLES {
        let place = usize::try_from(random.below(customers.people.len() as u64)).unwrap_or(0);
        let Some(person) = customers.people.get(place) else { continue };
        let (subject, body) = ticket::write(random, person, "4000000000000002");
        let answer = random.pick(&[
            "Dear {name}, we have sent it again to {street}, {postal} {city}.",
            "Hello {given}, please confirm your telephone number {phone}.",
            "We have answered to {email}. Case closed.",
        ]);
        copy.row()
            .put(id)
            .put(random.between(1, RUNS))
            .put(place + 1)
            .put(format_args!("{subject}\n\n{body}"))
            .put(ticket::fill(answer, person, ""))
            .end();
    }
    *rows += copy.finish();
}

fn thousandths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let number = number.abs();
    format!("{sign}{}.{:03}", number / 1_000, number % 1_000)
}
