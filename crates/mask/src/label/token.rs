//! A name's words: `custEmailAddr2` and `CUST_EMAIL_ADDR_2` are `customer email address 2`.
//!
//! Accents fall, umlauts become two letters, abbreviations are written out. Nothing here knows classes.

/// The words of a name, lower case, abbreviations written out, digits as words of their own.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = split(name).into_iter().map(|word| expand(&word)).collect();
    // `card_no` is a number; `no` elsewhere is an answer.
    if words.len() > 1
        && let Some(last) = words.last_mut()
        && matches!(last.as_str(), "no" | "nr" | "num" | "nbr" | "n")
    {
        *last = "number".to_owned();
    }
    words
}

fn split(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let begins = match before {
            None => false,
            Some(before) => {
                (letter.is_uppercase() && before.is_lowercase())
                    || (letter.is_uppercase()
                        && before.is_uppercase()
                        && after.is_some_and(|after| after.is_lowercase())
                        // `IDs`, `SSNs`: a plural's s belongs to what is before it.
                        && (after != Some(&'s')
                            || letters.get(at + 2).is_some_and(|next| next.is_lowercase())))
                    || (letter.is_ascii_digit() != before.is_ascii_digit())
            }
        };
        if (begins || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            fold(*letter, &mut word);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Puts a letter in its plainest form.
pub(crate) fn fold(letter: char, out: &mut String) {
    for letter in letter.to_lowercase() {
        match letter {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'œ' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' | 'ā' | 'ă' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ď' | 'đ' => out.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' | 'ė' => out.push('e'),
            'ğ' => out.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => out.push('i'),
            'ł' | 'ľ' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ő' => out.push('o'),
            'ř' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ù' | 'ú' | 'û' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            other => out.push(other),
        }
    }
}

/// A word without accents, lower case.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| fold(letter, &mut out));
    out
}

/// An abbreviation written out, and one spelling for words that have two.
pub(crate) fn expand(word: &str) -> String {
    match word {
        "nm" | "nme" => "name",
        "nbr" | "nmbr" | "num" | "nr" | "nro" | "numero" | "nummer" | "numer" | "numbers" => "number",
        "addr" | "adr" | "addrs" | "addres" | "adress" => "address",
        "acct" | "acc" | "accnt" => "account",
        "cust" | "cstmr" => "customer",
        "usr" => "user",
        "emp" | "empl" | "ee" => "employee",
        "dt" | "dte" => "date",
        "cd" => "code",
        "amt" => "amount",
        "descr" | "desc" => "description",
        "pwd" | "passwd" | "pw" | "psw" => "password",
        "license" | "lic" | "lisence" => "licence",
        "mob" | "mbl" => "mobile",
        "cel" => "cell",
        "ctry" | "cntry" => "country",
        "bday" => "birthday",
        "org" | "organization" | "organisation" => "company",
        "dept" => "department",
        "mgr" => "manager",
        "img" => "image",
        "msg" => "message",
        "qty" => "quantity",
        "txn" | "trx" | "trans" => "transaction",
        "pmt" | "pymt" => "payment",
        "fst" | "frst" | "fst1" => "first",
        "lst" => "last",
        "mid" | "mdl" => "middle",
        "bal" => "balance",
        "ident" => "identification",
        "drv" | "drvr" => "driver",
        "pers" => "person",
        "ctc" => "ctc",
        "telephone" => "phone",
        "tel" => "tel",
        "cnt" => "count",
        "ts" => "timestamp",
        "ref" => "reference",
        "benef" => "beneficiary",
        "natl" | "nat" => "national",
        "eml" => "email",
        "sess" => "session",
        "tok" => "token",
        "bank1" => "bank",
        "sec" => "sec",
        "ship" => "ship",
        "loc" => "loc",
        "fec" => "fecha",
        other => other,
    }
    .to_owned()
}

/// A word in the singular, as far as English endings go.
pub(crate) fn singular(word: &str) -> String {
    match word {
        "ddns" | "mdns" | "https" => word.to_owned(),
        // `diagnosis`, `hepatitis`.
        _ if word.len() > 4 && (word.ends_with("sis") || word.ends_with("tis")) => word.to_owned(),
        _ if word.len() > 4 && word.ends_with("ies") => format!("{}y", word.trim_end_matches("ies")),
        _ if word.len() > 4
            && (word.ends_with("sses") || word.ends_with("xes") || word.ends_with("ches")) =>
        {
            word.get(..word.len() - 2).unwrap_or(word).to_owned()
        }
        _ if word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") => {
            word.get(..word.len() - 1).unwrap_or(word).to_owned()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        for (name, wanted) in [
            ("custEmailAddr2", "customer email address 2"),
            ("CUST_EMAIL_ADDR_2", "customer email address 2"),
            ("IDNumber", "id number"),
            ("SSNLast4", "ssn last 4"),
            ("userIDs", "user ids"),
            ("Straße", "strasse"),
            ("prénom", "prenom"),
            ("card_no", "card number"),
            ("no_card", "no card"),
            ("imię", "imie"),
            ("e-mail", "e mail"),
            ("x", "x"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), wanted, "{name}");
        }
    }

    #[test]
    fn plurals_lose_their_ending() {
        for (many, one) in [
            ("customers", "customer"),
            ("addresses", "address"),
            ("countries", "country"),
            ("status", "status"),
            ("diagnosis", "diagnosis"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
