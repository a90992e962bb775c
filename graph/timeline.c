/* The entries of one type are merged: of each direction and each length class one lane,
 * a list, and one of those the node was born with. */
#include "graph/timeline.h"

#include "graph/hidden.h"
#include "graph/lists.h"
#include "graph/near.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"
#include "graph/version.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 2 * GS_LENGTH_CLASSES + 1 };

typedef struct time_lane {
    MDB_cursor *cursor; /* of a list of more than one block; kept from one to the next */
    gs_list_key key;    /* of the lane's next entry */
    gs_edge_block block;
    uint32_t at;   /* behind `next`, in the block or among the near entries */
    bool near, on; /* on: its cursor stands on its block, and others may follow */
    gs_adjacent next;
    unsigned char *copy; /* in a batch: of the block, which may move */
} time_lane;

struct gs_timeline {
    const gs_snapshot *snapshot;
    uint64_t node;
    gs_direction direction;
    gs_window window;
    const gs_sieve *sieve; /* may be NULL */
    MDB_cursor *scout;     /* finds lists */
    time_lane lanes[LANES];
    size_t lane_count; /* those that have an entry left */
    uint32_t type; /* the one being read; with `all_types` the next starts behind it */
    size_t next_type;
    uint32_t gap_first, gap_end; /* the node has no list of a type between them */
    bool all_types, ended, near_read;
    gs_near_entry near[GS_NEAR_ENTRIES];
    size_t near_count;
    size_t type_count;
    uint32_t types[];
};

static bool is_all(gs_window window)
{
    return window.first == INT64_MIN && window.last == INT64_MAX;
}

static bool meets(const gs_adjacent *entry, gs_window window)
{
    if (is_all(window))
        return true;
    if (entry->earliest == INT64_MIN && entry->latest == INT64_MAX)
        return window.undated;
    return entry->earliest <= window.last && entry->latest >= window.first;
}

/* No entry behind this one of its lane meets the window. In the last class one with an
 * open start may, and so among those of all classes. */
static bool is_past(const gs_timeline *t, const time_lane *lane)
{
    return lane->next.order > t->window.last && !lane->near &&
           lane->key.length_class < GS_LENGTH_CLASSES - 1;
}

/* A loop comes once: as an edge that goes out. */
static bool is_second_of_loop(const gs_timeline *t, const time_lane *lane)
{
    return t->direction == GS_BOTH && lane->key.direction == GS_IN &&
           lane->next.neighbour == t->node;
}

static gs_code is_hidden(bool *out, const gs_timeline *t, const gs_adjacent *entry,
                         gs_error *err)
{
    gs_code rc;
    bool hidden = entry->edge > t->snapshot->last;
    const uint64_t numbers[] = {entry->edge, entry->neighbour, t->node};

    for (size_t i = 0; t->snapshot->hidden.count > 0 && i < 3 && !hidden; i++)
        hidden = gs_is_hidden(t->snapshot, numbers[i]);
    if (entry->touched)
        for (size_t i = 0; i < 3 && !hidden; i++)
            GS_TRY(gs_end_covers(&hidden, t->snapshot, numbers[i], err));
    *out = hidden;
    return GS_OK;
out:
    return rc;
}

/* The lane reads this block from now on. */
static gs_code take_block(const gs_timeline *t, time_lane *lane, MDB_val key,
                          MDB_val value, gs_error *err)
{
    if (t->snapshot->pending != NULL && value.mv_size <= GS_EDGE_BLOCK_MAX) {
        if (lane->copy == NULL)
            lane->copy = malloc(GS_EDGE_BLOCK_MAX);
        if (lane->copy == NULL)
            return gs_fail_memory(err);
        memcpy(lane->copy, value.mv_data, value.mv_size);
        value.mv_data = lane->copy;
    }
    lane->at = 0;
    return gs_list_open_block(&lane->block, &lane->key, key, value, err);
}

/* The next entry of a lane, whatever it is. GS_END: there is none. */
static gs_code step_list(const gs_timeline *t, time_lane *lane, gs_error *err)
{
    gs_list_key list = lane->key;
    MDB_val key, value;
    gs_code rc = GS_OK;

    if (t->sieve != NULL)
        lane->at = gs_edge_block_sift(&lane->block, lane->at, t->sieve);
    while (lane->at == lane->block.count) {
        if (!lane->on)
            return GS_END;
        GS_TRY(gs_txn_move(lane->cursor, &key, &value, MDB_NEXT, err));
        if (!gs_list_key_is_of(list.node, key.mv_data, key.mv_size))
            return GS_END;
        GS_TRY(take_block(t, lane, key, value, err));
        if (lane->key.type != list.type || lane->key.direction != list.direction ||
            lane->key.length_class != list.length_class)
            return GS_END;
        if (t->sieve != NULL)
            lane->at = gs_edge_block_sift(&lane->block, 0, t->sieve);
    }
    lane->next = gs_edge_block_entry(&lane->block, lane->at++);
out:
    return rc;
}

