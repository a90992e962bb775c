#include "query/parser_impl.h"

#include <strings.h>

/* An operator written with a mark, of two operands. */
typedef struct operation {
    const char *mark;
    gs_expr_kind kind;
} operation;

typedef gs_code parse_function(gs_parser *p, gs_expr **out);

static gs_code make(gs_parser *p, gs_expr **out, gs_expr_kind kind, size_t first)
{
    gs_expr *expr = gs_arena_take(p->arena, sizeof *expr);

    if (expr == NULL)
        return gs_fail_memory(p->err);
    expr->kind = kind;
    expr->place = gs_place_from(p, first);
    expr->slot = expr->other_slot = GS_NO_SLOT;
    *out = expr;
    return GS_OK;
}

/* Adds an operand, which may be NULL where the kind allows it. */
static gs_code add(gs_parser *p, gs_expr *expr, size_t *room, gs_expr *arg)
{
    if (arg != NULL && arg->depth >= expr->depth)
        expr->depth = arg->depth + 1;
    if (expr->depth > GS_TREE_MAX)
        return gs_refuse(p->err, p->text, expr->place, "SyntaxError", "UnexpectedSyntax",
                         "this expression is more than %d levels deep", GS_TREE_MAX);
    return gs_append(p, &expr->args, &expr->count, room, &arg, sizeof arg);
}

static gs_code make_pair(gs_parser *p, gs_expr **out, gs_expr_kind kind, size_t first,
                         gs_expr *a, gs_expr *b)
{
    gs_expr *expr = NULL;
    size_t room = 0;
    gs_code rc;

    GS_TRY(make(p, &expr, kind, first));
    GS_TRY(add(p, expr, &room, a));
    if (b != NULL)
        GS_TRY(add(p, expr, &room, b));
    *out = expr;
out:
    return rc;
}

/* operand { mark operand }, from left to right */
static gs_code parse_left(gs_parser *p, gs_expr **out, parse_function *operand,
                          const operation *operations)
{
    size_t first = p->at;
    gs_expr *right;
    gs_code rc;

    GS_TRY(operand(p, out));
    for (;;) {
        const operation *o = operations;
        while (o->mark != NULL && !gs_at_mark(p, o->mark))
            o++;
        if (o->mark == NULL)
            return GS_OK;
        p->at++;
        GS_TRY(operand(p, &right));
        GS_TRY(make_pair(p, out, o->kind, first, *out, right));
    }
out:
    return rc;
}

/* operand { word operand }, as one expression of many operands */
static gs_code parse_many(gs_parser *p, gs_expr **out, parse_function *operand,
                          const char *word, gs_expr_kind kind)
{
    size_t first = p->at, room = 0;
    gs_expr *all = NULL, *next = NULL;
    gs_code rc;

    GS_TRY(operand(p, &next));
    *out = next;
    if (!gs_at_word(p, word))
        return GS_OK;
    GS_TRY(make(p, &all, kind, first));
    GS_TRY(add(p, all, &room, next));
    while (gs_take_word(p, word)) {
        GS_TRY(operand(p, &next));
        GS_TRY(add(p, all, &room, next));
    }
    all->place = gs_place_from(p, first);
    *out = all;
out:
    return rc;
}

/* parameter = "$" ( name | integer ) */
gs_code gs_parse_parameter(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    const gs_token *name;
    gs_code rc;

    GS_TRY(gs_want_mark(p, "$"));
    name = gs_peek(p, 0);
    if (name->kind != GS_T_NAME && name->kind != GS_T_INTEGER)
        return gs_expected(p, "a parameter's name");
    p->at++;
    GS_TRY(make(p, out, GS_E_PARAMETER, first));
    (*out)->name = name->text;
out:
    return rc;
}

