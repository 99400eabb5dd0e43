//! Rows of a COPY in each format, and rows that are none.

use super::*;

/// Shows `x` as a marker, leaves `k`, hides the rest.
fn cover(plan: &u8, value: Option<&[u8]>, out: &mut Vec<u8>) -> Cell {
    match (plan, value) {
        (b'k', _) => {
            out.extend_from_slice(b"thrown away");
            Cell::Kept
        }
        (b'n', _) | (_, None) => {
            out.extend_from_slice(b"thrown away");
            Cell::Null
        }
        // What was read, in brackets: shows that it was taken apart as it was meant.
        (b'r', Some(value)) => {
            out.push(b'[');
            out.extend_from_slice(value);
            out.push(b']');
            Cell::Written
        }
        _ => {
            out.extend_from_slice(b"***");
            Cell::Written
        }
    }
}

fn rewritten(rows: &mut CopyRows, body: &[u8], plan: &[Option<u8>]) -> Option<Vec<u8>> {
    let mut out = b"before".to_vec();
    let done = rows.rewrite(body, plan, &mut out, cover);
    let message = out.strip_prefix(b"before").unwrap();
    if done.is_err() {
        assert!(message.is_empty());
        return None;
    }
    let (head, body) = message.split_first_chunk::<5>().unwrap();
    assert_eq!(head[0], b'd');
    assert_eq!(u32::from_be_bytes(head[1..].try_into().unwrap()) as usize, body.len() + 4);
    Some(body.to_vec())
}

fn once(shape: &CopyShape, body: &str, plan: &[Option<u8>]) -> Option<String> {
    let body = rewritten(&mut CopyRows::new(shape.clone()), body.as_bytes(), plan)?;
    Some(String::from_utf8(body).unwrap())
}

#[test]
fn text_rows() {
    let shape = CopyShape::text();
    let plan = [None, Some(b'x'), Some(b'r')];
    assert_eq!(once(&shape, "1\tsecret\ta\\tb\\\\c\\nd\n", &plan).unwrap(), "1\t***\t[a\\tb\\\\c\\nd]\n");
    assert_eq!(once(&shape, "\\N\t\\N\t\\N\n", &plan).unwrap(), "\\N\t\\N\t\\N\n");
    assert_eq!(once(&shape, "\t\t\n", &plan).unwrap(), "\t***\t[]\n");
    assert_eq!(once(&shape, "1\ta\tb\n2\tc\td\n", &plan).unwrap(), "1\t***\t[b]\n2\t***\t[d]\n");
    assert_eq!(once(&shape, "", &plan).unwrap(), "");
    for broken in [
        "1\ta\tb",
        "1\ta\n",
        "1\ta\tb\tc\n",
        "\\.\n",
        "\n",
        "1\ta\t\\\n",
        "1\ta\t\\101\n",
        "1\ta\t\\x41\n",
        "1\ta\\\tb\n",
    ] {
        assert_eq!(once(&shape, broken, &plan), None, "{broken:?}");
    }
    let shape = CopyShape::Text { delimiter: b'|', null: b"null"[..].into(), header: true };
    let mut rows = CopyRows::new(shape);
    assert_eq!(rewritten(&mut rows, b"x|secret|r\n", &plan).unwrap(), b"x|secret|r\n");
    assert_eq!(rewritten(&mut rows, b"a\\|b|null|c\\|d\\N\n", &plan), None);
    assert_eq!(rewritten(&mut rows, b"a\\|b|null|c\\|d\n", &plan).unwrap(), b"a\\|b|null|[c\\|d]\n");
    assert_eq!(once(&CopyShape::text(), "\n\n", &[]).unwrap(), "\n\n");
}

