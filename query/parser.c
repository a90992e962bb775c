#include "query/parser.h"
#include "graph/base/suggest.h"
#include "query/parser_impl.h"

#include <string.h>

const gs_token *gs_peek(const gs_parser *p, size_t ahead)
{
    return &p->tokens[p->at + ahead < p->count ? p->at + ahead : p->count - 1];
}

bool gs_mark_ahead(const gs_parser *p, size_t ahead, const char *mark)
{
    const gs_token *token = gs_peek(p, ahead);

    return token->kind == GS_T_MARK && gs_text_equal(token->text, gs_text_of(mark));
}

bool gs_word_ahead(const gs_parser *p, size_t ahead, const char *word)
{
    const gs_token *token = gs_peek(p, ahead);
    size_t size = strlen(word);

    if (token->kind != GS_T_NAME || token->quoted || token->text.size != size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = token->text.bytes[i];
        if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != word[i])
            return false;
    }
    return true;
}

bool gs_at_mark(const gs_parser *p, const char *mark)
{
    return gs_mark_ahead(p, 0, mark);
}

bool gs_at_word(const gs_parser *p, const char *word)
{
    return gs_word_ahead(p, 0, word);
}

bool gs_take_mark(gs_parser *p, const char *mark)
{
    if (!gs_at_mark(p, mark))
        return false;
    p->at++;
    return true;
}

bool gs_take_word(gs_parser *p, const char *word)
{
    if (!gs_at_word(p, word))
        return false;
    p->at++;
    return true;
}

/* A word that looks like a keyword mistyped gets that keyword offered. */
static const char *keyword_near(gs_parser *p, const gs_token *token)
{
    static const char *const words[] = {
        "MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH",     "UNWIND", "ORDER", "BY",
        "SKIP",  "LIMIT",    "UNION", "ALL",    "DISTINCT", "AND",    "OR",    "NOT",
        "IN",    "STARTS",   "ENDS",  "AS",     "CONTAINS", "IS",     "NULL",  "CASE",
        "WHEN",  "THEN",     "ELSE",  "END",    "ASC",      "DESC",   "EXISTS"};
    gs_suggestion near = {.asked = token->text};

    if (token->kind != GS_T_NAME || token->quoted || token->text.size < 3)
        return "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        gs_suggest(&near, gs_text_of(words[i]));
    return gs_did_you_mean(&near, p->arena);
}

gs_code gs_expected(gs_parser *p, const char *what)
{
    static const char *const writing[] = {"CREATE", "MERGE",  "SET",
                                          "DELETE", "DETACH", "REMOVE"};
    const gs_token *token = gs_peek(p, 0);
    gs_text found = gs_text_slice(p->text, token->place.start,
                                  token->place.start + token->place.size);

    for (size_t i = 0; i < sizeof writing / sizeof *writing; i++)
        if (gs_at_word(p, writing[i]))
            return gs_refuse(p->err, p->text, token->place, "SyntaxError",
                             "UnexpectedSyntax",
                             "%s would write: queries only read; feed the store with "
                             "`gainsay ingest`",
                             writing[i]);
    if (token->kind == GS_T_END)
        return gs_refuse(p->err, p->text, token->place, "SyntaxError", "UnexpectedSyntax",
                         "the query ends too early; expected %s", what);
    return gs_refuse(p->err, p->text, token->place, "SyntaxError", "UnexpectedSyntax",
                     "found `%.*s`; expected %s%s",
                     (int)(found.size < 40 ? found.size : 40), found.bytes, what,
                     keyword_near(p, token));
}

gs_code gs_want_mark(gs_parser *p, const char *mark)
{
    char what[8] = "`";

    if (gs_take_mark(p, mark))
        return GS_OK;
    strncat(what, mark, 4);
    strcat(what, "`");
    return gs_expected(p, what);
}

gs_code gs_want_word(gs_parser *p, const char *word)
{
    return gs_take_word(p, word) ? GS_OK : gs_expected(p, word);
}

gs_code gs_want_name(gs_parser *p, gs_text *out, const char *what)
{
    const gs_token *token = gs_peek(p, 0);

    if (token->kind != GS_T_NAME)
        return gs_expected(p, what);
    *out = token->text;
    p->at++;
    return GS_OK;
}

