"""Statements: simple, prepared with binary values, cursors, COPY, errors, transactions, large values."""

import asyncio
import datetime
import decimal
import hashlib
import io
import uuid

import asyncpg

import kit
from session import attempt, error_line


async def simple(s):
    return [await attempt(s.main.execute(text)) for text in ("select 1; select 2; insert into item values (500, 'x'); delete from item where id = 500", "", ";", "begin; select 1; commit", "set work_mem = '5MB'; reset all")]


async def simple_error(s):
    return await attempt(s.main.execute("insert into item values (501, 'kept?'); select 1/0")), await s.main.fetchval("select count(*) from item where id = 501")


async def prepared(s):
    statement = await s.main.prepare("select id, name, price, $2::text as extra from item where id <= $1 order by id")
    out = [(p.name, p.oid) for p in statement.get_parameters()], [(a.name, a.type.oid) for a in statement.get_attributes()]
    rows = [await statement.fetch(n, "é") for n in range(8)]
    return out, [len(r) for r in rows], [tuple(r) for r in rows[3]], statement.get_statusmsg(), await statement.fetchval(1, None, column=3), await statement.fetchrow(0, ""), await statement.explain(1, "x") is not None


async def statement_cache(s):
    for n in range(150):  # more than the driver keeps: it closes old ones on the way
        await s.main.fetchval(f"select {n} + $1::int", n)
    return await s.main.fetchval("select count(*) from pg_prepared_statements") <= 101, await s.main.execute("deallocate all"), await attempt(s.main.fetchval("select 149 + $1::int", 1)), await s.main.fetchval("select 'usable'")


async def unnamed(s):
    c = await s.open(statement_cache_size=0)
    return [await c.fetchval("select $1::int * 2", n) for n in range(5)], await c.fetchval("select count(*) from pg_prepared_statements")


async def discard(s):
    statement = await s.main.prepare("select 1")
    return await s.main.execute("discard all"), await attempt(statement.fetchval()), await s.main.execute("select 'usable'")


async def changed_plan(s):
    await s.main.execute("create table shape (a int)")
    statement = await s.main.prepare("select * from shape")
    await statement.fetch()
    await s.main.execute("alter table shape add b text")
    return await attempt(statement.fetch()), await attempt(s.main.fetch("select * from shape")), await s.main.execute("drop table shape")


async def values(s):
    out = []
    await s.main.execute("set timezone = 'UTC'")
    for value in kit.VALUES:
        try:
            got = await s.main.fetchval(f"select {value}")
            out.append(f"{value} -> {[tuple(p) for p in got] if isinstance(got, asyncpg.Path) else got!r}")
        except Exception as error:
            out.append(f"{value} -> {type(error).__name__}")
    await s.main.execute("reset all")
    return out


async def round_trip(s):
    utc = datetime.timezone.utc
    out = []
    for kind, value in (("int2", -5), ("int8", 2**62), ("float4", 1.5), ("float8", float("-inf")), ("numeric", decimal.Decimal("-12345678901234567890.00012")), ("numeric", decimal.Decimal("NaN")), ("text", "é🐘"), ("text", ""), ("text", None),
                        ("bytea", b"\x00\xff"), ("bool", False), ("date", datetime.date.max), ("timestamptz", datetime.datetime(2024, 2, 29, 1, 2, 3, 4, utc)), ("interval", datetime.timedelta(days=-3, microseconds=7)), ("uuid", uuid.UUID(int=5)),
                        ("int4[]", [[1, 2], [3, None]]), ("text[]", []), ("json", '{"a": [1]}'), ("jsonb", '{"b": null}'), ("int4range", asyncpg.Range(1, 9)), ("point", asyncpg.Point(1, -2)), ("inet", "10.0.0.1"), ("bit(3)", asyncpg.BitString("101"))):
        out.append((kind, await s.main.fetchval(f"select $1::{kind}", value) == value if value == value else "nan"))
    return out


