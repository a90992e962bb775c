#include "ingest/extract/vocabulary.h"
#include "graph/base/hash.h"
#include "ingest/extract/tables.h"
#include <assert.h>
#include <string.h>

enum {
    WORDS_MAX = 12,      /* of a phrase */
    FIELDS_MAX = 6,      /* of a row */
    SLOT_CLASS = 0x8000, /* in a phrase: any word of a class */
    BETWEEN_MAX = 2,     /* adverbs that may stand between two words of a cue */
};

typedef struct phrase {
    uint16_t words[WORDS_MAX];
    uint8_t count;
    uint32_t next;  /* 1 + the next phrase that begins with the same word */
    uint32_t value; /* a class, or the number of a cue */
} phrase;

typedef struct book {
    phrase *items;
    size_t count, room;
    uint32_t *first; /* by word: 1 + its first phrase */
} book;

struct gs_vocabulary {
    gs_arena arena;
    gs_text *words; /* by number */
    gs_word_set *sets;
    size_t count, room, set_room;
    uint32_t *slots; /* open addressing: number of a word, 0 is free */
    size_t slot_count;
    book phrases, cue_phrases;
    gs_cue *cues;
    size_t cue_count, cue_room;
    uint16_t not_word;
};

/* In the order of gs_word_class. */
static const char *const class_names[GS_WORD_CLASSES] = {
    "assertion",
    "allegation",
    "request",
    "negative",
    "negation",
    "hedge",
    "checker",
    "informant",
    "disclose",
    "question",
    "possessive",
    "pronoun",
    "verdict-false",
    "verdict-true",
    "verdict-misleading",
    "verdict-unproven",
    "verdict-plausible",
    "closer",
    "aside",
    "takeback",
    "defiance",
    "insistence",
    "prospect",
    "persist",
    "condition",
    "quoting",
    "vehicle",
    "that",
    "as",
    "by",
    "of",
    "pairing",
    "without",
    "earlier",
    "after",
    "first-person",
    "be",
    "toward",
    "what",
    "utterance",
    "attitude",
    "about",
    "each",
};

static const struct {
    const char *name;
    uint32_t bits;
} frame_names[] = {
    {"that", GS_FRAME_THAT},
    {"bare", GS_FRAME_BARE},
    {"quote", GS_FRAME_QUOTE},
    {"trail", GS_FRAME_TRAIL},
    {"invert", GS_FRAME_INVERT},
    {"inf", GS_FRAME_INF},
    {"gerund", GS_FRAME_GERUND},
    {"object", GS_FRAME_OBJECT},
    {"pair", GS_FRAME_PAIR},
    {"as", GS_FRAME_AS},
    {"predicate", GS_FRAME_PREDICATE},
    {"addressee", GS_FRAME_ADDRESSEE},
    {"self", GS_FRAME_SELF},
    {"wh", GS_FRAME_WH},
    {"whole", GS_FRAME_WHOLE},
    {"of", GS_FRAME_OF},
    {"topic", GS_FRAME_TOPIC},
    {"course", GS_FRAME_COURSE},
    {"impersonal", GS_CUE_IMPERSONAL},
    {"assertion", GS_CUE_ASSERTION},
    {"denying", GS_CUE_DENYING},
    {"verdict", GS_CUE_VERDICT},
    {"unproven", GS_CUE_UNPROVEN},
    {"false", GS_CUE_FALSE},
    {"checker", GS_CUE_CHECKER},
    {"say",
     GS_FRAME_THAT | GS_FRAME_BARE | GS_FRAME_QUOTE | GS_FRAME_TRAIL | GS_FRAME_INVERT},
    {"speak", GS_FRAME_THAT | GS_FRAME_BARE | GS_FRAME_QUOTE | GS_FRAME_TRAIL |
                  GS_FRAME_INVERT | GS_FRAME_WH},
};

/* In the order of gs_act_kind. */
static const char *const kind_names[] = {
    "",           "claim",     "denial",     "counterclaim", "confirmation",
    "retraction", "nocomment", "assessment",
};

gs_text gs_act_kind_name(gs_act_kind kind)
{
    return kind == GS_ACT_NONE ? (gs_text){0} : gs_text_of(kind_names[kind]);
}

