#include "query/run.h"

#include "query/classes.h"
#include "query/explain.h"
#include "query/expression.h"
#include "query/links.h"
#include "query/operators/operator.h"
#include "query/parser.h"
#include "query/plan.h"
#include "query/regex.h"
#include "query/reported.h"
#include "query/resolve.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    TICKS = 1024,    /* steps between two looks at the clock */
    STEP_BYTES = 64, /* of a text that are a step */
};

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* The names of all parameters that are given; their values come with each binding. */
static gs_code take_parameters(gs_run *run, gs_value map, gs_error *err)
{
    gs_code rc = GS_OK;

    if (map.type != GS_MAP)
        return GS_OK;
    run->parameter_count = map.as.map.count;
    run->parameter_names =
        gs_arena_array(&run->arena, run->parameter_count, sizeof *run->parameter_names);
    run->parameters =
        gs_arena_array(&run->arena, run->parameter_count, sizeof *run->parameters);
    run->parameter_used =
        gs_arena_array(&run->arena, run->parameter_count, sizeof *run->parameter_used);
    if (run->parameter_names == NULL || run->parameters == NULL ||
        run->parameter_used == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < run->parameter_count; i++) {
        const gs_entry *entry = &map.as.map.entries[i];
        run->parameter_names[i] = gs_text_copy(&run->arena, entry->key);
        if (run->parameter_names[i].bytes == NULL)
            return gs_fail_memory(err);
        GS_TRY(gs_value_copy(&run->parameters[i], &run->arena, entry->value, err));
    }
out:
    return rc;
}

gs_code gs_run_tell_limit(const gs_run *run, gs_code rc, gs_error *err)
{
    if (rc != GS_MEMORY || run->settings.max_memory == 0)
        return rc;
    return gs_fail(err, GS_LIMIT,
                   "the query needs more than %" PRIu64 " bytes, after %" PRIu64
                   " rows; narrow it or raise the memory limit",
                   run->settings.max_memory, run->rows);
}

gs_code gs_run_parse(gs_run **out, gs_text text, const gs_settings *settings,
                     gs_error *err)
{
    gs_run *run = calloc(1, sizeof *run);
    gs_code rc;

    if (run == NULL)
        return gs_fail_memory(err);
    if (settings != NULL)
        run->settings = *settings;
    run->settings.parameters = gs_null; /* the caller's may be gone by then */
    if (run->settings.now == 0)
        run->settings.now = (int64_t)time(NULL);
    run->budget.limit = run->settings.max_memory;
    run->arena.budget = run->keep.budget = run->row.budget = &run->budget;
    run->last_warning = &run->warnings;
    run->explained = -1;
    run->text = gs_text_copy(&run->arena, text);
    if (run->text.bytes == NULL) {
        rc = gs_fail_memory(err);
        goto out;
    }
    GS_TRY(gs_parse(&run->tree, run->text, &run->arena, err));
    if (settings != NULL)
        GS_TRY(take_parameters(run, settings->parameters, err));
    *out = run;
    return GS_OK;
out:
    rc = gs_run_tell_limit(run, rc, err);
    gs_run_close(run);
    return rc;
}

gs_code gs_run_as_of(gs_value *out, gs_run *run, gs_error *err)
{
    gs_expr *constant = run->tree.as_of;
    gs_code rc;

    *out = gs_null;
    if (constant == NULL)
        return GS_OK;
    if (constant->kind != GS_E_LITERAL && constant->kind != GS_E_PARAMETER)
        return gs_refuse(
            err, run->text, constant->place, "SyntaxError", "NonConstantExpression",
            "AS OF takes a commit's number, a date in quotes or a parameter");
    GS_TRY(gs_resolve_constant(run, constant, err));
    rc = gs_evaluate(out, run, constant, &run->arena, err);
    if (out->type != GS_INTEGER && out->type != GS_STRING)
        return gs_refuse(
            err, run->text, constant->place, "SyntaxError", "InvalidArgumentType",
            "AS OF takes a commit's number or a date, not %s", gs_type_name(out->type));
out:
    return rc;
}