/* map = "{" [ name ":" expr { "," name ":" expr } ] "}" */
gs_code gs_parse_map(gs_parser *p, gs_expr **out)
{
    size_t first = p->at, room = 0, name_room = 0;
    gs_expr *value;
    gs_text key;
    gs_code rc;

    GS_TRY(gs_want_mark(p, "{"));
    GS_TRY(gs_enter(p));
    GS_TRY(make(p, out, GS_E_MAP, first));
    if (!gs_at_mark(p, "}")) {
        do {
            GS_TRY(gs_want_name(p, &key, "a property's name or `}`"));
            GS_TRY(gs_want_mark(p, ":"));
            GS_TRY(gs_parse_expression(p, &value));
            GS_TRY(gs_append(p, &(*out)->names, &(*out)->name_count, &name_room, &key,
                             sizeof key));
            GS_TRY(add(p, *out, &room, value));
        } while (gs_take_mark(p, ","));
    }
    if (!gs_take_mark(p, "}"))
        return gs_expected(p, "`,` or `}`");
    (*out)->place = gs_place_from(p, first);
    gs_leave(p);
out:
    return rc;
}

/* filter = [ "WHERE" expr ] */
static gs_code parse_filter(gs_parser *p, gs_expr **out)
{
    *out = NULL;
    return gs_take_word(p, "WHERE") ? gs_parse_expression(p, out) : GS_OK;
}

/* name "IN" expr [ "WHERE" expr ], behind the bracket of a comprehension or quantifier */
static gs_code parse_variable_in(gs_parser *p, gs_expr *out, size_t *room)
{
    gs_expr *list, *filter;
    gs_code rc;

    GS_TRY(gs_want_name(p, &out->name, "a name"));
    GS_TRY(gs_want_word(p, "IN"));
    GS_TRY(gs_parse_expression(p, &list));
    GS_TRY(add(p, out, room, list));
    GS_TRY(parse_filter(p, &filter));
    GS_TRY(add(p, out, room, filter));
out:
    return rc;
}

/* comprehension = name "IN" expr [ "WHERE" expr ] [ "|" expr ] "]" */
static gs_code parse_comprehension(gs_parser *p, gs_expr **out, size_t first)
{
    gs_expr *result = NULL;
    size_t room = 0;
    gs_code rc;

    GS_TRY(make(p, out, GS_E_COMPREHENSION, first));
    GS_TRY(parse_variable_in(p, *out, &room));
    if (gs_take_mark(p, "|"))
        GS_TRY(gs_parse_expression(p, &result));
    GS_TRY(add(p, *out, &room, result));
    if (!gs_take_mark(p, "]"))
        rc = gs_expected(p, "WHERE, `|` or `]`");
out:
    return rc;
}

/* pattern list = [ name "=" ] path [ "WHERE" expr ] "|" expr "]"; *found is false, and
 * nothing is read, where there is none */
static gs_code try_pattern_list(gs_parser *p, gs_expr **out, size_t first, bool *found)
{
    size_t start = p->at, room = 0;
    gs_path_pattern path = {0};
    gs_expr *filter, *result;
    gs_code rc;

    GS_TRY(gs_try_path(p, &path, found));
    if (*found && !gs_at_word(p, "WHERE") && !gs_at_mark(p, "|")) {
        *found = false; /* a list whose first item is a pattern predicate */
        p->at = start;
    }
    if (!*found)
        return GS_OK;
    GS_TRY(make(p, out, GS_E_PATTERN_LIST, first));
    GS_TRY(parse_filter(p, &filter));
    GS_TRY(gs_want_mark(p, "|"));
    GS_TRY(gs_parse_expression(p, &result));
    GS_TRY(gs_want_mark(p, "]"));
    GS_TRY(add(p, *out, &room, result));
    GS_TRY(gs_part_of_path(p, &(*out)->part, &path, filter));
out:
    return rc;
}

/* items = expr { "," expr }, up to a closing mark that is read too */
static gs_code parse_arguments(gs_parser *p, gs_expr *out, const char *close)
{
    size_t room = 0;
    gs_expr *item;
    gs_code rc = GS_OK;

    if (gs_take_mark(p, close))
        return GS_OK;
    do {
        GS_TRY(gs_parse_expression(p, &item));
        GS_TRY(add(p, out, &room, item));
    } while (gs_take_mark(p, ","));
    if (!gs_take_mark(p, close))
        rc = gs_expected(p, *close == ')' ? "`,` or `)`" : "`,` or `]`");
out:
    return rc;
}

