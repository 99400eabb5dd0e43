//! Catalogues read from real servers.

mod loads;

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use model::{Durability, Environment, Name};
use rig::postgres::{Install, Server, Settings, ensure};
use sql::View;
use sql::catalogue::{Catalogue, Event, Follow, Named, Part, Reference, builtin, sample};
use tokio::sync::watch as channel;

use super::load::{Systems, With, ask, connect, load};
use super::{Catalogues, Watch};
use crate::label::Memory;
use crate::settings::{Host, Secret, SessionAttrs, Target, Upstream};
use crate::upstream::KeyCache;

/// A database's catalogue, and the end of the task that reads it.
struct Reading {
    catalogues: Arc<Catalogues>,
    stop: channel::Sender<bool>,
}

fn installs() -> Vec<Install> {
    let found: Vec<Install> = [15, 18]
        .into_iter()
        .filter_map(|major| ensure(major).inspect_err(|error| eprintln!("skipped: {error}")).ok())
        .collect();
    assert!(!found.is_empty(), "no PostgreSQL server to test with");
    found
}

fn target(port: u16, user: &str, password: &str) -> Arc<Target> {
    Arc::new(Target {
        name: Name::new("shop").unwrap(),
        environment: Environment::Production,
        durability: Durability::Relaxed,
        application_name_forced: false,
        masks: true,
        corrections: Vec::new(),
        startup_options: Vec::new(),
        upstream: Upstream {
            hosts: vec![Host::Tcp { host: Ipv4Addr::LOCALHOST.to_string(), port }],
            database: "shop".to_owned(),
            user: user.to_owned(),
            password: Some(Secret::new(password.to_owned())),
            tls: None,
            session_attrs: SessionAttrs::Any,
            connect_timeout: Duration::from_secs(30),
        },
    })
}

impl Reading {
    fn new() -> Self {
        let catalogues: Arc<Catalogues> = Arc::default();
        let (stop, stopped) = channel::channel(false);
        tokio::spawn(Arc::clone(&catalogues).serve(stopped));
        Self { catalogues, stop }
    }
}

/// The snapshot of a load that begins now.
async fn fresh(watch: &Watch) -> Arc<Catalogue> {
    let load = watch.ask();
    std::future::poll_fn(|cx| watch.poll_loaded(load, cx)).await.unwrap();
    watch.current()
}

fn columns(catalogue: &Catalogue, schema: &str, name: &str) -> Option<Vec<String>> {
    let relation = catalogue.relation_exactly(schema, name)?;
    Some(relation.columns.iter().map(|column| column.name.to_string()).collect())
}

#[tokio::test]
async fn the_sample_is_read_and_kept_fresh() {
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        rig::sample::load(&server, "gate's password").unwrap();
        let reading = Reading::new();
        let watch = reading.catalogues.of(&target(server.port(), "gate", "gate's password"), "shop");
        let first = watch.ready().await.unwrap();
        assert_eq!(first.server, install.major());
        assert_eq!(&*first.user, "gate");
        let customer = first.relation_exactly("shop", "customer").unwrap();
        assert_eq!(customer.rows, Some(6_000));
        assert_eq!(customer.keys.first().map(|key| key.to_vec()), Some(vec![1]));
        assert!(customer.columns.iter().any(|column| &*column.name == "email" && column.not_null));
        let orders = first.relation_exactly("shop", "orders").unwrap();
        assert_eq!(orders.children.len(), 13);
        let product = first.relation_exactly("shop", "product").unwrap();
        let trigger = product.triggers.first().unwrap();
        assert!(trigger.update && first.function_by_oid(trigger.function).unwrap().body.is_some());

        // Nothing changed: the very same snapshot, so that what was remembered under its version stays.
        assert!(Arc::ptr_eq(&first, &fresh(&watch).await));
        server
            .sql("shop", "CREATE TABLE shop.\"Ünter \"\"q\\ \t\" (a int, \"B\n\" text); DROP TABLE shop.ticket CASCADE")
            .unwrap();
        let second = fresh(&watch).await;
        assert!(second.version > first.version);
        assert_eq!(watch.version(), second.version);
        assert_eq!(columns(&second, "shop", "Ünter \"q\\ \t"), Some(vec!["a".into(), "B\n".into()]));
        assert!(second.relation_exactly("shop", "ticket").is_none());
        assert!(first.relation_exactly("shop", "ticket").is_some(), "a snapshot never changes");
        // What a snapshot says of itself, another reads back.
        let text = second.to_text();
        assert_eq!(Catalogue::from_text(&text).unwrap().to_text(), text);
    }
}