static gs_code step_near(const gs_timeline *t, time_lane *lane)
{
    const gs_near_entry *entry = &t->near[lane->at];

    if (lane->at == t->near_count || entry->type != lane->key.type)
        return GS_END;
    lane->key.direction = entry->direction;
    lane->next = entry->entry;
    lane->at++;
    return GS_OK;
}

/* On to the next entry that is to be shown. GS_END: the lane is through. */
static gs_code settle(const gs_timeline *t, time_lane *lane, gs_error *err)
{
    gs_code rc;
    bool hidden = true;

    do {
        GS_TRY(lane->near ? step_near(t, lane) : step_list(t, lane, err));
        if (is_past(t, lane))
            return GS_END;
        if ((lane->key.direction & t->direction) == 0 || !meets(&lane->next, t->window) ||
            is_second_of_loop(t, lane))
            continue;
        GS_TRY(is_hidden(&hidden, t, &lane->next, err));
    } while (hidden);
out:
    return rc;
}

/* Where the window makes the lane begin. */
static bool starts_late(const gs_timeline *t, const time_lane *lane, int64_t *from)
{
    int64_t limit = gs_length_limit(lane->key.length_class);

    if (lane->key.length_class == GS_LENGTH_CLASSES - 1 ||
        t->window.first <= INT64_MIN + limit)
        return false;
    *from = t->window.first - limit;
    return true;
}

/* A list of more than one block: its own cursor, on the block where it begins. */
static gs_code spread(const gs_timeline *t, time_lane *lane, gs_error *err)
{
    gs_adjacent first = {.order = INT64_MIN, .latest = INT64_MIN};
    MDB_val key, value;
    gs_edge_block block;
    gs_code rc = GS_OK;

    if (lane->cursor == NULL)
        GS_TRY(gs_txn_cursor(&lane->cursor, t->snapshot, GS_TABLE_ADJACENCY, err));
    (void)starts_late(t, lane, &first.order);
    rc = gs_list_seek(&block, &key, &value, lane->cursor, lane->key, &first, err);
    if (rc == GS_OK)
        rc = take_block(t, lane, key, value, err);
    lane->on = true;
out:
    return rc;
}

/* The scout stands on the first block of a list: the lane takes it. Moves the scout on;
 * *more tells whether it stands on what comes behind the list. */
static gs_code enter(gs_timeline *t, time_lane *lane, MDB_val *key, MDB_val *value,
                     bool *more, gs_error *err)
{
    gs_list_key list;
    int64_t from;
    gs_code rc;

    lane->near = lane->on = false;
    GS_TRY(take_block(t, lane, *key, *value, err));
    list = lane->key;
    rc = gs_txn_move(t->scout, key, value, MDB_NEXT, err);
    *more = true;
    if (rc == GS_END) {
        *key = (MDB_val){0, NULL};
        rc = GS_OK;
    }
    if (rc == GS_OK && key->mv_size == GS_EDGE_BLOCK_KEY) {
        gs_list_key next = gs_list_key_load(key->mv_data);

        if (next.node == list.node && next.type == list.type &&
            next.direction == list.direction && next.length_class == list.length_class) {
            *more = false;
            GS_TRY(spread(t, lane, err));
        }
    }
    GS_TRY(rc);
    if (starts_late(t, lane, &from))
        lane->at = gs_edge_block_find(&lane->block, from);
    rc = settle(t, lane, err);
out:
    return rc;
}

/* The first list of the node with a key >= *key; the scout may stand there already. */
static gs_code find_list(gs_timeline *t, bool there, gs_list_key *key, MDB_val *at,
                         MDB_val *value, gs_error *err)
{
    gs_code rc = GS_OK;
    unsigned char wanted[GS_LIST_KEY];

    if (t->scout == NULL)
        GS_TRY(gs_txn_cursor(&t->scout, t->snapshot, GS_TABLE_ADJACENCY, err));
    if (!there) {
        gs_list_key_store(wanted, *key);
        /* no type is 0: then it is the first of the node, however long */
        *at = gs_val(wanted, key->type == 0 ? GS_NUMBER_SIZE : sizeof wanted);
        GS_TRY(gs_txn_move(t->scout, at, value, MDB_SET_RANGE, err));
    }
    if (!gs_list_key_is_of(t->node, at->mv_data, at->mv_size))
        return GS_END;
    if (!gs_list_key_is_whole(at->mv_data, at->mv_size))
        return gs_fail(err, GS_DAMAGED,
                       "a list of node %" PRIu64
                       " is damaged; restore the store from a backup",
                       t->node);
    *key = gs_list_key_load(at->mv_data);
out:
    return rc;
}