async def errors(s):
    out = []
    for text, arguments in (("select 1/$1::int", [0]), ("selec 1", []), ("select * from nowhere", []), ("insert into item values (1, 'dup')", []), ("insert into item values ($1, $2)", [600, None]), ("select $1::int", ["x"]), ("select $1::int", []), ("select $2::int", [1, 2]),
                            ("do $$ begin raise exception 'own' using errcode = 'TH001', detail = 'd', hint = 'h', column = 'c', table = 't', schema = 's', constraint = 'k', datatype = 'y'; end $$", []), ("select $1::text", ["nul \x00"]), ("select 1; select 2", [])):
        try:
            out.append(await s.main.fetch(text, *arguments))
        except Exception as error:
            out.append(error_line(error) or f"{type(error).__name__}")
    return "\n" + "\n".join(map(str, out))


async def transaction(s):
    c, out = s.main, []
    outer = c.transaction(isolation="serializable", readonly=False)
    await outer.start()
    await c.execute("insert into item values (700, 'in')")
    for text in ("insert into item values (701, 'nested')", "select 1/0"):
        inner = c.transaction()
        await inner.start()
        out.append(await attempt(c.execute(text)))
        out.append(await attempt(c.fetchval("select 1")))
        await inner.rollback()
    out += [await c.fetchval("select count(*) from item where id >= 700"), c.is_in_transaction(), await attempt(c.fetch("select nothing")), await attempt(c.fetch("select 1"))]
    await outer.rollback()
    return out, await c.fetchval("select count(*) from item where id >= 700"), c.is_in_transaction(), await attempt(c.execute("begin; select 1/0")), c.is_in_transaction(), await attempt(c.execute("commit")), c.is_in_transaction()


async def cursors(s):
    c, out = s.main, []
    async with c.transaction():
        cursor = await c.cursor("select id from item where id > $1 order by id", 10)
        out += [[r[0] for r in await cursor.fetch(3)], await cursor.forward(10), (await cursor.fetchrow())[0], len(await cursor.fetch(1000)), await cursor.fetch(5)]
        out.append(sum([r[0] async for r in c.cursor("select id from item", prefetch=7)]))
        out.append(await attempt(drain(c.cursor("select 10 / (5 - g) from generate_series(1, 9) g", prefetch=2))))
    return out, await attempt(drain(c.cursor("select 1")))


async def drain(cursor):
    return [row[0] async for row in cursor]


async def limited(s):
    statement = await s.main.prepare("select generate_series(1, 1000)")
    return await statement.fetchval(), (await statement.fetchrow())[0], len(await statement.fetch())


async def many_rows(s):
    rows = await s.main.fetch("select g, md5(g::text), g::numeric / 7 from generate_series(1, $1::int) g", kit.ROWS)
    return len(rows), kit.digest("".join(map(str, map(tuple, rows))))


async def executemany(s):
    await s.main.execute("create temp table many (a int, b text)")
    await s.main.executemany("insert into many values ($1, $2)", [(n, f"é{n}") for n in range(kit.DEPTH)])
    failed = [await attempt(s.main.executemany("insert into many values (10 / $1::int, '')", [(1,), (0,), (2,)]))]
    failed.append(await attempt(s.main.executemany("insert into many values (10 / $1::int, $2)", [(50000 - n, "x" * 100) for n in range(60000)])))
    returned = await attempt(s.main.fetchmany("insert into many values ($1, $2) returning a", [(n, "") for n in range(5)]))
    return failed, returned, tuple(await s.main.fetchrow("select count(*), sum(a) from many")), await s.main.execute("drop table many")


