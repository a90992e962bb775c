#include "ingest/extract/lexicon.h"
#include "graph/base/hash.h"
#include "graph/base/number.h"
#include "ingest/extract/inflect.h"
#include "ingest/extract/tables.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 1024, FIELDS = 4 };

typedef struct abbreviation {
    gs_text word;
    gs_abbreviation kind;
} abbreviation;

typedef struct ending {
    gs_text text;
    gs_text stem; /* of stems.tsv */
    uint32_t classes;
} ending;

typedef struct endings {
    ending *items;
    size_t count, room;
} endings;

struct gs_lexicon {
    gs_arena arena;
    gs_text language;
    gs_word **slots; /* open addressing; the count is a power of two */
    size_t slot_count, word_count;
    abbreviation *abbreviations;
    size_t abbreviation_count, abbreviation_room;
    endings guesses, stems;
    gs_furniture *furniture;
    size_t furniture_count, furniture_room;
};

static const struct class_name {
    const char *name;
    uint32_t classes;
} class_names[] = {
    {"noun", GS_CLASS_NOUN},
    {"plural", GS_CLASS_NOUN | GS_CLASS_PLURAL},
    {"adjective", GS_CLASS_ADJECTIVE},
    {"adverb", GS_CLASS_ADVERB},
    {"degree", GS_CLASS_DEGREE},
    {"determiner", GS_CLASS_DETERMINER},
    {"possessive", GS_CLASS_POSSESSIVE},
    {"pronoun", GS_CLASS_PRONOUN},
    {"subject", GS_CLASS_SUBJECT},
    {"object", GS_CLASS_OBJECT},
    {"preposition", GS_CLASS_PREPOSITION},
    {"conjunction", GS_CLASS_CONJUNCTION},
    {"subordinator", GS_CLASS_SUBORDINATOR},
    {"relative", GS_CLASS_RELATIVE},
    {"auxiliary", GS_CLASS_AUXILIARY},
    {"modal", GS_CLASS_MODAL},
    {"negation", GS_CLASS_NEGATION},
    {"negated", GS_CLASS_NEGATED},
    {"number", GS_CLASS_NUMBER},
    {"agent", GS_CLASS_AGENT},
    {"be", GS_CLASS_AUXILIARY | GS_CLASS_BE},
    {"have", GS_CLASS_AUXILIARY | GS_CLASS_HAVE},
    {"to", GS_CLASS_TO},
    {"of", (uint32_t)GS_CLASS_OF},
    {"base", GS_CLASS_BASE},
    {"present", GS_CLASS_PRESENT},
    {"past", GS_CLASS_PAST},
    {"participle", GS_CLASS_PARTICIPLE},
    {"gerund", GS_CLASS_GERUND},
    {"clausal", GS_CLASS_CLAUSAL},
    {"prospect", GS_CLASS_PROSPECT},
    {"calendar", GS_CLASS_CALENDAR | GS_CLASS_NOUN},
};

static const struct class_name when_names[] = {
    {"weekday", GS_WHEN_WEEKDAY},
    {"month", GS_WHEN_MONTH},
    {"unit", GS_WHEN_UNIT},
    {"part", GS_WHEN_PART},
    {"season", GS_WHEN_SEASON},
    {"day", GS_WHEN_DAY},
    {"number", GS_WHEN_NUMBER},
    {"vague", GS_WHEN_VAGUE},
    {"last", GS_WHEN_LAST},
    {"this", GS_WHEN_THIS},
    {"next", GS_WHEN_NEXT},
    {"past", GS_WHEN_PAST},
    {"previous", GS_WHEN_PREVIOUS},
    {"following", GS_WHEN_FOLLOWING},
    {"same", GS_WHEN_SAME},
    {"that", GS_WHEN_THAT},
    {"stage", GS_WHEN_STAGE},
    {"ago", GS_WHEN_AGO},
    {"back", GS_WHEN_BACK},
    {"forth", GS_WHEN_FORTH},
    {"at", GS_WHEN_AT},
    {"since", GS_WHEN_SINCE},
    {"until", GS_WHEN_UNTIL},
    {"the", GS_WHEN_THE},
    {"of", GS_WHEN_OF},
    {"named", GS_WHEN_NAMED},
};

