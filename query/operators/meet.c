/* A node between two that are known is on the lists of both. The lists are read in turn,
 * and no record is opened but of nodes that are on both. Where one list is far longer
 * than the other, the rest of it stays unread: the nodes of the short one are asked. Where
 * both are long, the nodes of the shorter one make a sieve for the other, and what comes
 * through makes one for the shorter: so little more is read whole than what is on both. */
#include "query/links.h"
#include "query/operators/operators.h"

#include <stdlib.h>

/* How many entries of a list are read while one node is asked for its own. */
enum { ASKING = 16 };

enum {
    LONG = 64,       /* entries that a list has read when it is worth a sieve */
    SPARSE = 32,     /* bits of a sieve for each of its numbers, at least */
    SWEPT = 1 << 14, /* entries passed over between two looks at the limits */
};

typedef struct entry {
    uint64_t node, edge;
    int64_t earliest, latest; /* what the list tells of the node; the edge's date */
    uint8_t sort;
    bool dated;
} entry;

typedef struct leg {
    gs_expand_spec spec;
    gs_links *links, *back; /* of the known end; of nodes that are asked */
    uint64_t from;          /* of the input's present row, as all below */
    gs_window window;
    entry *entries;
    size_t count, room;
    bool ended;
    gs_sieve sieve; /* for the nodes on the list; bits NULL: none */
} leg;

typedef struct meeting {
    const entry *entry; /* of one of the lists */
    uint64_t edges[2];
} meeting;

typedef struct meet {
    gs_operator base;
    leg legs[2];
    meeting *found;
    size_t count, room, at;
} meet;

static void meet_close(gs_operator *self)
{
    meet *m = (meet *)self;

    for (size_t i = 0; i < 2; i++) {
        gs_links_close(m->legs[i].links);
        gs_links_close(m->legs[i].back);
        m->legs[i].links = m->legs[i].back = NULL;
    }
}

static gs_code meet_open(gs_operator *self, gs_error *err)
{
    meet *m = (meet *)self;

    m->count = m->at = 0;
    return gs_open(self->input, err);
}

/* The leg's relationships of a node; one cursor serves all. */
static gs_code look(gs_links **links, const meet *m, const leg *l, uint64_t node,
                    uint8_t direction, gs_error *err)
{
    if (*links == NULL)
        return gs_links_open(links, m->base.run, node, l->spec.edge->keys,
                             l->spec.edge->key_count, direction, l->window, err);
    gs_links_look(*links, l->window);
    gs_links_sift(*links, links == &l->links && l->sieve.bits != NULL ? &l->sieve : NULL);
    return gs_links_reset(*links, node, err);
}

/* The next relationship that is not left out. */
static gs_code read_hop(gs_hop *out, meet *m, const leg *l, gs_links *links,
                        gs_error *err)
{
    gs_run *run = m->base.run;
    gs_code rc;

    do {
        GS_TRY(gs_run_tick(run, err));
        GS_TRY(gs_links_next(out, links, err));
        m->base.looked++;
    } while ((out->inferred && run->settings.stated_only) ||
             gs_edge_is_used(run, &l->spec.used, out->edge));
out:
    return rc;
}

/* Both legs at their known ends; *out is false where there is nothing to be found. */
static gs_code start(bool *out, meet *m, gs_error *err)
{
    gs_run *run = m->base.run;
    gs_code rc = GS_OK;

    *out = true;
    for (size_t i = 0; i < 2; i++) {
        leg *l = &m->legs[i];
        gs_value from = run->frame[l->spec.from];

        *out = *out && from.type == GS_NODE &&
               (l->spec.edge->any || l->spec.edge->key_count > 0);
        if (!*out)
            return GS_OK;
        l->from = from.as.element.number;
        l->entries = NULL;
        l->count = l->room = 0;
        l->ended = false;
        l->sieve.bits = NULL;
        GS_TRY(gs_bounds_window(&l->window, NULL, run, l->spec.bounds,
                                l->spec.bound_count, &m->base.arena, err));
        GS_TRY(look(&l->links, m, l, l->from, l->spec.direction, err));
    }
out:
    return rc;
}

static gs_code read_entry(meet *m, leg *l, gs_error *err)
{
    gs_hop hop;
    gs_code rc = read_hop(&hop, m, l, l->links, err);

    l->ended = rc == GS_END;
    if (rc != GS_OK)
        return l->ended ? GS_OK : rc;
    l->entries =
        gs_arena_grow(&m->base.arena, l->entries, l->count, &l->room, sizeof *l->entries);
    if (l->entries == NULL)
        return gs_fail_memory(err);
    l->entries[l->count++] =
        (entry){hop.neighbour, hop.edge, hop.earliest, hop.latest, hop.sort, hop.dated};
    return GS_OK;
}

static bool is_far_shorter(const leg *one, const leg *other)
{
    return one->ended && other->count >= ASKING * one->count;
}

