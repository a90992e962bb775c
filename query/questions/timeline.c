/* What was said by or against an actor, or between two, by date; and what came in. */
#include "query/questions/exchange.h"
#include "query/questions/naming.h"

#include <inttypes.h>

static const char *const columns[] = {GS_ACT_COLUMN_NAMES};

typedef struct line {
    gs_exchange exchange;
    size_t at;
} line;

#define SIDE_OF(PARAMETER, VARIABLE)                                                     \
    "MATCH (side:Actor) WHERE id(side) = $" PARAMETER                                    \
    " MATCH (side)<-[:SPEAKS_FOR*0..8]-(" VARIABLE ":Actor) WITH DISTINCT " VARIABLE " "

static const char of_one[] =
    SIDE_OF("a", "x") "MATCH (x)-[:MADE]->(s:Statement) RETURN id(s) AS n UNION " SIDE_OF(
        "a", "x") "MATCH (s:Statement)-[:ACCUSES]->(x) RETURN id(s) AS n";

/* What the one said of or to the other. */
#define SAID(A, B)                                                                       \
    SIDE_OF(A, "x")                                                                      \
    "MATCH (other:Actor) WHERE id(other) = $" B                                          \
    " MATCH (x)-[:MADE]->(s:Statement)-[:ACCUSES]->(y:Actor) "                           \
    "WHERE speaks_for(y, other) RETURN id(s) AS n UNION " SIDE_OF(                       \
        A,                                                                               \
        "x") "MATCH (other:Actor) WHERE id(other) = $" B " MATCH "                       \
             "(x)-[:MADE]->(s:Statement)-[:ANSWERS]->(:Statement)<-[:MADE]-(y:Actor) "   \
             "WHERE speaks_for(y, other) RETURN id(s) AS n"

static const char of_two[] = SAID("a", "b") " UNION " SAID("b", "a");

static gs_code line_up(gs_asked *asked, const gs_numbers *seeds, gs_error *err)
{
    line *l = gs_arena_take(&asked->arena, sizeof *l);
    gs_code rc;

    if (l == NULL)
        return gs_fail_memory(err);
    asked->state = l;
    GS_TRY(gs_exchange_gather(&l->exchange, asked, seeds, false, true, err));
    rc = gs_exchange_line_up(&l->exchange, asked, err);
out:
    return rc;
}

static gs_code timeline_open(gs_asked *asked, gs_error *err)
{
    gs_numbers seeds = {0};
    gs_entry entries[2] = {{GS_TEXT("a"), gs_null}, {GS_TEXT("b"), gs_null}};
    gs_code rc;

    for (size_t i = 0; i < asked->count; i++) {
        uint64_t actor;

        GS_TRY(gs_asked_actor(&actor, asked, i, err));
        entries[i].value = gs_integer((int64_t)actor);
    }
    GS_TRY(gs_numbers_ask_merged(&seeds, asked, asked->count == 1 ? of_one : of_two,
                                 gs_map(entries, asked->count), err));
    rc = line_up(asked, &seeds, err);
out:
    return rc;
}

/* A row is as many days after the one before it: silences are written. */
static gs_code timeline_next(gs_asked *asked, gs_error *err)
{
    line *l = asked->state;
    const gs_exchange *e = &l->exchange;
    gs_code rc;

    if (l->at == e->told)
        return GS_END;
    GS_TRY(gs_act_cells(asked->cells, e, e->order[l->at], &asked->row, err));
    if (l->at > 0)
        asked->cells[4] = gs_days_between(e->acts[e->order[l->at - 1]].date,
                                          e->acts[e->order[l->at]].date);
    l->at++;
out:
    return rc;
}

const gs_question gs_question_timeline = {
    "timeline",    "one actor or two", 1,    2, columns, GS_ACT_COLUMNS,
    timeline_open, timeline_next,      NULL,
};

/* The last commit that is no part of what is asked: of a number, it itself; of a time, the
 * last until then; of nothing, the one before the last run. */
static gs_code read_since(uint64_t *out, gs_asked *asked, gs_error *err)
{
    gs_value since = gs_map_get(asked->settings.parameters, GS_TEXT("since"));
    uint64_t number = gs_snapshot_commit(asked->snapshot), last_run = 0;
    gs_edtf date = {0};
    gs_commit commit;
    gs_code rc = GS_OK;

    if (since.type == GS_INTEGER) {
        *out = (uint64_t)since.as.integer;
        return GS_OK;
    }
    if (since.type == GS_STRING && gs_edtf_parse(&date, since.as.string, err) != GS_OK)
        return gs_fail(err, GS_USAGE,
                       "since `%.*s`: is neither a commit nor a date; write 12 or "
                       "2022-11-08",
                       GS_SHOW(since.as.string));
    for (; number > 0; number--) {
        GS_TRY(gs_commit_read(&commit, asked->snapshot, number, err));
        last_run = last_run == 0 ? commit.run : last_run;
        if (since.type == GS_STRING ? commit.time < date.earliest
                                    : commit.run != last_run)
            break;
    }
    *out = number;
out:
    return rc;
}

static gs_code new_open(gs_asked *asked, gs_error *err)
{
    gs_numbers seeds = {0};
    gs_entry entry;
    gs_commit commit = {0};
    uint64_t since = 0;
    gs_code rc;

    GS_TRY(read_since(&since, asked, err));
    if (since > gs_snapshot_commit(asked->snapshot))
        return gs_fail(err, GS_USAGE, "since %" PRIu64 ": the last commit is %" PRIu64,
                       since, gs_snapshot_commit(asked->snapshot));
    if (since > 0)
        GS_TRY(gs_commit_read(&commit, asked->snapshot, since, err));
    GS_TRY(
        gs_numbers_ask(&seeds, asked, "MATCH (s:Statement) WHERE id(s) > $n RETURN id(s)",
                       gs_parameter(&entry, "n", gs_integer((int64_t)commit.last)), err));
    rc = line_up(asked, &seeds, err);
out:
    return rc;
}

const gs_question gs_question_new = {
    "new", "nothing", 0, 0, columns, GS_ACT_COLUMNS, new_open, timeline_next, NULL,
};
