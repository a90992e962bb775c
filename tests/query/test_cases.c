/* Runs every NAME.case of the folder. A file is blocks with blank lines between them:
 *
 *     graph                                     a new store, from here on
 *     (a:Actor {name: 'A'})                     a node, called `a` in the lines below it
 *     (a)-[:MADE {date: edtf('2022')}]->(s)     an edge between two of them
 *     commit                                    what follows is of the next one, a day later
 *     end a                                     a node is there no more
 *
 *     ? MATCH (n:Actor)                         a query, of as many lines as start so
 *     ? RETURN n.name
 *     $ {"who": "A"}                            its parameters
 *     & {"who": "B"}                            others, bound before the first row
 *     ! strict                                  an option: strict, stated_only, as_of 1,
 *     ["A"]                                     max_rows 3, limit 3, now 1 and others;
 *                                               then what comes out
 *
 *     ask chain some words                      a question instead of a query
 *
 * What comes out is a row a line as JSON (in any order, unless the query has ORDER BY),
 * `warning LINE:COLUMN TEXT`, `error LINE:COLUMN+LENGTH DETAIL TEXT` (`bind` where other
 * parameters are refused), or `nothing`. A
 * line `columns A B` is compared where it stands. `...` at the end of a line stands for
 * the rest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/batch.h"
#include "graph/timeline.h"
#include "include/gainsay/gainsay.h"
#include "query/parser.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *folder;

typedef struct named {
    gs_text name;
    uint64_t number;
} named;

typedef struct world {
    gs_arena arena; /* of the graph */
    named nodes[512];
    size_t count;
    gs_store *store;
    gs_batch *batch;
    gainsay_store *open;
    char directory[64];
    int stores;
} world;

static gs_value literal_of(world *w, const gs_expr *expr)
{
    gs_value *items = gs_arena_array(&w->arena, expr->count, sizeof *items);
    gs_entry *entries = gs_arena_array(&w->arena, expr->count, sizeof *entries);
    gs_edtf *date = gs_arena_take(&w->arena, sizeof *date);
    gs_error err;

    for (size_t i = 0; i < expr->count; i++) {
        items[i] = literal_of(w, expr->args[i]);
        if (expr->kind == GS_E_MAP)
            entries[i] = (gs_entry){expr->names[i], items[i]};
    }
    switch (expr->kind) {
    case GS_E_LITERAL:
        return expr->value;
    case GS_E_LIST:
        return gs_list(items, expr->count);
    case GS_E_MAP:
        return gs_map(entries, expr->count);
    case GS_E_NEGATE:
        return items[0].type == GS_FLOAT ? gs_real(-items[0].as.real)
                                         : gs_integer(-items[0].as.integer);
    case GS_E_CALL:
        assert_int_equal(gs_edtf_parse(date, items[0].as.string, &err), GS_OK);
        return gs_date(date);
    default:
        fail_msg("a graph has literals only");
        return gs_null;
    }
}

static uint32_t name_of(world *w, gs_text name)
{
    gs_error err;
    uint32_t out = 0;

    assert_int_equal(gs_batch_name(&out, w->batch, name, &err), GS_OK);
    return out;
}

static uint64_t node_of(world *w, const gs_node_pattern *pattern)
{
    uint32_t labels[8];
    gs_value properties = gs_null;
    gs_error err;

    for (size_t i = 0; i < w->count && pattern->name.bytes != NULL; i++)
        if (gs_text_equal(w->nodes[i].name, pattern->name))
            return w->nodes[i].number;
    for (size_t i = 0; i < pattern->label_count; i++)
        labels[i] = name_of(w, pattern->labels[i].text);
    if (pattern->properties != NULL)
        properties = literal_of(w, pattern->properties);
    assert_true(w->count < 512);
    w->nodes[w->count].name = pattern->name;
    assert_int_equal(gs_batch_node(&w->nodes[w->count].number, w->batch, labels,
                                   pattern->label_count, properties, &err),
                     GS_OK);
    return w->nodes[w->count++].number;
}