/* The list behind this one, in the order of keys. */
static gs_list_key key_behind(gs_list_key key)
{
    if (key.length_class < GS_LENGTH_CLASSES - 1)
        key.length_class++;
    else
        key = (gs_list_key){key.node, key.type, (uint8_t)(key.direction + 1), 0};
    return key;
}

/* Whether the list may be of the type that is read; with all_types the first list says
 * which one that is. */
static bool is_type(gs_timeline *t, uint32_t *type, bool found, const gs_list_key *key)
{
    if (key->type != *type && (found || !t->all_types))
        return false;
    *type = key->type;
    return true;
}

/* Fills the lanes with the lists of one type: the one named, or with all_types the first
 * from *type on, which *type then is. GS_END: there is none. */
static gs_code open_lists(gs_timeline *t, uint32_t *type, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_list_key key = {t->node, *type, t->direction == GS_IN ? GS_IN : GS_OUT, 0};
    MDB_val at, value;
    bool found = false, there = false;

    while (t->lane_count < LANES - 1) {
        time_lane *next = &t->lanes[t->lane_count];

        rc = find_list(t, there, &key, &at, &value, err);
        there = false;
        if (!found) {
            t->gap_first = *type;
            t->gap_end = rc == GS_OK ? key.type : UINT32_MAX;
        }
        if (rc != GS_OK || !is_type(t, type, found, &key))
            break;
        found = true;
        if ((key.direction & t->direction) == 0) {
            if (key.direction == GS_IN)
                break;
            key = (gs_list_key){t->node, *type, GS_IN, 0};
            continue;
        }
        rc = enter(t, next, &at, &value, &there, err);
        if (rc == GS_OK)
            t->lane_count++;
        else if (rc != GS_END)
            return rc;
        key = key_behind(key);
    }
    if (rc == GS_OK || rc == GS_END)
        rc = found ? GS_OK : GS_END;
    return rc;
}

/* The edges that the node was born with, where such types are asked for. */
static gs_code read_near(gs_timeline *t, uint32_t type, gs_error *err)
{
    gs_code rc = GS_OK;

    if (t->near_read || (!t->all_types && (gs_near_directions(type) & t->direction) == 0))
        return GS_OK;
    GS_TRY(gs_near_read(t->near, &t->near_count, t->snapshot, t->node, err));
    t->near_read = true;
out:
    return rc;
}

/* The first near entry of a type >= `type`. */
static size_t find_near(const gs_timeline *t, uint32_t type)
{
    size_t at = 0;

    while (at < t->near_count && t->near[at].type < type)
        at++;
    return at;
}

static gs_code open_near(gs_timeline *t, uint32_t type, gs_error *err)
{
    time_lane *lane = &t->lanes[t->lane_count];
    size_t at = find_near(t, type);
    gs_code rc;

    if (at == t->near_count || t->near[at].type != type)
        return GS_OK;
    lane->near = true;
    lane->on = false;
    lane->at = (uint32_t)at;
    lane->key = (gs_list_key){.node = t->node, .type = type};
    rc = settle(t, lane, err);
    if (rc == GS_OK)
        t->lane_count++;
    return rc == GS_END ? GS_OK : rc;
}

/* Fills the lanes with what there is of one type: the one named, or with all_types the
 * first from `type` on. GS_END: there is none. */
static gs_code open_type(gs_timeline *t, uint32_t type, gs_error *err)
{
    gs_code rc;
    uint32_t first = type;
    size_t near;
    bool listed;

    t->lane_count = 0;
    GS_TRY(read_near(t, type, err));
    near = find_near(t, type);
    if (t->all_types || type <= t->gap_first || type >= t->gap_end)
        rc = open_lists(t, &first, err);
    else
        rc = GS_END;
    listed = rc == GS_OK;
    if (rc != GS_OK && rc != GS_END)
        return rc;
    if (t->all_types) {
        if (near < t->near_count && (!listed || t->near[near].type < first)) {
            first = t->near[near].type;
            t->lane_count = 0; /* that of the lists comes next */
            listed = true;
        }
        if (!listed)
            return GS_END;
    }
    t->type = first;
    rc = open_near(t, first, err);
out:
    return rc;
}

static gs_code next_type(gs_timeline *t, gs_error *err)
{
    gs_code rc = GS_END;

    if (t->all_types) {
        if (t->type < UINT32_MAX)
            rc = open_type(t, t->next_type++ == 0 ? 0 : t->type + 1, err);
        return rc;
    }
    if (t->next_type < t->type_count)
        rc = open_type(t, t->types[t->next_type++], err);
    return rc;
}

