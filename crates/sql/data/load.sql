-- What the gate asks a server for, as one text: lines in COPY's own format, each beginning with a word that says
-- what it is. `{low}` and `{high}` stand for OIDs (what a server brings itself is below 16384); the order of the
-- statements is the order in which lines may refer to earlier ones. Runs on PostgreSQL 15 and later. It reads
-- definitions only, never a row of a table, and is read-only.
COPY (SELECT 'head', current_setting('server_version_num')::integer / 10000, current_user,
        current_setting('search_path'), current_user = session_user)
    TO STDOUT;
-- With an empty path every printed definition names its schemas.
SET LOCAL search_path = '';
-- The server passes over what the role may not use, and so must whoever looks for a name.
COPY (SELECT 'schema', oid, nspname, pg_catalog.has_schema_privilege(oid, 'USAGE') FROM pg_catalog.pg_namespace
        WHERE oid <= {high} AND nspname !~ '^pg_(toast|temp_|toast_temp_)' ORDER BY oid)
    TO STDOUT;
COPY (SELECT 'relation', c.oid, c.relnamespace, c.relname, c.relkind,
            -- Two digits are enough, and spare a new version for each row.
            CASE WHEN c.reltuples >= 0 AND c.relkind NOT IN ('i', 'I', 'S')
                THEN to_char(c.reltuples, '9.9EEEE')::numeric::bigint
                -- Never counted, and nothing was ever put into it: it is new.
                WHEN c.oid >= 16384 AND c.relkind = 'r' AND c.relpages = 0 AND NOT c.relhassubclass
                    AND pg_catalog.pg_stat_get_live_tuples(c.oid) = 0 THEN 0 END,
            c.relrowsecurity, coalesce(i.indrelid, 0),
            CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
        WHERE c.oid BETWEEN {low} AND {high} AND c.relkind <> 't' AND n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
        ORDER BY c.oid)
    TO STDOUT;
COPY (SELECT 'column', a.attrelid, a.attnum, a.attname, a.atttypid, a.attnotnull, a.attgenerated <> '',
            CASE WHEN a.atthasdef THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attrelid BETWEEN {low} AND {high} AND a.attnum > 0 AND NOT a.attisdropped
            AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S') AND c.relpersistence <> 't'
        ORDER BY a.attrelid, a.attnum)
    TO STDOUT;
COPY (SELECT 'key', i.indrelid, i.indkey FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind <> 't'
        WHERE i.indrelid BETWEEN {low} AND {high} AND i.indisunique AND i.indisvalid
            AND i.indpred IS NULL AND i.indexprs IS NULL
        ORDER BY i.indrelid, i.indisprimary DESC, i.indexrelid)
    TO STDOUT;
-- What a server takes for granted when it groups rows: a primary key that is checked at once.
COPY (SELECT 'primary', conrelid, array_to_string(conkey, ' ') FROM pg_catalog.pg_constraint
        WHERE conrelid BETWEEN {low} AND {high} AND conrelid >= 16384 AND contype = 'p' AND NOT condeferrable
        ORDER BY conrelid)
    TO STDOUT;
COPY (SELECT 'inherits', h.inhrelid, h.inhparent FROM pg_catalog.pg_inherits h
        JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND c.relkind IN ('r', 'p', 'f')
        WHERE h.inhrelid BETWEEN {low} AND {high} AND c.relpersistence <> 't'
        ORDER BY h.inhrelid, h.inhseqno)
    TO STDOUT;
-- The columns by which rows go to partitions; what an expression of the key is made of, the server keeps as dependencies.
COPY (SELECT 'partition', p.partrelid, pg_catalog.string_agg(DISTINCT k.number::text, ' ' ORDER BY k.number::text)
        FROM pg_catalog.pg_partitioned_table p CROSS JOIN LATERAL (
            SELECT a.number FROM unnest(p.partattrs::int2[]) AS a (number) WHERE a.number <> 0
            UNION SELECT d.objsubid FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid
                    AND d.objid = p.partrelid AND d.refobjid = p.partrelid AND d.objsubid > 0) AS k (number)
        WHERE p.partrelid BETWEEN {low} AND {high} GROUP BY p.partrelid ORDER BY p.partrelid)
    TO STDOUT;
COPY (SELECT 'rule', r.ev_class, pg_catalog.pg_get_ruledef(r.oid) FROM pg_catalog.pg_rewrite r
        WHERE r.ev_class BETWEEN {low} AND {high} AND r.rulename <> '_RETURN' AND r.ev_enabled <> 'D'
        ORDER BY r.ev_class, r.rulename)
    TO STDOUT;
