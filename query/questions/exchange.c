#include "query/questions/exchange.h"

#include "query/compare.h"
#include "query/rowset.h"

#include <stdlib.h>
#include <string.h>

/* What is gathered: statements, the links that go out from them, and to which class each
 * belongs. */
typedef struct gathering {
    gs_asked *asked;
    gs_statement_reader reader;
    gs_rowset known; /* numbers of statements; its row numbers index the arrays below */
    gs_statement *statements;
    size_t *class_of; /* union-find: towards the class's first statement */
    size_t room, class_room;
    gs_links links;
    bool answers, fold;
    gs_error *err;
} gathering;

static gs_code add(gathering *g, uint64_t number)
{
    gs_value key = gs_integer((int64_t)number);
    size_t at;
    bool added;
    gs_code rc;

    GS_TRY(gs_rowset_put(&at, &added, &g->known, &key, g->err));
    if (!added)
        return GS_OK;
    g->statements = gs_arena_grow(&g->asked->arena, g->statements, at, &g->room,
                                  sizeof *g->statements);
    g->class_of = gs_arena_grow(&g->asked->arena, g->class_of, at, &g->class_room,
                                sizeof *g->class_of);
    if (g->statements == NULL || g->class_of == NULL)
        return gs_fail_memory(g->err);
    g->statements[at].number = number;
    g->class_of[at] = at;
out:
    return rc;
}

/* Where a statement stands among those gathered; GS_NO_ACT where it does not. */
static size_t find(const gathering *g, uint64_t number)
{
    gs_value key = gs_integer((int64_t)number);

    return gs_rowset_find(&g->known, &key);
}

static size_t class_of(gathering *g, size_t at)
{
    while (g->class_of[at] != at) {
        g->class_of[at] = g->class_of[g->class_of[at]];
        at = g->class_of[at];
    }
    return at;
}

/* Follows one statement's links. An answer is kept at its start, once. */
static gs_code follow(gathering *g, uint64_t number)
{
    gs_links links = {0};
    gs_code rc;

    GS_TRY(gs_statement_links(&links, &g->reader, number, &g->asked->arena, g->err));
    for (size_t i = 0; i < links.count; i++) {
        const gs_link *link = &links.items[i];
        if (link->same ? g->fold : g->answers)
            GS_TRY(add(g, link->start == number ? link->end : link->start));
        if (link->start != number && !(link->same && !g->fold))
            continue;
        g->links.items = gs_arena_grow(&g->asked->arena, g->links.items, g->links.count,
                                       &g->links.room, sizeof *g->links.items);
        if (g->links.items == NULL)
            return gs_fail_memory(g->err);
        g->links.items[g->links.count++] = *link;
    }
out:
    return rc;
}

static gs_code gather(gathering *g, const gs_numbers *seeds)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < seeds->count; i++)
        GS_TRY(add(g, seeds->items[i]));
    for (size_t i = 0; i < g->known.count; i++) {
        uint64_t number = g->statements[i].number;
        GS_TRY(gs_statement_read(&g->statements[i], &g->reader, number, &g->asked->arena,
                                 g->err));
        GS_TRY(follow(g, number));
    }
out:
    return rc;
}

static void unite(gathering *g)
{
    for (size_t i = 0; g->fold && i < g->links.count; i++) {
        const gs_link *link = &g->links.items[i];
        if (link->same) /* both ends were gathered because of it */
            g->class_of[class_of(g, find(g, link->end))] =
                class_of(g, find(g, link->start));
    }
}

static bool says(gs_value flag)
{
    return flag.type == GS_BOOLEAN && flag.as.boolean;
}

/* Whether `a` shows an act better than `b`. */
static bool shows_better(const gs_statement *a, const gs_statement *b)
{
    if (says(a->quote) != says(b->quote))
        return says(a->quote);
    return gs_order(a->id, b->id) < 0;
}

/* Whether `a` dates an act better than `b`. */
static bool dates_better(gs_value a, gs_value b)
{
    if (a.type != GS_DATE || b.type != GS_DATE)
        return a.type == GS_DATE;
    if (a.as.date->precision != b.as.date->precision)
        return a.as.date->precision > b.as.date->precision;
    return gs_edtf_order(a.as.date, b.as.date) < 0;
}

static gs_code unite_names(gs_names *into, const gs_names *from, gs_arena *arena,
                           gs_error *err)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < from->count; i++)
        GS_TRY(gs_names_add(into, from->items[i], arena, err));
out:
    return rc;
}

static gs_code tell(gathering *g, gs_act *act, const gs_statement *statement)
{
    gs_arena *arena = &g->asked->arena;
    bool first = act->copies == 0, better;
    gs_code rc;

    better = first || shows_better(statement, &act->shown);
    if (!first)
        GS_TRY(gs_names_add(&act->same_as, better ? act->shown.id : statement->id, arena,
                            g->err));
    if (better)
        act->shown = *statement;
    if (first || dates_better(statement->date, act->date))
        act->date = statement->date;
    if (first || gs_order(statement->reported, act->reported) < 0)
        act->reported = statement->reported;
    act->copies += statement->tellings;
    GS_TRY(unite_names(&act->accused, &statement->accused, arena, g->err));
    rc = unite_names(&act->via, &statement->via, arena, g->err);
out:
    return rc;
}

