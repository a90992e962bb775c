/* Queries, graphs and values as texts. */
#include "tests/query/naive.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void write_var(gs_buffer *out, size_t var)
{
    if (var != NV_NO_VAR)
        gs_buffer_format(out, "v%zu", var);
}

/* As the query's text and as a row's. */
static void write_scalar(gs_buffer *out, gs_value v)
{
    switch (v.type) {
    case GS_NULL:
        gs_buffer_text(out, GS_TEXT("null"));
        break;
    case GS_BOOLEAN:
        gs_buffer_format(out, "%s", v.as.boolean ? "true" : "false");
        break;
    case GS_INTEGER:
        gs_buffer_format(out, "%" PRId64, v.as.integer);
        break;
    case GS_FLOAT:
        gs_buffer_format(out, "%.1f", v.as.real);
        break;
    case GS_STRING:
        gs_buffer_format(out, "'%.*s'", GS_SHOW(v.as.string));
        break;
    case GS_DATE:
        gs_buffer_format(out, "edtf('%.*s')", GS_SHOW(gs_edtf_text(v.as.date)));
        break;
    case GS_NODE:
        gs_buffer_format(out, "(%" PRIu64 ")", v.as.element.number);
        break;
    default:
        gs_buffer_format(out, "[%" PRIu64 "]", v.as.element.number);
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void write_bag(gs_buffer *out, gs_value list)
{
    char **texts = calloc(list.as.list.count + 1, sizeof *texts);

    for (size_t i = 0; i < list.as.list.count; i++) {
        gs_buffer text = {0};

        nv_write_value(&text, list.as.list.items[i], false);
        gs_buffer_char(&text, '\0');
        texts[i] = text.bytes;
    }
    qsort(texts, list.as.list.count, sizeof *texts, by_text);
    gs_buffer_char(out, '{');
    for (size_t i = 0; i < list.as.list.count; i++) {
        gs_buffer_format(out, "%s%s", i > 0 ? ", " : "", texts[i]);
        free(texts[i]);
    }
    gs_buffer_char(out, '}');
    free(texts);
}

void nv_write_value(gs_buffer *out, gs_value value, bool bag)
{
    const gs_value *items = value.as.list.items;
    size_t count = value.as.list.count;

    if (value.type != GS_LIST && value.type != GS_PATH) {
        write_scalar(out, value);
        return;
    }
    if (bag && value.type == GS_LIST) {
        write_bag(out, value);
        return;
    }
    if (value.type == GS_PATH) {
        items = value.as.path.items;
        count = value.as.path.count;
    }
    gs_buffer_char(out, value.type == GS_PATH ? '<' : '[');
    for (size_t i = 0; i < count; i++) {
        gs_buffer_text(out, i > 0 ? GS_TEXT(", ") : GS_TEXT(""));
        nv_write_value(out, items[i], false);
    }
    gs_buffer_char(out, value.type == GS_PATH ? '>' : ']');
}

static void write_labels(gs_buffer *out, unsigned labels)
{
    for (size_t i = 0; i < NV_LABELS; i++)
        if ((labels & 1U << i) != 0)
            gs_buffer_format(out, ":%s", nv_labels[i]);
}

static void write_map(gs_buffer *out, bool mapped, size_t key, gs_value value)
{
    if (!mapped)
        return;
    gs_buffer_format(out, " {%s: ", nv_keys[key]);
    write_scalar(out, value);
    gs_buffer_char(out, '}');
}

static void write_step(gs_buffer *out, const nv_step *s)
{
    bool first = true;

    gs_buffer_text(out, s->way == NV_LEFT ? GS_TEXT("<-[") : GS_TEXT("-["));
    write_var(out, s->var);
    if (s->types == (4 | 8) && s->least == 1)
        gs_buffer_text(out, GS_TEXT(":ANSWERS"));
    else
        for (size_t i = 0; i < NV_TYPES; i++)
            if ((s->types & 1U << i) != 0) {
                gs_buffer_format(out, "%s%s", first ? ":" : "|", nv_types[i]);
                first = false;
            }
    if (s->many)
        gs_buffer_format(out, "*%zu..%zu", s->least, s->most);
    write_map(out, s->mapped, s->key, s->value);
    gs_buffer_text(out, s->way == NV_RIGHT ? GS_TEXT("]->") : GS_TEXT("]-"));
}

static void write_point(gs_buffer *out, const nv_point *p)
{
    gs_buffer_char(out, '(');
    write_var(out, p->var);
    write_labels(out, p->labels);
    write_map(out, p->mapped, p->key, p->value);
    gs_buffer_char(out, ')');
}

static void write_pattern(gs_buffer *out, const nv_pattern *pattern)
{
    for (size_t i = 0; i < pattern->path_count; i++) {
        const nv_path *path = &pattern->paths[i];

        gs_buffer_text(out, i > 0 ? GS_TEXT(", ") : GS_TEXT(" "));
        write_var(out, path->var);
        gs_buffer_text(out, path->var != NV_NO_VAR ? GS_TEXT(" = ") : GS_TEXT(""));
        if (path->chronological)
            gs_buffer_text(out, GS_TEXT("CHRONOLOGICAL "));
        write_point(out, &path->points[0]);
        for (size_t k = 0; k < path->step_count; k++) {
            write_step(out, &path->steps[k]);
            write_point(out, &path->points[k + 1]);
        }
    }
}

static void write(gs_buffer *out, const nv_expr *e);

/* What stands before, between and behind the operands. */
static void write_around(gs_buffer *out, const nv_expr *e, const char *before,
                         const char *between, const char *behind)
{
    gs_buffer_text(out, gs_text_of(before));
    for (size_t i = 0; i < e->count; i++) {
        gs_buffer_text(out, gs_text_of(i > 0 ? between : ""));
        write(out, e->args[i]);
    }
    gs_buffer_text(out, gs_text_of(behind));
}

static void write_case(gs_buffer *out, const nv_expr *e)
{
    size_t when = e->kind == NV_CASE ? 0 : 1;

    gs_buffer_text(out, GS_TEXT("CASE "));
    if (when > 0)
        write(out, e->args[0]);
    gs_buffer_text(out, GS_TEXT(" WHEN "));
    write(out, e->args[when]);
    gs_buffer_text(out, GS_TEXT(" THEN "));
    write(out, e->args[when + 1]);
    gs_buffer_text(out, GS_TEXT(" ELSE "));
    write(out, e->args[when + 2]);
    gs_buffer_text(out, GS_TEXT(" END"));
}

static void write_over(gs_buffer *out, const nv_expr *e)
{
    static const char *const names[] = {"[", "all(", "any(", "none(", "single("};

    gs_buffer_format(out, "%sv%zu IN ", names[e->kind - NV_COMPREHENSION], e->var);
    write(out, e->args[0]);
    gs_buffer_text(out, GS_TEXT(" WHERE "));
    write(out, e->args[1]);
    if (e->kind == NV_COMPREHENSION) {
        gs_buffer_text(out, GS_TEXT(" | "));
        write(out, e->args[2]);
    }
    gs_buffer_char(out, e->kind == NV_COMPREHENSION ? ']' : ')');
}

static const struct shape {
    const char *before, *between, *behind;
} shapes[] = {
    [NV_NOT] = {"(NOT ", "", ")"},
    [NV_AND] = {"(", " AND ", ")"},
    [NV_OR] = {"(", " OR ", ")"},
    [NV_XOR] = {"(", " XOR ", ")"},
    [NV_EQUAL] = {"(", " = ", ")"},
    [NV_DIFFERENT] = {"(", " <> ", ")"},
    [NV_LESS] = {"(", " < ", ")"},
    [NV_LESS_EQUAL] = {"(", " <= ", ")"},
    [NV_GREATER] = {"(", " > ", ")"},
    [NV_GREATER_EQUAL] = {"(", " >= ", ")"},
    [NV_POSSIBLY] = {"possibly(", "", ")"},
    [NV_CERTAINLY] = {"certainly(", "", ")"},
    [NV_IN] = {"(", " IN ", ")"},
    [NV_IS_NULL] = {"(", "", " IS NULL)"},
    [NV_IS_NOT_NULL] = {"(", "", " IS NOT NULL)"},
    [NV_ADD] = {"(", " + ", ")"},
    [NV_SUBTRACT] = {"(", " - ", ")"},
    [NV_MULTIPLY] = {"(", " * ", ")"},
    [NV_LIST] = {"[", ", ", "]"},
    [NV_ELEMENT] = {"(", "[", "])"},
    [NV_SIZE] = {"size(", "", ")"},
    [NV_LENGTH] = {"length(", "", ")"},
    [NV_TYPE] = {"type(", "", ")"},
    [NV_COALESCE] = {"coalesce(", ", ", ")"},
    [NV_COUNT_ROWS] = {"count(*)", "", ""},
    [NV_COUNT] = {"count(", "", ")"},
    [NV_COUNT_DISTINCT] = {"count(DISTINCT ", "", ")"},
    [NV_SUM] = {"sum(", "", ")"},
    [NV_MIN] = {"min(", "", ")"},
    [NV_MAX] = {"max(", "", ")"},
    [NV_COLLECT] = {"collect(", "", ")"},
};

static void write(gs_buffer *out, const nv_expr *e)
{
    switch (e->kind) {
    case NV_LITERAL:
        write_scalar(out, e->value);
        break;
    case NV_VAR:
        write_var(out, e->var);
        break;
    case NV_PROPERTY:
        write(out, e->args[0]);
        gs_buffer_format(out, ".%s", nv_keys[e->key]);
        break;
    case NV_LABEL:
        gs_buffer_char(out, '(');
        write(out, e->args[0]);
        write_labels(out, e->label);
        gs_buffer_char(out, ')');
        break;
    case NV_CASE:
    case NV_CASE_OF:
        write_case(out, e);
        break;
    case NV_COMPREHENSION:
    case NV_ALL:
    case NV_ANY:
    case NV_NONE:
    case NV_SINGLE:
        write_over(out, e);
        break;
    case NV_EXISTS:
        gs_buffer_text(out, GS_TEXT("EXISTS {"));
        write_pattern(out, e->pattern);
        gs_buffer_text(out, GS_TEXT(" }"));
        break;
    default:
        write_around(out, e, shapes[e->kind].before, shapes[e->kind].between,
                     shapes[e->kind].behind);
    }
}

static void write_projection(gs_buffer *out, const nv_clause *c)
{
    if (c->distinct)
        gs_buffer_text(out, GS_TEXT(" DISTINCT"));
    for (size_t i = 0; i < c->count; i++) {
        gs_buffer_text(out, i > 0 ? GS_TEXT(", ") : GS_TEXT(" "));
        write(out, c->items[i]);
        gs_buffer_text(out, GS_TEXT(" AS "));
        write_var(out, c->vars[i]);
    }
    for (size_t i = 0; c->ordered && i < c->count; i++) {
        gs_buffer_text(out, i > 0 ? GS_TEXT(", ") : GS_TEXT(" ORDER BY "));
        write_var(out, c->vars[i]);
        gs_buffer_text(out, c->descending[i] ? GS_TEXT(" DESC") : GS_TEXT(""));
    }
    if (c->skip >= 0)
        gs_buffer_format(out, " SKIP %d", c->skip);
    if (c->limit >= 0)
        gs_buffer_format(out, " LIMIT %d", c->limit);
}

void nv_write_query(gs_buffer *out, const nv_query *query)
{
    static const char *const names[] = {"MATCH", "OPTIONAL MATCH", "UNWIND ", "WITH"};

    for (size_t i = 0; i < query->count; i++) {
        const nv_clause *c = &query->clauses[i];

        gs_buffer_format(out, "%s%s", i > 0 ? "\n" : "",
                         i + 1 == query->count ? "RETURN" : names[c->kind]);
        if (c->kind == NV_WITH) {
            write_projection(out, c);
        } else if (c->kind == NV_UNWIND) {
            write(out, c->list);
            gs_buffer_text(out, GS_TEXT(" AS "));
            write_var(out, c->vars[0]);
        } else {
            write_pattern(out, &c->pattern);
        }
        if (c->where != NULL) {
            gs_buffer_text(out, GS_TEXT(" WHERE "));
            write(out, c->where);
        }
    }
}

static void write_properties(gs_buffer *out, const gs_value properties[NV_KEYS])
{
    const char *before = " {";

    for (size_t i = 0; i < NV_KEYS; i++)
        if (properties[i].type != GS_NULL) {
            gs_buffer_format(out, "%s%s: ", before, nv_keys[i]);
            write_scalar(out, properties[i]);
            before = ", ";
        }
    gs_buffer_text(out, before[0] == ',' ? GS_TEXT("}") : GS_TEXT(""));
}

/* As a .case file has it. */
void nv_write_graph(gs_buffer *out, const nv_graph *graph)
{
    for (size_t i = 0; i < graph->node_count; i++) {
        gs_buffer_format(out, "(n%" PRIu64, graph->nodes[i].number);
        write_labels(out, graph->nodes[i].labels);
        write_properties(out, graph->nodes[i].properties);
        gs_buffer_text(out, GS_TEXT(")\n"));
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        const nv_edge *e = &graph->edges[i];
        size_t type = 0;

        while (e->type != 1U << type)
            type++;
        gs_buffer_format(out, "(n%" PRIu64 ")-[:%s", graph->nodes[e->start].number,
                         nv_types[type]);
        write_properties(out, e->properties);
        gs_buffer_format(out, "]->(n%" PRIu64 ") is %" PRIu64 "\n",
                         graph->nodes[e->end].number, e->number);
    }
}
