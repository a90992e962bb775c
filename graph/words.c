/* Search by words: each word of a statement's text, folded, has a list of numbers. A word
 * too long for a key stands there by its beginning and its hash, and is then compared. */
#include "graph/base/scan.h"
#include "graph/hidden.h"
#include "graph/index_impl.h"
#include "graph/pending.h"
#include "graph/record.h"
#include "graph/snapshot_impl.h"
#include "graph/version.h"
#include "graph/words_list.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEY_CUT = GS_WORD_MAX - (int)sizeof(gs_hash128), /* only a cut word has GS_WORD_MAX */
    WORDS_MAX = 64, /* of a question; what lies behind is compared in the text */
};

gs_code gs_words_start(gs_word_cursor *out, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_text folded = text.bytes == NULL ? GS_TEXT("") : gs_fold(arena, text);

    if (folded.bytes == NULL)
        return gs_fail_memory(err);
    *out = (gs_word_cursor){folded, 0};
    return GS_OK;
}

static bool is_word_part(int32_t point)
{
    if (point < 0x80) /* most are, and folded */
        return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
    return gs_point_is_letter(point) || gs_point_is_digit(point);
}

/* The point at `at`; a byte that is no UTF-8 separates words. */
static int32_t take_point(gs_word_cursor *words)
{
    int32_t point = gs_utf8_next(words->text, &words->at);

    if (point < 0)
        words->at++;
    return point;
}

bool gs_words_next(gs_text *out, gs_word_cursor *words)
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
    unsigned char bytes[GS_WORD_MAX];
    size_t size;
} word_key;

static word_key key_of(const gs_snapshot *snapshot, gs_text word)
{
    word_key key = {.size = word.size};
    gs_hash128 hash;

    if (word.size < GS_WORD_MAX) {
        memcpy(key.bytes, word.bytes, word.size);
        return key;
    }
    hash = gs_hash_text(snapshot->store->environment->seed, word);
    memcpy(key.bytes, word.bytes, KEY_CUT);
    memcpy(key.bytes + KEY_CUT, &hash, sizeof hash);
    key.size = GS_WORD_MAX;
    return key;
}

/* Of a byte that is a word's, as it is folded; else 0. */
static unsigned char folded_byte(unsigned char c)
{
    unsigned lower = c | 0x20u, letter = lower - 'a', digit = c - (unsigned)'0';

    if (letter < 26)
        return (unsigned char)lower;
    return digit < 10 ? c : 0;
}

/* Most texts are ASCII, whose words need neither tables nor a copy of the whole: the same
 * words as below. GS_END at a word that must be cut; *from is then where it begins. */
static gs_code each_ascii(size_t *from, gs_text text, const gs_index_sink *sink,
                          gs_error *err)
{
    char word[GS_WORD_MAX];
    gs_code rc = GS_OK;
    size_t at = *from;

    while (rc == GS_OK && at < text.size) {
        size_t size = 0;
        unsigned char c;

        for (*from = at; at < text.size && size < GS_WORD_MAX &&
                         (c = folded_byte((unsigned char)text.bytes[at])) != 0;
             at++)
            word[size++] = (char)c;
        if (size == GS_WORD_MAX)
            return GS_END;
        if (size > 0)
            rc = sink->word(sink->context, (gs_text){word, size}, err);
        else
            at++;
    }
    return rc;
}

gs_code gs_words_each(const gs_snapshot *snapshot, gs_text text,
                      const gs_index_sink *sink, gs_error *err)
{
    gs_code rc = gs_scan_ascii(text, 0) == text.size ? GS_OK : GS_END;
    size_t from = 0;
    gs_word_cursor words;
    gs_text word;

    if (rc == GS_OK)
        rc = each_ascii(&from, text, sink, err);
    if (rc != GS_END)
        return rc;
    text = gs_text_slice(text, from, text.size);
    GS_TRY(gs_words_start(&words, text, snapshot->scratch, err));
    while (gs_words_next(&word, &words)) {
        word_key key = key_of(snapshot, word);

        GS_TRY(
            sink->word(sink->context, (gs_text){(const char *)key.bytes, key.size}, err));
    }
out:
    return rc;
}

gs_code gs_words_has(bool *out, const gs_snapshot *snapshot, gs_text word,
                     uint64_t number, gs_error *err)
{
    gs_word_list list;
    uint64_t found = 0;
    gs_code rc = gs_word_list_open(&list, snapshot, word, err);

    if (rc == GS_OK)
        rc = gs_word_list_seek(&found, &list, number, err);
    gs_word_list_close(&list);
    if (rc != GS_OK && rc != GS_END)
        return rc;
    *out = rc == GS_OK && found == number;
    return GS_OK;
}

static bool has_word(gs_text folded, gs_text wanted)
{
    gs_word_cursor words = {folded, 0};
    gs_text word;

    while (gs_words_next(&word, &words))
        if (gs_text_equal(word, wanted))
            return true;
    return false;
}

static bool has_words(gs_text folded, gs_text wanted)
{
    gs_word_cursor words = {wanted, 0};
    gs_text word;
    size_t count = 0;

    for (; gs_words_next(&word, &words); count++)
        if (!has_word(folded, word))
            return false;
    return count > 0;
}

gs_code gs_words_in(bool *out, gs_text text, gs_text words, gs_arena *arena,
                    gs_error *err)
{
    gs_code rc;
    gs_word_cursor held, wanted;

    GS_TRY(gs_words_start(&held, text, arena, err));
    GS_TRY(gs_words_start(&wanted, words, arena, err));
    *out = has_words(held.text, wanted.text);
out:
    return rc;
}

