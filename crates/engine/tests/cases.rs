//! Scripted sessions: what the kernel says to each message of the client's and of the server's, and what comes of
//! each statement. `BLESS=1` rewrites expectations.
//!
//! One event a line; `-` is the unnamed statement or portal. The answer stands behind it, outcomes below:
//!
//! ```text
//! C query TEXT                      C parse NAME TEXT      C bind PORTAL NAME     C execute PORTAL
//! C describe statement|portal       C close statement|portal NAME
//! C flush, sync, data N, done, fail, call, terminate
//! G long query|prepare              the gate refuses a text for its length
//! G unrecorded N                    the ledger did not take the decision on statement N
//! G asks                            the gate asks for a Sync that was held back
//! G lost                            the server or the client is gone
//! G view                            how names are read, as far as the server has confirmed it
//! G portal NAME, prepared NAME      what a name stands for
//! G caught up                       the catalogue was read again
//! S parsed, bound, closed, types, shape [lost|other|three|row], nodata, row N, complete TAG, empty, suspended, copyin, copyout, data N,
//!   done, error CODE, fatal CODE, notice, notification, report NAME VALUE, ready idle|transaction|failed
//! ```
//!
//! A text with `MASKED` returns two columns of a table, of which the second is an e-mail address that is not seen; with
//! `DERIVED` something that was made from it, with `UNSURE` what nobody can tell. The server's shape is that table's two
//! columns; `lost`: without the second's origin; `other`: the second is another column; `three`: there are three columns;
//! `row`: the second is a whole row.
//!
//! A text that holds `FORBIDDEN` is refused by a rule, also when it is executed. What texts do to their session, statement
//! by statement (`; ` between them): `PATH a`, `LOCAL PATH a`, `TEMP t`, `TEMP t UNTIL COMMIT`, `TABLE t`, `BEGIN`,
//! `COMMIT`, `ROLLBACK`, `SAVEPOINT s`, `RELEASE s`, `BACK s`, `HIDDEN`, `RUN name` (an EXECUTE), `GET name` (a FETCH).
//!
//! A text `PREPARE name AS …`, `DEALLOCATE name` or `DEALLOCATE ALL` changes names as SQL does, and so do
//! `DECLARE name …`, `CLOSE name` and `CLOSE ALL`. Limits: 4 names,
//! 10 messages in a pipeline, 3 rows, 1,000 bytes of rows. The clock advances by a microsecond with each line.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers as well")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use engine::{
    Action, Answer, Client, Column, Covers, Field, Judged, Kind, Labels, Limits, Look, Masks, NameChange,
    Outcome, Parameters, Reading, Ready, Refused, Row, Scrub, Server, Session, Shows, Sights, Standing, Step,
    Text,
};
use mask::cover::{Key, Kit, Shown, TypeOf};
use mask::scan::Scanner;
use model::facts::{ColumnId, Derivation, Facts, ObjectKind, Output, Use, Verb};
use model::{
    Class, Commitment, Environment, Fingerprint, Name, Principal, PrincipalKind, Refusal, Sqlstate, Timestamp,
};
use policy::{Decision, Rules, Source};
use sql::{Analysis, Analyzed, Effect, Lost, Made, MadeState, View};

/// The table of which some is not seen.
const TABLE: u32 = 20_000;

#[test]
fn sessions() {
    cases::run(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), "txt", play);
}

fn play(script: &str) -> String {
    let limits = Limits { names_max: 4, pipeline_max: 10, rows_max: Some(3), result_bytes_max: Some(1_000) };
    let mut session = Session::new(limits, View::default(), masks());
    let mut out = String::new();
    for (now, line) in script.lines().enumerate() {
        let now = Timestamp(now as u64);
        let answer = match line.split_once(' ') {
            Some(("C", event)) => client(&mut session, event, now),
            Some(("S", event)) => server(&mut session, event, now),
            Some(("G", event)) => gate(&mut session, event, now),
            _ => panic!("no event: `{line}`"),
        };
        let _ = writeln!(out, "{line:<32} {answer}");
        for outcome in session.take_outcomes() {
            let _ = writeln!(out, "{:<32}   {}", "", ended(&outcome));
        }
    }
    let states = [
        (session.in_copy(), "in copy"),
        (session.is_skipping(), "skipping"),
        (session.at_boundary(), "at a boundary"),
        (session.is_idle() && !session.at_boundary(), "idle in a transaction"),
        (!session.is_idle() && !session.in_copy() && !session.is_skipping(), "waiting for answers"),
    ];
    let states: Vec<&str> = states.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect();
    let _ = writeln!(out, "= {}", states.join(", "));
    out
}

