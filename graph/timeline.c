/* The lists of one type are merged: of each direction and each length class one lane, a
 * cursor that stands on the lane's next entry. */
#include "graph/timeline.h"

#include "graph/adjacency.h"
#include "graph/pending.h"
#include "graph/txn_impl.h"
#include "graph/version.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 2 * GS_LENGTH_CLASSES };

typedef struct time_lane {
    MDB_cursor *cursor; /* kept from one type, and one node, to the next */
    gs_list_key key;
    gs_adjacent next;
    bool alone; /* the only entry of its list: the cursor is free to go on */
} time_lane;

struct gs_timeline {
    const gs_snapshot *snapshot;
    uint64_t node;
    gs_direction direction;
    gs_window window;
    time_lane lanes[LANES];
    size_t lane_count; /* those that have an entry left */
    uint32_t type; /* the one being read; with `all_types` the next starts behind it */
    size_t next_type;
    uint32_t gap_first, gap_end; /* the node has no list of a type between them */
    bool all_types, ended;
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
 * open start may. */
static bool is_past(const gs_timeline *t, const time_lane *lane)
{
    return lane->next.order > t->window.last &&
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

    if (entry->touched)
        for (size_t i = 0; i < 3 && !hidden; i++)
            GS_TRY(gs_end_covers(&hidden, t->snapshot, numbers[i], err));
    *out = hidden;
    return GS_OK;
out:
    return rc;
}

/* From the entry given on to one that is to be shown. GS_END: the lane is through. */
static gs_code settle(const gs_timeline *t, time_lane *lane, MDB_val value, gs_error *err)
{
    gs_code rc = GS_OK;
    MDB_val key;
    bool hidden;

    for (; rc == GS_OK; rc = gs_txn_move(lane->cursor, &key, &value, MDB_NEXT_DUP, err)) {
        if (value.mv_size != GS_ADJACENCY_ENTRY)
            return gs_fail(err, GS_DAMAGED,
                           "an edge of node %" PRIu64
                           " is damaged; restore the store from a backup",
                           t->node);
        lane->next = gs_adjacent_load(value.mv_data);
        if (is_past(t, lane))
            return GS_END;
        if (!meets(&lane->next, t->window) || is_second_of_loop(t, lane))
            continue;
        GS_TRY(is_hidden(&hidden, t, &lane->next, err));
        if (!hidden)
            break;
    }
out:
    return rc;
}

/* Puts a lane on the first entry of its list that the window may hold. */
static gs_code enter(const gs_timeline *t, time_lane *lane, MDB_val key, MDB_val value,
                     gs_error *err)
{
    gs_code rc;
    unsigned char from[GS_ADJACENCY_ENTRY] = {0};
    int64_t limit = gs_length_limit(lane->key.length_class);

    if (lane->key.length_class < GS_LENGTH_CLASSES - 1 &&
        t->window.first > INT64_MIN + limit) {
        gs_store_time(from, t->window.first - limit);
        value = gs_val(from, sizeof from);
        rc = gs_txn_move(lane->cursor, &key, &value, MDB_GET_BOTH_RANGE, err);
        if (rc != GS_OK)
            return rc;
    }
    return settle(t, lane, value, err);
}

/* The first list of the node with a key >= *key. From `behind`, the lane whose list is
 * the last before it, it is a step in the page, and not a way down from the root. */
static gs_code find_list(const gs_timeline *t, time_lane *lane, time_lane *behind,
                         gs_list_key *key, MDB_val *at, MDB_val *value, gs_error *err)
{
    gs_code rc;
    unsigned char wanted[GS_ADJACENCY_KEY];
    MDB_cursor *free_cursor = lane->cursor;

    if (behind != NULL) {
        lane->cursor = behind->cursor;
        behind->cursor = free_cursor;
    } else if (lane->cursor == NULL) {
        GS_TRY(gs_txn_cursor(&lane->cursor, t->snapshot, GS_TABLE_ADJACENCY, err));
    }
    gs_list_key_store(wanted, *key);
    /* no type is 0: then it is the first of the node, however long */
    *at = gs_val(wanted, key->type == 0 ? sizeof key->node : sizeof wanted);
    GS_TRY(gs_txn_move(lane->cursor, at, value,
                       behind != NULL ? MDB_NEXT_NODUP : MDB_SET_RANGE, err));
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

static bool is_alone(const time_lane *lane)
{
    size_t count;

    return mdb_cursor_count(lane->cursor, &count) == 0 && count == 1;
}

/* Fills the lanes with the lists of one type: the one named, or with all_types the first
 * from `type` on. GS_END: there is none. */
static gs_code open_type(gs_timeline *t, uint32_t type, gs_error *err)
{
    gs_code rc;
    gs_list_key key = {t->node, type, t->direction == GS_IN ? GS_IN : GS_OUT, 0};
    MDB_val at, value;
    time_lane *behind = NULL;
    bool found = false;

    t->lane_count = 0;
    while (t->lane_count < LANES) {
        time_lane *next = &t->lanes[t->lane_count];

        rc = find_list(t, next, behind, &key, &at, &value, err);
        behind = NULL;
        if (!found) {
            t->gap_first = type;
            t->gap_end = rc == GS_OK ? key.type : UINT32_MAX;
        }
        if (rc != GS_OK)
            break;
        if (key.type != type && (found || !t->all_types))
            return found ? GS_OK : GS_END;
        found = true;
        type = t->type = key.type;
        if ((key.direction & t->direction) == 0) {
            if (key.direction == GS_IN)
                return GS_OK;
            key = (gs_list_key){t->node, type, GS_IN, 0};
            continue;
        }
        next->key = key;
        rc = enter(t, next, at, value, err);
        if (rc == GS_OK) {
            t->lane_count++;
            next->alone = is_alone(next);
            behind = next->alone ? next : NULL;
        } else if (rc != GS_END) {
            return rc;
        }
        key = key_behind(key);
    }
    return rc == GS_END && found ? GS_OK : rc;
}

static gs_code next_type(gs_timeline *t, gs_error *err)
{
    gs_code rc = GS_END;

    if (t->all_types) {
        if (t->type < UINT32_MAX)
            rc = open_type(t, t->next_type++ == 0 ? 0 : t->type + 1, err);
        return rc;
    }
    while (rc == GS_END && t->next_type < t->type_count) {
        uint32_t type = t->types[t->next_type++];

        if (type <= t->gap_first || type >= t->gap_end)
            rc = open_type(t, type, err);
    }
    return rc;
}

static bool comes_before(const gs_adjacent *a, const gs_adjacent *b)
{
    if (a->order != b->order)
        return a->order < b->order;
    if (a->latest != b->latest)
        return a->latest < b->latest;
    return a->edge < b->edge;
}

static time_lane *first_lane(gs_timeline *t)
{
    time_lane *first = &t->lanes[0];

    for (size_t i = 1; i < t->lane_count; i++)
        if (comes_before(&t->lanes[i].next, &first->next))
            first = &t->lanes[i];
    return first;
}

/* Lanes that have entries stand before those that have none; each keeps a cursor. */
static void drop_lane(gs_timeline *t, time_lane *done)
{
    time_lane *last = &t->lanes[--t->lane_count];
    time_lane kept = *done;

    *done = *last;
    *last = kept;
}

gs_code gs_timeline_next(gs_hop *out, gs_timeline *t, gs_error *err)
{
    gs_code rc;
    time_lane *first;
    gs_hop hop;
    MDB_val key, value;

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
    rc = first->alone ? GS_END
                      : gs_txn_move(first->cursor, &key, &value, MDB_NEXT_DUP, err);
    if (rc == GS_OK)
        rc = settle(t, first, value, err);
    if (rc == GS_END)
        drop_lane(t, first);
    else if (rc != GS_OK)
        return rc;
    *out = hop;
    return GS_OK;
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
    t->ended = false;
    if (t->snapshot->pending == NULL)
        return GS_OK;
    return gs_pending_edges_flush(&t->snapshot->pending->edges, t->snapshot, err);
}

void gs_timeline_look(gs_timeline *t, gs_window window)
{
    t->window = window;
}

void gs_timeline_close(gs_timeline *t)
{
    if (t == NULL)
        return;
    for (size_t i = 0; i < LANES; i++)
        if (t->lanes[i].cursor != NULL)
            mdb_cursor_close(t->lanes[i].cursor);
    free(t);
}