static uint32_t slot_of(const gs_vocabulary *v, gs_text word)
{
    uint32_t mask = (uint32_t)v->slot_count - 1;
    uint32_t at = gs_checksum(word.bytes, word.size) & mask;

    while (v->slots[at] != 0 && !gs_text_equal(v->words[v->slots[at]], word))
        at = (at + 1) & mask;
    return at;
}

static uint16_t find_word(const gs_vocabulary *v, gs_text word)
{
    return word.size == 0 ? 0 : (uint16_t)v->slots[slot_of(v, word)];
}

static gs_code grow_slots(gs_vocabulary *v, gs_error *err)
{
    size_t count = v->slot_count == 0 ? 4096 : v->slot_count * 2;
    uint32_t *slots = gs_arena_array(&v->arena, count, sizeof *slots);

    if (slots == NULL)
        return gs_fail_memory(err);
    v->slots = slots;
    v->slot_count = count;
    for (size_t i = 1; i < v->count; i++)
        v->slots[slot_of(v, v->words[i])] = (uint32_t)i;
    return GS_OK;
}

static gs_code add_word(uint16_t *out, gs_vocabulary *v, gs_text word, gs_error *err)
{
    uint32_t slot;

    if ((v->count + 1) * 2 > v->slot_count && grow_slots(v, err) != GS_OK)
        return err->code;
    slot = slot_of(v, word);
    if (v->slots[slot] == 0) {
        if (v->count >= SLOT_CLASS)
            return gs_fail(err, GS_FAILED, "too many words in the tables");
        v->words = gs_arena_grow(&v->arena, v->words, v->count, &v->room, sizeof word);
        v->sets =
            gs_arena_grow(&v->arena, v->sets, v->count, &v->set_room, sizeof *v->sets);
        if (v->words == NULL || v->sets == NULL)
            return gs_fail_memory(err);
        v->words[v->count] = word;
        v->sets[v->count] = 0;
        v->slots[slot] = (uint32_t)v->count++;
    }
    *out = (uint16_t)v->slots[slot];
    return GS_OK;
}

/* The number of a class by name; GS_WORD_CLASSES when there is none. */
static uint32_t find_class(gs_text name)
{
    uint32_t i = 0;

    while (i < GS_WORD_CLASSES && !gs_text_equal(name, gs_text_of(class_names[i])))
        i++;
    return i;
}

static gs_code add_part(phrase *out, gs_vocabulary *v, gs_text word, gs_error *err)
{
    uint32_t class;

    if (out->count == WORDS_MAX)
        return gs_fail(err, GS_FAILED, "%.*s: the phrase is too long", GS_SHOW(word));
    if (word.bytes[0] != '<' || word.bytes[word.size - 1] != '>')
        return add_word(&out->words[out->count++], v, word, err);
    class = find_class(gs_text_slice(word, 1, word.size - 1));
    if (class == GS_WORD_CLASSES)
        return gs_fail(err, GS_FAILED, "%.*s: no such class", GS_SHOW(word));
    out->words[out->count++] = (uint16_t)(SLOT_CLASS | class);
    return GS_OK;
}

static gs_code read_phrase(phrase *out, gs_vocabulary *v, gs_text text, gs_error *err)
{
    gs_code rc = GS_OK;
    size_t at = 0;

    *out = (phrase){0};
    while (at < text.size) {
        size_t end = gs_text_find(text, GS_TEXT(" "), at);

        end = end == SIZE_MAX ? text.size : end;
        if (end > at)
            GS_TRY(add_part(out, v, gs_text_slice(text, at, end), err));
        at = end + 1;
    }
    if (out->count == 0 || (out->words[0] & SLOT_CLASS) != 0)
        rc = gs_fail(err, GS_FAILED, "%.*s: a phrase begins with a word", GS_SHOW(text));
out:
    return rc;
}

static gs_code add_phrase(gs_vocabulary *v, book *into, phrase *made, gs_error *err)
{
    (void)v;
    into->items = gs_arena_grow(&v->arena, into->items, into->count, &into->room,
                                sizeof *into->items);
    if (into->items == NULL)
        return gs_fail_memory(err);
    into->items[into->count++] = *made;
    return GS_OK;
}

static gs_code add_to_class(gs_vocabulary *v, uint32_t class, gs_text text, gs_error *err)
{
    phrase made;
    gs_code rc = read_phrase(&made, v, text, err);

    if (rc != GS_OK)
        return rc;
    if (made.count == 1) {
        v->sets[made.words[0]] |= (gs_word_set)1 << class;
        return GS_OK;
    }
    made.value = class;
    return add_phrase(v, &v->phrases, &made, err);
}

