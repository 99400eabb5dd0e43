"""Statements one after another: simple, several in one, prepared, binary, values, errors, transactions."""

import psycopg
from psycopg import pq
from psycopg.types.json import Jsonb

import kit
from session import attempt, error_line, fields


def describe(result):
    """A row description: names, types, origins and formats."""
    return [
        (result.fname(n).decode(), result.ftype(n), result.fmod(n), result.fsize(n), bool(result.ftable(n)), result.ftablecol(n), result.fformat(n))
        for n in range(result.nfields)
    ]


def outcome(result):
    """The status of a libpq result, its tag and its first values."""
    status = pq.ExecStatus(result.status).name
    if result.error_field(pq.DiagnosticField.SQLSTATE):
        return status, result.error_field(pq.DiagnosticField.SQLSTATE).decode()
    rows = [[result.get_value(r, c) for c in range(result.nfields)] for r in range(min(result.ntuples, 3))]
    return status, (result.command_status or b"").decode(), rows


def simple(s):
    return s.run("select id, name, price from item order by id limit 3")


def tags(s):
    out = []
    for text in ("insert into item values (1000, 'a', 1), (1001, 'b', null)", "update item set price = 2 where id >= 1000",
                 "delete from item where id >= 1000 returning id, price", "create table t (a int)", "drop table t",
                 "select 1 where false", "begin", "commit", "set work_mem = '5MB'", "reset all", "vacuum item", "analyze item",
                 "explain (costs off) select * from item where id = 1", "show server_encoding", "values (1, 'x'), (2, null)", "table part",
                 "merge into part p using item i on p.id = i.id when not matched and i.id < 0 then insert values (i.id, '')"):
        cursor = s.main.execute(text)
        out.append((cursor.statusmessage, cursor.rowcount, cursor.fetchall() if cursor.description else None))
    return out


def several(s):
    cursor = s.main.execute("select 1; insert into part values (1, 'x'); select 'two', 2; ; delete from part; select 3 where false")
    out = []
    while True:
        out.append((cursor.statusmessage, cursor.fetchall() if cursor.description else None))
        if not cursor.nextset():
            return out


def several_with_error(s):
    result = s.main.pgconn
    result.send_query(b"insert into part values (2, 'kept?'); select 1/0; select 'never'")
    out = []
    while (item := result.get_result()) is not None:
        out.append(outcome(item))
    return out, s.run("select count(*) from part")


def empty(s):
    out = [pq.ExecStatus(s.main.pgconn.exec_(text).status).name for text in (b"", b";", b"  \n", b"-- only a comment", b"/* a /* nested */ b */", b";;")]
    return out, pq.ExecStatus(s.main.pgconn.exec_params(b"", None).status).name


def description(s):
    return [describe(s.main.pgconn.exec_params(b"select i.id, i.name, i.price, p.note, i.id + 1, now() - now() as d, null from item i left join part p on true where false", None, result_format=f)) for f in (0, 1)]


def values(form):
    def step(s):
        text = "set timezone = 'UTC'; set extra_float_digits = 1; set lc_monetary = 'C'"
        s.main.execute(text)
        out = []
        for value in kit.VALUES:
            result = s.main.pgconn.exec_params(f"select {value}".encode(), None, result_format=form)
            if result.status != pq.ExecStatus.TUPLES_OK:
                out.append(f"{value} -> {outcome(result)}")
                continue
            data = result.get_value(0, 0)
            shown = None if data is None else data.decode() if form == 0 else data.hex()
            out.append(f"{value} -> {result.ftype(0) if result.ftype(0) < 10000 else 'own'} {shown}")
        s.main.execute("reset all")
        return out
    return step


