/* Statements laid out as a picture: exchanges below each other, in each the statements in
 * time, one below the other, in the lane of the side that speaks. What is answered is
 * joined to its answers by a rail beside the lanes.
 *
 * Ownership  everything lies in the arena of the output.
 * Units      seconds UTC, as dates have them; places count from 0.
 */
#ifndef GS_CLI_OUTPUT_PICTURE_H
#define GS_CLI_OUTPUT_PICTURE_H

#include "cli/output/speech.h"

#define GS_NOWHERE SIZE_MAX

typedef struct gs_mark {
    const gs_speech *speech;
    gs_edtf date;
    bool dated;
    int64_t key;   /* when it is told: never before what it answers */
    size_t root;   /* the row that its exchange begins with */
    size_t parent; /* the row it answers, or GS_NOWHERE */
    size_t place;  /* of all marks, from the top */
    size_t lane;   /* a side's */
    size_t track;  /* of its rail, where something answers it; 0 is next to the lanes */
    size_t last;   /* place of the last that answers it; its own where nothing does */
    size_t number; /* that the words call it, from 1 */
} gs_mark;

typedef struct gs_picture {
    gs_mark *marks;
    size_t count;
    size_t *order;                /* marks by place */
    size_t *railed, railed_count; /* marks that something answers */
    gs_text *lanes;
    size_t lane_count, track_count;
    int64_t first, last; /* of all dates; first > last where there is none */
} gs_picture;

GAINSAY_CHECKED gainsay_code gs_picture_draw(gs_picture *out, gs_speeches *speeches,
                                             gs_output *output, gainsay_error *err);

enum { GS_TRACKS_MOST = 14 }; /* more rails lie upon each other */

/* The day on which a second lies. */
static inline int64_t gs_day_at(int64_t second)
{
    return second / 86400 - (second % 86400 < 0);
}

/* The side that speaks. */
static inline gs_text gs_side(const gs_speech *s)
{
    return s->on_behalf_of.size > 0 ? s->on_behalf_of : s->speaker;
}

/* Escaped for HTML and XML, as content and within quotation marks. */
void gs_markup(gs_buffer *out, gs_text text);

/* All marks along time, a lane each side: an SVG element, for a page (each mark leads to
 * #sNUMBER), or standing alone. */
void gs_overview_write(gs_output *out, const gs_picture *picture, bool alone);

#endif