fn client(session: &mut Session, event: &str, now: Timestamp) -> String {
    let (word, rest) = event.split_once(' ').unwrap_or((event, ""));
    let (first, second) = rest.split_once(' ').unwrap_or((rest, ""));
    let bytes = event.len() as u64;
    let event = match word {
        "query" => Client::Query { text: text(rest), judged: judged(rest) },
        "parse" => Client::Prepare {
            name: name(first),
            text: text(second),
            types: Arc::default(),
            judged: judged(second),
        },
        "bind" => {
            let record = Arc::from(format!("[{first}]").as_bytes());
            Client::Bind {
                portal: name(first),
                statement: name(second),
                parameters: Parameters { record, ..Parameters::default() },
                formats: Some(Arc::default()),
            }
        }
        "execute" => match session.portal(name(first)) {
            Look::Known { text, .. } => {
                let judged = judged(&String::from_utf8_lossy(&text.reading.source));
                Client::Execute { portal: name(first), reading: Some(text.reading), judged }
            }
            Look::Unknown => {
                Client::Execute { portal: name(first), reading: None, judged: judged("unknown") }
            }
            Look::Wait => return "waits".to_owned(),
        },
        "describe" => Client::Describe { kind: kind(first), name: name(second) },
        "close" => Client::Close { kind: kind(first), name: name(second) },
        "flush" => Client::Flush,
        "sync" => Client::Sync,
        "data" => {
            let step = session.client(Client::CopyData, first.parse().unwrap(), now);
            return step_said(step);
        }
        "done" => Client::CopyDone,
        "fail" => Client::CopyFail,
        "call" => Client::Call,
        "terminate" => Client::Terminate,
        _ => panic!("the client cannot `{event}`"),
    };
    step_said(session.client(event, bytes, now))
}

fn gate(session: &mut Session, event: &str, now: Timestamp) -> String {
    let refusal = || Refusal::new(Sqlstate::new(b"54000"), "too long");
    match event.split_once(' ').unwrap_or((event, "")) {
        ("long", "query") => step_said(session.refuse(Action::Query, refusal(), 99, now)),
        ("long", "prepare") => step_said(session.refuse(Action::Prepare, refusal(), 99, now)),
        ("unrecorded", number) => {
            let refusal = Refusal::new(Sqlstate::new(b"58030"), "no ledger");
            match session.unrecorded(number.parse().unwrap(), refusal) {
                Some(refused) => refused_said(&refused),
                None => "no such statement waits".to_owned(),
            }
        }
        ("asks", "") => match session.held_sync() {
            Some(_) => "sends the sync that was held back".to_owned(),
            None => "has nothing to send".to_owned(),
        },
        ("view", "") => view_said(session),
        ("portal", portal) => look_said(session.portal(name(portal))),
        ("prepared", statement) => look_said(session.prepared(name(statement))),
        ("caught", "up") => {
            session.caught_up();
            format!("definitions changed: {}", session.take_changed().is_some())
        }
        ("lost", "") => {
            session.lost(now);
            String::new()
        }
        _ => panic!("the gate cannot `{event}`"),
    }
}

