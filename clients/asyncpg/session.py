"""The connections of the asyncpg client and how it writes errors and messages."""

import asyncio
import os
import ssl

import asyncpg

SCHEMA = "matrix_asyncpg"
FIELDS = (
    "severity", "sqlstate", "message", "detail", "hint", "position", "internal_position", "internal_query", "context",
    "schema_name", "table_name", "column_name", "data_type_name", "constraint_name", "server_source_filename",
    "server_source_line", "server_source_function",
)


def fields(message):
    """Every field of a server message that the same server build sends the same way twice."""
    return " | ".join(str(value) for value in (getattr(message, name, None) for name in FIELDS) if value)


def error_line(error):
    """A server error with all its fields, or nothing for a client-side one."""
    return fields(error) if getattr(error, "sqlstate", None) and isinstance(error, asyncpg.PostgresError) else None


async def attempt(work):
    """The result of some work, or its error's code: for steps that make several."""
    try:
        return await work
    except asyncpg.PostgresError as error:
        return error.sqlstate
    except Exception as error:
        return type(error).__name__


class Session:
    """One main connection, renewed when a step broke it, and more on demand."""

    def __init__(self):
        self.extra = []
        self.notices = []
        self.main = None

    async def open(self, **settings):
        settings.setdefault("server_settings", {"search_path": SCHEMA})
        if os.environ.get("PGSSLMODE", "prefer") == "disable":
            settings.setdefault("ssl", False)
        connection = await asyncpg.connect(timeout=30, **settings)
        connection.add_log_listener(lambda _, message: self.notices.append(fields(message)))
        self.extra.append(connection)
        return connection

    async def settle(self):
        """Brings the next step a clean connection and closes the others."""
        for connection in self.extra:
            if connection is not self.main:
                connection.terminate()
        self.extra = [self.main]
        self.notices.clear()
        if self.main.is_closed() or self.main.is_in_transaction() or self.main._protocol._is_cancelling():
            self.main.terminate()
            self.main = await self.open()

    async def wait_active(self, pid):
        """Returns when the server process `pid` sleeps inside a statement; asked of the server, not timed."""
        watcher = await self.open()
        question = "select count(*) from pg_stat_activity where pid = $1 and wait_event = 'PgSleep' and state = 'active'"
        async with asyncio.timeout(30):
            while not await watcher.fetchval(question, pid):
                pass

    async def prepare_schema(self):
        self.main = await self.open()
        await self.main.execute(f"set client_min_messages = warning; drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}; reset client_min_messages")
        await self.main.execute("create table item (id int primary key, name text not null, price numeric(10,2)); insert into item select g, 'item ' || g, g * 1.5 from generate_series(1, 100) g")

    async def drop_schema(self):
        await self.main.execute(f"set client_min_messages = warning; drop schema {SCHEMA} cascade")
        for connection in self.extra:
            connection.terminate()
