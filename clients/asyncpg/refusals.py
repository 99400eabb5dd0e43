"""Refusals at every place: what a client sees and what has run is the same whether the gate refuses a statement or the
server fails at it."""

import io

import asyncpg

import kit


async def attempt(work):
    try:
        return await work
    except asyncpg.PostgresError as error:
        return kit.code(error.sqlstate)
    except Exception as error:
        return type(error).__name__


async def simple(c, texts):
    return [(await attempt(c.execute(text)), c.is_in_transaction()) for text in texts]


async def extended(c, texts):
    return [(await attempt(rows(c.fetch(text))), c.is_in_transaction()) for text in texts]


async def prepared(c, texts):
    """Every text is prepared before the first one runs, where that is possible."""
    statements, out = [], []
    for text in texts:
        statement = await attempt(c.prepare(text))
        statements.append(statement)
        out.append(statement if isinstance(statement, str) else "prepared")
    for statement in statements:
        out.append(statement if isinstance(statement, str) else await attempt(rows(statement.fetch())))
        out.append(c.is_in_transaction())
    return out


async def rows(work):
    return [tuple(row) for row in await work]


async def together(c, texts):
    """All in one text. A block begins before it: of a refused text nothing runs, its BEGIN neither."""
    begun = await attempt(c.execute("begin")) if texts[0] == "begin" else None
    return begun, await attempt(c.execute("; ".join(texts[1:] if begun else texts)))


async def begun_together(c, texts):
    return await attempt(c.execute("; ".join(texts)))


def sequenced(how, **settings):
    async def step(s):
        c = await s.open(**settings, server_settings={"search_path": "matrix_asyncpg"})
        await c.execute("create table trail (n int)")
        out = []
        for texts in kit.sequences():
            seen = await how(c, texts)
            inside = c.is_in_transaction()
            if inside:
                await c.execute("rollback")
            out.append((seen, inside, await rows(c.fetch("select n from trail order by n"))))
            await c.execute("delete from trail")
        await c.execute("drop table trail")
        return "\n" + "\n".join(map(str, out))
    return step


async def blocks(s):
    """The driver's own transactions and savepoints."""
    c = s.main
    out = [await c.execute("create table trail (n int)")]

    async def inner(text):
        async with c.transaction():
            await c.execute("insert into trail values (3)")
            await c.fetch(text) if text.startswith("select") else await c.execute(text)

    async def nested(text):
        async with c.transaction():
            await c.execute("insert into trail values (1)")
            out.append(await attempt(inner(text)))
            await c.execute("insert into trail values (2)")

    for text in (kit.DELETE, f"select * from {kit.REFUSED}"):
        out += [await attempt(nested(text)), await attempt(inner(text)), c.is_in_transaction()]
    return out, await rows(c.fetch("select n from trail order by n")), await c.execute("drop table trail")


async def others(s):
    """What is no plain text: values, many of them, cursors, COPY both ways."""
    c, table = s.main, kit.REFUSED

    async def cursor():
        return [tuple(row) async for row in c.cursor(f"select * from {table}")]

    async def records():
        return await c.copy_records_to_table("guarded" if table.endswith("guarded") else "absent", schema_name="refusals", records=[(9, "x")])

    works = [lambda: rows(c.fetch(f"select * from {table} where id = $1", 1)), lambda: c.fetchval(f"select count(*) from {table}"),
             lambda: c.executemany(f"update {table} set note = $1 where id = $2", [("x", n) for n in range(5)]),
             lambda: c.fetchmany(f"delete from {table} where id = $1 returning id", [(1,), (2,)]), cursor, records,
             lambda: c.copy_from_query(f"select * from {table}", output=io.BytesIO()), lambda: c.execute(f"copy {table} to stdout"),
             lambda: c.execute(f"explain {kit.DELETE}"), lambda: c.execute(f"declare c cursor for table {table}")]
    out = []
    for block in (False, True):
        for work in works:
            if block:
                await c.execute("begin")
            out.append((await attempt(work()), c.is_in_transaction()))
            if block:
                out += [await attempt(c.fetchval("select 1")), await c.execute("rollback")]
            out.append(await c.fetchval("select 'usable'"))
    return out


async def pooled(s):
    """A refusal in a pooled connection leaves it fit for the next."""
    async with asyncpg.create_pool(min_size=1, max_size=1, command_timeout=20) as pool:
        out = []
        for text in (kit.DELETE, "begin", kit.DELETE, "select 1"):
            async with pool.acquire() as c:
                out += [await attempt(c.execute(text)), await c.fetchval("select 'usable'") if not c.is_in_transaction() else "in a block"]
        return out


STEPS = [
    ("refused simple", sequenced(simple)), ("refused extended", sequenced(extended)), ("refused uncached", sequenced(extended, statement_cache_size=0)),
    ("refused prepared", sequenced(prepared)), ("refused together", sequenced(together)), ("refused begun together", sequenced(begun_together)),
    ("refused blocks", blocks), ("refused others", others), ("refused pooled", pooled),
] if kit.REFUSED else []
