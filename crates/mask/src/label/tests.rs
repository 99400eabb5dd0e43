//! Whole tables, as they come.

use std::fmt::Write as _;

use super::*;

fn table(name: &str, columns: &[(&str, &str, &[&str])]) -> String {
    let column = |(name, type_name, values): &(&str, &str, &[&str])| ColumnEvidence {
        name: (*name).into(),
        type_name: (*type_name).into(),
        samples: Samples::of(values.iter().copied()),
        ..ColumnEvidence::default()
    };
    let evidence = TableEvidence {
        schema: "public".into(),
        name: name.into(),
        comment: None,
        columns: columns.iter().map(column).collect(),
    };
    let mut said = String::new();
    for (column, finding) in columns.iter().zip(judge(&evidence)) {
        let what = match &finding {
            Finding::Clear { .. } => "-".to_owned(),
            Finding::Labelled(label) => label.class.as_str().to_owned(),
            Finding::Unsure(label) => format!("{}?", label.class.as_str()),
            Finding::Paths { paths, .. } => {
                let paths = paths.iter().map(|(path, label)| format!("{path}={}", label.class.as_str()));
                paths.collect::<Vec<_>>().join(",")
            }
        };
        let _ = write!(said, "{}:{what} ", column.0);
    }
    said.trim_end().to_owned()
}

