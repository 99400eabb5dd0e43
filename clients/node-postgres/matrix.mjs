// node-postgres (`pg`, JavaScript): one line for every step. The packages lie in the folder that MATRIX_MODULES names.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pipeline } from "node:stream/promises";
import { Readable, Writable } from "node:stream";
import { once } from "node:events";
import { refusals } from "./refusals.mjs";

const require = createRequire(`${process.env.MATRIX_MODULES}/`);
const pg = require("pg");
const Cursor = require("pg-cursor");
const QueryStream = require("pg-query-stream");
const { from, to } = require("pg-copy-streams");

const MEGABYTES = Number(process.env.MATRIX_MB ?? 100);
// The text of a statement is recorded whole: the gate refuses one over its limit, 16 MB unless it is raised.
const TEXT_MEGABYTES = Math.min(MEGABYTES, 12);
const DEPTH = Number(process.env.MATRIX_DEPTH ?? 1000);
const ROWS = Number(process.env.MATRIX_ROWS ?? 20000);
const FIELDS = ["severity", "code", "message", "detail", "hint", "position", "internalPosition", "internalQuery", "where", "schema", "table", "column", "dataType", "constraint", "file", "line", "routine"];

// Errors and notices: every field that the same server build sends the same way twice.
const fields = (error) => (error.code && error.severity ? FIELDS.map((name) => error[name]).filter((value) => value !== undefined).join(" | ") : `client error ${error.code ?? ""} ${error.message}`);
const attempt = async (work) => { try { return await work; } catch (error) { return error.severity ? error.code : `client error ${error.message}`; } };
const hash = (data) => createHash("sha256").update(data).digest("hex").slice(0, 16);
const rows = (result) => result.rows.map((row) => (Array.isArray(row) ? row : Object.values(row)));

function ssl() {
  const mode = process.env.PGSSLMODE ?? "prefer";
  if (!["require", "verify-ca", "verify-full"].includes(mode)) return false;
  if (!process.env.PGSSLROOTCERT) return { rejectUnauthorized: false };
  const checked = { ca: readFileSync(process.env.PGSSLROOTCERT, "utf8") };
  return mode === "verify-full" ? checked : { ...checked, checkServerIdentity: () => undefined };
}

let main, extra = [], notices = [];

async function open(settings = {}) {
  const client = new pg.Client({ ssl: ssl(), options: "-c search_path=matrix_node", ...settings });
  client.statuses = {};
  client.errors = [];
  client.on("error", (error) => client.errors.push(error.severity ? fields(error) : error.message));
  client.on("notice", (notice) => notices.push(fields(notice)));
  client.connection.on("parameterStatus", ({ parameterName, parameterValue }) => (client.statuses[parameterName] = parameterValue));
  await client.connect();
  extra.push(client);
  return client;
}

// Returns when the server process sleeps inside a statement; asked of the server, not timed.
async function waitActive(pid) {
  const watcher = await open();
  for (let n = 0; n < 20000; n++) {
    const { rows } = await watcher.query("select 1 from pg_stat_activity where pid = $1 and wait_event = 'PgSleep' and state = 'active'", [pid]);
    if (rows.length) return;
  }
  throw new Error("the statement did not start");
}

const pidOf = async (client) => (await client.query("select pg_backend_pid() as pid")).rows[0].pid;
const ended = (client) => new Promise((done) => (client.connection.stream.destroyed ? done() : client.once("end", done)));

