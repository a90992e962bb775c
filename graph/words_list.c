#include "graph/words_list.h"

#include "graph/compact.h"
#include "graph/txn_impl.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEY_REST = 1 + GS_NUMBER_SIZE, /* behind the word */
    BLOCK_MAX = 1984, /* bytes, so that two lie in a page, with keys of any length */
    JOINED_MAX = 512, /* a last block of fewer bytes takes what comes later */
};

static gs_code fail_damaged(gs_error *err)
{
    return gs_fail(err, GS_DAMAGED,
                   "the table words is damaged; restore the store from a backup");
}

static size_t make_key(unsigned char to[GS_WORD_KEY], gs_text word, uint64_t number)
{
    memcpy(to, word.bytes, word.size);
    to[word.size] = 0;
    gs_store_number(to + word.size + 1, number);
    return word.size + KEY_REST;
}

gs_code gs_word_row(gs_text *word, gs_block *block, MDB_val key, MDB_val value,
                    gs_error *err)
{
    const unsigned char *bytes = key.mv_data;

    if (key.mv_size <= KEY_REST || key.mv_size > GS_WORD_KEY ||
        bytes[key.mv_size - KEY_REST] != 0 ||
        !gs_block_open(block, gs_load_number(bytes + key.mv_size - GS_NUMBER_SIZE),
                       gs_val_text(value)))
        return fail_damaged(err);
    *word = (gs_text){key.mv_data, key.mv_size - KEY_REST};
    return GS_OK;
}

/* Takes the row that the cursor stands on; GS_END where it is another word's. */
static gs_code take_row(gs_block *out, gs_text word, MDB_val key, MDB_val value,
                        gs_error *err)
{
    gs_text its;
    gs_code rc;

    if (key.mv_size != word.size + KEY_REST ||
        memcmp(key.mv_data, word.bytes, word.size) != 0)
        return GS_END;
    rc = gs_word_row(&its, out, key, value, err);
    return rc;
}

static gs_text word_of(const gs_word_list *list)
{
    return (gs_text){(const char *)list->key, list->key_size - KEY_REST};
}

static gs_code move(gs_word_list *list, MDB_cursor_op op, gs_error *err)
{
    MDB_val key = gs_val(list->key, list->key_size), value;
    gs_code rc = gs_txn_move(list->cursor, &key, &value, op, err);

    list->count = 0;
    return rc == GS_OK ? take_row(&list->block, word_of(list), key, value, err) : rc;
}

gs_code gs_word_list_open(gs_word_list *out, const gs_snapshot *snapshot, gs_text word,
                          gs_error *err)
{
    gs_code rc;

    *out = (gs_word_list){0};
    out->key_size = make_key(out->key, word, 0);
    rc = gs_txn_cursor(&out->cursor, snapshot, GS_TABLE_WORDS, err);
    return rc == GS_OK ? gs_word_list_rewind(out, err) : rc;
}

void gs_word_list_close(gs_word_list *list)
{
    if (list->cursor != NULL)
        mdb_cursor_close(list->cursor);
}

gs_code gs_word_list_next_block(gs_word_list *list, gs_error *err)
{
    return move(list, MDB_NEXT, err);
}

gs_code gs_word_list_rewind(gs_word_list *list, gs_error *err)
{
    return move(list, MDB_SET_RANGE, err);
}

/* The last block that begins with a number <= `number`; GS_END where none does. */
static gs_code move_before(gs_block *out, MDB_cursor *cursor, gs_text word,
                           uint64_t number, gs_error *err)
{
    unsigned char wanted[GS_WORD_KEY];
    MDB_val key = gs_val(wanted, make_key(wanted, word, number)), value;
    gs_code rc = gs_txn_move(cursor, &key, &value, MDB_SET_RANGE, err);

    if (rc == GS_END)
        rc = gs_txn_move(cursor, &key, &value, MDB_LAST, err);
    else if (rc == GS_OK && (key.mv_size != word.size + KEY_REST ||
                             memcmp(key.mv_data, wanted, key.mv_size) != 0))
        rc = gs_txn_move(cursor, &key, &value, MDB_PREV, err);
    return rc == GS_OK ? take_row(out, word, key, value, err) : rc;
}

/* To the block that has the first number >= `from`, which the one at hand has not. */
static gs_code seek_block(gs_word_list *list, uint64_t from, gs_error *err)
{
    gs_code rc = gs_word_list_next_block(list, err); /* mostly the next one */

    if (rc != GS_OK || from <= list->block.last)
        return rc;
    rc = move_before(&list->block, list->cursor, word_of(list), from, err);
    list->count = 0;
    if (rc == GS_OK && list->block.last < from)
        rc = gs_word_list_next_block(list, err);
    return rc;
}

static void unpack(gs_word_list *list, size_t group)
{
    list->at = 0;
    list->group = group;
    list->count = group < list->block.groups
                      ? gs_block_group(list->numbers, &list->block, group)
                      : 0;
    for (size_t i = list->count; i < GS_BLOCK_GROUP; i++)
        list->numbers[i] = UINT64_MAX;
}

/* How many numbers of the group are < `from`: without a branch that cannot be foretold. */
static size_t count_below(const uint64_t numbers[GS_BLOCK_GROUP], uint64_t from)
{
    size_t below = 0;

    for (size_t step = GS_BLOCK_GROUP / 2; step > 0; step /= 2)
        below += numbers[below + step - 1] < from ? step : 0;
    return below + (numbers[below] < from);
}

