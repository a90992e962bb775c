#include "query/links.h"
#include "query/operators/clock.h"
#include "query/operators/operators.h"
#include "query/reported.h"

#include <stdlib.h>

enum {
    LEVEL_BYTES = 5120
}; /* what a level holds until the run is closed: a timeline of
                              * 3.2 KB and two or three cursors of some 500 bytes */

/* A relationship on the way down: whose edges are being tried, and the one taken. */
typedef struct level {
    gs_links *links;
    uint64_t edge;
    gs_clock clock; /* before the edge */
} level;

/* Depth first, without recursion: no relationship twice on one way. */
typedef struct expand_path {
    gs_operator base;
    gs_expand_spec spec;
    level *levels; /* malloc'd: cursors outlive rows */
    size_t level_count, depth;
    gs_arena once; /* what lives as long as the input's row */
    gs_value properties;
    gs_clock clock; /* before the first edge, then behind the one taken last */
    int64_t within;
    bool active, zero; /* zero: the way of no step is still to be given */
} expand_path;

static void path_close(gs_operator *self)
{
    expand_path *e = (expand_path *)self;

    for (size_t i = 0; i < e->level_count; i++)
        gs_links_close(e->levels[i].links);
    free(e->levels);
    e->levels = NULL;
    e->level_count = 0;
    gs_arena_free(&e->once);
}

static gs_code path_open(gs_operator *self, gs_error *err)
{
    ((expand_path *)self)->active = false;
    return gs_open(self->input, err);
}

static gs_code more_levels(expand_path *e, gs_error *err)
{
    size_t count = e->level_count > 0 ? e->level_count * 2 : 8;
    level *levels;

    if (!gs_budget_take(&e->base.run->budget, (count - e->level_count) * LEVEL_BYTES))
        return gs_fail_memory(err);
    levels = realloc(e->levels, count * sizeof *levels);
    if (levels == NULL)
        return gs_fail_memory(err);
    for (size_t i = e->level_count; i < count; i++)
        levels[i] = (level){0};
    e->levels = levels;
    e->level_count = count;
    return GS_OK;
}

/* The edges of a node at the depth that is reached now. */
static gs_code descend(expand_path *e, uint64_t node, gs_error *err)
{
    const gs_edge_pattern *edge = e->spec.edge;
    level *l;
    gs_code rc = GS_OK;

    if (e->depth == e->level_count)
        GS_TRY(more_levels(e, err));
    l = &e->levels[e->depth];
    l->clock = e->clock;
    if (l->links != NULL)
        return gs_links_reset(l->links, node, err);
    rc = gs_links_open(&l->links, e->base.run, node, edge->keys, edge->key_count,
                       e->spec.direction, GS_WINDOW_ALL, err);
out:
    return rc;
}

static gs_code start(expand_path *e, gs_error *err)
{
    gs_run *run = e->base.run;
    gs_value from;
    bool ok = true;
    gs_code rc;

    do {
        GS_TRY(gs_next(e->base.input, err));
        gs_arena_reset(&e->once);
        from = run->frame[e->spec.from];
        if (e->spec.timed && from.type == GS_NODE) {
            GS_TRY(gs_clock_within(&e->within, run, e->spec.path, &e->once, err));
            GS_TRY(gs_clock_here(&ok, &e->clock, run, e->spec.path, e->spec.index,
                                 e->spec.reversed, e->within, &e->once, err));
        }
    } while (from.type != GS_NODE || !ok);
    e->properties = gs_null;
    if (e->spec.edge->properties != NULL)
        GS_TRY(gs_evaluate(&e->properties, run, e->spec.edge->properties, &e->once, err));
    e->depth = 0;
    GS_TRY(descend(e, from.as.element.number, err));
    e->zero = e->spec.edge->least == 0;
    e->active = true;
out:
    return rc;
}

