/* JSON whose bytes stay where they are: a line that its record borrows from.
 *
 * As gs_json_parse (value.h), but the value borrows from `text`, which lives as long.
 */
#ifndef GS_BASE_JSON_H
#define GS_BASE_JSON_H

#include "graph/base/value.h"

GS_CHECKED gs_code gs_json_borrow(gs_value *out, gs_arena *arena, gs_text text,
                                  gs_error *err);

#endif
