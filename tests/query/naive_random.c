/* Random queries. Operands are of types that never fail: an error would tell
 * nothing of the rows. */
#include "tests/query/naive.h"

#include <string.h>

typedef enum sort {
    NOTHING,
    NODE,
    EDGE,
    EDGES,
    PATH,
    INTEGER,
    BOOLEAN,
    LIST,
    DATE,
    ANY
} sort;

typedef struct maker {
    uint64_t *seed;
    gs_arena *arena;
    sort vars[NV_VARS]; /* what is known by now */
    size_t next;        /* the next new variable */
} maker;

static size_t roll(const maker *m, size_t sides)
{
    return nv_dice(m->seed, sides);
}

static nv_expr *make(const maker *m, nv_kind kind, nv_expr *a, nv_expr *b)
{
    nv_expr *e = nv_take(m->arena, sizeof *e);

    e->kind = kind;
    e->args[0] = a;
    e->args[1] = b;
    e->count = (size_t)(a != NULL) + (size_t)(b != NULL);
    return e;
}

static nv_expr *literal(const maker *m, gs_value value)
{
    nv_expr *e = make(m, NV_LITERAL, NULL, NULL);

    e->value = value;
    return e;
}

/* A variable of a sort; NULL: there is none. */
static nv_expr *variable(const maker *m, sort wanted)
{
    size_t from = roll(m, NV_VARS);
    nv_expr *e;

    for (size_t i = 0; i < NV_VARS; i++) {
        size_t at = (from + i) % NV_VARS;

        if (m->vars[at] != wanted)
            continue;
        e = make(m, NV_VAR, NULL, NULL);
        e->var = at;
        return e;
    }
    return NULL;
}

static nv_expr *property(const maker *m, size_t key)
{
    nv_expr *of = variable(m, roll(m, 3) == 0 ? EDGE : NODE), *e;

    if (of == NULL)
        of = variable(m, NODE);
    if (of == NULL)
        return NULL;
    e = make(m, NV_PROPERTY, of, NULL);
    e->key = key;
    return e;
}

static nv_expr *boolean(maker *m, size_t depth);
static nv_expr *list(maker *m, size_t depth);

static nv_expr *or_else(nv_expr *e, nv_expr *otherwise)
{
    return e != NULL ? e : otherwise;
}

static nv_expr *integer(maker *m, size_t depth)
{
    nv_expr *plain = literal(m, gs_integer((int64_t)roll(m, 4) - 1)), *e;

    switch (depth == 0 ? roll(m, 3) : roll(m, 6)) {
    case 0:
        return or_else(property(m, NV_INTEGER_KEY), plain);
    case 1:
        return or_else(variable(m, INTEGER), plain);
    case 3:
        return make(m, NV_ADD + (nv_kind)roll(m, 3), integer(m, depth - 1),
                    integer(m, depth - 1));
    case 4:
        return make(m, NV_SIZE, list(m, depth - 1), NULL);
    case 5:
        e = variable(m, PATH);
        return e == NULL ? plain : make(m, NV_LENGTH, e, NULL);
    default:
        return plain;
    }
}

static nv_expr *date(const maker *m)
{
    nv_expr *plain = literal(m, nv_any_of_key(NV_DATE_KEY, m->seed, m->arena));

    switch (roll(m, 5)) {
    case 0:
        return plain;
    case 1:
        return or_else(variable(m, DATE), plain);
    default:
        return or_else(property(m, NV_DATE_KEY), plain);
    }
}

