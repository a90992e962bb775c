/* Search by words: each word of a statement's text, folded, has a list of numbers. A word
 * too long for a key stands there by its beginning and its hash, and is then compared. */
#include "graph/index_impl.h"
#include "graph/pending.h"
#include "graph/record.h"
#include "graph/snapshot_impl.h"

#include <string.h>

enum {
    KEY_MAX = 40, /* bytes; only a word that was cut has so many */
    KEY_CUT = KEY_MAX - (int)sizeof(gs_hash128),
    WORDS_MAX = 64, /* of a question; what lies behind is compared in the text */
};

typedef struct word_cursor {
    gs_text text; /* folded */
    size_t at;
} word_cursor;

static gs_code start(word_cursor *out, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_text folded = text.bytes == NULL ? GS_TEXT("") : gs_fold(arena, text);

    if (folded.bytes == NULL)
        return gs_fail_memory(err);
    *out = (word_cursor){folded, 0};
    return GS_OK;
}

static bool is_word_part(int32_t point)
{
    if (point < 0x80) /* most are, and folded */
        return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
    return gs_point_is_letter(point) || gs_point_is_digit(point);
}

/* The point at `at`; a byte that is no UTF-8 separates words. */
static int32_t take_point(word_cursor *words)
{
    int32_t point = gs_utf8_next(words->text, &words->at);

    if (point < 0)
        words->at++;
    return point;
}

static bool next_word(gs_text *out, word_cursor *words)
{
    size_t from = words->at, end;

    while (words->at < words->text.size && !is_word_part(take_point(words)))
        from = words->at;
    if (from >= words->text.size)
        return false;
    end = words->at;
    while (words->at < words->text.size && is_word_part(take_point(words)))
        end = words->at;
    *out = gs_text_slice(words->text, from, end);
    return out->size > 0;
}

typedef struct word_key {
    unsigned char bytes[KEY_MAX];
    size_t size;
} word_key;

static word_key key_of(const gs_snapshot *snapshot, gs_text word)
{
    word_key key = {.size = word.size};
    gs_hash128 hash;

    if (word.size < KEY_MAX) {
        memcpy(key.bytes, word.bytes, word.size);
        return key;
    }
    hash = gs_hash_text(snapshot->store->environment->seed, word);
    memcpy(key.bytes, word.bytes, KEY_CUT);
    memcpy(key.bytes + KEY_CUT, &hash, sizeof hash);
    key.size = KEY_MAX;
    return key;
}

gs_code gs_words_each(const gs_snapshot *snapshot, gs_text text,
                      const gs_index_sink *sink, gs_error *err)
{
    gs_code rc;
    word_cursor words;
    gs_text word;

    GS_TRY(start(&words, text, snapshot->scratch, err));
    while (next_word(&word, &words)) {
        word_key key = key_of(snapshot, word);

        GS_TRY(
            sink->word(sink->context, (gs_text){(const char *)key.bytes, key.size}, err));
    }
out:
    return rc;
}

gs_code gs_words_add(const gs_snapshot *snapshot, gs_text word, uint64_t number,
                     bool is_new, gs_error *err)
{
    gs_pending_words *pending = &snapshot->pending->words;
    gs_code rc;

    if (is_new)
        return gs_pending_words_add(pending, snapshot, word, number, err);
    /* what is pending must be above all that the table has */
    rc = gs_pending_words_flush(pending, snapshot, err);
    if (rc == GS_OK)
        rc = gs_txn_put(snapshot, GS_TABLE_WORDS, gs_val(word.bytes, word.size),
                        gs_val(&number, sizeof number), MDB_NODUPDATA, err);
    return rc;
}

gs_code gs_words_has(bool *out, const gs_snapshot *snapshot, gs_text word,
                     uint64_t number, gs_error *err)
{
    gs_code rc = gs_txn_has(snapshot, GS_TABLE_WORDS, gs_val(word.bytes, word.size),
                            gs_val(&number, sizeof number), err);

    if (rc != GS_OK && rc != GS_END)
        return rc;
    *out = rc == GS_OK;
    return GS_OK;
}

static bool has_word(gs_text folded, gs_text wanted)
{
    word_cursor words = {folded, 0};
    gs_text word;

    while (next_word(&word, &words))
        if (gs_text_equal(word, wanted))
            return true;
    return false;
}

static bool has_words(gs_text folded, gs_text wanted)
{
    word_cursor words = {wanted, 0};
    gs_text word;
    size_t count = 0;

    for (; next_word(&word, &words); count++)
        if (!has_word(folded, word))
            return false;
    return count > 0;
}

gs_code gs_words_in(bool *out, gs_text text, gs_text words, gs_arena *arena,
                    gs_error *err)
{
    gs_code rc;
    word_cursor held, wanted;

    GS_TRY(start(&held, text, arena, err));
    GS_TRY(start(&wanted, words, arena, err));
    *out = has_words(held.text, wanted.text);
out:
    return rc;
}

/* The lists of a question's words, the shortest first. */
typedef struct lists {
    struct list {
        MDB_cursor *cursor;
        word_key key;
        size_t length;
    } items[WORDS_MAX];
    size_t count;
    bool compare; /* a list may hold too much: a word was cut, or there are too many */
} lists;