/* The bits of a name; tables are ours, so that a wrong name is a bug. */
static uint32_t bits_of(const struct class_name *names, size_t count, gs_text name)
{
    for (size_t i = 0; i < count; i++)
        if (gs_text_equal(name, gs_text_of(names[i].name)))
            return names[i].classes;
    assert(!"a class that no table may name");
    return 0;
}

/* The classes of a list of names. */
static uint32_t classes_of(gs_text names)
{
    uint32_t classes = 0;

    for (size_t at = 0; at <= names.size;) {
        size_t end = gs_text_find(names, GS_TEXT(","), at);
        gs_text name = gs_text_slice(names, at, end == SIZE_MAX ? names.size : end);

        classes |= bits_of(class_names, sizeof class_names / sizeof *class_names, name);
        at = end == SIZE_MAX ? names.size + 1 : end + 1;
    }
    return classes;
}

static gs_word **slot_of(gs_word **slots, size_t count, gs_text form)
{
    size_t at = gs_checksum(form.bytes, form.size) & (count - 1);

    while (slots[at] != NULL && (slots[at]->form.size != form.size ||
                                 memcmp(slots[at]->form.bytes, form.bytes, form.size)))
        at = (at + 1) & (count - 1);
    return &slots[at];
}

static bool grow_slots(gs_lexicon *lexicon)
{
    size_t count = lexicon->slot_count ? 2 * lexicon->slot_count : SLOTS_FIRST;
    gs_word **slots = gs_arena_array(&lexicon->arena, count, sizeof(gs_word *));

    if (slots == NULL)
        return false;
    for (size_t i = 0; i < lexicon->slot_count; i++)
        if (lexicon->slots[i] != NULL)
            *slot_of(slots, count, lexicon->slots[i]->form) = lexicon->slots[i];
    lexicon->slots = slots;
    lexicon->slot_count = count;
    return true;
}

/* The word of a form, made when it is new; NULL is want of memory. */
static gs_word *intern(gs_lexicon *lexicon, gs_text form)
{
    gs_word **slot;

    if (form.bytes == NULL ||
        (2 * (lexicon->word_count + 1) > lexicon->slot_count && !grow_slots(lexicon)))
        return NULL;
    slot = slot_of(lexicon->slots, lexicon->slot_count, form);
    if (*slot == NULL) {
        *slot = gs_arena_take(&lexicon->arena, sizeof **slot);
        if (*slot == NULL)
            return NULL;
        (*slot)->form = form;
        lexicon->word_count++;
    }
    return *slot;
}

static bool add_form(gs_lexicon *lexicon, gs_text form, gs_text base, uint32_t classes)
{
    gs_word *word = intern(lexicon, form);

    if (word == NULL)
        return false;
    if (classes & GS_CLASS_NOUN && word->noun.bytes == NULL)
        word->noun = base;
    /* "found" is of "find" before it is of itself: irregular verbs are read first */
    if (classes & (GS_CLASS_VERB | GS_CLASS_MODAL) && word->verb.bytes == NULL)
        word->verb = base;
    word->classes |= classes;
    return true;
}

static bool add_noun(gs_lexicon *lexicon, gs_text noun)
{
    gs_text plural = gs_inflect_s(&lexicon->arena, noun);

    return add_form(lexicon, noun, noun, GS_CLASS_NOUN) &&
           add_form(lexicon, plural, noun, GS_CLASS_NOUN | GS_CLASS_PLURAL);
}

/* The forms of a verb that even irregular ones share. */
static bool add_base(gs_lexicon *lexicon, gs_text base, gs_doubling doubling)
{
    gs_text s = gs_inflect_s(&lexicon->arena, base);
    gs_text ing = gs_inflect_ing(&lexicon->arena, base, doubling);

    return add_form(lexicon, base, base, GS_CLASS_BASE) &&
           add_form(lexicon, s, base, GS_CLASS_PRESENT) &&
           add_form(lexicon, ing, base, GS_CLASS_GERUND);
}

