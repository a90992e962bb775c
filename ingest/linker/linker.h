/* The linker: links answers to the claims that no record names, and tells of one act from
 * two documents as one, from what the store holds.
 *
 * The result is a function of the final set of statements, whatever the order in which
 * they came: each that is new re-decides the links of those in whose window it falls, and
 * the link that lost ends. A link that a record states is never touched.
 *
 * Ownership  gs_linker_open's result is closed with gs_linker_close.
 * Threads    one at a time.
 */
#ifndef GS_LINKER_LINKER_H
#define GS_LINKER_LINKER_H

#include "graph/batch.h"
#include "ingest/stage.h"

typedef struct gs_linker gs_linker;

GS_CHECKED gs_code gs_linker_open(gs_linker **out, const gs_language *language,
                                  gs_error *err);
void gs_linker_close(gs_linker *linker); /* NULL is nothing to close */

/* A batch begins. */
GS_CHECKED gs_code gs_linker_begin(gs_linker *linker, gs_batch *batch, gs_error *err);

/* A statement of the batch at hand that is new or has changed; `open` where it may itself
 * be linked: an answer whose claim no record names, or one that was read from words.
 * Others matter only while there are answers that wait. */
GS_CHECKED gs_code gs_linker_touch(gs_linker *linker, uint64_t statement, bool open,
                                   gs_error *err);
/* A document that was there, and of which more became known. */
GS_CHECKED gs_code gs_linker_touch_document(gs_linker *linker, uint64_t document,
                                            gs_error *err);
/* An actor of whom it became known whom he speaks for. */
GS_CHECKED gs_code gs_linker_touch_actor(gs_linker *linker, uint64_t actor,
                                         gs_error *err);

/* All whose links may be others since a run was taken back, or came again, in this batch:
 * relink.c. */
GS_CHECKED gs_code gs_linker_touch_turned(gs_linker *linker, gs_batch *batch,
                                          gs_error *err);

/* Decides what was touched, before the batch is committed; where decisions may be in the
 * store (`ruled`) they are obeyed. *linked grows by the answers that found their claim,
 * less those that lost it. */
GS_CHECKED gs_code gs_linker_settle(gs_linker *linker, gs_batch *batch, bool ruled,
                                    int64_t *linked, gs_error *err);
/* Forgets what was touched: the batch is aborted. */
void gs_linker_forget(gs_linker *linker);

#endif
