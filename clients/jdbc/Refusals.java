// Refusals at every place: what a client sees and what has run is the same whether the gate refuses a statement or the
// server fails at it.

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.util.*;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

final class Refusals {
    // What a refused statement names, and the code of its refusal; without them these steps are left out.
    static final String TABLE = Matrix.environment("MATRIX_REFUSED", ""), CODE = Matrix.environment("MATRIX_REFUSED_CODE", "");
    static final String DELETE = "delete from " + TABLE;
    // What runs around it leaves a trail: numbers in a table of that name.
    static final List<String> AROUND = List.of("insert into trail values (1)", "select 'a', 2", "insert into trail values (3) returning n", "select 4 where false");

    // Texts with a refused one at every place, outside and inside of a transaction block, and some more.
    static List<List<String>> sequences() {
        List<List<String>> all = new ArrayList<>();
        for (int place = 0; place <= AROUND.size(); place++) {
            List<String> texts = new ArrayList<>(AROUND);
            texts.add(place, DELETE);
            List<String> block = new ArrayList<>(texts);
            block.add(0, "begin");
            block.add("commit");
            all.add(texts);
            all.add(block);
        }
        all.add(List.of("begin", AROUND.get(0), "savepoint a", "insert into trail values (5)", DELETE, "rollback to a", AROUND.get(2), "commit"));
        all.add(List.of(DELETE, "select 3", DELETE));
        all.add(List.of("begin", AROUND.get(0), DELETE, "rollback", AROUND.get(2)));
        all.add(List.of("begin", AROUND.get(0), DELETE, "commit", AROUND.get(2)));
        return all;
    }

    // A way to send the texts of a sequence; it returns what was seen.
    interface Way { Object send(Connection c, List<String> texts) throws Exception; }

    interface One { Object send(Connection c, String text) throws Exception; }

    // The code of an error, a refusal's as one word, and of those behind it.
    static String code(SQLException error) {
        String own = error.getSQLState();
        String all = CODE.equals(own) ? "refused" : String.valueOf(own);
        if (error instanceof BatchUpdateException batch) all += Arrays.toString(batch.getUpdateCounts());
        return error.getNextException() == null ? all : all + " then " + code(error.getNextException());
    }

    static Object attempt(Matrix.Step work) throws Exception {
        try { return work.run(); } catch (SQLException error) { return code(error); }
    }

    static String state(Connection c) throws SQLException { return c.unwrap(BaseConnection.class).getTransactionState().name(); }

    // Every text by itself, and the transaction's state after each.
    static Way each(One one) {
        return (c, texts) -> {
            List<Object> out = new ArrayList<>();
            for (String text : texts) {
                out.add(attempt(() -> one.send(c, text)));
                out.add(state(c));
            }
            return out;
        };
    }

    static Object plain(Connection c, String text) throws SQLException { return Matrix.run(c, text); }

    // Whether to go on with a text that may be refused: in an aborted block it is refused again, where the server says that the
    // block is aborted.
    static boolean goesOn(Connection c) throws SQLException { return !state(c).equals("FAILED"); }

    // Several times: under the threshold unnamed, then by name, then in binary.
    static One prepared(int times) {
        return (c, text) -> {
            List<Object> out = new ArrayList<>();
            try (PreparedStatement s = c.prepareStatement(text)) {
                boolean repeats = text.startsWith("select") || text.equals(DELETE);
                for (int n = 0; n == 0 || repeats && n < times && goesOn(c); n++) out.add(attempt(() -> Matrix.all(s, s.execute())));
            }
            return out;
        };
    }

    // Asked what it is before it is run.
    static Object described(Connection c, String text) throws Exception {
        try (PreparedStatement s = c.prepareStatement(text)) {
            Object columns = attempt(() -> s.getMetaData() == null ? "none" : s.getMetaData().getColumnTypeName(1));
            if (!goesOn(c)) return columns;
            return List.of(columns, attempt(() -> s.getParameterMetaData().getParameterCount()), attempt(() -> Matrix.all(s, s.execute())));
        }
    }

