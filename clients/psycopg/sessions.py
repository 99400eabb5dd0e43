"""The session itself: start-up, parameters, cancel, notifications, time-outs, ends, refusals."""

import re
import select
import threading

import psycopg
from psycopg import pq

import kit
from session import attempt, error_line


def start_up(s):
    c = s.open(application_name="start é\\'x", options="-c statement_timeout=12345 -c search_path=pg_catalog,\\\"$user\\\" -c work_mem=6MB --geqo=off -cdefault_transaction_read_only=on")
    out = [c.execute(f"show {name}").fetchone()[0] for name in ("statement_timeout", "search_path", "work_mem", "geqo", "default_transaction_read_only", "application_name")]
    c.execute("set work_mem = '9MB'; reset work_mem")  # what start-up set is what RESET returns to
    return out, c.execute("show work_mem").fetchone(), c.execute("select application_name from pg_stat_activity where pid = pg_backend_pid()").fetchone()


def start_up_refused(*options):
    return lambda s: [refusal(lambda: s.open(options=text)) for text in options]


def unnamed(s):
    return s.open().execute("show application_name").fetchone()


def start_up_encoding(s):
    c = s.open(client_encoding="LATIN1")
    return c.pgconn.parameter_status(b"client_encoding"), c.pgconn.exec_(b"select '\xe9', convert_to('\xe9', 'UTF8')").get_value(0, 1), attempt(lambda: c.execute("select U&'\\65E5'"))


def parameter_status(s):
    s.main = s.open(application_name="given")
    status = lambda name: (s.main.pgconn.parameter_status(name.encode()) or b"").decode()
    names = ("server_version", "server_encoding", "client_encoding", "application_name", "DateStyle", "IntervalStyle", "TimeZone", "integer_datetimes", "standard_conforming_strings", "is_superuser", "in_hot_standby", "default_transaction_read_only")
    out = [[status(name) for name in names]]
    for text in ("set timezone = 'Asia/Tokyo'", "set datestyle = 'German'", "set application_name = 'näme'", "set intervalstyle = 'iso_8601'", "set client_encoding = 'LATIN1'", "set default_transaction_read_only = on", "begin; set timezone = 'UTC'; rollback", "reset all", "set client_encoding = 'UTF8'"):
        s.run(text)
        out.append([status(name) for name in names[2:7] + names[-1:]])
    return out


def server_version(s):
    return s.main.info.server_version, s.run("show server_version_num")


def encodings(s):
    out = []
    s.main.execute("set client_encoding = 'LATIN1'")
    out += [s.main.pgconn.exec_(b"select chr(233)").get_value(0, 0), s.main.pgconn.exec_(b"select '\xe9', convert_to('\xe9', 'UTF8')").get_value(0, 1), attempt(lambda: s.main.execute("select U&'\\65E5'"))]
    s.main.execute("reset client_encoding")
    return out, s.main.pgconn.exec_(b"select chr(233)").get_value(0, 0)


def old_strings(s):
    s.main.execute("set standard_conforming_strings = off; set escape_string_warning = off")
    out = s.run("select 'a\\'b', E'c\\'d'")
    s.main.execute("set standard_conforming_strings = on")
    return out, s.run("select 'a\\', 'b'"), s.run("reset all")


def own_pid(s):
    return s.main.info.backend_pid == s.run("select pg_backend_pid()")[0][0]


def cancelled(how, text="select pg_sleep(60)"):
    def step(s):
        pid, watcher = s.run("select pg_backend_pid()")[0][0], s.open()
        out = []

        def wait():
            try:
                out.append(s.run(text))
            except psycopg.Error as error:
                out.append(error_line(error))

        thread = threading.Thread(target=wait)
        thread.start()
        s.wait_active(pid, watcher)
        how(s.main)
        thread.join()
        return out, s.main.info.transaction_status.name, s.run("select 'usable'")
    return step


