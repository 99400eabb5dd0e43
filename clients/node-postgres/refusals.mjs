// Refusals at every place: what a client sees and what has run is the same whether the gate refuses a statement or the
// server fails at it.

import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { Readable, Writable } from "node:stream";

const TABLE = process.env.MATRIX_REFUSED ?? "";
const DELETE = `delete from ${TABLE}`;
// What runs around it leaves a trail: numbers in a table of that name.
const AROUND = ["insert into trail values (1)", "select 'a', 2", "insert into trail values (3) returning n", "select 4 where false"];

// Texts with a refused one at every place, outside and inside of a transaction block, and some more.
function* sequences() {
  for (let place = 0; place <= AROUND.length; place++) {
    const texts = [...AROUND.slice(0, place), DELETE, ...AROUND.slice(place)];
    yield texts;
    yield ["begin", ...texts, "commit"];
  }
  yield ["begin", AROUND[0], "savepoint a", "insert into trail values (5)", DELETE, "rollback to a", AROUND[2], "commit"];
  yield [DELETE, "select 3", DELETE];
  yield ["begin", AROUND[0], DELETE, "rollback", AROUND[2]];
  yield ["begin", AROUND[0], DELETE, "commit", AROUND[2]];
}

const answer = (result) => (Array.isArray(result) ? result.map(answer) : [result.command, result.rowCount, result.rows]);
const attempt = (work) => Promise.resolve(work).then(answer, (error) => (error.code === process.env.MATRIX_REFUSED_CODE ? "refused" : error.severity ? error.code : error.message));

// `open` gives a connection of its own; `Cursor` and the streams are the driver's.
export function refusals({ open, Cursor, QueryStream, from, to }) {
  if (!TABLE) return {};

  const each = (query) => async (client, texts) => {
    const out = [];
    for (const text of texts) {
      const status = once(client.connection, "readyForQuery");
      out.push(await attempt(client.query(query(text))), (await status)[0].status);
    }
    return out;
  };
  const queued = (query) => (client, texts) => Promise.all(texts.map((text) => attempt(client.query(query(text)))));
  const cursors = async (client, texts) => {
    const out = [];
    for (const text of texts) {
      const cursor = client.query(new Cursor(text));
      out.push(await cursor.read(1).then((rows) => rows, (error) => (error.code === process.env.MATRIX_REFUSED_CODE ? "refused" : error.code)));
      await cursor.close();
    }
    return out;
  };
  // A block begins before the text: of a refused text nothing runs, its BEGIN neither.
  const together = async (client, texts) => {
    const begun = texts[0] === "begin" ? await attempt(client.query("begin")) : null;
    return [begun, await attempt(client.query((begun ? texts.slice(1) : texts).join("; ")))];
  };
  const begunTogether = (client, texts) => attempt(client.query(texts.join("; ")));

  const sequenced = (how) => async () => {
    const client = await open();
    await client.query("create table trail (n int)");
    const out = [];
    for (const texts of sequences()) {
      const seen = await how(client, texts);
      const status = once(client.connection, "readyForQuery");
      await client.query("select 1").catch(() => {});
      const state = (await status)[0].status;
      if (state !== "I") await client.query("rollback");
      out.push([seen, state, (await client.query("select n from trail order by n")).rows]);
      await client.query("delete from trail");
    }
    await client.query("drop table trail");
    return out;
  };

  const others = async () => {
    const client = await open();
    const works = [
      () => client.query(`select * from ${TABLE} where id = $1`, [1]),
      () => client.query({ text: `select * from ${TABLE} where id = $1`, values: [1], binary: true }),
      () => client.query({ name: "refused", text: `select * from ${TABLE} where id = $1`, values: [1] }),
      () => client.query({ name: "refused", text: `select * from ${TABLE} where id = $1`, values: [1] }),
      async () => { const rows = []; for await (const row of client.query(new QueryStream(`select * from ${TABLE}`))) rows.push(row); return { rows }; },
      () => pipeline(Readable.from(["9\tx\n"]), client.query(from(`copy ${TABLE} from stdin`))).then(() => ({ command: "copied" })),
      () => pipeline(client.query(to(`copy ${TABLE} to stdout`)), new Writable({ write: (piece, _, next) => next() })).then(() => ({ command: "copied" })),
      () => client.query(`explain ${DELETE}`),
      () => client.query(`prepare p as table ${TABLE}`),
    ];
    const out = [];
    for (const block of [false, true])
      for (const work of works) {
        if (block) await client.query("begin");
        out.push(await attempt(work()));
        if (block) out.push(await attempt(client.query("select 1")), await attempt(client.query("rollback")));
        out.push(await attempt(client.query("select 'usable'")));
      }
    return out;
  };

  let names = 0;
  const plain = (text) => text, unnamed = (text) => ({ text, values: [], queryMode: "extended" }), named = (text) => ({ name: `s${names++}`, text, values: [] });
  return {
    "refused simple": sequenced(each(plain)), "refused extended": sequenced(each(unnamed)), "refused named": sequenced(each(named)),
    "refused queued": sequenced(queued(plain)), "refused queued extended": sequenced(queued(unnamed)), "refused queued named": sequenced(queued(named)),
    "refused cursors": sequenced(cursors), "refused together": sequenced(together), "refused begun together": sequenced(begunTogether), "refused others": others,
  };
}
