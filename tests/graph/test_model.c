/* Random batches of nodes, edges, revisions and ends, some aborted, the store reopened
 * now and then, against arrays in memory; in the end every question is put as of every
 * commit. */
#include "tests/graph/support.h"

enum {
    NODES = 160,
    EDGES = 400,
    VERSIONS = 4, /* of a node, its first among them */
    COMMITS = 40,
    BATCHES = 24,
    SEEDS = 12,
    KEYS = 5,
};

static const uint32_t labels[] = {GS_ACTOR, GS_STATEMENT, GS_DOCUMENT};
static const uint32_t types[] = {GS_MADE, GS_ACCUSES, GS_DENIES};
/* the last of each is a property that is gone */
static const char *const names[] = {"The Alpha", "beta", "Álpha", "Gamma Delta", NULL};
static const char *const folded[] = {"alpha", "beta", "alpha", "gamma delta", NULL};
static const char *const ids[] = {"s1", "s2", "s3", NULL};
static const char *const texts[] = {
    "The missile was ours.", "Missile? No missile!", "NOT ours",
    "a word as long as "
    "donaudampfschifffahrtselektrizitaetenhauptbetriebswerk",
    NULL};
static const char *const words[] = {
    "missile",
    "OURS missile",
    "not",
    "absent",
    "a long",
    "!",
    "donaudampfschifffahrtselektrizitaetenhauptbetriebswerk"};
static const char *const extras[] = {"x", "y", "z", NULL};
static const char *const dates[] = {"2022",
                                    "2022-11",
                                    "2022-11-08",
                                    "2022-11-08T09:30:00Z",
                                    "../2022-11-07",
                                    "2022-11-01/..",
                                    "2022-10-30/2022-11-09",
                                    "2020/2023",
                                    "2021-12-31",
                                    NULL};
enum { DATES = 10 };

/* Of each key a list of values; aliases is a list of one. */
static const struct {
    const char *name;
    uint32_t key; /* 0: interned by the store */
    const char *const *values;
    int count;
} keys[KEYS] = {
    {"name", GS_P_NAME, names, 5}, {"aliases", GS_P_ALIASES, names, 5},
    {"id", GS_P_ID, ids, 4},       {"text", GS_P_TEXT, texts, 5},
    {"extra key", 0, extras, 4},
};

typedef struct version {
    uint64_t number;
    int values[KEYS]; /* index into the key's values; all of them, changed or not */
} version;

typedef struct node {
    uint64_t born, ended; /* 0: not ended */
    uint32_t label;
    int version_count;
    version versions[VERSIONS];
} node;

typedef struct edge {
    uint64_t born, ended;
    uint32_t type;
    int start, end, date;
    bool inferred;
    gs_edtf when;
} edge;

typedef struct model {
    uint64_t last;
    int node_count, edge_count, commit_count;
    node nodes[NODES];
    edge edges[EDGES];
    uint64_t commits[COMMITS + 1]; /* their last numbers; [0] is before the first */
} model;

static uint32_t state;

static int pick(int count)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (int)(state % (uint32_t)count);
}

static bool is_there(uint64_t born, uint64_t ended, uint64_t at)
{
    return born <= at && (ended == 0 || ended > at);
}

static bool node_there(const node *n, uint64_t at)
{
    return is_there(n->born, n->ended, at);
}

static bool edge_there(const model *m, const edge *e, uint64_t at)
{
    return is_there(e->born, e->ended, at) && node_there(&m->nodes[e->start], at) &&
           node_there(&m->nodes[e->end], at);
}

static const char *value_of(const node *n, int key, uint64_t at)
{
    int i = n->version_count - 1;

    while (n->versions[i].number > at)
        i--;
    return keys[key].values[n->versions[i].values[key]];
}

static gs_value value_at(int key, int value, gs_value *room)
{
    *room = string_of(keys[key].values[value]);
    return keys[key].key == GS_P_ALIASES && room->type != GS_NULL ? gs_list(room, 1)
                                                                  : *room;
}

