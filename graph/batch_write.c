/* Nodes, edges and versions. */
#include "graph/adjacency.h"
#include "graph/batch_impl.h"
#include "graph/index_impl.h"
#include "graph/names.h"
#include "graph/record.h"
#include "graph/timeline.h"
#include "graph/version.h"

#include <inttypes.h>
#include <string.h>

enum { MAP_LIMIT = 64 << 20 }; /* bytes of the properties of one record */

static bool is_date_of_edge(const gs_edtf *date, uint32_t key)
{
    return date != NULL && key == GS_P_DATE;
}

/* Interned, into entries; nulls are left out unless `nulls`. */
static gs_code intern(gs_property_entry *entries, size_t *count, gs_batch *batch,
                      gs_value properties, const gs_edtf *date, bool nulls, gs_error *err)
{
    gs_code rc = GS_OK;
    size_t used = 0;

    for (size_t i = 0; i < properties.as.map.count; i++) {
        const gs_entry *from = &properties.as.map.entries[i];

        if (from->value.type == GS_NULL && !nulls)
            continue;
        GS_TRY(gs_batch_name(&entries[used].key, batch, from->key, err));
        entries[used].value = from->value;
        if (!is_date_of_edge(date, entries[used].key))
            used++;
    }
    if (date != NULL && !gs_edtf_is_plain(date)) /* else the edge's interval gives it */
        entries[used++] = (gs_property_entry){GS_P_DATE, gs_date(date)};
    *count = used;
out:
    return rc;
}

/* Packs into batch->map; `entries` stay in the batch's arena. */
static gs_code pack(gs_property_entry **entries, size_t *count, gs_batch *batch,
                    gs_value properties, const gs_edtf *date, bool nulls, gs_error *err)
{
    gs_code rc;

    if (properties.type != GS_MAP)
        properties = gs_map(NULL, 0);
    gs_arena_reset(&batch->arena);
    gs_buffer_clear(&batch->map);
    gs_buffer_clear(&batch->record);
    *entries =
        gs_arena_array(&batch->arena, properties.as.map.count + 1, sizeof **entries);
    if (*entries == NULL)
        return gs_fail_memory(err);
    GS_TRY(intern(*entries, count, batch, properties, date, nulls, err));
    gs_properties_pack(&batch->map, *entries, *count);
    if (batch->map.failed || batch->map.size > MAP_LIMIT) {
        rc = gs_fail(err, GS_LIMIT,
                     "properties of more than %d MiB, nested too deep, or no memory left",
                     MAP_LIMIT >> 20);
        gs_buffer_free(&batch->map);
    }
out:
    return rc;
}

/* What entries will say of a new node, from the values that were packed last. */
static gs_cover cover_of(const uint32_t *labels, size_t label_count,
                         const gs_property_entry *entries, size_t count)
{
    gs_value kind = gs_null, date = gs_null;

    for (size_t i = 0; i < count; i++) {
        if (entries[i].key == GS_P_KIND)
            kind = entries[i].value;
        else if (entries[i].key == GS_P_DATE)
            date = entries[i].value;
    }
    return gs_cover_new(labels, label_count, kind, date);
}

static gs_code put_record(gs_batch *batch, char kind, uint64_t number, gs_error *err)
{
    gs_code rc;
    gs_text record = gs_buffer_view(&batch->record);

    if (batch->record.failed)
        return gs_fail_memory(err);
    GS_TRY(gs_pending_records_add(&batch->pending.records, &batch->snapshot, number,
                                  record, err));
    batch->appended += record.size + 3;
    rc = gs_record_digest_add(&batch->digest, kind, record, err);
out:
    return rc;
}

static void remember(gs_batch *batch, uint64_t node, const gs_cover *cover)
{
    batch->known[node % GS_KNOWN_NODES] = (struct gs_known){node, *cover};
}

void gs_batch_forget(gs_batch *batch, uint64_t node)
{
    if (batch->known[node % GS_KNOWN_NODES].number == node)
        batch->known[node % GS_KNOWN_NODES].number = 0;
}