static gs_code read_classes(gs_vocabulary *v, const gs_table *table, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_text fields[FIELDS_MAX];
    size_t at = 0;

    while (gs_table_row(table, &at, fields, FIELDS_MAX) >= 2) {
        uint32_t class = find_class(fields[0]);
        size_t from = 0;

        if (class == GS_WORD_CLASSES)
            continue;
        while (from < fields[1].size) {
            size_t end = gs_text_find(fields[1], GS_TEXT(","), from);
            gs_text item;

            end = end == SIZE_MAX ? fields[1].size : end;
            item = gs_text_trim(gs_text_slice(fields[1], from, end));
            if (item.size > 0)
                GS_TRY(add_to_class(v, class, item, err));
            from = end + 1;
        }
    }
out:
    return rc;
}

static gs_code read_frames(gs_cue *cue, gs_text text, gs_error *err)
{
    size_t at = 0;

    while (at < text.size) {
        size_t end = gs_text_find(text, GS_TEXT(" "), at), i = 0;
        size_t known = sizeof frame_names / sizeof *frame_names;
        gs_text name;

        end = end == SIZE_MAX ? text.size : end;
        name = gs_text_slice(text, at, end);
        while (i < known && !gs_text_equal(name, gs_text_of(frame_names[i].name)))
            i++;
        if (i == known)
            return gs_fail(err, GS_FAILED, "cues.tsv: %.*s: no such frame",
                           GS_SHOW(name));
        cue->frames |= frame_names[i].bits;
        at = end + 1;
    }
    return GS_OK;
}

static gs_code read_kind(gs_cue *cue, gs_text name, gs_error *err)
{
    if (gs_text_equal(name, GS_TEXT("-")))
        return GS_OK;
    if (gs_text_equal(name, GS_TEXT("request"))) {
        cue->frames |= GS_CUE_REQUEST;
        return GS_OK;
    }
    for (size_t i = 1; i < sizeof kind_names / sizeof *kind_names; i++)
        if (gs_text_equal(name, gs_text_of(kind_names[i]))) {
            cue->kind = (gs_act_kind)i;
            return GS_OK;
        }
    return gs_fail(err, GS_FAILED, "cues.tsv: %.*s: no such kind", GS_SHOW(name));
}

static gs_code read_cue(gs_vocabulary *v, gs_text name, const gs_text *fields,
                        gs_error *err)
{
    gs_code rc;
    gs_cue cue = {.name = name};
    phrase made;

    cue.part = gs_text_equal(fields[1], GS_TEXT("noun"))     ? GS_CUE_NOUN
               : gs_text_equal(fields[1], GS_TEXT("source")) ? GS_CUE_SOURCE
                                                             : GS_CUE_VERB;
    GS_TRY(read_kind(&cue, fields[2], err));
    GS_TRY(read_frames(&cue, fields[3], err));
    GS_TRY(read_phrase(&made, v, name, err));
    made.value = (uint32_t)v->cue_count;
    v->cues =
        gs_arena_grow(&v->arena, v->cues, v->cue_count, &v->cue_room, sizeof *v->cues);
    if (v->cues == NULL)
        return gs_fail_memory(err);
    v->cues[v->cue_count++] = cue;
    GS_TRY(add_phrase(v, &v->cue_phrases, &made, err));
out:
    return rc;
}

/* A row's cues: one, or a family parted by commas. */
static gs_code read_row(gs_vocabulary *v, const gs_text *fields, gs_error *err)
{
    gs_code rc = GS_OK;
    size_t from = 0;

    while (from < fields[0].size) {
        size_t end = gs_text_find(fields[0], GS_TEXT(","), from);
        gs_text name;

        end = end == SIZE_MAX ? fields[0].size : end;
        name = gs_text_trim(gs_text_slice(fields[0], from, end));
        if (name.size > 0)
            GS_TRY(read_cue(v, name, fields, err));
        from = end + 1;
    }
out:
    return rc;
}

