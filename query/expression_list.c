#include "query/classes.h"
#include "query/expression_impl.h"

#include "query/operators/operator.h"

#include <string.h>

/* A position in a list, counted from its end where it is negative; -1 outside. */
static int64_t position(int64_t index, size_t count)
{
    if (index < 0)
        index += (int64_t)count;
    return index < 0 || index >= (int64_t)count ? -1 : index;
}

static gs_code index_list(gs_value *out, const gs_eval *e, gs_value list, gs_value index)
{
    int64_t at;

    if (index.type != GS_INTEGER)
        return gs_eval_refuse(e, "ListElementAccessByNonInteger",
                              "a list's items are numbered; %s is no number of one",
                              gs_type_name(index.type));
    at = position(index.as.integer, list.as.list.count);
    *out = at < 0 ? gs_null : list.as.list.items[at];
    return GS_OK;
}

gs_code gs_eval_index(gs_value *out, const gs_eval *e)
{
    gs_value of, index;
    gs_code rc;

    GS_TRY(gs_operand(&of, e, 0));
    GS_TRY(gs_operand(&index, e, 1));
    *out = gs_null;
    if (of.type == GS_NULL || index.type == GS_NULL)
        return GS_OK;
    if (of.type == GS_LIST)
        return index_list(out, e, of, index);
    if (of.type != GS_MAP && of.type != GS_NODE && of.type != GS_EDGE)
        return gs_eval_refuse(e, "InvalidArgumentType", "%s has no items",
                              gs_type_name(of.type));
    if (index.type != GS_STRING)
        return gs_eval_refuse(e, "MapElementAccessByNonString",
                              "a property is named by a string, not by %s",
                              gs_type_name(index.type));
    rc = gs_member(out, e->run, of, index.as.string,
                   gs_name_find(e->run->snapshot, index.as.string), e->expr->place,
                   e->arena, e->err);
out:
    return rc;
}

/* A bound of a slice, clipped to the list. */
static gs_code slice_bound(size_t *out, bool *known, const gs_eval *e, size_t index,
                           size_t count, size_t missing)
{
    gs_value value;
    int64_t at;
    gs_code rc;

    *out = missing;
    *known = true;
    if (e->expr->args[index] == NULL)
        return GS_OK;
    GS_TRY(gs_operand(&value, e, index));
    *known = value.type != GS_NULL;
    if (!*known)
        return GS_OK;
    if (value.type != GS_INTEGER)
        return gs_eval_refuse(e, "InvalidArgumentType",
                              "a slice goes from number to number");
    at = value.as.integer < 0 ? value.as.integer + (int64_t)count : value.as.integer;
    *out = at < 0 ? 0 : at > (int64_t)count ? count : (size_t)at;
out:
    return rc;
}

gs_code gs_eval_slice(gs_value *out, const gs_eval *e)
{
    gs_value of;
    size_t from, to;
    bool from_known, to_known;
    gs_code rc;

    GS_TRY(gs_operand(&of, e, 0));
    *out = gs_null;
    if (of.type == GS_NULL)
        return GS_OK;
    if (of.type != GS_LIST)
        return gs_eval_refuse(e, "InvalidArgumentType", "%s has no items",
                              gs_type_name(of.type));
    GS_TRY(slice_bound(&from, &from_known, e, 1, of.as.list.count, 0));
    GS_TRY(slice_bound(&to, &to_known, e, 2, of.as.list.count, of.as.list.count));
    if (from_known && to_known)
        *out = to > from ? gs_list(of.as.list.items + from, to - from) : gs_list(NULL, 0);
out:
    return rc;
}

gs_code gs_eval_list(gs_value *out, const gs_eval *e)
{
    gs_value *items = gs_arena_array(e->arena, e->expr->count, sizeof *items);
    gs_code rc = GS_OK;

    if (items == NULL)
        return gs_fail_memory(e->err);
    for (size_t i = 0; i < e->expr->count; i++)
        GS_TRY(gs_operand(&items[i], e, i));
    *out = gs_list(items, e->expr->count);
out:
    return rc;
}

