/* Random graphs and values. */
#include "tests/query/naive.h"

const char *const nv_labels[] = {"Actor", "Statement", "Claim", "Denial", "X"};
const char *const nv_types[] = {"MADE", "ACCUSES", "DENIES", "COUNTERS", "R"};
const char *const nv_keys[] = {"kind", "i", "date"};

size_t nv_dice(uint64_t *seed, size_t sides)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(*seed >> 33) % sides;
}

static gs_value date_of(const char *text, gs_arena *arena)
{
    gs_edtf *date = nv_take(arena, sizeof *date);
    gs_error err;

    return gs_edtf_parse(date, gs_text_of(text), &err) == GS_OK ? gs_date(date) : gs_null;
}

enum { PLAIN = 6, DATES = 11 };

/* One of the first ones of these: no two of the plain ones are as long and begin as early. */
static gs_value any_date(size_t of, uint64_t *seed, gs_arena *arena)
{
    static const char *const dates[DATES] = {"2022-01-01",
                                             "2022-01-02",
                                             "2022-01-05",
                                             "2022-02-01",
                                             "2022-01",
                                             "2022",
                                             "../2022-01-03",
                                             "2022-01-04/..",
                                             "2022-01-02~",
                                             "2022-01-02/2022-01-20",
                                             "2022-01-02T10:00:00Z"};

    return date_of(dates[nv_dice(seed, of)], arena);
}

static gs_value any_scalar(uint64_t *seed)
{
    static const char *const texts[] = {"claim", "denial", "a", ""};

    switch (nv_dice(seed, 6)) {
    case 0:
        return gs_boolean(nv_dice(seed, 2) == 0);
    case 1:
        return gs_integer((int64_t)nv_dice(seed, 4) - 1);
    case 2:
        return gs_real((double)nv_dice(seed, 3) + 0.5);
    default:
        return gs_string(gs_text_of(texts[nv_dice(seed, 4)]));
    }
}

gs_value nv_any_of_key(size_t key, uint64_t *seed, gs_arena *arena)
{
    if (key == NV_KIND_KEY)
        return any_scalar(seed);
    return key == NV_DATE_KEY ? any_date(DATES, seed, arena)
                              : gs_integer((int64_t)nv_dice(seed, 4) - 1);
}

static void make_node(nv_node *node, size_t index, uint64_t *seed, gs_arena *arena)
{
    static const unsigned common[] = {1, 2 | 4, 2 | 8, 16, 2, 0};
    size_t sort = nv_dice(seed, 8);

    *node = (nv_node){.labels = sort < 6 ? common[sort] : (unsigned)nv_dice(seed, 32),
                      .same = index};
    for (size_t k = 0; k < NV_KEYS; k++)
        if (nv_dice(seed, 4) != 0)
            node->properties[k] = nv_any_of_key(k, seed, arena);
    if (sort == 1 || sort == 2)
        node->properties[NV_KIND_KEY] =
            gs_string(gs_text_of(sort == 1 ? "claim" : "denial"));
}

/* Most are claims now, and some of these the same. */
static void make_same(nv_graph *graph, uint64_t *seed, gs_arena *arena)
{
    for (size_t i = 0; i < graph->node_count; i++) {
        nv_node *node = &graph->nodes[i];
        size_t other = nv_dice(seed, i + 1);

        if (nv_dice(seed, 3) > 0)
            node->labels = NV_CLAIM;
        if (node->properties[NV_DATE_KEY].type == GS_DATE)
            node->properties[NV_DATE_KEY] = any_date(PLAIN, seed, arena);
        if (node->labels == NV_CLAIM && graph->nodes[other].labels == NV_CLAIM)
            node->same = other;
    }
}

void nv_make_graph(nv_graph *out, bool merged, uint64_t *seed, gs_arena *arena)
{
    *out = (nv_graph){.node_count = 1 + nv_dice(seed, NV_NODES)};
    out->edge_count = nv_dice(seed, NV_EDGES + 1);
    for (size_t i = 0; i < out->node_count; i++)
        make_node(&out->nodes[i], i, seed, arena);
    if (merged)
        make_same(out, seed, arena);
    for (size_t i = 0; i < out->edge_count; i++) {
        nv_edge *edge = &out->edges[i];

        edge->start = nv_dice(seed, out->node_count);
        edge->end = nv_dice(seed, out->node_count);
        edge->type = 1U << nv_dice(seed, NV_TYPES);
        edge->properties[NV_KIND_KEY] = gs_null;
        if (nv_dice(seed, 3) == 0)
            edge->properties[NV_INTEGER_KEY] = gs_integer((int64_t)nv_dice(seed, 4) - 1);
        if (nv_dice(seed, 4) != 0)
            edge->properties[NV_DATE_KEY] = any_date(merged ? PLAIN : DATES, seed, arena);
        if (nv_dice(seed, 2) == 0) /* as a statement's edges have it */
            edge->properties[NV_DATE_KEY] = out->nodes[edge->end].properties[NV_DATE_KEY];
    }
}
