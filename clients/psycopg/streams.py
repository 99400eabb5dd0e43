"""What moves much or out of step: COPY, cursors, pipelines, large values, large objects."""

import hashlib

import psycopg
from psycopg import pq

import kit
from session import attempt, big, error_line
from statements import outcome

TABLE = "create temp table load (id int, name text, at timestamptz default '2024-01-01Z')"


def copy_in(s):
    s.run(TABLE)
    out = []
    cursor = s.main.cursor()
    with cursor.copy("copy load (id, name) from stdin") as copy:
        copy.write("1\tone\n2\t\\N\n3\ttab\\tnew\\nline\\\\ é🐘\n")
    out.append(cursor.statusmessage)
    with cursor.copy("copy load (id, name) from stdin (format csv, header, null 'nil')") as copy:
        for piece in ("id,na", 'me\n4,"a ""b"", c"\n5,n', "il\n"):
            copy.write(piece)
    out.append(cursor.statusmessage)
    with cursor.copy("copy load (id, name) from stdin (format binary)") as copy:
        copy.set_types(["int4", "text"])
        for n in range(6, 9):
            copy.write_row((n, "b" * n if n != 7 else None))
    out.append(cursor.statusmessage)
    with cursor.copy("copy load from stdin") as copy:
        pass
    out.append(cursor.statusmessage)
    return out, s.run("select id, name from load order by id"), s.run("drop table load")


def copy_out(s):
    out = []
    for options in ("", " (format csv, header, quote '''', force_quote *)", " (format binary)", " (delimiter '|', null '')"):
        with s.main.cursor().copy(f"copy (select id, name, price, nullif(id, 2) from item order by id limit 3) to stdout{options}") as copy:
            out.append([bytes(piece) for piece in copy])
    with s.main.cursor().copy("copy part to stdout") as copy:
        out.append([bytes(piece) for piece in copy])
    return out


def copy_many(s):
    s.run(TABLE)
    source, back = hashlib.sha256(), hashlib.sha256()
    with s.main.cursor().copy("copy load from stdin") as copy:
        for n in range(kit.ROWS):
            line = f"{n}\tname {n} é\t2024-01-01 00:00:00+00\n".encode()
            source.update(line)
            copy.write(line)
    s.run("set timezone = 'UTC'")
    with s.main.cursor().copy("copy load to stdout") as copy:
        for piece in copy:
            back.update(piece)
    return source.hexdigest() == back.hexdigest(), s.run("select count(*), sum(id) from load"), s.run("drop table load"), s.run("reset all")


def copy_errors(s):
    s.run(TABLE)
    out = []

    def load(text, data, fail=None):
        try:
            with s.main.cursor().copy(text) as copy:
                copy.write(data)
                if fail:
                    raise fail
        except psycopg.Error as error:
            out.append(error_line(error))
        except ZeroDivisionError:
            out.append("own error kept")

    load("copy load (id) from stdin", "1\nx\n3\n")
    load("copy load (id) from stdin", "1\t2\n")
    load("copy load (id, name) from stdin", "1\n")
    load("copy load from stdin (format binary)", b"not binary at all")
    load("copy load (id, name) from stdin", b"1\t\xff\xfe\n")
    load("copy load (id) from stdin", "1\n", ZeroDivisionError())
    load("copy absent from stdin", "1\n")
    load("copy load (id) from stdin", "x\n" * 200_000)  # the server stops listening long before the end
    return "\n" + "\n".join(out), s.run("select count(*) from load"), s.main.info.transaction_status.name, s.run("drop table load")


def copy_among_statements(s):
    c = s.main.pgconn
    c.send_query(b"create temp table mid (a int); copy mid from stdin; select count(*) from mid; copy mid to stdout; drop table mid")
    out = []
    while (result := c.get_result()) is not None:
        out.append(outcome(result))
        if result.status == pq.ExecStatus.COPY_IN:
            c.put_copy_data(b"1\n2\n"), c.put_copy_end()
        elif result.status == pq.ExecStatus.COPY_OUT:
            while (piece := c.get_copy_data(0))[0] > 0:
                out.append(bytes(piece[1]))
    return out


