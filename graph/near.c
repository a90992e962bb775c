#include "graph/near.h"

#include "graph/record.h"
#include "graph/records.h"
#include "graph/snapshot_impl.h"
#include "graph/timeline.h"

static bool comes_before(const gs_near_entry *a, const gs_near_entry *b)
{
    if (a->type != b->type)
        return a->type < b->type;
    return gs_adjacent_order(&a->entry, &b->entry) < 0;
}

static void insert(gs_near_entry *entries, size_t count, gs_near_entry entry)
{
    for (; count > 0 && comes_before(&entry, &entries[count - 1]); count--)
        entries[count] = entries[count - 1];
    entries[count] = entry;
}

/* At both ends where it is a loop. */
static size_t add(gs_near_entry *entries, size_t count, const gs_edge *edge,
                  uint64_t node, bool touched)
{
    static const uint8_t directions[] = {GS_OUT, GS_IN};

    for (size_t i = 0; i < 2; i++)
        if ((directions[i] == GS_OUT ? edge->start : edge->end) == node &&
            gs_is_near(edge, directions[i]))
            insert(entries, count++,
                   (gs_near_entry){edge->type, directions[i],
                                   gs_adjacent_of(edge, directions[i], touched)});
    return count;
}

gs_code gs_near_read(gs_near_entry out[GS_NEAR_ENTRIES], size_t *count,
                     const gs_snapshot *snapshot, uint64_t node, gs_error *err)
{
    gs_record_walk walk;
    gs_text record;
    gs_edge edge;
    uint64_t number;
    uint8_t marks;
    size_t found = 0;
    gs_code rc = GS_OK;

    gs_record_walk_start(&walk, snapshot, node + 1);
    while ((rc = gs_record_walk_next(&number, &record, &walk, err)) == GS_OK &&
           number - node <= GS_NEAR && number <= snapshot->last) {
        if (!gs_record_is_edge(record))
            continue;
        GS_TRY(gs_record_read_edge(&edge, number, record, err));
        if (edge.start != node && edge.end != node)
            continue;
        GS_TRY(gs_marks_read(&marks, snapshot, number, err));
        gs_edge_uncover(&edge, marks);
        found = add(out, found, &edge, node, (marks & GS_TOUCHED) != 0);
    }
    if (rc == GS_END)
        rc = GS_OK;
    *count = found;
out:
    return rc;
}
