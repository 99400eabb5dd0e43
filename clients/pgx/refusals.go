// Refusals at every place: what a client sees and what has run is the same whether the gate refuses a statement or the
// server fails at it.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgconn/stmtcache"
	"github.com/jackc/pgx/v4"
)

// What a refused statement names; without it there is nobody to refuse, and these steps are left out.
var refusedTable = os.Getenv("MATRIX_REFUSED")

// What runs around it leaves a trail: numbers in a table of that name.
var around = []string{"insert into trail values (1)", "select 'a', 2", "insert into trail values (3) returning n", "select 4 where false"}

func refusedDelete() string { return "delete from " + refusedTable }

// The code of an error, a refusal's as one word. What the driver says by itself is told by its kind.
func refusedCode(err error) string {
	found := code(err)
	if found == os.Getenv("MATRIX_REFUSED_CODE") {
		return "refused"
	}
	return found
}

// Texts with a refused one at every place, outside and inside of a transaction block, and some more.
func sequences() [][]string {
	var out [][]string
	for place := 0; place <= len(around); place++ {
		texts := append(append(append([]string{}, around[:place]...), refusedDelete()), around[place:]...)
		out = append(out, texts, append(append([]string{"begin"}, texts...), "commit"))
	}
	return append(out,
		[]string{"begin", around[0], "savepoint a", "insert into trail values (5)", refusedDelete(), "rollback to a", around[2], "commit"},
		[]string{refusedDelete(), "select 3", refusedDelete()},
		[]string{"begin", around[0], refusedDelete(), "rollback", around[2]},
		[]string{"begin", around[0], refusedDelete(), "commit", around[2]})
}

// What one result holds.
func answer(result *pgconn.Result) any {
	if result.Err != nil {
		return refusedCode(result.Err)
	}
	return []any{result.CommandTag.String(), fmt.Sprintf("%q", result.Rows)}
}

func answers(reader *pgconn.MultiResultReader) any {
	results, err := reader.ReadAll()
	out := []any{}
	for _, result := range results {
		out = append(out, answer(result))
	}
	return append(out, refusedCode(err))
}

// A way to send the texts of a sequence; it returns what was seen.
type way func(c *pgx.Conn, texts []string) any

// Every text by itself, and the transaction's state after each.
func each(send func(c *pgx.Conn, text string) any) way {
	return func(c *pgx.Conn, texts []string) any {
		out := []any{}
		for _, text := range texts {
			out = append(out, send(c, text), status(c))
		}
		return out
	}
}

func sendSimple(c *pgx.Conn, text string) any { return answers(c.PgConn().Exec(bg, text)) }

func sendExtended(c *pgx.Conn, text string) any {
	return answer(c.PgConn().ExecParams(bg, text, nil, nil, nil, []int16{1}).Read())
}

// Parse in one round trip, Bind and Execute in another; a name that could not be prepared is used all the same.
func sendPrepared(c *pgx.Conn, text string) any {
	_, err := c.PgConn().Prepare(bg, "kept", text, nil)
	out := []any{refusedCode(err), answer(c.PgConn().ExecPrepared(bg, "kept", nil, nil, nil).Read())}
	if err == nil {
		out = append(out, answer(c.PgConn().ExecParams(bg, "deallocate kept", nil, nil, nil, nil).Read()))
	}
	return out
}

// The driver's own ways: with its cache of prepared statements, of descriptions, or without one.
func sendQuery(c *pgx.Conn, text string) any {
	set, err := c.Query(bg, text)
	if err != nil {
		return refusedCode(err)
	}
	defer set.Close()
	out := []any{}
	for set.Next() {
		values, err := set.Values()
		check(err)
		out = append(out, values)
	}
	return append(out, refusedCode(set.Err()), set.CommandTag().String())
}

func sendQueryRow(c *pgx.Conn, text string) any {
	var first any
	return []any{refusedCode(c.QueryRow(bg, text).Scan(&first)), first}
}

func sendExec(c *pgx.Conn, text string) any {
	tag, err := c.Exec(bg, text)
	return []any{tag.String(), refusedCode(err)}
}

// All in one text. A block begins before it: of a refused text nothing runs, its BEGIN neither.
func together(c *pgx.Conn, texts []string) any {
	begun := any(nil)
	if texts[0] == "begin" {
		begun = sendSimple(c, "begin")
		texts = texts[1:]
	}
	_, err := c.PgConn().Exec(bg, strings.Join(texts, "; ")).ReadAll()
	return []any{begun, refusedCode(err)}
}

// All in one text that begins the block: differs as it must.
func begunTogether(c *pgx.Conn, texts []string) any {
	_, err := c.PgConn().Exec(bg, strings.Join(texts, "; ")).ReadAll()
	return refusedCode(err)
}