static bool are_long(const meet *m)
{
    return m->base.run->classes == NULL && m->legs[0].count >= LONG &&
           m->legs[1].count >= LONG;
}

/* Reads both lists, or as much as tells which is far shorter, or that both are long. */
static gs_code read_lists(meet *m, gs_error *err)
{
    leg *one = &m->legs[0], *other = &m->legs[1];
    gs_code rc = GS_OK;

    while (!(one->ended && other->ended) && !is_far_shorter(one, other) &&
           !is_far_shorter(other, one) && !are_long(m)) {
        if (!one->ended)
            GS_TRY(read_entry(m, one, err));
        if (!other->ended)
            GS_TRY(read_entry(m, other, err));
    }
out:
    return rc;
}

/* From the list's first entry again. */
static gs_code start_over(meet *m, leg *l, gs_error *err)
{
    l->count = 0;
    l->ended = false;
    return look(&l->links, m, l, l->from, l->spec.direction, err);
}

static gs_code read_all(meet *m, leg *l, gs_error *err)
{
    gs_code rc;

    GS_TRY(start_over(m, l, err));
    while (!l->ended)
        GS_TRY(read_entry(m, l, err));
out:
    return rc;
}

/* Passes over a list until its end or past `most`; *ended tells which. */
static gs_code sweep(size_t *count, bool *ended, meet *m, leg *l, size_t most,
                     const gs_sieve *into, gs_error *err)
{
    gs_code rc = GS_OK;

    while (!*ended && *count <= most) {
        size_t before = *count;

        rc = gs_links_sweep(count, l->links, SWEPT, into, err);
        *ended = rc == GS_END;
        if (rc != GS_OK && rc != GS_END)
            return rc;
        m->base.looked += *count - before;
        GS_TRY(gs_run_bytes(m->base.run, (*count - before) * 64, err));
    }
    rc = GS_OK;
out:
    return rc;
}

/* Which leg has the shorter list, of *count entries; *far: the other's is far longer. */
static gs_code measure(size_t *shorter, size_t *count, bool *far, meet *m, gs_error *err)
{
    size_t counts[2] = {0}, one;
    bool ended[2] = {false};
    gs_code rc = GS_OK;

    for (size_t i = 0; i < 2; i++)
        GS_TRY(start_over(m, &m->legs[i], err));
    for (size_t most = SWEPT; !ended[0] && !ended[1]; most *= 2)
        for (size_t i = 0; i < 2; i++)
            GS_TRY(sweep(&counts[i], &ended[i], m, &m->legs[i], most, NULL, err));
    one = ended[0] && (!ended[1] || counts[0] <= counts[1]) ? 0 : 1;
    GS_TRY(sweep(&counts[1 - one], &ended[1 - one], m, &m->legs[1 - one],
                 counts[one] * ASKING, NULL, err));
    *shorter = one;
    *count = counts[one];
    *far = !ended[1 - one];
out:
    return rc;
}

static gs_code make_sieve(gs_sieve *out, meet *m, size_t count, gs_error *err)
{
    size_t bits = 64;

    while (bits / SPARSE < count)
        bits *= 2;
    *out = (gs_sieve){gs_arena_array(&m->base.arena, bits / 64, sizeof *out->bits),
                      bits - 1};
    return out->bits == NULL ? gs_fail_memory(err) : GS_OK;
}

/* Long lists: what is surely not on both is left out, where both are read at all. */
static gs_code read_long(meet *m, gs_error *err)
{
    size_t which, count, swept = 0;
    bool far, ended = false;
    leg *shorter, *longer;
    gs_sieve sieve;
    gs_code rc;

    GS_TRY(measure(&which, &count, &far, m, err));
    shorter = &m->legs[which];
    longer = &m->legs[1 - which];
    longer->count = 0;
    longer->ended = false;
    if (far)
        return read_all(m, shorter, err);
    GS_TRY(make_sieve(&sieve, m, count, err));
    GS_TRY(start_over(m, shorter, err));
    GS_TRY(sweep(&swept, &ended, m, shorter, SIZE_MAX - 1, &sieve, err));
    longer->sieve = sieve;
    GS_TRY(read_all(m, longer, err));
    GS_TRY(make_sieve(&shorter->sieve, m, longer->count, err));
    for (size_t i = 0; i < longer->count; i++)
        gs_sieve_put(&shorter->sieve, longer->entries[i].node);
    rc = read_all(m, shorter, err);
out:
    return rc;
}

/* `one` is the leg whose entry it is, and `edge` the other's. */
static gs_code add(meet *m, size_t one, const entry *from, uint64_t edge, gs_error *err)
{
    meeting *at;

    if (from->edge == edge)
        return GS_OK;
    m->found =
        gs_arena_grow(&m->base.arena, m->found, m->count, &m->room, sizeof *m->found);
    if (m->found == NULL)
        return gs_fail_memory(err);
    at = &m->found[m->count++];
    at->entry = from;
    at->edges[one] = from->edge;
    at->edges[1 - one] = edge;
    return GS_OK;
}

