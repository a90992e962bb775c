/* Two articles that no rule was written for, and the sample of the demo: what reading
 * them gives, held against what a reader wrote down (articles/NAME.expected explains its
 * form).
 *
 * Each statement expected has six points: found (half of the words, as F1), kind,
 * speaker, date, accused, answers. floors.tsv beside the articles holds the points
 * reached so far; fewer is a failure, more asks for a higher floor.
 */
#include "graph/base/arena.h"
#include "ingest/stage.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WANTED_MAX = 64, POINTS = 6 };

static const char *folder; /* of the tests' data */
static const char *const point_names[POINTS] = {"found", "kind",    "speaker",
                                                "date",  "accused", "answers"};

typedef struct wanted {
    int number;
    gs_text kind, speaker, actor, date, text;
    gs_text accuses, answers, also, same; /* lists with ; between */
    bool optional;
    const gs_statement *got;
} wanted;

typedef struct article {
    gs_arena arena;
    gs_source source;
    wanted wanted[WANTED_MAX];
    size_t count;
    gs_statements got;
    int points[POINTS], most, extra;
} article;

static gs_text read_file(gs_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    gs_text text = {NULL, 0};
    char *bytes;
    long size;

    if (file == NULL)
        fail_msg("%s: %s", path, strerror(errno));
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    bytes = gs_arena_take(arena, (size_t)size + 1);
    assert_int_equal(fread(bytes, 1, (size_t)size, file), size);
    fclose(file);
    text = (gs_text){bytes, (size_t)size};
    return text;
}

/* Cuts `*rest` at `mark`; gives what stood before it. */
static gs_text cut(gs_text *rest, gs_text mark)
{
    size_t at = gs_text_find(*rest, mark, 0);
    gs_text front = *rest;

    if (at == SIZE_MAX) {
        *rest = (gs_text){NULL, 0};
        return front;
    }
    front.size = at;
    *rest = gs_text_slice(*rest, at + mark.size, rest->size);
    return front;
}

static void take_field(wanted *w, gs_text field)
{
    struct {
        gs_text name;
        gs_text *to;
    } lists[] = {{GS_TEXT("accuses="), &w->accuses},
                 {GS_TEXT("answers="), &w->answers},
                 {GS_TEXT("also="), &w->also},
                 {GS_TEXT("same="), &w->same}};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (gs_text_starts(field, lists[i].name))
            *lists[i].to = gs_text_slice(field, lists[i].name.size, field.size);
    w->optional |= gs_text_equal(field, GS_TEXT("optional"));
}

static void take_head(wanted *w, gs_text line)
{
    gs_text front = gs_text_trim(cut(&line, GS_TEXT("|")));
    gs_text number = cut(&front, GS_TEXT(" "));

    w->number = atoi(number.bytes);
    w->kind = front;
    w->speaker = gs_text_trim(cut(&line, GS_TEXT("|")));
    w->actor = gs_text_trim(cut(&line, GS_TEXT("|")));
    w->date = gs_text_trim(cut(&line, GS_TEXT("|")));
    while (line.bytes != NULL)
        take_field(w, gs_text_trim(cut(&line, GS_TEXT("|"))));
}

static void read_expected(article *a, gs_text text)
{
    wanted *current = NULL;

    while (text.bytes != NULL) {
        gs_text line = cut(&text, GS_TEXT("\n"));

        if (line.size == 0 || line.bytes[0] == '#' || line.bytes[0] == 'T') {
            current = NULL;
        } else if (line.bytes[0] != ' ') {
            assert_true(a->count < WANTED_MAX);
            current = &a->wanted[a->count++];
            take_head(current, line);
        } else if (current != NULL) {
            current->text = gs_text_format(&a->arena, "%.*s %.*s", GS_SHOW(current->text),
                                           GS_SHOW(gs_text_trim(line)));
        }
    }
}