gs_code gs_run_prepare(gs_run *run, const gs_snapshot *snapshot, gs_error *err)
{
    gs_code rc;

    run->snapshot = snapshot;
    GS_TRY(gs_classes_open(run, err));
    GS_TRY(gs_reported_by(run, err));
    GS_TRY(gs_resolve(run, err));
    GS_TRY(gs_plan(run, err));
    run->frame = gs_arena_array(&run->arena, run->slots, sizeof *run->frame);
    run->memos = gs_arena_array(&run->arena, run->memo_count, sizeof *run->memos);
    run->cells = gs_arena_array(&run->arena, run->column_count, sizeof *run->cells);
    if (run->frame == NULL || run->memos == NULL || run->cells == NULL)
        rc = gs_fail_memory(err);
    else if (run->tree.mode != GS_RUN)
        rc = gs_explain_prepare(run, err);
out:
    return gs_run_tell_limit(run, rc, err);
}

gs_code gs_run_open(gs_run **out, const gs_snapshot *snapshot, const char *text,
                    const gs_settings *settings, gs_error *err)
{
    gs_run *run;
    gs_code rc = gs_run_parse(&run, gs_text_of(text), settings, err);

    if (rc != GS_OK)
        return rc;
    rc = gs_run_prepare(run, snapshot, err);
    if (rc == GS_OK)
        *out = run;
    else
        gs_run_close(run);
    return rc;
}

/* A prepared run keeps its snapshot, so it keeps what AS OF said. */
static gs_code as_of_stays(const gs_run *run, gs_value parameters, gs_error *err)
{
    const gs_expr *as_of = run->tree.as_of;
    gs_text name;

    if (as_of == NULL || as_of->kind != GS_E_PARAMETER)
        return GS_OK;
    name = run->parameter_names[as_of->slot];
    if (gs_equal(run->parameters[as_of->slot], gs_map_get(parameters, name)) == GS_TRUE)
        return GS_OK;
    return gs_fail(err, GS_USAGE,
                   "parameters: AS OF $%.*s cannot change in a query that is open; open "
                   "another",
                   GS_SHOW(name));
}

gs_code gs_run_bind(gs_run *run, gs_value parameters, gs_error *err)
{
    gs_code rc;

    GS_TRY(as_of_stays(run, parameters, err));
    GS_TRY(gs_reported_by_bound(run, parameters, err));
    gs_arena_reset(&run->keep);
    run->ranking = NULL;
    if (run->looks_back)
        gs_classes_forget(run);
    for (uint32_t i = 0; i < run->memo_count; i++)
        run->memos[i].known = false;
    for (size_t i = 0; i < run->parameter_count; i++)
        GS_TRY(gs_value_copy(&run->parameters[i], &run->keep,
                             gs_map_get(parameters, run->parameter_names[i]), err));
    run->started = false;
    run->rows = 0;
out:
    return rc;
}

static gs_code start(gs_run *run, gs_error *err)
{
    run->started = true;
    run->deadline_ms =
        run->settings.timeout_ms > 0 ? now_ms() + run->settings.timeout_ms : 0;
    return gs_open(run->root, err);
}

gs_code gs_run_look(gs_run *run, gs_error *err)
{
    run->ticks = 0;
    if (run->settings.interrupt != NULL && *run->settings.interrupt != 0)
        return gs_fail(err, GS_INTERRUPTED, "interrupted after %" PRIu64 " rows",
                       run->rows);
    if (run->deadline_ms != 0 && now_ms() > run->deadline_ms)
        return gs_fail(err, GS_LIMIT,
                       "the query took more than %" PRIu64 " ms, after %" PRIu64
                       " rows; narrow it or raise the time limit",
                       run->settings.timeout_ms, run->rows);
    return GS_OK;
}

gs_code gs_run_tick(gs_run *run, gs_error *err)
{
    return ++run->ticks < TICKS ? GS_OK : gs_run_look(run, err);
}

gs_code gs_run_bytes(gs_run *run, size_t bytes, gs_error *err)
{
    run->ticks += bytes / STEP_BYTES;
    return run->ticks < TICKS ? GS_OK : gs_run_look(run, err);
}

gs_code gs_run_advance(gs_run *run, gs_error *err)
{
    gs_code rc = GS_OK;

    if (!run->started)
        GS_TRY(start(run, err));
    rc = gs_next(run->root, err);
out:
    return rc;
}

gs_code gs_run_show(gs_run *run, const gs_value **row, gs_error *err)
{
    gs_code rc = GS_OK;

    if (run->settings.max_rows > 0 && run->rows == run->settings.max_rows)
        return gs_fail(err, GS_LIMIT,
                       "the query has more than %" PRIu64
                       " rows; narrow it, add LIMIT, or raise the limit of rows",
                       run->settings.max_rows);
    gs_arena_reset(&run->row);
    for (size_t i = 0; i < run->column_count; i++)
        GS_TRY(gs_show(&run->cells[i], run, run->frame[run->columns[i].slot], &run->row,
                       err));
    run->rows++;
    *row = run->cells;
out:
    return rc;
}