gs_place gs_place_from(const gs_parser *p, size_t first)
{
    uint32_t start = p->tokens[first].place.start;
    const gs_place *last;

    if (p->at <= first)
        return p->tokens[first].place;
    last = &p->tokens[p->at - 1].place;
    return (gs_place){start, last->start + last->size - start};
}

gs_code gs_append(gs_parser *p, void *items, size_t *count, size_t *room,
                  const void *item, size_t size)
{
    void **array = items;

    *array = gs_arena_grow(p->arena, *array, *count, room, size);
    if (*array == NULL)
        return gs_fail_memory(p->err);
    memcpy((char *)*array + *count * size, item, size);
    ++*count;
    return GS_OK;
}

gs_code gs_enter(gs_parser *p)
{
    if (++p->nesting > GS_BRACKETS_MAX)
        return gs_refuse(p->err, p->text, gs_peek(p, 0)->place, "SyntaxError",
                         "UnexpectedSyntax", "more than %d brackets within brackets",
                         GS_BRACKETS_MAX);
    return GS_OK;
}

void gs_leave(gs_parser *p)
{
    p->nesting--;
}

/* key = expr [ "ASC" | "ASCENDING" | "DESC" | "DESCENDING" ] */
static gs_code parse_key(gs_parser *p, gs_key *out)
{
    gs_code rc = gs_parse_expression(p, &out->expr);

    out->descending = false;
    if (gs_take_word(p, "DESC") || gs_take_word(p, "DESCENDING"))
        out->descending = true;
    else if (!gs_take_word(p, "ASC"))
        gs_take_word(p, "ASCENDING");
    return rc;
}

/* item = expr [ "AS" name ] */
static gs_code parse_item(gs_parser *p, gs_item *out)
{
    size_t first = p->at;
    gs_code rc;

    GS_TRY(gs_parse_expression(p, &out->expr));
    out->place = gs_place_from(p, first);
    out->name =
        gs_text_slice(p->text, out->place.start, out->place.start + out->place.size);
    if (out->expr->kind == GS_E_VARIABLE)
        out->name = out->expr->name;
    if (gs_take_word(p, "AS")) {
        out->place = gs_peek(p, 0)->place;
        out->named = true;
        GS_TRY(gs_want_name(p, &out->name, "a name behind AS"));
    }
    out->slot = GS_NO_SLOT;
out:
    return rc;
}

/* items = ( "*" | item ) { "," item } */
static gs_code parse_items(gs_parser *p, gs_projection *out)
{
    size_t room = 0;
    gs_code rc;

    if (gs_take_mark(p, "*")) {
        out->star = true;
        if (!gs_take_mark(p, ","))
            return GS_OK;
    }
    do {
        gs_item item = {0};
        GS_TRY(parse_item(p, &item));
        GS_TRY(gs_append(p, &out->items, &out->count, &room, &item, sizeof item));
    } while (gs_take_mark(p, ","));
out:
    return rc;
}

/* projection = [ "DISTINCT" ] items [ "ORDER" "BY" key { "," key } ]
 *              [ "SKIP" expr ] [ "LIMIT" expr ] */
static gs_code parse_projection(gs_parser *p, gs_projection *out)
{
    size_t room = 0;
    gs_code rc;

    out->distinct = gs_take_word(p, "DISTINCT");
    GS_TRY(parse_items(p, out));
    if (gs_take_word(p, "ORDER")) {
        GS_TRY(gs_want_word(p, "BY"));
        do {
            gs_key key;
            GS_TRY(parse_key(p, &key));
            GS_TRY(gs_append(p, &out->keys, &out->key_count, &room, &key, sizeof key));
        } while (gs_take_mark(p, ","));
    }
    if (gs_take_word(p, "SKIP") || gs_take_word(p, "OFFSET"))
        GS_TRY(gs_parse_expression(p, &out->skip));
    if (gs_take_word(p, "LIMIT"))
        GS_TRY(gs_parse_expression(p, &out->limit));
out:
    return rc;
}

