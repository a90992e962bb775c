#include "graph/timeline.h"
#include "query/parser_impl.h"

/* ":" name { ":" name }, and for types "|" [ ":" ] name */
static gs_code parse_names(gs_parser *p, gs_named **out, size_t *count, bool types)
{
    size_t room = 0;
    gs_code rc = GS_OK;

    if (!gs_take_mark(p, ":"))
        return GS_OK;
    do {
        gs_named named = {0};
        if (types && *count > 0)
            gs_take_mark(p, ":");
        named.place = gs_peek(p, 0)->place;
        GS_TRY(gs_want_name(p, &named.text, types ? "a relationship type" : "a label"));
        GS_TRY(gs_append(p, out, count, &room, &named, sizeof named));
    } while (gs_take_mark(p, types ? "|" : ":"));
out:
    return rc;
}

/* [ map | parameter ] */
static gs_code parse_properties(gs_parser *p, gs_expr **out)
{
    if (gs_at_mark(p, "{"))
        return gs_parse_map(p, out);
    if (gs_at_mark(p, "$"))
        return gs_parse_parameter(p, out);
    return GS_OK;
}

/* node = "(" [ name ] { ":" name } [ map | parameter ] ")" */
static gs_code parse_node(gs_parser *p, gs_node_pattern *out)
{
    size_t first = p->at;
    gs_code rc;

    GS_TRY(gs_want_mark(p, "("));
    if (gs_peek(p, 0)->kind == GS_T_NAME)
        GS_TRY(gs_want_name(p, &out->name, "a name"));
    GS_TRY(parse_names(p, &out->labels, &out->label_count, false));
    GS_TRY(parse_properties(p, &out->properties));
    if (!gs_at_mark(p, ")"))
        return gs_expected(p, "`)`, `:` and a label, or `{` and properties");
    p->at++;
    out->slot = GS_NO_SLOT;
    out->place = gs_place_from(p, first);
out:
    return rc;
}

static gs_code parse_bound(gs_parser *p, uint32_t *out)
{
    const gs_token *token = gs_peek(p, 0);

    if (token->integer >= UINT32_MAX)
        return gs_refuse(p->err, p->text, token->place, "SyntaxError", "IntegerOverflow",
                         "no path is that long");
    *out = (uint32_t)token->integer;
    p->at++;
    return GS_OK;
}

/* hops = "*" [ integer ] [ ".." [ integer ] ] */
static gs_code parse_hops(gs_parser *p, gs_edge_pattern *out)
{
    gs_code rc = GS_OK;
    bool given;

    out->least = out->most = 1;
    if (!gs_take_mark(p, "*"))
        return GS_OK;
    out->hops = true;
    out->most = UINT32_MAX;
    given = gs_peek(p, 0)->kind == GS_T_INTEGER;
    if (given)
        GS_TRY(parse_bound(p, &out->least));
    if (gs_take_mark(p, "..")) {
        if (gs_peek(p, 0)->kind == GS_T_INTEGER)
            GS_TRY(parse_bound(p, &out->most));
    } else if (given) {
        out->most = out->least;
    }
out:
    return rc;
}

/* "[" [ name ] [ ":" name { "|" [ ":" ] name } ] [ hops ] [ map | parameter ] "]" */
static gs_code parse_inside(gs_parser *p, gs_edge_pattern *out)
{
    gs_code rc;

    GS_TRY(gs_want_mark(p, "["));
    if (gs_peek(p, 0)->kind == GS_T_NAME)
        GS_TRY(gs_want_name(p, &out->name, "a name"));
    GS_TRY(parse_names(p, &out->types, &out->type_count, true));
    GS_TRY(parse_hops(p, out));
    GS_TRY(parse_properties(p, &out->properties));
    if (gs_at_mark(p, "..") || gs_at_mark(p, "-"))
        return gs_refuse(p->err, p->text, gs_peek(p, 0)->place, "SyntaxError",
                         "InvalidRelationshipPattern",
                         "hops are written `*`, `*2`, `*1..3` or `*..3`, with no number "
                         "below 0");
    if (!gs_take_mark(p, "]"))
        rc = gs_expected(p, "`]`, `:` and a type, `*` or `{` and properties");
out:
    return rc;
}

/* edge = [ "<" ] "-" [ "[" ... "]" ] "-" [ ">" ] */
static gs_code parse_edge(gs_parser *p, gs_edge_pattern *out)
{
    size_t first = p->at;
    bool left = gs_take_mark(p, "<"), right;
    gs_code rc;

    out->least = out->most = 1;
    out->slot = GS_NO_SLOT;
    GS_TRY(gs_want_mark(p, "-"));
    if (gs_at_mark(p, "["))
        GS_TRY(parse_inside(p, out));
    if (!gs_take_mark(p, "-"))
        return gs_refuse(p->err, p->text, gs_peek(p, 0)->place, "SyntaxError",
                         "InvalidRelationshipPattern",
                         "a relationship is written -->, <-- or --, with [...] between "
                         "the dashes");
    right = gs_take_mark(p, ">");
    out->direction = left == right ? GS_BOTH : right ? GS_OUT : GS_IN;
    out->place = gs_place_from(p, first);
out:
    return rc;
}

