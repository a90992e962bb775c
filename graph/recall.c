#include "graph/recall.h"

#include "graph/base/bytes.h"
#include "graph/base/grow.h"
#include "graph/batch_impl.h"
#include "graph/hidden.h"
#include "graph/reopen.h"
#include "graph/timeline.h"
#include "graph/version.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 16 }; /* owner 8, number 8 */

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void sort_once(gs_numbers *all)
{
    size_t used = 0;

    if (all->count > 1)
        qsort(all->items, all->count, sizeof *all->items, compare);
    for (size_t i = 0; i < all->count; i++)
        if (used == 0 || all->items[used - 1] != all->items[i])
            all->items[used++] = all->items[i];
    all->count = used;
}

/* The same graph, with other numbers hidden. */
static gs_snapshot view_of(const gs_batch *batch, const gs_ranges *hidden)
{
    gs_snapshot view = batch->snapshot;

    view.hidden = *hidden;
    return view;
}

static gs_snapshot whole_view(const gs_batch *batch)
{
    gs_snapshot view = view_of(batch, &(gs_ranges){0});

    view.all = true;
    return view;
}

static gs_code is_edge_visible(bool *out, const gs_snapshot *view, uint64_t number,
                               gs_edge *edge, gs_error *err)
{
    gs_code rc = gs_edge_read(edge, view, number, err);

    *out = rc == GS_OK;
    return rc == GS_END ? GS_OK : rc;
}

/* Adds or takes one, where it became visible or ceased to be. */
static gs_code count_edge(gs_batch *batch, const gs_snapshot *before,
                          const gs_snapshot *after, uint64_t number, gs_error *err)
{
    bool was, is;
    gs_edge edge = {0};
    gs_code rc;

    GS_TRY(is_edge_visible(&was, before, number, &edge, err));
    GS_TRY(is_edge_visible(&is, after, number, &edge, err));
    if (was == is)
        return GS_OK;
    GS_TRY(gs_batch_count_type(batch, 0, is - was, err));
    rc = gs_batch_count_type(batch, edge.type, is - was, err);
out:
    return rc;
}

static gs_code count_node(bool *changed, gs_batch *batch, const gs_snapshot *before,
                          const gs_snapshot *after, uint64_t number, gs_error *err)
{
    gs_node node = {0}, other;
    gs_code rc = gs_node_read(&node, before, number, err);
    bool was = rc == GS_OK, is;

    *changed = false;
    if (rc != GS_OK && rc != GS_END)
        return rc;
    rc = gs_node_read(was ? &other : &node, after, number, err);
    is = rc == GS_OK;
    if (rc != GS_OK && rc != GS_END)
        return rc;
    if (was == is)
        return GS_OK;
    *changed = true;
    gs_batch_forget(batch, number);
    GS_TRY(gs_batch_count_label(batch, 0, is - was, err));
    for (uint32_t i = 0; i < node.label_count; i++)
        GS_TRY(gs_batch_count_label(batch, gs_node_label(&node, i), is - was, err));
out:
    return rc;
}