// All is sent before anything is read, with one Sync.
func batchRaw(c *pgx.Conn, texts []string) any {
	batch := &pgconn.Batch{}
	for n, text := range texts {
		batch.ExecParams(text, nil, nil, nil, []int16{int16(n % 2)})
	}
	return answers(c.PgConn().ExecBatch(bg, batch))
}

// The same with statements that were prepared before; where that failed the name is used all the same.
func batchPrepared(c *pgx.Conn, texts []string) any {
	out := []any{}
	batch := &pgconn.Batch{}
	for n, text := range texts {
		name := fmt.Sprintf("s%d", n)
		_, err := c.PgConn().Prepare(bg, name, text, nil)
		out = append(out, refusedCode(err))
		batch.ExecPrepared(name, nil, nil, nil)
	}
	out = append(out, answers(c.PgConn().ExecBatch(bg, batch)), status(c))
	// The driver keeps none of these names, so all may go.
	return append(out, sendSimple(c, "rollback"), sendSimple(c, "deallocate all"))
}

// The driver's batch: it prepares what it does not know before it sends anything of it.
func batch(c *pgx.Conn, texts []string) any {
	queued := &pgx.Batch{}
	for _, text := range texts {
		queued.Queue(text)
	}
	out := []any{}
	results := c.SendBatch(bg, queued)
	for range texts {
		tag, err := results.Exec()
		out = append(out, tag.String(), refusedCode(err))
	}
	return append(out, refusedCode(results.Close()))
}

// Only whether a batch failed and how: sent as one text, of which nothing runs when it is refused.
func batchSimple(c *pgx.Conn, texts []string) any {
	begun := any(nil)
	if texts[0] == "begin" {
		begun = sendSimple(c, "begin")
		texts = texts[1:]
	}
	queued := &pgx.Batch{}
	for _, text := range texts {
		queued.Queue(text)
	}
	return []any{begun, refusedCode(c.SendBatch(bg, queued).Close())}
}

// A step: every sequence sent this way, then the transaction's state and what has run.
func sequenced(send way, change func(*pgx.ConnConfig)) func() any {
	return func() any {
		c, err := open(change)
		check(err)
		check2(main_.Exec(bg, "create table trail (n int)"))
		out := []any{}
		for _, texts := range sequences() {
			seen := send(c, texts)
			state := status(c)
			if state != "I" {
				sendSimple(c, "rollback")
			}
			out = append(out, seen, state, rows(main_, "select n from trail order by n"), "\n")
			check2(main_.Exec(bg, "delete from trail"))
		}
		return append(out, run(main_, "drop table trail"))
	}
}

func simply(c *pgx.ConnConfig)   { c.PreferSimpleProtocol = true }
func uncached(c *pgx.ConnConfig) { c.BuildStatementCache = nil }
func describing(c *pgx.ConnConfig) {
	c.BuildStatementCache = func(conn *pgconn.PgConn) stmtcache.Cache { return stmtcache.New(conn, stmtcache.ModeDescribe, 32) }
}

// The driver's transactions and savepoints, and its functions that open and end them.
func blocks() any {
	check2(main_.Exec(bg, "create table trail (n int)"))
	out := []any{}
	inner := func(tx pgx.Tx) error {
		if _, err := tx.Exec(bg, "insert into trail values (3)"); err != nil {
			return err
		}
		_, err := tx.Exec(bg, refusedDelete())
		return err
	}
	out = append(out, refusedCode(main_.BeginFunc(bg, inner)), status(main_))
	out = append(out, refusedCode(main_.BeginFunc(bg, func(tx pgx.Tx) error {
		check2(tx.Exec(bg, "insert into trail values (1)"))
		out = append(out, refusedCode(tx.BeginFunc(bg, inner)), status(main_))
		_, err := tx.Exec(bg, "insert into trail values (2)")
		return err
	})), status(main_))
	tx, err := main_.Begin(bg)
	check(err)
	out = append(out, refusedCode(inner(tx)), status(main_), errors.Is(tx.Commit(bg), pgx.ErrTxCommitRollback), status(main_))
	tx, err = main_.Begin(bg)
	check(err)
	queued := &pgx.Batch{}
	queued.Queue("insert into trail values (4)")
	queued.Queue(refusedDelete())
	out = append(out, refusedCode(tx.SendBatch(bg, queued).Close()), status(main_), failure(tx.Rollback(bg)), status(main_))
	return append(out, rows(main_, "select n from trail order by n"), run(main_, "drop table trail"))
}

