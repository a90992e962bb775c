#include "query/operators/operators.h"
#include "query/rowset.h"

/* One aggregate of one group. */
typedef struct state {
    void *memory;
    gs_rowset *seen; /* of DISTINCT; NULL where it is not asked */
} state;

/* A slot, what it held for the last row, and who writes it (NULL: not known), which had
 * given so many rows then. */
typedef struct watched {
    uint32_t slot;
    gs_value last;
    const gs_operator *producer;
    uint64_t rows;
} watched;

typedef struct aggregate {
    gs_operator base;
    const gs_projection *projection;
    size_t *keys; /* the items to group by */
    size_t key_count;
    gs_value *row;
    gs_rowset groups;
    state *states; /* aggregate_count for each group */
    size_t state_room, at;
    const gs_aggregate *count; /* of count(*) */
    gs_arena scratch;          /* of one input row */
    uint32_t weight;           /* the slot with how many rows one is; GS_NO_SLOT: one */
    watched *watched;          /* the only slots on which the keys depend */
    size_t watched_count, last_group;
    bool watching, any;
    bool collected;
} aggregate;

static gs_code aggregate_open(gs_operator *self, gs_error *err)
{
    aggregate *a = (aggregate *)self;

    a->groups = (gs_rowset){.arena = &self->arena, .width = a->key_count};
    a->states = NULL;
    a->state_room = a->at = 0;
    a->collected = a->any = false;
    return gs_open(self->input, err);
}

static void aggregate_close(gs_operator *self)
{
    gs_arena_free(&((aggregate *)self)->scratch);
}

static const gs_aggregate *rule_of(const aggregate *a, const gs_expr *call)
{
    return call->kind == GS_E_COUNT_ROWS ? a->count : call->function->aggregate;
}

static state *state_of(const aggregate *a, size_t group, size_t which)
{
    return &a->states[group * a->projection->aggregate_count + which];
}

/* Room for the states of a group that has just come up. */
static gs_code begin_group(aggregate *a, size_t group, gs_error *err)
{
    const gs_projection *p = a->projection;
    size_t width = p->aggregate_count > 0 ? p->aggregate_count : 1;

    a->states = gs_arena_grow(&a->base.arena, a->states, group, &a->state_room,
                              width * sizeof *a->states);
    if (a->states == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < p->aggregate_count; i++) {
        const gs_expr *call = p->aggregates[i].call;
        state *s = state_of(a, group, i);
        *s = (state){gs_arena_take(&a->base.arena, rule_of(a, call)->size), NULL};
        if (call->distinct) {
            s->seen = gs_arena_take(&a->base.arena, sizeof *s->seen);
            if (s->seen != NULL)
                *s->seen = (gs_rowset){.arena = &a->base.arena, .width = 1};
        }
        if (s->memory == NULL || (call->distinct && s->seen == NULL))
            return gs_fail_memory(err);
    }
    return GS_OK;
}

static uint64_t weight_of(const aggregate *a)
{
    return a->weight == GS_NO_SLOT ? 1
                                   : (uint64_t)a->base.run->frame[a->weight].as.integer;
}

/* Gives the present row's arguments to one aggregate; nulls count nowhere. */
static gs_code step(aggregate *a, const gs_expr *expr, const state *s, gs_error *err)
{
    enum { ARGUMENTS = 2 };
    gs_value args[ARGUMENTS] = {{0}};
    gs_call call = {a->base.run, expr, args,           expr->count,
                    &a->scratch, err,  &a->base.arena, weight_of(a)};
    bool added = true;
    size_t number;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < expr->count && i < ARGUMENTS; i++) {
        GS_TRY(gs_evaluate(&args[i], a->base.run, expr->args[i], &a->scratch, err));
        if (args[i].type == GS_NULL)
            return GS_OK;
    }
    if (s->seen != NULL)
        GS_TRY(gs_rowset_put(&number, &added, s->seen, args, err));
    if (added)
        rc = rule_of(a, expr)->step(s->memory, &call);
out:
    return rc;
}

/* Whether a slot surely holds the same value as for the last row, which it notes. */
static bool stays(watched *w, gs_value now)
{
    gs_value before = w->last;

    w->last = now;
    if (w->producer != NULL) {
        uint64_t rows = w->rows;

        w->rows = w->producer->rows;
        return w->rows == rows;
    }
    if (now.type != before.type)
        return false;
    switch (now.type) {
    case GS_NULL:
        return true;
    case GS_INTEGER:
        return now.as.integer == before.as.integer;
    case GS_NODE:
    case GS_EDGE:
        return now.as.element.number == before.as.element.number;
    default:
        return false;
    }
}

/* Whether the present row is of the last one's group, as far as that shows without its
 * keys; from now on it is the last. */
static bool is_last_group(aggregate *a)
{
    const gs_value *frame = a->base.run->frame;
    bool same = a->watching && a->any;

    for (size_t i = 0; a->watching && i < a->watched_count; i++)
        same = stays(&a->watched[i], frame[a->watched[i].slot]) && same;
    a->any = true;
    return same;
}

