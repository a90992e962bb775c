#include "graph/base/value.h"
#include "graph/lines.h"
#include "graph/load.h"
#include "tests/graph/support.h"

#include <inttypes.h>

static const char *folder;

static gs_code load_text(gs_loaded *out, gs_store *store, gs_text text, size_t batch,
                         gs_error *err)
{
    gs_load_options options = {.now = 1000, .batch = batch};
    FILE *file = tmpfile();
    gs_code rc;

    assert_non_null(file);
    assert_int_equal(fwrite(text.bytes, 1, text.size, file), text.size);
    rewind(file);
    rc = gs_load(out, store, file, &options, err);
    fclose(file);
    return rc;
}

/* As JSON, but a date can be told from a text. */
static void print_value(gs_buffer *out, gs_value value)
{
    size_t count = value.type == GS_LIST  ? value.as.list.count
                   : value.type == GS_MAP ? value.as.map.count
                                          : 0;

    if (value.type == GS_DATE)
        gs_buffer_format(out, "date %.*s", GS_SHOW(gs_edtf_text(value.as.date)));
    else if (value.type != GS_LIST && value.type != GS_MAP)
        gs_json_write(out, value);
    else
        gs_buffer_char(out, value.type == GS_LIST ? '[' : '{');
    for (size_t i = 0; i < count; i++) {
        gs_buffer_format(out, "%s", i > 0 ? ", " : "");
        if (value.type == GS_MAP) {
            gs_json_string(out, value.as.map.entries[i].key);
            gs_buffer_text(out, GS_TEXT(": "));
        }
        print_value(out, value.type == GS_MAP ? value.as.map.entries[i].value
                                              : value.as.list.items[i]);
    }
    if (value.type == GS_LIST || value.type == GS_MAP)
        gs_buffer_char(out, value.type == GS_LIST ? ']' : '}');
}

static void print_properties(gs_buffer *out, const gs_snapshot *snapshot, gs_text packed)
{
    gs_arena arena = {0};
    gs_value properties = gs_null;

    MUST(gs_properties(&properties, snapshot, packed, &arena, &err));
    gs_buffer_char(out, ' ');
    print_value(out, properties);
    gs_buffer_char(out, '\n');
    gs_arena_free(&arena);
}

static void print_node(gs_buffer *out, const gs_snapshot *snapshot, const gs_node *node)
{
    gs_buffer_format(out, "%" PRIu64 " (", node->number);
    for (uint32_t i = 0; i < node->label_count; i++)
        gs_buffer_format(out, ":%.*s",
                         GS_SHOW(gs_name_text(snapshot, gs_node_label(node, i))));
    gs_buffer_char(out, ')');
    print_properties(out, snapshot, node->properties);
}

static void print_edge(gs_buffer *out, const gs_snapshot *snapshot, const gs_edge *edge)
{
    gs_buffer_format(out, "%" PRIu64 " %" PRIu64 "-[:%.*s", edge->number, edge->start,
                     GS_SHOW(gs_name_text(snapshot, edge->type)));
    if (edge->earliest != GS_EDTF_OPEN_START)
        gs_buffer_format(out, " %" PRId64 "..%" PRId64, edge->earliest, edge->latest);
    gs_buffer_format(out, "]->%" PRIu64, edge->end);
    print_properties(out, snapshot, edge->properties);
}

static void print_store(gs_buffer *out, gs_store *store)
{
    gs_snapshot *snapshot = look(store, GS_NOW);
    gs_error err;
    gs_node node;
    gs_edge edge;

    for (uint64_t number = 1; number <= gs_snapshot_last(snapshot); number++)
        if (gs_node_read(&node, snapshot, number, &err) == GS_OK)
            print_node(out, snapshot, &node);
        else if (gs_edge_read(&edge, snapshot, number, &err) == GS_OK)
            print_edge(out, snapshot, &edge);
    gs_snapshot_close(snapshot);
}

/* What load.case writes behind =>. */
static void answer(gs_buffer *out, gs_text text)
{
    gs_store *store = fresh_store("case.store");
    gs_loaded loaded = {.nodes = 77};
    gs_error err = {0};
    gs_code rc = load_text(&loaded, store, text, 0, &err);

    if (rc != GS_OK) {
        assert_int_equal(rc, GS_INPUT);
        assert_int_equal(loaded.nodes, 77); /* not written */
        gs_buffer_format(out, "%u", err.line);
        if (err.column > 0)
            gs_buffer_format(out, ":%u", err.column);
        gs_buffer_format(out, ": %s\n", err.text);
    }
    if (rc == GS_OK)
        print_store(out, store);
    else { /* nothing of it is there */
        gs_snapshot *snapshot = look(store, GS_NOW);

        assert_int_equal(gs_snapshot_last(snapshot), 0);
        gs_snapshot_close(snapshot);
    }
    gs_store_close(store);
}