/* Asks each node on the list of leg `one` for its relationships to the other's end. */
static gs_code ask_each(meet *m, size_t one, gs_error *err)
{
    const leg *l = &m->legs[one];
    leg *other = &m->legs[1 - one];
    gs_hop hop;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < l->count; i++) {
        GS_TRY(look(&other->back, m, other, l->entries[i].node,
                    gs_turned(other->spec.direction), err));
        while ((rc = read_hop(&hop, m, other, other->back, err)) == GS_OK)
            if (hop.neighbour == other->from)
                GS_TRY(add(m, one, &l->entries[i], hop.edge, err));
        if (rc != GS_END)
            return rc;
        rc = GS_OK;
    }
out:
    return rc;
}

static int by_node(const void *a, const void *b)
{
    const entry *x = a, *y = b;

    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

/* Statements come in much as they were said: a list in the order of dates is often in that
 * of numbers too. */
static void order(leg *l)
{
    bool ordered = true;

    for (size_t i = 1; i < l->count && ordered; i++)
        ordered = l->entries[i - 1].node <= l->entries[i].node;
    if (!ordered)
        qsort(l->entries, l->count, sizeof *l->entries, by_node);
}

/* What is on both lists. */
static gs_code join(meet *m, gs_error *err)
{
    const leg *one = &m->legs[0], *other = &m->legs[1];
    size_t at = 0;
    gs_code rc = GS_OK;

    order(&m->legs[0]);
    order(&m->legs[1]);
    for (size_t i = 0; i < one->count; i++) {
        const entry *e = &one->entries[i];

        while (at < other->count && other->entries[at].node < e->node)
            at++;
        for (size_t k = at; k < other->count && other->entries[k].node == e->node; k++)
            GS_TRY(add(m, 0, e, other->entries[k].edge, err));
    }
out:
    return rc;
}

/* All meetings of the input's present row. */
static gs_code find(meet *m, gs_error *err)
{
    bool ok;
    gs_code rc;

    m->found = NULL;
    m->count = m->room = m->at = 0;
    gs_arena_reset(&m->base.arena);
    GS_TRY(start(&ok, m, err));
    if (!ok)
        return GS_OK;
    GS_TRY(read_lists(m, err));
    if (are_long(m))
        GS_TRY(read_long(m, err));
    if (m->legs[0].ended && m->legs[1].ended)
        rc = join(m, err);
    else
        rc = ask_each(m, m->legs[0].ended ? 0 : 1, err);
out:
    return rc;
}

/* What the list told of the node. */
static gs_hop hop_of(const entry *e)
{
    return (gs_hop){.edge = e->edge,
                    .neighbour = e->node,
                    .earliest = e->earliest,
                    .latest = e->latest,
                    .sort = e->sort,
                    .dated = e->dated};
}

static gs_code meet_next(gs_operator *self, gs_error *err)
{
    meet *m = (meet *)self;
    const gs_target *to = &m->legs[0].spec.to;
    gs_run *run = self->run;
    gs_hop hop = {0};
    bool fits = false;
    gs_code rc = GS_OK;

    while (!fits) {
        GS_TRY(gs_run_tick(run, err));
        if (m->at == m->count) {
            GS_TRY(gs_next(self->input, err));
            GS_TRY(find(m, err));
        } else {
            hop = hop_of(m->found[m->at++].entry);
            GS_TRY(gs_target_fits_hop(&fits, run, to, &hop, err));
        }
    }
    gs_run_tell(run, &hop);
    run->frame[to->slot] = gs_node_value(hop.neighbour);
    for (size_t i = 0; i < 2; i++)
        run->frame[m->legs[i].spec.edge->slot] =
            gs_edge_value(m->found[m->at - 1].edges[i]);
out:
    return rc;
}

static void meet_explain(const gs_operator *self, gs_buffer *details)
{
    const meet *m = (const meet *)self;

    gs_explain_place(self, details, m->legs[0].spec.edge->place);
    gs_explain_place(self, details, m->legs[0].spec.to.place);
    gs_explain_place(self, details, m->legs[1].spec.edge->place);
    if (m->legs[0].spec.bound_count + m->legs[1].spec.bound_count > 0)
        gs_buffer_text(details, GS_TEXT(" within dates"));
    gs_buffer_text(details, GS_TEXT(" between known nodes"));
}

static const gs_operator_class meet_class = {
    "Meet in the middle", sizeof(meet), meet_open, meet_next, meet_close, meet_explain};

gs_operator *gs_meet(gs_run *run, gs_operator *input, const gs_expand_spec *one,
                     const gs_expand_spec *other)
{
    meet *m = gs_operator_make(run, &meet_class, input);

    if (m == NULL)
        return NULL;
    m->legs[0].spec = *one;
    m->legs[1].spec = *other;
    return &m->base;
}
