#include "query/links.h"
#include "query/operators/clock.h"
#include "query/operators/operators.h"

typedef struct expand {
    gs_operator base;
    gs_expand_spec spec;
    gs_links *links;
    bool active; /* the links are those of the input's present row */
    gs_clock clock;
    int64_t within;
    gs_proof proof;
} expand;

static void expand_close(gs_operator *self)
{
    expand *e = (expand *)self;

    gs_links_close(e->links);
    e->links = NULL;
    e->active = false;
}

static gs_code expand_open(gs_operator *self, gs_error *err)
{
    ((expand *)self)->active = false;
    return gs_open(self->input, err);
}

/* The links of the input's next row; one cursor serves all rows. */
static gs_code start(expand *e, gs_error *err)
{
    gs_run *run = e->base.run;
    const gs_edge_pattern *edge = e->spec.edge;
    gs_window window;
    gs_value from;
    bool ok = true;
    gs_code rc;

    do {
        GS_TRY(gs_next(e->base.input, err));
        from = run->frame[e->spec.from];
        if (e->spec.timed && from.type == GS_NODE) {
            gs_arena_reset(&e->base.arena);
            GS_TRY(gs_clock_within(&e->within, run, e->spec.path, &e->base.arena, err));
            GS_TRY(gs_clock_here(&ok, &e->clock, run, e->spec.path, e->spec.index,
                                 e->spec.reversed, e->within, &e->base.arena, err));
        }
    } while (from.type != GS_NODE || !ok);
    gs_arena_reset(&e->base.arena);
    GS_TRY(gs_bounds_window(&window, &e->proof.whole, run, e->spec.bounds,
                            e->spec.bound_count, &e->base.arena, err));
    if (e->links != NULL) {
        gs_links_look(e->links, window);
        GS_TRY(gs_links_reset(e->links, from.as.element.number, err));
    } else {
        GS_TRY(gs_links_open(&e->links, run, from.as.element.number, edge->keys,
                             edge->key_count, e->spec.direction, window, err));
    }
    e->active = true;
out:
    return rc;
}

static gs_code fits(bool *out, expand *e, const gs_hop *hop, gs_error *err)
{
    gs_run *run = e->base.run;
    gs_clock clock = e->clock;

    *out = false;
    if ((hop->inferred && run->settings.stated_only) ||
        gs_edge_is_used(run, &e->spec.used, hop->edge) ||
        (e->spec.timed &&
         !gs_clock_step(&clock, hop->earliest, hop->latest, e->within, e->spec.reversed)))
        return GS_OK;
    return gs_target_fits_hop(out, run, &e->spec.to, hop, err);
}

static gs_code expand_next(gs_operator *self, gs_error *err)
{
    expand *e = (expand *)self;
    gs_run *run = self->run;
    gs_hop hop;
    bool found = false;
    gs_code rc = GS_OK;

    if (!e->spec.edge->any && e->spec.edge->key_count == 0)
        return GS_END; /* of a type that the store has not */
    while (!found) {
        GS_TRY(gs_run_tick(run, err));
        if (!e->active)
            GS_TRY(start(e, err));
        rc = gs_links_next(&hop, e->links, err);
        if (rc == GS_END) {
            e->active = false;
            continue;
        }
        if (rc != GS_OK)
            return rc;
        self->looked++;
        GS_TRY(fits(&found, e, &hop, err));
    }
    gs_run_tell(run, &hop);
    e->proof.holds = e->proof.whole && hop.dated &&
                     (hop.earliest != INT64_MIN || hop.latest != INT64_MAX);
    run->frame[e->spec.edge->slot] = gs_edge_value(hop.edge);
    run->frame[e->spec.to.slot] = gs_node_value(hop.neighbour);
out:
    return rc;
}

const gs_proof *gs_expand_proof(const gs_operator *self)
{
    return &((const expand *)self)->proof;
}

static void expand_explain(const gs_operator *self, gs_buffer *details)
{
    const expand *e = (const expand *)self;

    gs_explain_place(self, details, e->spec.edge->place);
    gs_explain_place(self, details, e->spec.to.place);
    if (e->spec.bound_count > 0)
        gs_buffer_text(details, GS_TEXT(" within dates"));
    if (e->spec.reversed)
        gs_buffer_text(details, GS_TEXT(" from its right end"));
    if (e->spec.to.bound)
        gs_buffer_text(details, GS_TEXT(" between known nodes"));
}

static const gs_operator_class expand_class = {
    "Follow", sizeof(expand), expand_open, expand_next, expand_close, expand_explain};

const gs_expand_spec *gs_expand_spec_of(const gs_operator *op)
{
    return op->class == &expand_class ? &((const expand *)op)->spec : NULL;
}

gs_operator *gs_expand(gs_run *run, gs_operator *input, const gs_expand_spec *spec)
{
    expand *e = gs_operator_make(run, &expand_class, input);

    if (e == NULL)
        return NULL;
    e->spec = *spec;
    return &e->base;
}