/* list = "[" ( comprehension | pattern list | [ expr { "," expr } ] "]" ) */
static gs_code parse_list(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    bool found = false;
    gs_code rc;

    GS_TRY(gs_want_mark(p, "["));
    GS_TRY(gs_enter(p));
    if (gs_peek(p, 0)->kind == GS_T_NAME && gs_word_ahead(p, 1, "IN")) {
        GS_TRY(parse_comprehension(p, out, first));
    } else {
        if (gs_at_mark(p, "(") || gs_mark_ahead(p, 1, "="))
            GS_TRY(try_pattern_list(p, out, first, &found));
        if (!found) {
            GS_TRY(make(p, out, GS_E_LIST, first));
            GS_TRY(parse_arguments(p, *out, "]"));
        }
    }
    (*out)->place = gs_place_from(p, first);
    gs_leave(p);
out:
    return rc;
}

/* case = "CASE" [ expr ] { "WHEN" expr "THEN" expr } [ "ELSE" expr ] "END" */
static gs_code parse_case(gs_parser *p, gs_expr **out)
{
    size_t first = p->at, room = 0;
    gs_expr *part = NULL;
    gs_code rc;

    GS_TRY(gs_want_word(p, "CASE"));
    GS_TRY(gs_enter(p));
    GS_TRY(make(p, out, GS_E_CASE, first));
    if (!gs_at_word(p, "WHEN"))
        GS_TRY(gs_parse_expression(p, &part));
    GS_TRY(add(p, *out, &room, part));
    if (!gs_at_word(p, "WHEN"))
        return gs_expected(p, "WHEN");
    while (gs_take_word(p, "WHEN")) {
        GS_TRY(gs_parse_expression(p, &part));
        GS_TRY(add(p, *out, &room, part));
        GS_TRY(gs_want_word(p, "THEN"));
        GS_TRY(gs_parse_expression(p, &part));
        GS_TRY(add(p, *out, &room, part));
    }
    part = NULL;
    if (gs_take_word(p, "ELSE"))
        GS_TRY(gs_parse_expression(p, &part));
    GS_TRY(add(p, *out, &room, part));
    GS_TRY(gs_want_word(p, "END"));
    (*out)->place = gs_place_from(p, first);
    gs_leave(p);
out:
    return rc;
}

/* quantifier = ( "all" | "any" | "none" | "single" ) "(" name "IN" expr "WHERE" expr ")"
 */
static gs_code parse_quantifier(gs_parser *p, gs_expr **out, gs_expr_kind kind)
{
    size_t first = p->at, room = 0;
    gs_code rc;

    p->at += 2;
    GS_TRY(make(p, out, kind, first));
    GS_TRY(parse_variable_in(p, *out, &room));
    if (!gs_take_mark(p, ")"))
        rc = gs_expected(p, "WHERE or `)`");
    (*out)->place = gs_place_from(p, first);
out:
    return rc;
}

/* reduce = "reduce" "(" name "=" expr "," name "IN" expr "|" expr ")" */
static gs_code parse_reduce(gs_parser *p, gs_expr **out)
{
    size_t first = p->at, room = 0;
    gs_expr *part;
    gs_code rc;

    p->at += 2;
    GS_TRY(make(p, out, GS_E_REDUCE, first));
    GS_TRY(gs_want_name(p, &(*out)->name, "a name"));
    GS_TRY(gs_want_mark(p, "="));
    GS_TRY(gs_parse_expression(p, &part));
    GS_TRY(add(p, *out, &room, part));
    GS_TRY(gs_want_mark(p, ","));
    GS_TRY(gs_want_name(p, &(*out)->other, "a name"));
    GS_TRY(gs_want_word(p, "IN"));
    GS_TRY(gs_parse_expression(p, &part));
    GS_TRY(add(p, *out, &room, part));
    GS_TRY(gs_want_mark(p, "|"));
    GS_TRY(gs_parse_expression(p, &part));
    GS_TRY(add(p, *out, &room, part));
    GS_TRY(gs_want_mark(p, ")"));
    (*out)->place = gs_place_from(p, first);
out:
    return rc;
}

