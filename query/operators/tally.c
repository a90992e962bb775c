/* How many rows an expansion would give for each row of the input, as one row: for those
 * who only count them. */
#include "query/operators/operators.h"

#include "graph/tally.h"
#include "query/links.h"

typedef struct tally {
    gs_operator base;
    gs_tally_spec spec;
    gs_tally *lists;
    gs_links *links; /* where the lists do not tell enough */
    bool told[GS_SORTS],
        fits[GS_SORTS]; /* of neighbours of a sort; whether told at all */
} tally;

static void tally_close(gs_operator *self)
{
    tally *t = (tally *)self;

    gs_tally_close(t->lists);
    gs_links_close(t->links);
    t->lists = NULL;
    t->links = NULL;
}

static bool has_labels(const gs_target *target, gs_node_sort sort)
{
    for (size_t i = 0; i < target->label_count; i++)
        if (!gs_sort_has_label(sort, target->labels[i]))
            return false;
    return true;
}

/* Whether a kind is among those that a condition asks for; not *told where the condition
 * must be evaluated to know. */
static gs_code is_asked(gs_truth *out, bool *told, tally *t,
                        const gs_kind_condition *condition, gs_text kind, gs_error *err)
{
    gs_value value;
    gs_code rc;

    GS_TRY(gs_evaluate(&value, t->base.run, condition->kinds, &t->base.arena, err));
    *out = GS_FALSE;
    if (!condition->each)
        *out = gs_equal(gs_string(kind), value);
    else if (value.type == GS_LIST)
        for (size_t i = 0; i < value.as.list.count && *out != GS_TRUE; i++)
            *out = gs_truth_or(*out, gs_equal(gs_string(kind), value.as.list.items[i]));
    else
        *told = value.type == GS_NULL; /* an error, which each row would tell */
out:
    return rc;
}

/* Judges each sort once for all its nodes. */
static gs_code judge(tally *t, gs_error *err)
{
    gs_code rc = GS_OK;

    gs_arena_reset(&t->base.arena);
    t->told[GS_SORT_OTHER] = t->fits[GS_SORT_OTHER] =
        t->spec.expand.to.label_count == 0 && t->spec.condition_count == 0;
    for (gs_node_sort sort = GS_SORT_OTHER + 1; sort < GS_SORTS; sort++) {
        gs_text kind = gs_sort_kind(sort);

        t->fits[sort] = has_labels(&t->spec.expand.to, sort);
        t->told[sort] =
            !t->fits[sort] || t->spec.condition_count == 0 || kind.bytes != NULL;
        for (size_t i = 0; t->fits[sort] && t->told[sort] && i < t->spec.condition_count;
             i++) {
            gs_truth truth;

            GS_TRY(
                is_asked(&truth, &t->told[sort], t, &t->spec.conditions[i], kind, err));
            t->fits[sort] = truth == GS_TRUE || !t->told[sort];
        }
    }
out:
    return rc;
}

static gs_code tally_open(gs_operator *self, gs_error *err)
{
    tally *t = (tally *)self;
    gs_code rc = GS_OK;

    GS_TRY(judge(t, err));
    if (t->lists == NULL)
        GS_TRY(gs_tally_open(&t->lists, self->run->snapshot, err));
    rc = gs_open(self->input, err);
out:
    return rc;
}

/* One neighbour after the other, where a list leaves it open. */
static gs_code count_each(uint64_t *out, tally *t, uint64_t node, gs_error *err)
{
    const gs_expand_spec *spec = &t->spec.expand;
    gs_run *run = t->base.run;
    gs_hop hop;
    gs_code rc;

    *out = 0;
    if (t->links != NULL)
        GS_TRY(gs_links_reset(t->links, node, err));
    else
        GS_TRY(gs_links_open(&t->links, run, node, spec->edge->keys, 1, spec->direction,
                             GS_WINDOW_ALL, err));
    while ((rc = gs_links_next(&hop, t->links, err)) == GS_OK) {
        gs_truth truth = GS_TRUE;
        bool fits;

        GS_TRY(gs_run_tick(run, err));
        if (hop.inferred && run->settings.stated_only)
            continue;
        t->base.looked++;
        GS_TRY(gs_target_fits_hop(&fits, run, &spec->to, &hop, err));
        gs_run_tell(run, &hop);
        run->frame[spec->to.slot] = gs_node_value(hop.neighbour);
        for (size_t i = 0; fits && truth == GS_TRUE && i < t->spec.condition_count; i++) {
            gs_arena_reset(&t->base.arena);
            GS_TRY(gs_evaluate_truth(&truth, run, t->spec.conditions[i].whole,
                                     &t->base.arena, err));
        }
        *out += fits && truth == GS_TRUE;
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

static gs_code count(uint64_t *out, tally *t, uint64_t node, gs_error *err)
{
    const gs_expand_spec *spec = &t->spec.expand;
    uint64_t counts[GS_SORTS], all = 0;
    bool told = true;
    gs_code rc;

    GS_TRY(gs_tally_count(counts, t->lists, node, spec->edge->keys[0], spec->direction,
                          t->base.run->settings.stated_only, err));
    *out = 0;
    for (size_t sort = 0; sort < GS_SORTS; sort++) {
        all += counts[sort];
        told = told && (counts[sort] == 0 || t->told[sort]);
        *out += t->fits[sort] ? counts[sort] : 0;
    }
    t->base.looked += all;
    rc = told ? gs_run_bytes(t->base.run, all * 64, err) : count_each(out, t, node, err);
out:
    return rc;
}

static gs_code tally_next(gs_operator *self, gs_error *err)
{
    tally *t = (tally *)self;
    gs_run *run = self->run;
    uint64_t found = 0;
    gs_code rc = GS_OK;

    while (found == 0) {
        gs_value from;

        GS_TRY(gs_run_tick(run, err));
        GS_TRY(gs_next(self->input, err));
        from = run->frame[t->spec.expand.from];
        if (from.type == GS_NODE && t->spec.expand.edge->key_count > 0)
            GS_TRY(count(&found, t, from.as.element.number, err));
    }
    /* for count(n) and count(r): they are there in each of the rows */
    run->frame[t->spec.expand.to.slot] = gs_boolean(true);
    run->frame[t->spec.expand.edge->slot] = gs_boolean(true);
    run->frame[t->spec.slot] = gs_integer((int64_t)found);
out:
    return rc;
}

static void tally_explain(const gs_operator *self, gs_buffer *details)
{
    const tally *t = (const tally *)self;

    gs_explain_place(self, details, t->spec.expand.edge->place);
    gs_explain_place(self, details, t->spec.expand.to.place);
    for (size_t i = 0; i < t->spec.condition_count; i++) {
        gs_buffer_text(details, GS_TEXT(" where "));
        gs_explain_place(self, details, t->spec.conditions[i].whole->place);
    }
}

static const gs_operator_class tally_class = {"Count by the list", sizeof(tally),
                                              tally_open,          tally_next,
                                              tally_close,         tally_explain};

gs_operator *gs_tally_rows(gs_run *run, gs_operator *input, const gs_tally_spec *spec)
{
    tally *t = gs_operator_make(run, &tally_class, input);

    if (t == NULL)
        return NULL;
    t->spec = *spec;
    return &t->base;
}
