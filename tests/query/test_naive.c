/* The engine against the naive evaluator (naive.h): random queries on random graphs have
 * the same rows, in the same order where they are sorted. Of every third graph some
 * nodes are merged.
 *
 *     test_query_naive FOLDER [GRAPHS [SEED]]
 */
#include "tests/graph/support.h"
#include "tests/query/naive.h"

#include "query/run.h"

enum {
    QUERIES = 40,  /* of each graph */
    LEFT = 300000, /* what is tried for one of them before it is let go */
};

static size_t graphs = 60;
static uint64_t first_seed = 1;

static gs_entry entry_of(size_t key, gs_value value)
{
    return (gs_entry){gs_text_of(nv_keys[key]), value};
}

static void store_node(nv_node *node, size_t index, gs_batch *batch)
{
    uint32_t labels[NV_LABELS];
    gs_entry entries[NV_KEYS + 1];
    size_t count = 0, label_count = 0;
    char id[32];

    for (size_t i = 0; i < NV_LABELS; i++)
        if ((node->labels & 1U << i) != 0)
            MUST(gs_batch_name(&labels[label_count++], batch, gs_text_of(nv_labels[i]),
                               &err));
    for (size_t i = 0; i < NV_KEYS; i++)
        if (node->properties[i].type != GS_NULL)
            entries[count++] = entry_of(i, node->properties[i]);
    snprintf(id, sizeof id, "s%02zu", index);
    entries[count++] = (gs_entry){GS_TEXT("id"), string_of(id)};
    MUST(gs_batch_node(&node->number, batch, labels, label_count, gs_map(entries, count),
                       &err));
}

static void store_edge(nv_edge *edge, const nv_graph *graph, gs_batch *batch)
{
    gs_value date = edge->properties[NV_KEYS - 1];
    gs_entry entries[NV_KEYS];
    size_t count = 0, type = 0;
    uint32_t name;

    while (edge->type != 1U << type)
        type++;
    for (size_t i = 0; i + 1 < NV_KEYS; i++)
        if (edge->properties[i].type != GS_NULL)
            entries[count++] = entry_of(i, edge->properties[i]);
    MUST(gs_batch_name(&name, batch, gs_text_of(nv_types[type]), &err));
    MUST(gs_batch_edge(&edge->number, batch, name, graph->nodes[edge->start].number,
                       graph->nodes[edge->end].number,
                       date.type == GS_DATE ? date.as.date : NULL, gs_map(entries, count),
                       &err));
}

/* Some of the edges in a later commit: only then do they stand in lists at both ends. */
static gs_store *store_graph(nv_graph *graph, uint64_t *seed)
{
    gs_store *store = fresh_store("naive.store");
    gs_batch *batch = begin(store);
    size_t later = nv_dice(seed, graph->edge_count + 1);

    for (size_t i = 0; i < graph->node_count; i++)
        store_node(&graph->nodes[i], i, batch);
    for (size_t i = 0; i < graph->edge_count; i++) {
        if (i == later) {
            commit(batch);
            batch = begin(store);
        }
        store_edge(&graph->edges[i], graph, batch);
    }
    for (size_t i = 0; i < graph->node_count; i++)
        if (graph->nodes[i].same != i)
            add_edge(batch, GS_SAME_AS, graph->nodes[i].number,
                     graph->nodes[graph->nodes[i].same].number, NULL);
    commit(batch);
    return store;
}

typedef struct lines {
    char *items[1 << 14];
    size_t count;
} lines;

static lines engine, naive; /* what came out */