COPY (SELECT 'trigger', t.tgrelid, t.tgfoid, t.tgtype FROM pg_catalog.pg_trigger t
        WHERE t.tgrelid BETWEEN {low} AND {high} AND NOT t.tgisinternal AND t.tgenabled <> 'D'
        ORDER BY t.tgrelid, t.tgname)
    TO STDOUT;
COPY (SELECT 'reference', confrelid, conrelid, confdeltype, confupdtype, pg_catalog.array_to_string(confkey, ' '),
            pg_catalog.array_to_string(conkey, ' ')
        FROM pg_catalog.pg_constraint
        WHERE contype = 'f' AND confrelid BETWEEN {low} AND {high} ORDER BY confrelid, conrelid, oid)
    TO STDOUT;
COPY (SELECT 'function', p.oid, p.pronamespace, p.proname, p.proargtypes, p.proargmodes, p.proargnames,
            p.pronargdefaults, p.provariadic <> 0, p.prokind, p.provolatile, l.lanname, p.prosecdef,
            p.prorettype, p.proretset,
            CASE WHEN p.prosqlbody IS NOT NULL THEN pg_catalog.pg_get_function_sqlbody(p.oid)
                WHEN l.lanname NOT IN ('c', 'internal') AND p.prokind <> 'a' THEN p.prosrc END,
            p.prosqlbody IS NOT NULL,
            (SELECT substr(s, 13) FROM unnest(p.proconfig) s WHERE s ~ '^search_path=' LIMIT 1),
            e.extname
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
            AND d.deptype = 'e'
        LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
        WHERE p.oid BETWEEN {low} AND {high}
            AND p.pronamespace NOT IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname ~ '^pg_temp_')
        ORDER BY p.oid)
    TO STDOUT;
-- What an aggregate is made of; a server's own aggregates are known by name.
COPY (SELECT DISTINCT 'part', a.aggfnoid::oid, f.oid FROM pg_catalog.pg_aggregate a,
            unnest(ARRAY[a.aggtransfn::oid, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
                a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn]) AS f (oid)
        WHERE a.aggfnoid::oid BETWEEN greatest({low}, 16384) AND {high} AND f.oid <> 0
        ORDER BY 2, 3)
    TO STDOUT;
-- What a function may give that has checks of its own, and what it is given where a call leaves arguments out.
COPY (SELECT 'gives', p.oid, g.type FROM pg_catalog.pg_proc p
        CROSS JOIN LATERAL unnest(p.proallargtypes, p.proargmodes) WITH ORDINALITY AS g (type, mode, number)
        WHERE p.oid BETWEEN greatest({low}, 16384) AND {high} AND g.type >= 16384 AND g.mode IN ('o', 'b', 't')
        ORDER BY p.oid, g.number)
    TO STDOUT;
COPY (SELECT 'default', oid, pg_catalog.pg_get_expr(proargdefaults, 'pg_catalog.pg_proc'::regclass)
        FROM pg_catalog.pg_proc
        WHERE oid BETWEEN greatest({low}, 16384) AND {high} AND pronargdefaults > 0 ORDER BY oid)
    TO STDOUT;
COPY (SELECT 'operator', oid, oprnamespace, oprname, oprleft, oprright, oprcode::oid FROM pg_catalog.pg_operator
        WHERE oid BETWEEN {low} AND {high} AND oprcode <> 0 ORDER BY oid)
    TO STDOUT;
COPY (SELECT 'type', t.oid, t.typnamespace, t.typname, t.typtype, t.typrelid,
            CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END, t.typbasetype
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        WHERE t.oid BETWEEN {low} AND {high} AND n.nspname !~ '^pg_(toast|temp_|toast_temp_)' ORDER BY t.oid)
    TO STDOUT;
