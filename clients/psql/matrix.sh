#!/usr/bin/env bash
# psql (libpq, the interactive client): one line for every step. Each step is a script fed to psql of its own; standard
# output and error are taken together, in the order of a terminal. MATRIX_ONLY runs the steps whose name contains it.
set -uo pipefail

export PGOPTIONS="-c search_path=matrix_psql" PSQLRC=/dev/null PSQL_HISTORY=/dev/null PAGER=cat LC_ALL=C.UTF-8
export PSQL_PAGER=cat
megabytes=${MATRIX_MB:-100}
# The text of a statement is recorded whole: the gate refuses one over its limit, 16 MB unless it is raised.
text_megabytes=$((megabytes < 12 ? megabytes : 12))
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Its functions; a file that is missing ends the run.
source "$(dirname "${BASH_SOURCE[0]}")/refusals.sh" || exit 1

# What differs from run to run: addresses in messages about connections, process ids of notifications. A refusal's code
# alone (VERBOSITY=sqlstate) is one word.
steady() {
    sed -E 's/server process with PID [0-9]+/server process with PID N/; s/connection to server (at|on socket) [^:]*: //; s/^psql: error: //' |
        if [[ -n ${MATRIX_REFUSED_CODE:-} ]]; then sed -E "s/(ERROR:  |^true )$MATRIX_REFUSED_CODE( |\$)/\1refused\2/"; else cat; fi
}

# One step: its name, then psql's arguments; its script comes by standard input. Long output is given by its hash.
step() {
    local name="psql $1" text
    shift
    if [[ "$name" != *"${MATRIX_ONLY:-}"* ]]; then
        cat >/dev/null
        return
    fi
    text=$(timeout 120 psql -X --no-password "$@" -f - 2>&1 | steady; echo "exit ${PIPESTATUS[0]}")
    write "$name" "$text"
}

