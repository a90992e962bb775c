/* Who is who, and who is blamed: actors.case and accused.case say what is wanted, and
 * the tables of states are held against ISO 3166-1. */
#include "ingest/extract/actors.h"
#include "ingest/extract/directory.h"
#include "ingest/extract/tables.h"
#include "ingest/extract/vocabulary.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *folder; /* of the tests' data */
static gs_directory *directory;
static gs_lexicon *lexicon;

typedef struct scene {
    gs_arena arena;
    gs_page page;
    gs_cast *cast;
    gs_acts acts;
    uint32_t at; /* the token from which the next mention is looked for */
} scene;

static void open_scene(scene *s, const char *text)
{
    gs_error err = {0};
    gs_text copy;

    memset(s, 0, sizeof *s);
    copy = gs_text_copy(&s->arena, gs_text_of(text));
    assert_int_equal(gs_page_read(&s->page, lexicon, copy, (gs_text){NULL, 0},
                                  GS_TEXT("2024-05-06"), &s->arena, &err),
                     GS_OK);
    assert_int_equal(gs_cast_read(&s->cast, directory, lexicon, &s->page,
                                  (gs_text){NULL, 0}, &s->arena, &err),
                     GS_OK);
}

/* The tokens of some words from token `from` on. */
static gs_range range_of(const scene *s, const char *words, uint32_t from)
{
    size_t start = from < s->page.token_count ? s->page.tokens[from].start : 0;
    size_t at = gs_text_find(s->page.text, gs_text_of(words), start);
    gs_range range = {0, 0};

    if (words[0] == '\0')
        return range;
    if (at == SIZE_MAX)
        fail_msg("\"%s\" does not stand in \"%.*s\"", words, GS_SHOW(s->page.text));
    while (s->page.tokens[range.first].start < at)
        range.first++;
    range.end = range.first;
    while (range.end < s->page.token_count &&
           s->page.tokens[range.end].end <= at + strlen(words))
        range.end++;
    return range;
}

/* Adds an act with this source, its party resolved. */
static gs_act *act_of(scene *s, const char *source)
{
    gs_error err = {0};
    gs_act *acts = gs_arena_grow(&s->arena, s->acts.items, s->acts.count, &s->acts.room,
                                 sizeof *acts);
    gs_act *act;
    gs_party party;

    assert_non_null(acts);
    s->acts.items = acts;
    act = &acts[s->acts.count];
    *act = (gs_act){.source = range_of(s, source, s->at), .speech = true};
    act->sentence = s->page.tokens[act->source.first].sentence;
    act->clause = s->page.sentences[act->sentence].tokens;
    assert_int_equal(
        gs_cast_party(&party, s->cast, act->source, &s->acts, &s->arena, &err), GS_OK);
    act->party = party;
    if (act->source.end > act->source.first)
        s->at = act->source.end;
    s->acts.count++;
    return act;
}

static gs_text shown(gs_text text)
{
    return text.size > 0 ? text : GS_TEXT("-");
}

static gs_text show_party(scene *s, const gs_party *party)
{
    gs_text chain = gs_text_join(&s->arena, party->speaks_for, party->speaks_for_count,
                                 GS_TEXT(" > "));

    return gs_text_format(&s->arena, "%.*s | %.*s | %.*s | %.*s",
                          GS_SHOW(shown(party->name)), GS_SHOW(party->kind),
                          GS_SHOW(shown(party->role)), GS_SHOW(shown(chain)));
}

static gs_text show_accused(scene *s, const gs_parties *accused)
{
    gs_text names[16];
    size_t count = accused->count < 16 ? accused->count : 16;

    for (size_t i = 0; i < count; i++)
        names[i] = accused->items[i].name;
    return shown(gs_text_join(&s->arena, names, count, GS_TEXT(";")));
}

static FILE *open_cases(const char *name)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "r");
    if (file == NULL)
        fail_msg("%s: %s", path, strerror(errno));
    return file;
}

/* The next line, without its end; comments are passed over. */
static bool next_line(FILE *file, char *line, size_t size, int *number)
{
    do {
        if (fgets(line, (int)size, file) == NULL)
            return false;
        line[strcspn(line, "\n")] = '\0';
        (*number)++;
    } while (line[0] == '#');
    return true;
}

static bool check(const char *name, int line, const char *wanted, gs_text got)
{
    if (gs_text_equal(gs_text_of(wanted), got))
        return true;
    printf("%s:%d: wanted %s\n%*sgot %.*s\n", name, line, wanted, 4, "", GS_SHOW(got));
    return false;
}