typedef struct load_case {
    gs_buffer file, wanted, got;
    int line, run, failed;
} load_case;

static void judge(load_case *c)
{
    if (c->wanted.size == 0)
        return;
    c->run++;
    answer(&c->got, gs_buffer_view(&c->file));
    if (!gs_text_equal(gs_buffer_view(&c->got), gs_buffer_view(&c->wanted))) {
        c->failed++;
        print_message("load.case, above line %d: wanted\n%.*sgot\n%.*s", c->line,
                      GS_SHOW(gs_buffer_view(&c->wanted)),
                      GS_SHOW(gs_buffer_view(&c->got)));
    }
    gs_buffer_clear(&c->file);
    gs_buffer_clear(&c->wanted);
    gs_buffer_clear(&c->got);
}

static void loads_what_cases_say(void **unused)
{
    load_case c = {0};
    char path[512], line[1024];
    FILE *file;

    (void)unused;
    snprintf(path, sizeof path, "%s/load.case", folder);
    file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        c.line++;
        if (line[0] == '\n')
            judge(&c);
        else if (strncmp(line, "=> ", 3) == 0)
            gs_buffer_text(&c.wanted, gs_text_of(line + 3));
        else if (line[0] != '#')
            gs_buffer_text(&c.file, gs_text_of(line));
    }
    judge(&c);
    fclose(file);
    gs_buffer_free(&c.file);
    gs_buffer_free(&c.wanted);
    gs_buffer_free(&c.got);
    assert_true(c.run > 30);
    assert_int_equal(c.failed, 0);
}

static void empty_is_an_empty_store(void **unused)
{
    static const char *const nothing[] = {"", "\n", " \r\n\t\n", "\xEF\xBB\xBF"};

    (void)unused;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        gs_store *store = fresh_store("empty.store");
        gs_loaded loaded = {.nodes = 77};
        gs_snapshot *snapshot;

        MUST(load_text(&loaded, store, gs_text_of(nothing[i]), 0, &err));
        assert_int_equal(loaded.nodes + loaded.edges, 0);
        assert_int_equal(loaded.commit.number, 0);
        snapshot = look(store, GS_NOW);
        assert_int_equal(gs_snapshot_commit(snapshot), 0);
        gs_snapshot_close(snapshot);
        gs_store_close(store);
    }
}

/* Also where a commit stands before it. */
static void nothing_is_no_commit_of_its_own(void **unused)
{
    gs_store *store = fresh_store("nothing.store");
    gs_loaded loaded;

    (void)unused;
    MUST(load_text(&loaded, store, GS_TEXT("{\"type\": \"node\", \"id\": \"0\"}"), 0,
                   &err));
    assert_int_equal(loaded.commit.number, 1);
    MUST(load_text(&loaded, store, GS_TEXT("\n"), 0, &err));
    assert_int_equal(loaded.commit.number, 0);
    /* ids are the file's own */
    MUST(load_text(&loaded, store, GS_TEXT("{\"type\": \"node\", \"id\": \"0\"}"), 0,
                   &err));
    assert_int_equal(loaded.commit.number, 2);
    assert_int_equal(loaded.nodes, 1);
    gs_store_close(store);
}

static void line_ends_of_every_system(void **unused)
{
    gs_store *store = fresh_store("ends.store");
    gs_loaded loaded;

    (void)unused;
    MUST(load_text(&loaded, store,
                   GS_TEXT("\xEF\xBB\xBF{\"type\": \"node\", \"id\": \"0\"}\r\n\r\n"
                           "{\"type\": \"node\", \"id\": \"1\"}"),
                   0, &err));
    assert_int_equal(loaded.nodes, 2);
    REFUSED(GS_INPUT, "no UTF-8",
            load_text(&loaded, store, GS_TEXT("{\"type\": \"node\", \"id\": \"\xff\"}"),
                      0, &err));
    gs_store_close(store);
}

/* A list of so many lists in a property of a node. */
static gs_text nested(gs_buffer *out, int depth)
{
    gs_buffer_clear(out);
    gs_buffer_text(
        out, GS_TEXT("{\"type\": \"node\", \"id\": \"0\", \"properties\": {\"a\": "));
    for (int i = 0; i < depth; i++)
        gs_buffer_char(out, '[');
    for (int i = 0; i < depth; i++)
        gs_buffer_char(out, ']');
    gs_buffer_text(out, GS_TEXT("}}\n"));
    return gs_buffer_view(out);
}

