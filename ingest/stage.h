/* From a document to its statements: the whole of prose extraction behind one call.
 *
 * Sees its document alone and no store, keeps no state between documents; the same
 * document always gives the same statements.
 *
 * Ownership  statements are the arena's and borrow from the document's text.
 * Errors     GS_MEMORY alone: no text is too odd to read (invalid UTF-8 is refused
 *            before).
 * Threads    pure but for the arena; the tables are read-only.
 */
#ifndef GS_INGEST_STAGE_H
#define GS_INGEST_STAGE_H

#include "ingest/record/record.h"

typedef struct gs_language gs_language; /* the tables of one language */

/* The tables compiled in; "en". GS_USAGE for a language that has none. */
GS_CHECKED gs_code gs_language_open(gs_language **out, gs_text code, gs_error *err);
void gs_language_close(gs_language *language); /* NULL is nothing to close */

/* "prose" and the version: what extracts, as statements name it. */
gs_text gs_extractor_name(void);

/* The statements of a document in the order of its text, each with its derived id, spans,
 * links within the document, confidence, rule and document. `document` must outlive them.
 */
GS_CHECKED gs_code gs_extract(gs_statements *out, const gs_language *language,
                              const gs_source *document, gs_arena *arena, gs_error *err);

/* One attribution of a text: a word that says that somebody said, thinks, plans or hopes
 * something, who that is, and what. Spans are code points of the document's text. */
typedef struct gs_attribution {
    gs_span cue;
    gs_span source;
    bool sourced; /* somebody is named beside the cue; `source` is set */
    gs_spans contents;
    double confidence; /* 0 to 1 */
} gs_attribution;

typedef struct gs_attributions {
    gs_attribution *items;
    size_t count;
} gs_attributions;

/* All attributions of a document, speech act or not, in the order of their cues: what
 * stands in the text, before it is asked who is who and what is a statement. */
GS_CHECKED gs_code gs_attributions_find(gs_attributions *out, const gs_language *language,
                                        const gs_source *document, gs_arena *arena,
                                        gs_error *err);

#endif