fn server(session: &mut Session, event: &str, now: Timestamp) -> String {
    let (word, rest) = event.split_once(' ').unwrap_or((event, ""));
    let code = || Sqlstate::parse(rest.as_bytes());
    match word {
        "row" => {
            let row = session.row(rest.parse().unwrap());
            return row_said(row, session.covers());
        }
        "data" => {
            let row = session.copy_data(rest.parse().unwrap());
            return row_said(row, session.covers());
        }
        _ => {}
    }
    let fields = if word == "shape" && session.wants_shape() { shape(rest) } else { Vec::new() };
    let event = match word {
        "parsed" => Server::ParseComplete,
        "bound" => Server::BindComplete,
        "closed" => Server::CloseComplete,
        "types" => Server::ParameterDescription,
        "shape" => Server::RowDescription(&fields),
        "nodata" => Server::NoData,
        "complete" => Server::CommandComplete {
            tag: rest.as_bytes(),
            rows: rest.rsplit(' ').next().and_then(|last| last.parse().ok()),
        },
        "empty" => Server::EmptyQuery,
        "suspended" => Server::PortalSuspended,
        "copyin" => Server::CopyIn,
        "copyout" => Server::CopyOut { binary: false, columns: 2 },
        "done" => Server::CopyDone,
        "error" => Server::Error { sqlstate: code(), fatal: false },
        "fatal" => Server::Error { sqlstate: code(), fatal: true },
        "notice" => Server::Notice,
        "notification" => Server::Notification,
        "report" => {
            let (name, value) = rest.split_once(' ').unwrap();
            Server::Report { name: name.as_bytes(), value: value.as_bytes() }
        }
        "ready" => Server::Ready(match rest {
            "idle" => Ready::Idle,
            "transaction" => Ready::InTransaction,
            "failed" => Ready::Failed,
            _ => panic!("no state: `{rest}`"),
        }),
        _ => panic!("the server cannot `{event}`"),
    };
    match session.server(event, now) {
        Answer::Relay(_) => "passes".to_owned(),
        Answer::Refusal(_, refusal) => format!("is replaced by {}", refusal.code.as_str()),
        Answer::Scrub(_, Scrub::Words) => "passes without its words".to_owned(),
        Answer::Scrub(..) => "passes without its details".to_owned(),
        Answer::Drop => "is dropped".to_owned(),
        Answer::Violation(what) => format!("VIOLATION: {what}"),
    }
}

fn row_said(row: Result<Row, &'static str>, covers: Option<&Covers>) -> String {
    match row {
        Ok(Row::Cover) => format!("is covered: {}", cells(covers.unwrap())),
        Ok(Row::Pass(_)) => "passes".to_owned(),
        Ok(Row::Cut) => "is over a cap: the server is told to stop".to_owned(),
        Ok(Row::Drop) => "is dropped".to_owned(),
        Err(what) => format!("VIOLATION: {what}"),
    }
}

fn view_said(session: &Session) -> String {
    let Some(view) = session.view() else { return "is not known yet".to_owned() };
    let path = view.path.as_ref().map_or("default".to_owned(), |path| path.join(","));
    let mut said = format!("path {path}");
    for made in view.made.iter() {
        let _ = write!(said, ", {}.{}", made.schema, made.name);
    }
    if let Some(lost) = view.lost {
        let _ = write!(said, ", lost: {lost:?}");
    }
    if session.is_ahead() { said + ", ahead of the catalogue" } else { said }
}

fn look_said(look: Look) -> String {
    match look {
        Look::Wait => "is not known yet".to_owned(),
        Look::Unknown => "is nothing that was seen".to_owned(),
        Look::Known { text, statement, .. } => {
            format!("is statement {statement} of `{}`", label(text.commitment))
        }
    }
}

fn step_said(step: Step) -> String {
    match step {
        Step::Carry(_) => "goes".to_owned(),
        Step::Decide(decided) => {
            let mut said = format!("{}: {}", decided.number, decided.action.as_str());
            match &decided.text {
                Some(text) => {
                    let _ = write!(said, " `{}`", label(text.commitment));
                }
                None => said.push_str(" of something not seen"),
            }
            if decided.describe.is_some() {
                said.push_str(", described first");
            }
            if let Some(prepared) = decided.prepared {
                let _ = write!(said, ", prepared by {prepared}");
            }
            if !decided.parameters.record.is_empty() {
                let _ = write!(said, ", values {}", String::from_utf8_lossy(&decided.parameters.record));
            }
            said
        }
        Step::Refuse(refused) => refused_said(&refused),
        Step::PassOver => "is passed over".to_owned(),
        Step::Wait => "waits".to_owned(),
        Step::Violation(what) => format!("VIOLATION: {what}"),
    }
}

fn refused_said(refused: &Refused) -> String {
    let code = refused.refusal.code.as_str();
    let place = match (refused.cycle, refused.unnamed) {
        (true, _) => "a failing query",
        (false, false) => "a failing parse",
        (false, true) => "a failing parse without a name",
    };
    format!("{}: {} refused {code}, {place} in its place", refused.number, refused.action.as_str())
}

