/* What the tests of the store share. A failed call ends the test with its message. */
#ifndef TESTS_GRAPH_SUPPORT_H
#define TESTS_GRAPH_SUPPORT_H

/* cmocka wants these before itself */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/batch.h"
#include "graph/index.h"
#include "graph/snapshot.h"
#include "graph/store.h"
#include "graph/timeline.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(call)                                                                       \
    do {                                                                                 \
        gs_error err = {0};                                                              \
        gs_code must_rc = (call);                                                        \
        if (must_rc != GS_OK)                                                            \
            fail_msg("%s: code %d: %s", #call, must_rc, err.text);                       \
    } while (0)

/* The call fails with this code, and its message holds this text. */
#define REFUSED(wanted, part, call)                                                      \
    do {                                                                                 \
        gs_error err = {0};                                                              \
        gs_code refused_rc = (call);                                                     \
        if (refused_rc != (wanted) || strstr(err.text, part) == NULL)                    \
            fail_msg("%s: code %d: %s", #call, refused_rc, err.text);                    \
    } while (0)

static inline void remove_tree(const char *path)
{
    char command[512];

    snprintf(command, sizeof command, "rm -rf '%s'", path);
    assert_int_equal(system(command), 0);
}

static inline gs_store *open_store(const char *path)
{
    gs_store *store = NULL;

    MUST(gs_store_open(&store, path, &(gs_store_options){.create = true}, &err));
    return store;
}

static inline gs_store *fresh_store(const char *path)
{
    remove_tree(path);
    return open_store(path);
}

static inline gs_batch *begin(gs_store *store)
{
    gs_batch *batch = NULL;

    MUST(gs_batch_begin(&batch, store, 1, 1000, &err));
    return batch;
}

static inline gs_commit commit(gs_batch *batch)
{
    gs_commit done = {0};

    MUST(gs_batch_commit(&done, batch, &err));
    return done;
}

static inline gs_snapshot *look(gs_store *store, uint64_t commit_number)
{
    gs_snapshot *snapshot = NULL;

    MUST(gs_snapshot_open(&snapshot, store, commit_number, &err));
    return snapshot;
}

static inline gs_value string_of(const char *text)
{
    return gs_string(gs_text_of(text));
}

/* A node with one label and properties of strings: key, value, ..., NULL. */
static inline uint64_t add_node(gs_batch *batch, uint32_t label, ...)
{
    gs_entry entries[16];
    size_t count = 0;
    uint64_t number = 0;
    const char *key;
    va_list rest;

    va_start(rest, label);
    while ((key = va_arg(rest, const char *)) != NULL)
        entries[count++] =
            (gs_entry){gs_text_of(key), string_of(va_arg(rest, const char *))};
    va_end(rest);
    MUST(gs_batch_node(&number, batch, &label, 1, gs_map(entries, count), &err));
    return number;
}

/* `date` in EDTF, NULL for none. */
static inline uint64_t add_edge(gs_batch *batch, uint32_t type, uint64_t start,
                                uint64_t end, const char *date)
{
    gs_edtf parsed;
    uint64_t number = 0;

    if (date != NULL)
        MUST(gs_edtf_parse(&parsed, gs_text_of(date), &err));
    MUST(gs_batch_edge(&number, batch, type, start, end, date == NULL ? NULL : &parsed,
                       gs_null, &err));
    return number;
}

/* A property of a node as a string in the arena; NULL for null. */
static inline const char *property_of(const gs_snapshot *snapshot, uint64_t number,
                                      uint32_t key, gs_arena *arena)
{
    gs_node node;
    gs_value value = gs_null;

    MUST(gs_node_read(&node, snapshot, number, &err));
    MUST(gs_property(&value, snapshot, node.properties, key, arena, &err));
    return value.type == GS_STRING ? gs_text_string(arena, value.as.string) : NULL;
}

static inline size_t found_by(const gs_snapshot *snapshot, gs_index index,
                              const char *key)
{
    gs_arena arena = {0};
    uint64_t *numbers;
    size_t count = 0;

    MUST(gs_index_find(&numbers, &count, snapshot, index, gs_text_of(key), &arena, &err));
    gs_arena_free(&arena);
    return count;
}

#endif
