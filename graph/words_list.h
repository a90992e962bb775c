/* The table `words`: for each word a list of numbers, in blocks.
 *
 * key    word (at most GS_WORD_MAX bytes, no NUL), NUL, first number 6
 * value  a block (words_block.h)
 *
 * Ownership  a list is closed with gs_word_list_close, before its snapshot; the store may
 *            not be written to meanwhile.
 * Errors     GS_DAMAGED for what is no whole block.
 */
#ifndef GS_GRAPH_WORDS_LIST_H
#define GS_GRAPH_WORDS_LIST_H

#include "graph/snapshot.h"
#include "graph/words_block.h"
#include <lmdb.h>

enum { GS_WORD_MAX = 40, GS_WORD_KEY = GS_WORD_MAX + 7 };

typedef struct gs_word_list {
    MDB_cursor *cursor;
    unsigned char key[GS_WORD_KEY];
    size_t key_size;
    gs_block block;
    uint64_t numbers[GS_BLOCK_GROUP]; /* of the group at hand; UINT64_MAX fills it up */
    size_t group, count, at;
} gs_word_list;

/* GS_END: there is no such word. */
GS_CHECKED gs_code gs_word_list_open(gs_word_list *out, const gs_snapshot *snapshot,
                                     gs_text word, gs_error *err);
void gs_word_list_close(gs_word_list *list);
/* The first number >= `from`, which never falls from call to call. */
GS_CHECKED gs_code gs_word_list_seek(uint64_t *out, gs_word_list *list, uint64_t from,
                                     gs_error *err);
/* To the next block, and back to the first: lists are told apart by length without being
 * unpacked. */
GS_CHECKED gs_code gs_word_list_next_block(gs_word_list *list, gs_error *err);
GS_CHECKED gs_code gs_word_list_rewind(gs_word_list *list, gs_error *err);

/* A row of the table: its word, and its block. */
GS_CHECKED gs_code gs_word_row(gs_text *word, gs_block *block, MDB_val key, MDB_val value,
                               gs_error *err);

/* Numbers, ascending, into the list of a word, where they may be already. */
typedef struct gs_word_writer {
    MDB_cursor *cursor;
    uint64_t *numbers; /* of a block and those that join it */
    size_t room;
} gs_word_writer;

GS_CHECKED gs_code gs_word_writer_open(gs_word_writer *out, const gs_snapshot *snapshot,
                                       gs_error *err);
GS_CHECKED gs_code gs_word_put(gs_word_writer *writer, gs_text word,
                               const uint64_t *numbers, size_t count, gs_error *err);
void gs_word_writer_close(gs_word_writer *writer);

#endif
