/* Tokens to a syntax tree: the grammar of openCypher 9 as far as it reads, by recursive
 * descent. Each function stands under the production that it reads.
 *
 * Ownership  the tree is the arena's; texts in it are slices of `text` or the arena's.
 * Errors     GS_QUERY with the place, SyntaxError, and what was found and expected.
 */
#ifndef GS_QUERY_PARSER_H
#define GS_QUERY_PARSER_H

#include "query/refuse.h"
#include "query/tree.h"

GS_CHECKED gs_code gs_parse(gs_tree *out, gs_text text, gs_arena *arena, gs_error *err);

#endif
