//! Words that are functions on servers that do not know them.

use super::*;

fn lines(catalogue: &Catalogue, sql: &str) -> Vec<String> {
    let analysis = crate::analyze(sql.as_bytes(), catalogue, &View::default());
    analysis.statements.iter().flat_map(|one| one.facts.lines()).collect()
}

#[test]
fn words_of_newer_servers_are_calls_on_older_ones() {
    let own: Vec<String> = [
        "json_object(a int4)",
        "json_array(a int4, b int4)",
        "json_arrayagg(a int4)",
        "json_value(a text, b text)",
        "json_query(a text, b text)",
        "json_exists(a text, b text)",
        "json_scalar(a int4)",
        "json_serialize(a text)",
        "merge_action()",
    ]
    .iter()
    .map(|head| {
        format!(
            "function public.{head} returns int4 volatile plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN 1; END"
        )
    })
    .collect();
    let on = |server: u32| {
        let text = format!("table public.log(id int4)\n{}\n", own.join("\n"));
        let mut catalogue = builtin(18).with_tables(&text).expect("the objects can be read");
        catalogue.server = server;
        catalogue
    };
    let writes = |catalogue: &Catalogue, sql: &str| {
        lines(catalogue, sql).iter().any(|line| line.starts_with("insert public.log"))
    };
    let (old, middle, new) = (on(15), on(16), on(18));
    for sql in
        ["SELECT json_object(1)", "SELECT json_array(1, 2)", "SELECT json_array()", "SELECT json_arrayagg(1)"]
    {
        assert!(writes(&old, sql) && !writes(&middle, sql) && !writes(&new, sql), "{sql}");
    }
    for sql in [
        "SELECT json_value('x', 'y')",
        "SELECT json_query('x', 'y')",
        "SELECT json_exists('{}'::jsonb, 'y')",
        "SELECT * FROM json_scalar(1)",
        "SELECT json_serialize('x')",
        "SELECT merge_action()",
    ] {
        assert!(writes(&old, sql) && writes(&middle, sql) && !writes(&new, sql), "{sql}");
    }
    let plain = builtin(15);
    for sql in ["SELECT json('1')", "SELECT json_object('{a,1}'), json_build_object('a', 1)"] {
        assert!(
            !lines(&plain, sql).iter().any(|line| line.contains("call") || line.contains("opaque")),
            "{sql}"
        );
    }
}