static void do_node(model *m, gs_batch *batch)
{
    gs_entry entries[KEYS];
    gs_value room[KEYS];
    node *n = &m->nodes[m->node_count];
    uint64_t number = 0;

    if (m->node_count == NODES)
        return;
    *n = (node){.born = ++m->last, .label = labels[pick(3)], .version_count = 1};
    n->versions[0].number = n->born;
    for (int i = 0; i < KEYS; i++) {
        n->versions[0].values[i] = pick(keys[i].count);
        entries[i].key = gs_text_of(keys[i].name);
        entries[i].value = value_at(i, n->versions[0].values[i], &room[i]);
    }
    m->node_count++;
    MUST(gs_batch_node(&number, batch, &n->label, 1, gs_map(entries, KEYS), &err));
    assert_int_equal(number, n->born);
}

/* A visible node, -1 when chance finds none. */
static int pick_node(const model *m)
{
    for (int tries = 0; m->node_count > 0 && tries < 20; tries++) {
        int i = pick(m->node_count);

        if (node_there(&m->nodes[i], m->last))
            return i;
    }
    return -1;
}

static void do_edge(model *m, gs_batch *batch)
{
    edge e = {.type = types[pick(3)],
              .start = pick_node(m),
              .end = pick_node(m),
              .date = pick(DATES),
              .inferred = pick(4) == 0};
    gs_entry inferred = {GS_TEXT("inferred"), gs_boolean(e.inferred)};
    uint64_t number = 0;

    if (e.start < 0 || e.end < 0 || m->edge_count == EDGES)
        return;
    e.when.earliest = INT64_MIN;
    e.when.latest = INT64_MAX;
    if (dates[e.date] != NULL)
        MUST(gs_edtf_parse(&e.when, gs_text_of(dates[e.date]), &err));
    e.born = ++m->last;
    m->edges[m->edge_count++] = e;
    MUST(gs_batch_edge(&number, batch, e.type, m->nodes[e.start].born,
                       m->nodes[e.end].born, dates[e.date] == NULL ? NULL : &e.when,
                       gs_map(&inferred, 1), &err));
    assert_int_equal(number, e.born);
}

static void do_revise(model *m, gs_batch *batch)
{
    int i = pick_node(m);
    node *n = &m->nodes[i < 0 ? 0 : i];
    gs_entry entries[KEYS];
    gs_value room[KEYS];
    size_t count = 0;
    version *v = &n->versions[n->version_count];

    if (i < 0 || n->version_count == VERSIONS)
        return;
    *v = v[-1];
    for (int k = 0; k < KEYS; k++) {
        if (pick(2) == 0)
            continue;
        v->values[k] = pick(keys[k].count);
        entries[count].key = gs_text_of(keys[k].name);
        entries[count++].value = value_at(k, v->values[k], &room[k]);
    }
    MUST(gs_batch_revise(batch, n->born, gs_map(entries, count), &err));
    if (count > 0) {
        v->number = ++m->last;
        n->version_count++;
    }
}

static void do_end(model *m, gs_batch *batch)
{
    int i = pick_node(m);

    if (pick(3) != 0) {
        edge *e = &m->edges[m->edge_count > 0 ? pick(m->edge_count) : 0];

        if (m->edge_count == 0 || !edge_there(m, e, m->last))
            return;
        MUST(gs_batch_end(batch, e->born, &err));
        e->ended = ++m->last;
    } else if (i >= 0) {
        MUST(gs_batch_end(batch, m->nodes[i].born, &err));
        m->nodes[i].ended = ++m->last;
    }
}

