/* One actor: names, whom it speaks for, how often it spoke and was accused. */
#include "query/questions/naming.h"

#include <string.h>

static const char *const columns[] = {"name", "kind",       "aliases", "ids",
                                      "role", "speaks_for", "made",    "accused_in"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char query[] =
    "MATCH (a:Actor) WHERE id(a) = $n "
    "OPTIONAL MATCH (a)-[r:SPEAKS_FOR]->(whom) WITH a, r, whom ORDER BY id(r) "
    "WITH a, collect(DISTINCT whom.name) AS speaks_for "
    "OPTIONAL MATCH (a)-[:MADE]->(s) WITH a, speaks_for, count(s) AS made "
    "OPTIONAL MATCH (a)<-[r:ACCUSES]-() "
    "RETURN a.name, a.kind, a.aliases, a.ids, a.role, speaks_for, made, count(r)";

gs_code gs_actor_open(gs_run **out, gs_asked *asked, uint64_t actor, gs_error *err)
{
    gs_settings settings = asked->settings;
    gs_entry entry;
    gs_code rc;

    settings.parameters = gs_parameter(&entry, "n", gs_integer((int64_t)actor));
    settings.strict = false;
    settings.unmerged = true;
    GS_TRY(gs_asked_columns(asked, columns, COLUMNS, err));
    rc = gs_run_open(out, asked->snapshot, query, &settings, err);
out:
    return rc;
}

static gs_code open(gs_asked *asked, gs_error *err)
{
    uint64_t actor;
    gs_run *run = NULL;
    gs_code rc;

    GS_TRY(gs_asked_actor(&actor, asked, 0, err));
    rc = gs_actor_open(&run, asked, actor, err);
    asked->state = run;
out:
    return rc;
}

static gs_code next(gs_asked *asked, gs_error *err)
{
    const gs_value *row;
    gs_code rc = gs_run_next(asked->state, &row, err);

    if (rc == GS_OK)
        memcpy(asked->cells, row, COLUMNS * sizeof *row);
    return rc;
}

static void close(gs_asked *asked)
{
    gs_run_close(asked->state);
}

const gs_question gs_question_actor = {
    "actor", "a NAME", 1, 1, columns, COLUMNS, open, next, close,
};