static nv_expr *any(maker *m, size_t depth)
{
    nv_expr *plain = literal(m, roll(m, 8) == 0
                                    ? gs_null
                                    : nv_any_of_key(NV_KIND_KEY, m->seed, m->arena)),
            *e;

    switch (depth == 0 ? roll(m, 3) : roll(m, 9)) {
    case 0:
        return or_else(property(m, NV_KIND_KEY), plain);
    case 1:
        return or_else(variable(m, ANY), plain);
    case 3:
        return integer(m, depth - 1);
    case 4:
        return boolean(m, depth - 1);
    case 5:
        return make(m, NV_COALESCE, any(m, depth - 1), any(m, depth - 1));
    case 6:
        e = make(m, NV_CASE, boolean(m, depth - 1), any(m, depth - 1));
        e->args[2] = any(m, depth - 1);
        e->count = 3;
        return e;
    case 7:
        e = make(m, NV_CASE_OF, any(m, depth - 1), any(m, depth - 1));
        e->args[2] = any(m, depth - 1);
        e->args[3] = any(m, depth - 1);
        e->count = 4;
        return e;
    case 8:
        return make(m, NV_ELEMENT, list(m, depth - 1),
                    literal(m, gs_integer((int64_t)roll(m, 4) - 2)));
    default:
        return plain;
    }
}

/* A list comprehension or a quantifier, over values or relationships. */
static nv_expr *over_list(maker *m, nv_kind kind, size_t depth)
{
    nv_expr *edges = roll(m, 3) == 0 ? variable(m, EDGES) : NULL;
    nv_expr *of = or_else(edges, list(m, depth));
    nv_expr *e = make(m, kind, of, NULL);

    if (m->next == NV_VARS)
        return NULL;
    e->var = m->next++;
    m->vars[e->var] = edges != NULL ? EDGE : ANY;
    e->args[1] = boolean(m, depth);
    e->args[2] = kind == NV_COMPREHENSION ? any(m, depth) : NULL;
    e->count = kind == NV_COMPREHENSION ? 3 : 2;
    m->vars[e->var] = NOTHING;
    return e;
}

static nv_expr *list(maker *m, size_t depth)
{
    nv_expr *e = make(m, NV_LIST, NULL, NULL), *other = NULL;

    if (roll(m, 3) == 0)
        other = variable(m, LIST);
    else if (depth > 0 && roll(m, 3) == 0)
        other = over_list(m, NV_COMPREHENSION, depth - 1);
    if (other != NULL)
        return other;
    e->count = roll(m, 4);
    for (size_t i = 0; i < e->count; i++)
        e->args[i] = any(m, depth > 0 ? depth - 1 : 0);
    return e;
}

static nv_expr *comparison(maker *m, bool of_dates, size_t depth)
{
    nv_kind kind = NV_EQUAL + (nv_kind)roll(m, NV_GREATER_EQUAL - NV_EQUAL + 1);

    if (of_dates)
        return make(m, kind, date(m), date(m));
    return make(m, kind, any(m, depth), any(m, depth));
}

static void make_pattern(nv_pattern *out, maker *m, bool inner);

static nv_expr *exists(maker *m)
{
    nv_expr *e = make(m, NV_EXISTS, NULL, NULL);

    e->pattern = nv_take(m->arena, sizeof *e->pattern);
    make_pattern(e->pattern, m, true);
    return e;
}

static nv_expr *of_elements(maker *m)
{
    sort which = roll(m, 2) == 0 ? NODE : EDGE;
    nv_expr *a = variable(m, which), *b = variable(m, which), *e;

    if (a == NULL || b == NULL)
        return literal(m, gs_boolean(true));
    switch (roll(m, 3)) {
    case 0:
        return make(m, roll(m, 2) == 0 ? NV_EQUAL : NV_DIFFERENT, a, b);
    case 1:
        return make(m, NV_IS_NULL + (nv_kind)roll(m, 2), a, NULL);
    default:
        if (which == EDGE)
            return make(m, NV_EQUAL, make(m, NV_TYPE, a, NULL),
                        literal(m, gs_string(gs_text_of(nv_types[roll(m, NV_TYPES)]))));
        e = make(m, NV_LABEL, a, NULL);
        e->label = 1U << roll(m, NV_LABELS);
        return e;
    }
}