static void depth_is_bounded(void **unused)
{
    gs_store *store = fresh_store("deep.store");
    gs_buffer text = {0}, shown = {0};
    gs_loaded loaded;

    (void)unused;
    REFUSED(GS_INPUT, "64 deep",
            load_text(&loaded, store, nested(&text, GS_DEPTH_MAX - 1), 0, &err));
    REFUSED(GS_INPUT, "64 deep",
            load_text(&loaded, store, nested(&text, 1 << 20), 0, &err));
    MUST(load_text(&loaded, store, nested(&text, GS_DEPTH_MAX - 2), 0, &err));
    print_store(&shown, store);
    assert_int_equal(shown.size, strlen("1 () {\"a\": }\n") + 2 * (GS_DEPTH_MAX - 2));
    gs_buffer_free(&shown);
    gs_buffer_free(&text);
    gs_store_close(store);
}

/* A node line of `size` bytes with its line feed. */
static void append_line(gs_buffer *out, const char *id, size_t size)
{
    size_t start = out->size;

    gs_buffer_format(
        out, "{\"type\": \"node\", \"id\": \"%s\", \"properties\": {\"a\": \"", id);
    while (out->size - start < size - 4)
        gs_buffer_char(out, 'x');
    gs_buffer_text(out, GS_TEXT("\"}}\n"));
}

static void length_is_bounded(void **unused)
{
    gs_store *store = fresh_store("long.store");
    gs_buffer text = {0};
    gs_loaded loaded;
    gs_error why;

    (void)unused;
    append_line(&text, "0", (size_t)GS_LINES_LONGEST + 1);
    MUST(load_text(&loaded, store, gs_buffer_view(&text), 0, &err));
    append_line(&text, "1", (size_t)GS_LINES_LONGEST + 2);
    assert_int_equal(load_text(&loaded, store, gs_buffer_view(&text), 0, &why), GS_INPUT);
    assert_int_equal(why.line, 2);
    assert_non_null(strstr(why.text, "16 MiB"));
    gs_buffer_free(&text);
    gs_store_close(store);
}

static void blocks_cut_lines_anywhere(void **unused)
{
    (void)unused;
    for (size_t size = GS_LINES_BLOCK - 2; size <= GS_LINES_BLOCK + 2; size++) {
        gs_store *store = fresh_store("block.store");
        gs_buffer text = {0};
        gs_loaded loaded;

        append_line(&text, "0", size);
        append_line(&text, "1", size);
        text.size--; /* the last line needs no line feed */
        MUST(load_text(&loaded, store, gs_buffer_view(&text), 0, &err));
        assert_int_equal(loaded.nodes, 2);
        gs_buffer_free(&text);
        gs_store_close(store);
    }
}

enum { NODES = 2000 };

/* A ring, each node tied to the one before. */
static gs_text ring(gs_buffer *out)
{
    for (int i = 0; i < NODES; i++)
        gs_buffer_format(
            out, "{\"type\": \"node\", \"id\": \"n%d\", \"properties\": {\"i\": %d}}\n",
            i, i);
    for (int i = 0; i < NODES; i++)
        gs_buffer_format(
            out,
            "{\"type\": \"relationship\", \"id\": \"n%d\", \"label\": \"NEXT\", "
            "\"start\": {\"id\": \"n%d\"}, \"end\": {\"id\": \"n%d\"}}\n",
            i, i, (i + 1) % NODES);
    return gs_buffer_view(out);
}

static void batches_end_in_time(void **unused)
{
    gs_store *store = fresh_store("batches.store");
    gs_buffer text = {0};
    gs_loaded loaded;
    gs_snapshot *snapshot;
    gs_edge edge;

    (void)unused;
    MUST(load_text(&loaded, store, ring(&text), 20000, &err));
    assert_int_equal(loaded.nodes, NODES);
    assert_int_equal(loaded.edges, NODES);
    assert_in_range(loaded.commit.number, 3, NODES / 50);
    snapshot = look(store, GS_NOW);
    assert_int_equal(gs_count_nodes(snapshot, 0), NODES);
    for (uint64_t i = 0; i < NODES; i++) {
        MUST(gs_edge_read(&edge, snapshot, NODES + 1 + i, &err));
        assert_int_equal(edge.start, i + 1);
        assert_int_equal(edge.end, (i + 1) % NODES + 1);
    }
    gs_snapshot_close(snapshot);
    gs_buffer_free(&text);
    gs_store_close(store);
}

