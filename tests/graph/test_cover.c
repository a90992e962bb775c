/* What a list tells of the node an edge leads to: it holds of every version and commit,
 * or nothing is told. */
#include "tests/graph/support.h"

#include "graph/check.h"

static const char path[] = "cover.store";

static uint64_t add_statement(gs_batch *batch, uint32_t label, const char *kind,
                              const char *date)
{
    uint32_t labels[] = {GS_STATEMENT, label};
    gs_entry entries[2] = {{GS_TEXT("kind"), string_of(kind)}};
    gs_edtf parsed;
    uint64_t number = 0;

    if (date != NULL)
        MUST(gs_edtf_parse(&parsed, gs_text_of(date), &err));
    entries[1] = (gs_entry){GS_TEXT("date"), date != NULL ? gs_date(&parsed) : gs_null};
    MUST(gs_batch_node(&number, batch, labels, 2, gs_map(entries, 2), &err));
    return number;
}

/* The only edge of a node in this direction. */
static gs_hop only_hop(gs_store *store, uint64_t at, uint64_t node,
                       gs_direction direction)
{
    gs_snapshot *s = look(store, at);
    gs_timeline *t;
    gs_hop hop = {0}, more;
    gs_error ignored;

    MUST(gs_timeline_open(&t, s, node, NULL, 0, direction, GS_WINDOW_ALL, &err));
    MUST(gs_timeline_next(&hop, t, &err));
    assert_int_equal(gs_timeline_next(&more, t, &ignored), GS_END);
    gs_timeline_close(t);
    gs_snapshot_close(s);
    return hop;
}

static void is_whole(void)
{
    gs_check_options options = {0};
    gs_checked done;

    MUST(gs_check(&done, path, &options, &err));
}

static void tells_sort_and_date(void **unused)
{
    static const struct {
        uint32_t label;
        const char *kind, *date, *of_edge;
        gs_node_sort sort;
        gs_told told;
    } cases[] = {
        {GS_CLAIM, "claim", "2022-11-08", "2022-11-08", GS_SORT_CLAIM, GS_TOLD},
        {GS_DENIAL, "denial", "2022", "2022", GS_SORT_DENIAL, GS_TOLD},
        {GS_RETRACTION, "retraction", NULL, NULL, GS_SORT_RETRACTION, GS_TOLD_NONE},
        {GS_CLAIM, "claim", "2022", "2022-11", GS_SORT_CLAIM, GS_UNTOLD},
        {GS_CLAIM, "claim", "2022~", "2022~", GS_SORT_CLAIM, GS_UNTOLD},
        {GS_CLAIM, "claim", "2022", NULL, GS_SORT_CLAIM, GS_UNTOLD},
        {GS_CLAIM, "denial", "2022", "2022", GS_SORT_OTHER, GS_UNTOLD},
        {GS_COUNTERCLAIM, "counterclaim", "2022", "2022", GS_SORT_OTHER, GS_UNTOLD},
        {GS_TOPIC, "claim", "2022", "2022", GS_SORT_OTHER, GS_UNTOLD},
    };

    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gs_store *store = fresh_store(path);
        gs_batch *batch = begin(store);
        uint64_t actor = add_node(batch, GS_ACTOR, NULL);
        uint64_t statement =
            add_statement(batch, cases[i].label, cases[i].kind, cases[i].date);
        gs_hop hop;
        gs_edtf date;

        add_edge(batch, GS_MADE, actor, statement, cases[i].of_edge);
        commit(batch);
        hop = only_hop(store, GS_NOW, actor, GS_OUT);
        assert_int_equal(hop.sort, cases[i].sort);
        assert_int_equal(gs_hop_date(&date, &hop), cases[i].told);
        if (cases[i].told == GS_TOLD)
            assert_string_equal(date.text, cases[i].date);
        hop = only_hop(store, GS_NOW, statement, GS_IN);
        assert_int_equal(hop.sort, GS_SORT_ACTOR);
        assert_int_equal(gs_hop_date(&date, &hop), GS_UNTOLD);
        gs_store_close(store);
        is_whole();
    }
}

/* Once kind or date are revised, neither old entries nor new ones tell of it; another
 * revision costs nothing. An edge that has ended meanwhile is one of them. */
static void tells_nothing_of_what_was_revised(void **unused)
{
    static const struct {
        const char *property;
        gs_node_sort sort;
    } cases[] = {
        {"text", GS_SORT_CLAIM}, {"kind", GS_SORT_OTHER}, {"date", GS_SORT_OTHER}};

    (void)unused;
    for (size_t i = 0; i < 3; i++) {
        gs_store *store = fresh_store(path);
        gs_batch *batch = begin(store);
        uint64_t statement = add_statement(batch, GS_CLAIM, "claim", "2022");
        uint64_t one = add_node(batch, GS_ACTOR, NULL), two, three;
        gs_entry changed = {gs_text_of(cases[i].property), string_of("denial")};

        two = add_node(batch, GS_ACTOR, NULL);
        three = add_node(batch, GS_ACTOR, NULL);
        add_edge(batch, GS_MADE, one, statement, "2022");
        MUST(gs_batch_end(batch, add_edge(batch, GS_ACCUSES, statement, two, "2022"),
                          &err));
        commit(batch);
        batch = begin(store);
        MUST(gs_batch_revise(batch, statement, gs_map(&changed, 1), &err));
        add_edge(batch, GS_VIA, statement, three, "2022");
        commit(batch);
        for (uint64_t at = 1; at <= 2; at++)
            assert_int_equal(only_hop(store, at, one, GS_OUT).sort, cases[i].sort);
        assert_int_equal(only_hop(store, 2, three, GS_IN).sort, cases[i].sort);
        assert_true(only_hop(store, 2, three, GS_IN).dated == (i == 0));
        gs_store_close(store);
        is_whole();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_sort_and_date),
        cmocka_unit_test(tells_nothing_of_what_was_revised),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