/* "EXISTS" "{" ... "}" */
static gs_code parse_exists(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    gs_code rc;

    p->at += 2;
    GS_TRY(make(p, out, GS_E_EXISTS, first));
    (*out)->part = gs_arena_take(p->arena, sizeof *(*out)->part);
    if ((*out)->part == NULL)
        return gs_fail_memory(p->err);
    GS_TRY(gs_parse_exists(p, (*out)->part));
    GS_TRY(gs_want_mark(p, "}"));
    (*out)->place = gs_place_from(p, first);
out:
    return rc;
}

/* How many tokens name { "." name } has where a "(" follows it, else 0. */
static size_t call_ahead(const gs_parser *p)
{
    size_t i = 1;

    while (gs_mark_ahead(p, i, ".") && gs_peek(p, i + 1)->kind == GS_T_NAME)
        i += 2;
    return gs_mark_ahead(p, i, "(") ? i : 0;
}

/* exists(pattern), the older spelling of EXISTS { pattern } */
static bool is_exists_of_pattern(const gs_expr *call)
{
    return call->kind == GS_E_CALL && call->count == 1 &&
           call->args[0]->kind == GS_E_PATTERN && call->name.size == 6 &&
           strncasecmp(call->name.bytes, "exists", 6) == 0;
}

/* call = name { "." name } "(" ( "*" | [ "DISTINCT" ] [ expr { "," expr } ] ) ")" */
static gs_code parse_call(gs_parser *p, gs_expr **out, size_t size)
{
    size_t first = p->at;
    gs_place name;
    gs_code rc;

    p->at += size;
    name = gs_place_from(p, first);
    p->at++;
    GS_TRY(make(p, out, GS_E_CALL, first));
    (*out)->name = gs_text_slice(p->text, name.start, name.start + name.size);
    if (size == 1)
        (*out)->name = p->tokens[first].text;
    if (gs_at_mark(p, "*") && (*out)->name.size == 5 &&
        strncasecmp((*out)->name.bytes, "count", 5) == 0) {
        p->at++;
        (*out)->kind = GS_E_COUNT_ROWS;
        GS_TRY(gs_want_mark(p, ")"));
    } else {
        (*out)->distinct = gs_take_word(p, "DISTINCT");
        GS_TRY(parse_arguments(p, *out, ")"));
    }
    if (is_exists_of_pattern(*out)) {
        *out = (*out)->args[0];
        (*out)->kind = GS_E_EXISTS;
    }
    (*out)->place = gs_place_from(p, first);
out:
    return rc;
}

static gs_code make_literal(gs_parser *p, gs_expr **out, gs_value value)
{
    gs_code rc;

    p->at++;
    GS_TRY(make(p, out, GS_E_LITERAL, p->at - 1));
    (*out)->value = value;
out:
    return rc;
}

