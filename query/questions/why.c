/* Why a statement is there: a row for each reason, told apart by `part`. What the query
 * language can say is said in that; the rule in words, the marked text and the runs are
 * made here. */
#include "query/questions/statement.h"

#include "graph/base/marked.h"
#include "graph/base/rule.h"
#include "graph/support.h"
#include <inttypes.h>
#include <string.h>

static const char *const why_columns[] = {"part", "id",       "what",      "who",
                                          "date", "text",     "spans",     "by",
                                          "rule", "inferred", "confidence"};
enum { PART, ID, WHAT, WHO, DATE, TEXT, SPANS, BY, RULE, INFERRED, CONFIDENCE, COLUMNS };

typedef struct reasons {
    gs_value (*rows)[COLUMNS];
    size_t count, room, at;
} reasons;

#define OF_ID "MATCH (s:Statement) WHERE id(s) = $n "

static const char statement_query[] =
    OF_ID "OPTIONAL MATCH (a:Actor)-[:MADE]->(s) WITH s, head(collect(a.name)) AS who "
          "RETURN ['statement', s.id, s.kind, who, toString(s.date), s.text, s.spans, "
          "s.extractor, s.rule, null, s.confidence]";
/* In the cell of the text the document's number, until the text is marked. */
static const char document_query[] =
    OF_ID "MATCH (s)-[r:REPORTED_IN]->(d) "
          "RETURN ['document', coalesce(d.url, d.file, d.sha256), d.title, d.publisher, "
          "toString(d.published), id(d), coalesce(r.spans, s.spans), null, null, null, "
          "null] ORDER BY d.published, id(r)";
static const char link_query[] =
    OF_ID "MATCH (s)-[r:ANSWERS|SAME_AS]-(t:Statement) "
          "OPTIONAL MATCH (a:Actor)-[:MADE]->(t) "
          "WITH s, r, t, head(collect(a.name)) AS who "
          "RETURN ['link', t.id, CASE WHEN type(r) = 'SAME_AS' THEN 'the same as' "
          "WHEN id(startNode(r)) = $n THEN toLower(type(r)) ELSE CASE type(r) "
          "WHEN 'DENIES' THEN 'denied by' WHEN 'COUNTERS' THEN 'countered by' "
          "WHEN 'CONFIRMS' THEN 'confirmed by' WHEN 'RETRACTS' THEN 'taken back by' "
          "WHEN 'DECLINES' THEN 'left without comment by' ELSE 'assessed by' END END, "
          "who, toString(t.date), t.text, null, coalesce(r.by, 'record'), r.rule, "
          "coalesce(r.inferred, false), r.confidence] ORDER BY id(r)";
static const char decision_query[] =
    "MATCH (d:Decision) WHERE (d.a = $name OR d.b = $name) "
    "AND d.about IN ['same_statement', 'answers', 'correct'] "
    "RETURN ['decision', CASE WHEN d.a = $name THEN d.b ELSE d.a END, "
    "d.about + ': ' + coalesce(d.decided, reduce(t = '', k IN keys(d.set) | t + "
    "CASE t WHEN '' THEN '' ELSE ', ' END + k)), d.by, toString(d.at), d.reason, null, "
    "null, null, null, null] ORDER BY d.at, id(d)";
static const char withdrawal_query[] =
    "MATCH (w:Withdrawal) WHERE w.statement = $name "
    "RETURN ['decision', null, CASE WHEN w.restore THEN 'restored' ELSE 'withdrawn' END, "
    "w.by, toString(w.at), w.reason, null, null, null, null, null] ORDER BY w.at, id(w)";

static gs_code add(reasons *to, gs_asked *asked, const gs_value *cells, gs_error *err)
{
    gs_code rc = GS_OK;

    to->rows =
        gs_arena_grow(&asked->arena, to->rows, to->count, &to->room, sizeof *to->rows);
    if (to->rows == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < COLUMNS && rc == GS_OK; i++)
        rc = gs_value_copy(&to->rows[to->count][i], &asked->arena, cells[i], err);
    to->count += rc == GS_OK;
    return rc;
}

