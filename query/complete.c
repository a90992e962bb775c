#include "query/complete.h"

#include "graph/index.h"
#include "query/functions/function.h"

#include <string.h>
#include <strings.h>

static const char *const keywords[] = {"ALL",
                                       "AND",
                                       "AS",
                                       "ASC",
                                       "BY",
                                       "CASE",
                                       "CHRONOLOGICAL",
                                       "CONTAINS",
                                       "DESC",
                                       "DISTINCT",
                                       "ELSE",
                                       "END",
                                       "ENDS",
                                       "EXISTS",
                                       "EXPLAIN",
                                       "FALSE",
                                       "IN",
                                       "IS",
                                       "LIMIT",
                                       "MATCH",
                                       "NOT",
                                       "NULL",
                                       "OF",
                                       "OPTIONAL",
                                       "OR",
                                       "ORDER BY",
                                       "PROFILE",
                                       "REPORTED BY",
                                       "RETURN",
                                       "SKIP",
                                       "STARTS",
                                       "THEN",
                                       "TRUE",
                                       "UNION",
                                       "UNWIND",
                                       "WHEN",
                                       "WHERE",
                                       "WITH",
                                       "WITHIN",
                                       "XOR",
                                       "allShortestPaths",
                                       "any",
                                       "none",
                                       "single",
                                       "reduce",
                                       "earliestPath",
                                       "shortestPath"};

typedef struct completing {
    const gs_snapshot *snapshot;
    gs_text begun; /* the unfinished word */
    gs_add_word *add;
    void *context;
    gs_error *err;
} completing;

static void offer(const completing *c, gs_text word)
{
    if (word.size >= c->begun.size && word.bytes != NULL &&
        strncasecmp(word.bytes, c->begun.bytes, c->begun.size) == 0)
        c->add(c->context, word);
}

static void offer_words(const completing *c)
{
    const gs_function *f;

    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        offer(c, gs_text_of(keywords[i]));
    for (size_t i = 0; (f = gs_function_at(i)) != NULL; i++)
        offer(c, gs_text_of(f->name));
}

typedef enum name_kind { LABEL, TYPE, PROPERTY } name_kind;

static name_kind kind_of(const gs_snapshot *snapshot, uint32_t name)
{
    if (gs_count_nodes(snapshot, name) > 0)
        return LABEL;
    return gs_count_edges(snapshot, name) > 0 ? TYPE : PROPERTY;
}

static void offer_names(const completing *c, name_kind kind)
{
    uint32_t last = gs_name_last(c->snapshot);

    if (kind == TYPE)
        offer(c, GS_TEXT("ANSWERS"));
    for (uint32_t name = 1; name <= last; name++)
        if (kind_of(c->snapshot, name) == kind)
            offer(c, gs_name_text(c->snapshot, name));
}

static gs_code offer_name(const completing *c, uint64_t actor, gs_arena *arena)
{
    static const uint32_t keys[] = {GS_P_NAME, GS_P_ALIASES};
    gs_node node;
    gs_value value;
    gs_code rc;

    GS_TRY(gs_node_read(&node, c->snapshot, actor, c->err));
    for (size_t i = 0; i < 2; i++) {
        GS_TRY(gs_property(&value, c->snapshot, node.properties, keys[i], arena, c->err));
        if (value.type == GS_STRING)
            offer(c, value.as.string);
        for (size_t k = 0; value.type == GS_LIST && k < value.as.list.count; k++)
            if (value.as.list.items[k].type == GS_STRING)
                offer(c, value.as.list.items[k].as.string);
    }
out:
    return rc;
}

static gs_code offer_actors(const completing *c)
{
    gs_arena arena = {0};
    uint64_t *found;
    size_t count;
    gs_code rc = GS_OK;

    if (c->begun.size == 0)
        return GS_OK; /* that would be all */
    GS_TRY(gs_index_actors_like(&found, &count, c->snapshot, c->begun, &arena, c->err));
    for (size_t i = 0; i < count; i++)
        GS_TRY(offer_name(c, found[i], &arena));
out:
    gs_arena_free(&arena);
    return rc;
}

/* Where the end of a text stands. */
typedef struct position {
    size_t word;     /* where the unfinished word begins */
    bool quoted;     /* within quotes */
    size_t brackets; /* square ones that are open */
    char before;     /* the character before the word, blanks aside; 0 at the start */
} position;

static bool is_word_byte(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') ||
           (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static position find_position(gs_text text)
{
    position p = {0};
    char quote = 0;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];

        if (quote != 0) {
            if (c == '\\')
                i++;
            else if (c == quote)
                quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
            p.word = i + 1;
        } else if (c == '[') {
            p.brackets++;
        } else if (c == ']' && p.brackets > 0) {
            p.brackets--;
        }
    }
    p.quoted = quote != 0;
    if (p.quoted)
        return p;
    for (p.word = text.size; p.word > 0 && is_word_byte(text.bytes[p.word - 1]);)
        p.word--;
    for (size_t i = p.word; i > 0 && p.before == 0; i--)
        if (text.bytes[i - 1] != ' ' && text.bytes[i - 1] != '\n')
            p.before = text.bytes[i - 1];
    return p;
}

gs_code gs_complete(size_t *size, const gs_snapshot *snapshot, gs_text text,
                    gs_add_word *add, void *context, gs_error *err)
{
    position p = find_position(text);
    const completing c = {snapshot, gs_text_slice(text, p.word, text.size), add, context,
                          err};

    *size = text.size - p.word;
    if (p.quoted)
        return offer_actors(&c);
    if (p.before == ':' || p.before == '|')
        offer_names(&c, p.brackets > 0 ? TYPE : LABEL);
    else if (p.before == '.')
        offer_names(&c, PROPERTY);
    else if (p.before != '$')
        offer_words(&c);
    return GS_OK;
}