#[test]
fn csv_rows() {
    let shape = CopyShape::csv();
    let plan = [None, Some(b'x'), Some(b'r')];
    assert_eq!(once(&shape, "1,\"a\nb\",\"c\"\"d,\n\"\n", &plan).unwrap(), "1,***,\"[c\"\"d,\n]\"\n");
    assert_eq!(once(&shape, "1,a,b\n2,,\"\"\n", &plan).unwrap(), "1,***,[b]\n2,,[]\n");
    for broken in [
        "1,a,b",
        "1,a\n",
        "1,a,b,c\n",
        "1,\"a,b\n",
        "1,\"a\"x,b\n",
        "1,a\"b,c\n",
        "1,a,b\r\n",
        "\n",
        "1,\"a\nb,c\n",
    ] {
        assert_eq!(once(&shape, broken, &plan), None, "{broken:?}");
    }
    // A value that reads as NULL is quoted; a single column is quoted, lest it reads as the end of data.
    let null = CopyShape::Csv {
        delimiter: b';',
        null: b"***"[..].into(),
        quote: b'\'',
        escape: b'\\',
        force_quote: ForceQuote::Columns([].into()),
        header: true,
    };
    let mut rows = CopyRows::new(null.clone());
    assert_eq!(rewritten(&mut rows, b"'a;\nb';b;c\n", &plan).unwrap(), b"'a;\nb';b;c\n");
    assert_eq!(rewritten(&mut rows, b"***;b;'c\\'d\\\\'\n", &plan).unwrap(), b"***;'***';'[c\\'d\\\\]'\n");
    assert_eq!(rewritten(&mut rows, b"***;b;'c\\d'\n", &plan), None);
    assert_eq!(once(&shape, "a\n", &[Some(b'x')]).unwrap(), "\"***\"\n");
    assert_eq!(once(&shape, "\n", &[]).unwrap(), "\n");
    assert_eq!(once(&shape, "\n", &[Some(b'x')]).unwrap(), "\n");
}

#[test]
fn options_say_nothing_of_what_is_hidden() {
    let plan = [None, Some(b'x')];
    // What equals NULL, has the delimiter or the quote in it, is quoted by the server: a mask is not.
    let csv = |delimiter, null: &[u8], quote, force_quote| CopyShape::Csv {
        delimiter,
        null: null.into(),
        quote,
        escape: quote,
        force_quote,
        header: false,
    };
    let none = || ForceQuote::Columns([].into());
    let shape = csv(b',', b"123-45-6789", b'"', none());
    assert_eq!(
        once(&shape, "1,\"123-45-6789\"\n2,536\n3,123-45-6789\n", &plan).unwrap(),
        "1,***\n2,***\n3,123-45-6789\n"
    );
    let shape = csv(b'5', b"", b'~', none());
    assert_eq!(once(&shape, "15~123-45-6789~\n25123-46\n", &plan).unwrap(), "15***\n25***\n");
    let shape = csv(b'~', b"", b'5', none());
    assert_eq!(once(&shape, "1~5123-455-67895\n2~123-46\n", &plan).unwrap(), "1~***\n2~***\n");
    // What the statement asked for stays, for NULL as well.
    let shape = csv(b',', b"", b'"', ForceQuote::Columns([1].into()));
    assert_eq!(once(&shape, "1,\"a\"\n2,\n", &plan).unwrap(), "1,\"***\"\n2,\n");
    let shape = csv(b',', b"", b'"', ForceQuote::All);
    assert_eq!(once(&shape, "\"1\",\"a\"\n", &plan).unwrap(), "\"1\",\"***\"\n");
    let shape = csv(b',', b"", b'"', ForceQuote::Columns([0].into()));
    assert_eq!(once(&shape, "\"1\",\"a,\"\n", &plan).unwrap(), "\"1\",***\n");

    // In text a value and NULL that look alike are alike.
    let text = |null: &[u8]| CopyShape::Text { delimiter: b'\t', null: null.into(), header: false };
    assert_eq!(once(&text(b"123-45-6789"), "1\t123-45-6789\n2\t536\n", &plan).unwrap(), "1\t***\n2\t***\n");
    assert_eq!(once(&text(b"a\\tb"), "1\ta\\tb\n", &[None, Some(b'r')]).unwrap(), "1\t[a\\tb]\n");
    for null in ["\\N", "", "NULL", "null", "(null)", "<NULL>", "[Null]"] {
        assert!(!may_be_a_value(null.as_bytes()), "{null}");
        let row = format!("1\t{null}\n");
        assert_eq!(once(&text(null.as_bytes()), &row, &plan).unwrap(), row);
    }
    for null in ["n/a", "none", "123-45-6789", "\\", "\\n", "(x)", "(null", "NA", "0", "-"] {
        assert!(may_be_a_value(null.as_bytes()), "{null}");
    }
}

