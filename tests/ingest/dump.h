/* What a store holds, as sorted lines without numbers, so that two stores can be
 * compared: Denial s2 {"text": ...} Denial s2 -DENIES-> Claim s1 2022-11-08 {"inferred":
 * true} A node is called by its label and its id, name, identity or words.
 */
#ifndef TESTS_INGEST_DUMP_H
#define TESTS_INGEST_DUMP_H

#include "graph/index.h"
#include "graph/snapshot.h"
#include "graph/timeline.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void dump_must(gs_code rc, const gs_error *err)
{
    if (rc == GS_OK)
        return;
    fprintf(stderr, "dump: %s\n", err->text);
    abort();
}

static gs_value dump_property(const gs_snapshot *snapshot, const gs_node *node,
                              uint32_t key, gs_arena *arena)
{
    gs_error err;
    gs_value value;

    dump_must(gs_property(&value, snapshot, node->properties, key, arena, &err), &err);
    return value;
}

/* An office or an unnamed one by its identity, whose separators are shown as slashes. */
static void dump_name(gs_buffer *to, const gs_snapshot *snapshot, uint64_t number,
                      gs_arena *arena)
{
    static const uint32_t keys[] = {GS_P_ID, GS_P_IDENTITY, GS_P_NAME, GS_P_TEXT};
    gs_error err;
    gs_node node;
    size_t at;

    dump_must(gs_node_read(&node, snapshot, number, &err), &err);
    gs_buffer_text(
        to, gs_name_text(snapshot, gs_node_label(&node, node.label_count > 1 ? 1 : 0)));
    gs_buffer_char(to, ' ');
    at = to->size;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        gs_value value = dump_property(snapshot, &node, keys[i], arena);

        if (value.type == GS_STRING) {
            gs_buffer_text(to, value.as.string);
            break;
        }
    }
    for (; at < to->size; at++)
        if (to->bytes[at] == '\x1f')
            to->bytes[at] = '/';
}

/* Without what is called by anyway, and without the digest. */
static void dump_map(gs_buffer *to, gs_value map, gs_arena *arena)
{
    static const char *const hidden[] = {"id",   "identity", "checked", "kind",
                                         "date", "read_in",  "read_by"};
    gs_entry *kept = gs_arena_array(arena, map.as.map.count, sizeof *kept);
    size_t count = 0;

    for (size_t i = 0; i < map.as.map.count; i++) {
        bool hide = false;

        for (size_t j = 0; j < sizeof hidden / sizeof *hidden; j++)
            hide =
                hide || gs_text_equal(map.as.map.entries[i].key, gs_text_of(hidden[j]));
        if (!hide)
            kept[count++] = map.as.map.entries[i];
    }
    if (count == 0)
        return;
    gs_buffer_char(to, ' ');
    gs_json_write(to, gs_map(kept, count));
}

static void dump_date(gs_buffer *to, gs_value map)
{
    gs_value date = gs_map_get(map, GS_TEXT("date"));

    if (date.type == GS_DATE)
        gs_buffer_format(to, " %.*s", GS_SHOW(gs_edtf_text(date.as.date)));
}

static gs_value dump_properties(const gs_snapshot *snapshot, gs_text packed,
                                gs_arena *arena)
{
    gs_error err;
    gs_value map;

    dump_must(gs_properties(&map, snapshot, packed, arena, &err), &err);
    return map;
}

static int dump_order(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

typedef struct dump_lines {
    char **items;
    size_t count;
} dump_lines;

static void dump_line(dump_lines *lines, gs_buffer *line)
{
    gs_buffer_char(line, '\0');
    lines->items = realloc(lines->items, (lines->count + 1) * sizeof *lines->items);
    lines->items[lines->count++] = strdup(line->bytes);
    gs_buffer_clear(line);
}

static void dump_edges(dump_lines *lines, const gs_snapshot *snapshot, uint64_t number,
                       gs_buffer *line, gs_arena *arena)
{
    gs_timeline *timeline;
    gs_error err;
    gs_hop hop;
    gs_edge edge;

    dump_must(gs_timeline_open(&timeline, snapshot, number, NULL, 0, GS_OUT,
                               GS_WINDOW_ALL, &err),
              &err);
    while (gs_timeline_next(&hop, timeline, &err) == GS_OK) {
        gs_value map;

        dump_must(gs_edge_read(&edge, snapshot, hop.edge, &err), &err);
        map = dump_properties(snapshot, edge.properties, arena);
        dump_name(line, snapshot, number, arena);
        gs_buffer_format(line, " -%.*s-> ", GS_SHOW(gs_name_text(snapshot, hop.type)));
        dump_name(line, snapshot, hop.neighbour, arena);
        dump_date(line, map);
        dump_map(line, map, arena);
        dump_line(lines, line);
    }
    gs_timeline_close(timeline);
}

/* All of it; free() it. */
static char *dump_store(const char *directory)
{
    gs_store_options options = {0};
    gs_store *store;
    gs_snapshot *snapshot;
    gs_nodes *nodes;
    gs_error err;
    gs_arena arena = {0};
    gs_buffer line = {0}, all = {0};
    dump_lines lines = {0};
    uint64_t number;

    dump_must(gs_store_open(&store, directory, &options, &err), &err);
    dump_must(gs_snapshot_open(&snapshot, store, GS_NOW, &err), &err);
    dump_must(gs_nodes_open(&nodes, snapshot, 0, &err), &err);
    while (gs_nodes_next(&number, nodes, &err) == GS_OK) {
        gs_node node;
        gs_value map;

        dump_must(gs_node_read(&node, snapshot, number, &err), &err);
        map = dump_properties(snapshot, node.properties, &arena);
        dump_name(&line, snapshot, number, &arena);
        dump_date(&line, map);
        dump_map(&line, map, &arena);
        dump_line(&lines, &line);
        dump_edges(&lines, snapshot, number, &line, &arena);
        gs_arena_reset(&arena);
    }
    gs_nodes_close(nodes);
    gs_snapshot_close(snapshot);
    gs_store_close(store);
    if (lines.count > 0)
        qsort(lines.items, lines.count, sizeof *lines.items, dump_order);
    for (size_t i = 0; i < lines.count; i++) {
        gs_buffer_format(&all, "%s\n", lines.items[i]);
        free(lines.items[i]);
    }
    free(lines.items);
    gs_buffer_free(&line);
    gs_arena_free(&arena);
    gs_buffer_char(&all, '\0');
    return all.bytes;
}

#endif
