#include "query/questions/statement.h"
#include "graph/replaced.h"

enum { WHAT, ACCUSED, VIA, WHERE, LINKS };

static const char *const queries[GS_STATEMENT_QUERIES] = {
    [WHAT] = "MATCH (s:Statement) WHERE id(s) = $n OPTIONAL MATCH (a:Actor)-[:MADE]->(s) "
             "RETURN s.id, s.kind, s.text, s.date, s.hedged, s.quote, s.spans, a.name, "
             "CASE WHEN on_behalf_of(a) <> a THEN on_behalf_of(a).name END LIMIT 1",
    [ACCUSED] =
        "MATCH (s)-[r:ACCUSES]->(a) WHERE id(s) = $n RETURN a.name ORDER BY id(r)",
    [VIA] = "MATCH (s)-[r:VIA]->(a) WHERE id(s) = $n RETURN a.name ORDER BY id(r)",
    [WHERE] = "MATCH (s)-[r:REPORTED_IN]->(d) WHERE id(s) = $n "
              "RETURN coalesce(last(split(d.file, '/')), d.url, d.title), d.published "
              "ORDER BY d.published, id(r)",
    [LINKS] = "MATCH (s)-[r:ANSWERS|SAME_AS]-(t:Statement) WHERE id(s) = $n "
              "RETURN id(r), id(startNode(r)), id(endNode(r)), type(r) = 'SAME_AS', "
              "coalesce(r.inferred, false), r.confidence",
};

gs_code gs_statement_reader_open(gs_statement_reader *out, const gs_asked *asked,
                                 gs_error *err)
{
    gs_entry entry;
    gs_value none = gs_parameter(&entry, "n", gs_integer(0));
    gs_code rc = GS_OK;

    *out = (gs_statement_reader){0};
    for (size_t i = 0; i < GS_STATEMENT_QUERIES; i++)
        GS_TRY(gs_asked_run(&out->runs[i], asked, queries[i], none, true, err));
out:
    if (rc != GS_OK)
        gs_statement_reader_close(out);
    return rc;
}

void gs_statement_reader_close(gs_statement_reader *reader)
{
    for (size_t i = 0; i < GS_STATEMENT_QUERIES; i++) {
        gs_run_close(reader->runs[i]);
        reader->runs[i] = NULL;
    }
}

static gs_code ask(gs_statement_reader *reader, size_t which, uint64_t number,
                   gs_error *err)
{
    gs_entry entry;

    return gs_run_bind(reader->runs[which],
                       gs_parameter(&entry, "n", gs_integer((int64_t)number)), err);
}

gs_code gs_names_add(gs_names *names, gs_value name, gs_arena *arena, gs_error *err)
{
    if (name.type != GS_STRING)
        return GS_OK;
    for (size_t i = 0; i < names->count; i++)
        if (gs_text_equal(names->items[i].as.string, name.as.string))
            return GS_OK;
    names->items = gs_arena_grow(arena, names->items, names->count, &names->room,
                                 sizeof *names->items);
    if (names->items == NULL)
        return gs_fail_memory(err);
    return gs_value_copy(&names->items[names->count++], arena, name, err);
}