gs_code gs_run_next(gs_run *run, const gs_value **row, gs_error *err)
{
    gs_code rc;

    if (run->explained >= 0) {
        rc = gs_explain_next(run, err);
        *row = run->cells;
    } else {
        rc = gs_run_advance(run, err);
        if (rc == GS_OK)
            rc = gs_run_show(run, row, err);
    }
    return gs_run_tell_limit(run, rc, err);
}

void gs_run_close(gs_run *run)
{
    if (run == NULL)
        return;
    for (gs_operator *op = run->made; op != NULL; op = op->made_before) {
        if (op->class->close != NULL)
            op->class->close(op);
        gs_arena_free(&op->arena);
    }
    gs_regex_close(run);
    gs_classes_close(run);
    gs_arena_free(&run->row);
    gs_arena_free(&run->keep);
    gs_arena_free(&run->arena);
    free(run);
}

uint32_t gs_run_slot(gs_run *run)
{
    return run->slots++;
}

gs_code gs_run_node(const gs_node **out, gs_run *run, uint64_t number, gs_error *err)
{
    gs_node *cached = &run->nodes[number % GS_NODES_CACHED];
    gs_code rc = GS_OK;

    if (cached->number != number) {
        cached->number = 0;
        rc = gs_node_read(cached, run->snapshot, number, err);
        if (rc == GS_END)
            rc = gs_fail(err, GS_DAMAGED,
                         "node %" PRIu64 " is named and not there; run `gainsay check`",
                         number);
    }
    if (rc == GS_OK)
        *out = cached;
    else
        cached->number = 0;
    return rc;
}

void gs_run_tell(gs_run *run, const gs_hop *hop)
{
    if (hop->sort != GS_SORT_OTHER)
        run->told[hop->neighbour % GS_NODES_CACHED] = *hop;
}

static gs_code told_date(bool *told, gs_value *out, const gs_hop *hop, gs_arena *arena,
                         gs_error *err)
{
    gs_edtf date, *copy;
    gs_told how = gs_hop_date(&date, hop);

    *told = how != GS_UNTOLD;
    *out = gs_null;
    if (how != GS_TOLD)
        return GS_OK;
    copy = gs_arena_take(arena, sizeof *copy);
    if (copy == NULL)
        return gs_fail_memory(err);
    *copy = date;
    *out = gs_date(copy);
    return GS_OK;
}

gs_code gs_run_told(bool *told, gs_value *out, gs_run *run, uint64_t node, uint32_t key,
                    gs_arena *arena, gs_error *err)
{
    const gs_hop *hop = &run->told[node % GS_NODES_CACHED];

    *told = false;
    if (hop->neighbour != node || (key != GS_P_KIND && key != GS_P_DATE))
        return GS_OK;
    if (key == GS_P_DATE)
        return told_date(told, out, hop, arena, err);
    *out = gs_string(gs_sort_kind((gs_node_sort)hop->sort));
    *told = out->type == GS_STRING;
    return GS_OK;
}

gs_code gs_run_edge(gs_edge *out, gs_run *run, uint64_t number, gs_error *err)
{
    gs_code rc = gs_edge_read(out, run->snapshot, number, err);

    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "relationship %" PRIu64 " is named and not there; run "
                     "`gainsay check`",
                     number);
    if (rc == GS_OK && run->classes != NULL)
        rc = gs_edge_merge(out, run, err);
    return rc;
}

gs_code gs_run_warn(gs_run *run, gs_place place, gs_error *err, const char *format, ...)
{
    gs_warning *warning = gs_arena_take(&run->arena, sizeof *warning);
    char text[sizeof warning->error.text];
    va_list list;

    if (warning == NULL)
        return gs_fail_memory(err);
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    gs_fail(&warning->error, GS_OK, "%s", text);
    gs_error_place(&warning->error, run->text, place);
    for (const gs_warning *w = run->warnings; w != NULL; w = w->next)
        if (w->error.line == warning->error.line &&
            w->error.column == warning->error.column &&
            gs_text_equal(gs_text_of(w->error.text), gs_text_of(warning->error.text)))
            return GS_OK;
    *run->last_warning = warning;
    run->last_warning = &warning->next;
    run->warning_count++;
    return GS_OK;
}
