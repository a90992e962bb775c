/* A line of a general property graph: a node or a relationship, as JSON.
 *
 *     {"type": "node", "id": "0", "labels": ["A"], "properties": {"name": "x"}}
 *     {"type": "relationship", "id": "0", "label": "KNOWS", "start": {"id": "0"},
 *      "end": {"id": "1"}, "properties": {"since": {"@date": "2020-01-01"}}}
 *
 * Labels and properties may be missing, and a relationship's id. What else its ends say
 * (exports repeat labels there) is passed over; any other member is refused, since it
 * would be lost. A date is a map with the one key @date and EDTF text; openCypher's other
 * temporal values are refused until the store has them.
 *
 * Ownership  what is read is the arena's.
 * Errors     GS_INPUT says what is wrong; a column where the line is no JSON.
 * Threads    pure.
 */
#ifndef GS_GRAPH_GRAPH_LINE_H
#define GS_GRAPH_GRAPH_LINE_H

#include "graph/base/value.h"

typedef struct gs_graph_line {
    bool is_node;
    gs_text id; /* missing where a relationship has none */
    /* of a node */
    const gs_text *labels;
    size_t label_count;
    /* of a relationship */
    gs_text type, start, end;
    const gs_edtf *date; /* its property `date`, where that is a date; else NULL */
    gs_value properties; /* a map, or null */
} gs_graph_line;

GS_CHECKED gs_code gs_graph_line_read(gs_graph_line *out, gs_text line, gs_arena *arena,
                                      gs_error *err);

#endif