static void check_node(const model *m, const gs_snapshot *s, const node *n, uint64_t at,
                       gs_arena *arena)
{
    gs_node seen;
    gs_value all;
    gs_error ignored;
    size_t present = 0;
    gs_code rc = gs_node_read(&seen, s, n->born, &ignored);

    (void)m;
    assert_int_equal(rc, node_there(n, at) ? GS_OK : GS_END);
    if (rc != GS_OK)
        return;
    assert_true(gs_node_has_label(&seen, n->label));
    MUST(gs_properties(&all, s, seen.properties, arena, &err));
    for (int k = 0; k < KEYS; k++) {
        const char *wanted = value_of(n, k, at);
        uint32_t key = keys[k].key;
        gs_value one, other = gs_map_get(all, gs_text_of(keys[k].name));

        if (key == 0)
            key = gs_name_find(s, gs_text_of(keys[k].name));
        MUST(gs_property(&one, s, seen.properties, key, arena, &err));
        assert_true(gs_value_same(one, other));
        if (keys[k].key == GS_P_ALIASES && one.type == GS_LIST)
            one = one.as.list.items[0];
        assert_true(gs_value_same(one, string_of(wanted)));
        present += wanted != NULL;
    }
    assert_int_equal(all.as.map.count, present);
}

static void check_edge(const model *m, const gs_snapshot *s, const edge *e, uint64_t at,
                       gs_arena *arena)
{
    gs_edge seen;
    gs_value date;
    gs_error ignored;
    gs_code rc = gs_edge_read(&seen, s, e->born, &ignored);

    assert_int_equal(rc, edge_there(m, e, at) ? GS_OK : GS_END);
    if (rc != GS_OK)
        return;
    assert_int_equal(seen.type, e->type);
    assert_int_equal(seen.start, m->nodes[e->start].born);
    assert_int_equal(seen.end, m->nodes[e->end].born);
    assert_int_equal(seen.earliest, e->when.earliest);
    assert_int_equal(seen.latest, e->when.latest);
    assert_int_equal(seen.inferred, e->inferred);
    MUST(gs_property(&date, s, seen.properties, GS_P_DATE, arena, &err));
    assert_int_equal(date.type, dates[e->date] == NULL ? GS_NULL : GS_DATE);
}

static bool lies_in(const edge *e, gs_window window)
{
    if (window.first == INT64_MIN && window.last == INT64_MAX)
        return true;
    if (e->when.earliest == INT64_MIN && e->when.latest == INT64_MAX)
        return false;
    return e->when.earliest <= window.last && e->when.latest >= window.first;
}

static bool is_wanted(const model *m, const edge *e, const node *n, const uint32_t *type,
                      gs_direction direction, gs_window window, uint64_t at)
{
    bool out = (direction & GS_OUT) && &m->nodes[e->start] == n;
    bool in = (direction & GS_IN) && &m->nodes[e->end] == n;

    return (out || in) && (type == NULL || *type == e->type) && lies_in(e, window) &&
           edge_there(m, e, at);
}

static int64_t order_of(const gs_hop *hop)
{
    return hop->earliest == INT64_MIN ? hop->latest : hop->earliest;
}

/* The hops are those of the model, each once, and in order. */
static void check_timeline(const model *m, gs_timeline *t, const node *n,
                           const uint32_t *type, gs_direction direction, gs_window window,
                           uint64_t at)
{
    int wanted = 0, got = 0;
    gs_hop hop, before = {0};
    gs_error err;

    for (int i = 0; i < m->edge_count; i++)
        wanted += is_wanted(m, &m->edges[i], n, type, direction, window, at);
    for (; gs_timeline_next(&hop, t, &err) == GS_OK; got++, before = hop) {
        const edge *e = m->edges;

        while (e < m->edges + m->edge_count && e->born != hop.edge)
            e++;
        assert_true(is_wanted(m, e, n, type, direction, window, at));
        assert_int_equal(hop.type, e->type);
        assert_int_equal(hop.earliest, e->when.earliest);
        assert_int_equal(hop.latest, e->when.latest);
        assert_int_equal(hop.inferred, e->inferred);
        assert_int_equal(hop.neighbour,
                         m->nodes[hop.direction == GS_OUT ? e->end : e->start].born);
        if (got > 0 && before.type == hop.type)
            assert_true(order_of(&before) < order_of(&hop) ||
                        (order_of(&before) == order_of(&hop) &&
                         (before.latest < hop.latest ||
                          (before.latest == hop.latest && before.edge < hop.edge))));
    }
    assert_int_equal(got, wanted);
}

