/* Decisions and withdrawals: what somebody says of actors and statements that are there. */
#include "ingest/record/parts.h"
#include <stddef.h>
#include <string.h>

static bool is_among(gs_text word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (gs_text_equal(word, gs_text_of(words[i])))
            return true;
    return false;
}

static gs_code read_word(gs_text *to, gs_value value, const char *const *words,
                         size_t count, const char *expected, const gs_place *place,
                         gs_arena *arena, gs_error *err)
{
    gs_text word = {0};
    gs_code rc = gs_field_text(&word, value, place, arena, err);

    if (rc != GS_OK || word.bytes == NULL)
        return rc;
    if (!is_among(word, words, count))
        return gs_field_wrong(err, place, expected);
    *to = word;
    return GS_OK;
}

static gs_code read_about(void *to, gs_value value, const gs_place *place,
                          gs_arena *arena, gs_error *err)
{
    static const char *const words[] = {"same_actor", "same_statement",
                                        "same_proposition", "answers", "correct"};

    return read_word(to, value, words, sizeof words / sizeof *words,
                     "no question that a decision is about; give same_actor, "
                     "same_statement, same_proposition, answers or correct",
                     place, arena, err);
}

static gs_code read_decided(void *to, gs_value value, const gs_place *place,
                            gs_arena *arena, gs_error *err)
{
    static const char *const words[] = {"yes", "no", "unsure", "unset"};

    return read_word(to, value, words, sizeof words / sizeof *words,
                     "no decision; give yes, no, unsure or unset", place, arena, err);
}

/* What a correction may set: a statement's own fields, read as its own. */
static gs_code read_set(void *to, gs_value value, const gs_place *place, gs_arena *arena,
                        gs_error *err)
{
    static const char *const names[] = {"kind",       "speaker", "text",  "date",
                                        "event_date", "accused", "via",   "proposition",
                                        "topics",     "verdict", "quote", "hedged"};

    if (value.type != GS_MAP || value.as.map.count == 0)
        return gs_field_expected(err, place, value,
                                 "an object like {\"kind\": \"claim\"}");
    for (size_t i = 0; i < value.as.map.count; i++) {
        gs_place here = {place, value.as.map.entries[i].key, 0};
        gs_code rc;

        if (!is_among(here.name, names, sizeof names / sizeof *names))
            return gs_field_wrong(err, &here, "is nothing that a correction sets");
        rc = gs_statement_field_check(value.as.map.entries[i], &here, arena, err);
        if (rc != GS_OK)
            return rc;
    }
    *(gs_value *)to = value;
    return GS_OK;
}

static const gs_field decision_fields[] = {
    {GS_TEXT_INIT("type"), gs_field_nothing, 0},
    {GS_TEXT_INIT("v"), gs_field_nothing, 0},
    {GS_TEXT_INIT("about"), read_about, offsetof(gs_decision, about)},
    {GS_TEXT_INIT("a"), gs_field_text, offsetof(gs_decision, a)},
    {GS_TEXT_INIT("b"), gs_field_text, offsetof(gs_decision, b)},
    {GS_TEXT_INIT("decided"), read_decided, offsetof(gs_decision, decided)},
    {GS_TEXT_INIT("set"), read_set, offsetof(gs_decision, set)},
    {GS_TEXT_INIT("reason"), gs_field_text, offsetof(gs_decision, reason)},
    {GS_TEXT_INIT("at"), gs_field_date, offsetof(gs_decision, at)},
    {GS_TEXT_INIT("by"), gs_field_name, offsetof(gs_decision, by)},
};

static gs_code check_decision(const gs_decision *d, gs_error *err)
{
    bool correct = gs_text_equal(d->about, GS_TEXT("correct"));

    if (d->about.bytes == NULL)
        return gs_fail(err, GS_INPUT,
                       "about: missing; give same_actor, same_statement, "
                       "same_proposition, answers or correct");
    if (d->a.bytes == NULL)
        return gs_fail(err, GS_INPUT, "a: missing; say what is decided upon");
    if (correct && d->set.type == GS_NULL && d->decided.bytes == NULL)
        return gs_fail(err, GS_INPUT, "set: missing; say what the correction sets");
    if (!correct && d->b.bytes == NULL)
        return gs_fail(err, GS_INPUT, "b: missing; a decision is about two");
    if (!correct && d->decided.bytes == NULL)
        return gs_fail(err, GS_INPUT, "decided: missing; give yes, no, unsure or unset");
    if (!correct && d->set.type != GS_NULL)
        return gs_fail(err, GS_INPUT, "set: belongs to a correction alone");
    return GS_OK;
}

gs_code gs_decision_read(gs_decision *out, gs_value map, gs_arena *arena, gs_error *err)
{
    gs_decision decision = {0};
    gs_fields fields = {decision_fields, sizeof decision_fields / sizeof *decision_fields,
                        &decision.extra};
    gs_code rc;

    GS_TRY(gs_fields_read(&decision, map, fields, NULL, arena, err));
    GS_TRY(check_decision(&decision, err));
    *out = decision;
out:
    return rc;
}

static const gs_field withdrawal_fields[] = {
    {GS_TEXT_INIT("type"), gs_field_nothing, 0},
    {GS_TEXT_INIT("v"), gs_field_nothing, 0},
    {GS_TEXT_INIT("statement"), gs_field_name, offsetof(gs_withdrawal, statement)},
    {GS_TEXT_INIT("document"), gs_field_name, offsetof(gs_withdrawal, document)},
    {GS_TEXT_INIT("restore"), gs_field_flag, offsetof(gs_withdrawal, restore)},
    {GS_TEXT_INIT("reason"), gs_field_text, offsetof(gs_withdrawal, reason)},
    {GS_TEXT_INIT("at"), gs_field_date, offsetof(gs_withdrawal, at)},
    {GS_TEXT_INIT("by"), gs_field_name, offsetof(gs_withdrawal, by)},
};

gs_code gs_withdrawal_read(gs_withdrawal *out, gs_value map, gs_arena *arena,
                           gs_error *err)
{
    gs_withdrawal withdrawal = {0};
    gs_fields fields = {withdrawal_fields,
                        sizeof withdrawal_fields / sizeof *withdrawal_fields,
                        &withdrawal.extra};
    gs_code rc;

    GS_TRY(gs_fields_read(&withdrawal, map, fields, NULL, arena, err));
    if ((withdrawal.statement.bytes == NULL) == (withdrawal.document.bytes == NULL))
        return gs_fail(err, GS_INPUT,
                       "the record: withdraws nothing, or two; give a statement's id or "
                       "a document's URL");
    *out = withdrawal;
out:
    return rc;
}