// What is no plain text: values, COPY both ways, cursors and plans; outside and inside of a block.
func refusedOthers() any {
	copyFrom := func(source pgx.CopyFromSource) any {
		count, err := main_.CopyFrom(bg, pgx.Identifier(strings.Split(refusedTable, ".")), []string{"id", "note"}, source)
		return []any{count, refusedCode(err)}
	}
	works := []func() any{
		func() any { return sendText("select * from "+refusedTable+" where id = $1", 1) },
		func() any { return sendText("update "+refusedTable+" set note = $1 where id = $2", "x", 1) },
		func() any { return copyFrom(pgx.CopyFromRows([][]any{{9, "x"}})) },
		func() any {
			return copyFrom(pgx.CopyFromSlice(20000, func(n int) ([]any, error) { return []any{n, "x"}, nil }))
		},
		func() any {
			_, err := main_.PgConn().CopyFrom(bg, strings.NewReader("9\tx\n"), "copy "+refusedTable+" from stdin")
			return refusedCode(err)
		},
		func() any {
			_, err := main_.PgConn().CopyFrom(bg, strings.NewReader(strings.Repeat("x\n", 200000)), "copy "+refusedTable+" from stdin (format csv)")
			return refusedCode(err)
		},
		func() any { return copyTo("copy " + refusedTable + " to stdout") },
		func() any { return copyTo("copy (select id from " + refusedTable + ") to stdout (format binary)") },
		func() any { return sendSimple(main_, "explain "+refusedDelete()) },
		func() any { return sendExtended(main_, "prepare p as table "+refusedTable) },
		func() any { return sendExtended(main_, "declare c cursor for table "+refusedTable) },
		func() any {
			return answer(main_.PgConn().ExecParams(bg, refusedDelete()+" where id = $1", [][]byte{[]byte("1")}, nil, nil, nil).Read())
		},
		func() any { _, err := main_.Prepare(bg, "described", "table "+refusedTable); return refusedCode(err) },
		func() any { return refusedCode(main_.Deallocate(bg, "described")) },
	}
	out := []any{}
	for _, block := range []bool{false, true} {
		for _, work := range works {
			if block {
				out = append(out, sendSimple(main_, "begin"))
			}
			out = append(out, work(), status(main_))
			if block {
				out = append(out, sendExtended(main_, "select 1"), sendSimple(main_, "rollback"))
			}
			out = append(out, rows(main_, "select 'usable'"), "\n")
		}
	}
	return out
}

func sendText(text string, values ...any) any {
	tag, err := main_.Exec(bg, text, values...)
	return []any{tag.String(), refusedCode(err)}
}

func copyTo(text string) any {
	var sink bytes.Buffer
	_, err := main_.PgConn().CopyTo(bg, &sink, text)
	return []any{refusedCode(err), sink.Len()}
}

// A refusal leaves what was prepared before it, and a waiting cancellation does not outlive it.
func refusedPreparing() any {
	c := main_.PgConn()
	check2(c.Prepare(bg, "kept", "select $1::int + 1", nil))
	_, err := c.Prepare(bg, "refused", refusedDelete(), nil)
	out := []any{refusedCode(err), answer(c.ExecPrepared(bg, "refused", nil, nil, nil).Read())}
	out = append(out, answer(c.ExecPrepared(bg, "kept", [][]byte{[]byte("41")}, nil, nil).Read()))
	ctx, cancel := context.WithCancel(bg)
	_, err = main_.Exec(ctx, refusedDelete())
	cancel()
	return append(out, refusedCode(err), main_.IsClosed(), rows(main_, "select name from pg_prepared_statements where name !~ '^lrupsc' order by 1"))
}

func init() {
	if refusedTable == "" {
		return
	}
	steps = append(steps,
		step{"refused simple", sequenced(each(sendSimple), nil)}, step{"refused extended", sequenced(each(sendExtended), nil)},
		step{"refused prepared", sequenced(each(sendPrepared), nil)}, step{"refused query", sequenced(each(sendQuery), nil)},
		step{"refused query described", sequenced(each(sendQuery), describing)}, step{"refused query uncached", sequenced(each(sendQuery), uncached)},
		step{"refused query simple", sequenced(each(sendQuery), simply)}, step{"refused query row", sequenced(each(sendQueryRow), nil)},
		step{"refused exec", sequenced(each(sendExec), nil)}, step{"refused together", sequenced(together, nil)},
		step{"refused begun together", sequenced(begunTogether, nil)}, step{"refused batch raw", sequenced(batchRaw, nil)},
		step{"refused batch prepared", sequenced(batchPrepared, nil)}, step{"refused batch", sequenced(batch, nil)},
		step{"refused batch described", sequenced(batch, describing)}, step{"refused batch uncached", sequenced(batch, uncached)},
		step{"refused batch simple", sequenced(batchSimple, simply)}, step{"refused blocks", blocks}, step{"refused others", refusedOthers},
		step{"refused preparing", refusedPreparing})
}