/* The edges of a node, whatever is visible of them; but those of `except`. */
static gs_code push_edges(gs_numbers *to, const gs_snapshot *view, uint64_t node,
                          const gs_ranges *except, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_hop hop;
    gs_code rc =
        gs_timeline_open(&timeline, view, node, NULL, 0, GS_BOTH, GS_WINDOW_ALL, err);

    while (rc == GS_OK && (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK)
        if (!gs_ranges_has(except, hop.edge))
            rc = gs_numbers_add(to, hop.edge, err);
    gs_timeline_close(timeline);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code push_owned(gs_numbers *to, const gs_batch *batch, gs_table table,
                          uint64_t owner, gs_error *err)
{
    unsigned char from[KEY_SIZE] = {0};
    MDB_val key = gs_val(from, sizeof from), value;
    MDB_cursor *cursor = NULL;
    gs_code rc;

    gs_store_u64(from, owner);
    GS_TRY(gs_txn_cursor(&cursor, &batch->snapshot, table, err));
    rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);
    while (rc == GS_OK && key.mv_size == KEY_SIZE && memcmp(key.mv_data, from, 8) == 0) {
        GS_TRY(
            gs_numbers_add(to, gs_load_u64((const unsigned char *)key.mv_data + 8), err));
        rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err);
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

/* Whoever waited for what has gone, waits again. */
static gs_code wait_again(gs_batch *batch, const gs_snapshot *after, uint64_t node,
                          gs_error *err)
{
    static const gs_text lists[] = {GS_TEXT_INIT("answers"), GS_TEXT_INIT("same_as")};
    gs_arena arena = {0};
    gs_node record;
    gs_value open, list, id;
    gs_code rc = gs_node_read(&record, after, node, err);

    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(gs_property(&open, after, record.properties, GS_P_OPEN, &arena, err));
    for (size_t i = 0; i < 2; i++) {
        list = gs_map_get(open, lists[i]);
        for (size_t j = 0; list.type == GS_LIST && j < list.as.list.count; j++) {
            id = gs_map_get(list.as.list.items[j], GS_TEXT("id"));
            if (id.type == GS_STRING)
                GS_TRY(gs_batch_wait(batch, id.as.string, node, err));
        }
    }
out:
    gs_arena_free(&arena);
    return rc;
}

/* The run whose commit gave a number. */
static gs_code run_of(uint64_t *out, const gs_snapshot *snapshot, uint64_t number,
                      gs_error *err)
{
    uint64_t low = 1, high = gs_snapshot_commit(snapshot);
    gs_commit commit = {0};
    gs_code rc = GS_OK;

    while (rc == GS_OK && low < high) {
        uint64_t middle = low + (high - low) / 2;

        rc = gs_commit_read(&commit, snapshot, middle, err);
        if (commit.last < number)
            low = middle + 1;
        else
            high = middle;
    }
    if (rc == GS_OK)
        rc = gs_commit_read(&commit, snapshot, low, err);
    if (rc == GS_OK)
        *out = commit.run;
    return rc;
}

/* What a node speaks of itself: of a statement its speaker and what leads on, of a
 * document and an actor what leads on. */
static bool is_own(const gs_hop *hop)
{
    return hop->direction == GS_OUT ? hop->type != GS_MADE : hop->type == GS_MADE;
}

static gs_code show_if_of(gs_batch *batch, bool *shown, uint64_t run, uint64_t number,
                          gs_error *err)
{
    uint64_t its;
    gs_code rc = run_of(&its, &batch->snapshot, number, err);

    *shown = rc == GS_OK && its == run;
    return *shown ? gs_ranges_remove(&batch->snapshot.hidden, number, err) : rc;
}

/* The edges that came with it; nodes that they name and that are hidden go to `nodes`. */
static gs_code show_edges(gs_numbers *nodes, gs_batch *batch, const gs_snapshot *whole,
                          uint64_t number, uint64_t run, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_node other;
    gs_hop hop;
    bool shown;
    gs_code rc;

    GS_TRY(
        gs_timeline_open(&timeline, whole, number, NULL, 0, GS_BOTH, GS_WINDOW_ALL, err));
    while ((rc = gs_timeline_next(&hop, timeline, err)) == GS_OK) {
        if (!is_own(&hop) || !gs_is_hidden(&batch->snapshot, hop.edge))
            continue;
        GS_TRY(show_if_of(batch, &shown, run, hop.edge, err));
        if (!shown || !gs_is_hidden(&batch->snapshot, hop.neighbour))
            continue;
        GS_TRY(gs_node_read(&other, whole, hop.neighbour, err));
        if (!gs_node_has_label(&other, GS_STATEMENT))
            GS_TRY(gs_numbers_add(nodes, hop.neighbour, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_timeline_close(timeline);
    return rc;
}

/* A node that comes back, and what came with it; what another run added stays hidden. */
static gs_code show_node(gs_numbers *nodes, gs_batch *batch, const gs_snapshot *whole,
                         uint64_t number, gs_error *err)
{
    gs_numbers owned = {0};
    uint64_t run;
    bool shown;
    gs_code rc;

    GS_TRY(run_of(&run, whole, number, err));
    GS_TRY(gs_ranges_remove(&batch->snapshot.hidden, number, err));
    GS_TRY(push_owned(&owned, batch, GS_TABLE_VERSIONS, number, err));
    GS_TRY(push_owned(&owned, batch, GS_TABLE_TEXTS, number, err));
    for (size_t i = 0; i < owned.count; i++)
        GS_TRY(show_if_of(batch, &shown, run, owned.items[i], err));
    rc = show_edges(nodes, batch, whole, number, run, err);
out:
    free(owned.items);
    return rc;
}

static gs_code show(gs_batch *batch, uint64_t number, gs_error *err)
{
    gs_numbers nodes = {0}, edges = {0};
    gs_snapshot whole = whole_view(batch), before;
    gs_ranges hidden = {0};
    bool changed;
    gs_code rc;

    GS_TRY(gs_ranges_copy(&hidden, &batch->snapshot.hidden, err));
    before = view_of(batch, &hidden);
    GS_TRY(gs_numbers_add(&nodes, number, err));
    for (size_t i = 0; i < nodes.count; i++) {
        if (!gs_is_hidden(&batch->snapshot, nodes.items[i]))
            continue; /* named twice */
        GS_TRY(show_node(&nodes, batch, &whole, nodes.items[i], err));
        GS_TRY(push_edges(&edges, &whole, nodes.items[i], &(gs_ranges){0}, err));
    }
    sort_once(&nodes);
    sort_once(&edges);
    for (size_t i = 0; i < nodes.count; i++)
        GS_TRY(
            count_node(&changed, batch, &before, &batch->snapshot, nodes.items[i], err));
    for (size_t i = 0; i < edges.count; i++)
        GS_TRY(count_edge(batch, &before, &batch->snapshot, edges.items[i], err));
    rc = wait_again(batch, &batch->snapshot, number, err);
out:
    free(nodes.items);
    free(edges.items);
    gs_ranges_free(&hidden);
    return rc;
}

gs_code gs_batch_recall(uint64_t *out, gs_batch *batch, gs_index index, uint32_t label,
                        gs_text key, gs_arena *arena, gs_error *err)
{
    gs_snapshot view = view_of(batch, &(gs_ranges){0});
    uint64_t *found;
    size_t count;
    gs_node node;
    gs_code rc;

    if (batch->snapshot.hidden.count == 0)
        return GS_END;
    GS_TRY(gs_index_find(&found, &count, &view, index, key, arena, err));
    for (size_t i = 0; i < count; i++) {
        if (!gs_is_hidden(&batch->snapshot, found[i]))
            continue;
        GS_TRY(gs_node_read(&node, &view, found[i], err));
        if (!gs_node_has_label(&node, label))
            continue;
        GS_TRY(show(batch, found[i], err));
        *out = found[i];
        return GS_OK;
    }
    rc = GS_END;
out:
    return rc;
}

gs_code gs_batch_recall_edge(gs_hop *out, gs_batch *batch, uint64_t start, uint32_t type,
                             uint64_t end, gs_error *err)
{
    gs_snapshot whole = whole_view(batch), before;
    gs_ranges hidden = {0};
    gs_timeline *timeline = NULL;
    gs_hop hop = {0};
    gs_code rc = GS_END;

    if (batch->snapshot.hidden.count == 0)
        return GS_END;
    GS_TRY(
        gs_timeline_open(&timeline, &whole, start, &type, 1, GS_OUT, GS_WINDOW_ALL, err));
    do
        rc = gs_timeline_next(&hop, timeline, err);
    while (rc == GS_OK &&
           (hop.neighbour != end || !gs_is_hidden(&batch->snapshot, hop.edge)));
    GS_TRY(rc);
    GS_TRY(gs_ranges_copy(&hidden, &batch->snapshot.hidden, err));
    before = view_of(batch, &hidden);
    GS_TRY(gs_ranges_remove(&batch->snapshot.hidden, hop.edge, err));
    GS_TRY(count_edge(batch, &before, &batch->snapshot, hop.edge, err));
    *out = hop;
out:
    gs_timeline_close(timeline);
    gs_ranges_free(&hidden);
    return rc;
}

typedef struct owned_list {
    gs_owned *items;
    size_t count, room;
    const gs_ranges *within;
} owned_list;

static gs_code push_one(owned_list *to, gs_owned one, gs_error *err)
{
    gs_owned *items;

    if (!gs_ranges_has(to->within, one.number))
        return GS_OK;
    items = gs_grow(to->items, to->count, &to->room, sizeof *items);
    if (items == NULL)
        return gs_fail_memory(err);
    to->items = items;
    to->items[to->count++] = one;
    return GS_OK;
}

/* Rows of versions and texts have both numbers in their key, those of ends one in each. */
static gs_code scan(owned_list *to, const gs_snapshot *snapshot, gs_table table,
                    char kind, gs_error *err)
{
    MDB_cursor *cursor = NULL;
    MDB_val key, value;
    gs_code rc;

    GS_TRY(gs_txn_cursor(&cursor, snapshot, table, err));
    while ((rc = gs_txn_move(cursor, &key, &value, MDB_NEXT, err)) == GS_OK) {
        gs_owned one = {.kind = kind};

        if (kind == 'x' && key.mv_size == 8 && value.mv_size == 16) {
            if (gs_load_u64((const unsigned char *)value.mv_data + 8) != GS_ENDED)
                one.kind = 'y';
            memcpy(&one.owner, key.mv_data, sizeof one.owner);
            one.number = gs_load_u64(value.mv_data);
        } else if (key.mv_size == KEY_SIZE) {
            one.owner = gs_load_u64(key.mv_data);
            one.number = gs_load_u64((const unsigned char *)key.mv_data + 8);
        }
        GS_TRY(push_one(to, one, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

static int by_number(const void *a, const void *b)
{
    const gs_owned *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

gs_code gs_owned_read(gs_owned **out, size_t *count, const gs_snapshot *snapshot,
                      const gs_ranges *within, gs_error *err)
{
    owned_list list = {.within = within};
    gs_code rc;

    GS_TRY(scan(&list, snapshot, GS_TABLE_VERSIONS, 'v', err));
    GS_TRY(scan(&list, snapshot, GS_TABLE_TEXTS, 't', err));
    GS_TRY(scan(&list, snapshot, GS_TABLE_ENDS, 'x', err));
    if (list.count > 1)
        qsort(list.items, list.count, sizeof *list.items, by_number);
    *out = list.items;
    *count = list.count;
    return GS_OK;
out:
    free(list.items);
    return rc;
}

typedef struct change {
    gs_batch *batch;
    gs_snapshot before, after, whole;
    gs_ranges numbers; /* hidden from now on, or no longer */
    gs_numbers edges;  /* outside of them, which a node took along */
    gs_numbers links;  /* to statements that went or came back */
} change;

/* The links to a statement that went or came back. */
static gs_code push_links(change *c, uint64_t statement, gs_error *err)
{
    gs_timeline *timeline = NULL;
    gs_hop hop;
    gs_code rc = gs_timeline_open(&timeline, &c->whole, statement, NULL, 0, GS_IN,
                                  GS_WINDOW_ALL, err);

    while (rc == GS_OK && (rc = gs_timeline_next(&hop, timeline, err)) == GS_OK)
        if (gs_is_answer(hop.type) || hop.type == GS_SAME_AS)
            rc = gs_numbers_add(&c->links, hop.edge, err);
    gs_timeline_close(timeline);
    return rc == GS_END ? GS_OK : rc;
}

/* Whoever still has such a link says so: it is open, or no longer. */
static gs_code settle_link(change *c, uint64_t number, gs_arena *arena, gs_error *err)
{
    gs_edge edge;
    gs_node node;
    gs_value id, by;
    bool visible;
    gs_code rc;

    GS_TRY(is_edge_visible(&visible, &c->after, number, &edge, err));
    if (!visible)
        GS_TRY(gs_edge_read(&edge, &c->whole, number, err));
    GS_TRY(gs_property(&by, &c->whole, edge.properties, GS_P_BY, arena, err));
    if (by.type != GS_NULL)
        return GS_OK; /* no record made it: who did decides anew */
    rc = gs_node_read(&node, &c->after, edge.start, err);
    if (rc != GS_OK || (!visible && gs_is_hidden(&c->after, number)))
        return rc == GS_END ? GS_OK : rc; /* its version says that it is open */
    GS_TRY(gs_node_read(&node, &c->whole, edge.end, err));
    GS_TRY(gs_property(&id, &c->whole, node.properties, GS_P_ID, arena, err));
    GS_TRY(gs_value_copy(&id, arena, id, err));
    if (id.type == GS_STRING)
        rc = visible ? gs_batch_reclose(c->batch, &edge, id.as.string, arena, err)
                     : gs_batch_reopen(c->batch, &edge, id.as.string, arena, err);
out:
    return rc;
}

static gs_code settle_links(change *c, gs_error *err)
{
    gs_arena arena = {0};
    gs_code rc = GS_OK;

    sort_once(&c->links);
    for (size_t i = 0; rc == GS_OK && i < c->links.count; i++) {
        rc = settle_link(c, c->links.items[i], &arena, err);
        gs_arena_reset(&arena);
    }
    gs_arena_free(&arena);
    return rc;
}

static gs_code change_node(bool *is_node, change *c, uint64_t number, gs_error *err)
{
    gs_node node;
    bool changed;
    gs_code rc = gs_node_read(&node, &c->whole, number, err);

    *is_node = rc == GS_OK;
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    GS_TRY(count_node(&changed, c->batch, &c->before, &c->after, number, err));
    if (changed)
        GS_TRY(push_edges(&c->edges, &c->whole, number, &c->numbers, err));
    if (changed && gs_node_has_label(&node, GS_STATEMENT)) {
        GS_TRY(push_links(c, number, err));
        rc = wait_again(c->batch, &c->after, number, err);
    }
out:
    return rc;
}

static gs_code change_owned(change *c, const gs_owned *one, gs_error *err)
{
    bool is_node;
    gs_code rc;

    if (one->kind == 'v' && gs_is_hidden(&c->after, one->number))
        return wait_again(c->batch, &c->after, one->owner, err);
    if ((one->kind != 'x' && one->kind != 'y') || gs_ranges_has(&c->numbers, one->owner))
        return GS_OK;
    rc = change_node(&is_node, c, one->owner, err);
    return rc == GS_OK && !is_node ? gs_numbers_add(&c->edges, one->owner, err) : rc;
}

static gs_code change_numbers(change *c, gs_error *err)
{
    bool is_node;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < c->numbers.count; i++)
        for (uint64_t n = c->numbers.items[i].first; n <= c->numbers.items[i].last; n++) {
            GS_TRY(change_node(&is_node, c, n, err));
            if (!is_node)
                GS_TRY(count_edge(c->batch, &c->before, &c->after, n, err));
        }
out:
    return rc;
}

static gs_code hide(gs_batch *batch, const gs_ranges *hidden, const gs_owned *owned,
                    size_t owned_count, bool settle, gs_error *err)
{
    gs_ranges gone = {0}, back = {0}, kept = {0};
    change c = {.batch = batch,
                .before = view_of(batch, &batch->snapshot.hidden),
                .after = view_of(batch, hidden),
                .whole = whole_view(batch)};
    gs_code rc;

    GS_TRY(gs_ranges_minus(&gone, hidden, &batch->snapshot.hidden, err));
    GS_TRY(gs_ranges_minus(&back, &batch->snapshot.hidden, hidden, err));
    GS_TRY(gs_ranges_join(&c.numbers, &gone, &back, err));
    GS_TRY(gs_ranges_copy(&kept, hidden, err));
    GS_TRY(change_numbers(&c, err));
    for (size_t i = 0; i < owned_count; i++)
        if (gs_ranges_has(&c.numbers, owned[i].number))
            GS_TRY(change_owned(&c, &owned[i], err));
    sort_once(&c.edges);
    for (size_t i = 0; i < c.edges.count; i++)
        GS_TRY(count_edge(batch, &c.before, &c.after, c.edges.items[i], err));
    gs_ranges_free(&batch->snapshot.hidden);
    batch->snapshot.hidden = kept;
    kept = (gs_ranges){0};
    if (settle)
        rc = settle_links(&c, err);
out:
    gs_ranges_free(&gone);
    gs_ranges_free(&back);
    gs_ranges_free(&kept);
    gs_ranges_free(&c.numbers);
    free(c.edges.items);
    free(c.links.items);
    return rc;
}

gs_code gs_batch_hide(gs_batch *batch, const gs_ranges *hidden, const gs_owned *owned,
                      size_t owned_count, gs_error *err)
{
    return hide(batch, hidden, owned, owned_count, true, err);
}

gs_code gs_batch_hide_only(gs_batch *batch, const gs_ranges *hidden,
                           const gs_owned *owned, size_t owned_count, gs_error *err)
{
    return hide(batch, hidden, owned, owned_count, false, err);
}
