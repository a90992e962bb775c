#include "graph/names.h"

#include "graph/index_impl.h"
#include "graph/txn_impl.h"

#include <inttypes.h>
#include <string.h>

enum { NAME_LIMIT = 64 * 1024 };

/* Few begin alike, so comparing the first byte and the size spares nearly all others. */
static uint32_t find_between(gs_text name, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i <= last; i++) {
        gs_text fixed = gs_name_fixed(i);

        if (fixed.size == name.size && fixed.bytes[0] == name.bytes[0] &&
            memcmp(fixed.bytes, name.bytes, name.size) == 0)
            return i;
    }
    return GS_NAME_NONE;
}

/* A load looks up some fifteen properties a record, and hardly ever a label or a type. */
uint32_t gs_name_find_fixed(gs_text name)
{
    uint32_t found = GS_NAME_NONE;

    if (name.size > 0)
        found = find_between(name, GS_P_ID, GS_P_OPEN);
    if (name.size > 0 && found == GS_NAME_NONE)
        found = find_between(name, 1, GS_NAME_FIRST_FREE - 1);
    return found;
}

static gs_code read_text(gs_text *out, const gs_snapshot *snapshot, uint64_t number,
                         gs_error *err)
{
    MDB_val value;
    gs_code rc =
        gs_txn_get(&value, snapshot, GS_TABLE_NAMES, gs_val(&number, sizeof number), err);

    if (rc == GS_OK)
        *out = gs_val_text(value);
    return rc;
}

gs_code gs_name_look_up(uint32_t *out, const gs_snapshot *snapshot, gs_text name,
                        gs_error *err)
{
    gs_code rc;
    gs_candidates candidates;
    uint64_t number;
    gs_text seen = {NULL, 0};
    uint32_t found = gs_name_find_fixed(name);

    if (found == GS_NAME_NONE) {
        GS_TRY(gs_candidates_open(&candidates, snapshot,
                                  gs_key_hash(snapshot, true, name), err));
        while ((rc = gs_candidates_next(&number, &candidates, err)) == GS_OK &&
               found == GS_NAME_NONE) {
            rc = read_text(&seen, snapshot, number, err);
            if (rc == GS_END)
                rc = gs_fail(err, GS_DAMAGED,
                             "name %" PRIu64 " is gone; restore the store from a backup",
                             number);
            GS_TRY(rc);
            if (gs_text_equal(seen, name))
                found = (uint32_t)number;
        }
        if (rc != GS_OK && rc != GS_END)
            goto out;
    }
    *out = found;
    rc = GS_OK;
out:
    return rc;
}

gs_code gs_name_intern(uint32_t *out, const gs_snapshot *snapshot, gs_text name,
                       gs_error *err)
{
    gs_code rc;
    uint32_t found;
    uint64_t number;

    if (name.size > NAME_LIMIT)
        return gs_fail(err, GS_LIMIT, "a name of %zu bytes; the limit is %d", name.size,
                       NAME_LIMIT);
    GS_TRY(gs_name_look_up(&found, snapshot, name, err));
    if (found == GS_NAME_NONE) {
        /* a copy: the name may lie in a page that is about to move */
        name = gs_text_copy(snapshot->scratch, name);
        if (name.bytes == NULL)
            return gs_fail_memory(err);
        GS_TRY(gs_txn_last(&number, snapshot, GS_TABLE_NAMES, err));
        number = number < GS_NAME_FIRST_FREE ? GS_NAME_FIRST_FREE : number + 1;
        if (number > UINT32_MAX)
            return gs_fail(err, GS_LIMIT, "the store has 2^32 names; no more fit");
        found = (uint32_t)number;
        GS_TRY(gs_txn_put(snapshot, GS_TABLE_NAMES, gs_val(&number, sizeof number),
                          gs_val(name.bytes, name.size), MDB_APPEND, err));
        GS_TRY(gs_keys_add_name(snapshot, name, number, err));
    }
    *out = found;
out:
    return rc;
}

uint32_t gs_name_find(const gs_snapshot *snapshot, gs_text name)
{
    gs_error ignored;
    uint32_t found;

    return gs_name_look_up(&found, snapshot, name, &ignored) == GS_OK ? found
                                                                      : GS_NAME_NONE;
}

gs_text gs_name_text(const gs_snapshot *snapshot, uint32_t name)
{
    gs_error ignored;
    gs_text text = gs_name_fixed(name);

    if (text.bytes == NULL && read_text(&text, snapshot, name, &ignored) != GS_OK)
        return (gs_text){NULL, 0};
    return text;
}

uint32_t gs_name_last(const gs_snapshot *snapshot)
{
    gs_error ignored;
    uint64_t last;

    if (gs_txn_last(&last, snapshot, GS_TABLE_NAMES, &ignored) != GS_OK || last == 0)
        return GS_NAME_FIRST_FREE - 1;
    return (uint32_t)last;
}
