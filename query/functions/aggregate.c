#include "query/functions/function.h"
#include "query/sorted.h"

#include <math.h>

typedef struct counter {
    int64_t count;
} counter;

static gs_code step_count(void *state, const gs_call *call)
{
    ((counter *)state)->count += (int64_t)call->weight;
    return GS_OK;
}

static gs_code finish_count(gs_value *out, void *state, const gs_call *call)
{
    (void)call;
    *out = gs_integer(((counter *)state)->count);
    return GS_OK;
}

/* sum, avg, stDev: a sum of integers stays one until a float comes. */
typedef struct sums {
    uint64_t count;
    gs_value sum;
    double mean, squares; /* Welford's, so that large numbers lose nothing */
} sums;

static gs_code step_sum(void *state, const gs_call *call)
{
    sums *s = state;
    gs_value v = call->args[0];

    if (v.type != GS_INTEGER && v.type != GS_FLOAT)
        return gs_call_wants(call, "numbers", v);
    if (s->count++ == 0) {
        s->sum = v;
        return GS_OK;
    }
    return gs_calculate(&s->sum, call->run, GS_E_ADD, s->sum, v, call->expr->place,
                        call->arena, call->err);
}

static gs_code step_mean(void *state, const gs_call *call)
{
    sums *s = state;
    gs_value v = call->args[0];
    double x, before;

    if (v.type != GS_INTEGER && v.type != GS_FLOAT)
        return gs_call_wants(call, "numbers", v);
    x = v.type == GS_INTEGER ? (double)v.as.integer : v.as.real;
    before = x - s->mean;
    s->count++;
    s->mean += before / (double)s->count;
    s->squares += before * (x - s->mean);
    return GS_OK;
}

static gs_code finish_sum(gs_value *out, void *state, const gs_call *call)
{
    sums *s = state;

    (void)call;
    *out = s->count == 0 ? gs_integer(0) : s->sum;
    return GS_OK;
}

static gs_code finish_avg(gs_value *out, void *state, const gs_call *call)
{
    sums *s = state;

    (void)call;
    *out = s->count == 0 ? gs_null : gs_real(s->mean);
    return GS_OK;
}

static gs_code finish_deviation(gs_value *out, void *state, const gs_call *call)
{
    sums *s = state;

    (void)call;
    *out = gs_real(s->count < 2 ? 0 : sqrt(s->squares / (double)(s->count - 1)));
    return GS_OK;
}

static gs_code finish_deviation_all(gs_value *out, void *state, const gs_call *call)
{
    sums *s = state;

    (void)call;
    *out = gs_real(s->count == 0 ? 0 : sqrt(s->squares / (double)s->count));
    return GS_OK;
}

typedef struct extreme {
    gs_value value; /* null: none yet */
} extreme;

static gs_code keep(gs_value *out, const gs_call *call, gs_value value)
{
    return gs_value_copy(out, call->keep, value, call->err);
}

static gs_code step_min(void *state, const gs_call *call)
{
    extreme *e = state;

    if (e->value.type != GS_NULL && gs_order(call->args[0], e->value) >= 0)
        return GS_OK;
    return keep(&e->value, call, call->args[0]);
}

static gs_code step_max(void *state, const gs_call *call)
{
    extreme *e = state;

    if (e->value.type != GS_NULL && gs_order(call->args[0], e->value) <= 0)
        return GS_OK;
    return keep(&e->value, call, call->args[0]);
}

static gs_code finish_extreme(gs_value *out, void *state, const gs_call *call)
{
    (void)call;
    *out = ((extreme *)state)->value;
    return GS_OK;
}

/* collect, and the numbers of a percentile with what part is asked. */
typedef struct collected {
    gs_value *items;
    size_t count, room;
    double part;
} collected;

static gs_code step_collect(void *state, const gs_call *call)
{
    collected *c = state;

    c->items = gs_arena_grow(call->keep, c->items, c->count, &c->room, sizeof *c->items);
    if (c->items == NULL)
        return gs_call_memory(call);
    return keep(&c->items[c->count++], call, call->args[0]);
}