static gs_code read_cues(gs_vocabulary *v, const gs_table *table, gs_error *err)
{
    gs_code rc = GS_OK;
    gs_text fields[FIELDS_MAX];
    size_t at = 0, count;

    while ((count = gs_table_row(table, &at, fields, FIELDS_MAX)) > 0) {
        if (count != 4)
            return gs_fail(err, GS_FAILED, "cues.tsv: %.*s: has %zu fields, not 4",
                           GS_SHOW(fields[0]), count);
        GS_TRY(read_row(v, fields, err));
    }
out:
    return rc;
}

/* Chains the phrases of a book by their first word. */
static gs_code index_book(gs_vocabulary *v, book *b, gs_error *err)
{
    b->first = gs_arena_array(&v->arena, v->count + 1, sizeof *b->first);
    if (b->first == NULL)
        return gs_fail_memory(err);
    for (size_t i = b->count; i-- > 0;) {
        b->items[i].next = b->first[b->items[i].words[0]];
        b->first[b->items[i].words[0]] = (uint32_t)i + 1;
    }
    return GS_OK;
}

static gs_code find_table(const gs_table **out, gs_text language, const char *name,
                          gs_error *err)
{
    char path[64];
    size_t size = strlen(name);

    assert(size < 32);
    if (language.size < 16) {
        memcpy(path, language.bytes, language.size);
        path[language.size] = '/';
        memcpy(path + language.size + 1, name, size + 1);
        *out = gs_table_find(gs_text_of(path));
        if (*out != NULL)
            return GS_OK;
    }
    return gs_fail(err, GS_USAGE, "no tables for the language %.*s; use en",
                   GS_SHOW(language));
}

static gs_code fill(gs_vocabulary *v, gs_text language, gs_error *err)
{
    gs_code rc;
    const gs_table *words, *cues;
    uint16_t none;

    GS_TRY(find_table(&words, language, "words.tsv", err));
    GS_TRY(find_table(&cues, language, "cues.tsv", err));
    GS_TRY(add_word(&none, v, GS_TEXT(""), err)); /* number 0 is no word */
    GS_TRY(add_word(&v->not_word, v, GS_TEXT("not"), err));
    GS_TRY(read_classes(v, words, err));
    GS_TRY(read_cues(v, cues, err));
    GS_TRY(index_book(v, &v->phrases, err));
    GS_TRY(index_book(v, &v->cue_phrases, err));
out:
    return rc;
}

gs_code gs_vocabulary_open(gs_vocabulary **out, gs_text language, gs_error *err)
{
    gs_arena arena = {0};
    gs_vocabulary *v = gs_arena_take(&arena, sizeof *v);
    gs_code rc;

    if (v == NULL)
        return gs_fail_memory(err);
    v->arena = arena;
    rc = fill(v, language, err);
    if (rc == GS_OK)
        *out = v;
    else
        gs_vocabulary_close(v);
    return rc;
}

void gs_vocabulary_close(gs_vocabulary *v)
{
    if (v != NULL) {
        gs_arena arena = v->arena;

        gs_arena_free(&arena);
    }
}

static gs_mark mark_of(const gs_vocabulary *v, const gs_token *token)
{
    gs_text contracted = GS_TEXT("n't"), folded = token->folded;
    gs_mark mark = {.folded = find_word(v, folded)};

    mark.lemma =
        gs_text_equal(folded, token->lemma) ? mark.folded : find_word(v, token->lemma);
    if (gs_text_ends(folded, contracted)) {
        mark.flags = GS_MARK_NOT;
        mark.stem = find_word(v, gs_text_slice(folded, 0, folded.size - contracted.size));
    }
    return mark;
}

gs_code gs_vocabulary_mark(gs_mark **out, const gs_vocabulary *v, const gs_page *page,
                           gs_arena *arena, gs_error *err)
{
    gs_mark *marks = gs_arena_array(arena, (size_t)page->token_count + 1, sizeof *marks);

    if (marks == NULL)
        return gs_fail_memory(err);
    for (uint32_t i = 0; i < page->token_count; i++)
        marks[i] = mark_of(v, &page->tokens[i]);
    *out = marks;
    return GS_OK;
}

gs_word_set gs_vocabulary_classes(const gs_vocabulary *v, const gs_mark *mark)
{
    return v->sets[mark->lemma] | v->sets[mark->folded];
}

/* Whether a token is the word at phrase position *k, which moves behind it ("didn't" is
 * both "did" and "not"). */
