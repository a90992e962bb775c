#include "query/questions/exchange.h"
#include "query/questions/naming.h"

#include "query/compare.h"
#include <stdlib.h>
#include <string.h>

static const char *const statement_columns[] = {GS_ACT_COLUMN_NAMES, "spans", "same_as",
                                                "replaces"};
enum { STATEMENT_COLUMNS = GS_ACT_COLUMNS + 2 };

/* What was asked for is a statement, a document (its statements), or an actor. */
typedef struct showing {
    gs_exchange exchange;
    size_t at;
    gs_text replaces; /* the id asked for, where what is shown stands in its place */
    gs_run *actor;    /* NULL: statements are shown */
} showing;

/* What may be meant besides a statement's id, in this order; the first that finds anything
 * is it. */
static const struct {
    const char *query;
    enum { DOCUMENT, ACTOR } what;
} ways[] = {
    {"MATCH (d:Document) WHERE d.url = $name RETURN id(d)", DOCUMENT},
    {"MATCH (d:Document) WHERE d.file = $name RETURN id(d)", DOCUMENT},
    {"UNWIND actors($name) AS a RETURN id(a)", ACTOR},
    {"MATCH (d:Document) WHERE d.file ENDS WITH '/' + $name RETURN id(d)", DOCUMENT},
};

/* By where they stand in the text, those without a place last, then by id. */
static int by_span(const void *a, const void *b, void *context)
{
    const gs_act *acts = context;
    const gs_statement *x = &acts[*(const size_t *)a].shown;
    const gs_statement *y = &acts[*(const size_t *)b].shown;
    int order = gs_order(x->spans, y->spans);

    return order != 0 ? order : gs_order(x->id, y->id);
}

static gs_code show_statements(showing *s, gs_asked *asked, const gs_numbers *numbers,
                               gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_asked_columns(asked, statement_columns,
                            STATEMENT_COLUMNS + (s->replaces.bytes != NULL), err));
    GS_TRY(gs_exchange_gather(&s->exchange, asked, numbers, false, false, err));
    GS_TRY(gs_exchange_line_up(&s->exchange, asked, err));
    if (s->exchange.told > 1)
        qsort_r(s->exchange.order, s->exchange.told, sizeof *s->exchange.order, by_span,
                s->exchange.acts);
out:
    return rc;
}

static gs_code show_document(showing *s, gs_asked *asked, uint64_t document,
                             gs_error *err)
{
    gs_numbers statements = {0};
    gs_entry entry;
    gs_code rc;

    GS_TRY(gs_numbers_ask(
        &statements, asked,
        "MATCH (s:Statement)-[:REPORTED_IN]->(d) WHERE id(d) = $n RETURN DISTINCT id(s)",
        gs_parameter(&entry, "n", gs_integer((int64_t)document)), err));
    rc = show_statements(s, asked, &statements, err);
out:
    return rc;
}

static gs_code show_found(showing *s, gs_asked *asked, size_t way, gs_text name,
                          const gs_numbers *found, gs_error *err)
{
    if (found->count > 1)
        return gs_refuse_many(asked, name, found, err);
    if (ways[way].what == DOCUMENT)
        return show_document(s, asked, found->items[0], err);
    return gs_actor_open(&s->actor, asked, found->items[0], err);
}

static gs_code show_open(gs_asked *asked, gs_error *err)
{
    showing *s = gs_arena_take(&asked->arena, sizeof *s);
    gs_numbers statements = {0};
    gs_entry entry;
    gs_text name;
    bool replaced;
    gs_code rc;

    if (s == NULL)
        return gs_fail_memory(err);
    asked->state = s;
    GS_TRY(gs_asked_words(&name, asked, err));
    GS_TRY(gs_numbers_of_id(&statements, &replaced, asked, name, err));
    if (replaced)
        s->replaces = name;
    if (statements.count > 1 && !replaced)
        return gs_refuse_many(asked, name, &statements, err);
    if (statements.count > 0)
        return show_statements(s, asked, &statements, err);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        gs_numbers found = {0};
        GS_TRY(gs_numbers_ask(&found, asked, ways[i].query,
                              gs_parameter(&entry, "name", gs_string(name)), err));
        if (found.count > 0)
            return show_found(s, asked, i, name, &found, err);
    }
out:
    return rc;
}

static gs_code show_next(gs_asked *asked, gs_error *err)
{
    showing *s = asked->state;
    const gs_value *row;
    const gs_act *act;
    gs_code rc;

    if (s->actor != NULL) {
        GS_TRY(gs_run_next(s->actor, &row, err));
        memcpy(asked->cells, row, asked->column_count * sizeof *row);
        return GS_OK;
    }
    if (s->at == s->exchange.told)
        return GS_END;
    act = &s->exchange.acts[s->exchange.order[s->at]];
    asked->cells[GS_ACT_COLUMNS] = act->shown.spans;
    asked->cells[GS_ACT_COLUMNS + 1] = gs_list(act->same_as.items, act->same_as.count);
    if (s->replaces.bytes != NULL)
        asked->cells[GS_ACT_COLUMNS + 2] = gs_string(s->replaces);
    rc = gs_act_cells(asked->cells, &s->exchange, s->exchange.order[s->at++], &asked->row,
                      err);
out:
    return rc;
}

static void show_close(gs_asked *asked)
{
    showing *s = asked->state;

    if (s != NULL)
        gs_run_close(s->actor);
}

const gs_question gs_question_show = {
    "show",
    "an ID, NAME, FILE or URL",
    1,
    SIZE_MAX,
    statement_columns,
    STATEMENT_COLUMNS,
    show_open,
    show_next,
    show_close,
};