#[test]
fn binary_rows() {
    let head = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
    let row = |cells: &[Option<&[u8]>]| {
        let mut out = (cells.len() as i16).to_be_bytes().to_vec();
        for cell in cells {
            out.extend(cell.map_or(-1, |cell| cell.len() as i32).to_be_bytes());
            out.extend_from_slice(cell.unwrap_or_default());
        }
        out
    };
    let plan = [None, Some(b'x'), Some(b'k'), Some(b'n')];
    let mut rows = CopyRows::new(CopyShape::Binary);
    let first = row(&[Some(b"a"), Some(b"secret"), Some(b"c"), Some(b"d")]);
    let covered = row(&[Some(b"a"), Some(b"***"), Some(b"c"), None]);
    assert_eq!(
        rewritten(&mut rows, &[&head[..], &first].concat(), &plan).unwrap(),
        [&head[..], &covered].concat()
    );
    let nulls = row(&[None, None, None, None]);
    assert_eq!(
        rewritten(&mut rows, &[&nulls[..], &first].concat(), &plan).unwrap(),
        [&nulls[..], &covered].concat()
    );
    assert!(rows.end().is_err());
    assert_eq!(rewritten(&mut rows, &[0xff, 0xff], &plan).unwrap(), [0xff, 0xff]);
    assert!(rows.end().is_ok());
    assert_eq!(rewritten(&mut rows, &first, &plan), None);
    assert_eq!(rewritten(&mut rows, &[], &plan).unwrap(), []);

    let with_head = |bytes: &[u8]| [&head[..], bytes].concat();
    for cut in 1..first.len() {
        let mut rows = CopyRows::new(CopyShape::Binary);
        assert_eq!(rewritten(&mut rows, &with_head(&first[..cut]), &plan), None);
    }
    let mut flags = with_head(&first);
    flags[12] = 1;
    for broken in [
        flags,
        first.clone(),
        with_head(&row(&[None])),
        with_head(&[0xff, 0xfe]),
        with_head(&[0xff, 0xff, 0]),
    ] {
        assert_eq!(rewritten(&mut CopyRows::new(CopyShape::Binary), &broken, &plan), None);
    }
}

#[test]
fn what_stays_is_known_without_writing() {
    let plan = [None, Some(b'r')];
    for (shape, body) in
        [(CopyShape::text(), "1\ta\\tb\n2\tred\n"), (CopyShape::csv(), "1,\"a\tb\"\n2,red\n")]
    {
        let mut rows = CopyRows::new(shape.clone());
        let mut seen = Vec::new();
        let mut stays = |rows: &mut CopyRows, body: &str, but: &[u8]| {
            rows.stays(body.as_bytes(), &plan, |_, value| {
                seen.extend(value.map(<[u8]>::to_vec));
                value != Some(but)
            })
        };
        assert_eq!(stays(&mut rows, body, b"blue"), Ok(true));
        assert_eq!(stays(&mut rows, body, b"red"), Ok(false));
        assert!(stays(&mut rows, body.trim_end(), b"").is_err());
        assert_eq!(seen, [&b"a\tb"[..], b"red", b"a\tb", b"red", b"a\tb"]);
    }
}

#[test]
fn a_header_that_does_not_stay_is_still_to_come() {
    let shape = CopyShape::Text { delimiter: b'\t', null: b"\\N"[..].into(), header: true };
    let mut rows = CopyRows::new(shape);
    let plan = [Some(b'x')];
    assert_eq!(rows.stays(b"name\nred\n", &plan, |_, _| false), Ok(false));
    assert_eq!(rewritten(&mut rows, b"name\nred\n", &plan).unwrap(), b"name\n***\n");
    // A header has no values.
    let mut rows = CopyRows::new(CopyShape::Text { delimiter: b'\t', null: b"\\N"[..].into(), header: true });
    assert_eq!(rows.stays(b"name\n", &plan, |_, _| false), Ok(true));
    assert_eq!(rewritten(&mut rows, b"red\n", &plan).unwrap(), b"***\n");
    let mut rows = CopyRows::new(CopyShape::Binary);
    assert_eq!(rows.stays(b"", &plan, |_, _| true), Ok(false));
}