/* What begins with a name: a word that is a value, CASE, a call, or a variable. */
static gs_code parse_named(gs_parser *p, gs_expr **out)
{
    static const struct {
        const char *word;
        gs_expr_kind kind;
    } quantifiers[] = {{"ALL", GS_E_ALL},
                       {"ANY", GS_E_ANY},
                       {"NONE", GS_E_NONE},
                       {"SINGLE", GS_E_SINGLE}};
    size_t call = call_ahead(p);
    gs_code rc;

    if (call == 0 && gs_at_word(p, "NULL"))
        return make_literal(p, out, gs_null);
    if (call == 0 && (gs_at_word(p, "TRUE") || gs_at_word(p, "FALSE")))
        return make_literal(p, out, gs_boolean(gs_at_word(p, "TRUE")));
    if (gs_at_word(p, "CASE"))
        return parse_case(p, out);
    if (gs_at_word(p, "EXISTS") && gs_mark_ahead(p, 1, "{"))
        return parse_exists(p, out);
    if (call == 1 && gs_at_word(p, "REDUCE"))
        return parse_reduce(p, out);
    for (size_t i = 0; call == 1 && i < sizeof quantifiers / sizeof *quantifiers; i++)
        if (gs_at_word(p, quantifiers[i].word))
            return parse_quantifier(p, out, quantifiers[i].kind);
    if (call > 0)
        return parse_call(p, out, call);
    p->at++;
    GS_TRY(make(p, out, GS_E_VARIABLE, p->at - 1));
    (*out)->name = p->tokens[p->at - 1].text;
out:
    return rc;
}

/* "(" expr ")", or a pattern as a predicate */
static gs_code parse_bracket(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    gs_path_pattern path = {0};
    bool found;
    gs_code rc;

    GS_TRY(gs_enter(p));
    GS_TRY(gs_try_path(p, &path, &found));
    if (found) {
        GS_TRY(make(p, out, GS_E_PATTERN, first));
        GS_TRY(gs_part_of_path(p, &(*out)->part, &path, NULL));
    } else {
        GS_TRY(gs_want_mark(p, "("));
        GS_TRY(gs_parse_expression(p, out));
        if (!gs_take_mark(p, ")"))
            return gs_expected(p, "an operator or `)`");
    }
    gs_leave(p);
out:
    return rc;
}

static gs_code parse_number(gs_parser *p, gs_expr **out)
{
    const gs_token *token = gs_peek(p, 0);

    if (token->integer > INT64_MAX)
        return gs_refuse(p->err, p->text, token->place, "SyntaxError", "IntegerOverflow",
                         "this number is past 64 bits");
    return make_literal(p, out, gs_integer((int64_t)token->integer));
}

/* atom = number | string | list | map | parameter | "(" expr ")" | what has a name */
static gs_code parse_atom(gs_parser *p, gs_expr **out)
{
    const gs_token *token = gs_peek(p, 0);

    switch (token->kind) {
    case GS_T_NAME:
        return parse_named(p, out);
    case GS_T_STRING:
        return make_literal(p, out, gs_string(token->text));
    case GS_T_FLOAT:
        return make_literal(p, out, gs_real(token->real));
    case GS_T_INTEGER:
        return parse_number(p, out);
    default:
        break;
    }
    if (gs_at_mark(p, "("))
        return parse_bracket(p, out);
    if (gs_at_mark(p, "["))
        return parse_list(p, out);
    if (gs_at_mark(p, "{"))
        return gs_parse_map(p, out);
    if (gs_at_mark(p, "$"))
        return gs_parse_parameter(p, out);
    return gs_expected(p, "an expression");
}

/* "[" expr "]" | "[" [ expr ] ".." [ expr ] "]" */
static gs_code parse_subscript(gs_parser *p, gs_expr **out, size_t first)
{
    gs_expr *expr = NULL, *from = NULL, *to = NULL;
    size_t room = 0;
    bool slice;
    gs_code rc;

    p->at++;
    if (!gs_at_mark(p, ".."))
        GS_TRY(gs_parse_expression(p, &from));
    slice = gs_take_mark(p, "..");
    if (slice && !gs_at_mark(p, "]"))
        GS_TRY(gs_parse_expression(p, &to));
    if (!gs_take_mark(p, "]"))
        return gs_expected(p, "`]`");
    GS_TRY(make(p, &expr, slice ? GS_E_SLICE : GS_E_INDEX, first));
    GS_TRY(add(p, expr, &room, *out));
    GS_TRY(add(p, expr, &room, from));
    if (slice)
        GS_TRY(add(p, expr, &room, to));
    *out = expr;
out:
    return rc;
}