static gs_code finish_collect(gs_value *out, void *state, const gs_call *call)
{
    collected *c = state;

    (void)call;
    *out = gs_list(c->items, c->count);
    return GS_OK;
}

static gs_code step_percentile(void *state, const gs_call *call)
{
    collected *c = state;
    gs_value part = call->args[1];

    if (call->args[0].type != GS_INTEGER && call->args[0].type != GS_FLOAT)
        return gs_call_wants(call, "numbers", call->args[0]);
    if (part.type != GS_INTEGER && part.type != GS_FLOAT)
        return gs_call_wants(call, "a number from 0 to 1", part);
    c->part = part.type == GS_INTEGER ? (double)part.as.integer : part.as.real;
    if (!(c->part >= 0 && c->part <= 1))
        return gs_refuse_row(call->err, call->run->text, call->expr->place,
                             "ArgumentError", "NumberOutOfRange",
                             "%s() takes a number from 0 to 1",
                             call->expr->function->name);
    return step_collect(state, call);
}

static int order_items(const void *a, const void *b, void *none)
{
    (void)none;
    return gs_order(*(const gs_value *)a, *(const gs_value *)b);
}

static gs_code sort_items(collected *c, const gs_call *call)
{
    return gs_run_sort(call->run, c->items, c->count, sizeof *c->items, order_items, NULL,
                       call->arena, call->err);
}

static double real_at(const collected *c, size_t index)
{
    gs_value v = c->items[index];

    return v.type == GS_INTEGER ? (double)v.as.integer : v.as.real;
}

static gs_code finish_percentile(gs_value *out, void *state, const gs_call *call)
{
    collected *c = state;
    double at;
    gs_code rc = GS_OK;

    *out = gs_null;
    if (c->count == 0)
        return GS_OK;
    GS_TRY(sort_items(c, call));
    at = ceil(c->part * (double)c->count);
    *out = c->items[at < 1 ? 0 : (size_t)at - 1];
out:
    return rc;
}

/* Between two neighbours in proportion. */
static gs_code finish_continuous(gs_value *out, void *state, const gs_call *call)
{
    collected *c = state;
    double at;
    size_t low, high;
    gs_code rc = GS_OK;

    *out = gs_null;
    if (c->count == 0)
        return GS_OK;
    GS_TRY(sort_items(c, call));
    at = c->part * (double)(c->count - 1);
    low = (size_t)floor(at);
    high = (size_t)ceil(at);
    *out = gs_real(real_at(c, low) +
                   (real_at(c, high) - real_at(c, low)) * (at - floor(at)));
out:
    return rc;
}

static const gs_aggregate counting = {sizeof(counter), step_count, finish_count};
static const gs_aggregate summing = {sizeof(sums), step_sum, finish_sum};
static const gs_aggregate averaging = {sizeof(sums), step_mean, finish_avg};
static const gs_aggregate deviating = {sizeof(sums), step_mean, finish_deviation};
static const gs_aggregate deviating_all = {sizeof(sums), step_mean, finish_deviation_all};
static const gs_aggregate least = {sizeof(extreme), step_min, finish_extreme};
static const gs_aggregate most = {sizeof(extreme), step_max, finish_extreme};
static const gs_aggregate collecting = {sizeof(collected), step_collect, finish_collect};
static const gs_aggregate discrete = {sizeof(collected), step_percentile,
                                      finish_percentile};
static const gs_aggregate continuous = {sizeof(collected), step_percentile,
                                        finish_continuous};

const gs_function gs_functions_aggregate[] = {
    {"count", 1, 1, 0, NULL, &counting},
    {"sum", 1, 1, 0, NULL, &summing},
    {"avg", 1, 1, 0, NULL, &averaging},
    {"min", 1, 1, 0, NULL, &least},
    {"max", 1, 1, 0, NULL, &most},
    {"collect", 1, 1, 0, NULL, &collecting},
    {"stDev", 1, 1, 0, NULL, &deviating},
    {"stDevP", 1, 1, 0, NULL, &deviating_all},
    {"percentileDisc", 2, 2, 0, NULL, &discrete},
    {"percentileCont", 2, 2, 0, NULL, &continuous},
    {0}};