static gs_code find_group(size_t *group, aggregate *a, gs_error *err)
{
    const gs_projection *p = a->projection;
    bool added;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < a->key_count; i++)
        GS_TRY(gs_evaluate(&a->row[i], a->base.run, p->items[a->keys[i]].expr,
                           &a->scratch, err));
    GS_TRY(gs_rowset_put(group, &added, &a->groups, a->row, err));
    if (added)
        rc = begin_group(a, *group, err);
out:
    return rc;
}

static gs_code take_row(aggregate *a, gs_error *err)
{
    const gs_projection *p = a->projection;
    gs_code rc = GS_OK;

    gs_arena_reset(&a->scratch);
    if (!is_last_group(a))
        GS_TRY(find_group(&a->last_group, a, err));
    for (size_t i = 0; i < p->aggregate_count; i++)
        GS_TRY(step(a, p->aggregates[i].call, state_of(a, a->last_group, i), err));
out:
    return rc;
}

/* Without keys there is one group, though no row may come. */
static gs_code collect(aggregate *a, gs_error *err)
{
    size_t group;
    bool added;
    gs_code rc;

    while ((rc = gs_next(a->base.input, err)) == GS_OK)
        GS_TRY(take_row(a, err));
    if (rc != GS_END)
        return rc;
    rc = GS_OK;
    if (a->key_count == 0 && a->groups.count == 0) {
        GS_TRY(gs_rowset_put(&group, &added, &a->groups, a->row, err));
        GS_TRY(begin_group(a, group, err));
    }
    a->collected = true;
out:
    return rc;
}

static gs_code aggregate_next(gs_operator *self, gs_error *err)
{
    aggregate *a = (aggregate *)self;
    const gs_projection *p = a->projection;
    gs_run *run = self->run;
    gs_code rc = GS_OK;

    if (!a->collected)
        GS_TRY(collect(a, err));
    if (a->at == a->groups.count)
        return GS_END;
    for (size_t i = 0; i < a->key_count; i++)
        run->frame[p->items[a->keys[i]].slot] = gs_rowset_row(&a->groups, a->at)[i];
    for (size_t i = 0; i < p->aggregate_count; i++) {
        const gs_expr *expr = p->aggregates[i].call;
        gs_call call = {run, expr, NULL, 0, &self->arena, err, &self->arena, 0};
        GS_TRY(rule_of(a, expr)->finish(&run->frame[p->aggregates[i].slot],
                                        state_of(a, a->at, i)->memory, &call));
    }
    a->at++;
out:
    return rc;
}

static void aggregate_explain(const gs_operator *self, gs_buffer *details)
{
    const aggregate *a = (const aggregate *)self;

    for (size_t i = 0; i < a->key_count; i++) {
        gs_buffer_text(details, i > 0 ? GS_TEXT(", ") : GS_TEXT("by "));
        gs_buffer_text(details, a->projection->items[a->keys[i]].name);
    }
}

static const gs_operator_class aggregate_class = {"Group",         sizeof(aggregate),
                                                  aggregate_open,  aggregate_next,
                                                  aggregate_close, aggregate_explain};

typedef struct look {
    const gs_projection *projection;
    bool found;
} look;

static void look_for_aggregate(void *context, uint32_t slot)
{
    look *l = context;

    for (size_t i = 0; i < l->projection->aggregate_count; i++)
        l->found = l->found || l->projection->aggregates[i].slot == slot;
}

/* The resolver has put a variable in each aggregate's place: an item that reads none of
 * their slots is one to group by. */
bool gs_item_groups(const gs_projection *projection, size_t index)
{
    look l = {projection, false};

    gs_expr_slots(projection->items[index].expr, look_for_aggregate, &l);
    return projection->grouped && !l.found;
}

/* Keys that are variables or properties of variables stay while these stay. */
static bool watch_keys(aggregate *a, gs_run *run)
{
    a->watched = gs_arena_array(&run->arena, a->key_count, sizeof *a->watched);
    if (a->watched == NULL)
        return false;
    a->watching = true;
    for (size_t i = 0; i < a->key_count && a->watching; i++) {
        const gs_expr *key = a->projection->items[a->keys[i]].expr;
        const gs_expr *of = key->kind == GS_E_PROPERTY ? key->args[0] : key;

        a->watching = of->kind == GS_E_VARIABLE;
        if (a->watching)
            a->watched[a->watched_count++] = (watched){
                .slot = of->slot, .producer = gs_operator_of_slot(run, of->slot)};
    }
    return true;
}

gs_operator *gs_aggregate_rows(gs_run *run, gs_operator *input,
                               const gs_projection *projection, uint32_t weight)
{
    aggregate *a = gs_operator_make(run, &aggregate_class, input);

    if (a == NULL)
        return NULL;
    a->projection = projection;
    a->weight = weight;
    a->count = gs_function_find(GS_TEXT("count"))->aggregate;
    a->scratch.budget = &run->budget;
    a->keys = gs_arena_array(&run->arena, projection->count, sizeof *a->keys);
    a->row = gs_arena_array(&run->arena, projection->count, sizeof *a->row);
    if (a->keys == NULL || a->row == NULL)
        return NULL;
    for (size_t i = 0; i < projection->count; i++)
        if (gs_item_groups(projection, i))
            a->keys[a->key_count++] = i;
    if (!watch_keys(a, run))
        return NULL;
    a->base.estimate = a->key_count == 0 ? 1 : a->base.estimate / 4 + 1;
    return &a->base;
}