static void test_mentions(void **state)
{
    FILE *file = open_cases("actors.case");
    char line[2048], *wanted;
    int number = 0, failed = 0, cases = 0;
    bool open = false;
    scene s;

    (void)state;
    while (next_line(file, line, sizeof line, &number)) {
        if (line[0] == '\0') {
            if (open)
                gs_arena_free(&s.arena);
            open = false;
        } else if (!open) {
            open_scene(&s, line);
            open = true;
        } else {
            wanted = strstr(line, " => ");
            assert_non_null(wanted);
            *wanted = '\0';
            cases++;
            failed += !check("actors.case", number, wanted + 4,
                             show_party(&s, &act_of(&s, line)->party));
        }
    }
    if (open)
        gs_arena_free(&s.arena);
    fclose(file);
    assert_int_equal(failed, 0);
    assert_true(cases > 40);
}

static gs_text accused_of(scene *s, const char *speaker, const char *content)
{
    static const gs_cue said = {.kind = GS_ACT_CLAIM};
    gs_act *act = act_of(s, speaker);
    gs_acts none = {0};
    gs_error err = {0};
    gs_parties accused;

    act->entry = &said;
    act->act = GS_ACT_CLAIM;
    act->pieces[0] = range_of(s, content, 0);
    act->piece_count = 1;
    assert_int_equal(gs_accused_find(&accused, s->cast, act, &none, &s->arena, &err),
                     GS_OK);
    return show_accused(s, &accused);
}

static void test_accused(void **state)
{
    FILE *file = open_cases("accused.case");
    char text[2048], speaker[256], content[1024], wanted[256];
    int number = 0, failed = 0, cases = 0;

    (void)state;
    while (next_line(file, text, sizeof text, &number)) {
        scene s;

        if (text[0] == '\0')
            continue;
        assert_true(next_line(file, speaker, sizeof speaker, &number) &&
                    next_line(file, content, sizeof content, &number) &&
                    next_line(file, wanted, sizeof wanted, &number));
        open_scene(&s, text);
        failed +=
            !check("accused.case", number, wanted, accused_of(&s, speaker, content));
        gs_arena_free(&s.arena);
        cases++;
    }
    fclose(file);
    assert_int_equal(failed, 0);
    assert_true(cases >= 18);
}

static void test_target_is_accused(void **state)
{
    scene s;
    gs_act *act;
    gs_parties accused;
    gs_error err = {0};
    gs_acts none = {0};

    (void)state;
    open_scene(&s, "Tunis accused Algiers of tapping the well.");
    act = act_of(&s, "Tunis");
    act->act = GS_ACT_CLAIM;
    act->target = range_of(&s, "Algiers", 0);
    act->pieces[0] = range_of(&s, "tapping the well", 0);
    act->piece_count = 1;
    assert_int_equal(gs_accused_find(&accused, s.cast, act, &none, &s.arena, &err),
                     GS_OK);
    assert_true(gs_text_equal(show_accused(&s, &accused), GS_TEXT("Algeria")));
    gs_arena_free(&s.arena);
}

static void test_denied_words_blame_nobody(void **state)
{
    static const gs_cue denied = {.kind = GS_ACT_DENIAL};
    scene s;
    gs_act *act;
    gs_parties accused;
    gs_error err = {0};
    gs_acts none = {0};

    (void)state;
    open_scene(&s, "Tunis denied that Algeria had attacked the well.");
    act = act_of(&s, "Tunis");
    act->act = GS_ACT_DENIAL;
    act->entry = &denied;
    act->pieces[0] = range_of(&s, "that Algeria had attacked the well", 0);
    act->piece_count = 1;
    assert_int_equal(gs_accused_find(&accused, s.cast, act, &none, &s.arena, &err),
                     GS_OK);
    assert_int_equal(accused.count, 0);
    gs_arena_free(&s.arena);
}

static void test_sides(void **state)
{
    const gs_text kremlin[] = {GS_TEXT("Kremlin"), GS_TEXT("Russia")};
    gs_party spokesman = {
        .name = GS_TEXT("Oleg Burin"), .speaks_for = kremlin, .speaks_for_count = 2};
    gs_party seat = {
        .name = GS_TEXT("Kremlin"), .speaks_for = kremlin + 1, .speaks_for_count = 1};
    gs_party russia = {.name = GS_TEXT("Russia")}, peru = {.name = GS_TEXT("Peru")};
    gs_party nobody = {0};
    gs_party group = {.name = GS_TEXT("Peru and Chile"), .kind = GS_TEXT("group")};

    (void)state;
    assert_true(gs_text_equal(gs_party_side(&spokesman), GS_TEXT("Russia")));
    assert_true(gs_text_equal(gs_party_side(&peru), GS_TEXT("Peru")));
    assert_true(gs_party_same_side(&spokesman, &seat));
    assert_true(gs_party_same_side(&russia, &spokesman));
    assert_false(gs_party_same_side(&peru, &spokesman));
    assert_false(gs_party_same_side(&nobody, &nobody));
    assert_true(gs_party_same_side(&group, &peru));
    assert_true(gs_party_same_side(&peru, &group));
    assert_false(gs_party_same_side(&group, &russia));
}