static gs_code read_names(gs_names *out, gs_statement_reader *reader, size_t which,
                          uint64_t number, gs_arena *arena, gs_error *err)
{
    const gs_value *row;
    gs_code rc;

    GS_TRY(ask(reader, which, number, err));
    while ((rc = gs_run_next(reader->runs[which], &row, err)) == GS_OK)
        GS_TRY(gs_names_add(out, row[0], arena, err));
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

static gs_code read_words(gs_statement *out, gs_statement_reader *reader, gs_arena *arena,
                          gs_error *err)
{
    gs_value *const into[] = {&out->id,    &out->kind,    &out->text,
                              &out->date,  &out->hedged,  &out->quote,
                              &out->spans, &out->speaker, &out->on_behalf_of};
    const gs_value *row;
    gs_code rc;

    GS_TRY(ask(reader, WHAT, out->number, err));
    GS_TRY(gs_run_next(reader->runs[WHAT], &row, err));
    for (size_t i = 0; i < sizeof into / sizeof *into; i++)
        GS_TRY(gs_value_copy(into[i], arena, row[i], err));
out:
    return rc;
}

/* The documents come earliest first. */
static gs_code read_documents(gs_statement *out, gs_statement_reader *reader,
                              gs_arena *arena, gs_error *err)
{
    const gs_value *row;
    size_t count = 0;
    gs_code rc;

    GS_TRY(ask(reader, WHERE, out->number, err));
    while ((rc = gs_run_next(reader->runs[WHERE], &row, err)) == GS_OK) {
        if (count++ > 0)
            continue;
        GS_TRY(gs_value_copy(&out->document, arena, row[0], err));
        GS_TRY(gs_value_copy(&out->reported, arena, row[1], err));
    }
    if (rc == GS_END)
        rc = GS_OK;
    out->tellings = count > 0 ? count : 1;
out:
    return rc;
}

gs_code gs_statement_read(gs_statement *out, gs_statement_reader *reader, uint64_t number,
                          gs_arena *arena, gs_error *err)
{
    gs_code rc;

    *out = (gs_statement){.number = number};
    GS_TRY(read_words(out, reader, arena, err));
    GS_TRY(read_names(&out->accused, reader, ACCUSED, number, arena, err));
    GS_TRY(read_names(&out->via, reader, VIA, number, arena, err));
    GS_TRY(read_documents(out, reader, arena, err));
out:
    if (rc == GS_END)
        rc = gs_fail(err, GS_DAMAGED,
                     "a statement is named and not there; run "
                     "`gainsay check`");
    return rc;
}

gs_code gs_statement_links(gs_links *out, gs_statement_reader *reader, uint64_t number,
                           gs_arena *arena, gs_error *err)
{
    const gs_value *row;
    gs_link link;
    gs_code rc;

    GS_TRY(ask(reader, LINKS, number, err));
    while ((rc = gs_run_next(reader->runs[LINKS], &row, err)) == GS_OK) {
        link = (gs_link){.edge = (uint64_t)row[0].as.integer,
                         .start = (uint64_t)row[1].as.integer,
                         .end = (uint64_t)row[2].as.integer,
                         .same = row[3].as.boolean,
                         .inferred = row[4].type == GS_BOOLEAN && row[4].as.boolean};
        GS_TRY(gs_value_copy(&link.confidence, arena, row[5], err));
        out->items =
            gs_arena_grow(arena, out->items, out->count, &out->room, sizeof *out->items);
        if (out->items == NULL)
            return gs_fail_memory(err);
        out->items[out->count++] = link;
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    return rc;
}

static gs_code read_numbers(gs_numbers *out, gs_asked *asked, const char *query,
                            gs_value parameters, bool unmerged, gs_error *err)
{
    const gs_value *row;
    gs_run *run = NULL;
    gs_code rc;

    GS_TRY(gs_asked_run(&run, asked, query, parameters, unmerged, err));
    while ((rc = gs_run_next(run, &row, err)) == GS_OK) {
        out->items = gs_arena_grow(&asked->arena, out->items, out->count, &out->room,
                                   sizeof *out->items);
        if (out->items == NULL) {
            rc = gs_fail_memory(err);
            break;
        }
        out->items[out->count++] = (uint64_t)row[0].as.integer;
    }
    if (rc == GS_END)
        rc = GS_OK;
out:
    gs_run_close(run);
    return rc;
}

gs_code gs_numbers_ask(gs_numbers *out, gs_asked *asked, const char *query,
                       gs_value parameters, gs_error *err)
{
    return read_numbers(out, asked, query, parameters, true, err);
}

gs_code gs_numbers_ask_merged(gs_numbers *out, gs_asked *asked, const char *query,
                              gs_value parameters, gs_error *err)
{
    return read_numbers(out, asked, query, parameters, false, err);
}

gs_code gs_numbers_of_id(gs_numbers *out, bool *replaced, gs_asked *asked, gs_text id,
                         gs_error *err)
{
    gs_entry entry;
    gs_code rc;

    *replaced = false;
    GS_TRY(gs_numbers_ask(out, asked, "MATCH (s:Statement) WHERE s.id = $id RETURN id(s)",
                          gs_parameter(&entry, "id", gs_string(id)), err));
    if (out->count > 0)
        return GS_OK;
    GS_TRY(gs_replacing_find(&out->items, &out->count, asked->snapshot, id, &asked->arena,
                             err));
    out->room = out->count;
    *replaced = out->count > 0;
out:
    return rc;
}