/* Whether a relationship may be the next of this way. */
static gs_code may_take(bool *out, expand_path *e, const gs_hop *hop, gs_error *err)
{
    gs_run *run = e->base.run;
    gs_code rc;

    *out = false;
    e->base.looked++;
    e->clock = e->levels[e->depth].clock;
    if (e->spec.timed && !gs_clock_step(&e->clock, hop->earliest, hop->latest, e->within,
                                        e->spec.reversed))
        return GS_OK;
    if ((hop->inferred && run->settings.stated_only) || e->depth >= e->spec.edge->most ||
        gs_edge_is_used(run, &e->spec.used, hop->edge))
        return GS_OK;
    for (size_t i = 0; i < e->depth; i++)
        if (e->levels[i].edge == hop->edge)
            return GS_OK;
    GS_TRY(gs_edge_has(out, run, e->properties, hop->edge, &e->base.arena, err));
    if (*out)
        GS_TRY(gs_seen(out, run, hop->neighbour, err));
out:
    return rc;
}

/* Writes the way of `count` relationships into the frame, from left to right. */
static gs_code give(expand_path *e, size_t count, uint64_t end, gs_error *err)
{
    gs_run *run = e->base.run;
    gs_value *items = gs_arena_array(&e->base.arena, count, sizeof *items);

    if (items == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        items[e->spec.reversed ? count - 1 - i : i] = gs_edge_value(e->levels[i].edge);
    run->frame[e->spec.edge->slot] = gs_list(items, count);
    run->frame[e->spec.to.slot] = gs_node_value(end);
    return GS_OK;
}

/* One step: deeper, aside or back. *found tells whether a way ends at *end, of *length.
 */
static gs_code step(bool *found, size_t *length, uint64_t *end, expand_path *e,
                    gs_error *err)
{
    gs_hop hop;
    bool taken;
    gs_code rc = gs_links_next(&hop, e->levels[e->depth].links, err);

    *found = false;
    if (rc == GS_END) {
        e->active = e->depth > 0;
        e->depth -= e->depth > 0;
        return GS_OK;
    }
    if (rc != GS_OK)
        return rc;
    GS_TRY(may_take(&taken, e, &hop, err));
    if (!taken)
        return GS_OK;
    e->levels[e->depth].edge = hop.edge;
    *length = e->depth + 1;
    *end = hop.neighbour;
    if (e->depth + 1 < e->spec.edge->most) {
        e->depth++;
        GS_TRY(descend(e, hop.neighbour, err));
    }
    *found = *length >= e->spec.edge->least;
out:
    return rc;
}

static gs_code path_next(gs_operator *self, gs_error *err)
{
    expand_path *e = (expand_path *)self;
    gs_run *run = self->run;
    size_t length = 0;
    uint64_t end = 0;
    bool found = false;
    gs_code rc = GS_OK;

    if (!e->spec.edge->any && e->spec.edge->key_count == 0 && e->spec.edge->least > 0)
        return GS_END; /* of a type that the store has not */
    gs_arena_reset(&self->arena);
    while (!found) {
        GS_TRY(gs_run_tick(run, err));
        if (!e->active)
            GS_TRY(start(e, err));
        if (e->zero) {
            e->zero = false;
            length = 0;
            end = run->frame[e->spec.from].as.element.number;
            found = true;
            if (!e->spec.edge->any && e->spec.edge->key_count == 0)
                e->active = false;
        } else {
            GS_TRY(step(&found, &length, &end, e, err));
        }
        if (found)
            GS_TRY(gs_target_fits(&found, run, &e->spec.to, end, err));
    }
    rc = give(e, length, end, err);
out:
    return rc;
}

static void path_explain(const gs_operator *self, gs_buffer *details)
{
    const expand_path *e = (const expand_path *)self;

    gs_explain_place(self, details, e->spec.edge->place);
    gs_explain_place(self, details, e->spec.to.place);
    if (e->spec.reversed)
        gs_buffer_text(details, GS_TEXT(" from its right end"));
}

static const gs_operator_class path_class = {"Follow on and on", sizeof(expand_path),
                                             path_open,          path_next,
                                             path_close,         path_explain};

gs_operator *gs_expand_path(gs_run *run, gs_operator *input, const gs_expand_spec *spec)
{
    expand_path *e = gs_operator_make(run, &path_class, input);

    if (e == NULL)
        return NULL;
    e->spec = *spec;
    e->once.budget = &run->budget;
    return &e->base;
}