/* The lists of a question's words, the shortest first. */
typedef struct lists {
    gs_word_list items[WORDS_MAX];
    size_t count;
    bool compare; /* a list may hold too much: a word was cut, or there are too many */
} lists;

static void close_lists(lists *all)
{
    for (size_t i = 0; i < all->count; i++)
        gs_word_list_close(&all->items[i]);
    free(all);
}

/* GS_END: no statement has one of the words. */
static gs_code open_lists(lists *all, const gs_snapshot *snapshot, gs_text folded,
                          gs_error *err)
{
    gs_code rc = GS_OK;
    gs_word_cursor words = {folded, 0};
    gs_text word;

    while (rc == GS_OK && gs_words_next(&word, &words)) {
        word_key key = key_of(snapshot, word);

        if (all->count == WORDS_MAX) {
            all->compare = true;
            break;
        }
        all->compare = all->compare || key.size == GS_WORD_MAX;
        rc = gs_word_list_open(&all->items[all->count++], snapshot,
                               (gs_text){(const char *)key.bytes, key.size}, err);
    }
    return rc == GS_OK && all->count == 0 ? GS_END : rc;
}

/* All go from block to block until one comes to its end: that is the shortest one. It is
 * told by its blocks, of which the last ones may be small, and by the number in the last
 * one where several have ended. */
static gs_code put_shortest_first(lists *all, gs_error *err)
{
    size_t shortest = all->count, count = SIZE_MAX;
    gs_code rc = GS_OK;
    gs_word_list list;

    while (shortest == all->count) {
        for (size_t i = 0; i < all->count; i++) {
            size_t last = all->items[i].block.count;

            rc = gs_word_list_next_block(&all->items[i], err);
            if (rc != GS_OK && rc != GS_END)
                return rc;
            if (rc == GS_END && last < count) {
                shortest = i;
                count = last;
            }
        }
    }
    list = all->items[shortest];
    all->items[shortest] = all->items[0];
    all->items[0] = list;
    for (size_t i = 0; i < all->count; i++)
        GS_TRY(gs_word_list_rewind(&all->items[i], err));
out:
    return rc;
}

/* The first number >= *number that all lists have. */
static gs_code next_in_all(uint64_t *number, lists *all, gs_error *err)
{
    gs_code rc;
    uint64_t wanted = *number, seen = 0;
    size_t i = 0;

    while (i < all->count) {
        rc = gs_word_list_seek(&seen, &all->items[i], wanted, err);
        if (rc != GS_OK)
            return rc;
        i = seen == wanted || i == 0 ? i + 1 : 0; /* the shortest list goes on */
        wanted = seen;
    }
    *number = wanted;
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
    gs_word_cursor held;

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
    GS_TRY(gs_words_start(&held, text.type == GS_STRING ? text.as.string : GS_TEXT(""),
                          snapshot->scratch, err));
    *out = has_words(held.text, wanted);
out:
    return rc;
}

/* No number below is one that has ended or that was revised. */
typedef struct ahead {
    uint64_t end, version;
} ahead;

static gs_code look_ahead(ahead *a, const gs_snapshot *snapshot, uint64_t number,
                          gs_error *err)
{
    gs_code rc = GS_OK;

    if (a->end < number) {
        a->end = number;
        rc = gs_end_next(&a->end, snapshot, err);
        if (rc == GS_END)
            a->end = UINT64_MAX;
    }
    if ((rc == GS_OK || rc == GS_END) && a->version < number) {
        a->version = number;
        rc = gs_version_next(&a->version, snapshot, err);
        if (rc == GS_END)
            a->version = UINT64_MAX;
    }
    return rc == GS_END ? GS_OK : rc;
}

static gs_code collect(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                       lists *all, gs_text wanted, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    uint64_t *numbers = NULL;
    size_t found = 0, room = 0;
    ahead next = {0, 0};
    bool has;

    for (uint64_t number = 1;; number++) {
        rc = next_in_all(&number, all, err);
        if (rc == GS_END || (rc == GS_OK && number > snapshot->last))
            break;
        GS_TRY(rc);
        GS_TRY(look_ahead(&next, snapshot, number, err));
        has = !gs_is_hidden(snapshot, number);
        if (has && (all->compare || next.end == number || next.version == number))
            GS_TRY(has_them_now(&has, snapshot, number, all->compare, wanted, err));
        if (!has)
            continue;
        numbers = gs_arena_grow(arena, numbers, found, &room, sizeof number);
        if (numbers == NULL)
            return gs_fail_memory(err);
        numbers[found++] = number;
    }
    *out = numbers;
    *count = found;
    rc = GS_OK;
out:
    return rc;
}

gs_code gs_words_find(uint64_t **out, size_t *count, const gs_snapshot *snapshot,
                      gs_text words, gs_arena *arena, gs_error *err)
{
    gs_code rc;
    lists *all = calloc(1, sizeof *all);
    gs_word_cursor wanted = {0};

    if (all == NULL)
        return gs_fail_memory(err);
    if (snapshot->pending != NULL)
        GS_TRY(gs_pending_words_flush(&snapshot->pending->words, snapshot, err));
    GS_TRY(gs_words_start(&wanted, words, arena, err));
    rc = open_lists(all, snapshot, wanted.text, err);
    if (rc == GS_OK)
        rc = put_shortest_first(all, err);
    if (rc == GS_OK)
        rc = collect(out, count, snapshot, all, wanted.text, arena, err);
    if (rc == GS_END) {
        *out = NULL;
        *count = 0;
        rc = GS_OK;
    }
out:
    close_lists(all);
    return rc;
}