def cancel_newest(s):
    """Protocol 3.2 if the server speaks it: its cancel keys are longer."""
    s.main.close()
    s.main = s.open(max_protocol_version="latest")
    return cancelled(lambda c: c.cancel_safe(timeout=20))(s)


def cancel_idle(s):
    s.main.cancel()
    s.main.cancel_safe(timeout=20)
    return s.run("select 'undisturbed'")


def cancel_copy(s):
    pid, watcher = s.run("select pg_backend_pid()")[0][0], s.open()
    s.run("create temp table waits (a int)")
    try:
        with s.main.cursor().copy("copy waits from stdin") as copy:
            copy.write("1\n")
            s.wait_active(pid, watcher)
            s.main.cancel_safe(timeout=20)
            copy.write("2\n")  # a server in COPY looks at a cancel when the next data comes
    except psycopg.Error as error:
        return error_line(error).split(" | COPY")[0], s.run("select count(*) from waits")


def cancel_pipeline(s):
    pid, watcher = s.run("select pg_backend_pid()")[0][0], s.open()
    c = s.main.pgconn
    c.enter_pipeline_mode()
    for text in (b"select 1", b"select pg_sleep(60)", b"select 2"):
        c.send_query_params(text, None)
    c.pipeline_sync()
    c.send_query_params(b"select 'after'", None)
    c.pipeline_sync()
    c.flush()
    s.wait_active(pid, watcher)
    s.main.cancel_safe(timeout=20)
    out = []
    while out.count("PIPELINE_SYNC") < 2:
        result = c.get_result()
        if result is not None:
            out.append(pq.ExecStatus(result.status).name)
    c.exit_pipeline_mode()
    return out


def notifications(s):
    listener, sender = s.open(), s.open()
    pid = sender.execute("select pg_backend_pid()").fetchone()[0]
    listener.execute('listen plain; listen "Çhannel 1"')
    sender.execute("notify plain; notify plain, 'päyload'; select pg_notify('Çhannel 1', repeat('x', 7999)); notify deaf, 'unheard'")
    with sender.transaction():
        for n in (1, 2, 2, 3):  # a repeated one is sent once
            sender.execute(f"notify plain, '{n}'")
    seen = [(n.channel, kit.digest(n.payload), n.pid == pid) for n in listener.notifies(timeout=20, stop_after=6)]
    listener.execute("unlisten plain")
    sender.execute("notify plain, 'late'; select pg_notify('Çhannel 1', 'end')")
    seen += [(n.channel, n.payload, n.pid == pid) for n in listener.notifies(timeout=20, stop_after=1)]
    return seen, attempt(lambda: sender.execute("select pg_notify('plain', repeat('x', 8000))"))


def notify_self(s):
    s.run("listen me")
    s.run("notify me, 'x'")
    pid = s.run("select pg_backend_pid()")[0][0]
    out = [(n.channel, n.payload, n.pid == pid, n.pid == s.main.info.backend_pid) for n in s.main.notifies(timeout=20, stop_after=1)]
    return out, s.run("unlisten *")


def time_outs(s):
    out = []
    s.run("set statement_timeout = 30")
    for text in ("select pg_sleep(60)", "select count(*) from generate_series(1, 1000000000000)"):
        try:
            out.append(s.run(text))
        except psycopg.Error as error:
            out.append(error_line(error))
    s.run("reset statement_timeout")
    with s.open().transaction() as held:
        held.connection.execute("lock item")
        s.run("set lock_timeout = 30")
        out.append(attempt(lambda: s.run("select * from item")))
        out.append(attempt(lambda: s.run("lock item nowait")))
    return out, s.run("reset all")


def ended(s, connection):
    """What arrives by itself on an idle connection until the server closes it."""
    while True:
        select.select([connection.fileno()], [], [], 30)
        try:
            connection.pgconn.consume_input()
        except psycopg.Error:
            break
        connection.pgconn.is_busy()
    return list(s.notices), connection.pgconn.status == pq.ConnStatus.BAD