static void read_article(article *a, gs_text text)
{
    gs_text head = cut(&text, GS_TEXT("\n\n"));

    a->source.text = text;
    while (head.bytes != NULL) {
        gs_text line = cut(&head, GS_TEXT("\n"));
        gs_text key = cut(&line, GS_TEXT(": "));

        if (gs_text_equal(key, GS_TEXT("Title")))
            a->source.title = line;
        else if (gs_text_equal(key, GS_TEXT("Publisher")))
            a->source.publisher = line;
        else if (gs_text_equal(key, GS_TEXT("Published")))
            a->source.published = line;
        else if (gs_text_equal(key, GS_TEXT("Url")))
            a->source.url = line;
    }
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The next word of a folded text. */
static gs_text next_word(gs_text text, size_t *at)
{
    size_t start;

    while (*at < text.size && !is_word_byte(text.bytes[*at]))
        ++*at;
    start = *at;
    while (*at < text.size && is_word_byte(text.bytes[*at]))
        ++*at;
    return gs_text_slice(text, start, *at);
}

static size_t count_words(gs_text text, gs_text word)
{
    size_t at = 0, count = 0;

    for (gs_text w = next_word(text, &at); w.size > 0; w = next_word(text, &at))
        count += word.size == 0 || gs_text_equal(w, word);
    return count;
}

/* F1 of the two bags of words. */
static double overlap(gs_arena *arena, gs_text a, gs_text b)
{
    gs_text x = gs_fold(arena, a), y = gs_fold(arena, b);
    size_t at = 0, both = 0,
           all = count_words(x, GS_TEXT("")) + count_words(y, GS_TEXT(""));

    for (gs_text w = next_word(x, &at); w.size > 0; w = next_word(x, &at)) {
        size_t before = count_words(gs_text_slice(x, 0, at - w.size), w);

        both += before < count_words(y, w);
    }
    return all > 0 ? 2.0 * (double)both / (double)all : 0;
}

/* Whether all words of the shorter name stand in the longer one. */
static bool same_name(gs_arena *arena, gs_text a, gs_text b)
{
    gs_text x = gs_fold_name(arena, a), y = gs_fold_name(arena, b);
    bool a_shorter = count_words(x, GS_TEXT("")) <= count_words(y, GS_TEXT(""));
    gs_text shorter = a_shorter ? x : y, longer = a_shorter ? y : x;
    size_t at = 0;

    if (shorter.size == 0)
        return false;
    for (gs_text w = next_word(shorter, &at); w.size > 0; w = next_word(shorter, &at))
        if (w.size > 1 && count_words(longer, w) == 0)
            return false;
    return true;
}

static bool party_is(gs_arena *arena, const gs_party *party, gs_text name)
{
    if (same_name(arena, party->name, name))
        return true;
    for (size_t i = 0; i < party->speaks_for_count; i++)
        if (same_name(arena, party->speaks_for[i], name))
            return true;
    return false;
}

static bool accused_right(gs_arena *arena, const wanted *w)
{
    gs_text rest = w->accuses;
    size_t count = 0;

    while (rest.bytes != NULL) {
        gs_text name = cut(&rest, GS_TEXT(";"));
        bool found = false;

        for (size_t i = 0; i < w->got->accused.count; i++)
            found |= party_is(arena, &w->got->accused.items[i], name);
        if (!found)
            return false;
        count++;
    }
    return w->got->accused.count == count;
}

static const wanted *wanted_of(const article *a, gs_text id)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->wanted[i].got != NULL && gs_text_equal(a->wanted[i].got->id, id))
            return &a->wanted[i];
    return NULL;
}

/* Same number, or tellings of one act. */
static bool is_listed(const article *a, gs_text list, const wanted *target)
{
    while (list.bytes != NULL) {
        int number = atoi(cut(&list, GS_TEXT(";")).bytes);

        if (number == target->number)
            return true;
        for (size_t i = 0; i < a->count; i++)
            if ((a->wanted[i].number == number && a->wanted[i].same.bytes != NULL &&
                 atoi(a->wanted[i].same.bytes) == target->number) ||
                (a->wanted[i].number == target->number &&
                 a->wanted[i].same.bytes != NULL &&
                 atoi(a->wanted[i].same.bytes) == number))
                return true;
    }
    return false;
}

/* The required target is among the answers, and none that is not allowed. */
static bool answers_right(const article *a, const wanted *w)
{
    bool needed = w->answers.bytes == NULL;

    for (size_t i = 0; i < w->got->answers.count; i++) {
        const wanted *target = wanted_of(a, w->got->answers.items[i].id);

        if (target == NULL)
            return false;
        if (w->answers.bytes != NULL && is_listed(a, w->answers, target))
            needed = true;
        else if (w->also.bytes == NULL || !is_listed(a, w->also, target))
            return false;
    }
    return needed;
}