static gs_code need_node(gs_cover *out, gs_batch *batch, uint64_t number, gs_error *err)
{
    const struct gs_known *known = &batch->known[number % GS_KNOWN_NODES];
    gs_node node;
    gs_code rc;

    if (number != 0 && known->number == number) {
        *out = known->cover;
        return GS_OK;
    }
    rc = gs_node_read(&node, &batch->snapshot, number, err);
    if (rc == GS_END)
        return gs_fail(err, GS_FAILED, "there is no node %" PRIu64, number);
    if (rc == GS_OK)
        rc = batch->snapshot.hidden.count > 0
                 ? gs_cover_record(out, &batch->snapshot, number, err)
                 : gs_cover_of(out, &batch->snapshot, &node, err);
    if (rc == GS_OK)
        remember(batch, number, out);
    return rc;
}

/* Each label once; gives how many. */
static size_t unique(uint32_t out[GS_LABELS_MAX], const uint32_t *labels, size_t count)
{
    size_t used = 0, j;

    for (size_t i = 0; i < count; i++) {
        for (j = 0; j < used && out[j] != labels[i]; j++)
            ;
        if (j == used)
            out[used++] = labels[i];
    }
    return used;
}

static gs_code add_labels(gs_batch *batch, uint64_t number, const uint32_t *labels,
                          size_t count, gs_error *err)
{
    gs_code rc;

    GS_TRY(gs_batch_count_label(batch, 0, 1, err));
    for (size_t i = 0; i < count; i++) {
        GS_TRY(gs_pending_labels_add(&batch->pending.labels, &batch->snapshot, labels[i],
                                     number, err));
        GS_TRY(gs_batch_count_label(batch, labels[i], 1, err));
    }
    batch->appended += count * sizeof number;
out:
    return rc;
}

/* The keys and words of what was packed last, which is a copy: what the caller handed in
 * may lie in pages that this batch has moved by now. */
static gs_code add_to_indexes(gs_batch *batch, const gs_node *node, bool is_new,
                              gs_error *err)
{
    return gs_index_add(&batch->snapshot, node, gs_buffer_view(&batch->map), is_new, err);
}

gs_code gs_batch_node(uint64_t *out, gs_batch *batch, const uint32_t *labels,
                      size_t label_count, gs_value properties, gs_error *err)
{
    gs_code rc;
    uint32_t own[GS_LABELS_MAX];
    uint64_t number;
    gs_property_entry *entries;
    size_t count;
    gs_node node;
    gs_cover cover;

    if (label_count > GS_LABELS_MAX)
        return gs_fail(err, GS_LIMIT, "a node with %zu labels; the limit is %d",
                       label_count, GS_LABELS_MAX);
    label_count = unique(own, labels, label_count);
    GS_TRY(pack(&entries, &count, batch, properties, NULL, false, err));
    cover = cover_of(own, label_count, entries, count);
    GS_TRY(gs_batch_number(&number, batch, err));
    gs_record_node(&batch->record, own, label_count, gs_buffer_view(&batch->map));
    GS_TRY(put_record(batch, 'n', number, err));
    GS_TRY(add_labels(batch, number, own, label_count, err));
    GS_TRY(gs_record_read_node(&node, number, gs_buffer_view(&batch->record), err));
    GS_TRY(add_to_indexes(batch, &node, true, err));
    remember(batch, number, &cover);
    batch->row.commit.nodes++;
    *out = number;
out:
    return rc;
}

static bool is_inferred(gs_value properties)
{
    gs_value value = gs_map_get(properties, gs_name_fixed(GS_P_INFERRED));

    return value.type == GS_BOOLEAN && value.as.boolean;
}

/* In the list of the node at one end, unless the edge stands right behind that node. */
static gs_code put_entry(gs_batch *batch, const gs_edge *edge, uint8_t direction,
                         gs_error *err)
{
    gs_adjacent entry = gs_adjacent_of(edge, direction, false);

    if (gs_is_near(edge, direction))
        return GS_OK;
    return gs_pending_edges_add(&batch->pending.edges, &batch->snapshot,
                                gs_list_key_of(edge, direction), &entry, err);
}