static nv_expr *boolean(maker *m, size_t depth)
{
    size_t deeper = depth > 0 ? depth - 1 : 0;

    switch (depth == 0 ? roll(m, 5) : roll(m, 12)) {
    case 0:
        return comparison(m, false, deeper);
    case 1:
        return comparison(m, true, 0);
    case 2:
        return of_elements(m);
    case 3:
        return make(m, NV_IS_NULL + (nv_kind)roll(m, 2), any(m, deeper), NULL);
    case 4:
        return or_else(variable(m, BOOLEAN), comparison(m, false, deeper));
    case 5:
        return make(m, NV_NOT, boolean(m, deeper), NULL);
    case 6:
        return make(m, NV_IN, any(m, deeper), list(m, deeper));
    case 7:
        return make(m, roll(m, 2) == 0 ? NV_POSSIBLY : NV_CERTAINLY,
                    comparison(m, true, 0), NULL);
    case 8:
        return or_else(over_list(m, NV_ALL + (nv_kind)roll(m, 4), deeper),
                       literal(m, gs_boolean(false)));
    case 9:
        return depth > 1 ? exists(m) : comparison(m, false, deeper);
    default:
        return make(m, NV_AND + (nv_kind)roll(m, 3), boolean(m, deeper),
                    boolean(m, deeper));
    }
}

static size_t new_var(maker *m, sort of)
{
    if (m->next == NV_VARS)
        return NV_NO_VAR;
    m->vars[m->next] = of;
    return m->next++;
}

static size_t var_of_point(maker *m, bool inner)
{
    nv_expr *known = roll(m, 3) == 0 ? variable(m, NODE) : NULL;

    if (known != NULL)
        return known->var;
    return inner || roll(m, 4) == 0 ? NV_NO_VAR : new_var(m, NODE);
}

static void make_point(nv_point *out, maker *m, bool inner)
{
    static const unsigned common[] = {1, 2, 2 | 4, 8, 16, 4};

    *out = (nv_point){.var = var_of_point(m, inner)};
    if (roll(m, 3) == 0)
        out->labels = common[roll(m, 6)];
    out->mapped = roll(m, 6) == 0;
    out->key = roll(m, NV_KEYS);
    out->value = roll(m, 12) == 0 ? gs_null : nv_any_of_key(out->key, m->seed, m->arena);
}

static void make_step(nv_step *out, maker *m, bool inner)
{
    *out = (nv_step){.var = NV_NO_VAR, .way = (nv_way)roll(m, 3)};
    if (roll(m, 2) == 0)
        out->types =
            1U << roll(m, NV_TYPES) | (roll(m, 3) == 0 ? 1U << roll(m, NV_TYPES) : 0);
    if (roll(m, 8) == 0)
        out->types = 4 | 8;
    out->many = roll(m, 5) == 0;
    out->least = roll(m, 3);
    out->most = out->least + roll(m, 3);
    if (!inner && roll(m, 2) == 0)
        out->var = new_var(m, out->many ? EDGES : EDGE);
    out->mapped = roll(m, 8) == 0;
    out->key = NV_INTEGER_KEY + roll(m, 2);
    out->value = nv_any_of_key(out->key, m->seed, m->arena);
}

static void make_path(nv_path *out, maker *m, bool inner)
{
    *out = (nv_path){.var = NV_NO_VAR,
                     .step_count = roll(m, 4) == 0 ? 0 : 1 + roll(m, 5) / 3};
    make_point(&out->points[0], m, inner);
    for (size_t i = 0; i < out->step_count; i++) {
        make_step(&out->steps[i], m, inner);
        make_point(&out->points[i + 1], m, inner);
    }
    out->chronological = out->step_count > 0 && roll(m, 5) == 0;
    if (!inner && roll(m, 6) == 0)
        out->var = new_var(m, PATH);
}

static void make_pattern(nv_pattern *out, maker *m, bool inner)
{
    *out = (nv_pattern){.path_count = roll(m, 3) == 0 ? 2 : 1};
    for (size_t i = 0; i < NV_VARS; i++)
        out->known[i] = m->vars[i] != NOTHING;
    for (size_t i = 0; i < out->path_count; i++)
        make_path(&out->paths[i], m, inner);
}