    // One row at a time, by portals; only inside of a block.
    static Object fetched(Connection c, String text) throws Exception {
        try (Statement s = c.createStatement()) {
            s.setFetchSize(1);
            return Matrix.all(s, s.execute(text));
        }
    }

    static Object keyed(Connection c, String text) throws Exception {
        try (Statement s = c.createStatement()) {
            boolean set = s.execute(text, Statement.RETURN_GENERATED_KEYS);
            return List.of(set, Matrix.rows(s.getGeneratedKeys()));
        }
    }

    // All in one text: the driver parts it and sends the parts as one pipeline, or, in simple mode, leaves it whole. Of that a
    // block begins before it: of a refused text nothing runs, its BEGIN neither. What the parts before said is the driver's to tell.
    static Object parted(Connection c, List<String> texts) throws Exception { return attempt(() -> Matrix.run(c, String.join("; ", texts))); }

    static Object together(Connection c, List<String> texts) throws Exception {
        Object begun = texts.get(0).equals("begin") ? attempt(() -> Matrix.run(c, "begin")) : "none";
        return List.of(begun, parted(c, begun.equals("none") ? texts : texts.subList(1, texts.size())));
    }

    static Object batch(Connection c, List<String> texts) throws Exception {
        try (Statement s = c.createStatement()) {
            for (String text : texts) s.addBatch(text);
            return attempt(() -> Arrays.toString(s.executeBatch()));
        }
    }

    // A batch of what returns nothing, so that the driver lets it come to its end.
    static Object quietBatch(Connection c, List<String> texts) throws Exception {
        return batch(c, texts.stream().filter(text -> !text.startsWith("select") && !text.contains("returning")).toList());
    }

    // A step: every sequence sent this way by a connection with these settings, then the transaction's state and what has run.
    static Matrix.Step sequenced(Way way, boolean autocommit, String... settings) {
        return () -> {
            Connection c = Matrix.open(settings);
            Matrix.run(Matrix.main, "create table trail (n int)");
            List<Object> out = new ArrayList<>();
            for (List<String> texts : sequences()) {
                c.setAutoCommit(autocommit);
                // In a block that is there already a text that begins or ends one is only in the way.
                List<String> own = autocommit ? texts : texts.stream().filter(text -> !List.of("begin", "commit", "rollback").contains(text)).toList();
                if (!autocommit && own.indexOf(DELETE) != own.lastIndexOf(DELETE)) continue;
                Object seen = attempt(() -> way.send(c, own));
                String state = state(c);
                Object end = autocommit ? "none" : attempt(() -> { c.commit(); return "committed"; });
                if (autocommit && !state.equals("IDLE")) Matrix.run(c, "rollback");
                out.add(List.of(seen, state, end, Matrix.run(Matrix.main, "select n from trail order by n"), "\n"));
                Matrix.run(Matrix.main, "delete from trail");
            }
            c.close();
            return List.of(out, Matrix.run(Matrix.main, "drop table trail"));
        };
    }

    // The driver's own transactions and savepoints.
    static Object blocks() throws Exception {
        Connection c = Matrix.open();
        List<Object> out = new ArrayList<>();
        Matrix.run(c, "create table trail (n int)");
        c.setAutoCommit(false);
        Matrix.run(c, "insert into trail values (1)");
        Savepoint save = c.setSavepoint();
        Matrix.run(c, "insert into trail values (2)");
        out.add(attempt(() -> Matrix.run(c, DELETE)));
        out.add(state(c));
        out.add(attempt(() -> c.setSavepoint("aborted").getSavepointName()));
        c.rollback(save);
        out.add(state(c));
        Matrix.run(c, "insert into trail values (3)");
        out.add(attempt(() -> { c.releaseSavepoint(save); return "released"; }));
        out.add(attempt(() -> { c.commit(); return "committed"; }));
        out.add(attempt(() -> Matrix.run(c, DELETE)));
        out.add(attempt(() -> { c.commit(); return "committed"; }));
        out.add(state(c));
        out.add(attempt(() -> Matrix.run(c, DELETE)));
        c.rollback();
        out.add(state(c));
        out.add(Matrix.run(c, "select n from trail order by n"));
        c.commit();
        c.setAutoCommit(true);
        return List.of(out, Matrix.run(c, "drop table trail"));
    }