const values = (binary) => async () => {
  const out = [];
  await main.query("set timezone = 'UTC'; set extra_float_digits = 1");
  for (const value of ["null::int4", "true", "32767::int2", "-9223372036854775808", "'NaN'::float8", "'-Infinity'::float4", "1.50::numeric", "'NaN'::numeric", "'é 🐘'", "''", "'\\x00ff'::bytea", "'infinity'::date", "'2024-02-29 23:59:59.999+00'::timestamptz", "'{1,NULL,3}'::int4[]", "'{\"a,b\",NULL}'::text[]", "'{\"a\": 1.10}'::json", "'{\"b\": null}'::jsonb", "'[1,5)'::int4range", "'1 year -2 days'::interval", "row(1, null)", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid"]) {
    const types = { getTypeParser: () => (raw) => (Buffer.isBuffer(raw) ? raw.toString("hex") : raw) };
    const result = await main.query({ text: `select ${value} where $1::bool`, values: [true], binary, types, rowMode: "array" });
    out.push([result.fields[0].dataTypeID, result.fields[0].format, result.rows[0][0]]);
  }
  await main.query("reset all");
  return out;
};

// A cancel request as the driver writes it, on a connection of its own, in the clear as libpq's old one does.
async function cancelRequest(client) {
  const { connect } = await import("node:net");
  const socket = client.host.startsWith("/") ? connect(`${client.host}/.s.PGSQL.${client.port}`) : connect(client.port, client.host);
  await once(socket, "connect");
  const message = Buffer.alloc(16);
  [16, 80877102, client.processID].forEach((number, n) => message.writeInt32BE(number, n * 4));
  message.writeInt32BE(client.secretKey, 12);
  socket.end(message);
  socket.resume();
  await once(socket, "close");
}

const steps = {
  simple: async () => rows(await main.query("select id, name, price, null as n from item order by id limit 3")),
  "row description": async () => (await main.query("select id, name, price, id + 1 as next from item limit 0")).fields.map((f) => [f.name, f.columnID, f.dataTypeID, f.dataTypeSize, f.dataTypeModifier, f.format, f.tableID > 0]),
  several: async () => (await main.query("select 1; insert into item values (200, 'x'); select 'two' as a, 2 as b; delete from item where id = 200; set work_mem = '5MB'; reset all")).map((r) => [r.command, r.rowCount, rows(r)]),
  "several with an error": async () => [await attempt(main.query("insert into item values (201, 'x'); select 1/0; select 2")), (await main.query("select count(*) from item where id = 201")).rows],
  empty: async () => { const out = []; for (const text of ["", ";", "-- comment", "/* c */"]) out.push((await main.query(text)).command, (await main.query({ text, values: [] })).rowCount); return out; },
  parameters: async () => rows(await main.query("select $1::int a, $2::text b, $3::bytea c, $4::jsonb d, $5::text[] e, $6::timestamptz f, $7::bool g, $8::numeric h, $9::text i", [1, "é🐘", Buffer.from([0, 255]), { a: [1, null] }, ["a,b", null, '"'], new Date(0), false, "1e30", null])),
  "values text": values(false),
  "values binary": values(true),
  prepared: async () => {
    const out = [];
    for (let n = 0; n < 8; n++) out.push(rows(await main.query({ name: "by id", text: "select name from item where id = $1", values: [n] })));
    out.push(rows(await main.query("select name, statement, parameter_types::text[] from pg_prepared_statements")));
    out.push(await attempt(main.query({ name: "by id", text: "select name from item where id = $1", values: ["x"] })), rows(await main.query({ name: "by id", text: "select name from item where id = $1", values: [5] })));
    return out;
  },
  "prepared elsewhere": async () => {
    const out = [await attempt(main.query({ name: "wrong", text: "select nothing", values: [] })), await attempt(main.query({ name: "fails", text: "select 1 / $1::int as one", values: [0] })), rows(await main.query({ name: "fails", text: "select 1 / $1::int as one", values: [1] }))];
    await main.query("deallocate all");
    out.push(await attempt(main.query({ name: "fails", text: "select 1 / $1::int as one", values: [1] })));
    await main.end();
    return out;
  },
  errors: async () => {
    const out = [];
    for (const [text, given] of [["select 1/0"], ["selec 1"], ["select * from nowhere", []], ["insert into item values (1, 'dup')", []], ["insert into item values ($1, $2)", [300, null]], ["select $1::int", ["x"]], ["select $1::int", []], ["select $2::int", [1, 2]], ["select 1; select 2", []], ["do $$ begin raise exception 'own é' using errcode = 'TH001', detail = 'd', hint = 'h', column = 'c', table = 't', schema = 's', constraint = 'k', datatype = 'y'; end $$"], ["select $1::text", ["nul \0"]]])
      out.push(await main.query(text, given).then((result) => JSON.stringify(result.rows ?? result.length), fields));
    return out;
  },
  transaction: async () => {
    const out = [];
    for (const text of ["begin", "savepoint a", "select 1/0", "select 1", "rollback to a", "select 2", "select 1/0", "commit", "begin isolation level repeatable read read only", "insert into item values (400, 'x')", "rollback", "rollback", "begin; select 1; select 1/0; commit", "select 3", "rollback"]) {
      const status = once(main.connection, "readyForQuery");
      const answer = await main.query(text).then((r) => (Array.isArray(r) ? r.map((p) => p.command) : r.command), (error) => error.code);
      out.push([text, answer, (await status)[0].status]);
    }
    return out;
  },
  notices: async () => {
    await main.query("do $$ begin raise info 'i'; raise notice 'n é' using detail = 'd', hint = 'h', errcode = 'TH002'; raise warning 'w'; end $$; drop table if exists absent; select 1");
    await main.query({ text: "drop view if exists absent", values: [] });
    return notices;
  },
  "queued deep": async () => {
    const all = [];
    for (let n = 0; n < DEPTH; n++) all.push(main.query(n % 100 === 50 ? "select 1/0 as n" : "select $1::int as n", n % 100 === 50 ? undefined : [n]).then((r) => r.rows[0].n, () => 0));
    return (await Promise.all(all)).reduce((a, b) => a + b, 0);
  },
  cursor: async () => {
    const cursor = main.query(new Cursor("select id from item where id > $1 order by id", [0]));
    const out = [(await cursor.read(3)).map((r) => r.id), (await cursor.read(90)).length, (await cursor.read(100)).map((r) => r.id), (await cursor.read(1)).length];
    await cursor.close();
    const early = main.query(new Cursor("select generate_series(1, 1000000) as n"));
    out.push((await early.read(2)).length);
    await early.close();
    const failing = main.query(new Cursor("select 10 / (5 - g) as v from generate_series(1, 9) g"));
    out.push((await failing.read(2)).length, await attempt(failing.read(100)));
    return [out, rows(await main.query("select 'usable'"))];
  },
  "query stream": async () => {
    const total = createHash("sha256");
    let count = 0;
    for await (const row of main.query(new QueryStream("select g, md5(g::text) as h from generate_series(1, $1::int) g", [ROWS], { batchSize: 100 }))) { total.update(row.h); count++; }
    return [count, total.digest("hex").slice(0, 16)];
  },
  "copy in": async () => {
    await main.query("create temp table load (id int, name text)");
    const lines = function* () { for (let n = 0; n < ROWS; n++) yield `${n}\té ${n}\n`; };
    const out = [];
    const stream = main.query(from("copy load from stdin"));
    await pipeline(Readable.from(lines()), stream);
    out.push(stream.rowCount);
    for (const [text, data] of [["copy load from stdin", "1\tx\nbad\ty\n"], ["copy load from stdin (format binary)", "nonsense that is long enough"], ["copy absent from stdin", "1\n"], ["copy load from stdin (format csv)", '1,"a ""b"""\n2,\n']])
      out.push(await pipeline(Readable.from([data]), main.query(from(text))).then(() => "done", fields));
    const broken = main.query(from("copy load from stdin"));
    out.push(await pipeline(Readable.from((function* () { yield "7\tx\n"; throw new Error("own error"); })()), broken).catch((error) => error.message));
    return [out, rows(await main.query("select count(*), sum(id) from load")), rows(await main.query("table load order by id desc, name limit 2"))];
  },
  "copy out": async () => {
    const out = [];
    for (const text of ["copy (select id, name, null from item order by id limit 3) to stdout", "copy (select g, md5(g::text) from generate_series(1, 20000) g) to stdout (format binary)", "copy item to stdout (format csv, header)", "copy (select 1 where false) to stdout", "copy (select 1/0) to stdout"]) {
      const total = createHash("sha256");
      out.push([await pipeline(main.query(to(text)), new Writable({ write(piece, _, next) { total.update(piece); next(); } })).then(() => "done", fields), total.digest("hex").slice(0, 16)]);
    }
    return out;
  },
  large: async () => {
    const size = MEGABYTES * 1024 * 1024;
    const text = "é-text ".repeat(size / 8), data = Buffer.alloc(size, "\x00\x01\xfe\xff", "latin1");
    const out = [];
    for (const [kind, value] of [["text", text], ["bytea", data]]) {
      const row = (await main.query(`select octet_length(v) as n, md5(v) as m from (select $1::${kind} as v) x`, [value])).rows[0];
      out.push(row.n, row.m === createHash("md5").update(value).digest("hex"));
    }
    for (const binary of [false, true]) {
      const row = (await main.query({ text: "select repeat('result é', $1::int) as t, decode(repeat('00ff', $1::int), 'hex') as b", values: [MEGABYTES * 100_000], binary })).rows[0];
      out.push(Buffer.byteLength(row.t), hash(row.t), row.b.length, hash(row.b));
    }
    return [out, rows(await main.query(`select length('${"x".repeat(TEXT_MEGABYTES * 1024 * 1024)}')`))];
  },
  "large objects": async () => {
    const oid = (await main.query("select lo_from_bytea(0, $1) as o", [Buffer.alloc(300000, 7)])).rows[0].o;
    const out = [hash((await main.query("select lo_get($1) as d", [oid])).rows[0].d)];
    await main.query("select lo_put($1, 4, $2)", [oid, Buffer.from([1, 2])]);
    out.push((await main.query("select lo_get($1, 2, 6) as d", [oid])).rows[0].d.toString("hex"), rows(await main.query("select lo_unlink($1)", [oid])), await attempt(main.query("select lo_get(1)")));
    return out;
  },
  "start-up": async () => {
    const client = await open({ application_name: "node matrix", statement_timeout: 12345, lock_timeout: 2222, idle_in_transaction_session_timeout: 33333, options: "-c work_mem=6MB -c search_path=pg_catalog" });
    const out = [];
    for (const name of ["application_name", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "work_mem", "search_path", "client_encoding"]) out.push(rows(await client.query(`show ${name}`)));
    return out;
  },
  "parameter status": async () => {
    const names = ["TimeZone", "DateStyle", "application_name", "server_encoding", "client_encoding", "standard_conforming_strings", "integer_datetimes", "is_superuser", "IntervalStyle"];
    const client = await open({ application_name: "given" });
    const out = [names.map((name) => client.statuses[name])];
    for (const text of ["set timezone = 'Asia/Tokyo'; set application_name = 'x'", "begin; set timezone = 'UTC'; rollback", "reset all"]) { await client.query(text); out.push(names.map((name) => client.statuses[name])); }
    return [out, client.statuses.server_version];
  },
  "own pid": async () => main.processID === (await pidOf(main)),
  cancel: async () => {
    const pid = await pidOf(main);
    const sleeping = main.query("select pg_sleep(60)").catch(fields);
    await waitActive(pid);
    await cancelRequest(main);
    return [await sleeping, rows(await main.query("select 'usable'"))];
  },
  "cancel with a wrong key": async () => {
    const pid = await pidOf(main);
    const sleeping = main.query("select pg_sleep(0.2)").then(() => "slept", fields);
    await waitActive(pid);
    await cancelRequest({ host: main.host, port: main.port, processID: main.processID, secretKey: main.secretKey ^ 1 });
    return await sleeping;
  },
  notifications: async () => {
    const [listener, sender] = [await open(), await open()];
    const pid = await pidOf(sender), seen = [];
    const all = new Promise((done) => listener.on("notification", (n) => { seen.push([n.channel, n.payload.length, n.payload.slice(0, 10), n.processId === pid]); if (n.payload === "end") done(); }));
    await listener.query('listen plain; listen "Çhannel"');
    await sender.query("notify plain; notify plain, 'päyload'; select pg_notify('Çhannel', repeat('x', 7999))");
    await sender.query("begin; notify plain, 'rolled back'; rollback");
    await sender.query("notify plain, 'end'");
    await all;
    return seen;
  },
  "time-outs": async () => {
    const client = await open({ statement_timeout: 30 });
    return [await client.query("select pg_sleep(60)").catch(fields), await client.query("select pg_sleep($1)", [60]).catch(fields), rows(await client.query("select 'usable'"))];
  },
  "idle ends": async () => {
    const out = [];
    for (const text of ["set idle_session_timeout = 50", "begin; set idle_in_transaction_session_timeout = 50"]) { const client = await open(); await client.query(text); await ended(client); out.push(client.errors); }
    const client = await open();
    const pid = await pidOf(client);
    await Promise.all([ended(client), main.query("select pg_terminate_backend($1)", [pid])]);
    return [out, client.errors];
  },
  "terminated self": async () => { const client = await open(); const end = ended(client); const answer = await client.query("select pg_terminate_backend(pg_backend_pid())").catch(fields); await end; return [answer, client.errors.length]; },
  concurrent: async () => Promise.all(Array.from({ length: 20 }, async (_, n) => { const client = await open(); let total = 0; for (let k = 0; k < 50; k++) total += (await client.query("select $1::int + $2::int as s", [n, k])).rows[0].s; return total; })),
  "start-up unknown": async () => open({ options: "-c nothing_such=1" }).catch((e) => e.code),
  replication: async () => open({ replication: "database" }).catch((e) => e.code),
  refused: async () => [await open({ database: "no_such_database" }).catch((e) => e.code), await open({ options: "-c work_mem=much" }).catch((e) => e.code), await open({ password: "wrong" }).catch((e) => e.code)],
};

async function settle() {
  await Promise.all(extra.filter((client) => client !== main).map((client) => client.end().catch(() => {})));
  extra = [];
  notices = [];
  await main?.end().catch(() => {});
  main = await open();
}

await settle();
await main.query("set client_min_messages = warning; drop schema if exists matrix_node cascade; create schema matrix_node");
await main.query("create table item (id int primary key, name text not null, price numeric(10,2)); insert into item select g, 'item ' || g, g * 1.5 from generate_series(1, 100) g");
Object.assign(steps, refusals({ open, Cursor, QueryStream, from, to }));
for (const [name, step] of Object.entries(steps)) {
  const title = `node-postgres ${name}`;
  if (!title.includes(process.env.MATRIX_ONLY ?? "")) continue;
  await settle();
  let line;
  let timer;
  const limit = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error("no answer")), 120_000)));
  try { line = JSON.stringify(await Promise.race([step(), limit])); } catch (error) { line = fields(error); }
  clearTimeout(timer);
  console.log(`${title}: ${String(line).replaceAll("\n", "\\n")}`);
}
await settle();
await main.query("set client_min_messages = warning; drop schema matrix_node cascade");
await settle();
process.exit(0);