static time_lane *first_lane(gs_timeline *t)
{
    time_lane *first = &t->lanes[0];

    for (size_t i = 1; i < t->lane_count; i++)
        if (gs_adjacent_order(&t->lanes[i].next, &first->next) < 0)
            first = &t->lanes[i];
    return first;
}

/* Lanes that have entries stand before those that have none; each keeps a cursor. */
static void drop_lane(gs_timeline *t, time_lane *done)
{
    time_lane *last = &t->lanes[--t->lane_count];
    time_lane kept;

    if (last == done)
        return;
    kept = *done;
    *done = *last;
    *last = kept;
}

gs_code gs_timeline_next(gs_hop *out, gs_timeline *t, gs_error *err)
{
    gs_code rc;
    time_lane *first;
    gs_hop hop;

    while (t->lane_count == 0) {
        rc = t->ended ? GS_END : next_type(t, err);
        t->ended = rc != GS_OK;
        if (rc != GS_OK)
            return rc;
    }
    first = first_lane(t);
    hop = (gs_hop){
        .edge = first->next.edge,
        .neighbour = first->next.neighbour,
        .earliest = first->next.earliest,
        .latest = first->next.latest,
        .type = first->key.type,
        .direction = first->key.direction,
        .inferred = first->next.inferred,
        .sort = first->next.sort,
        .dated = first->next.dated,
    };
    rc = settle(t, first, err);
    if (rc == GS_END)
        drop_lane(t, first);
    else if (rc != GS_OK)
        return rc;
    *out = hop;
    return GS_OK;
}

gs_code gs_timeline_sweep(size_t *count, gs_timeline *t, size_t most,
                          const gs_sieve *into, gs_error *err)
{
    size_t passed = 0;
    gs_hop hop;
    gs_code rc = GS_OK;

    while (passed <= most && (rc = gs_timeline_next(&hop, t, err)) == GS_OK) {
        passed++;
        if (into != NULL)
            gs_sieve_put(into, hop.neighbour);
        for (size_t i = 0; i < t->lane_count;
             i++) { /* `next` of each comes in its turn */
            time_lane *lane = &t->lanes[i];

            if (lane->near)
                continue;
            if (into != NULL)
                gs_edge_block_mark(&lane->block, lane->at, into);
            passed += lane->block.count - lane->at;
            lane->at = lane->block.count;
        }
    }
    if (rc == GS_OK || rc == GS_END)
        *count += passed;
    return rc;
}

gs_told gs_hop_date(gs_edtf *out, const gs_hop *hop)
{
    if (!hop->dated)
        return GS_UNTOLD;
    return gs_edtf_of_interval(out, hop->earliest, hop->latest) ? GS_TOLD : GS_TOLD_NONE;
}

gs_code gs_timeline_open(gs_timeline **out, const gs_snapshot *snapshot, uint64_t node,
                         const uint32_t *types, size_t type_count, gs_direction direction,
                         gs_window window, gs_error *err)
{
    gs_code rc;
    gs_timeline *t;

    if (window.first > window.last)
        return gs_fail(err, GS_INPUT, "the window ends before it begins; swap its ends");
    t = calloc(1, sizeof *t + type_count * sizeof *types);
    if (t == NULL)
        return gs_fail_memory(err);
    t->snapshot = snapshot;
    t->direction = direction;
    t->window = window;
    t->all_types = type_count == 0;
    t->type_count = type_count;
    if (type_count > 0)
        memcpy(t->types, types, type_count * sizeof *types);
    rc = gs_timeline_reset(t, node, err);
    if (rc == GS_OK)
        *out = t;
    else
        free(t);
    return rc;
}

gs_code gs_timeline_reset(gs_timeline *t, uint64_t node, gs_error *err)
{
    t->node = node;
    t->type = 0;
    t->next_type = 0;
    t->gap_first = t->gap_end = 0;
    t->lane_count = 0;
    t->near_count = 0;
    t->near_read = false;
    t->ended = false;
    if (t->snapshot->pending == NULL)
        return GS_OK;
    return gs_pending_edges_flush(&t->snapshot->pending->edges, t->snapshot, err);
}

void gs_timeline_look(gs_timeline *t, gs_window window)
{
    t->window = window;
}

void gs_timeline_sift(gs_timeline *t, const gs_sieve *sieve)
{
    t->sieve = sieve;
}

void gs_timeline_close(gs_timeline *t)
{
    if (t == NULL)
        return;
    if (t->scout != NULL)
        mdb_cursor_close(t->scout);
    for (size_t i = 0; i < LANES; i++) {
        if (t->lanes[i].cursor != NULL)
            mdb_cursor_close(t->lanes[i].cursor);
        free(t->lanes[i].copy);
    }
    free(t);
}
