//! What no name in a statement leads to, against the server: a row in a log tells that it ran.

use model::facts::Verb;
use sql::{View, analyze};

use crate::effect::run;
use crate::house::{DATABASE, House, ROLE, catalogue};

/// Everything writes into `unseen`.
const MADE: &str = "
SET ROLE owner;
CREATE TABLE unseen (n int);
CREATE TABLE touched (id int PRIMARY KEY, n int);
INSERT INTO touched VALUES (1, 1), (2, 2), (3, 2);
CREATE FUNCTION writes(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO unseen VALUES (n); RETURN n; END $$;
CREATE FUNCTION is_good(n int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN INSERT INTO unseen VALUES (n); RETURN true; END $$;
CREATE DOMAIN checked AS int CHECK (is_good(VALUE));
CREATE FUNCTION given(a int, b int DEFAULT writes(1)) RETURNS int LANGUAGE sql AS $$ SELECT a + b $$;
CREATE PROCEDURE done(a int, b int DEFAULT writes(2)) LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE FUNCTION gives(OUT a checked, OUT b int) LANGUAGE plpgsql AS $$ BEGIN a := 3; b := 4; END $$;
CREATE FUNCTION rows_of() RETURNS TABLE (a int, b checked) LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT 1, 5::checked; END $$;
CREATE MATERIALIZED VIEW filled AS SELECT id, n FROM touched WITH NO DATA;
CREATE FUNCTION compare(a int, b int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO unseen VALUES (6); RETURN a - b; END $$;
CREATE FUNCTION guard() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO unseen VALUES (7); END $$;
CREATE TABLE ordered (n int);
RESET ROLE;
CREATE OPERATOR CLASS odd FOR TYPE int4 USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=,
    OPERATOR 5 >, FUNCTION 1 compare(int, int);
SET ROLE owner;
CREATE INDEX ON ordered (n odd);
INSERT INTO ordered VALUES (1);
RESET ROLE;
CREATE EVENT TRIGGER guarded ON ddl_command_end EXECUTE FUNCTION guard();
ALTER EVENT TRIGGER guarded OWNER TO CURRENT_USER;
CREATE EVENT TRIGGER dropped ON sql_drop EXECUTE FUNCTION guard();
CREATE EVENT TRIGGER tagged ON ddl_command_start WHEN TAG IN ('CREATE VIEW', 'CREATE EXTENSION') EXECUTE FUNCTION guard();
SET ROLE owner;
CREATE FUNCTION fired() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO unseen VALUES (8); RETURN NEW; END $$;
CREATE FUNCTION noted() RETURNS void LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.unseen VALUES (9); END $$;
CREATE FUNCTION pure(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM public.noted(); RETURN n; END $$;
CREATE TABLE watched (id int PRIMARY KEY, n int);
CREATE TABLE counted (id int, n int);
INSERT INTO watched SELECT g, g FROM generate_series(1, 5) g;
INSERT INTO counted SELECT g, g FROM generate_series(1, 5) g;
CREATE TRIGGER fires AFTER UPDATE ON watched FOR EACH ROW WHEN (is_good(NEW.n)) EXECUTE FUNCTION fired();
CREATE STATISTICS kept (mcv) ON (pure(n)), id FROM counted;
RESET ROLE;
";

const TEXTS: [&str; 12] = [
    "SELECT given(1)",
    "SELECT given(a => 2) FROM touched",
    "CALL done(1)",
    "SELECT a FROM gives()",
    "SELECT (gives()).b",
    "SELECT a FROM rows_of()",
    "INSERT INTO ordered VALUES (2)",
    "CREATE TABLE new_one (id int)",
    "COMMENT ON TABLE touched IS 'seen'",
    "SELECT 1 AS one INTO new_one",
    "UPDATE watched SET n = 7 WHERE id = 1",
    "ANALYZE counted",
];

/// Nothing of it runs, and nothing of it counts.
const QUIET: [&str; 2] = ["ANALYZE watched", "ANALYZE touched"];

#[test]
fn what_no_name_leads_to_is_said() {
    for house in House::each() {
        house.server.sql(DATABASE, MADE).unwrap();
        let catalogue = catalogue(&house.server, DATABASE, ROLE);
        let texts: Vec<String> = TEXTS.into_iter().chain(QUIET).map(str::to_owned).collect();
        let effects = run(&house, &texts);
        let said = |text: &str| {
            let analysis = analyze(text.as_bytes(), &catalogue, &View::default());
            let accesses = &analysis.statements[0].facts.accesses;
            accesses.iter().any(|one| one.verb == Verb::Insert && one.object.full_name() == "public.unseen")
        };
        for (text, effect) in TEXTS.iter().zip(&effects) {
            assert!(effect.ran, "{} {text}", house.major());
            assert!(effect.tables.contains("public.unseen"), "{} {text}: {effect:?}", house.major());
            let facts = || analyze(text.as_bytes(), &catalogue, &View::default()).statements[0].facts.lines();
            assert!(said(text), "{} {text}: {:?}", house.major(), facts());
        }
        for (text, effect) in QUIET.iter().zip(effects.iter().skip(TEXTS.len())) {
            assert!(
                effect.ran && !effect.tables.contains("public.unseen"),
                "{} {text}: {effect:?}",
                house.major()
            );
            assert!(!said(text), "{} {text}", house.major());
        }
        // The same texts over a catalogue that is written down and read again.
        let again = sql::catalogue::Catalogue::from_text(&catalogue.to_text()).unwrap();
        assert_eq!(again.to_text(), catalogue.to_text());
    }
}
