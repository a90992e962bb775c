#include "query/operators/operators.h"
#include "query/sorted.h"

/* A row that waits: its keys, then what it carries. */
typedef struct waiting {
    const gs_value *values;
} waiting;

typedef struct sort {
    gs_operator base;
    const gs_projection *projection;
    waiting *rows;
    size_t count, room, at;
    bool sorted;
} sort;

static gs_code sort_open(gs_operator *self, gs_error *err)
{
    sort *s = (sort *)self;

    s->rows = NULL;
    s->count = s->room = s->at = 0;
    s->sorted = false;
    return gs_open(self->input, err);
}

static int compare(const void *a, const void *b, void *context)
{
    const waiting *x = a, *y = b;
    const gs_projection *p = context;

    for (size_t i = 0; i < p->key_count; i++) {
        int order = gs_order(x->values[i], y->values[i]);
        if (order != 0)
            return p->keys[i].descending ? -order : order;
    }
    return 0;
}

/* Keeps the row that the frame holds now. */
static gs_code keep(sort *s, gs_error *err)
{
    const gs_projection *p = s->projection;
    gs_run *run = s->base.run;
    gs_arena *arena = &s->base.arena;
    gs_value *values =
        gs_arena_array(arena, p->key_count + p->kept_count, sizeof *values);
    gs_value key;
    gs_code rc = GS_OK;

    s->rows = gs_arena_grow(arena, s->rows, s->count, &s->room, sizeof *s->rows);
    if (s->rows == NULL || values == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < p->key_count; i++) {
        GS_TRY(gs_evaluate(&key, run, p->keys[i].expr, arena, err));
        GS_TRY(gs_value_copy(&values[i], arena, key, err));
    }
    for (size_t i = 0; i < p->kept_count; i++)
        GS_TRY(
            gs_value_copy(&values[p->key_count + i], arena, run->frame[p->kept[i]], err));
    s->rows[s->count++].values = values;
out:
    return rc;
}

static gs_code collect(sort *s, gs_error *err)
{
    gs_code rc;

    while ((rc = gs_next(s->base.input, err)) == GS_OK)
        GS_TRY(keep(s, err));
    if (rc != GS_END)
        return rc;
    GS_TRY(gs_run_sort(s->base.run, s->rows, s->count, sizeof *s->rows, compare,
                       (void *)s->projection, &s->base.arena, err));
    s->sorted = true;
out:
    return rc;
}

static gs_code sort_next(gs_operator *self, gs_error *err)
{
    sort *s = (sort *)self;
    const gs_projection *p = s->projection;
    gs_code rc = GS_OK;

    if (!s->sorted)
        GS_TRY(collect(s, err));
    if (s->at == s->count)
        return GS_END;
    for (size_t i = 0; i < p->kept_count; i++)
        self->run->frame[p->kept[i]] = s->rows[s->at].values[p->key_count + i];
    s->at++;
out:
    return rc;
}

static void sort_explain(const gs_operator *self, gs_buffer *details)
{
    const gs_projection *p = ((const sort *)self)->projection;

    for (size_t i = 0; i < p->key_count; i++) {
        gs_buffer_text(details, i > 0 ? GS_TEXT(", ") : GS_TEXT(""));
        gs_explain_place(self, details, p->keys[i].expr->place);
        gs_buffer_text(details, p->keys[i].descending ? GS_TEXT(" DESC") : GS_TEXT(""));
    }
}

static const gs_operator_class sort_class = {"Sort",    sizeof(sort), sort_open,
                                             sort_next, NULL,         sort_explain};

gs_operator *gs_sort(gs_run *run, gs_operator *input, const gs_projection *projection)
{
    sort *s = gs_operator_make(run, &sort_class, input);

    if (s == NULL)
        return NULL;
    s->projection = projection;
    return &s->base;
}