fn ended(outcome: &Outcome) -> String {
    let mut said = format!("{} {}", outcome.number, outcome.result.as_str());
    if let Some(code) = outcome.sqlstate {
        let _ = write!(said, " {}", code.as_str());
    }
    for tag in outcome.tags.iter() {
        let _ = write!(said, " `{tag}`");
    }
    let counts = [
        ("rows", outcome.rows),
        ("bytes out", outcome.bytes_out),
        ("bytes in", outcome.bytes_in),
        ("µs", outcome.duration_us),
    ];
    for (what, count) in counts {
        let _ = write!(said, ", {count} {what}");
    }
    for masked in &outcome.masked {
        let _ = write!(said, ", {} of {} masked: {}", masked.cells, masked.of, masked.how);
    }
    said
}

/// A text whose commitment shows its first 32 bytes.
fn text(text: &str) -> Text {
    let mut commitment = [b' '; 32];
    commitment.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
    let statements = text.split("; ").map(|statement| {
        let command = if statement.starts_with("RUN ") { "EXECUTE" } else { "" };
        let writes = ["UPDATE", "DELETE", "CALL", "VACUUM"].iter().any(|word| statement.starts_with(word));
        let verbs = vec![if writes { Verb::Update } else { Verb::Other }];
        let facts = Arc::new(Facts { command, verbs, ..Facts::default() });
        Analyzed { facts, effects: effects(statement), span: 0..0, prepares: None, copy: None }
    });
    let reading = Reading {
        source: Arc::from(text.as_bytes()),
        analysis: Analysis { statements: statements.collect(), stale: false },
        ..Reading::default()
    };
    let plain = Text {
        commitment: Commitment(commitment),
        bytes: text.len() as u64,
        fingerprint: Fingerprint(0),
        asserted: None,
        changes: Arc::default(),
        reading: Arc::new(reading),
    };
    let changes: Vec<NameChange> =
        text.split("; ").enumerate().filter_map(|(at, statement)| change(statement, &plain, at)).collect();
    Text { changes: changes.into(), ..plain }
}

fn change(statement: &str, whole: &Text, at: usize) -> Option<NameChange> {
    let mut words = statement.split(' ');
    match (words.next()?, words.next()?) {
        ("PREPARE", name) => Some(NameChange::Prepare(name.as_bytes().into(), Arc::new(whole.clone()), at)),
        ("DEALLOCATE" | "DISCARD", "ALL") => Some(NameChange::DeallocateAll),
        ("DECLARE", name) => {
            let hold = words.next() == Some("HOLD");
            Some(NameChange::Declare(name.as_bytes().into(), Arc::new(whole.clone()), at, hold))
        }
        ("CLOSE", "ALL") => Some(NameChange::CloseAll),
        ("CLOSE", name) => Some(NameChange::Close(name.as_bytes().into())),
        ("DEALLOCATE", name) => Some(NameChange::Deallocate(name.as_bytes().into())),
        _ => None,
    }
}

fn label(commitment: Commitment) -> String {
    String::from_utf8_lossy(&commitment.0).trim_end().to_owned()
}

fn name(word: &str) -> &[u8] {
    if word == "-" { b"" } else { word.as_bytes() }
}

/// What the client sees of a row in which each cell is an e-mail address.
fn cells(covers: &Covers) -> String {
    let mut said = Vec::new();
    for column in covers.columns() {
        let mut out = Vec::new();
        let shown = column.as_ref().map_or(Shown::Same, |column| column.cell(b"alice@example.com", &mut out));
        said.push(match shown {
            Shown::Same => "as it is".to_owned(),
            Shown::Null => "NULL".to_owned(),
            Shown::Cell => String::from_utf8(out).unwrap(),
        });
    }
    said.join(", ")
}

/// What the server tells of a result.
fn shape(word: &str) -> Vec<Field> {
    let field =
        |relation, number| Field { relation, number, of: TypeOf::built_in(25, -1).unwrap(), binary: false };
    let id = field(TABLE, 1);
    match word {
        "" => vec![id, field(TABLE, 2)],
        "lost" => vec![id, field(0, 0)],
        "other" => vec![id, field(TABLE, 3)],
        "row" => vec![id, field(TABLE, 0)],
        "three" => vec![id.clone(), id, field(TABLE, 2)],
        _ => panic!("no shape: `{word}`"),
    }
}

fn masks() -> Arc<Masks> {
    let kit = Kit::new(Key::new([7; 32]), Scanner::new());
    Arc::new(Masks { classes: HashMap::new(), kit: Arc::new(kit) })
}

