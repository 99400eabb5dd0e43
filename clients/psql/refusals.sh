# Refusals at every place, by psql: what is seen and what has run is the same whether the gate refuses a statement or the
# server fails at it. Sourced by matrix.sh, and never runs by itself.
#
# The words of an error differ, so psql is told to give its code alone, and the refusal's becomes one word.

refused_table=${MATRIX_REFUSED:-}
refused_delete="delete from $refused_table"
refused_around=("insert into trail values (1)" "select 'a', 2" "insert into trail values (3) returning n" "select 4 where false")
refused_options=(-At -v VERBOSITY=sqlstate)

# Texts with a refused one at every place, outside and inside of a transaction block, and some more: one sequence a line,
# its texts parted by `|`. One more where the way to send them opens no block by itself: in an aborted one a refused text is
# refused again, and the server says that the block is aborted (the step `refused again`).
refused_sequences() {
    local a=("${refused_around[@]}") d=$refused_delete place texts
    for place in 0 1 2 3 4; do
        texts=("${a[@]:0:place}" "$d" "${a[@]:place}")
        (IFS='|' && printf '%s\n' "${texts[*]}" "begin|${texts[*]}|commit")
    done
    printf '%s\n' "begin|${a[0]}|savepoint a|insert into trail values (5)|$d|rollback to a|${a[2]}|commit" \
        "begin|${a[0]}|$d|rollback|${a[2]}" "begin|${a[0]}|$d|commit|${a[2]}"
    case $1 in no_autocommit | single_* | *_single) ;; *) printf '%s\n' "$d|select 3|$d" ;; esac
}

# What follows each sequence: whether a block is open (an error: an aborted one), and what has run. Settings are undone first.
refused_rest() {
    cat <<'S'
\echo :ERROR :SQLSTATE :ROW_COUNT
select 'block', now() <> statement_timestamp();
rollback;
\set AUTOCOMMIT on
\set ON_ERROR_ROLLBACK off
\set FETCH_COUNT 0
select n from trail order by n;
delete from trail;
deallocate all;
\echo ----
S
}

# All sequences in one session: the function named first writes the script of the texts it is given.
refused_session() {
    local how=$1 line texts
    while read -r line; do
        IFS='|' read -ra texts <<<"$line"
        "$how" "${texts[@]}"
        refused_rest
    done < <(refused_sequences "$how")
}

# Every sequence in a psql of its own: the function named first fills `arguments`, a script comes by standard input.
refused_runs() {
    local name="psql $1" how=$2 line texts arguments text=""
    [[ "$name" == *"${MATRIX_ONLY:-}"* ]] || return 0
    while read -r line; do
        IFS='|' read -ra texts <<<"$line"
        arguments=()
        "$how" "${texts[@]}"
        text+=$(printf '%s;\n' "${texts[@]}" | timeout 60 psql -X --no-password "${refused_options[@]}" "${arguments[@]}" 2>&1 | steady; echo "exit ${PIPESTATUS[1]}")$'\n'
        text+=$(refused_rest | psql -X --no-password "${refused_options[@]}" -f - 2>&1 | steady)$'\n'
    done < <(refused_sequences "$how")
    write "$name" "$text"
}

each() { printf '%s;\n\\echo :ERROR :SQLSTATE :ROW_COUNT\n' "$@"; }
on_error_rollback() { printf '\\set ON_ERROR_ROLLBACK on\n'; each "$@"; }
no_autocommit() { printf '\\set AUTOCOMMIT off\n'; each "$@"; }
fetched() { printf '\\set FETCH_COUNT 1\n'; each "$@"; }
described() { printf '%s\n\\gdesc\n' "$@"; }
kept() { printf '%s\n\\gset kept_\n\\echo :ERROR :SQLSTATE :ROW_COUNT\n' "$@"; }
executed() { printf '%s\n' "select \$x\$$1\$x\$"; shift; printf 'union all select $x$%s$x$\n' "$@"; printf '\\gexec\n'; }
# A block begins before the text: of a refused text nothing runs, its BEGIN neither. For the same reason what the statements
# before it in the text said is not looked at.
together() {
    if [[ $1 == begin ]]; then
        printf 'begin;\n'
        shift
    fi
    printf '\\o /dev/null\n'
    begun_together "$@"
    printf '\\o\n'
}
begun_together() { printf '%s\\; ' "${@:1:$#-1}"; printf '%s;\n' "${@: -1}"; }
# What cannot be prepared runs as it is.
prepared() {
    local n=0 text
    for text in "$@"; do
        case $text in
            select* | insert* | delete*) printf 'prepare s%d as %s;\n\\echo :ERROR :SQLSTATE\nexecute s%d;\n' $n "$text" $n ;;
            *) printf '%s;\n' "$text" ;;
        esac
        printf '\\echo :ERROR :SQLSTATE :ROW_COUNT\n'
        n=$((n + 1))
    done
}
bound() { printf '%s \\bind \\g\n\\echo :ERROR :SQLSTATE :ROW_COUNT\n' "$@"; }
parsed() {
    local n=0 text
    for text in "$@"; do
        printf '%s \\parse s%d\n\\echo :ERROR :SQLSTATE\n\\bind_named s%d \\g\n\\echo :ERROR :SQLSTATE\n' "$text" $n $n
        n=$((n + 1))
    done
}
pipelined() { printf '\\startpipeline\n'; printf '%s \\bind \\sendpipeline\n' "$@"; printf '\\endpipeline\n'; }
pipeline_synced() { printf '\\startpipeline\n'; printf '%s \\bind \\sendpipeline\n\\syncpipeline\n' "$@"; printf '\\endpipeline\n'; }
pipeline_flushed() { printf '\\startpipeline\n'; printf '%s \\bind \\sendpipeline\n\\flushrequest\n\\getresults\n' "$@"; printf '\\endpipeline\n'; }