static void add_edge(world *w, const gs_edge_pattern *pattern, uint64_t start,
                     uint64_t end)
{
    gs_value properties = gs_null, date;
    gs_entry *kept;
    size_t count = 0;
    uint64_t number;
    gs_error err;

    if (pattern->properties != NULL)
        properties = literal_of(w, pattern->properties);
    date = gs_map_get(properties, GS_TEXT("date"));
    kept = gs_arena_array(&w->arena, gainsay_count(&properties), sizeof *kept);
    for (size_t i = 0; i < gainsay_count(&properties); i++)
        if (!gs_text_equal(properties.as.map.entries[i].key, GS_TEXT("date")))
            kept[count++] = properties.as.map.entries[i];
    assert_int_equal(gs_batch_edge(&number, w->batch, name_of(w, pattern->types[0].text),
                                   start, end, date.type == GS_DATE ? date.as.date : NULL,
                                   gs_map(kept, count), &err),
                     GS_OK);
}

static void close_world(world *w)
{
    gainsay_close(w->open);
    w->open = NULL;
    w->count = 0;
    gs_arena_reset(&w->arena);
}

static void begin_graph(world *w)
{
    gs_store_options options = {.create = true, .write = true};
    gs_error err;

    close_world(w);
    snprintf(w->directory, sizeof w->directory, "case-%d-%d", (int)getpid(), w->stores++);
    assert_int_equal(gs_store_open(&w->store, w->directory, &options, &err), GS_OK);
    assert_int_equal(gs_batch_begin(&w->batch, w->store, 0, 1667900000, &err), GS_OK);
}

static void next_commit(world *w)
{
    gs_commit commit;
    gs_error err;

    assert_int_equal(gs_batch_commit(&commit, w->batch, &err), GS_OK);
    assert_int_equal(
        gs_batch_begin(&w->batch, w->store, 0, commit.time + INT64_C(86400), &err),
        GS_OK);
}

static void end_named(world *w, const char *name)
{
    gs_error err;

    for (size_t i = 0; i < w->count; i++)
        if (gs_text_equal(w->nodes[i].name, gs_text_of(name))) {
            assert_int_equal(gs_batch_end(w->batch, w->nodes[i].number, &err), GS_OK);
            return;
        }
    fail_msg("end %s: no such node", name);
}

static void add_line(world *w, const char *line)
{
    gs_text text = gs_text_format(&w->arena, "MATCH %s RETURN 1", line);
    const gs_path_pattern *path;
    gs_tree tree;
    gs_error err;
    uint64_t left, right;

    if (gs_parse(&tree, text, &w->arena, &err) != GS_OK)
        fail_msg("%s: %s", line, err.text);
    path = &tree.singles[0].clauses[0].paths[0];
    left = node_of(w, &path->nodes[0]);
    for (size_t i = 0; i < path->edge_count; i++) {
        const gs_edge_pattern *edge = &path->edges[i];
        right = node_of(w, &path->nodes[i + 1]);
        add_edge(w, edge, edge->direction == GS_IN ? right : left,
                 edge->direction == GS_IN ? left : right);
        left = right;
    }
}

static void end_graph(world *w)
{
    gs_commit commit;
    gs_error err;
    gainsay_error error;

    assert_int_equal(gs_batch_commit(&commit, w->batch, &err), GS_OK);
    w->batch = NULL;
    gs_store_close(w->store);
    if (gainsay_open(&w->open, w->directory, &error) != GAINSAY_OK)
        fail_msg("%s", error.text);
}

/* A block of the file: lines without their ends. */
typedef struct block {
    char *lines[256];
    size_t count;
    int first; /* number of its first line */
} block;

static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* What is asked, out of a block. */
typedef struct asking {
    gs_buffer query;
    gainsay_options options;
    const char *rebound; /* other parameters, given once the query is open */
    const char *question;
    const char *arguments[64];
    size_t argument_count, rest; /* of the block: from here on what should come out */
} asking;

static void read_option(asking *a, const char *line)
{
    if (starts(line, "strict"))
        a->options.strict = true;
    else if (starts(line, "stated_only"))
        a->options.stated_only = true;
    else if (starts(line, "unmerged"))
        a->options.unmerged = true;
    else if (starts(line, "since "))
        a->options.since = line + 6;
    else if (starts(line, "gone"))
        a->options.gone = true;
    else if (starts(line, "as_of "))
        a->options.as_of = line + 6;
    else if (starts(line, "max_rows "))
        a->options.max_rows = strtoull(line + 9, NULL, 10);
    else if (starts(line, "max_memory "))
        a->options.max_memory = strtoull(line + 11, NULL, 10);
    else if (starts(line, "limit "))
        a->options.limit = strtoull(line + 6, NULL, 10);
    else if (starts(line, "now "))
        a->options.now = strtoll(line + 4, NULL, 10);
    else if (starts(line, "timeout "))
        a->options.timeout_ms = strtoull(line + 8, NULL, 10);
    else
        fail_msg("no such option: %s", line);
}