/* "." name */
static gs_code parse_member(gs_parser *p, gs_expr **out, size_t first)
{
    gs_text name;
    gs_code rc;

    p->at++;
    GS_TRY(gs_want_name(p, &name, "a property's name"));
    GS_TRY(make_pair(p, out, GS_E_PROPERTY, first, *out, NULL));
    (*out)->name = name;
out:
    return rc;
}

/* { ":" name } */
static gs_code parse_label_test(gs_parser *p, gs_expr **out, size_t first)
{
    size_t room = 0;
    gs_text name;
    gs_code rc;

    GS_TRY(make_pair(p, out, GS_E_LABELS, first, *out, NULL));
    while (gs_take_mark(p, ":")) {
        GS_TRY(gs_want_name(p, &name, "a label"));
        GS_TRY(
            gs_append(p, &(*out)->names, &(*out)->name_count, &room, &name, sizeof name));
    }
    (*out)->place = gs_place_from(p, first);
out:
    return rc;
}

/* postfix = atom { "." name | "[" ... "]" | ":" name { ":" name } } */
static gs_code parse_postfix(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    gs_code rc;

    GS_TRY(parse_atom(p, out));
    for (;;) {
        if (gs_at_mark(p, "."))
            GS_TRY(parse_member(p, out, first));
        else if (gs_at_mark(p, "["))
            GS_TRY(parse_subscript(p, out, first));
        else if (gs_at_mark(p, ":") && gs_peek(p, 1)->kind == GS_T_NAME)
            GS_TRY(parse_label_test(p, out, first));
        else
            return GS_OK;
    }
out:
    return rc;
}

/* unary = { "+" | "-" } postfix */
static gs_code parse_unary(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    const gs_token *number = gs_peek(p, 1);
    bool minus = gs_at_mark(p, "-");
    gs_code rc;

    if (!minus && !gs_at_mark(p, "+"))
        return parse_postfix(p, out);
    if (minus && number->kind == GS_T_INTEGER && number->integer == (uint64_t)1 << 63) {
        p->at++; /* the one integer that has no positive counterpart */
        return make_literal(p, out, gs_integer(INT64_MIN));
    }
    p->at++;
    GS_TRY(gs_enter(p));
    GS_TRY(parse_unary(p, out));
    gs_leave(p);
    GS_TRY(make_pair(p, out, minus ? GS_E_NEGATE : GS_E_PLUS, first, *out, NULL));
out:
    return rc;
}

/* power = unary { "^" unary } */
static gs_code parse_power(gs_parser *p, gs_expr **out)
{
    static const operation operations[] = {{"^", GS_E_POWER}, {0}};

    return parse_left(p, out, parse_unary, operations);
}

/* product = power { ( "*" | "/" | "%" ) power } */
static gs_code parse_product(gs_parser *p, gs_expr **out)
{
    static const operation operations[] = {
        {"*", GS_E_MULTIPLY}, {"/", GS_E_DIVIDE}, {"%", GS_E_MODULO}, {0}};

    return parse_left(p, out, parse_power, operations);
}

/* sum = product { ( "+" | "-" ) product } */
static gs_code parse_sum(gs_parser *p, gs_expr **out)
{
    static const operation operations[] = {{"+", GS_E_ADD}, {"-", GS_E_SUBTRACT}, {0}};

    return parse_left(p, out, parse_product, operations);
}

/* Reads the words of one of the predicates below; GS_E_LITERAL where there is none. */
static gs_code take_predicate(gs_parser *p, gs_expr_kind *out)
{
    gs_code rc = GS_OK;

    *out = GS_E_LITERAL;
    if (gs_take_word(p, "IN")) {
        *out = GS_E_IN;
    } else if (gs_take_word(p, "CONTAINS")) {
        *out = GS_E_CONTAINS;
    } else if (gs_take_mark(p, "=~")) {
        *out = GS_E_MATCHES;
    } else if (gs_at_word(p, "STARTS") || gs_at_word(p, "ENDS")) {
        *out = gs_at_word(p, "STARTS") ? GS_E_STARTS : GS_E_ENDS;
        p->at++;
        GS_TRY(gs_want_word(p, "WITH"));
    } else if (gs_take_word(p, "IS")) {
        *out = gs_take_word(p, "NOT") ? GS_E_IS_NOT_NULL : GS_E_IS_NULL;
        GS_TRY(gs_want_word(p, "NULL"));
    }
out:
    return rc;
}

