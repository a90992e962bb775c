/* Values in the lines of a dump: JSON, and for what JSON has not a map with one key:
 * {"@date": EDTF}, {"@float": "NaN"}, {"@bytes": hexadecimal} of a string that is no
 * UTF-8, and {"@map": {...}} around a map whose one key begins with @.
 *
 * Ownership  what is made is the arena's, or borrows from what was given.
 * Errors     reading: GS_INPUT names what is none of these.
 */
#ifndef GS_GRAPH_DUMP_VALUE_H
#define GS_GRAPH_DUMP_VALUE_H

#include "graph/base/value.h"

GS_CHECKED gs_code gs_dump_value(gs_value *out, gs_value value, gs_arena *arena,
                                 gs_error *err);
GS_CHECKED gs_code gs_dump_value_read(gs_value *out, gs_value value, gs_arena *arena,
                                      gs_error *err);

/* Hexadecimal digits to bytes; false where they are none, or not as many. */
bool gs_unhex(unsigned char *out, size_t size, gs_text hex);

#endif