static void read_asking(asking *a, block *b)
{
    char *word, *save = NULL;

    for (; a->rest < b->count; a->rest++) {
        char *line = b->lines[a->rest];
        if (starts(line, "? ")) {
            if (a->query.size > 0)
                gs_buffer_char(&a->query, '\n');
            gs_buffer_text(&a->query, gs_text_of(line + 2));
        } else if (starts(line, "$ ")) {
            a->options.parameters = line + 2;
        } else if (starts(line, "& ")) {
            a->rebound = line + 2;
        } else if (starts(line, "! ")) {
            read_option(a, line + 2);
        } else if (starts(line, "ask ")) {
            a->question = strtok_r(line + 4, " ", &save);
            while ((word = strtok_r(NULL, " ", &save)) != NULL)
                a->arguments[a->argument_count++] = word;
        } else {
            return;
        }
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Lines that came out. */
typedef struct outcome {
    char *lines[4096];
    size_t count, rows;
} outcome;

static void say(outcome *o, gs_buffer *line)
{
    assert_true(o->count < 4096);
    o->lines[o->count++] = strndup(line->bytes ? line->bytes : "", line->size);
    gs_buffer_clear(line);
}

static void say_error(outcome *o, const char *what, const gainsay_error *error)
{
    gs_buffer line = {0};

    gs_buffer_format(&line, "%s %u:%u+%u ", what, error->line, error->column,
                     error->length);
    if (error->detail != NULL)
        gs_buffer_format(&line, "%s ", error->detail);
    gs_buffer_format(&line, "%s", error->text);
    say(o, &line);
    gs_buffer_free(&line);
}

static void say_columns(outcome *o, const gainsay_rows *rows)
{
    gs_buffer line = {0};

    gs_buffer_format(&line, "columns");
    for (size_t i = 0; i < gainsay_columns(rows); i++)
        gs_buffer_format(&line, " %s", gainsay_column(rows, i));
    say(o, &line);
    gs_buffer_free(&line);
}

static void say_rows(outcome *o, gainsay_rows *rows)
{
    gs_buffer line = {0};
    gainsay_error error;
    gainsay_code rc;

    while ((rc = gainsay_next(rows, &error)) == GAINSAY_OK) {
        gs_buffer_char(&line, '[');
        for (size_t i = 0; i < gainsay_columns(rows); i++) {
            if (i > 0)
                gs_buffer_text(&line, GS_TEXT(", "));
            gs_json_write(&line, *gainsay_cell(rows, i));
        }
        gs_buffer_char(&line, ']');
        say(o, &line);
        o->rows++;
    }
    gs_buffer_free(&line);
    for (size_t i = 0; i < gainsay_warnings(rows); i++)
        say_error(o, "warning", gainsay_warning(rows, i));
    if (rc != GAINSAY_END)
        say_error(o, "error", &error);
}

static void ask(outcome *o, world *w, asking *a, bool columns)
{
    gainsay_rows *rows = NULL;
    gainsay_error error = {0};
    gainsay_code rc;
    size_t first;

    if (a->question != NULL)
        rc = gainsay_ask(&rows, w->open, a->question, a->arguments, a->argument_count,
                         &a->options, &error);
    else
        rc = gainsay_query(&rows, w->open, a->query.bytes ? a->query.bytes : "",
                           a->query.size, &a->options, &error);
    if (rc != GAINSAY_OK) {
        say_error(o, "error", &error);
        return;
    }
    if (columns)
        say_columns(o, rows);
    if (a->rebound != NULL && gainsay_bind(rows, a->rebound, &error) != GAINSAY_OK)
        say_error(o, "bind", &error);
    first = o->count;
    say_rows(o, rows);
    if (a->question == NULL && strstr(a->query.bytes, "ORDER BY") == NULL &&
        strstr(a->query.bytes, "EXPLAIN") == NULL)
        qsort(o->lines + first, o->rows, sizeof *o->lines, by_text);
    if (o->count == 0)
        o->lines[o->count++] = strdup("nothing");
    gainsay_rows_close(rows);
}

static bool is_line(const char *wanted, const char *got)
{
    size_t size = strlen(wanted);

    if (size >= 3 && strcmp(wanted + size - 3, "...") == 0)
        return strncmp(wanted, got, size - 3) == 0;
    return strcmp(wanted, got) == 0;
}

/* Prints both and tells false where they differ. */
static bool compare(const char *path, block *b, const asking *a, const outcome *o)
{
    size_t wanted = b->count - a->rest;
    bool same = wanted == o->count;

    for (size_t i = 0; same && i < wanted; i++)
        same = is_line(b->lines[a->rest + i], o->lines[i]);
    if (same)
        return true;
    printf("%s:%d: wanted\n", path, b->first);
    for (size_t i = a->rest; i < b->count; i++)
        printf("    %s\n", b->lines[i]);
    printf("got\n");
    for (size_t i = 0; i < o->count; i++)
        printf("    %s\n", o->lines[i]);
    return false;
}

static bool run_block(world *w, const char *path, block *b)
{
    static outcome o;
    asking a = {0};
    bool columns = false, same;

    if (strcmp(b->lines[0], "graph") == 0) {
        begin_graph(w);
        for (size_t i = 1; i < b->count; i++)
            if (strcmp(b->lines[i], "commit") == 0)
                next_commit(w);
            else if (strncmp(b->lines[i], "end ", 4) == 0)
                end_named(w, b->lines[i] + 4);
            else
                add_line(w, b->lines[i]);
        end_graph(w);
        return true;
    }
    read_asking(&a, b);
    gs_buffer_char(&a.query, '\0'); /* for strstr; no part of the text */
    a.query.size--;
    for (size_t i = a.rest; i < b->count; i++)
        columns = columns || starts(b->lines[i], "columns");
    o.count = o.rows = 0;
    ask(&o, w, &a, columns);
    if (a.question == NULL && strstr(a.query.bytes, "ORDER BY") == NULL &&
        strstr(a.query.bytes, "EXPLAIN") == NULL) {
        size_t first = a.rest + columns, last = first;
        while (last < b->count && b->lines[last][0] == '[')
            last++;
        if (last > first)
            qsort(b->lines + first, last - first, sizeof *b->lines, by_text);
    }
    same = compare(path, b, &a, &o);
    for (size_t i = 0; i < o.count; i++)
        free(o.lines[i]);
    gs_buffer_free(&a.query);
    return same;
}

static size_t run_file(const char *path)
{
    static world w;
    FILE *file = fopen(path, "r");
    block b = {0};
    char *line = NULL;
    size_t room = 0, failed = 0, cases = 0;
    int number = 0;
    bool more = true;

    assert_non_null(file);
    while (more) {
        ssize_t size = getline(&line, &room, file);
        more = size >= 0;
        number++;
        if (more && size > 0 && line[size - 1] == '\n')
            line[--size] = '\0';
        if (more && line[0] == '#')
            continue;
        if (more && size > 0) {
            if (b.count == 0)
                b.first = number;
            assert_true(b.count < 256);
            b.lines[b.count++] = strdup(line);
            continue;
        }
        if (b.count > 0) {
            cases++;
            failed += !run_block(&w, path, &b);
        }
        for (size_t i = 0; i < b.count; i++)
            free(b.lines[i]);
        b.count = 0;
    }
    free(line);
    fclose(file);
    close_world(&w);
    gs_arena_free(&w.arena);
    printf("%s: %zu blocks, %zu failed\n", path, cases, failed);
    return failed;
}

static void test_cases(void **state)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    size_t failed = 0, files = 0;
    char path[4096];

    (void)state;
    assert_non_null(directory);
    while ((entry = readdir(directory)) != NULL) {
        size_t size = strlen(entry->d_name);
        if (size < 5 || strcmp(entry->d_name + size - 5, ".case") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        failed += run_file(path);
        files++;
    }
    closedir(directory);
    assert_true(files > 0);
    assert_int_equal(failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};

    if (argc != 2 || system("rm -rf case-*") != 0)
        return 2;
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
