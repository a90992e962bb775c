#include "query/duration.h"
#include "query/functions/function.h"

static gs_code give(gs_value *out, const gs_call *call, gs_edtf date)
{
    gs_edtf *copy = gs_arena_take(call->arena, sizeof *copy);

    if (copy == NULL)
        return gs_call_memory(call);
    *copy = date;
    *out = gs_date(copy);
    return GS_OK;
}

static gs_code date_of(gs_edtf *out, const gs_call *call, size_t index)
{
    gs_value of = call->args[index];
    gs_error why;

    if (of.type == GS_DATE) {
        *out = *of.as.date;
        return GS_OK;
    }
    if (of.type != GS_STRING)
        return gs_call_wants(call, "a date, or a string that is one,", of);
    if (gs_edtf_parse(out, of.as.string, &why) != GS_OK)
        return gs_refuse_row(call->err, call->run->text, call->expr->place, "TypeError",
                             "InvalidArgumentValue", "%s", why.text);
    return GS_OK;
}

static gs_code call_edtf(gs_value *out, const gs_call *call)
{
    gs_edtf date;
    gs_code rc;

    GS_TRY(date_of(&date, call, 0));
    rc = give(out, call, date);
out:
    return rc;
}

/* An end of a date as a date: a day, or the instant itself where it is one; null where
 * that end is open. */
static gs_code end_of(gs_value *out, const gs_call *call,
                      bool (*day_of)(const gs_edtf *, int64_t *))
{
    gs_edtf date;
    int64_t day;
    gs_code rc;

    GS_TRY(date_of(&date, call, 0));
    *out = gs_null;
    if (date.precision == GS_PRECISION_TIME)
        return give(out, call, date);
    if (day_of(&date, &day))
        rc = give(out, call, gs_edtf_day(day));
out:
    return rc;
}

static gs_code call_earliest(gs_value *out, const gs_call *call)
{
    return end_of(out, call, gs_edtf_first_day);
}

static gs_code call_latest(gs_value *out, const gs_call *call)
{
    return end_of(out, call, gs_edtf_last_day);
}

static gs_code call_within(gs_value *out, const gs_call *call)
{
    gs_edtf inner, outer;
    gs_code rc;

    GS_TRY(date_of(&inner, call, 0));
    GS_TRY(date_of(&outer, call, 1));
    *out = gs_boolean(gs_edtf_within(&inner, &outer));
out:
    return rc;
}

/* A duration is its text, once it has been found to be one. */
static gs_code call_duration(gs_value *out, const gs_call *call)
{
    int64_t seconds;

    if (call->args[0].type != GS_STRING)
        return gs_call_wants(call, "a string like 'P30D'", call->args[0]);
    if (!gs_duration_read(&seconds, call->args[0].as.string))
        return gs_refuse_row(call->err, call->run->text, call->expr->place, "TypeError",
                             "InvalidArgumentValue",
                             "`%.*s` is no duration; write one like P30D, P2W or PT12H",
                             GS_SHOW(call->args[0].as.string));
    *out = call->args[0];
    return GS_OK;
}

/* possibly and certainly change how their argument is evaluated (expression.c). */
const gs_function gs_functions_date[] = {
    {"edtf", 1, 1, 0, call_edtf, NULL},
    {"earliest", 1, 1, 0, call_earliest, NULL},
    {"latest", 1, 1, 0, call_latest, NULL},
    {"duration", 1, 1, 0, call_duration, NULL},
    {"within", 2, 2, 0, call_within, NULL},
    {"possibly", 1, 1, GS_F_DATES | GS_F_NULLS, NULL, NULL},
    {"certainly", 1, 1, GS_F_DATES | GS_F_NULLS, NULL, NULL},
    {0}};
