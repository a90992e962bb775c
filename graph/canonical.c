/* What is visible as sorted lines without numbers. A node is called by its label and what
 * makes it the same one (id, identity), a node of a general graph by all it has. */
#include "graph/base/grow.h"
#include "graph/dump.h"
#include "graph/dump_value.h"
#include "graph/index.h"
#include "graph/snapshot_impl.h"
#include "graph/timeline.h"

#include <stdlib.h>
#include <string.h>

typedef struct canon {
    const gs_snapshot *snapshot;
    const gs_writing *to;
    gs_arena lines; /* of all lines */
    gs_arena arena; /* of one */
    gs_buffer line;
    gs_text *items;
    size_t count, room;
} canon;

static gs_code push(canon *c, gs_error *err)
{
    gs_text copy, *items;

    gs_buffer_char(&c->line, '\n');
    copy =
        c->line.failed ? (gs_text){0} : gs_text_copy(&c->lines, gs_buffer_view(&c->line));
    items = gs_grow(c->items, c->count, &c->room, sizeof *items);
    if (items == NULL)
        return gs_fail_memory(err);
    c->items = items;
    if (copy.bytes == NULL)
        return gs_fail_memory(err);
    c->items[c->count++] = copy;
    return GS_OK;
}

static int by_key(const void *a, const void *b)
{
    return gs_text_compare(((const gs_entry *)a)->key, ((const gs_entry *)b)->key);
}

/* Lists whose order is that of arrival; they are short. */
static gs_code sort_list(gs_value *list, gs_arena *arena, gs_error *err)
{
    size_t count = list->as.list.count;
    gs_value *items = gs_arena_array(arena, count, sizeof *items);
    int order = 0;
    gs_code rc = items == NULL ? gs_fail_memory(err) : GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        size_t at = i;

        for (; rc == GS_OK && at > 0; at--) {
            rc = gs_pack_compare(&order, items[at - 1], list->as.list.items[i], err);
            if (rc != GS_OK || order <= 0)
                break;
            items[at] = items[at - 1];
        }
        items[at] = list->as.list.items[i];
    }
    if (rc == GS_OK)
        *list = gs_list(items, count);
    return rc;
}

static gs_code sort_open(gs_value *open, gs_arena *arena, gs_error *err)
{
    size_t count = open->as.map.count;
    gs_entry *entries = gs_arena_array(arena, count, sizeof *entries);
    gs_code rc = entries == NULL ? gs_fail_memory(err) : GS_OK;

    for (size_t i = 0; rc == GS_OK && i < count; i++) {
        entries[i] = open->as.map.entries[i];
        if (entries[i].value.type == GS_LIST)
            rc = sort_list(&entries[i].value, arena, err);
    }
    if (rc == GS_OK)
        *open = gs_map(entries, count);
    return rc;
}

static gs_code put_properties(canon *c, gs_text packed, gs_error *err)
{
    gs_value map, shown;
    gs_entry *entries;
    gs_code rc;

    GS_TRY(gs_properties(&map, c->snapshot, packed, &c->arena, err));
    entries = gs_arena_array(&c->arena, map.as.map.count, sizeof *entries);
    if (entries == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < map.as.map.count; i++) {
        gs_entry entry = map.as.map.entries[i];

        if (gs_text_equal(entry.key, gs_name_fixed(GS_P_ALIASES)) &&
            entry.value.type == GS_LIST)
            GS_TRY(sort_list(&entry.value, &c->arena, err));
        if (gs_text_equal(entry.key, gs_name_fixed(GS_P_OPEN)) &&
            entry.value.type == GS_MAP)
            GS_TRY(sort_open(&entry.value, &c->arena, err));
        entries[i] = entry;
    }
    if (map.as.map.count > 1)
        qsort(entries, map.as.map.count, sizeof *entries, by_key);
    GS_TRY(gs_dump_value(&shown, gs_map(entries, map.as.map.count), &c->arena, err));
    gs_buffer_text(&c->line, GS_TEXT(", \"properties\": "));
    gs_json_write(&c->line, shown);
out:
    return rc;
}

static int by_text(const void *a, const void *b)
{
    return gs_text_compare(*(const gs_text *)a, *(const gs_text *)b);
}

static gs_code put_labels(canon *c, const gs_node *node, gs_error *err)
{
    gs_text *labels = gs_arena_array(&c->arena, node->label_count, sizeof *labels);

    if (labels == NULL)
        return gs_fail_memory(err);
    for (uint32_t i = 0; i < node->label_count; i++)
        labels[i] = gs_name_text(c->snapshot, gs_node_label(node, i));
    if (node->label_count > 1)
        qsort(labels, node->label_count, sizeof *labels, by_text);
    gs_buffer_text(&c->line, GS_TEXT("\"labels\": ["));
    for (uint32_t i = 0; i < node->label_count; i++) {
        if (i > 0)
            gs_buffer_text(&c->line, GS_TEXT(", "));
        gs_json_string(&c->line, labels[i]);
    }
    gs_buffer_char(&c->line, ']');
    return GS_OK;
}