static gs_window pick_window(void)
{
    gs_edtf first, last;

    if (pick(3) == 0)
        return GS_WINDOW_ALL;
    first = gs_edtf_day(19200 + pick(120)); /* July to November 2022 */
    last = gs_edtf_day(19200 + 119 + pick(90));
    return (gs_window){.first = pick(5) == 0 ? INT64_MIN : first.earliest,
                       .last = pick(5) == 0 ? INT64_MAX : last.latest};
}

static void check_timelines(const model *m, const gs_snapshot *s, const node *n,
                            uint64_t at)
{
    gs_timeline *t = NULL;
    const uint32_t *type = pick(2) == 0 ? NULL : &types[pick(3)];
    gs_direction direction = (gs_direction)(1 + pick(3));
    gs_window window = pick_window();

    if (!node_there(n, at))
        window = GS_WINDOW_ALL; /* a node that is not there has no edge at all */
    MUST(gs_timeline_open(&t, s, n->born, type, type != NULL, direction, window, &err));
    check_timeline(m, t, n, type, direction, window, at);
    n = &m->nodes[pick(m->node_count)];
    MUST(gs_timeline_reset(t, n->born, &err));
    check_timeline(m, t, n, type, direction, window, at);
    gs_timeline_close(t);
}

static void check_labels(const model *m, const gs_snapshot *s, uint32_t label,
                         uint64_t at)
{
    gs_nodes *nodes = NULL;
    uint64_t number;
    gs_error ignored;

    MUST(gs_nodes_open(&nodes, s, label, &err));
    for (int i = 0; i < m->node_count; i++) {
        if ((label != 0 && m->nodes[i].label != label) || !node_there(&m->nodes[i], at))
            continue;
        assert_int_equal(gs_nodes_next(&number, nodes, &ignored), GS_OK);
        assert_int_equal(number, m->nodes[i].born);
    }
    assert_int_equal(gs_nodes_next(&number, nodes, &ignored), GS_END);
    gs_nodes_close(nodes);
}

static bool is_named(const node *n, const char *wanted, uint64_t at)
{
    for (int key = 0; key < 2; key++) {
        const char *name = value_of(n, key, at);

        for (int i = 0; name != NULL && names[i] != NULL; i++)
            if (strcmp(names[i], name) == 0 && strcmp(folded[i], wanted) == 0)
                return true;
    }
    return false;
}

static void check_found(const model *m, const uint64_t *numbers, size_t count,
                        const bool *wanted)
{
    size_t at = 0;

    for (int i = 0; i < m->node_count; i++)
        if (wanted[i]) {
            assert_true(at < count);
            assert_int_equal(numbers[at++], m->nodes[i].born);
        }
    assert_int_equal(at, count);
}

static void check_indexes(const model *m, const gs_snapshot *s, uint64_t at,
                          gs_arena *arena)
{
    bool wanted[NODES];
    uint64_t *numbers = NULL;
    size_t count = 0;

    for (int k = 0; names[k] != NULL; k++) {
        for (int i = 0; i < m->node_count; i++)
            wanted[i] = m->nodes[i].label == GS_ACTOR && node_there(&m->nodes[i], at) &&
                        is_named(&m->nodes[i], folded[k], at);
        MUST(gs_index_find(&numbers, &count, s, GS_BY_NAME, gs_text_of(names[k]), arena,
                           &err));
        check_found(m, numbers, count, wanted);
        MUST(
            gs_index_actors_like(&numbers, &count, s, gs_text_of(names[k]), arena, &err));
        check_found(m, numbers, count, wanted);
    }
    for (int k = 0; ids[k] != NULL; k++) {
        for (int i = 0; i < m->node_count; i++) {
            const char *id =
                value_of(&m->nodes[i], 2, at < m->nodes[i].born ? m->nodes[i].born : at);

            wanted[i] = m->nodes[i].label == GS_STATEMENT &&
                        node_there(&m->nodes[i], at) && id != NULL &&
                        strcmp(id, ids[k]) == 0;
        }
        MUST(gs_index_find(&numbers, &count, s, GS_BY_ID, gs_text_of(ids[k]), arena,
                           &err));
        check_found(m, numbers, count, wanted);
    }
}