-- Functions that run unseen: a domain's checks and default, a new base type's input; of a table (r) its checks, index
-- expressions and partition expressions (for a partition those of all above it: its bound is checked), (c) the conditions
-- of its policies and triggers, (s) expressions of its statistics. An operator stands for its function. What a server
-- brings itself is not in pg_depend.
COPY (SELECT 'domain', c.contypid, coalesce(o.oprcode::oid, d.refobjid) FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_constraint c ON c.oid = d.objid AND c.contypid <> 0
        LEFT JOIN pg_catalog.pg_operator o ON d.refclassid = 'pg_catalog.pg_operator'::regclass
            AND o.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_constraint'::regclass
            AND d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
            AND c.contypid BETWEEN {low} AND {high}
      UNION SELECT 'domain', t.oid, coalesce(o.oprcode::oid, d.refobjid) FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_type t ON t.oid = d.objid AND t.typtype = 'd'
        LEFT JOIN pg_catalog.pg_operator o ON d.refclassid = 'pg_catalog.pg_operator'::regclass
            AND o.oid = d.refobjid
        WHERE d.classid = 'pg_catalog.pg_type'::regclass
            AND d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
            AND t.oid BETWEEN {low} AND {high}
      UNION SELECT 'domain', oid, typinput::oid FROM pg_catalog.pg_type
        WHERE oid BETWEEN greatest({low}, 16384) AND {high} AND typinput::oid >= 16384
      ORDER BY 2, 3)
    TO STDOUT;
COPY (SELECT DISTINCT 'runs', w.relation, coalesce(o.oprcode::oid, d.refobjid), w.kind FROM pg_catalog.pg_depend d
        JOIN (SELECT 'pg_catalog.pg_constraint'::regclass, oid, conrelid, 'r', 0::oid
                FROM pg_catalog.pg_constraint
                WHERE conrelid <> 0
            UNION ALL SELECT 'pg_catalog.pg_policy'::regclass, oid, polrelid, 'c', 0
                FROM pg_catalog.pg_policy
            UNION ALL SELECT 'pg_catalog.pg_class'::regclass, indexrelid, indrelid, 'r', 0
                FROM pg_catalog.pg_index
            UNION ALL SELECT 'pg_catalog.pg_class'::regclass, partrelid, partrelid, 'r', 0
                FROM pg_catalog.pg_partitioned_table
            UNION ALL SELECT 'pg_catalog.pg_class'::regclass, p.partrelid, c.oid, 'r', 0
                FROM pg_catalog.pg_class c CROSS JOIN pg_catalog.pg_partition_ancestors(c.oid) a (relid)
                JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = a.relid
                WHERE c.relispartition AND p.partexprs IS NOT NULL
            UNION ALL SELECT 'pg_catalog.pg_trigger'::regclass, oid, tgrelid, 'c', tgfoid
                FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'pg_catalog.pg_statistic_ext'::regclass, oid, stxrelid, 's', 0
                FROM pg_catalog.pg_statistic_ext
            ) AS w (class, oid, relation, kind, fires) ON w.class = d.classid AND w.oid = d.objid
        LEFT JOIN pg_catalog.pg_operator o ON d.refclassid = 'pg_catalog.pg_operator'::regclass
            AND o.oid = d.refobjid
        WHERE d.refclassid IN ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
            -- A trigger's own function runs when it fires, and is told with it.
            AND NOT (d.refclassid = 'pg_catalog.pg_proc'::regclass AND d.refobjid = w.fires)
            AND w.relation BETWEEN {low} AND {high}
        ORDER BY 2, 3, 4)
    TO STDOUT;
COPY (SELECT 'cast', castsource, casttarget, castfunc FROM pg_catalog.pg_cast
        WHERE oid BETWEEN {low} AND {high} ORDER BY 2, 3)
    TO STDOUT;
COPY (SELECT DISTINCT 'event', evtfoid::oid, evtevent, evttags FROM pg_catalog.pg_event_trigger
        WHERE evtfoid BETWEEN {low} AND {high} AND evtenabled <> 'D' AND evtevent <> 'login' ORDER BY 2, 3, 4)
    TO STDOUT;
-- What compares values of types and operator classes that somebody made; native code is the operator's own concern.
COPY (SELECT 'compares', p.oid FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
        WHERE p.oid BETWEEN greatest({low}, 16384) AND {high} AND l.lanname NOT IN ('c', 'internal') AND p.oid IN (
            SELECT amproc::oid FROM pg_catalog.pg_amproc
            UNION ALL SELECT o.oprcode::oid FROM pg_catalog.pg_amop a
                JOIN pg_catalog.pg_operator o ON o.oid = a.amopopr
            UNION ALL SELECT unnest(ARRAY[rngcanonical::oid, rngsubdiff::oid]) FROM pg_catalog.pg_range)
        ORDER BY p.oid)
    TO STDOUT;
COPY (SELECT 'end') TO STDOUT;
