/* What the store is made of: labels, types of relationships, names of properties. */
#include "query/questions/question.h"

static const char *const columns[] = {"what", "name", "count"};

/* Names are looked at once for each of these. */
typedef enum kind { LABEL, TYPE, PROPERTY, KINDS } kind;

typedef struct place {
    kind kind;
    uint32_t name; /* the next to be looked at */
} place;

static gs_code open(gs_asked *asked, gs_error *err)
{
    place *at = gs_arena_take(&asked->arena, sizeof *at);

    if (at == NULL)
        return gs_fail_memory(err);
    *at = (place){LABEL, 1};
    asked->state = at;
    return GS_OK;
}

static bool is_used(const gs_snapshot *snapshot, uint32_t name, kind of, uint64_t count)
{
    bool named = gs_name_text(snapshot, name).size > 0;

    if (of != PROPERTY)
        return named && count > 0;
    return named && gs_count_nodes(snapshot, name) == 0 &&
           gs_count_edges(snapshot, name) == 0 &&
           (name >= GS_P_ID || name >= GS_NAME_FIRST_FREE);
}

static gs_code next(gs_asked *asked, gs_error *err)
{
    static const char *const names[] = {"label", "type", "property"};
    const gs_snapshot *s = asked->snapshot;
    place *at = asked->state;

    (void)err;
    for (; at->kind < KINDS; at->kind++, at->name = 1)
        for (; at->name <= gs_name_last(s); at->name++) {
            uint64_t count = at->kind == LABEL  ? gs_count_nodes(s, at->name)
                             : at->kind == TYPE ? gs_count_edges(s, at->name)
                                                : 0;

            if (!is_used(s, at->name, at->kind, count))
                continue;
            asked->cells[0] = gs_string(gs_text_of(names[at->kind]));
            asked->cells[1] = gs_string(gs_name_text(s, at->name));
            asked->cells[2] = at->kind == PROPERTY ? gs_null : gs_integer((int64_t)count);
            at->name++;
            return GS_OK;
        }
    return GS_END;
}

const gs_question gs_question_schema = {
    "schema", "nothing", 0,    0, columns, sizeof columns / sizeof *columns,
    open,     next,      NULL,
};