#[tokio::test]
async fn the_path_is_the_role_s_own_in_this_database() {
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        server
            .sql(
                "postgres",
                "CREATE DATABASE shop; CREATE ROLE gate LOGIN PASSWORD 'secret'; \
                 ALTER ROLE gate SET search_path = a; \
                 ALTER ROLE gate IN DATABASE shop SET search_path = \"$user\", \"My, \"\"Schema\", Public",
            )
            .unwrap();
        let reading = Reading::new();
        let target = target(server.port(), "gate", "secret");
        let path = |catalogue: &Catalogue| catalogue.path.iter().map(ToString::to_string).collect::<Vec<_>>();
        let shop = reading.catalogues.of(&target, "shop").ready().await.unwrap();
        assert_eq!(path(&shop), ["$user", "My, \"Schema", "public"]);
        let other = reading.catalogues.of(&target, "postgres");
        assert_eq!(path(&other.ready().await.unwrap()), ["a"]);
        // What the role may not use the server passes over.
        let schemas = "CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (a int); CREATE TABLE b.t (b int); \
            GRANT USAGE ON SCHEMA b TO gate; ALTER ROLE gate SET search_path = a, b";
        server.sql("postgres", schemas).unwrap();
        let Named::Known(t) = fresh(&other).await.relation(&View::default(), None, "t") else { panic!("t") };
        assert_eq!(&*t.schema, "b");
        server.sql("postgres", "ALTER ROLE gate SET search_path = ''").unwrap();
        let emptied = fresh(&other).await;
        assert_eq!(path(&emptied), Vec::<String>::new());
        assert_eq!(emptied.effective_path(&View::default(), false), ["pg_catalog".into()]);
    }
}

#[tokio::test]
async fn other_sessions_temporary_objects_stay_out() {
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        server
            .sql(
                "postgres",
                "CREATE TABLE kept (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
            )
            .unwrap();
        // A session that lives on with everything that may be temporary.
        let script = "CREATE TEMP TABLE hidden (a int PRIMARY KEY, b int DEFAULT public.f() CHECK (b > public.f())); \
            CREATE TEMP TABLE child () INHERITS (hidden); CREATE TEMP VIEW v AS TABLE hidden; \
            CREATE RULE r AS ON INSERT TO hidden DO INSTEAD NOTHING; \
            CREATE FUNCTION pg_temp.g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
            CREATE TRIGGER t BEFORE INSERT ON hidden FOR EACH ROW EXECUTE FUNCTION pg_temp.g(); \
            CREATE FUNCTION pg_temp.same(int, int) RETURNS bool LANGUAGE sql RETURN $1 = $2; \
            CREATE OPERATOR pg_temp.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = pg_temp.same); \
            CREATE AGGREGATE pg_temp.total(int) (SFUNC = int4pl, STYPE = int); \
            CREATE DOMAIN pg_temp.d AS int CHECK (VALUE > public.f()); SELECT 1 FROM pg_sleep(600)";
        let mut session = server.psql("postgres").args(["-c", script]).spawn().unwrap();
        let sleeps = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND wait_event = 'PgSleep'";
        rig::wait::until("the session to sleep", Duration::from_secs(30), || {
            Ok((server.value("postgres", sleeps)? == "1").then_some(()))
        })
        .unwrap();
        let reading = Reading::new();
        let watch = reading.catalogues.of(&target(server.port(), "postgres", "superuser"), "postgres");
        let catalogue = watch.ready().await.unwrap();
        session.kill().unwrap();
        session.wait().unwrap();
        assert!(catalogue.relation_exactly("public", "kept").is_some());
        for name in ["hidden", "child", "v", "hidden_pkey"] {
            assert!(matches!(catalogue.relation(&View::default(), None, name), Named::Unknown), "{name}");
            assert!(catalogue.relations().all(|relation| &*relation.name != name), "{name}");
        }
        assert!(catalogue.all_functions().all(|function| &*function.name != "same"));
        assert!(catalogue.operators(&View::default(), None, "===").next().is_none());
    }
}

