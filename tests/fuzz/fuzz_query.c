/* Any text as a query against a small store: no crash, no leak, and an end within its
 * limits. */
#include "graph/batch.h"
#include "include/gainsay/gainsay.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(int code)
{
    if (code != GS_OK)
        abort();
}

static gs_value property(gs_entry *room, const char *text)
{
    *room = (gs_entry){GS_TEXT("name"), gs_string(gs_text_of(text))};
    return gs_map(room, 1);
}

/* A ring of five actors, each with one statement, so that every walk has where to go. */
static void fill(gs_batch *batch)
{
    static const uint32_t actor[] = {GS_ACTOR}, claim[] = {GS_STATEMENT, GS_CLAIM};
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    uint64_t actors[5], statement, edge;
    gs_entry room;
    gs_error err;

    for (size_t i = 0; i < 5; i++)
        must(gs_batch_node(&actors[i], batch, actor, 1, property(&room, names[i]), &err));
    for (size_t i = 0; i < 5; i++) {
        must(gs_batch_node(&statement, batch, claim, 2, property(&room, "s"), &err));
        must(gs_batch_edge(&edge, batch, GS_MADE, actors[i], statement, NULL, gs_null,
                           &err));
        must(gs_batch_edge(&edge, batch, GS_SPEAKS_FOR, actors[i], actors[(i + 1) % 5],
                           NULL, gs_null, &err));
    }
}

/* The one store of all inputs, made by the first. */
static gainsay_store *open_store(void)
{
    static gainsay_store *open;
    gs_store_options options = {.create = true, .write = true};
    char directory[] = "fuzz-query-XXXXXX";
    gainsay_error error;
    gs_store *store;
    gs_batch *batch;
    gs_commit commit;
    gs_error err;

    if (open != NULL)
        return open;
    if (mkdtemp(directory) == NULL)
        abort();
    must(gs_store_open(&store, directory, &options, &err));
    must(gs_batch_begin(&batch, store, 0, 0, &err));
    fill(batch);
    must(gs_batch_commit(&commit, batch, &err));
    gs_store_close(store);
    must((int)gainsay_open(&open, directory, &error));
    return open;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    gainsay_options options = {
        .max_rows = 50, .timeout_ms = 300, .max_memory = 16 << 20, .parameters = NULL};
    gainsay_rows *rows = NULL;
    gainsay_error error;

    if (gainsay_query(&rows, open_store(), (const char *)bytes, size, &options, &error) ==
        GAINSAY_OK)
        while (gainsay_next(rows, &error) == GAINSAY_OK)
            ;
    gainsay_rows_close(rows);
    return 0;
}