static bool at_edge(const gs_parser *p)
{
    return gs_at_mark(p, "-") || (gs_at_mark(p, "<") && gs_mark_ahead(p, 1, "-"));
}

/* path = node { edge node } */
static gs_code parse_elements(gs_parser *p, gs_path_pattern *out)
{
    size_t first = p->at, nodes = 0, node_room = 0, edge_room = 0;
    gs_node_pattern node = {0};
    gs_code rc;

    GS_TRY(parse_node(p, &node));
    GS_TRY(gs_append(p, &out->nodes, &nodes, &node_room, &node, sizeof node));
    while (at_edge(p)) {
        gs_edge_pattern edge = {0};
        node = (gs_node_pattern){0};
        GS_TRY(parse_edge(p, &edge));
        GS_TRY(
            gs_append(p, &out->edges, &out->edge_count, &edge_room, &edge, sizeof edge));
        GS_TRY(parse_node(p, &node));
        GS_TRY(gs_append(p, &out->nodes, &nodes, &node_room, &node, sizeof node));
    }
    out->place = gs_place_from(p, first);
out:
    return rc;
}

/* mode = "CHRONOLOGICAL" [ "WITHIN" expr ] */
static gs_code parse_mode(gs_parser *p, gs_path_pattern *out)
{
    out->chronological = gs_take_word(p, "CHRONOLOGICAL");
    if (!out->chronological || !gs_take_word(p, "WITHIN"))
        return GS_OK;
    return gs_parse_expression(p, &out->within);
}

/* ( path | ( "shortestPath" | "allShortestPaths" | "earliestPath" ) "(" path ")" ) */
static gs_code parse_kind(gs_parser *p, gs_path_pattern *out)
{
    static const struct {
        const char *word;
        gs_path_kind kind;
    } kinds[] = {{"SHORTESTPATH", GS_PATH_SHORTEST},
                 {"ALLSHORTESTPATHS", GS_PATH_ALL_SHORTEST},
                 {"EARLIESTPATH", GS_PATH_EARLIEST}};
    size_t first = p->at;
    gs_code rc = GS_OK;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (gs_take_word(p, kinds[i].word))
            out->kind = kinds[i].kind;
    if (out->kind == GS_PATH_EACH)
        return parse_elements(p, out);
    out->chronological = out->chronological || out->kind == GS_PATH_EARLIEST;
    GS_TRY(gs_want_mark(p, "("));
    GS_TRY(parse_elements(p, out));
    GS_TRY(gs_want_mark(p, ")"));
    out->place = gs_place_from(p, first);
    if (out->edge_count != 1 || out->edges[0].least > 1)
        return gs_refuse(p->err, p->text, out->place, "SyntaxError", "UnexpectedSyntax",
                         "this takes one relationship between two nodes, of 0 or 1 hops "
                         "at least: (a)-[*]->(b)");
out:
    return rc;
}

/* pattern = [ name "=" ] [ mode ] ( path | kind "(" path ")" ) */
gs_code gs_parse_path(gs_parser *p, gs_path_pattern *out)
{
    gs_code rc = GS_OK;

    out->slot = GS_NO_SLOT;
    if (gs_peek(p, 0)->kind == GS_T_NAME && gs_mark_ahead(p, 1, "=")) {
        GS_TRY(gs_want_name(p, &out->name, "a name"));
        p->at++;
    }
    GS_TRY(parse_mode(p, out));
    rc = parse_kind(p, out);
out:
    return rc;
}

/* Whether behind the bracket that opens here and its partner an edge may begin. */
static bool looks_like_path(const gs_parser *p)
{
    size_t open = 0, i = 0;

    do {
        if (gs_peek(p, i)->kind == GS_T_END)
            return false;
        open += gs_mark_ahead(p, i, "(") ? 1 : 0;
        open -= gs_mark_ahead(p, i, ")") ? 1 : 0;
        i++;
    } while (open > 0);
    if (gs_mark_ahead(p, i, "<"))
        return gs_mark_ahead(p, i + 1, "-") &&
               (gs_mark_ahead(p, i + 2, "[") || gs_mark_ahead(p, i + 2, "-"));
    return gs_mark_ahead(p, i, "-") &&
           (gs_mark_ahead(p, i + 1, "[") || gs_mark_ahead(p, i + 1, "-"));
}

gs_code gs_try_path(gs_parser *p, gs_path_pattern *out, bool *found)
{
    size_t first = p->at;
    uint32_t nesting = p->nesting;
    gs_code rc;

    *found = false;
    if (p->no_pattern[first / 8] & 1 << first % 8 ||
        !(gs_at_mark(p, "(") || gs_peek(p, 0)->kind == GS_T_NAME) ||
        (gs_at_mark(p, "(") && !looks_like_path(p)))
        return GS_OK;
    rc = gs_parse_path(p, out);
    if (rc == GS_OK && out->edge_count > 0) {
        *found = true;
        return GS_OK;
    }
    if (rc != GS_OK && rc != GS_QUERY)
        return rc;
    p->no_pattern[first / 8] |= (unsigned char)(1 << first % 8);
    p->at = first;
    p->nesting = nesting;
    return GS_OK;
}