#[tokio::test]
async fn what_runs_unseen_is_known() {
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        server
            .sql(
                "postgres",
                "CREATE FUNCTION good(int) RETURNS bool LANGUAGE sql IMMUTABLE RETURN $1 > 0; \
                 CREATE FUNCTION add(int, int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN $1 + $2; END'; \
                 CREATE FUNCTION named(IN a int, INOUT b int, OUT c text, VARIADIC d int[] DEFAULT '{}') \
                    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT 1, ''x\t\\''::text'; \
                 CREATE FUNCTION rows() RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT 1, ''y'''; \
                 CREATE AGGREGATE total(int) (SFUNC = add, STYPE = int, INITCOND = '0'); \
                 CREATE DOMAIN positive AS int CHECK (good(VALUE)); \
                 CREATE TABLE t (a int CHECK (good(a)), b positive, c int GENERATED ALWAYS AS (a + 1) STORED); \
                 CREATE INDEX ON t (good(a)); ALTER TABLE t ENABLE ROW LEVEL SECURITY; \
                 CREATE TABLE p (a int); CREATE POLICY q ON p USING (good(a)); \
                 CREATE RULE r AS ON DELETE TO p DO ALSO DELETE FROM t; \
                 CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
                 CREATE TRIGGER f BEFORE UPDATE ON p FOR EACH ROW WHEN (good(NEW.a)) EXECUTE FUNCTION fired(); \
                 ALTER FUNCTION add(int, int) IMMUTABLE; CREATE STATISTICS s ON (add(a, 1)) FROM p; \
                 CREATE FUNCTION guard() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; \
                 CREATE EVENT TRIGGER e ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP VIEW') EXECUTE FUNCTION guard(); \
                 CREATE TABLE parent (a int PRIMARY KEY); \
                 CREATE TABLE child (a int REFERENCES parent ON DELETE CASCADE ON UPDATE SET NULL)",
            )
            .unwrap();
        let reading = Reading::new();
        let watch = reading.catalogues.of(&target(server.port(), "postgres", "superuser"), "postgres");
        let catalogue = watch.ready().await.unwrap();
        let view = View::default();
        let function = |name: &str| Arc::clone(catalogue.functions(&view, None, name).first().unwrap());
        let good = function("good");
        assert!(good.atomic && good.body.as_ref().unwrap().contains("$1 > 0"), "{good:?}");
        let named = function("named");
        let names = |names: &[Arc<str>]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&named.argument_names), ["a", "b", "d"]);
        assert_eq!(names(&named.output_names), ["b", "c"]);
        assert_eq!(names(named.path.as_ref().unwrap()), ["public", "pg_temp"]);
        assert_eq!(named.body.as_deref(), Some("SELECT 1, 'x\t\\'::text"));
        assert!(named.variadic && named.security_definer && named.defaults == 1);
        assert_eq!(names(&function("rows").output_names), ["x", "y"]);
        assert_eq!(function("total").parts, [function("add").oid]);
        let add = function("add");
        let positive = catalogue.type_named(&view, None, "positive").unwrap();
        assert_eq!(positive.functions, [good.oid]);
        let t = catalogue.relation_exactly("public", "t").unwrap();
        assert_eq!(t.functions, [good.oid]);
        assert!(t.row_security && t.columns.last().unwrap().generated);
        let p = catalogue.relation_exactly("public", "p").unwrap();
        // A trigger's own function is told with the trigger, and no condition of the table's.
        assert_eq!((&p.functions, &p.conditions, &p.statistics), (&vec![], &vec![good.oid], &vec![add.oid]));
        let fired = p.triggers.first().unwrap().function;
        assert_eq!(fired, function("fired").oid);
        let event = catalogue.events().next().unwrap();
        assert_eq!((event.function, event.on), (function("guard").oid, Event::Drop));
        assert_eq!(names(&event.tags), ["DROP TABLE", "DROP VIEW"]);
        let parent = catalogue.relation_exactly("public", "parent").unwrap();
        let child = catalogue.relation_exactly("public", "child").unwrap().oid;
        let (on_delete, on_update, columns) = (Follow::Same, Follow::Set, [1].into());
        let reference = Reference { relation: child, on_delete, on_update, columns, by: [1].into() };
        assert_eq!(parent.referenced_by, [reference]);
        assert!(p.rules.first().unwrap().contains("DELETE FROM public.t"), "{:?}", p.rules);
    }
}