static void check_words(const model *m, const gs_snapshot *s, uint64_t at,
                        gs_arena *arena)
{
    bool wanted[NODES];
    uint64_t *numbers = NULL;
    size_t count = 0;

    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        for (int i = 0; i < m->node_count; i++) {
            const node *n = &m->nodes[i];
            const char *text = node_there(n, at) ? value_of(n, 3, at) : NULL;

            wanted[i] = false;
            if (text != NULL && n->label == GS_STATEMENT)
                MUST(gs_words_in(&wanted[i], gs_text_of(text), gs_text_of(words[k]),
                                 arena, &err));
        }
        MUST(gs_words_find(&numbers, &count, s, gs_text_of(words[k]), arena, &err));
        check_found(m, numbers, count, wanted);
    }
}

static void check_counts(const model *m, const gs_snapshot *s)
{
    for (int l = 0; l < 4; l++) {
        uint32_t label = l == 3 ? 0 : labels[l], type = l == 3 ? 0 : types[l];
        uint64_t nodes = 0, edges = 0;

        for (int i = 0; i < m->node_count; i++)
            nodes += (label == 0 || m->nodes[i].label == label) &&
                     node_there(&m->nodes[i], m->last);
        for (int i = 0; i < m->edge_count; i++)
            edges += (type == 0 || m->edges[i].type == type) &&
                     edge_there(m, &m->edges[i], m->last);
        assert_int_equal(gs_count_nodes(s, label), nodes);
        assert_int_equal(gs_count_edges(s, type), edges);
    }
}

static void check_all(const model *m, const gs_snapshot *s, uint64_t at)
{
    gs_arena arena = {0};

    assert_int_equal(gs_snapshot_last(s), at);
    if (m->node_count == 0)
        return;
    for (int i = 0; i < m->node_count; i++) {
        check_node(m, s, &m->nodes[i], at, &arena);
        check_timelines(m, s, &m->nodes[i], at);
    }
    for (int i = 0; i < m->edge_count; i++)
        check_edge(m, s, &m->edges[i], at, &arena);
    for (size_t l = 0; l < 3; l++)
        check_labels(m, s, labels[l], at);
    check_labels(m, s, 0, at);
    check_indexes(m, s, at, &arena);
    check_words(m, s, at, &arena);
    gs_arena_free(&arena);
}

static void run_batch(model *m, gs_store *store)
{
    static void (*const acts[])(model *, gs_batch *) = {
        do_node, do_node, do_edge, do_edge, do_edge, do_edge, do_revise, do_end};
    static model before;
    gs_batch *batch = begin(store);
    int steps = pick(40);

    before = *m;
    for (int i = 0; i < steps; i++) {
        acts[pick(8)](m, batch);
        if (pick(20) == 0)
            check_all(m, gs_batch_snapshot(batch), m->last);
    }
    if (pick(5) == 0) {
        gs_batch_abort(batch);
        *m = before;
        return;
    }
    commit(batch);
    if (m->last != before.last)
        m->commits[++m->commit_count] = m->last;
}

static void check_as_of_all(const model *m, gs_store *store)
{
    for (int c = 0; c <= m->commit_count; c++) {
        gs_snapshot *s = look(store, (uint64_t)c);

        check_all(m, s, m->commits[c]);
        check_counts(m, s);
        gs_snapshot_close(s);
    }
}

static void equals_the_model(void **unused)
{
    static model m;

    (void)unused;
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        gs_store *store = fresh_store("model.store");

        print_message("seed %u\n", seed);
        memset(&m, 0, sizeof m);
        state = seed * 2654435761u;
        for (int i = 0; i < BATCHES; i++) {
            run_batch(&m, store);
            if (pick(5) == 0) {
                gs_store_close(store);
                store = open_store("model.store");
            }
        }
        check_as_of_all(&m, store);
        gs_store_close(store);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_the_model)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
