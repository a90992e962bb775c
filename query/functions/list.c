#include "query/functions/function.h"

static gs_code list_of(gs_value *out, const gs_call *call)
{
    if (call->args[0].type != GS_LIST)
        return gs_call_wants(call, "a list", call->args[0]);
    *out = call->args[0];
    return GS_OK;
}

static gs_code call_size(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];

    if (of.type == GS_LIST)
        *out = gs_integer((int64_t)of.as.list.count);
    else if (of.type == GS_STRING)
        *out = gs_integer((int64_t)gs_utf8_count(of.as.string));
    else if (of.type == GS_MAP)
        *out = gs_integer((int64_t)of.as.map.count);
    else
        return gs_call_wants(call, "a list, a string or a map", of);
    return GS_OK;
}

static gs_code call_coalesce(gs_value *out, const gs_call *call)
{
    *out = gs_null;
    for (size_t i = 0; i < call->count && out->type == GS_NULL; i++)
        *out = call->args[i];
    return GS_OK;
}

static gs_code call_head(gs_value *out, const gs_call *call)
{
    gs_value list = gs_null;
    gs_code rc = list_of(&list, call);

    if (rc == GS_OK)
        *out = list.as.list.count > 0 ? list.as.list.items[0] : gs_null;
    return rc;
}

static gs_code call_last(gs_value *out, const gs_call *call)
{
    gs_value list = gs_null;
    gs_code rc = list_of(&list, call);

    if (rc == GS_OK)
        *out =
            list.as.list.count > 0 ? list.as.list.items[list.as.list.count - 1] : gs_null;
    return rc;
}

static gs_code call_tail(gs_value *out, const gs_call *call)
{
    gs_value list = gs_null;
    gs_code rc = list_of(&list, call);

    if (rc == GS_OK)
        *out = list.as.list.count > 0
                   ? gs_list(list.as.list.items + 1, list.as.list.count - 1)
                   : list;
    return rc;
}

/* range(from, to [, step]), both ends in it. */
static gs_code call_range(gs_value *out, const gs_call *call)
{
    int64_t from, to, step = 1;
    uint64_t count;
    gs_value *items;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < call->count; i++)
        if (call->args[i].type != GS_INTEGER)
            return gs_refuse_row(call->err, call->run->text, call->expr->place,
                                 "ArgumentError", "InvalidArgumentType",
                                 "range() takes whole numbers, not %s",
                                 gs_type_name(call->args[i].type));
    from = call->args[0].as.integer;
    to = call->args[1].as.integer;
    if (call->count == 3)
        step = call->args[2].as.integer;
    if (step == 0)
        return gs_refuse_row(call->err, call->run->text, call->expr->place,
                             "ArgumentError", "NumberOutOfRange",
                             "range() takes no step of 0");
    *out = gs_list(NULL, 0);
    if (step > 0 ? from > to : from < to)
        return GS_OK;
    count = step > 0 ? ((uint64_t)to - (uint64_t)from) / (uint64_t)step
                     : ((uint64_t)from - (uint64_t)to) / (0 - (uint64_t)step);
    if (count >= SIZE_MAX / sizeof *items ||
        (items = gs_arena_array(call->arena, (size_t)count + 1, sizeof *items)) == NULL)
        return gs_fail(call->err, GS_LIMIT,
                       "range() of %llu items does not fit into memory; ask for fewer",
                       (unsigned long long)count + 1);
    for (uint64_t i = 0; i <= count; i++) {
        items[i] = gs_integer((int64_t)((uint64_t)from + i * (uint64_t)step));
        GS_TRY(gs_run_tick(call->run, call->err));
    }
    *out = gs_list(items, (size_t)count + 1);
out:
    return rc;
}

const gs_function gs_functions_list[] = {
    {"size", 1, 1, 0, call_size, NULL},
    {"coalesce", 1, 255, GS_F_NULLS, call_coalesce, NULL},
    {"head", 1, 1, 0, call_head, NULL},
    {"last", 1, 1, 0, call_last, NULL},
    {"tail", 1, 1, 0, call_tail, NULL},
    {"range", 2, 3, 0, call_range, NULL},
    {0}};
