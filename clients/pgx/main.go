// pgx 4 (Go): one line for every step, on the driver's own protocol code and binary formats.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgx/v4"
)

type step struct {
	name string
	run  func() any
}

var (
	bg      = context.Background()
	main_   *pgx.Conn
	extra   []*pgx.Conn
	notices []string
)

func number(name string, otherwise int) int {
	if value, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return value
	}
	return otherwise
}

// Every field that the same server build sends the same way twice.
func fields(e *pgconn.PgError) string {
	var out []string
	for _, value := range []string{e.Severity, e.Code, e.Message, e.Detail, e.Hint, number0(e.Position), number0(e.InternalPosition), e.InternalQuery, e.Where, e.SchemaName, e.TableName, e.ColumnName, e.DataTypeName, e.ConstraintName, e.File, number0(e.Line), e.Routine} {
		if value != "" {
			out = append(out, value)
		}
	}
	return strings.Join(out, " | ")
}

func number0(n int32) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

// An error as one line: all its fields if it is the server's, else its kind.
func failure(err error) string {
	var server *pgconn.PgError
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &server):
		return fields(server)
	case errors.Is(err, context.DeadlineExceeded) || pgconn.Timeout(err):
		return "client time-out"
	default:
		return "client error"
	}
}

func code(err error) string {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return server.Code
	}
	return failure(err)
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return fmt.Sprintf("%d bytes %s", len(data), hex.EncodeToString(sum[:8]))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func open(change func(*pgx.ConnConfig)) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig("")
	check(err)
	config.RuntimeParams["search_path"] = "matrix_pgx"
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { notices = append(notices, fields((*pgconn.PgError)(n))) }
	config.ConnectTimeout = 30 * time.Second
	if change != nil {
		change(config)
	}
	c, err := pgx.ConnectConfig(bg, config)
	if err == nil {
		extra = append(extra, c)
	}
	return c, err
}

func another() *pgx.Conn {
	c, err := open(nil)
	check(err)
	return c
}

func rows(c *pgx.Conn, text string, arguments ...any) any {
	set, err := c.Query(bg, text, arguments...)
	if err != nil {
		return code(err)
	}
	defer set.Close()
	out := [][]any{}
	for set.Next() {
		values, err := set.Values()
		check(err)
		out = append(out, values)
	}
	if set.Err() != nil {
		return code(set.Err())
	}
	return out
}

func one[T any](c *pgx.Conn, text string, arguments ...any) T {
	var value T
	check(c.QueryRow(bg, text, arguments...).Scan(&value))
	return value
}

func run(c *pgx.Conn, text string, arguments ...any) string {
	tag, err := c.Exec(bg, text, arguments...)
	if err != nil {
		return code(err)
	}
	return tag.String()
}

// Simple protocol: every result of a text with several statements.
func simple(c *pgx.Conn, text string) any {
	results, err := c.PgConn().Exec(bg, text).ReadAll()
	out := []any{}
	for _, result := range results {
		values := []string{}
		for _, row := range result.Rows {
			for _, value := range row {
				values = append(values, string(value))
			}
		}
		out = append(out, result.CommandTag.String(), values)
	}
	return append(out, failure(err))
}

func status(c *pgx.Conn) string { return string(c.PgConn().TxStatus()) }

// Returns when the server process sleeps inside a statement; asked of the server, not timed.
func waitActive(pid uint32) {
	watcher := another()
	for n := 0; n < 20000; n++ {
		if one[int](watcher, "select count(*)::int from pg_stat_activity where pid = $1 and wait_event = 'PgSleep' and state = 'active'", pid) == 1 {
			return
		}
	}
	panic("the statement did not start")
}

func pid(c *pgx.Conn) uint32 { return uint32(one[int32](c, "select pg_backend_pid()")) }

func settle() {
	for _, c := range extra {
		if c != main_ {
			c.Close(bg)
		}
	}
	if main_ != nil {
		main_.Close(bg)
	}
	extra, notices = nil, nil
	main_ = another()
}

func attempt(work func() any) (result any) {
	defer func() {
		if trouble := recover(); trouble != nil {
			if err, is := trouble.(error); is {
				result = failure(err)
			} else {
				result = fmt.Sprint(trouble)
			}
		}
	}()
	return work()
}

// An end that the server makes by itself: what the driver is told.
func ended(c *pgx.Conn) any {
	ctx, cancel := context.WithTimeout(bg, 30*time.Second)
	defer cancel()
	err := c.PgConn().WaitForNotification(ctx) // no notification comes: it returns with the end
	return []any{failure(err), c.IsClosed()}
}

func main() {
	settle()
	run(main_, "set client_min_messages = warning; drop schema if exists matrix_pgx cascade; create schema matrix_pgx")
	simple(main_, "create table item (id int primary key, name text not null, price numeric(10,2)); insert into item select g, 'item ' || g, g * 1.5 from generate_series(1, 100) g")
	for _, s := range steps {
		name := "pgx " + s.name
		if !strings.Contains(name, os.Getenv("MATRIX_ONLY")) {
			continue
		}
		settle()
		fmt.Printf("%s: %s\n", name, strings.ReplaceAll(fmt.Sprint(attempt(s.run)), "\n", "\\n"))
	}
	settle()
	simple(main_, "set client_min_messages = warning; drop schema matrix_pgx cascade")
	main_.Close(bg)
}