static void make_match(nv_clause *out, maker *m)
{
    out->kind = roll(m, 4) == 0 ? NV_OPTIONAL : NV_MATCH;
    make_pattern(&out->pattern, m, false);
    if (roll(m, 2) == 0)
        out->where = boolean(m, 2);
}

static void make_unwind(nv_clause *out, maker *m)
{
    nv_expr *edges = roll(m, 2) == 0 ? variable(m, EDGES) : NULL;

    out->kind = NV_UNWIND;
    out->list = or_else(edges, list(m, 1));
    out->vars[0] = new_var(m, edges != NULL ? EDGE : ANY);
}

static nv_expr *aggregate(maker *m, sort *of, bool last)
{
    nv_kind kind = NV_COUNT_ROWS + (nv_kind)roll(m, last ? 7 : 6);
    nv_expr *edge = roll(m, 3) == 0 ? variable(m, NODE) : NULL;

    *of = INTEGER;
    switch (kind) {
    case NV_COUNT_ROWS:
        return make(m, kind, NULL, NULL);
    case NV_SUM:
        return make(m, kind, integer(m, 1), NULL);
    case NV_MIN:
    case NV_MAX:
        *of = roll(m, 3) == 0 ? DATE : ANY;
        return make(m, kind, *of == DATE ? date(m) : any(m, 1), NULL);
    case NV_COLLECT:
        *of = LIST;
        return make(m, kind, any(m, 1), NULL);
    default:
        return make(m, kind, or_else(edge, any(m, 1)), NULL);
    }
}

static nv_expr *item(maker *m, sort *of, bool elements)
{
    static const sort sorts[] = {NODE, EDGE, EDGES, PATH, NODE};
    nv_expr *e;

    *of = sorts[roll(m, 5)];
    e = elements && roll(m, 3) > 0 ? variable(m, *of) : NULL;
    if (e != NULL)
        return e;
    switch (roll(m, 5)) {
    case 0:
        *of = INTEGER;
        return integer(m, 1);
    case 1:
        *of = BOOLEAN;
        return boolean(m, 2);
    case 2:
        *of = DATE;
        return date(m);
    case 3:
        *of = LIST;
        return list(m, 1);
    default:
        *of = ANY;
        return any(m, 2);
    }
}

static void make_with(nv_clause *out, maker *m, bool last)
{
    sort sorts[NV_ITEMS];

    out->kind = NV_WITH;
    out->count = 1 + roll(m, NV_ITEMS);
    out->ordered = roll(m, 3) == 0;
    out->skip = out->limit = -1;
    for (size_t i = 0; i < out->count; i++) {
        bool aggregated = roll(m, 4) == 0;

        out->items[i] = aggregated ? aggregate(m, &sorts[i], last && !out->ordered)
                                   : item(m, &sorts[i], !out->ordered);
        out->grouped = out->grouped || aggregated;
        out->descending[i] = roll(m, 2) == 0;
    }
    out->distinct = roll(m, 4) == 0;
    if (out->ordered && roll(m, 2) == 0)
        out->skip = (int)roll(m, 3);
    if (out->ordered && roll(m, 2) == 0)
        out->limit = (int)roll(m, 5);
    memset(m->vars, 0, sizeof m->vars);
    for (size_t i = 0; i < out->count; i++)
        out->vars[i] = new_var(m, sorts[i]);
    if (!last && roll(m, 3) == 0)
        out->where = boolean(m, 1);
}

void nv_make_query(nv_query *out, uint64_t *seed, gs_arena *arena)
{
    maker m = {.seed = seed, .arena = arena};

    *out = (nv_query){.count = 2 + nv_dice(seed, NV_CLAUSES - 1)};
    for (size_t i = 0; i < out->count; i++) {
        nv_clause *c = &out->clauses[i];
        size_t what = roll(&m, 6);

        if (m.next + NV_ITEMS + 10 > NV_VARS)
            out->count = i + 1;
        if (i + 1 == out->count)
            make_with(c, &m, true);
        else if (what == 0 && i > 0)
            make_with(c, &m, false);
        else if (what == 1)
            make_unwind(c, &m);
        else
            make_match(c, &m);
    }
}