/* Of a key written twice the last value counts. */
gs_code gs_eval_map(gs_value *out, const gs_eval *e)
{
    gs_entry *entries = gs_arena_array(e->arena, e->expr->count, sizeof *entries);
    size_t count = 0, at;
    gs_code rc = GS_OK;

    if (entries == NULL)
        return gs_fail_memory(e->err);
    for (size_t i = 0; i < e->expr->count; i++) {
        for (at = 0; at < count; at++)
            if (gs_text_equal(entries[at].key, e->expr->names[i]))
                break;
        entries[at].key = e->expr->names[i];
        GS_TRY(gs_operand(&entries[at].value, e, i));
        count += at == count;
    }
    *out = gs_map(entries, count);
out:
    return rc;
}

gs_code gs_eval_in(gs_value *out, const gs_eval *e)
{
    gs_value item, list;
    gs_truth found = GS_FALSE;
    gs_code rc;

    GS_TRY(gs_operand(&item, e, 0));
    GS_TRY(gs_operand(&list, e, 1));
    *out = gs_null;
    if (list.type == GS_NULL)
        return GS_OK;
    if (list.type != GS_LIST)
        return gs_eval_refuse(e, "InvalidArgumentType", "IN takes a list, not %s",
                              gs_type_name(list.type));
    for (size_t i = 0; i < list.as.list.count && found != GS_TRUE; i++) {
        gs_truth one = gs_equal(item, list.as.list.items[i]);

        GS_TRY(gs_class_equal(&one, e->run, e->expr->args[0], list.as.list.items[i],
                              e->arena, e->err));
        found = gs_truth_or(found, one);
    }
    *out = gs_truth_value(found);
out:
    return rc;
}

/* The list that a comprehension, quantifier or reduce goes through; *known is false for
 * null. */
static gs_code source(gs_value *out, bool *known, const gs_eval *e, size_t index)
{
    gs_code rc;

    GS_TRY(gs_operand(out, e, index));
    *known = out->type != GS_NULL;
    if (*known && out->type != GS_LIST)
        return gs_eval_refuse(e, "InvalidArgumentType",
                              "this goes through a list, not %s",
                              gs_type_name(out->type));
out:
    return rc;
}

/* Whether the filter lets the item pass that the frame holds now. */
static gs_code passes(gs_truth *out, const gs_eval *e)
{
    gs_code rc;

    *out = GS_TRUE;
    GS_TRY(gs_run_tick(e->run, e->err));
    if (e->expr->args[1] != NULL)
        rc = gs_evaluate_truth(out, e->run, e->expr->args[1], e->arena, e->err);
out:
    return rc;
}

gs_code gs_eval_comprehension(gs_value *out, const gs_eval *e)
{
    gs_value list, *items, *item = &e->run->frame[e->expr->slot];
    size_t count = 0;
    gs_truth truth;
    bool known;
    gs_code rc;

    *out = gs_null;
    GS_TRY(source(&list, &known, e, 0));
    if (!known)
        return GS_OK;
    items = gs_arena_array(e->arena, list.as.list.count, sizeof *items);
    if (items == NULL)
        return gs_fail_memory(e->err);
    for (size_t i = 0; i < list.as.list.count; i++) {
        *item = list.as.list.items[i];
        GS_TRY(passes(&truth, e));
        if (truth != GS_TRUE)
            continue;
        items[count] = *item;
        if (e->expr->args[2] != NULL)
            GS_TRY(gs_operand(&items[count], e, 2));
        count++;
    }
    *out = gs_list(items, count);
out:
    return rc;
}

