"""The session itself: start-up, cancel, notifications, time-outs, ends, refusals."""

import asyncio

import asyncpg

from session import attempt, error_line


async def start_up(s):
    c = await s.open(server_settings={"application_name": "apg", "statement_timeout": "12345", "search_path": "pg_catalog", "options": "-c work_mem=6MB", "jit": "off", "timezone": "Asia/Tokyo"})
    names = ("application_name", "statement_timeout", "search_path", "work_mem", "jit", "timezone", "client_encoding")
    return [await c.fetchval(f"show {name}") for name in names], await c.execute("reset all"), await c.fetchval("show work_mem"), c.get_settings().TimeZone


async def start_up_invalid(s):
    return [await attempt(s.open(server_settings=settings)) for settings in ({"work_mem": "much"}, {"statement_timeout": "-5"}, {"DateStyle": "x"})]


async def start_up_unknown(s):
    return [await attempt(s.open(server_settings=settings)) for settings in ({"nothing_such": "1"}, {"listen_addresses": "x"})]


async def start_up_switch(s):
    return await attempt(s.open(server_settings={"options": "-Z"}))


async def parameter_status(s):
    s.main = await s.open(server_settings={"application_name": "given"})
    settings = lambda: [(name, getattr(s.main.get_settings(), name, None)) for name in ("TimeZone", "DateStyle", "application_name", "standard_conforming_strings", "client_encoding", "is_superuser")]
    out = [settings()]
    for text in ("set timezone = 'Asia/Tokyo'", "set application_name = 'x'; set datestyle = 'SQL'", "begin; set timezone = 'UTC'; rollback", "reset all"):
        await s.main.execute(text)
        out.append(settings())
    version = s.main.get_server_version()
    return out, tuple(version)[:2]


async def own_pid(s):
    return s.main.get_server_pid() == await s.main.fetchval("select pg_backend_pid()")


async def cancelled(s):
    """The driver cancels by itself when the awaited statement is cancelled or times out."""
    out = []
    pid = await s.main.fetchval("select pg_backend_pid()")
    task = asyncio.ensure_future(s.main.fetchval("select pg_sleep(60)"))
    await s.wait_active(pid)
    task.cancel()
    try:
        out.append(await task)
    except asyncio.CancelledError:
        out.append("cancelled")
    out.append(await s.main.fetchval("select 'usable'"))
    out.append(await attempt(s.main.fetchval("select pg_sleep(60)", timeout=0.05)))
    out.append(await s.main.fetchval("select 'usable'"))
    async with s.main.transaction():
        out.append(await attempt(s.main.execute("select pg_sleep(60)", timeout=0.05)))
        out.append(await attempt(s.main.fetchval("select 'aborted'")))
        await s.main.execute("rollback; begin")
    return out, await s.main.fetchval("select pg_backend_pid()") == pid


async def cancelled_often(s):
    """A cancel never hits the statement that follows the one it was meant for."""
    out = {}
    for _ in range(30):
        first = await attempt(s.main.fetchval("select pg_sleep(60)", timeout=0.01))
        out[first, await s.main.fetchval("select 'next'")] = out.get((first, "next"), 0) + 1
    return out


async def cancelled_by_server(s):
    pid = await s.main.fetchval("select pg_backend_pid()")
    task = asyncio.ensure_future(s.main.fetchval("select pg_sleep(60)"))
    await s.wait_active(pid)
    await (await s.open()).fetchval("select pg_cancel_backend($1)", pid)
    try:
        return await task
    except asyncpg.PostgresError as error:
        return error_line(error), await s.main.fetchval("select 'usable'")


async def notifications(s):
    listener, sender = await s.open(), await s.open()
    pid = await sender.fetchval("select pg_backend_pid()")
    queue = asyncio.Queue()
    heard = lambda _, who, channel, payload: queue.put_nowait((who == pid, channel, len(payload), payload[:10]))
    for channel in ("plain", "Çhannel 1"):
        await listener.add_listener(channel, heard)
    await sender.execute("notify plain; notify plain, 'päyload'; select pg_notify('Çhannel 1', repeat('x', 7999))")
    async with sender.transaction():
        await sender.execute("notify plain, '1'; notify plain, '1'; notify plain, '2'")
    out = [await asyncio.wait_for(queue.get(), 20) for _ in range(5)]
    await listener.remove_listener("plain", heard)
    await sender.execute("notify plain, 'late'; select pg_notify('Çhannel 1', 'end')")
    return out, await asyncio.wait_for(queue.get(), 20), await attempt(sender.fetchval("select pg_notify('a', repeat('x', 8000))"))


async def time_outs(s):
    c = await s.open(server_settings={"statement_timeout": "30"})
    out = [await attempt(c.fetchval("select pg_sleep(60)")), await attempt(c.execute("select pg_sleep(60)")), await c.fetchval("select 'usable'")]
    c = await s.open(server_settings={"lock_timeout": "30", "search_path": "matrix_asyncpg"})
    async with s.main.transaction():
        await s.main.execute("lock item")
        out.append(await attempt(c.fetchval("select count(*) from item")))
    return out


async def ended(c):
    """How an idle connection learns of its end."""
    end = asyncio.Event()
    c.add_termination_listener(lambda _: end.set())
    if not c.is_closed():  # it may have ended before anyone listened
        await asyncio.wait_for(end.wait(), 30)
    return c.is_closed(), await attempt(c.fetchval("select 1"))


async def idle_ends(s):
    out = []
    for text in ("set idle_session_timeout = 50", "begin; set idle_in_transaction_session_timeout = 50"):
        c = await s.open()
        await c.execute(text)
        out.append(await ended(c))
    c = await s.open()
    pid = await c.fetchval("select pg_backend_pid()")
    await s.main.fetchval("select pg_terminate_backend($1)", pid)
    return out, await ended(c)


async def terminated(s):
    out = []
    for text in ("select pg_terminate_backend(pg_backend_pid())", "begin; select pg_terminate_backend(pg_backend_pid())"):
        c = await s.open()
        try:
            await c.execute(text)
        except asyncpg.PostgresError as error:
            out.append(error_line(error))
    c = await s.open()
    out.append(await attempt(c.fetchval("select pg_terminate_backend(pg_backend_pid())")))
    return out, (await ended(c)) if not c.is_closed() else "closed"


async def reset_and_pool(s):
    async with asyncpg.create_pool(min_size=2, max_size=3, command_timeout=20) as pool:
        async def one(n):
            async with pool.acquire() as c:
                await c.execute(f"set search_path = 's{n}'; select pg_advisory_lock({n}); listen x{n}")
                return await c.fetchval("show search_path")
        out = await asyncio.gather(*(one(n) for n in range(12)))
        async with pool.acquire() as c:
            return out, await c.fetchval("show search_path"), await c.fetchval("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")


async def refused(s):
    return [await attempt(s.open(database="no_such_database")), await attempt(s.open(password="wrong"))]


async def replication(s):
    return await attempt(s.open(server_settings={"replication": "database"}))


STEPS = [
    ("start-up", start_up), ("start-up invalid", start_up_invalid), ("start-up unknown", start_up_unknown), ("start-up switch", start_up_switch), ("parameter status", parameter_status), ("own pid", own_pid), ("cancelled", cancelled), ("cancelled often", cancelled_often), ("cancelled by server", cancelled_by_server),
    ("notifications", notifications), ("time-outs", time_outs), ("idle ends", idle_ends), ("terminated", terminated), ("reset and pool", reset_and_pool), ("replication", replication), ("refused", refused),
]
