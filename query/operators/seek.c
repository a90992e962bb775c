#include "query/classes.h"
#include "query/operators/operators.h"

#include <stdlib.h>

typedef struct seek {
    gs_operator base;
    gs_seek_spec spec;
    gs_target target;
    uint64_t *found; /* of the input's present row */
    size_t count, at, room;
    bool sure; /* what is found needs no look whether it fits */
} seek;

static gs_code seek_open(gs_operator *self, gs_error *err)
{
    seek *s = (seek *)self;

    s->found = NULL;
    s->count = s->at = s->room = 0;
    return gs_open(self->input, err);
}

static gs_code add(seek *s, uint64_t number, gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_class_number(&number, s->base.run, number, err));
    s->found =
        gs_arena_grow(&s->base.arena, s->found, s->count, &s->room, sizeof *s->found);
    if (s->found == NULL)
        return gs_fail_memory(err);
    s->found[s->count++] = number;
    s->base.looked++;
out:
    return rc;
}

/* Where no index can tell: all nodes that the condition might hold for. */
static gs_code add_all(seek *s, gs_error *err)
{
    gs_nodes *nodes;
    uint64_t number;
    gs_code rc = gs_nodes_open(&nodes, s->base.run->snapshot, s->spec.label, err);

    if (rc != GS_OK)
        return rc;
    while ((rc = gs_nodes_next(&number, nodes, err)) == GS_OK)
        GS_TRY(add(s, number, err));
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_nodes_close(nodes);
    return rc;
}

static gs_code add_indexed(seek *s, gs_value key, gs_error *err)
{
    gs_run *run = s->base.run;
    uint64_t *found;
    size_t count;
    gs_code rc;

    if (key.type != GS_STRING)
        return s->spec.by == GS_SEEK_WORDS ? GS_OK : add_all(s, err);
    if (s->spec.by == GS_SEEK_WORDS)
        GS_TRY(gs_words_find(&found, &count, run->snapshot, key.as.string, &s->base.arena,
                             err));
    else
        GS_TRY(gs_index_find(&found, &count, run->snapshot, s->spec.index, key.as.string,
                             &s->base.arena, err));
    if (s->found == NULL && s->base.run->classes == NULL) {
        s->found = found;
        s->count = s->room = count;
        s->base.looked += count;
        return GS_OK;
    }
    for (size_t i = 0; i < count; i++)
        GS_TRY(add(s, found[i], err));
out:
    return rc;
}

/* A number that may be anybody's: it counts if it is a node's that is there. */
static gs_code add_numbered(seek *s, int64_t number, gs_error *err)
{
    gs_node node;
    gs_code rc = number > 0
                     ? gs_node_read(&node, s->base.run->snapshot, (uint64_t)number, err)
                     : GS_END;

    if (rc == GS_OK)
        return add(s, (uint64_t)number, err);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code add_key(seek *s, gs_value key, gs_error *err)
{
    if (key.type == GS_NULL)
        return GS_OK;
    switch (s->spec.by) {
    case GS_SEEK_VALUE:
        return key.type == GS_NODE ? add(s, key.as.element.number, err) : GS_OK;
    case GS_SEEK_ID:
        if (key.type == GS_FLOAT && key.as.real >= 1 && key.as.real < 0x1p63)
            return add_numbered(s, (int64_t)key.as.real, err);
        return key.type == GS_INTEGER ? add_numbered(s, key.as.integer, err) : GS_OK;
    default:
        return add_indexed(s, key, err);
    }
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void drop_repeated(seek *s)
{
    size_t kept = 0;
    bool ordered = true;

    for (size_t i = 1; i < s->count && ordered; i++)
        ordered = s->found[i - 1] <= s->found[i];
    if (!ordered)
        qsort(s->found, s->count, sizeof *s->found, by_number);
    for (size_t i = 0; i < s->count; i++)
        if (kept == 0 || s->found[kept - 1] != s->found[i])
            s->found[kept++] = s->found[i];
    s->count = kept;
}

/* All that the key of the present row leads to. */
static gs_code find(seek *s, gs_error *err)
{
    gs_value key;
    gs_code rc;

    s->found = NULL;
    s->count = s->at = s->room = 0;
    gs_arena_reset(&s->base.arena);
    GS_TRY(gs_evaluate(&key, s->base.run, s->spec.key, &s->base.arena, err));
    if (!s->spec.each) {
        GS_TRY(add_key(s, key, err));
    } else if (key.type == GS_LIST) {
        for (size_t i = 0; i < key.as.list.count; i++)
            GS_TRY(add_key(s, key.as.list.items[i], err));
    }
    drop_repeated(s);
out:
    return rc;
}

static gs_code seek_next(gs_operator *self, gs_error *err)
{
    seek *s = (seek *)self;
    gs_run *run = self->run;
    bool fits = false;
    gs_code rc = GS_OK;

    while (!fits) {
        GS_TRY(gs_run_tick(run, err));
        if (s->at == s->count) {
            GS_TRY(gs_next(self->input, err));
            GS_TRY(find(s, err));
            continue;
        }
        fits = s->sure;
        if (!fits)
            GS_TRY(gs_target_fits(&fits, run, &s->target, s->found[s->at], err));
        s->at++;
    }
    run->frame[s->target.slot] = gs_node_value(s->found[s->at - 1]);
out:
    return rc;
}

static void seek_explain(const gs_operator *self, gs_buffer *details)
{
    static const char *const by[] = {"value", "id", "index", "words"};
    const seek *s = (const seek *)self;

    gs_explain_place(self, details, s->target.place);
    gs_buffer_format(details, " by %s %s", by[s->spec.by], s->spec.each ? "in " : "");
    gs_explain_place(self, details, s->spec.key->place);
}

static const gs_operator_class seek_class = {"Look up", sizeof(seek), seek_open,
                                             seek_next, NULL,         seek_explain};

/* Words lead to statements that are to be seen, and to nothing else. */
static bool is_sure(const seek *s)
{
    for (size_t i = 0; i < s->target.label_count; i++)
        if (s->target.labels[i] != GS_STATEMENT)
            return false;
    return s->spec.by == GS_SEEK_WORDS && !s->target.bound &&
           s->base.run->classes == NULL && s->base.run->tree.reported_by == NULL;
}

gs_operator *gs_seek(gs_run *run, gs_operator *input, const gs_seek_spec *spec,
                     const gs_target *target)
{
    seek *s = gs_operator_make(run, &seek_class, input);

    if (s == NULL)
        return NULL;
    s->spec = *spec;
    s->target = *target;
    s->sure = is_sure(s);
    return &s->base;
}