async def copies(s):
    c = s.main
    out = [await c.execute("create temp table load (id int, name text, data bytea)")]
    out.append(await c.copy_records_to_table("load", records=[(n, None if n % 3 else f"é{n}", bytes([n % 256])) for n in range(kit.ROWS)]))
    out.append(await c.copy_to_table("load", source=io.BytesIO(b"1,a,\n2,,\\x00\n"), format="csv"))
    for form in ("text", "csv", "binary"):
        sink = io.BytesIO()
        out += [await c.copy_from_query("select * from load where id < $1 order by id, name", 50, output=sink, format=form), kit.digest(sink.getvalue())]
    sink = io.BytesIO()
    out += [await c.copy_from_table("load", output=sink, columns=["id"]), hashlib.sha256(sink.getvalue()).hexdigest()[:12]]

    async def source(fail):
        for n in range(1000):
            yield b"%d\tx\t\n" % n
            if fail and n == 500:
                raise ZeroDivisionError
    out += [await attempt(c.copy_to_table("load", source=source(True))), await attempt(c.copy_to_table("load", source=source(False)))]
    out += [await attempt(c.copy_to_table("load", source=io.BytesIO(b"x\n" * 100_000))), await attempt(c.copy_to_table("absent", source=io.BytesIO(b"1\n")))]
    out.append(await attempt(c.copy_from_query("select 10 / (5 - g) from generate_series(1, 9) g", output=io.BytesIO())))

    async def refuse(_):
        raise ZeroDivisionError
    out += [await attempt(c.copy_from_query("select generate_series(1, 100000)", output=refuse)), await c.fetchval("select count(*) from load"), await c.execute("drop table load")]
    return out


async def notices(s):
    await s.main.execute("do $$ begin raise info 'i'; raise notice 'n %', 'é' using detail = 'x', hint = 'y', errcode = 'TH002'; raise warning 'w'; end $$; drop table if exists absent")
    await s.main.fetchval("select 1")
    return "\n" + "\n".join(s.notices)


async def large(s):
    size = kit.MEGABYTES * 1024 * 1024
    text, data = ("é-text " * (size // 8)), (b"\x00\x01\xfe\xff" * (size // 4))
    out = []
    for kind, value, raw in (("text", text, text.encode()), ("bytea", data, data)):
        row = await s.main.fetchrow(f"select octet_length(v), md5(v), v from (select $1::{kind} v) x", value, timeout=120)
        out.append((row[0], row[1] == hashlib.md5(raw).hexdigest(), row[2] == value))
    sink = hashlib.sha256()

    async def keep(piece):
        sink.update(piece)
    out.append(await s.main.copy_from_query("select repeat('x', $1)", size, output=keep))
    return out, sink.hexdigest()[:12]


async def large_objects(s):
    async with s.main.transaction():
        oid = await s.main.fetchval("select lo_from_bytea(0, $1)", b"\x01\x02\xfe" * 100_000)
        return kit.digest(await s.main.fetchval("select lo_get($1)", oid)), await s.main.fetchval("select lo_get($1, 299998, 9)", oid), await s.main.execute(f"select lo_put({oid}, 4, '\\xaabb')"), await s.main.fetchval("select lo_get($1, 0, 8)", oid), await s.main.fetchval("select lo_unlink($1)", oid), await attempt(s.main.fetchval("select lo_get(1)"))


async def concurrent(s):
    """Twenty sessions at once, each with its own state."""
    async def one(n):
        c = await s.open()
        await c.execute(f"set application_name = 'c{n}'")
        total = 0
        for k in range(50):
            total += await c.fetchval("select $1::int + $2::int", n, k)
        return total, await c.fetchval("show application_name")
    return await asyncio.gather(*(one(n) for n in range(20)))


STEPS = [
    ("simple", simple), ("simple error", simple_error), ("prepared", prepared), ("statement cache", statement_cache), ("unnamed", unnamed), ("discard all", discard), ("changed plan", changed_plan), ("values", values),
    ("round trip", round_trip), ("errors", errors), ("transaction", transaction), ("cursors", cursors), ("limited", limited), ("many rows", many_rows), ("executemany", executemany), ("copies", copies),
    ("notices", notices), ("large", large), ("large objects", large_objects), ("concurrent", concurrent),
]
