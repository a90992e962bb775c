/* What the halves of gainsay.h that this folder implements share: api.c (asking) and
 * api_value.c (values). */
#ifndef GS_QUERY_API_H
#define GS_QUERY_API_H

#include "graph/base/error.h"
#include "include/gainsay/gainsay.h"

#include <stddef.h>

/* The public names are ours under another name: same numbers, same layout. */
#define GS_SAME_CODE(name)                                                               \
    _Static_assert((int)GAINSAY_##name == (int)GS_##name, "codes differ: " #name)
GS_SAME_CODE(OK);
GS_SAME_CODE(END);
GS_SAME_CODE(FAILED);
GS_SAME_CODE(USAGE);
GS_SAME_CODE(QUERY);
GS_SAME_CODE(RUNTIME);
GS_SAME_CODE(INPUT);
GS_SAME_CODE(CONFLICT);
GS_SAME_CODE(FORMAT);
GS_SAME_CODE(LIMIT);
GS_SAME_CODE(DAMAGED);
GS_SAME_CODE(NO_STORE);
GS_SAME_CODE(LOCKED);
GS_SAME_CODE(STORAGE);
GS_SAME_CODE(MEMORY);
GS_SAME_CODE(INTERRUPTED);

#define GS_SAME_FIELD(field)                                                             \
    _Static_assert(offsetof(gainsay_error, field) == offsetof(gs_error, field),          \
                   "layouts differ: " #field)
GS_SAME_FIELD(code);
GS_SAME_FIELD(line);
GS_SAME_FIELD(column);
GS_SAME_FIELD(length);
GS_SAME_FIELD(type);
GS_SAME_FIELD(phase);
GS_SAME_FIELD(detail);
GS_SAME_FIELD(text);
_Static_assert(sizeof(gainsay_error) == sizeof(gs_error), "layouts differ");

#endif