def round_trip(s):
    out = []
    for value, kind in ((1, "int4"), (1.5, "float8"), ("é🐘", "text"), (b"\x00\xff", "bytea"), (None, "text"), (True, "bool"), ([1, None, 3], "int4[]"), (["a,b", '"'], "text[]"), (Jsonb({"a": 1}), "jsonb"), (float("nan"), "float8")):
        for binary in (False, True):
            out.append(s.main.execute(f"select %{'b' if binary else 't'}::{kind}", [value], binary=binary).fetchone()[0] if value is not None else s.main.execute(f"select %s::{kind}", [value]).fetchone()[0])
    return out


def prepared(s):
    out = []
    for n in range(12):  # the server changes to a generic plan on the way
        out.append(s.main.execute("select name from item where id = %s", [n], prepare=True).fetchall())
    return out, s.run("select statement, parameter_types::text[], from_sql from pg_prepared_statements order by 1")


def prepared_by_name(s):
    c = s.main.pgconn
    out = [outcome(c.prepare(b"p1", b"select $1::int + 1, $2::text", [0, 25])), outcome(c.prepare(b"p1", b"select 2"))]
    described = c.describe_prepared(b"p1")
    out.append(([described.param_type(n) for n in range(described.nparams)], describe(described)))
    out.append(outcome(c.exec_prepared(b"p1", [b"41", "é".encode()])))
    out.append(outcome(c.exec_prepared(b"p1", [(41).to_bytes(4, "big"), "é".encode()], [1, 1], 1)))
    out.append(outcome(c.exec_prepared(b"p1", [b"x", b""])))
    out.append(outcome(c.exec_prepared(b"p1", [b"1"])))
    out.append(outcome(c.close_prepared(b"p1")))
    out.append(outcome(c.exec_prepared(b"p1", [b"41", b""])))
    out.append(outcome(c.close_prepared(b"p1")))
    return out


def prepared_by_sql(s):
    out = [s.run("prepare q (int, text) as select $1 * 2, $2"), s.run("execute q (21, 'a')"), s.run("select name, statement from pg_prepared_statements where from_sql")]
    out += [s.run("deallocate q"), attempt(lambda: s.run("execute q (1, 'a')")), attempt(lambda: s.run("deallocate all"))]
    return out


def changed_plan(s):
    s.run("create table shape (a int)")
    s.main.execute("select * from shape where %s", [True], prepare=True)
    s.run("alter table shape add b text")
    return attempt(lambda: s.main.execute("select * from shape where %s", [True], prepare=True).fetchall()), s.run("drop table shape")


def discard(s):
    c = s.main.pgconn
    c.prepare(b"gone", b"select 1")
    s.run("create temp table scratch (a int)"), s.run("set work_mem = '7MB'"), s.run("listen ears"), s.run("select pg_advisory_lock(1)")
    out = [s.run("discard all"), outcome(c.exec_prepared(b"gone", [])), attempt(lambda: s.run("table scratch")), s.run("select pg_listening_channels()")]
    return out, attempt(lambda: s.run("begin; discard all"))


def errors(s):
    out = []
    for text in ("select 1/0", "selec 1", "select * from nowhere", "select nocolumn from item", "insert into item values (1, 'dup', 1)",
                 "insert into item values (5000, null, 1)", "insert into item values (5000, 'x', -1)", "insert into part values (999999, 'x')",
                 "insert into part values (1, 'too long')", "select 'x'::int", "select 'abc' || U&'\\00'", "select nofunction(1)", "select '2024-13-01'::date",
                 "do $$ begin raise exception 'own' using errcode = 'TH001', detail = 'd', hint = 'h', column = 'c', table = 't', schema = 's', constraint = 'k', datatype = 'y'; end $$",
                 "do $$ declare r record; begin select * into strict r from item; end $$", "select * from item for update nowait limit 'x'",
                 "create table item (a int)", "drop table absent", "set nothing.at = all", "set work_mem = 'much'", "show absent_setting", "commit prepared 'none'",
                 "copy item from '/nonexistent/file'", "select pg_read_file('/etc/hostname')", "alter system set work_mem = '1MB'", "create role other superuser",
                 "select 9223372036854775807 + 1", "select repeat('x', 2000000000)", "select 'é' collate \"nowhere\""):
        try:
            s.main.execute(text)
            out.append("no error")
        except psycopg.Error as error:
            out.append(error_line(error))
    return "\n" + "\n".join(out)


