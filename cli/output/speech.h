/* Statements as they are shown to people: read from rows, then arranged.
 *
 * Ownership  texts and lists are the arena's of the output; texts are safe to print.
 */
#ifndef GS_CLI_OUTPUT_SPEECH_H
#define GS_CLI_OUTPUT_SPEECH_H

#include "cli/output/output.h"

enum { GS_SPEECH_DEPTH = 16 }; /* deeper ones are shown as deep as this */

typedef struct gs_speech {
    gs_text id, kind, date, speaker, on_behalf_of, accused, via, text, document, spans;
    gs_text same_as, replaces;
    gs_value answers; /* a list of ids */
    int64_t after_days, copies;
    double confidence; /* negative: not known */
    size_t depth;
    bool waited; /* after_days is known */
    bool inferred, hedged, quote;
    /* by gs_speeches_arrange */
    bool last;      /* of its siblings */
    gs_text refers; /* to shown ones that it does not stand under: "[2], [5]" */
} gs_speech;

typedef struct gs_speeches {
    gs_speech *items;
    size_t count, room;
    size_t date_width; /* cells of the widest */
    bool numbered;     /* some refer to others by number */
} gs_speeches;

/* What a kind does, how a terminal paints it, and its shape: an SVG fragment within a
 * square of 16. A kind that we do not know "says". */
typedef struct gs_manner {
    const char *kind, *verb, *color, *shape;
} gs_manner;
const gs_manner *gs_manner_of(gs_text kind);

/* Whether rows are statements, which some questions give and others do not. */
bool gs_speeches_are(const gainsay_rows *rows);

/* Adds the current row. GAINSAY_MEMORY. */
GAINSAY_CHECKED gainsay_code gs_speeches_add(gs_speeches *speeches, gs_output *out,
                                             const gainsay_rows *rows,
                                             gainsay_error *err);

/* After the last row. GAINSAY_MEMORY. */
GAINSAY_CHECKED gainsay_code gs_speeches_arrange(gs_speeches *speeches, gs_output *out,
                                                 gainsay_error *err);

#endif