def idle_time_out(s):
    c = s.open()
    c.execute("set idle_session_timeout = 50")
    return ended(s, c)


def idle_in_transaction(s):
    c = s.open()
    c.execute("begin; set idle_in_transaction_session_timeout = 50")
    return ended(s, c)


def terminated_self(s):
    return attempt(lambda: s.run("select pg_terminate_backend(pg_backend_pid())")), s.main.closed


def terminated_idle(s):
    c = s.open()
    pid = c.execute("select pg_backend_pid()").fetchone()[0]
    return s.run("select pg_terminate_backend(%s)", [pid]), ended(s, c)


def terminated_busy(s):
    c = s.open()
    c.execute("begin")
    pid = c.execute("select pg_backend_pid()").fetchone()[0]
    out = []

    def wait():
        try:
            c.execute("select pg_sleep(60)")
        except psycopg.Error as error:
            out.append(error_line(error))

    thread = threading.Thread(target=wait)
    thread.start()
    s.wait_active(pid, s.main)
    s.run("select pg_terminate_backend(%s)", [pid])
    thread.join()
    return out, c.closed


def terminated_pipeline(s):
    c = s.open().pgconn
    c.enter_pipeline_mode()
    for text in (b"select 1", b"select pg_terminate_backend(pg_backend_pid())", b"select 2"):
        c.send_query_params(text, None)
    c.pipeline_sync()
    out = []
    while c.status != pq.ConnStatus.BAD and len(out) < 10:
        result = c.get_result()
        if result is not None:
            out.append((pq.ExecStatus(result.status).name, (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()))
    return out[:2]


def locks(s):
    other = s.open()
    s.run("select pg_advisory_lock(7)")
    out = [other.execute("select pg_try_advisory_lock(7)").fetchone()]
    s.main.close()  # the session's end frees the lock upstream too
    other.execute("set statement_timeout = '20s'")
    return out, other.execute("select pg_advisory_lock(7)").fetchone()



def refusal(call):
    """A refused start-up; libpq gives text only, whose address differs."""
    try:
        call()
        return "accepted"
    except psycopg.OperationalError as error:
        return re.findall(r"FATAL:\s+(.*)", str(error))


def replication(s):
    return refusal(lambda: s.open(replication="database"))


def unknown_database(s):
    return refusal(lambda: s.open(dbname="no_such_database"))


def wrong_password(s):
    return refusal(lambda: s.open(password="wrong")), refusal(lambda: s.open(password="wrong", channel_binding="disable"))


STEPS = [
    ("start-up", start_up), ("start-up invalid", start_up_refused("-c work_mem=much", "-c statement_timeout=-5", "-c search_path")), ("start-up unknown", start_up_refused("-c nothing_such=1", "-c listen_addresses=x")), ("start-up switch", start_up_refused("-Z")), ("start-up encoding", start_up_encoding), ("unnamed", unnamed), ("parameter status", parameter_status), ("server version", server_version), ("encodings", encodings), ("old strings", old_strings), ("own pid", own_pid),
    ("cancel", cancelled(lambda c: c.cancel())), ("cancel safe", cancelled(lambda c: c.cancel_safe(timeout=20))), ("cancel second", cancelled(lambda c: c.cancel_safe(timeout=20), "select 1; select pg_sleep(60); select 2")), ("cancel newest protocol", cancel_newest), ("cancel idle", cancel_idle), ("cancel copy", cancel_copy),
    ("cancel pipeline", cancel_pipeline), ("notifications", notifications), ("notify self", notify_self), ("time-outs", time_outs), ("idle time-out", idle_time_out),
    ("idle in transaction", idle_in_transaction), ("terminated self", terminated_self), ("terminated idle", terminated_idle), ("terminated busy", terminated_busy),
    ("terminated pipeline", terminated_pipeline), ("locks", locks), ("replication", replication), ("unknown database", unknown_database), ("wrong password", wrong_password),
]
