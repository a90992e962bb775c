/* Ways to a node: by what it is called, by label, by the words it holds. All indexes are
 * declared in one table (index.c) and kept in the record's own transaction; what they
 * find is checked against the record, so that only what is visible and still so called
 * comes out.
 *
 * Ownership, errors, threads  as in snapshot.h. Cursors are closed before their snapshot.
 */
#ifndef GS_GRAPH_INDEX_H
#define GS_GRAPH_INDEX_H

#include "graph/snapshot.h"

typedef enum gs_index {
    GS_BY_ID,       /* statements by id, and by that of the one they replace */
    GS_BY_NAME,     /* actors by name and alias, folded (gs_fold_name) */
    GS_BY_IDENTITY, /* by the property `identity`: actors, documents, topics, propositions;
                     * decisions and withdrawals by themselves and by what they are about */
    GS_BY_URL,      /* documents */
    GS_BY_FILE,     /* documents */
    GS_BY_SHA256,   /* documents by the hash of their text */
    GS_INDEXES,
} gs_index;

/* The visible nodes so called, by number ascending, in the arena. None is *count = 0. The
 * key is folded as the index folds. */
GS_CHECKED gs_code gs_index_find(uint64_t **out, size_t *count,
                                 const gs_snapshot *snapshot, gs_index index, gs_text key,
                                 gs_arena *arena, gs_error *err);

/* All names and aliases that start with `prefix` would be a scan; for "did you mean" and
 * for questions by a part of a name: the visible actors whose folded name or an alias
 * holds `part`. */
GS_CHECKED gs_code gs_index_actors_like(uint64_t **out, size_t *count,
                                        const gs_snapshot *snapshot, gs_text part,
                                        gs_arena *arena, gs_error *err);

/* The nodes of a label (0: all nodes), by number ascending. */
typedef struct gs_nodes gs_nodes;
GS_CHECKED gs_code gs_nodes_open(gs_nodes **out, const gs_snapshot *snapshot,
                                 uint32_t label, gs_error *err);
GS_CHECKED gs_code gs_nodes_next(uint64_t *out, gs_nodes *nodes, gs_error *err);
/* The next one is the first with a number >= `from`; forward alone is cheap. */
void gs_nodes_seek(gs_nodes *nodes, uint64_t from);
void gs_nodes_close(gs_nodes *nodes); /* NULL is nothing to close */

/* The statements whose text holds all the words of `words` (folded, in any order; a word
 * is a run of letters and digits), by number ascending, in the arena. No word at all
 * finds nothing. */
GS_CHECKED gs_code gs_words_find(uint64_t **out, size_t *count,
                                 const gs_snapshot *snapshot, gs_text words,
                                 gs_arena *arena, gs_error *err);
/* The words of a text, one by one, folded in the arena. */
typedef struct gs_word_cursor {
    gs_text text; /* folded */
    size_t at;
} gs_word_cursor;
GS_CHECKED gs_code gs_words_start(gs_word_cursor *out, gs_text text, gs_arena *arena,
                                  gs_error *err);
bool gs_words_next(gs_text *out, gs_word_cursor *words);

/* Whether one text holds all the words, by the same rule. */
GS_CHECKED gs_code gs_words_in(bool *out, gs_text text, gs_text words, gs_arena *arena,
                               gs_error *err);

#endif