/* pattern { "," pattern } [ "WHERE" expr ] */
static gs_code parse_matching(gs_parser *p, gs_clause *out)
{
    size_t room = 0;
    gs_code rc;

    do {
        gs_path_pattern path = {0};
        GS_TRY(gs_parse_path(p, &path));
        GS_TRY(gs_append(p, &out->paths, &out->path_count, &room, &path, sizeof path));
    } while (gs_take_mark(p, ","));
    if (gs_take_word(p, "WHERE"))
        GS_TRY(gs_parse_expression(p, &out->where));
out:
    return rc;
}

/* "UNWIND" expr "AS" name */
static gs_code parse_unwind(gs_parser *p, gs_clause *out)
{
    gs_code rc;

    GS_TRY(gs_parse_expression(p, &out->list));
    GS_TRY(gs_want_word(p, "AS"));
    out->place = gs_peek(p, 0)->place;
    GS_TRY(gs_want_name(p, &out->name, "a name behind AS"));
out:
    return rc;
}

/* reading = [ "OPTIONAL" ] "MATCH" ... | "UNWIND" ... | "WITH" projection [ "WHERE" expr
 * ] and "RETURN" projection */
static gs_code parse_clause(gs_parser *p, gs_clause *out)
{
    gs_code rc = GS_OK;

    out->place = gs_peek(p, 0)->place;
    if (gs_at_word(p, "OPTIONAL") || gs_at_word(p, "MATCH")) {
        out->kind = GS_C_MATCH;
        out->optional = gs_take_word(p, "OPTIONAL");
        GS_TRY(gs_want_word(p, "MATCH"));
        return parse_matching(p, out);
    }
    if (gs_take_word(p, "UNWIND")) {
        out->kind = GS_C_UNWIND;
        return parse_unwind(p, out);
    }
    if (gs_take_word(p, "WITH")) {
        out->kind = GS_C_WITH;
        GS_TRY(parse_projection(p, &out->projection));
        if (gs_take_word(p, "WHERE"))
            rc = gs_parse_expression(p, &out->where);
        return rc;
    }
    if (gs_take_word(p, "RETURN")) {
        out->kind = GS_C_RETURN;
        return parse_projection(p, &out->projection);
    }
    return gs_expected(p, "MATCH, UNWIND, WITH or RETURN");
out:
    return rc;
}

/* Whether a part of a query ends here, and the next begins or nothing does. */
static bool at_end(const gs_parser *p)
{
    return gs_peek(p, 0)->kind == GS_T_END || gs_at_mark(p, ";") || gs_at_mark(p, "}") ||
           gs_at_word(p, "UNION");
}

/* single = { reading } "RETURN" projection */
static gs_code parse_single(gs_parser *p, gs_single *out, bool may_lack_return)
{
    size_t room = 0;
    gs_code rc;

    out->place = gs_peek(p, 0)->place;
    do {
        gs_clause clause = {0};
        GS_TRY(parse_clause(p, &clause));
        GS_TRY(gs_append(p, &out->clauses, &out->count, &room, &clause, sizeof clause));
        if (clause.kind == GS_C_RETURN)
            return GS_OK;
    } while (!at_end(p));
    if (!may_lack_return)
        rc = gs_expected(p, "RETURN");
out:
    return rc;
}

gs_code gs_part_of_path(gs_parser *p, gs_single **out, const gs_path_pattern *path,
                        gs_expr *where)
{
    gs_single *part = gs_arena_take(p->arena, sizeof *part);
    gs_clause *clause = gs_arena_take(p->arena, sizeof *clause);
    gs_path_pattern *copy = gs_arena_take(p->arena, sizeof *copy);

    if (part == NULL || clause == NULL || copy == NULL)
        return gs_fail_memory(p->err);
    *copy = *path;
    *clause = (gs_clause){.kind = GS_C_MATCH,
                          .place = path->place,
                          .paths = copy,
                          .path_count = 1,
                          .where = where};
    *part = (gs_single){.clauses = clause, .count = 1, .place = path->place};
    *out = part;
    return GS_OK;
}

/* exists = "EXISTS" "{" ( { reading } [ "RETURN" projection ]
 *                       | pattern { "," pattern } [ "WHERE" expr ] ) "}" */
