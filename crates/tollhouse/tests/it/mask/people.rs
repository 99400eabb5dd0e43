//! The rows of `customers`, in two worlds that differ only in what a masked principal may not see.
//!
//! What a usual mask tells is the same in both: an address's first letter and last part, a card's last four digits, a
//! birthday's year. So whatever a masked principal is answered has to be the same in both, byte by byte.

use std::fmt::Write as _;

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum World {
    /// With the canaries.
    Real,
    /// With other people.
    Other,
}

/// How many rows.
pub(crate) const ROWS: usize = 200;

const FIRST: [[&str; 2]; 10] = [
    ["Alice", "Agnes"],
    ["Bruno", "Boris"],
    ["Clara", "Celia"],
    ["David", "Derek"],
    ["Elena", "Edith"],
    ["Frank", "Felix"],
    ["Grace", "Greta"],
    ["Henry", "Harry"],
    ["Irene", "Ilona"],
    ["James", "Jonas"],
];
const LAST: [[&str; 2]; 10] = [
    ["Quistgaard", "Rosenqvist"],
    ["Andersen", "Petersen"],
    ["Bianchi", "Moretti"],
    ["Dubois", "Leroux"],
    ["Fischer", "Schmidt"],
    ["Garcia", "Suarez"],
    ["Kowalski", "Nowakows"],
    ["Novak", "Horak"],
    ["Schulz", "Krause"],
    ["Tanaka", "Suzuki"],
];

impl World {
    fn at(self) -> usize {
        usize::from(self == Self::Other)
    }

    /// `INSERT` of all rows.
    pub(crate) fn customers(self) -> String {
        let mut sql = String::from(
            "INSERT INTO customers (id, full_name, email, ssn, card, dob, salary, notes, profile) VALUES\n",
        );
        for id in 1..=ROWS {
            let comma = if id == 1 { "" } else { ",\n" };
            write!(
                sql,
                "{comma}({id}, '{}', '{}', '{}', '{}', '{}', {}, '{}', '{}')",
                self.name(id),
                self.email(id),
                self.ssn(id),
                self.card(id),
                self.dob(id),
                self.salary(id),
                self.notes(id),
                self.profile(id)
            )
            .unwrap();
        }
        sql
    }

    fn name(self, id: usize) -> String {
        let first = FIRST[(id - 1) % 10][self.at()];
        format!("{first} {}", LAST[(id - 1) / 10 % 10][self.at()])
    }

    fn email(self, id: usize) -> String {
        match (id, self) {
            (1, Self::Real) => "alice@example.com".into(),
            (1, Self::Other) => "agnes@examine.com".into(),
            _ => format!("{}{id:03}@{}.org", ["user", "unit"][self.at()], ["example", "sampled"][self.at()]),
        }
    }

    fn ssn(self, id: usize) -> String {
        match (id, self) {
            (1, Self::Real) => "123-45-6789".into(),
            (2, Self::Real) => "536-90-4399".into(),
            (1, Self::Other) => "241-68-3507".into(),
            (2, Self::Other) => "418-27-9056".into(),
            (_, Self::Real) => format!("{:03}-{:02}-{:04}", 100 + id * 3, 10 + id % 80, 1000 + id * 37),
            (_, Self::Other) => format!("{:03}-{:02}-{:04}", 101 + id * 3, 11 + id % 80, 1500 + id * 31),
        }
    }

    /// A number that passes Luhn's check, with the same last four digits in both worlds.
    pub(crate) fn card(self, id: usize) -> String {
        let last = format!("{:04}", (id * 7919) % 10_000);
        let body = match self {
            Self::Real => format!("45395787{:03}", 100 + id),
            Self::Other => format!("40128812{:03}", 300 + id),
        };
        let sum = |digits: &str| {
            let digit = |(place, byte): (usize, u8)| {
                let value = usize::from(byte - b'0') * (1 + place % 2);
                value / 10 + value % 10
            };
            digits.bytes().rev().enumerate().map(digit).sum::<usize>()
        };
        let right = |free: &usize| sum(&format!("{body}{free}{last}")) % 10 == 0;
        let free = (0..10).find(right).unwrap();
        format!("{body}{free}{last}")
    }

    fn dob(self, id: usize) -> String {
        if id == 1 {
            return ["1987-03-14", "1987-11-02"][self.at()].into();
        }
        let (month, day) = match self {
            Self::Real => (1 + id % 12, 1 + id % 28),
            Self::Other => (1 + (id + 5) % 12, 1 + (id + 11) % 28),
        };
        format!("{}-{month:02}-{day:02}", 1950 + id % 50)
    }

    fn salary(self, id: usize) -> String {
        match (id, self) {
            (1, Self::Real) => "87654.37".into(),
            (1, Self::Other) => "43218.91".into(),
            (_, Self::Real) => format!("{}.{:02}", 30_000 + id * 211, id % 100),
            (_, Self::Other) => format!("{}.{:02}", 31_000 + id * 173, (id * 3) % 100),
        }
    }

    fn notes(self, id: usize) -> String {
        match (id, self) {
            (1, Self::Real) => "prefers mail to quist.private@example.net in the evening".into(),
            (1, Self::Other) => "prefers mail to query.another@example.net in the evening".into(),
            _ => {
                ["called about the delivery", "wants an invoice", "asked for a catalogue", "has moved house"]
                    [id % 4]
                    .into()
            }
        }
    }

    fn profile(self, id: usize) -> String {
        match (id, self) {
            (1, Self::Real) => r#"{"plan": "gold", "email": "alice.json@example.org"}"#.into(),
            (1, Self::Other) => r#"{"plan": "gold", "email": "agnes.text@example.org"}"#.into(),
            _ => {
                let [user, unit] = ["user", "unit"];
                let who = if self == Self::Real { user } else { unit };
                format!(r#"{{"plan": "{}", "email": "{who}{id:03}@example.org"}}"#, ["basic", "gold"][id % 2])
            }
        }
    }
}
