/* The nodes of a label. Neither a label's list nor a number says whether a node has
 * ended, so the walk looks ahead to the next number in `ends`; no record is opened. */
#include "graph/hidden.h"
#include "graph/index.h"
#include "graph/pending.h"
#include "graph/record.h"
#include "graph/records.h"
#include "graph/version.h"

#include <stdlib.h>
#include <string.h>

struct gs_nodes {
    const gs_snapshot *snapshot;
    MDB_cursor *cursor; /* in the list of a label; NULL over all nodes */
    uint64_t label, last;
    uint64_t next_end; /* no number below it and above the last has ended */
    uint64_t from;     /* not below it; 0: wherever the cursor stands */
    bool begun, ended;
};

gs_code gs_nodes_open(gs_nodes **out, const gs_snapshot *snapshot, uint32_t label,
                      gs_error *err)
{
    gs_code rc;
    gs_nodes *nodes = calloc(1, sizeof *nodes);

    if (nodes == NULL)
        return gs_fail_memory(err);
    rc = snapshot->pending == NULL || label == 0
             ? GS_OK
             : gs_pending_labels_flush(&snapshot->pending->labels, snapshot, err);
    if (rc == GS_OK && label != 0)
        rc = gs_txn_cursor(&nodes->cursor, snapshot, GS_TABLE_LABELS, err);
    if (rc != GS_OK) {
        free(nodes);
        return rc;
    }
    nodes->snapshot = snapshot;
    nodes->label = label;
    *out = nodes;
    return GS_OK;
}

/* The next record that is no edge. */
static gs_code next_record(uint64_t *out, gs_nodes *nodes, gs_error *err)
{
    gs_text record;
    uint64_t number = nodes->last;
    gs_code rc;

    do {
        number++;
        rc = gs_record_next(&number, &record, nodes->snapshot, err);
    } while (rc == GS_OK && gs_record_is_edge(record));
    nodes->last = number;
    if (rc == GS_OK)
        *out = number;
    return rc;
}

enum { STEPS = 8 }; /* before a way down from the root is worth it */

/* Puts the cursor of a list on the first number >= `from`. */
static gs_code seek(MDB_val *key, MDB_val *value, gs_nodes *nodes, gs_error *err)
{
    gs_code rc = nodes->begun ? GS_OK : GS_END;
    uint64_t at = 0;

    for (int i = 0; rc == GS_OK && i < STEPS; i++) {
        rc = gs_txn_move(nodes->cursor, key, value,
                         i == 0 ? MDB_GET_CURRENT : MDB_NEXT_DUP, err);
        if (rc == GS_OK && value->mv_size == sizeof at)
            memcpy(&at, value->mv_data, sizeof at);
        if (rc == GS_OK && at >= nodes->from)
            return GS_OK;
    }
    if (rc != GS_OK && rc != GS_END)
        return rc;
    *key = gs_val(&nodes->label, sizeof nodes->label);
    *value = gs_val(&nodes->from, sizeof nodes->from);
    return gs_txn_move(nodes->cursor, key, value, MDB_GET_BOTH_RANGE, err);
}

static gs_code next_listed(uint64_t *out, gs_nodes *nodes, gs_error *err)
{
    gs_code rc;
    MDB_val key = gs_val(&nodes->label, sizeof nodes->label), value;

    if (nodes->from != 0)
        rc = seek(&key, &value, nodes, err);
    else
        rc = gs_txn_move(nodes->cursor, &key, &value,
                         nodes->begun ? MDB_NEXT_DUP : MDB_SET_KEY, err);
    nodes->begun = true;
    nodes->from = 0;
    if (rc != GS_OK)
        return rc;
    if (value.mv_size != sizeof *out)
        return gs_fail(err, GS_DAMAGED, "a list of nodes is damaged; restore a backup");
    memcpy(out, value.mv_data, sizeof *out);
    return GS_OK;
}

static gs_code advance(uint64_t *out, gs_nodes *nodes, gs_error *err)
{
    gs_code rc =
        nodes->label == 0 ? next_record(out, nodes, err) : next_listed(out, nodes, err);

    return rc == GS_OK && *out > nodes->snapshot->last ? GS_END : rc;
}

static gs_code has_ended(bool *out, gs_nodes *nodes, uint64_t number, gs_error *err)
{
    gs_code rc = GS_OK;

    *out = gs_is_hidden(nodes->snapshot, number);
    if (*out)
        return GS_OK;
    if (nodes->next_end < number) {
        nodes->next_end = number;
        rc = gs_end_next(&nodes->next_end, nodes->snapshot, err);
        if (rc == GS_END) {
            nodes->next_end = UINT64_MAX;
            rc = GS_OK;
        }
    }
    if (rc == GS_OK && nodes->next_end == number)
        rc = gs_end_covers(out, nodes->snapshot, number, err);
    return rc;
}

gs_code gs_nodes_next(uint64_t *out, gs_nodes *nodes, gs_error *err)
{
    gs_code rc;
    uint64_t number = 0;
    bool hidden;

    if (nodes->ended)
        return GS_END;
    do {
        GS_TRY(advance(&number, nodes, err));
        GS_TRY(has_ended(&hidden, nodes, number, err));
    } while (hidden);
    *out = number;
    return GS_OK;
out:
    nodes->ended = true;
    return rc;
}

void gs_nodes_seek(gs_nodes *nodes, uint64_t from)
{
    nodes->from = from == 0 ? 1 : from;
    nodes->last = nodes->from - 1;
    nodes->ended = false;
}

void gs_nodes_close(gs_nodes *nodes)
{
    if (nodes == NULL)
        return;
    if (nodes->cursor != NULL)
        mdb_cursor_close(nodes->cursor);
    free(nodes);
}