gs_code gs_parse_exists(gs_parser *p, gs_single *out)
{
    bool pattern = gs_at_mark(p, "(") || gs_mark_ahead(p, 1, "=") ||
                   gs_mark_ahead(p, 1, "(") || gs_at_word(p, "CHRONOLOGICAL");
    gs_clause *clause;
    gs_code rc;

    if (!pattern || gs_at_word(p, "MATCH") || gs_at_word(p, "RETURN") ||
        gs_at_word(p, "WITH") || gs_at_word(p, "UNWIND"))
        return parse_single(p, out, true);
    clause = gs_arena_take(p->arena, sizeof *clause);
    if (clause == NULL)
        return gs_fail_memory(p->err);
    clause->kind = GS_C_MATCH;
    clause->place = gs_peek(p, 0)->place;
    GS_TRY(parse_matching(p, clause));
    *out = (gs_single){.clauses = clause, .count = 1, .place = clause->place};
out:
    return rc;
}

/* { "AS" ( "OF" | "REPORTED" "BY" ) constant }, each once */
static gs_code parse_view(gs_parser *p, gs_tree *out)
{
    gs_expr **constant;
    gs_code rc = GS_OK;

    while (gs_at_word(p, "AS")) {
        p->at++;
        constant = gs_at_word(p, "OF") ? &out->as_of : &out->reported_by;
        if (!gs_take_word(p, "OF") && !gs_take_word(p, "REPORTED"))
            return gs_expected(p, "OF or REPORTED BY");
        if (constant == &out->reported_by)
            GS_TRY(gs_want_word(p, "BY"));
        if (*constant != NULL)
            return gs_refuse(p->err, p->text, p->tokens[p->at - 1].place, "SyntaxError",
                             "InvalidClauseComposition",
                             "this is said twice; leave out one");
        GS_TRY(gs_parse_expression(p, constant));
    }
out:
    return rc;
}

/* prefix = [ "EXPLAIN" | "PROFILE" ] { "AS" ( "OF" | "REPORTED" "BY" ) constant } */
static gs_code parse_prefix(gs_parser *p, gs_tree *out)
{
    if (gs_take_word(p, "EXPLAIN"))
        out->mode = GS_EXPLAIN;
    else if (gs_take_word(p, "PROFILE"))
        out->mode = GS_PROFILE;
    return parse_view(p, out);
}

/* query = prefix single { "UNION" [ "ALL" ] single } [ ";" ] */
static gs_code parse_query(gs_parser *p, gs_tree *out)
{
    size_t room = 0;
    bool all = false;
    gs_code rc;

    GS_TRY(parse_prefix(p, out));
    do {
        gs_single single = {0};
        if (out->count > 0)
            all = gs_take_word(p, "ALL");
        GS_TRY(parse_single(p, &single, false));
        single.all = all;
        GS_TRY(gs_append(p, &out->singles, &out->count, &room, &single, sizeof single));
    } while (gs_take_word(p, "UNION"));
    gs_take_mark(p, ";");
    if (gs_peek(p, 0)->kind != GS_T_END)
        rc = gs_expected(p, "the query's end");
out:
    return rc;
}

gs_code gs_parse(gs_tree *out, gs_text text, gs_arena *arena, gs_error *err)
{
    gs_parser p = {.text = text, .arena = arena, .err = err};
    gs_token *tokens;
    gs_tree tree = {0};
    gs_code rc;
    size_t bad;

    if (!gs_utf8_valid(text, &bad))
        return gs_refuse(err, text, (gs_place){(uint32_t)bad, 1}, "SyntaxError",
                         "InvalidUnicodeCharacter",
                         "this byte is no UTF-8; save the query as UTF-8");
    GS_TRY(gs_lex(&tokens, &p.count, text, arena, err));
    p.tokens = tokens;
    p.no_pattern = gs_arena_take(arena, p.count / 8 + 1);
    if (p.no_pattern == NULL)
        return gs_fail_memory(err);
    GS_TRY(parse_query(&p, &tree));
    *out = tree;
out:
    return rc;
}
