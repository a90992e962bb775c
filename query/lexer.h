/* Text to tokens.
 *
 * Words are not told from keywords here: openCypher's keywords may be names where no
 * keyword can stand, and only the parser knows where it is.
 *
 * Ownership  tokens are the arena's; their texts are slices of the query's text, but for
 *            strings and quoted names with escapes, which are the arena's.
 * Errors     GS_QUERY with the place and openCypher's detail.
 */
#ifndef GS_QUERY_LEXER_H
#define GS_QUERY_LEXER_H

#include "query/refuse.h"
#include "query/tree.h"

typedef enum gs_token_kind {
    GS_T_END,
    GS_T_NAME,   /* a word; with `quoted` one in backticks, which is no keyword */
    GS_T_STRING, /* text is its content */
    GS_T_INTEGER,
    GS_T_FLOAT,
    GS_T_MARK, /* punctuation: text is the mark */
} gs_token_kind;

typedef struct gs_token {
    gs_token_kind kind;
    gs_place place;
    gs_text text;
    bool quoted;
    uint64_t integer; /* up to 2^63, for there may be a minus before it */
    double real;
} gs_token;

/* The last one is GS_T_END. */
GS_CHECKED gs_code gs_lex(gs_token **out, size_t *count, gs_text text, gs_arena *arena,
                          gs_error *err);

#endif
