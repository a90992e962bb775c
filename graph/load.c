#include "graph/load.h"

#include "graph/batch.h"
#include "graph/graph_line.h"
#include "graph/id_table.h"
#include "graph/lines.h"
#include "graph/txn_impl.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct loader {
    gs_store *store;
    gs_load_options options;
    gs_batch *batch;
    gs_id_table nodes, edges;
    gs_arena arena; /* of a line */
    gs_loaded loaded;
    gs_lines lines;
} loader;

/* A commit of nothing is the one before; it is not this load's. */
static gs_code finish_batch(loader *l, gs_error *err)
{
    gs_batch *batch = l->batch;
    bool wrote = l->loaded.nodes + l->loaded.edges > 0;
    gs_commit commit;
    gs_code rc;

    l->batch = NULL; /* ended, whatever comes */
    rc = gs_batch_commit(&commit, batch, err);
    if (rc == GS_OK && wrote)
        l->loaded.commit = commit;
    return rc;
}

static gs_code begin_batch(loader *l, gs_error *err)
{
    return gs_batch_begin(&l->batch, l->store, 0, l->options.now, err);
}

static gs_code refuse_twice(const char *what, gs_text id, gs_error *err)
{
    return gs_fail(err, GS_INPUT, "a second %s with the id \"%.*s\"; give each its own",
                   what, GS_SHOW(gs_text_slice(id, 0, 64)));
}

static gs_code add_node(loader *l, const gs_graph_line *line, gs_error *err)
{
    uint32_t *labels = gs_arena_array(&l->arena, line->label_count, sizeof *labels);
    uint64_t number;
    gs_code rc;

    if (labels == NULL)
        return gs_fail_memory(err);
    if (gs_id_table_find(&l->nodes, line->id) != 0)
        return refuse_twice("node", line->id, err);
    for (size_t i = 0; i < line->label_count; i++)
        GS_TRY(gs_batch_name(&labels[i], l->batch, line->labels[i], err));
    GS_TRY(gs_batch_node(&number, l->batch, labels, line->label_count, line->properties,
                         err));
    GS_TRY(gs_id_table_add(&l->nodes, line->id, number, err));
    l->loaded.nodes++;
out:
    return rc;
}

static gs_code find_end(uint64_t *out, const loader *l, const char *which, gs_text id,
                        gs_error *err)
{
    uint64_t number = gs_id_table_find(&l->nodes, id);

    if (number == 0)
        return gs_fail(err, GS_INPUT,
                       "%s: no node before it has the id \"%.*s\"; put nodes first",
                       which, GS_SHOW(gs_text_slice(id, 0, 64)));
    *out = number;
    return GS_OK;
}

static gs_code add_edge(loader *l, const gs_graph_line *line, gs_error *err)
{
    uint64_t start, end, number;
    uint32_t type;
    gs_code rc;

    if (line->id.bytes != NULL && gs_id_table_find(&l->edges, line->id) != 0)
        return refuse_twice("relationship", line->id, err);
    GS_TRY(find_end(&start, l, "start", line->start, err));
    GS_TRY(find_end(&end, l, "end", line->end, err));
    GS_TRY(gs_batch_name(&type, l->batch, line->type, err));
    GS_TRY(gs_batch_edge(&number, l->batch, type, start, end, line->date,
                         line->properties, err));
    if (line->id.bytes != NULL)
        GS_TRY(gs_id_table_add(&l->edges, line->id, number, err));
    l->loaded.edges++;
out:
    return rc;
}

static gs_code take_line(loader *l, gs_text text, gs_error *err)
{
    gs_graph_line line;
    gs_code rc;

    gs_arena_reset(&l->arena);
    rc = gs_graph_line_read(&line, text, &l->arena, err);
    if (rc == GS_OK)
        rc = line.is_node ? add_node(l, &line, err) : add_edge(l, &line, err);
    if (rc == GS_INPUT || rc == GS_LIMIT)
        err->line = l->lines.number;
    return rc;
}

static gs_code settle(loader *l, gs_error *err)
{
    gs_code rc;

    if (l->options.interrupt != NULL && *l->options.interrupt != 0)
        return gs_fail(err, GS_INTERRUPTED, "interrupted");
    if (gs_batch_dirty(l->batch) <= l->options.batch)
        return GS_OK;
    rc = finish_batch(l, err);
    return rc == GS_OK ? begin_batch(l, err) : rc;
}

static gs_code take_all(loader *l, gs_error *err)
{
    gs_text text;
    gs_code rc;

    while ((rc = gs_lines_next(&text, &l->lines, err)) == GS_OK) {
        if (gs_text_trim(text).size == 0)
            continue;
        GS_TRY(settle(l, err));
        GS_TRY(take_line(l, text, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

/* What is in the store of a load that failed must not come as a surprise. */
static void tell_what_stays(const gs_commit *commit, gs_error *err)
{
    gs_error plain = *err;

    if (commit->number == 0)
        return;
    gs_fail_at(err, plain.code, plain.line, plain.column, plain.length,
               "%.400s (what stands before it was committed, up to commit %" PRIu64 ")",
               plain.text, commit->number);
}

gs_code gs_load(gs_loaded *out, gs_store *store, FILE *file,
                const gs_load_options *options, gs_error *err)
{
    loader *l = calloc(1, sizeof *l); /* its block is large for a stack */
    uint64_t seed = store->environment->seed;
    gs_code rc;

    if (l == NULL)
        return gs_fail_memory(err);
    l->store = store;
    l->options = *options;
    if (l->options.batch == 0)
        l->options.batch = GS_LOAD_BATCH;
    l->nodes.seed = l->edges.seed = seed;
    l->lines.file = file;
    l->lines.interrupt = options->interrupt;
    GS_TRY(begin_batch(l, err));
    GS_TRY(take_all(l, err));
    GS_TRY(finish_batch(l, err));
    *out = l->loaded;
out:
    if (rc != GS_OK)
        tell_what_stays(&l->loaded.commit, err);
    gs_batch_abort(l->batch);
    gs_id_table_free(&l->nodes);
    gs_id_table_free(&l->edges);
    gs_lines_free(&l->lines);
    gs_arena_free(&l->arena);
    free(l);
    return rc;
}