#[tokio::test]
async fn many_who_ask_share_a_load_and_a_failure_is_told() {
    for install in installs() {
        let mut server = Server::start(&install, Settings::new()).unwrap();
        let reading = Reading::new();
        let watch = reading.catalogues.of(&target(server.port(), "postgres", "superuser"), "postgres");
        let first = watch.ready().await.unwrap();
        let asked: Vec<u64> = (0..1_000).map(|_| watch.ask()).collect();
        assert!(asked.iter().all(|load| Some(load) == asked.first()), "{asked:?}");
        server.sql("postgres", "CREATE TABLE late (a int)").unwrap();
        let look =
            |text: &'static [u8]| std::future::poll_fn(|cx| watch.poll_second_look(first.version, text, cx));
        look(b"SELECT * FROM late").await.unwrap();
        let second = watch.current();
        // The load that was asked for before the table was made may have begun before as well; one more look finds it.
        assert!(
            second.relation_exactly("public", "late").is_some()
                || fresh(&watch).await.relation_exactly("public", "late").is_some()
        );
        let unknown = watch.current().version;
        std::future::poll_fn(|cx| watch.poll_second_look(unknown, b"SELECT * FROM nowhere", cx))
            .await
            .unwrap();
        let done = watch.ask();
        std::future::poll_fn(|cx| watch.poll_loaded(done, cx)).await.unwrap();
        // It was looked for a moment ago: no load for it now.
        std::future::poll_fn(|cx| watch.poll_second_look(unknown, b"SELECT * FROM nowhere", cx))
            .await
            .unwrap();

        server.kill9().unwrap();
        let load = watch.ask();
        let failure = std::future::poll_fn(|cx| watch.poll_loaded(load, cx)).await.unwrap_err();
        let refusal = failure.refusal(&Name::new("shop").unwrap());
        assert_eq!(refusal.code.as_str(), "08006", "{refusal:?}");
        assert!(watch.current().relation_exactly("public", "late").is_some(), "the old one is still there");
        server.restart().unwrap();
        fresh(&watch).await;

        let nobody = reading.catalogues.of(&target(server.port(), "postgres", "wrong"), "nowhere");
        let failure = nobody.ready().await.unwrap_err();
        let refusal = failure.refusal(&Name::new("shop").unwrap());
        assert!(!refusal.message.contains("postgres"), "{refusal:?}");
        let waiting = nobody.ask();
        reading.stop.send(true).unwrap();
        assert!(std::future::poll_fn(|cx| nobody.poll_loaded(waiting, cx)).await.is_err());
    }
}