static void expect_state(const char *name, const char *code)
{
    const gs_state *state = gs_state_find(directory, gs_text_of(name));

    if (code == NULL) {
        if (state != NULL)
            fail_msg("%s is %.*s", name, GS_SHOW(state->code));
        return;
    }
    if (state == NULL)
        fail_msg("%s is no state", name);
    assert_true(gs_text_equal(state->code, gs_text_of(code)));
}

static void test_state_find(void **state)
{
    (void)state;
    expect_state("North Korea", "PRK");
    expect_state("the DPRK", "PRK");
    expect_state("d.p.r.k.", "PRK");
    expect_state("N. Korea", "PRK");
    expect_state("PYONGYANG", "PRK");
    expect_state("Cote d'Ivoire", "CIV");
    expect_state("Türkiye", "TUR");
    expect_state("Turkey", "TUR");
    expect_state("Kiev", "UKR");
    expect_state("the U.K.", "GBR");
    expect_state("Bosnia and Herzegovina", "BIH");
    expect_state("Kosovo", "XKX");
    expect_state("Korea", NULL);  /* which one? */
    expect_state("Danish", NULL); /* a demonym is no state */
    expect_state("White House", NULL);
    expect_state("Brussels", NULL);
    expect_state("", NULL);
    assert_true(gs_text_equal(gs_state_find(directory, GS_TEXT("holy see"))->name,
                              GS_TEXT("Vatican City")));
}

/* Each code once, in order; what one state claims no other one does. */
static void test_states_table(void **state)
{
    const gs_table *table = gs_table_find(GS_TEXT("en/states.tsv"));
    gs_text fields[4], last = {NULL, 0};
    size_t at = 0, rows = 0, count;

    (void)state;
    assert_non_null(table);
    while ((count = gs_table_row(table, &at, fields, 4)) > 0) {
        const gs_state *found = gs_state_of_code(directory, fields[0]);

        rows++;
        assert_int_equal(fields[0].size, 3);
        if (last.bytes != NULL && gs_text_compare(last, fields[0]) >= 0)
            fail_msg("%.*s is out of order", GS_SHOW(fields[0]));
        last = fields[0];
        assert_non_null(found);
        if (gs_state_find(directory, found->name) != found)
            fail_msg("%.*s is claimed by another state", GS_SHOW(found->name));
        for (size_t i = 0; i < found->alias_count; i++)
            if (gs_state_find(directory, found->aliases[i]) != found)
                fail_msg("%.*s is claimed by another state", GS_SHOW(found->aliases[i]));
    }
    assert_int_equal(rows, 250); /* 249 of ISO 3166-1, and Kosovo */
}

static void test_unknown_language(void **state)
{
    gs_directory *none = NULL;
    gs_error err = {0};

    (void)state;
    assert_int_equal(gs_directory_open(&none, GS_TEXT("xx"), &err), GS_USAGE);
    assert_null(none);
    assert_non_null(strstr(err.text, "use en"));
}

/* Whatever stands in a text, it is read to its end. */
static void test_odd_texts(void **state)
{
    static const char *const odd[] = {
        "",
        "’s",
        ", , ,",
        "the",
        "of of of of",
        "A’s B’s C’s D’s E’s F’s",
        "( X )",
        "The , who as",
        "“”",
        "his her its their",
        "North",
        "a of b of c of d of e, a, a, a and",
    };

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        scene s;
        gs_error err = {0};
        gs_party party;

        open_scene(&s, odd[i]);
        for (uint32_t first = 0; first <= s.page.token_count; first++)
            for (uint32_t end = first; end <= s.page.token_count; end++)
                assert_int_equal(gs_cast_party(&party, s.cast, (gs_range){first, end},
                                               &s.acts, &s.arena, &err),
                                 GS_OK);
        gs_arena_free(&s.arena);
    }
}

static int open_tables(void **state)
{
    gs_error err = {0};

    (void)state;
    if (gs_directory_open(&directory, GS_TEXT("en"), &err) != GS_OK ||
        gs_lexicon_open(&lexicon, GS_TEXT("en"), &err) != GS_OK) {
        printf("%s\n", err.text);
        return -1;
    }
    return 0;
}

static int close_tables(void **state)
{
    (void)state;
    gs_lexicon_close(lexicon);
    gs_directory_close(directory);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mentions),
        cmocka_unit_test(test_accused),
        cmocka_unit_test(test_target_is_accused),
        cmocka_unit_test(test_denied_words_blame_nobody),
        cmocka_unit_test(test_sides),
        cmocka_unit_test(test_state_find),
        cmocka_unit_test(test_states_table),
        cmocka_unit_test(test_unknown_language),
        cmocka_unit_test(test_odd_texts),
    };

    folder = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