/// What was decided about a text, and what is shown of what it returns.
fn judged(text: &str) -> Judged {
    let column = |number, name: &str, standing| Column { number, name: name.into(), standing };
    let columns = [
        column(1, "id", Standing::Clear),
        column(2, "email", Standing::Is(Class::Email)),
        column(3, "iban", Standing::Is(Class::Iban)),
    ];
    let labels = Arc::new(Labels::new(1, HashMap::from([(TABLE, columns.into())])));
    let output = |number, name: &str, derivation| {
        let column = ColumnId { relation: TABLE, number, of: "public.people".into(), name: name.into() };
        Output { name: name.into(), uses: vec![Use { column, derivation }], ..Output::default() }
    };
    let second = if text.contains("DERIVED") { Derivation::Derived } else { Derivation::Copy };
    let outputs = [output(1, "id", Derivation::Copy), output(2, "email", second)];
    let facts = Facts { outputs: Some(outputs.into()), ..Facts::default() };
    let sights = Arc::new(Sights { labels, ..Sights::default() });
    let shows = match text {
        _ if text.contains("UNSURE") => Shows::new([None].into_iter(), Scrub::Words, sights),
        _ if text.contains("MASKED") || text.contains("DERIVED") => {
            Shows::new([Some(&facts)].into_iter(), Scrub::Words, sights)
        }
        _ => Shows::default(),
    };
    Judged { decision: decision(text), shows: Arc::new(shows) }
}

fn kind(word: &str) -> Kind {
    match word {
        "statement" => Kind::Statement,
        "portal" => Kind::Portal,
        _ => panic!("no kind: `{word}`"),
    }
}

/// What a statement does to its session.
fn effects(statement: &str) -> Vec<Effect> {
    let words: Vec<&str> = statement.split(' ').collect();
    let path = |name: &str, local| Effect::Path { path: Some([Arc::from(name)].into()), local };
    let made = |schema: &str, name: &str, until_commit| {
        Effect::Object(Made {
            schema: schema.into(),
            name: name.into(),
            kind: ObjectKind::Table,
            state: MadeState::Present(None),
            until_commit,
        })
    };
    match *words {
        ["PATH", name] | ["DECLARE", _, "PATH", name] => vec![path(name, false)],
        ["LOCAL", "PATH", name] => vec![path(name, true)],
        ["TEMP", name] => vec![made("pg_temp", name, false)],
        ["TEMP", name, "UNTIL", "COMMIT"] => vec![made("pg_temp", name, true)],
        ["TABLE", name] => vec![made("public", name, false), Effect::Definition],
        ["BEGIN"] => vec![Effect::Begin],
        ["COMMIT"] => vec![Effect::Commit { chain: false }],
        ["ROLLBACK"] => vec![Effect::Rollback { chain: false }],
        ["SAVEPOINT", name] => vec![Effect::Savepoint(name.into())],
        ["RELEASE", name] => vec![Effect::Release(name.into())],
        ["BACK", name] => vec![Effect::RollbackTo(name.into())],
        ["HIDDEN"] => vec![Effect::Lost(Lost::Hidden)],
        ["RUN", name] => vec![Effect::Execute(name.into())],
        ["GET", name] => vec![Effect::Fetch(name.into())],
        ["DISCARD", "ALL"] => vec![Effect::DiscardTemp],
        _ => Vec::new(),
    }
}

/// What the rules say to a text: a real rule set is asked, since nothing else makes a decision.
fn decision(text: &str) -> Arc<Decision> {
    static RULES: LazyLock<Rules> = LazyLock::new(rules);
    let verb = if text.contains("FORBIDDEN") { Verb::Drop } else { Verb::Other };
    let facts = Facts { verbs: vec![verb], ..Facts::default() };
    let name = |name: &str| Name::new(name).unwrap();
    let principal =
        Principal { name: name("alice"), kind: PrincipalKind::Human, groups: Vec::new(), on_behalf_of: None };
    Arc::new(RULES.decide(&policy::Asked {
        principal: &principal,
        human: None,
        target: &name("shop"),
        environment: Environment::Production,
        database: "shop",
        statements: &[&facts],
        named: &[],
        purpose: None,
        now: Timestamp(0),
    }))
}

fn rules() -> Rules {
    let rules = r#"
        @id("test/all") permit(principal, action, resource);
        @id("test/forbidden") @message("this is forbidden") forbid(principal, action == Action::"drop", resource);
    "#;
    let source = Source { name: "test.cedar".to_owned(), text: rules.to_owned(), pack: false };
    Rules::check(&[source]).unwrap()
}
