"""The connections of the psycopg client and how it writes errors, notices and rows."""

import time

import psycopg
from psycopg import pq

import kit

SCHEMA = "matrix_psycopg"


def fields(diag):
    """Every field of an error or notice that the same server build sends the same way twice."""
    names = (
        "severity_nonlocalized", "sqlstate", "message_primary", "message_detail", "message_hint",
        "statement_position", "internal_position", "internal_query", "context", "schema_name", "table_name",
        "column_name", "datatype_name", "constraint_name", "source_file", "source_line", "source_function",
    )
    return " | ".join(f"{value}" for value in (getattr(diag, name) for name in names) if value)


def error_line(error):
    """A server error with all its fields, or the kind of a client-side one."""
    if error.sqlstate:
        return fields(error.diag)
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def attempt(call):
    """The result of a call, or its error's code: for steps that make several."""
    try:
        return call()
    except psycopg.Error as error:
        return error.sqlstate or type(error).__name__


class Session:
    """One main connection, renewed when a step broke it, and more on demand."""

    def __init__(self):
        self.extra = []
        self.notices = []
        self.main = self.open()

    def open(self, **settings):
        settings.setdefault("options", f"-c search_path={SCHEMA}")
        settings.setdefault("autocommit", True)
        connection = psycopg.connect("", **settings)
        connection.add_notice_handler(lambda diag: self.notices.append(fields(diag)))
        self.extra.append(connection)
        return connection

    def run(self, text, *arguments, **named):
        """Rows of one statement on the main connection."""
        cursor = self.main.execute(text, *arguments, **named)
        return cursor.fetchall() if cursor.description else cursor.statusmessage

    def settle(self):
        """Brings the next step a clean connection and closes the others."""
        for connection in self.extra:
            if connection is not self.main:
                connection.close()
        self.extra = [self.main]
        self.notices.clear()
        if self.main.closed or self.main.broken or self.main.info.transaction_status != pq.TransactionStatus.IDLE:
            self.main.close()
            self.main = self.open()

    def wait_active(self, pid, watcher):
        """Returns when the server process `pid` sleeps inside a statement; asked of the server, not timed."""
        deadline = time.monotonic() + 30
        question = "select count(*) from pg_stat_activity where pid = %s and wait_event in ('PgSleep', 'ClientRead', 'advisory') and state = 'active'"
        while time.monotonic() < deadline:
            if watcher.execute(question, [pid]).fetchone()[0]:
                return
        raise TimeoutError("the statement did not start")

    def prepare_schema(self):
        self.main.execute(f"set client_min_messages = warning; drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}")
        self.main.execute("create table item (id int primary key, name text not null, price numeric(10,2) check (price >= 0))")
        self.main.execute("create table part (id int references item, note varchar(5))")
        self.main.execute("insert into item select g, 'item ' || g, g * 1.5 from generate_series(1, 100) g")
        self.main.execute("reset client_min_messages")

    def drop_schema(self):
        self.main.execute("set client_min_messages = warning")
        self.main.execute(f"drop schema {SCHEMA} cascade")
        for connection in self.extra:
            connection.close()


def big(filler, megabytes=kit.MEGABYTES):
    """A text of this many megabytes, if each of its characters is a byte."""
    size = megabytes * 1024 * 1024
    return (filler * (size // len(filler) + 1))[:size]