/// Not a limit on time, which machines differ in: what a database of 2,000 tables costs beside an empty one is printed,
/// and its content must be whole.
#[tokio::test]
async fn two_thousand_tables_are_read() {
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        server
            .sql(
                "postgres",
                "DO $$ BEGIN FOR i IN 1..2000 LOOP EXECUTE format('CREATE TABLE public.table_%s (id bigint PRIMARY KEY, \
                 name text NOT NULL, at timestamptz DEFAULT now(), a int, b int, c int, d int, e int, f numeric, g jsonb)', i); \
                 END LOOP; END $$",
            )
            .unwrap();
        rig::sample::load(&server, "gate's password").unwrap();
        let (keys, systems, memory) = <(KeyCache, Systems, Arc<Memory>)>::default();
        let with = With { keys: &keys, systems: &systems, memory: &memory };
        let target = target(server.port(), "postgres", "superuser");
        for database in ["shop", "postgres"] {
            let first = load(&target, database, with, None, || 1).await.unwrap();
            let began = Instant::now();
            load(&target, database, with, Some(&first), || 2).await.unwrap();
            eprintln!("PostgreSQL {}: `{database}` read again in {:?}", install.major(), began.elapsed());
        }
        let first = load(&target, "postgres", with, None, || 1).await.unwrap();
        server.sql("postgres", "ALTER TABLE table_7 ADD COLUMN late int").unwrap();
        let second = load(&target, "postgres", with, Some(&first), || 2).await.unwrap();
        let catalogue = second.catalogue;
        assert_eq!(catalogue.version, 2);
        let own = catalogue.relations().filter(|relation| relation.name.starts_with("table_"));
        let mut kinds: HashMap<&str, usize> = HashMap::new();
        for relation in own {
            *kinds.entry(relation.kind.as_str()).or_default() += 1;
        }
        assert_eq!((kinds.get("table"), kinds.get("index")), (Some(&2_000), Some(&2_000)));
        assert_eq!(columns(&catalogue, "public", "table_7").unwrap().len(), 11);
    }
}

/// The files that are built in are what these servers say. `BLESS=1` writes them anew.
#[tokio::test]
async fn the_built_in_catalogues_are_what_servers_say() {
    let (keys, systems, memory) = <(KeyCache, Systems, Arc<Memory>)>::default();
    let with = With { keys: &keys, systems: &systems, memory: &memory };
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        let target = target(server.port(), "postgres", "superuser");
        let kept = load(&target, "postgres", with, None, || 1).await.unwrap();
        bless(&format!("builtin-{}", install.major()), || kept.catalogue.to_text());
        same(&builtin(install.major()), &kept.catalogue);
    }
}

/// The same for the sample: the rig's shop, and the customers of the cases of evasion beside it.
#[tokio::test]
async fn the_sample_s_catalogue_is_what_servers_say() {
    let (keys, systems, memory) = <(KeyCache, Systems, Arc<Memory>)>::default();
    let with = With { keys: &keys, systems: &systems, memory: &memory };
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        rig::sample::load(&server, "gate's password").unwrap();
        let customers = "CREATE TABLE customers (id int PRIMARY KEY, full_name text, email text, ssn text, card text, \
            dob date, salary numeric, notes text, profile jsonb); \
            INSERT INTO customers (id) SELECT generate_series(1, 200); ANALYZE customers";
        server.sql("shop", customers).unwrap();
        let target = target(server.port(), "gate", "gate's password");
        let mut connected = connect(&target, "shop", &keys).await.unwrap();
        let text = ask(&mut connected, Part::Own).await.unwrap();
        if install.major() == 18 {
            bless("sample", || text);
        }
        let kept = load(&target, "shop", with, None, || 1).await.unwrap();
        if std::env::var_os("BLESS").is_some() {
            continue;
        }
        same(&sample(install.major()), &kept.catalogue);
    }
}

/// Writes a file that is built in, if that is wanted. The tests see it when they are built again.
fn bless(name: &str, text: impl FnOnce() -> String) {
    if std::env::var_os("BLESS").is_some() {
        let path = format!("{}/../sql/data/{name}.catalogue", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, text()).unwrap();
    }
}

/// Minor versions and encodings may add a little; names and shapes may not differ.
fn same(ours: &Catalogue, read: &Catalogue) {
    for relation in ours.relations() {
        let found = read.relation_exactly(&relation.schema, &relation.name);
        let found = found.unwrap_or_else(|| panic!("{} is not there", relation.name));
        assert_eq!((found.kind, found.keys.len()), (relation.kind, relation.keys.len()), "{}", relation.name);
        assert_eq!(
            columns(ours, &relation.schema, &relation.name),
            columns(read, &relation.schema, &relation.name)
        );
    }
    for function in ours.all_functions() {
        let same = read.functions(&View::default(), Some(&function.schema), &function.name);
        assert!(
            same.iter().any(|found| found.arguments.len() == function.arguments.len()),
            "{}",
            function.name
        );
    }
    assert_eq!(read.all_functions().count(), ours.all_functions().count());
    assert_eq!(read.relations().count(), ours.relations().count());
}