static void add_line(lines *to, const gs_value *cells, const nv_clause *last)
{
    gs_buffer text = {0};

    for (size_t i = 0; i < last->count; i++) {
        gs_buffer_text(&text, i > 0 ? GS_TEXT(" | ") : GS_TEXT(""));
        nv_write_value(&text, cells[i], last->items[i]->kind == NV_COLLECT);
    }
    gs_buffer_char(&text, '\0');
    if (to->count < sizeof to->items / sizeof *to->items)
        to->items[to->count++] = text.bytes;
    else
        free(text.bytes);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void free_lines(lines *of)
{
    for (size_t i = 0; i < of->count; i++)
        free(of->items[i]);
    of->count = 0;
}

static void ask_engine(const gs_snapshot *snapshot, const char *query,
                       const nv_clause *last)
{
    const gs_settings settings = {.now = 1700000000};
    const gs_value *row;
    gs_error err = {0};
    gs_run *run;
    gs_code rc = gs_run_open(&run, snapshot, query, &settings, &err);

    if (rc != GS_OK) {
        engine.items[engine.count++] = strdup(err.text);
        return;
    }
    while ((rc = gs_run_next(run, &row, &err)) == GS_OK)
        add_line(&engine, row, last);
    if (rc != GS_END)
        engine.items[engine.count++] = strdup(err.text);
    gs_run_close(run);
}

/* False where it is too much work. */
static bool ask_naive(const nv_graph *graph, const nv_query *query, gs_arena *arena)
{
    size_t left = LEFT;
    const nv_scope scope = {graph, arena, &left};
    const nv_clause *last = &query->clauses[query->count - 1];
    gs_value cells[NV_ITEMS];
    nv_rows rows;

    nv_evaluate_query(&rows, &scope, query);
    for (size_t i = 0; i < rows.count; i++) {
        for (size_t k = 0; k < last->count; k++)
            cells[k] = rows.rows[i].vars[last->vars[k]];
        add_line(&naive, cells, last);
    }
    return left > 0 && rows.count < sizeof naive.items / sizeof *naive.items;
}

static bool agree(const nv_clause *last)
{
    bool same = engine.count == naive.count;

    if (!last->ordered) {
        qsort(engine.items, engine.count, sizeof *engine.items, by_text);
        qsort(naive.items, naive.count, sizeof *naive.items, by_text);
    }
    for (size_t i = 0; same && i < engine.count; i++)
        same = strcmp(engine.items[i], naive.items[i]) == 0;
    return same;
}

static void print_lines(const char *whose, const lines *of)
{
    printf("%s:\n", whose);
    for (size_t i = 0; i < of->count && i < 20; i++)
        printf("    %s\n", of->items[i]);
    if (of->count > 20)
        printf("    ... %zu in all\n", of->count);
}

static bool try_query(const gs_snapshot *snapshot, const nv_graph *graph, uint64_t seed)
{
    gs_arena arena = {0};
    gs_buffer text = {0};
    nv_query query;
    bool same;

    nv_make_query(&query, &seed, &arena);
    nv_write_query(&text, &query);
    gs_buffer_char(&text, '\0');
    same = !ask_naive(graph, &query, &arena);
    if (!same) {
        ask_engine(snapshot, text.bytes, &query.clauses[query.count - 1]);
        same = agree(&query.clauses[query.count - 1]);
    }
    if (!same) {
        printf("\n%s\n", text.bytes);
        print_lines("engine", &engine);
        print_lines("naive", &naive);
    }
    free_lines(&engine);
    free_lines(&naive);
    gs_buffer_free(&text);
    gs_arena_free(&arena);
    return same;
}

static size_t try_graph(bool merged, uint64_t seed)
{
    gs_arena arena = {0};
    nv_graph graph;
    gs_store *store;
    gs_snapshot *snapshot;
    gs_buffer text = {0};
    size_t failed = 0;

    nv_make_graph(&graph, merged, &seed, &arena);
    store = store_graph(&graph, &seed);
    nv_merge(&graph);
    snapshot = look(store, GS_NOW);
    for (size_t i = 0; i < QUERIES; i++)
        failed += !try_query(snapshot, &graph, seed * 1000 + i);
    if (failed > 0) {
        nv_write_graph(&text, &graph);
        printf("on graph\n%.*s\n", (int)text.size, text.bytes);
    }
    gs_buffer_free(&text);
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    gs_arena_free(&arena);
    return failed;
}

static void agrees_with_the_engine(void **unused)
{
    size_t failed = 0;

    (void)unused;
    for (size_t i = 0; i < graphs; i++)
        failed += try_graph(i % 3 == 2, first_seed + i);
    assert_int_equal(failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_the_engine)};

    if (argc > 2)
        graphs = strtoull(argv[2], NULL, 10);
    if (argc > 3)
        first_seed = strtoull(argv[3], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