def copy_failed_out(s):
    try:
        with s.main.cursor().copy("copy (select 10 / (5 - g) from generate_series(1, 9) g) to stdout") as copy:
            return [bytes(piece) for piece in copy]
    except psycopg.Error as error:
        return error_line(error), s.run("select 'usable'")


def server_cursor(s):
    out = []
    with s.main.transaction():
        with s.main.cursor("walk", scrollable=True) as cursor:
            cursor.execute("select id from item order by id")
            out.append([r[0] for r in cursor.fetchmany(5)])
            cursor.scroll(-3)
            out.append([r[0] for r in cursor.fetchmany(2)])
            cursor.scroll(98, mode="absolute")
            out.append(cursor.fetchall())
            out.append(cursor.fetchall())
    with s.main.cursor("held", withhold=True, binary=True) as cursor:
        cursor.execute("select id, price from item where id < %s order by id", [4])
        out.append(list(cursor))
    for text in ("fetch 1 from nowhere", "declare c cursor for select 1", "close nowhere"):
        out.append(attempt(lambda: s.run(text)))
    return out


def streamed(s):
    total = hashlib.sha256()
    for size in (1, 100):
        for row in s.open().cursor().stream("select g, md5(g::text) from generate_series(1, %s) g", [kit.ROWS], size=size):
            total.update(repr(row).encode())
    broken = []
    try:
        for row in s.open().cursor().stream("select 10 / (5 - g) from generate_series(1, 9) g"):
            broken.append(row[0])
    except psycopg.Error as error:
        broken.append(error.sqlstate)
    return total.hexdigest()[:16], broken


def pipeline(s):
    with s.main.pipeline():
        cursors = [s.main.execute("select %s::int * 2", [n]) for n in range(kit.DEPTH)]
    return len(cursors), sum(cursor.fetchone()[0] for cursor in cursors)


def pipeline_errors(s):
    c = s.main.pgconn
    c.enter_pipeline_mode()
    for n in (b"1", b"2", b"0", b"4"):
        c.send_query_params(b"select 10 / $1::int", [n])
    c.pipeline_sync()
    c.send_query_params(b"select 'after'", None)
    c.send_prepare(b"pp", b"select $1::text")
    c.send_describe_prepared(b"pp")
    c.send_query_prepared(b"pp", [b"v"])
    c.send_close_prepared(b"pp")
    c.send_flush_request()
    c.flush()
    out = []
    while len(out) < 9:
        result = c.get_result()
        if result is not None:
            out.append(outcome(result))
    c.pipeline_sync()
    while out[-1][0] != "PIPELINE_SYNC" or len(out) < 10:
        result = c.get_result()
        if result is not None:
            out.append(outcome(result))
    c.exit_pipeline_mode()
    return out


def pipeline_deep(s):
    """Each statement its own Sync: the server answers each, also after one that fails."""
    c = s.main.pgconn
    c.enter_pipeline_mode()
    c.nonblocking = 1
    total = {}
    sent = synced = 0
    while synced < kit.DEPTH:
        while sent < kit.DEPTH and sent - synced < 200:  # libpq buffers without end otherwise
            c.send_query_params(b"select 100 / ($1::int % 50)", [b"%d" % sent])
            c.pipeline_sync()
            sent += 1
        c.flush()
        if c.is_busy():
            c.consume_input()
            continue
        result = c.get_result()
        if result is not None:
            name = outcome(result)[0]
            total[name] = total.get(name, 0) + 1
            synced += name == "PIPELINE_SYNC"
    c.nonblocking = 0
    c.exit_pipeline_mode()
    return sorted(total.items())