static bool is_word(const gs_vocabulary *v, const phrase *p, uint32_t *k,
                    const gs_mark *mark)
{
    uint16_t word = p->words[*k];

    if ((word & SLOT_CLASS) != 0) {
        if ((gs_vocabulary_classes(v, mark) >> (word & ~SLOT_CLASS) & 1) == 0)
            return false;
    } else if (mark->stem == word && *k + 1 < p->count &&
               p->words[*k + 1] == v->not_word) {
        ++*k;
    } else if (mark->lemma != word && mark->folded != word) {
        return false;
    }
    ++*k;
    return true;
}

/* "has pledged to" has no utterance: that is a noun. */
static bool is_utterance_verb(const gs_page *page, uint32_t i, uint16_t word)
{
    return word == (SLOT_CLASS | GS_WORD_UTTERANCE) &&
           page->tokens[i].tag >= GS_TAG_VERB_BASE;
}

/* What may stand between two words of a phrase: adverbs, and before a word of a class
 * what describes it ("raised |several new| questions about"). */
static bool is_between(const gs_page *page, uint32_t i, uint16_t next)
{
    uint8_t tag = page->tokens[i].tag;

    return tag == GS_TAG_ADVERB ||
           ((next & SLOT_CLASS) != 0 &&
            (tag == GS_TAG_ADJECTIVE || tag == GS_TAG_DETERMINER));
}

/* The end of a phrase that begins at a token; 0 when it does not stand there. */
static uint32_t match(const gs_vocabulary *v, const phrase *p, const gs_page *page,
                      const gs_mark *marks, uint32_t token, uint32_t end)
{
    uint32_t k = 0, i = token, skipped = 0;

    while (k < p->count) {
        if (i >= end)
            return 0;
        if (is_utterance_verb(page, i, p->words[k]))
            return 0;
        if (is_word(v, p, &k, &marks[i])) {
            skipped = 0;
        } else if (k == 0 || !is_between(page, i, p->words[k]) ||
                   ++skipped > BETWEEN_MAX) {
            return 0;
        }
        i++;
    }
    return i;
}

/* The words under which a phrase that begins with this token may stand. */
static uint32_t starts(const gs_mark *mark, uint16_t out[3])
{
    uint32_t count = 0;

    if (mark->lemma != 0)
        out[count++] = mark->lemma;
    if (mark->folded != 0 && mark->folded != mark->lemma)
        out[count++] = mark->folded;
    if (mark->stem != 0)
        out[count++] = mark->stem;
    return count;
}

gs_word_set gs_vocabulary_phrase(const gs_vocabulary *v, const gs_page *page,
                                 const gs_mark *marks, uint32_t token, uint32_t end,
                                 uint32_t *after)
{
    gs_word_set set = gs_vocabulary_classes(v, &marks[token]);
    uint32_t longest = token + 1;
    uint16_t words[3];
    uint32_t count = starts(&marks[token], words);

    for (uint32_t w = 0; w < count; w++)
        for (uint32_t i = v->phrases.first[words[w]]; i != 0;
             i = v->phrases.items[i - 1].next) {
            const phrase *p = &v->phrases.items[i - 1];
            uint32_t to = match(v, p, page, marks, token, end);

            if (to != 0)
                set |= (gs_word_set)1 << p->value;
            longest = to > longest ? to : longest;
        }
    if (after != NULL)
        *after = longest;
    return set;
}

const gs_cue *gs_vocabulary_cue(const gs_vocabulary *v, const gs_page *page,
                                const gs_mark *marks, uint32_t token, uint32_t end,
                                uint32_t *after)
{
    const gs_cue *best = NULL;
    uint32_t best_words = 0;
    uint16_t words[3];
    uint32_t count = starts(&marks[token], words);
    bool noun = page->tokens[token].tag == GS_TAG_NOUN;

    for (uint32_t w = 0; w < count; w++)
        for (uint32_t i = v->cue_phrases.first[words[w]]; i != 0;
             i = v->cue_phrases.items[i - 1].next) {
            const phrase *p = &v->cue_phrases.items[i - 1];
            const gs_cue *cue = &v->cues[p->value];
            uint32_t to;

            if (p->count <= best_words || noun != (cue->part == GS_CUE_NOUN))
                continue;
            to = match(v, p, page, marks, token, end);
            if (to != 0) {
                best = cue;
                best_words = p->count;
                *after = to;
            }
        }
    return best;
}