/* predicate = sum { "IN" sum | "STARTS" "WITH" sum | "ENDS" "WITH" sum | "CONTAINS" sum
 *                 | "=~" sum | "IS" [ "NOT" ] "NULL" } */
static gs_code parse_predicate(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    gs_expr *right;
    gs_expr_kind kind;
    gs_code rc;

    GS_TRY(parse_sum(p, out));
    for (;;) {
        GS_TRY(take_predicate(p, &kind));
        if (kind == GS_E_LITERAL)
            return GS_OK;
        right = NULL;
        if (kind != GS_E_IS_NULL && kind != GS_E_IS_NOT_NULL)
            GS_TRY(parse_sum(p, &right));
        GS_TRY(make_pair(p, out, kind, first, *out, right));
    }
out:
    return rc;
}

static const operation comparisons[] = {{"=", GS_E_EQUAL},
                                        {"<>", GS_E_DIFFERENT},
                                        {"<=", GS_E_LESS_EQUAL},
                                        {">=", GS_E_GREATER_EQUAL},
                                        {"<", GS_E_LESS},
                                        {">", GS_E_GREATER},
                                        {0}};

static const operation *comparison_here(const gs_parser *p)
{
    const operation *o = comparisons;

    while (o->mark != NULL && !gs_at_mark(p, o->mark))
        o++;
    return o->mark == NULL ? NULL : o;
}

/* comparison = predicate { ( "=" | "<>" | "<" | "<=" | ">" | ">=" ) predicate }, where
 * a < b < c is a < b AND b < c */
static gs_code parse_comparison(gs_parser *p, gs_expr **out)
{
    size_t first = p->at, room = 0;
    gs_expr *left = NULL, *right = NULL, *pair = NULL, *all = NULL;
    const operation *o;
    gs_code rc;

    GS_TRY(parse_predicate(p, &left));
    *out = left;
    if (comparison_here(p) == NULL) {
        if (gs_at_mark(p, "!="))
            return gs_expected(p, "`<>`, which is how a query writes \"different\"");
        return GS_OK;
    }
    GS_TRY(make(p, &all, GS_E_AND, first));
    while ((o = comparison_here(p)) != NULL) {
        p->at++;
        GS_TRY(parse_predicate(p, &right));
        GS_TRY(make_pair(p, &pair, o->kind, first, left, right));
        GS_TRY(add(p, all, &room, pair));
        left = right;
    }
    all->place = gs_place_from(p, first);
    *out = all->count == 1 ? all->args[0] : all;
out:
    return rc;
}

/* not = { "NOT" } comparison */
static gs_code parse_not(gs_parser *p, gs_expr **out)
{
    size_t first = p->at;
    gs_code rc;

    if (!gs_take_word(p, "NOT"))
        return parse_comparison(p, out);
    GS_TRY(gs_enter(p));
    GS_TRY(parse_not(p, out));
    gs_leave(p);
    GS_TRY(make_pair(p, out, GS_E_NOT, first, *out, NULL));
out:
    return rc;
}

/* and = not { "AND" not } */
static gs_code parse_and(gs_parser *p, gs_expr **out)
{
    return parse_many(p, out, parse_not, "AND", GS_E_AND);
}

/* xor = and { "XOR" and } */
static gs_code parse_xor(gs_parser *p, gs_expr **out)
{
    return parse_many(p, out, parse_and, "XOR", GS_E_XOR);
}

/* expr = xor { "OR" xor } */
gs_code gs_parse_expression(gs_parser *p, gs_expr **out)
{
    return parse_many(p, out, parse_xor, "OR", GS_E_OR);
}