/* What it says of its ends. */
static void cover_edge(gs_edge *edge, const gs_cover *start, const gs_cover *end)
{
    edge->start_sort = start->sort;
    edge->end_sort = end->sort;
    edge->start_dated = gs_cover_has_date(start, edge->earliest, edge->latest);
    edge->end_dated = gs_cover_has_date(end, edge->earliest, edge->latest);
}

gs_code gs_batch_edge(uint64_t *out, gs_batch *batch, uint32_t type, uint64_t start,
                      uint64_t end, const gs_edtf *date, gs_value properties,
                      gs_error *err)
{
    gs_code rc;
    gs_edge edge = {
        .start = start,
        .end = end,
        .type = type,
        .earliest = date != NULL ? date->earliest : GS_EDTF_OPEN_START,
        .latest = date != NULL ? date->latest : GS_EDTF_OPEN_END,
        .inferred = is_inferred(properties),
    };
    gs_cover at_start, at_end;
    gs_property_entry *entries;
    size_t count;

    GS_TRY(need_node(&at_start, batch, start, err));
    GS_TRY(need_node(&at_end, batch, end, err));
    GS_TRY(pack(&entries, &count, batch, properties, date, false, err));
    GS_TRY(gs_batch_number(&edge.number, batch, err));
    edge.properties = gs_buffer_view(&batch->map);
    cover_edge(&edge, &at_start, &at_end);
    gs_record_edge(&batch->record, &edge, date);
    GS_TRY(put_record(batch, 'e', edge.number, err));
    GS_TRY(put_entry(batch, &edge, GS_OUT, err));
    GS_TRY(put_entry(batch, &edge, GS_IN, err));
    GS_TRY(gs_batch_count_type(batch, 0, 1, err));
    GS_TRY(gs_batch_count_type(batch, type, 1, err));
    batch->row.commit.edges++;
    *out = edge.number;
out:
    return rc;
}

gs_code gs_batch_mark(gs_batch *batch, uint64_t number, uint8_t marks, gs_error *err)
{
    batch->scattered++;
    return gs_marks_set(&batch->snapshot, number, marks, err);
}

static gs_code write_version(gs_batch *batch, uint64_t node, gs_error *err)
{
    gs_code rc;
    uint64_t number;
    gs_text bytes;

    GS_TRY(gs_batch_number(&number, batch, err));
    GS_TRY(gs_version_write(&batch->record, &batch->snapshot, node, number,
                            gs_buffer_view(&batch->map), err));
    bytes = gs_buffer_view(&batch->record);
    GS_TRY(gs_record_digest_add(&batch->digest, 'v',
                                gs_text_slice(bytes, 0, bytes.size - GS_CHECKSUM_SIZE),
                                err));
    GS_TRY(gs_batch_mark(batch, node, GS_REVISED, err));
out:
    return rc;
}

/* Whether entries say of the node what this revision may change. */
static bool is_covered(const gs_batch *batch, const gs_node *node, gs_value changed)
{
    bool covered = false;

    for (size_t i = 0; i < changed.as.map.count && !covered; i++)
        covered = gs_cover_depends_on(
            gs_name_find(&batch->snapshot, changed.as.map.entries[i].key));
    return covered && gs_node_has_label(node, GS_STATEMENT);
}

gs_code gs_batch_revise(gs_batch *batch, uint64_t number, gs_value changed, gs_error *err)
{
    gs_code rc;
    gs_property_entry *entries;
    size_t count;
    gs_node node;

    if (changed.type != GS_MAP || changed.as.map.count == 0)
        return GS_OK;
    rc = gs_node_read(&node, &batch->snapshot, number, err);
    if (rc == GS_END)
        return gs_fail(err, GS_FAILED, "there is no node %" PRIu64 " to revise", number);
    GS_TRY(rc);
    GS_TRY(pack(&entries, &count, batch, changed, NULL, true, err));
    GS_TRY(write_version(batch, number, err));
    /* its bytes may have moved */
    GS_TRY(gs_node_read(&node, &batch->snapshot, number, err));
    GS_TRY(add_to_indexes(batch, &node, false, err));
    if (is_covered(batch, &node, changed))
        rc = gs_batch_uncover(batch, number, err);
out:
    return rc;
}
