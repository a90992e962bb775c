/* Runs timeline.case. Beside `me` stand a node before it and one behind it, with edges of
 * their own, so that a cursor that leaves its node is seen. */
#include "tests/graph/support.h"

enum { LINE = 1024, EDGES = 32 };

static const char *case_folder;

static const struct {
    const char *name;
    uint32_t type;
} types[] = {{"MADE", GS_MADE}, {"ACCUSES", GS_ACCUSES}, {"DENIES", GS_DENIES}};

static uint32_t type_of(const char *name, size_t size)
{
    for (size_t i = 0; i < 3; i++)
        if (strlen(types[i].name) == size && memcmp(types[i].name, name, size) == 0)
            return types[i].type;
    fail_msg("no type: %s", name);
    return 0;
}

typedef struct world {
    gs_store *store;
    uint64_t before, me, behind;
    size_t count;
    struct {
        uint64_t number;
        char text[64]; /* without > or < and node */
    } edges[EDGES];
    uint64_t nodes['z' + 1]; /* by the first letter of their names */
} world;

static void add(world *w, gs_batch *batch, char *edge)
{
    char *colon = strchr(edge, ':');
    char *arrow = strpbrk(edge, "<>");
    uint32_t type = type_of(edge, (size_t)(colon - edge));
    bool out = *arrow == '>';
    uint64_t other = strcmp(arrow + 1, "me") == 0 ? w->me : w->nodes[(int)arrow[1]];

    if (other == 0)
        other = w->nodes[(int)arrow[1]] = add_node(batch, GS_TOPIC, NULL);
    *arrow = '\0';
    assert_true(w->count < EDGES);
    snprintf(w->edges[w->count].text, sizeof w->edges[0].text, "%s", edge);
    w->edges[w->count++].number =
        add_edge(batch, type, out ? w->me : other, out ? other : w->me,
                 strcmp(colon + 1, "-") == 0 ? NULL : colon + 1);
}

static void make_world(world *w, char *edges)
{
    gs_batch *batch;
    char *rest = NULL;

    memset(w, 0, sizeof *w);
    w->store = fresh_store("timeline.store");
    batch = begin(w->store);
    w->before = add_node(batch, GS_TOPIC, NULL);
    w->me = add_node(batch, GS_TOPIC, NULL);
    w->behind = add_node(batch, GS_TOPIC, NULL);
    for (size_t i = 0; i < 3; i++) {
        add_edge(batch, types[i].type, w->before, w->behind, "2022-11-08");
        add_edge(batch, types[i].type, w->behind, w->before, NULL);
    }
    for (char *edge = strtok_r(edges, " ", &rest); edge;
         edge = strtok_r(NULL, " ", &rest))
        if (strcmp(edge, "none") != 0)
            add(w, batch, edge);
    commit(batch);
}

static gs_window window_of(const char *first, const char *last)
{
    gs_window window = GS_WINDOW_ALL;
    gs_edtf day;

    if (strcmp(first, "*") != 0) {
        MUST(gs_edtf_parse(&day, gs_text_of(first), &err));
        window.first = day.earliest;
    }
    if (strcmp(last, "*") != 0) {
        MUST(gs_edtf_parse(&day, gs_text_of(last), &err));
        window.last = day.latest;
    }
    return window;
}

static char letter_of(const world *w, uint64_t node)
{
    for (int c = 'a'; c <= 'z'; c++)
        if (w->nodes[c] == node)
            return (char)c;
    return '?';
}

static void print_hop(const world *w, const gs_hop *hop, char *to)
{
    size_t i = 0;
    const char *between = *to == '\0' ? "" : " ";

    to += strlen(to);
    while (i < w->count && w->edges[i].number != hop->edge)
        i++;
    assert_true(i < w->count);
    to += sprintf(to, "%s%s%c", between, w->edges[i].text,
                  hop->direction == GS_OUT ? '>' : '<');
    if (hop->neighbour == w->me)
        strcpy(to, "me");
    else
        sprintf(to, "%c", letter_of(w, hop->neighbour));
}

static void read_hops(const world *w, gs_timeline *t, char *out)
{
    gs_hop hop;
    gs_error err;
    gs_code rc;

    out[0] = '\0';
    while ((rc = gs_timeline_next(&hop, t, &err)) == GS_OK)
        print_hop(w, &hop, out);
    assert_int_equal(rc, GS_END);
    assert_int_equal(gs_timeline_next(&hop, t, &err), GS_END);
    if (out[0] == '\0')
        strcpy(out, "nothing");
}

static void answer(char *edges, char *question, char *out)
{
    world w;
    gs_snapshot *snapshot;
    gs_timeline *t;
    gs_error err;
    uint32_t wanted[3];
    size_t count = 0;
    char *rest = NULL, *first = strtok_r(question, " ", &rest);
    gs_window window = window_of(first, strtok_r(NULL, " ", &rest));
    const char *direction = strtok_r(NULL, " ", &rest);

    for (char *type = strtok_r(NULL, " ", &rest); type; type = strtok_r(NULL, " ", &rest))
        wanted[count++] = type_of(type, strlen(type));
    make_world(&w, edges);
    snapshot = look(w.store, GS_NOW);
    if (gs_timeline_open(&t, snapshot, w.me, wanted, count,
                         *direction == 'o'   ? GS_OUT
                         : *direction == 'i' ? GS_IN
                                             : GS_BOTH,
                         window, &err) == GS_OK) {
        read_hops(&w, t, out);
        gs_timeline_close(t);
    } else {
        snprintf(out, LINE, "error: %s", err.text);
    }
    gs_snapshot_close(snapshot);
    gs_store_close(w.store);
}

/* The next line that is neither empty nor a comment. */
static bool next_line(FILE *file, char *out, int *number)
{
    while (fgets(out, LINE, file) != NULL) {
        (*number)++;
        out[strcspn(out, "\n")] = '\0';
        if (out[0] != '#' && out[0] != '\0')
            return true;
    }
    return false;
}

static bool next_case(FILE *file, char lines[3][LINE], int *number)
{
    return next_line(file, lines[0], number) && next_line(file, lines[1], number) &&
           next_line(file, lines[2], number);
}

static void runs_its_cases(void **unused)
{
    char path[512], lines[3][LINE], got[LINE];
    int number = 0, cases = 0, failed = 0;
    FILE *file;

    (void)unused;
    snprintf(path, sizeof path, "%s/timeline.case", case_folder);
    file = fopen(path, "r");
    assert_non_null(file);
    for (; next_case(file, lines, &number); cases++) {
        answer(lines[0], lines[1], got);
        if (strcmp(got, lines[2]) != 0) {
            print_message("%s:%d: wanted %s\n    got %s\n", path, number, lines[2], got);
            failed++;
        }
    }
    fclose(file);
    assert_true(cases > 20);
    assert_int_equal(failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(runs_its_cases)};

    case_folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