gs_code gs_word_list_seek(uint64_t *out, gs_word_list *list, uint64_t from, gs_error *err)
{
    gs_code rc = GS_OK;

    if (from > list->block.last)
        rc = seek_block(list, from, err);
    if (rc != GS_OK)
        return rc;
    if (list->count == 0 || list->numbers[list->count - 1] < from) {
        size_t before = list->count == 0 ? 0 : list->group;

        unpack(list, gs_block_find(&list->block, from, before));
        if (list->count > 0 && list->numbers[list->count - 1] < from)
            unpack(list, list->group + 1);
    }
    if (list->at < list->count && list->numbers[list->at] < from) {
        list->at++; /* mostly the next one in the shortest list */
        if (list->at < list->count && list->numbers[list->at] < from)
            list->at = count_below(list->numbers, from);
    }
    if (list->at >= list->count)
        return fail_damaged(err);
    *out = list->numbers[list->at];
    return GS_OK;
}

gs_code gs_word_writer_open(gs_word_writer *out, const gs_snapshot *snapshot,
                            gs_error *err)
{
    *out = (gs_word_writer){0};
    return gs_txn_cursor(&out->cursor, snapshot, GS_TABLE_WORDS, err);
}

void gs_word_writer_close(gs_word_writer *writer)
{
    if (writer->cursor != NULL)
        mdb_cursor_close(writer->cursor);
    free(writer->numbers);
}

static gs_code write_blocks(MDB_cursor *cursor, gs_text word, const uint64_t *numbers,
                            size_t count, gs_error *err)
{
    unsigned char key_bytes[GS_WORD_KEY], bytes[BLOCK_MAX];
    size_t size;

    while (count > 0) {
        size_t written = gs_block_write(bytes, sizeof bytes, &size, numbers, count);
        MDB_val key = gs_val(key_bytes, make_key(key_bytes, word, numbers[0]));
        MDB_val value = gs_val(bytes, size);
        int status = mdb_cursor_put(cursor, &key, &value, 0);

        if (status != 0)
            return gs_lmdb_fail(err, status, "write to the store");
        numbers += written;
        count -= written;
    }
    return GS_OK;
}

/* Two ascending lists in one, each number once. */
static size_t merge(uint64_t *to, const uint64_t *a, size_t a_count, const uint64_t *b,
                    size_t b_count)
{
    size_t count = 0, i = 0, j = 0;

    while (i < a_count || j < b_count) {
        uint64_t next = j == b_count || (i < a_count && a[i] <= b[j]) ? a[i] : b[j];

        i += i < a_count && a[i] == next;
        j += j < b_count && b[j] == next;
        to[count++] = next;
    }
    return count;
}

static gs_code make_room(gs_word_writer *writer, size_t room, gs_error *err)
{
    uint64_t *grown;

    if (room <= writer->room)
        return GS_OK;
    grown = reallocarray(writer->numbers, room, sizeof *grown);
    if (grown == NULL)
        return gs_fail_memory(err);
    writer->numbers = grown;
    writer->room = room;
    return GS_OK;
}

/* Numbers that belong into a block: it is written anew, as one or several. */
static gs_code rewrite(gs_word_writer *writer, gs_text word, const gs_block *block,
                       const uint64_t *numbers, size_t count, gs_error *err)
{
    gs_code rc;
    uint64_t *old;
    size_t old_count = 0, group_count;
    int status;

    GS_TRY(make_room(writer, 2 * block->groups * GS_BLOCK_GROUP + count, err));
    old = writer->numbers + block->groups * GS_BLOCK_GROUP + count;
    for (size_t i = 0; i < block->groups; i++) {
        group_count = gs_block_group(old + old_count, block, i);
        if (group_count == 0)
            return fail_damaged(err);
        old_count += group_count;
    }
    count = merge(writer->numbers, old, old_count, numbers, count);
    status = mdb_cursor_del(writer->cursor, 0);
    if (status != 0)
        return gs_lmdb_fail(err, status, "write to the store");
    rc = write_blocks(writer->cursor, word, writer->numbers, count, err);
out:
    return rc;
}

/* How many of the numbers come before the block that follows `number`. */
static gs_code before_next(size_t *out, gs_word_writer *writer, gs_text word,
                           const uint64_t *numbers, size_t count, gs_error *err)
{
    unsigned char wanted[GS_WORD_KEY];
    MDB_val key = gs_val(wanted, make_key(wanted, word, numbers[0] + 1)), value;
    gs_block next;
    gs_code rc = gs_txn_move(writer->cursor, &key, &value, MDB_SET_RANGE, err);

    if (rc == GS_OK)
        rc = take_row(&next, word, key, value, err);
    *out = count;
    if (rc == GS_OK)
        for (*out = 1; *out < count && numbers[*out] < next.first; ++*out)
            ;
    return rc == GS_END ? GS_OK : rc;
}

gs_code gs_word_put(gs_word_writer *writer, gs_text word, const uint64_t *numbers,
                    size_t count, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_block block;
    size_t many;

    while (count > 0) {
        GS_TRY(before_next(&many, writer, word, numbers, count, err));
        rc = move_before(&block, writer->cursor, word, numbers[0], err);
        if (rc == GS_OK && (numbers[0] <= block.last || block.size < JOINED_MAX))
            rc = rewrite(writer, word, &block, numbers, many, err);
        else if (rc == GS_OK || rc == GS_END)
            rc = write_blocks(writer->cursor, word, numbers, many, err);
        GS_TRY(rc);
        numbers += many;
        count -= many;
    }
out:
    return rc;
}