/* One act for each class; act_of tells a statement's. */
static gs_code make_acts(gs_exchange *out, gathering *g, size_t *act_of)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < g->known.count; i++)
        act_of[i] = GS_NO_ACT;
    for (size_t i = 0; i < g->known.count; i++) {
        size_t class = class_of(g, i);
        if (act_of[class] == GS_NO_ACT) {
            out->acts = gs_arena_grow(&g->asked->arena, out->acts, out->count, &out->room,
                                      sizeof *out->acts);
            if (out->acts == NULL)
                return gs_fail_memory(g->err);
            act_of[class] = out->count;
            out->acts[out->count++] = (gs_act){.parent = GS_NO_ACT};
        }
        act_of[i] = act_of[class];
        GS_TRY(tell(g, &out->acts[act_of[i]], &g->statements[i]));
    }
out:
    return rc;
}

/* One link between two acts, stated before inferred, the surer first. */
static gs_code add_target(gs_act *act, const gs_target_act *target, gs_arena *arena,
                          gs_error *err)
{
    for (size_t i = 0; i < act->target_count; i++) {
        gs_target_act *there = &act->targets[i];
        bool alike = target->act == GS_NO_ACT ? gs_equivalent(there->id, target->id)
                                              : there->act == target->act;
        if (!alike)
            continue;
        if (there->inferred &&
            (!target->inferred ||
             gs_less(there->confidence, target->confidence, false) == GS_TRUE))
            *there = *target;
        return GS_OK;
    }
    act->targets = gs_arena_grow(arena, act->targets, act->target_count,
                                 &act->target_room, sizeof *act->targets);
    if (act->targets == NULL)
        return gs_fail_memory(err);
    act->targets[act->target_count++] = *target;
    return GS_OK;
}

static gs_code id_of(gs_value *out, gathering *g, uint64_t number)
{
    gs_statement statement;
    gs_code rc;

    GS_TRY(gs_statement_read(&statement, &g->reader, number, &g->asked->arena, g->err));
    *out = statement.id;
out:
    return rc;
}

/* Each of two statements, where it is told by itself, names the other. */
static gs_code add_same(gs_exchange *out, gathering *g, const gs_link *link,
                        const size_t *act_of)
{
    size_t start = find(g, link->start), end = find(g, link->end);
    gs_value id;
    gs_code rc = GS_OK;

    if (start != GS_NO_ACT) {
        GS_TRY(id_of(&id, g, link->end));
        GS_TRY(gs_names_add(&out->acts[act_of[start]].same_as, id, &g->asked->arena,
                            g->err));
    }
    if (end != GS_NO_ACT) {
        GS_TRY(id_of(&id, g, link->start));
        GS_TRY(
            gs_names_add(&out->acts[act_of[end]].same_as, id, &g->asked->arena, g->err));
    }
out:
    return rc;
}

static gs_code add_answer(gs_exchange *out, gathering *g, const gs_link *link,
                          const size_t *act_of)
{
    gs_target_act target = {GS_NO_ACT, gs_null, link->inferred, link->confidence};
    size_t start = find(g, link->start), end = find(g, link->end);
    gs_code rc = GS_OK;

    if (end != GS_NO_ACT) {
        target.act = act_of[end];
        target.id = out->acts[target.act].shown.id;
    } else {
        GS_TRY(id_of(&target.id, g, link->end));
    }
    if (target.act != act_of[start])
        rc = add_target(&out->acts[act_of[start]], &target, &g->asked->arena, g->err);
out:
    return rc;
}

static gs_code add_links(gs_exchange *out, gathering *g, const size_t *act_of)
{
    gs_code rc = GS_OK;

    for (size_t i = 0; i < g->links.count; i++) {
        const gs_link *link = &g->links.items[i];
        if (!link->same)
            GS_TRY(add_answer(out, g, link, act_of));
        else if (!g->fold)
            GS_TRY(add_same(out, g, link, act_of));
    }
out:
    return rc;
}

gs_code gs_exchange_gather(gs_exchange *out, gs_asked *asked, const gs_numbers *seeds,
                           bool answers, bool fold, gs_error *err)
{
    gathering g = {.asked = asked,
                   .known = {.arena = &asked->arena, .width = 1},
                   .answers = answers,
                   .fold = fold,
                   .err = err};
    size_t *act_of;
    gs_code rc;

    *out = (gs_exchange){0};
    GS_TRY(gs_statement_reader_open(&g.reader, asked, err));
    GS_TRY(gather(&g, seeds));
    unite(&g);
    act_of = gs_arena_array(&asked->arena, g.known.count, sizeof *act_of);
    if (act_of == NULL) {
        rc = gs_fail_memory(err);
        goto out;
    }
    GS_TRY(make_acts(out, &g, act_of));
    rc = add_links(out, &g, act_of);
out:
    gs_statement_reader_close(&g.reader);
    return rc;
}

int gs_act_order(const gs_act *a, const gs_act *b)
{
    int order = gs_order(a->date, b->date);

    return order != 0 ? order : gs_order(a->shown.id, b->shown.id);
}
