#include "graph/id_table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 256 };

/* The row of the hash, or the free one where it belongs. */
static struct gs_id_row *row_of(const gs_id_table *table, const gs_hash128 *hash)
{
    size_t at;

    memcpy(&at, hash->bytes, sizeof at);
    for (;; at++) {
        struct gs_id_row *row = &table->rows[at & (table->room - 1)];

        if (row->number == 0 || memcmp(&row->hash, hash, sizeof *hash) == 0)
            return row;
    }
}

static gs_code grow(gs_id_table *table, gs_error *err)
{
    gs_id_table more = {.room = table->room == 0 ? ROOM_FIRST : 2 * table->room};

    more.rows = calloc(more.room, sizeof *more.rows);
    if (more.rows == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < table->room; i++)
        if (table->rows[i].number != 0)
            *row_of(&more, &table->rows[i].hash) = table->rows[i];
    free(table->rows);
    table->rows = more.rows;
    table->room = more.room;
    return GS_OK;
}

uint64_t gs_id_table_find(const gs_id_table *table, gs_text id)
{
    gs_hash128 hash = gs_hash_text(table->seed, id);

    return table->room == 0 ? 0 : row_of(table, &hash)->number;
}

gs_code gs_id_table_add(gs_id_table *table, gs_text id, uint64_t number, gs_error *err)
{
    gs_hash128 hash = gs_hash_text(table->seed, id);
    struct gs_id_row *row;
    gs_code rc = GS_OK;

    assert(number != 0);
    if (table->count >= table->room / 4 * 3)
        rc = grow(table, err);
    if (rc != GS_OK)
        return rc;
    row = row_of(table, &hash);
    assert(row->number == 0);
    *row = (struct gs_id_row){hash, number};
    table->count++;
    return GS_OK;
}

void gs_id_table_free(gs_id_table *table)
{
    free(table->rows);
}
