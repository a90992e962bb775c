/* Questions that the query language can say whole. Of an actor named, each speaks of all
 * who speak for it too. */
#include "query/questions/exchange.h"
#include "query/questions/naming.h"

#include <stdlib.h>
#include <string.h>

typedef struct listing {
    const char *all, *of_one; /* the query; that of one actor, whose number is $actor */
    const char *name, *usual; /* of a parameter with a duration, NULL: it has none */
    size_t days;              /* 1 + the column whose pairs of dates become days */
} listing;

#define ONE                                                                              \
    "MATCH (one:Actor) WHERE id(one) = $actor "                                          \
    "MATCH (one)<-[:SPEAKS_FOR*0..8]-(a:Actor) WITH DISTINCT a "
#define SIDE(ACTOR) "coalesce(on_behalf_of(" ACTOR "), " ACTOR ")"

#define UNANSWERED                                                                       \
    "MATCH (s:Statement)-[:ACCUSES]->(a:Actor) "                                         \
    "WITH s, collect(DISTINCT a.name) AS accused, "                                      \
    "answered(s, duration($within)) AS state WHERE state <> 'answered' "                 \
    "OPTIONAL MATCH (who:Actor)-[:MADE]->(s) "                                           \
    "OPTIONAL MATCH (s)-[:REPORTED_IN]->(d:Document) "                                   \
    "WITH s, accused, state, head(collect(who)) AS who, head(collect(d)) AS d "          \
    "RETURN s.id, state, s.date, who.name, "                                             \
    "CASE WHEN on_behalf_of(who) <> who THEN on_behalf_of(who).name END, accused, "      \
    "s.text, coalesce(last(split(d.file, '/')), d.url, d.title) "                        \
    "ORDER BY state DESC, s.date, s.id"

static const char *const unanswered_columns[] = {
    "id", "state", "date", "speaker", "on_behalf_of", "accused", "text", "document"};
static const listing unanswered = {UNANSWERED, ONE UNANSWERED, "within", "P30D", 0};

/* Of one claim it denied and confirmed, or what it said itself it denied or took back. */
#define PAIR                                                                             \
    "RETURN DISTINCT " SIDE("a") ".name AS side, x.id AS first, x.kind AS first_kind, "  \
                                 "x.date AS first_date, x.text AS first_text, y.id AS "  \
                                 "then, y.kind AS then_kind, "                           \
                                 "y.date AS then_date, y.text AS then_text "
#define CONTRADICTIONS(OF)                                                               \
    OF "MATCH (a:Actor)-[:MADE]->(x:Statement)-[r:DENIES|CONFIRMS]->(c:Statement)"       \
       "<-[q:DENIES|CONFIRMS]-(y:Statement)<-[:MADE]-(o:Actor) "                         \
       "WHERE type(r) <> type(q) AND " SIDE("a") " = " SIDE(                             \
           "o") " AND coalesce(x.date < y.date, x.id < y.id) " PAIR "UNION " OF "MATCH " \
                "(a:Actor)-[:MADE]->(x:Statement)<-[:DENIES|RETRACTS]-(y:Statement)"     \
                "<-[:MADE]-(o:Actor) WHERE " SIDE("a") " = " SIDE("o") " " PAIR

static const char *const contradiction_columns[] = {
    "side", "first",     "first_kind", "first_date", "first_text",
    "then", "then_kind", "then_date",  "then_text"};
static const listing contradictions = {CONTRADICTIONS(""), CONTRADICTIONS(ONE), NULL,
                                       NULL, 0};