static bool is_taken(const article *a, const gs_statement *s)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->wanted[i].got == s)
            return true;
    return false;
}

/* Greedy in the order of the text: the best that is still free, kind and speaker as ties.
 */
static void match(article *a)
{
    for (size_t i = 0; i < a->count; i++) {
        wanted *w = &a->wanted[i];
        double best = 0.5;

        for (size_t j = 0; j < a->got.count; j++) {
            const gs_statement *s = &a->got.items[j];
            double score = overlap(&a->arena, w->text, s->text);

            if (score < 0.5 || is_taken(a, s))
                continue;
            score += 0.1 * gs_text_equal(s->kind, w->kind) +
                     0.1 * party_is(&a->arena, &s->speaker, w->actor);
            if (score > best) {
                best = score;
                w->got = s;
            }
        }
    }
}

static void judge(article *a, const char *name)
{
    for (size_t i = 0; i < a->count; i++) {
        wanted *w = &a->wanted[i];
        bool right[POINTS] = {w->got != NULL};

        if (w->optional)
            continue;
        a->most += POINTS;
        if (right[0]) {
            right[1] = gs_text_equal(w->got->kind, w->kind);
            right[2] = party_is(&a->arena, &w->got->speaker, w->actor) ||
                       party_is(&a->arena, &w->got->speaker, w->speaker);
            right[3] = gs_text_equal(w->got->date, w->date);
            right[4] = accused_right(&a->arena, w);
            right[5] = answers_right(a, w);
        }
        for (int p = 0; p < POINTS; p++) {
            a->points[p] += right[p];
            if (!right[p] && (p == 0 || right[0]))
                printf("%s %d: %s is not right:%.*s\n", name, w->number, point_names[p],
                       GS_SHOW(w->text));
        }
    }
    for (size_t j = 0; j < a->got.count; j++)
        if (!is_taken(a, &a->got.items[j]))
            a->extra++;
}

static int floor_of(gs_arena *arena, const char *name)
{
    gs_text rest =
        read_file(arena, gs_text_format(arena, "%s/articles/floors.tsv", folder).bytes);

    while (rest.bytes != NULL) {
        gs_text line = cut(&rest, GS_TEXT("\n"));

        if (gs_text_equal(cut(&line, GS_TEXT("\t")), gs_text_of(name)))
            return atoi(line.bytes);
    }
    fail_msg("floors.tsv has no line for %s", name);
    return 0;
}

static void try_article(const char *name, const char *path)
{
    article a = {0};
    gs_error err = {0};
    gs_language *language;
    int points = 0;

    read_article(&a, read_file(&a.arena, gs_text_format(&a.arena, "%s.txt", path).bytes));
    read_expected(
        &a, read_file(&a.arena, gs_text_format(&a.arena, "%s.expected", path).bytes));
    assert_int_equal(gs_language_open(&language, GS_TEXT("en"), &err), GS_OK);
    assert_int_equal(gs_extract(&a.got, language, &a.source, &a.arena, &err), GS_OK);
    match(&a);
    judge(&a, name);
    printf("%s:", name);
    for (int p = 0; p < POINTS; p++) {
        printf(" %s %d", point_names[p], a.points[p]);
        points += a.points[p];
    }
    printf(" of %d; %d of %d points; %d statements beside\n", a.most / POINTS, points,
           a.most, a.extra);
    assert_true(points - a.extra >= floor_of(&a.arena, name));
    gs_language_close(language);
    gs_arena_free(&a.arena);
}

static void test_article(void **state)
{
    const char *name = *state;
    char path[4096];

    snprintf(path, sizeof path, "%s/articles/%s", folder, name);
    try_article(name, path);
}

static void test_sample(void **state)
{
    char path[4096];

    (void)state;
    snprintf(path, sizeof path, "%s/../../docs/sample/article", folder);
    try_article("sample", path);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(test_article, "solvents"),
        cmocka_unit_test_prestate(test_article, "badges"),
        cmocka_unit_test(test_sample),
    };

    if (count != 2)
        return 2;
    folder = arguments[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