static void close_lists(lists *all)
{
    for (size_t i = 0; i < all->count; i++)
        mdb_cursor_close(all->items[i].cursor);
}

/* GS_END: no statement has this word. */
static gs_code open_list(lists *all, const gs_snapshot *snapshot, gs_text word,
                         gs_error *err)
{
    gs_code rc;
    MDB_val key, value;
    struct list *list = &all->items[all->count];

    list->key = key_of(snapshot, word);
    rc = gs_txn_cursor(&list->cursor, snapshot, GS_TABLE_WORDS, err);
    if (rc != GS_OK)
        return rc;
    all->count++;
    key = gs_val(list->key.bytes, list->key.size);
    rc = gs_txn_move(list->cursor, &key, &value, MDB_SET, err);
    if (rc == GS_OK && value.mv_size != sizeof(uint64_t))
        return gs_fail(err, GS_DAMAGED,
                       "the table words is damaged; restore the store from a backup");
    if (rc == GS_OK && mdb_cursor_count(list->cursor, &list->length) != 0)
        rc = gs_fail(err, GS_STORAGE, "cannot read the index of words");
    if (list->key.size == KEY_MAX)
        all->compare = true;
    return rc;
}

static gs_code open_lists(lists *all, const gs_snapshot *snapshot, gs_text folded,
                          gs_error *err)
{
    gs_code rc = GS_OK;
    word_cursor words = {folded, 0};
    gs_text word;

    while (rc == GS_OK && next_word(&word, &words)) {
        if (all->count == WORDS_MAX) {
            all->compare = true;
            break;
        }
        rc = open_list(all, snapshot, word, err);
        if (rc == GS_OK && all->items[all->count - 1].length < all->items[0].length) {
            struct list shortest = all->items[all->count - 1];

            all->items[all->count - 1] = all->items[0];
            all->items[0] = shortest;
        }
    }
    return rc == GS_OK && all->count == 0 ? GS_END : rc;
}

/* Whether the lists behind the first have the number, too. */
static gs_code in_all(bool *out, const lists *all, uint64_t number, gs_error *err)
{
    *out = false;
    for (size_t i = 1; i < all->count; i++) {
        const struct list *list = &all->items[i];
        MDB_val key = gs_val(list->key.bytes, list->key.size);
        MDB_val value = gs_val(&number, sizeof number);
        gs_code rc = gs_txn_move(list->cursor, &key, &value, MDB_GET_BOTH, err);

        if (rc != GS_OK)
            return rc == GS_END ? GS_OK : rc;
    }
    *out = true;
    return GS_OK;
}

/* Visible, and still with these words. */
static gs_code has_them_now(bool *out, const gs_snapshot *snapshot, uint64_t number,
                            bool compare, gs_text wanted, gs_error *err)
{
    gs_code rc;
    gs_node node;
    uint8_t flags;
    gs_value text;
    word_cursor held;

    gs_arena_reset(snapshot->scratch);
    *out = false;
    rc = gs_node_read_flags(&node, &flags, snapshot, number, err);
    if (rc != GS_OK)
        return rc == GS_END ? GS_OK : rc;
    *out = true;
    if (!compare && (flags & GS_REVISED) == 0)
        return GS_OK;
    GS_TRY(
        gs_property(&text, snapshot, node.properties, GS_P_TEXT, snapshot->scratch, err));
    GS_TRY(start(&held, text.type == GS_STRING ? text.as.string : GS_TEXT(""),
                 snapshot->scratch, err));
    *out = has_words(held.text, wanted);
out:
    return rc;
}

static gs_code collect(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                       const lists *all, gs_text wanted, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    MDB_val key = gs_val(all->items[0].key.bytes, all->items[0].key.size), value;
    uint64_t *numbers = NULL, number;
    size_t found = 0, room = 0;
    bool has;

    for (rc = gs_txn_move(all->items[0].cursor, &key, &value, MDB_SET, err); rc == GS_OK;
         rc = gs_txn_move(all->items[0].cursor, &key, &value, MDB_NEXT_DUP, err)) {
        memcpy(&number, value.mv_data, sizeof number);
        GS_TRY(in_all(&has, all, number, err));
        if (has)
            GS_TRY(has_them_now(&has, snapshot, number, all->compare, wanted, err));
        if (has) {
            numbers = gs_arena_grow(arena, numbers, found, &room, sizeof number);
            if (numbers == NULL)
                return gs_fail_memory(err);
            numbers[found++] = number;
        }
    }
    if (rc == GS_END) {
        *out = numbers;
        *count = found;
        rc = GS_OK;
    }
out:
    return rc;
}

gs_code gs_words_find(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                      gs_text words, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    lists all = {0};
    word_cursor wanted = {0};

    if (snapshot->pending != NULL)
        GS_TRY(gs_pending_words_flush(&snapshot->pending->words, snapshot, err));
    GS_TRY(start(&wanted, words, arena, err));
    rc = open_lists(&all, snapshot, wanted.text, err);
    if (rc == GS_OK)
        rc = collect(out, count, snapshot, &all, wanted.text, arena, err);
    if (rc == GS_END) {
        *out = NULL;
        *count = 0;
        rc = GS_OK;
    }
out:
    close_lists(&all);
    return rc;
}