static bool add_verb(gs_lexicon *lexicon, gs_text base, gs_doubling doubling)
{
    gs_text ed = gs_inflect_ed(&lexicon->arena, base, doubling);

    if (!add_base(lexicon, base, doubling))
        return false;
    return add_form(lexicon, ed, base, GS_CLASS_PAST | GS_CLASS_PARTICIPLE);
}

/* The next word of a field of words; empty at its end. */
static gs_text next_word(gs_text field, size_t *at)
{
    size_t end;

    while (*at < field.size && field.bytes[*at] == ' ')
        ++*at;
    end = gs_text_find(field, GS_TEXT(" "), *at);
    end = end == SIZE_MAX ? field.size : end;
    field = gs_text_slice(field, *at, end);
    *at = end;
    return field;
}

typedef bool add_word(gs_lexicon *lexicon, gs_text group, gs_text word);

static bool add_listed(gs_lexicon *lexicon, gs_text group, gs_text word)
{
    uint32_t classes = classes_of(group);

    if (classes == GS_CLASS_NOUN)
        return add_noun(lexicon, word);
    return add_form(lexicon, word, word, classes);
}

static bool add_listed_verb(gs_lexicon *lexicon, gs_text group, gs_text word)
{
    if (gs_text_equal(group, GS_TEXT("plain")))
        return add_verb(lexicon, word, GS_DOUBLING_BY_SPELLING);
    if (gs_text_equal(group, GS_TEXT("double")))
        return add_verb(lexicon, word, GS_DOUBLING_ALWAYS);
    if (gs_text_equal(group, GS_TEXT("single")))
        return add_verb(lexicon, word, GS_DOUBLING_NEVER);
    return add_form(lexicon, word, word, classes_of(group)); /* of the base; see below */
}

static bool add_irregular(gs_lexicon *lexicon, gs_text base, gs_text forms,
                          uint32_t classes)
{
    gs_text form;

    for (size_t at = 0; (form = next_word(forms, &at)).size > 0;)
        if (!add_form(lexicon, form, base, classes))
            return false;
    return true;
}

typedef bool add_row(gs_lexicon *lexicon, const gs_text *fields, size_t count);

static bool row_of_words(gs_lexicon *lexicon, const gs_text *fields, add_word *add)
{
    gs_text word;

    for (size_t at = 0; (word = next_word(fields[1], &at)).size > 0;)
        if (!add(lexicon, fields[0], word))
            return false;
    return true;
}

static bool words_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    assert(count == 2);
    (void)count;
    return row_of_words(lexicon, fields, add_listed);
}

static bool verbs_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    assert(count == 2);
    (void)count;
    return row_of_words(lexicon, fields, add_listed_verb);
}

static bool irregular_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    assert(count == 3);
    (void)count;
    return add_base(lexicon, fields[0], GS_DOUBLING_BY_SPELLING) &&
           add_irregular(lexicon, fields[0], fields[1], GS_CLASS_PAST) &&
           add_irregular(lexicon, fields[0], fields[2], GS_CLASS_PARTICIPLE);
}

static bool forms_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    assert(count == 3);
    (void)count;
    return add_form(lexicon, fields[0], fields[1], classes_of(fields[2]));
}

static bool nouns_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    assert(count == 2);
    (void)count;
    return add_form(lexicon, fields[0], fields[1], GS_CLASS_NOUN | GS_CLASS_PLURAL);
}

static bool abbreviations_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    static const char *const kinds[] = {"", "title", "number", "month", "last"};
    abbreviation item = {fields[0], GS_ABBREVIATION_NONE};

    assert(count == 2);
    (void)count;
    for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++)
        if (gs_text_equal(fields[1], gs_text_of(kinds[i])))
            item.kind = (gs_abbreviation)i;
    assert(item.kind != GS_ABBREVIATION_NONE);
    lexicon->abbreviations = gs_arena_grow(&lexicon->arena, lexicon->abbreviations,
                                           lexicon->abbreviation_count,
                                           &lexicon->abbreviation_room, sizeof item);
    if (lexicon->abbreviations == NULL)
        return false;
    lexicon->abbreviations[lexicon->abbreviation_count++] = item;
    return true;
}

static bool push_ending(endings *list, gs_arena *arena, ending item)
{
    list->items =
        gs_arena_grow(arena, list->items, list->count, &list->room, sizeof item);
    if (list->items == NULL)
        return false;
    list->items[list->count++] = item;
    return true;
}

