#include "query/operators/clock.h"
#include "query/operators/operators.h"

/* The last word on a path whose elements are all known: those that expand have left out
 * what could not be, each from what it knew. */
typedef struct chronological {
    gs_operator base;
    const gs_path_pattern *path;
} chronological;

static gs_code chronological_open(gs_operator *self, gs_error *err)
{
    return gs_open(self->input, err);
}

static gs_code chronological_next(gs_operator *self, gs_error *err)
{
    const gs_path_pattern *path = ((chronological *)self)->path;
    gs_run *run = self->run;
    gs_clock clock;
    int64_t within;
    bool ok = false;
    gs_code rc = GS_OK;

    while (!ok) {
        GS_TRY(gs_next(self->input, err));
        gs_arena_reset(&self->arena);
        GS_TRY(gs_clock_within(&within, run, path, &self->arena, err));
        GS_TRY(gs_clock_here(&ok, &clock, run, path, path->edge_count, false, within,
                             &self->arena, err));
    }
out:
    return rc;
}

static void chronological_explain(const gs_operator *self, gs_buffer *details)
{
    gs_explain_place(self, details, ((const chronological *)self)->path->place);
}

static const gs_operator_class chronological_class = {"Keep what is in time",
                                                      sizeof(chronological),
                                                      chronological_open,
                                                      chronological_next,
                                                      NULL,
                                                      chronological_explain};

gs_operator *gs_chronological(gs_run *run, gs_operator *input,
                              const gs_path_pattern *path)
{
    chronological *c = gs_operator_make(run, &chronological_class, input);

    if (c == NULL)
        return NULL;
    c->path = path;
    return &c->base;
}
