//! Each encoding is found, and what is shown in place of a value is not.

use super::*;

const SSN: &str = "536-90-4399";

fn canaries() -> Canaries {
    Canaries::of(vec![
        Canary::text("ssn", SSN),
        Canary::text("first", "123-45-6789"),
        Canary::text("email", "alice@example.com"),
        Canary::date("dob", (1987, 3, 14)),
        Canary::amount("salary", 8_765_437),
    ])
}

fn found(bytes: &[u8]) -> String {
    let heard = Heard { bytes: bytes.to_vec(), results: Vec::new() };
    canaries().search(&heard).into_iter().collect::<Vec<_>>().join(", ")
}

fn rows(rows: &[&[&str]]) -> String {
    let row = |cells: &&[&str]| cells.iter().map(|cell| Some(cell.as_bytes().to_vec())).collect();
    let heard = Heard { bytes: Vec::new(), results: vec![rows.iter().map(row).collect()] };
    canaries().search(&heard).into_iter().collect::<Vec<_>>().join(", ")
}

#[test]
fn each_spelling_of_a_text_is_found() {
    for (bytes, form) in [
        (&b"x 536-90-4399 y"[..], "ssn plain"),
        (b"\x00\x00\x00\x0b536904399", "ssn plain"),
        (b"9934-09-635", "ssn reversed"),
        (b"993409635", "ssn reversed"),
        (b"\\x3533362d39302d34333939", "ssn in hex"),
        (b"3533362D39302D34333939", "ssn in hex"),
        (b"NTM2LTkwLTQzOTk=", "ssn in base64"),
        (b"eDUzNi05MC00Mzk5", "ssn in base64"),
        (b"eHg1MzYtOTAtNDM5OQ==", "ssn in base64"),
        (b"5\x003\x006\x00-\x009\x000\x00-\x004\x003\x009\x009\x00", "ssn plain"),
        (b"536_90_4399", "ssn with other separators"),
        ("\u{ff15}\u{ff13}\u{ff16}904399".as_bytes(), "ssn with other separators"),
        (b"{5,3,6,-,9,0,-,4,3,9,9}", "ssn with other separators"),
        (b"{53,51,54,45,57,48,45,52,51,57,57}", "ssn as codes"),
        (b"fdg-ja-edjj", "ssn as letters"),
        (b"\x00\x00\x00\x00\x20\x00\x82\xcf", "ssn as a number of four bytes"),
        (b"200082cf", "ssn as a number in hex"),
        (b"\x00\x05\x0e\x6a\x11\x2f", "ssn as a numeric"),
        (
            b"\\u0035\\u0033\\u0036\\u002d\\u0039\\u0030\\u002d\\u0034\\u0033\\u0039\\u0039",
            "ssn in JSON's escapes",
        ),
        (b"ALICE@Example.com", "email plain"),
        (b"alice [at] example.com alice.example.com", "email with other separators"),
        (b"nyvpr@rknzcyr.pbz", "email by half the alphabet"),
        (b"123-45-6789", "first plain"),
    ] {
        let found = found(bytes);
        assert!(found.split(", ").any(|one| one == form), "{form}: {found} in {bytes:?}");
    }
}

#[test]
fn days_and_amounts_are_found_in_text_and_binary() {
    for (bytes, form) in [
        (&b"1987-03-14"[..], "dob plain"),
        (b"19870314", "dob with other separators"),
        (b"14.03.1987", "dob plain"),
        (b"14 Mar 1987", "dob plain"),
        (b"\xff\xff\xed\xbc", "dob as days"),
        (b"542678400", "dob as seconds"),
        (b"87654.37", "salary plain"),
        (b"\x00\x08\x1d\xe6\x0e\x74", "salary as a numeric"),
    ] {
        let found = found(bytes);
        assert!(found.split(", ").any(|one| one == form), "{form}: {found} in {bytes:?}");
    }
}

#[test]
fn a_value_that_is_cut_over_cells_and_rows_is_found() {
    let column: Vec<[&str; 2]> = SSN.split("").filter(|one| !one.is_empty()).map(|one| ["x", one]).collect();
    let column: Vec<&[&str]> = column.iter().map(|row| &row[..]).collect();
    assert!(rows(&column).contains("ssn plain"));
    let row: Vec<&str> = SSN.split("").collect();
    assert!(rows(&[&row]).contains("ssn plain"));
    assert!(
        rows(&[&["53", "51", "54", "45", "57", "48", "45", "52", "51", "57", "57"]]).contains("ssn plain")
    );
    let halves = [["536-90"], ["-4399"]];
    assert!(rows(&[&halves[0][..], &halves[1][..]]).contains("ssn plain"));
    assert_eq!(lines(b"a\tb\nc").len(), 2);
}

#[test]
fn what_stands_in_its_place_is_not_the_value() {
    assert_eq!(found(b"***-**-4399 a***@***.com 1987-01-01 ************1486 NULL 0.00 6789"), "");
    // Rows that are counted are no number of somebody's.
    let counted: Vec<[&str; 1]> = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map(|one| [one]).to_vec();
    let counted: Vec<&[&str]> = counted.iter().map(|row| &row[..]).collect();
    assert_eq!(rows(&counted), "");
    assert!(found(b"123456789").contains("first plain"));
}
