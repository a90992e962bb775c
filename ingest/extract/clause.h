/* Where things begin and end in a clause: quotations, asides, noun phrases with what
 * hangs on them, the end of what somebody says.
 *
 * Units    token numbers; `end` is the end of the sentence at hand.
 * Threads  pure functions.
 */
#ifndef GS_EXTRACT_CLAUSE_H
#define GS_EXTRACT_CLAUSE_H

#include "ingest/extract/reading.h"

/* A sentence of the language has no more tokens before its verb, an apposition no more
 * within its commas: what bounds each search. */
enum { GS_CLAUSE_REACH = 60 };

/* Behind the quotation that opens at a token, its closing mark included. */
uint32_t gs_clause_after_quote(const gs_reading *r, uint32_t open, uint32_t end);

/* Whether a quotation ends before token `i`, and a comma, stop or dash with it or after.
 */
bool gs_clause_after_content(const gs_reading *r, uint32_t i, uint32_t start);

/* Behind what stands between a cue and its complement without belonging to either: "on
 * Monday", "in a statement", ", however,". The last time passed goes to *time (1 + its
 * number) unless that is set. */
uint32_t gs_clause_aside(const gs_reading *r, uint32_t i, uint32_t end, uint32_t *time);

/* The end of the noun phrase that begins at a token, with the "of", "for", "in" phrases
 * after it; `i` itself where none begins. */
uint32_t gs_clause_phrase_end(const gs_reading *r, uint32_t i, uint32_t end);
/* The same without them. */
uint32_t gs_clause_noun_end(const gs_reading *r, uint32_t i, uint32_t end);

/* Whether a finite clause with its subject begins at a token. */
bool gs_clause_begins(const gs_reading *r, uint32_t i, uint32_t end);

/* Where the content that begins at `i` ends: before what no longer belongs to it (", as
 * ...", ", citing ...", a further cue of the same speaker, a trailing "X said"). */
uint32_t gs_clause_content_end(const gs_reading *r, uint32_t i, uint32_t end);

/* Where a noun or an infinitive that begins at `i` ends, at `end` at the latest: before
 * another verb of its subject ("opposes the dam and wants a bridge"). */
uint32_t gs_clause_object_end(const gs_reading *r, uint32_t i, uint32_t end);

/* The comma between a clause that opens a sentence and the main one with its own subject
 * ("While he denied it, the mayor left"); `end` when there is none. */
uint32_t gs_clause_opening_end(const gs_reading *r, uint32_t first, uint32_t end);

/* Whether a time expression begins there, and where it ends. */
bool gs_clause_time(const gs_reading *r, uint32_t i, uint32_t *after);

/* A verb group that has a subject of its own: no infinitive, no gerund. */
bool gs_verb_finite(const gs_reading *r, const gs_verb *verb);

/* Whether a finite verb stands within [first, end). */
bool gs_clause_has_finite(const gs_reading *r, uint32_t first, uint32_t end);

/* Without white-space-like tokens at its ends: commas, stops, quotation marks that close
 * nothing within. */
gs_range gs_clause_trim(const gs_reading *r, gs_range range);

/* Whether any word or phrase within a range belongs to the classes of `set`. */
gs_word_set gs_clause_words(const gs_reading *r, gs_range range);

#endif