#[test]
fn a_table_of_customers_is_labelled_without_set_up() {
    let ssns = ["123-45-6789", "536-90-4399", "219-09-9999", "078-05-1120"];
    let said = table(
        "customers",
        &[
            ("id", "integer", &["1", "2", "3"]),
            ("full_name", "text", &["Alice Smith", "Bob Jones"]),
            ("email", "text", &["alice@example.com", "bob@example.org"]),
            ("ssn", "text", &ssns),
            ("card", "text", &["4242424242424242", "5555555555554444", "4012888888881881"]),
            ("dob", "date", &["1980-01-01"]),
            ("salary", "numeric", &["1000.00"]),
            ("notes", "text", &["call me on +49 30 1234567 please"]),
            ("profile", "jsonb", &[r#"{"email": "a@example.com", "plan": "gold", "tags": ["x"]}"#]),
        ],
    );
    assert_eq!(
        said,
        "id:- full_name:person_name email:email ssn:social_security card:card_number dob:date_of_birth salary:salary \
         notes:free_text profile:$.email=email"
    );
}

#[test]
fn things_stay_clear() {
    let said = table(
        "products",
        &[
            ("id", "bigint", &["1"]),
            ("name", "text", &["Garden Chair", "Lamp"]),
            ("sku", "text", &["GC-1001-BL", "LA-2002-WH"]),
            ("price", "numeric", &["19.99"]),
            ("created_at", "timestamp with time zone", &["2024-01-01 10:00:00+00"]),
            ("version", "text", &["1.2.3", "1.2.4"]),
            ("status", "text", &["active", "sold out"]),
            ("checksum", "text", &["9e107d9d372bb6826bd81d3542a419d6"]),
        ],
    );
    assert_eq!(said, "id:- name:- sku:- price:- created_at:- version:- status:- checksum:-");
    let said = table(
        "orders",
        &[
            ("order_number", "text", &["20240517-1001", "20240517-1002"]),
            ("customer_id", "integer", &["1", "2"]),
            ("email_count", "integer", &["1"]),
            ("is_email_public", "boolean", &["t"]),
            ("phone_type", "text", &["mobile", "home"]),
        ],
    );
    assert_eq!(said, "order_number:- customer_id:- email_count:- is_email_public:- phone_type:-");
}

#[test]
fn values_tell_where_names_do_not() {
    let said = table(
        "t1",
        &[
            ("c1", "text", &["alice@example.com", "bob@example.org", "carol@example.net"]),
            (
                "c2",
                "text",
                &["DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606"],
            ),
            ("c3", "text", &["red", "green", "blue"]),
            ("c4", "inet", &["10.0.0.1"]),
            ("c5", "text", &[]),
        ],
    );
    assert_eq!(said, "c1:email c2:iban c3:- c4:ip_address c5:free_text?");
}

#[test]
fn poisoned_values_do_not_take_a_label_away() {
    let harmless: Vec<String> = (0..50).map(|number| format!("value {number}")).collect();
    let harmless: Vec<&str> = harmless.iter().map(String::as_str).collect();
    assert_eq!(table("customers", &[("ssn", "text", &harmless)]), "ssn:social_security");
    assert_eq!(table("customers", &[("email", "text", &harmless)]), "email:email");
}

#[test]
fn answers_tables_and_deep_documents_tell_as_well() {
    let said = table(
        "patients",
        &[("is_pregnant", "boolean", &[]), ("is_email_public", "boolean", &[]), ("active", "boolean", &[])],
    );
    assert!(said.contains("is_pregnant:health") && said.contains("is_email_public:- active:-"), "{said}");
    assert_eq!(table("people", &[("is_convicted", "boolean", &[])]), "is_convicted:special_category");
    assert_eq!(table("passport", &[("number", "text", &["X1", "X2"])]), "number:passport");
    assert_eq!(table("api_keys", &[("key", "text", &["a-b-c"])]), "key:secret");
    assert_eq!(table("orders", &[("number", "text", &["A-1", "A-2"])]), "number:-");
    let deep = format!("{}\"x\"{}", "[".repeat(40), "]".repeat(40));
    assert_eq!(table("t", &[("d", "jsonb", &[&deep])]), "d:free_text?");
    let keys = r#"{"alice@example.com": {"phone": "+49 30 1234567"}}"#;
    assert_eq!(table("t", &[("d", "jsonb", &[keys])]), "d:$.*.phone=phone");
    let odd = r#"{"a.b": {"email": "a@example.com"}}"#;
    assert_eq!(table("t", &[("d", "jsonb", &[odd])]), "d:$.\"a.b\".email=email");
}

#[test]
fn neighbours_tell_what_plain_words_mean() {
    let empty: &[&str] = &[];
    let text = |name| (name, "text", empty);
    assert_eq!(
        table("queued_mail", &[text("to"), text("cc"), text("subject")]),
        "to:email cc:email subject:free_text"
    );
    assert_eq!(
        table("comments", &[text("comment_author"), text("comment_author_email"), text("comment_body")]),
        "comment_author:person_name comment_author_email:email comment_body:free_text"
    );
    assert_eq!(
        table("repositories", &[text("login"), text("password")]),
        "login:username password:password_hash"
    );
    let bool = |name| (name, "boolean", empty);
    assert_eq!(
        table("patient_evaluation", &[("patient", "integer", empty), bool("tremor"), bool("active")]),
        "patient:- tremor:health active:-"
    );
}

#[test]
fn the_last_word_is_what_a_name_is() {
    let empty: &[&str] = &[];
    let said = table(
        "t",
        &[
            ("twitter_token", "text", empty),
            ("email_password", "text", empty),
            ("editor_name", "text", empty),
            ("server_name", "text", empty),
            ("cookie_consent", "text", empty),
            ("street_id", "integer", empty),
            ("address", "integer", empty),
        ],
    );
    assert_eq!(
        said,
        "twitter_token:secret email_password:password_hash editor_name:person_name server_name:free_text? \
         cookie_consent:- street_id:- address:-"
    );
}

#[test]
fn a_catalogue_is_of_nobody_and_a_record_is() {
    let empty: &[&str] = &[];
    assert_eq!(table("drug", &[("dosage", "text", empty)]), "dosage:free_text?");
    assert_eq!(
        table("drug", &[("patient_id", "integer", empty), ("dosage", "text", empty)]),
        "patient_id:- dosage:health"
    );
}

/// What nearly everybody tries first.
#[test]
fn tables_of_pgbench_hold_nothing() {
    let keys = ["1", "2", "3", "4"];
    let amounts = ["0", "-2911", "4711"];
    let accounts = [
        ("aid", "integer", &keys[..]),
        ("bid", "integer", &["1", "1"]),
        ("abalance", "integer", &amounts),
        ("filler", "character(84)", &[" "]),
    ];
    assert_eq!(table("pgbench_accounts", &accounts), "aid:- bid:- abalance:- filler:free_text?");
    let tellers =
        [("tid", "integer", &keys[..]), ("bid", "integer", &["1"]), ("tbalance", "integer", &amounts)];
    assert_eq!(table("pgbench_tellers", &tellers), "tid:- bid:- tbalance:-");
    let history = [
        ("tid", "integer", &keys[..]),
        ("bid", "integer", &["1"]),
        ("aid", "integer", &keys),
        ("delta", "integer", &amounts),
        ("mtime", "timestamp without time zone", &["2026-01-01 10:00:00"]),
    ];
    assert_eq!(table("pgbench_history", &history), "tid:- bid:- aid:- delta:- mtime:-");
}

fn of_names(name: &str, columns: &[(&str, &str)]) -> String {
    let columns: Vec<(&str, &str, &[&str])> =
        columns.iter().map(|(name, type_name)| (*name, *type_name, &[] as &[&str])).collect();
    table(name, &columns)
}

#[test]
fn what_a_doctor_asks_and_sees_is_of_somebodys_health() {
    // Complaints beside each other make the table; what else the form asks is of the same kind.
    let asked = ["fever", "cough", "nausea", "insomnia", "joint_pain", "vertigo", "heat_or_cold"];
    let asked: Vec<(&str, &str)> = asked.iter().map(|name| (*name, "text")).collect();
    assert_eq!(of_names("form_ros", &asked).matches(":health").count(), 7);
    // One complaint makes no form of anything.
    assert_eq!(
        of_names("events", &[("fever", "text"), ("heat_or_cold", "text")]).matches(":health").count(),
        0
    );
    // Values under general names, where a column points to somebody.
    let observed = [("person_id", "integer"), ("value_as_number", "numeric"), ("unit_source_value", "text")];
    assert!(of_names("measurement", &observed).contains("value_as_number:health"));
    assert!(of_names("measurement", &observed[1..]).contains("value_as_number:-"));
    // Height and weight are a body's where nothing is sold.
    assert_eq!(of_names("control", &[("height", "real"), ("weight", "real")]), "height:health weight:health");
    let sold = [("height", "real"), ("weight", "real"), ("width", "real")];
    assert_eq!(of_names("parts", &sold), "height:- weight:- width:-");
}

#[test]
fn who_acts_is_a_person_and_a_firm_is_none() {
    assert_eq!(
        of_names("nag_tasks", &[("task_owner", "text"), ("task_id", "text"), ("task_start", "integer")]),
        "task_owner:username task_id:free_text? task_start:-"
    );
    assert_eq!(
        of_names("audit", &[("administrator", "text"), ("action", "text")]),
        "administrator:username action:free_text?"
    );
    assert_eq!(
        of_names(
            "suppliers",
            &[("name", "text"), ("email", "text"), ("contact_name", "text"), ("fax", "text")]
        ),
        "name:free_text? email:email contact_name:person_name fax:phone"
    );
    assert_eq!(
        of_names("otp_tokens", &[("user_pin", "text"), ("key_enc", "text")]),
        "user_pin:secret key_enc:secret"
    );
    assert_eq!(
        of_names("chats", &[("bot_token_slack", "text"), ("token_count", "integer")]),
        "bot_token_slack:secret token_count:-"
    );
    assert_eq!(of_names("vouchers", &[("tax_id", "integer")]), "tax_id:-");
}

#[test]
fn a_copy_in_small_letters_is_what_its_twin_is() {
    assert_eq!(
        of_names(
            "vcard_search",
            &[("family", "text"), ("lfamily", "text"), ("email", "text"), ("lcountry", "text")]
        ),
        "family:person_name lfamily:person_name email:email lcountry:free_text?"
    );
}
