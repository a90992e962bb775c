/* What the parser's files share: parser.c (clauses), parse_pattern.c, parse_expression.c.
 */
#ifndef GS_QUERY_PARSER_IMPL_H
#define GS_QUERY_PARSER_IMPL_H

#include "query/lexer.h"
#include "query/parser.h"

enum {
    GS_BRACKETS_MAX = 128, /* brackets within brackets */
    GS_TREE_MAX = 1000,    /* of an expression's tree: 1 + 1 + 1 + ... */
};

typedef struct gs_parser {
    gs_text text;
    const gs_token *tokens;
    size_t count, at;
    gs_arena *arena;
    unsigned char *no_pattern; /* a bit a token: trying a pattern there has failed */
    uint32_t nesting;
    gs_error *err;
} gs_parser;

/* The token to be read, and those behind it. */
const gs_token *gs_peek(const gs_parser *p, size_t ahead);
bool gs_at_mark(const gs_parser *p, const char *mark);
bool gs_at_word(const gs_parser *p, const char *word);
bool gs_mark_ahead(const gs_parser *p, size_t ahead, const char *mark);
bool gs_word_ahead(const gs_parser *p, size_t ahead, const char *word);
/* Reads it if it is there. */
bool gs_take_mark(gs_parser *p, const char *mark);
bool gs_take_word(gs_parser *p, const char *word);
/* Refuses if it is not there. */
GS_CHECKED gs_code gs_want_mark(gs_parser *p, const char *mark);
GS_CHECKED gs_code gs_want_word(gs_parser *p, const char *word);
GS_CHECKED gs_code gs_want_name(gs_parser *p, gs_text *out, const char *what);
/* "found X; expected Y" at the token to be read. */
GS_CHECKED gs_code gs_expected(gs_parser *p, const char *what);
/* From where a token starts to the end of the last one read. */
gs_place gs_place_from(const gs_parser *p, size_t first);

/* Appends to an array in the arena; `items` is of any type. */
GS_CHECKED gs_code gs_append(gs_parser *p, void *items, size_t *count, size_t *room,
                             const void *item, size_t size);

/* Refuses brackets that nest too deep; each enter is followed by a leave. */
GS_CHECKED gs_code gs_enter(gs_parser *p);
void gs_leave(gs_parser *p);

GS_CHECKED gs_code gs_parse_expression(gs_parser *p, gs_expr **out);
GS_CHECKED gs_code gs_parse_map(gs_parser *p, gs_expr **out);
GS_CHECKED gs_code gs_parse_parameter(gs_parser *p, gs_expr **out);
/* [ name "=" ] path */
GS_CHECKED gs_code gs_parse_path(gs_parser *p, gs_path_pattern *out);
/* A path with one edge or more where an expression stands: *found is false, and nothing
 * is read, where there is none. */
GS_CHECKED gs_code gs_try_path(gs_parser *p, gs_path_pattern *out, bool *found);
/* The clauses of EXISTS { } up to its closing brace. */
GS_CHECKED gs_code gs_parse_exists(gs_parser *p, gs_single *out);
/* A single MATCH of one path as clauses. */
GS_CHECKED gs_code gs_part_of_path(gs_parser *p, gs_single **out,
                                   const gs_path_pattern *path, gs_expr *where);

#endif