static gs_code add_asked(reasons *to, gs_asked *asked, const char *query,
                         gs_value parameters, gs_error *err)
{
    const gs_value *row;
    gs_run *run = NULL;
    gs_code rc;

    GS_TRY(gs_asked_run(&run, asked, query, parameters, true, err));
    while ((rc = gs_run_next(run, &row, err)) == GS_OK)
        GS_TRY(add(to, asked, row[0].as.list.items, err));
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_run_close(run);
    return rc;
}

static gs_text text_of(gs_value value)
{
    return value.type == GS_STRING ? value.as.string : GS_TEXT("");
}

static gs_code add_step(reasons *to, gs_asked *asked, gs_text word, gs_text meaning,
                        gs_error *err)
{
    gs_value cells[COLUMNS] = {[PART] = gs_string(GS_TEXT("rule")),
                               [WHAT] = gs_string(word),
                               [TEXT] = gs_string(meaning)};

    return add(to, asked, cells, err);
}

/* A rule of another extractor's stands as it is, in the row of the statement. */
static gs_code add_steps(reasons *to, gs_asked *asked, const gs_value *statement,
                         gs_error *err)
{
    gs_text rule = text_of(statement[RULE]), word, meaning;
    size_t at = 0;
    gs_code rc = GS_OK;

    if (!gs_text_starts(text_of(statement[BY]), GS_TEXT("prose ")))
        return GS_OK;
    while (rc == GS_OK && gs_rule_step(&word, &meaning, rule, &at))
        rc = add_step(to, asked, word, meaning, err);
    return rc;
}

/* Of a list of pairs. */
static gs_code mark(gs_text *out, gs_text text, gs_value spans, gs_arena *arena,
                    gs_error *err)
{
    size_t count = spans.type == GS_LIST ? spans.as.list.count : 0, used = 0;
    gs_marking *markings = gs_arena_array(arena, count, sizeof *markings);

    if (markings == NULL)
        return gs_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        gs_value pair = spans.as.list.items[i];
        const gs_value *ends = pair.as.list.items;

        if (pair.type == GS_LIST && pair.as.list.count == 2 &&
            ends[0].type == GS_INTEGER && ends[1].type == GS_INTEGER &&
            ends[0].as.integer >= 0 && ends[1].as.integer > ends[0].as.integer)
            markings[used++] = (gs_marking){(size_t)ends[0].as.integer,
                                            (size_t)ends[1].as.integer, "»", "«"};
    }
    return gs_mark(out, text, markings, used, arena, err);
}

/* Puts the marked text in place of the numbers of documents. */
static gs_code mark_documents(reasons *to, size_t from, gs_asked *asked, gs_error *err)
{
    gs_arena arena = {0};
    gs_code rc = GS_OK;

    for (size_t i = from; i < to->count; i++) {
        gs_value *cells = to->rows[i];
        gs_text text, marked = {NULL, 0};

        rc = gs_document_text(&text, asked->snapshot, (uint64_t)cells[TEXT].as.integer,
                              &arena, err);
        if (rc == GS_OK)
            GS_TRY(mark(&marked, text, cells[SPANS], &asked->arena, err));
        else if (rc != GS_END)
            goto out;
        cells[TEXT] = marked.bytes == NULL ? gs_null : gs_string(marked);
        gs_arena_reset(&arena);
    }
    rc = GS_OK;
out:
    gs_arena_free(&arena);
    return rc;
}