stopping() { arguments=(-v ON_ERROR_STOP=1 -f -); }
single_transaction() { arguments=(-1 -v ON_ERROR_STOP=1 -f -); }
single_unstopped() { arguments=(-1 -f -); }
by_command() { local text; for text in "$@"; do arguments+=(-c "$text"); done; }
by_command_single() { by_command "$@"; arguments+=(-1); }
# One `-c` is one text, but for a block that begins before it.
by_one_command() {
    if [[ $1 == begin ]]; then
        arguments=(-c begin)
        shift
    fi
    local text
    text=$(printf '%s; ' "$@")
    arguments+=(-o /dev/null -c "$text")
}

# What is no plain text: COPY both ways in all its spellings, descriptions, plans, cursors; outside and inside of a block.
refused_others() {
    local block work
    local works=(
        $'copy '"$refused_table"$' from stdin;\n9\tx\n\\.' "\\copy $refused_table to pstdout" "\\copy (select * from $refused_table) to pstdout"
        "\\copy $refused_table from '/dev/null'" "copy $refused_table to stdout (format csv, header);" "copy (select id from $refused_table) to stdout;"
        "table $refused_table \\gexec" "table $refused_table \\gset" "table $refused_table \\gx" "table $refused_table \\crosstabview"
        "table $refused_table \\g /dev/null" "table $refused_table \\g | cat" "select 1 \\g /dev/null" "explain $refused_delete;" "explain analyze table $refused_table;"
        "prepare p as table $refused_table;" "declare c cursor for table $refused_table;" "declare h cursor with hold for table $refused_table;"
        "create temp table t as table $refused_table;" "with gone as ($refused_delete returning id) select * from gone;"
    )
    for block in "" begin; do
        for work in "${works[@]}"; do
            printf '%s\n' "${block:+begin;}" "$work" '\echo :ERROR :SQLSTATE'
            refused_rest
        done
    done
}

# What was prepared before a refusal is there after it.
refused_preparing() {
    printf '%s\n' 'prepare kept (int) as select $1 + 1;' "prepare refused as $refused_delete;" 'execute refused;' 'execute kept (41);' \
        'begin;' "prepare lost as $refused_delete;" 'execute kept (41);' 'rollback;' 'execute kept (41);' 'select name from pg_prepared_statements order by 1;'
}

refused_steps() {
    [[ -n $refused_table ]] || return 0
    local version session
    version=$(psql --version | grep -oE '[0-9]+' | head -1)
    psql -Xq -c "create table trail (n int)" || return 1
    local sessions=(each on_error_rollback no_autocommit fetched described kept executed together begun_together prepared)
    ((version < 16)) || sessions+=(bound)
    ((version < 18)) || sessions+=(parsed pipelined pipeline_synced pipeline_flushed)
    for session in "${sessions[@]}"; do
        refused_session "$session" | step "refused ${session//_/ }" "${refused_options[@]}"
    done
    for session in stopping single_transaction single_unstopped by_command by_command_single by_one_command; do
        refused_runs "refused ${session//_/ }" "$session"
    done
    refused_others | step "refused others" "${refused_options[@]}"
    printf '%s;\n' begin "$refused_delete" "$refused_delete" 'select 1' rollback | step "refused again" "${refused_options[@]}"
    refused_preparing | step "refused preparing" "${refused_options[@]}"
    psql -Xq -c "drop table trail"
}