    // Inserts of many rows: sent one by one in a pipeline, or as few texts with many rows.
    static Object inserts() throws Exception {
        List<Object> out = new ArrayList<>();
        for (String rewrite : new String[] {"false", "true"}) for (boolean autocommit : new boolean[] {true, false}) {
            Connection c = Matrix.open("reWriteBatchedInserts", rewrite);
            Matrix.run(c, "create temp table good (id int primary key, note text)");
            c.setAutoCommit(autocommit);
            for (String table : new String[] {TABLE, "good"}) try (PreparedStatement s = c.prepareStatement("insert into " + table + " values (?, ?)")) {
                for (int n = 10; n < 300; n++) { s.setInt(1, n); s.setString(2, "é"); s.addBatch(); }
                out.add(attempt(() -> s.executeBatch().length));
                out.add(state(c));
                if (!autocommit) c.rollback();
            }
            try (PreparedStatement s = c.prepareStatement("update " + TABLE + " set note = ? where id = ?")) {
                for (int n = 0; n < 300; n++) { s.setString(1, "x"); s.setInt(2, n); s.addBatch(); }
                out.add(attempt(() -> s.executeBatch().length));
                out.add(state(c));
            }
            if (!autocommit) c.rollback();
            out.add(Matrix.run(c, "select 'usable'"));
            if (!autocommit) c.commit();
        }
        return out;
    }

