#include "query/questions/question.h"

#include "graph/index.h"
#include "query/compare.h"
#include "query/questions/record_impl.h"
#include <stdlib.h>

static const char *const columns[] = {"record"};

typedef gs_code make_record(gs_value *out, const gs_snapshot *snapshot, uint64_t number,
                            gs_arena *arena, gs_error *err);

/* A record that waits for its turn, and what it is sorted by. */
typedef struct waiting {
    uint64_t number;
    make_record *make;
    gs_text first, last;
    gs_value place;
} waiting;

typedef struct exporting {
    waiting *items;
    size_t count, room, at;
} exporting;

static int in_turn(const void *a, const void *b)
{
    const waiting *x = a, *y = b;
    int order = gs_text_compare(x->first, y->first);

    if (order == 0)
        order = gs_order(x->place, y->place);
    if (order == 0)
        order = gs_text_compare(x->last, y->last);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static gs_code text_property(gs_text *out, gs_asked *asked, uint64_t number, uint32_t key,
                             gs_error *err)
{
    gs_value value;
    gs_code rc;

    GS_TRY(gs_node_property(&value, asked->snapshot, number, key, &asked->arena, err));
    *out = value.type == GS_STRING ? value.as.string : GS_TEXT("");
out:
    return rc;
}

/* By document, first span, id. */
static gs_code place_statement(waiting *w, gs_asked *asked, gs_error *err)
{
    uint64_t document;
    gs_value spans;
    gs_code rc;

    w->make = gs_statement_record;
    GS_TRY(gs_statement_document(&document, asked->snapshot, w->number, err));
    w->first = GS_TEXT("");
    if (document != 0)
        GS_TRY(text_property(&w->first, asked, document, GS_P_IDENTITY, err));
    GS_TRY(gs_node_property(&spans, asked->snapshot, w->number, GS_P_SPANS, &asked->arena,
                            err));
    if (spans.type == GS_LIST && spans.as.list.count > 0)
        w->place = spans.as.list.items[0];
    rc = text_property(&w->last, asked, w->number, GS_P_ID, err);
out:
    return rc;
}

static gs_code place_document(waiting *w, gs_asked *asked, gs_error *err)
{
    w->make = gs_document_record;
    w->last = GS_TEXT("");
    return text_property(&w->first, asked, w->number, GS_P_IDENTITY, err);
}

static gs_code place_actor(waiting *w, gs_asked *asked, gs_error *err)
{
    gs_code rc;

    w->make = gs_actor_record;
    GS_TRY(text_property(&w->first, asked, w->number, GS_P_NAME, err));
    rc = text_property(&w->last, asked, w->number, GS_P_IDENTITY, err);
out:
    return rc;
}

/* All nodes of a label in their order, behind what is there. */
static gs_code collect(exporting *e, gs_asked *asked, uint32_t label,
                       gs_code (*place)(waiting *, gs_asked *, gs_error *), gs_error *err)
{
    size_t before = e->count;
    gs_nodes *nodes = NULL;
    uint64_t number;
    gs_code rc;

    GS_TRY(gs_nodes_open(&nodes, asked->snapshot, label, err));
    while ((rc = gs_nodes_next(&number, nodes, err)) == GS_OK) {
        waiting w = {.number = number};
        GS_TRY(place(&w, asked, err));
        e->items =
            gs_arena_grow(&asked->arena, e->items, e->count, &e->room, sizeof *e->items);
        if (e->items == NULL) {
            rc = gs_fail_memory(err);
            break;
        }
        e->items[e->count++] = w;
    }
    if (rc == GS_END)
        rc = GS_OK;
    if (rc == GS_OK && e->count - before > 1)
        qsort(e->items + before, e->count - before, sizeof *e->items, in_turn);
out:
    gs_nodes_close(nodes);
    return rc;
}

static gs_code export_open(gs_asked *asked, gs_error *err)
{
    exporting *e = gs_arena_take(&asked->arena, sizeof *e);
    bool records = gs_text_equal(asked->arguments[0], GS_TEXT("records"));
    gs_code rc = GS_OK;

    if (e == NULL)
        return gs_fail_memory(err);
    asked->state = e;
    if (!records && !gs_text_equal(asked->arguments[0], GS_TEXT("statements")))
        return gs_fail(err, GS_USAGE,
                       "export `%.*s`: there are `statements` and `records`",
                       GS_SHOW(asked->arguments[0]));
    if (records) {
        /* Actors first: a document is read again, and whom it names should be there. */
        GS_TRY(collect(e, asked, GS_ACTOR, place_actor, err));
        GS_TRY(collect(e, asked, GS_DOCUMENT, place_document, err));
    }
    rc = collect(e, asked, GS_STATEMENT, place_statement, err);
out:
    return rc;
}

static gs_code export_next(gs_asked *asked, gs_error *err)
{
    exporting *e = asked->state;
    const waiting *w;

    if (asked->settings.interrupt != NULL && *asked->settings.interrupt != 0)
        return gs_fail(err, GS_INTERRUPTED, "interrupted after %zu records", e->at);
    if (e->at == e->count)
        return GS_END;
    w = &e->items[e->at++];
    return w->make(&asked->cells[0], asked->snapshot, w->number, &asked->row, err);
}

const gs_question gs_question_export = {
    "export", "`statements` or `records`", 1, 1, columns, 1, export_open, export_next,
    NULL,
};