write() {
    local text=$2
    if ((${#text} > 6000)); then
        text="${#text} characters $(sha256sum <<<"$text" | cut -c1-16), ends: ${text: -60}"
    fi
    text=${text//\\/\\\\}
    printf '%s: %s\n' "$1" "${text//$'\n'/\\n}"
}

psql -Xq -c "set client_min_messages = warning; drop schema if exists matrix_psql cascade; create schema matrix_psql;" \
    -c "create table item (id int primary key, name text not null, price numeric(10,2)); insert into item select g, 'item ' || g, g * 1.5 from generate_series(1, 100) g; create view cheap as select * from item where price < 10; create function twice(int) returns int language sql as 'select \$1 * 2'" || exit 1

step simple <<'S'
select * from item order by id limit 3;
select null, '', 'é 日本語 🐘', 1.50, true, '{1,2}'::int[];
insert into item values (200, 'x', 1), (201, 'y', 2); update item set price = 3 where id > 199; delete from item where id > 199 returning id;
table item limit 0;
\gdesc
S
step several <<'S'
select 1\; select 2, 'two'\; insert into item values (300, 'x', 1)\; delete from item where id = 300;
insert into item values (301, 'rolled back', 1)\; select 1/0\; select 'never';
select count(*) from item where id = 301;
;
S
step formats -P null=NIL <<'S'
\x on
select * from item limit 1;
\x off
\pset format csv
select id, name || ',"', null from item order by 1 limit 2;
\pset format unaligned
select id, price from item order by 1 limit 2;
\pset format html
select '<a>' as "b&c";
S
step describe <<'S'
\d item
\d+ cheap
\df twice
\dt
\dv
\sf twice
\dn matrix_psql
\du nobody_at_all
\l nothing_at_all
\d absent
\conninfo_is_not_a_command
S
step variables <<'S'
select id as v_id, name as v_name from item where id = 7 \gset
\echo :v_id :'v_name' :ERROR :SQLSTATE :ROW_COUNT :SERVER_VERSION_NUM
select :v_id + 1, :'v_name';
select 1/0;
\echo :ERROR :SQLSTATE :LAST_ERROR_SQLSTATE :LAST_ERROR_MESSAGE
select 'select ' || g from generate_series(1, 3) g \gexec
select g, g % 2 from generate_series(1, 4) g \crosstabview
S
step errors -v VERBOSITY=verbose <<'S'
select 1/0;
selec 1;
select * from nowhere;
select
  nocolumn
from item;
insert into item values (1, 'dup', 1);
insert into item values (400, null, 1);
do $$ begin raise exception 'own' using errcode = 'TH001', detail = 'd', hint = 'h'; end $$;
create function broken() returns int language plpgsql as $$ begin return 'x'::int; end $$;
select broken();
S
step errexplain <<'S'
select 1/0;
\errverbose
\set SHOW_CONTEXT always
do $$ begin perform 1/0; end $$;
S
step "stops on error" -v ON_ERROR_STOP=1 <<'S'
select 1;
select 1/0;
select 'never';
S
step "single transaction" -1 -v ON_ERROR_STOP=1 <<'S'
insert into item values (500, 'x', 1);
select 1/0;
S
step transactions -v PROMPT1= <<'S'
begin; savepoint a; select 1/0; select 'aborted'; rollback to a; select 'again'; select 1/0; commit;
select count(*) from item where id = 500;
\set ON_ERROR_ROLLBACK on
begin; insert into item values (600, 'kept', 1); insert into item values (600, 'dup', 1); select 'alive'; commit; delete from item where id = 600;
\set AUTOCOMMIT off
insert into item values (601, 'x', 1);
rollback;
select count(*) from item where id > 500;
S
step notices <<'S'
do $$ begin raise info 'i'; raise notice 'n' using detail = 'd', hint = 'h'; raise warning 'w é'; end $$;
drop table if exists absent; select 1; drop view if exists absent;
set client_min_messages = error;
do $$ begin raise warning 'unheard'; end $$;
S
step prepared <<'S'
prepare p (int) as select name from item where id = $1;
execute p (3); execute p (1000); deallocate p; execute p (3);
prepare q as insert into item values ($1, $2, $3); execute q (700, 'q', 1); delete from item where name = 'q'; discard all; execute q (1, '', 1);
S
step cursors <<'S'
begin; declare c scroll cursor for select id from item order by id; fetch 3 from c; move 90 in c; fetch 2 from c; fetch backward 1 from c; close c; fetch c; rollback;
\set FETCH_COUNT 7
select id from item order by id;
select 10 / (15 - id) from item order by id;
begin; declare h cursor with hold for select 1 union all select 2; commit; fetch all h; close all;
S
step copy <<'S'
create temp table load (id int, name text);
copy load from stdin;
1	one
2	\N
3	tab\tand\\
\.
\copy load from pstdin csv header
id,name
4,"four, ""4"""
\.
copy load to stdout;
copy load to stdout (format csv, header, force_quote *);
\copy (select name from load where id = 4) to pstdout
copy load from stdin;
x	bad
\.
copy load (id, absent) from stdin;
copy (select 1/0) to stdout;
select count(*) from load;
S
seq 1 "${MATRIX_ROWS:-20000}" | sed 's/$/\tline é/' >"$folder/lines"
step "copy many" <<S
create temp table load (id int, name text);
\copy load from '$folder/lines'
\copy load to '$folder/back'
\copy load to '$folder/binary' (format binary)
truncate load;
\copy load from '$folder/binary' (format binary)
select count(*), sum(id), md5(string_agg(name, '' order by id)) from load;
\! cmp $folder/lines $folder/back && echo same
S
step "large copy" <<S
create temp table load (name text);
\copy load from program 'head -c ${megabytes}000000 /dev/zero | tr "\\\\0" x'
select length(name), md5(name) from load;
\copy load to program 'md5sum'
S
step "large statement" -At <<S
select repeat('large ', ${text_megabytes}00000) as large \gset
select md5(:'large');
select length('no error before ' || :'large') / 0;
S
step "large result" -At <<S
select repeat('é', ${megabytes}000000 / 2);
S
step "large objects" -At <<'S'
select lo_from_bytea(0, decode(repeat('00ff', 50000), 'hex')) as o \gset
select md5(lo_get(:o)), length(lo_get(:o)), lo_put(:o, 99998, '\xaabbcc'), lo_get(:o, 99996, 9);
begin; select loread(lo_open(:o, 262144), 4); commit;
select lo_unlink(:o); select lo_get(1);
S
step types -At <<'S'
set timezone = 'UTC'; set extra_float_digits = 1;
select 'NaN'::numeric, 'Infinity'::float8, '-0'::float4, 'infinity'::date, '2024-02-29 23:59:59.9+00'::timestamptz, '{NULL,"a,b"}'::text[], '{"a": 1.10}'::json, '[1,3)'::int4range, '\xff'::bytea, row(1, null), '1 day -2 hours'::interval, '12.34'::numeric(20,10), 'empty'::tsrange;
S
step "start-up options" -qAt <<'S'
\c "options='-c statement_timeout=2345 -c search_path=pg_catalog -c work_mem=6MB' application_name=matrix-é"
show statement_timeout; show search_path; show work_mem; reset work_mem; show work_mem; show application_name;
S
step "start-up unknown" -qAt <<'S'
\c "options='-c nothing_such=1'"
show statement_timeout;
S
step "parameter status" -qAt <<'S'
\echo :ENCODING :SERVER_VERSION_NUM
set client_encoding = 'LATIN1';
\echo :ENCODING
\encoding
\encoding UTF8
select 'é', octet_length('é');
set standard_conforming_strings = off;
select 'a\\b';
S
step "start-up encoding" -qAt <<'S'
\c "client_encoding=LATIN1"
\encoding
S
step notify <<'S'
listen "chännel"; notify "chännel", 'to self'; begin; notify "chännel", 'in transaction'; select 'before commit'; commit; unlisten *; notify "chännel"; select 'end';
S
step time-outs <<'S'
set statement_timeout = 30; select pg_sleep(60); reset statement_timeout; select 'usable';
S
step "ends by server" -v PROMPT1= <<'S'
select pg_terminate_backend(pg_backend_pid());
select 'reconnected or not';
S
step "unknown database" -d no_such_database <<<"select 1;"
PGPASSWORD=wrong step "wrong password" <<<"select 1;"

# Control-C on a running statement: psql sends a cancel request of its own.
if [[ "psql cancel" == *"${MATRIX_ONLY:-}"* ]]; then
    (trap - INT; exec psql -X -c "set application_name = 'to be cancelled'; select pg_sleep(60)" -c "select 'after'") >"$folder/cancelled" 2>&1 &
    child=$!
    for _ in $(seq 1 500); do
        [[ $(psql -XAtc "select count(*) from pg_stat_activity where application_name = 'to be cancelled' and wait_event = 'PgSleep'") == 1 ]] && break
    done
    kill -INT "$child"
    wait "$child"
    status=$?
    write "psql cancel" "$(cat "$folder/cancelled") exit $status"
fi
refused_steps || exit 1
psql -Xq -c "set client_min_messages = warning; drop schema matrix_psql cascade"
