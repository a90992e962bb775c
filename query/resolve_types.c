/* What an expression surely is, as far as its words tell, and what it therefore cannot be
 * used for: errors that would else wait for the first row. */
#include "query/resolve_impl.h"

#include <string.h>

#define BIT(type) (1u << (type))

/* What the first argument of a function must be, where a mistake can be told early. */
static const struct {
    const char *name, *what;
    unsigned takes;
} takers[] = {
    {"labels", "a node", BIT(GS_NODE)},
    {"type", "a relationship", BIT(GS_EDGE)},
    {"length", "a path", BIT(GS_PATH)},
    {"nodes", "a path", BIT(GS_PATH)},
    {"relationships", "a path", BIT(GS_PATH)},
    {"size", "a list, a string or a map", BIT(GS_LIST) | BIT(GS_STRING) | BIT(GS_MAP)},
    {"properties", "a node, a relationship or a map",
     BIT(GS_NODE) | BIT(GS_EDGE) | BIT(GS_MAP)},
};

int gs_known_of(gs_resolver *r, const gs_expr *expr)
{
    gs_binding *binding;

    switch (expr->kind) {
    case GS_E_LITERAL:
        return expr->value.type == GS_NULL ? GS_UNKNOWN_TYPE : (int)expr->value.type;
    case GS_E_VARIABLE:
        binding = gs_bound(r, expr->name);
        return binding == NULL ? GS_UNKNOWN_TYPE : binding->known;
    case GS_E_LIST:
    case GS_E_COMPREHENSION:
    case GS_E_PATTERN_LIST:
        return GS_LIST;
    case GS_E_MAP:
        return GS_MAP;
    default:
        return gs_is_condition(expr->kind) ? (int)GS_BOOLEAN : GS_UNKNOWN_TYPE;
    }
}

/* NOT, AND, comparisons, predicates, quantifiers, patterns: true, false or null. */
bool gs_is_condition(gs_expr_kind kind)
{
    return (kind >= GS_E_NOT && kind <= GS_E_IS_NOT_NULL) || kind == GS_E_LABELS ||
           (kind >= GS_E_ALL && kind <= GS_E_SINGLE) || kind == GS_E_PATTERN ||
           kind == GS_E_EXISTS;
}

int gs_known_item(gs_resolver *r, const gs_expr *list)
{
    int known = GS_UNKNOWN_TYPE;

    if (list->kind != GS_E_LIST)
        return GS_UNKNOWN_TYPE;
    for (size_t i = 0; i < list->count; i++) {
        int item = gs_known_of(r, list->args[i]);
        if (item == GS_UNKNOWN_TYPE || (i > 0 && item != known))
            return GS_UNKNOWN_TYPE;
        known = item;
    }
    return known;
}

static gs_code refuse_type(gs_resolver *r, const gs_expr *expr, const char *wanted,
                           int known)
{
    return gs_resolve_refuse(r, expr->place, "InvalidArgumentType", "%s, not %s", wanted,
                             gs_type_name((gs_type)known));
}

gs_code gs_check_condition(gs_resolver *r, const gs_expr *expr)
{
    int known = gs_known_of(r, expr);

    if (known == GS_UNKNOWN_TYPE || known == GS_BOOLEAN)
        return GS_OK;
    return refuse_type(r, expr, "a condition is true or false", known);
}

/* What has no number on one side cannot be subtracted, multiplied or divided. */
static gs_code check_arithmetic(gs_resolver *r, const gs_expr *expr)
{
    for (size_t i = 0; i < expr->count; i++) {
        int known = gs_known_of(r, expr->args[i]);
        if (known != GS_UNKNOWN_TYPE && known != GS_INTEGER && known != GS_FLOAT)
            return refuse_type(r, expr->args[i], "arithmetic takes numbers", known);
    }
    return GS_OK;
}

static gs_code check_in(gs_resolver *r, const gs_expr *list)
{
    int known = gs_known_of(r, list);

    if (known == GS_UNKNOWN_TYPE || known == GS_LIST)
        return GS_OK;
    return refuse_type(r, list, "IN takes a list", known);
}

static gs_code check_call(gs_resolver *r, const gs_expr *expr)
{
    const gs_expr *arg = expr->count > 0 ? expr->args[0] : NULL;
    int known = arg == NULL ? GS_UNKNOWN_TYPE : gs_known_of(r, arg);

    if (known == GS_UNKNOWN_TYPE)
        return GS_OK;
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
        if (strcmp(takers[i].name, expr->function->name) == 0 &&
            !(takers[i].takes & BIT(known)))
            return gs_resolve_refuse(r, arg->place, "InvalidArgumentType",
                                     "%s() takes %s, not %s", takers[i].name,
                                     takers[i].what, gs_type_name((gs_type)known));
    return GS_OK;
}

gs_code gs_check_types(gs_resolver *r, const gs_expr *expr)
{
    gs_code rc = GS_OK;

    switch (expr->kind) {
    case GS_E_NOT:
    case GS_E_AND:
    case GS_E_OR:
    case GS_E_XOR:
        for (size_t i = 0; i < expr->count; i++)
            GS_TRY(gs_check_condition(r, expr->args[i]));
        return GS_OK;
    case GS_E_SUBTRACT:
    case GS_E_MULTIPLY:
    case GS_E_DIVIDE:
    case GS_E_MODULO:
    case GS_E_POWER:
    case GS_E_NEGATE:
        return check_arithmetic(r, expr);
    case GS_E_CALL:
        return check_call(r, expr);
    case GS_E_IN:
        return check_in(r, expr->args[1]);
    default:
        return GS_OK;
    }
out:
    return rc;
}

/* A pattern says whether it has a match: it is asked in a condition, and is no value. */
gs_code gs_refuse_pattern(gs_resolver *r, const gs_expr *expr)
{
    gs_code rc = GS_OK;

    if (expr->kind == GS_E_PATTERN)
        return gs_resolve_refuse(
            r, expr->place, "UnexpectedSyntax",
            "a pattern stands in conditions only; ask EXISTS { ... }, "
            "or list its matches with [pattern | value]");
    if (gs_is_condition(expr->kind))
        return GS_OK;
    for (size_t i = 0; i < expr->count; i++)
        if (expr->args[i] != NULL && expr->kind != GS_E_CASE &&
            expr->kind != GS_E_COMPREHENSION)
            GS_TRY(gs_refuse_pattern(r, expr->args[i]));
out:
    return rc;
}
