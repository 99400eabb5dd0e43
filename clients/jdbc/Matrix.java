// pgjdbc (Java): one line for every step. Built from the files of this folder with the driver's jar on the class path.

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.*;
import java.util.*;
import java.util.concurrent.*;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.*;
import org.postgresql.util.*;

public final class Matrix {
    static final int MEGABYTES = number("MATRIX_MB", 100), DEPTH = number("MATRIX_DEPTH", 1000), ROWS = number("MATRIX_ROWS", 20000);
    static Connection main;
    static final List<Connection> extra = new ArrayList<>();

    interface Step { Object run() throws Exception; }

    static int number(String name, int otherwise) {
        String value = System.getenv(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    static Connection open(String... settings) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", environment("PGUSER", "postgres"));
        all.setProperty("password", environment("PGPASSWORD", ""));
        all.setProperty("sslmode", environment("PGSSLMODE", "prefer"));
        all.setProperty("loginTimeout", "30");
        all.setProperty("options", "-c search_path=matrix_jdbc");
        all.setProperty("ApplicationName", "");
        if (!environment("PGSSLROOTCERT", "").isEmpty()) all.setProperty("sslrootcert", environment("PGSSLROOTCERT", ""));
        String database = environment("PGDATABASE", "postgres");
        for (int n = 0; n < settings.length; n += 2) {
            if (settings[n].equals("database")) database = settings[n + 1];
            else all.setProperty(settings[n], settings[n + 1]);
        }
        Connection connection = DriverManager.getConnection("jdbc:postgresql://" + environment("PGHOST", "localhost") + ":" + environment("PGPORT", "5432") + "/" + database, all);
        extra.add(connection);
        return connection;
    }

    // Every field of an error or warning that the same server build sends the same way twice.
    static String fields(SQLException error) {
        ServerErrorMessage m = error instanceof PSQLException p ? p.getServerErrorMessage() : error instanceof PSQLWarning w ? w.getServerErrorMessage() : null;
        if (m == null) return "client error " + error.getSQLState() + (error.getNextException() == null ? "" : " then " + fields(error.getNextException()));
        StringJoiner line = new StringJoiner(" | ");
        for (Object value : new Object[] {m.getSeverity(), m.getSQLState(), m.getMessage(), m.getDetail(), m.getHint(), m.getPosition() == 0 ? null : m.getPosition(), m.getInternalQuery(), m.getWhere(), m.getSchema(), m.getTable(), m.getColumn(), m.getDatatype(), m.getConstraint(), m.getFile(), m.getLine(), m.getRoutine()})
            if (value != null) line.add(value.toString());
        return line.toString().replaceAll("pg_temp_[0-9]+", "pg_temp_N");
    }

    static Object attempt(Step work) throws Exception {
        try { return work.run(); } catch (SQLException error) { return error.getSQLState(); }
    }

    static String hash(byte[] data) throws Exception {
        return data.length + " bytes " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data), 0, 8);
    }

    static byte[] utf8(String text) { return text.getBytes(StandardCharsets.UTF_8); }

    static List<List<String>> rows(ResultSet set) throws SQLException {
        List<List<String>> all = new ArrayList<>();
        while (set.next()) {
            List<String> row = new ArrayList<>();
            for (int n = 1; n <= set.getMetaData().getColumnCount(); n++) {
                String value = set.getString(n);
                row.add(value != null && value.startsWith("[B@") ? HexFormat.of().formatHex(set.getBytes(n)) : value); // the driver's own text of binary bytea
            }
            all.add(row);
        }
        return all;
    }

    static List<Object> all(Statement statement, boolean first) throws SQLException {
        List<Object> out = new ArrayList<>();
        for (boolean set = first; ; set = statement.getMoreResults()) {
            if (set) out.add(rows(statement.getResultSet()));
            else if (statement.getUpdateCount() == -1) return out;
            else out.add(statement.getUpdateCount());
        }
    }

    static List<Object> run(Connection c, String text) throws SQLException {
        try (Statement s = c.createStatement()) { return all(s, s.execute(text)); }
    }

    static Object failure(Step work) throws Exception {
        try { return work.run(); } catch (SQLException error) { return fields(error); }
    }

    static int pid(Connection c) throws SQLException {
        try (Statement s = c.createStatement(); ResultSet r = s.executeQuery("select pg_backend_pid()")) { r.next(); return r.getInt(1); }
    }

    // Returns when the server process sleeps inside a statement; asked of the server, not timed.
    static void waitActive(int pid) throws Exception {
        Connection watcher = open();
        for (int n = 0; n < 20000; n++)
            if (run(watcher, "select 1 from pg_stat_activity where state = 'active' and wait_event = 'PgSleep' and pid = " + pid).get(0).toString().contains("1")) return;
        throw new IllegalStateException("the statement did not start");
    }

    static Object simple() throws Exception {
        Connection c = open("preferQueryMode", "simple");
        return List.of(run(c, "select id, name, price from item order by id limit 2"), run(c, "select 1; select 'two'; insert into item values (200, 'x'); delete from item where id = 200"), attempt(() -> run(c, "insert into item values (201, 'x'); select 1/0")), run(c, "select count(*) from item where id = 201"), run(c, ""), attempt(() -> run(c, "select nothing")));
    }

    static Object several() throws Exception {
        return List.of(run(main, "select 1; select 'two', 2; insert into item values (200, 'x'); delete from item where id = 200; select 3 where false"), attempt(() -> run(main, "insert into item values (201, 'x'); select 1/0; select 2")), run(main, "select count(*) from item where id = 201"), run(main, ""), run(main, ";;"), run(main, "-- comment"));
    }

    static Object description() throws Exception {
        List<Object> out = new ArrayList<>();
        try (PreparedStatement s = main.prepareStatement("select id, name, price, id + ? as next, now() from item where name = ?")) {
            ResultSetMetaData m = s.getMetaData();
            for (int n = 1; n <= m.getColumnCount(); n++) out.add(List.of(m.getColumnName(n), m.getColumnTypeName(n), m.getPrecision(n), m.getScale(n), m.isNullable(n), m.getTableName(n)));
            for (int n = 1; n <= 2; n++) out.add(s.getParameterMetaData().getParameterTypeName(n));
        }
        DatabaseMetaData d = main.getMetaData();
        out.add(d.getDatabaseProductVersion());
        try (ResultSet r = d.getColumns(null, "matrix_jdbc", "item", "%")) { while (r.next()) out.add(r.getString("COLUMN_NAME") + " " + r.getString("TYPE_NAME") + " " + r.getString("IS_NULLABLE")); }
        try (ResultSet r = d.getPrimaryKeys(null, "matrix_jdbc", "item")) { out.add(rows(r).size()); }
        return out;
    }

    // A low threshold makes the driver prepare by name and then ask for binary results.
    static Object prepared() throws Exception {
        Connection c = open("prepareThreshold", "3");
        List<Object> out = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement("select id, name, price, ?::text from item where id = ?")) {
            for (int n = 0; n < 10; n++) { s.setString(1, "é" + n); s.setInt(2, n); out.add(rows(s.executeQuery())); }
        }
        out.add(run(c, "select name, statement, parameter_types::text from pg_prepared_statements order by 1"));
        run(c, "create table shape (a int)");
        try (PreparedStatement s = c.prepareStatement("select * from shape")) {
            for (int n = 0; n < 5; n++) s.executeQuery();
            run(c, "alter table shape add b text");
            out.add(attempt(() -> rows(s.executeQuery())));
            run(c, "deallocate all");
            out.add(attempt(() -> rows(s.executeQuery())));
            c.setAutoCommit(false);
            for (int n = 0; n < 5; n++) s.executeQuery();
            run(c, "alter table shape drop b");
            out.add(attempt(() -> rows(s.executeQuery())));
            c.rollback();
            c.setAutoCommit(true);
        }
        return List.of(out, run(c, "drop table shape"), run(c, "discard all"), attempt(() -> run(c, "select 1; discard all")));
    }

    static Object values() throws Exception {
        List<Object> out = new ArrayList<>();
        String[] literals = {"null::int4", "true", "32767::int2", "-9223372036854775808", "'NaN'::float8", "'-Infinity'::float4", "1e-300::float8", "1.50::numeric", "'NaN'::numeric", "123456789012345678901234567890.0001::numeric", "'é 🐘'", "''", "'\\x00ff'::bytea", "'infinity'::date", "'2024-02-29'::date", "'12:34:56.789'::time", "'12:34:56+05:45'::timetz", "'2024-02-29 23:59:59.999999+00'::timestamptz", "'-infinity'::timestamp", "'{1,NULL,3}'::int4[]", "'{\"a,b\",NULL}'::text[]", "'{\"a\": 1.10}'::json", "'{\"b\": null}'::jsonb", "'[1,5)'::int4range", "'1 year -2 days'::interval", "row(1, null)", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "'12.34'::money", "'(1,2)'::point", "'10.0.0.1/8'::inet", "'101'::bit(3)"};
        for (String mode : new String[] {"false", "true"}) {
            Connection c = open("binaryTransfer", mode, "prepareThreshold", mode.equals("true") ? "-1" : "0");
            run(c, "set timezone = 'UTC'");
            for (String literal : literals) try (PreparedStatement s = c.prepareStatement("select " + literal); ResultSet r = s.executeQuery()) {
                r.next();
                boolean bytes = r.getMetaData().getColumnTypeName(1).equals("bytea"); // whose text, when binary, is an address
                out.add(literal + " -> " + r.getMetaData().getColumnTypeName(1) + " " + failure(() -> bytes ? HexFormat.of().formatHex(r.getBytes(1)) : r.getString(1)));
            }
        }
        return out;
    }

    static Object roundTrip() throws Exception {
        List<Object> out = new ArrayList<>();
        for (String mode : new String[] {"5", "-1"}) try (PreparedStatement s = open("prepareThreshold", mode).prepareStatement("select ?::int, ?::text, ?::bytea, ?::numeric, ?::float8, ?::bool, ?::int[], ?::text[], ?::jsonb, ?::uuid, ?::text, ?::timestamptz = 'epoch'")) {
            s.setInt(1, -7);
            s.setString(2, "é🐘\\'\"");
            s.setBytes(3, new byte[] {0, -1});
            s.setBigDecimal(4, new java.math.BigDecimal("-1234567890123456789.0001"));
            s.setDouble(5, Double.NaN);
            s.setBoolean(6, true);
            s.setArray(7, main.createArrayOf("int4", new Integer[] {1, null, 3}));
            s.setArray(8, main.createArrayOf("text", new String[] {"a,b", null, "\""}));
            s.setObject(9, "{\"a\": 1}", Types.OTHER);
            s.setObject(10, new UUID(1, 2));
            s.setNull(11, Types.VARCHAR);
            s.setTimestamp(12, new Timestamp(0));
            out.add(rows(s.executeQuery()));
        }
        return out;
    }

    static Object errors() throws Exception {
        List<Object> out = new ArrayList<>();
        for (String text : new String[] {"select 1/0", "selec 1", "select * from nowhere", "insert into item values (1, 'dup')", "insert into item values (300, null)", "select 'x'::int", "do $$ begin raise exception 'own é' using errcode = 'TH001', detail = 'd', hint = 'h', column = 'c', table = 't', schema = 's', constraint = 'k', datatype = 'y'; end $$", "create table item (a int)"})
            out.add(failure(() -> run(main, text)));
        try (PreparedStatement s = main.prepareStatement("select ?::text")) { s.setString(1, "nul \0"); out.add(failure(() -> rows(s.executeQuery()))); }
        return out;
    }

    static Object transaction() throws Exception {
        List<Object> out = new ArrayList<>();
        main.setAutoCommit(false);
        Savepoint save = main.setSavepoint("a");
        for (String text : new String[] {"insert into item values (400, 'x')", "select 1/0", "select 1"}) out.add(attempt(() -> run(main, text)));
        main.rollback(save);
        out.add(run(main, "select 'again'"));
        out.add(attempt(() -> run(main, "select 1/0")));
        out.add(attempt(() -> { main.commit(); return "committed"; }));
        main.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        main.setReadOnly(true);
        out.add(attempt(() -> run(main, "insert into item values (401, 'x')")));
        main.rollback();
        main.setReadOnly(false);
        out.add(run(main, "show transaction_isolation"));
        main.commit();
        Connection saving = open("autosave", "always");
        saving.setAutoCommit(false);
        run(saving, "insert into item values (402, 'kept')");
        out.add(attempt(() -> run(saving, "select 1/0")));
        out.add(run(saving, "select count(*) from item where id = 402"));
        saving.rollback();
        return out;
    }

    static Object notices() throws Exception {
        List<Object> out = new ArrayList<>();
        try (Statement s = main.createStatement()) {
            s.execute("do $$ begin raise info 'i'; raise notice 'n é' using detail = 'd', hint = 'h', errcode = 'TH002'; raise warning 'w'; end $$; drop table if exists absent; select 1");
            for (SQLWarning w = s.getWarnings(); w != null; w = w.getNextWarning()) out.add(fields(w));
        }
        return out;
    }

    static Object partialFetch() throws Exception {
        List<Object> out = new ArrayList<>();
        main.setAutoCommit(false);
        for (int size : new int[] {1, 7, 100, 0}) try (PreparedStatement s = main.prepareStatement("select g, md5(g::text) from generate_series(1, ?) g")) {
            s.setInt(1, size == 1 ? 50 : ROWS);
            s.setFetchSize(size);
            ResultSet r = s.executeQuery();
            long total = 0;
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            while (r.next()) { total += r.getInt(1); digest.update(utf8(r.getString(2))); if (size == 7 && total > 5000) break; }
            out.add(total + " " + HexFormat.of().formatHex(digest.digest(), 0, 8));
        }
        // Two portals open at once, read in turns.
        try (Statement a = main.createStatement(); Statement b = main.createStatement()) {
            a.setFetchSize(3);
            b.setFetchSize(5);
            ResultSet left = a.executeQuery("select generate_series(1, 20)"), right = b.executeQuery("select generate_series(101, 120)");
            int total = 0;
            while (left.next() && right.next()) total += left.getInt(1) * right.getInt(1);
            out.add(total);
        }
        try (Statement s = main.createStatement()) {
            s.setFetchSize(2);
            out.add(attempt(() -> rows(s.executeQuery("select 10 / (5 - g) from generate_series(1, 9) g"))));
        }
        main.rollback();
        try (Statement s = main.createStatement()) { s.setMaxRows(3); out.add(rows(s.executeQuery("select generate_series(1, 1000)"))); }
        main.rollback();
        return out;
    }

    static Object batches() throws Exception {
        run(main, "create temp table many (a int primary key, b text)");
        List<Object> out = new ArrayList<>();
        for (String rewrite : new String[] {"false", "true"}) {
            Connection c = open("reWriteBatchedInserts", rewrite);
            run(c, "create temp table many (a int primary key, b text)");
            try (PreparedStatement s = c.prepareStatement("insert into many values (?, ?)")) {
                for (int n = 0; n < DEPTH; n++) { s.setInt(1, n); s.setString(2, "é" + n); s.addBatch(); }
                out.add(s.executeBatch().length);
                for (int n : new int[] {5001, 5002, 1, 5003}) { s.setInt(1, n); s.setString(2, ""); s.addBatch(); }
                try { s.executeBatch(); } catch (BatchUpdateException error) { out.add(List.of(error.getSQLState(), Arrays.toString(error.getUpdateCounts()), fields(error.getNextException()))); }
            }
            try (PreparedStatement s = c.prepareStatement("insert into many values (?, 'r') returning a, b", Statement.RETURN_GENERATED_KEYS)) {
                for (int n = 6000; n < 6005; n++) { s.setInt(1, n); s.addBatch(); }
                s.executeBatch();
                out.add(rows(s.getGeneratedKeys()));
            }
            out.add(run(c, "select count(*), sum(a) from many"));
        }
        try (Statement s = main.createStatement()) {
            for (int n = 0; n < DEPTH; n++) s.addBatch("insert into many values (" + n + ", 'x')");
            out.add(s.executeBatch().length);
        }
        return List.of(out, run(main, "drop table many"));
    }

    static Object copies() throws Exception {
        CopyManager copy = main.unwrap(PGConnection.class).getCopyAPI();
        run(main, "create temp table load (id int, name text)");
        List<Object> out = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < ROWS; n++) lines.append(n).append("\té ").append(n).append('\n');
        out.add(copy.copyIn("copy load from stdin", new StringReader(lines.toString())));
        for (String options : new String[] {"", " (format csv, header)", " (format binary)"}) {
            ByteArrayOutputStream sink = new ByteArrayOutputStream();
            out.add(copy.copyOut("copy load to stdout" + options, sink) + " " + hash(sink.toByteArray()));
            if (options.contains("binary")) out.add(copy.copyIn("copy load from stdin (format binary)", new ByteArrayInputStream(sink.toByteArray())));
        }
        out.add(failure(() -> copy.copyIn("copy load from stdin", new StringReader("1\tx\nbad\ty\n"))));
        out.add(failure(() -> copy.copyIn("copy absent from stdin", new StringReader("1\n"))));
        out.add(failure(() -> copy.copyOut("copy (select 10 / (5 - g) from generate_series(1, 9) g) to stdout", new ByteArrayOutputStream())));
        CopyIn given = copy.copyIn("copy load from stdin");
        given.writeToCopy(utf8("1\tx\n"), 0, 4);
        given.cancelCopy();
        CopyOut left = copy.copyOut("copy (select generate_series(1, 3)) to stdout");
        out.add(new String(left.readFromCopy(), StandardCharsets.UTF_8));
        while (left.readFromCopy() != null) { }
        return List.of(out, run(main, "select count(*), sum(id) from load"), run(main, "drop table load"));
    }

    static Object large() throws Exception {
        int size = MEGABYTES * 1024 * 1024;
        byte[] data = new byte[size];
        for (int n = 0; n < size; n++) data[n] = (byte) (n * 31);
        String text = "param-x ".repeat(size / 8);
        List<Object> out = new ArrayList<>();
        try (PreparedStatement s = main.prepareStatement("select length(v), md5(v), length(t), md5(t) from (select ?::bytea v, ?::text t) x")) { s.setBytes(1, data); s.setString(2, text); out.add(rows(s.executeQuery())); }
        try (PreparedStatement s = main.prepareStatement("select length(v) from (select ?::bytea v) x")) { s.setBinaryStream(1, new ByteArrayInputStream(data), size); out.add(rows(s.executeQuery())); }
        for (String mode : new String[] {"0", "-1"}) try (PreparedStatement s = open("prepareThreshold", mode).prepareStatement("select repeat('result é', ?), decode(repeat('00ff', ?), 'hex')")) {
            s.setInt(1, MEGABYTES * 100_000);
            s.setInt(2, MEGABYTES * 500_000);
            ResultSet r = s.executeQuery();
            r.next();
            out.add(List.of(hash(utf8(r.getString(1))), hash(r.getBytes(2))));
        }
        return out;
    }

    static Object largeObjects() throws Exception {
        try (PreparedStatement s = main.prepareStatement("select lo_from_bytea(0, ?)")) {
            s.setBytes(1, new byte[300_000]);
            ResultSet r = s.executeQuery();
            r.next();
            long oid = r.getLong(1);
            return List.of(run(main, "select length(lo_get(" + oid + ")), lo_put(" + oid + ", 4, '\\xaabb'), lo_get(" + oid + ", 2, 8)"), run(main, "select lo_unlink(" + oid + ")"), attempt(() -> run(main, "select lo_get(1)")));
        }
    }

    static Object fastpath() throws Exception {
        main.setAutoCommit(false);
        return attempt(() -> { long oid = main.unwrap(PGConnection.class).getLargeObjectAPI().createLO(); main.unwrap(PGConnection.class).getLargeObjectAPI().delete(oid); return "made and deleted"; });
    }

    static Object startUp() throws Exception {
        Connection c = open("ApplicationName", "jdbc matrix", "options", "-c statement_timeout=12345 -c search_path=pg_catalog -c work_mem=6MB", "currentSchema", "matrix_jdbc,pg_temp");
        List<Object> out = new ArrayList<>();
        for (String name : new String[] {"application_name", "statement_timeout", "search_path", "work_mem", "extra_float_digits", "DateStyle", "client_encoding", "TimeZone"}) out.add(run(c, "show " + name));
        return out;
    }

    static Object parameterStatus() throws Exception {
        PGConnection c = open().unwrap(PGConnection.class);
        List<Object> out = new ArrayList<>();
        for (String text : new String[] {"select 1", "set application_name = 'x'; set intervalstyle = 'iso_8601'", "begin; set application_name = 'y'; rollback", "reset intervalstyle"}) {
            run((Connection) c, text);
            Map<String, String> statuses = new TreeMap<>(c.getParameterStatuses());
            statuses.remove("session_authorization"); // the role upstream
            out.add(statuses);
        }
        out.add(attempt(() -> run((Connection) c, "set client_encoding = 'LATIN1'"))); // the driver itself refuses to go on
        return out;
    }

    static Object ownPid() throws Exception { return main.unwrap(PGConnection.class).getBackendPID() == pid(main); }

    static Object cancel() throws Exception {
        int pid = pid(main);
        List<Object> out = new ArrayList<>();
        for (String text : new String[] {"select pg_sleep(60)", "select 1; select pg_sleep(60)"}) try (Statement s = main.createStatement()) {
            CompletableFuture<Object> sleeping = CompletableFuture.supplyAsync(() -> { try { return all(s, s.execute(text)); } catch (SQLException error) { return fields(error); } });
            waitActive(pid);
            s.cancel();
            out.add(sleeping.get());
            out.add(run(main, "select 'usable'"));
        }
        try (Statement s = main.createStatement()) { s.setQueryTimeout(1); out.add(attempt(() -> rows(s.executeQuery("select pg_sleep(60)")))); }
        return List.of(out, run(main, "select 'usable'"));
    }

    static Object notifications() throws Exception {
        Connection listener = open(), sender = open();
        int pid = pid(sender);
        run(listener, "listen plain; listen \"Çhannel\"");
        run(sender, "notify plain; notify plain, 'päyload'; select pg_notify('Çhannel', repeat('x', 7999))");
        run(sender, "notify plain, 'end'");
        List<Object> out = new ArrayList<>();
        while (out.size() < 4) {
            PGNotification[] got = listener.unwrap(PGConnection.class).getNotifications(20_000);
            if (got == null || got.length == 0) break;
            for (PGNotification n : got) out.add(List.of(n.getName(), n.getParameter().length(), n.getParameter().length() < 20 ? n.getParameter() : "", n.getPID() == pid));
        }
        return out;
    }

    static Object timeOuts() throws Exception {
        Connection c = open("options", "-c statement_timeout=30");
        return List.of(failure(() -> run(c, "select pg_sleep(60)")), run(c, "select 'usable'"));
    }

    static Object terminated() throws Exception {
        List<Object> out = new ArrayList<>();
        for (String mode : new String[] {"simple", "extended"}) {
            Connection c = open("preferQueryMode", mode);
            out.add(failure(() -> run(c, "select pg_terminate_backend(pg_backend_pid())")));
            out.add(attempt(() -> run(c, "select 1")));
            out.add(c.isClosed());
        }
        Connection busy = open();
        int pid = pid(busy);
        CompletableFuture<Object> sleeping = CompletableFuture.supplyAsync(() -> { try { return run(busy, "select pg_sleep(60)"); } catch (SQLException error) { return fields(error); } });
        waitActive(pid);
        run(main, "select pg_terminate_backend(" + pid + ")");
        out.add(sleeping.get());
        return out;
    }

    static Object concurrent() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(20);
        List<Future<Long>> all = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            Connection c = open();
            int own = n;
            all.add(pool.submit(() -> {
                long total = 0;
                try (PreparedStatement s = c.prepareStatement("select ?::int + ?::int")) {
                    for (int k = 0; k < 50; k++) { s.setInt(1, own); s.setInt(2, k); ResultSet r = s.executeQuery(); r.next(); total += r.getLong(1); }
                }
                return total;
            }));
        }
        List<Long> out = new ArrayList<>();
        for (Future<Long> one : all) out.add(one.get());
        pool.shutdown();
        return out;
    }

    static Object refused() throws Exception {
        List<Object> out = new ArrayList<>();
        for (String[] settings : new String[][] {{"database", "no_such_database"}, {"options", "-c work_mem=much"}, {"password", "wrong"}})
            out.add(attempt(() -> open(settings).isValid(1)));
        return out;
    }

    static Object unknown() throws Exception {
        return attempt(() -> open("options", "-c nothing_such=1").isValid(1));
    }

    static Object replication() throws Exception {
        return attempt(() -> open("replication", "database", "assumeMinServerVersion", "9.4", "preferQueryMode", "simple").isValid(1));
    }

    static void settle() throws SQLException {
        for (Connection c : extra) c.close();
        extra.clear();
        main = open();
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put("simple", Matrix::simple);
        steps.put("several", Matrix::several);
        steps.put("row description", Matrix::description);
        steps.put("prepared", Matrix::prepared);
        steps.put("values", Matrix::values);
        steps.put("round trip", Matrix::roundTrip);
        steps.put("errors", Matrix::errors);
        steps.put("transaction", Matrix::transaction);
        steps.put("notices", Matrix::notices);
        steps.put("partial fetch", Matrix::partialFetch);
        steps.put("batches", Matrix::batches);
        steps.put("copies", Matrix::copies);
        steps.put("large", Matrix::large);
        steps.put("large objects", Matrix::largeObjects);
        steps.put("fastpath", Matrix::fastpath);
        steps.put("start-up", Matrix::startUp);
        steps.put("parameter status", Matrix::parameterStatus);
        steps.put("own pid", Matrix::ownPid);
        steps.put("cancel", Matrix::cancel);
        steps.put("notifications", Matrix::notifications);
        steps.put("time-outs", Matrix::timeOuts);
        steps.put("terminated", Matrix::terminated);
        steps.put("concurrent", Matrix::concurrent);
        steps.put("start-up unknown", Matrix::unknown);
        steps.put("replication", Matrix::replication);
        steps.put("refused", Matrix::refused);
        Refusals.add(steps);
        settle();
        run(main, "set client_min_messages = warning; drop schema if exists matrix_jdbc cascade; create schema matrix_jdbc");
        run(main, "create table item (id int primary key, name text not null, price numeric(10,2)); insert into item select g, 'item ' || g, g * 1.5 from generate_series(1, 100) g");
        for (Map.Entry<String, Step> step : steps.entrySet()) {
            String name = "jdbc " + step.getKey();
            if (!name.contains(environment("MATRIX_ONLY", ""))) continue;
            settle();
            String line;
            try { line = String.valueOf(step.getValue().run()); } catch (SQLException error) { line = fields(error); } catch (Exception error) { line = "client error " + error; }
            System.out.println(name + ": " + line.replace("\n", "\\n"));
        }
        settle();
        run(main, "set client_min_messages = warning; drop schema matrix_jdbc cascade");
        main.close();
        System.exit(0);
    }
}