static bool endings_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    assert(count == 2);
    (void)count;
    return push_ending(&lexicon->guesses, &lexicon->arena,
                       (ending){fields[0], {NULL, 0}, classes_of(fields[1])});
}

static bool stems_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    gs_text stem = count > 1 ? fields[1] : GS_TEXT("");

    return push_ending(&lexicon->stems, &lexicon->arena, (ending){fields[0], stem, 0});
}

static bool furniture_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    static const char *const places[] = {"start", "whole", "byline"};
    gs_furniture item = {fields[1], GS_FURNITURE_START};

    assert(count == 2);
    (void)count;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (gs_text_equal(fields[0], gs_text_of(places[i])))
            item.place = (int)i;
    lexicon->furniture =
        gs_arena_grow(&lexicon->arena, lexicon->furniture, lexicon->furniture_count,
                      &lexicon->furniture_room, sizeof item);
    if (lexicon->furniture == NULL)
        return false;
    lexicon->furniture[lexicon->furniture_count++] = item;
    return true;
}

static bool calendar_row(gs_lexicon *lexicon, const gs_text *fields, size_t count)
{
    gs_text form;
    int64_t amount;

    assert(count == 3);
    (void)count;
    if (!gs_integer_read(&amount, fields[1]))
        amount = 0; /* "-": none */
    for (size_t at = 0; (form = next_word(fields[2], &at)).size > 0;) {
        gs_word *word = intern(lexicon, form);

        if (word == NULL)
            return false;
        word->when |=
            bits_of(when_names, sizeof when_names / sizeof *when_names, fields[0]);
        if (amount != 0)
            word->amount = (int32_t)amount;
    }
    return true;
}

static gs_code read_table(gs_lexicon *lexicon, const char *name, add_row *add,
                          gs_error *err)
{
    gs_text path =
        gs_text_format(&lexicon->arena, "%.*s/%s", GS_SHOW(lexicon->language), name);
    const gs_table *table = gs_table_find(path);
    gs_text fields[FIELDS];
    size_t count;

    if (table == NULL)
        return gs_fail(err, GS_USAGE,
                       "language '%.*s': no table %s is compiled in; choose another",
                       GS_SHOW(lexicon->language), name);
    for (size_t at = 0; (count = gs_table_row(table, &at, fields, FIELDS)) > 0;)
        if (!add(lexicon, fields, count))
            return gs_fail_memory(err);
    return GS_OK;
}

/* What can be said once all words are known: the forms of a verb take part in how it is
 * used, and words that only the calendar's table has are told by their endings. */
static void finish_words(gs_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->slot_count; i++) {
        gs_word *word = lexicon->slots[i];
        const gs_word *base = NULL;

        if (word == NULL)
            continue;
        if (word->classes == 0)
            word->classes = gs_lexicon_guess(lexicon, word->form);
        if (word->verb.bytes != NULL)
            base = gs_lexicon_find(lexicon, word->verb);
        if (base != NULL)
            word->classes |= base->classes & (GS_CLASS_CLAUSAL | GS_CLASS_PROSPECT);
    }
}

static gs_code read_tables(gs_lexicon *lexicon, gs_error *err)
{
    gs_code rc;

    GS_TRY(read_table(lexicon, "forms.tsv", forms_row, err));
    GS_TRY(read_table(lexicon, "irregular.tsv", irregular_row, err));
    GS_TRY(read_table(lexicon, "nouns.tsv", nouns_row, err));
    GS_TRY(read_table(lexicon, "grammar.tsv", words_row, err));
    GS_TRY(read_table(lexicon, "verbs.tsv", verbs_row, err));
    GS_TRY(read_table(lexicon, "abbreviations.tsv", abbreviations_row, err));
    GS_TRY(read_table(lexicon, "calendar.tsv", calendar_row, err));
    GS_TRY(read_table(lexicon, "furniture.tsv", furniture_row, err));
    GS_TRY(read_table(lexicon, "endings.tsv", endings_row, err));
    GS_TRY(read_table(lexicon, "stems.tsv", stems_row, err));
    finish_words(lexicon);
out:
    return rc;
}

