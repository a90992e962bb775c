#include "query/operators/operators.h"

typedef struct assemble {
    gs_operator base;
    const gs_path_pattern *path;
    gs_value *items;
    size_t count, room;
} assemble;

static gs_code assemble_open(gs_operator *self, gs_error *err)
{
    return gs_open(self->input, err);
}

static gs_code add(assemble *a, gs_value item, gs_error *err)
{
    a->items =
        gs_arena_grow(&a->base.arena, a->items, a->count, &a->room, sizeof *a->items);
    if (a->items == NULL)
        return gs_fail_memory(err);
    a->items[a->count++] = item;
    return GS_OK;
}

/* The relationships of a pattern of variable length, with the nodes between them. */
static gs_code add_list(assemble *a, gs_value edges, gs_error *err)
{
    gs_edge edge;
    uint64_t at = a->items[a->count - 1].as.element.number;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < edges.as.list.count; i++) {
        GS_TRY(gs_run_edge(&edge, a->base.run, edges.as.list.items[i].as.element.number,
                           err));
        at = edge.start == at ? edge.end : edge.start;
        GS_TRY(add(a, edges.as.list.items[i], err));
        if (i + 1 < edges.as.list.count)
            GS_TRY(add(a, gs_node_value(at), err));
    }
out:
    return rc;
}

static gs_code assemble_next(gs_operator *self, gs_error *err)
{
    assemble *a = (assemble *)self;
    gs_value *frame = self->run->frame, edge;
    gs_code rc;

    GS_TRY(gs_next(self->input, err));
    gs_arena_reset(&self->arena);
    a->items = NULL;
    a->count = a->room = 0;
    GS_TRY(add(a, frame[a->path->nodes[0].slot], err));
    for (size_t i = 0; i < a->path->edge_count; i++) {
        edge = frame[a->path->edges[i].slot];
        if (edge.type != GS_LIST)
            GS_TRY(add(a, edge, err));
        else
            GS_TRY(add_list(a, edge, err));
        if (edge.type != GS_LIST || edge.as.list.count > 0)
            GS_TRY(add(a, frame[a->path->nodes[i + 1].slot], err));
    }
    frame[a->path->slot] = (gs_value){.type = GS_PATH, .as.path = {a->items, a->count}};
out:
    return rc;
}

static void assemble_explain(const gs_operator *self, gs_buffer *details)
{
    gs_buffer_text(details, ((const assemble *)self)->path->name);
}

static const gs_operator_class assemble_class = {
    "Name the path", sizeof(assemble), assemble_open, assemble_next, NULL,
    assemble_explain};

gs_operator *gs_assemble(gs_run *run, gs_operator *input, const gs_path_pattern *path)
{
    assemble *a = gs_operator_make(run, &assemble_class, input);

    if (a == NULL)
        return NULL;
    a->path = path;
    return &a->base;
}
