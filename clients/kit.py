"""What the two Python clients share: how a step is run and how its result is written.

A step prints exactly one line, `step: result`, whatever happens in it; it never ends the run. Nothing that differs
between two runs against one server (process ids, object ids, times, host names) may be printed: steps compare such
values and print the comparison.
"""

import hashlib
import os
import sys

MEGABYTES = int(os.environ.get("MATRIX_MB", "100"))
# The text of a statement is recorded whole: the gate refuses one over its limit, 16 MB unless it is raised.
TEXT_MEGABYTES = min(MEGABYTES, 12)
DEPTH = int(os.environ.get("MATRIX_DEPTH", "1000"))
ROWS = int(os.environ.get("MATRIX_ROWS", "20000"))

# Values that text and binary formats write differently, or that drivers are known to trip over.
VALUES = [
    "null::int4", "true", "(-32768)::int2", "2147483647::int4", "(-9223372036854775808)::int8", "'NaN'::float8",
    "'-Infinity'::float8", "1e-300::float8", "'-0'::float4", "'NaN'::numeric", "'Infinity'::numeric",
    "123456789012345678901234567890.000000000123::numeric", "(-0.0001)::numeric(10,6)", "10::numeric(1000,500)",
    "'12.34'::money", "''::text", "'O''Brien \\ \"quoted\"'::text", "'pad'::char(8)", "'\"c\"'::\"char\"",
    "'naïve 日本語 🐘 \u202e rtl'::varchar", "'\\x00ff10'::bytea", "''::bytea", "'2024-02-29'::date",
    "'infinity'::date", "'4713-01-01 BC'::date", "'24:00:00'::time", "'12:34:56.789012+05:45'::timetz",
    "'2024-02-29 23:59:59.999999+00'::timestamptz", "'-infinity'::timestamptz", "'294276-12-31 23:59:59'::timestamp",
    "'-1 year 2 mons -3 days 04:05:06.7'::interval", "'{}'::int4[]", "'{1,NULL,3}'::int4[]",
    "'[2:3][-1:0]={{a,b},{\"c,d\",NULL}}'::text[]", "array['2024-01-01'::timestamptz, 'infinity']",
    "'{\"a\": [1, null, \"\\u00e9\"], \"b\": 1.10}'::json", "'{\"b\": 1.10, \"a\": {\"x\": []}}'::jsonb",
    "'$.a[*] ? (@ > 1)'::jsonpath", "'[1,5)'::int4range", "'empty'::numrange", "'(,2024-01-01]'::daterange",
    "'{[1,3),[7,9)}'::int4multirange", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "'192.168.0.1/24'::inet",
    "'2001:db8::/32'::cidr", "'08:00:2b:01:02:03'::macaddr", "'101'::bit(3)", "'10110'::varbit",
    "'a fat cat'::tsvector", "'fat & (cat | !rat)'::tsquery", "'<a b=\"1\">é</a>'::xml", "'(1.5,-2)'::point",
    "'((0,0),(1,1))'::path", "'<(0,0),5>'::circle", "row(1, null, 'x, y')", "'pg_class'::regclass",
    "'16/B374D848'::pg_lsn", "'10:20:10,14'::pg_snapshot", "'(1,2)'::tid", "'1'::xid", "'{1,2}'::int2vector",
]


def digest(value):
    """A value as it is when short, else its length and hash."""
    data = value if isinstance(value, (bytes, bytearray, memoryview)) else str(value).encode("utf-8", "surrogatepass")
    data = bytes(data)
    if len(data) > 160:
        return f"{len(data)} bytes {hashlib.sha256(data).hexdigest()[:16]}"
    return data.hex() if isinstance(value, (bytes, bytearray, memoryview)) else str(value)


def write(step, result):
    """Prints the line of a step; control characters are escaped so that it stays one line."""
    text = str(result).replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\x00", "\\0")
    print(f"{step}: {text}", flush=True)


def selected(step):
    """Whether MATRIX_ONLY, a part of step names for work on one step, lets this one run."""
    return os.environ.get("MATRIX_ONLY", "") in step


def fail_line(step, error):
    """A failure that the client itself raised: no server error, so only its kind is comparable."""
    first = str(error).splitlines()[0] if str(error) else ""
    write(step, f"client error {type(error).__name__}: {first}")
    if os.environ.get("MATRIX_TRACE"):
        import traceback

        traceback.print_exc(file=sys.stderr)


# What a refused statement names, and the code of its refusal: the gate's own on one side, an error of the server's at the
# same place on the other. Without them there is nobody to refuse, and the steps on refusals are left out.
REFUSED = os.environ.get("MATRIX_REFUSED", "")
REFUSED_CODE = os.environ.get("MATRIX_REFUSED_CODE", "")
DELETE = f"delete from {REFUSED}"
# What runs around it leaves a trail: numbers in a table of that name.
AROUND = ["insert into trail values (1)", "select 'a', 2", "insert into trail values (3) returning n", "select 4 where false"]


def sequences():
    """Texts with a refused one at every place, outside and inside of a transaction block, and some more."""
    for place in range(len(AROUND) + 1):
        texts = [*AROUND[:place], DELETE, *AROUND[place:]]
        yield texts
        yield ["begin", *texts, "commit"]
    yield ["begin", AROUND[0], "savepoint a", "insert into trail values (5)", DELETE, "rollback to a", AROUND[2], "commit"]
    yield [DELETE, "select 3", DELETE]
    yield ["begin", AROUND[0], DELETE, "rollback", AROUND[2]]
    yield ["begin", AROUND[0], DELETE, "commit", AROUND[2]]


def code(sqlstate):
    """The code of an error, a refusal's as one word."""
    return "refused" if sqlstate == REFUSED_CODE else sqlstate
