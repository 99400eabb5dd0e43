"""Refusals at every place: what a client sees and what has run is the same whether the gate refuses a statement or the
server fails at it."""

import psycopg
from psycopg import pq

import kit


def code(error):
    return kit.code(error.sqlstate) if error.sqlstate else type(error).__name__


def one(cursor):
    return cursor.fetchall() if cursor.description else cursor.statusmessage


def attempt(call):
    try:
        return call()
    except psycopg.Error as error:
        return code(error)


def each(**how):
    """Every text by itself."""
    return lambda c, texts: [(attempt(lambda: one(c.execute(text, **how))), c.info.transaction_status.name) for text in texts]


def together(c, texts):
    """All in one text. A block begins before it: of a refused text nothing runs, its BEGIN neither."""
    begun = attempt(lambda: one(c.execute("begin"))) if texts[0] == "begin" else None
    return begun, attempt(lambda: one(c.execute("; ".join(texts[1:] if begun else texts))))


def begun_together(c, texts):
    """All in one text that begins the block: differs as it must."""
    return attempt(lambda: one(c.execute("; ".join(texts))))


def raw(synced, flushed=False, named=False):
    """libpq's own pipeline: all is sent before anything is read."""
    def run(c, texts):
        p, out, expected = c.pgconn, [], 1
        p.enter_pipeline_mode()
        if named:
            for number, text in enumerate(texts):
                p.send_prepare(b"s%d" % number, text.encode())
            p.pipeline_sync()
            expected += 1
        for number, text in enumerate(texts):
            if named:
                p.send_query_prepared(b"s%d" % number, None)
            else:
                p.send_query_params(text.encode(), None)
            if synced:
                p.pipeline_sync()
                expected += 1
            elif flushed:
                p.send_flush_request()
        p.pipeline_sync()
        p.flush()
        while expected:
            result = p.get_result()
            if result is None:
                continue
            status = pq.ExecStatus(result.status).name
            expected -= status == "PIPELINE_SYNC"
            sqlstate = (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
            rows = [[result.get_value(row, column) for column in range(result.nfields)] for row in range(result.ntuples)]
            out.append((status, kit.code(sqlstate), result.command_status, rows))
        p.exit_pipeline_mode()
        return out
    return run


def pipeline(c, texts):
    """The driver's pipeline: errors come when it pleases, so only their kind and the end are told."""
    def run():
        with c.pipeline():
            for text in texts:
                c.execute(text)
    return attempt(run)


def pipelines(c, texts):
    """The same with a Sync after each text."""
    out = []
    with c.pipeline() as p:
        for text in texts:
            cursor = c.cursor()
            seen = attempt(lambda: (cursor.execute(text, prepare=False), p.sync(), one(cursor))[2])
            # Whether the server or already the driver says so is a matter of time.
            out.append("aborted" if seen in ("25P02", "PipelineAborted") else seen)
    return out


def sequenced(how):
    def step(s):
        s.run("create table trail (n int)")
        out = []
        for texts in kit.sequences():
            seen = how(s.main, texts)
            status = s.main.info.transaction_status.name
            if status != "IDLE":
                s.run("rollback")
            out.append((seen, status, s.run("select n from trail order by n")))
            s.run("delete from trail")
        s.run("deallocate all")
        return "\n" + "\n".join(map(str, out)), s.run("drop table trail")
    return step


def blocks(s):
    """The driver's own transactions and savepoints."""
    c, out = s.main, [s.run("create table trail (n int)")]

    def nested():
        with c.transaction():
            c.execute("insert into trail values (1)")
            out.append(attempt(inner))
            c.execute("insert into trail values (2)")

    def inner():
        with c.transaction():
            c.execute("insert into trail values (3)")
            c.execute(kit.DELETE)

    out.append(attempt(nested))
    out.append(attempt(inner))
    out.append(c.info.transaction_status.name)
    return out, s.run("select n from trail order by n"), s.run("drop table trail")


def others(s):
    """What is no plain text: values, many of them, cursors, COPY both ways."""
    def many(cursor):
        cursor.executemany(f"update {kit.REFUSED} set note = %s where id = %s", [("x", n) for n in range(5)])
        return cursor.rowcount

    def named(c):
        with c.cursor("server_side") as cursor:
            return cursor.execute(f"select * from {kit.REFUSED}").fetchall()

    def copy_in(c):
        with c.cursor().copy(f"copy {kit.REFUSED} from stdin") as copy:
            copy.write("9\tx\n")

    def copy_out(c):
        with c.cursor().copy(f"copy {kit.REFUSED} to stdout") as copy:
            return list(copy)

    def values(c, **how):
        return one(c.execute(f"select * from {kit.REFUSED} where id = %s", [1], **how))

    works = [values, lambda c: values(c, binary=True), lambda c: values(c, prepare=True), lambda c: many(c.cursor()), named, copy_in, copy_out,
             lambda c: one(c.execute(f"prepare p as select * from {kit.REFUSED}")), lambda c: one(c.execute(f"explain {kit.DELETE}")),
             lambda c: one(c.execute(f"declare c cursor for table {kit.REFUSED}"))]
    out = []
    for block in (False, True):
        for work in works:
            if block:
                s.run("begin")
            seen = attempt(lambda: work(s.main))
            out.append((seen, s.main.info.transaction_status.name))
            if block:
                out.append((attempt(lambda: s.run("select 1")), s.run("rollback")))
            out.append(s.run("select 'usable'"))
    return out


def prepared_meanwhile(s):
    """A refusal leaves what was prepared before it."""
    c = s.main.pgconn
    kept = c.prepare(b"kept", b"select $1::int + 1")
    refused = c.prepare(b"refused", kit.DELETE.encode())
    out = [pq.ExecStatus(result.status).name for result in (kept, refused)]
    out.append(kit.code((refused.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()))
    again = c.exec_prepared(b"refused", None)
    out.append((again.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode())
    out.append(c.exec_prepared(b"kept", [b"41"]).get_value(0, 0))
    return out, s.run("select name from pg_prepared_statements where name not like '\\_pg3%'"), s.run("deallocate all")


STEPS = [
    ("refused simple", sequenced(each())), ("refused extended", sequenced(each(binary=True))), ("refused prepared", sequenced(each(prepare=True))),
    ("refused together", sequenced(together)), ("refused begun together", sequenced(begun_together)), ("refused pipeline raw", sequenced(raw(False))), ("refused pipeline synced", sequenced(raw(True))),
    ("refused pipeline flushed", sequenced(raw(False, flushed=True))), ("refused pipeline named", sequenced(raw(True, named=True))),
    ("refused pipeline", sequenced(pipeline)), ("refused pipelines", sequenced(pipelines)), ("refused blocks", blocks), ("refused others", others),
    ("refused preparing", prepared_meanwhile),
] if kit.REFUSED else []