gs_code gs_lexicon_open(gs_lexicon **out, gs_text language, gs_error *err)
{
    gs_code rc;
    gs_lexicon *lexicon = calloc(1, sizeof *lexicon);

    if (lexicon == NULL)
        return gs_fail_memory(err);
    lexicon->language = gs_text_copy(&lexicon->arena, language);
    GS_TRY(grow_slots(lexicon) ? GS_OK : gs_fail_memory(err));
    GS_TRY(read_tables(lexicon, err));
    *out = lexicon;
    return GS_OK;
out:
    gs_lexicon_close(lexicon);
    return rc;
}

void gs_lexicon_close(gs_lexicon *lexicon)
{
    if (lexicon == NULL)
        return;
    gs_arena_free(&lexicon->arena);
    free(lexicon);
}

const gs_furniture *gs_lexicon_furniture(const gs_lexicon *lexicon, size_t *count)
{
    *count = lexicon->furniture_count;
    return lexicon->furniture;
}

const gs_word *gs_lexicon_find(const gs_lexicon *lexicon, gs_text folded)
{
    return *slot_of(lexicon->slots, lexicon->slot_count, folded);
}

gs_abbreviation gs_lexicon_abbreviation(const gs_lexicon *lexicon, gs_text word)
{
    for (size_t i = 0; i < lexicon->abbreviation_count; i++)
        if (gs_text_equal(word, lexicon->abbreviations[i].word))
            return lexicon->abbreviations[i].kind;
    return GS_ABBREVIATION_NONE;
}

uint32_t gs_lexicon_guess(const gs_lexicon *lexicon, gs_text folded)
{
    for (size_t i = 0; i < lexicon->guesses.count; i++) {
        const ending *guess = &lexicon->guesses.items[i];

        if (folded.size > guess->text.size + 1 &&
            folded.bytes[folded.size - 1] == guess->text.bytes[guess->text.size - 1] &&
            gs_text_ends(folded, guess->text))
            return guess->classes;
    }
    return GS_CLASS_NOUN;
}

gs_text gs_lexicon_lemma(const gs_lexicon *lexicon, gs_text folded, gs_tag tag,
                         gs_arena *arena)
{
    const gs_word *word = gs_lexicon_find(lexicon, folded);

    if (tag == GS_TAG_NOUN) {
        if (word != NULL && word->noun.bytes != NULL)
            return word->noun;
        return gs_uninflect_s(arena, folded);
    }
    if (tag != GS_TAG_AUXILIARY && tag != GS_TAG_MODAL && tag < GS_TAG_VERB_BASE)
        return folded;
    if (word != NULL && word->verb.bytes != NULL)
        return word->verb;
    if (tag == GS_TAG_VERB_PRESENT)
        return gs_uninflect_s(arena, folded);
    if (tag == GS_TAG_VERB_PAST || tag == GS_TAG_VERB_PARTICIPLE)
        return gs_uninflect_ed(arena, folded);
    return tag == GS_TAG_VERB_GERUND ? gs_uninflect_ing(arena, folded) : folded;
}

gs_text gs_lexicon_stem(const gs_lexicon *lexicon, gs_text folded, gs_arena *arena)
{
    const gs_word *word = gs_lexicon_find(lexicon, folded);
    gs_text base = folded;

    if (word != NULL && word->verb.bytes != NULL)
        base = word->verb;
    else if (word != NULL && word->noun.bytes != NULL)
        base = word->noun;
    for (size_t i = 0; i < lexicon->stems.count; i++) {
        const ending *item = &lexicon->stems.items[i];
        gs_text pieces[2] = {gs_text_slice(base, 0, base.size - item->text.size),
                             item->stem};

        if (base.size < item->text.size + 3 || !gs_text_ends(base, item->text))
            continue;
        return gs_text_join(arena, pieces, 2, GS_TEXT(""));
    }
    return base;
}

bool gs_lexicon_is_empty(const gs_lexicon *lexicon, gs_text folded)
{
    const gs_word *word = gs_lexicon_find(lexicon, folded);

    return word != NULL &&
           (word->classes & GS_CLASS_CLOSED & ~(uint32_t)GS_CLASS_NEGATION) != 0;
}