/* What the edges call a node. */
static gs_code put_name(canon *c, uint64_t number, gs_error *err)
{
    static const uint32_t keys[] = {GS_P_ID, GS_P_IDENTITY};
    gs_value value = gs_null;
    gs_node node;
    gs_code rc;

    GS_TRY(gs_node_read(&node, c->snapshot, number, err));
    gs_buffer_char(&c->line, '{');
    GS_TRY(put_labels(c, &node, err));
    for (size_t i = 0; i < 2 && value.type != GS_STRING; i++)
        GS_TRY(
            gs_property(&value, c->snapshot, node.properties, keys[i], &c->arena, err));
    if (value.type == GS_STRING) {
        gs_buffer_text(&c->line, GS_TEXT(", \"id\": "));
        gs_json_string(&c->line, value.as.string);
    } else {
        GS_TRY(put_properties(c, node.properties, err));
    }
    gs_buffer_char(&c->line, '}');
out:
    return rc;
}

static gs_code add_edge(canon *c, const gs_hop *hop, uint64_t start, gs_error *err)
{
    gs_edge edge;
    gs_code rc;

    gs_arena_reset(&c->arena);
    gs_buffer_clear(&c->line);
    GS_TRY(gs_edge_read(&edge, c->snapshot, hop->edge, err));
    gs_buffer_text(&c->line, GS_TEXT("{\"type\": "));
    gs_json_string(&c->line, gs_name_text(c->snapshot, edge.type));
    gs_buffer_text(&c->line, GS_TEXT(", \"start\": "));
    GS_TRY(put_name(c, start, err));
    gs_buffer_text(&c->line, GS_TEXT(", \"end\": "));
    GS_TRY(put_name(c, edge.end, err));
    GS_TRY(put_properties(c, edge.properties, err));
    gs_buffer_char(&c->line, '}');
    rc = push(c, err);
out:
    return rc;
}

static gs_code put_digest(canon *c, uint64_t document, gs_error *err)
{
    unsigned char digest[GS_SHA256_SIZE];
    char hex[2 * GS_SHA256_SIZE + 1];
    gs_text text;
    gs_code rc = gs_document_text(&text, c->snapshot, document, &c->arena, err);

    if (rc == GS_OK)
        rc = gs_sha256(digest, &text, 1, err);
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    gs_hex(hex, digest, sizeof digest);
    gs_buffer_format(&c->line, ", \"text\": \"%s\"", hex);
    return GS_OK;
}

static gs_code add_node(canon *c, uint64_t number, gs_error *err)
{
    gs_node node;
    gs_code rc;

    gs_arena_reset(&c->arena);
    gs_buffer_clear(&c->line);
    gs_buffer_char(&c->line, '{');
    GS_TRY(gs_node_read(&node, c->snapshot, number, err));
    GS_TRY(put_labels(c, &node, err));
    GS_TRY(put_properties(c, node.properties, err));
    if (gs_node_has_label(&node, GS_DOCUMENT))
        GS_TRY(put_digest(c, number, err));
    gs_buffer_char(&c->line, '}');
    rc = push(c, err);
out:
    return rc;
}

static gs_code add_edges(canon *c, gs_timeline **timeline, uint64_t number, gs_error *err)
{
    gs_hop hop;
    gs_code rc = *timeline != NULL ? gs_timeline_reset(*timeline, number, err)
                                   : gs_timeline_open(timeline, c->snapshot, number, NULL,
                                                      0, GS_OUT, GS_WINDOW_ALL, err);

    while (rc == GS_OK && (rc = gs_timeline_next(&hop, *timeline, err)) == GS_OK)
        rc = add_edge(c, &hop, number, err);
    return rc == GS_END ? GS_OK : rc;
}

static gs_code collect(canon *c, gs_error *err)
{
    const volatile int *interrupt = c->to->interrupt;
    gs_timeline *timeline = NULL;
    gs_nodes *nodes = NULL;
    uint64_t number;
    gs_code rc;

    GS_TRY(gs_nodes_open(&nodes, c->snapshot, 0, err));
    while ((rc = gs_nodes_next(&number, nodes, err)) == GS_OK) {
        if (interrupt != NULL && *interrupt != 0)
            GS_TRY(gs_fail(err, GS_INTERRUPTED, "interrupted"));
        GS_TRY(add_node(c, number, err));
        GS_TRY(add_edges(c, &timeline, number, err));
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_timeline_close(timeline);
    gs_nodes_close(nodes);
    return rc;
}

gs_code gs_dump_canonical(const gs_snapshot *snapshot, const gs_writing *to,
                          gs_error *err)
{
    canon c = {.snapshot = snapshot, .to = to};
    gs_code rc = collect(&c, err);

    if (rc == GS_OK && c.count > 1)
        qsort(c.items, c.count, sizeof *c.items, by_text);
    for (size_t i = 0; rc == GS_OK && i < c.count; i++)
        rc = to->write(to->context, c.items[i], err);
    free(c.items);
    gs_buffer_free(&c.line);
    gs_arena_free(&c.arena);
    gs_arena_free(&c.lines);
    return rc;
}
