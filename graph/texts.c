/* The texts of documents, compressed. A text is numbered like a version of its document,
 * so that an earlier snapshot shows the earlier text.
 *
 * key    document 8, number 8
 * value  size of the text 8, a zstd frame, checksum 4
 */
#include "graph/base/bytes.h"
#include "graph/batch_impl.h"
#include "graph/hidden.h"
#include "graph/record.h"

#include <inttypes.h>
#include <string.h>
#include <zstd.h>

enum { KEY_SIZE = 16, HEAD = 8, LEVEL = 3 };

#define TEXT_LIMIT ((uint64_t)1 << 30)

static gs_code compress(gs_buffer *out, gs_batch *batch, gs_text text, gs_error *err)
{
    unsigned char head[HEAD];
    size_t bound = ZSTD_compressBound(text.size), size;
    char *bytes = gs_arena_take(&batch->arena, bound);

    if (bytes == NULL)
        return gs_fail_memory(err);
    size = ZSTD_compress(bytes, bound, text.bytes, text.size, LEVEL);
    if (ZSTD_isError(size))
        return gs_fail(err, GS_FAILED, "a text cannot be compressed: %s",
                       ZSTD_getErrorName(size));
    gs_store_u64(head, text.size);
    gs_buffer_bytes(out, head, sizeof head);
    gs_buffer_bytes(out, bytes, size);
    return out->failed ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_batch_text(gs_batch *batch, uint64_t document, gs_text text, gs_error *err)
{
    gs_code rc;
    unsigned char key[KEY_SIZE];
    uint64_t number;
    gs_node node;

    if (text.size > TEXT_LIMIT)
        return gs_fail(err, GS_LIMIT, "a text of %zu bytes; the limit is %" PRIu64,
                       text.size, TEXT_LIMIT);
    rc = gs_node_read(&node, &batch->snapshot, document, err);
    if (rc == GS_END)
        return gs_fail(err, GS_FAILED, "there is no document %" PRIu64, document);
    GS_TRY(rc);
    gs_arena_reset(&batch->arena);
    gs_buffer_clear(&batch->record);
    GS_TRY(compress(&batch->record, batch, text, err));
    GS_TRY(gs_batch_number(&number, batch, err));
    gs_store_u64(key, document);
    gs_store_u64(key + 8, number);
    GS_TRY(
        gs_record_digest_add(&batch->digest, 't', gs_buffer_view(&batch->record), err));
    gs_seal(&batch->record, number);
    if (batch->record.failed)
        return gs_fail_memory(err);
    GS_TRY(gs_txn_put(&batch->snapshot, GS_TABLE_TEXTS, gs_val(key, sizeof key),
                      gs_val(batch->record.bytes, batch->record.size), 0, err));
    batch->appended += batch->record.size;
    gs_arena_reset(&batch->arena);
out:
    return rc;
}

/* The row of the last text with a number <= the snapshot's last. */
static gs_code find(gs_text *out, uint64_t *number, const gs_snapshot *snapshot,
                    uint64_t document, gs_error *err)
{
    gs_code rc;
    MDB_cursor *cursor = NULL;
    unsigned char wanted[KEY_SIZE] = {0};
    MDB_val key = gs_val(wanted, sizeof wanted), value;

    gs_store_u64(wanted, document);
    gs_store_u64(wanted + 8, snapshot->last + 1);
    GS_TRY(gs_txn_cursor(&cursor, snapshot, GS_TABLE_TEXTS, err));
    rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);
    if (rc == GS_OK || rc == GS_END)
        rc = gs_txn_move(cursor, &key, &value, rc == GS_OK ? MDB_PREV : MDB_LAST, err);
    while (rc == GS_OK && key.mv_size == KEY_SIZE &&
           gs_is_hidden(snapshot, gs_load_u64((const unsigned char *)key.mv_data + 8)))
        rc = gs_txn_move(cursor, &key, &value, MDB_PREV, err);
    if (rc == GS_OK &&
        (key.mv_size != KEY_SIZE || memcmp(key.mv_data, wanted, sizeof document) != 0))
        rc = GS_END;
    if (rc == GS_OK) {
        *out = gs_val_text(value);
        *number = gs_load_u64((const unsigned char *)key.mv_data + 8);
    }
out:
    if (cursor != NULL)
        mdb_cursor_close(cursor);
    return rc;
}

static gs_code decompress(gs_text *out, gs_text bytes, gs_arena *arena, gs_error *err)
{
    uint64_t size = gs_load_u64((const unsigned char *)bytes.bytes);
    char *text;
    size_t got;

    if (size > TEXT_LIMIT)
        return GS_END;
    text = gs_arena_take(arena, size);
    if (text == NULL)
        return gs_fail_memory(err);
    got = ZSTD_decompress(text, size, bytes.bytes + HEAD,
                          bytes.size - HEAD - GS_CHECKSUM_SIZE);
    if (ZSTD_isError(got) || got != size)
        return GS_END;
    *out = (gs_text){text, size};
    return GS_OK;
}

gs_code gs_document_text(gs_text *out, const gs_snapshot *snapshot, uint64_t document,
                         gs_arena *arena, gs_error *err)
{
    gs_code rc;
    gs_text bytes;
    gs_node node;
    uint64_t number;

    GS_TRY(gs_node_read(&node, snapshot, document, err));
    GS_TRY(find(&bytes, &number, snapshot, document, err));
    rc = GS_END;
    if (bytes.size >= HEAD + GS_CHECKSUM_SIZE && gs_sealed(bytes, number))
        rc = decompress(out, bytes, arena, err);
    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "the text of document %" PRIu64
                     " is damaged; restore the store from a backup",
                     document);
out:
    return rc;
}