def bad_encoding(s):
    return [outcome(s.main.pgconn.exec_(b"select '\xff\xfe'")), outcome(s.main.pgconn.exec_params(b"select $1::text", [b"\xc3("])), outcome(s.main.pgconn.exec_params(b"select $1::text", [b"\x00"], param_formats=[1]))]


def transaction(s):
    state = lambda: s.main.info.transaction_status.name
    out = [state()]
    for text in ("begin", "select 1", "savepoint a", "insert into item values (1, 'dup', 1)", "select 1", "rollback to a", "select 2", "release a",
                 "select 1/0", "savepoint b", "commit", "select 3", "commit", "begin isolation level serializable read only", "insert into part values (1, 'x')", "rollback", "rollback",
                 "begin; select 1; select 1/0; commit", "abort", "start transaction", "begin", "prepare transaction 'x'", "end and chain"):
        out.append((text, attempt(lambda: s.main.execute(text).statusmessage), state()))
    return out, list(s.notices)


def deferred(s):
    s.run("create table late (a int unique deferrable initially deferred)")
    out = [s.run("begin"), s.run("insert into late values (1), (1)"), attempt(lambda: s.run("commit")), s.main.info.transaction_status.name]
    return out, s.run("drop table late")


def notices(s):
    s.main.execute("set client_min_messages = debug1")
    s.main.execute("""do $$ begin raise debug 'd'; raise info 'i'; raise notice 'n %', 'é' using detail = 'x', hint = 'y', errcode = 'TH002'; raise warning 'w'; raise log 'l'; end $$;
        drop table if exists absent; create table if not exists item (a int); select 1; do $$ begin raise notice 'after'; end $$""")
    seen = list(s.notices)
    s.main.execute("set client_min_messages = error")
    s.notices.clear()
    s.main.execute("do $$ begin raise warning 'unheard'; end $$")
    s.main.execute("reset all")
    return "\n" + "\n".join(seen), s.notices


def many_notices(s):
    s.main.execute("do $$ begin for n in 1..3000 loop raise notice '%', n; end loop; end $$")
    return len(s.notices), kit.digest("".join(s.notices))


def wide(s):
    columns = ", ".join(f"{n} as c{n}" for n in range(1600))
    row = s.main.execute(f"select {columns}").fetchone()
    many = s.main.execute("select " + " + ".join(["%s::int"] * 900), [1] * 900).fetchone()
    too_many = attempt(lambda: s.main.execute("select " + ", ".join(["%s::int"] * 1700), [1] * 1700).fetchone())
    return len(row), many, too_many


def most_parameters(s):
    result = s.main.pgconn.exec_params(b"select count(*) from unnest(array[" + b",".join(b"$%d" % n for n in range(1, 65536)) + b"]::int[])", [b"1"] * 65535)
    return outcome(result)


def names(s):
    s.run('create table "täble; --" ("cölumn ""x""" text default \'é\')')
    out = [s.run('insert into "täble; --" default values returning *'), [d.name for d in s.main.execute('table "täble; --"').description], s.run('drop table "täble; --"')]
    return out, attempt(lambda: s.run(f"select 1 as {'n' * 70}")), s.notices


STEPS = [
    ("simple", simple), ("tags", tags), ("several statements", several), ("several with an error", several_with_error), ("empty", empty),
    ("row description", description), ("values text", values(0)), ("values binary", values(1)), ("round trip", round_trip), ("prepared", prepared),
    ("prepared by name", prepared_by_name), ("prepared by sql", prepared_by_sql), ("changed plan", changed_plan), ("discard all", discard), ("errors", errors),
    ("bad encoding", bad_encoding), ("transaction", transaction), ("deferred constraint", deferred), ("notices", notices), ("many notices", many_notices),
    ("wide", wide), ("most parameters", most_parameters), ("names", names),
]