def pipeline_transaction(s):
    with s.main.pipeline():
        out = [s.main.execute("begin"), s.main.execute("insert into part values (1, 'p')"), s.main.execute("rollback"), s.main.execute("select count(*) from part where note = 'p'")]
    return [cursor.statusmessage for cursor in out], out[3].fetchone()


def executemany(s):
    s.run("create temp table many (a int, b text)")
    cursor = s.main.cursor()
    cursor.executemany("insert into many values (%s, %s) returning a", [(n, f"é{n}") for n in range(kit.DEPTH)], returning=True)
    count = cursor.rowcount
    seen = 0
    while True:
        seen += cursor.fetchone()[0]
        if not cursor.nextset():
            break
    failed = attempt(lambda: s.main.cursor().executemany("insert into many values (%s::int, '')", [("1",), ("x",), ("3",)]))
    return count, seen, failed, s.run("select count(*), sum(a) from many"), s.run("drop table many")


def large_parameter(s):
    text, data = big("ä-parameter "), big("\x00\x01\xfe").encode("latin-1")
    out = []
    for binary in ("t", "b"):
        row = s.main.execute(f"select octet_length(v), md5(v) from (select %{binary}::text v) x", [text]).fetchone()
        out.append((row[0], row[1] == hashlib.md5(text.encode()).hexdigest()))
        row = s.main.execute(f"select octet_length(v), md5(v) from (select %{binary}::bytea v) x", [data]).fetchone()
        out.append((row[0], row[1] == hashlib.md5(data).hexdigest()))
    return out


def large_result(s):
    out = []
    for binary in (False, True):
        row = s.main.execute("select repeat('result-é ', %s), decode(repeat('00ff7f80', %s), 'hex')", [kit.MEGABYTES * 100_000, kit.MEGABYTES * 200_000], binary=binary).fetchone()
        out += [kit.digest(row[0]), kit.digest(row[1])]
    return out


def large_statement(s):
    text = big("statement ", kit.TEXT_MEGABYTES)
    row = s.main.execute(f"select length('{text}'), 'after'").fetchone()
    return row, attempt(lambda: s.main.execute(f"select '{text}'::int"))


def large_copy(s):
    s.run(TABLE)
    text = big("copied ")
    with s.main.cursor().copy("copy load (name) from stdin") as copy:
        copy.write(text + "\n")
    total = hashlib.sha256()
    with s.main.cursor().copy("copy load (name) to stdout") as copy:
        for piece in copy:
            total.update(piece)
    return s.run("select length(name) from load"), total.hexdigest() == hashlib.sha256((text + "\n").encode()).hexdigest(), s.run("drop table load")


def large_objects(s):
    with s.main.transaction():
        oid = s.run("select lo_from_bytea(0, decode(repeat('0102fe', 100000), 'hex'))")[0][0]
        out = [kit.digest(s.run("select lo_get(%s)", [oid])[0][0]), s.run("select lo_get(%s, 299998, 10)", [oid]), s.run("select lo_put(%s, 4, '\\xaabb')", [oid]), s.run("select lo_get(%s, 0, 8)", [oid])]
        out += [s.run("select lo_lseek64(lo_open(%s, 131072), 0, 2)", [oid]), s.run("select lo_unlink(%s)", [oid])]
    out += [attempt(lambda: s.run("select lo_get(1)")), attempt(lambda: s.run("select lo_unlink(1)"))]
    return out


STEPS = [
    ("copy in", copy_in), ("copy out", copy_out), ("copy many", copy_many), ("copy errors", copy_errors), ("copy among statements", copy_among_statements),
    ("copy failed out", copy_failed_out), ("server cursor", server_cursor), ("streamed", streamed), ("pipeline", pipeline), ("pipeline errors", pipeline_errors),
    ("pipeline deep", pipeline_deep), ("pipeline transaction", pipeline_transaction), ("executemany", executemany), ("large parameter", large_parameter),
    ("large result", large_result), ("large statement", large_statement), ("large copy", large_copy), ("large objects", large_objects),
]