static gs_code add_run(reasons *to, gs_asked *asked, uint64_t number, const char *what,
                       gs_error *err)
{
    gs_value run,
        cells[COLUMNS] = {
            [PART] = gs_string(GS_TEXT("run")), [WHAT] = gs_string(gs_text_of(what))};
    uint64_t found;
    gs_text id;
    gs_code rc = gs_ledger_read(&found, &run, asked->snapshot, GS_LEDGER_RUNS, number,
                                &asked->arena, err);

    if (rc != GS_OK || found != number)
        return rc == GS_END ? GS_OK : rc;
    id = gs_text_format(&asked->arena, "%" PRIu64, number);
    if (id.bytes == NULL)
        return gs_fail_memory(err);
    cells[ID] = gs_string(id);
    cells[WHO] = gs_map_get(run, GS_TEXT("job"));
    cells[DATE] = gs_map_get(run, GS_TEXT("start"));
    cells[TEXT] = gs_map_get(run, GS_TEXT("state"));
    return add(to, asked, cells, err);
}

/* The commit whose numbers hold this one: the first whose last is not below it. */
static gs_code add_bringer(reasons *to, gs_asked *asked, uint64_t statement,
                           gs_error *err)
{
    uint64_t low = 1, high = gs_snapshot_commit(asked->snapshot);
    gs_commit commit;
    gs_code rc;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;

        GS_TRY(gs_commit_read(&commit, asked->snapshot, middle, err));
        if (commit.last >= statement)
            high = middle;
        else
            low = middle + 1;
    }
    GS_TRY(gs_commit_read(&commit, asked->snapshot, low, err));
    if (commit.run != 0)
        rc = add_run(to, asked, commit.run, "brought it", err);
out:
    return rc;
}

static gs_code add_runs(reasons *to, gs_asked *asked, uint64_t statement, gs_error *err)
{
    gs_supported *entries = NULL;
    size_t count = 0;
    gs_code rc;

    GS_TRY(add_bringer(to, asked, statement, err));
    GS_TRY(gs_supported_read(&entries, &count, asked->snapshot, err));
    for (size_t i = 0; i < count; i++)
        if (entries[i].label == GS_STATEMENT &&
            gs_ranges_has(&entries[i].ranges, statement))
            GS_TRY(add_run(to, asked, entries[i].run, "found it known", err));
out:
    gs_supported_free(entries, count);
    return rc;
}

static gs_code add_statement(reasons *to, gs_asked *asked, uint64_t number, gs_error *err)
{
    gs_entry entry;
    gs_value n = gs_parameter(&entry, "n", gs_integer((int64_t)number));
    size_t first = to->count, documents;
    gs_code rc;

    GS_TRY(add_asked(to, asked, statement_query, n, err));
    if (to->count > first)
        GS_TRY(add_steps(to, asked, to->rows[first], err));
    documents = to->count;
    GS_TRY(add_asked(to, asked, document_query, n, err));
    GS_TRY(mark_documents(to, documents, asked, err));
    GS_TRY(add_runs(to, asked, number, err));
    rc = add_asked(to, asked, link_query, n, err);
out:
    return rc;
}

/* What was decided of it is told of one that is withdrawn, too. */
static gs_code why_open(gs_asked *asked, gs_error *err)
{
    reasons *all = gs_arena_take(&asked->arena, sizeof *all);
    gs_numbers found = {0};
    gs_value name;
    gs_entry entry;
    gs_code rc;

    if (all == NULL)
        return gs_fail_memory(err);
    asked->state = all;
    name = gs_parameter(&entry, "name", gs_string(asked->arguments[0]));
    GS_TRY(gs_numbers_ask(
        &found, asked, "MATCH (s:Statement) WHERE s.id = $name RETURN id(s)", name, err));
    for (size_t i = 0; i < found.count; i++)
        GS_TRY(add_statement(all, asked, found.items[i], err));
    GS_TRY(add_asked(all, asked, decision_query, name, err));
    rc = add_asked(all, asked, withdrawal_query, name, err);
out:
    return rc;
}

static gs_code why_next(gs_asked *asked, gs_error *err)
{
    reasons *all = asked->state;

    (void)err;
    if (all->at == all->count)
        return GS_END;
    memcpy(asked->cells, all->rows[all->at++], COLUMNS * sizeof *asked->cells);
    return GS_OK;
}

const gs_question gs_question_why = {
    "why", "an ID", 1, 1, why_columns, COLUMNS, why_open, why_next, NULL,
};