static void failing_tells_what_stays(void **unused)
{
    gs_store *store = fresh_store("stays.store");
    gs_buffer text = {0};
    gs_snapshot *snapshot;
    gs_loaded loaded;
    gs_error err;
    char wanted[64];

    (void)unused;
    ring(&text);
    gs_buffer_text(&text, GS_TEXT("{}\n"));
    assert_int_equal(load_text(&loaded, store, gs_buffer_view(&text), 20000, &err),
                     GS_INPUT);
    assert_int_equal(err.line, 2 * NODES + 1);
    snapshot = look(store, GS_NOW);
    snprintf(wanted, sizeof wanted, "up to commit %" PRIu64,
             gs_snapshot_commit(snapshot));
    assert_true(gs_snapshot_commit(snapshot) > 0);
    assert_non_null(strstr(err.text, wanted));
    gs_snapshot_close(snapshot);
    gs_buffer_free(&text);
    gs_store_close(store);
}

static void interrupt_ends_it(void **unused)
{
    static const int raised = 2;
    gs_store *store = fresh_store("stop.store");
    gs_load_options options = {.now = 1000, .interrupt = &raised};
    FILE *file = tmpfile();
    gs_loaded loaded;

    (void)unused;
    assert_non_null(file);
    REFUSED(GS_INTERRUPTED, "interrupted", gs_load(&loaded, store, file, &options, &err));
    fclose(file);
    file = fopen(".", "r"); /* a folder opens, and cannot be read */
    assert_non_null(file);
    options.interrupt = NULL;
    REFUSED(GS_FAILED, "cannot be read", gs_load(&loaded, store, file, &options, &err));
    fclose(file);
    gs_store_close(store);
}

static void limits_have_their_line(void **unused)
{
    gs_store *store = fresh_store("labels.store");
    gs_buffer text = {0};
    gs_loaded loaded;
    gs_error err;

    (void)unused;
    gs_buffer_text(&text,
                   GS_TEXT("\n{\"type\": \"node\", \"id\": \"0\", \"labels\": [\"L\""));
    for (int i = 0; i < GS_LABELS_MAX; i++)
        gs_buffer_format(&text, ", \"L%d\"", i);
    gs_buffer_text(&text, GS_TEXT("]}\n"));
    assert_int_equal(load_text(&loaded, store, gs_buffer_view(&text), 0, &err), GS_LIMIT);
    assert_int_equal(err.line, 2);
    gs_buffer_free(&text);
    gs_store_close(store);
}

/* What is called so is found; what only has the label is not. */
static void indexes_keep_their_head(void **unused)
{
    gs_store *store = fresh_store("indexes.store");
    gs_snapshot *snapshot;
    gs_loaded loaded;
    gs_arena arena = {0};
    uint64_t *found;
    size_t count;

    (void)unused;
    MUST(load_text(
        &loaded, store,
        GS_TEXT("{\"type\": \"node\", \"id\": \"0\", \"labels\": [\"Statement\"]}\n"
                "{\"type\": \"node\", \"id\": \"1\", \"labels\": [\"Statement\"], "
                "\"properties\": {\"id\": 5, \"text\": [\"word\"]}}\n"
                "{\"type\": \"node\", \"id\": \"2\", \"labels\": [\"Statement\"], "
                "\"properties\": {\"id\": \"5\", \"text\": \"a word\"}}\n"
                "{\"type\": \"node\", \"id\": \"3\", "
                "\"properties\": {\"id\": \"5\", \"text\": \"a word\"}}\n"),
        0, &err));
    snapshot = look(store, GS_NOW);
    assert_int_equal(found_by(snapshot, GS_BY_ID, "5"), 1);
    assert_int_equal(found_by(snapshot, GS_BY_ID, ""), 0);
    MUST(gs_words_find(&found, &count, snapshot, GS_TEXT("word"), &arena, &err));
    assert_int_equal(count, 1);
    assert_int_equal(found[0], 3);
    gs_arena_free(&arena);
    gs_snapshot_close(snapshot);
    gs_store_close(store);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_what_cases_say),
        cmocka_unit_test(empty_is_an_empty_store),
        cmocka_unit_test(nothing_is_no_commit_of_its_own),
        cmocka_unit_test(line_ends_of_every_system),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(length_is_bounded),
        cmocka_unit_test(blocks_cut_lines_anywhere),
        cmocka_unit_test(batches_end_in_time),
        cmocka_unit_test(failing_tells_what_stays),
        cmocka_unit_test(interrupt_ends_it),
        cmocka_unit_test(limits_have_their_line),
        cmocka_unit_test(indexes_keep_their_head),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