#define DENIALS                                                                          \
    "MATCH (a:Actor)-[:MADE]->(d:Denial) "                                               \
    "OPTIONAL MATCH (d)-[:DENIES]->(c:Statement) "                                       \
    "OPTIONAL MATCH (w:Actor)-[:MADE]->(c) "                                             \
    "WITH " SIDE("a") " AS denier, d, head(collect(c)) AS c, head(collect(w)) AS w "     \
                      "WITH denier, " SIDE(                                              \
                          "w") " AS denied, d, c, "                                      \
                               "EXISTS { MATCH (c)<-[:CONFIRMS]-() } AS confirmed, "     \
                               "EXISTS { MATCH (d)<-[:RETRACTS]-() } AS retracted, "     \
                               "EXISTS { MATCH (c)<-[:ASSESSES]-() } AS assessed "       \
                               "RETURN denier.name AS denier, denied.name AS denied, "   \
                               "count(DISTINCT d) AS denials, "                          \
                               "min(d.date), max(d.date), collect([c.date, d.date]), "   \
                               "sum(CASE WHEN confirmed THEN 1 ELSE 0 END), "            \
                               "sum(CASE WHEN retracted THEN 1 ELSE 0 END), "            \
                               "sum(CASE WHEN assessed THEN 1 ELSE 0 END) "              \
                               "ORDER BY denials DESC, denier, denied"

static const char *const denial_columns[] = {"denier",    "denied",    "denials",
                                             "first",     "last",      "median_days",
                                             "confirmed", "retracted", "assessed"};
static const listing denials = {DENIALS, ONE DENIALS, NULL, NULL, 6};

static const struct {
    const char *name;
    const listing *listing;
} listings[] = {{"unanswered", &unanswered},
                {"contradictions", &contradictions},
                {"denials", &denials}};

static const listing *listing_of(const gs_asked *asked)
{
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++)
        if (strcmp(listings[i].name, asked->question->name) == 0)
            return listings[i].listing;
    return NULL;
}

static gs_code open(gs_asked *asked, gs_error *err)
{
    const listing *l = listing_of(asked);
    gs_settings settings = asked->settings;
    gs_entry entries[2];
    size_t count = 0;
    uint64_t actor;
    gs_run *run = NULL;
    gs_code rc;

    if (l->name != NULL) {
        gs_value given = gs_map_get(settings.parameters, gs_text_of(l->name));

        entries[count++] =
            (gs_entry){gs_text_of(l->name),
                       given.type == GS_STRING ? given : gs_string(gs_text_of(l->usual))};
    }
    if (asked->count > 0) {
        GS_TRY(gs_asked_actor(&actor, asked, 0, err));
        entries[count++] = (gs_entry){GS_TEXT("actor"), gs_integer((int64_t)actor)};
    }
    settings.parameters = gs_map(entries, count);
    settings.strict = false;
    rc = gs_run_open(&run, asked->snapshot, asked->count > 0 ? l->of_one : l->all,
                     &settings, err);
    asked->state = run;
out:
    return rc;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Of pairs of dates, the days between those that are known to the day: their median. */
static gs_code median_days(gs_value *out, gs_value pairs, gs_arena *arena, gs_error *err)
{
    int64_t *days = gs_arena_array(arena, pairs.as.list.count, sizeof *days);
    size_t count = 0;

    *out = gs_null;
    if (days == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < pairs.as.list.count; i++) {
        const gs_value *pair = pairs.as.list.items[i].as.list.items;
        gs_value between = gs_days_between(pair[0], pair[1]);

        if (between.type == GS_INTEGER)
            days[count++] = between.as.integer;
    }
    if (count == 0)
        return GS_OK;
    qsort(days, count, sizeof *days, by_size);
    *out = gs_integer(days[(count - 1) / 2]);
    return GS_OK;
}

static gs_code next(gs_asked *asked, gs_error *err)
{
    const listing *l = listing_of(asked);
    const gs_value *row;
    gs_code rc = gs_run_next(asked->state, &row, err);

    if (rc != GS_OK)
        return rc;
    memcpy(asked->cells, row, asked->column_count * sizeof *row);
    if (l->days != 0)
        rc = median_days(&asked->cells[l->days - 1], row[l->days - 1], &asked->row, err);
    return rc;
}

static void close(gs_asked *asked)
{
    gs_run_close(asked->state);
}

#define LISTED(NAME, COLUMNS)                                                            \
    {                                                                                    \
        NAME, "no more than one actor", 0, 1, COLUMNS, sizeof COLUMNS / sizeof *COLUMNS, \
            open, next, close                                                            \
    }

const gs_question gs_question_unanswered = LISTED("unanswered", unanswered_columns);
const gs_question gs_question_contradictions =
    LISTED("contradictions", contradiction_columns);
const gs_question gs_question_denials = LISTED("denials", denial_columns);