    // What is no plain text: values, COPY both ways, cursors and plans; outside and inside of a block.
    static Object others() throws Exception {
        Connection c = Matrix.open("prepareThreshold", "2");
        CopyManager copy = c.unwrap(PGConnection.class).getCopyAPI();
        List<Matrix.Step> works = List.of(
            () -> valued(c, "select * from " + TABLE + " where id = ?", 4),
            () -> valued(c, DELETE + " where id = ?", 4),
            () -> copy.copyIn("copy " + TABLE + " from stdin", new StringReader("9\tx\n")),
            () -> copy.copyIn("copy " + TABLE + " from stdin (format csv)", new ByteArrayInputStream(new byte[400_000])),
            () -> { CopyIn in = copy.copyIn("copy " + TABLE + " from stdin"); in.writeToCopy("9\tx\n".getBytes(StandardCharsets.UTF_8), 0, 4); return in.endCopy(); },
            () -> copy.copyOut("copy " + TABLE + " to stdout", new ByteArrayOutputStream()),
            () -> copy.copyOut("copy (select id from " + TABLE + ") to stdout (format binary)", new ByteArrayOutputStream()),
            () -> fetched(c, "select * from " + TABLE), () -> keyed(c, "insert into " + TABLE + " values (9, 'x')"),
            () -> Matrix.run(c, "explain " + DELETE), () -> Matrix.run(c, "prepare p as table " + TABLE), () -> Matrix.run(c, "declare c cursor for table " + TABLE),
            () -> { try (Statement s = c.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE)) { return Matrix.rows(s.executeQuery("select id, note from " + TABLE)); } },
            () -> { try (Statement s = c.createStatement()) { s.setQueryTimeout(30); s.setMaxRows(1); return Matrix.rows(s.executeQuery("select * from " + TABLE)); } });
        List<Object> out = new ArrayList<>();
        for (boolean block : new boolean[] {false, true}) for (Matrix.Step work : works) {
            if (block) Matrix.run(c, "begin");
            out.add(attempt(work));
            out.add(state(c));
            if (block) {
                out.add(attempt(() -> Matrix.run(c, "select 1")));
                out.add(Matrix.run(c, "rollback"));
            }
            out.add(Matrix.run(c, "select 'usable'"));
        }
        return out;
    }

    static Object valued(Connection c, String text, int times) throws Exception {
        List<Object> out = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement(text)) {
            for (int n = 0; n == 0 || n < times && goesOn(c); n++) { s.setInt(1, n); out.add(attempt(() -> Matrix.all(s, s.execute()))); }
        }
        return out;
    }

    // What was prepared by name before a refusal is there after it.
    static Object preparing() throws Exception {
        Connection c = Matrix.open("prepareThreshold", "1");
        List<Object> out = new ArrayList<>();
        try (PreparedStatement kept = c.prepareStatement("select ?::int + 1"); PreparedStatement refused = c.prepareStatement(DELETE)) {
            for (int n = 0; n < 3; n++) {
                kept.setInt(1, n);
                out.add(Matrix.rows(kept.executeQuery()));
                out.add(attempt(() -> refused.executeUpdate()));
            }
            out.add(Matrix.run(c, "select statement from pg_prepared_statements where statement like '%::int + 1' or statement like 'delete%'"));
        }
        return out;
    }

    static void add(Map<String, Matrix.Step> steps) {
        if (TABLE.isEmpty()) return;
        for (String mode : new String[] {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"}) {
            steps.put("refused statements " + mode, sequenced(each(Refusals::plain), true, "preferQueryMode", mode));
            steps.put("refused prepared " + mode, sequenced(each(prepared(7)), true, "preferQueryMode", mode, "prepareThreshold", "3"));
        }
        steps.put("refused prepared at once", sequenced(each(prepared(2)), true, "prepareThreshold", "1"));
        steps.put("refused prepared binary", sequenced(each(prepared(2)), true, "prepareThreshold", "-1"));
        steps.put("refused prepared never", sequenced(each(prepared(2)), true, "prepareThreshold", "0"));
        steps.put("refused described", sequenced(each(Refusals::described), true));
        steps.put("refused keyed", sequenced(each(Refusals::keyed), true));
        steps.put("refused no autocommit", sequenced(each(Refusals::plain), false));
        steps.put("refused no autocommit simple", sequenced(each(Refusals::plain), false, "preferQueryMode", "simple"));
        steps.put("refused no autocommit prepared", sequenced(each(prepared(1)), false, "prepareThreshold", "1"));
        steps.put("refused fetched", sequenced(each(Refusals::fetched), false));
        for (String when : new String[] {"always", "conservative"}) {
            steps.put("refused autosave " + when, sequenced(each(Refusals::plain), false, "autosave", when));
            steps.put("refused autosave " + when + " simple", sequenced(each(Refusals::plain), false, "autosave", when, "preferQueryMode", "simple"));
            steps.put("refused autosave " + when + " cleaned", sequenced(each(prepared(1)), false, "autosave", when, "cleanupSavepoints", "true", "prepareThreshold", "1"));
        }
        steps.put("refused parted", sequenced(Refusals::parted, true));
        steps.put("refused parted no autocommit", sequenced(Refusals::parted, false));
        steps.put("refused together", sequenced(Refusals::together, true, "preferQueryMode", "simple"));
        steps.put("refused begun together", sequenced(Refusals::parted, true, "preferQueryMode", "simple"));
        steps.put("refused batch", sequenced(Refusals::batch, true));
        steps.put("refused batch no autocommit", sequenced(Refusals::batch, false));
        steps.put("refused batch autosave", sequenced(Refusals::batch, false, "autosave", "always"));
        steps.put("refused quiet batch", sequenced(Refusals::quietBatch, true));
        steps.put("refused quiet batch no autocommit", sequenced(Refusals::quietBatch, false));
        steps.put("refused quiet batch simple", sequenced(Refusals::quietBatch, true, "preferQueryMode", "simple"));
        steps.put("refused blocks", Refusals::blocks);
        steps.put("refused inserts", Refusals::inserts);
        steps.put("refused others", Refusals::others);
        steps.put("refused preparing", Refusals::preparing);
    }
}