/* From how many items passed, failed, and left it open. */
static gs_truth quantify(gs_expr_kind kind, size_t yes, size_t no, size_t open)
{
    switch (kind) {
    case GS_E_ALL:
        return no > 0 ? GS_FALSE : open > 0 ? GS_UNKNOWN : GS_TRUE;
    case GS_E_ANY:
        return yes > 0 ? GS_TRUE : open > 0 ? GS_UNKNOWN : GS_FALSE;
    case GS_E_NONE:
        return yes > 0 ? GS_FALSE : open > 0 ? GS_UNKNOWN : GS_TRUE;
    default:
        if (yes > 1)
            return GS_FALSE;
        return open > 0 ? GS_UNKNOWN : yes == 1 ? GS_TRUE : GS_FALSE;
    }
}

gs_code gs_eval_quantifier(gs_value *out, const gs_eval *e)
{
    gs_value list;
    size_t counts[3] = {0}; /* by gs_truth */
    gs_truth truth;
    bool known;
    gs_code rc;

    *out = gs_null;
    GS_TRY(source(&list, &known, e, 0));
    if (!known)
        return GS_OK;
    for (size_t i = 0; i < list.as.list.count; i++) {
        e->run->frame[e->expr->slot] = list.as.list.items[i];
        GS_TRY(passes(&truth, e));
        counts[truth]++;
    }
    *out = gs_truth_value(
        quantify(e->expr->kind, counts[GS_TRUE], counts[GS_FALSE], counts[GS_UNKNOWN]));
out:
    return rc;
}

/* Two arenas in turn hold the accumulator, so that what it was is forgotten. */
gs_code gs_eval_reduce(gs_value *out, const gs_eval *e)
{
    gs_arena arenas[2] = {{.budget = e->arena->budget}, {.budget = e->arena->budget}};
    gs_value list, sum;
    bool known;
    gs_code rc;

    *out = gs_null;
    GS_TRY(gs_operand(&sum, e, 0));
    GS_TRY(source(&list, &known, e, 1));
    for (size_t i = 0; known && i < list.as.list.count; i++) {
        gs_arena *arena = &arenas[i % 2];
        gs_value next;
        GS_TRY(gs_run_tick(e->run, e->err));
        gs_arena_reset(arena);
        e->run->frame[e->expr->slot] = sum;
        e->run->frame[e->expr->other_slot] = list.as.list.items[i];
        GS_TRY(gs_evaluate(&next, e->run, e->expr->args[2], arena, e->err));
        GS_TRY(gs_value_copy(&sum, arena, next, e->err));
    }
    if (known)
        GS_TRY(gs_value_copy(out, e->arena, sum, e->err));
out:
    gs_arena_free(&arenas[0]);
    gs_arena_free(&arenas[1]);
    return rc;
}

/* Whether the pattern, or EXISTS' query, has a row. */
gs_code gs_eval_pattern(gs_value *out, const gs_eval *e)
{
    gs_code rc;

    GS_TRY(gs_open(e->expr->plan, e->err));
    rc = gs_next(e->expr->plan, e->err);
    if (rc != GS_OK && rc != GS_END)
        return rc;
    *out = gs_boolean(rc == GS_OK);
    rc = GS_OK;
out:
    return rc;
}

gs_code gs_eval_pattern_list(gs_value *out, const gs_eval *e)
{
    gs_value *items = NULL, item;
    size_t count = 0, room = 0;
    gs_code rc;

    GS_TRY(gs_open(e->expr->plan, e->err));
    while ((rc = gs_next(e->expr->plan, e->err)) == GS_OK) {
        GS_TRY(gs_operand(&item, e, 0));
        items = gs_arena_grow(e->arena, items, count, &room, sizeof *items);
        if (items == NULL)
            return gs_fail_memory(e->err);
        GS_TRY(gs_value_copy(&items[count], e->arena, item, e->err));
        count++;
    }
    if (rc != GS_END)
        return rc;
    *out = gs_list(items, count);
    rc = GS_OK;
out:
    return rc;
}
